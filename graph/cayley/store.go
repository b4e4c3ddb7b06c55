package cayley

import (
	"context"
	"errors"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"sett/graph/rdf"
	"sett/graph/store"
)

// QuadStore is a store as Cayley's graph.QuadStore. It is safe for concurrent use.
//
// Each call sees the store as it is then; an iterator, the state at its first Next, until it is reset. A ref is an id of
// the store and holds until a bulk load or a compaction rebuilds that (see store.ID).
type QuadStore struct {
	store  *store.Store
	closes bool            // Close closes the store
	fixed  *store.Snapshot // what a query sees; nil: the present state

	names *rdf.Prefixes // of the session, for IRIs written as prefixed names; may be nil
	run   runOptions

	mu   sync.Mutex
	live map[*store.Snapshot]struct{} // held by iterators
	errs error                        // of methods that cannot return one, for Close
}

var (
	_ graph.QuadStore       = (*QuadStore)(nil)
	_ graph.BatchQuadStore  = (*QuadStore)(nil)
	_ graph.BulkLoader      = (*QuadStore)(nil)
	_ graph.PreFetchedValue = fetched{}
)

// New returns a store as a QuadStore. Closing that leaves the store open.
func New(s *store.Store) *QuadStore {
	return &QuadStore{store: s, live: map[*store.Snapshot]struct{}{}}
}

// onSnapshot returns a QuadStore that is read only and always sees one state.
func onSnapshot(n *store.Snapshot, names *rdf.Prefixes, run runOptions) *QuadStore {
	return &QuadStore{fixed: n, names: names, run: run, live: map[*store.Snapshot]struct{}{}}
}

// Node is a ref to a term: its id.
type Node store.ID

// Key returns the node itself, which is comparable.
func (n Node) Key() interface{} { return n }

// Quad is a ref to a quad: the ids of its terms, by store.Column.
type Quad [4]store.ID

// Key returns the quad itself, which is comparable.
func (q Quad) Key() interface{} { return q }

// fetched is a ref to a value that is no term of the store.
type fetched struct{ value quad.Value }

func (f fetched) Key() interface{}   { return f.value }
func (f fetched) NameOf() quad.Value { return f.value }

// hold returns the state to read, kept until release.
func (qs *QuadStore) hold() *store.Snapshot {
	if qs.fixed != nil {
		return qs.fixed
	}
	n := qs.store.Snapshot()
	qs.mu.Lock()
	defer qs.mu.Unlock()
	qs.live[n] = struct{}{}
	return n
}

// release gives a state back that hold returned. Releasing twice does nothing.
func (qs *QuadStore) release(n *store.Snapshot) {
	if n == nil || n == qs.fixed {
		return
	}
	qs.mu.Lock()
	delete(qs.live, n)
	qs.mu.Unlock()
	n.Close()
}

// note keeps an error that a method of Cayley's interface has no way to return. Close returns it.
func (qs *QuadStore) note(err error) {
	qs.mu.Lock()
	defer qs.mu.Unlock()
	if qs.errs == nil {
		qs.errs = err
	}
}

// ValueOf returns the ref of a value that occurs in the graph, and nil for any other. An IRI or text that does not occur
// is taken for a prefixed name, where the session declares prefixes.
func (qs *QuadStore) ValueOf(v quad.Value) graph.Ref {
	n := qs.hold()
	defer qs.release(n)
	return qs.valueOf(n, v)
}

func (qs *QuadStore) valueOf(n *store.Snapshot, v quad.Value) graph.Ref {
	t, err := Term(v)
	if err != nil || t.IsZero() {
		return nil
	}
	id, err := occurring(n, t)
	if err == nil && id == store.None && (t.IsIRI() || t.IsString()) {
		if full, ok := qs.names.Expand(t.Value()); ok {
			id, err = occurring(n, rdf.NewIRI(full))
		}
	}
	if err != nil {
		qs.note(err)
	}
	if err != nil || id == store.None {
		return nil
	}
	return Node(id)
}

// occurring returns the id of a term that some quad holds, and None for others: a term may be in the dictionary, or be
// its own id, and yet be nowhere in the graph.
func occurring(n *store.Snapshot, t rdf.Term) (store.ID, error) {
	id, ok, err := n.Lookup(t)
	if err != nil || !ok {
		return store.None, err
	}
	for _, o := range byColumn {
		rows, err := n.Count(o, id)
		if err != nil {
			return store.None, err
		}
		if rows > 0 {
			return id, nil
		}
	}
	return store.None, nil
}

// byColumn has, for each column of a row, an order that begins with it.
var byColumn = [4]store.Order{store.S: store.SPOG, store.P: store.PSOG, store.O: store.OSPG, store.G: store.GSPO}

// NameOf returns the value of a ref, nil for one of another backend.
func (qs *QuadStore) NameOf(r graph.Ref) quad.Value {
	switch r := r.(type) {
	case nil:
		return nil
	case graph.PreFetchedValue:
		return r.NameOf()
	case Node:
		n := qs.hold()
		defer qs.release(n)
		return qs.nameOf(n, store.ID(r))
	}
	return nil
}

func (qs *QuadStore) nameOf(n *store.Snapshot, id store.ID) quad.Value {
	t, err := n.Term(id)
	if err != nil {
		qs.note(err)
	}
	return Value(t)
}

