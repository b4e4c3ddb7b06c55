package plan

import (
	"maps"
	"slices"

	"sett/graph/sparql"
)

// nameSet is a set of variable names.
type nameSet map[sparql.Var]bool

// slotsOf returns the slots of some names; those that are new are given in the order of the names, so that a query has one plan.
func (b *builder) slotsOf(names nameSet) VarSet {
	var v VarSet
	for _, name := range slices.Sorted(maps.Keys(names)) {
		v.Add(b.slot(name))
	}
	return v
}

// visibleVars returns every variable that a node mentions anywhere, but for those inside subqueries that do not project
// them: what an outer solution can be substituted for (SPARQL 1.1 §18.6).
func visibleVars(n sparql.Node) nameSet {
	s := nameSet{}
	s.node(n)
	return s
}

func (s nameSet) node(n sparql.Node) {
	switch n := n.(type) {
	case *sparql.BGP:
		for i := range n.Patterns {
			s.triple(&n.Patterns[i])
		}
	case *sparql.Path:
		s.term(n.S)
		s.term(n.O)
	case *sparql.Join:
		s.node(n.L)
		s.node(n.R)
	case *sparql.LeftJoin:
		s.node(n.L)
		s.node(n.R)
		s.expr(n.Cond)
	case *sparql.Filter:
		s.node(n.Input)
		s.expr(n.Cond)
	case *sparql.Union:
		s.node(n.L)
		s.node(n.R)
	case *sparql.Minus:
		s.node(n.L)
		s.node(n.R)
	case *sparql.Extend:
		s.node(n.Input)
		s.expr(n.Expr)
		s[n.Var] = true
	case *sparql.Values:
		for _, v := range n.Vars {
			s[v] = true
		}
	case *sparql.Graph:
		s.term(n.Name)
		s.node(n.Input)
	case *sparql.Service:
		s.term(n.Name)
		s.node(n.Input)
	case *sparql.Group:
		for _, k := range n.Keys {
			s[k.Var] = true
		}
		for _, a := range n.Aggregates {
			s[a.Var] = true
		}
	case *sparql.OrderBy:
		s.node(n.Input)
	case *sparql.Project:
		for _, v := range n.Vars {
			s[v] = true
		}
	case *sparql.Distinct:
		s.node(n.Input)
	case *sparql.Reduced:
		s.node(n.Input)
	case *sparql.Slice:
		s.node(n.Input)
	}
}

func (s nameSet) term(t sparql.PatternTerm) {
	if t.IsVar() {
		s[t.Var] = true
	}
	if t.Triple != nil {
		s.triple(t.Triple)
	}
}

func (s nameSet) triple(t *sparql.TriplePattern) {
	s.term(t.S)
	s.term(t.P)
	s.term(t.O)
}

// expr adds the variables of an expression; those of a pattern in EXISTS too.
func (s nameSet) expr(x sparql.Expr) {
	walkExpr(x, func(x sparql.Expr) {
		switch x := x.(type) {
		case *sparql.ExprVar:
			s[x.Var] = true
		case *sparql.ExprExists:
			s.node(x.Pattern)
		}
	})
}

// walkExpr calls visit for an expression and all its parts; not for what is inside EXISTS.
func walkExpr(x sparql.Expr, visit func(sparql.Expr)) {
	if x == nil {
		return
	}
	visit(x)
	switch x := x.(type) {
	case *sparql.ExprUnary:
		walkExpr(x.Arg, visit)
	case *sparql.ExprBinary:
		walkExpr(x.L, visit)
		walkExpr(x.R, visit)
	case *sparql.ExprCall:
		for _, a := range x.Args {
			walkExpr(a, visit)
		}
	case *sparql.ExprIn:
		walkExpr(x.Arg, visit)
		for _, a := range x.List {
			walkExpr(a, visit)
		}
	}
}

// hasExists reports whether an expression contains EXISTS.
func hasExists(x sparql.Expr) bool {
	found := false
	walkExpr(x, func(x sparql.Expr) {
		if _, ok := x.(*sparql.ExprExists); ok {
			found = true
		}
	})
	return found
}

