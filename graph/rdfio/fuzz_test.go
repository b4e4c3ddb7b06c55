package rdfio_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"sett/graph/internal/w3c"
	"sett/graph/rdf"
	"sett/graph/rdfio"
)

// The fuzz targets hold every reader to the same laws: no panic; a mistake is a SyntaxError with a place inside the
// input; bytes that come in pieces read like the whole; a lenient reader finds in valid input what a strict one
// finds; what is read can be written, and read again is the same.
//
//	go test ./graph/rdfio -run '^$' -fuzz FuzzTurtle -fuzztime 5m

func FuzzNTriples(f *testing.F) { fuzzReader(f, "nt") }
func FuzzNQuads(f *testing.F)   { fuzzReader(f, "nq") }
func FuzzTurtle(f *testing.F)   { fuzzReader(f, "ttl") }
func FuzzTriG(f *testing.F)     { fuzzReader(f, "trig") }
func FuzzRDFXML(f *testing.F)   { fuzzReader(f, "rdfxml") }
func FuzzJSONLD(f *testing.F)   { fuzzReader(f, "jsonld") }

func FuzzSniff(f *testing.F) {
	f.Add([]byte("@prefix : <urn:> . :s :p :o ."))
	f.Add([]byte("<?xml version=\"1.0\"?><rdf:RDF"))
	f.Add([]byte("[{\"@id\":"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if format, ok := rdfio.Sniff(text); ok != (format.Name != "") {
			t.Fatalf("%q and %v", format.Name, ok)
		}
	})
}

func fuzzReader(f *testing.F, name string) {
	format, ok := rdfio.FormatByName(name)
	if !ok {
		f.Fatalf("no format %s", name)
	}
	seed(f, format)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		opt := rdfio.ReaderOptions{Base: "http://base.example/a/b", File: "f"}
		whole, err := w3c.Read(strings.NewReader(text), format, opt)
		var syntax *rdfio.SyntaxError
		if err != nil && !errors.As(err, &syntax) {
			t.Fatalf("not a SyntaxError: %v", err)
		}
		if syntax != nil && (syntax.Line < 1 || syntax.Column < 1 || syntax.Offset > int64(len(text)) || syntax.Msg == "") {
			t.Fatalf("a place outside the input: %+v", *syntax)
		}
		for _, in := range []io.Reader{iotest.OneByteReader(strings.NewReader(text)), iotest.HalfReader(strings.NewReader(text))} {
			pieces, perr := w3c.Read(in, format, opt)
			if text1, text2 := printAll(whole), printAll(pieces); text1 != text2 {
				t.Fatalf("the whole gives\n%s\npieces give\n%s", text1, text2)
			}
			// Of several mistakes in a JSON-LD context its library reports any.
			if (err == nil) != (perr == nil) || err != nil && err.Error() != perr.Error() && name != "jsonld" {
				t.Fatalf("the whole gives %v, pieces give %v", err, perr)
			}
		}
		mistakes := 0
		opt.Lenient = func(*rdfio.SyntaxError) bool { mistakes++; return true }
		lenient, lerr := w3c.Read(strings.NewReader(text), format, opt)
		if err == nil && (lerr != nil || mistakes > 0 || printAll(lenient) != printAll(whole)) {
			t.Fatalf("lenient: %v and %d mistakes in valid input", lerr, mistakes)
		}
		if err == nil {
			checkRewritten(t, format, whole)
		}
	})
}

// checkRewritten writes quads in their own format and in N-Quads, and reads them again.
func checkRewritten(t *testing.T, format rdfio.Format, quads []rdf.Quad) {
	if len(quads) > 40 {
		return // isomorphism of adversarial graphs is slow
	}
	nq, _ := rdfio.FormatByName("nq")
	for _, f := range []rdfio.Format{format, nq} {
		var out strings.Builder
		w, err := rdfio.NewWriter(&out, f, rdfio.WriterOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range quads {
			if err = w.Write(q); err != nil {
				break
			}
		}
		if f.Name == "rdfxml" && errors.Is(err, rdfio.ErrUnwritable) {
			continue // predicates that XML has no name for
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		again, err := w3c.Read(strings.NewReader(out.String()), f, rdfio.ReaderOptions{})
		if err != nil {
			t.Fatalf("%s: %v in\n%s", f.Name, err, out.String())
		}
		if !w3c.Isomorphic(again, quads) {
			t.Fatalf("%s: wrote\n%s\nread\n%s\nof\n%s", f.Name, out.String(), printAll(again), printAll(quads))
		}
	}
}

func printAll(quads []rdf.Quad) string {
	var b []byte
	for _, q := range quads {
		b = q.Append(b)
	}
	return string(b)
}

// seeds has a text of each format that uses most of its syntax.
var seeds = map[string]string{
	"nt":   "VERSION \"1.2\"\n<urn:s> <urn:p> \"a\\t\\u00E9\"@en--ltr . # c\r\n_:b.1 <urn:p> <<( _:b <urn:p> \"1\"^^<urn:d> )>> .",
	"nq":   "<urn:s> <urn:p> \"x\" _:g .\n_:b <urn:p> <urn:o> <urn:g>.\n",
	"ttl":  "@prefix : <urn:> . BASE <http://b/c/>\n:s a <../d>, [ :p ( 1 -2.5 .3e4 true ) ] ~ :r {| :q '''long \\u0041''' |} ; :p\\-q <<( :a :b _:c )>> . << :a :b :c ~ _:r >> :p \"x\"@en .",
	"trig": "PREFIX : <urn:> GRAPH :g { :s :p :o . [] :p () } { :s :p :o } _:b { }",
	"rdfxml": `<!DOCTYPE r [<!ENTITY e "urn:">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:" xmlns:e="urn:" xml:base="http://b/">` +
		`<T rdf:ID="i" e:p="&e;v"><rdf:li rdf:parseType="Collection"><T/><T rdf:nodeID="n"/></rdf:li><q rdf:parseType="Literal" rdf:ID="j"><b xmlns="x">&lt;</b></q>` +
		`<r xml:lang="en" rdf:datatype="urn:d">x<![CDATA[<]]></r><s rdf:parseType="Resource"><t rdf:resource="#x"/></s><u e:a="b"/></T></rdf:RDF>`,
	"jsonld": `{"@context": {"ex": "urn:ex:", "n": {"@reverse": "ex:r"}}, "@id": "_:b", "@graph": [{"@id": "ex:s", ` +
		`"ex:p": [1, 1.5, true, {"@list": [{"@value": "x", "@language": "en", "@direction": "ltr"}]}], "n": {"@id": "ex:o"}}]}`,
}

// seed adds the W3C's files of a format, where they are.
func seed(f *testing.F, format rdfio.Format) {
	f.Add("")
	f.Add(seeds[format.Name])
	if _, err := w3c.Read(strings.NewReader(seeds[format.Name]), format, rdfio.ReaderOptions{}); err != nil {
		f.Fatal(err)
	}
	root := filepath.Join("..", "..", "..", "shared", "conformance", "rdf")
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if found, ok := rdfio.FormatByPath(path); ok && found.Name == format.Name && d.Name() != "manifest.ttl" {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			f.Add(string(text))
		}
		return nil
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		f.Fatal(err)
	}
}
