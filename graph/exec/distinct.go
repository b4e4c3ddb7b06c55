package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
)

// distinctOp passes each distinct row on once, when it first comes.
type distinctOp struct {
	in   operator
	seen *rowSet
	row  []store.ID
	out  *Batch
}

func newDistinct(q *query, n *plan.Distinct) operator {
	return &distinctOp{in: q.open(n.Input), seen: newRowSet(q, len(n.Cols)), out: newBatch(len(n.Cols))}
}

func (d *distinctOp) next() (*Batch, error) {
	for {
		b, err := d.in.next()
		if err != nil || b == nil {
			return nil, err
		}
		d.out.reset()
		for i := range b.N {
			d.row = d.row[:0]
			for _, c := range b.Cols {
				d.row = append(d.row, c[i])
			}
			_, fresh, err := d.seen.number(d.row)
			if err != nil {
				return nil, err
			}
			if fresh {
				for c, id := range d.row {
					d.out.Cols[c] = append(d.out.Cols[c], id)
				}
				d.out.N++
			}
		}
		if d.out.N > 0 {
			return d.out, nil
		}
	}
}

func (d *distinctOp) close() {
	d.in.close()
	d.seen.release()
}