// isVolatile reports whether an expression may have another value the next time: it must stay where it is.
func isVolatile(x sparql.Expr) bool {
	found := false
	walkExpr(x, func(x sparql.Expr) {
		if c, ok := x.(*sparql.ExprCall); ok {
			switch c.Name {
			case "RAND", "UUID", "STRUUID", "BNODE":
				found = true
			}
		}
	})
	return found
}

// sureVars returns variables that each solution of a node binds. It may leave some out.
func sureVars(n sparql.Node) nameSet {
	switch n := n.(type) {
	case *sparql.BGP, *sparql.Path:
		return visibleVars(n)
	case *sparql.Join:
		return both(sureVars(n.L), sureVars(n.R))
	case *sparql.LeftJoin:
		return sureVars(n.L)
	case *sparql.Minus:
		return sureVars(n.L)
	case *sparql.Filter:
		return sureVars(n.Input)
	case *sparql.Extend:
		return sureVars(n.Input)
	case *sparql.Union:
		l, r := sureVars(n.L), sureVars(n.R)
		out := nameSet{}
		for v := range l {
			if r[v] {
				out[v] = true
			}
		}
		return out
	case *sparql.Values:
		out := nameSet{}
		for i, v := range n.Vars {
			out[v] = true
			for _, row := range n.Rows {
				if row[i].IsZero() {
					delete(out, v)
				}
			}
		}
		return out
	case *sparql.Graph:
		out := sureVars(n.Input)
		if n.Name.IsVar() {
			out[n.Name.Var] = true
		}
		return out
	case *sparql.Project:
		out := nameSet{}
		for v := range sureVars(n.Input) {
			if slices.Contains(n.Vars, v) {
				out[v] = true
			}
		}
		return out
	case *sparql.Distinct:
		return sureVars(n.Input)
	case *sparql.Reduced:
		return sureVars(n.Input)
	case *sparql.Slice:
		return sureVars(n.Input)
	case *sparql.OrderBy:
		return sureVars(n.Input)
	}
	return nameSet{}
}

func both(l, r nameSet) nameSet {
	for v := range r {
		l[v] = true
	}
	return l
}

// conjuncts splits a condition at its &&, which a filter may do: an error counts as false (SPARQL 1.1 §17.2).
func conjuncts(x sparql.Expr, out []sparql.Expr) []sparql.Expr {
	if x == nil {
		return out
	}
	if bin, ok := x.(*sparql.ExprBinary); ok && bin.Op == sparql.OpAnd {
		return conjuncts(bin.R, conjuncts(bin.L, out))
	}
	return append(out, x)
}

// expr makes the plan of an expression over rows of the given shape.
func (b *builder) expr(x sparql.Expr, rows *Info) (*Expr, error) {
	e := &Expr{Expr: x, Slots: map[sparql.Var]Slot{}}
	var failed error
	walkExpr(x, func(x sparql.Expr) {
		switch x := x.(type) {
		case *sparql.ExprVar:
			e.Slots[x.Var] = b.slot(x.Var)
		case *sparql.ExprExists:
			sub, err := b.exists(x, rows)
			if err != nil {
				failed = err
				return
			}
			if e.Exists == nil {
				e.Exists = map[*sparql.ExprExists]*Exists{}
			}
			e.Exists[x] = sub
		}
	})
	return e, failed
}

// exists plans the pattern of an EXISTS that is run once for each distinct row of the outer variables in it. These are
// registers inside: constants if they are surely bound (substitution, SPARQL 1.1 §18.6), joined in otherwise.
func (b *builder) exists(x *sparql.ExprExists, rows *Info) (*Exists, error) {
	outer := b.slotsOf(visibleVars(x.Pattern)).Intersect(rows.All())
	regs, maybe := b.regs, b.maybe
	defer func() { b.regs, b.maybe = regs, maybe }()
	b.regs = b.regs.Union(outer.Intersect(rows.Sure))
	b.maybe = b.maybe.Union(outer).Minus(b.regs)
	root, err := b.build(x.Pattern)
	return &Exists{Root: root, Regs: outer.Slots()}, err
}
