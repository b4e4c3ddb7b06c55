package exec

import "sett/graph/store"

// marks are the values of a list as a bitmap. Where one of two lists stays the same while the other changes, each of the others is
// intersected by looking its values up, without walking the first anew.
type marks struct {
	list  []store.ID // as it was when last looked at
	uses  int        // how often that was
	on    bool       // its values are set in words
	never bool       // there is no memory for words
	words []uint64
}

// mark returns the marks of the one list that a variable's values come from, and the other list; nil where marks do not pay, or
// not yet.
func (w *joinWorker) mark(v int) (m *marks, other []store.ID) {
	x := &w.j.vars[v]
	if x.marked < 0 || w.j.q.off(Marks) || w.marks[v].never {
		return nil, nil
	}
	m = &w.marks[v]
	list := w.lists[x.marked]
	if other = w.lists[x.valued[0]]; x.marked == x.valued[0] {
		other = w.lists[x.valued[1]]
	}
	if len(list) == 0 || len(other) == 0 {
		return nil, nil
	}
	if len(m.list) != len(list) || &m.list[0] != &list[0] {
		m.set(x.lowest, false)
		m.list, m.uses = list, 0
	}
	if m.uses++; m.uses < 3 || len(other) > 16*len(list) {
		return nil, nil
	}
	if !w.room(m, x) {
		return nil, nil
	}
	m.set(x.lowest, true)
	return m, other
}

// room makes sure that there is room for a variable's marks.
func (w *joinWorker) room(m *marks, x *joinVar) bool {
	if m.words == nil {
		n := int(x.width+63) / 64
		if w.j.q.mem.grow(int64(8*n)) != nil {
			w.j.q.mem.shrink(int64(8 * n))
			m.never = true
			return false
		}
		m.words = make([]uint64, n)
	}
	return true
}

// lastTwo is for a variable of which n values are to be bound, below which only one more is counted: where that one's values come
// from a list that stays the same meanwhile and from the one list that the variable brings with it, it returns the first one's
// marks and the relation of the second; nil otherwise.
func (w *joinWorker) lastTwo(v, n int) (*marks, *relation) {
	x := &w.j.vars[v]
	if n < 3 || len(x.children) != 1 || len(x.keyed) != 1 {
		return nil, nil
	}
	c := x.children[0]
	y, r := &w.j.vars[c], w.j.rels[x.keyed[0]]
	m := &w.marks[c]
	if y.marked < 0 || y.marked == x.keyed[0] || r.second != c || len(y.children)+len(y.keyed)+len(y.unary) > 0 || y.memo >= 0 ||
		w.j.rels[y.marked].first >= v || m.never || w.j.q.off(Marks) {
		return nil, nil
	}
	list := w.lists[y.marked]
	if len(list) == 0 || !w.room(m, y) {
		return nil, nil
	}
	if len(m.list) != len(list) || &m.list[0] != &list[0] {
		m.set(y.lowest, false)
		m.list, m.uses = list, 0
	}
	m.set(y.lowest, true)
	return m, r
}

// countMarked adds up how many of the values that a relation has for some keys are marked.
func (w *joinWorker) countMarked(m *marks, r *relation, keys []store.ID, lowest store.ID) (int64, error) {
	total := int64(0)
	var places [aheadValues]int
	for len(keys) > 0 {
		n := 0
		for _, id := range keys[:min(len(keys), aheadValues)] {
			if p := r.find(id); p >= 0 {
				places[n] = p
				n++
				list := r.values(p)
				w.touched ^= list[0] ^ list[len(list)-1]
			}
		}
		keys = keys[min(len(keys), aheadValues):]
		steps := n
		for _, p := range places[:n] {
			list := r.values(p)
			if len(list) > 16*len(m.list) {
				steps += len(m.list)
				total += common(m.list, list)
				continue
			}
			steps += len(list)
			total += m.count(list, lowest)
		}
		if w.any && total > 0 {
			break
		}
		if err := w.tick(steps); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// set sets the bits of the list's values, or clears them.
func (m *marks) set(lowest store.ID, on bool) {
	if m.on == on {
		return
	}
	m.on = on
	for _, id := range m.list {
		d := uint64(id - lowest)
		if on {
			m.words[d>>6] |= 1 << (d & 63)
		} else {
			m.words[d>>6] = 0
		}
	}
}

// count returns how many of some values are marked.
func (m *marks) count(list []store.ID, lowest store.ID) int64 {
	n := uint64(0)
	for _, id := range list {
		if d := uint64(id - lowest); d>>6 < uint64(len(m.words)) {
			n += m.words[d>>6] >> (d & 63) & 1
		}
	}
	return int64(n)
}

// intersect appends those of some values that are marked.
func (m *marks) intersect(out, list []store.ID, lowest store.ID) []store.ID {
	for _, id := range list {
		if d := uint64(id - lowest); d>>6 < uint64(len(m.words)) && m.words[d>>6]>>(d&63)&1 != 0 {
			out = append(out, id)
		}
	}
	return out
}
