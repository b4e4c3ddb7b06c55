package graph_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sett/graph"
	"sett/graph/internal/naive"
	"sett/graph/internal/randquery"
	"sett/graph/rdf"
	"sett/graph/results"
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
		if q.Dataset.From != nil || q.Dataset.FromNamed != nil {
			dataset = dataset.Pick(q.Dataset.From, q.Dataset.FromNamed)
		}
		whole, offset, limit, ordered := randquery.Cut(text)
		if whole != text {
			if q, err = sparql.ParseQuery(whole, sparql.Options{}); err != nil {
				t.Fatal(err)
			}
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
		if rapid.Bool().Draw(t, "again") { // with the plan that is remembered
			if _, err := ask(db, text, opt); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
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
		if ordered {
			checkOrder(t, db, text, opt, q, got.Table, want)
		}
		if whole != text {
			checkCut(t, text, got.Table, want, offset, limit)
			return
		}
		compare(t, db, text, opt, counted(got.Table.Vars, got.Table.Rows), countedSolutions(q.Vars, want), data)
	})
}

// checkOrder checks that the values of the sort keys come in the order that the reference has, as far as rows show them.
func checkOrder(t *rapid.T, db *graph.DB, text string, opt graph.QueryOptions, q *sparql.Query, got *results.Table, want []naive.Solution) {
	_, offset, _, _ := randquery.Cut(text)
	keys := text[strings.LastIndex(text, "ORDER BY"):]
	for i, row := range got.Rows {
		for j, v := range got.Vars {
			if strings.Contains(keys, "?"+v) && i+offset < len(want) {
				if w := want[i+offset][sparql.Var(v)]; xsd.Order(row[j], w) != 0 {
					plan, _ := db.Explain(context.Background(), text, opt)
					t.Fatalf("row %d: ?%s is %s, want %s\n%s\n%s", i, v, row[j], w, text, plan)
				}
			}
		}
	}
}

// checkCut checks an answer that LIMIT and OFFSET cut out of the whole one: so many rows, and none more often than there.
func checkCut(t *rapid.T, text string, got *results.Table, whole []naive.Solution, offset, limit int) {
	n := max(0, len(whole)-offset)
	if limit >= 0 {
		n = min(n, limit)
	}
	if len(got.Rows) != n {
		t.Fatalf("%d rows, want %d\n%s", len(got.Rows), n, text)
	}
	vars := make([]sparql.Var, len(got.Vars))
	for i, v := range got.Vars {
		vars[i] = sparql.Var(v)
	}
	all := countedSolutions(vars, whole)
	for row, n := range counted(got.Vars, got.Rows) {
		if n > all[row] {
			t.Fatalf("got %d ×, there are %d × %s\n%s", n, all[row], row, text)
		}
	}
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
