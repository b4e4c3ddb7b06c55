package exec

import (
	"encoding/binary"

	"sett/graph/plan"
	"sett/graph/store"
)

// rowSet numbers distinct rows of ids from 0.
type rowSet struct {
	q     *query
	one   map[store.ID]int // rows of one column
	many  map[string]int
	key   []byte
	width int
	bytes int64
}

func newRowSet(q *query, width int) *rowSet {
	s := &rowSet{q: q, width: width}
	if width == 1 {
		s.one = map[store.ID]int{}
	} else {
		s.many = map[string]int{}
	}
	return s
}

// number returns the number of a row, and whether it is new.
// Errors: ErrLimit.
func (s *rowSet) number(ids []store.ID) (n int, fresh bool, err error) {
	if s.width == 1 {
		if n, ok := s.one[ids[0]]; ok {
			return n, false, nil
		}
		n = len(s.one)
		s.one[ids[0]] = n
		return n, true, s.grow(40)
	}
	s.key = s.key[:0]
	for _, id := range ids {
		s.key = binary.LittleEndian.AppendUint64(s.key, uint64(id))
	}
	if n, ok := s.many[string(s.key)]; ok {
		return n, false, nil
	}
	n = len(s.many)
	s.many[string(s.key)] = n
	return n, true, s.grow(int64(len(s.key)) + 64)
}

func (s *rowSet) grow(n int64) error {
	s.bytes += n
	return s.q.mem.grow(n)
}

func (s *rowSet) release() {
	s.q.mem.shrink(s.bytes)
	s.bytes, s.one, s.many = 0, nil, nil
}

// distinctOp passes each distinct row on once, when it first comes.
type distinctOp struct {
	in   operator
	seen *rowSet
	row  []store.ID
	out  *Batch
}

func newDistinct(q *query, n *plan.Distinct) operator {
	return &distinctOp{in: q.open(n.Input), seen: newRowSet(q, len(n.Cols)), out: newBatch(len(n.Cols))}
}

func (d *distinctOp) next() (*Batch, error) {
	for {
		b, err := d.in.next()
		if err != nil || b == nil {
			return nil, err
		}
		d.out.reset()
		for i := range b.N {
			d.row = d.row[:0]
			for _, c := range b.Cols {
				d.row = append(d.row, c[i])
			}
			_, fresh, err := d.seen.number(d.row)
			if err != nil {
				return nil, err
			}
			if fresh {
				for c, id := range d.row {
					d.out.Cols[c] = append(d.out.Cols[c], id)
				}
				d.out.N++
			}
		}
		if d.out.N > 0 {
			return d.out, nil
		}
	}
}

func (d *distinctOp) close() {
	d.in.close()
	d.seen.release()
}
