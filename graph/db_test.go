package graph_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/sparql"
)

// load puts TriG into a database.
func load(t testing.TB, db *graph.DB, trig string, opt graph.LoadOptions) (graph.LoadStats, error) {
	t.Helper()
	f, _ := rdfio.FormatByName("trig")
	r, err := rdfio.NewReader(strings.NewReader(trig), f, rdfio.ReaderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return db.Load(context.Background(), r, opt)
}

// lines returns the database as sorted N-Quads.
func lines(t testing.TB, db *graph.DB) []string {
	t.Helper()
	var out []string
	for q, err := range db.Quads(context.Background(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q.String())
	}
	slices.Sort(out)
	return out
}

func TestLoadIsAllOrNothing(t *testing.T) {
	db := open(t, graph.Options{})
	if _, err := load(t, db, "<urn:a> <urn:p> 1 .", graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	before := lines(t, db)
	_, err := load(t, db, "<urn:b> <urn:p> 2 .\n<urn:c> <urn:p> .", graph.LoadOptions{})
	var syntax *rdfio.SyntaxError
	if !errors.As(err, &syntax) || syntax.Line != 2 {
		t.Errorf("got %v, want a syntax error in line 2", err)
	}
	if after := lines(t, db); !slices.Equal(before, after) {
		t.Errorf("the failed load left %v", after)
	}
}

func TestLoadReplacesTheGraphsItNames(t *testing.T) {
	db := open(t, graph.Options{})
	first := `<urn:g1> { <urn:a> <urn:p> 1, 2 } <urn:g2> { <urn:a> <urn:p> 3 } <urn:a> <urn:p> 0 .`
	if _, err := load(t, db, first, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	stats, err := load(t, db, `<urn:g1> { <urn:a> <urn:p> 2, 4 }`, graph.LoadOptions{Replace: true})
	if err != nil || stats.Quads != 2 || stats.New != 2 {
		t.Errorf("got %+v, %v", stats, err)
	}
	want := []string{"0", "2", "3", "4"}
	var got []string
	for _, l := range lines(t, db) {
		got = append(got, strings.Split(l, `"`)[1])
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got the objects %v, want %v", got, want)
	}
}

func TestASnapshotStaysWhatItIs(t *testing.T) {
	ctx := context.Background()
	db := open(t, graph.Options{})
	snap := db.Snapshot()
	defer snap.Close()
	if err := db.Update(ctx, "INSERT DATA { <urn:a> <urn:p> 1 }"); err != nil {
		t.Fatal(err)
	}
	for q := range snap.Quads(ctx, nil) {
		t.Errorf("the snapshot shows %s, which came later", q)
	}
	if got := lines(t, db); len(got) != 1 {
		t.Errorf("the database shows %v", got)
	}
}

func TestUpdateRequestsAreAtomic(t *testing.T) {
	ctx := context.Background()
	db := open(t, graph.Options{})
	err := db.Update(ctx, "INSERT DATA { <urn:a> <urn:p> 1 } ; COPY GRAPH <urn:none> TO DEFAULT")
	if !errors.Is(err, graph.ErrGraph) {
		t.Errorf("got %v, want ErrGraph", err)
	}
	if got := lines(t, db); len(got) != 0 {
		t.Errorf("the failed request left %v", got)
	}
	if err := db.Update(ctx, "INSERT DATA { <urn:a> <urn:p> 1 } ; COPY SILENT GRAPH <urn:none> TO DEFAULT"); err != nil {
		t.Error(err)
	}
}

func TestUpdatesCountWhatTheyChange(t *testing.T) {
	ctx := context.Background()
	db := open(t, graph.Options{})
	for _, c := range []struct {
		text              string
		inserted, deleted int
	}{
		{"INSERT DATA { <urn:a> <urn:p> 1, 2, 3 }", 3, 0},
		{"INSERT DATA { <urn:a> <urn:p> 1, 4 }", 1, 0},
		{"DELETE DATA { <urn:a> <urn:p> 4, 5 }", 0, 1},
		{"DELETE { ?s <urn:p> ?o } INSERT { ?s <urn:q> ?o } WHERE { ?s <urn:p> ?o FILTER(?o > 1) }", 2, 2},
		{"COPY DEFAULT TO GRAPH <urn:g> ; CLEAR DEFAULT", 3, 3},
		{"CREATE SILENT GRAPH <urn:g>", 0, 0},
	} {
		var got graph.UpdateStats
		if err := db.Update(ctx, c.text, graph.UpdateOptions{Stats: &got}); err != nil {
			t.Fatal(err)
		}
		if want := (graph.UpdateStats{Inserted: c.inserted, Deleted: c.deleted}); got != want {
			t.Errorf("%s: got %+v, want %+v", c.text, got, want)
		}
	}
}

func TestParametersAreBoundAndNotPasted(t *testing.T) {
	db := open(t, graph.Options{InMemory: true})
	if _, err := load(t, db, `<urn:a> <urn:p> "x", "} DROP ALL #" .`, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"x", "} DROP ALL #", "none"} {
		got, err := ask(db, "SELECT ?s ?o WHERE { ?s <urn:p> ?o }", graph.QueryOptions{
			Params: map[string]rdf.Term{"o": rdf.NewString(value)},
		})
		if err != nil {
			t.Fatal(err)
		}
		want := 1
		if value == "none" {
			want = 0
		}
		if len(got.Table.Rows) != want || want == 1 && got.Table.Rows[0][1].Value() != value {
			t.Errorf("?o = %q: got %v", value, got.Table.Rows)
		}
	}
}

// endless is a query that would run for a very long time over twenty thousand triples.
const endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"

func crowd(t testing.TB) *graph.DB {
	t.Helper()
	db := open(t, graph.Options{InMemory: true})
	var quads []rdf.Quad
	for i := range 20000 {
		quads = append(quads, rdf.Quad{S: rdf.NewIRI(fmt.Sprint("urn:s", i)), P: rdf.NewIRI("urn:p"), O: rdf.NewInteger(int64(i))})
	}
	if _, err := db.Load(context.Background(), &quadSlice{quads}, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestLimitsEndAQueryAndNothingElse(t *testing.T) {
	db := crowd(t)
	_, err := ask(db, endless, graph.QueryOptions{Timeout: 20 * time.Millisecond})
	if !errors.Is(err, graph.ErrLimit) {
		t.Errorf("time: got %v, want ErrLimit", err)
	}
	_, err = ask(db, "SELECT ?a ?b WHERE { ?a ?p ?b . ?c ?q ?d } ORDER BY ?b ?d", graph.QueryOptions{Memory: 1 << 20})
	if !errors.Is(err, graph.ErrLimit) {
		t.Errorf("memory: got %v, want ErrLimit", err)
	}
	for _, text := range []string{"CONSTRUCT { ?s <urn:q> ?o } WHERE { ?s ?p ?o }", "DESCRIBE ?s { ?s ?p ?o }"} {
		res, err := db.Query(context.Background(), text, graph.QueryOptions{Memory: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, err = range res.Quads() {
			n++
		}
		if !errors.Is(err, graph.ErrLimit) || n < 1000 {
			t.Errorf("%s: got %v after %d quads, want ErrLimit after some thousands", text, err, n)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := db.Query(ctx, endless, graph.QueryOptions{}); err == nil {
		res, _ := db.Query(ctx, endless, graph.QueryOptions{})
		for _, err = range res.All() {
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: got %v", err)
		}
	}
	if got, err := ask(db, "ASK { <urn:s7> <urn:p> 7 }", graph.QueryOptions{}); err != nil || !got.Table.Boolean {
		t.Errorf("afterwards: got %v, %v", got, err)
	}
}

func TestManyReadWhileOneWrites(t *testing.T) {
	ctx := context.Background()
	db := open(t, graph.Options{InMemory: true})
	var wait sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		wait.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				// Each update adds two triples of one subject: a reader sees both or none.
				got, err := ask(db, "SELECT ?s (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(*) != 2)", graph.QueryOptions{})
				if err != nil {
					t.Error(err)
					return
				}
				if len(got.Table.Rows) > 0 {
					t.Errorf("half an update was seen: %v", got.Table.Rows)
					return
				}
			}
		})
	}
	for i := range 200 {
		if err := db.Update(ctx, fmt.Sprintf("INSERT DATA { <urn:s%d> <urn:p> %d ; <urn:q> %d }", i, i, i)); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	wait.Wait()
}

func TestErrorsTellWhatIsWrong(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	db, err := graph.Open(dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := graph.Open(dir, graph.Options{}); !errors.Is(err, graph.ErrLocked) {
		t.Errorf("opened twice: got %v, want ErrLocked", err)
	}
	var syntax *sparql.SyntaxError
	if _, err := db.Query(ctx, "SELECT ?x WHERE { ?x }", graph.QueryOptions{}); !errors.As(err, &syntax) {
		t.Errorf("got %v, want a SyntaxError", err)
	}
	if _, err := db.Query(ctx, "x", graph.QueryOptions{Lang: "prolog"}); !errors.Is(err, graph.ErrLanguage) {
		t.Errorf("got %v, want ErrLanguage", err)
	}
	if err := db.Update(ctx, "LOAD <file:///etc/passwd>"); !errors.Is(err, graph.ErrLoad) {
		t.Errorf("got %v, want ErrLoad", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	ro, err := graph.Open(dir, graph.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer ro.Close()
	if err := ro.Update(ctx, "CLEAR ALL"); !errors.Is(err, graph.ErrReadOnly) {
		t.Errorf("got %v, want ErrReadOnly", err)
	}
}

func TestCountDistinctCountsWhatSolutionsShow(t *testing.T) {
	db := open(t, graph.Options{InMemory: true})
	if _, err := load(t, db, "<urn:a> <urn:p> <urn:x>, <urn:y> ; <urn:q> <urn:x> .", graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"SELECT (COUNT(DISTINCT *) AS ?n) { ?s <urn:p> [] }":                       "1", // the blank node is no variable
		"SELECT (COUNT(DISTINCT *) AS ?n) { ?s ((!<urn:r>)|(!<urn:t>)) ?o }":       "2", // nor is the predicate of a negated set
		"SELECT (COUNT(DISTINCT *) AS ?n) { ?s ?p ?o }":                            "3",
		"SELECT (COUNT(DISTINCT *) AS ?n) { { ?s <urn:p>/^<urn:q> ?t } UNION {} }": "2",
	} {
		got, err := ask(db, query, graph.QueryOptions{})
		if err != nil || got.Table.Rows[0][0].Value() != want {
			t.Errorf("%s: got %v %v, want %s", query, got, err, want)
		}
	}
}

func TestAGraphThatNoSyntaxCanNameIsNotLoadedInto(t *testing.T) {
	db, err := graph.Open(t.TempDir(), graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, name := range []rdf.Term{rdf.NewIRI("not an iri"), rdf.NewIRI("relative"), rdf.NewString("urn:g")} {
		_, err := load(t, db, `<urn:a> <urn:p> 1 .`, graph.LoadOptions{Graph: name})
		if err == nil || !strings.Contains(err.Error(), "a graph's name") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAPathOfLengthZeroInExists asks EXISTS of a value that the graph does not have: put in the variable's place it is a term, which is connected
// with itself (SPARQL 1.1 §18.4 and §18.6), also where the variable may be unbound.
func TestAPathOfLengthZeroInExists(t *testing.T) {
	db := open(t, graph.Options{InMemory: true})
	if err := db.Update(context.Background(), "INSERT DATA { <urn:n0> <urn:p1> 0 }", graph.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"SELECT * { FILTER EXISTS { ?x <urn:p1> ?b . ?a ((<urn:p0>)*)* ?a } OPTIONAL { VALUES ?a { <urn:n0> <urn:n1> } } }": 2,
		"SELECT * { FILTER EXISTS { ?x <urn:p1> ?b . ?a <urn:p0>* ?c } OPTIONAL { VALUES ?a { <urn:n0> <urn:n1> } } }":      2,
		"SELECT * { VALUES ?a { <urn:n0> <urn:n1> } FILTER EXISTS { ?a <urn:p0>* ?a } }":                                    2,
		"SELECT * { VALUES ?a { <urn:n0> <urn:n1> } ?a <urn:p0>* ?a }":                                                      1,
	} {
		got, err := ask(db, text, graph.QueryOptions{})
		if err != nil || len(got.Table.Rows) != want {
			t.Errorf("%s: %v, %v, want %d rows", text, got.Table.Rows, err, want)
		}
	}
}
