package graph_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"sett/graph"
	"sett/graph/rdf"
)

// many returns N-Triples of n quads over as many terms, more than the caches of a test's database hold.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<urn:subject:%d> <urn:p:%d> <urn:object:%d> .\n", i, i%3, i*7919%n)
	}
	return b.String()
}

func rowsOf(db interface {
	Query(context.Context, string, graph.QueryOptions) (*graph.Result, error)
}, text string) ([][]rdf.Term, error) {
	res, err := db.Query(context.Background(), text, graph.QueryOptions{})
	if err != nil {
		return nil, err
	}
	return res.Rows()
}

// TestWhatRunsWhenTheDatabaseIsClosedEndsWithErrClosed has a query that needs pages from the disk after Close: neither may the process die of
// files that are no longer mapped, nor may the database be called damaged.
func TestWhatRunsWhenTheDatabaseIsClosedEndsWithErrClosed(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db, err := graph.Open(dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := load(t, db, many(100_000), graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if db, err = graph.Open(dir, graph.Options{Memory: 1}); err != nil {
		t.Fatal(err)
	}
	res, err := db.Query(ctx, "SELECT ?s ?o { ?s ?p ?o }", graph.QueryOptions{})
	if err != nil {
		t.Fatal(err)
	}
	snap := db.Snapshot()
	var last error
	rows := 0
	for _, err := range res.All() {
		if rows == 0 {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		last = err
		rows++
	}
	if !errors.Is(last, graph.ErrClosed) || errors.Is(last, graph.ErrCorrupt) {
		t.Errorf("after %d rows: got %v, want ErrClosed", rows, last)
	}
	if _, err := rowsOf(snap, "SELECT * { ?s ?p ?o } LIMIT 1"); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("a snapshot: got %v, want ErrClosed", err)
	}
	snap.Close()
	if _, err := rowsOf(db, "ASK {}"); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("a query: got %v, want ErrClosed", err)
	}
	if _, err := db.Stats(ctx); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("stats: got %v, want ErrClosed", err)
	}
	if err := db.Update(ctx, "INSERT DATA { <urn:a> <urn:b> 1 }"); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("an update: got %v, want ErrClosed", err)
	}
	if err := db.Backup(ctx, new(strings.Builder)); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("a backup: got %v, want ErrClosed", err)
	}
	if err := db.Verify(ctx, func(problem string) { t.Error(problem) }); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("verify: got %v, want ErrClosed", err)
	}
	for _, err := range db.Quads(ctx, nil) {
		if last = err; err != nil {
			break
		}
	}
	if !errors.Is(last, graph.ErrClosed) {
		t.Errorf("quads: got %v, want ErrClosed", last)
	}
	if err := db.Close(); err != nil {
		t.Errorf("closed again: %v", err)
	}
}

// TestAClosedSnapshotLeavesTheDatabaseAsItIs uses one after its end, before anybody has looked up a term.
func TestAClosedSnapshotLeavesTheDatabaseAsItIs(t *testing.T) {
	dir := t.TempDir()
	db, err := graph.Open(dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := load(t, db, many(1000), graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if db, err = graph.Open(dir, graph.Options{}); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	snap := db.Snapshot()
	if err := db.Update(context.Background(), "INSERT DATA { <urn:new> <urn:new> 1 }"); err != nil {
		t.Fatal(err)
	}
	snap.Close()
	snap.Close()
	const question = "SELECT ?o { <urn:subject:7> ?p ?o }"
	if _, err := rowsOf(snap, question); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
	if rows, err := rowsOf(db, question); err != nil || len(rows) != 1 {
		t.Errorf("the database itself: %v, %v", rows, err)
	}
}

func TestAResultIsReadOnceAndForWhatItIs(t *testing.T) {
	ctx := context.Background()
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := load(t, db, many(10), graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	query := func(text string) *graph.Result {
		res, err := db.Query(ctx, text, graph.QueryOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	rows := func(res *graph.Result) (n int, last error) {
		for _, last = range res.All() {
			n++
		}
		return n, last
	}
	quads := func(res *graph.Result) (n int, last error) {
		for _, last = range res.Quads() {
			n++
		}
		return n, last
	}
	res := query("SELECT * { ?s ?p ?o }")
	if _, err := quads(res); err == nil || !strings.Contains(err.Error(), "Result.All") {
		t.Errorf("quads of a SELECT: %v", err)
	}
	if n, err := rows(res); n != 10 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
	if n, err := rows(res); n != 1 || !errors.Is(err, graph.ErrSpent) {
		t.Errorf("again: %d rows, %v", n, err)
	}
	res = query("SELECT * { ?s ?p ?o }")
	n := 0
	var last error
	for _, last = range res.All() {
		n++
		res.Close()
	}
	if !errors.Is(last, graph.ErrSpent) {
		t.Errorf("closed while it is read: %d rows, %v", n, last)
	}
	res = query("CONSTRUCT WHERE { ?s ?p ?o }")
	if _, err := rows(res); err == nil || !strings.Contains(err.Error(), "Result.Quads") {
		t.Errorf("rows of a CONSTRUCT: %v", err)
	}
	if n, err := quads(res); n != 10 || err != nil {
		t.Errorf("%d quads, %v", n, err)
	}
	if _, err := quads(res); !errors.Is(err, graph.ErrSpent) {
		t.Errorf("again: %v", err)
	}
	if _, err := rows(query("ASK {}")); err == nil || !strings.Contains(err.Error(), "Result.Bool") {
		t.Errorf("rows of an ASK: %v", err)
	}
}

func TestParametersThatBindNothingAreErrors(t *testing.T) {
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, value := range map[string]rdf.Term{"?s": rdf.NewIRI("urn:a"), "$s": rdf.NewIRI("urn:a"), "": rdf.NewIRI("urn:a"), "s": {}} {
		_, err := db.Query(context.Background(), "SELECT * { ?s ?p ?o }", graph.QueryOptions{Params: map[string]rdf.Term{name: value}})
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("parameter %q", name)) {
			t.Errorf("%q = %v: %v", name, value, err)
		}
	}
}
