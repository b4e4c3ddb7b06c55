package exec

import (
	"slices"

	"sett/graph/store"
)

// idSet is a set of ids that remembers the order in which they came. None is never in it. The zero value is empty; one that
// is made of a list of distinct ids only gets its table when it is asked for one.
type idSet struct {
	list  []store.ID
	table []store.ID // open addressing, a power of two
}

// add puts an id in and reports whether it is new.
func (s *idSet) add(id store.ID) bool {
	if 2*len(s.list) >= len(s.table) {
		s.rehash()
	}
	mask := uint64(len(s.table) - 1)
	for h := uint64(id) * hashMultiplier >> 20 & mask; ; h = (h + 1) & mask {
		switch s.table[h] {
		case id:
			return false
		case store.None:
			s.table[h] = id
			s.list = append(s.list, id)
			return true
		}
	}
}

// has reports whether an id is in the set.
func (s *idSet) has(id store.ID) bool {
	if len(s.table) == 0 {
		if len(s.list) < 8 {
			return slices.Contains(s.list, id)
		}
		s.rehash()
	}
	mask := uint64(len(s.table) - 1)
	for h := uint64(id) * hashMultiplier >> 20 & mask; ; h = (h + 1) & mask {
		switch s.table[h] {
		case id:
			return true
		case store.None:
			return false
		}
	}
}

func (s *idSet) rehash() {
	size := max(16, 2*len(s.table))
	for size <= 2*len(s.list) {
		size *= 2
	}
	s.table = make([]store.ID, size)
	mask := uint64(size - 1)
	for _, id := range s.list {
		h := uint64(id) * hashMultiplier >> 20 & mask
		for s.table[h] != store.None {
			h = (h + 1) & mask
		}
		s.table[h] = id
	}
}

// bytes returns the memory that the set holds.
func (s *idSet) bytes() int64 { return int64(8 * (cap(s.list) + len(s.table))) }
