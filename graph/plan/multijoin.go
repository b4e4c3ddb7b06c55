package plan

import (
	"math"
	"math/bits"
	"slices"

	"sett/graph/sparql"
	"sett/graph/store"
)

// A multiway join pays where joining two by two makes more rows than come out in the end: cycles. It reads the whole of
// its relations, so it does not pay where a few look-ups do.
const (
	relationCost = 1.5 // a row read into a relation
	valueCost    = 0.2 // a value looked at while lists are intersected
)

// canBePart reports whether an item may be a part of a multiway join: a pattern of one or two variables whose rows are
// a set, and that does not depend on registers.
func (b *builder) canBePart(it *item) bool {
	if it.pattern == nil || b.off(MultiJoins) || !b.regs.Empty() || !b.maybe.Empty() {
		return false
	}
	switch it.pattern.Graph.Kind {
	case GraphOne, GraphUnion, GraphSome, GraphSole:
	default:
		return false
	}
	n := len(it.vars.Slots())
	return n == 1 || n == 2
}

// Degrees describes a relation of a multiway join, by its columns: how many rows and distinct values it has, and how
// many partners a value has that is met in a random row: more than the mean where a few values have most of the rows.
type Degrees struct {
	Rows               float64
	Distinct, Partners [2]float64
}

// degrees estimates a relation's degrees.
func degrees(h *Info) Degrees {
	d := Degrees{Rows: h.Rows}
	for i, s := range h.Cols {
		d.Distinct[i] = h.distinctOf(s)
		d.Partners[i] = max(1, h.Rows/d.Distinct[i])
	}
	return d
}

// multi joins a set of items, nil if that cannot be. The keys come out, and are bound first; all variables where all is set.
func (j *joiner) multi(set uint, keys []Slot, all bool) *MultiJoin {
	var vars VarSet
	n := &MultiJoin{Count: NoSlot, Keys: len(keys)}
	n.distinct = map[Slot]float64{}
	var est []Degrees
	for i := range j.items {
		if set&(1<<i) == 0 {
			continue
		}
		if !j.b.canBePart(&j.items[i]) {
			return nil
		}
		vars = vars.Union(j.items[i].vars)
		leaf := j.leaves(i).cheapest()
		n.Parts = append(n.Parts, leaf)
		est = append(est, degrees(leaf.Head()))
		for _, v := range leaf.Head().Cols {
			d := leaf.Head().distinctOf(v)
			if old, ok := n.distinct[v]; !ok || d < old {
				n.distinct[v] = d
			}
		}
	}
	if !vars.Contains(Vars(keys...)) {
		return nil
	}
	if all {
		keys = vars.Slots()
		n.Keys = len(keys)
	}
	n.Vars = append(slices.Clone(keys), vars.Minus(Vars(keys...)).Slots()...)
	order, work := n.Arrange(est)
	n.Vars = order
	n.Cols = slices.Clone(n.Vars[:n.Keys])
	n.Sure = Vars(n.Cols...)
	n.Rows = 1
	if n.Keys > 0 {
		c := n.costs(est)
		for _, v := range n.Vars[:n.Keys] {
			c.bind(v)
		}
		n.Rows = c.rows[n.Keys-1]
	}
	at := 0
	for i := range j.items {
		if set&(1<<i) == 0 {
			continue
		}
		p := j.items[i].pattern
		first := j.items[i].vars.Slots()[0]
		for _, v := range j.items[i].vars.Slots() {
			if slices.Index(n.Vars, v) < slices.Index(n.Vars, first) {
				first = v
			}
		}
		leaf := j.filtered(j.scan(i, columnOf(p, first)))
		n.Parts[at] = leaf
		n.Cost += leaf.Head().Cost + relationCost*leaf.Head().Rows
		at++
	}
	n.Cost += work + n.Rows
	return n
}

// columnOf returns the column in which a pattern has a variable.
func columnOf(p *Pattern, v Slot) store.Column {
	for _, c := range [...]store.Column{store.S, store.P, store.O} {
		if r := p.Ref(c); r.Kind == RefVar && r.Slot == v {
			return c
		}
	}
	return store.G
}

// maxArranged is the number of variables up to which all orders are tried.
const maxArranged = 5

// Arrange returns the order of Vars that takes the least work by the degrees of the relations, and that work: those that
// come out stay before the others.
func (n *MultiJoin) Arrange(d []Degrees) (order []Slot, work float64) {
	var try func(c costOf, left [2][]Slot)
	try = func(c costOf, left [2][]Slot) {
		k := 0
		if len(left[0]) == 0 {
			k = 1
		}
		if len(left[k]) == 0 {
			if w := c.work(n.Keys); order == nil || w < work {
				order, work = slices.Clone(c.order), w
			}
			return
		}
		best, at := 0.0, -1
		for i, v := range left[k] {
			if len(n.Vars) > maxArranged {
				if values, looks := c.bindings(v); at < 0 || values*looks < best {
					best, at = values*looks, i
				}
				continue
			}
			next, rest := c.clone(), left
			rest[k] = slices.Delete(slices.Clone(left[k]), i, i+1)
			next.bind(v)
			try(next, rest)
		}
		if at >= 0 {
			rest := left
			rest[k] = slices.Delete(slices.Clone(left[k]), at, at+1)
			c.bind(left[k][at])
			try(c, rest)
		}
	}
	try(n.costs(d), [2][]Slot{n.Vars[:n.Keys], n.Vars[n.Keys:]})
	return order, work
}

