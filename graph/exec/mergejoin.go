package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
)

// mergeJoin joins inputs that ascend by the same variable: for each value on the left, the right rows with that value
// are gathered once and paired with all left rows that have it.
type mergeJoin struct {
	q           *query
	left, right operator
	lkey, rkey  int
	lsame       []int // shared columns besides the key
	rsame       []int
	width       int
	rfrom       []int // right columns that go behind the left ones
	l, r        *Batch
	lat, rat    int
	group       *rowTable // right rows with the value key
	key         store.ID
	has         bool // group holds rows of key
	gat         int  // next row of group for the present left row
	rdone       bool
	kind        plan.JoinKind
	found       bool // the present left row has a partner
	out         *Batch
}

func newMergeJoin(q *query, n *plan.MergeJoin) operator {
	lh, rh := n.Left.Head(), n.Right.Head()
	j := &mergeJoin{q: q, kind: n.Kind, left: q.open(n.Left), right: q.open(n.Right), lkey: lh.Col(n.Key), rkey: rh.Col(n.Key),
		lsame: columns(lh, n.Shared), rsame: columns(rh, n.Shared), width: len(lh.Cols), out: newBatch(len(n.Cols)), group: newRowTable(len(rh.Cols))}
	if n.Kind == plan.Inner || n.Kind == plan.Left {
		j.rfrom = columns(rh, n.Cols[len(lh.Cols):])
	}
	return j
}

func (j *mergeJoin) next() (*Batch, error) {
	j.out.reset()
	for j.out.N < j.q.rows {
		if j.l == nil || j.lat >= j.l.N {
			b, err := j.left.next()
			if err != nil {
				return nil, err
			}
			if j.l, j.lat, j.gat = b, 0, 0; b == nil {
				break // nor may the batch before it be looked at again
			}
		}
		key := j.l.Cols[j.lkey][j.lat]
		if !j.has || key != j.key {
			if err := j.gather(key); err != nil {
				return nil, err
			}
			j.gat = 0
		}
		switch {
		case j.group.n > 0:
			j.pair()
		case j.kind == plan.Left || j.kind == plan.Anti:
			j.emitLeft()
			j.lat++
			j.gat = 0
		case j.rdone && j.r == nil:
			return j.ready()
		default:
			j.skip()
		}
	}
	return j.ready()
}

// ready returns what is there to yield.
func (j *mergeJoin) ready() (*Batch, error) {
	if j.out.N == 0 {
		return nil, nil
	}
	return j.out, nil
}

// emitLeft adds the present left row alone.
func (j *mergeJoin) emitLeft() {
	for c := range j.width {
		j.out.Cols[c] = append(j.out.Cols[c], j.l.Cols[c][j.lat])
	}
	for c := j.width; c < len(j.out.Cols); c++ {
		j.out.Cols[c] = append(j.out.Cols[c], store.None)
	}
	j.out.N++
}

// skip passes the left rows of this batch that are below the right side's present value.
func (j *mergeJoin) skip() {
	j.lat++
	j.gat = 0
	if j.r == nil {
		return
	}
	want := j.r.Cols[j.rkey][j.rat]
	for j.lat < j.l.N && j.l.Cols[j.lkey][j.lat] < want {
		j.lat++
	}
}

// pair adds the present left row with the rows of the group that agree with it, or as the join's kind says, and goes on to
// the next row.
func (j *mergeJoin) pair() {
	if j.gat == 0 {
		j.found = false
	}
	for ; j.gat < j.group.n; j.gat++ {
		if j.out.N >= j.q.rows {
			return
		}
		same := true
		for i, c := range j.lsame {
			same = same && j.l.Cols[c][j.lat] == j.group.cols[j.rsame[i]][j.gat]
		}
		if !same {
			continue
		}
		j.found = true
		if j.kind == plan.Semi || j.kind == plan.Anti {
			break
		}
		for c := range j.width {
			j.out.Cols[c] = append(j.out.Cols[c], j.l.Cols[c][j.lat])
		}
		for i, c := range j.rfrom {
			j.out.Cols[j.width+i] = append(j.out.Cols[j.width+i], j.group.cols[c][j.gat])
		}
		j.out.N++
	}
	if j.found == (j.kind == plan.Semi) && j.kind != plan.Inner {
		if j.out.N >= j.q.rows {
			return
		}
		j.emitLeft()
	}
	j.lat++
	j.gat = 0
}

// gather reads the right rows with a value into group and leaves the right side at the first row above it.
func (j *mergeJoin) gather(key store.ID) error {
	j.drop()
	j.key, j.has = key, true
	for {
		if j.r == nil || j.rat >= j.r.N {
			if j.rdone {
				j.r = nil
				return nil
			}
			b, err := j.right.next()
			if err != nil {
				return err
			}
			j.r, j.rat = b, 0
			if b == nil {
				j.rdone = true
				return nil
			}
		}
		col := j.r.Cols[j.rkey][:j.r.N]
		for j.rat < len(col) && col[j.rat] < key {
			j.rat++
		}
		from := j.rat
		for j.rat < len(col) && col[j.rat] == key {
			j.rat++
		}
		for c := range j.group.cols {
			j.group.cols[c] = append(j.group.cols[c], j.r.Cols[c][from:j.rat]...)
		}
		j.group.n += j.rat - from
		if err := j.q.mem.grow(int64(8 * len(j.group.cols) * (j.rat - from))); err != nil {
			return err
		}
		if j.rat < len(col) {
			return nil
		}
	}
}

// drop empties the group.
func (j *mergeJoin) drop() {
	j.q.mem.shrink(int64(8 * len(j.group.cols) * j.group.n))
	j.group.n = 0
	for c := range j.group.cols {
		j.group.cols[c] = j.group.cols[c][:0]
	}
}

func (j *mergeJoin) close() {
	j.drop()
	j.left.close()
	j.right.close()
}
