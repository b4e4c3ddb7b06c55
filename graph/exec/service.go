package exec

import (
	"fmt"

	"sett/graph/plan"
	"sett/graph/rdf"
)

// serviceOp asks another endpoint, if the caller allows it.
type serviceOp struct {
	q    *query
	node *plan.Service
	rows [][]rdf.Term
	from []int // columns of the answer, by column of ours
	done bool
	at   int
}

func (s *serviceOp) next() (*Batch, error) {
	if !s.done {
		s.done = true
		if err := s.ask(); err != nil {
			if !s.node.Node.Silent {
				return nil, err
			}
			s.rows, s.from = [][]rdf.Term{nil}, nil // SILENT: one solution without bindings
		}
	}
	if s.at >= len(s.rows) {
		return nil, nil
	}
	out := newBatch(len(s.node.Cols))
	for ; s.at < len(s.rows) && out.N < s.q.rows; s.at++ {
		for i := range out.Cols {
			var t rdf.Term
			if i < len(s.from) && s.from[i] >= 0 {
				t = s.rows[s.at][s.from[i]]
			}
			id, err := s.q.intern(t)
			if err != nil {
				return nil, err
			}
			out.Cols[i] = append(out.Cols[i], id)
		}
		out.N++
	}
	return out, nil
}

func (s *serviceOp) ask() error {
	n := s.node.Node
	if s.q.opt.Service == nil {
		return fmt.Errorf("%w: %s", ErrService, n.Name.Term)
	}
	if !n.Name.IsTerm() {
		return fmt.Errorf("%w: its endpoint is a variable", ErrService)
	}
	vars, rows, err := s.q.opt.Service(s.q.ctx, n, n.Name.Term)
	if err != nil {
		return err
	}
	s.rows, s.from = rows, make([]int, len(s.node.Cols))
	for i, slot := range s.node.Cols {
		s.from[i] = -1
		for j, v := range vars {
			if v == s.q.plan.Name(slot) {
				s.from[i] = j
			}
		}
	}
	return nil
}

func (s *serviceOp) close() { s.rows = nil }
