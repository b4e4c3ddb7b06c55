package naive

import (
	"slices"

	"sett/graph/rdf"
	"sett/graph/sparql"
)

// substitute is substitute(pattern, μ) of §18.6: every variable that s binds becomes its value. Inside a subquery that
// holds for the variables it projects, since the others are different variables of the same name.
func substitute(n sparql.Node, s Solution) sparql.Node {
	if len(s) == 0 {
		return n
	}
	sub := func(n sparql.Node) sparql.Node { return substitute(n, s) }
	switch n := n.(type) {
	case *sparql.BGP:
		out := &sparql.BGP{Patterns: slices.Clone(n.Patterns)}
		for i, p := range out.Patterns {
			out.Patterns[i] = substituteTriple(p, s)
		}
		return out
	case *sparql.Path:
		return &sparql.Path{S: substituteTerm(n.S, s), Path: n.Path, O: substituteTerm(n.O, s)}
	case *sparql.Values:
		return &sparql.Join{L: n, R: ground(s, n.Vars)}
	case *sparql.Join:
		return &sparql.Join{L: sub(n.L), R: sub(n.R)}
	case *sparql.Union:
		return &sparql.Union{L: sub(n.L), R: sub(n.R)}
	case *sparql.Minus:
		return &sparql.Minus{L: sub(n.L), R: sub(n.R)}
	case *sparql.LeftJoin:
		return &sparql.LeftJoin{L: sub(n.L), R: sub(n.R), Cond: substituteExpr(n.Cond, s)}
	case *sparql.Graph:
		return &sparql.Graph{Name: substituteTerm(n.Name, s), Input: sub(n.Input)}
	case *sparql.Filter:
		return &sparql.Filter{Input: sub(n.Input), Cond: substituteExpr(n.Cond, s)}
	case *sparql.Extend:
		out := &sparql.Extend{Input: sub(n.Input), Var: n.Var, Expr: substituteExpr(n.Expr, s)}
		return &sparql.Join{L: out, R: ground(s, []sparql.Var{n.Var})}
	case *sparql.Project:
		inner := Solution{}
		for _, v := range n.Vars {
			if t, ok := s[v]; ok {
				inner[v] = t
			}
		}
		return &sparql.Join{L: &sparql.Project{Input: substitute(n.Input, inner), Vars: n.Vars}, R: ground(s, n.Vars)}
	case *sparql.Distinct:
		return &sparql.Distinct{Input: sub(n.Input)}
	case *sparql.Reduced:
		return &sparql.Reduced{Input: sub(n.Input)}
	case *sparql.Slice:
		return &sparql.Slice{Input: sub(n.Input), Offset: n.Offset, Limit: n.Limit}
	case *sparql.OrderBy:
		return &sparql.OrderBy{Input: sub(n.Input), Keys: n.Keys}
	case *sparql.Group:
		return n // its variables are those of a subquery, whose Project the join above has taken care of
	}
	return n
}

// ground is the table of one row that binds those of vars that s binds.
func ground(s Solution, vars []sparql.Var) sparql.Node {
	out := &sparql.Values{Rows: [][]rdf.Term{nil}}
	for _, v := range vars {
		if t, ok := s[v]; ok {
			out.Vars = append(out.Vars, v)
			out.Rows[0] = append(out.Rows[0], t)
		}
	}
	return out
}

func substituteTriple(p sparql.TriplePattern, s Solution) sparql.TriplePattern {
	return sparql.TriplePattern{S: substituteTerm(p.S, s), P: substituteTerm(p.P, s), O: substituteTerm(p.O, s), Pos: p.Pos}
}

func substituteTerm(p sparql.PatternTerm, s Solution) sparql.PatternTerm {
	if p.IsTerm() || p.IsZero() {
		return p
	}
	if t, ok := term(p, s); ok {
		return sparql.PatternTerm{Term: t, Pos: p.Pos}
	}
	if p.Triple != nil {
		t := substituteTriple(*p.Triple, s)
		p.Triple = &t
	}
	return p
}

func substituteExpr(x sparql.Expr, s Solution) sparql.Expr {
	list := func(in []sparql.Expr) []sparql.Expr {
		out := make([]sparql.Expr, len(in))
		for i, arg := range in {
			out[i] = substituteExpr(arg, s)
		}
		return out
	}
	switch x := x.(type) {
	case *sparql.ExprVar:
		if t, ok := s[x.Var]; ok {
			return &sparql.ExprTerm{Term: t, Pos: x.Pos}
		}
	case *sparql.ExprUnary:
		return &sparql.ExprUnary{Op: x.Op, Arg: substituteExpr(x.Arg, s), Pos: x.Pos}
	case *sparql.ExprBinary:
		return &sparql.ExprBinary{Op: x.Op, L: substituteExpr(x.L, s), R: substituteExpr(x.R, s), Pos: x.Pos}
	case *sparql.ExprIn:
		return &sparql.ExprIn{Arg: substituteExpr(x.Arg, s), List: list(x.List), Not: x.Not, Pos: x.Pos}
	case *sparql.ExprCall:
		return &sparql.ExprCall{Name: x.Name, IRI: x.IRI, Distinct: x.Distinct, Args: list(x.Args), Pos: x.Pos}
	case *sparql.ExprExists:
		return &sparql.ExprExists{Pattern: substitute(x.Pattern, s), Not: x.Not, Pos: x.Pos}
	}
	return x
}
