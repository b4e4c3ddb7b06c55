package rdfio

import (
	"strings"

	"sett/graph/rdf"
)

// printer prints the terms and statements of a shape as Turtle.
type printer struct {
	b        []byte
	shape    *shape
	indent   int
	prefixes *rdf.Prefixes
	base     baseIRI
	baseText string            // "": none
	short    map[string]string // IRIs as they are written
	used     map[string]bool   // prefixes
}

func (p *printer) newLine() {
	p.b = append(p.b, '\n')
	for range p.indent {
		p.b = append(p.b, indentText...)
	}
}

// node prints a node by its name, or [] if it needs none.
func (p *printer) node(s *subject) {
	if s.term.IsBlank() && !s.named {
		p.b = append(p.b, "[]"...)
		return
	}
	p.term(s.term)
}

// statements prints predicates and objects of a subject.
func (p *printer) statements(s *subject) {
	p.indent++
	annotated := false // the object before has annotations
	for i, q := range s.quads {
		switch {
		case i == 0:
			p.predicate(q.P)
		case q.P == s.quads[i-1].P && annotated:
			p.b = append(p.b, ',')
			p.indent++
			p.newLine()
			p.indent--
		case q.P == s.quads[i-1].P:
			p.b = append(p.b, ", "...)
		default:
			p.b = append(p.b, " ;"...)
			p.newLine()
			p.predicate(q.P)
		}
		p.object(q.O)
		annotated = p.annotations(q)
	}
	p.indent--
}

func (p *printer) predicate(t rdf.Term) {
	if t.Value() == rdf.RDFType {
		p.b = append(p.b, 'a')
	} else {
		p.term(t)
	}
	p.b = append(p.b, ' ')
}

// object prints an object, nested if it has its place there.
func (p *printer) object(t rdf.Term) {
	s := p.shape.byTerm[keyOf(t)]
	switch {
	case t.IsIRI() && t.Value() == rdf.RDFNil:
		p.b = append(p.b, "()"...)
	case s == nil || s.place != nested:
		p.term(t)
	case s.listCell:
		p.list(s)
	case len(s.quads) == 0:
		p.b = append(p.b, "[]"...)
	default:
		p.b = append(p.b, "[ "...)
		p.statements(s)
		p.b = append(p.b, " ]"...)
	}
}

// keyOf returns a term if it can be a subject, else no term: others are no keys of shape.byTerm.
func keyOf(t rdf.Term) rdf.Term {
	if t.IsBlank() {
		return t
	}
	return rdf.Term{}
}

// list prints a collection from its first cell.
func (p *printer) list(s *subject) {
	p.b = append(p.b, "( "...)
	for {
		p.object(s.quads[0].O)
		p.b = append(p.b, ' ')
		rest := s.quads[1].O
		if !rest.IsBlank() {
			break
		}
		s = p.shape.byTerm[rest]
	}
	p.b = append(p.b, ')')
}

// annotations prints the reifiers of a statement and reports whether there are any. Blocks of reifiers without a name come first and names without a
// block last, for a block belongs to the name before it.
func (p *printer) annotations(q rdf.Quad) bool {
	if len(p.shape.notes) == 0 {
		return false
	}
	reifiers := p.shape.notes[tripleKey(q.Triple())]
	for pass := range 3 {
		for _, r := range reifiers {
			block := r.place == annotation && len(r.quads) > 0
			named := r.named || !r.term.IsBlank()
			switch {
			case pass == 0 && block && !named, pass == 1 && block && named:
				p.block(r, named)
			case pass == 2 && !block:
				p.b = append(p.b, " ~ "...)
				p.node(r)
			}
		}
	}
	return len(reifiers) > 0
}

// block prints {| … |}, after the reifier's name if it has one.
func (p *printer) block(r *subject, named bool) {
	p.indent++
	p.newLine()
	if named {
		p.b = append(p.b, "~ "...)
		p.term(r.term)
		p.b = append(p.b, ' ')
	}
	p.b = append(p.b, "{| "...)
	p.statements(r)
	p.b = append(p.b, " |}"...)
	p.indent--
}

