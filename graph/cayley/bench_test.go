package cayley_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/kv/bolt"
	"github.com/cayleygraph/cayley/graph/kv/leveldb"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
	hkv "github.com/hidal-go/hidalgo/kv"

	"sett/cmd/settbench/literature"
	settgraph "sett/graph"
	"sett/graph/cayley"
	"sett/graph/rdf"
)

// questions are Gizmo scripts over settbench's graph: stars, chains, recursion, intersections, comparisons, counts,
// pages and tags.
var questions = []struct{ name, script string }{
	{"chain of a dataset", `g.V(D).in(P+"trainedOn>").in(P+"introduces>").all()`},
	{"chain with tags", `g.V(D).in(P+"trainedOn>").tag("model").in(P+"introduces>").tag("paper").out(P+"cites>").all()`},
	{"two citation hops", `g.V(C).out(P+"cites>").out(P+"cites>").all()`},
	{"two citation hops back", `g.V(C).in(P+"cites>").in(P+"cites>").all()`},
	{"two hops, unique", `g.V(C).out(P+"cites>").out(P+"cites>").unique().all()`},
	{"recursive, forwards", `g.V(C).followRecursive(P+"cites>", 3).all()`},
	{"recursive, backwards", `g.V(C).followRecursive(g.M().in(P+"cites>"), 2).all()`},
	{"recursive over a tree", `g.V(A).followRecursive(g.M().in("<http://www.w3.org/2004/02/skos/core#broader>")).in(P+"architecture>").all()`},
	{"star with tags", `g.V().has(TYPE, P+"Model>").save(P+"trainedOn>", "d").save(P+"architecture>", "a").save(P+"parameters>", "n").all()`},
	{"star, optional", `g.V().has(TYPE, P+"Model>").save(P+"architecture>", "a").saveOpt(P+"gpuHours>", "h").all()`},
	{"intersection of citations", `g.V("<urn:sett:paper:paper-0>").in(P+"cites>").and(g.V("<urn:sett:paper:paper-1>").in(P+"cites>")).all()`},
	{"intersection of three", `g.V().has(P+"cites>", "<urn:sett:paper:paper-0>").has(P+"cites>", "<urn:sett:paper:paper-1>").has(P+"cites>", "<urn:sett:paper:paper-2>").all()`},
	{"comparison", `g.V().has(P+"upvotes>", gt(900)).all()`},
	{"comparison and chain", `g.V().has(P+"parameters>", gt(100000000000)).out(P+"trainedOn>").all()`},
	{"count of a class", `g.emit(g.V().has(TYPE, P+"Paper>").count())`},
	{"count of a chain", `g.emit(g.V().has(TYPE, P+"Model>").out(P+"trainedOn>").count())`},
	{"page", `g.V().has(TYPE, P+"Paper>").skip(1000).limit(100).all()`},
	{"first of many", `g.V().has(TYPE, P+"Paper>").out(P+"cites>").getLimit(50)`},
	{"union", `g.V(C).out(P+"cites>").union(g.V(C).in(P+"cites>")).all()`},
	{"difference", `g.V(C).in(P+"cites>").except(g.V("<urn:sett:paper:paper-1>").in(P+"cites>")).all()`},
	{"predicates of a node", `g.V(C).outPredicates().all()`},
	{"back", `g.V(D).in(P+"trainedOn>").tag("m").out(P+"architecture>").back("m").out(P+"trainedWith>").all()`},
}

const names = `var P = "<urn:sett:ns:", TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", D = "<urn:sett:dataset:dataset-1>", C = "<urn:sett:paper:paper-3>", A = "<urn:sett:architecture:architecture-0>";
`

// twins are questions in SPARQL too, by name.
var twins = map[string]string{
	"chain with tags":           `SELECT * { ?m :trainedOn <urn:sett:dataset:dataset-1> . ?p :introduces ?m . ?p :cites ?c }`,
	"two citation hops back":    `SELECT * { ?x :cites <urn:sett:paper:paper-3> . ?y :cites ?x }`,
	"star with tags":            `SELECT * { ?x a :Model ; :trainedOn ?d ; :architecture ?a ; :parameters ?n }`,
	"star, optional":            `SELECT * { ?x a :Model ; :architecture ?a OPTIONAL { ?x :gpuHours ?h } }`,
	"intersection of citations": `SELECT * { ?x :cites <urn:sett:paper:paper-0>, <urn:sett:paper:paper-1> }`,
	"comparison":                `SELECT ?x { ?x :upvotes ?n FILTER(?n > 900) }`,
	"count of a chain":          `SELECT (COUNT(*) AS ?n) { ?x a :Model ; :trainedOn ?d }`,
	"difference":                `SELECT ?x { ?x :cites <urn:sett:paper:paper-3> MINUS { ?x :cites <urn:sett:paper:paper-1> } }`,
}

