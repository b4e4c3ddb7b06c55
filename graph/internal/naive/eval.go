package naive

import (
	"errors"
	"fmt"
	"slices"

	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/xsd"
)

// ErrUnsupported is what the package leaves out; see its comment.
var ErrUnsupported = errors.New("not evaluated by the reference evaluator")

// Eval returns the solutions of an algebra expression over a dataset, in order where it says one.
func Eval(n sparql.Node, d *Dataset, ctx *xsd.Context) ([]Solution, error) {
	e := &evaluator{dataset: d, ctx: ctx}
	return e.eval(n, d.Default)
}

type evaluator struct {
	dataset *Dataset
	ctx     *xsd.Context
}

// eval is eval(D(G), n) of §18.6; g is the active graph G.
func (e *evaluator) eval(n sparql.Node, g Graph) ([]Solution, error) {
	switch n := n.(type) {
	case *sparql.BGP:
		return matchBGP(n.Patterns, g), nil
	case *sparql.Path:
		return evalPath(n, g), nil
	case *sparql.Values:
		return values(n), nil
	case *sparql.Join:
		return e.binary(n.L, n.R, g, join)
	case *sparql.Union:
		return e.binary(n.L, n.R, g, func(l, r []Solution) []Solution { return append(slices.Clone(l), r...) })
	case *sparql.Minus:
		return e.binary(n.L, n.R, g, minus)
	case *sparql.LeftJoin:
		return e.leftJoin(n, g)
	case *sparql.Graph:
		return e.graph(n)
	case *sparql.Service:
		return nil, fmt.Errorf("%w: SERVICE", ErrUnsupported)
	}
	return e.unary(n, g)
}

// unary evaluates the operators that take one multiset to another.
func (e *evaluator) unary(n sparql.Node, g Graph) ([]Solution, error) {
	input, then := e.step(n, g)
	if then == nil {
		return nil, fmt.Errorf("%w: %T", ErrUnsupported, n)
	}
	in, err := e.eval(input, g)
	if err != nil {
		return nil, err
	}
	return then(in)
}

func (e *evaluator) step(n sparql.Node, g Graph) (sparql.Node, func([]Solution) ([]Solution, error)) {
	switch n := n.(type) {
	case *sparql.Filter:
		return n.Input, func(in []Solution) ([]Solution, error) { return e.filter(n.Cond, in, g) }
	case *sparql.Extend:
		return n.Input, func(in []Solution) ([]Solution, error) { return e.extend(n, in, g) }
	case *sparql.Group:
		return n.Input, func(in []Solution) ([]Solution, error) { return e.group(n, in, g) }
	case *sparql.OrderBy:
		return n.Input, func(in []Solution) ([]Solution, error) { return e.orderBy(n.Keys, in, g) }
	case *sparql.Project:
		return n.Input, func(in []Solution) ([]Solution, error) { return project(n.Vars, in), nil }
	case *sparql.Distinct:
		return n.Input, func(in []Solution) ([]Solution, error) { return distinct(in), nil }
	case *sparql.Reduced:
		return n.Input, func(in []Solution) ([]Solution, error) { return in, nil }
	case *sparql.Slice:
		return n.Input, func(in []Solution) ([]Solution, error) { return slice(n, in), nil }
	}
	return nil, nil
}

func (e *evaluator) binary(l, r sparql.Node, g Graph, op func(l, r []Solution) []Solution) ([]Solution, error) {
	left, err := e.eval(l, g)
	if err != nil {
		return nil, err
	}
	right, err := e.eval(r, g)
	if err != nil {
		return nil, err
	}
	return op(left, right), nil
}

// join is Join(Ω1, Ω2) = { merge(μ1, μ2) | compatible }.
func join(l, r []Solution) []Solution {
	var out []Solution
	for _, a := range l {
		for _, b := range r {
			if compatible(a, b) {
				out = append(out, merge(a, b))
			}
		}
	}
	return out
}

// minus is Minus(Ω1, Ω2): those of Ω1 for which every one of Ω2 is incompatible or has no variable in common.
func minus(l, r []Solution) []Solution {
	var out []Solution
	for _, a := range l {
		if !slices.ContainsFunc(r, func(b Solution) bool { return compatible(a, b) && !disjoint(a, b) }) {
			out = append(out, a)
		}
	}
	return out
}

