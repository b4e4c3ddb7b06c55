package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
)

// valuesOp yields rows of terms.
type valuesOp struct {
	q    *query
	node *plan.Values
	at   int
	out  *Batch
}

func (v *valuesOp) next() (*Batch, error) {
	if v.at >= len(v.node.Terms) {
		return nil, nil
	}
	if v.out == nil {
		v.out = newBatch(len(v.node.Cols))
	}
	v.out.reset()
	for ; v.at < len(v.node.Terms) && v.out.N < v.q.rows; v.at++ {
		for i, t := range v.node.Terms[v.at] {
			id, err := v.q.intern(t)
			if err != nil {
				return nil, err
			}
			v.out.Cols[i] = append(v.out.Cols[i], id)
		}
		v.out.N++
	}
	return v.out, nil
}

func (v *valuesOp) close() {}

// registersOp yields one row, the present values of registers.
type registersOp struct {
	q    *query
	node *plan.Registers
	done bool
}

func (r *registersOp) next() (*Batch, error) {
	if r.done {
		return nil, nil
	}
	r.done = true
	b := newBatch(len(r.node.Cols))
	for i, s := range r.node.Cols {
		b.Cols[i] = append(b.Cols[i], r.q.regs[s])
	}
	b.N = 1
	return b, nil
}

func (r *registersOp) close() {}

// unionOp yields the rows of its branches, one branch after the other.
type unionOp struct {
	q      *query
	node   *plan.Union
	branch int
	in     operator
	from   []int
	none   []store.ID // unbound, for columns that a branch does not have
	out    Batch
}

func (u *unionOp) next() (*Batch, error) {
	for u.branch < len(u.node.Branches) {
		if u.in == nil {
			n := u.node.Branches[u.branch]
			u.in, u.from = u.q.open(n), columns(n.Head(), u.node.Cols)
		}
		b, err := u.in.next()
		if err != nil {
			return nil, err
		}
		if b == nil {
			u.in.close()
			u.in = nil
			u.branch++
			continue
		}
		if u.none == nil {
			u.none = make([]store.ID, BatchRows)
		}
		u.out.N = b.N
		for i, c := range u.from {
			if c >= 0 {
				u.out.Cols[i] = b.Cols[c][:b.N]
			} else {
				u.out.Cols[i] = u.none[:b.N]
			}
		}
		return &u.out, nil
	}
	return nil, nil
}

func (u *unionOp) close() {
	if u.in != nil {
		u.in.close()
		u.in = nil
	}
	u.branch = len(u.node.Branches)
}

// projectOp passes some of its input's columns on.
type projectOp struct {
	in   operator
	from []int
	out  Batch
}

func newProject(q *query, n *plan.Project) operator {
	return &projectOp{in: q.open(n.Input), from: columns(n.Input.Head(), n.Cols), out: Batch{Cols: make([][]store.ID, len(n.Cols))}}
}

func (p *projectOp) next() (*Batch, error) {
	b, err := p.in.next()
	if err != nil || b == nil {
		return nil, err
	}
	p.out.N = b.N
	for i, c := range p.from {
		p.out.Cols[i] = b.Cols[c][:b.N]
	}
	return &p.out, nil
}

func (p *projectOp) close() { p.in.close() }

// sliceOp skips rows and then passes some on.
type sliceOp struct {
	q          *query
	node       *plan.Slice
	in         operator
	skip, left int64
	out        Batch
}

func (s *sliceOp) next() (*Batch, error) {
	for s.left != 0 {
		b, err := s.in.next()
		if err != nil || b == nil {
			return nil, err
		}
		n := int64(b.N)
		if s.skip >= n {
			s.skip -= n
			continue
		}
		from, to := s.skip, n
		s.skip = 0
		if s.left >= 0 {
			to = min(to, from+s.left)
			s.left -= to - from
		}
		s.out.N = int(to - from)
		s.out.Cols = s.out.Cols[:0]
		for _, c := range b.Cols {
			s.out.Cols = append(s.out.Cols, c[from:to])
		}
		return &s.out, nil
	}
	return nil, nil
}

func (s *sliceOp) close() { s.in.close() }
