package rdfio

import (
	"io"
	"mime"
	"path/filepath"
	"slices"
	"strings"
)

// Format is one RDF syntax. Values come from [Formats] and the functions that look one up; the zero value is no
// format, and readers and writers refuse it.
type Format struct {
	Name       string   // the name of --format: nt, nq, ttl, trig, rdfxml, jsonld
	Aliases    []string // other names people type
	Suffixes   []string // of file names, with their dot, the usual one first
	MediaTypes []string // the registered one first
	Quads      bool     // the syntax has named graphs; writers of others drop the graph of a quad
	Lines      bool     // a statement a line: [Chunker] and [NewChunkReader] work

	read  func(io.Reader, ReaderOptions) (Reader, error)
	write func(io.Writer, WriterOptions) (Writer, error)
}

// formats is the table of syntaxes, simplest first.
var formats = []Format{
	{
		Name: "nt", Aliases: []string{"ntriples", "n-triples"},
		Suffixes: []string{".nt"}, MediaTypes: []string{"application/n-triples"},
		Lines: true, read: newTripleLines, write: newTripleWriter,
	},
	{
		Name: "nq", Aliases: []string{"nquads", "n-quads"},
		Suffixes: []string{".nq"}, MediaTypes: []string{"application/n-quads", "text/x-nquads"},
		Quads: true, Lines: true, read: newQuadLines, write: newQuadWriter,
	},
	{
		Name: "ttl", Aliases: []string{"turtle"},
		Suffixes: []string{".ttl"}, MediaTypes: []string{"text/turtle", "application/x-turtle"},
		read: newTurtleReader, write: newTurtleWriter,
	},
	{
		Name: "trig", Suffixes: []string{".trig"}, MediaTypes: []string{"application/trig", "application/x-trig"},
		Quads: true, read: newTrigReader, write: newTrigWriter,
	},
	{
		Name: "rdfxml", Aliases: []string{"rdf", "xml", "rdf/xml"},
		Suffixes: []string{".rdf", ".owl", ".rdfxml"}, MediaTypes: []string{"application/rdf+xml"},
		read: newXMLReader, write: newXMLWriter,
	},
	{
		Name: "jsonld", Aliases: []string{"json-ld"},
		Suffixes: []string{".jsonld"}, MediaTypes: []string{"application/ld+json"},
		Quads: true, read: newJSONReader, write: newJSONWriter,
	},
}

// Formats returns the table of syntaxes.
func Formats() []Format { return slices.Clone(formats) }

// find returns the first format that has a value in one of its lists, whatever the case.
func find(value string, list func(Format) []string) (Format, bool) {
	for _, f := range formats {
		for _, v := range list(f) {
			if strings.EqualFold(v, value) {
				return f, true
			}
		}
	}
	return Format{}, false
}

// FormatByName looks up a name or an alias: nt, ntriples, ttl, turtle …
func FormatByName(name string) (Format, bool) {
	return find(name, func(f Format) []string { return append([]string{f.Name}, f.Aliases...) })
}

// FormatByPath looks up the ending of a file name, after one of a compression (.gz, .zst, .bz2) is taken off.
func FormatByPath(path string) (Format, bool) {
	ext := filepath.Ext(path)
	if _, ok := compressionBySuffix(ext); ok {
		ext = filepath.Ext(strings.TrimSuffix(path, ext))
	}
	if ext == "" {
		return Format{}, false
	}
	return find(ext, func(f Format) []string { return f.Suffixes })
}

// FormatByMediaType looks up a Content-Type, whatever its parameters.
func FormatByMediaType(mediaType string) (Format, bool) {
	t, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return Format{}, false
	}
	return find(t, func(f Format) []string { return f.MediaTypes })
}
