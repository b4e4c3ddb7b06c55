package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
)

// indexJoin looks every input row up in an order. Rows come in the input's order.
//
// Where the input turns out to have far more rows than the plan was made for, so many that reading the pattern as a whole
// would have taken no longer than the look-ups so far, it is read, and the rest of the input is looked up in memory.
type indexJoin struct {
	q     *query
	node  *plan.IndexJoin
	in    operator
	m     *matcher
	left  *Batch
	row   int
	scan  *store.Scan
	batch store.Batch
	at    int
	out   *Batch
	width int // columns of the input, which are the first of the output

	looks int64 // look-ups so far
	most  int64 // of these, before the pattern is read as a whole; 0: it never is
	key   int   // the input's column that is looked up
	to    int   // the output's column for what is found, or -1
	all   *relation
	list  []store.ID // what the present row has found in all, and is still to come out
	bytes int64
}

func newIndexJoin(q *query, n *plan.IndexJoin) operator {
	h := n.Input.Head()
	j := &indexJoin{q: q, node: n, in: q.open(n.Input), m: newMatcher(q, &n.Pattern, n.Order, n.Prefix, h, &n.Info),
		out: newBatch(len(n.Cols)), width: len(h.Cols)}
	j.adapt()
	return j
}

// adapt works out after how many look-ups the pattern is read as a whole: where it has one predicate, and one more variable besides
// the one that is looked up.
func (j *indexJoin) adapt() {
	parts := j.m.prefix
	last := len(parts) - 1
	if j.q.off(Adapt) || !j.m.plain() || j.node.Pattern.P.Kind != plan.RefConst || last < 1 || parts[last].input < 0 {
		return
	}
	first := 0
	if j.m.order.GraphFirst() {
		first = 1
	}
	if last != first+1 {
		return
	}
	var ids []store.ID
	for i := range parts[:last] {
		if parts[i].input >= 0 {
			return
		}
		ids = append(ids, parts[i].value(j.q, nil, 0))
	}
	if first == 1 && ids[0] == store.None {
		return // the default graph has no counts of its own
	}
	triples, err := j.q.snap.Count(j.m.order, ids...)
	if err != nil || triples > 1<<30 {
		return
	}
	j.most = 1 + int64(triples)/linkShare
	j.bytes = 24 * int64(triples)
	j.key, j.to = parts[last].input, j.m.out[last+1]
}

// readAll reads the pattern as a whole, if there is memory for it.
func (j *indexJoin) readAll() error {
	size := j.bytes
	j.most, j.bytes = 0, 0
	if limit := j.q.mem.limit; limit > 0 && j.q.mem.used.Load()+size > limit/2 {
		return nil
	}
	if err := j.q.mem.grow(size); err != nil {
		return err
	}
	j.bytes = size
	last := len(j.m.prefix) - 1
	var ids []store.ID
	for i := range j.m.prefix[:last] {
		ids = append(ids, j.m.prefix[i].value(j.q, nil, 0))
	}
	scan := j.q.snap.Scan(j.m.order, ids...)
	defer scan.Close()
	xs, ys := make([]store.ID, 0, size/24), make([]store.ID, 0, size/24)
	var b store.Batch
	for {
		more, err := scan.Next(&b)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		if err := j.q.ctx.Err(); err != nil {
			return err
		}
		xs, ys = append(xs, b.Cols[last]...), append(ys, b.Cols[last+1]...)
	}
	j.all = &relation{}
	if err := j.all.pack(j.q, xs, ys); err != nil {
		return err
	}
	j.q.actual[j.node.ID].Switched = uint64(j.looks)
	return nil
}

// fromMemory adds the matches of rows until the output is full or the input's batch is done with.
func (j *indexJoin) fromMemory() {
	for {
		if n := min(len(j.list), j.q.rows-j.out.N); n > 0 {
			for c := range j.width {
				id := j.left.Cols[c][j.row]
				for range n {
					j.out.Cols[c] = append(j.out.Cols[c], id)
				}
			}
			if j.to >= 0 {
				j.out.Cols[j.to] = append(j.out.Cols[j.to], j.list[:n]...)
			}
			j.out.N += n
			j.list = j.list[n:]
		}
		if j.out.N >= j.q.rows {
			return
		}
		if j.row++; j.row >= j.left.N {
			return
		}
		if at := j.all.find(j.left.Cols[j.key][j.row]); at >= 0 {
			j.list = j.all.values(at)
		}
	}
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
				if err != nil {
					return nil, err
				}
				if j.left, j.row = b, 0; b == nil {
					return nil, nil // nor may the batch before it be looked at again
				}
				if j.all != nil {
					j.row = -1
				}
			}
			if j.all == nil && j.most > 0 && j.looks >= j.most {
				if err := j.readAll(); err != nil {
					return nil, err
				}
				if j.all != nil {
					j.row-- // the present row is the first that is found in memory
				}
			}
			if j.all != nil {
				if j.fromMemory(); j.out.N >= j.q.rows {
					return j.out, nil
				}
				continue
			}
			j.looks++
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
	if j.all != nil {
		j.q.mem.shrink(j.bytes)
		j.all, j.bytes = nil, 0
	}
	j.in.close()
}
