package repl

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sett/graph"
	"sett/graph/rdf"
)

// ns is the namespace of the vocabulary of papers and models.
const ns = "urn:sett:ns:"

// DefaultPrefixes returns the prefixes that are declared at the prompt, in saved queries and on the command line.
func DefaultPrefixes() *rdf.Prefixes {
	p := rdf.NewPrefixes("", ns, "dcterms", rdf.DCTermsNS, "rdfs", rdf.RDFSNS, "skos", rdf.SKOSNS, "xsd", rdf.XSDNS, "rdf", rdf.RDFNS, "owl", rdf.OWLNS)
	for prefix, kind := range map[string]string{"paper": "paper", "model": "model", "dataset": "dataset", "arch": "architecture", "hw": "hardware",
		"bench": "benchmark", "method": "method", "org": "organization", "lang": "language", "license": "license"} {
		p.Set(prefix, "urn:sett:"+kind+":")
	}
	return p
}

// Explorer answers questions about single nodes of a graph. It may be copied.
type Explorer struct {
	DB       *graph.DB
	Prefixes *rdf.Prefixes
	Query    graph.QueryOptions // limits of the queries it asks
	Width    int                // columns of the terminal; 0: lines are not broken
	Color    bool               // what it prints may hold colours
}

// rows runs a SELECT query, in which the fixed prefixes of package repl may be used, and returns its solutions with
// their terms in the order of the query's variables.
func (e Explorer) rows(ctx context.Context, text string) ([][]rdf.Term, error) {
	opt := e.Query
	opt.Lang, opt.Prefixes = "", DefaultPrefixes()
	res, err := e.DB.Query(ctx, text, opt)
	if err != nil {
		return nil, err
	}
	return res.Rows()
}

// Name returns a term as people read it: the prefixed name of an IRI, else the term as N-Triples.
func (e Explorer) Name(t rdf.Term) string {
	if t.IsIRI() {
		if name, ok := e.Prefixes.Shorten(t.Value()); ok {
			return name
		}
	}
	switch t.Datatype() {
	case rdf.XSDInteger, rdf.XSDDecimal, rdf.XSDBoolean:
		return t.Value()
	}
	if t.IsTripleTerm() {
		x := t.Triple()
		return "<<( " + e.Name(x.S) + " " + e.Name(x.P) + " " + e.Name(x.O) + " )>>"
	}
	text := t.String()
	if dt := "<" + t.Datatype() + ">"; t.IsLiteral() && strings.HasSuffix(text, "^^"+dt) {
		if name, ok := e.Prefixes.Shorten(t.Datatype()); ok {
			return strings.TrimSuffix(text, dt) + name
		}
	}
	return text
}

// AmbiguousError is a label that several nodes have.
type AmbiguousError struct {
	Label      string
	Candidates []string // prefixed names with their classes
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%q could be %s", e.Label, strings.Join(e.Candidates, ", "))
}

// NotFoundError is a name or label that no node has.
type NotFoundError struct {
	Text string
	Near []string // what may have been meant
}

func (e *NotFoundError) Error() string {
	if len(e.Near) == 0 {
		return fmt.Sprintf("no node is called %q: expected a prefixed name such as model:olmoe, an IRI in <>, or a label", e.Text)
	}
	return fmt.Sprintf("no node is called %q: did you mean %s?", e.Text, strings.Join(e.Near, ", "))
}

// Node returns the node that text means: a prefixed name, an IRI in <>, or a label, whatever its case.
//
// Errors: *AmbiguousError, *NotFoundError.
func (e Explorer) Node(ctx context.Context, text string) (rdf.Term, error) {
	t, isName, err := e.nameOrIRI(text)
	if err != nil {
		return rdf.Term{}, err
	}
	if isName {
		known, err := e.known(ctx, t)
		if err != nil || known {
			return t, err
		}
		return rdf.Term{}, &NotFoundError{text, e.near(ctx, text)}
	}
	return e.byLabel(ctx, text)
}

// nameOrIRI reads a prefixed name or an IRI in <>; false if text is neither.
func (e Explorer) nameOrIRI(text string) (rdf.Term, bool, error) {
	if strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") && len(text) > 2 {
		inner := text[1 : len(text)-1]
		if strings.ContainsAny(inner, "<>\"{}|^`\\ \t") {
			return rdf.Term{}, false, fmt.Errorf("%s is no IRI: it may not hold spaces, quotes, braces or backslashes", text)
		}
		return rdf.NewIRI(inner), true, nil
	}
	if text == "a" {
		return rdf.NewIRI(rdf.RDFType), true, nil
	}
	if strings.ContainsAny(text, " \t") {
		return rdf.Term{}, false, nil
	}
	if full, ok := e.Prefixes.Expand(text); ok && !strings.ContainsAny(full, "<>\"{}|^`\\ ") {
		return rdf.NewIRI(full), true, nil
	}
	return rdf.Term{}, false, nil
}

// known reports whether any statement has the term.
func (e Explorer) known(ctx context.Context, t rdf.Term) (bool, error) {
	for _, pattern := range []string{"%s ?p ?o", "?s ?p %s", "?s %s ?o"} {
		rows, err := e.rows(ctx, "SELECT * { "+fmt.Sprintf(pattern, t)+" } LIMIT 1")
		if err != nil || len(rows) > 0 {
			return len(rows) > 0, err
		}
	}
	return false, nil
}

const labelProperty = "rdfs:label|skos:prefLabel|skos:altLabel|dcterms:title"

