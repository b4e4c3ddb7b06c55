package cayley

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"sett/graph/rdf"
)

// gqlField is a field of a query: what to follow from the object at hand, and what to show of what is there.
type gqlField struct {
	via      quad.IRI // the predicate; of a field at the top nothing
	alias    string
	reverse  bool
	optional bool
	unnest   bool         // the fields of the one object there are shown as the parent's
	labels   []quad.Value // nil: all
	has      []gqlHas
	ids      []quad.Value // the objects to start from or to keep; nil: any
	first    int64        // objects at most; -1: all
	offset   int64
	fields   []gqlField
	all      bool // show every property, for *
	at       int  // the token behind it
}

// gqlHas is a condition on an object: one of the values is there.
type gqlHas struct {
	via     quad.IRI
	reverse bool
	values  []quad.Value
	labels  []quad.Value
}

// isValue reports whether the field shows nodes as they are, not as objects.
func (f *gqlField) isValue() bool {
	return len(f.has)+len(f.fields)+len(f.ids) == 0 && !f.all && f.first < 0 && f.offset == 0
}

// Names with a meaning of their own, as in Cayley.
const (
	gqlID     = "id"
	gqlFirst  = "first"
	gqlOffset = "offset"
	gqlAny    = "*"
)

// gqlParser reads a document. Fragments are put in where they are spread.
type gqlParser struct {
	src       string
	tokens    []gqlToken
	at        int
	params    map[string]rdf.Term
	variables map[string][]quad.Value // declared in the query
	fragments map[string]int          // where the selections begin, by name
	open      []string                // fragments being spread
	depth     int                     // of selections and lists
	fields    int                     // read so far, those of a fragment each time it is spread
}

// What a query may be at most. Fragments that spread others twice would else make any number of fields of a short text.
const (
	gqlNesting = 100 // levels of selections and lists
	gqlFields  = 10_000
)

// parseGraphQL reads a document with one query. Parameters are its variables. Errors: *sparql.SyntaxError.
func parseGraphQL(src string, params map[string]rdf.Term) ([]gqlField, error) {
	tokens, err := lexGraphQL(src)
	if err != nil {
		return nil, err
	}
	p := &gqlParser{src: src, tokens: tokens, params: params, variables: map[string][]quad.Value{}, fragments: map[string]int{}}
	query, err := p.definitions()
	if err != nil {
		return nil, err
	}
	if query < 0 {
		return nil, textError(src, len(src), "expected a query in { }")
	}
	p.at = query
	fields, all, err := p.selections(nil)
	if err == nil && all {
		err = p.fail(query, "* is not possible at the top")
	}
	for i := range fields {
		if f := &fields[i]; err == nil && len(f.fields) == 0 && !f.all {
			err = p.fail(f.at, "expected { and what to show of "+f.alias+", such as "+gqlID)
		}
	}
	return fields, err
}

// definitions finds the query and the fragments and returns where the query's selections begin.
func (p *gqlParser) definitions() (query int, err error) {
	query = -1
	for p.peek().kind != gqlEnd {
		start := p.at
		t := p.peek()
		switch {
		case t.text == "{" && t.kind == gqlPunct:
			if query >= 0 {
				return 0, p.fail(start, "a second query: one at a time")
			}
			query = p.at
		case t.kind == gqlName && t.text == "query":
			if query >= 0 {
				return 0, p.fail(start, "a second query: one at a time")
			}
			p.at++
			if p.peek().kind == gqlName {
				p.at++
			}
			if err := p.declarations(); err != nil {
				return 0, err
			}
			query = p.at
		case t.kind == gqlName && t.text == "fragment":
			p.at++
			name := p.peek()
			p.at++
			if p.peek().kind == gqlName && p.peek().text == "on" {
				p.at += 2
			}
			p.fragments[name.text] = p.at
		case t.kind == gqlName && (t.text == "mutation" || t.text == "subscription"):
			return 0, p.fail(start, t.text+" is not possible: graphs are queried only")
		default:
			return 0, p.fail(start, "expected a query, got "+p.text(t))
		}
		if err := p.skipBlock(); err != nil {
			return 0, err
		}
	}
	return query, nil
}

