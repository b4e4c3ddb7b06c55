package cayley

import (
	"context"

	"github.com/cayleygraph/cayley/graph"

	"sett/graph/store"
)

// nodeScan is the terms that occur in the graph, each once, ascending by id; those from lo to hi.
type nodeScan struct {
	qs     *QuadStore
	lo, hi store.ID
}

var _ graph.IteratorShape = (*nodeScan)(nil)

func (s *nodeScan) String() string { return "nodes" }

func (s *nodeScan) Iterate() graph.Scanner { return &nodeRows{scan: s} }

func (s *nodeScan) Lookup() graph.Index { return &nodeIndex{scan: s} }

func (s *nodeScan) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	st, err := s.qs.Stats(ctx, false)
	// Inlined terms are not in the dictionary, and its terms need not occur: the number only orders iterators.
	size := max(1, min(st.Nodes.Size, 4*st.Quads.Size))
	return graph.IteratorCosts{ContainsCost: 1, NextCost: 1, Size: graph.Size{Size: size}}, err
}

func (s *nodeScan) Optimize(context.Context) (graph.IteratorShape, bool) { return s, false }

func (s *nodeScan) SubIterators() []graph.IteratorShape { return nil }

// nodeCursor merges the leading columns of four orders, which begin with subject, predicate, object and graph.
type nodeCursor struct {
	columns [4]leading
}

// leading yields the distinct values of an order's first column.
type leading struct {
	scan  *store.Scan
	batch store.Batch
	at    int
	done  bool
}

// value returns the present value; false at the end.
func (l *leading) value() (store.ID, bool, error) {
	for !l.done && l.at >= l.batch.N {
		more, err := l.scan.Next(&l.batch)
		if err != nil {
			return 0, false, err
		}
		l.at, l.done = 0, !more
	}
	if l.done {
		return 0, false, nil
	}
	return l.batch.Cols[0][l.at], true, nil
}

// pass goes to the first value above id. Runs longer than a batch are skipped by the directory.
func (l *leading) pass(id store.ID) error {
	for l.at < l.batch.N && l.batch.Cols[0][l.at] <= id {
		l.at++
	}
	if l.at >= l.batch.N && !l.done {
		return l.scan.Seek(id + 1)
	}
	return nil
}

func newNodeCursor(n *store.Snapshot, lo, hi store.ID) *nodeCursor {
	c := &nodeCursor{}
	for i, o := range byColumn {
		c.columns[i].scan = n.Scan(o)
		c.columns[i].scan.Range(max(lo, store.None+1), hi)
	}
	return c
}

// next returns the next node; false at the end.
func (c *nodeCursor) next() (store.ID, bool, error) {
	least, found := store.MaxID, false
	for i := range c.columns {
		id, ok, err := c.columns[i].value()
		if err != nil {
			return 0, false, err
		}
		if ok && id < least {
			least, found = id, true
		}
	}
	if !found {
		return 0, false, nil
	}
	for i := range c.columns {
		if err := c.columns[i].pass(least); err != nil {
			return 0, false, err
		}
	}
	return least, true, nil
}

func (c *nodeCursor) close() {
	for i := range c.columns {
		c.columns[i].scan.Close()
	}
}

// countNodes counts the terms that occur in the graph.
func countNodes(ctx context.Context, n *store.Snapshot) (int64, error) {
	c := newNodeCursor(n, 0, store.MaxID)
	defer c.close()
	for count := int64(0); ; count++ {
		if count%1024 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		_, ok, err := c.next()
		if err != nil || !ok {
			return count, err
		}
	}
}

// nodeRows walks a nodeScan.
type nodeRows struct {
	scan   *nodeScan
	snap   *store.Snapshot
	cursor *nodeCursor
	at     store.ID
	seen   int
	err    error
	done   bool
}

func (r *nodeRows) Next(ctx context.Context) bool {
	if r.done {
		return false
	}
	if r.cursor == nil {
		r.snap = r.scan.qs.hold()
		r.cursor = newNodeCursor(r.snap, r.scan.lo, r.scan.hi)
	}
	if r.seen++; r.seen%1024 == 0 {
		if r.err = ctx.Err(); r.err != nil {
			return r.end()
		}
	}
	var ok bool
	if r.at, ok, r.err = r.cursor.next(); r.err != nil || !ok {
		return r.end()
	}
	return true
}

func (r *nodeRows) end() bool {
	r.done = true
	r.cursor.close()
	r.scan.qs.release(r.snap)
	return false
}

func (r *nodeRows) Result() graph.Ref {
	if r.cursor == nil || r.done {
		return nil
	}
	return Node(r.at)
}

func (r *nodeRows) TagResults(map[string]graph.Ref) {}

func (r *nodeRows) NextPath(context.Context) bool { return false }

func (r *nodeRows) Err() error { return r.err }

func (r *nodeRows) String() string { return "nodes" }

func (r *nodeRows) Close() error {
	if r.cursor != nil && !r.done {
		r.end()
	}
	return nil
}

// nodeIndex tells whether a node belongs to a nodeScan. A ref is made of terms that occur, so any node within the
// limits does.
type nodeIndex struct {
	scan *nodeScan
	at   graph.Ref
}

func (x *nodeIndex) Contains(_ context.Context, r graph.Ref) bool {
	n, ok := r.(Node)
	x.at = nil
	if ok && store.ID(n) >= x.scan.lo && store.ID(n) <= x.scan.hi {
		x.at = n
	}
	return x.at != nil
}

func (x *nodeIndex) Result() graph.Ref { return x.at }

func (x *nodeIndex) TagResults(map[string]graph.Ref) {}

func (x *nodeIndex) NextPath(context.Context) bool { return false }

func (x *nodeIndex) Err() error { return nil }

func (x *nodeIndex) Close() error { return nil }

func (x *nodeIndex) String() string { return "nodes" }
