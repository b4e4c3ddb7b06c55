package plan

import (
	"slices"

	"sett/graph/sparql"
)

// groupCount plans a GROUP BY whose aggregates count rows or distinct values, where the input is patterns
// and counting them as they are joined is cheaper than making the rows, which in describes. It returns nil otherwise.
func (b *builder) groupCount(n *sparql.Group, in *Info) (Node, error) {
	if !b.regs.Empty() || !b.maybe.Empty() {
		return nil, nil
	}
	if input, keys := computedKeys(n); keys != nil {
		return b.groupCounts(n, input, keys, in)
	}
	if len(n.Aggregates) != 1 {
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

// computedKeys returns the expressions of those keys of a GROUP BY that its input computes last, by name, and the input before that;
// nil if there are none, or a key needs another one.
func computedKeys(n *sparql.Group) (sparql.Node, map[sparql.Var]sparql.Expr) {
	keys := map[sparql.Var]sparql.Expr{}
	for _, k := range n.Keys {
		if v, ok := k.Expr.(*sparql.ExprVar); !ok || v.Var != k.Var {
			keys[k.Var] = k.Expr
		}
	}
	input := n.Input
	for {
		e, ok := input.(*sparql.Extend)
		if !ok || !slices.ContainsFunc(n.Keys, func(k sparql.GroupKey) bool { return k.Var == e.Var }) || keys[e.Var] != nil {
			break
		}
		keys[e.Var] = e.Expr
		input = e.Input
	}
	for _, x := range keys {
		names := nameSet{}
		names.expr(x)
		for v := range names {
			if keys[v] != nil {
				return nil, nil
			}
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	return input, keys
}

// groupCounts plans a GROUP BY of expressions that counts the rows of an input: these are counted by the variables of the
// expressions, which are then worked out once for each count, and the counts of equal keys are added up.
func (b *builder) groupCounts(n *sparql.Group, input sparql.Node, keys map[sparql.Var]sparql.Expr, in *Info) (Node, error) {
	if b.off(CountsByExpression) || len(n.Aggregates) == 0 {
		return nil, nil
	}
	for _, a := range n.Aggregates {
		if a.Func != "COUNT" || a.Distinct {
			return nil, nil
		}
		if len(a.Args) > 0 {
			v, ok := a.Args[0].(*sparql.ExprVar)
			if !ok || !in.Sure.Has(b.slot(v.Var)) {
				return nil, nil
			}
		}
	}
	names := nameSet{}
	for _, k := range n.Keys {
		x := keys[k.Var]
		if x == nil {
			x = k.Expr
		}
		if hasExists(x) || isVolatile(x) {
			return nil, nil
		}
		names.expr(x)
	}
	from := b.slotsOf(names)
	if from.Empty() || !in.Sure.Contains(from) {
		return nil, nil
	}
	count, name := b.hidden("n")
	counts, err := b.cheaperCount(input, in, from.Slots(), count)
	if counts == nil || err != nil || counts.Head().Rows > in.Rows/2 {
		return nil, err
	}
	h := counts.Head()
	g := &Group{Input: counts}
	g.Rows = 1
	for _, k := range n.Keys {
		s := b.slot(k.Var)
		if g.Has(s) {
			continue
		}
		key := GroupKey{Var: s}
		if x := keys[k.Var]; x == nil {
			g.Sure.Add(s)
			g.Rows *= h.distinctOf(s)
		} else {
			if key.Expr, err = b.expr(x, h); err != nil {
				return nil, err
			}
			g.Rows *= 10
		}
		g.Cols = append(g.Cols, s)
		g.Keys = append(g.Keys, key)
	}
	g.Rows = min(g.Rows, max(h.Rows, 1))
	sum, err := b.expr(&sparql.ExprVar{Var: name}, h)
	if err != nil {
		return nil, err
	}
	for _, a := range n.Aggregates {
		s := b.slot(a.Var)
		g.Cols = append(g.Cols, s)
		g.Sure.Add(s)
		g.Aggs = append(g.Aggs, Aggregate{Var: s, Func: "SUM", Arg: sum})
	}
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
