package repl

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sett/graph/rdf"
	"sett/graph/results"
)

func (s *Session) cmdTables(ctx context.Context, _ []string) error { return s.Counts(ctx) }

// Counts prints the classes and predicates in use with their counts, the most frequent first.
func (s *Session) Counts(ctx context.Context) error {
	e := s.explorer()
	classes, err := e.rows(ctx, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c")
	if err != nil {
		return err
	}
	predicates, err := e.rows(ctx, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p")
	if err != nil {
		return err
	}
	for _, part := range []struct {
		title string
		rows  [][]rdf.Term
	}{{"Classes", classes}, {"Predicates", predicates}} {
		fmt.Fprintln(s.out, part.title)
		var rows [][]string
		for _, row := range part.rows {
			rows = append(rows, []string{e.Name(row[0]), row[1].Value()})
		}
		s.columns(rows, false, true)
	}
	return nil
}

func (s *Session) cmdSchema(ctx context.Context, args []string) error {
	e := s.explorer()
	if len(args) > 0 {
		return s.schemaOf(ctx, args[0])
	}
	rows, err := e.rows(ctx, `SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p ORDER BY ?c DESC(?n) ?p`)
	if err != nil {
		return err
	}
	var class rdf.Term
	for _, group := range groups(rows) {
		class = group[0][0]
		var names []string
		for _, row := range group {
			if row[1].Value() != rdf.RDFType {
				names = append(names, e.Name(row[1]))
			}
		}
		fmt.Fprintf(s.out, "%s\n%s\n", e.Name(class), s.wrapped(strings.Join(names, " "), 4))
	}
	return nil
}

// groups parts rows by their first term.
func groups(rows [][]rdf.Term) [][][]rdf.Term {
	var all [][][]rdf.Term
	for i, row := range rows {
		if i == 0 || !row[0].Equal(rows[i-1][0]) {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], row)
	}
	return all
}

// schemaOf shows one class: what it means, its size, and each property with its count, an example and its meaning.
func (s *Session) schemaOf(ctx context.Context, text string) error {
	e := s.explorer()
	class, err := e.Node(ctx, text)
	if err != nil {
		return err
	}
	about, err := e.rows(ctx, fmt.Sprintf("SELECT ?label ?comment ?super { OPTIONAL { %[1]s rdfs:label ?label } OPTIONAL { %[1]s rdfs:comment ?comment } OPTIONAL { %[1]s rdfs:subClassOf ?super } } LIMIT 1", class))
	if err != nil {
		return err
	}
	count, err := e.rows(ctx, fmt.Sprintf("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a %s }", class))
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s", e.Name(class))
	if len(about) > 0 && !about[0][2].IsZero() {
		fmt.Fprintf(s.out, ", a kind of %s", e.Name(about[0][2]))
	}
	fmt.Fprintf(s.out, ": %s\n", cmp.Or(count[0][0].Value(), "0"))
	if len(about) > 0 && about[0][1].Value() != "" {
		fmt.Fprintln(s.out, s.wrapped(results.Printable(about[0][1].Value()), 0))
	}
	rows, err := e.rows(ctx, fmt.Sprintf(`SELECT ?p ?n ?example ?comment { { SELECT ?p (COUNT(*) AS ?n) (MIN(?o) AS ?example) { ?s a %s ; ?p ?o } GROUP BY ?p }
  OPTIONAL { ?p rdfs:comment ?comment } } ORDER BY DESC(?n) ?p`, class))
	if err != nil {
		return err
	}
	table := make([][]string, 0, len(rows))
	for _, row := range rows {
		if row[0].Value() == rdf.RDFType {
			continue
		}
		table = append(table, []string{e.Name(row[0]), row[1].Value(), clip(e.Name(row[2]), 36), clip(row[3].Value(), 60)})
	}
	s.columns(slices.CompactFunc(table, func(x, y []string) bool { return x[0] == y[0] }), false, true)
	return nil
}

func (s *Session) cmdFind(ctx context.Context, args []string) error {
	e := s.explorer()
	const most = 20
	found, err := e.Find(ctx, strings.Join(args, " "), most+1)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		s.note("no label has all of %q", strings.Join(args, " "))
		return nil
	}
	var rows [][]string
	for _, f := range found[:min(most, len(found))] {
		class := ""
		if !f.Class.IsZero() {
			class = e.Name(f.Class)
		}
		rows = append(rows, []string{e.Name(f.Node), class, clip(f.Label, 70)})
	}
	s.columns(rows)
	if len(found) > most {
		s.note("and more: add a word")
	}
	return nil
}

// describedValues is how many values of one property .describe shows.
const describedValues = 12

func (s *Session) cmdDescribe(ctx context.Context, args []string) error {
	e := s.explorer()
	node, err := e.Node(ctx, strings.Join(args, " "))
	if err != nil {
		return err
	}
	out, err := e.rows(ctx, fmt.Sprintf("SELECT DISTINCT ?p ?o ?label { %s ?p ?o OPTIONAL { ?o rdfs:label ?label } } ORDER BY ?p ?o", node))
	if err != nil {
		return err
	}
	in, err := e.rows(ctx, fmt.Sprintf("SELECT DISTINCT ?p ?s ?label { ?s ?p %s FILTER(?p != rdf:reifies) OPTIONAL { ?s rdfs:label|dcterms:title ?label } } ORDER BY ?p ?s", node))
	if err != nil {
		return err
	}
	fmt.Fprintln(s.out, e.Name(node))
	s.described(e, out, "")
	s.described(e, in, "is ")
	return nil
}

// described prints rows of property, node, label, the values of a property below one another.
func (s *Session) described(e Explorer, rows [][]rdf.Term, before string) {
	after := ""
	if before != "" {
		after = " of"
	}
	var table [][]string
	for _, group := range groups(rows) {
		for i, row := range group {
			name := ""
			if i == 0 {
				name = before + e.Name(row[0]) + after
			}
			if i == describedValues {
				table = append(table, []string{"", fmt.Sprintf("and %d more", len(group)-i), ""})
				break
			}
			label := ""
			if row[2].Value() != "" {
				label = clip(row[2].Value(), 60)
			}
			table = append(table, []string{name, clip(e.Name(row[1]), 80), label})
		}
	}
	s.columns(table)
}

func (s *Session) cmdWhy(ctx context.Context, args []string) error {
	if len(args) < 3 {
		return &UsageError{fmt.Sprintf(".why: expected a subject, a predicate and an object, got %d; a label of several words goes in quotes", len(args))}
	}
	return s.explorer().PrintWhy(ctx, s.out, args[0], args[1], strings.Join(args[2:], " "))
}
