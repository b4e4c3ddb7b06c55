package plan

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"sett/graph/rdf"
	"sett/graph/sparql"
)

// repeated returns n pieces of a query.
func repeated(piece func(i, n int) string) func(n int) string {
	return func(n int) string {
		var text strings.Builder
		for i := range n {
			text.WriteString(piece(i, n))
		}
		return text.String()
	}
}

// nested returns n pieces of a query, each within the one before.
func nested(piece, closing string) func(n int) string {
	return func(n int) string {
		inside := repeated(func(i, _ int) string {
			return strings.NewReplacer("?a", fmt.Sprintf("?x%d", i), "?b", fmt.Sprintf("?x%d", i+1)).Replace(piece)
		})
		return "?x0 :p ?y " + inside(n) + strings.Repeat(closing, n)
	}
}

// shapes are groups of n patterns that make the search for a join order easy or hard.
var shapes = map[string]func(n int) string{
	"chain":     repeated(func(i, _ int) string { return fmt.Sprintf("?x%d :p ?x%d .", i, i+1) }),
	"star":      repeated(func(i, _ int) string { return fmt.Sprintf("?x :p ?y%d .", i) }),
	"cycle":     repeated(func(i, n int) string { return fmt.Sprintf("?x%d :p ?x%d .", i, (i+1)%n) }),
	"clique":    repeated(func(i, _ int) string { return fmt.Sprintf("?x%d :p ?x%d .", i%5, (i+1+i/5)%5) }),
	"one":       repeated(func(i, _ int) string { return fmt.Sprintf("?x%d ?p ?x%d .", i, i+1) }),
	"apart":     repeated(func(i, _ int) string { return fmt.Sprintf("?a%d ?b%d ?c%d .", i, i, i) }),
	"in chains": repeated(func(i, _ int) string { return fmt.Sprintf("?x%d :p ?x%d .", i+i/4, i+i/4+1) }),
}

// longShapes are those of hundreds of parts, as programs write them.
var longShapes = map[string]func(n int) string{
	"sequence":           func(n int) string { return "?x :p" + strings.Repeat("/:p", n-1) + " ?y" },
	"sequence of a term": func(n int) string { return ":p :p" + strings.Repeat("/:p", n-1) + " ?y" },
	"repeated sequence":  func(n int) string { return "?x (:p" + strings.Repeat("/:p", n-1) + ")* ?y" },
	"alternatives":       func(n int) string { return "?x :p" + strings.Repeat("|^:p", n-1) + " ?y" },
	"optionals":          repeated(func(i, _ int) string { return fmt.Sprintf("OPTIONAL { ?x :p ?y%d }", i) }),
	"conditions": func(n int) string {
		return "?x :p ?y ." + repeated(func(i, _ int) string { return fmt.Sprintf("FILTER(?y != %d)", i) })(n)
	},
}

// deepShapes are nested.
var deepShapes = map[string]func(n int) string{
	"optionals within each other": nested("OPTIONAL { ?a :p ?b ", "}"),
	"unions within each other":    nested("{ ?a :p ?b } UNION { ?a :p ?b ", "}"),
	"absences within each other":  nested("FILTER NOT EXISTS { ?a :p ?b ", "}"),
}

func shapeQuery(t testing.TB, pattern string) (*sparql.Query, Statistics) {
	prefixes := rdf.NewPrefixes("", "urn:e:")
	stats := &statistics{}
	if err := stats.read("predicate :p 1000 100 500\n", prefixes); err != nil {
		t.Fatal(err)
	}
	q, err := sparql.ParseQuery("SELECT * {"+pattern+"}", sparql.Options{Prefixes: prefixes})
	if err != nil {
		t.Fatal(err)
	}
	return q, stats
}

func planShape(t testing.TB, pattern string) {
	q, stats := shapeQuery(t, pattern)
	if _, err := Build(context.Background(), q, stats, Options{}); err != nil {
		t.Fatal(err)
	}
}

// TestPlanningAllocatesLittle plans the largest groups that are searched whole, and ones that are far larger or nested: what is looked
// at is bounded, whatever they look like.
func TestPlanningAllocatesLittle(t *testing.T) {
	for _, c := range []struct {
		shapes map[string]func(n int) string
		sizes  []int
	}{{shapes, []int{9, 12, 24, 300}}, {longShapes, []int{300, 1000}}, {deepShapes, []int{12, 24}}} {
		for name, shape := range c.shapes {
			for _, n := range c.sizes {
				objects := testing.AllocsPerRun(1, func() { planShape(t, shape(n)) })
				if objects > 2e6 {
					t.Errorf("%s of %d: %.0f allocations", name, n, objects)
				}
			}
		}
	}
}

// looked is a context that is cancelled at a look at it.
type looked struct {
	context.Context
	looks, limit int
}

func (c *looked) Err() error {
	if c.looks++; c.limit > 0 && c.looks >= c.limit {
		return context.Canceled
	}
	return nil
}

// TestPlanningEndsWhenCancelled cancels it at several points by the number of looks at its context: one is due for every few joins, and
// none is after the one that finds it cancelled.
func TestPlanningEndsWhenCancelled(t *testing.T) {
	for _, c := range []struct {
		shapes map[string]func(n int) string
		size   int
	}{{shapes, 12}, {shapes, 100}, {longShapes, 300}, {deepShapes, 10}} {
		for name, shape := range c.shapes {
			q, stats := shapeQuery(t, shape(c.size))
			whole := &looked{Context: context.Background()}
			objects := testing.AllocsPerRun(1, func() { // twice
				if _, err := Build(whole, q, stats, Options{}); err != nil {
					t.Fatal(err)
				}
			})
			looks := whole.looks / 2
			if least := int(objects / 2000); looks < max(1, least) {
				t.Errorf("%s of %d: %d looks at the context in %.0f allocations", name, c.size, looks, objects)
			}
			for _, at := range []int{1, looks / 3, looks / 2, looks} {
				cut := &looked{Context: context.Background(), limit: max(1, at)}
				if _, err := Build(cut, q, stats, Options{}); !errors.Is(err, context.Canceled) {
					t.Errorf("%s of %d, cancelled at look %d of %d: got error %v", name, c.size, at, looks, err)
				}
				if cut.looks > cut.limit {
					t.Errorf("%s of %d, cancelled at look %d of %d: looked %d times more", name, c.size, at, looks, cut.looks-cut.limit)
				}
			}
		}
	}
}

// BenchmarkPlanning plans groups of twelve patterns, and larger ones at growing sizes: go test -run - -bench Planning ./graph/plan
func BenchmarkPlanning(b *testing.B) {
	for _, c := range []struct {
		shapes map[string]func(n int) string
		sizes  []int
	}{{shapes, []int{12, 300, 1000}}, {longShapes, []int{500, 2000}}, {deepShapes, []int{8, 16}}} {
		for name, shape := range c.shapes {
			for _, n := range c.sizes {
				pattern := shape(n)
				b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(name, " ", "-"), n), func(b *testing.B) {
					for b.Loop() {
						planShape(b, pattern)
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/part")
				})
			}
		}
	}
}
