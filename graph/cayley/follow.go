package cayley

import (
	"context"
	"slices"
	"strconv"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"

	"sett/graph/exec"
	"sett/graph/rdf"
	"sett/graph/store"
)

// recursion is Gizmo's FollowRecursive: the nodes that a path leads to when it is followed once or more, each once, found
// breadth first. A node shows the tags of the start that first led to it, those of the path's last step, and how many
// steps it took.
type recursion struct {
	from  shape.Shape
	via   func(shape.Shape) shape.Shape
	depth int      // most steps; 0: iterator.DefaultMaxRecursiveSteps; negative: any number
	tags  []string // for the number of steps
}

var _ shape.Shape = (*recursion)(nil)

// BuildIterator returns the iterator over the nodes.
func (r *recursion) BuildIterator(qs graph.QuadStore) graph.Iterator {
	return (&native{source: r}).BuildIterator(qs)
}

// Optimize returns the shape unchanged.
func (r *recursion) Optimize(o shape.Optimizer) (shape.Shape, bool) {
	if o != nil {
		return o.OptimizeShape(r)
	}
	return r, false
}

// note says how the nodes are found.
func (r *recursion) note(qs *QuadStore) (string, error) {
	w, err := r.walker(context.Background(), qs)
	if err != nil {
		return "", err
	}
	step := "a path, a plan a step"
	if w.plain {
		step = w.name + " in " + w.order.String()
	}
	if r.most() < 0 {
		return "breadth first along " + step, nil
	}
	return "breadth first along " + step + ", up to " + strconv.Itoa(r.most()) + " steps", nil
}

func (r *recursion) most() int {
	if r.depth == 0 {
		return iterator.DefaultMaxRecursiveSteps
	}
	return r.depth
}

// start stands for the nodes from which a path is followed, in the translation of one step.
type start struct{ at *cell }

func (start) BuildIterator(graph.QuadStore) graph.Iterator { return iterator.NewNull() }

func (s start) Optimize(shape.Optimizer) (shape.Shape, bool) { return s, false }

// step is where one step led: from a node, to another.
type step struct {
	from, to store.ID
	tags     []rdf.Term
}

// reached is a node that was found.
type reached struct {
	node  store.ID
	start store.ID
	depth int
	tags  []rdf.Term
}

// rows follows the path.
func (r *recursion) rows(ctx context.Context, qs *QuadStore) (*table, error) {
	begin, err := qs.rows(ctx, r.from)
	if err != nil {
		return nil, err
	}
	starts := map[store.ID][]int{} // rows of begin
	var frontier []store.ID
	for i, row := range begin.rows {
		id, ok, err := qs.fixed.Lookup(row[0])
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if starts[id] == nil {
			frontier = append(frontier, id)
		}
		starts[id] = append(starts[id], i)
	}
	w, err := r.walker(ctx, qs)
	if err != nil {
		return nil, err
	}
	var found []reached
	origin := map[store.ID]store.ID{} // of nodes found: the start
	for depth := 1; len(frontier) > 0 && (r.most() < 0 || depth <= r.most()); depth++ {
		slices.Sort(frontier)
		var next []store.ID
		err := w.steps(frontier, func(s step) {
			if _, ok := origin[s.to]; ok {
				return
			}
			from := s.from
			if depth > 1 {
				from = origin[s.from]
			}
			origin[s.to] = from
			next = append(next, s.to)
			found = append(found, reached{s.to, from, depth, s.tags})
		})
		if err != nil {
			return nil, err
		}
		if err := qs.grow(len(found), 2); err != nil {
			return nil, err
		}
		frontier = next
	}
	return r.table(qs, begin, starts, found, w.tags)
}

// table puts the tags of starts, steps and depths together.
func (r *recursion) table(qs *QuadStore, begin *table, starts map[store.ID][]int, found []reached, stepTags []string) (*table, error) {
	out := &table{}
	add := func(name string) int {
		i := slices.Index(out.tags, name)
		if i < 0 {
			i = len(out.tags)
			out.tags = append(out.tags, name)
		}
		return 1 + i
	}
	var startAt, depthAt, stepAt []int
	for _, name := range begin.tags {
		startAt = append(startAt, add(name))
	}
	for _, name := range r.tags {
		depthAt = append(depthAt, add(name))
	}
	for _, name := range stepTags {
		stepAt = append(stepAt, add(name))
	}
	ids := make([]store.ID, len(found))
	for i, f := range found {
		ids[i] = f.node
	}
	terms := make([]rdf.Term, len(ids))
	if err := qs.fixed.Terms(ids, terms); err != nil {
		return nil, err
	}
	for i, f := range found {
		for _, path := range starts[f.start] {
			row := make([]rdf.Term, 1+len(out.tags))
			row[0] = terms[i].Clone()
			for j, at := range startAt {
				row[at] = begin.rows[path][1+j]
			}
			for _, at := range depthAt {
				row[at] = rdf.NewInteger(int64(f.depth))
			}
			for j, at := range stepAt {
				if !f.tags[j].IsZero() {
					row[at] = f.tags[j]
				}
			}
			out.rows = append(out.rows, row)
		}
	}
	return out, nil
}

