package graph

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"sett/graph/rdf"
)

// TestRepeatedQueriesSeeTheDataAsTheyAre asks the same queries again and again, planned anew and by the cache, while the data change
// by updates, loads and compaction, and by options that change what a query means.
func TestRepeatedQueriesSeeTheDataAsTheyAre(t *testing.T) {
	ctx := context.Background()
	db, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	queries := []string{
		`SELECT * { ?s <urn:e:p> ?o } ORDER BY ?s ?o`,
		`SELECT * { <urn:e:s1> <urn:e:p> ?o } ORDER BY ?o`,
		`SELECT (COUNT(*) AS ?n) { ?s <urn:e:p> ?o . ?o <urn:e:p> ?x }`,
		`SELECT * { ?s e:p ?o FILTER(?o < 4) } ORDER BY ?s ?o`,
		`ASK { <urn:e:s2> <urn:e:p> ?x }`,
	}
	options := map[string]QueryOptions{
		"":          {Prefixes: rdf.NewPrefixes("e", "urn:e:")},
		"strict":    {Prefixes: rdf.NewPrefixes("e", "urn:e:"), DefaultGraph: Strict},
		"prefix":    {Prefixes: rdf.NewPrefixes("e", "urn:f:")},
		"parameter": {Prefixes: rdf.NewPrefixes("e", "urn:e:"), Params: map[string]rdf.Term{"o": rdf.NewInteger(3)}},
	}
	answer := func(text string, opt QueryOptions) string {
		res, err := db.Query(ctx, text, opt)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Close()
		if res.Form == Ask {
			return fmt.Sprintln(res.Bool)
		}
		out := ""
		for s, err := range res.All() {
			if err != nil {
				t.Fatal(err)
			}
			out += fmt.Sprintln(s.Terms())
		}
		return out
	}
	different := map[string]bool{}
	for round, change := range []string{"", `INSERT DATA { <urn:e:s1> <urn:e:p> 3, 5 }`, `INSERT DATA { <urn:e:s2> <urn:e:p> 2 . GRAPH <urn:e:g> { <urn:e:s3> <urn:e:p> 3 } }`,
		"compact", `INSERT DATA { <urn:f:s> <urn:f:p> 1 . <urn:e:a> <urn:e:p> <urn:e:s1> }`, "compact", `DELETE DATA { <urn:e:s1> <urn:e:p> 3 }`} {
		switch change {
		case "":
		case "compact":
			err = db.Compact(ctx)
		default:
			err = db.Update(ctx, change, UpdateOptions{})
		}
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			for name, opt := range options {
				for _, q := range queries {
					got := answer(q, opt)
					opt.noPlanCache = true
					if want := answer(q, opt); got != want {
						t.Fatalf("round %d, %s: %s:\ngot\n%swant\n%s", round, name, q, got, want)
					}
					opt.noPlanCache = false
					different[got] = true
				}
			}
		}
	}
	if len(different) < 15 {
		t.Errorf("only %d different answers: the test tests little", len(different))
	}
	if db.plans.hits == 0 || len(db.plans.plans) != len(queries)*len(options) {
		t.Errorf("%d hits, %d plans; expected hits, and %d plans", db.plans.hits, len(db.plans.plans), len(queries)*len(options))
	}
}

func TestPlanCacheIsBounded(t *testing.T) {
	db, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for i := range 2 * cachedPlans {
		res, err := db.Query(context.Background(), fmt.Sprintf("SELECT * { ?s <urn:e:%d> ?o }", i), QueryOptions{})
		if err != nil {
			t.Fatal(err)
		}
		res.Close()
	}
	res, err := db.Query(context.Background(), "ASK {}"+strings.Repeat(" ", cachedText), QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	res.Close()
	if n := len(db.plans.plans); n != cachedPlans || len(db.plans.queue) != n {
		t.Errorf("%d plans, %d in the queue; expected %d", n, len(db.plans.queue), cachedPlans)
	}
}

// BenchmarkRepeatedQuery measures a query of one pattern, planned each time and by the cache.
func BenchmarkRepeatedQuery(b *testing.B) {
	db, err := Open("", Options{InMemory: true})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(context.Background(), `INSERT DATA { <urn:e:s1> <urn:e:p> 3, 5 ; <urn:e:q> <urn:e:s2> . <urn:e:s2> <urn:e:p> 7 }`, UpdateOptions{}); err != nil {
		b.Fatal(err)
	}
	for _, off := range []bool{true, false} {
		b.Run(fmt.Sprintf("anew=%v", off), func(b *testing.B) {
			for b.Loop() {
				res, err := db.Query(context.Background(), `SELECT * { <urn:e:s1> <urn:e:q> ?o . ?o <urn:e:p> ?x }`, QueryOptions{noPlanCache: off})
				if err != nil {
					b.Fatal(err)
				}
				for range res.All() {
				}
			}
		})
	}
}