// ValuesOf returns the values of refs. Errors: those of the store.
func (qs *QuadStore) ValuesOf(_ context.Context, refs []graph.Ref) ([]quad.Value, error) {
	n := qs.hold()
	defer qs.release(n)
	out := make([]quad.Value, len(refs))
	ids := make([]store.ID, len(refs))
	for i, r := range refs {
		switch r := r.(type) {
		case graph.PreFetchedValue:
			out[i] = r.NameOf()
		case Node:
			ids[i] = store.ID(r)
		}
	}
	terms := make([]rdf.Term, len(refs))
	if err := n.Terms(ids, terms); err != nil {
		return nil, err
	}
	for i, t := range terms {
		if t.IsZero() {
			continue
		}
		out[i] = Value(t)
	}
	return out, nil
}

// RefsOf returns the refs of values. Errors: ErrNotFound naming the first value that does not occur.
func (qs *QuadStore) RefsOf(_ context.Context, values []quad.Value) ([]graph.Ref, error) {
	n := qs.hold()
	defer qs.release(n)
	out := make([]graph.Ref, len(values))
	for i, v := range values {
		if out[i] = qs.valueOf(n, v); out[i] == nil {
			return nil, &NotFoundError{v}
		}
	}
	return out, nil
}

// NotFoundError says which value does not occur in the graph.
type NotFoundError struct{ Value quad.Value }

// Error returns the message.
func (e *NotFoundError) Error() string { return "not in the graph: " + quad.StringOf(e.Value) }

// Quad returns the quad of a ref.
func (qs *QuadStore) Quad(r graph.Ref) quad.Quad {
	row, ok := r.(Quad)
	if !ok {
		return quad.Quad{}
	}
	n := qs.hold()
	defer qs.release(n)
	var q quad.Quad
	for c, id := range row {
		if id != store.None {
			q.Set(directions[c], qs.nameOf(n, id))
		}
	}
	return q
}

// QuadDirection returns the ref of one term of a quad, nil where there is no label.
func (qs *QuadStore) QuadDirection(r graph.Ref, d quad.Direction) graph.Ref {
	row, ok := r.(Quad)
	if !ok {
		return nil
	}
	if c, ok := columnOf(d); ok && row[c] != store.None {
		return Node(row[c])
	}
	return nil
}

// columnOf returns the column of a direction; false for quad.Any.
func columnOf(d quad.Direction) (store.Column, bool) {
	switch d {
	case quad.Subject:
		return store.S, true
	case quad.Predicate:
		return store.P, true
	case quad.Object:
		return store.O, true
	case quad.Label:
		return store.G, true
	}
	return 0, false
}

// QuadIterator returns the quads that have a term in a direction.
func (qs *QuadStore) QuadIterator(d quad.Direction, r graph.Ref) graph.Iterator {
	c, ok := columnOf(d)
	node, isNode := r.(Node)
	if !ok || !isNode {
		return noQuads()
	}
	return graph.NewLegacy(&quadScan{qs: qs, order: byColumn[c], prefix: store.ID(node), column: c}, nil)
}

// QuadIteratorSize returns how many quads QuadIterator yields, exactly.
func (qs *QuadStore) QuadIteratorSize(_ context.Context, d quad.Direction, r graph.Ref) (graph.Size, error) {
	c, ok := columnOf(d)
	node, isNode := r.(Node)
	if !ok || !isNode {
		return graph.Size{Exact: true}, nil
	}
	n := qs.hold()
	defer qs.release(n)
	rows, err := n.Count(byColumn[c], store.ID(node))
	return graph.Size{Size: int64(rows), Exact: true}, err
}

// QuadsAllIterator returns all quads.
func (qs *QuadStore) QuadsAllIterator() graph.Iterator {
	return graph.NewLegacy(&quadScan{qs: qs, order: store.SPOG}, nil)
}

// NodesAllIterator returns every term that a quad holds, labels included, once each.
func (qs *QuadStore) NodesAllIterator() graph.Iterator {
	return graph.NewLegacy(&nodeScan{qs: qs, hi: store.MaxID}, nil)
}

// Stats counts quads exactly, and nodes exactly if asked to; otherwise the dictionary's terms stand for these.
func (qs *QuadStore) Stats(ctx context.Context, exact bool) (graph.Stats, error) {
	n := qs.hold()
	defer qs.release(n)
	quads, err := n.Count(store.SPOG)
	if err != nil {
		return graph.Stats{}, err
	}
	out := graph.Stats{Quads: graph.Size{Size: int64(quads), Exact: true}}
	if exact {
		out.Nodes.Exact = true
		out.Nodes.Size, err = countNodes(ctx, n)
		return out, err
	}
	st, err := n.Stats(ctx)
	out.Nodes.Size = int64(st.Terms)
	return out, err
}

// Close releases what iterators still hold, closes the store if it was opened by name, and returns the first error that
// a method could not.
func (qs *QuadStore) Close() error {
	qs.mu.Lock()
	live, err := qs.live, qs.errs
	qs.live = map[*store.Snapshot]struct{}{}
	qs.mu.Unlock()
	for n := range live {
		n.Close()
	}
	if qs.closes {
		err = errors.Join(err, qs.store.Close())
	}
	return err
}
