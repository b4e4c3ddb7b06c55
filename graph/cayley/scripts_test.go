package cayley_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	settgraph "sett/graph"
	"sett/graph/cayley"
	"sett/graph/rdf"
)

// askAgain asks a script three times and fails if the answers differ. It returns the answer.
func askAgain(t *testing.T, db *settgraph.DB, script string, opt settgraph.QueryOptions) []string {
	t.Helper()
	opt.Lang = "gizmo"
	var first []string
	for i := range 3 {
		rows, err := ask(db, script, opt)
		if err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		if i == 0 {
			first = rows
		} else if !slices.Equal(rows, first) {
			t.Errorf("%s\nfirst %q\nthen  %q", script, first, rows)
		}
	}
	return first
}

const fewFacts = `<urn:a> <urn:p> <urn:b> .
<urn:a> <urn:p> <urn:c> .
<urn:b> <urn:p> <urn:d> .
<urn:c> <urn:q> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .
`

func TestAScriptAskedAgainSeesTheData(t *testing.T) {
	db := load(t, fewFacts)
	for _, script := range []string{
		`g.V("<urn:a>").out("<urn:p>").all()`,
		`g.V("<urn:a>").out("<urn:p>").all(); g.V("<urn:b>").out("<urn:p>").all()`,
		`g.emit(g.V("<urn:a>").out("<urn:p>").count())`,
		`g.V("<urn:a>").out("<urn:p>").forEach(function(x) { g.V(x.id).out().all() })`,
		`g.V(g.V("<urn:b>").in("<urn:p>").toValue()).out("<urn:p>").all()`,
		`g.V("<urn:e>").out().all()`, // not in the data at first
		`g.emit(g.V("<urn:e>").out().count())`,
	} {
		before := askAgain(t, db, script, settgraph.QueryOptions{})
		if err := db.Update(context.Background(), `INSERT DATA { <urn:a> <urn:p> <urn:e> . <urn:b> <urn:p> <urn:f> . <urn:e> <urn:p> <urn:f> }`, settgraph.UpdateOptions{}); err != nil {
			t.Fatal(err)
		}
		if after := askAgain(t, db, script, settgraph.QueryOptions{}); slices.Equal(before, after) {
			t.Errorf("%s: %q before and after an update", script, after)
		}
		if err := db.Update(context.Background(), `DELETE DATA { <urn:a> <urn:p> <urn:e> . <urn:b> <urn:p> <urn:f> . <urn:e> <urn:p> <urn:f> }`, settgraph.UpdateOptions{}); err != nil {
			t.Fatal(err)
		}
		if after := askAgain(t, db, script, settgraph.QueryOptions{}); !slices.Equal(before, after) {
			t.Errorf("%s: %q, and %q once the update is undone", script, before, after)
		}
	}
}

func TestAScriptAskedAgainTakesItsParameters(t *testing.T) {
	db := load(t, fewFacts)
	for _, node := range []string{"urn:a", "urn:b", "urn:nowhere", "urn:a"} {
		rows := askAgain(t, db, `g.V(n).out("<urn:p>").all()`, settgraph.QueryOptions{Params: map[string]rdf.Term{"n": rdf.NewIRI(node)}})
		if want := map[string]int{"urn:a": 2, "urn:b": 1}[node]; len(rows) != want {
			t.Errorf("%s: %q, want %d rows", node, rows, want)
		}
	}
	for _, namespace := range []string{"urn:", "urn:x:"} {
		rows := askAgain(t, db, `g.V(g.IRI("x:a")).out(g.IRI("x:p")).all()`, settgraph.QueryOptions{Prefixes: rdf.NewPrefixes("x", namespace)})
		if want := map[string]int{"urn:": 2}[namespace]; len(rows) != want {
			t.Errorf("x: is %s: %q, want %d rows", namespace, rows, want)
		}
	}
}

// TestAScriptLeavesNothingBehind runs scripts that change what they see, and looks whether the next one sees it.
func TestAScriptLeavesNothingBehind(t *testing.T) {
	db := load(t, fewFacts)
	look := `g.emit({a: typeof left, b: typeof ([].mine), c: "x".trim === String.prototype.trim, d: typeof g.mine, e: [1, 2].map(function(x) { return x + 1 }).join(), f: typeof iri})`
	before := askAgain(t, db, look, settgraph.QueryOptions{})
	for range 2 {
		for _, change := range []string{
			`left = 1; g.V("<urn:a>").all()`,
			`Array.prototype.mine = 1; Array.prototype.map = function() { return [0] }; g.V("<urn:a>").all()`,
			`Object.prototype.mine = 1; String.prototype.trim = null; g.V("<urn:a>").all()`,
			`iri = 5; g.emit(1)`,
		} {
			if _, err := ask(db, change, inGizmo); err != nil {
				t.Fatalf("%s: %v", change, err)
			}
			if after := askAgain(t, db, look, settgraph.QueryOptions{}); !slices.Equal(before, after) {
				t.Errorf("after %s: %q, before %q", change, after, before)
			}
		}
	}
}

// TestChanceIsDrawnAgain asks scripts whose paths depend on a random number and on the time until two answers differ.
func TestChanceIsDrawnAgain(t *testing.T) {
	db := load(t, fewFacts)
	for _, script := range []string{
		`g.V(Math.random() < 0.5 ? "<urn:a>" : "<urn:b>").all()`,
		`g.V(Date.now() % 2 ? "<urn:a>" : "<urn:b>").all()`,
		`g.V(new Date().getTime() % 2 ? "<urn:a>" : "<urn:b>").all()`,
	} {
		seen := map[string]bool{}
		for i := 0; len(seen) < 2; i++ {
			rows, err := ask(db, script, inGizmo)
			if err != nil {
				t.Fatal(err)
			}
			if seen[strings.Join(rows, " ")] = true; i > 100_000 {
				t.Fatalf("%s: always %q", script, rows)
			}
		}
	}
}

// TestTwoDatabasesShareTheirLanguages opens two with one value of Languages, at the same version.
func TestTwoDatabasesShareTheirLanguages(t *testing.T) {
	languages := cayley.Languages()
	one, two := loadWith(t, fewFacts, languages), loadWith(t, "<urn:A> <urn:B> <urn:C> .\n"+strings.ReplaceAll(fewFacts, "urn:b", "urn:z"), languages)
	const script = `g.V("<urn:a>").out("<urn:p>").all()`
	for range 2 {
		if got := askAgain(t, one, script, settgraph.QueryOptions{}); len(got) != 2 || !strings.Contains(got[0], "urn:b") {
			t.Errorf("the first: %q", got)
		}
		if got := askAgain(t, two, script, settgraph.QueryOptions{}); len(got) != 2 || !strings.Contains(got[1], "urn:z") {
			t.Errorf("the second: %q", got)
		}
	}
}

func TestManyAskTheSameScriptsAtOnce(t *testing.T) {
	db := load(t, fewFacts)
	scripts := []string{`g.V("<urn:a>").out("<urn:p>").all()`, `g.emit(g.V("<urn:a>").out("<urn:p>").count())`, `g.V().has("<urn:q>", gt(3)).all()`}
	want := make([][]string, len(scripts))
	for i, s := range scripts {
		want[i] = askAgain(t, db, s, settgraph.QueryOptions{})
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 60 {
				s := i % len(scripts)
				if got, err := ask(db, scripts[s], inGizmo); err != nil || !slices.Equal(got, want[s]) {
					t.Errorf("%s: %q, %v; want %q", scripts[s], got, err, want[s])
				}
			}
		})
	}
	wg.Wait()
}
