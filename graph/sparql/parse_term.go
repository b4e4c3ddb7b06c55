package sparql

import (
	"maps"
	"slices"
	"strings"

	"sett/graph/rdf"
)

// isIRI reports whether the token at hand is an IRI, abbreviated or not.
func (p *parser) isIRI() bool { return p.tok.kind == tIRI || p.tok.kind == tName }

// iri is iri [136], resolved or expanded.
func (p *parser) iri() string {
	switch p.tok.kind {
	case tIRI:
		t := p.advance()
		iri := resolve(p.base, t.value)
		if split(iri).scheme == "" {
			p.warn(t.Pos, "the IRI <"+t.value+"> is relative, and there is no BASE")
		}
		return iri
	case tName:
		return p.name(p.advance())
	}
	p.want("an IRI")
	p.unexpected()
	return ""
}

// name expands a prefixed name.
func (p *parser) name(t token) string {
	prefix, local, _ := strings.Cut(t.text, ":")
	ns, ok := p.prefixes.Namespace(prefix)
	if !ok && !p.anyPrefix {
		p.failHint(t.Start, "the prefix "+prefix+": is not declared", p.prefixHint(prefix))
	}
	if strings.IndexByte(local, '\\') < 0 {
		return ns + local
	}
	b := append(make([]byte, 0, len(ns)+len(local)), ns...)
	for i := 0; i < len(local); i++ {
		if local[i] == '\\' {
			i++
		}
		b = append(b, local[i])
	}
	return string(b)
}

// prefixHint says what an undeclared prefix could have been.
func (p *parser) prefixHint(prefix string) string {
	if ns, ok := knownPrefixes[prefix]; ok {
		return "did you forget PREFIX " + prefix + ": <" + ns + "> ?"
	}
	declared := func(yield func(string) bool) {
		for name := range p.prefixes.All() {
			if name != "" && !yield(name) {
				return
			}
		}
	}
	if near := Nearest(prefix, declared); near != "" {
		return "did you mean " + near + ":?"
	}
	if near := Nearest(prefix, slices.Values(slices.Sorted(maps.Keys(knownPrefixes)))); near != "" {
		return "did you mean " + near + ": (PREFIX " + near + ": <" + knownPrefixes[near] + ">)?"
	}
	switch prefix {
	case "http", "https", "urn":
		return "an IRI stands in <>"
	case "":
		return "declare the empty prefix: PREFIX : <…>"
	}
	return "declare it: PREFIX " + prefix + ": <…>"
}

// isLiteral reports whether the token at hand starts a literal.
func (p *parser) isLiteral() bool {
	return p.tok.kind == tString || p.tok.kind == tNumber || p.isWord("true") || p.isWord("false")
}

// literal is RDFLiteral [129], NumericLiteral [130] or BooleanLiteral [134].
func (p *parser) literal() rdf.Term {
	t := p.advance()
	switch t.kind {
	case tNumber:
		return rdf.NewLiteral(t.text, numberType(t.text))
	case tWord:
		return rdf.NewBoolean(strings.EqualFold(t.text, "true"))
	}
	switch {
	case p.tok.kind == tLang:
		lang, dir, _ := strings.Cut(p.advance().value, "--")
		switch dir {
		case "ltr":
			return rdf.NewDirLangString(t.value, lang, rdf.LTR)
		case "rtl":
			return rdf.NewDirLangString(t.value, lang, rdf.RTL)
		}
		return rdf.NewLangString(t.value, lang)
	case p.accept("^^"):
		return rdf.NewLiteral(t.value, p.iri())
	}
	return rdf.NewString(t.value)
}

func numberType(text string) string {
	switch {
	case strings.ContainsAny(text, "eE"):
		return rdf.XSDDouble
	case strings.Contains(text, "."):
		return rdf.XSDDecimal
	}
	return rdf.XSDInteger
}

// variable is Var [108].
func (p *parser) variable() (Var, Pos) {
	if p.tok.kind != tVar {
		p.want("a variable")
		p.unexpected()
	}
	t := p.advance()
	return Var(t.value), t.Pos
}

// varOrIRI is VarOrIri [107].
func (p *parser) varOrIRI() PatternTerm {
	start := p.tok.Start
	if p.tok.kind == tVar {
		v, at := p.variable()
		return PatternTerm{Var: v, Pos: at}
	}
	p.want("a variable")
	t := rdf.NewIRI(p.iri())
	return PatternTerm{Term: t, Pos: p.since(start)}
}

// verb is Verb [78]: a variable, an IRI or a.
func (p *parser) verb() PatternTerm {
	if p.isA() {
		t := p.advance()
		return PatternTerm{Term: rdf.NewIRI(rdf.RDFType), Pos: t.Pos}
	}
	p.want("a")
	return p.varOrIRI()
}

// isA reports whether the token at hand is the keyword a, the only one that knows case.
func (p *parser) isA() bool { return p.tok.kind == tWord && p.tok.text == "a" }
