package loader

import (
	"bytes"
	"io"
	"os"
	"strings"

	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/loader/lexicon"
	"sett/seeds"
)

// SeedLexicon returns the embedded lexicon. Cost: it parses some hundred kilobytes of Turtle; keep the result.
func SeedLexicon() (*lexicon.Lexicon, error) { return Lexicon() }

// Lexicon returns the embedded lexicon with the names of further files, in any RDF syntax (by suffix, else Turtle).
func Lexicon(files ...string) (*lexicon.Lexicon, error) {
	var all []rdf.Quad
	read := func(r io.Reader, name string) error {
		format, ok := rdfio.FormatByPath(name)
		if !ok {
			format, _ = rdfio.FormatByName("ttl")
		}
		reader, err := rdfio.NewReader(r, format, rdfio.ReaderOptions{File: name, Base: "urn:sett:"})
		if err != nil {
			return err
		}
		for q, err := range rdfio.Quads(reader) {
			if err != nil {
				return err
			}
			all = append(all, q)
		}
		return nil
	}
	for _, f := range seeds.Lexicon() {
		if err := read(strings.NewReader(f.Text), f.Name); err != nil {
			return nil, err
		}
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := read(bytes.NewReader(data), name); err != nil {
			return nil, err
		}
	}
	return lexicon.Parse(all)
}
