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
	if m.words == nil {
		n := int(x.width+63) / 64
		if w.j.q.mem.grow(int64(8*n)) != nil {
			w.j.q.mem.shrink(int64(8 * n))
			m.never = true
			return nil, nil
		}
		m.words = make([]uint64, n)
	}
	m.set(x.lowest, true)
	return m, other
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
