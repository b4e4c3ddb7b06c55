package w3c

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sett/graph/rdf"
	"sett/graph/rdfio"
)

// syntaxKinds maps the end of a test's type to how it is judged; the first that fits wins.
var syntaxKinds = []struct {
	suffix string
	run    func(e Entry, path string, f rdfio.Format) error
}{
	{"NegativeSyntax", wantError},
	{"NegativeEval", wantError},
	{"PositiveSyntax", wantQuads},
	{"PositiveC14N", wantCanonical},
	{"Eval", wantResult},
}

// IsSyntax reports whether the entry tests a syntax of RDF.
func (e Entry) IsSyntax() bool { return strings.HasPrefix(e.Type, RDFT) }

// RunSyntax judges our reader, and writer where it is canonical, by an entry of a suite of RDF's syntaxes. The language is
// the one that the test's type names, whatever the file is called.
func RunSyntax(e Entry) error {
	path, err := Path(e.Action)
	if err != nil {
		return err
	}
	f, ok := language(e.Type)
	if !ok {
		if f, ok = rdfio.FormatByPath(path); !ok {
			return fmt.Errorf("no format for %s", path)
		}
	}
	for _, k := range syntaxKinds {
		if strings.HasSuffix(e.Type, k.suffix) {
			return k.run(e, path, f)
		}
	}
	return fmt.Errorf("unknown type of test %s", e.Type)
}

// language is the format in a type's name: TestNTriplesNegativeSyntax.
func language(kind string) (rdfio.Format, bool) {
	for _, l := range []struct{ prefix, format string }{
		{"TestNTriples", "nt"}, {"TestNQuads", "nq"}, {"TestTurtle", "ttl"}, {"TestTrig", "trig"}, {"TestXML", "rdfxml"},
	} {
		if strings.HasPrefix(kind, RDFT+l.prefix) {
			return rdfio.FormatByName(l.format)
		}
	}
	return rdfio.Format{}, false
}

func readAction(e Entry, path string, f rdfio.Format) ([]rdf.Quad, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Read(bytes.NewReader(text), f, rdfio.ReaderOptions{Base: e.Base(path), File: filepath.Base(path)})
}

func wantError(e Entry, path string, f rdfio.Format) error {
	quads, err := readAction(e, path, f)
	if err == nil {
		return fmt.Errorf("%s: read without an error: %v", e.Name, quads)
	}
	var syntax *rdfio.SyntaxError
	if !errors.As(err, &syntax) {
		return fmt.Errorf("%s: %w is no SyntaxError", e.Name, err)
	}
	return nil
}

func wantQuads(e Entry, path string, f rdfio.Format) error {
	_, err := readAction(e, path, f)
	return err
}

func wantCanonical(e Entry, path string, f rdfio.Format) error {
	quads, err := readAction(e, path, f)
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
	result, err := Path(e.Result)
	if err != nil {
		return err
	}
	want, err := os.ReadFile(result)
	if err != nil {
		return err
	}
	if got.String() != string(want) {
		return fmt.Errorf("%s: got\n%swant\n%s", e.Name, got.String(), want)
	}
	return nil
}

func wantResult(e Entry, path string, f rdfio.Format) error {
	got, err := readAction(e, path, f)
	if err != nil {
		return err
	}
	result, err := Path(e.Result)
	if err != nil {
		return err
	}
	want, err := ReadFile(result, e.Base(result))
	if err != nil {
		return err
	}
	if !Isomorphic(got, want) {
		return fmt.Errorf("%s: got\n%v\nwant\n%v", e.Name, got, want)
	}
	return nil
}
