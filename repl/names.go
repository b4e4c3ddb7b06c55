package repl

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sett/graph"
	"sett/graph/rdf"
)

// names is the vocabulary of the open database. It asks with a short time limit, so that the Tab key never hangs, and
// remembers the answers until something is written.
type names struct {
	session *Session
	answers map[string][]string
}

// Bounds of a question behind the Tab key.
const (
	patience  = 700 * time.Millisecond
	mostNames = 200
)

func newNames(s *Session) *names { return &names{session: s, answers: make(map[string][]string)} }

// forget drops the answers, because the graph has changed.
func (n *names) forget() { clear(n.answers) }

// ask runs a query once and returns its first column as typed names; nothing if it fails or takes too long.
func (n *names) ask(query string) []string {
	if found, ok := n.answers[query]; ok {
		return found
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	e := n.session.explorer()
	e.Query = graph.QueryOptions{Timeout: patience}
	rows, err := e.rows(ctx, query)
	if err != nil {
		return nil
	}
	var found []string
	for _, row := range rows {
		if t := row[0]; t.IsIRI() {
			found = append(found, e.Name(t))
		} else if t.IsLiteral() {
			found = append(found, t.Value())
		}
	}
	n.answers[query] = found
	return found
}

// iri returns a typed name as an IRI in <>, "" if it is none.
func (n *names) iri(name string) string {
	t, ok, err := n.session.explorer().nameOrIRI(name)
	if !ok || err != nil {
		return ""
	}
	return t.String()
}

func (n *names) classes() []string {
	return n.ask("SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c")
}

func (n *names) predicates(classes []string) []string {
	var found []string
	for _, class := range classes {
		if iri := n.iri(class); iri != "" {
			found = append(found, n.ask("SELECT ?p (COUNT(*) AS ?n) { ?s a "+iri+" ; ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p")...)
		}
	}
	if len(found) == 0 {
		found = n.ask("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p")
	}
	return unique(found)
}

func (n *names) classesOf(node string) []string {
	iri := n.iri(node)
	if iri == "" {
		return nil
	}
	return n.ask("SELECT ?c { " + iri + " a ?c }")
}

func (n *names) objects(predicate, start string) []string {
	iri := n.iri(predicate)
	if iri == "" {
		return nil
	}
	return n.ask(fmt.Sprintf("SELECT DISTINCT ?o { ?s %s ?o FILTER(ISIRI(?o)) %s } ORDER BY ?o LIMIT %d", iri, n.starting("?o", start), mostNames))
}

// starting returns a filter for names that start as typed.
func (n *names) starting(variable, start string) string {
	prefix, local, ok := strings.Cut(start, ":")
	if !ok {
		return ""
	}
	space, ok := n.session.prefixes.Namespace(prefix)
	if !ok {
		return "FILTER(false)"
	}
	return "FILTER(STRSTARTS(STR(" + variable + "), " + rdf.NewString(space+local).String() + "))"
}

func (n *names) nodes(start string) []string {
	if !strings.Contains(start, ":") {
		return nil
	}
	found := n.ask(fmt.Sprintf("SELECT DISTINCT ?s { ?s rdfs:label|dcterms:title ?l %s } ORDER BY ?s LIMIT %d", n.starting("?s", start), mostNames))
	if len(found) == 0 {
		found = n.ask(fmt.Sprintf("SELECT DISTINCT ?s { ?s ?p ?o %s } ORDER BY ?s LIMIT %d", n.starting("?s", start), mostNames))
	}
	return found
}

func (n *names) labelled(start string) []string {
	// The shortest label first: it has the least that was not typed.
	return n.ask(fmt.Sprintf("SELECT ?s (MIN(STRLEN(?l)) AS ?n) { ?s rdfs:label|skos:altLabel|dcterms:title ?l FILTER(STRSTARTS(LCASE(STR(?l)), %s)) } GROUP BY ?s ORDER BY ?n ?s LIMIT %d",
		rdf.NewString(strings.ToLower(start)), mostNames))
}

func (n *names) labels(start string) []string {
	return n.ask(fmt.Sprintf("SELECT DISTINCT ?l { ?s rdfs:label|skos:altLabel|dcterms:title ?l FILTER(STRSTARTS(STR(?l), %s)) } ORDER BY ?l LIMIT %d",
		rdf.NewString(start), mostNames))
}

func (n *names) saved() []string {
	var found []string
	for _, q := range n.session.savedQueries() {
		found = append(found, q.Name)
	}
	return found
}

func (n *names) parameters(query string) []string {
	var found []string
	for _, q := range n.session.savedQueries() {
		if q.Name == query {
			for _, p := range q.Params {
				found = append(found, p.Name+"=")
			}
		}
	}
	return found
}
