package rdfio

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"sett/graph/rdf"
)

func TestFormatsAreFoundByNamePathAndMediaType(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		find  func(string) (Format, bool)
		value string
		want  string
	}{
		{FormatByName, "nt", "nt"}, {FormatByName, "ntriples", "nt"}, {FormatByName, "nquads", "nq"},
		{FormatByName, "Turtle", "ttl"}, {FormatByName, "trig", "trig"}, {FormatByName, "rdfxml", "rdfxml"},
		{FormatByName, "jsonld", "jsonld"}, {FormatByName, "table", ""}, {FormatByName, "", ""},
		{FormatByPath, "a/b.c/x.TTL", "ttl"}, {FormatByPath, "x.nq.gz", "nq"}, {FormatByPath, "x.owl.bz2", "rdfxml"},
		{FormatByPath, "x.jsonld.zst", "jsonld"}, {FormatByPath, "x.gz", ""}, {FormatByPath, "nt", ""}, {FormatByPath, "x.txt", ""},
		{FormatByMediaType, "text/turtle; charset=utf-8", "ttl"}, {FormatByMediaType, "application/rdf+xml", "rdfxml"},
		{FormatByMediaType, "text/plain", ""}, {FormatByMediaType, ";", ""},
	} {
		if f, ok := c.find(c.value); f.Name != c.want || ok != (c.want != "") {
			t.Errorf("%q: got %q, want %q", c.value, f.Name, c.want)
		}
	}
}

func TestSniffTellsSyntaxesApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> \"cut o", "nt"},
		{"# comment\n<urn:s> <urn:p> \"x\"@en <urn:g> .\n", "nq"},
		{"@prefix : <urn:> .\n", "ttl"},
		{"\uFEFFPREFIX : <urn:>\n:s a :T ; :p", "ttl"},
		{"BASE <http://example.org/>\n", "ttl"},
		{"<a> <b> <c>, <d> .", "ttl"},
		{"[] a <urn:T> .", "ttl"},
		{"@prefix : <urn:> . :g { :s :p :o }", "trig"},
		{"{ <urn:s> <urn:p> <urn:o> }", "trig"},
		{"<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">", "rdfxml"},
		{"<rdf:RDF\n xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">", "rdfxml"},
		{"<?xml version=\"1.0\"?><html/>", ""},
		{"<html lang=\"en\">", ""},
		{"{\"@context\": {}, \"@id\": \"urn:s\"}", "jsonld"},
		{"[ { \"@id\": \"urn:s\" } ]", "jsonld"},
		{"{\"title\": \"a paper\"}", ""},
		{"12 OLMoE: Open Mixture-of-Experts We introduce", ""},
		{"---\nlicense: mit\n---\n# Model card", ""},
		{"# only a comment\n", ""},
		{"", ""},
		{"\x00\xff", ""},
	} {
		if f, _ := Sniff([]byte(c.text)); f.Name != c.want {
			t.Errorf("%q: got %q, want %q", c.text, f.Name, c.want)
		}
	}
}

func TestDecompressGoesByBytesAndChecksTheName(t *testing.T) {
	t.Parallel()
	const text = "<urn:s> <urn:p> <urn:o> .\n"
	var gz, zst bytes.Buffer
	zw := gzip.NewWriter(&gz)
	fmt.Fprint(zw, text)
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	sw, err := zstd.NewWriter(&zst)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(sw, text)
	if err := sw.Close(); err != nil {
		t.Fatal(err)
	}
	bz := "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x05\x4c\x90\xe3\x00\x00\x05\x59\x80\x00\x10\x40\x01\x00\x15\x00\x01\xda\x00\x20\x00\x22\x3d\x48\xc0\x04\x0d\x03\x43\xce\x7e\x05\x46\x9a\xcc\x2d\x34\x5d\x38\x5d\xc9\x14\xe1\x42\x40\x15\x32\x43\x8c" // Go writes no bzip2
	for _, c := range []struct{ name, bytes, want string }{
		{"x.nt", text, text}, {"x.nt.gz", gz.String(), text}, {"x.nt", gz.String(), text}, {"x.zst", zst.String(), text},
		{"", "", ""}, {"x.gz", "", ""}, {"x.txt", "BZh is no magic", "BZh is no magic"}, {"x.bz2", bz, text},
	} {
		r, err := Decompress(strings.NewReader(c.bytes), c.name)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got, err := io.ReadAll(r)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: got %q and %v, want %q", c.name, got, err, c.want)
		}
	}
	if _, err := Decompress(strings.NewReader(text), "x.nt.gz"); err == nil {
		t.Error("text in a .gz was no error")
	}
	cut, err := Decompress(strings.NewReader(gz.String()[:gz.Len()-6]), "x.nt.gz")
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(cut, formatNamed(t, "nt"), ReaderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readAll(r, 10); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a cut-off gzip file gave %v", err)
	}
}

// TestHowBytesArriveMakesNoDifference reads each sample whole, byte by byte, and with the last bytes and the end at once.
func TestHowBytesArriveMakesNoDifference(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		text := sampleIn(t, f, 60)
		var want string
		for i, in := range []io.Reader{
			bytes.NewReader(text), iotest.OneByteReader(bytes.NewReader(text)),
			iotest.DataErrReader(bytes.NewReader(text)), iotest.HalfReader(bytes.NewReader(text)),
		} {
			r, err := NewReader(in, f, ReaderOptions{})
			if err != nil {
				t.Fatal(err)
			}
			quads, err := readAll(r, 7)
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			got := printQuads(quads)
			if i == 0 {
				want = got
			}
			if got != want || len(quads) != 60 {
				t.Errorf("%s: way %d differs", f.Name, i)
			}
		}
	}
}