// term prints a term by itself.
func (p *printer) term(t rdf.Term) {
	switch t.Kind() {
	case rdf.IRI:
		p.b = append(p.b, p.iri(t.Value())...)
	case rdf.Literal:
		p.literal(t)
	case rdf.TripleTerm:
		in := t.Triple()
		p.b = append(p.b, "<<( "...)
		p.term(in.S)
		p.b = append(p.b, ' ')
		p.predicate(in.P)
		p.term(in.O)
		p.b = append(p.b, " )>>"...)
	default:
		p.b = t.Append(p.b)
	}
}

// iri returns how an IRI is written: as a prefixed name, relative to the base, or in full.
func (p *printer) iri(iri string) string {
	if s, ok := p.short[iri]; ok {
		if prefix, _, ok := strings.Cut(s, ":"); ok && s[0] != '<' {
			p.used[prefix] = true
		}
		return s
	}
	s := rdf.NewIRI(iri).String()
	if name, ok := p.prefixes.Shorten(iri); ok {
		if prefix, local, _ := strings.Cut(name, ":"); isPrefix(prefix) && isLocal(local) && isIRI(iri[:len(iri)-len(local)]) {
			s = name
			p.used[prefix] = true
		}
	}
	if s[0] == '<' && p.baseText != "" {
		dir := p.baseText[:strings.LastIndexByte(p.baseText, '/')+1]
		for _, from := range [...]string{strings.TrimRight(p.baseText, "#"), dir} {
			if rel, ok := strings.CutPrefix(iri, from); ok && from != "" && !hasScheme(rel) && p.base.resolve(rel) == iri {
				s = "<" + rel + ">"
				break
			}
		}
	}
	p.short[iri] = s
	return s
}

// isPrefix reports whether s is a PN_PREFIX or empty.
func isPrefix(s string) bool {
	return s == "" || class[s[0]]&digit == 0 && s[0] != '_' && isLabel(s)
}

// isLocal reports whether s is a PN_LOCAL that needs no escapes.
func isLocal(s string) bool {
	if s == "" {
		return true
	}
	if strings.ContainsAny(s, `%\`) {
		return false
	}
	lx := lexer{window: window{text: s}}
	return lx.local(0, "", 0) && lx.pos == len(s)
}

// literal prints a literal; numbers and booleans without quotes where their form allows it.
func (p *printer) literal(t rdf.Term) {
	value := t.Value()
	if isBare(value, t.Datatype()) {
		p.b = append(p.b, value...)
		return
	}
	if strings.ContainsAny(value, "\n") {
		p.longString(value)
	} else {
		p.b = rdf.NewString(value).Append(p.b)
	}
	switch {
	case t.Lang() != "":
		p.b = append(p.b, '@')
		p.b = append(p.b, t.Lang()...)
		if t.Direction() != rdf.NoDirection {
			p.b = append(p.b, "--"...)
			p.b = append(p.b, t.Direction().String()...)
		}
	case !t.IsString():
		p.b = append(p.b, "^^"...)
		p.b = append(p.b, p.iri(t.Datatype())...)
	}
}

// isBare reports whether a literal is written without quotes: its text, read again, gives the same literal.
func isBare(value, datatype string) bool {
	var want tokenKind
	switch datatype {
	case rdf.XSDInteger:
		want = tokInteger
	case rdf.XSDDecimal:
		want = tokDecimal
	case rdf.XSDDouble:
		want = tokDouble
	case rdf.XSDBoolean:
		return value == "true" || value == "false"
	default:
		return false
	}
	if value == "" || class[value[0]]&digit == 0 && !strings.ContainsRune("+-.", rune(value[0])) {
		return false
	}
	lx := lexer{window: window{text: value}}
	return lx.number(0) && lx.tok.kind == want && lx.pos == len(value)
}

// longString prints a text of several lines in three quotes.
func (p *printer) longString(s string) {
	p.b = append(p.b, `"""`...)
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			p.b = append(p.b, '\n')
		}
		quoted := rdf.NewString(line).String()
		p.b = append(p.b, quoted[1:len(quoted)-1]...)
	}
	p.b = append(p.b, `"""`...)
}