// BenchmarkGizmo asks the questions here, in Cayley's store in memory and in Cayley on LevelDB and Bolt, in one run, looks
// whether the answers are the same, and reports each question's time, how many times that the others take, and how many
// times that the same question takes in SPARQL here. The size, the peers, and what a question may take there (a minute; the
// ratio is then what it is at least):
//
//	SETT_BENCH_PAPERS=40000 SETT_BENCH_PEERS=leveldb,bolt SETT_BENCH_CUT=10s go test ./graph/cayley -run '^$' -bench Gizmo -benchtime 1x -timeout 30m
func BenchmarkGizmo(b *testing.B) {
	papers := 4000
	if s := os.Getenv("SETT_BENCH_PAPERS"); s != "" {
		var err error
		if papers, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	cut := time.Minute
	if s := os.Getenv("SETT_BENCH_CUT"); s != "" {
		var err error
		if cut, err = time.ParseDuration(s); err != nil {
			b.Fatal(err)
		}
	}
	var quads []quad.Quad
	err := literature.Generate(literature.Options{Papers: papers}, func(q rdf.Quad) error {
		var out quad.Quad
		for d, t := range map[quad.Direction]rdf.Term{quad.Subject: q.S, quad.Predicate: q.P, quad.Object: q.O} {
			out.Set(d, cayley.Value(t.Clone()))
		}
		quads = append(quads, out)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	start := time.Now()
	own, err := graph.NewQuadStore(cayley.Name, filepath.Join(dir, "sett"), nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := own.(graph.BulkLoader).BulkLoad(quad.NewReader(quads)); err != nil {
		b.Fatal(err)
	}
	ownLoad := time.Since(start)
	if err := own.Close(); err != nil {
		b.Fatal(err)
	}
	db, err := settgraph.Open(filepath.Join(dir, "sett"), settgraph.Options{Languages: cayley.Languages()})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	start = time.Now()
	mem := memstore.New(quads...)
	memLoad := time.Since(start)
	peers := map[string]graph.QuadStore{"memstore": mem}
	fmt.Printf("%d quads; load: sett %v, memstore %v", len(quads), ownLoad, memLoad)
	for name, create := range map[string]func(string, graph.Options) (hkv.KV, error){"leveldb": leveldb.Create, "bolt": bolt.Create} {
		if p := os.Getenv("SETT_BENCH_PEERS"); p != "" && !strings.Contains(p, name) {
			continue
		}
		qs, took := keyValueStore(b, create, filepath.Join(dir, name), quads)
		defer qs.Close()
		peers[name] = qs
		fmt.Printf(", %s %v", name, took)
	}
	fmt.Println()

	sums := map[string]float64{}
	worst := map[string]float64{}
	count := 0
	for _, q := range questions {
		b.Run(q.name, func(b *testing.B) {
			script := names + q.script
			rows := 0
			var took time.Duration
			for b.Loop() {
				start := time.Now()
				n, err := drain(db, script, inGizmo)
				took += time.Since(start)
				if err != nil {
					b.Fatal(err)
				}
				rows = n
			}
			took /= time.Duration(b.N)
			for range 2 { // the best of three where it is quick
				start := time.Now()
				if _, err := drain(db, script, inGizmo); err != nil {
					b.Fatal(err)
				}
				took = min(took, time.Since(start))
			}
			b.ReportMetric(float64(rows), "rows")
			if text := twins[q.name]; text != "" {
				least := time.Hour
				for range 3 {
					start := time.Now()
					n, err := drain(db, text, settgraph.QueryOptions{Prefixes: rdf.NewPrefixes("", literature.NS)})
					least = min(least, time.Since(start))
					if err != nil || n != rows {
						b.Errorf("%s: %d rows, %v; Gizmo has %d", text, n, err, rows)
					}
				}
				b.ReportMetric(float64(least)/float64(took), "sparql/sett")
			}
			count++
			for name, qs := range peers {
				start := time.Now()
				n, err := drainCayley(qs, script, cut)
				theirs := time.Since(start)
				ended := errors.Is(err, context.DeadlineExceeded)
				if err != nil && !ended {
					b.Fatal(err)
				}
				if n != rows && !ended {
					b.Errorf("%s: %d rows here, %d in %s", q.script, rows, n, name)
				}
				ratio := float64(theirs) / float64(took)
				b.ReportMetric(ratio, name+"/sett")
				sums[name] += math.Log(ratio)
				if worst[name] == 0 || ratio < worst[name] {
					worst[name] = ratio
				}
			}
		})
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range sums {
			if !yield(name) {
				return
			}
		}
	}) {
		fmt.Printf("%s takes %.1f times as long in the geometric mean of %d questions, %.2f times in the worst\n", name, math.Exp(sums[name]/float64(count)), count, worst[name])
	}
}

func keyValueStore(b *testing.B, create func(string, graph.Options) (hkv.KV, error), path string, quads []quad.Quad) (graph.QuadStore, time.Duration) {
	b.Helper()
	start := time.Now()
	db, err := create(path, nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := kv.Init(db, nil); err != nil {
		b.Fatal(err)
	}
	qs, err := kv.New(db, nil)
	if err != nil {
		b.Fatal(err)
	}
	w, err := qs.NewQuadWriter()
	if err != nil {
		b.Fatal(err)
	}
	for part := range slices.Chunk(quads, quad.DefaultBatch) {
		if _, err := w.WriteQuads(part); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return qs, time.Since(start)
}

// BenchmarkTwins asks the same small questions in Gizmo and in SPARQL: again and again, and each time in a text that is new.
func BenchmarkTwins(b *testing.B) {
	var text strings.Builder
	if err := literature.Generate(literature.Options{Papers: 4000}, func(q rdf.Quad) error {
		_, err := fmt.Fprintf(&text, "%s %s %s .\n", q.S, q.P, q.O)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	db := load(b, text.String())
	inSPARQL := settgraph.QueryOptions{Prefixes: rdf.NewPrefixes("", literature.NS)}
	fresh := 0
	for _, q := range questions {
		twin := twins[q.name]
		if twin == "" {
			continue
		}
		for _, way := range []struct {
			name, text, comment string
			opt                 settgraph.QueryOptions
		}{
			{"gizmo", names + q.script, "", inGizmo}, {"sparql", twin, "", inSPARQL},
			{"gizmo/new", names + q.script, "\n//", inGizmo}, {"sparql/new", twin, "\n#", inSPARQL},
		} {
			b.Run(q.name+"/"+way.name, func(b *testing.B) {
				for b.Loop() {
					text := way.text
					if way.comment != "" {
						fresh++
						text += way.comment + strconv.Itoa(fresh)
					}
					if _, err := drain(db, text, way.opt); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// inGizmo asks in Gizmo.
var inGizmo = settgraph.QueryOptions{Lang: "gizmo"}

// drain asks a question and reads all its terms.
func drain(db *settgraph.DB, text string, opt settgraph.QueryOptions) (int, error) {
	res, err := db.Query(context.Background(), text, opt)
	if err != nil {
		return 0, err
	}
	defer res.Close()
	n := 0
	for _, err := range res.All() {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func drainCayley(qs graph.QuadStore, script string, cut time.Duration) (int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), cut)
	defer cancel()
	it, err := gizmo.NewSession(qs).Execute(ctx, script, query.Options{Collation: query.JSON})
	if err != nil {
		return 0, err
	}
	defer it.Close()
	n := 0
	for it.Next(ctx) {
		it.Result()
		n++
	}
	return n, it.Err()
}

// TestQuestionsCountTheSame asks the benchmark's questions of a small graph, here and in Cayley.
func TestQuestionsCountTheSame(t *testing.T) {
	var text strings.Builder
	err := literature.Generate(literature.Options{Papers: 200}, func(q rdf.Quad) error {
		_, err := fmt.Fprintf(&text, "%s %s %s .\n", q.S, q.P, q.O)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	db, other := load(t, text.String()), peer(t, text.String())
	for _, q := range questions {
		rows, err := ask(db, names+q.script, settgraph.QueryOptions{Lang: "gizmo"})
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := askCayley(other, names+q.script)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != len(theirs) || !strings.Contains(q.script, "skip") && !strings.Contains(q.script, "getLimit") && !slices.Equal(rows, theirs) {
			t.Errorf("%s: %d rows here, %d in Cayley", q.script, len(rows), len(theirs))
		}
	}
}
