package plan

import (
	"fmt"
	"strings"
	"testing"

	"sett/graph/rdf"
	"sett/graph/sparql"
)

// shapes are groups of n patterns that make the search for a join order easy or hard.
var shapes = map[string]func(i, n int) string{
	"chain":     func(i, _ int) string { return fmt.Sprintf("?x%d :p ?x%d .", i, i+1) },
	"star":      func(i, _ int) string { return fmt.Sprintf("?x :p ?y%d .", i) },
	"cycle":     func(i, n int) string { return fmt.Sprintf("?x%d :p ?x%d .", i, (i+1)%n) },
	"clique":    func(i, _ int) string { return fmt.Sprintf("?x%d :p ?x%d .", i%5, (i+1+i/5)%5) },
	"one":       func(i, _ int) string { return fmt.Sprintf("?x%d ?p ?x%d .", i, i+1) },
	"apart":     func(i, _ int) string { return fmt.Sprintf("?a%d ?b%d ?c%d .", i, i, i) },
	"in chains": func(i, _ int) string { return fmt.Sprintf("?x%d :p ?x%d .", i+i/4, i+i/4+1) },
}

func planShape(t testing.TB, shape string, n int) {
	prefixes := rdf.NewPrefixes("", "urn:e:")
	stats := &statistics{}
	if err := stats.read("predicate :p 1000 100 500\n", prefixes); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for i := range n {
		text.WriteString(shapes[shape](i, n))
	}
	q, err := sparql.ParseQuery("SELECT * {"+text.String()+"}", sparql.Options{Prefixes: prefixes})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Build(q, stats, Options{}); err != nil {
		t.Fatal(err)
	}
}

// TestPlanningAllocatesLittle plans the largest groups that are searched whole: what is looked at is bounded, whatever they look like.
func TestPlanningAllocatesLittle(t *testing.T) {
	for shape := range shapes {
		for _, n := range []int{9, 12, 24} {
			objects := testing.AllocsPerRun(1, func() { planShape(t, shape, n) })
			if objects > 2e6 {
				t.Errorf("%d patterns, %s: %.0f allocations", n, shape, objects)
			}
		}
	}
}

// BenchmarkPlanning plans groups of twelve patterns: go test -run - -bench Planning ./graph/plan
func BenchmarkPlanning(b *testing.B) {
	for shape := range shapes {
		b.Run(strings.ReplaceAll(shape, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				planShape(b, shape, 12)
			}
		})
	}
}