// skipBlock goes behind the block in braces that begins here.
func (p *gqlParser) skipBlock() error {
	if _, err := p.expect("{"); err != nil {
		return err
	}
	for depth := 1; depth > 0; p.at++ {
		switch t := p.peek(); {
		case t.kind == gqlEnd:
			return p.fail(p.at, "expected }, got the end")
		case t.kind == gqlPunct && t.text == "{":
			depth++
		case t.kind == gqlPunct && t.text == "}":
			depth--
		}
	}
	return nil
}

// declarations reads ($name: Type = default …).
func (p *gqlParser) declarations() error {
	if !p.take("(") {
		return nil
	}
	for !p.take(")") {
		if _, err := p.expect("$"); err != nil {
			return err
		}
		name := p.peek()
		p.at++
		if _, err := p.expect(":"); err != nil {
			return err
		}
		for p.take("[") {
		}
		p.at++ // the type: values of the graph have their own
		for p.take("]") || p.take("!") {
		}
		if p.take("=") {
			values, err := p.value()
			if err != nil {
				return err
			}
			p.variables[name.text] = values
		}
		if p.peek().kind == gqlEnd {
			return p.fail(p.at, "expected ), got the end")
		}
	}
	return nil
}

// selections reads { … }, with the labels in force.
func (p *gqlParser) selections(labels []quad.Value) (fields []gqlField, all bool, err error) {
	if _, err := p.expect("{"); err != nil {
		return nil, false, err
	}
	leave, err := p.enter(p.at - 1)
	if err != nil {
		return nil, false, err
	}
	defer leave()
	for !p.take("}") {
		start := p.at
		if p.take("...") {
			more, moreAll, err := p.spread(labels)
			if err != nil {
				return nil, false, err
			}
			fields, all = append(fields, more...), all || moreAll
			continue
		}
		f, shown, err := p.field(labels)
		if err != nil {
			return nil, false, err
		}
		switch {
		case !shown:
		case f.via == gqlAny:
			if !f.isValue() {
				return nil, false, p.fail(start, "* takes no filters and no fields")
			}
			all = true
		default:
			fields = append(fields, f)
		}
	}
	if p.tokens[p.at-2].text == "{" && p.tokens[p.at-2].kind == gqlPunct {
		return nil, false, p.fail(p.at-1, "expected a field, got "+p.text(p.tokens[p.at-1]))
	}
	if all && len(fields) > 0 {
		return nil, false, p.fail(p.at-1, "* cannot stand beside other fields")
	}
	return fields, all, nil
}

// enter goes a level deeper, from a token.
func (p *gqlParser) enter(at int) (leave func(), err error) {
	if p.depth++; p.depth > gqlNesting {
		return nil, p.fail(at, "nested too deeply: more than "+strconv.Itoa(gqlNesting)+" levels")
	}
	return func() { p.depth-- }, nil
}

// spread reads what follows "...": a fragment's name, or fields.
func (p *gqlParser) spread(labels []quad.Value) ([]gqlField, bool, error) {
	t := p.peek()
	if t.kind == gqlPunct && t.text == "{" {
		return p.selections(labels)
	}
	if t.kind != gqlName {
		return nil, false, p.fail(p.at, "expected a fragment's name, got "+p.text(t))
	}
	if t.text == "on" {
		return nil, false, p.fail(p.at, "type conditions are not possible: graphs have no schema; ask for the type with a filter")
	}
	start, ok := p.fragments[t.text]
	if !ok {
		return nil, false, p.fail(p.at, "there is no fragment "+t.text)
	}
	if slices.Contains(p.open, t.text) {
		return nil, false, p.fail(p.at, "the fragment "+t.text+" contains itself")
	}
	p.open = append(p.open, t.text)
	back := p.at + 1
	p.at = start
	fields, all, err := p.selections(labels)
	p.at = back
	p.open = p.open[:len(p.open)-1]
	return fields, all, err
}