// byLabel finds a node by its label.
func (e Explorer) byLabel(ctx context.Context, label string) (rdf.Term, error) {
	rows, err := e.rows(ctx, "SELECT DISTINCT ?s { VALUES ?l { "+rdf.NewString(label).String()+" "+rdf.NewLangString(label, "en").String()+" } ?s "+labelProperty+" ?l } LIMIT 20")
	if err == nil && len(rows) == 0 {
		rows, err = e.rows(ctx, "SELECT DISTINCT ?s { ?s "+labelProperty+" ?l FILTER(LCASE(STR(?l)) = LCASE("+rdf.NewString(label).String()+")) } LIMIT 20")
	}
	if err != nil {
		return rdf.Term{}, err
	}
	switch len(rows) {
	case 0:
		return rdf.Term{}, &NotFoundError{label, e.near(ctx, label)}
	case 1:
		return rows[0][0], nil
	}
	ambiguous := &AmbiguousError{Label: label}
	for _, row := range rows {
		ambiguous.Candidates = append(ambiguous.Candidates, e.Name(row[0]))
	}
	slices.Sort(ambiguous.Candidates)
	return rdf.Term{}, ambiguous
}

// near returns up to three nodes whose labels hold the words of text.
func (e Explorer) near(ctx context.Context, text string) []string {
	if _, local, ok := strings.Cut(text, ":"); ok {
		text = local
	}
	// The text as it is, then without its last character or third: most slips are at the end.
	var names []string
	runes := []rune(text)
	for _, n := range []int{len(runes), len(runes) - 1, len(runes) * 2 / 3} {
		if n < 3 {
			break
		}
		found, err := e.Find(ctx, string(runes[:n]), 3)
		if err != nil {
			break
		}
		for _, f := range found {
			names = append(names, e.Name(f.Node))
		}
		if len(names) > 0 {
			break
		}
	}
	return names
}

// Found is a node and the label by which it was found.
type Found struct {
	Node  rdf.Term
	Label string
	Class rdf.Term // the zero Term if it has none
}

// Find returns nodes one of whose labels holds all words of text, whatever their case: those with the shortest labels
// first, at most limit.
func (e Explorer) Find(ctx context.Context, text string, limit int) ([]Found, error) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r == '\t' })
	if len(words) == 0 {
		return nil, nil
	}
	var filter []string
	for _, w := range words {
		filter = append(filter, "CONTAINS(LCASE(STR(?l)), "+rdf.NewString(w).String()+")")
	}
	rows, err := e.rows(ctx, "SELECT ?s ?l ?c { ?s "+labelProperty+" ?l FILTER("+strings.Join(filter, " && ")+") OPTIONAL { ?s a ?c } }")
	if err != nil {
		return nil, err
	}
	best := make(map[string]Found)
	for _, row := range rows {
		key := row[0].String()
		if f, ok := best[key]; !ok || len(row[1].Value()) < len(f.Label) {
			best[key] = Found{row[0], row[1].Value(), row[2]}
		}
	}
	found := make([]Found, 0, len(best))
	for _, f := range best {
		found = append(found, f)
	}
	slices.SortFunc(found, func(x, y Found) int {
		if d := len(x.Label) - len(y.Label); d != 0 {
			return d
		}
		return x.Node.Compare(y.Node)
	})
	if limit > 0 && len(found) > limit {
		found = found[:limit]
	}
	return found, nil
}

// Object reads the object of a statement as people type it: a number, true or false, a literal as in Turtle, or else a
// node as [Explorer.Node] reads it; a text that is neither is a plain string.
func (e Explorer) Object(ctx context.Context, text string) (rdf.Term, error) {
	if t, ok := e.literal(text); ok {
		return t, nil
	}
	t, err := e.Node(ctx, text)
	if missing := (*NotFoundError)(nil); err != nil && asError(err, &missing) {
		return rdf.NewString(text), nil
	}
	return t, err
}

// literal reads a number, a boolean, or a quoted string with its datatype or language.
func (e Explorer) literal(text string) (rdf.Term, bool) {
	switch {
	case text == "true" || text == "false":
		return rdf.NewBoolean(text == "true"), true
	case isNumber(text):
		switch {
		case strings.ContainsAny(text, "eE"):
			return rdf.NewLiteral(text, rdf.XSDDouble), true
		case strings.Contains(text, "."):
			return rdf.NewLiteral(text, rdf.XSDDecimal), true
		}
		return rdf.NewLiteral(text, rdf.XSDInteger), true
	case strings.HasPrefix(text, `"`):
		end := strings.LastIndexByte(text, '"')
		if end == 0 {
			return rdf.Term{}, false
		}
		lexical, rest := strings.ReplaceAll(text[1:end], `\"`, `"`), text[end+1:]
		switch {
		case rest == "":
			return rdf.NewString(lexical), true
		case strings.HasPrefix(rest, "@"):
			return rdf.NewLangString(lexical, rest[1:]), true
		case strings.HasPrefix(rest, "^^"):
			if t, ok, err := e.nameOrIRI(rest[2:]); ok && err == nil {
				return rdf.NewLiteral(lexical, t.Value()), true
			}
		}
	}
	return rdf.Term{}, false
}

// isNumber reports whether text is an INTEGER, DECIMAL or DOUBLE of SPARQL 1.1 §19.8, with a sign or without.
func isNumber(text string) bool {
	s := strings.TrimLeft(text, "+-")
	if len(text)-len(s) > 1 || s == "" {
		return false
	}
	digits := 0
	for i, r := range s {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r == '.' && strings.Count(s, ".") == 1 && i < len(s)-1:
		case (r == 'e' || r == 'E') && digits > 0 && i < len(s)-1 && strings.Count(strings.ToLower(s), "e") == 1:
		case (r == '-' || r == '+') && i > 0 && (s[i-1] == 'e' || s[i-1] == 'E') && i < len(s)-1:
		default:
			return false
		}
	}
	return digits > 0
}
