package cayley

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"

	"sett/graph/store"
)

func noQuads() graph.Iterator { return iterator.NewNull() }

// quadScan is the quads under one term, or all of them, as Cayley's iterators want them: one at a time.
type quadScan struct {
	qs     *QuadStore
	order  store.Order
	prefix store.ID // None: all quads
	column store.Column
}

var _ graph.IteratorShape = (*quadScan)(nil)

func (s *quadScan) String() string {
	if s.prefix == store.None {
		return "quads"
	}
	return fmt.Sprintf("quads(%s = %s)", directions[s.column], s.prefix)
}

func (s *quadScan) Iterate() graph.Scanner { return &quadRows{scan: s} }

func (s *quadScan) Lookup() graph.Index { return &quadIndex{scan: s} }

func (s *quadScan) Stats(context.Context) (graph.IteratorCosts, error) {
	n := s.qs.hold()
	defer s.qs.release(n)
	rows, err := n.Count(s.order, s.ids()...)
	return graph.IteratorCosts{ContainsCost: 1, NextCost: 1, Size: graph.Size{Size: int64(rows), Exact: true}}, err
}

func (s *quadScan) Optimize(context.Context) (graph.IteratorShape, bool) { return s, false }

func (s *quadScan) SubIterators() []graph.IteratorShape { return nil }

func (s *quadScan) ids() []store.ID {
	if s.prefix == store.None {
		return nil
	}
	return []store.ID{s.prefix}
}

// quadRows walks a quadScan.
type quadRows struct {
	scan  *quadScan
	snap  *store.Snapshot
	rows  *store.Scan
	batch store.Batch
	at    int
	cols  [4]int // by column of a row, its place in the order
	err   error
	done  bool
}

func (r *quadRows) Next(ctx context.Context) bool {
	if r.done {
		return false
	}
	if r.rows == nil {
		r.snap = r.scan.qs.hold()
		r.rows = r.snap.Scan(r.scan.order, r.scan.ids()...)
		for i, c := range r.scan.order.Columns() {
			r.cols[c] = i
		}
		r.at = -1
	}
	r.at++
	for r.at >= r.batch.N {
		if r.err = ctx.Err(); r.err != nil {
			return r.end()
		}
		more, err := r.rows.Next(&r.batch)
		if err != nil || !more {
			r.err = err
			return r.end()
		}
		r.at = 0
	}
	return true
}

func (r *quadRows) end() bool {
	r.done = true
	r.scan.qs.release(r.snap)
	return false
}

func (r *quadRows) Result() graph.Ref {
	if r.rows == nil || r.done {
		return nil
	}
	var q Quad
	for c := range q {
		q[c] = r.batch.Cols[r.cols[c]][r.at]
	}
	return q
}

func (r *quadRows) TagResults(map[string]graph.Ref) {}

func (r *quadRows) NextPath(context.Context) bool { return false }

func (r *quadRows) Err() error { return r.err }

func (r *quadRows) String() string { return r.scan.String() }

func (r *quadRows) Close() error {
	if r.rows != nil && !r.done {
		r.rows.Close()
		r.end()
	}
	return nil
}

// quadIndex tells whether a quad belongs to a quadScan.
type quadIndex struct {
	scan *quadScan
	at   Quad
	ok   bool
}

func (x *quadIndex) Contains(_ context.Context, r graph.Ref) bool {
	x.at, x.ok = r.(Quad)
	x.ok = x.ok && (x.scan.prefix == store.None || x.at[x.scan.column] == x.scan.prefix)
	return x.ok
}

func (x *quadIndex) Result() graph.Ref {
	if !x.ok {
		return nil
	}
	return x.at
}

func (x *quadIndex) TagResults(map[string]graph.Ref) {}

func (x *quadIndex) NextPath(context.Context) bool { return false }

func (x *quadIndex) Err() error { return nil }

func (x *quadIndex) Close() error { return nil }

func (x *quadIndex) String() string { return x.scan.String() }
