package store

import (
	"bytes"
	"context"
	"iter"
	"slices"

	"sett/graph/rdf"
)

// Tx is the one write transaction. Its changes are seen by nobody else before Commit, and are gone without a trace
// after Rollback. It is not safe for concurrent use.
type Tx struct {
	ctx   context.Context // of Begin
	s     *Store
	base  *Snapshot
	dir   *directory
	ids   map[string]ID // new terms, by lateKey
	bytes map[ID][]byte // new terms
	done  bool

	parents  []*pending // what it builds on beyond its base: ended transactions that are not yet on disk
	failures int        // of Store when it began; with more, its parents are lost
	pinned   []*pageRef // pages of its parents, on disk by now but not in its base; guarded by Store.mu
}

// Begin starts the transaction, after the one before it has ended: the changes of that one are seen, though they may not be durable yet.
// The context is looked at while changes are made, until the transaction ends. Errors: ctx.Err(), ErrReadOnly, ErrClosed.
func (s *Store) Begin(ctx context.Context) (*Tx, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	return s.begin(ctx), nil
}

// begin starts the transaction for somebody who has the writer's place.
func (s *Store) begin(ctx context.Context) *Tx {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cur.refs++
	base := &Snapshot{s: s, st: s.cur, dir: s.cur.dir}
	if n := len(s.queue); n > 0 {
		base.dir = s.queue[n-1].dir
	}
	dir := *base.dir
	s.active = &Tx{ctx: ctx, s: s, base: base, dir: &dir, ids: map[string]ID{}, bytes: map[ID][]byte{}, parents: slices.Clone(s.queue), failures: s.failures}
	return s.active
}

// Snapshot returns the state with the transaction's changes so far. It is valid until the transaction ends, and the
// transaction must add no terms while it is used.
func (t *Tx) Snapshot() *Snapshot {
	dir := *t.dir
	return &Snapshot{s: t.s, st: t.base.st, dir: &dir, tx: t}
}

// ID returns the id of a term, a new one if the store does not know it.
func (t *Tx) ID(term rdf.Term) (ID, error) {
	if term.IsZero() {
		return None, nil
	}
	if id, ok := Inline(term); ok {
		return id, nil
	}
	b, err := t.termBytes(term)
	if err != nil {
		return None, err
	}
	return t.idOfBytes(kindOf(term), b)
}

func (t *Tx) idOfBytes(k Kind, b []byte) (ID, error) {
	view := Snapshot{s: t.s, st: t.base.st, dir: t.dir, tx: t}
	if id, err := view.idOf(k, b); id != None || err != nil {
		return id, err
	}
	b = bytes.Clone(b)
	t.dir.meta.last[k]++
	id := MakeID(k, t.dir.meta.last[k])
	t.ids[string(lateKey(k, b))], t.bytes[id] = id, b
	return id, nil
}

func (t *Tx) termBytes(term rdf.Term) ([]byte, error) {
	if !term.IsTripleTerm() {
		return appendTerm(nil, term), nil
	}
	depth, err := tripleDepth(term)
	if err != nil {
		return nil, err
	}
	var ids [3]ID
	parts := term.Triple()
	for i, part := range [...]rdf.Term{parts.S, parts.P, parts.O} {
		if ids[i], err = t.ID(part); err != nil {
			return nil, err
		}
	}
	return appendTriple(nil, depth, &ids), nil
}

// Insert adds lists of quads and returns how many were not there. Errors: those of the context of Begin.
func (t *Tx) Insert(lists ...[]rdf.Quad) (int, error) {
	rows := make([][4]ID, 0, total(lists))
	for q := range each(lists) {
		if err := t.look(len(rows)); err != nil {
			return 0, err
		}
		var r [4]ID
		for c, term := range [4]rdf.Term{q.S, q.P, q.O, q.G} {
			id, err := t.ID(term)
			if err != nil {
				return 0, err
			}
			r[c] = id
		}
		rows = append(rows, r)
	}
	return t.InsertIDs(rows)
}

func total(lists [][]rdf.Quad) (n int) {
	for _, l := range lists {
		n += len(l)
	}
	return n
}

