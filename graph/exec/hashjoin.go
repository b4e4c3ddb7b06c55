package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
)

// hashJoin keeps its right input in a table and streams the left one past it.
//
// The hash is that of the shared variables which are bound on both sides for sure. If there is none, it is that of all
// shared variables, right rows that leave one unbound go to a list that every left row is compared with, and left rows
// that leave one unbound are compared with everything.
type hashJoin struct {
	q          *query
	node       *plan.HashJoin
	left       operator
	lshared    []int
	rshared    []int
	lkey       []int
	anyUnbound bool // a key may be unbound
	width      int
	rfrom      []int // right columns that go behind the left ones
	fill       []int // for each left column, the right one that may bind it, or -1
	cond       evaluator

	*hashTable      // nil until the first row is asked for
	shared     bool // the table is an exchange's

	l     *Batch
	row   int
	begun bool // the present left row has been looked up
	at    int32
	phase uint8 // 0: chain, 1: loose, 2: all rows
	found bool
	out   *Batch
	hits  []int32 // by row of a batch: 1 + its partner
	kept  []int32 // rows of the batch that come out
}

// hashTable is the right input of a hash join. Once made, it is only read.
type hashTable struct {
	table *rowTable
	heads []int32 // by hash: 1 + the first row
	chain []int32 // by row: 1 + the next row of the same hash; nil if no two rows have the same
	loose []int32 // rows with an unbound key

	direct bool     // heads is by the id of the key less base
	base   store.ID // the lowest
	bytes  int64
}

// release gives the table's memory back.
func (t *hashTable) release(q *query) {
	if t != nil {
		q.mem.shrink(t.bytes)
		t.bytes = 0
	}
}

func newHashJoin(q *query, n *plan.HashJoin) operator {
	lh, rh := n.Left.Head(), n.Right.Head()
	j := &hashJoin{q: q, node: n, left: q.open(n.Left), lshared: columns(lh, n.Shared), rshared: columns(rh, n.Shared),
		width: len(lh.Cols), out: newBatch(len(n.Cols))}
	if j.hashTable = q.tables[n]; j.hashTable != nil {
		j.shared = true
	}
	var key []plan.Slot
	key, j.anyUnbound = hashKey(n)
	j.lkey = columns(lh, key)
	j.fill = columns(rh, lh.Cols)
	if n.Kind == plan.Inner || n.Kind == plan.Left {
		j.rfrom = columns(rh, n.Cols[len(lh.Cols):])
	}
	if n.Cond != nil {
		j.cond = q.compile(n.Cond, &n.Info)
	}
	return j
}

// hashKey returns the variables that are hashed, and whether one of them may be unbound.
func hashKey(n *plan.HashJoin) (key []plan.Slot, anyUnbound bool) {
	for _, s := range n.Shared {
		if n.Left.Head().Sure.Has(s) && n.Right.Head().Sure.Has(s) {
			key = append(key, s)
		}
	}
	if len(key) == 0 {
		return n.Shared, n.Loose
	}
	return key, false
}

// hashTable reads the right input of a join into a table. With an error the table holds what was taken so far.
func (q *query) hashTable(n *plan.HashJoin) (*hashTable, error) {
	t := &hashTable{table: newRowTable(len(n.Right.Head().Cols))}
	key, anyUnbound := hashKey(n)
	rkey := columns(n.Right.Head(), key)
	right := q.open(n.Right)
	defer right.close()
	for {
		b, err := right.next()
		if err != nil {
			return t, err
		}
		if b == nil {
			break
		}
		if err := t.table.reserve(q, b.N); err != nil {
			return t, err
		}
		t.table.add(b)
		n := int64(b.N * (8*len(b.Cols) + 12))
		t.bytes += n
		if err := q.mem.grow(n); err != nil {
			return t, err
		}
	}
	if len(key) == 1 && !anyUnbound && t.byID(q, rkey[0]) {
		return t, q.ctx.Err()
	}
	size := 16
	for size < 2*t.table.n {
		size *= 2
	}
	t.heads = make([]int32, size)
	t.chain = make([]int32, t.table.n)
	fill := func(from, to uint64) ([]int32, error) { // the rows whose hashes are from from to below to
		var loose []int32
		for i := t.table.n - 1; i >= 0; i-- {
			if err := q.look(i, lookIDs); err != nil {
				return nil, err
			}
			h, bound := hashRow(t.table.cols, i, rkey)
			if !bound && anyUnbound {
				loose = append(loose, int32(i))
				continue
			}
			if h &= uint64(size - 1); h >= from && h < to {
				t.chain[i], t.heads[h] = t.heads[h], int32(i+1)
			}
		}
		return loose, nil
	}
	if threads := q.opt.Threads; threads > 1 && float64(t.table.n) > q.parallelLimit() {
		lists := make([][]int32, threads)
		err := q.tasks(threads, func(_, task int) (err error) {
			lists[task], err = fill(uint64(task*size/threads), uint64((task+1)*size/threads))
			return err
		})
		t.loose = lists[0]
		return t, err
	}
	var err error
	t.loose, err = fill(0, uint64(size))
	return t, err
}

// byID makes a table of rows by the ids of their key, if these lie so close together that this takes no more room than hashes.
func (t *hashTable) byID(q *query, key int) bool {
	ids := t.table.cols[key]
	if len(ids) == 0 || q.off(DirectTables) {
		return false
	}
	lo, hi := ids[0], ids[0]
	for _, id := range ids {
		lo, hi = min(lo, id), max(hi, id)
	}
	if uint64(hi-lo) >= uint64(2*len(ids)) {
		return false
	}
	t.direct, t.base = true, lo
	t.heads = make([]int32, hi-lo+1)
	for i := len(ids) - 1; i >= 0; i-- {
		d := ids[i] - lo
		if t.heads[d] != 0 {
			if t.chain == nil {
				t.chain = make([]int32, len(ids))
			}
			t.chain[i] = t.heads[d]
		}
		t.heads[d] = int32(i + 1)
	}
	return true
}

