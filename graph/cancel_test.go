package graph_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"sett/cmd/settbench/literature"
	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/results"
)

// longQueries is a query for each operator that takes far longer than one would wait, most of that inside the operator. A few thousand rows of
// a subquery times as many of another are work for seconds.
var longQueries = []struct{ operator, query string }{
	{"product", `SELECT (COUNT(?t) AS ?n) { ?p dct:issued ?a . ?q :upvotes ?t FILTER(?a > ?t) }`},
	{"scan with a filter", `SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(?b = ?e && ?c = ?d && ?f = ?a && ?a = ?d) }`},
	{"extend", `SELECT (SUM(STRLEN(?x)) AS ?n) { ?p dct:title ?t . ?q dct:title ?u BIND(CONCAT(?t, ?u) AS ?x) }`},
	{"regex", `SELECT (COUNT(*) AS ?n) { ?p dct:title ?t . ?q dct:title ?u FILTER REGEX(CONCAT(?t, ?u), "(scaling|sparse).*(data|code).*z", "i") }`},
	{"replace", `SELECT (MAX(?x) AS ?n) { ?p dct:title ?t . ?q dct:title ?u BIND(REPLACE(CONCAT(?t, ?u), "(a+)[^b]*c", "$1") AS ?x) }`},
	{"sort of terms", `SELECT * { { SELECT ?p ?t { ?p dct:title ?t } } ?q :upvotes ?u BIND(CONCAT(?t, STR(?u)) AS ?k) } ORDER BY ?k`},
	{"sort of ids", `SELECT * { ?p :cites ?t . ?q :introduces ?u } ORDER BY ?t ?u`},
	{"sort by one variable", `SELECT ?t { ?p dct:title ?t . ?q :introduces ?u } ORDER BY DESC(?t)`},
	{"top k", `SELECT * { ?p dct:title ?t . ?q dct:title ?u } ORDER BY DESC(?t) ?u LIMIT 10`},
	{"long top k", `SELECT * { ?p dct:title ?t . ?q dct:title ?u } ORDER BY DESC(?u) ?t LIMIT 200000`},
	{"distinct", `SELECT DISTINCT ?p ?v { ?p :cites ?q . ?u :introduces ?v }`},
	{"hash build", `SELECT (COUNT(?z) AS ?n) { ?p :upvotes ?x OPTIONAL { SELECT ?x ?z { ?a :cites ?x0 . ?b :upvotes ?z BIND(?z + 1 AS ?x) } } }`},
	{"hash probe with a condition", `SELECT (COUNT(*) AS ?n) { { ?p :upvotes ?u } UNION { ?p dct:issued ?d } ?q :cites ?r OPTIONAL { ?r :upvotes ?v FILTER(?v > ?u + 1000000) } }`},
	{"loose join", `SELECT (COUNT(*) AS ?n) { { ?p :cites ?q } OPTIONAL { ?p :introduces ?m } { SELECT ?m ?x { ?x :upvotes ?u OPTIONAL { ?x :introduces ?m } } } }`},
	{"minus", `SELECT (COUNT(*) AS ?n) { ?p :cites ?q . ?a :upvotes ?u MINUS { ?p :introduces ?q } }`},
	{"merge join", `SELECT (COUNT(?y) AS ?n) { ?p a ?c . ?q a ?c . ?r a ?c . ?r rdfs:label ?y FILTER(STRLEN(?y) < 0) }`},
	{"index join", `SELECT (COUNT(?t) AS ?n) { VALUES ?v { 1 2 3 4 5 6 7 8 9 } ?p :cites ?q . ?q :cites ?r . ?r :cites ?s . ?s :cites ?t . ?t dct:title ?x FILTER(STRLEN(?x) < ?v) }`},
	{"multiway join", `SELECT * { ?a :cites ?b . ?b :cites ?c . ?a :cites ?c . ?d :cites ?e . ?e :cites ?f . ?d :cites ?f }`},
	{"count of a multiway join", `SELECT (COUNT(*) AS ?n) { ?a :cites ?b . ?b :cites ?c . ?c :cites ?d . ?d :cites ?e . ?e :cites ?f . ?f :cites ?g . ?a :cites ?d . ?b :cites ?e . ?c :cites ?f . ?d :cites ?g }`},
	{"path from all", `SELECT (COUNT(?b) AS ?n) { ?a (:cites|:introduces|dct:creator|^dct:creator)* ?b }`},
	{"path from rows", `SELECT (COUNT(?b) AS ?n) { ?a a :Paper . ?a (:cites/^:cites)+ ?b }`},
	{"path without a predicate", `SELECT (COUNT(?b) AS ?n) { ?a (!rdfs:label)+ ?b }`},
	{"path between rows", `SELECT (COUNT(*) AS ?n) { ?a a :Paper . ?b a :Paper . ?a (:cites|dct:creator|^dct:creator)+ ?b }`},
	{"group", `SELECT ?x (SUM(?u) AS ?n) { ?p :cites ?x . ?q :upvotes ?u } GROUP BY ?x`},
	{"group into many", `SELECT ?x ?q (COUNT(*) AS ?n) (SAMPLE(?u) AS ?s) { ?p :cites ?x . ?q :upvotes ?u } GROUP BY ?x ?q`},
	{"group by an expression", `SELECT ?k (AVG(?u) AS ?n) { ?p dct:title ?x . ?q :upvotes ?u } GROUP BY (CONCAT(?x, STR(?u)) AS ?k)`},
	{"concatenation", `SELECT (GROUP_CONCAT(?t) AS ?x) { ?p dct:title ?t . ?q :upvotes ?u }`},
	{"distinct count", `SELECT (COUNT(DISTINCT ?x) AS ?n) { ?p :upvotes ?u . ?q dct:title ?t BIND(CONCAT(?t, STR(?u)) AS ?x) }`},
	{"distinct pairs", `SELECT ?x (COUNT(DISTINCT ?u) AS ?n) { ?p :cites ?x . ?u :cites ?y } GROUP BY ?x`},
	{"exists", `SELECT (COUNT(*) AS ?n) { ?p :cites ?r . ?q :cites ?s FILTER(?p = ?s || EXISTS { ?r :cites ?s }) }`},
	{"exists as a join", `SELECT (COUNT(*) AS ?n) { ?p :cites ?r . ?q :cites ?s FILTER NOT EXISTS { ?r :cites ?x . ?x :cites ?s } }`},
	{"values", `SELECT (COUNT(*) AS ?n) { VALUES (?a ?b) { ` + strings.Repeat("(1 2) (UNDEF 3) ", 500) + `} VALUES (?a ?c) { ` + strings.Repeat("(1 2) (UNDEF 3) ", 500) + ` } VALUES (?b ?c) { ` + strings.Repeat("(2 UNDEF) (3 3) ", 500) + ` } }`},
	{"union", `SELECT (COUNT(*) AS ?n) { { ?a :cites ?b } UNION { ?a :introduces ?b } { ?c :cites ?d } UNION { ?c :introduces ?d } FILTER(?b = ?d && ?a = ?c && STRLEN(STR(?a)) < 0) }`},
	{"graph", `SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a :about ?b . ?c :about ?d FILTER(?a != ?c) } GRAPH ?h { ?e :about ?f { SELECT DISTINCT ?e { ?e :about ?f } } } }`},
	{"offset", `SELECT * { ?a :cites ?b . ?c :cites ?d } OFFSET 4000000000`},
	{"projection", `SELECT * { ?a :cites ?b . ?c :cites ?d }`},
	{"construct", `CONSTRUCT { ?a :with ?c . ?c :with ?a } { ?a :cites ?b . ?c :introduces ?d }`},
	{"describe", `DESCRIBE ?a ?x { ?a a :Paper . ?x a :Person }`},
	{"ask", `ASK { ?a :cites ?b . ?c :cites ?d FILTER(STRLEN(STR(?a)) + STRLEN(STR(?d)) < 0) }`},
	{"strings", `SELECT (COUNT(DISTINCT ?h) AS ?n) { ?p dct:title ?t . ?q dct:title ?u BIND(SHA512(CONCAT(?t, ?u)) AS ?h) }`},
}

