package graph_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sett/graph"
	"sett/graph/internal/sparqltest"
	"sett/graph/internal/w3c"
	"sett/graph/rdf"
	"sett/graph/results"
	"sett/graph/sparql"
)

// needServer are the suites that need a server or an endpoint, or another entailment regime.
var needServer = []string{"entailment", "service", "syntax-fed", "protocol", "graph-store-protocol", "http-rdf-update", "service-description"}

// TestW3C runs the W3C's SPARQL suites, query and update:
//
//	go test ./graph -run 'W3C/sparql11/property-path/pp01'
//
// Queries are run on a graph in memory and on one on disk, updates on disk.
func TestW3C(t *testing.T) {
	root := w3c.Root(t)
	known := w3c.LoadKnownFailures(t, "testdata/w3c-known-failures.txt")
	var all []w3c.Entry
	for _, suite := range []string{"sparql10", "sparql11", "sparql12"} {
		m, err := w3c.LoadManifest(filepath.Join(root, "sparql", suite, "manifest.ttl"))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m.Entries...)
	}
	runManifest(t, all, known)
	known.CheckNames(t, all)
}

// TestManifest runs any other manifest of this vocabulary, of queries, updates, results or RDF's syntaxes:
//
//	SETT_MANIFEST=path/to/manifest.ttl go test ./graph -run Manifest -v
//
// An entry without a result only has to run.
func TestManifest(t *testing.T) {
	path := os.Getenv("SETT_MANIFEST")
	if path == "" {
		t.Skip("SETT_MANIFEST names no manifest")
	}
	m, err := w3c.LoadManifest(path)
	if err != nil {
		t.Fatal(err)
	}
	known := w3c.LoadKnownFailures(t, os.DevNull)
	runManifest(t, m.Entries, known)
}

func runManifest(t *testing.T, entries []w3c.Entry, known *w3c.KnownFailures) {
	// One database of each kind serves all cases, emptied between them: opening one takes longer than most tests.
	memory, disk := open(t, graph.Options{InMemory: true}), open(t, graph.Options{})
	type count struct{ ran, passed int }
	counts := map[string]*count{}
	for _, e := range entries {
		folder := e.Suite[strings.IndexByte(e.Suite, '/')+1:]
		if slices.Contains(needServer, folder) {
			continue
		}
		version, _, _ := strings.Cut(e.Suite, "/")
		n := counts[version]
		if n == nil {
			n = &count{}
			counts[version] = n
		}
		name := e.Suite + "/" + e.ID
		t.Run(name, func(t *testing.T) {
			n.ran++
			err := runEntry(e, memory, disk)
			if err == nil {
				n.passed++
			}
			known.Check(t, name, err)
		})
	}
	for _, version := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("W3C suite %s: %d of %d pass", version, counts[version].passed, counts[version].ran)
	}
}

func runEntry(e w3c.Entry, memory, disk *graph.DB) error {
	if e.IsSyntax() {
		return w3c.RunSyntax(e)
	}
	c, err := sparqltest.Load(e)
	if errors.Is(err, sparqltest.ErrNoCase) {
		return checkResults(e)
	}
	if err != nil {
		return err
	}
	switch {
	case c.Syntax:
		return checkSyntax(c)
	case c.Update:
		return checkUpdate(c, disk)
	}
	if err := checkQuery(c, memory); err != nil {
		return fmt.Errorf("in memory: %w", err)
	}
	if err := checkQuery(c, disk); err != nil {
		return fmt.Errorf("on disk: %w", err)
	}
	return nil
}

// checkResults judges the reader of a format of results: a type that names a syntax, an action that is a table.
func checkResults(e w3c.Entry) error {
	got, err := sparqltest.ReadTable(e.Action)
	if strings.Contains(e.Type, "#Negative") {
		if err == nil {
			return fmt.Errorf("accepted: %v", got)
		}
		return nil
	}
	if err != nil || e.Result.IsZero() {
		return err
	}
	want, err := sparqltest.ReadTable(e.Result)
	if err != nil {
		return err
	}
	return (&sparqltest.Case{Want: &sparqltest.Answer{Table: want}}).Check(&sparqltest.Answer{Table: got})
}

func checkSyntax(c *sparqltest.Case) error {
	var err error
	if c.Update {
		_, err = sparql.ParseUpdate(c.Text, sparql.Options{Base: c.Base})
	} else {
		_, err = sparql.ParseQuery(c.Text, sparql.Options{Base: c.Base})
	}
	if c.Bad && err == nil {
		return errors.New("accepted: " + c.Text)
	}
	if c.Bad {
		return nil
	}
	return err
}

// fill makes a database hold these quads and no others.
func fill(db *graph.DB, quads []rdf.Quad) error {
	ctx := context.Background()
	if err := db.Update(ctx, "DROP ALL"); err != nil {
		return err
	}
	_, err := db.Load(ctx, &quadSlice{quads}, graph.LoadOptions{})
	return err
}

func checkUpdate(c *sparqltest.Case, db *graph.DB) error {
	if err := fill(db, c.Data); err != nil {
		return err
	}
	ctx := context.Background()
	if err := db.Update(ctx, c.Text, graph.UpdateOptions{Base: c.Base, DefaultGraph: graph.Strict}); err != nil {
		return err
	}
	var got []rdf.Quad
	for q, err := range db.Quads(ctx, nil) {
		if err != nil {
			return err
		}
		got = append(got, q)
	}
	return c.CheckAfter(got)
}

func checkQuery(c *sparqltest.Case, db *graph.DB) error {
	if err := fill(db, c.Data); err != nil {
		return err
	}
	got, err := ask(db, c.Text, graph.QueryOptions{Base: c.Base, DefaultGraph: graph.Strict})
	if err != nil {
		return err
	}
	if err := c.Check(got); err != nil {
		plan, _ := db.Explain(context.Background(), c.Text, graph.QueryOptions{Base: c.Base, DefaultGraph: graph.Strict})
		return fmt.Errorf("%w\n%s\n%s", err, c.Text, plan)
	}
	return nil
}

// ask runs a query to its end.
func ask(db *graph.DB, text string, opt graph.QueryOptions) (*sparqltest.Answer, error) {
	res, err := db.Query(context.Background(), text, opt)
	if err != nil {
		return nil, err
	}
	defer res.Close()
	answer := &sparqltest.Answer{}
	switch res.Form {
	case graph.Ask:
		answer.Table = &results.Table{Ask: true, Boolean: res.Bool}
	case graph.Select:
		rows, err := res.Rows()
		if err != nil {
			return nil, err
		}
		answer.Table = &results.Table{Vars: res.Vars, Rows: rows}
	default:
		for q, err := range res.Quads() {
			if err != nil {
				return nil, err
			}
			answer.Quads = append(answer.Quads, q)
		}
	}
	return answer, nil
}

func open(t testing.TB, opt graph.Options) *graph.DB {
	t.Helper()
	db, err := graph.Open(filepath.Join(t.TempDir(), "db"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// quadSlice is a graph.Source of quads in memory.
type quadSlice struct{ left []rdf.Quad }

func (s *quadSlice) Read(batch []rdf.Quad) (int, error) {
	if len(s.left) == 0 {
		return 0, io.EOF
	}
	n := copy(batch, s.left)
	s.left = s.left[n:]
	return n, nil
}
