package sparqltest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sett/graph/internal/w3c"
	"sett/graph/rdf"
	"sett/graph/results"
	"sett/graph/xsd"
)

// Check returns nil if the answer is the expected one or none is stated, or an error that shows both.
func (c *Case) Check(got *Answer) error {
	want := c.Want
	if want == nil {
		return nil
	}
	if (got.Table == nil) != (want.Table == nil) {
		return fmt.Errorf("got a table: %v, want one: %v", got.Table != nil, want.Table != nil)
	}
	if got.Table == nil {
		if w3c.Isomorphic(got.Quads, want.Quads) || w3c.Isomorphic(byValue(got.Quads), byValue(want.Quads)) {
			return nil
		}
		return fmt.Errorf("got the graph\n%swant\n%s", show(got.Quads), show(want.Quads))
	}
	if got.Table.Ask || want.Table.Ask {
		if got.Table.Ask != want.Table.Ask || got.Table.Boolean != want.Table.Boolean {
			return fmt.Errorf("got %v, want %v", got.Table.Boolean, want.Table.Boolean)
		}
		return nil
	}
	g, w := c.encode(got.Table, want.Table.Ordered), c.encode(want.Table, want.Table.Ordered)
	if w3c.Isomorphic(g, w) || w3c.Isomorphic(byValue(g), byValue(w)) {
		return nil
	}
	return fmt.Errorf("got %d rows of %v\n%swant %d of %v\n%s",
		len(got.Table.Rows), got.Table.Vars, rows(got.Table), len(want.Table.Rows), want.Table.Vars, rows(want.Table))
}

// CheckAfter compares the dataset after an update.
func (c *Case) CheckAfter(got []rdf.Quad) error {
	if w3c.Isomorphic(got, c.After) || w3c.Isomorphic(byValue(got), byValue(c.After)) {
		return nil
	}
	return fmt.Errorf("got\n%swant\n%s", show(got), show(c.After))
}

// encode turns a table into a graph: a blank node a row, a statement a binding, and in ordered tables the row's index.
// Two tables are then the same multiset, up to the names of blank nodes, if the graphs are isomorphic.
func (c *Case) encode(t *results.Table, ordered bool) []rdf.Quad {
	var out []rdf.Quad
	seen := map[string]bool{}
	for i, r := range t.Rows {
		if c.lax {
			k := fmt.Sprint(r)
			if seen[k] {
				continue
			}
			seen[k] = true
		}
		row := rdf.NewBlank("row" + strconv.Itoa(i))
		out = append(out, rdf.Quad{S: row, P: rdf.NewIRI("urn:row"), O: rdf.NewString("")})
		if ordered {
			out = append(out, rdf.Quad{S: row, P: rdf.NewIRI("urn:index"), O: rdf.NewInteger(int64(i))})
		}
		for j, v := range t.Vars {
			if r[j].IsZero() {
				continue
			}
			out = append(out, rdf.Quad{S: row, P: rdf.NewIRI("urn:var:" + v), O: c.cell(r[j])})
		}
	}
	return out
}

// cell is a term as the result's format can tell it.
func (c *Case) cell(t rdf.Term) rdf.Term {
	if !c.csv || t.IsBlank() {
		return t
	}
	if t.IsTripleTerm() {
		return rdf.NewString(t.String())
	}
	if t.IsLiteral() && t.Value() == "" {
		return rdf.NewString("")
	}
	return rdf.NewString(t.Value())
}

// byValue brings numbers and booleans to one spelling a value. It is the second try of each comparison: the suites' own
// results spell 1.0e6 for 1.0E6, and a minimum or a cast in canonical form where the data has another.
func byValue(quads []rdf.Quad) []rdf.Quad {
	out := slices.Clone(quads)
	for i, q := range out {
		switch v := xsd.FromTerm(q.O); {
		case v.IsNumeric():
			if f, err := strconv.ParseFloat(strings.TrimSpace(q.O.Value()), 64); err == nil {
				out[i].O = rdf.NewLiteral(strconv.FormatFloat(f, 'g', 12, 64), q.O.Datatype())
			}
		case v.Kind() == xsd.Boolean:
			ok, _ := xsd.EBV(v)
			out[i].O = rdf.NewBoolean(ok)
		}
	}
	return out
}

func show(quads []rdf.Quad) string {
	var b []byte
	for _, q := range quads {
		b = q.Append(b)
	}
	return string(b)
}

func rows(t *results.Table) string {
	var b strings.Builder
	for _, r := range t.Rows {
		for i, v := range t.Vars {
			if !r[i].IsZero() {
				fmt.Fprintf(&b, " ?%s=%s", v, r[i])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
