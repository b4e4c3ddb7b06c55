package plan

import (
	"cmp"
	"math/bits"
	"slices"

	"sett/graph/sparql"
	"sett/graph/store"
)

// The order of joins is found by dynamic programming over sets of items (Selinger and others, 1979): the best plans of
// a set come from the best plans of its parts. A plan that costs more is kept only if its rows come in another order,
// which a later merge join may want. Sets are visited by size, so that parts are ready before the whole. Bushy trees are
// tried. What no shared variable connects is planned by itself; products then put these parts together, the smallest first.
// Groups of more than maxExhaustive items, and those whose plans are more than maxJoins joins of two parts, are put together greedily,
// the cheapest pair first: a dozen items in a chain or a star are far below that, a dozen that all share a variable above.
const (
	maxExhaustive = 12
	maxJoins      = 40_000
)

// joiner orders the joins of one group.
type joiner struct {
	b       *builder
	items   []item
	filters []filter
	applied []bool    // filters that are placed
	infos   []Info    // of pattern items
	parts   []uint    // connected components
	keeps   []float64 // by filter: the part of the rows that it keeps, if that is counted; otherwise 0
	joins   int       // joins of two parts that were looked at
}

// order returns the plan of all items, with those filters placed whose variables are bound.
func (j *joiner) order() (Node, error) {
	j.applied = make([]bool, len(j.filters))
	if len(j.items) == 0 {
		return unit(), nil
	}
	j.infos = make([]Info, len(j.items))
	var err error
	for i, it := range j.items {
		if it.pattern != nil {
			if j.infos[i], err = j.b.patternInfo(it.pattern); err != nil {
				return nil, err
			}
		}
	}
	j.countLimits()
	var best Node
	switch {
	case j.b.off(Reorder) || len(j.items) > maxExhaustive:
		best = j.greedy()
	default:
		if best = j.exhaustive(); best == nil {
			best = j.greedy()
		}
	}
	if j.b.stopped() {
		return nil, j.b.err
	}
	sure := best.Head().Sure
	for i, f := range j.filters {
		j.applied[i] = j.places(f, sure)
	}
	return best, nil
}

// places reports whether a filter is applied as soon as the variables sure are bound.
func (j *joiner) places(f filter, sure VarSet) bool {
	return !f.late && !j.b.off(PushFilters) && !f.vars.Empty() && sure.Contains(f.vars)
}

// candidates are the plans of one set of items that are worth keeping.
type candidates []Node

// add keeps a plan if no other is as cheap and as well sorted, and drops those that it beats.
func (c candidates) add(n Node) candidates {
	h := n.Head()
	out := c[:0]
	for _, old := range c {
		o := old.Head()
		if o.Cost <= h.Cost && sortedAs(o, h) {
			return c
		}
		if !(h.Cost <= o.Cost && sortedAs(h, o)) {
			out = append(out, old)
		}
	}
	return append(out, n)
}

// beat reports whether one of the plans is as cheap as any that costs more than cost and has rows in the order of others.
func (c candidates) beat(cost float64, order *Info) bool {
	for _, n := range c {
		if h := n.Head(); h.Cost <= cost && sortedAs(h, order) {
			return true
		}
	}
	return false
}

// sortedAs reports whether rows are sorted at least by the first column by which others are.
func sortedAs(a, b *Info) bool {
	return len(b.Sorted) == 0 || (len(a.Sorted) > 0 && a.Sorted[0] == b.Sorted[0])
}

func (c candidates) cheapest() Node {
	var best Node
	for _, n := range c {
		if best == nil || n.Head().Cost < best.Head().Cost {
			best = n
		}
	}
	return best
}

// exhaustive returns the best of all plans, nil if there are too many.
func (j *joiner) exhaustive() Node {
	var parts []candidates
	for _, c := range j.components() {
		plans := j.bestOf(c)
		if plans == nil {
			return nil
		}
		parts = append(parts, plans)
	}
	return j.product(parts)
}