// each yields the quads of lists.
func each(lists [][]rdf.Quad) iter.Seq[*rdf.Quad] {
	return func(yield func(*rdf.Quad) bool) {
		for _, l := range lists {
			for i := range l {
				if !yield(&l[i]) {
					return
				}
			}
		}
	}
}

// lookEvery is after how many rows the context is looked at.
const lookEvery = 1 << 10

// look looks at the context of Begin now and then.
func (t *Tx) look(row int) error {
	if row%lookEvery != 0 {
		return nil
	}
	return t.ctx.Err()
}

// Delete removes lists of quads and returns how many were there. Errors: those of the context of Begin.
func (t *Tx) Delete(lists ...[]rdf.Quad) (int, error) {
	view := t.Snapshot()
	rows := make([][4]ID, 0, total(lists))
	looks := 0
quads:
	for q := range each(lists) {
		if err := t.look(looks); err != nil {
			return 0, err
		}
		looks++
		var r [4]ID
		for c, term := range [4]rdf.Term{q.S, q.P, q.O, q.G} {
			id, ok, err := view.Lookup(term)
			if err != nil {
				return 0, err
			}
			if !ok {
				continue quads
			}
			r[c] = id
		}
		rows = append(rows, r)
	}
	return t.DeleteIDs(rows)
}

// InsertIDs adds rows of subject, predicate, object and graph, and returns how many were not there.
func (t *Tx) InsertIDs(rows [][4]ID) (int, error) { return t.change(rows, false) }

// DeleteIDs removes rows of subject, predicate, object and graph, and returns how many were there.
func (t *Tx) DeleteIDs(rows [][4]ID) (int, error) { return t.change(rows, true) }

func (t *Tx) change(rows [][4]ID, gone bool) (int, error) {
	if t.done {
		return 0, ErrTxDone
	}
	changes := make([]change, len(rows))
	for i, r := range rows {
		changes[i] = change{row(r), gone}
	}
	changes, err := sortChanges(t.ctx, changes)
	if err != nil {
		return 0, err
	}
	next := t.dir.orders
	first, made, err := t.base.st.apply(t.ctx, SPOG, &next[SPOG], changes)
	if err != nil || len(made) == 0 {
		return 0, err
	}
	next[SPOG] = *first
	for _, o := range Orders()[1:] {
		arranged := make([]change, 0, len(made))
		for _, c := range made {
			if !o.GraphFirst() || c.row[3] != None {
				arranged = append(arranged, change{o.fromSPOG(c.row), gone})
			}
		}
		if len(arranged) == 0 {
			continue
		}
		if arranged, err = sortChanges(t.ctx, arranged); err != nil {
			return 0, err
		}
		top, _, err := t.base.st.apply(t.ctx, o, &next[o], arranged)
		if err != nil {
			return 0, err
		}
		next[o] = *top
	}
	t.dir.orders = next
	return len(made), nil
}

// Rollback ends the transaction and forgets its changes; after Commit it does nothing.
func (t *Tx) Rollback() {
	if !t.done {
		t.end()
		t.s.unlock()
	}
}

// end forgets the changes but keeps the writer's place.
func (t *Tx) end() {
	if t.done {
		return
	}
	t.done = true
	t.s.mu.Lock()
	t.s.active = nil
	t.s.cur.unpin(t.pinned)
	t.s.mu.Unlock()
	t.base.Close()
}

// newTerm returns the bytes of a term that is not on disk.
func (t *Tx) newTerm(id ID) ([]byte, bool) {
	b, ok := t.bytes[id]
	for i := 0; !ok && i < len(t.parents); i++ {
		b, ok = t.parents[i].bytes[id]
	}
	return b, ok
}

// newID returns the id of a term that is not on disk, by its lateKey.
func (t *Tx) newID(key []byte) (ID, bool) {
	id, ok := t.ids[string(key)]
	for i := 0; !ok && i < len(t.parents); i++ {
		id, ok = t.parents[i].ids[string(key)]
	}
	return id, ok
}
