package exec_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"sett/graph/internal/naive"
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/sparql"
	"sett/graph/store"
	"sett/graph/xsd"
)

// TestQueries runs testdata/queries/*: "data" fills a store with TriG, "query" prints the rows, sorted unless the query sorts
// them ("ordered"). Each query runs in every setting and in the reference evaluator; one that answers otherwise fails. go test
// -rewrite writes the expectations.
func TestQueries(t *testing.T) {
	const prologue = "PREFIX : <urn:e:>\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
	datadriven.Walk(t, "testdata/queries", func(t *testing.T, path string) {
		var quads []rdf.Quad
		var snap *store.Snapshot
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			switch d.Cmd {
			case "data":
				quads = nil
				trig, _ := rdfio.FormatByName("trig")
				r, err := rdfio.NewReader(strings.NewReader(prologue+d.Input), trig, rdfio.ReaderOptions{})
				if err != nil {
					d.Fatalf(t, "%v", err)
				}
				for q, err := range rdfio.Quads(r) {
					if err != nil {
						d.Fatalf(t, "%v", err)
					}
					quads = append(quads, q)
				}
				s := open(t, quads)
				snap = s.Snapshot()
				t.Cleanup(func() { snap.Close(); s.Close() })
				return ""
			case "query":
				return inAllSettings(t, d, quads, snap, prologue+d.Input)
			}
			d.Fatalf(t, "no command %s", d.Cmd)
			return ""
		})
	})
}

func inAllSettings(t *testing.T, d *datadriven.TestData, quads []rdf.Quad, snap *store.Snapshot, text string) string {
	q, err := sparql.ParseQuery(text, sparql.Options{})
	if err != nil {
		return err.Error() + "\n"
	}
	printed := func(rows []string) string {
		if q.Form == sparql.Ask {
			return strconv.FormatBool(len(rows) > 0) + "\n"
		}
		if !d.HasArg("ordered") {
			slices.Sort(rows)
		}
		if len(rows) == 0 {
			return "no rows\n"
		}
		for i, row := range rows {
			if rows[i] = strings.TrimSpace(strings.ReplaceAll(row, "urn:e:", ":")); rows[i] == "" {
				rows[i] = "a row that binds nothing"
			}
		}
		return strings.Join(rows, "\n") + "\n"
	}
	answer := func(set setting) (string, string) {
		rows, explain, err := run(snap, text, set.plan, set.options())
		if err != nil {
			return err.Error() + "\n", explain
		}
		return printed(rows), explain
	}
	want, _ := answer(setting{plan: plan.Options{}})
	for _, set := range settings() {
		if got, explain := answer(set); got != want {
			t.Errorf("%s: %s: got\n%swant\n%s\n%s", d.Pos, set.name, got, want, explain)
		}
	}
	solutions, err := naive.Eval(q.Where, naive.NewDataset(quads), &xsd.Context{Now: time.Now()})
	if err != nil {
		d.Fatalf(t, "the reference evaluator: %v", err)
	}
	var rows []string
	for _, s := range solutions {
		maps.DeleteFunc(s, func(v sparql.Var, _ rdf.Term) bool { return !slices.Contains(q.Vars, v) })
		rows = append(rows, s.Key())
	}
	if got := printed(rows); got != want {
		t.Errorf("%s: the reference evaluator: got\n%swant\n%s", d.Pos, got, want)
	}
	return want
}
