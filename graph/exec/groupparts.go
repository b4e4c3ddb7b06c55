package exec

import (
	"container/heap"

	"sett/graph/plan"
	"sett/graph/store"
)

// groupParts shares rows out by their keys among parts, each a grouping by itself, which threads work on one at a time: what a
// part holds fits a processor's cache better than all of it would. Rows are collected for a while first. Each part takes its
// rows in their order, and remembers with which row a group began, so that groups and their values are those of a single
// grouping, in the same order.
type groupParts struct {
	q      *query
	cols   []int // columns of the input that are kept
	by     []int // of these, those that say to which part a row goes
	parts  []*groupPart
	caches []valueCache // by thread
	rows   int64        // seen so far
	kept   int          // waiting in the parts
	bytes  int64        // of these
	queue  partQueue
	single bool // one group, of which each part has some of the values
	done   bool
}

// groupPart is the rows of some keys.
type groupPart struct {
	all     *grouping
	cols    [][]store.ID
	numbers []int64
	at      int // next group to come out
}

const (
	partCount = 32
	partRows  = 1 << 20 // rows collected at most
)

// groupParts returns the parts for a node, nil where one grouping is as good: with few rows, or where keys or aggregates are
// more than variables.
func (q *query) groupParts(n *plan.Group) *groupParts {
	h := n.Input.Head()
	if q.off(GroupParts) || q.feed != nil || h.Rows*groupRowCost <= q.parallelLimit() {
		return nil
	}
	if n.Rows < fewGroups && !n.Single && q.parallelLimit() >= 0 {
		return nil
	}
	p := &groupParts{q: q, single: n.Single}
	info := &plan.Info{}
	keep := func(col int) int {
		slot := h.Cols[col]
		if at := info.Col(slot); at >= 0 {
			return at
		}
		info.Cols = append(info.Cols, slot)
		p.cols = append(p.cols, col)
		return len(p.cols) - 1
	}
	for _, k := range n.Keys {
		col := h.Col(k.Var)
		if k.Expr != nil || col < 0 || q.regs[k.Var] != store.None {
			return nil
		}
		p.by = append(p.by, keep(col))
	}
	for _, a := range n.Aggs {
		if a.Arg == nil {
			if a.Distinct || n.Single {
				return nil
			}
			continue
		}
		col := plainVariable(q, a.Arg, h)
		if col < 0 {
			return nil
		}
		at := keep(col)
		if !n.Single {
			continue
		}
		if a.Func != "COUNT" || !a.Distinct || at > 0 {
			return nil
		}
		p.by = []int{at}
	}
	if len(p.by) == 0 {
		return nil
	}
	p.caches = make([]valueCache, q.opt.Threads)
	for range partCount {
		p.parts = append(p.parts, &groupPart{all: q.fork().newGrouping(n, info), cols: make([][]store.ID, len(p.cols))})
	}
	return p
}

// fewGroups is how many groups fit a processor's cache as they are: to share their rows out would take longer than to add them up.
const fewGroups = 1 << 15

// groupRowCost is the work for a row of a grouping, in plan.Info.Cost.
const groupRowCost = 12

// add collects rows.
func (p *groupParts) add(b *Batch) error {
	for i := range b.N {
		h := uint64(0)
		for _, k := range p.by {
			h = (h ^ uint64(b.Cols[p.cols[k]][i])) * hashMultiplier
			h ^= h >> 29
		}
		part := p.parts[h*hashMultiplier>>59]
		for c, from := range p.cols {
			part.cols[c] = append(part.cols[c], b.Cols[from][i])
		}
		part.numbers = append(part.numbers, p.rows)
		p.rows++
	}
	p.kept += b.N
	n := int64(b.N * 8 * (1 + len(p.cols)))
	p.bytes += n
	if err := p.q.mem.grow(n); err != nil {
		return err
	}
	if limit := p.q.mem.limit; p.kept >= partRows || limit > 0 && p.bytes > limit/8 {
		return p.flush()
	}
	return nil
}

// flush lets the parts take their rows.
func (p *groupParts) flush() error {
	err := p.q.tasks(len(p.parts), func(worker, task int) error {
		part := p.parts[task]
		q := part.all.q
		q.local.list = p.q.local.list
		q.values = p.caches[worker]
		defer func() { p.caches[worker], q.values = q.values, valueCache{} }()
		b := &Batch{Cols: make([][]store.ID, len(part.cols))}
		for from := 0; from < len(part.numbers); from += BatchRows {
			if err := q.ctx.Err(); err != nil {
				return err
			}
			to := min(len(part.numbers), from+BatchRows)
			b.N = to - from
			for c := range b.Cols {
				b.Cols[c] = part.cols[c][from:to]
			}
			if err := part.all.add(b, part.numbers[from:to]); err != nil {
				return err
			}
		}
		for c := range part.cols {
			part.cols[c] = part.cols[c][:0]
		}
		part.numbers = part.numbers[:0]
		return nil
	})
	p.q.mem.shrink(p.bytes)
	p.bytes, p.kept = 0, 0
	return err
}

// end takes in what is still waiting; then groups come out.
func (p *groupParts) end() error {
	if err := p.flush(); err != nil {
		return err
	}
	if p.single {
		first := p.parts[0].all
		for _, part := range p.parts[1:] {
			for k := range first.aggs {
				first.aggs[k].nums[0] += part.all.aggs[k].nums[0]
			}
		}
		return nil
	}
	for _, part := range p.parts {
		part.cols, part.numbers = nil, nil
		if part.all.n > 0 {
			p.queue = append(p.queue, part)
		}
	}
	heap.Init(&p.queue)
	return nil
}

// group returns the next group in the order in which they were met; false after the last.
func (p *groupParts) group() (*grouping, int, bool) {
	if p.single {
		more := !p.done
		p.done = true
		return p.parts[0].all, 0, more
	}
	if len(p.queue) == 0 {
		return nil, 0, false
	}
	part := p.queue[0]
	at := part.at
	if part.at++; part.at < part.all.n {
		heap.Fix(&p.queue, 0)
	} else {
		heap.Pop(&p.queue)
	}
	return part.all, at, true
}

func (p *groupParts) release() {
	for _, part := range p.parts {
		part.all.release()
	}
	p.q.mem.shrink(p.bytes)
	p.bytes = 0
}

// partQueue has the parts with groups that have not come out, the one with the first of them in front.
type partQueue []*groupPart

func (h partQueue) Len() int           { return len(h) }
func (h partQueue) Less(i, j int) bool { return h[i].all.first[h[i].at] < h[j].all.first[h[j].at] }
func (h partQueue) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *partQueue) Push(x any)        { *h = append(*h, x.(*groupPart)) }
func (h *partQueue) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}
