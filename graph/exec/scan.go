package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
)

// scanOp reads a pattern from an order.
type scanOp struct {
	q     *query
	node  *plan.Scan
	m     *matcher
	scan  *store.Scan
	batch store.Batch
	at    int
	out   *Batch
	done  bool
	ahead int // the next of the node's ranges
}

func newScan(q *query, n *plan.Scan) operator {
	return &scanOp{q: q, node: n, m: newMatcher(q, &n.Pattern, n.Order, n.Prefix, nil, &n.Info), out: newBatch(len(n.Cols))}
}

func (s *scanOp) next() (*Batch, error) {
	if s.done {
		return nil, nil
	}
	if s.scan == nil {
		if !s.m.possible(nil, 0) {
			s.done = true
			return nil, nil
		}
		if !s.open() {
			s.done = true
			return nil, nil
		}
	}
	s.out.reset()
	plain := s.m.plain()
	for s.out.N == 0 {
		if s.at >= s.batch.N {
			more, err := s.scan.Next(&s.batch)
			if err != nil {
				return nil, err
			}
			if !more {
				if s.open() {
					continue
				}
				s.done = true
				return nil, nil
			}
			s.at = 0
			if err := s.q.ctx.Err(); err != nil {
				return nil, err
			}
		}
		end := min(s.batch.N, s.at+s.q.rows)
		if plain {
			for c, to := range s.m.out {
				if to >= 0 {
					s.out.Cols[to] = append(s.out.Cols[to], s.batch.Cols[c][s.at:end]...)
				}
			}
			s.out.N = end - s.at
		} else {
			for i := s.at; i < end; i++ {
				if s.m.match(&s.batch, i, nil, 0) {
					for c, to := range s.m.out {
						if to >= 0 {
							s.out.Cols[to] = append(s.out.Cols[to], s.batch.Cols[c][i])
						}
					}
					s.out.N++
				}
			}
		}
		s.at = end
	}
	return s.out, nil
}

// open starts reading the next range of ids, or everything; false if there is no more.
func (s *scanOp) open() bool {
	ranges := s.node.Ranges
	if ranges == nil && s.scan != nil || ranges != nil && s.ahead >= len(ranges) {
		return false
	}
	if s.scan != nil {
		s.scan.Close()
	}
	s.scan = s.m.scan(nil, 0)
	if ranges != nil {
		s.scan.Range(ranges[s.ahead].Lo, ranges[s.ahead].Hi)
		s.ahead++
	} else if s.node.Skip > 0 && s.scan.Skip(s.node.Skip) != nil {
		return true // Next returns the error
	}
	return true
}

func (s *scanOp) close() {
	if s.scan != nil {
		s.scan.Close()
		s.scan = nil
	}
	s.done = true
}
