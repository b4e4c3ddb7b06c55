package rdfio

import (
	"strings"

	"sett/graph/rdf"
)

// iriTerm takes an IRI or a prefixed name.
func (t *turtleReader) iriTerm(term *rdf.Term) bool {
	var iri string
	switch t.tok.kind {
	case tokIRI:
		var ok bool
		if iri, ok = t.absolute(t.tok.text); !ok {
			return false
		}
	case tokName:
		ns, ok := t.namespaces[t.tok.prefix]
		if !ok {
			return t.fail(t.tok.at, "the prefix "+t.tok.prefix+": is not declared")
		}
		iri = t.arena.join(ns, t.tok.text)
	default:
		return t.expected("an IRI")
	}
	*term = rdf.NewIRI(iri)
	return t.next()
}

// absolute resolves a reference.
func (t *turtleReader) absolute(ref string) (string, bool) {
	if hasScheme(ref) {
		return ref, true
	}
	if t.base.isZero() {
		return "", t.fail(t.tok.at, "the IRI is relative, and there is no base")
	}
	return t.base.resolve(ref), true
}

// literal takes a literal.
func (t *turtleReader) literal() (rdf.Term, bool) {
	text := t.tok.text
	switch t.tok.kind {
	case tokString, tokLongString:
		return t.stringLiteral()
	case tokInteger:
		return rdf.NewLiteral(text, rdf.XSDInteger), t.next()
	case tokDecimal:
		return rdf.NewLiteral(text, rdf.XSDDecimal), t.next()
	case tokDouble:
		return rdf.NewLiteral(text, rdf.XSDDouble), t.next()
	case tokWord:
		if text == "true" || text == "false" {
			return rdf.NewLiteral(text, rdf.XSDBoolean), t.next()
		}
	}
	return rdf.Term{}, t.expected("an object")
}

// stringLiteral takes a string with its language or datatype.
func (t *turtleReader) stringLiteral() (rdf.Term, bool) {
	value := t.tok.text
	if !t.next() {
		return rdf.Term{}, false
	}
	switch t.tok.kind {
	case tokLang:
		return rdf.NewDirLangString(value, t.tok.text, t.tok.dir), t.next()
	case tokDatatype:
		if !t.next() {
			return rdf.Term{}, false
		}
		at := t.tok
		var datatype rdf.Term
		if at.kind != tokIRI && at.kind != tokName {
			return rdf.Term{}, t.expected("a datatype: an IRI")
		}
		// The check comes before the next token moves the window, with the place of the datatype.
		iri := at.text
		if at.kind == tokName {
			iri = t.namespaces[at.prefix] + at.text
		}
		if iri == rdf.RDFLangString || iri == rdf.RDFDirLangString {
			return rdf.Term{}, t.fail(at.at, msgLangDatatype)
		}
		if !t.iriTerm(&datatype) {
			return rdf.Term{}, false
		}
		return rdf.NewLiteral(value, datatype.Value()), true
	}
	return rdf.NewString(value), true
}

// part takes a term of a triple term or reified triple: an IRI or a blank node, and as an object also a literal or a
// triple term. Reified triples are allowed within reified triples only.
func (t *turtleReader) part(object, reified bool) (rdf.Term, bool) {
	switch t.tok.kind {
	case tokIRI, tokName, tokBlank:
		return t.node(false)
	case tokOpenSquare:
		if !t.next() {
			return rdf.Term{}, false
		}
		return t.fresh(), t.take(tokCloseSquare, "']': a property list cannot be inside a triple")
	case tokOpenReified:
		if reified {
			return t.reified()
		}
	case tokOpenTriple:
		if object {
			return t.tripleTerm()
		}
	case tokString, tokLongString, tokInteger, tokDecimal, tokDouble, tokWord:
		if object {
			return t.literal()
		}
	}
	what := "a subject: an IRI or a blank node"
	if object {
		what = "an object: an IRI, a blank node, a literal or a triple term"
	}
	return rdf.Term{}, t.expected(what)
}

// verb takes the predicate of a triple term or reified triple.
func (t *turtleReader) verb() (rdf.Term, bool) {
	if t.tok.kind == tokWord && t.tok.text == "a" {
		return rdf.NewIRI(rdf.RDFType), t.next()
	}
	if t.tok.kind != tokIRI && t.tok.kind != tokName {
		return rdf.Term{}, t.expected("a predicate: an IRI")
	}
	var p rdf.Term
	ok := t.iriTerm(&p)
	return p, ok
}

// parts takes subject, predicate and object after an opening mark.
func (t *turtleReader) parts(reified bool) (in rdf.Triple, ok bool) {
	if t.nesting >= maxDepth {
		return in, t.fail(t.tok.at, msgTooDeep)
	}
	t.nesting++
	if !t.next() {
		return in, false
	}
	if in.S, ok = t.part(false, reified); !ok {
		return in, false
	}
	if in.P, ok = t.verb(); !ok {
		return in, false
	}
	in.O, ok = t.part(true, reified)
	t.nesting--
	return in, ok
}

// tripleTerm takes <<( s p o )>>.
func (t *turtleReader) tripleTerm() (rdf.Term, bool) {
	in, ok := t.parts(false)
	if !ok {
		return rdf.Term{}, false
	}
	return rdf.NewTripleTerm(in.S, in.P, in.O), t.take(tokCloseTriple, "')>>' after the object of a triple term")
}

