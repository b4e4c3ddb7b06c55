package rdfio_test

import (
	"path/filepath"
	"testing"

	"sett/graph/internal/w3c"
)

// TestW3C runs the W3C's suites of RDF syntaxes:
//
//	go test ./graph/rdfio -run 'W3C/rdf12/rdf-turtle/eval/turtle12-annotation-01'
func TestW3C(t *testing.T) {
	root := w3c.Root(t)
	known := w3c.LoadKnownFailures(t, "testdata/known-failures.txt")
	var all []w3c.Entry
	seen := make(map[string]bool) // RDF 1.2 includes suites of 1.1
	for _, version := range []string{"rdf11", "rdf12"} {
		m, err := w3c.LoadManifest(filepath.Join(root, "rdf", version, "manifest.ttl"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range m.Entries {
			if !seen[e.Suite+"/"+e.ID] {
				seen[e.Suite+"/"+e.ID] = true
				all = append(all, e)
			}
		}
	}
	passed := 0
	for _, e := range all {
		name := e.Suite + "/" + e.ID
		t.Run(name, func(t *testing.T) {
			err := w3c.RunSyntax(e)
			if err == nil {
				passed++
			}
			known.Check(t, name, err)
		})
	}
	known.CheckNames(t, all)
	t.Logf("%d of %d entries pass", passed, len(all))
}
