package exec_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sett/graph/exec"
	"sett/graph/internal/naive"
	"sett/graph/internal/randquery"
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
	"sett/graph/xsd"
)

// open makes a store in memory with some quads.
func open(t testing.TB, quads []rdf.Quad) *store.Store {
	s, err := store.Open("", store.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := s.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Insert(quads); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// run returns a query's rows, each as text in the order of its variables' names, and its plan.
func run(snap *store.Snapshot, text string, popt plan.Options, opt exec.Options) (rows []string, explain string, err error) {
	q, err := sparql.ParseQuery(text, sparql.Options{})
	if err != nil {
		return nil, "", err
	}
	p, err := plan.Build(context.Background(), q, snap, popt)
	if err != nil {
		return nil, "", err
	}
	res, err := exec.Run(context.Background(), p, snap, opt)
	if err != nil {
		return nil, p.Explain(nil), err
	}
	defer res.Close()
	vars := res.Vars()
	for {
		b, err := res.Next()
		if err != nil {
			return nil, p.Explain(nil), err
		}
		if b == nil {
			return rows, p.Explain(nil), nil
		}
		if opt.BatchRows > 0 && b.N > opt.BatchRows || b.N == 0 || b.N > exec.BatchRows {
			return nil, p.Explain(nil), fmt.Errorf("a batch of %d rows", b.N)
		}
		for i := range b.N {
			sol := naive.Solution{}
			for c, v := range vars {
				term, err := res.Term(b.Cols[c][i])
				if err != nil {
					return nil, p.Explain(nil), err
				}
				if !term.IsZero() {
					sol[v] = term
				}
			}
			rows = append(rows, sol.Key())
		}
	}
}

func TestEngineAgreesWithTheReferenceEvaluator(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		quads := randquery.Data(t, 25)
		text, _, _, _ := randquery.Cut(randquery.Query(t))
		q, err := sparql.ParseQuery(text, sparql.Options{})
		if err != nil {
			t.Skip("not a query: ", err)
		}
		s, err := store.Open("", store.Options{InMemory: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		tx, err := s.Begin(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Insert(quads); err != nil {
			t.Fatal(err)
		}
		if err := tx.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "ordered") { // terms in order, as after a bulk load
			if err := s.Compact(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		snap := s.Snapshot()
		defer snap.Close()
		for _, set := range append(settings(), setting{name: "union of graphs", plan: plan.Options{DefaultGraph: plan.UnionOfAll}},
			setting{name: "union of graphs, multiway", plan: plan.Options{DefaultGraph: plan.UnionOfAll, Force: plan.ForceMulti}}) {
			d := naive.NewDataset(quads)
			if set.plan.DefaultGraph == plan.UnionOfAll {
				d = d.Union()
			}
			if q.Dataset.From != nil || q.Dataset.FromNamed != nil {
				d = d.Pick(q.Dataset.From, q.Dataset.FromNamed)
			}
			want, err := naive.Eval(q.Where, d, &xsd.Context{Now: now})
			if errors.Is(err, naive.ErrUnsupported) {
				t.Skip(err)
			}
			if err != nil {
				t.Fatal(err)
			}
			var wantRows []string
			for _, sol := range want {
				if q.Form == sparql.Select {
					kept := naive.Solution{}
					for _, v := range q.Vars {
						if term, ok := sol[v]; ok {
							kept[v] = term
						}
					}
					sol = kept
				}
				wantRows = append(wantRows, sol.Key())
			}
			opt := set.options()
			opt.Now = now
			got, explain, err := run(snap, text, set.plan, opt)
			if err != nil {
				t.Fatalf("%s\n%s: %v\n%s\n%s", text, set.name, err, explain, quadText(quads))
			}
			if q.Form == sparql.Ask {
				if (len(got) > 0) != (len(wantRows) > 0) {
					t.Fatalf("%s\n%s: got %v, want %v\n%s\n%s", text, set.name, len(got) > 0, len(wantRows) > 0, explain, quadText(quads))
				}
				continue
			}
			slices.Sort(got)
			slices.Sort(wantRows)
			if !slices.Equal(got, wantRows) {
				t.Fatalf("%s\n%s: got %d rows\n%s\nwant %d\n%s\n%s\n%s", text, set.name, len(got), strings.Join(got, "\n"), len(wantRows),
					strings.Join(wantRows, "\n"), explain, quadText(quads))
			}
		}
	})
}

func quadText(quads []rdf.Quad) string {
	var b strings.Builder
	for _, q := range quads {
		b.WriteString(q.String() + "\n")
	}
	return b.String()
}
