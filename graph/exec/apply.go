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
}

func newApply(q *query, n *plan.Apply) operator {
	rh := n.Right.Head()
	return &applyOp{q: q, node: n, left: q.open(n.Left), rowCol: rh.Col(n.Source.Row), from: columns(rh, n.Cols),
		lfrom: columns(n.Left.Head(), n.Cols), out: newBatch(len(n.Cols))}
}

func (a *applyOp) next() (*Batch, error) {
	for {
		a.out.reset()
		if a.l == nil {
			b, err := a.left.next()
			if err != nil || b == nil {
				return nil, err
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