func (n *MultiJoin) costs(d []Degrees) costOf {
	c := costOf{degrees: d}
	for _, p := range n.Parts {
		c.vars = append(c.vars, p.Head().Cols)
	}
	return c
}

// costOf estimates what it takes to bind variables in an order.
type costOf struct {
	vars    [][]Slot // by relation
	degrees []Degrees
	order   []Slot
	rows    []float64 // distinct bindings of the first variables, by their number
	looks   []float64 // values looked at for one binding of those before
}

func (c *costOf) clone() costOf {
	out := *c
	out.order, out.rows, out.looks = slices.Clone(c.order), slices.Clone(c.rows), slices.Clone(c.looks)
	return out
}

// bindings estimates how many values a variable has for one binding of those before, and how many are looked at.
func (c *costOf) bindings(v Slot) (values, looks float64) {
	domain := 1.0
	for i, vars := range c.vars {
		if at := slices.Index(vars, v); at >= 0 {
			domain = max(domain, c.degrees[i].Distinct[at])
		}
	}
	values = domain
	shortest, longest, free := 0.0, 0.0, domain
	for i, vars := range c.vars {
		at := slices.Index(vars, v)
		if at < 0 {
			continue
		}
		d := &c.degrees[i]
		if len(vars) == 2 {
			if k := slices.Index(c.order, vars[1-at]); k >= 0 {
				partners := d.Rows / max(1, d.Distinct[1-at])
				if k > 0 {
					partners = d.Partners[1-at]
				}
				values *= min(1, partners/domain)
				if longest == 0 || partners < shortest {
					shortest = partners
				}
				longest = max(longest, partners)
				continue
			}
		}
		values *= min(1, d.Distinct[at]/domain)
		free = min(free, d.Distinct[at])
	}
	switch {
	case longest == 0:
		looks = free
	case longest == shortest, shortest == 0:
		looks = shortest
	default:
		looks = shortest * (2 + math.Log2(longest/shortest))
	}
	return values, looks
}

func (c *costOf) bind(v Slot) {
	values, looks := c.bindings(v)
	before := 1.0
	if n := len(c.rows); n > 0 {
		before = c.rows[n-1]
	}
	c.order, c.rows, c.looks = append(c.order, v), append(c.rows, before*values), append(c.looks, looks+1)
}

// work estimates the values looked at in all. Variables that are only counted, and depend on one other, are counted once
// for each value of that one.
func (c *costOf) work(keys int) float64 {
	total := 0.0
	for i := range c.order {
		times := 1.0
		if i > 0 {
			times = c.rows[i-1]
		}
		if i >= keys {
			if on, ok := c.dependsOn(i); ok {
				domain := 1.0
				for k, vars := range c.vars {
					if at := slices.Index(vars, on); at >= 0 {
						domain = max(domain, c.degrees[k].Distinct[at])
					}
				}
				times = min(times, domain)
			}
		}
		total += times * c.looks[i] * valueCost
	}
	return total
}

// dependsOn returns the one variable bound before on which the i-th and those counted with it depend; NoSlot if
// they depend on none.
func (c *costOf) dependsOn(i int) (Slot, bool) {
	group := []Slot{c.order[i]}
	for grown := true; grown; {
		grown = false
		for _, vars := range c.vars {
			if len(vars) != 2 || slices.Contains(group, vars[0]) == slices.Contains(group, vars[1]) {
				continue
			}
			v := vars[0]
			if slices.Contains(group, v) {
				v = vars[1]
			}
			if slices.Index(c.order, v) > i {
				group, grown = append(group, v), true
			}
		}
	}
	on := NoSlot
	for _, vars := range c.vars {
		if len(vars) != 2 || slices.Contains(group, vars[0]) == slices.Contains(group, vars[1]) {
			continue
		}
		v := vars[0]
		if slices.Contains(group, v) {
			v = vars[1]
		}
		if on != NoSlot && v != on {
			return NoSlot, false
		}
		on = v
	}
	return on, true
}

// cyclic reports whether the items of a set have a cycle of variables.
func (j *joiner) cyclic(set uint) bool {
	parent := map[Slot]Slot{}
	var root func(v Slot) Slot
	root = func(v Slot) Slot {
		if p, ok := parent[v]; ok && p != v {
			return root(p)
		}
		return v
	}
	for ; set != 0; set &= set - 1 {
		vars := j.items[bits.TrailingZeros(set)].vars.Slots()
		if len(vars) != 2 {
			continue
		}
		a, b := root(vars[0]), root(vars[1])
		if a == b {
			return true
		}
		parent[a] = b
	}
	return false
}

