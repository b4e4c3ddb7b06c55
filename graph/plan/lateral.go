package plan

import (
	"slices"

	"sett/graph/sparql"
)

// A pattern can be looked up for the rows of another plan instead of being evaluated as a whole: these come in batches,
// through a leaf of the pattern's plan that is joined like any other item ([Apply]). That is how OPTIONAL, EXISTS, MINUS and
// UNION are joined with few rows. It gives the same solutions only where the pattern sees nothing more for it: the
// conditions inside must mention no more than what is bound where they stand.

// meaning is what look-ups of a pattern stand for.
type meaning uint8

const (
	asJoin   meaning = iota // the pattern's own solutions are joined
	asExists                // rows' values are put in place of their variables (SPARQL 1.1 §18.6)
)

// batchRows is the number of rows for which a pattern is looked up at once.
const batchRows = 1024

// existsJoin turns a FILTER (NOT) EXISTS into batched look-ups, or returns nil where that is not the same.
func (b *builder) existsJoin(left Node, cond sparql.Expr) (Node, error) {
	x, ok := cond.(*sparql.ExprExists)
	if not, isNot := cond.(*sparql.ExprUnary); isNot && not.Op == sparql.OpNot {
		if x, ok = not.Arg.(*sparql.ExprExists); ok {
			x = &sparql.ExprExists{Pattern: x.Pattern, Not: !x.Not, Pos: x.Pos}
		}
	}
	if !ok {
		return nil, nil
	}
	kind := Semi
	if x.Not {
		kind = Anti
	}
	a, err := b.apply(kind, asExists, left, x.Pattern, nil)
	if a == nil || err != nil {
		return nil, err
	}
	return b.cheaperKeys(a, kind, left, x.Pattern)
}

// cheaperKeys returns the plan of a semi- or anti-join, or in its place one with the distinct values that the right side has of the
// shared variables, or with all its rows, if that is cheaper and the same: if the pattern sees nothing of the left rows.
func (b *builder) cheaperKeys(join Node, kind JoinKind, left Node, right sparql.Node) (Node, error) {
	l := left.Head()
	shared := b.slotsOf(sureVars(right)).Intersect(l.Sure)
	if right = unprojected(right); b.opt.Force == ForceIndex || !scoped(right) {
		return join, nil
	}
	if shared.Empty() || !shared.Contains(b.slotsOf(visibleVars(right)).Intersect(l.All())) {
		return join, nil
	}
	keys, err := b.count(right, shared.Slots(), NoSlot)
	if err != nil {
		return nil, err
	}
	if keys == nil {
		if b.off(WholeExists) {
			return join, nil
		}
		if keys, err = b.build(right); err != nil {
			return nil, err
		}
		if !keys.Head().Sure.Contains(shared) {
			return join, nil
		}
	}
	if hash := b.hashJoin(kind, left, keys, nil); hash.Head().Cost < join.Head().Cost {
		join = hash
	}
	if merge := b.mergeOf(kind, left, keys); merge != nil && merge.Head().Cost < join.Head().Cost {
		join = merge
	}
	return join, nil
}

// unprojected returns what a projection projects: of what only says which rows stay, the values of shared variables alone matter.
func unprojected(n sparql.Node) sparql.Node {
	if p, ok := n.(*sparql.Project); ok {
		return p.Input
	}
	return n
}

// maxNested is how many look-ups within one other are planned, half as many within two, and so on: what is nested is planned again for
// each way to do what is around it, and a dozen OPTIONAL or UNION in each other would take minutes. Beyond, joins read all of it.
const maxNested = 512

// lookUp counts a plan of look-ups that is to be made; false if there are too many.
func (b *builder) lookUp() (done func(), ok bool) {
	if depth := b.nested; depth > 0 {
		for len(b.lookUps) < depth {
			b.lookUps = append(b.lookUps, 0)
		}
		if b.lookUps[depth-1] >= maxNested>>(depth-1) {
			return nil, false
		}
		b.lookUps[depth-1]++
	}
	b.nested++
	return func() { b.nested-- }, true
}

