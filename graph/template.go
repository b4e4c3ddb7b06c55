package graph

import (
	"sett/graph/exec"
	"sett/graph/rdf"
	"sett/graph/sparql"
)

// solutions reads rows to their end, as terms: each is called with what a variable is bound to, the zero Term if it is
// not. It stops without an error when each returns false.
func solutions(rows *exec.Rows, each func(value func(sparql.Var) rdf.Term) bool) error {
	column := map[sparql.Var]int{}
	for i, v := range rows.Vars() {
		column[v] = i
	}
	terms := make([][]rdf.Term, len(column))
	for {
		b, err := rows.Next()
		if err != nil || b == nil {
			return err
		}
		if err := rows.Columns(b, terms); err != nil {
			return err
		}
		for i := range b.N {
			value := func(v sparql.Var) rdf.Term {
				if c, ok := column[v]; ok {
					return terms[c][i]
				}
				return rdf.Term{}
			}
			if !each(value) {
				return nil
			}
		}
	}
}

// instance fills a template's quad in (SPARQL 1.1 §16.2, Update §3.1.3): its blank nodes become new ones, the same for
// the same label of one solution. False if a variable has no value or the result is no RDF.
func instance(p sparql.QuadPattern, value func(sparql.Var) rdf.Term, blank func(label string) rdf.Term) (rdf.Quad, bool) {
	q := rdf.Quad{S: fillIn(p.S, value, blank), P: fillIn(p.P, value, blank), O: fillIn(p.O, value, blank)}
	ok := isTriple(q.S, q.P, q.O)
	if !p.G.IsZero() {
		q.G = fillIn(p.G, value, blank)
		ok = ok && (q.G.IsIRI() || q.G.IsBlank())
	}
	return q, ok
}

// isTriple reports whether three terms can be a triple (RDF 1.2 Concepts §3.1).
func isTriple(s, p, o rdf.Term) bool {
	return (s.IsIRI() || s.IsBlank()) && p.IsIRI() && !o.IsZero()
}

func fillIn(p sparql.PatternTerm, value func(sparql.Var) rdf.Term, blank func(string) rdf.Term) rdf.Term {
	switch {
	case p.IsVar():
		return value(p.Var)
	case p.Triple != nil:
		s, r, o := fillIn(p.Triple.S, value, blank), fillIn(p.Triple.P, value, blank), fillIn(p.Triple.O, value, blank)
		if !isTriple(s, r, o) {
			return rdf.Term{}
		}
		return rdf.NewTripleTerm(s, r, o)
	}
	return renameBlanks(p.Term, blank)
}

// renameBlanks replaces the blank nodes of a term, those inside triple terms too.
func renameBlanks(t rdf.Term, blank func(label string) rdf.Term) rdf.Term {
	switch t.Kind() {
	case rdf.Blank:
		return blank(t.Value())
	case rdf.TripleTerm:
		p := t.Triple()
		return rdf.NewTripleTerm(renameBlanks(p.S, blank), p.P, renameBlanks(p.O, blank))
	}
	return t
}

// renaming returns a function that gives each label a new blank node, always the same one.
func renaming(fresh func() rdf.Term) func(label string) rdf.Term {
	names := map[string]rdf.Term{}
	return func(label string) rdf.Term {
		t, ok := names[label]
		if !ok {
			t = fresh()
			names[label] = t
		}
		return t
	}
}