// leftJoin is Filter(F, Join(Ω1, Ω2)) ∪ Diff(Ω1, Ω2, F).
func (e *evaluator) leftJoin(n *sparql.LeftJoin, g Graph) ([]Solution, error) {
	left, err := e.eval(n.L, g)
	if err != nil {
		return nil, err
	}
	right, err := e.eval(n.R, g)
	if err != nil {
		return nil, err
	}
	var out []Solution
	for _, a := range left {
		found := false
		for _, b := range right {
			if !compatible(a, b) {
				continue
			}
			m := merge(a, b)
			ok := n.Cond == nil
			if !ok {
				if ok, err = e.holds(n.Cond, m, g); err != nil {
					return nil, err
				}
			}
			if ok {
				found = true
				out = append(out, m)
			}
		}
		if !found {
			out = append(out, a)
		}
	}
	return out, nil
}

// graph is eval of Graph(IRI, P) and Graph(var, P).
func (e *evaluator) graph(n *sparql.Graph) ([]Solution, error) {
	var out []Solution
	for _, named := range e.dataset.Named {
		if n.Name.IsTerm() && !n.Name.Term.Equal(named.Name) {
			continue
		}
		in, err := e.eval(n.Input, named.Graph)
		if err != nil {
			return nil, err
		}
		if n.Name.IsVar() {
			in = join(in, []Solution{{n.Name.Var: named.Name}})
		}
		out = append(out, in...)
	}
	return out, nil
}

func values(n *sparql.Values) []Solution {
	out := make([]Solution, len(n.Rows))
	for i, row := range n.Rows {
		out[i] = Solution{}
		for j, t := range row {
			if !t.IsZero() {
				out[i][n.Vars[j]] = t
			}
		}
	}
	return out
}

func (e *evaluator) filter(cond sparql.Expr, in []Solution, g Graph) ([]Solution, error) {
	var out []Solution
	for _, s := range in {
		ok, err := e.holds(cond, s, g)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, s)
		}
	}
	return out, nil
}

func (e *evaluator) extend(n *sparql.Extend, in []Solution, g Graph) ([]Solution, error) {
	out := make([]Solution, len(in))
	for i, s := range in {
		out[i] = s
		v, err := e.value(n.Expr, s, g)
		if fatal(err) {
			return nil, err
		}
		if err == nil {
			out[i] = s.with(n.Var, v.Term())
		}
	}
	return out, nil
}

func (e *evaluator) orderBy(keys []sparql.OrderKey, in []Solution, g Graph) ([]Solution, error) {
	type row struct {
		s    Solution
		keys []rdf.Term
	}
	rows := make([]row, len(in))
	for i, s := range in {
		rows[i] = row{s: s}
		for _, k := range keys {
			v, err := e.value(k.Expr, s, g)
			if fatal(err) {
				return nil, err
			}
			if err != nil {
				v = xsd.Value{}
			}
			rows[i].keys = append(rows[i].keys, v.Term())
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		for i, k := range keys {
			c := xsd.Order(a.keys[i], b.keys[i])
			if k.Desc {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	out := make([]Solution, len(rows))
	for i, r := range rows {
		out[i] = r.s
	}
	return out, nil
}

func project(vars []sparql.Var, in []Solution) []Solution {
	out := make([]Solution, len(in))
	for i, s := range in {
		out[i] = Solution{}
		for _, v := range vars {
			if t, ok := s[v]; ok {
				out[i][v] = t
			}
		}
	}
	return out
}

func distinct(in []Solution) []Solution {
	var out []Solution
	seen := map[string]bool{}
	for _, s := range in {
		if k := s.Key(); !seen[k] {
			seen[k] = true
			out = append(out, s)
		}
	}
	return out
}

func slice(n *sparql.Slice, in []Solution) []Solution {
	in = in[min(n.Offset, int64(len(in))):]
	if n.Limit >= 0 {
		in = in[:min(n.Limit, int64(len(in)))]
	}
	return in
}
