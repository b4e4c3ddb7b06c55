package exec

import (
	"slices"

	"sett/graph/plan"
	"sett/graph/store"
)

// pathOp yields the pairs of nodes that a path connects; with an input, for each of its rows.
type pathOp struct {
	q       *query
	node    *plan.Path
	in      operator
	w       walker
	back    *plan.Step // the path from its other end
	ends    [2]pathEnd // S, O
	width   int
	input   *Batch
	row     int
	starts  []store.ID // nodes to start from, where neither end is known
	at      int
	pairs   []store.ID // ends found from the present start
	pat     int
	from    int // the end that pairs start from: 0 S, 1 O
	start   store.ID
	target  store.ID          // the other end's value if it is known
	active  bool              // a row is being worked on
	nodes   bool              // starts are nodes of the graph
	once    map[store.ID]bool // starts for which a path to a given node was looked for
	shared  operator          // yields the pairs where several threads look for them
	reached map[store.ID]*idSet
	rbytes  int64
	rback   bool // reached is of the path from its other end
	out     *Batch
}

// pathEnd is one end of the path: a column of the input, a constant, or free.
type pathEnd struct {
	ref    plan.PathEnd
	input  int  // column of the input, or -1
	out    int  // column of the output, or -1
	strict bool // a value must be a node of the graph to be connected to itself
}

func newPath(q *query, n *plan.Path) operator {
	p := &pathOp{q: q, node: n, back: n.Step.Reverse(), out: newBatch(len(n.Cols)), w: walker{q: q, graph: n.Graph}, reached: map[store.ID]*idSet{}}
	var h *plan.Info
	if n.Input != nil {
		p.in, h = q.open(n.Input), n.Input.Head()
		p.width = len(h.Cols)
	}
	for i, e := range []plan.PathEnd{n.S, n.O} {
		end := pathEnd{ref: e, input: -1, out: -1}
		if e.Kind == plan.RefVar {
			end.strict = true
			end.out = n.Col(e.Slot)
			if h != nil {
				end.input = h.Col(e.Slot)
			}
		}
		p.ends[i] = end
	}
	return p
}

// isTerm reports whether a variable end stands for the value of its register.
func (p *pathOp) isTerm(e *pathEnd) bool { return e.ref.Maybe && p.q.regs[e.ref.Slot] != store.None }

// value returns what an end is for the present row, and whether that is known.
func (p *pathOp) value(e *pathEnd) (store.ID, bool, error) {
	switch {
	case e.ref.Kind == plan.RefConst:
		id, err := p.q.intern(e.ref.Term)
		return id, true, err
	case e.ref.Kind == plan.RefReg || p.isTerm(e):
		return p.q.regs[e.ref.Slot], true, nil
	case e.input >= 0:
		id := p.input.Cols[e.input][p.row]
		return id, id != store.None, nil
	}
	return store.None, false, nil
}

func (p *pathOp) next() (*Batch, error) {
	if p.shared != nil {
		return p.shared.next()
	}
	p.out.reset()
	for p.out.N < p.q.rows {
		if !p.active {
			more, err := p.advance()
			if err != nil {
				return nil, err
			}
			if !more {
				break
			}
			if err := p.begin(); err != nil {
				return nil, err
			}
			if p.in == nil && len(p.starts) > 1 && p.q.parallel(p.node) {
				if err := p.share(); err != nil {
					return nil, err
				}
				return p.shared.next()
			}
		}
		for p.pat < len(p.pairs) && p.out.N < p.q.rows {
			p.emit(p.pairs[p.pat])
			p.pat++
		}
		if p.pat < len(p.pairs) {
			break
		}
		if p.at >= len(p.starts) {
			p.active = false
			continue
		}
		if err := p.q.ctx.Err(); err != nil {
			return nil, err
		}
		if err := p.search(p.starts[p.at]); err != nil {
			return nil, err
		}
		p.at++
	}
	if p.out.N == 0 {
		return nil, nil
	}
	return p.out, nil
}

// advance goes to the next input row.
func (p *pathOp) advance() (bool, error) {
	if p.in == nil {
		p.row++
		return p.row == 1, nil
	}
	p.row++
	for p.input == nil || p.row >= p.input.N {
		b, err := p.in.next()
		if err != nil {
			return false, err
		}
		if p.input, p.row = b, 0; b == nil {
			return false, nil // nor may the batch before it be looked at again
		}
	}
	return true, nil
}

// begin decides from which end to search for the present row.
func (p *pathOp) begin() error {
	s, sKnown, err := p.value(&p.ends[0])
	if err != nil {
		return err
	}
	o, oKnown, err := p.value(&p.ends[1])
	if err != nil {
		return err
	}
	p.active, p.at, p.pairs, p.pat = true, 0, nil, 0
	p.target = store.None
	switch {
	case sKnown:
		p.from, p.starts = 0, append(p.starts[:0], s)
		if oKnown {
			p.target = o
		}
	case oKnown:
		p.from, p.starts = 1, append(p.starts[:0], o)
	default:
		p.from = 0
		var all *idSet
		if p.node.Min == 0 {
			all, err = p.w.all()
		} else {
			all, err = p.w.sources(p.node.Step)
		}
		if err != nil {
			return err
		}
		p.starts = append(p.starts[:0], all.list...)
		p.nodes = p.node.Min == 0
	}
	return nil
}

