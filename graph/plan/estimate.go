package plan

import (
	"math"

	"sett/graph/store"
)

// Costs of the operators, in rows scanned, which take some 5 ns each. Ratios are what matters; they were measured with
// PROFILE on a graph of 1.1 million triples.
const (
	hashBuildCost = 8.0  // a row put into a hash table
	hashProbeCost = 4.0  // a row looked up in one
	lookupCost    = 40.0 // a look-up in an order
	matchCost     = 2.0  // a row that such a look-up finds
	pathCost      = 100  // a search along a path from one node
	stepCost      = 8    // a node that such a search reaches
	mergeCost     = 1.0  // a row of a merge join's inputs
	applyCost     = 200  // looking a pattern up for one batch
	groupCost     = 12.0 // a row put into its group
	sortCost      = 20.0 // a row sorted
	distinctCost  = 8.0  // a row looked for among those seen
)

// distinctOf returns the estimated number of distinct values of a column.
func (i *Info) distinctOf(s Slot) float64 {
	if d, ok := i.distinct[s]; ok {
		return max(1, min(d, i.Rows))
	}
	return max(1, i.Rows)
}

// joinRows estimates the rows of a join: each shared variable keeps a row in as many as it has distinct values.
func joinRows(l, r *Info, shared VarSet) float64 {
	rows := l.Rows * r.Rows
	for _, s := range shared.Slots() {
		rows /= max(l.distinctOf(s), r.distinctOf(s))
	}
	return rows
}

// boundOrder returns an order that starts with the bound ones of S, P and O, and how many columns that makes; sorted by
// next behind those if there is a choice. Graph-first orders are used for one graph.
func boundOrder(p *Pattern, bound [3]bool, next store.Column) (store.Order, int) {
	n := 0
	for _, x := range bound {
		if x {
			n++
		}
	}
	best, found := store.SPOG, false
	for o := store.SPOG; o <= store.OSPG; o++ {
		c := o.Columns()
		ok := true
		for _, col := range c[:n] {
			ok = ok && bound[col]
		}
		if ok && (!found || (n < 3 && c[n] == next)) {
			best, found = o, true
		}
	}
	if p.Graph.Kind == GraphOne {
		return best + 4, n + 1
	}
	return best, n
}

// patternInfo estimates the rows of a pattern and the distinct values of its variables, exactly where all that is
// known beforehand are constants.
func (b *builder) patternInfo(p *Pattern) (Info, error) {
	refs := [3]Ref{p.S, p.P, p.O}
	var consts [3]bool
	for i, r := range refs {
		consts[i] = r.Kind == RefConst
	}
	o, _ := boundOrder(p, consts, store.G)
	var prefix []store.ID
	if o.GraphFirst() && (p.Graph.Ref.Kind != RefConst || p.Graph.Ref.ID == store.None) {
		o -= 4 // the default graph by itself has no counts: named graphs are counted with it
	}
	for _, c := range o.Columns() {
		if c == store.G && !o.GraphFirst() {
			break
		}
		if c == store.G {
			prefix = append(prefix, p.Graph.Ref.ID)
			continue
		}
		if !consts[c] {
			break
		}
		prefix = append(prefix, refs[c].ID)
	}
	count, err := b.stats.Count(o, prefix...)
	if err != nil {
		return Info{}, err
	}
	info := Info{Sure: p.vars(), Rows: float64(count), distinct: map[Slot]float64{}}
	info.Cols = info.Sure.Slots()
	distinct := [4]float64{math.Pow(info.Rows, 0.75), math.Min(50, info.Rows), math.Pow(info.Rows, 0.75), 3}
	if consts[store.P] {
		st, err := b.stats.Predicate(p.P.ID)
		if err != nil {
			return Info{}, err
		}
		distinct[store.S] = min(float64(st.Subjects), info.Rows)
		distinct[store.O] = min(float64(st.Objects), info.Rows)
		if consts[store.O] || consts[store.S] {
			distinct[store.S], distinct[store.O] = info.Rows, info.Rows
		}
	} else if consts[store.S] || consts[store.O] {
		distinct[store.S], distinct[store.O] = info.Rows, info.Rows
	}
	for _, c := range [...]store.Column{store.S, store.P, store.O, store.G} {
		switch r := p.Ref(c); r.Kind {
		case RefVar:
			d := distinct[c]
			if old, ok := info.distinct[r.Slot]; ok { // the same variable twice
				info.Rows /= max(d, old, 1)
				d = min(d, old)
			}
			info.distinct[r.Slot] = d
		case RefReg:
			if c != store.G {
				info.Rows /= max(distinct[c], 1)
			}
		}
	}
	info.Cost = info.Rows + lookupCost
	return info, nil
}
