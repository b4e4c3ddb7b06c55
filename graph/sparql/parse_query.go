package sparql

import (
	"math"
	"strconv"

	"sett/graph/rdf"
)

// query is QueryUnit [1].
func (p *parser) query() *queryTree {
	p.prologue()
	q := &queryTree{}
	start := p.tok.Start
	switch {
	case p.isWord("SELECT"):
		q.form = Select
		p.selectClause(&q.selectQuery)
		q.dataset = p.datasetClauses("FROM")
		q.where = p.whereClause()
	case p.isWord("CONSTRUCT"):
		q.form = Construct
		p.construct(q)
	case p.isWord("DESCRIBE"):
		q.form = Describe
		p.describe(q)
	case p.isWord("ASK"):
		q.form = Ask
		p.advance()
		q.dataset = p.datasetClauses("FROM")
		q.where = p.whereClause()
	case p.isUpdate():
		p.failHint(start, "this is an update, and a query is wanted here", "updates change the graph, and are not run where queries are")
	default:
		p.want("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
		p.unexpected()
	}
	p.modifiers(&q.selectQuery)
	q.values = p.valuesClause()
	q.Pos = p.since(start)
	if p.tok.kind != tEnd {
		p.want("the end of the query")
		p.unexpected()
	}
	q.base, q.version, q.prefixes = p.ownBase, p.version, p.prefixes
	return q
}

// isUpdate reports whether the token at hand starts an update operation.
func (p *parser) isUpdate() bool {
	for _, w := range updateWords {
		if p.isWord(w) {
			return true
		}
	}
	return false
}

// subSelect is SubSelect [8].
func (p *parser) subSelect() *selectQuery {
	q := &selectQuery{}
	start := p.tok.Start
	p.selectClause(q)
	q.where = p.whereClause()
	p.modifiers(q)
	q.values = p.valuesClause()
	q.Pos = p.since(start)
	return q
}

// selectClause is SelectClause [9].
func (p *parser) selectClause(q *selectQuery) {
	p.expectWord("SELECT")
	if q.distinct = p.acceptWord("DISTINCT"); !q.distinct {
		q.reduced = p.acceptWord("REDUCED")
	}
	if p.accept("*") {
		q.star = true
		return
	}
	for {
		switch {
		case p.tok.kind == tVar:
			v, at := p.variable()
			q.items = append(q.items, selectItem{v: v, at: at})
			continue
		case p.is("("):
			p.part()
			p.advance()
			p.aggregates = true
			e := p.expression()
			p.aggregates = false
			if !p.acceptWord("AS") {
				p.want("an operator")
				p.unexpected()
			}
			v, at := p.variable()
			p.expect(")")
			q.items = append(q.items, selectItem{v: v, expr: e, at: at})
			continue
		}
		p.want("a variable", "(")
		if len(q.items) == 0 {
			p.unexpected()
		}
		return
	}
}

// construct is ConstructQuery [10].
func (p *parser) construct(q *queryTree) {
	p.advance()
	if p.is("{") {
		q.template = p.template()
		q.dataset = p.datasetClauses("FROM")
		q.where = p.whereClause()
		return
	}
	p.want("{")
	q.dataset = p.datasetClauses("FROM")
	p.expectWord("WHERE")
	start := p.tok.Start
	q.short = true
	q.template = p.template()
	at := p.since(start)
	q.where = &groupPattern{Pos: at}
	if len(q.template) > 0 {
		q.where.elements = []element{&triplesBlock{subjects: q.template, Pos: at}}
	}
}

// template is ConstructTemplate [73].
func (p *parser) template() []triples {
	p.expect("{")
	all := p.triplesList(false)
	if !p.accept("}") {
		p.want("a triple")
		p.unexpected()
	}
	return all
}

// describe is DescribeQuery [11].
func (p *parser) describe(q *queryTree) {
	p.advance()
	if !p.accept("*") {
		for p.tok.kind == tVar || p.isIRI() {
			q.describe = append(q.describe, p.varOrIRI())
		}
		if len(q.describe) == 0 {
			p.want("a variable", "an IRI")
			p.unexpected()
		}
	}
	q.dataset = p.datasetClauses("FROM")
	if p.isWord("WHERE") || p.is("{") {
		q.where = p.whereClause()
	}
}

// datasetClauses is DatasetClause* [13] or UsingClause* of an update.
func (p *parser) datasetClauses(word string) Dataset {
	var d Dataset
	for p.acceptWord(word) {
		if p.acceptWord("NAMED") {
			d.FromNamed = append(d.FromNamed, rdf.NewIRI(p.iri()))
		} else {
			d.From = append(d.From, rdf.NewIRI(p.iri()))
		}
	}
	return d
}

// whereClause is WhereClause [17].
func (p *parser) whereClause() *groupPattern {
	p.acceptWord("WHERE")
	if !p.is("{") {
		p.want("{")
		p.unexpected()
	}
	return p.group()
}

// modifiers is SolutionModifier [18].
func (p *parser) modifiers(q *selectQuery) {
	q.limit = -1
	if p.acceptWord("GROUP") {
		p.expectWord("BY")
		p.groupConditions(q)
	}
	if p.acceptWord("HAVING") {
		p.aggregates = true
		for ok := true; ok; ok = p.startsConstraint() {
			p.part()
			q.having = append(q.having, p.constraint())
		}
		p.aggregates = false
	}
	if p.acceptWord("ORDER") {
		p.expectWord("BY")
		p.aggregates = true
		p.orderConditions(q)
		p.aggregates = false
	}
	limit, offset := false, false
	for {
		switch {
		case !limit && p.acceptWord("LIMIT"):
			limit = true
			q.limit = p.integer()
		case !offset && p.acceptWord("OFFSET"):
			offset = true
			q.offset = p.integer()
		default:
			return
		}
	}
}

func (p *parser) groupConditions(q *selectQuery) {
	for n := 0; ; n++ {
		start := p.tok.Start
		switch {
		case p.tok.kind == tVar:
			v, at := p.variable()
			q.groupBy = append(q.groupBy, groupCondition{expr: &ExprVar{Var: v, Pos: at}})
		case p.is("("):
			p.part()
			p.advance()
			c := groupCondition{expr: p.expression()}
			if p.acceptWord("AS") {
				c.v, c.at = p.variable()
			}
			p.expectAfterExpression(")")
			q.groupBy = append(q.groupBy, c)
		case p.startsConstraint():
			if p.isWord("NOT") || p.isWord("EXISTS") {
				p.failAt(start, "EXISTS must be in brackets here")
			}
			q.groupBy = append(q.groupBy, groupCondition{expr: p.constraint()})
		default:
			p.want("a variable", "(", "a function call")
			if n == 0 {
				p.unexpected()
			}
			return
		}
	}
}

func (p *parser) orderConditions(q *selectQuery) {
	for n := 0; ; n++ {
		switch {
		case p.isWord("ASC") || p.isWord("DESC"):
			desc := p.isWord("DESC")
			p.advance()
			q.orderBy = append(q.orderBy, OrderKey{Expr: p.bracketed(), Desc: desc})
		case p.tok.kind == tVar:
			v, at := p.variable()
			q.orderBy = append(q.orderBy, OrderKey{Expr: &ExprVar{Var: v, Pos: at}})
		case p.startsConstraint():
			q.orderBy = append(q.orderBy, OrderKey{Expr: p.constraint()})
		default:
			p.want("a variable", "ASC", "DESC", "(", "a function call")
			if n == 0 {
				p.unexpected()
			}
			return
		}
	}
}

// integer is INTEGER; one that is too large means as many as there are.
func (p *parser) integer() int64 {
	if p.tok.kind != tNumber || !isDigit(p.tok.text[0]) || numberType(p.tok.text) != rdf.XSDInteger {
		p.want("a number of solutions")
		p.unexpected()
	}
	n, err := strconv.ParseInt(p.advance().text, 10, 64)
	if err != nil {
		return math.MaxInt64
	}
	return n
}

// valuesClause is ValuesClause [28].
func (p *parser) valuesClause() *Values {
	start := p.tok.Start
	if !p.acceptWord("VALUES") {
		return nil
	}
	v := p.dataBlock()
	v.Pos = p.since(start)
	return v
}

// count is a number and what it counts.
func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
