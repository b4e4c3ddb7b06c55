package plan

import (
	"cmp"
	"container/heap"
	"slices"
)

// Groups that are too large to be searched whole are put together greedily: of the parts that share a variable, the two whose join is
// cheapest become one, until nothing is connected; products then join what is left, the smallest first. The joins of two parts are looked
// at once. Where there are more pairs than maxPairs, only the rows of a join are estimated beforehand, and the pair with the fewest is
// next (greedy operator ordering, Fegaras 1998), so that a chain or star of thousands of patterns takes a moment.
const (
	maxPairs    = 600
	maxPartners = 32 // parts with which one is paired by a variable, where rows are estimated
)

// part is what the greedy search has put together so far, of one item or several.
type part struct {
	first int // of its items, in the order of the text
	plans candidates
	best  Node // the cheapest of plans; nil where there is none
	vars  VarSet
	item  int // the item, if it is a single one, else -1
	gone  bool
}

// pair is two parts that share a variable.
type pair struct {
	a, b   *part
	plans  candidates // their joins; nil if only the rows of these are estimated
	weight float64
}

// pairs is a heap, the pair to be joined next in front.
type pairs []pair

func (p pairs) Len() int { return len(p) }
func (p pairs) Less(i, j int) bool {
	a, b := p[i], p[j]
	return cmp.Or(cmp.Compare(a.weight, b.weight), a.a.first-b.a.first, a.b.first-b.b.first) < 0
}
func (p pairs) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p *pairs) Push(x any)   { *p = append(*p, x.(pair)) }
func (p *pairs) Pop() any {
	last := (*p)[len(*p)-1]
	*p = (*p)[:len(*p)-1]
	return last
}

// greedySearch is the state of one search.
type greedySearch struct {
	j      *joiner
	parts  []*part          // that are not gone
	byVar  map[Slot][]*part // those that have a variable, the ones with the fewest rows first
	queue  pairs
	guess  bool // by the rows of joins, which are made only for the pair that is next
	inText bool // in the order of the text
}

// greedy returns a plan of all items, in the order of the text if that is asked for; nil if planning is stopped.
func (j *joiner) greedy() Node {
	g := &greedySearch{j: j, byVar: map[Slot][]*part{}, inText: j.b.off(Reorder)}
	edges := 0
	for i, it := range j.items {
		p := g.part(i, j.leaves(i), it.vars)
		p.item = i
		for _, s := range it.vars.Slots() {
			edges += len(g.byVar[s])
		}
		g.add(p)
	}
	g.guess = edges > maxPairs
	for _, p := range g.parts {
		for _, q := range g.partners(p) {
			if p.first < q.first || g.guess {
				g.look(p, q)
			}
		}
	}
	for len(g.parts) > 1 {
		if !g.joinNext() && !g.product() {
			return nil
		}
	}
	return g.parts[0].best
}

func (g *greedySearch) part(first int, plans candidates, vars VarSet) *part {
	return &part{first: first, plans: plans, best: plans.cheapest(), vars: vars, item: -1}
}

func (g *greedySearch) add(p *part) {
	g.parts = append(g.parts, p)
	for _, s := range p.vars.Slots() {
		list := g.byVar[s]
		at, _ := slices.BinarySearchFunc(list, p, func(q, p *part) int { return cmp.Or(cmp.Compare(q.rows(), p.rows()), -1) })
		g.byVar[s] = slices.Insert(list, at, p)
	}
}

// rows estimates the rows of a part; none if it must be looked up from another one.
func (p *part) rows() float64 {
	if p.best == nil {
		return 0
	}
	return p.best.Head().Rows
}

// partners returns the parts that share a variable with another, those with the fewest rows of each variable if there are many.
func (g *greedySearch) partners(p *part) []*part {
	var out []*part
	seen := map[*part]bool{p: true}
	for _, s := range p.vars.Slots() {
		g.byVar[s] = slices.DeleteFunc(g.byVar[s], func(q *part) bool { return q.gone })
		list := g.byVar[s]
		if g.guess && !g.inText {
			list = list[:min(len(list), maxPartners)]
		}
		for _, q := range list {
			if !seen[q] {
				seen[q] = true
				out = append(out, q)
			}
		}
	}
	return out
}

