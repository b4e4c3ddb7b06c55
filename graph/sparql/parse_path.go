package sparql

import "sett/graph/rdf"

// path is Path [88]: alternatives of sequences.
func (p *parser) path() PathExpr {
	start := p.tok.Start
	first := p.pathSequence()
	if !p.is("|") {
		return first
	}
	alt := &Alt{Paths: flatten[*Alt](nil, first)}
	for p.accept("|") {
		alt.Paths = flatten[*Alt](alt.Paths, p.pathSequence())
	}
	alt.Pos = p.since(start)
	return alt
}

// pathSequence is PathSequence [90].
func (p *parser) pathSequence() PathExpr {
	start := p.tok.Start
	first := p.pathStep()
	if !p.is("/") {
		return first
	}
	seq := &Seq{Paths: flatten[*Seq](nil, first)}
	for p.accept("/") {
		p.part()
		seq.Paths = flatten[*Seq](seq.Paths, p.pathStep())
	}
	seq.Pos = p.since(start)
	return seq
}

// flatten appends a path, or the parts of one of the same kind: both operators are associative.
func flatten[T PathExpr](paths []PathExpr, e PathExpr) []PathExpr {
	if same, ok := e.(T); ok {
		switch same := PathExpr(same).(type) {
		case *Seq:
			return append(paths, same.Paths...)
		case *Alt:
			return append(paths, same.Paths...)
		}
	}
	return append(paths, e)
}

// pathStep is PathEltOrInverse [92] with PathElt [91].
func (p *parser) pathStep() PathExpr {
	start := p.tok.Start
	if p.is("^") {
		p.advance()
		inner := p.pathElement()
		return &Inverse{Path: inner, Pos: p.since(start)}
	}
	return p.pathElement()
}

func (p *parser) pathElement() PathExpr {
	start := p.tok.Start
	e := p.pathPrimary()
	switch {
	case p.is("*"):
		p.advance()
		return &ZeroOrMore{Path: e, Pos: p.since(start)}
	case p.is("+"):
		p.advance()
		return &OneOrMore{Path: e, Pos: p.since(start)}
	case p.is("?"):
		p.advance()
		return &ZeroOrOne{Path: e, Pos: p.since(start)}
	}
	return e
}

// pathPrimary is PathPrimary [94].
func (p *parser) pathPrimary() PathExpr {
	start := p.tok.Start
	switch {
	case p.is("("):
		p.enter()
		defer p.leave()
		p.advance()
		e := p.path()
		p.expect(")")
		return e
	case p.is("!"):
		p.advance()
		return p.negatedSet(start)
	}
	p.want("(", "!", "^")
	return &PathIRI{IRI: p.pathIRI(), Pos: p.since(start)}
}

// negatedSet is PathNegatedPropertySet [95], after its !.
func (p *parser) negatedSet(start int) PathExpr {
	set := &NegatedSet{}
	one := func() {
		if p.accept("^") {
			set.Inverse = append(set.Inverse, p.pathIRI())
		} else {
			set.Forward = append(set.Forward, p.pathIRI())
		}
	}
	if !p.accept("(") {
		one()
	} else if !p.accept(")") {
		one()
		for p.accept("|") {
			one()
		}
		p.expect(")")
	}
	set.Pos = p.since(start)
	return set
}

func (p *parser) pathIRI() string {
	if p.isA() {
		p.advance()
		return rdf.RDFType
	}
	p.want("a")
	return p.iri()
}
