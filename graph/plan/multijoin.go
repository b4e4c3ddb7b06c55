package plan

import (
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

// part is a relation of a multiway join while the order of the variables is sought.
type part struct {
	item int
	vars []Slot
	info *Info
}

func (p *part) other(v Slot) (Slot, bool) {
	if len(p.vars) == 2 {
		if p.vars[0] == v {
			return p.vars[1], true
		}
		return p.vars[0], true
	}
	return NoSlot, false
}

func (p *part) has(v Slot) bool { return slices.Contains(p.vars, v) }

// multi joins a set of items, nil if that cannot be. The keys come out, and are bound first; all variables where they are nil.
func (j *joiner) multi(set uint, keys []Slot, all bool) *MultiJoin {
	var parts []part
	var vars VarSet
	for i := range j.items {
		if set&(1<<i) == 0 {
			continue
		}
		if !j.b.canBePart(&j.items[i]) {
			return nil
		}
		leaf := j.leaves(i).cheapest().Head()
		parts = append(parts, part{item: i, vars: j.items[i].vars.Slots(), info: leaf})
		vars = vars.Union(j.items[i].vars)
	}
	n := &MultiJoin{Count: NoSlot, Keys: len(keys)}
	if !vars.Contains(Vars(keys...)) {
		return nil
	}
	var order func(left []Slot) // takes the variable that is cheapest to bind next
	info := costOf{parts: parts}
	order = func(left []Slot) {
		for len(left) > 0 {
			best, at := 0.0, -1
			for i, v := range left {
				if c := info.values(v); at < 0 || c < best {
					best, at = c, i
				}
			}
			info.bind(left[at])
			left = slices.Delete(left, at, at+1)
		}
	}
	if all {
		order(vars.Slots())
		n.Keys = len(info.order)
	} else {
		order(slices.Clone(keys))
		order(vars.Minus(Vars(keys...)).Slots())
	}
	n.Vars = info.order
	n.Cols = slices.Clone(n.Vars[:n.Keys])
	n.Sure = Vars(n.Cols...)
	n.Rows = 1
	if n.Keys > 0 {
		n.Rows = info.rows[n.Keys-1]
		n.Sorted = n.Cols
	}
	n.distinct = map[Slot]float64{}
	for _, p := range parts {
		for _, v := range p.vars {
			d := p.info.distinctOf(v)
			if old, ok := n.distinct[v]; !ok || d < old {
				n.distinct[v] = d
			}
		}
		first := p.vars[0]
		if len(p.vars) == 2 && slices.Index(n.Vars, p.vars[1]) < slices.Index(n.Vars, first) {
			first = p.vars[1]
		}
		leaf := j.filtered(j.b.scan(j.items[p.item].pattern, j.infos[p.item], columnOf(j.items[p.item].pattern, first)))
		n.Parts = append(n.Parts, leaf)
		n.Cost += leaf.Head().Cost + relationCost*leaf.Head().Rows
	}
	n.Cost += info.work(n.Keys, parts) + n.Rows
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

// costOf estimates what it takes to bind variables in an order.
type costOf struct {
	parts []part
	order []Slot
	bound VarSet
	rows  []float64 // distinct bindings of the first variables, by number
	looks []float64 // values looked at for one binding of those before
}

// values estimates how many values a variable has for one binding of those that are bound.
func (c *costOf) values(v Slot) float64 {
	n, _ := c.bindings(v)
	return n
}

func (c *costOf) bindings(v Slot) (values, looks float64) {
	domain := 0.0
	for i := range c.parts {
		if p := &c.parts[i]; p.has(v) {
			domain = max(domain, p.info.distinctOf(v))
		}
	}
	values, looks = domain, domain
	dynamic := false
	for i := range c.parts {
		p := &c.parts[i]
		if !p.has(v) {
			continue
		}
		if o, ok := p.other(v); ok && c.bound.Has(o) {
			degree := p.info.Rows / p.info.distinctOf(o)
			values *= min(1, degree/domain)
			looks = min(looks, degree)
			dynamic = true
		} else {
			values *= min(1, p.info.distinctOf(v)/domain)
			if !dynamic {
				looks = min(looks, p.info.distinctOf(v))
			}
		}
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
	c.bound.Add(v)
}

// work estimates the values looked at in all. Variables that are only counted, and depend on one other, are counted once
// for each value of that one.
func (c *costOf) work(keys int, parts []part) float64 {
	total := 0.0
	for i, v := range c.order {
		times := 1.0
		if i > 0 {
			times = c.rows[i-1]
		}
		if i >= keys {
			if on, ok := c.dependsOn(i); ok {
				domain := 1.0
				for k := range parts {
					if on != NoSlot && parts[k].has(on) {
						domain = max(domain, parts[k].info.distinctOf(on))
					}
				}
				times = min(times, domain)
			}
		}
		_ = v
		total += times * c.looks[i] * valueCost
	}
	return total
}

// dependsOn returns the one variable bound before on which the i-th and those counted with it depend; NoSlot if
// they depend on none.
func (c *costOf) dependsOn(i int) (Slot, bool) {
	group := Vars(c.order[i])
	later := Vars(c.order[i:]...)
	for grown := true; grown; {
		grown = false
		for k := range c.parts {
			p := &c.parts[k]
			if len(p.vars) == 2 && later.Contains(Vars(p.vars...)) && group.Has(p.vars[0]) != group.Has(p.vars[1]) {
				group.Add(p.vars[0])
				group.Add(p.vars[1])
				grown = true
			}
		}
	}
	on, found := NoSlot, false
	for k := range c.parts {
		p := &c.parts[k]
		if len(p.vars) != 2 || group.Has(p.vars[0]) == group.Has(p.vars[1]) {
			continue
		}
		v := p.vars[0]
		if group.Has(v) {
			v = p.vars[1]
		}
		if found && v != on {
			return NoSlot, false
		}
		on, found = v, true
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
	case GraphOne, GraphSole:
	case GraphQuads:
	default:
		return nil
	}
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
		k := &KeyScan{Pattern: *p, Order: order, Prefix: prefix, Keys: len(keys), Count: count}
		k.Cols = slices.Clone(free[:len(keys)])
		k.Sorted = slices.Clone(k.Cols)
		k.distinct = info.distinct
		k.Rows = 1
		for _, s := range k.Cols {
			k.Rows *= info.distinctOf(s)
		}
		k.Rows = min(k.Rows, info.Rows)
		k.Cost = min(info.Rows/2, k.Rows*lookupCost) + lookupCost
		if count != NoSlot {
			k.Cols = append(k.Cols, count)
		}
		k.Sure = Vars(k.Cols...)
		return k
	}
	return nil
}
