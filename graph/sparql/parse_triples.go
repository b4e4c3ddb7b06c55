package sparql

import "sett/graph/rdf"

// startsTriples reports whether the token at hand can start a subject.
func (p *parser) startsTriples() bool {
	switch p.tok.kind {
	case tVar, tIRI, tName, tString, tNumber, tBlank:
		return true
	case tMark:
		return p.is("(") || p.is("[") || p.is("<<") || p.is("<<(")
	}
	return p.isLiteral()
}

// triplesList is TriplesBlock [55] (paths allowed) or TriplesTemplate [52].
func (p *parser) triplesList(paths bool) []triples {
	var all []triples
	for p.startsTriples() {
		all = append(all, p.triples(paths))
		if !p.accept(".") {
			break
		}
	}
	return all
}

// triples is TriplesSameSubjectPath [81] or TriplesSameSubject [75].
func (p *parser) triples(paths bool) triples {
	start := p.tok.Start
	t := triples{subject: p.node(paths)}
	optional := false
	switch s := t.subject.(type) {
	case *collection:
		optional = len(s.items) > 0
	case *blankProperties, *reified:
		optional = true
	}
	if p.startsVerb(paths) || !optional {
		t.properties = p.properties(paths)
	}
	t.Pos = p.since(start)
	return t
}

func (p *parser) startsVerb(paths bool) bool {
	if p.tok.kind == tVar || p.isIRI() || p.isA() {
		return true
	}
	return paths && (p.is("^") || p.is("!") || p.is("("))
}

// properties is PropertyListNotEmpty [77] or PropertyListPathNotEmpty [83].
func (p *parser) properties(paths bool) []property {
	var all []property
	for {
		if !p.startsVerb(paths) {
			if p.want("a predicate"); paths {
				p.want("a property path")
			}
			p.unexpected()
		}
		all = append(all, p.property(paths))
		semicolon := false
		for p.accept(";") {
			semicolon = true
		}
		if !semicolon || !p.startsVerb(paths) {
			return all
		}
	}
}

func (p *parser) property(paths bool) property {
	var v property
	start := p.tok.Start
	if p.tok.kind == tVar || !paths {
		v.verb = p.verb()
		if v.verb.IsTerm() {
			v.path, v.verb = &PathIRI{IRI: v.verb.Term.Value(), Pos: v.verb.Pos}, PatternTerm{}
		}
	} else {
		v.path = p.path()
	}
	_, simple := v.path.(*PathIRI)
	simple = simple || v.path == nil
	if !simple {
		p.part()
	}
	for {
		o := object{node: p.node(paths)}
		for p.is("~") || p.is("{|") {
			if !simple {
				p.failAt(p.tok.Start, "only a triple can be annotated, and a property path ("+p.lex.text[start:v.path.Range().End]+") makes none")
			}
			o.annotations = append(o.annotations, p.annotation(paths))
		}
		v.objects = append(v.objects, o)
		p.want("~", "{|")
		if !p.accept(",") {
			return v
		}
	}
}

// annotation is a part of Annotation: a reifier or an annotation block.
func (p *parser) annotation(paths bool) annotation {
	start := p.tok.Start
	if r := p.optionalReifier(); r != nil {
		return annotation{reifier: r, Pos: r.Pos}
	}
	p.enter()
	p.expect("{|")
	a := annotation{properties: p.properties(paths)}
	p.expect("|}")
	p.leave()
	a.Pos = p.since(start)
	return a
}

// optionalReifier is Reifier, if there is one.
func (p *parser) optionalReifier() *reifier {
	start := p.tok.Start
	if !p.accept("~") {
		return nil
	}
	r := &reifier{}
	if p.tok.kind == tVar || p.isIRI() || p.tok.kind == tBlank || p.is("[") {
		r.id = p.leaf()
	}
	r.Pos = p.since(start)
	return r
}

// node is GraphNode [104] or GraphNodePath [105].
func (p *parser) node(paths bool) node {
	start := p.tok.Start
	switch {
	case p.is("("):
		p.enter()
		defer p.leave()
		p.advance()
		c := &collection{}
		for !p.accept(")") {
			c.items = append(c.items, p.node(paths))
		}
		c.Pos = p.since(start)
		return c
	case p.is("[") && p.peek().text != "]":
		p.enter()
		defer p.leave()
		p.advance()
		b := &blankProperties{properties: p.properties(paths)}
		p.expect("]")
		b.Pos = p.since(start)
		return b
	case p.is("<<"):
		return p.reified()
	case p.is("<<("):
		return p.tripleTerm()
	}
	return p.leaf()
}

// leaf is a variable, an IRI, a literal or a blank node.
func (p *parser) leaf() *leaf {
	t := PatternTerm{Pos: p.tok.Pos}
	switch {
	case p.tok.kind == tVar:
		t.Var, _ = p.variable()
	case p.isIRI():
		t.Term = rdf.NewIRI(p.iri())
	case p.isLiteral():
		t.Term = p.literal()
	case p.tok.kind == tBlank:
		t.Term = rdf.NewBlank(p.advance().value)
	case p.is("["):
		p.advance()
		p.expect("]")
		t.Term = rdf.NewBlank("")
	default:
		p.want("a variable", "an IRI", "a literal", "a blank node")
		p.unexpected()
	}
	t.End = p.end
	return &leaf{t}
}

// reified is ReifiedTriple.
func (p *parser) reified() node {
	p.enter()
	defer p.leave()
	start := p.tok.Start
	p.expect("<<")
	r := &reified{s: p.reifiedPart(), p: p.verb(), o: p.reifiedPart()}
	r.reifier = p.optionalReifier()
	p.expect(">>")
	r.Pos = p.since(start)
	return r
}

// reifiedPart is ReifiedTripleSubject or ReifiedTripleObject.
func (p *parser) reifiedPart() node {
	if p.is("<<") {
		return p.reified()
	}
	return p.termPart()
}

// tripleTerm is TripleTerm.
func (p *parser) tripleTerm() node {
	p.enter()
	defer p.leave()
	start := p.tok.Start
	p.expect("<<(")
	t := &tripleTerm{s: p.termPart(), p: p.verb(), o: p.termPart()}
	p.expect(")>>")
	t.Pos = p.since(start)
	return t
}

// termPart is TripleTermSubject or TripleTermObject.
func (p *parser) termPart() node {
	if p.is("<<(") {
		return p.tripleTerm()
	}
	return p.leaf()
}
