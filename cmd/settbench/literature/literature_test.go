package literature_test

import (
	"errors"
	"testing"

	"sett/cmd/settbench/literature"
	"sett/graph/rdf"
)

func collect(t *testing.T, opt literature.Options) []rdf.Quad {
	t.Helper()
	var all []rdf.Quad
	if err := literature.Generate(opt, func(q rdf.Quad) error { all = append(all, q); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheGraphIsTheSameEachTime(t *testing.T) {
	a, b := collect(t, literature.Options{Papers: 200}), collect(t, literature.Options{Papers: 200})
	if len(a) != len(b) {
		t.Fatalf("%d quads, then %d", len(a), len(b))
	}
	for i := range a {
		if !a[i].Equal(b[i]) {
			t.Fatalf("quad %d: %s, then %s", i, a[i], b[i])
		}
	}
	if c := collect(t, literature.Options{Papers: 200, Seed: 1}); len(c) == len(a) {
		t.Error("another seed gives as many quads; it should give another graph")
	}
}

func TestCitationsHaveAHeavyTailAndTriangles(t *testing.T) {
	const papers = 3000
	cites := map[string]map[string]bool{}
	cited := map[string]int{}
	for _, q := range collect(t, literature.Options{Papers: papers}) {
		if q.P.Value() == literature.NS+"cites" {
			s, o := q.S.Value(), q.O.Value()
			if cites[s] == nil {
				cites[s] = map[string]bool{}
			}
			cites[s][o] = true
			cited[o]++
		}
	}
	most, edges, triangles := 0, 0, 0
	for a, out := range cites {
		most = max(most, cited[a])
		edges += len(out)
		for b := range out {
			for c := range cites[b] {
				if out[c] {
					triangles++
				}
			}
		}
	}
	if mean := float64(edges) / papers; float64(most) < 20*mean {
		t.Errorf("the most cited paper has %d citations where the mean is %.1f: no heavy tail", most, mean)
	}
	if triangles < edges/4 {
		t.Errorf("%d triangles over %d citations: too few", triangles, edges)
	}
}

func TestGenerateStopsAtTheFirstError(t *testing.T) {
	stop, n := errors.New("stop"), 0
	err := literature.Generate(literature.Options{Papers: 10}, func(rdf.Quad) error {
		if n++; n == 5 {
			return stop
		}
		return nil
	})
	if err != stop || n != 5 {
		t.Errorf("got %v after %d quads", err, n)
	}
}

func TestGraphsNameThePaper(t *testing.T) {
	for _, q := range collect(t, literature.Options{Papers: 3, Graphs: true}) {
		if q.P.Value() == literature.NS+"cites" && !q.G.Equal(q.S) {
			t.Errorf("%s: the graph is not the paper", q)
		}
	}
}
