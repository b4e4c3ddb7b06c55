package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/dgraph-io/badger/v4"
)

// Snapshot is the store after one commit, whatever is written meanwhile. It is safe for concurrent use, Close aside.
type Snapshot struct {
	s    *Store
	st   *state
	dir  *directory
	tx   *Tx // whose changes it shows; nil for a committed state
	done atomic.Bool
}

// Snapshot returns the current state. It costs no more than a lock.
func (s *Store) Snapshot() *Snapshot {
	st := s.acquire()
	return &Snapshot{s: s, st: st, dir: st.dir}
}

// Close releases the state.
func (n *Snapshot) Close() {
	if n.done.CompareAndSwap(false, true) && n.tx == nil {
		n.s.release(n.st)
	}
}

// Err returns ErrClosed once the snapshot or its store is closed. Reads from memory may go on for a while then; those from disk fail.
func (n *Snapshot) Err() error {
	if n.done.Load() || n.s.isClosed() {
		return ErrClosed
	}
	return nil
}

// Version is the number of commits the state has seen.
func (n *Snapshot) Version() uint64 { return n.dir.meta.Version }

// A State names the content of a store at a time. Snapshots of the same State show the same. It is comparable, and keeps nothing alive.
type State struct {
	store   weak.Pointer[Store]
	version uint64
}

// State returns what the snapshot shows; false for what a transaction has changed and not committed, which has no name.
func (n *Snapshot) State() (State, bool) {
	return State{weak.Make(n.s), n.dir.meta.Version}, n.tx == nil
}

// Count returns how many rows of order o begin with prefix. It is exact. Cost: two probes of the directory; for the
// default graph beside named ones, a scan.
func (n *Snapshot) Count(o Order, prefix ...ID) (uint64, error) {
	if o.GraphFirst() && len(prefix) > 0 && prefix[0] == None {
		o, prefix = o.sibling(), prefix[1:]
		if n.dir.orders[GSPO].rows() > 0 {
			return countDefault(n.Scan(o, prefix...))
		}
	}
	t := &n.dir.orders[o]
	if len(prefix) == 0 {
		return t.rows(), nil
	}
	_, from, err := n.st.find(o, t, prefix, false)
	if err != nil {
		return 0, err
	}
	_, to, err := n.st.find(o, t, prefix, true)
	return to - from, err
}

// CountRange returns how many rows of order o have prefix and then a value within lo and hi, both included. It is exact, and
// costs what Count costs.
func (n *Snapshot) CountRange(o Order, lo, hi ID, prefix ...ID) (uint64, error) {
	if lo > hi || len(prefix) > 3 {
		return 0, nil
	}
	t := &n.dir.orders[o]
	if o.GraphFirst() && len(prefix) > 0 && prefix[0] == None {
		t, o, prefix = &n.dir.orders[o.sibling()], o.sibling(), prefix[1:]
		if n.dir.orders[GSPO].rows() > 0 {
			scan := n.Scan(o, prefix...)
			scan.Range(lo, hi)
			return countDefault(scan)
		}
	}
	_, from, err := n.st.find(o, t, slices.Concat(prefix, []ID{lo}), false)
	if err != nil {
		return 0, err
	}
	_, to, err := n.st.find(o, t, slices.Concat(prefix, []ID{hi}), true)
	return to - from, err
}

// countDefault counts the rows of the default graph.
func countDefault(scan *Scan) (uint64, error) {
	defer scan.Close()
	var b Batch
	var total uint64
	for {
		more, err := scan.Next(&b)
		if err != nil || !more {
			return total, err
		}
		for _, g := range b.Cols[3] {
			if g == None {
				total++
			}
		}
	}
}

// PredicateStats describes the quads with one predicate.
type PredicateStats struct{ Triples, Subjects, Objects uint64 }