// bestOf returns the plans of a component that are worth keeping, nil if there are too many to look at.
func (j *joiner) bestOf(component uint) candidates {
	items := setItems(component)
	table := make([]candidates, 1<<len(items)) // by set, a bit an item of the component
	spread := make([]uint, len(table))         // the same sets, a bit an item of the group
	for set := range spread {
		for k, i := range items {
			spread[set] |= uint(set) >> k & 1 << i
		}
	}
	for k, i := range items {
		table[1<<k] = j.leaves(i)
	}
	for size := 2; size <= len(items); size++ {
		for set := range table {
			if bits.OnesCount(uint(set)) != size {
				continue
			}
			table[set] = j.addMulti(table[set], spread[set])
			for left := (set - 1) & set; left > 0; left = (left - 1) & set {
				table[set] = j.joinSets(table[set], table[left], table[set&^left], spread[set&^left])
			}
			if j.joins > maxJoins || j.b.stopped() {
				return nil
			}
		}
	}
	return table[len(table)-1]
}

// setItems returns the items of a set.
func setItems(set uint) []int {
	var out []int
	for ; set != 0; set &= set - 1 {
		out = append(out, bits.TrailingZeros(set))
	}
	return out
}

// product joins plans that share no variable, those with the fewest rows first.
func (j *joiner) product(parts []candidates) Node {
	plans := make([]Node, len(parts))
	for i, c := range parts {
		plans[i] = c.cheapest()
	}
	slices.SortStableFunc(plans, func(a, b Node) int { return cmp.Compare(a.Head().Rows, b.Head().Rows) })
	best := plans[0]
	for _, n := range plans[1:] {
		var both candidates
		for _, lr := range [][2]Node{{best, n}, {n, best}} {
			for _, joined := range j.joinNodes(lr[0], lr[1], true) {
				both = both.add(joined)
			}
		}
		best = both.cheapest()
	}
	return best
}

// components returns the sets of items that shared variables connect.
func (j *joiner) components() []uint {
	if j.parts != nil {
		return j.parts
	}
	left := uint(1)<<len(j.items) - 1
	for left != 0 {
		set := left & -left
		vars := j.items[bits.TrailingZeros(left)].vars
		for grown := true; grown; {
			grown = false
			for i, it := range j.items {
				if set&(1<<i) == 0 && it.vars.Meets(vars) {
					set |= 1 << i
					vars = vars.Union(it.vars)
					grown = true
				}
			}
		}
		j.parts = append(j.parts, set)
		left &^= set
	}
	return j.parts
}

// joinSets adds the joins of two sets' plans.
func (j *joiner) joinSets(out, left, right candidates, rightSet uint) candidates {
	single := -1
	if bits.OnesCount(rightSet) == 1 {
		single = bits.TrailingZeros(rightSet)
	}
	for _, l := range left {
		h := l.Head()
		// A join has the order of its left rows, and costs more than its parts do; look-ups cost so much for each of these rows.
		free := j.b.opt.Force == ForceNone
		if single >= 0 && !(free && j.items[single].pattern != nil && out.beat(h.Cost+h.Rows*lookupCost, h)) {
			for _, n := range j.extendBy(l, single) {
				out = out.add(n)
			}
		}
		if j.b.stopped() {
			return out
		}
		for _, r := range right {
			j.joins++
			if free && out.beat(h.Cost+r.Head().Cost, h) {
				continue
			}
			for _, n := range j.joinNodes(l, r, false) {
				out = out.add(n)
			}
		}
	}
	return out
}

// leaves returns the plans that read one item by itself; none for what needs another item first.
func (j *joiner) leaves(i int) candidates {
	it := j.items[i]
	var out candidates
	switch {
	case it.pattern != nil:
		for _, next := range []store.Column{store.S, store.P, store.O} {
			out = out.add(j.filtered(j.scan(i, next)))
		}
	case it.unpack != nil:
		if it.unpack.Term.Kind != RefVar {
			out = out.add(j.filtered(j.b.unpack(unit(), it.unpack)))
		}
	case it.path != nil:
		out = out.add(j.filtered(j.b.pathAlone(it.path)))
	default:
		out = out.add(j.filtered(it.node))
	}
	return out
}

