package plan

import (
	"slices"

	"sett/graph/sparql"
)

// groupCount plans a GROUP BY of variables whose aggregates count rows or distinct values, where the input is patterns
// and counting them as they are joined is cheaper than making the rows, which in describes. It returns nil otherwise.
func (b *builder) groupCount(n *sparql.Group, in *Info) (Node, error) {
	if !b.regs.Empty() || !b.maybe.Empty() || len(n.Aggregates) != 1 {
		return nil, nil
	}
	var keys []Slot
	for _, k := range n.Keys {
		v, ok := k.Expr.(*sparql.ExprVar)
		if !ok || v.Var != k.Var || !in.Sure.Has(b.slot(k.Var)) {
			return nil, nil
		}
		if s := b.slot(k.Var); !slices.Contains(keys, s) {
			keys = append(keys, s)
		}
	}
	a := n.Aggregates[0]
	if a.Func != "COUNT" {
		return nil, nil
	}
	out := b.slot(a.Var)
	if in.Has(out) {
		return nil, nil
	}
	if len(a.Args) == 0 {
		if a.Distinct {
			return nil, nil
		}
		return b.cheaperCount(n.Input, in, keys, out)
	}
	v, ok := a.Args[0].(*sparql.ExprVar)
	if !ok || !in.Sure.Has(b.slot(v.Var)) {
		return nil, nil
	}
	if !a.Distinct {
		return b.cheaperCount(n.Input, in, keys, out)
	}
	// COUNT(DISTINCT ?v) counts the distinct pairs of keys and ?v.
	s := b.slot(v.Var)
	if slices.Contains(keys, s) {
		return nil, nil
	}
	pairs, err := b.cheaperCount(n.Input, in, append(slices.Clone(keys), s), NoSlot)
	if pairs == nil || err != nil {
		return nil, err
	}
	g := &Group{Input: pairs, Single: len(keys) == 0}
	h := pairs.Head()
	g.Rows = 1
	for _, k := range keys {
		g.Keys = append(g.Keys, GroupKey{Var: k})
		g.Rows *= h.distinctOf(k)
	}
	g.Rows = min(g.Rows, max(1, h.Rows))
	g.Cols = append(slices.Clone(keys), out)
	g.Sure = Vars(g.Cols...)
	g.Aggs = []Aggregate{{Var: out, Func: "COUNT"}}
	g.Cost = h.Cost + groupCost*h.Rows
	return g, nil
}

// cheaperCount returns the plan that counts, if it is cheaper than grouping the rows.
func (b *builder) cheaperCount(n sparql.Node, in *Info, keys []Slot, count Slot) (Node, error) {
	c, err := b.count(n, keys, count)
	if c == nil || err != nil {
		return nil, err
	}
	if c.Head().Cost > in.Cost+groupCost*in.Rows {
		return nil, nil
	}
	return c, nil
}

// distinctNode plans DISTINCT: of variables of joined patterns by asking for each of their values whether there is a
// solution, where that is cheaper than making all the rows.
func (b *builder) distinctNode(n *sparql.Distinct) (Node, error) {
	if o := b.sinkDistinct(n); o != nil {
		return b.orderBy(o, -1)
	}
	in, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	p, ok := n.Input.(*sparql.Project)
	if !ok || !b.regs.Empty() || !b.maybe.Empty() {
		return b.distinct(in), nil
	}
	h := in.Head()
	keys := slices.Clone(h.Cols)
	if len(keys) == 0 || !h.Sure.Contains(Vars(keys...)) {
		return b.distinct(in), nil
	}
	c, err := b.cheaperCount(p.Input, h, keys, NoSlot)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return b.distinct(in), nil
	}
	return c, nil
}

// sinkDistinct moves DISTINCT below ORDER BY, where there are fewer rows to sort for it and LIMIT meets the sort. It
// returns nil unless all that is sorted by is projected.
func (b *builder) sinkDistinct(n *sparql.Distinct) *sparql.OrderBy {
	p, ok := n.Input.(*sparql.Project)
	if !ok || b.off(SinkDistinct) || !b.regs.Empty() || !b.maybe.Empty() {
		return nil
	}
	o, ok := p.Input.(*sparql.OrderBy)
	if !ok {
		return nil
	}
	for _, k := range o.Keys {
		if hasExists(k.Expr) || isVolatile(k.Expr) {
			return nil
		}
		names := nameSet{}
		names.expr(k.Expr)
		for v := range names {
			if !slices.Contains(p.Vars, v) {
				return nil
			}
		}
	}
	return &sparql.OrderBy{Input: &sparql.Distinct{Input: &sparql.Project{Input: o.Input, Vars: p.Vars}}, Keys: o.Keys}
}
