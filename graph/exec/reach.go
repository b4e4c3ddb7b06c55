package exec

import (
	"slices"

	"sett/graph/plan"
	"sett/graph/store"
)

// walker follows property paths as relations between sets of nodes (SPARQL 1.1 §18.4, ALP): breadth first, each node
// once, so that cycles end.
type walker struct {
	q     *query
	graph plan.Graph
	batch store.Batch
	nodes *idSet // all nodes of the graph, once asked for
	links map[linkKey]*links
	bytes int64 // of links and stamps

	// For walks along links that are all in memory:
	base    store.ID // lowest of their nodes
	stamps  []uint32 // by node less base: the last walk that reached it
	walk    uint32
	found   []store.ID // by the present walk
	outside idSet      // of these, those that are no such nodes
}

// linkKey is a predicate in a direction.
type linkKey struct {
	pred    store.ID
	inverse bool
}

// links is what is known of a predicate: once a part of its triples has been looked up, all of them are read, and lie side
// by side (compressed sparse rows).
type links struct {
	looks   int64 // nodes looked up so far
	triples int64
	never   bool // they do not fit in memory
	all     *relation
}

// linkShare is the part of a predicate's triples that are looked up one by one before all are read: a look-up takes as
// long as a few dozen rows of a scan.
const linkShare = 32

// follow returns the nodes that a step leads to from any of some.
func (w *walker) follow(s *plan.Step, from []store.ID) (*idSet, error) {
	out := &idSet{}
	switch s.Kind {
	case plan.StepLink:
		if s.Pred == store.None {
			return out, nil
		}
		l, err := w.known(s, len(from))
		if err != nil {
			return nil, err
		}
		if l.all != nil {
			for i, id := range from {
				if err := w.q.look(i, BatchRows); err != nil {
					return nil, err
				}
				if at := l.all.find(id); at >= 0 {
					for _, to := range l.all.values(at) {
						out.add(to)
					}
				}
			}
			return out, nil
		}
		for _, id := range from {
			if err := w.link(s, id, out); err != nil {
				return nil, err
			}
		}
		return out, nil
	case plan.StepNot:
		for _, id := range from {
			if err := w.not(s, id, out); err != nil {
				return nil, err
			}
		}
		return out, nil
	case plan.StepSeq:
		for _, p := range s.Parts {
			next, err := w.follow(p, from)
			if err != nil {
				return nil, err
			}
			out, from = next, next.list
		}
		return out, nil
	case plan.StepAlt:
		for _, p := range s.Parts {
			next, err := w.follow(p, from)
			if err != nil {
				return nil, err
			}
			for i, id := range next.list {
				if err := w.q.look(i, lookIDs); err != nil {
					return nil, err
				}
				out.add(id)
			}
		}
		return out, nil
	}
	return w.closure(s.Parts[0], from, s.Min, s.Max)
}

// closure repeats a step, min times at least and max at most, 0 for any number.
func (w *walker) closure(s *plan.Step, from []store.ID, lo, hi int) (*idSet, error) {
	if rels, err := w.inMemory(s); err != nil {
		return nil, err
	} else if rels != nil {
		return w.along(rels, from, lo, hi)
	}
	out := &idSet{}
	if lo == 0 {
		for _, id := range from {
			out.add(id)
		}
	}
	held := int64(0)
	defer func() { w.q.mem.shrink(held) }()
	frontier := from
	for len(frontier) > 0 {
		if err := w.q.ctx.Err(); err != nil {
			return nil, err
		}
		next, err := w.follow(s, frontier)
		if err != nil {
			return nil, err
		}
		first := len(out.list)
		for i, id := range next.list {
			if err := w.q.look(i, lookIDs); err != nil {
				return nil, err
			}
			out.add(id)
		}
		frontier = slices.Clone(out.list[first:])
		slices.Sort(frontier)
		if err := w.q.mem.grow(out.bytes() - held); err != nil {
			return nil, err
		}
		held = out.bytes()
		if hi == 1 {
			break
		}
		rels, err := w.inMemory(s) // they may have been read meanwhile
		if err != nil {
			return nil, err
		}
		if rels != nil {
			w.begin()
			w.reach(out.list)
			return w.onward(rels, first)
		}
	}
	return out, nil
}