// apply plans look-ups of a pattern for batches of left rows. It returns nil where they would not mean what they stand for.
func (b *builder) apply(kind JoinKind, as meaning, left Node, right sparql.Node, cond sparql.Expr) (Node, error) {
	h := left.Head()
	names := visibleVars(right)
	names.expr(cond)
	outer := b.slotsOf(names).Intersect(h.All())
	bound := visibleVars(right)
	if collectable(right, true) {
		bound = sureVars(right) // the rest is in conditions, which see what is unbound as it is
	}
	maybe := b.slotsOf(bound).Intersect(h.All()).Minus(h.Sure)
	if b.off(Lookups) || hasExists(cond) || outer.Empty() || !maybe.Empty() && (kind != Left || as != asJoin) {
		return nil, nil
	}
	if as == asExists && startsEmptyPath(right, func(v sparql.Var) bool { return outer.Has(b.slot(v)) }) {
		return nil, nil
	}
	done, ok := b.lookUp()
	if !ok {
		return nil, nil
	}
	defer done()
	row, _ := b.hidden("r")
	src := &Batched{Row: row}
	src.Info = Info{Cols: append(slices.Clone(h.Cols), row), Sure: h.Sure.Union(maybe).Union(Vars(row)), Rows: min(h.Rows, batchRows), distinct: h.distinct}
	root, err := b.lateral(right, src, conjuncts(cond, nil), as)
	if root == nil || err != nil {
		return nil, err
	}
	r := root.Head()
	batches := max(1, h.Rows/batchRows)
	a := &Apply{Kind: kind, Left: left, Right: root, Source: src}
	a.Info = Info{Cols: h.Cols, Sure: h.Sure, Rows: h.Rows, Cost: h.Cost + batches*(r.Cost+applyCost) + h.Rows}
	if kind == Semi || kind == Anti {
		a.Rows /= 2
		return a, nil
	}
	all := h.All()
	a.Cols = slices.Clone(h.Cols)
	for _, s := range r.Cols {
		if !all.Has(s) && s != row {
			a.Cols = append(a.Cols, s)
		}
	}
	a.distinct = h.distinct
	if kind == Left {
		a.Rows = max(h.Rows, batches*r.Rows)
		if !maybe.Empty() {
			err = b.loosely(a, maybe.Slots(), right, cond)
		}
		return a, err
	}
	a.Rows = batches * r.Rows
	a.Sure = r.Sure.Minus(Vars(row))
	return a, nil
}

// looseShare is the part of the rows of an OPTIONAL that are taken to leave what it shares unbound.
const looseShare = 0.1

// loosely plans the OPTIONAL of left rows that leave some variable unbound: they are compared with all that the pattern has.
func (b *builder) loosely(a *Apply, maybe []Slot, right sparql.Node, cond sparql.Expr) error {
	h := a.Left.Head()
	row, _ := b.hidden("r")
	a.Maybe, a.Unbound = maybe, &Batched{Row: row}
	a.Unbound.Info = Info{Cols: append(slices.Clone(h.Cols), row), Sure: h.Sure.Union(Vars(row)), Rows: h.Rows * looseShare, distinct: h.distinct}
	all, err := b.build(right)
	if err != nil {
		return err
	}
	var x *Expr
	if cond != nil {
		if x, err = b.expr(cond, mergedInfo(a.Unbound.Head(), all.Head())); err != nil {
			return err
		}
	}
	a.Loose = b.hashJoin(Left, a.Unbound, all, x)
	a.Cost += a.Loose.Head().Cost * looseShare
	return nil
}

// lateral plans the join of a batch of rows with a pattern and conditions on both. It returns nil where that cannot be.
func (b *builder) lateral(n sparql.Node, src *Batched, conds []sparql.Expr, as meaning) (Node, error) {
	switch n := n.(type) {
	case *sparql.BGP, *sparql.Path, *sparql.Join, *sparql.Filter:
		if grouped(n, as) {
			return b.lateralGroup(n, src, conds)
		}
		if f, ok := n.(*sparql.Filter); ok && !hasExists(f.Cond) && !isVolatile(f.Cond) && (as == asExists || inScope(f.Cond, f.Input)) {
			return b.lateral(f.Input, src, append(conjuncts(f.Cond, nil), conds...), as)
		} else if ok && as == asExists && !isVolatile(f.Cond) {
			return b.lateralExists(f, src, conds)
		}
		return nil, nil
	case *sparql.Union:
		u := &Union{}
		for _, branch := range []sparql.Node{n.L, n.R} {
			node, err := b.lateral(branch, src, conds, as)
			if node == nil || err != nil {
				return nil, err
			}
			if inner, ok := node.(*Union); ok {
				u.Branches = append(u.Branches, inner.Branches...)
			} else {
				u.Branches = append(u.Branches, node)
			}
		}
		return finishUnion(u), nil
	case *sparql.LeftJoin:
		// The left side must bind what the right one shares with the rows.
		sure := b.slotsOf(sureVars(n.L))
		if !scoped(n) || !sure.Contains(b.slotsOf(visibleVars(n.R)).Intersect(src.All())) {
			return nil, nil
		}
		left, err := b.lateral(n.L, src, nil, as)
		if left == nil || err != nil {
			return nil, err
		}
		node, err := b.optional(left, n)
		if err != nil {
			return nil, err
		}
		return b.conditions(node, conds)
	case *sparql.Extend:
		s := b.slot(n.Var)
		if src.Has(s) || b.isReg(s) || !scoped(n) {
			return nil, nil
		}
		in, err := b.lateral(n.Input, src, nil, as)
		if in == nil || err != nil {
			return nil, err
		}
		node, err := b.extendNode(in, n)
		if err != nil {
			return nil, err
		}
		return b.conditions(node, conds)
	}
	return nil, nil
}

