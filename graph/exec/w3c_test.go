package exec_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sett/graph/exec"
	"sett/graph/internal/sparqltest"
	"sett/graph/internal/w3c"
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/results"
	"sett/graph/sparql"
	"sett/graph/store"
)

// TestW3CQueriesAgreeInEverySetting runs the W3C's SELECT and ASK queries in each setting. Package graph's test of the
// same name runs all of the suites in the default one.
func TestW3CQueriesAgreeInEverySetting(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	root := w3c.Root(t)
	known := w3c.LoadKnownFailures(t, os.DevNull)
	for _, suite := range []string{"sparql10", "sparql11", "sparql12"} {
		m, err := w3c.LoadManifest(filepath.Join(root, "sparql", suite, "manifest.ttl"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range m.Entries {
			if !strings.HasSuffix(e.Type, "QueryEvaluationTest") || strings.Contains(e.Suite, "/entailment") || strings.Contains(e.Suite, "/service") {
				continue
			}
			t.Run(e.Suite+"/"+e.ID, func(t *testing.T) {
				t.Parallel()
				known.Check(t, e.Suite+"/"+e.ID, inEverySetting(t, e))
			})
		}
	}
}

func inEverySetting(t *testing.T, e w3c.Entry) error {
	c, err := sparqltest.Load(e)
	if err != nil {
		return err
	}
	q, err := sparql.ParseQuery(c.Text, sparql.Options{Base: c.Base})
	if err != nil {
		return err
	}
	if q.Form != sparql.Select && q.Form != sparql.Ask {
		return nil
	}
	s := open(t, c.Data)
	defer s.Close()
	snap := s.Snapshot()
	defer snap.Close()
	for _, set := range settings() {
		p, err := plan.Build(context.Background(), q, snap, set.plan)
		if err != nil {
			return err
		}
		got, err := answer(p, snap, set)
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", set.name, err, p.Explain(nil))
		}
		if err := c.Check(got); err != nil {
			return fmt.Errorf("%s: %w\n%s\n%s", set.name, err, c.Text, p.Explain(nil))
		}
	}
	return nil
}

// answer runs a plan to its end.
func answer(p *plan.Plan, snap *store.Snapshot, set setting) (*sparqltest.Answer, error) {
	rows, err := exec.Run(context.Background(), p, snap, set.options())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	table := &results.Table{Ask: p.Query.Form == sparql.Ask}
	for _, v := range rows.Vars() {
		table.Vars = append(table.Vars, string(v))
	}
	for {
		b, err := rows.Next()
		if err != nil {
			return nil, err
		}
		if b == nil {
			return &sparqltest.Answer{Table: table}, nil
		}
		table.Boolean = true
		if table.Ask {
			return &sparqltest.Answer{Table: table}, nil
		}
		for i := range b.N {
			row := make([]rdf.Term, len(table.Vars))
			for c := range row {
				if row[c], err = rows.Term(b.Cols[c][i]); err != nil {
					return nil, err
				}
			}
			table.Rows = append(table.Rows, row)
		}
	}
}
