package cayley_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
	"github.com/cayleygraph/quad/pquads"

	"sett/graph/cayley"
	"sett/graph/rdf"
)

// dump returns the quads of testdata/values.nq as Cayley dumps them.
func dump(t *testing.T, opt *pquads.Options) ([]byte, []quad.Quad) {
	t.Helper()
	text, err := os.ReadFile("testdata/values.nq")
	if err != nil {
		t.Fatal(err)
	}
	quads, err := quad.ReadAll(nquads.NewReader(bytes.NewReader(text), false))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := pquads.NewWriter(&b, opt)
	if _, err := w.WriteQuads(quads); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), quads
}

func TestDumpsAreRead(t *testing.T) {
	for name, opt := range map[string]*pquads.Options{"small": nil, "full": {Full: true}, "strict": {Strict: true}} {
		t.Run(name, func(t *testing.T) {
			b, want := dump(t, opt)
			if !cayley.IsDump(b) {
				t.Error("not taken for a dump")
			}
			r := cayley.NewDumpReader(bytes.NewReader(b), "x.pq", "p")
			var got []string
			for batch := make([]rdf.Quad, 4); ; {
				n, err := r.Read(batch)
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				for _, q := range batch[:n] {
					got = append(got, q.String())
				}
			}
			var wanted []string
			for _, q := range want {
				var terms [4]rdf.Term
				for i, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
					term, err := cayley.Term(v)
					if err != nil {
						t.Fatal(err)
					}
					if term.IsBlank() {
						term = rdf.NewBlank("p" + term.Value())
					}
					terms[i] = term
				}
				wanted = append(wanted, rdf.Quad{S: terms[0], P: terms[1], O: terms[2], G: terms[3]}.String())
			}
			if !slices.Equal(got, wanted) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(wanted, "\n"))
			}
		})
	}
}

// TestCutDumpIsAnError cuts a dump at every byte: between two messages it is a shorter dump, elsewhere it is damaged.
func TestCutDumpIsAnError(t *testing.T) {
	t.Parallel()
	for name, opt := range map[string]*pquads.Options{"small": nil, "full": {Full: true}, "strict": {Strict: true}} {
		b, _ := dump(t, opt)
		const magic = 8
		quads := map[int]int{} // read up to the cuts that no message notices
		for at, n := magic, -1; at < len(b); {
			length, width := binary.Uvarint(b[at:])
			at += width + int(length)
			n++
			quads[at] = n
		}
		if len(quads) < 10 || quads[len(b)] == 0 {
			t.Fatalf("%s: a dump of %d messages", name, len(quads))
		}
		for cut := range len(b) + 1 {
			r := cayley.NewDumpReader(bytes.NewReader(b[:cut]), "x.pq", "")
			n := 0
			var err error
			for batch := make([]rdf.Quad, 3); err == nil; {
				var read int
				read, err = r.Read(batch)
				n += read
			}
			switch want, whole := quads[cut]; {
			case whole && (err != io.EOF || n != want):
				t.Errorf("%s: cut after %d bytes, between messages: %d quads, %v; want %d", name, cut, n, err, want)
			case !whole && !errors.Is(err, cayley.ErrDump):
				t.Errorf("%s: cut after %d bytes, within a message: %v, want ErrDump", name, cut, err)
			}
		}
	}
}

// TestConcurrentUse asks and writes at once.
func TestConcurrentUse(t *testing.T) {
	qs, err := graph.NewQuadStore(cayley.Name, filepath.Join(t.TempDir(), "db"), graph.Options{"nosync": true})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		for i := range 50 {
			d := []graph.Delta{{Quad: quad.Make(quad.IRI("a"), quad.IRI("p"), i, nil), Action: graph.Add}}
			if err := qs.ApplyDeltas(d, graph.IgnoreOpts{}); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for running := true; running; {
		select {
		case err = <-done:
			running = false
		default:
			n, countErr := graph.Iterate(context.Background(), qs.QuadsAllIterator()).Count()
			if countErr != nil || n < 0 || n > 50 {
				t.Fatalf("%d quads, %v", n, countErr)
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
}

func FuzzDump(f *testing.F) {
	text, err := os.ReadFile("testdata/values.nq")
	if err != nil {
		f.Fatal(err)
	}
	quads, err := quad.ReadAll(nquads.NewReader(bytes.NewReader(text), false))
	if err != nil {
		f.Fatal(err)
	}
	for _, opt := range []*pquads.Options{nil, {Full: true}, {Strict: true}} {
		var b bytes.Buffer
		w := pquads.NewWriter(&b, opt)
		if _, err := w.WriteQuads(quads); err != nil {
			f.Fatal(err)
		}
		if err := w.Close(); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r := cayley.NewDumpReader(bytes.NewReader(b), "x.pq", "")
		batch := make([]rdf.Quad, 16)
		for range 1000 {
			n, err := r.Read(batch)
			for _, q := range batch[:n] {
				if q.S.IsZero() || q.P.IsZero() || q.O.IsZero() {
					t.Fatalf("a quad lacks a term: %s", q)
				}
			}
			if err != nil {
				return
			}
		}
	})
}