// addMulti adds the multiway join of a set where one may pay: where there is a cycle.
func (j *joiner) addMulti(out candidates, set uint) candidates {
	forced := j.b.opt.Force == ForceMulti
	if j.b.opt.Force != ForceNone && !forced || bits.OnesCount(set) < 2 || !forced && !j.cyclic(set) {
		return out
	}
	n := j.multi(set, nil, true)
	if n == nil {
		return out
	}
	all := j.filtered(n)
	if forced {
		all.Head().Cost /= 1e9
	}
	return out.add(all)
}

// count plans the number of solutions of a group of patterns for each binding of some variables, or whether there is one
// where count is NoSlot, without making the rows. It is nil where that cannot be: the patterns must be such as a multiway
// join reads, and each condition that of one of them.
func (b *builder) count(n sparql.Node, keys []Slot, count Slot) (Node, error) {
	if b.off(MultiJoins) && b.off(KeyScans) || b.opt.Force != ForceNone && b.opt.Force != ForceMulti || !collectable(n, true) {
		return nil, nil
	}
	g := &joinGroup{}
	if err := b.collect(n, g, true); err != nil || g.none || len(g.items) == 0 || len(g.items) > maxExhaustive {
		return nil, err
	}
	j := &joiner{b: b, items: g.items, filters: g.filters, infos: make([]Info, len(g.items)), applied: make([]bool, len(g.filters))}
	var err error
	for i, it := range g.items {
		if it.pattern == nil {
			return nil, nil
		}
		if j.infos[i], err = b.patternInfo(it.pattern); err != nil {
			return nil, err
		}
	}
	for _, f := range g.filters {
		fits := false
		for i := range g.items {
			fits = fits || j.places(f, g.items[i].vars)
		}
		if !fits {
			return nil, nil
		}
	}
	if len(g.items) == 1 && len(g.filters) == 0 && !b.off(KeyScans) {
		if k := b.keyScan(&g.items[0], j.infos[0], keys, count); k != nil {
			return k, nil
		}
	}
	m := j.multi(1<<len(g.items)-1, keys, false)
	if m == nil {
		return nil, nil
	}
	if m.Count = count; count != NoSlot {
		m.Cols = append(m.Cols, count)
		m.Sure = m.Sure.Union(Vars(count))
	}
	if b.opt.Force == ForceMulti {
		m.Cost /= 1e9
	}
	return m, nil
}

// keyScan reads the distinct values of variables, and their counts, from the runs of one pattern's order; nil if no order
// has them in front.
func (b *builder) keyScan(it *item, info Info, keys []Slot, count Slot) Node {
	p := it.pattern
	var bound [3]bool
	for i, r := range [3]Ref{p.S, p.P, p.O} {
		bound[i] = r.Kind == RefConst || r.Kind == RefReg
	}
	seen := VarSet{}
	for _, r := range [3]Ref{p.S, p.P, p.O} {
		if r.Kind == RefVar {
			if seen.Has(r.Slot) {
				return nil
			}
			seen.Add(r.Slot)
		}
	}
	switch p.Graph.Kind {
	case GraphOne, GraphSole, GraphQuads, GraphUnion:
	default:
		return nil
	}
	merged := p.Graph.Kind == GraphUnion && count != NoSlot
	want := Vars(keys...)
	for o := store.SPOG; o <= store.OSPG; o++ {
		order, prefix := o, 0
		columns := o.Columns()
		for prefix < 3 && bound[columns[prefix]] {
			prefix++
		}
		free := sortedColumns(p, o, prefix)
		if prefix+len(free) != 3 || len(keys) > len(free) || !Vars(free[:len(keys)]...).Contains(want) || !it.vars.Contains(want) {
			continue
		}
		if p.Graph.Kind == GraphOne {
			order, prefix = o+4, prefix+1
		}
		k := &KeyScan{Pattern: *p, Order: order, Prefix: prefix, Keys: len(keys), Count: count, Merged: merged}
		k.Cols = slices.Clone(free[:len(keys)])
		k.Sorted = slices.Clone(k.Cols)
		k.distinct = info.distinct
		k.Rows = 1
		for _, s := range k.Cols {
			k.Rows *= info.distinctOf(s)
		}
		k.Rows = min(k.Rows, info.Rows)
		k.Cost = min(info.Rows/2, k.Rows*lookupCost) + lookupCost
		if merged {
			k.Cost = info.Rows/2 + lookupCost
		}
		if count != NoSlot {
			k.Cols = append(k.Cols, count)
		}
		k.Sure = Vars(k.Cols...)
		return k
	}
	return nil
}
