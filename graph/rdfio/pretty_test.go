package rdfio

import (
	"strings"
	"testing"

	"sett/graph/rdf"
)

// rewriteCase reads TriG and writes it in a format.
func rewriteCase(t *testing.T, input string, f Format) string {
	prefixes := rdf.NewPrefixes()
	r, err := NewReader(strings.NewReader(input), formatNamed(t, "trig"), ReaderOptions{Prefixes: prefixes, Base: "http://base/"})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	w, err := NewWriter(&out, f, WriterOptions{Prefixes: prefixes})
	if err != nil {
		t.Fatal(err)
	}
	for q, err := range Quads(r) {
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(q); err != nil {
			return err.Error() + "\n"
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
