package graph_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sett/graph"
	"sett/graph/internal/naive"
	"sett/graph/internal/randquery"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/xsd"
)

// TestTheEngineAgreesWithTheStandard compares the engine with the reference evaluator on random data and queries, with
// the default graph strict and as union. A failure prints how to replay it; more of them:
//
//	go test ./graph -run Agrees -rapid.checks 100000
func TestTheEngineAgreesWithTheStandard(t *testing.T) {
	db := open(t, graph.Options{InMemory: true})
	rapid.Check(t, func(t *rapid.T) {
		data := randquery.Data(t, 20)
		text := randquery.Query(t)
		union := rapid.Bool().Draw(t, "union")
		q, err := sparql.ParseQuery(text, sparql.Options{})
		if err != nil {
			t.Skip(err) // a variable that BIND may not name again, and the like
		}
		dataset, opt := naive.NewDataset(data), graph.QueryOptions{DefaultGraph: graph.Strict}
		if union {
			dataset, opt.DefaultGraph = dataset.Union(), graph.Union
		}
		want, err := naive.Eval(q.Where, dataset, &xsd.Context{Now: time.Now()})
		if errors.Is(err, naive.ErrUnsupported) {
			t.Skip(err)
		}
		if err != nil {
			t.Fatalf("the reference evaluator: %v\n%s", err, text)
		}
		if err := fill(db, data); err != nil {
			t.Fatal(err)
		}
		got, err := ask(db, text, opt)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if q.Form == sparql.Ask {
			if got.Table.Boolean != (len(want) > 0) {
				t.Fatalf("got %v, want %v\n%s", got.Table.Boolean, len(want) > 0, text)
			}
			return
		}
		compare(t, db, text, opt, counted(got.Table.Vars, got.Table.Rows), countedSolutions(q.Vars, want), data)
	})
}

func compare(t *rapid.T, db *graph.DB, text string, opt graph.QueryOptions, got, want map[string]int, data []rdf.Quad) {
	if maps.Equal(got, want) {
		return
	}
	plan, _ := db.Explain(context.Background(), text, opt)
	for k, n := range want {
		if got[k] != n {
			t.Logf("want %d ×, got %d × %s", n, got[k], k)
		}
	}
	for k, n := range got {
		if want[k] == 0 {
			t.Logf("want 0 ×, got %d × %s", n, k)
		}
	}
	for _, q := range data {
		t.Log(q)
	}
	t.Fatalf("rows differ\n%s\n%s", text, plan)
}

// counted maps each row, spelled out, to how often it is there.
func counted(vars []string, rows [][]rdf.Term) map[string]int {
	out := map[string]int{}
	for _, row := range rows {
		s := naive.Solution{}
		for i, v := range vars {
			if !row[i].IsZero() {
				s[sparql.Var(v)] = row[i]
			}
		}
		out[s.Key()]++
	}
	return out
}

func countedSolutions(vars []sparql.Var, solutions []naive.Solution) map[string]int {
	out := map[string]int{}
	for _, s := range solutions {
		s = maps.Clone(s)
		maps.DeleteFunc(s, func(v sparql.Var, _ rdf.Term) bool { return !slices.Contains(vars, v) })
		out[s.Key()]++
	}
	return out
}
