package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
)

// indexJoin looks every input row up in an order. Rows come in the input's order.
type indexJoin struct {
	q     *query
	in    operator
	m     *matcher
	left  *Batch
	row   int
	scan  *store.Scan
	batch store.Batch
	at    int
	out   *Batch
	width int // columns of the input, which are the first of the output
}

func newIndexJoin(q *query, n *plan.IndexJoin) operator {
	h := n.Input.Head()
	return &indexJoin{q: q, in: q.open(n.Input), m: newMatcher(q, &n.Pattern, n.Order, n.Prefix, h, &n.Info),
		out: newBatch(len(n.Cols)), width: len(h.Cols)}
}

func (j *indexJoin) next() (*Batch, error) {
	j.out.reset()
	for {
		if j.scan == nil {
			if j.left == nil || j.row >= j.left.N {
				if j.out.N > 0 {
					return j.out, nil
				}
				b, err := j.in.next()
				if err != nil || b == nil {
					return nil, err
				}
				j.left, j.row = b, 0
			}
			if !j.m.possible(j.left, j.row) {
				j.row++
				continue
			}
			j.scan = j.m.scan(j.left, j.row)
			j.batch.N, j.at = 0, 0
		}
		full, err := j.fill()
		if err != nil {
			return nil, err
		}
		if full {
			return j.out, nil
		}
		j.scan.Close()
		j.scan = nil
		j.row++
	}
}

// fill adds matches of the present row until the output is full or there are no more.
func (j *indexJoin) fill() (full bool, err error) {
	for {
		for ; j.at < j.batch.N; j.at++ {
			if j.out.N >= j.q.rows {
				return true, nil
			}
			if !j.m.match(&j.batch, j.at, j.left, j.row) {
				continue
			}
			for c := range j.width {
				j.out.Cols[c] = append(j.out.Cols[c], j.left.Cols[c][j.row])
			}
			for c, to := range j.m.out {
				if to >= 0 {
					j.out.Cols[to] = append(j.out.Cols[to], j.batch.Cols[c][j.at])
				}
			}
			j.out.N++
		}
		more, err := j.scan.Next(&j.batch)
		if err != nil || !more {
			return false, err
		}
		j.at = 0
		if err := j.q.ctx.Err(); err != nil {
			return false, err
		}
	}
}

func (j *indexJoin) close() {
	if j.scan != nil {
		j.scan.Close()
		j.scan = nil
	}
	j.in.close()
}