// order returns an order of the first four, or its sibling for one graph, and a prefix that starts with the graph then.
func (w *walker) order(o store.Order, prefix ...store.ID) (store.Order, []store.ID) {
	if w.graph.Kind != plan.GraphOne {
		return o, prefix
	}
	g := w.graph.Ref.ID
	if w.graph.Ref.Kind == plan.RefReg {
		g = w.q.regs[w.graph.Ref.Slot]
	}
	return o + 4, append([]store.ID{g}, prefix...)
}

// read calls visit for the rows under a prefix, with the S, P, O columns in the order's sequence.
func (w *walker) read(o store.Order, prefix []store.ID, visit func(cols [3][]store.ID)) error {
	o, prefix = w.order(o, prefix...)
	first := 0
	if o.GraphFirst() {
		first = 1
	}
	scan := w.q.snap.Scan(o, prefix...)
	defer scan.Close()
	for {
		more, err := scan.Next(&w.batch)
		if err != nil || !more {
			return err
		}
		if err := w.q.ctx.Err(); err != nil {
			return err
		}
		n := w.batch.N
		if w.graph.Kind == plan.GraphSome {
			n = w.only()
		}
		visit([3][]store.ID{w.batch.Cols[first][:n], w.batch.Cols[first+1][:n], w.batch.Cols[first+2][:n]})
	}
}

// only keeps the rows of the batch whose graph is in the dataset.
func (w *walker) only() int {
	n := 0
	for i := range w.batch.N {
		if _, ok := slices.BinarySearch(w.graph.IDs, w.batch.Cols[3][i]); ok {
			for c := range w.batch.Cols {
				w.batch.Cols[c][n] = w.batch.Cols[c][i]
			}
			n++
		}
	}
	return n
}

// known returns what is known of a step's predicate before n more nodes are looked up, and reads all of its triples if that
// is worth while.
func (w *walker) known(s *plan.Step, n int) (*links, error) {
	key := linkKey{s.Pred, s.Inverse}
	l := w.links[key]
	if l == nil {
		if w.links == nil {
			w.links = map[linkKey]*links{}
		}
		triples, err := w.q.snap.Count(store.PSOG, s.Pred)
		if err != nil {
			return nil, err
		}
		l = &links{triples: int64(triples)}
		w.links[key] = l
	}
	if l.looks += int64(n); l.all != nil || l.never || l.looks < 1+l.triples/linkShare || w.q.off(Links) {
		return l, nil
	}
	size := 24 * l.triples
	if l.triples > 1<<30 || w.q.mem.limit > 0 && w.q.mem.used.Load()+size > w.q.mem.limit/2 {
		l.never = true
		return l, nil
	}
	o := store.PSOG
	if s.Inverse {
		o = store.POSG
	}
	xs, ys := make([]store.ID, 0, l.triples), make([]store.ID, 0, l.triples)
	err := w.read(o, []store.ID{s.Pred}, func(cols [3][]store.ID) {
		xs, ys = append(xs, cols[1]...), append(ys, cols[2]...)
	})
	if err != nil {
		return nil, err
	}
	if len(xs) == 0 {
		l.never = true
		return l, nil
	}
	all := &relation{}
	if err := all.pack(w.q, xs, ys); err != nil {
		return nil, err
	}
	all.lowest, all.highest = all.span()
	all.lowest, all.highest = min(all.lowest, all.keys[0]), max(all.highest, all.keys[len(all.keys)-1])
	l.all = all
	w.bytes += size
	return l, w.q.mem.grow(size)
}

