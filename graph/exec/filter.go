package exec

import (
	"sett/graph/plan"
)

// filterOp keeps the rows for which all conditions hold.
type filterOp struct {
	q     *query
	in    operator
	conds []evaluator
	keep  []int
	out   *Batch
}

func newFilter(q *query, n *plan.Filter) operator {
	f := &filterOp{q: q, in: q.open(n.Input), out: newBatch(len(n.Cols))}
	for _, c := range n.Conds {
		f.conds = append(f.conds, q.compile(c, n.Input.Head()))
	}
	return f
}

func (f *filterOp) next() (*Batch, error) {
	for {
		b, err := f.in.next()
		if err != nil || b == nil {
			return nil, err
		}
		f.keep = f.keep[:0]
	rows:
		for i := range b.N {
			if err := f.q.look(i, lookRows); err != nil {
				return nil, err
			}
			f.q.fn.Row++
			for _, c := range f.conds {
				ok, err := holds(c, b, i)
				if err != nil {
					return nil, err
				}
				if !ok {
					continue rows
				}
			}
			f.keep = append(f.keep, i)
		}
		switch len(f.keep) {
		case 0:
			continue
		case b.N:
			return b, nil
		}
		f.out.reset()
		for c := range f.out.Cols {
			col := b.Cols[c]
			for _, i := range f.keep {
				f.out.Cols[c] = append(f.out.Cols[c], col[i])
			}
		}
		f.out.N = len(f.keep)
		return f.out, nil
	}
}

func (f *filterOp) close() { f.in.close() }
