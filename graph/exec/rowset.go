package exec

import (
	"sett/graph/store"
)

// rowSet numbers distinct rows of ids from 0: an open-addressing table over rows that lie one after the other.
type rowSet struct {
	q     *query
	width int
	n     int
	rows  []store.ID // width ids a row
	table []int32    // 1 + the row's number, by hash; a power of two long
	bytes int64
}

func newRowSet(q *query, width int) *rowSet { return &rowSet{q: q, width: width} }

// number returns the number of a row, and whether it is new.
// Errors: ErrLimit.
func (s *rowSet) number(ids []store.ID) (n int, fresh bool, err error) {
	if 2*s.n >= len(s.table) {
		if err := s.rehash(); err != nil {
			return 0, false, err
		}
	}
	mask := uint64(len(s.table) - 1)
	h := hashIDs(ids) & mask
probe:
	for ; s.table[h] != 0; h = (h + 1) & mask {
		i := int(s.table[h]-1) * s.width
		for c, id := range ids {
			if s.rows[i+c] != id {
				continue probe
			}
		}
		return int(s.table[h] - 1), false, nil
	}
	s.n++
	s.table[h] = int32(s.n)
	s.rows = append(s.rows, ids...)
	return s.n - 1, true, nil
}

func hashIDs(ids []store.ID) uint64 {
	h := uint64(0)
	for _, id := range ids {
		h = (h ^ uint64(id)) * hashMultiplier
		h ^= h >> 32
	}
	return h
}

// rehash doubles the table and makes sure that there is memory for the rows until it is full again.
func (s *rowSet) rehash() error {
	size := max(8, 2*len(s.table))
	if err := s.grow(int64(4*size + 8*s.width*size/2)); err != nil {
		return err
	}
	old := int64(4*len(s.table) + 8*s.width*len(s.table)/2)
	s.table = make([]int32, size)
	mask := uint64(size - 1)
	for i := range s.n {
		if err := s.q.look(i, lookIDs); err != nil {
			return err
		}
		h := hashIDs(s.rows[i*s.width:(i+1)*s.width]) & mask
		for s.table[h] != 0 {
			h = (h + 1) & mask
		}
		s.table[h] = int32(i + 1)
	}
	s.q.mem.shrink(old)
	s.bytes -= old
	return nil
}

func (s *rowSet) grow(n int64) error {
	s.bytes += n
	return s.q.mem.grow(n)
}

func (s *rowSet) release() {
	s.q.mem.shrink(s.bytes)
	s.bytes, s.n, s.rows, s.table = 0, 0, nil, nil
}