// hashRow hashes some columns of a row, and reports whether all are bound.
func hashRow(cols [][]store.ID, row int, key []int) (uint64, bool) {
	h, bound := uint64(0), true
	for _, c := range key {
		id := cols[c][row]
		bound = bound && id != store.None
		h = (h ^ uint64(id)) * hashMultiplier
		h ^= h >> 29
	}
	return h ^ h>>32, bound
}

func (j *hashJoin) next() (*Batch, error) {
	if j.hashTable == nil {
		t, err := j.q.hashTable(j.node)
		j.hashTable = t
		if err != nil {
			return nil, err
		}
	}
	j.out.reset()
	if j.direct && j.chain == nil && len(j.lshared) == 1 && j.cond == nil {
		return j.column()
	}
	for j.out.N < j.q.rows {
		if j.l == nil || j.row >= j.l.N {
			if j.table.n == 0 && (j.node.Kind == plan.Inner || j.node.Kind == plan.Semi) {
				break
			}
			b, err := j.left.next()
			if err != nil {
				return nil, err
			}
			if j.l, j.row, j.begun = b, 0, false; b == nil {
				break // nor may the batch before it be looked at again
			}
		}
		if !j.begun {
			j.begin()
		}
		if err := j.probe(); err != nil {
			return nil, err
		}
	}
	if j.out.N == 0 {
		return nil, nil
	}
	return j.out, nil
}

// begin looks the present left row up.
func (j *hashJoin) begin() {
	j.begun, j.found = true, false
	if j.direct {
		j.phase, j.at = 0, 0
		if d := uint64(j.l.Cols[j.lkey[0]][j.row] - j.base); d < uint64(len(j.heads)) {
			j.at = j.heads[d]
		}
		return
	}
	h, bound := hashRow(j.l.Cols, j.row, j.lkey)
	if !bound && j.anyUnbound {
		j.phase, j.at = 2, 0
		return
	}
	j.phase, j.at = 0, j.heads[h&uint64(len(j.heads)-1)]
}

// candidate returns the next right row to compare the left row with, or -1.
func (j *hashJoin) candidate() int {
	if j.phase == 0 {
		if j.at != 0 {
			i := int(j.at - 1)
			if j.at = 0; j.chain != nil {
				j.at = j.chain[i]
			}
			return i
		}
		j.phase, j.at = 1, 0
	}
	if j.phase == 1 {
		if int(j.at) < len(j.loose) {
			j.at++
			return int(j.loose[j.at-1])
		}
		return -1
	}
	if int(j.at) < j.table.n {
		j.at++
		return int(j.at - 1)
	}
	return -1
}

// probe goes on with the present left row until the output is full or the row is done with.
func (j *hashJoin) probe() error {
	kind := j.node.Kind
candidates:
	for steps := 1; ; steps++ {
		if steps%BatchRows == 0 {
			if err := j.q.ctx.Err(); err != nil {
				return err
			}
		}
		if j.out.N >= j.q.rows {
			return nil
		}
		r := j.candidate()
		if r < 0 {
			break
		}
		compatible, overlap := j.compatible(r)
		if !compatible || (kind == plan.Minus && !overlap) {
			continue
		}
		switch kind {
		case plan.Inner, plan.Left:
			ok, err := j.emit(r)
			if err != nil {
				return err
			}
			j.found = j.found || ok
			continue
		}
		j.found = true
		break candidates
	}
	keep := false
	switch kind {
	case plan.Left, plan.Anti, plan.Minus:
		keep = !j.found
	case plan.Semi:
		keep = j.found
	}
	if keep {
		j.emitLeft()
	}
	j.row++
	j.begun = false
	return nil
}

// compatible compares the present left row with a right row (SPARQL 1.1 §18.3), and reports whether a variable is bound
// in both.
func (j *hashJoin) compatible(r int) (ok, overlap bool) {
	for i, lc := range j.lshared {
		a, b := j.l.Cols[lc][j.row], j.table.cols[j.rshared[i]][r]
		if a == store.None || b == store.None {
			continue
		}
		if a != b {
			return false, false
		}
		overlap = true
	}
	return true, overlap
}

// emit adds the joined row if the condition holds.
func (j *hashJoin) emit(r int) (bool, error) {
	for c := range j.width {
		id := j.l.Cols[c][j.row]
		if id == store.None && j.fill[c] >= 0 {
			id = j.table.cols[j.fill[c]][r]
		}
		j.out.Cols[c] = append(j.out.Cols[c], id)
	}
	for i, c := range j.rfrom {
		j.out.Cols[j.width+i] = append(j.out.Cols[j.width+i], j.table.cols[c][r])
	}
	j.out.N++
	if j.cond == nil {
		return true, nil
	}
	ok, err := holds(j.cond, j.out, j.out.N-1)
	if err != nil {
		return false, err
	}
	if !ok {
		j.out.N--
		for c := range j.out.Cols {
			j.out.Cols[c] = j.out.Cols[c][:j.out.N]
		}
	}
	return ok, nil
}

// emitLeft adds the left row alone.
func (j *hashJoin) emitLeft() {
	for c := range j.width {
		j.out.Cols[c] = append(j.out.Cols[c], j.l.Cols[c][j.row])
	}
	for c := j.width; c < len(j.out.Cols); c++ {
		j.out.Cols[c] = append(j.out.Cols[c], store.None)
	}
	j.out.N++
}

func (j *hashJoin) close() {
	if !j.shared {
		j.hashTable.release(j.q)
	}
	j.left.close()
}
