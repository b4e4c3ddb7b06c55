package exec_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"sett/graph/exec"
	"sett/graph/plan"
	"sett/graph/sparql"
	"sett/graph/store"
)

// counted is a context that is cancelled the moment it has been looked at so many times.
type counted struct {
	context.Context
	looks, limit atomic.Int64
}

func (c *counted) Err() error {
	if n := c.looks.Add(1); c.limit.Load() > 0 && n >= c.limit.Load() {
		return context.Canceled
	}
	return nil
}

// drain runs a query to its end and returns how many rows its operators yielded.
func drain(ctx context.Context, t *testing.T, snap *store.Snapshot, text string, opt exec.Options) (uint64, error) {
	t.Helper()
	q, err := sparql.ParseQuery(literaturePrologue+text, sparql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Build(context.Background(), q, snap, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := exec.Run(ctx, p, snap, opt)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for {
		b, err := rows.Next()
		if err != nil || b == nil {
			var done uint64
			for _, a := range rows.Actual() {
				done += a.Rows
			}
			return done, err
		}
	}
}

// TestCancellingEndsAQueryWithinABatchOfWork cancels queries at several points by the number of looks at their context: each is
// looked at at least once for every few batches of rows, and hardly ever after it has been cancelled.
func TestCancellingEndsAQueryWithinABatchOfWork(t *testing.T) {
	if testing.Short() {
		t.Skip("loads a graph")
	}
	snap := literatureStore(t, 1500)
	for name, text := range map[string]string{
		"sort":            `SELECT ?p ?t { ?p dct:title ?t } ORDER BY DESC(?t)`,
		"sort by numbers": `SELECT ?p ?u { ?p :upvotes ?u } ORDER BY ?u`,
		"hash join":       `SELECT * { ?p :cites ?q OPTIONAL { ?q :introduces ?m . ?m :parameters ?n } }`,
		"product":         `SELECT (COUNT(?t) AS ?n) { ?p dct:issued ?a . ?q :parameters ?t FILTER(?a > ?t) }`,
		"regex":           `SELECT ?p { ?p dct:title ?t FILTER REGEX(?t, "(scaling|sparse).*(data|code)", "i") }`,
		"path":            `SELECT (COUNT(?b) AS ?n) { ?a a :Paper . ?a :cites+ ?b }`,
		"path of all":     `SELECT (COUNT(?b) AS ?n) { ?a (:cites|:introduces)* ?b }`,
		"group":           `SELECT ?a (GROUP_CONCAT(?t) AS ?x) { ?p dct:creator ?a ; dct:title ?t } GROUP BY ?a`,
		"distinct":        `SELECT DISTINCT ?s ?o { ?s ?p ?o FILTER(?o != 1) }`,
		"cycle":           `SELECT * { ?a :cites ?b . ?b :cites ?c . ?a :cites ?c }`,
		"count of cycles": `SELECT (COUNT(*) AS ?n) { ?a :cites ?b . ?b :cites ?c . ?c :cites ?d . ?a :cites ?d }`,
		"exists":          `SELECT ?p { ?p a :Paper FILTER(?p = paper:paper-1 || EXISTS { ?q :cites ?p }) }`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, opt := range []exec.Options{{Threads: 1}, {Threads: 2, ParallelCost: -1}} {
				whole := &counted{Context: context.Background()}
				done, err := drain(whole, t, snap, text, opt)
				if err != nil {
					t.Fatal(err)
				}
				looks := whole.looks.Load()
				if least := int64(done / (8 * exec.BatchRows)); looks < least {
					t.Errorf("%d threads: %d looks at the context for %d rows of work; at least %d expected", opt.Threads, looks, done, least)
				}
				for _, at := range []int64{1, looks / 3, looks / 2} {
					cut := &counted{Context: context.Background()}
					cut.limit.Store(max(1, at))
					if _, err := drain(cut, t, snap, text, opt); !errors.Is(err, context.Canceled) {
						t.Fatalf("%d threads, cancelled at look %d of %d: got error %v", opt.Threads, at, looks, err)
					}
					if late := cut.looks.Load() - cut.limit.Load(); late > 8*int64(opt.Threads) {
						t.Errorf("%d threads, cancelled at look %d of %d: looked %d times more", opt.Threads, at, looks, late)
					}
				}
			}
		})
	}
}
