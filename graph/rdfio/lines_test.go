package rdfio

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"sett/graph/rdf"
)

// sampleLines returns n statements of a literature graph in N-Triples: IRIs, strings, integers, blank nodes.
func sampleLines(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		s := fmt.Sprintf("<https://sett.example/paper/%d>", i/5)
		switch i % 5 {
		case 0:
			fmt.Fprintf(&b, "%s <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://sett.example/ontology#Paper> .\n", s)
		case 1:
			fmt.Fprintf(&b, "%s <http://www.w3.org/2000/01/rdf-schema#label> \"A paper about the %d-th \\\"model\\\" of many\"@en .\n", s, i)
		case 2:
			fmt.Fprintf(&b, "%s <https://sett.example/ontology#tokens> \"%d\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n", s, i*1000)
		case 3:
			fmt.Fprintf(&b, "%s <https://sett.example/ontology#cites> <https://sett.example/paper/%d> .\n", s, i/7)
		case 4:
			fmt.Fprintf(&b, "_:b%d <https://sett.example/ontology#about> %s .\n", i, s)
		}
	}
	return b.Bytes()
}

func formatNamed(t testing.TB, name string) Format {
	t.Helper()
	f, ok := FormatByName(name)
	if !ok {
		t.Fatalf("no format %q", name)
	}
	return f
}

// readAll reads everything, in batches of the given size.
func readAll(r Reader, batch int) ([]rdf.Quad, error) {
	var all []rdf.Quad
	buf := make([]rdf.Quad, batch)
	for {
		n, err := r.Read(buf)
		all = append(all, buf[:n]...)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
	}
}

func printQuads(quads []rdf.Quad) string {
	var b []byte
	for _, q := range quads {
		b = q.Append(b)
	}
	return string(b)
}

func TestChunksReadLikeTheWhole(t *testing.T) {
	data := sampleLines(5000)
	f := formatNamed(t, "nt")
	r, err := NewReader(bytes.NewReader(data), f, ReaderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := readAll(r, 100)
	if err != nil {
		t.Fatal(err)
	}
	if got := printQuads(whole); got != string(data) {
		t.Fatalf("written again, the whole differs: %d bytes, want %d", len(got), len(data))
	}
	for _, size := range []int{1, 100, 4096, 1 << 30} {
		var pieces []rdf.Quad
		c := NewChunker(bytes.NewReader(data), size)
		for {
			chunk, err := c.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if want := 1 + bytes.Count(data[:chunk.Offset], []byte("\n")); chunk.Line != want {
				t.Fatalf("size %d: a chunk at %d says line %d, want %d", size, chunk.Offset, chunk.Line, want)
			}
			r, err := NewChunkReader(chunk, f, ReaderOptions{})
			if err != nil {
				t.Fatal(err)
			}
			quads, err := readAll(r, 7)
			if err != nil {
				t.Fatal(err)
			}
			pieces = append(pieces, quads...)
		}
		if printQuads(pieces) != string(data) {
			t.Errorf("size %d: the pieces differ from the whole", size)
		}
	}
}

func TestChunkerPassesOnTheInputsError(t *testing.T) {
	broken := fmt.Errorf("disk on fire")
	in := io.MultiReader(strings.NewReader("<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p>"), &failingReader{broken})
	r, err := NewReader(in, formatNamed(t, "nt"), ReaderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	quads, err := readAll(r, 10)
	if len(quads) != 1 || err != broken {
		t.Errorf("got %d quads and %v, want 1 and %v", len(quads), err, broken)
	}
}

type failingReader struct{ err error }

func (f *failingReader) Read([]byte) (int, error) { return 0, f.err }

func TestLenientSkipsLinesAndKeepsPlaces(t *testing.T) {
	in := "<urn:s> <urn:p> <urn:o1> .\n<urn:s> oops .\r\n<urn:s> <urn:p> \"a\xff\" .\r<urn:s> <urn:p> <urn:o2> .\n# \xfe\n<urn:s> <urn:p> <urn:o3> .\n<urn:s> <urn:p>"
	var errs []string
	opt := ReaderOptions{File: "x.nq", Lenient: func(e *SyntaxError) bool { errs = append(errs, e.Error()); return true }}
	r, err := NewReader(strings.NewReader(in), formatNamed(t, "nq"), opt)
	if err != nil {
		t.Fatal(err)
	}
	quads, err := readAll(r, 10)
	if err != nil {
		t.Fatal(err)
	}
	want := "<urn:s> <urn:p> <urn:o1> .\n<urn:s> <urn:p> <urn:o2> .\n<urn:s> <urn:p> <urn:o3> .\n"
	if got := printQuads(quads); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	wantErrs := `x.nq:2:9: expected a predicate: an IRI, found 'o'
x.nq:3:19: byte 0xFF is not UTF-8
x.nq:5:3: byte 0xFE is not UTF-8
x.nq:7:16: expected an object: an IRI, a blank node, a literal or a triple term, found the end of the input`
	if got := strings.Join(errs, "\n"); got != wantErrs {
		t.Errorf("got errors\n%s\nwant\n%s", got, wantErrs)
	}
}

// go test ./graph/rdfio -run '^$' -bench ReadLines
func BenchmarkReadLines(b *testing.B) {
	data := sampleLines(50000)
	for _, name := range []string{"nt", "nq"} {
		f := formatNamed(b, name)
		b.Run(name, func(b *testing.B) { benchmarkRead(b, data, f) })
	}
}

func benchmarkRead(b *testing.B, data []byte, f Format) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	batch := make([]rdf.Quad, 256)
	total := 0
	for b.Loop() {
		r, err := NewReader(bytes.NewReader(data), f, ReaderOptions{Base: "http://example.org/"})
		if err != nil {
			b.Fatal(err)
		}
		for {
			n, err := r.Read(batch)
			total += n
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(total)/b.Elapsed().Seconds(), "quads/s")
}

// go test ./graph/rdfio -run '^$' -bench WriteLines
func BenchmarkWriteLines(b *testing.B) {
	data := sampleLines(50000)
	r, err := NewReader(bytes.NewReader(data), formatNamed(b, "nt"), ReaderOptions{})
	if err != nil {
		b.Fatal(err)
	}
	quads, err := readAll(r, 1000)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		w, err := NewWriter(io.Discard, formatNamed(b, "nq"), WriterOptions{})
		if err != nil {
			b.Fatal(err)
		}
		for _, q := range quads {
			if err := w.Write(q); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
