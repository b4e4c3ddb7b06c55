package naive_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sett/graph/internal/naive"
	"sett/graph/internal/sparqltest"
	"sett/graph/internal/w3c"
	"sett/graph/rdf"
	"sett/graph/results"
	"sett/graph/sparql"
	"sett/graph/xsd"
)

// TestW3C lets the reference evaluator answer the W3C's SELECT and ASK queries, so that it can be trusted as a judge.
func TestW3C(t *testing.T) {
	root := w3c.Root(t)
	ran := 0
	for _, suite := range []string{"sparql10", "sparql11", "sparql12"} {
		m, err := w3c.LoadManifest(filepath.Join(root, "sparql", suite, "manifest.ttl"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range m.Entries {
			if !strings.HasSuffix(e.Type, "QueryEvaluationTest") || strings.Contains(e.Suite, "entailment") || strings.Contains(e.Suite, "service") {
				continue
			}
			t.Run(e.Suite+"/"+e.ID, func(t *testing.T) {
				c, err := sparqltest.Load(e)
				if err != nil {
					t.Fatal(err)
				}
				got, err := answer(c)
				if errors.Is(err, naive.ErrUnsupported) {
					t.Skip(err)
				}
				if err != nil {
					t.Fatal(err)
				}
				ran++
				if err := c.Check(got); err != nil {
					t.Errorf("%v\n%s", err, c.Text)
				}
			})
		}
	}
	t.Logf("%d queries answered", ran)
}

func answer(c *sparqltest.Case) (*sparqltest.Answer, error) {
	q, err := sparql.ParseQuery(c.Text, sparql.Options{Base: c.Base})
	if err != nil {
		return nil, err
	}
	if q.Form != sparql.Select && q.Form != sparql.Ask {
		return nil, fmt.Errorf("%w: %s", naive.ErrUnsupported, q.Form)
	}
	d := naive.NewDataset(c.Data)
	if !q.Dataset.IsZero() {
		d = d.Pick(q.Dataset.From, q.Dataset.FromNamed)
	}
	found, err := naive.Eval(q.Where, d, &xsd.Context{Now: time.Now(), Base: q.Base})
	if err != nil {
		return nil, err
	}
	table := &results.Table{Ask: q.Form == sparql.Ask, Boolean: len(found) > 0}
	for _, v := range q.Vars {
		table.Vars = append(table.Vars, string(v))
	}
	for _, s := range found {
		row := make([]rdf.Term, len(q.Vars))
		for i, v := range q.Vars {
			row[i] = s[v]
		}
		table.Rows = append(table.Rows, row)
	}
	return &sparqltest.Answer{Table: table}, nil
}