func TestReadersPassOnTheInputsError(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk on fire")
	for _, f := range Formats() {
		text := sampleIn(t, f, 60)
		r, err := NewReader(io.MultiReader(bytes.NewReader(text[:len(text)/2]), &failingReader{broken}), f, ReaderOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readAll(r, 7); !errors.Is(err, broken) {
			t.Errorf("%s: got %v", f.Name, err)
		}
	}
}

func TestAbsurdNestingIsAnError(t *testing.T) {
	t.Parallel()
	const n = 100_000
	const rdfNS = `xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:"`
	for _, c := range []struct{ format, text string }{
		{"nt", "<urn:s> <urn:p> " + strings.Repeat("<<( <urn:s> <urn:p> ", n)},
		{"ttl", "<urn:s> <urn:p> " + strings.Repeat("( ", n)},
		{"ttl", "<urn:s> <urn:p> " + strings.Repeat("[ <urn:p> ", n)},
		{"ttl", "<urn:s> <urn:p> " + strings.Repeat("<<( <urn:s> <urn:p> ", n)},
		{"ttl", strings.Repeat("<< ", n)},
		{"ttl", "<urn:s> " + strings.Repeat("<urn:p> 1 {| ", n)},
		{"rdfxml", "<T " + rdfNS + ">" + strings.Repeat("<p><T>", n)},
		{"rdfxml", "<T " + rdfNS + `><p rdf:parseType="Literal">` + strings.Repeat("<p>", n)},
		{"jsonld", strings.Repeat(`{"urn:p": [`, n)},
	} {
		r, err := NewReader(strings.NewReader(c.text), formatNamed(t, c.format), ReaderOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var syntax *SyntaxError
		if _, err := readAll(r, 100); !errors.As(err, &syntax) || syntax.Msg != msgTooDeep {
			t.Errorf("%s %.40s…: got %v", c.format, c.text, err)
		}
	}
}

func TestDeepDataIsWrittenShallow(t *testing.T) {
	t.Parallel()
	var quads []rdf.Quad
	blank := func(i int) rdf.Term { return rdf.NewBlank(fmt.Sprint("b", i)) }
	for i := range 5000 {
		quads = append(quads, rdf.Quad{S: blank(i), P: rdf.NewIRI(rdf.RDFRest), O: blank(i + 1)})
	}
	var out strings.Builder
	w, err := NewWriter(&out, formatNamed(t, "ttl"), WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range quads {
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(strings.NewReader(out.String()), formatNamed(t, "ttl"), ReaderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := readAll(r, 100); err != nil || len(got) != len(quads) {
		t.Errorf("read %d quads and %v, want %d", len(got), err, len(quads))
	}
}

func TestBlankPrefixAndOwnLabelsNeverMeet(t *testing.T) {
	t.Parallel()
	const text = "_:anon1 <urn:p> [] . _:anon1x <urn:p> _:anonymous ."
	r, err := NewReader(strings.NewReader(text), formatNamed(t, "ttl"), ReaderOptions{BlankPrefix: "f1."})
	if err != nil {
		t.Fatal(err)
	}
	quads, err := readAll(r, 10)
	if err != nil {
		t.Fatal(err)
	}
	want := "_:f1.anon1x <urn:p> _:f1.anon1 .\n_:f1.anon1xx <urn:p> _:f1.anonymous .\n"
	if got := printQuads(quads); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestJSONLDContextsComeFromTheCaller(t *testing.T) {
	t.Parallel()
	opt := ReaderOptions{Context: func(iri string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(`{"@context": {"name": "urn:name"}}`)), nil
	}}
	r, err := NewReader(strings.NewReader(`{"@context": "https://example.org/c", "@id": "urn:s", "name": "x"}`), formatNamed(t, "jsonld"), opt)
	if err != nil {
		t.Fatal(err)
	}
	quads, err := readAll(r, 10)
	if got, want := printQuads(quads), "<urn:s> <urn:name> \"x\" .\n"; err != nil || got != want {
		t.Errorf("got %s and %v, want %s", got, err, want)
	}
}

func TestUnwritableTermsAreRefused(t *testing.T) {
	t.Parallel()
	s, p := rdf.NewIRI("urn:s"), rdf.NewIRI("urn:p")
	triple := rdf.NewTripleTerm(s, p, s)
	for _, f := range Formats() {
		for _, q := range []rdf.Quad{
			{}, {S: s, P: p}, {S: triple, P: p, O: s}, {S: s, P: rdf.NewBlank("b"), O: s}, {S: rdf.NewString("x"), P: p, O: s},
			{S: rdf.NewIRI("relative"), P: p, O: s}, {S: rdf.NewIRI("urn:a b"), P: p, O: s}, {S: rdf.NewBlank("a b"), P: p, O: s},
			{S: s, P: p, O: rdf.NewLiteral("x", "no type")}, {S: s, P: p, O: rdf.NewTripleTerm(triple, p, s)},
		} {
			w, err := NewWriter(io.Discard, f, WriterOptions{})
			if err != nil {
				t.Fatal(err)
			}
			err = w.Write(q)
			if again := w.Close(); !errors.Is(err, ErrUnwritable) || !errors.Is(again, ErrUnwritable) {
				t.Errorf("%s: %v: got %v, then %v", f.Name, q, err, again)
			}
		}
	}
}
