package rdfio_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sett/graph/internal/w3c"
	"sett/graph/rdf"
	"sett/graph/rdfio"
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
			err := runEntry(e)
			if err == nil {
				passed++
			}
			known.Check(t, name, err)
		})
	}
	known.CheckNames(t, all)
	t.Logf("%d of %d entries pass", passed, len(all))
}

// entryKinds maps the end of a test's type to how it is judged; the longest that fits wins.
var entryKinds = []struct {
	suffix string
	run    func(e w3c.Entry, f rdfio.Format) error
}{
	{"NegativeSyntax", wantError},
	{"NegativeEval", wantError},
	{"PositiveSyntax", wantQuads},
	{"PositiveC14N", wantCanonical},
	{"Eval", wantResult},
}

func runEntry(e w3c.Entry) error {
	path, err := w3c.Path(e.Action)
	if err != nil {
		return err
	}
	f, ok := rdfio.FormatByPath(path)
	if !ok {
		return fmt.Errorf("no format for %s", path)
	}
	for _, k := range entryKinds {
		if strings.HasSuffix(e.Type, k.suffix) {
			return k.run(e, f)
		}
	}
	return fmt.Errorf("unknown type of test %s", e.Type)
}

// readAction reads the entry's file.
func readAction(e w3c.Entry, f rdfio.Format) ([]rdf.Quad, error) {
	path, err := w3c.Path(e.Action)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return w3c.Read(bytes.NewReader(text), f, rdfio.ReaderOptions{Base: e.Base(path), File: filepath.Base(path)})
}

func wantError(e w3c.Entry, f rdfio.Format) error {
	quads, err := readAction(e, f)
	if err == nil {
		return fmt.Errorf("%s: read without an error: %v", e.Name, quads)
	}
	var syntax *rdfio.SyntaxError
	if !errors.As(err, &syntax) {
		return fmt.Errorf("%s: %w is no SyntaxError", e.Name, err)
	}
	return nil
}

func wantQuads(e w3c.Entry, f rdfio.Format) error {
	_, err := readAction(e, f)
	return err
}

func wantCanonical(e w3c.Entry, f rdfio.Format) error {
	quads, err := readAction(e, f)
	if err != nil {
		return err
	}
	var got bytes.Buffer
	w, err := rdfio.NewWriter(&got, f, rdfio.WriterOptions{})
	if err != nil {
		return err
	}
	for _, q := range quads {
		if err := w.Write(q); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	path, err := w3c.Path(e.Result)
	if err != nil {
		return err
	}
	want, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if got.String() != string(want) {
		return fmt.Errorf("%s: got\n%swant\n%s", e.Name, got.String(), want)
	}
	return nil
}

func wantResult(e w3c.Entry, f rdfio.Format) error {
	got, err := readAction(e, f)
	if err != nil {
		return err
	}
	path, err := w3c.Path(e.Result)
	if err != nil {
		return err
	}
	want, err := w3c.ReadFile(path, e.Base(path))
	if err != nil {
		return err
	}
	if !w3c.Isomorphic(got, want) {
		return fmt.Errorf("%s: got\n%v\nwant\n%v", e.Name, got, want)
	}
	return nil
}