// Predicate counts a predicate's quads and its distinct subjects and objects. A build has counted them; where the predicate's
// quads have become more or fewer by a tenth since, they are counted anew, which reads two of its orders. The number of triples is
// exact, the others may be off by such a tenth.
func (n *Snapshot) Predicate(p ID) (PredicateStats, error) {
	triples, err := n.Count(PSOG, p)
	if err != nil {
		return PredicateStats{}, err
	}
	stats := n.st.stats
	stats.mu.Lock()
	st, ok := stats.of[p]
	stats.mu.Unlock()
	if ok && 10*max(st.Triples, triples)-10*min(st.Triples, triples) <= st.Triples {
		st.Triples = triples
		st.Subjects, st.Objects = min(st.Subjects, triples), min(st.Objects, triples)
		return st, nil
	}
	if st.Triples, st.Subjects, err = n.distinct(PSOG, p); err != nil {
		return st, err
	}
	if _, st.Objects, err = n.distinct(POSG, p); err != nil || n.tx != nil {
		return st, err
	}
	stats.mu.Lock()
	stats.of[p] = st
	stats.mu.Unlock()
	return st, nil
}

// statistics are those of a generation, counted when it was built or since.
type statistics struct {
	mu sync.Mutex
	of map[ID]PredicateStats
}

func (g *generation) readStatistics(txn *badger.Txn) (*statistics, error) {
	r := reader{txn: txn}
	b, err := r.get([]byte{keyStats})
	if errors.Is(err, badger.ErrKeyNotFound) {
		return &statistics{of: map[ID]PredicateStats{}}, nil
	}
	if err != nil {
		return nil, err
	}
	of, err := decodeStats(b)
	return &statistics{of: of}, err
}

// distinct counts rows under p and distinct values of the second column.
func (n *Snapshot) distinct(o Order, p ID) (rows, values uint64, err error) {
	scan := n.Scan(o, p)
	defer scan.Close()
	var b Batch
	last := MaxID
	for {
		more, err := scan.Next(&b)
		if err != nil || !more {
			return rows, values, err
		}
		rows += uint64(b.N)
		for _, v := range b.Cols[1] {
			if v != last {
				values++
				last = v
			}
		}
	}
}

// Stats describes a store.
type Stats struct {
	Quads, Terms, Graphs uint64
	Predicates           uint64
	Orders               []OrderStats
	DictionaryBytes      int64 // of terms, both ways
	OtherBytes           int64 // of the directory of pages, and of the store's own record
}

// OrderStats describes one order.
type OrderStats struct {
	Order Order
	Rows  uint64
	Bytes int64 // of its pages
}

// Stats counts. It looks at every key.
func (n *Snapshot) Stats(ctx context.Context) (Stats, error) {
	st := Stats{Quads: n.dir.orders[SPOG].rows()}
	for _, last := range n.dir.meta.last {
		st.Terms += last
	}
	for _, o := range Orders() {
		st.Orders = append(st.Orders, OrderStats{Order: o, Rows: n.dir.orders[o].rows()})
	}
	var err error
	if st.Graphs, err = n.leading(ctx, GSPO); err != nil {
		return st, err
	}
	if st.Predicates, err = n.leading(ctx, PSOG); err != nil {
		return st, err
	}
	return st, n.st.countBytes(ctx, &st)
}

// countBytes adds up the sizes of keys and values.
func (st *state) countBytes(ctx context.Context, out *Stats) error {
	if err := st.gate.enter(); err != nil {
		return err
	}
	defer st.gate.leave()
	it := st.txn.NewIterator(badger.IteratorOptions{})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		key := it.Item().Key()
		size := it.Item().EstimatedSize() + int64(len(key))
		switch key[0] {
		case keyPage:
			if o := Order(key[1]); o < NumOrders {
				out.Orders[o].Bytes += size
			}
		case keyBlock, keyFence, keyFenceTop, keyLate, keyLateID:
			out.DictionaryBytes += size
		default:
			out.OtherBytes += size
		}
	}
	return nil
}

// leading counts the distinct values of an order's first column, skipping from one to the next.
func (n *Snapshot) leading(ctx context.Context, o Order) (uint64, error) {
	var count uint64
	var b Batch
	scan := n.Scan(o)
	defer scan.Close()
	for next := None + 1; ; {
		if err := ctx.Err(); err != nil {
			return count, err
		}
		if err := scan.Seek(next); err != nil {
			return count, err
		}
		more, err := scan.Next(&b)
		if err != nil || !more {
			return count, err
		}
		for i, v := range b.Cols[0] {
			if i == 0 && v >= next || i > 0 && v != b.Cols[0][i-1] {
				if v >= next {
					count++
					next = v + 1
				}
			}
		}
	}
}
