package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
)

// applyOp runs its right plan once for each batch of left rows, which enter it through a batchedOp with a number each.
// The numbers that come out say which left rows have partners.
type applyOp struct {
	q       *query
	node    *plan.Apply
	left    operator
	l       *Batch
	matched []bool
	right   operator
	rowCol  int
	from    []int // columns of the right rows
	lfrom   []int // columns of the left rows, for those without a partner
	at      int   // next left row to look at when the right side is done
	out     *Batch

	maybe []int // left columns without a value in rows that cannot be looked up
	bound *Batch
	loose *rowTable // those rows
	held  int64
	rest  operator // what comes of them
	rfrom []int    // its columns
	ended bool     // there are no more left rows
}

func newApply(q *query, n *plan.Apply) operator {
	rh := n.Right.Head()
	a := &applyOp{q: q, node: n, left: q.open(n.Left), rowCol: rh.Col(n.Source.Row), from: columns(rh, n.Cols),
		lfrom: columns(n.Left.Head(), n.Cols), out: newBatch(len(n.Cols))}
	if n.Loose != nil {
		width := len(n.Left.Head().Cols)
		a.maybe, a.bound, a.loose = columns(n.Left.Head(), n.Maybe), newBatch(width), newRowTable(width)
		a.rfrom = columns(n.Loose.Head(), n.Cols)
	}
	return a
}

// split keeps rows that leave a variable unbound for later, and returns the others.
func (a *applyOp) split(b *Batch) (*Batch, error) {
	a.bound.reset()
	for i := range b.N {
		unbound := false
		for _, c := range a.maybe {
			unbound = unbound || b.Cols[c][i] == store.None
		}
		if !unbound {
			for c := range a.bound.Cols {
				a.bound.Cols[c] = append(a.bound.Cols[c], b.Cols[c][i])
			}
			a.bound.N++
			continue
		}
		for c := range a.loose.cols {
			a.loose.cols[c] = append(a.loose.cols[c], b.Cols[c][i])
		}
		a.loose.n++
	}
	n := int64(8 * (b.N - a.bound.N) * len(b.Cols))
	a.held += n
	return a.bound, a.q.mem.grow(n)
}

// last yields what comes of the rows that were kept.
func (a *applyOp) last() (*Batch, error) {
	if a.loose == nil || a.loose.n == 0 {
		return nil, nil
	}
	if a.rest == nil {
		a.q.local.sources[a.node.Unbound] = &Batch{N: a.loose.n, Cols: a.loose.cols}
		a.rest = a.q.open(a.node.Loose)
	}
	b, err := a.rest.next()
	if err != nil || b == nil {
		return nil, err
	}
	a.out.reset()
	for i := range b.N {
		a.out.appendRow(b, i, a.rfrom)
	}
	return a.out, nil
}

func (a *applyOp) next() (*Batch, error) {
	for {
		a.out.reset()
		if a.l == nil {
			if a.ended {
				return a.last()
			}
			b, err := a.left.next()
			if err != nil {
				return nil, err
			}
			if b == nil {
				a.ended = true
				continue
			}
			if a.loose != nil {
				if b, err = a.split(b); err != nil {
					return nil, err
				}
				if b.N == 0 {
					continue
				}
			}
			a.l, a.at = b, 0
			a.matched = append(a.matched[:0], make([]bool, b.N)...)
			a.q.local.sources[a.node.Source] = b
			a.right = a.q.open(a.node.Right)
		}
		if a.right != nil {
			b, err := a.right.next()
			if err != nil {
				return nil, err
			}
			if b == nil {
				a.right.close()
				a.right = nil
				continue
			}
			for _, id := range b.Cols[a.rowCol][:b.N] {
				a.matched[id-1] = true
			}
			if a.node.Kind != plan.Left && a.node.Kind != plan.Inner {
				continue
			}
			for i := range b.N {
				a.out.appendRow(b, i, a.from)
			}
			return a.out, nil
		}
		if a.node.Kind == plan.Inner {
			a.l = nil
			continue
		}
		keep := a.node.Kind == plan.Semi
		for ; a.at < a.l.N && a.out.N < a.q.rows; a.at++ {
			if a.matched[a.at] == keep {
				a.out.appendRow(a.l, a.at, a.lfrom)
			}
		}
		if a.at == a.l.N {
			a.l = nil
		}
		if a.out.N > 0 {
			return a.out, nil
		}
	}
}

func (a *applyOp) close() {
	if a.right != nil {
		a.right.close()
	}
	if a.rest != nil {
		a.rest.close()
	}
	a.q.mem.shrink(a.held)
	a.held = 0
	a.left.close()
}

// batchedOp yields left rows of an applyOp, with their numbers from 1 as a last column.
type batchedOp struct {
	q    *query
	rows *Batch
	at   int
	out  Batch
}

func (b *batchedOp) next() (*Batch, error) {
	if b.at >= b.rows.N {
		return nil, nil
	}
	end := min(b.rows.N, b.at+b.q.rows)
	b.out.Cols = b.out.Cols[:0]
	for _, c := range b.rows.Cols {
		b.out.Cols = append(b.out.Cols, c[b.at:end])
	}
	numbers := make([]store.ID, end-b.at)
	for i := range numbers {
		numbers[i] = store.ID(b.at + i + 1)
	}
	b.out.Cols = append(b.out.Cols, numbers)
	b.out.N = end - b.at
	b.at = end
	return &b.out, nil
}

func (b *batchedOp) close() {}