// lateralExists is lateral for an EXISTS whose condition has another EXISTS in it: the values that are put in place of variables in the one are
// in the other too, and columns of its rows are.
func (b *builder) lateralExists(f *sparql.Filter, src *Batched, conds []sparql.Expr) (Node, error) {
	var late []filter
	for _, c := range conjuncts(f.Cond, nil) {
		if hasExists(c) {
			late = append(late, filter{cond: c})
		} else {
			conds = append(conds[:len(conds):len(conds)], c)
		}
	}
	in, err := b.lateral(f.Input, src, conds, asExists)
	if in == nil || err != nil {
		return nil, err
	}
	return b.lateFilters(in, late, nil)
}

// lateralGroup joins the rows with a group's items, in the order that is cheapest.
func (b *builder) lateralGroup(n sparql.Node, src *Batched, conds []sparql.Expr) (Node, error) {
	g := &joinGroup{}
	// Columns of the rows that may be unbound are in no pattern, so that they are joined like any other item; conditions see
	// them as they are.
	g.items = append(g.items, item{node: src, vars: src.All(), sure: src.Sure})
	if err := b.collect(n, g, true); err != nil {
		return nil, err
	}
	for _, c := range conds {
		b.addCondition(g, c)
	}
	return b.planGroup(g)
}

// conditions filters a plan.
func (b *builder) conditions(n Node, conds []sparql.Expr) (Node, error) {
	if len(conds) == 0 {
		return n, nil
	}
	f := &Filter{Input: n}
	for _, c := range conds {
		x, err := b.expr(c, n.Head())
		if err != nil {
			return nil, err
		}
		f.Conds = append(f.Conds, x)
	}
	return finishFilter(f), nil
}

// grouped reports whether a node is items of one group, with conditions at its top that a batch of rows may be shown.
func grouped(n sparql.Node, as meaning) bool {
	switch n := n.(type) {
	case *sparql.BGP:
		return len(n.Patterns) > 0
	case *sparql.Path:
		return true
	case *sparql.Join:
		return scoped(n)
	case *sparql.Filter:
		return !hasExists(n.Cond) && !isVolatile(n.Cond) && (as == asExists || inScope(n.Cond, n.Input)) && grouped(n.Input, as)
	}
	return false
}

// scoped reports whether all conditions and expressions inside a node mention only what is surely bound where they stand.
func scoped(n sparql.Node) bool {
	switch n := n.(type) {
	case *sparql.BGP, *sparql.Path, *sparql.Values:
		return true
	case *sparql.Join:
		return scoped(n.L) && scoped(n.R)
	case *sparql.Union:
		return scoped(n.L) && scoped(n.R)
	case *sparql.LeftJoin:
		if n.Cond != nil && (hasExists(n.Cond) || isVolatile(n.Cond) || !inScope(n.Cond, &sparql.Join{L: n.L, R: n.R})) {
			return false
		}
		return scoped(n.L) && scoped(n.R)
	case *sparql.Filter:
		return !hasExists(n.Cond) && !isVolatile(n.Cond) && inScope(n.Cond, n.Input) && scoped(n.Input)
	case *sparql.Extend:
		return !hasExists(n.Expr) && !isVolatile(n.Expr) && inScope(n.Expr, n.Input) && scoped(n.Input)
	}
	return false
}

// inScope reports whether an expression mentions only variables that a node surely binds.
func inScope(x sparql.Expr, n sparql.Node) bool {
	sure := sureVars(n)
	names := nameSet{}
	names.expr(x)
	for v := range names {
		if !sure[v] {
			return false
		}
	}
	return true
}

// startsEmptyPath reports whether a path that may be empty has an outer variable for an end. EXISTS puts a term there
// (SPARQL 1.1 §18.6), which the empty path connects to itself even if it is no node of the graph; a join would not.
func startsEmptyPath(n sparql.Node, outer func(sparql.Var) bool) bool {
	switch n := n.(type) {
	case *sparql.Path:
		start, end := emptyEnds(n.Path)
		return start && n.S.IsVar() && outer(n.S.Var) || end && n.O.IsVar() && outer(n.O.Var)
	case *sparql.Join:
		return startsEmptyPath(n.L, outer) || startsEmptyPath(n.R, outer)
	case *sparql.Union:
		return startsEmptyPath(n.L, outer) || startsEmptyPath(n.R, outer)
	case *sparql.LeftJoin:
		return startsEmptyPath(n.L, outer) || startsEmptyPath(n.R, outer)
	case *sparql.Filter:
		return startsEmptyPath(n.Input, outer)
	case *sparql.Extend:
		return startsEmptyPath(n.Input, outer)
	}
	return false
}

// collectable reports whether a node is patterns, paths, joins and filters only, so that outer rows may be joined into
// it anywhere.
func collectable(n sparql.Node, top bool) bool {
	switch n := n.(type) {
	case *sparql.BGP:
		return len(n.Patterns) > 0
	case *sparql.Path:
		return true
	case *sparql.Join:
		return collectable(n.L, false) && collectable(n.R, false)
	case *sparql.Filter:
		return top && !hasExists(n.Cond) && !isVolatile(n.Cond) && collectable(n.Input, true)
	}
	return false
}
