package sparql

import (
	"strings"

	"sett/graph/rdf"
)

// group is GroupGraphPattern [53].
func (p *parser) group() *groupPattern {
	p.enter()
	defer p.leave()
	defer func(was bool) { p.aggregates = was }(p.aggregates)
	p.aggregates = false
	start := p.tok.Start
	p.expect("{")
	g := &groupPattern{}
	if p.isWord("SELECT") {
		g.sub = p.subSelect()
		p.expect("}")
		g.Pos = p.since(start)
		return g
	}
	triplesMayFollow := true
	for !p.is("}") {
		at := p.tok.Start
		switch {
		case p.startsTriples() && triplesMayFollow:
			b := &triplesBlock{subjects: p.triplesList(true)}
			b.Pos = p.since(at)
			g.elements = append(g.elements, b)
			triplesMayFollow = false
			p.part()
			continue
		case p.startsTriples():
			p.want(".")
			p.unexpected()
		}
		g.elements = append(g.elements, p.notTriples())
		p.part()
		p.accept(".")
		triplesMayFollow = true
	}
	p.advance()
	g.Pos = p.since(start)
	return g
}

// notTriples is GraphPatternNotTriples [56].
func (p *parser) notTriples() element {
	start := p.tok.Start
	if p.is("{") {
		a := &alternatives{groups: []*groupPattern{p.group()}}
		for p.acceptWord("UNION") {
			p.part()
			a.groups = append(a.groups, p.group())
		}
		a.Pos = p.since(start)
		return a
	}
	word := ""
	if p.tok.kind == tWord {
		word = strings.ToUpper(p.tok.text)
	}
	switch word {
	case "OPTIONAL":
		p.advance()
		g := p.group()
		return &optionalElement{group: g, Pos: p.since(start)}
	case "MINUS":
		p.advance()
		g := p.group()
		return &minusElement{group: g, Pos: p.since(start)}
	case "GRAPH":
		p.advance()
		name := p.varOrIRI()
		g := p.group()
		return &graphElement{name: name, group: g, Pos: p.since(start)}
	case "SERVICE":
		p.advance()
		silent := p.acceptWord("SILENT")
		name := p.varOrIRI()
		g := p.group()
		return &serviceElement{silent: silent, name: name, group: g, Pos: p.since(start)}
	case "FILTER":
		p.advance()
		cond := p.constraint()
		return &filterElement{cond: cond, Pos: p.since(start)}
	case "BIND":
		p.advance()
		p.expect("(")
		b := &bindElement{expr: p.expression()}
		if !p.acceptWord("AS") {
			p.want("an operator")
			p.unexpected()
		}
		b.v, b.at = p.variable()
		p.expect(")")
		b.Pos = p.since(start)
		return b
	case "VALUES":
		p.advance()
		v := p.dataBlock()
		v.Pos = p.since(start)
		return &valuesElement{v}
	}
	p.want("a triple pattern", "{", "OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES", "}")
	p.unexpected()
	return nil
}

// dataBlock is DataBlock [62].
func (p *parser) dataBlock() *Values {
	values := &Values{}
	if p.tok.kind == tVar {
		v, _ := p.variable()
		values.Vars = []Var{v}
		p.expect("{")
		for !p.accept("}") {
			values.Rows = append(values.Rows, []rdf.Term{p.dataValue()})
		}
		return values
	}
	p.want("a variable")
	p.expect("(")
	seen := make(map[Var]bool)
	for !p.accept(")") {
		v, at := p.variable()
		if seen[v] {
			p.failAt(at.Start, v.String()+" is twice in the list of VALUES")
		}
		seen[v] = true
		values.Vars = append(values.Vars, v)
	}
	p.expect("{")
	for !p.accept("}") {
		start := p.tok.Start
		p.expect("(")
		row := make([]rdf.Term, 0, len(values.Vars))
		for !p.accept(")") {
			row = append(row, p.dataValue())
		}
		if len(row) != len(values.Vars) {
			p.failAt(start, "this row has "+count(len(row), "value")+" for "+count(len(values.Vars), "variable"))
		}
		values.Rows = append(values.Rows, row)
	}
	return values
}

// dataValue is DataBlockValue [65].
func (p *parser) dataValue() rdf.Term {
	if p.acceptWord("UNDEF") {
		return rdf.Term{}
	}
	switch {
	case p.tok.kind == tVar, p.tok.kind == tBlank, p.is("["):
		p.failAt(p.tok.Start, "VALUES holds IRIs, literals, triple terms and UNDEF, and neither variables nor blank nodes")
	case p.is("<<"):
		p.failHint(p.tok.Start, "a reified triple is no value", "<<( s p o )>>, with brackets, is a triple term")
	}
	return p.dataTerm()
}

// dataTerm is a constant: an IRI, a literal or TripleTermData.
func (p *parser) dataTerm() rdf.Term {
	switch {
	case p.isLiteral():
		return p.literal()
	case p.is("<<("):
		p.enter()
		defer p.leave()
		p.advance()
		s := rdf.NewIRI(p.iri())
		pred := rdf.NewIRI(p.pathIRI())
		o := p.dataTerm()
		p.expect(")>>")
		return rdf.NewTripleTerm(s, pred, o)
	}
	p.want("a literal", "<<(")
	return rdf.NewIRI(p.iri())
}