// filtered puts the filters around a node that its inputs did not have the variables for.
func (j *joiner) filtered(n Node) Node {
	f := &Filter{Input: n}
	for i, c := range j.filters {
		if !j.places(c, n.Head().Sure) {
			continue
		}
		done := false
		inputs := n.Inputs()
		if a, ok := n.(*Apply); ok {
			inputs = []Node{a.Left}
		}
		for _, in := range inputs {
			if _, leaf := n.(*Unpack); (j.joined(n) || leaf) && in != nil && j.places(c, in.Head().Sure) {
				done = true
			}
		}
		if done {
			continue
		}
		x, err := j.b.expr(c.cond, n.Head())
		if err != nil {
			continue
		}
		if j.keeps != nil {
			x.keeps = j.keeps[i]
		}
		f.Conds = append(f.Conds, x)
	}
	if len(f.Conds) == 0 {
		return n
	}
	return finishFilter(f)
}

// joined reports whether a node was made by the joiner from plans of its own.
func (j *joiner) joined(n Node) bool {
	for _, it := range j.items {
		if it.node == n {
			return false
		}
	}
	return true
}

// joinNodes returns the joins of two plans; products only if asked for.
func (j *joiner) joinNodes(l, r Node, cross bool) []Node {
	lh, rh := l.Head(), r.Head()
	shared := lh.All().Intersect(rh.All())
	if shared.Empty() && !cross {
		return nil
	}
	var out []Node
	force := j.b.opt.Force
	canMerge := len(lh.Sorted) > 0 && len(rh.Sorted) > 0 && lh.Sorted[0] == rh.Sorted[0] && shared.Has(lh.Sorted[0])
	if canMerge && force != ForceHash {
		out = append(out, j.filtered(j.b.mergeJoin(l, r, lh.Sorted[0], shared)))
		if force == ForceMerge {
			out[0].Head().Cost /= 1e6
		}
	}
	return append(out, j.filtered(j.b.hashJoin(Inner, l, r, nil)))
}

// extendBy returns the plans that look an item up for each row of a plan.
func (j *joiner) extendBy(l Node, i int) []Node {
	it := j.items[i]
	h := l.Head()
	force := j.b.opt.Force
	switch {
	case it.unpack != nil:
		if it.unpack.Term.Kind != RefVar || !h.Sure.Has(it.unpack.Term.Slot) {
			return nil
		}
		return []Node{j.filtered(j.b.unpack(l, it.unpack))}
	case it.path != nil:
		if !h.All().Meets(it.vars) || j.b.off(PathsFromRows) {
			return nil
		}
		return []Node{j.filtered(j.b.pathFrom(l, it.path))}
	case it.pattern != nil && force != ForceHash && force != ForceMerge:
		if !h.All().Meets(it.vars) {
			return nil
		}
		n := j.filtered(j.b.indexJoin(l, it.pattern, &j.infos[i]))
		if force == ForceIndex {
			n.Head().Cost /= 1e6
		}
		return []Node{n}
	case it.lateral != nil && force != ForceHash && force != ForceMerge:
		if !h.All().Meets(it.vars) || force != ForceIndex && h.Rows*lookupCost+applyCost > it.node.Head().Cost {
			return nil
		}
		n, err := j.b.apply(Inner, asJoin, l, it.lateral, nil)
		if n == nil || err != nil {
			return nil
		}
		return []Node{j.filtered(n)}
	}
	return nil
}

// scan reads a pattern, sorted by the column next if an order allows.
func (b *builder) scan(p *Pattern, info Info, next store.Column) Node {
	var bound [3]bool
	for i, r := range [3]Ref{p.S, p.P, p.O} {
		bound[i] = r.Kind == RefConst || r.Kind == RefReg
	}
	s := &Scan{Info: info, Pattern: *p}
	s.Order, s.Prefix = boundOrder(p, bound, next)
	s.Sorted = sortedColumns(p, s.Order, s.Prefix)
	return s
}

// sortedColumns returns the variables by which a scan is sorted.
func sortedColumns(p *Pattern, o store.Order, prefix int) []Slot {
	var out []Slot
	var seen VarSet
	columns := o.Columns()
	for _, c := range columns[prefix:] {
		r := p.Ref(c)
		if r.Kind != RefVar {
			break
		}
		if !seen.Has(r.Slot) {
			out = append(out, r.Slot)
			seen.Add(r.Slot)
		}
	}
	return out
}

