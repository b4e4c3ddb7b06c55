package results

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"sett/graph/rdf"
)

// ResultSetNS is the vocabulary in which the W3C's test suites spell results as RDF
// (http://www.w3.org/2001/sw/DataAccess/tests/result-set#).
const ResultSetNS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

// ErrNoResultSet says that a graph holds no rs:ResultSet.
var ErrNoResultSet = errors.New("the graph holds no rs:ResultSet")

// FromGraph reads the rs:ResultSet of a graph. With rs:index on its solutions they come in that order and the table
// is Ordered; else in that of the quads. Variables come in the order of the quads. Errors: ErrNoResultSet.
func FromGraph(quads []rdf.Quad) (*Table, error) {
	out := make(map[string][]rdf.Quad) // by subject
	var set rdf.Term
	for _, q := range quads {
		key := q.S.String()
		out[key] = append(out[key], q)
		if q.P.Value() == rdf.RDFType && q.O.Value() == ResultSetNS+"ResultSet" {
			set = q.S
		}
	}
	if set.IsZero() {
		return nil, ErrNoResultSet
	}
	values := func(s rdf.Term, name string) (all []rdf.Term) {
		for _, q := range out[s.String()] {
			if q.P.Value() == ResultSetNS+name {
				all = append(all, q.O)
			}
		}
		return all
	}
	t := new(Table)
	if b := values(set, "boolean"); len(b) > 0 {
		t.Ask, t.Boolean = true, b[0].Value() == "true" || b[0].Value() == "1"
		return t, nil
	}
	place := make(map[string]int)
	for _, v := range values(set, "resultVariable") {
		place[v.Value()] = len(t.Vars)
		t.Vars = append(t.Vars, v.Value())
	}
	type solution struct {
		index int
		row   []rdf.Term
	}
	var solutions []solution
	for _, s := range values(set, "solution") {
		sol := solution{index: math.MaxInt, row: make([]rdf.Term, len(t.Vars))}
		if index := values(s, "index"); len(index) > 0 {
			n, err := strconv.Atoi(index[0].Value())
			if err != nil {
				return nil, fmt.Errorf("rs:index %s: %w", index[0], err)
			}
			sol.index, t.Ordered = n, true
		}
		for _, b := range values(s, "binding") {
			name, value := values(b, "variable"), values(b, "value")
			if len(name) != 1 || len(value) != 1 {
				return nil, fmt.Errorf("binding %s needs one rs:variable and one rs:value", b)
			}
			i, ok := place[name[0].Value()]
			if !ok {
				return nil, fmt.Errorf("variable %q is not an rs:resultVariable", name[0].Value())
			}
			sol.row[i] = value[0]
		}
		solutions = append(solutions, sol)
	}
	slices.SortStableFunc(solutions, func(a, b solution) int {
		if a.index < b.index {
			return -1
		} else if a.index > b.index {
			return 1
		}
		return 0
	})
	for _, s := range solutions {
		t.Rows = append(t.Rows, s.row)
	}
	return t, nil
}
