package cayley_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"sett/graph/cayley"
)

// TestChangesAreAllOrNone applies deltas in every way that Cayley has, and looks what is there afterwards.
func TestChangesAreAllOrNone(t *testing.T) {
	iri := func(s string) quad.Quad { return quad.MakeIRI(s[:1], s[1:2], s[2:3], s[3:]) }
	ab, bc, named := iri("apb"), iri("bpc"), iri("apbg")
	add := func(q quad.Quad) graph.Delta { return graph.Delta{Quad: q, Action: graph.Add} }
	remove := func(q quad.Quad) graph.Delta { return graph.Delta{Quad: q, Action: graph.Delete} }
	for _, test := range []struct {
		name   string
		deltas []graph.Delta
		ignore graph.IgnoreOpts
		err    error
		want   []quad.Quad // besides ab, which is there before, unless it is removed
		gone   bool
	}{
		{"added", []graph.Delta{add(bc)}, graph.IgnoreOpts{}, nil, []quad.Quad{bc}, false},
		{"another label", []graph.Delta{add(named)}, graph.IgnoreOpts{}, nil, []quad.Quad{named}, false},
		{"there already", []graph.Delta{add(bc), add(ab)}, graph.IgnoreOpts{}, graph.ErrQuadExists, nil, false},
		{"there already, ignored", []graph.Delta{add(bc), add(ab)}, graph.IgnoreOpts{IgnoreDup: true}, nil, []quad.Quad{bc}, false},
		{"twice", []graph.Delta{add(bc), add(bc)}, graph.IgnoreOpts{}, graph.ErrQuadExists, nil, false},
		{"absent", []graph.Delta{add(bc), remove(named)}, graph.IgnoreOpts{}, graph.ErrQuadNotExist, nil, false},
		{"absent, ignored", []graph.Delta{add(bc), remove(named)}, graph.IgnoreOpts{IgnoreMissing: true}, nil, []quad.Quad{bc}, false},
		{"removed twice", []graph.Delta{remove(ab), remove(ab)}, graph.IgnoreOpts{}, graph.ErrQuadNotExist, nil, false},
		{"added and removed", []graph.Delta{add(bc), remove(bc), remove(ab)}, graph.IgnoreOpts{}, nil, nil, true},
		{"removed and added", []graph.Delta{remove(ab), add(ab)}, graph.IgnoreOpts{}, nil, nil, false},
		{"no action", []graph.Delta{add(bc), {Quad: named}}, graph.IgnoreOpts{}, graph.ErrInvalidAction, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			qs, err := graph.NewQuadStore(cayley.Name, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			defer qs.Close()
			if err := qs.ApplyDeltas([]graph.Delta{add(ab)}, graph.IgnoreOpts{}); err != nil {
				t.Fatal(err)
			}
			err = qs.ApplyDeltas(test.deltas, test.ignore)
			if delta := (*graph.DeltaError)(nil); test.err != nil && (!errors.As(err, &delta) || delta.Err != test.err) || test.err == nil && err != nil {
				t.Errorf("got %v, want %v", err, test.err)
			}
			want := test.want
			if !test.gone {
				want = append([]quad.Quad{ab}, want...)
			}
			got, err := quad.ReadAll(graph.NewQuadStoreReader(qs))
			if err != nil {
				t.Fatal(err)
			}
			order := func(a, b quad.Quad) int { return strings.Compare(a.NQuad(), b.NQuad()) }
			slices.SortFunc(got, order)
			slices.SortFunc(want, order)
			if !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

// TestWriterRemovesNodesAndTransactions writes through Cayley's quad writer: a transaction that takes back some of its own
// changes, and a node that goes with all its quads.
func TestWriterRemovesNodesAndTransactions(t *testing.T) {
	qs, err := graph.NewQuadStore(cayley.Name, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer qs.Close()
	w, err := graph.NewQuadWriter("single", qs, nil)
	if err != nil {
		t.Fatal(err)
	}
	tx := graph.NewTransaction()
	for _, q := range []string{"abc", "bcd", "cba", "dbd"} {
		tx.AddQuad(quad.MakeIRI(q[:1], q[1:2], q[2:], ""))
	}
	tx.RemoveQuad(quad.MakeIRI("b", "c", "d", ""))
	if err := w.ApplyTransaction(tx); err != nil {
		t.Fatal(err)
	}
	if err := w.RemoveNode(quad.IRI("a")); err != nil {
		t.Fatal(err)
	}
	got, err := quad.ReadAll(graph.NewQuadStoreReader(qs))
	if want := []quad.Quad{quad.MakeIRI("d", "b", "d", "")}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}
