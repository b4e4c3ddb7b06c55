package suite_test

import (
	"context"
	"io"
	"testing"

	"sett/cmd/settbench/literature"
	"sett/cmd/settbench/suite"
	"sett/graph"
	"sett/graph/rdf"
)

type slice []rdf.Quad

func (s *slice) Read(b []rdf.Quad) (int, error) {
	if len(*s) == 0 {
		return 0, io.EOF
	}
	n := copy(b, *s)
	*s = (*s)[n:]
	return n, nil
}

// TestSuite runs every query on the graph whose answers are recorded; in short mode on a small one, where they only have to run.
func TestSuite(t *testing.T) {
	queries, err := suite.Queries()
	if err != nil {
		t.Fatal(err)
	}
	if len(queries) < 40 {
		t.Errorf("%d queries", len(queries))
	}
	papers := suite.Papers
	if testing.Short() {
		papers = 300
	}
	var quads slice
	if err := literature.Generate(literature.Options{Papers: papers}, func(q rdf.Quad) error { quads = append(quads, q); return nil }); err != nil {
		t.Fatal(err)
	}
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Load(context.Background(), &quads, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, q := range queries {
		res, err := db.Query(context.Background(), q.Text, graph.QueryOptions{})
		if err != nil {
			t.Errorf("%s: %v", q.Name, err)
			continue
		}
		var got suite.Answer
		if res.Form == graph.Ask {
			got.Add([]rdf.Term{rdf.NewBoolean(res.Bool)})
		} else {
			rows, err := res.Rows()
			if err != nil {
				t.Errorf("%s: %v", q.Name, err)
			}
			for _, row := range rows {
				got.Add(row)
			}
		}
		if err := res.Close(); err != nil {
			t.Error(err)
		}
		if q.Want.Rows == 0 {
			t.Errorf("%s: no answer is recorded, or an empty one", q.Name)
		}
		if papers == suite.Papers && got != q.Want {
			t.Errorf("got %s, want %s", got.Line(q.Name), q.Want.Line(q.Name))
		}
	}
}