// walker takes steps along the path.
type walker struct {
	ctx  context.Context
	qs   *QuadStore
	r    *recursion
	tags []string // of a step

	// A path of one triple with a given predicate is read from the store.
	plain bool
	order store.Order
	pred  store.ID
	name  string // of the predicate
}

func (r *recursion) walker(ctx context.Context, qs *QuadStore) (*walker, error) {
	w := &walker{ctx: ctx, qs: qs, r: r}
	c := &compiler{qs: qs}
	from := c.fresh()
	p, err := c.shape(r.via(start{from}))
	if err != nil {
		return nil, err
	}
	if len(p.parts) != 1 || len(p.tags)+len(p.filters)+len(p.opt)+len(p.except) > 0 || p.none || qs.run.strict {
		return w, nil
	}
	q, ok := p.parts[0].(*quads)
	if !ok || q.g != nil || !q.p.isConst() {
		return w, nil
	}
	s, o, end := q.s.root(), q.o.root(), p.result.root()
	switch {
	case s == from.root() && o == end && s != o:
		w.order = store.PSOG
	case o == from.root() && s == end && s != o:
		w.order = store.POSG
	default:
		return w, nil
	}
	w.name = q.p.root().term.String()
	w.pred, w.plain, err = qs.fixed.Lookup(q.p.root().term)
	return w, err
}

// steps calls visit for all steps from nodes, which ascend.
func (w *walker) steps(from []store.ID, visit func(step)) error {
	if w.plain {
		return w.links(from, visit)
	}
	return w.paths(from, visit)
}

// denseFrontier is how many triples of a predicate there may be for each node at most, for reading all of them to be
// cheaper than looking each node up.
const denseFrontier = 16

func (w *walker) links(from []store.ID, visit func(step)) error {
	all, err := w.qs.fixed.Count(w.order, w.pred)
	if err != nil {
		return err
	}
	if uint64(len(from))*denseFrontier > all {
		return w.linksInOrder(from, visit)
	}
	var b store.Batch
	for i, node := range from {
		if i%256 == 0 && w.ctx.Err() != nil {
			return w.ctx.Err()
		}
		scan := w.qs.fixed.Scan(w.order, w.pred, node)
		for {
			more, err := scan.Next(&b)
			if err != nil {
				return err
			}
			if !more {
				break
			}
			for _, to := range b.Cols[2] {
				visit(step{from: node, to: to})
			}
		}
		scan.Close()
	}
	return nil
}

// linksInOrder reads all triples of the predicate beside the nodes, which both ascend.
func (w *walker) linksInOrder(from []store.ID, visit func(step)) error {
	scan := w.qs.fixed.Scan(w.order, w.pred)
	defer scan.Close()
	scan.Range(from[0], from[len(from)-1])
	var b store.Batch
	at := 0
	for {
		more, err := scan.Next(&b)
		if err != nil || !more {
			return err
		}
		if err := w.ctx.Err(); err != nil {
			return err
		}
		for i, node := range b.Cols[1] {
			for from[at] < node {
				at++
			}
			if from[at] == node {
				visit(step{from: node, to: b.Cols[2][i]})
			}
		}
	}
}

// baseTag is how the node that a step began at is known in its row; no JavaScript string that a user writes holds it.
const baseTag = "\x00from"

func (w *walker) paths(from []store.ID, visit func(step)) error {
	refs := make(shape.Fixed, len(from))
	for i, id := range from {
		refs[i] = Node(id)
	}
	t, err := w.qs.translate(w.ctx, w.r.via(shape.Save{Tags: []string{baseTag}, From: refs}), &tables{w.ctx, w.qs}, -1, false)
	if err != nil {
		return err
	}
	rows, err := w.qs.start(w.ctx, t)
	if err != nil {
		return err
	}
	defer rows.Close()
	base := t.at[1+slices.Index(t.tags, baseTag)]
	w.tags = nil
	var at []int
	for i, name := range t.tags {
		if name != baseTag {
			w.tags = append(w.tags, name)
			at = append(at, t.at[1+i])
		}
	}
	for {
		b, err := rows.Next()
		if err != nil || b == nil {
			return err
		}
		if err := visitBatch(rows, b, t.at[0], base, at, visit); err != nil {
			return err
		}
	}
}

func visitBatch(rows *exec.Rows, b *exec.Batch, end, base int, at []int, visit func(step)) error {
	for i := range b.N {
		s := step{from: b.Cols[base][i], to: b.Cols[end][i]}
		if s.to == store.None || s.to.Kind() == store.KindLocal {
			continue
		}
		for _, c := range at {
			t, err := rows.Term(b.Cols[c][i])
			if err != nil {
				return err
			}
			s.tags = append(s.tags, t.Clone())
		}
		visit(s)
	}
	return nil
}