// readAll reads the predicates of a step that is followed from n nodes, if that is worth while.
func (w *walker) readAll(s *plan.Step, n int) error {
	if s.Kind == plan.StepLink && s.Pred != store.None {
		_, err := w.known(s, n)
		return err
	}
	for _, p := range s.Parts {
		if err := w.readAll(p, n); err != nil {
			return err
		}
	}
	return nil
}

// fork returns a walker for another thread, which knows what this one has read.
func (w *walker) fork(q *query) walker {
	out := walker{q: q, graph: w.graph, nodes: w.nodes, links: map[linkKey]*links{}}
	for key, l := range w.links {
		out.links[key] = &links{looks: l.looks, triples: l.triples, never: l.never, all: l.all}
	}
	return out
}

// release gives back what the walker remembers.
func (w *walker) release() {
	w.q.mem.shrink(w.bytes)
	w.bytes, w.links, w.stamps = 0, nil, nil
}

func (w *walker) link(s *plan.Step, id store.ID, out *idSet) error {
	if id.Kind() == store.KindLocal {
		return nil
	}
	o := store.PSOG
	if s.Inverse {
		o = store.POSG
	}
	return w.read(o, []store.ID{s.Pred, id}, func(cols [3][]store.ID) {
		for _, to := range cols[2] {
			out.add(to)
		}
	})
}

func (w *walker) not(s *plan.Step, id store.ID, out *idSet) error {
	if id.Kind() == store.KindLocal {
		return nil
	}
	o, pred, to := store.SPOG, 1, 2
	if s.Inverse {
		o, pred, to = store.OSPG, 2, 1
	}
	return w.read(o, []store.ID{id}, func(cols [3][]store.ID) {
		for i, p := range cols[pred] {
			if !slices.Contains(s.Not, p) {
				out.add(cols[to][i])
			}
		}
	})
}

// isNode reports whether an id is a subject or an object of the graph.
func (w *walker) isNode(id store.ID) (bool, error) {
	if id == store.None || id.Kind() == store.KindLocal {
		return false, nil
	}
	for _, o := range []store.Order{store.SPOG, store.OSPG} {
		found := false
		if err := w.read(o, []store.ID{id}, func(cols [3][]store.ID) { found = found || len(cols[0]) > 0 }); err != nil || found {
			return found, err
		}
	}
	return false, nil
}

// sources returns nodes from which a step may lead anywhere: all of them, perhaps more.
func (w *walker) sources(s *plan.Step) (*idSet, error) {
	switch {
	case s.Kind == plan.StepLink:
		out := &idSet{}
		if s.Pred == store.None {
			return out, nil
		}
		o := store.PSOG
		if s.Inverse {
			o = store.POSG
		}
		return out, w.read(o, []store.ID{s.Pred}, func(cols [3][]store.ID) {
			for _, id := range cols[1] {
				out.add(id)
			}
		})
	case s.Kind == plan.StepSeq:
		return w.sources(s.Parts[0])
	case s.Kind == plan.StepRepeat && s.Min > 0:
		return w.sources(s.Parts[0])
	case s.Kind == plan.StepAlt:
		out := &idSet{}
		for _, p := range s.Parts {
			part, err := w.sources(p)
			if err != nil {
				return nil, err
			}
			for _, id := range part.list {
				out.add(id)
			}
		}
		return out, nil
	}
	return w.all()
}

// all returns the nodes of the graph: subjects and objects.
func (w *walker) all() (*idSet, error) {
	if w.nodes != nil {
		return w.nodes, nil
	}
	out := &idSet{}
	err := w.read(store.SPOG, nil, func(cols [3][]store.ID) {
		for i, id := range cols[0] {
			out.add(id)
			out.add(cols[2][i])
		}
	})
	if err != nil {
		return nil, err
	}
	w.nodes = out
	return out, w.q.mem.grow(out.bytes())
}