// reified takes << s p o ~ reifier >> and returns the reifier.
func (t *turtleReader) reified() (rdf.Term, bool) {
	in, ok := t.parts(true)
	if !ok {
		return rdf.Term{}, false
	}
	var r rdf.Term
	if t.tok.kind == tokTilde {
		if !t.next() || !t.reifier(&r, in.S, in.P, in.O) {
			return r, false
		}
	} else {
		r = t.fresh()
		t.emit(r, rdf.NewIRI(rdf.RDFReifies), rdf.NewTripleTerm(in.S, in.P, in.O))
	}
	return r, t.take(tokCloseReified, "'~' or '>>' after the object of a reified triple")
}

// reifier takes the name of a reifier, if there is one after ~, and emits what it reifies.
func (t *turtleReader) reifier(r *rdf.Term, s, p, o rdf.Term) bool {
	switch t.tok.kind {
	case tokIRI, tokName, tokBlank, tokOpenSquare:
		var ok bool
		if *r, ok = t.part(false, false); !ok {
			return false
		}
	default:
		*r = t.fresh()
	}
	t.emit(*r, rdf.NewIRI(rdf.RDFReifies), rdf.NewTripleTerm(s, p, o))
	return true
}

// top takes what may stand outside of statements: a directive, the subject of a statement, or a graph's braces.
func (t *turtleReader) top() bool {
	switch t.tok.kind {
	case tokEOF:
		if t.inGraph {
			return t.expected("'}' at the end of a graph")
		}
		t.err = t.readErr
		return true
	case tokCloseCurly:
		if !t.inGraph {
			break
		}
		t.inGraph, t.graph = false, rdf.Term{}
		return t.next()
	case tokOpenCurly:
		if t.trig && !t.inGraph {
			return t.openGraph(rdf.Term{})
		}
	case tokLang:
		if !t.inGraph {
			return t.directive(t.tok.text, true)
		}
	case tokWord:
		if t.inGraph {
			break
		}
		if t.trig && strings.EqualFold(t.tok.text, "GRAPH") {
			return t.graphKeyword()
		}
		return t.directive(t.tok.text, false)
	}
	return t.statement()
}

// statement takes the subject of a statement, and of a graph its name.
func (t *turtleReader) statement() bool {
	f := frame{kind: statementFrame}
	opening := t.tok.kind
	if opening == tokOpenReified {
		f.state = maybeVerb
	}
	if !t.push(f) {
		return false
	}
	s, ok := t.node(false)
	if !ok {
		return false
	}
	f.s = s
	properties := len(t.frames) > 1 && t.frames[1].kind == propertiesFrame
	if properties {
		f.state = maybeVerb
	}
	t.frames[0] = f
	isName := opening == tokIRI || opening == tokName || opening == tokBlank || opening == tokOpenSquare && !properties
	if t.trig && !t.inGraph && isName && t.tok.kind == tokOpenCurly {
		t.frames = t.frames[:0]
		return t.openGraph(s)
	}
	return true
}

// graphKeyword takes GRAPH, a name and the opening brace.
func (t *turtleReader) graphKeyword() bool {
	if !t.next() {
		return false
	}
	switch t.tok.kind {
	case tokIRI, tokName, tokBlank, tokOpenSquare:
	default:
		return t.expected("the name of a graph")
	}
	name, ok := t.part(false, false)
	if !ok {
		return false
	}
	if t.tok.kind != tokOpenCurly {
		return t.expected("'{' after the name of a graph")
	}
	return t.openGraph(name)
}

// openGraph takes {.
func (t *turtleReader) openGraph(name rdf.Term) bool {
	t.inGraph, t.graph, t.sawGraph = true, name, true
	return t.next()
}

// directive takes @prefix, @base and @version, or the words without the at sign and the dot.
func (t *turtleReader) directive(word string, at bool) bool {
	lower := strings.ToLower(word)
	if at && (lower != word || t.tok.dir != rdf.NoDirection) || lower != "prefix" && lower != "base" && lower != "version" {
		if at {
			return t.fail(t.tok.at, "expected @prefix, @base or @version")
		}
		return t.expected("a subject or a directive")
	}
	if !t.next() {
		return false
	}
	switch lower {
	case "prefix":
		if t.tok.kind != tokName || t.tok.text != "" {
			return t.expected("a prefix and its colon")
		}
		prefix := strings.Clone(t.tok.prefix)
		if !t.next() {
			return false
		}
		iri, ok := t.reference()
		if !ok {
			return false
		}
		iri = strings.Clone(iri)
		t.namespaces[prefix] = iri
		if t.opt.Prefixes != nil {
			t.opt.Prefixes.Set(prefix, iri)
		}
	case "base":
		iri, ok := t.reference()
		if !ok {
			return false
		}
		t.base = newBase(strings.Clone(iri))
	case "version":
		if t.tok.kind != tokString {
			return t.expected("a version in single quotation marks")
		}
	}
	if !t.next() {
		return false
	}
	if at {
		return t.take(tokDot, "'.' after a directive")
	}
	return true
}

// reference returns the IRI of the current token without going past it.
func (t *turtleReader) reference() (string, bool) {
	if t.tok.kind != tokIRI {
		return "", t.expected("an IRI in '<' and '>'")
	}
	return t.absolute(t.tok.text)
}