// look puts a pair into the queue.
func (g *greedySearch) look(a, b *part) {
	if a.first > b.first {
		a, b = b, a
	}
	p := pair{a: a, b: b}
	switch {
	case g.inText: // all weigh the same
	case !g.guess:
		if p.plans = g.j.joinParts(a, b, false); len(p.plans) == 0 {
			return
		}
		p.weight = p.plans.cheapest().Head().Cost
	default:
		p.weight = joinedRows(a, b)
	}
	heap.Push(&g.queue, p)
}

// joinedRows estimates the rows of a join.
func joinedRows(a, b *part) float64 {
	if a.best == nil || b.best == nil {
		return max(a.rows(), b.rows())
	}
	return joinRows(a.best.Head(), b.best.Head(), a.vars.Intersect(b.vars))
}

// joinNext joins the pair that is next; false if none is left.
func (g *greedySearch) joinNext() bool {
	for len(g.queue) > 0 && !g.j.b.stopped() {
		p := heap.Pop(&g.queue).(pair)
		if p.a.gone || p.b.gone {
			continue
		}
		if p.plans == nil {
			p.plans = g.j.joinParts(p.a, p.b, false)
		}
		if len(p.plans) > 0 {
			g.merge(p)
			return true
		}
	}
	return false
}

// merge puts a part in the place of two.
func (g *greedySearch) merge(p pair) {
	p.a.gone, p.b.gone = true, true
	g.parts = slices.DeleteFunc(g.parts, func(q *part) bool { return q.gone })
	both := g.part(p.a.first, p.plans, p.a.vars.Union(p.b.vars))
	partners := g.partners(both)
	both.keepSorted(partners)
	for _, q := range partners {
		g.look(both, q)
	}
	g.add(both)
}

// keepSorted drops the plans that are dearer for an order of rows which no partner can use.
func (p *part) keepSorted(partners []*part) {
	var shared VarSet
	for _, q := range partners {
		shared = shared.Union(q.vars)
	}
	p.plans = slices.DeleteFunc(p.plans, func(n Node) bool {
		s := n.Head().Sorted
		return n != p.best && (len(s) == 0 || !shared.Has(s[0]))
	})
}

// product joins two parts that share no variable: the first in the text or those with the fewest rows.
func (g *greedySearch) product() bool {
	var some []*part
	for _, p := range g.parts {
		if p.best != nil {
			some = append(some, p)
		}
	}
	if len(some) < 2 {
		return false
	}
	slices.SortStableFunc(some, func(a, b *part) int {
		if g.inText {
			return a.first - b.first
		}
		return cmp.Compare(a.best.Head().Rows, b.best.Head().Rows)
	})
	a, b := some[0], some[1]
	if a.first > b.first {
		a, b = b, a
	}
	plans := g.j.joinParts(&part{plans: candidates{a.best}, item: -1}, &part{plans: candidates{b.best}, item: -1}, true)
	if len(plans) > 0 {
		g.merge(pair{a: a, b: b, plans: plans})
	}
	return len(plans) > 0
}

// joinParts returns the joins of two parts, either one first.
func (j *joiner) joinParts(a, b *part, cross bool) candidates {
	var out candidates
	for _, ab := range [][2]*part{{a, b}, {b, a}} {
		for _, l := range ab[0].plans {
			if j.b.stopped() {
				return nil
			}
			if ab[1].item >= 0 {
				for _, n := range j.extendBy(l, ab[1].item) {
					out = out.add(n)
				}
			}
			for _, r := range ab[1].plans {
				for _, n := range j.joinNodes(l, r, cross) {
					out = out.add(n)
				}
			}
		}
	}
	return out
}
