package sparql

import (
	"slices"
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// translator turns a syntax tree into the algebra, SPARQL 1.1 §18.2, and enforces the rules of scope on the way. It fails as the
// parser does.
type translator struct {
	*parser
	fresh  int            // the last hidden variable or blank node made
	bgps   int            // the last basic graph pattern begun
	labels map[string]int // label → the basic graph pattern that it is in
	anon   string         // what labels of new blank nodes start with; no label of the text does
	outer  []*scope       // scopes that the pattern of an EXISTS is substituted from
}

func (p *parser) newTranslator() *translator {
	t := &translator{parser: p, labels: make(map[string]int), anon: "anon"}
	for strings.Contains(p.lex.text, "_:"+t.anon) {
		t.anon += "x"
	}
	return t
}

// variable returns a new hidden variable.
func (t *translator) newVar() Var {
	t.fresh++
	return Var("_:." + strconv.Itoa(t.fresh))
}

// newBlank returns a new blank node for a template.
func (t *translator) newBlank() rdf.Term {
	t.fresh++
	return rdf.NewBlank(t.anon + strconv.Itoa(t.fresh))
}

// translateQuery is §18.2 for a whole query.
func (p *parser) translateQuery(tree *queryTree) *Query {
	t := p.newTranslator()
	q := &Query{Form: tree.form, Dataset: tree.dataset, Prefixes: tree.prefixes, Base: p.base, Version: tree.version, tree: tree}
	if tree.where == nil {
		tree.where = &groupPattern{}
		defer func() { tree.where = nil }()
	}
	node, vars, visible := t.solutions(&tree.selectQuery, tree.form)
	q.Where = node
	switch tree.form {
	case Select:
		q.Vars = vars
	case Construct:
		for _, quad := range t.template([]quads{{triples: tree.template}}, templateRules{}) {
			q.Template = append(q.Template, quad)
			t.checkTemplate(quad, visible)
		}
	case Describe:
		q.Describe = tree.describe
		for _, d := range tree.describe {
			if d.IsVar() && !visible.has[d.Var] {
				t.warn(d.Pos, d.Var.String()+" is described, but nothing in the pattern binds it")
			}
		}
		if len(tree.describe) == 0 {
			for _, v := range visible.order {
				q.Describe = append(q.Describe, PatternTerm{Var: v})
			}
		}
	}
	q.Warnings = t.sorted()
	return q
}

// sorted returns the warnings by place.
func (p *parser) sorted() []Warning {
	slices.SortStableFunc(p.warnings, func(a, b Warning) int { return a.Start - b.Start })
	return p.warnings
}

// checkTemplate warns of variables of a template that nothing binds.
func (t *translator) checkTemplate(q QuadPattern, visible *scope) {
	var check func(PatternTerm)
	check = func(x PatternTerm) {
		if x.IsVar() && !visible.has[x.Var] {
			t.warn(x.Pos, x.Var.String()+" is in the template, but nothing in the pattern binds it")
		}
		if x.Triple != nil {
			check(x.Triple.S)
			check(x.Triple.P)
			check(x.Triple.O)
		}
	}
	check(q.S)
	check(q.P)
	check(q.O)
	check(q.G)
}

// expr copies an expression of the syntax tree and translates the patterns in it. The variables that it may use are
// those in scope; others are warned of, but not refused: they are just unbound.
func (t *translator) expr(e Expr, in *scope) Expr {
	return rewrite(e, func(e Expr) Expr {
		switch e := e.(type) {
		case *ExprVar:
			t.checkBound(e, in)
		case *ExprExists:
			t.outer = append(t.outer, in)
			node, _ := t.group(e.group)
			t.outer = t.outer[:len(t.outer)-1]
			return &ExprExists{Pattern: node, Not: e.Not, Pos: e.Pos, group: e.group}
		}
		return e
	})
}

// checkBound warns of a variable of an expression that can never be bound.
func (t *translator) checkBound(e *ExprVar, in *scope) {
	if in.has[e.Var] || e.Var.Hidden() {
		return
	}
	for _, s := range t.outer {
		if s.has[e.Var] {
			return
		}
	}
	t.warn(e.Pos, e.Var.String()+" can never be bound here: nothing in this group binds it")
}

// rewrite copies an expression: replace is called with the copy of each part, inside first, and what it returns takes the part's place.
// The patterns of EXISTS are not entered.
func rewrite(e Expr, replace func(Expr) Expr) Expr {
	list := func(all []Expr) []Expr {
		out := make([]Expr, len(all))
		for i, a := range all {
			out[i] = rewrite(a, replace)
		}
		return out
	}
	switch old := e.(type) {
	case nil:
		return nil
	case *ExprUnary:
		c := *old
		c.Arg = rewrite(c.Arg, replace)
		e = &c
	case *ExprBinary:
		c := *old
		c.L, c.R = rewrite(c.L, replace), rewrite(c.R, replace)
		e = &c
	case *ExprCall:
		c := *old
		c.Args = list(c.Args)
		e = &c
	case *ExprIn:
		c := *old
		c.Arg, c.List = rewrite(c.Arg, replace), list(c.List)
		e = &c
	}
	return replace(e)
}

// filter puts conditions around a node, the first innermost.
func filter(n Node, conds []Expr) Node {
	for _, c := range conds {
		n = &Filter{Input: n, Cond: c}
	}
	return n
}

// join is Join(l, r) with the simplification of §18.2.2.8.
func join(l, r Node) Node {
	if isUnit(l) {
		return r
	}
	if isUnit(r) {
		return l
	}
	return &Join{L: l, R: r}
}

// isUnit reports whether a node is the empty group.
func isUnit(n Node) bool {
	b, ok := n.(*BGP)
	return ok && len(b.Patterns) == 0
}
