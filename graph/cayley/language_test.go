package cayley_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/cayleygraph/cayley/query/mql"
	_ "github.com/cayleygraph/cayley/writer" // registers the writer "single"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
	"github.com/cockroachdb/datadriven"

	settgraph "sett/graph"
	"sett/graph/cayley"
	"sett/graph/rdf"
)

// load returns a database with the N-Quads of a text.
func load(t testing.TB, text string) *settgraph.DB {
	t.Helper()
	return loadWith(t, text, cayley.Languages())
}

func loadWith(t testing.TB, text string, languages map[string]settgraph.Language) *settgraph.DB {
	t.Helper()
	dir := t.TempDir()
	qs, err := graph.NewQuadStore(cayley.Name, dir, graph.Options{"nosync": true})
	if err != nil {
		t.Fatal(err)
	}
	if err := qs.(graph.BulkLoader).BulkLoad(nquads.NewReader(strings.NewReader(text), false)); err != nil {
		t.Fatal(err)
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := settgraph.Open(dir, settgraph.Options{Languages: languages})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// peer returns Cayley's own store in memory with the N-Quads of a text.
func peer(t testing.TB, text string) graph.QuadStore {
	t.Helper()
	quads, err := quad.ReadAll(nquads.NewReader(strings.NewReader(text), false))
	if err != nil {
		t.Fatal(err)
	}
	return memstore.New(quads...)
}

// ask returns a query's rows, each "name=value …" with the values as Cayley writes them, by name; the rows sorted.
func ask(db *settgraph.DB, text string, opt settgraph.QueryOptions) ([]string, error) {
	res, err := db.Query(context.Background(), text, opt)
	if err != nil {
		return nil, err
	}
	defer res.Close()
	var rows []string
	for row, err := range res.All() {
		if err != nil {
			return nil, err
		}
		cells := map[string]string{}
		for i, term := range row.Terms() {
			if term.IsZero() {
				continue
			}
			cells[res.Vars[i]] = quad.StringOf(cayley.Value(term))
		}
		rows = append(rows, line(cells))
	}
	slices.Sort(rows)
	return rows, nil
}

func line(cells map[string]string) string {
	var b []string
	for name, v := range cells {
		b = append(b, name+"="+v)
	}
	slices.Sort(b)
	return strings.Join(b, " ")
}

// askCayley returns the rows of Cayley's own Gizmo.
func askCayley(qs graph.QuadStore, text string) ([]string, error) {
	it, err := gizmo.NewSession(qs).Execute(context.Background(), text, query.Options{Collation: query.Raw})
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var rows []string
	for it.Next(context.Background()) {
		r := it.Result().(*gizmo.Result)
		cells := map[string]string{}
		switch {
		case r.Tags != nil:
			for name, ref := range r.Tags {
				if v := qs.NameOf(ref); v != nil {
					cells[name] = quad.StringOf(v)
				}
			}
		default:
			if obj, ok := r.Val.(map[string]interface{}); ok {
				for name, v := range obj {
					cells[name] = emittedText(v)
				}
			} else if r.Val != nil {
				cells["result"] = emittedText(r.Val)
			}
		}
		rows = append(rows, line(cells))
	}
	slices.Sort(rows)
	return rows, it.Err()
}

func emittedText(v interface{}) string {
	switch v := v.(type) {
	case string:
		return quad.StringOf(quad.StringToValue(v))
	case quad.Value:
		return quad.StringOf(v)
	}
	if q, ok := quad.AsValue(v); ok {
		return quad.StringOf(q)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return quad.StringOf(quad.String(b))
}

// outsideOfPlans keeps of an explanation what the planner has no say in.
func outsideOfPlans(text string) string {
	var b strings.Builder
	for l := range strings.Lines(text) {
		if !strings.HasPrefix(l, " ") || strings.HasPrefix(l, "  outside") {
			b.WriteString(l)
		}
	}
	return b.String()
}

// planShape keeps of a plan its operators and orders; names of variables and figures are dropped.
func planShape(text string) []string {
	var out []string
	for l := range strings.Lines(text) {
		words := strings.Fields(strings.TrimLeft(l, " │├└"))
		if len(words) == 0 || strings.HasSuffix(words[0], ":") || words[0] == "Project" {
			continue
		}
		shape := words[0]
		if len(words) > 1 && len(words[1]) == 4 && strings.ToUpper(words[1]) == words[1] {
			shape += " " + words[1]
		}
		out = append(out, shape)
	}
	return out
}

func TestGizmoAndSPARQLHaveTheSamePlan(t *testing.T) {
	data, err := os.ReadFile("testdata/follows.nq")
	if err != nil {
		t.Fatal(err)
	}
	db := load(t, string(data))
	for script, text := range map[string]string{
		`g.V().has("<status>", "cool_person").out("<follows>").all()`:              `SELECT ?y { ?x <status> "cool_person" . ?x <follows> ?y }`,
		`g.V("<charlie>").out("<follows>").out("<follows>").out("<status>").all()`: `SELECT ?z { <charlie> <follows> ?x . ?x <follows> ?y . ?y <status> ?z }`,
		`g.V().tag("a").out("<follows>").tag("b").out("<follows>").tag("c").all()`: `SELECT ?c ?a ?b { ?a <follows> ?b . ?b <follows> ?c }`,
		`g.V().has("<follows>", "<bob>").save("<status>", "s").all()`:              `SELECT ?x ?s { ?x <follows> <bob> . ?x <status> ?s }`,
		`g.V("<bob>").in("<follows>").and(g.V().has("<follows>", "<greg>")).all()`: `SELECT ?x { ?x <follows> <bob> . ?x <follows> <greg> }`,
		`g.V().out("<follows>").limit(3).all()`:                                    `SELECT ?y { ?x <follows> ?y } LIMIT 3`,
		`g.V("<bob>").in("<follows>").out("<status>").filter(gt("cool")).all()`:    `SELECT ?y { ?x <follows> <bob> . ?x <status> ?y . FILTER(?y > "cool") FILTER(DATATYPE(?y) = <http://www.w3.org/2001/XMLSchema#string>) }`,
		`g.V("<charlie>").out("<follows>").except(g.V().has("<status>")).all()`:    `SELECT ?x { <charlie> <follows> ?x MINUS { ?x <status> ?s } }`,
		`g.V("<bob>", "<dani>").in("<follows>").saveOpt("<status>", "some").all()`: `SELECT ?x ?s { VALUES ?y { <bob> <dani> } ?x <follows> ?y OPTIONAL { ?x <status> ?s } }`,
		`g.V("<charlie>").out("<follows>").unique().all()`:                         `SELECT DISTINCT ?x { <charlie> <follows> ?x }`,
		`g.V("<dani>").out("<follows>").union(g.V("<bob>").out("<status>")).all()`: `SELECT ?x { { <dani> <follows> ?x } UNION { <bob> <status> ?x } }`,
		`g.V().labelContext("<smart_graph>").out("<status>").all()`:                `SELECT ?y { GRAPH <smart_graph> { ?x <status> ?y } }`,
		`g.V().out("<follows>").order().limit(2).all()`:                            `SELECT ?y { ?x <follows> ?y } ORDER BY isBlank(?y) isIRI(?y) ?y LIMIT 2`,
	} {
		ours, err := db.Explain(context.Background(), script, settgraph.QueryOptions{Lang: "gizmo"})
		if err != nil {
			t.Fatal(err)
		}
		sparqls, err := db.Explain(context.Background(), text, settgraph.QueryOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := planShape(ours), planShape(sparqls); !slices.Equal(got, want) {
			t.Errorf("%s\n%s\nis not planned as\n%s\n%s", script, ours, text, sparqls)
		}
	}
}

// TestLanguages runs the queries of testdata/gizmo, graphql and mql here and in Cayley itself. Where both give the same
// rows these are the answer; where not, the answer is in two parts, and a comment above says why. With "rows" only their
// number is looked at, because the order of nodes is each store's own. "explain" shows what is done outside of plans;
// "own" asks what Cayley cannot be asked, with the parameters given.
func TestLanguages(t *testing.T) {
	peers := map[string]func(graph.QuadStore, string) ([]string, error){"gizmo": askCayley, "graphql": askCayleyGraphQL, "mql": askCayleyMQL}
	prefixes := rdf.NewPrefixes("ex", "http://example.org/ns#", "xsd", rdf.XSDNS)
	for lang, askPeer := range peers {
		datadriven.Walk(t, "testdata/"+lang, func(t *testing.T, file string) {
			data, err := os.ReadFile("testdata/" + strings.TrimSuffix(filepath.Base(file), ".txt") + ".nq")
			if err != nil {
				t.Fatal(err)
			}
			db, other := load(t, string(data)), peer(t, string(data))
			datadriven.RunTest(t, file, func(t *testing.T, d *datadriven.TestData) string {
				opt := settgraph.QueryOptions{Lang: lang, Prefixes: prefixes, Params: params(d)}
				if d.Cmd == "explain" {
					text, err := db.Explain(context.Background(), d.Input, opt)
					if err != nil {
						return "error: " + err.Error()
					}
					return outsideOfPlans(text)
				}
				show := func(rows []string, err error) string {
					switch {
					case err != nil:
						return "error: " + err.Error()
					case d.HasArg("rows"):
						return fmt.Sprintf("%d rows", len(rows))
					}
					return strings.Join(rows, "\n")
				}
				rows, err := ask(db, d.Input, opt)
				ours := show(rows, err)
				if d.Cmd == "own" {
					return ours
				}
				theirs, theirErr := askPeer(other, d.Input)
				cayleys := show(theirs, theirErr)
				if ours == cayleys || err != nil && theirErr != nil {
					return ours
				}
				return "sett:\n" + ours + "\nCayley:\n" + cayleys
			})
		})
	}
}

// params reads the arguments of a command, name=<iri> or name=text.
func params(d *datadriven.TestData) map[string]rdf.Term {
	out := map[string]rdf.Term{}
	for _, arg := range d.CmdArgs {
		for _, v := range arg.Vals {
			t, err := cayley.Term(quad.StringToValue(v))
			if err == nil {
				out[arg.Key] = t
			}
		}
	}
	return out
}

// askCayleyGraphQL lays the objects of Cayley's own GraphQL out in rows.
func askCayleyGraphQL(qs graph.QuadStore, text string) ([]string, error) {
	q, err := graphql.Parse(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	all, err := q.Execute(context.Background(), qs)
	var rows []string
	for name, v := range all {
		prefix := ""
		if len(all) > 1 {
			prefix = name + "."
		}
		for _, cells := range flattened(v, prefix) {
			rows = append(rows, line(cells))
		}
	}
	slices.Sort(rows)
	return rows, err
}

// flattened lays an object or a list of objects out in rows: a row for each combination of values.
func flattened(v interface{}, prefix string) []map[string]string {
	switch v := v.(type) {
	case nil:
		return nil
	case []map[string]interface{}:
		var out []map[string]string
		for _, o := range v {
			out = append(out, flattened(o, prefix)...)
		}
		return out
	case []interface{}:
		var out []map[string]string
		for _, o := range v {
			out = append(out, flattened(o, prefix)...)
		}
		return out
	case map[string]interface{}:
		rows := []map[string]string{{}}
		for name, inner := range v {
			var parts []map[string]string
			switch inner := inner.(type) {
			case quad.Value:
				parts = []map[string]string{{prefix + name: quad.StringOf(inner)}}
			case []quad.Value:
				for _, one := range inner {
					parts = append(parts, map[string]string{prefix + name: quad.StringOf(one)})
				}
			case string:
				parts = []map[string]string{{prefix + name: quad.StringOf(quad.StringToValue(inner))}}
			case []interface{}:
				for _, one := range inner {
					if text, ok := one.(string); ok {
						parts = append(parts, map[string]string{prefix + name: quad.StringOf(quad.StringToValue(text))})
					} else {
						parts = append(parts, flattened(one, prefix+name+".")...)
					}
				}
			default:
				parts = flattened(inner, prefix+name+".")
			}
			if len(parts) == 0 {
				continue
			}
			var combined []map[string]string
			for _, row := range rows {
				for _, part := range parts {
					both := maps.Clone(row)
					maps.Copy(both, part)
					combined = append(combined, both)
				}
			}
			rows = combined
		}
		return rows
	}
	return []map[string]string{{prefix: fmt.Sprint(v)}}
}

// askCayleyMQL lays the objects of Cayley's own MQL out in rows.
func askCayleyMQL(qs graph.QuadStore, text string) ([]string, error) {
	it, err := mql.NewSession(qs).Execute(context.Background(), text, query.Options{Collation: query.JSON})
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var rows []string
	for it.Next(context.Background()) {
		for _, cells := range flattened(it.Result(), "") {
			rows = append(rows, line(cells))
		}
	}
	slices.Sort(rows)
	return rows, it.Err()
}

// TestScriptsThatNeverEndAreEnded runs scripts that would go on, or take all memory, or all of the stack, for ever.
func TestScriptsThatNeverEndAreEnded(t *testing.T) {
	t.Parallel()
	db := load(t, `<a> <p> <b> .`)
	for _, script := range []string{
		`for (;;) {}`,
		`while (true) { try { g.V().count() } catch (e) {} }`,
		`while (true) { try { g.V().forEach(function(d) { for (;;) {} }) } catch (e) {} }`,
		`function f() { return f() + 1 }; f()`,
		`var o = {toString: function() { return "" + this }}; "" + o`,
		`(function f() { [1].forEach(function() { f() }) })()`,
		`var a = []; while (true) a.push("xxxxx" + a.length)`,
		`var s = "x"; while (true) s = s + s`,
		`while (true) g.emit({a: 1})`,
	} {
		_, err := ask(db, script, settgraph.QueryOptions{Lang: "gizmo", Timeout: 100 * time.Millisecond, Memory: 64 << 20})
		if !errors.Is(err, settgraph.ErrLimit) {
			t.Errorf("%s: %v, want ErrLimit", script, err)
		}
	}
	if _, err := ask(db, `(function f() { g.V().forEach(function() { f() }) })()`, settgraph.QueryOptions{Lang: "gizmo"}); err == nil || !strings.Contains(err.Error(), "deep") {
		t.Errorf("forEach in forEach in forEach …: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := db.Query(ctx, `for (;;) {}`, settgraph.QueryOptions{Lang: "gizmo"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a script whose context is cancelled: %v", err)
	}
}

func TestWhatAScriptThrowsIsItsOwn(t *testing.T) {
	db := load(t, `<a> <p> <b> .`)
	rows, err := ask(db, `try { g.V("<a>").forEach(function(d) { throw {why: "enough"} }) } catch (e) { g.emit(e.why) }`, settgraph.QueryOptions{Lang: "gizmo"})
	if err != nil || !slices.Equal(rows, []string{`result="enough"`}) {
		t.Errorf("got %v, %v", rows, err)
	}
}

func TestStrictAsksTheDefaultGraphAlone(t *testing.T) {
	db := load(t, "<a> <p> <b> .\n<a> <p> <c> <g> .\n<a> <p> <b> <g> .\n<a> <p> <b> <h> .")
	for _, test := range []struct {
		lang, text string
		graph      settgraph.DefaultGraph
		want       int
	}{
		{"gizmo", `g.V("<a>").out("<p>").all()`, settgraph.Union, 4}, // as in Cayley: once for each label
		{"gizmo", `g.V("<a>").out("<p>").unique().all()`, settgraph.Union, 2},
		{"gizmo", `g.V("<a>").out("<p>").all()`, settgraph.Strict, 1},
		{"gizmo", `g.V("<a>").labelContext("<g>").out("<p>").all()`, settgraph.Strict, 2},
		{"gizmo", `g.V("<a>").followRecursive("<p>").all()`, settgraph.Strict, 1},
		{"graphql", `{ a(id: <a>) { p } }`, settgraph.Union, 2},
		{"graphql", `{ a(id: <a>) { p @label(v: <h>) } }`, settgraph.Union, 1},
		{"mql", `{"id": "<a>", "<p>": []}`, settgraph.Union, 2},
		{"mql", `{"id": "<a>", "<p>": []}`, settgraph.Strict, 1},
	} {
		rows, err := ask(db, test.text, settgraph.QueryOptions{Lang: test.lang, DefaultGraph: test.graph})
		if err != nil || len(rows) != test.want {
			t.Errorf("%s: %d rows, %v; want %d", test.text, len(rows), err, test.want)
		}
	}
}

func TestProfileShowsWhatRan(t *testing.T) {
	db := load(t, "<a> <p> <b> .\n<b> <p> <c> .")
	for lang, test := range map[string]struct{ text, want string }{
		"gizmo":   {`g.emit(g.V().out("<p>").count()); g.V("<a>").out("<p>").all()`, "count():\nall():\n"},
		"graphql": {`{ a(id: <a>) { id p { id } } }`, "a:\na.p:\n"},
		"mql":     {`{"id": "<a>", "<p>": []}`, "mql:\n"},
	} {
		res, err := db.Query(context.Background(), test.text, settgraph.QueryOptions{Lang: lang, Profile: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range res.All() {
			if err != nil {
				t.Fatal(err)
			}
		}
		text := res.Profile()
		if got := outsideOfPlans(text); got != test.want || !strings.Contains(text, "1 rows") {
			t.Errorf("%s\ngot\n%s", test.text, text)
		}
	}
}

func TestUnknownLanguageIsNamed(t *testing.T) {
	db := load(t, "<a> <p> <b> .")
	_, err := db.Query(context.Background(), "x", settgraph.QueryOptions{Lang: "klingon"})
	if !errors.Is(err, settgraph.ErrLanguage) || !strings.Contains(err.Error(), "gizmo, graphql, mql") {
		t.Errorf("got %v", err)
	}
}