// longUpdates are the same of updates.
var longUpdates = []struct{ operator, update string }{
	{"insert", `INSERT { ?a :with ?c } WHERE { ?a :cites ?b . ?c :introduces ?d }`},
	{"delete", `DELETE { ?a :cites ?b } WHERE { ?a :cites ?b . ?c :upvotes ?d }`},
	{"delete and insert all", `DELETE { ?a ?b ?c } INSERT { GRAPH <urn:g> { ?a ?b ?c } } WHERE { ?a ?b ?c }`},
	{"insert new terms", `INSERT { ?a :with ?x } WHERE { ?a :cites ?b . ?c :upvotes ?d BIND(CONCAT(STR(?a), STR(?c)) AS ?x) }`},
	{"copy", `COPY DEFAULT TO <urn:copy>`},
	{"drop", `DROP ALL; CREATE GRAPH <urn:g:1>`},
}

const cancelPrologue = `PREFIX : <urn:sett:ns:> PREFIX dct: <http://purl.org/dc/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
`

// cancelMemory is what a query may hold, so that it disturbs nobody.
const cancelMemory = 256 << 20

// cancelGraph opens a database with a literature graph, and with some hundred named graphs.
func cancelGraph(t *testing.T, papers int) *graph.DB {
	db := open(t, graph.Options{})
	var quads []rdf.Quad
	err := literature.Generate(literature.Options{Papers: papers}, func(q rdf.Quad) error {
		quads = append(quads, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	about := rdf.NewIRI("urn:sett:ns:about")
	for i := range 40 * papers {
		g := rdf.NewIRI("urn:g:" + strconv.Itoa(i%400))
		quads = append(quads, rdf.Quad{S: rdf.NewIRI("urn:a:" + strconv.Itoa(i/2)), P: about, O: rdf.NewInteger(int64(i % 1000)), G: g})
	}
	if _, err := db.Load(context.Background(), &quadSlice{quads}, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	return db
}

// readAll writes what a query gives.
func readAll(ctx context.Context, db *graph.DB, query string, threads int, tables, graphs string) error {
	res, err := db.Query(ctx, cancelPrologue+query, graph.QueryOptions{Threads: threads, DefaultGraph: graph.Strict, Memory: cancelMemory})
	if err != nil {
		return err
	}
	defer res.Close()
	switch res.Form {
	case graph.Select:
		f, _ := results.FormatByName(tables)
		w, err := results.NewWriter(io.Discard, f, res.Vars, results.Options{})
		if err != nil {
			return err
		}
		for row, err := range res.All() {
			if err != nil {
				return err
			}
			if err := w.Row(row.Terms()); err != nil {
				return err
			}
		}
		return w.Close()
	case graph.Construct, graph.Describe:
		f, _ := rdfio.FormatByName(graphs)
		w, err := rdfio.NewWriter(io.Discard, f, rdfio.WriterOptions{})
		if err != nil {
			return err
		}
		for q, err := range res.Quads() {
			if err != nil {
				return err
			}
			if err := w.Write(q); err != nil {
				return err
			}
		}
		return w.Close()
	}
	return nil
}

// TestCancellingEndsEveryOperatorAtOnce cancels a query of each operator, each serialiser and each kind of update at random moments. How long
// they go on is bounded generously, for machines that do more than this; it is a few milliseconds. SETT_CANCEL=papers,times prints the
// longest of so many times on a graph of so many papers:
//
//	SETT_CANCEL=40000,20 go test ./graph -run CancellingEnds -v
func TestCancellingEndsEveryOperatorAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("loads a graph, runs for seconds")
	}
	papers, times, within, most := 2000, 3, 150*time.Millisecond, time.Second
	if s := os.Getenv("SETT_CANCEL"); s != "" {
		if _, err := fmt.Sscanf(s, "%d,%d", &papers, &times); err != nil {
			t.Fatal(err)
		}
		within = 2 * time.Second
	}
	db := cancelGraph(t, papers)
	random := rand.New(rand.NewPCG(1, 2))
	check := func(name string, run func(ctx context.Context) error) {
		t.Run(name, func(t *testing.T) {
			cut, longest := 0, time.Duration(0)
			for range times {
				for wait := time.Duration(random.Int64N(int64(within))); ; wait /= 4 { // sooner, if it is over before
					ctx, cancel := context.WithCancel(context.Background())
					done := make(chan error)
					go func() { done <- run(ctx) }()
					select {
					case err := <-done:
						cancel()
						if err != nil && !errors.Is(err, graph.ErrLimit) {
							t.Fatal(err)
						}
						if wait > time.Millisecond {
							continue
						}
					case <-time.After(wait):
						start := time.Now()
						cancel()
						err := <-done
						took := time.Since(start)
						if err == nil || errors.Is(err, graph.ErrLimit) { // it was at its end
							break
						}
						if !errors.Is(err, context.Canceled) {
							t.Fatalf("got error %v, want %v", err, context.Canceled)
						}
						cut, longest = cut+1, max(longest, took)
					}
					break
				}
				runtime.GC() // what was thrown away is not this one's
			}
			if cut == 0 {
				t.Error("was over before it could be cancelled: the query tests nothing")
			}
			if longest > most {
				t.Errorf("went on for %s after it was cancelled", longest)
			}
			t.Logf("%s: %.1f ms", name, float64(longest.Microseconds())/1000)
		})
	}
	for i, c := range longQueries {
		check(c.operator, func(ctx context.Context) error { return readAll(ctx, db, c.query, 1+i%2, "json", "ntriples") })
	}
	for _, f := range results.Formats() {
		check("solutions as "+f.Name, func(ctx context.Context) error {
			return readAll(ctx, db, `SELECT * { ?a :cites ?b . ?c dct:title ?d }`, 1, f.Name, "")
		})
	}
	for _, f := range []string{"turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"} {
		check("triples as "+f, func(ctx context.Context) error {
			return readAll(ctx, db, `CONSTRUCT { ?c :with ?a } { ?a :cites ?b . ?c dct:title ?d }`, 1, "", f)
		})
	}
	before, err := db.Stats(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range longUpdates {
		check("update: "+c.operator, func(ctx context.Context) error {
			// At its end there is an error, so that nothing is changed for those that come after it.
			err := db.Update(ctx, cancelPrologue+c.update+"; CREATE GRAPH <urn:g:1>", graph.UpdateOptions{DefaultGraph: graph.Strict, Memory: cancelMemory})
			if errors.Is(err, graph.ErrCreated) || errors.Is(err, graph.ErrGraph) {
				return nil
			}
			return err
		})
	}
	if after, err := db.Stats(context.Background()); err != nil || after.Quads != before.Quads {
		t.Errorf("%d quads after updates that were cancelled, %d before; error %v", after.Quads, before.Quads, err)
	}
}
