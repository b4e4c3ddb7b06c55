package repl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
)

// small returns a database that holds testdata/zamba2.trig.
func small(t *testing.T) *graph.DB {
	t.Helper()
	db, err := graph.Open(filepath.Join(t.TempDir(), "db"), graph.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	f, err := os.Open("testdata/zamba2.trig")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	format, _ := rdfio.FormatByName("trig")
	r, err := rdfio.NewReader(f, format, rdfio.ReaderOptions{File: f.Name()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Load(context.Background(), r, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	return db
}

// TestSessions runs testdata/session: each case is a session of its own on the small graph; "~" stands for an empty
// line; width=N is the terminal's. What goes to the error stream is marked with "! ", the error that ends the session with "error: ".
func TestSessions(t *testing.T) {
	db := small(t)
	times := regexp.MustCompile(`[0-9.]+ ms`)
	datadriven.RunTest(t, "testdata/session", func(t *testing.T, d *datadriven.TestData) string {
		t.Chdir(t.TempDir())
		var out, errs bytes.Buffer
		opt := Options{Out: &out, Err: &errs, Queries: []string{"queries"}}
		d.MaybeScanArgs(t, "width", &opt.Width)
		s := NewSession(db, opt)
		defer s.Close()
		input := regexp.MustCompile(`(?m)^~$`).ReplaceAllString(d.Input, "")
		err := s.Script(context.Background(), strings.NewReader(input+"\n"))
		result := strings.ReplaceAll(out.String(), "\r\n", "\n") // CSV ends its lines so
		for line := range strings.Lines(times.ReplaceAllString(errs.String(), "N ms")) {
			result += "! " + line
		}
		if err != nil {
			result += ErrorText(err) + "\n"
		}
		return result
	})
}

func TestNodesByNameIRIAndLabel(t *testing.T) {
	e := Explorer{DB: small(t), Prefixes: DefaultPrefixes()}
	ctx := context.Background()
	for text, want := range map[string]string{
		"model:zamba2": "urn:sett:model:zamba2", "<urn:sett:model:zamba2>": "urn:sett:model:zamba2", "Zamba2": "urn:sett:model:zamba2",
		"zamba2 SERIES": "urn:sett:model:zamba2", "The Zamba2 Suite: Technical Report": "urn:sett:paper:the-zamba2-suite", ":Model": "urn:sett:ns:Model",
	} {
		got, err := e.Node(ctx, text)
		if err != nil || got.Value() != want {
			t.Errorf("%s: %v, %v, want %s", text, got, err, want)
		}
	}
	var missing *NotFoundError
	if _, err := e.Node(ctx, "model:zamba3"); !errors.As(err, &missing) || len(missing.Near) == 0 {
		t.Errorf("model:zamba3: %v", err)
	}
	if _, err := e.Node(ctx, "<urn:a b>"); err == nil {
		t.Error("an IRI with a space is taken")
	}
}

func TestObjectsAreReadAsTheyAreTyped(t *testing.T) {
	e := Explorer{DB: small(t), Prefixes: DefaultPrefixes()}
	for text, want := range map[string]rdf.Term{
		"7000000000": rdf.NewInteger(7000000000), "-1.5": rdf.NewLiteral("-1.5", rdf.XSDDecimal), "1e3": rdf.NewLiteral("1e3", rdf.XSDDouble),
		"true": rdf.NewBoolean(true), `"a b"`: rdf.NewString("a b"), `"a"@en`: rdf.NewLangString("a", "en"),
		`"2024-11-21"^^xsd:date`: rdf.NewLiteral("2024-11-21", rdf.XSDDate), "Zyda-2": rdf.NewIRI("urn:sett:dataset:zyda-2"),
		"permissive terms": rdf.NewString("permissive terms"),
	} {
		got, err := e.Object(context.Background(), text)
		if err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v, want %v", text, got, err, want)
		}
	}
}

func TestNeighbourhoodGrowsWithDepth(t *testing.T) {
	e := Explorer{DB: small(t), Prefixes: DefaultPrefixes()}
	nodes := func(depth int) map[string]bool {
		quads, hubs, err := e.Neighbourhood(context.Background(), []rdf.Term{rdf.NewIRI("urn:sett:model:zamba2")}, depth)
		if err != nil || len(hubs) > 0 {
			t.Fatal(err, hubs)
		}
		seen := make(map[string]bool)
		for _, q := range quads {
			seen[e.Name(q.S)] = true
		}
		return seen
	}
	if n := nodes(0); len(n) != 1 {
		t.Errorf("depth 0: %v", n)
	}
	one := nodes(1)
	if !one["arch:mamba-2"] || !one["model:zamba2-1.2b"] || !one["paper:the-zamba2-suite"] || one["arch:mamba"] || one["<urn:sett:claim:1>"] {
		t.Errorf("depth 1: %v", one)
	}
	two := nodes(2)
	if !two["arch:mamba"] || two["arch:state-space-model"] {
		t.Errorf("depth 2: %v", two)
	}
}

func TestNeighbourhoodStopsAtHubs(t *testing.T) {
	db := small(t)
	var b strings.Builder
	for i := range maxFan + 1 {
		fmt.Fprintf(&b, "<urn:m%d> <urn:by> <urn:hub> . ", i)
	}
	if err := db.Update(context.Background(), "INSERT DATA { "+b.String()+" <urn:hub> <urn:in> <urn:town> }"); err != nil {
		t.Fatal(err)
	}
	e := Explorer{DB: db, Prefixes: DefaultPrefixes()}
	for _, c := range []struct {
		from        string
		depth, want int
		note        string
	}{
		{"urn:m0", 1, 2 - 1, ""}, // one statement, m0 by hub
		{"urn:m0", 2, 2, "not followed further: <urn:hub> (13 by <urn:by>)"},
		{"urn:hub", 1, maxFan + 2, ""}, // what is asked for is shown
	} {
		quads, hubs, err := e.Neighbourhood(context.Background(), []rdf.Term{rdf.NewIRI(c.from)}, c.depth)
		if err != nil || len(quads) != c.want || e.HubNote(hubs) != c.note {
			t.Errorf("%s, %d: %d statements, %q, %v; want %d, %q", c.from, c.depth, len(quads), e.HubNote(hubs), err, c.want, c.note)
		}
	}
}

func TestPathLeadsOverBothDirections(t *testing.T) {
	e := Explorer{DB: small(t), Prefixes: DefaultPrefixes()}
	from, to := rdf.NewIRI("urn:sett:model:zamba2-1.2b"), rdf.NewIRI("urn:sett:model:falcon-mamba-7b")
	quads, err := e.Path(context.Background(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for _, q := range quads {
		if q.O.IsIRI() && q.P.Value() != rdf.RDFType && !strings.HasPrefix(q.O.Value(), "http") {
			links++
		}
	}
	if links != 4 {
		t.Errorf("%d statements on the path, want 4: %v", links, quads)
	}
	if _, err := e.Path(context.Background(), from, rdf.NewIRI("urn:nowhere")); err == nil || !strings.Contains(err.Error(), "no path") {
		t.Errorf("a path to nowhere: %v", err)
	}
}

func TestAmbiguousLabelsNameTheirCandidates(t *testing.T) {
	db := small(t)
	if err := db.Update(context.Background(), `INSERT DATA { <urn:sett:model:t1> <http://www.w3.org/2000/01/rdf-schema#label> "Twin" . <urn:sett:dataset:t2> <http://www.w3.org/2000/01/rdf-schema#label> "Twin" }`); err != nil {
		t.Fatal(err)
	}
	_, err := Explorer{DB: db, Prefixes: DefaultPrefixes()}.Node(context.Background(), "twin")
	var ambiguous *AmbiguousError
	if !errors.As(err, &ambiguous) || strings.Join(ambiguous.Candidates, " ") != "dataset:t2 model:t1" {
		t.Errorf("%v", err)
	}
}