// indexJoin looks a pattern up for each row.
func (b *builder) indexJoin(l Node, p *Pattern, info *Info) Node {
	h := l.Head()
	var bound [3]bool
	for i, r := range [3]Ref{p.S, p.P, p.O} {
		bound[i] = r.Kind == RefConst || r.Kind == RefReg || (r.Kind == RefVar && h.Has(r.Slot))
	}
	j := &IndexJoin{Input: l, Pattern: *p}
	j.Order, j.Prefix = boundOrder(p, bound, store.G)
	if p.P.Kind == RefConst && p.S.Kind == RefVar && bound[store.S] && !bound[store.O] {
		j.Order += store.PSOG - store.SPOG // the rows of one predicate lie on fewer pages
	}
	j.Cols = append(append([]Slot(nil), h.Cols...), p.vars().Minus(h.All()).Slots()...)
	j.Sure = h.Sure.Union(p.vars())
	j.Sorted = h.Sorted
	j.Rows = joinRows(h, info, h.All().Intersect(info.Sure))
	j.distinct = mergeDistinct(h, info)
	j.Cost = h.Cost + h.Rows*lookupCost + matchCost*j.Rows
	return j
}

func mergeDistinct(l, r *Info) map[Slot]float64 {
	d := map[Slot]float64{}
	for _, s := range r.Cols {
		d[s] = r.distinctOf(s)
	}
	for _, s := range l.Cols {
		if old, ok := d[s]; !ok || l.distinctOf(s) < old {
			d[s] = l.distinctOf(s)
		}
	}
	return d
}

// mergeOf returns the merge join of two plans that are sorted alike and have always bound what they share; nil otherwise.
func (b *builder) mergeOf(kind JoinKind, l, r Node) Node {
	lh, rh := l.Head(), r.Head()
	shared := lh.All().Intersect(rh.All())
	if b.opt.Force == ForceHash || b.opt.Force == ForceIndex || len(lh.Sorted) == 0 || len(rh.Sorted) == 0 || lh.Sorted[0] != rh.Sorted[0] ||
		!shared.Has(lh.Sorted[0]) || !lh.Sure.Contains(shared) || !rh.Sure.Contains(shared) {
		return nil
	}
	j := b.mergeJoin(l, r, lh.Sorted[0], shared)
	m := j.(*MergeJoin)
	m.Kind = kind
	switch kind {
	case Left:
		m.Sure = lh.Sure
		m.Rows = max(m.Rows, lh.Rows)
	case Semi, Anti:
		m.Cols, m.Sure, m.Rows, m.distinct = lh.Cols, lh.Sure, lh.Rows/2, lh.distinct
	}
	if b.opt.Force == ForceMerge {
		m.Cost /= 1e6
	}
	return m
}

func (b *builder) mergeJoin(l, r Node, key Slot, shared VarSet) Node {
	lh, rh := l.Head(), r.Head()
	j := &MergeJoin{Left: l, Right: r, Key: key, Shared: shared.Minus(Vars(key)).Slots()}
	j.Cols = append(append([]Slot(nil), lh.Cols...), rh.All().Minus(lh.All()).Slots()...)
	j.Sure = lh.Sure.Union(rh.Sure)
	j.Sorted = lh.Sorted
	j.Rows = joinRows(lh, rh, shared)
	j.distinct = mergeDistinct(lh, rh)
	j.Cost = lh.Cost + rh.Cost + mergeCost*(lh.Rows+rh.Rows) + j.Rows
	if len(j.Shared) > 0 { // rows of the same key are compared each with each
		j.Cost += mergeCost * joinRows(lh, rh, Vars(key))
	}
	return j
}

// unpack takes the triple terms of a plan apart.
func (b *builder) unpack(in Node, u *Unpack) Node {
	h := in.Head()
	n := &Unpack{Input: in, Term: u.Term, S: u.S, P: u.P, O: u.O}
	vars := VarSet{}
	for _, r := range []UnpackRef{u.S, u.P, u.O} {
		if r.Kind == RefVar {
			vars.Add(r.Slot)
		}
	}
	n.Cols = append(append([]Slot(nil), h.Cols...), vars.Minus(h.All()).Slots()...)
	n.Sure = h.Sure.Union(vars)
	n.Sorted, n.Rows, n.distinct = h.Sorted, h.Rows, h.distinct
	n.Cost = h.Cost + lookupCost*h.Rows
	return n
}

// notIn is the condition that a variable is none of some IRIs.
func notIn(v sparql.Var, iris []sparql.Expr) sparql.Expr {
	return &sparql.ExprIn{Arg: &sparql.ExprVar{Var: v}, List: iris, Not: true}
}