// field reads [alias:] name [(arguments)] {@directive} [{ … }]. It is not shown if a directive says so.
func (p *gqlParser) field(labels []quad.Value) (f gqlField, shown bool, err error) {
	f.first, f.labels, shown = -1, labels, true
	name := p.peek()
	if name.kind != gqlName {
		return f, false, p.fail(p.at, "expected a field, got "+p.text(name))
	}
	if p.fields++; p.fields > gqlFields {
		return f, false, p.fail(p.at, "more than "+strconv.Itoa(gqlFields)+" fields")
	}
	p.at++
	f.alias = name.text
	if p.take(":") {
		if name = p.peek(); name.kind != gqlName {
			return f, false, p.fail(p.at, "expected a field behind the alias, got "+p.text(name))
		}
		p.at++
	}
	f.via, f.reverse = gqlVia(name.text)
	args, err := p.arguments()
	if err != nil {
		return f, false, err
	}
	var reversed []gqlArgument
	for p.take("@") {
		directive := p.peek()
		at := p.at
		p.at++
		own, err := p.arguments()
		if err != nil {
			return f, false, err
		}
		switch directive.text {
		case "rev", "reverse":
			if len(own) == 0 {
				f.reverse = !f.reverse
			}
			reversed = append(reversed, own...)
		case "opt", "optional":
			f.optional = true
		case "unnest":
			f.unnest = true
		case "label":
			switch {
			case len(own) == 0:
				f.labels = nil
			case len(own) == 1 && own[0].name == "v":
				f.labels = own[0].values
			default:
				return f, false, p.fail(at, "@label takes one argument, v")
			}
		case "include", "skip":
			if len(own) != 1 || own[0].name != "if" || len(own[0].values) != 1 {
				return f, false, p.fail(at, "@"+directive.text+" takes one argument, if")
			}
			if (own[0].values[0] == quad.Bool(true)) != (directive.text == "include") {
				shown = false
			}
		default:
			return f, false, p.fail(at, "unknown directive @"+directive.text+": expected rev, opt, label, unnest, include or skip")
		}
	}
	for _, a := range reversed {
		f.has = append(f.has, a.has(true, f.labels))
	}
	for _, a := range args {
		if err := p.apply(&f, a); err != nil {
			return f, false, err
		}
	}
	if t := p.peek(); t.kind == gqlPunct && t.text == "{" {
		f.fields, f.all, err = p.selections(f.labels)
	}
	f.at = p.at
	return f, shown, err
}

// gqlVia returns the predicate of a name, and whether it is followed backwards.
func gqlVia(name string) (quad.IRI, bool) {
	rest, reverse := strings.CutPrefix(name, "~")
	return quad.IRI(strings.TrimSuffix(strings.TrimPrefix(rest, "<"), ">")), reverse
}

func (p *gqlParser) peek() gqlToken { return p.tokens[min(p.at, len(p.tokens)-1)] }

// take goes on if the token is this punctuation.
func (p *gqlParser) take(punct string) bool {
	if t := p.peek(); t.kind == gqlPunct && t.text == punct {
		p.at++
		return true
	}
	return false
}

func (p *gqlParser) expect(punct string) (gqlToken, error) {
	t := p.peek()
	if !p.take(punct) {
		return t, p.fail(p.at, "expected "+punct+", got "+p.text(t))
	}
	return t, nil
}

func (p *gqlParser) text(t gqlToken) string {
	if t.kind == gqlEnd {
		return "the end"
	}
	return strconv.Quote(t.text)
}

func (p *gqlParser) fail(at int, msg string) error {
	return textError(p.src, p.tokens[min(at, len(p.tokens)-1)].at, msg)
}
