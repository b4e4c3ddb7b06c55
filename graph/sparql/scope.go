package sparql

// scope is the variables that are in scope at a place, SPARQL 1.1 §18.2.1, in the order in which the text first names them. Hidden
// variables are never in it.
type scope struct {
	order []Var
	has   map[Var]bool
}

func newScope(vars ...Var) *scope {
	s := &scope{has: make(map[Var]bool)}
	s.add(vars...)
	return s
}

func (s *scope) add(vars ...Var) {
	for _, v := range vars {
		if v != "" && !v.Hidden() && !s.has[v] {
			s.has[v] = true
			s.order = append(s.order, v)
		}
	}
}

// addTerm adds what a position of a pattern names.
func (s *scope) addTerm(t PatternTerm) {
	s.add(t.Var)
	if t.Triple != nil {
		s.addTriple(*t.Triple)
	}
}

func (s *scope) addTriple(t TriplePattern) {
	s.addTerm(t.S)
	s.addTerm(t.P)
	s.addTerm(t.O)
}

// Visible returns the variables that are in scope outside n, SPARQL 1.1 §18.2.1: those that its solutions may bind, hidden ones left
// out, in the order in which n names them. The caller owns the slice. Cost: one walk over n.
func Visible(n Node) []Var {
	s := newScope()
	s.addNode(n)
	return s.order
}

func (s *scope) addNode(n Node) {
	switch n := n.(type) {
	case *BGP:
		for _, t := range n.Patterns {
			s.addTriple(t)
		}
	case *Path:
		s.addTerm(n.S)
		s.addTerm(n.O)
	case *Join:
		s.addNode(n.L)
		s.addNode(n.R)
	case *LeftJoin:
		s.addNode(n.L)
		s.addNode(n.R)
	case *Union:
		s.addNode(n.L)
		s.addNode(n.R)
	case *Minus:
		s.addNode(n.L)
	case *Filter:
		s.addNode(n.Input)
	case *Extend:
		s.addNode(n.Input)
		s.add(n.Var)
	case *Values:
		s.add(n.Vars...)
	case *Graph:
		s.addTerm(n.Name)
		s.addNode(n.Input)
	case *Service:
		s.addTerm(n.Name)
		s.addNode(n.Input)
	case *Group:
		for _, k := range n.Keys {
			s.add(k.Var)
		}
	case *OrderBy:
		s.addNode(n.Input)
	case *Project:
		s.add(n.Vars...)
	case *Distinct:
		s.addNode(n.Input)
	case *Reduced:
		s.addNode(n.Input)
	case *Slice:
		s.addNode(n.Input)
	}
}

// walkExpr calls visit for e and what it holds, outside first, but not for the patterns of EXISTS.
func walkExpr(e Expr, visit func(Expr)) {
	if e == nil {
		return
	}
	visit(e)
	switch e := e.(type) {
	case *ExprUnary:
		walkExpr(e.Arg, visit)
	case *ExprBinary:
		walkExpr(e.L, visit)
		walkExpr(e.R, visit)
	case *ExprCall:
		for _, a := range e.Args {
			walkExpr(a, visit)
		}
	case *ExprIn:
		walkExpr(e.Arg, visit)
		for _, a := range e.List {
			walkExpr(a, visit)
		}
	case *ExprAggregate:
		walkExpr(e.Arg, visit)
	}
}

// hasAggregate reports whether an expression of the syntax tree contains an aggregate.
func hasAggregate(e Expr) bool {
	found := false
	walkExpr(e, func(e Expr) {
		if _, ok := e.(*ExprAggregate); ok {
			found = true
		}
	})
	return found
}
