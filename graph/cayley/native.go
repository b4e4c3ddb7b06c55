package cayley

import (
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"

	"sett/graph/exec"
	"sett/graph/store"
)

// native is a shape that runs as a plan.
type native struct {
	source shape.Shape
}

var _ shape.Optimizer = (*QuadStore)(nil)

// OptimizeShape returns the shape as one that runs as a plan, if all or the outermost part of it can. It is called by
// Cayley for every shape of a query, from the inside out.
func (qs *QuadStore) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	switch f := s.(type) {
	case shape.Intersect, shape.IntersectOpt, shape.Union, shape.NodesFrom, shape.QuadsAction, shape.Except,
		shape.Page, shape.Unique, shape.Count, *recursion:
	case shape.Filter:
		if _, all := f.From.(shape.AllNodes); all { // nothing but a look at each node: the plan would do no better
			return s, false
		}
	default: // one node, all nodes, tags and the like cost nothing as they are
		return s, false
	}
	if yieldsQuads(s) {
		return s, false
	}
	c := &compiler{qs: qs}
	p, err := c.shape(s)
	if err != nil || p.opaque {
		return s, false
	}
	return &native{source: s}, true
}

// yieldsQuads reports whether a shape is a set of quads, which is a part of a plan and none itself.
func yieldsQuads(s shape.Shape) bool {
	switch s := s.(type) {
	case shape.Quads:
		return true
	case shape.Union:
		return slices.ContainsFunc(s, yieldsQuads)
	case shape.Intersect:
		return slices.ContainsFunc(s, yieldsQuads)
	}
	return false
}

// BuildIterator returns the iterator over the plan's rows.
func (s *native) BuildIterator(qs graph.QuadStore) graph.Iterator {
	own, ok := graph.Unwrap(qs).(*QuadStore)
	if !ok {
		return s.source.BuildIterator(qs)
	}
	return graph.NewLegacy(&nativeScan{qs: own, source: s.source}, nil)
}

// Optimize returns the shape unchanged.
func (s *native) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

// nativeScan is a shape that runs as a plan, as Cayley's iterators see it.
type nativeScan struct {
	qs     *QuadStore
	source shape.Shape
	costs  *graph.IteratorCosts
}

var _ graph.IteratorShape = (*nativeScan)(nil)

func (s *nativeScan) String() string { return "plan(" + shapeName(s.source) + ")" }

func (s *nativeScan) Iterate() graph.Scanner { return &nativeRows{scan: s} }

func (s *nativeScan) Lookup() graph.Index { return &nativeIndex{scan: s} }

func (s *nativeScan) Optimize(context.Context) (graph.IteratorShape, bool) { return s, false }

func (s *nativeScan) SubIterators() []graph.IteratorShape { return nil }

// Stats returns the planner's estimate.
func (s *nativeScan) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	if s.costs != nil {
		return *s.costs, nil
	}
	view, release := s.qs.view()
	defer release()
	t, err := view.translate(ctx, s.source, nil, -1, false)
	if err != nil {
		return graph.IteratorCosts{}, err
	}
	rows := int64(min(t.plan.Root.Head().Rows, 1e15))
	s.costs = &graph.IteratorCosts{ContainsCost: 1, NextCost: 1, Size: graph.Size{Size: max(1, rows)}}
	return *s.costs, nil
}

// view returns a QuadStore fixed to the present state, and what gives it back.
func (qs *QuadStore) view() (*QuadStore, func()) {
	if qs.fixed != nil {
		return qs, func() {}
	}
	n := qs.hold()
	return onSnapshot(n, qs.names, qs.run), func() { qs.release(n) }
}

// nativeRows walks a plan's rows.
type nativeRows struct {
	scan    *nativeScan
	release func()
	plan    *translation
	rows    *exec.Rows
	batch   *exec.Batch
	at      int
	err     error
	done    bool
}

func (r *nativeRows) Next(ctx context.Context) bool {
	if r.done {
		return false
	}
	if r.rows == nil {
		var view *QuadStore
		view, r.release = r.scan.qs.view()
		t, err := view.translate(ctx, r.scan.source, &tables{ctx, view}, -1, false)
		if err == nil {
			r.plan = t
			r.rows, err = view.start(ctx, t)
		}
		if err != nil {
			return r.end(err)
		}
	}
	r.at++
	for r.batch == nil || r.at >= r.batch.N {
		var err error
		if r.batch, err = r.rows.Next(); err != nil || r.batch == nil {
			return r.end(err)
		}
		r.at = 0
	}
	return true
}

func (r *nativeRows) end(err error) bool {
	r.done, r.err = true, err
	if r.rows != nil {
		r.rows.Close()
	}
	r.release()
	return false
}

func (r *nativeRows) ref(column int) graph.Ref {
	out, err := ref(r.rows, r.batch.Cols[r.plan.at[column]][r.at])
	if err != nil {
		r.err = err
	}
	return out
}

func (r *nativeRows) Result() graph.Ref {
	if r.done || r.batch == nil {
		return nil
	}
	return r.ref(0)
}

func (r *nativeRows) TagResults(tags map[string]graph.Ref) {
	if r.done || r.batch == nil {
		return
	}
	for i, name := range r.plan.tags {
		if r.batch.Cols[r.plan.at[i+1]][r.at] != store.None {
			tags[name] = r.ref(i + 1)
		}
	}
}

func (r *nativeRows) NextPath(context.Context) bool { return false }

func (r *nativeRows) Err() error { return r.err }

func (r *nativeRows) String() string { return r.scan.String() }

func (r *nativeRows) Close() error {
	if r.rows != nil && !r.done {
		r.end(r.err)
	}
	return nil
}

// nativeIndex tells whether a plan's rows hold a node, after it has run once.
type nativeIndex struct {
	scan  *nativeScan
	rows  map[interface{}][]map[string]graph.Ref
	at    graph.Ref
	paths []map[string]graph.Ref // those of the present node, the current one first
	err   error
}

func (x *nativeIndex) Contains(ctx context.Context, r graph.Ref) bool {
	if x.err != nil {
		return false
	}
	if x.rows == nil {
		x.rows = map[interface{}][]map[string]graph.Ref{}
		all := &nativeRows{scan: x.scan}
		for all.Next(ctx) {
			key := graph.ToKey(all.Result())
			tags := map[string]graph.Ref{}
			all.TagResults(tags)
			x.rows[key] = append(x.rows[key], tags)
		}
		if x.err = all.Err(); x.err != nil {
			return false
		}
	}
	x.at, x.paths = r, x.rows[graph.ToKey(r)]
	return len(x.paths) > 0
}

func (x *nativeIndex) NextPath(context.Context) bool {
	if len(x.paths) < 2 {
		return false
	}
	x.paths = x.paths[1:]
	return true
}

func (x *nativeIndex) Result() graph.Ref {
	if len(x.paths) == 0 {
		return nil
	}
	return x.at
}

func (x *nativeIndex) TagResults(tags map[string]graph.Ref) {
	if len(x.paths) > 0 {
		for name, r := range x.paths[0] {
			tags[name] = r
		}
	}
}

func (x *nativeIndex) Err() error { return x.err }

func (x *nativeIndex) String() string { return x.scan.String() }

func (x *nativeIndex) Close() error {
	x.rows, x.paths = nil, nil
	return nil
}
