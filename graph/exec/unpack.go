package exec

import (
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/store"
)

// unpackOp takes triple terms apart.
type unpackOp struct {
	q     *query
	node  *plan.Unpack
	in    operator
	term  int // column, or -1 for a register
	parts [3]plan.UnpackRef
	cols  [3]int // output columns of the parts
	width int
	row   []store.ID
	out   *Batch
}

func newUnpack(q *query, n *plan.Unpack) operator {
	h := n.Input.Head()
	u := &unpackOp{q: q, node: n, in: q.open(n.Input), term: -1, parts: [3]plan.UnpackRef{n.S, n.P, n.O}, width: len(h.Cols), out: newBatch(len(n.Cols))}
	if n.Term.Kind == plan.RefVar {
		u.term = h.Col(n.Term.Slot)
	}
	for i, p := range u.parts {
		u.cols[i] = -1
		if p.Kind == plan.RefVar {
			u.cols[i] = n.Col(p.Slot)
		}
	}
	return u
}

func (u *unpackOp) next() (*Batch, error) {
	for {
		b, err := u.in.next()
		if err != nil || b == nil {
			return nil, err
		}
		u.out.reset()
		for i := range b.N {
			u.row = u.row[:0]
			for _, c := range b.Cols {
				u.row = append(u.row, c[i])
			}
			for len(u.row) < len(u.out.Cols) {
				u.row = append(u.row, store.None)
			}
			id := u.q.regs[u.node.Term.Slot]
			if u.term >= 0 {
				id = u.row[u.term]
			}
			ok, err := u.fits(id)
			if err != nil {
				return nil, err
			}
			if ok {
				for c, id := range u.row {
					u.out.Cols[c] = append(u.out.Cols[c], id)
				}
				u.out.N++
			}
		}
		if u.out.N > 0 {
			return u.out, nil
		}
	}
}

// fits matches a triple term with the pattern and binds the row's variables.
func (u *unpackOp) fits(id store.ID) (bool, error) {
	if k := id.Kind(); k != store.KindTripleTerm && k != store.KindLocal {
		return false, nil
	}
	t, err := u.q.term(id)
	if err != nil || !t.IsTripleTerm() {
		return false, err
	}
	tr := t.Triple()
	for i, term := range [3]rdf.Term{tr.S, tr.P, tr.O} {
		p := u.parts[i]
		if p.Kind == plan.RefConst {
			if !p.Term.Equal(term) {
				return false, nil
			}
			continue
		}
		id, err := u.q.intern(term)
		if err != nil {
			return false, err
		}
		if p.Kind == plan.RefReg {
			if u.q.regs[p.Slot] != id {
				return false, nil
			}
			continue
		}
		c := u.cols[i]
		if u.row[c] != store.None && u.row[c] != id {
			return false, nil
		}
		u.row[c] = id
	}
	return true, nil
}

func (u *unpackOp) close() { u.in.close() }