// share lets several threads look for what is connected with the starts. What the path goes along is read before that.
func (p *pathOp) share() error {
	if err := p.w.readAll(p.node.Step, len(p.starts)); err != nil {
		return err
	}
	parts := chunks(len(p.starts), p.q.opt.Threads)
	workers := make([]*pathOp, p.q.opt.Threads)
	for i := range workers {
		w := &pathOp{q: p.q.fork(), node: p.node, back: p.back, ends: p.ends, nodes: p.nodes, reached: map[store.ID]*idSet{}}
		w.q.regs = slices.Clone(p.q.regs) // the query goes on while they work
		w.w = p.w.fork(w.q)
		workers[i] = w
	}
	p.shared = newGather(p.q, len(parts), func(worker, task int, emit func(*Batch) error) error {
		w := workers[worker]
		w.starts, w.at, w.active, w.pairs, w.pat, w.row = p.starts[parts[task][0]:parts[task][1]], 0, true, nil, 0, 1
		for {
			w.out = newBatch(len(p.node.Cols))
			b, err := w.next()
			if err != nil || b == nil {
				return err
			}
			if err := emit(b); err != nil {
				return err
			}
		}
	})
	return nil
}

// search finds the nodes that are connected with a start.
func (p *pathOp) search(start store.ID) error {
	p.start, p.pairs, p.pat = start, nil, 0
	if ok, known, err := p.meets(start); err != nil || known {
		if ok {
			p.pairs = []store.ID{p.target}
		}
		return err
	}
	set, err := p.reach(start)
	if err != nil {
		return err
	}
	switch {
	case p.target != store.None:
		if set.has(p.target) {
			p.pairs = []store.ID{p.target}
		}
	case p.node.S.Kind == plan.RefVar && p.node.O.Kind == plan.RefVar && p.node.S.Slot == p.node.O.Slot:
		if set.has(start) {
			p.pairs = []store.ID{start}
		}
	default:
		p.pairs = set.list
	}
	return nil
}

// meets looks from both ends for a path to the target, if there is one; known is false where all that is connected with the start
// is asked for, or better is: a start that comes again.
func (p *pathOp) meets(start store.ID) (ok, known bool, err error) {
	if p.target == store.None || p.node.Max == 1 || p.target == start || p.node.Step.Nullable() || p.q.off(MeetingPaths) {
		return false, false, nil
	}
	if _, ok := p.reached[start]; ok || p.once[start] {
		return false, false, nil
	}
	if p.once == nil || len(p.once) >= onceStarts {
		p.once = map[store.ID]bool{}
	}
	p.once[start] = true
	step, back := p.node.Step, p.back
	if p.from == 1 {
		step, back = back, step
	}
	ok, err = p.w.meets(step, back, start, p.target)
	return ok, true, err
}

// onceStarts is how many starts are remembered that came once.
const onceStarts = 1 << 16

// reach returns what is connected with a start, remembering it while memory is no concern.
func (p *pathOp) reach(start store.ID) (*idSet, error) {
	back := p.from == 1
	if p.rback != back {
		p.forget()
		p.rback = back
	}
	if set, ok := p.reached[start]; ok {
		return set, nil
	}
	step := p.node.Step
	if back {
		step = p.back
	}
	set, err := p.w.closure(step, []store.ID{start}, p.node.Min, p.node.Max)
	if err != nil {
		return nil, err
	}
	if (p.node.Min == 0 || p.node.Step.Nullable()) && !p.nodes && p.ends[p.from].strict && !p.isTerm(&p.ends[p.from]) && (len(set.list) == 1 || p.target == start) {
		ok, err := p.zero(start)
		if err != nil {
			return nil, err
		}
		if !ok {
			set = &idSet{}
		}
	}
	if p.in != nil && !p.q.off(Walks) {
		if p.rbytes > reachCacheBytes {
			p.forget()
		}
		n := set.bytes() + 64
		p.rbytes += n
		if err := p.q.mem.grow(n); err != nil {
			return nil, err
		}
		p.reached[start] = set
	}
	return set, nil
}

// reachCacheBytes bounds the results that a path with an input remembers.
const reachCacheBytes = 16 << 20

// zero reports whether a node is connected to itself by a path of length zero: if it is one of the graph's, or the other
// end is a term and the same (SPARQL 1.1 §18.4, ZeroLengthPath).
func (p *pathOp) zero(start store.ID) (bool, error) {
	other := &p.ends[1-p.from]
	if !other.strict || p.isTerm(other) {
		if id, _, err := p.value(other); err != nil || id == start {
			return true, err
		}
	}
	return p.w.isNode(start)
}

func (p *pathOp) forget() {
	p.q.mem.shrink(p.rbytes)
	p.rbytes = 0
	clear(p.reached)
}

func (p *pathOp) emit(end store.ID) {
	for c := range p.width {
		p.out.Cols[c] = append(p.out.Cols[c], p.input.Cols[c][p.row])
	}
	for c := p.width; c < len(p.out.Cols); c++ {
		p.out.Cols[c] = append(p.out.Cols[c], store.None)
	}
	n := p.out.N
	if c := p.ends[p.from].out; c >= 0 {
		p.out.Cols[c][n] = p.start
	}
	if c := p.ends[1-p.from].out; c >= 0 {
		p.out.Cols[c][n] = end
	}
	p.out.N++
}

func (p *pathOp) close() {
	if p.in != nil {
		p.in.close()
	}
	if p.shared != nil {
		p.shared.close()
	}
	p.forget()
	p.w.release()
}
