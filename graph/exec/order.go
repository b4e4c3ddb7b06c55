package exec

import (
	"slices"

	"sett/graph/plan"
	"sett/graph/xsd"
)

// orderOp sorts. With a top it keeps no more than a few times as many rows as it will yield.
type orderOp struct {
	q     *query
	node  *plan.OrderBy
	in    operator
	keys  []evaluator
	rows  *rowTable
	vals  [][]xsd.Value // by key, by row
	perm  []int32
	built bool
	at    int
	bytes int64
	out   *Batch
}

func newOrder(q *query, n *plan.OrderBy) operator {
	o := &orderOp{q: q, node: n, in: q.open(n.Input), rows: newRowTable(len(n.Cols)), vals: make([][]xsd.Value, len(n.Keys)), out: newBatch(len(n.Cols))}
	for _, k := range n.Keys {
		o.keys = append(o.keys, q.compile(k.Expr, n.Input.Head()))
	}
	return o
}

func (o *orderOp) build() error {
	o.built = true
	rowBytes := int64(8*len(o.node.Cols) + 56*len(o.keys) + 4)
	for {
		b, err := o.in.next()
		if err != nil {
			return err
		}
		if b == nil {
			break
		}
		for k, x := range o.keys {
			for i := range b.N {
				v, err := x.eval(b, i)
				if fatal(err) {
					return err
				}
				if err != nil {
					v = xsd.Value{}
				}
				o.vals[k] = append(o.vals[k], v)
			}
		}
		o.rows.add(b)
		o.bytes += rowBytes * int64(b.N)
		if err := o.q.mem.grow(rowBytes * int64(b.N)); err != nil {
			return err
		}
		if o.node.Top >= 0 && int64(o.rows.n) > 2*o.node.Top+4*BatchRows {
			if err := o.sort(); err != nil {
				return err
			}
			o.cut(int(o.node.Top), rowBytes)
		}
	}
	o.in.close()
	if err := o.sort(); err != nil {
		return err
	}
	if o.node.Top >= 0 && int64(len(o.perm)) > o.node.Top {
		o.perm = o.perm[:o.node.Top]
	}
	return nil
}

// sort makes perm the order of the rows; equal ones stay as they came.
func (o *orderOp) sort() error {
	o.perm = o.perm[:0]
	for i := range o.rows.n {
		o.perm = append(o.perm, int32(i))
	}
	compared := 0
	var stopped error
	slices.SortStableFunc(o.perm, func(a, b int32) int {
		if compared++; compared%(1<<16) == 0 && stopped == nil {
			stopped = o.q.ctx.Err()
		}
		if stopped != nil {
			return 0
		}
		for k, key := range o.node.Keys {
			c := xsd.OrderValues(o.vals[k][a], o.vals[k][b])
			if c == 0 {
				continue
			}
			if key.Desc {
				return -c
			}
			return c
		}
		return 0
	})
	return stopped
}

// cut keeps the first n rows only.
func (o *orderOp) cut(n int, rowBytes int64) {
	dropped := int64(o.rows.n - n)
	keep := o.perm[:n]
	slices.Sort(keep) // rows that are equal must stay in the order in which they came
	for c, col := range o.rows.cols {
		for i, r := range keep {
			col[i] = col[r]
		}
		o.rows.cols[c] = col[:n]
	}
	for k, vals := range o.vals {
		for i, r := range keep {
			vals[i] = vals[r]
		}
		o.vals[k] = vals[:n]
	}
	o.rows.n = n
	o.bytes -= dropped * rowBytes
	o.q.mem.shrink(dropped * rowBytes)
}

func (o *orderOp) next() (*Batch, error) {
	if !o.built {
		if err := o.build(); err != nil {
			return nil, err
		}
	}
	if o.at >= len(o.perm) {
		return nil, nil
	}
	end := min(len(o.perm), o.at+o.q.rows)
	o.out.reset()
	for c := range o.out.Cols {
		col := o.rows.cols[c]
		for _, r := range o.perm[o.at:end] {
			o.out.Cols[c] = append(o.out.Cols[c], col[r])
		}
	}
	o.out.N = end - o.at
	o.at = end
	return o.out, nil
}

func (o *orderOp) close() {
	o.in.close()
	o.q.mem.shrink(o.bytes)
	o.bytes = 0
}
