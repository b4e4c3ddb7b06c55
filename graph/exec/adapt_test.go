package exec_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sett/graph/exec"
	"sett/graph/plan"
	"sett/graph/rdf"
)

// TestLookUpsThatBecomeTooManyReadThePattern asks for all things of one kind, out of a thousand kinds of which this one has nearly
// all: look-ups are planned for a few rows, and there are thousands.
func TestLookUpsThatBecomeTooManyReadThePattern(t *testing.T) {
	if testing.Short() {
		t.Skip("loads a graph")
	}
	const n = 12000
	iri := func(format string, a ...any) rdf.Term { return rdf.NewIRI(fmt.Sprintf("urn:e:"+format, a...)) }
	var quads []rdf.Quad
	for i := range n {
		s := iri("s%d", i)
		kind := iri("hub")
		if i < 1000 {
			kind = iri("k%d", i)
			quads = append(quads, rdf.Quad{S: kind, P: iri("label"), O: rdf.NewInteger(int64(i))})
		}
		quads = append(quads, rdf.Quad{S: s, P: iri("kind"), O: kind})
		if i%3 > 0 {
			quads = append(quads, rdf.Quad{S: s, P: iri("to"), O: iri("t%d", i%70)}, rdf.Quad{S: s, P: iri("to"), O: iri("t%d", i%7)})
		}
	}
	quads = append(quads, rdf.Quad{S: iri("hub"), P: iri("label"), O: rdf.NewInteger(-1)})
	s := open(t, quads)
	defer s.Close()
	snap := s.Snapshot()
	defer snap.Close()
	const text = `PREFIX e: <urn:e:> SELECT ?s ?t { ?k e:label -1 . ?s e:kind ?k ; e:to ?t }`
	want, _, err := run(snap, text, plan.Options{Force: plan.ForceHash}, exec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	for _, opt := range []exec.Options{{Threads: 1}, {Threads: 2, ParallelCost: -1}, {Threads: 1, BatchRows: 1}, {Threads: 1, Off: exec.Adapt}} {
		got, _, err := run(snap, text, plan.Options{Force: plan.ForceIndex}, opt)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("%d threads: %d rows, expected %d", opt.Threads, len(got), len(want))
		}
	}
	_, _, explain := work(t, snap, text)
	if !strings.Contains(explain, "IndexJoin PSOG ?s e:to ?t") || !strings.Contains(explain, "read as a whole after") {
		t.Errorf("expected look-ups of ?s e:to ?t that end in reading it:\n%s", explain)
	}
}
