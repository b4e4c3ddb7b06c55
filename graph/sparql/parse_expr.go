package sparql

import (
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// binaryOps finds the operators of two operands by their text.
var binaryOps = map[string]Op{
	"||": OpOr, "&&": OpAnd, "=": OpEqual, "!=": OpNotEqual, "<": OpLess, ">": OpGreater, "<=": OpLessEqual, ">=": OpGreaterEqual,
	"+": OpAdd, "-": OpSubtract, "*": OpMultiply, "/": OpDivide,
}

// expression is Expression [110].
func (p *parser) expression() Expr {
	p.enter()
	defer p.leave()
	return p.operators(p.unary(), 1)
}

// operators goes on after a left operand with the operators that bind at least as tightly as lowest: precedence
// climbing over [111] to [117]. most falls as operators are seen; it makes comparisons, which do not chain, refuse a
// second one.
func (p *parser) operators(left Expr, lowest int) Expr {
	start := left.Range().Start
	comparison := operators[OpEqual].precedence
	sum, product := operators[OpAdd].precedence, operators[OpMultiply].precedence
	most := product
	fits := func(precedence int) bool { return lowest <= precedence && precedence <= most }
	for {
		switch {
		case p.tok.kind == tMark:
			op, ok := binaryOps[p.tok.text]
			if !ok || !fits(operators[op].precedence) {
				return left
			}
			precedence := operators[op].precedence
			p.part()
			p.advance()
			right := p.operators(p.unary(), precedence+1)
			left = &ExprBinary{Op: op, L: left, R: right, Pos: p.since(start)}
			if most = precedence; precedence == comparison {
				most--
			}
		case p.tok.kind == tNumber && (p.tok.text[0] == '+' || p.tok.text[0] == '-') && fits(sum):
			// "?x -1" is a subtraction though its sign is the number's, [116].
			p.part()
			t := p.advance()
			op := OpAdd
			if t.text[0] == '-' {
				op = OpSubtract
			}
			number := &ExprTerm{Term: rdf.NewLiteral(t.text[1:], numberType(t.text)), Pos: Pos{t.Start + 1, t.End}}
			right := p.operators(number, product)
			left = &ExprBinary{Op: op, L: left, R: right, Pos: p.since(start)}
			most = sum
		case (p.isWord("IN") || p.isWord("NOT")) && fits(comparison):
			p.part()
			in := &ExprIn{Arg: left, Not: p.isWord("NOT")}
			if p.advance(); in.Not {
				p.expectWord("IN")
			}
			in.List = p.expressionList()
			in.Pos = p.since(start)
			left, most = in, comparison-1
		default:
			return left
		}
	}
}

// expressionList is ExpressionList [72].
func (p *parser) expressionList() []Expr {
	p.expect("(")
	if p.accept(")") {
		return nil
	}
	all := []Expr{p.expression()}
	for p.accept(",") {
		all = append(all, p.expression())
	}
	p.expect(")")
	return all
}

// unary is UnaryExpression [118].
func (p *parser) unary() Expr {
	start := p.tok.Start
	switch {
	case p.is("!"):
		p.enter()
		defer p.leave()
		p.advance()
		arg := p.unary()
		return &ExprUnary{Op: OpNot, Arg: arg, Pos: p.since(start)}
	case p.is("-"):
		p.advance()
		arg := p.primary()
		return &ExprUnary{Op: OpMinus, Arg: arg, Pos: p.since(start)}
	case p.is("+"):
		p.advance()
		arg := p.primary()
		return &ExprUnary{Op: OpPlus, Arg: arg, Pos: p.since(start)}
	}
	return p.primary()
}

// primary is PrimaryExpression [119].
func (p *parser) primary() Expr {
	start := p.tok.Start
	switch {
	case p.is("("):
		return p.bracketed()
	case p.is("<<("):
		return p.exprTripleTerm()
	case p.tok.kind == tVar:
		v, at := p.variable()
		return &ExprVar{Var: v, Pos: at}
	case p.isLiteral():
		t := p.literal()
		return &ExprTerm{Term: t, Pos: p.since(start)}
	case p.isIRI():
		iri := p.iri()
		if p.is("(") {
			return p.iriCall(iri, start)
		}
		return &ExprTerm{Term: rdf.NewIRI(iri), Pos: p.since(start)}
	case p.tok.kind == tWord:
		return p.builtIn()
	}
	switch {
	case p.is("<<"):
		p.failHint(start, "a reified triple is no value", "<<( s p o )>>, with brackets, is a triple term")
	case p.is("["), p.tok.kind == tBlank:
		p.failHint(start, "a blank node is no value: it would be a variable that nothing binds", "BNODE() makes a new blank node")
	}
	p.want("an expression")
	p.unexpected()
	return nil
}

// bracketed is BrackettedExpression [120].
func (p *parser) bracketed() Expr {
	p.expect("(")
	e := p.expression()
	p.expectAfterExpression(")")
	return e
}

// expectAfterExpression is expect, with an operator as the other thing that could follow.
func (p *parser) expectAfterExpression(mark string) {
	if !p.accept(mark) {
		p.want("an operator")
		p.unexpected()
	}
}

// exprTripleTerm is ExprTripleTerm: a constant, or a call of TRIPLE.
func (p *parser) exprTripleTerm() Expr {
	p.enter()
	defer p.leave()
	start := p.tok.Start
	p.expect("<<(")
	var args [3]Expr
	part := func(i int, literal bool) {
		at := p.tok.Start
		switch {
		case p.tok.kind == tVar:
			v, pos := p.variable()
			args[i] = &ExprVar{Var: v, Pos: pos}
		case literal && p.isLiteral():
			args[i] = &ExprTerm{Term: p.literal(), Pos: p.since(at)}
		case literal && p.is("<<("):
			args[i] = p.exprTripleTerm()
		case i == 1 && p.isA():
			p.advance()
			args[i] = &ExprTerm{Term: rdf.NewIRI(rdf.RDFType), Pos: p.since(at)}
		default:
			if p.want("a variable"); literal {
				p.want("a literal", "a triple term")
			}
			args[i] = &ExprTerm{Term: rdf.NewIRI(p.iri()), Pos: p.since(at)}
		}
	}
	part(0, false)
	part(1, false)
	part(2, true)
	p.expect(")>>")
	var terms [3]rdf.Term
	for i, a := range args {
		if t, ok := a.(*ExprTerm); ok {
			terms[i] = t.Term
			continue
		}
		return &ExprCall{Name: "TRIPLE", Args: args[:], Pos: p.since(start)}
	}
	return &ExprTerm{Term: rdf.NewTripleTerm(terms[0], terms[1], terms[2]), Pos: p.since(start)}
}

// iriCall is the ArgList [71] of a function that an IRI names.
func (p *parser) iriCall(iri string, start int) Expr {
	call := &ExprCall{IRI: iri}
	p.expect("(")
	if !p.accept(")") {
		call.Distinct = p.acceptWord("DISTINCT")
		call.Args = append(call.Args, p.expression())
		for p.accept(",") {
			call.Args = append(call.Args, p.expression())
		}
		p.expectAfterExpression(")")
	}
	call.Pos = p.since(start)
	return call
}

// builtIn is BuiltInCall [121].
func (p *parser) builtIn() Expr {
	start := p.tok.Start
	switch {
	case p.isWord("EXISTS"):
		p.advance()
		return p.exists(start, false)
	case p.isWord("NOT"):
		p.advance()
		p.expectWord("EXISTS")
		return p.exists(start, true)
	}
	f, ok := functionIndex[strings.ToUpper(p.tok.text)]
	if !ok {
		if p.peek().text == "(" {
			p.failHint(start, "there is no function "+p.tok.text, unknownFunctionHint(p.tok.text))
		}
		p.want("an expression")
		p.unexpected()
	}
	if f.Aggregate {
		return p.aggregate(f)
	}
	p.advance()
	call := &ExprCall{Name: f.Key()}
	p.expect("(")
	if f.Key() == "BOUND" {
		v, at := p.variable()
		call.Args = []Expr{&ExprVar{Var: v, Pos: at}}
		p.expect(")")
	} else if !p.accept(")") {
		call.Args = append(call.Args, p.expression())
		for p.accept(",") {
			call.Args = append(call.Args, p.expression())
		}
		p.expectAfterExpression(")")
	}
	call.Pos = p.since(start)
	if n := len(call.Args); n < f.Min || f.Max >= 0 && n > f.Max {
		p.failAt(start, f.Name+" takes "+arity(*f)+", not "+strconv.Itoa(n))
	}
	return call
}

// arity says how many arguments a function takes.
func arity(f Function) string {
	var s string
	switch {
	case f.Max < 0:
		s = strconv.Itoa(f.Min) + " or more"
	case f.Min == f.Max && f.Max == 0:
		return "no arguments"
	case f.Min == f.Max:
		s = strconv.Itoa(f.Min)
	default:
		s = strconv.Itoa(f.Min) + " or " + strconv.Itoa(f.Max)
	}
	if f.Max == 1 {
		return s + " argument"
	}
	return s + " arguments"
}

// exists is what follows EXISTS [125].
func (p *parser) exists(start int, not bool) Expr {
	e := &ExprExists{Not: not}
	e.group = p.group()
	e.Pos = p.since(start)
	return e
}

// aggregate is Aggregate [127].
func (p *parser) aggregate(f *Function) Expr {
	if !p.aggregates {
		p.failHint(p.tok.Start, "the aggregate "+f.Name+" cannot stand here",
			"aggregates belong in SELECT, HAVING and ORDER BY, and not inside another aggregate")
	}
	p.aggregates = false
	defer func() { p.aggregates = true }()
	a := &ExprAggregate{Func: f.Key()}
	start := p.advance().Start
	p.expect("(")
	a.Distinct = p.acceptWord("DISTINCT")
	if f.Min > 0 || !p.accept("*") {
		a.Arg = p.expression()
	}
	if a.Func == "GROUP_CONCAT" && p.accept(";") {
		p.expectWord("SEPARATOR")
		p.expect("=")
		if p.tok.kind != tString {
			p.want("a string")
			p.unexpected()
		}
		s := p.advance().value
		a.Separator = &s
	}
	p.expectAfterExpression(")")
	a.Pos = p.since(start)
	return a
}

// startsConstraint reports whether the token at hand starts a Constraint.
func (p *parser) startsConstraint() bool {
	return p.is("(") || p.isIRI() || p.tok.kind == tWord && (functionIndex[strings.ToUpper(p.tok.text)] != nil ||
		p.isWord("EXISTS") || p.isWord("NOT") || p.peek().text == "(" && !isKeyword(p.tok.text))
}

// constraint is Constraint [69].
func (p *parser) constraint() Expr {
	switch {
	case p.is("("):
		return p.bracketed()
	case p.isIRI():
		start := p.tok.Start
		iri := p.iri()
		if !p.is("(") {
			p.want("(")
			p.unexpected()
		}
		return p.iriCall(iri, start)
	case p.startsConstraint():
		return p.builtIn()
	}
	p.want("a condition in brackets", "a function call", "EXISTS", "NOT EXISTS")
	p.unexpected()
	return nil
}
