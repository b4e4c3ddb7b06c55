package seeds

import (
	"embed"
	"path"
)

// The graphs into which the ontology and the lexicon are loaded.
const (
	OntologyGraph = "urn:sett:graph:ontology"
	LexiconGraph  = "urn:sett:graph:lexicon"
)

// File is an embedded file: its name for messages, and its text.
type File struct{ Name, Text string }

//go:embed ontology.ttl
var ontology string

//go:embed lexicon/*.ttl
var lexicon embed.FS

//go:embed papers.txt
var papers string

// Ontology returns the vocabulary as Turtle. Its @prefix lines are the prefixes predeclared in queries.
func Ontology() File { return File{"ontology.ttl", ontology} }

// Papers returns the ten seed papers as a listing.
func Papers() File { return File{"papers.txt", papers} }

// Lexicon returns the files of names as Turtle, by file name: architectures.ttl, benchmarks.ttl, …
func Lexicon() []File {
	entries, err := lexicon.ReadDir("lexicon")
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	files := make([]File, 0, len(entries))
	for _, e := range entries {
		name := path.Join("lexicon", e.Name())
		text, err := lexicon.ReadFile(name)
		if err != nil {
			panic(err)
		}
		files = append(files, File{name, string(text)})
	}
	return files
}
