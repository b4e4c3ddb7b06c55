package exec

import (
	"slices"

	"sett/graph/plan"
	"sett/graph/store"
)

// Walks along links, or any of several, that have been read as a whole go by arrays: what a walk has reached is stamped with
// its number, in an array by node.

// maxStamps is the number of ids, from the lowest to the highest node, up to which nodes are stamped.
const maxStamps = 1 << 27

// inMemory returns the relations of a step that is a link, or any of several, if all of them are in memory; nil otherwise.
func (w *walker) inMemory(s *plan.Step) ([]*relation, error) {
	if w.q.off(Stamps) {
		return nil, nil
	}
	parts := []*plan.Step{s}
	if s.Kind == plan.StepAlt {
		parts = s.Parts
	}
	var rels []*relation
	for _, p := range parts {
		if p.Kind != plan.StepLink {
			return nil, nil
		}
		if p.Pred == store.None {
			continue
		}
		l := w.links[linkKey{p.Pred, p.Inverse}]
		if l == nil || l.all == nil {
			return nil, nil
		}
		rels = append(rels, l.all)
	}
	if len(rels) == 0 {
		return nil, nil
	}
	if ok, err := w.room(rels); err != nil || !ok {
		return nil, err
	}
	return rels, nil
}

// room makes sure that the nodes of some relations can be stamped; false if they are too far apart.
func (w *walker) room(rels []*relation) (bool, error) {
	lo, hi := store.MaxID, store.None
	for _, r := range rels {
		lo, hi = min(lo, r.lowest), max(hi, r.highest)
	}
	if w.stamps != nil {
		if lo >= w.base && hi-w.base < store.ID(len(w.stamps)) {
			return true, nil
		}
		lo, hi = min(lo, w.base), max(hi, w.base+store.ID(len(w.stamps))-1) // for other relations too
	}
	if hi-lo >= maxStamps {
		return false, nil
	}
	n := 4 * (int64(hi-lo) + 1 - int64(len(w.stamps)))
	w.base, w.stamps, w.walk = lo, make([]uint32, hi-lo+1), 0
	w.bytes += n
	return true, w.q.mem.grow(n)
}

// reached stamps a node, and reports whether the present walk had not reached it before.
func (w *walker) reached(id store.ID) bool {
	d := uint64(id - w.base)
	if d >= uint64(len(w.stamps)) { // no node of these relations
		return w.outside.add(id)
	}
	if w.stamps[d] == w.walk {
		return false
	}
	w.stamps[d] = w.walk
	return true
}

// begin begins a walk.
func (w *walker) begin() {
	if w.walk++; w.walk == 0 {
		clear(w.stamps)
		w.walk = 1
	}
	w.found, w.outside = w.found[:0], idSet{}
}

// reach takes nodes in that had not been reached.
func (w *walker) reach(nodes []store.ID) {
	for _, id := range nodes {
		if w.reached(id) {
			w.found = append(w.found, id)
		}
	}
}

// expand reaches the nodes next to one, and returns how many there are.
func (w *walker) expand(rels []*relation, id store.ID) (n int) {
	for _, r := range rels {
		if at := r.find(id); at >= 0 {
			values := r.values(at)
			n += len(values)
			w.reach(values)
		}
	}
	return n
}

// along repeats a step whose relations are in memory.
func (w *walker) along(rels []*relation, from []store.ID, lo, hi int) (*idSet, error) {
	w.begin()
	if lo == 0 {
		w.reach(from)
	}
	if lo > 0 || hi == 1 {
		for i, id := range from {
			if err := w.q.look(i, BatchRows); err != nil {
				return nil, err
			}
			w.expand(rels, id)
		}
	}
	if hi == 1 {
		return &idSet{list: slices.Clone(w.found)}, nil
	}
	return w.onward(rels, 0)
}

// onward goes on from the nodes reached, the first ones left out, to all that can be.
func (w *walker) onward(rels []*relation, first int) (*idSet, error) {
	steps := 0
	for i := first; i < len(w.found); i++ {
		if steps += w.expand(rels, w.found[i]); steps >= 4*BatchRows {
			steps = 0
			if err := w.q.ctx.Err(); err != nil {
				return nil, err
			}
		}
	}
	return &idSet{list: slices.Clone(w.found)}, nil
}

// meetNodes is how many nodes one side of a meeting walk goes on from at a time: few, since the walk ends with the first node that
// both sides have seen, and what else lies next to a whole front would have been read for nothing.
const meetNodes = 16

// meetSide is the walk from one end: all it has seen, in the order in which it came there, of which those from at on lie ahead.
type meetSide struct {
	step *plan.Step
	seen *idSet
	at   int
}

func (s *meetSide) ahead() int { return len(s.seen.list) - s.at }

// take returns some of the nodes that lie ahead, in their order, in which look-ups are nearest to each other.
func (s *meetSide) take(n int) []store.ID {
	n = min(n, s.ahead())
	out := slices.Clone(s.seen.list[s.at : s.at+n])
	s.at += n
	slices.Sort(out)
	return out
}

// meets reports whether a path of at least one step leads from one node to another, looking for it from both ends: always from the
// one from which fewer nodes lie ahead.
func (w *walker) meets(s, back *plan.Step, from, to store.ID) (bool, error) {
	first, err := w.follow(s, []store.ID{from})
	if err != nil {
		return false, err
	}
	if first.has(to) {
		return true, nil
	}
	sides := [2]meetSide{{step: s, seen: first}, {step: back, seen: &idSet{}}}
	sides[1].seen.add(to)
	held := int64(0)
	defer func() { w.q.mem.shrink(held) }()
	for sides[0].ahead() > 0 && sides[1].ahead() > 0 {
		if err := w.q.ctx.Err(); err != nil {
			return false, err
		}
		a, b := &sides[0], &sides[1]
		if b.ahead() < a.ahead() {
			a, b = b, a
		}
		next, err := w.follow(a.step, a.take(meetNodes))
		if err != nil {
			return false, err
		}
		for _, id := range next.list {
			if b.seen.has(id) {
				return true, nil
			}
			a.seen.add(id)
		}
		n := a.seen.bytes() + b.seen.bytes()
		if err := w.q.mem.grow(n - held); err != nil {
			return false, err
		}
		held = n
	}
	return false, nil
}
