package exec

import (
	"slices"

	"sett/graph/plan"
	"sett/graph/store"
)

// matcher reads the rows of a pattern from one order: it fills in the prefix, checks what the prefix does not, and
// says which columns of the order go where.
type matcher struct {
	q      *query
	order  store.Order
	prefix []prefixPart
	ids    []store.ID // the prefix as ids
	out    []int      // for each column of the order: where it goes in the output, or -1
	equal  [][2]int   // columns of the order that must be the same: a variable twice
	fixed  []prefixPart
	dedup  bool
	named  bool       // the graph must not be the default one
	graphs []store.ID // the graph must be one of these, if not nil
	graph  int        // the graph's column
	last   [3]store.ID
	any    bool // last is set
}

// prefixPart is one value of a prefix, or a column that must have a value: a constant, a register, or a column of the
// input row.
type prefixPart struct {
	ref   plan.Ref
	input int // column of the input, or -1
	at    int // column of the order
}

// newMatcher prepares the reading of a pattern; in describes the rows it is looked up for and may be nil, out the rows
// that come out.
func newMatcher(q *query, p *plan.Pattern, o store.Order, prefix int, in, out *plan.Info) *matcher {
	m := &matcher{q: q, order: o, out: []int{-1, -1, -1, -1}, graph: o.Place(store.G)}
	seen := map[plan.Slot]int{}
	for i, c := range o.Columns() {
		ref := p.Ref(c)
		part := prefixPart{ref: ref, input: -1, at: i}
		if ref.Kind == plan.RefVar && in != nil {
			part.input = in.Col(ref.Slot)
		}
		known := ref.Kind == plan.RefConst || ref.Kind == plan.RefReg || part.input >= 0
		switch {
		case i < prefix:
			m.prefix = append(m.prefix, part)
		case known:
			m.fixed = append(m.fixed, part)
		case ref.Kind == plan.RefVar:
			if j, ok := seen[ref.Slot]; ok {
				m.equal = append(m.equal, [2]int{j, i})
				continue
			}
			seen[ref.Slot] = i
			m.out[i] = out.Col(ref.Slot)
		}
	}
	switch p.Graph.Kind {
	case plan.GraphUnion:
		m.dedup = true
	case plan.GraphSome:
		m.dedup, m.graphs = true, p.Graph.IDs
	case plan.GraphEvery:
		m.named, m.graphs = true, p.Graph.IDs
	}
	return m
}

func (p *prefixPart) value(q *query, in *Batch, row int) store.ID {
	switch {
	case p.input >= 0:
		return in.Cols[p.input][row]
	case p.ref.Kind == plan.RefReg:
		return q.regs[p.ref.Slot]
	}
	return p.ref.ID
}

// scan starts reading for an input row.
func (m *matcher) scan(in *Batch, row int) *store.Scan {
	m.ids = m.ids[:0]
	for i := range m.prefix {
		m.ids = append(m.ids, m.prefix[i].value(m.q, in, row))
	}
	m.any = false
	return m.q.snap.Scan(m.order, m.ids...)
}

// possible reports whether the prefix can have rows: computed terms that the store does not have match nothing.
func (m *matcher) possible(in *Batch, row int) bool {
	for i := range m.prefix {
		id := m.prefix[i].value(m.q, in, row)
		if id.Kind() == store.KindLocal || (id == store.None && m.prefix[i].at != m.graph) {
			return false
		}
	}
	return true
}

// plain reports whether every row under the prefix matches.
func (m *matcher) plain() bool {
	return len(m.equal) == 0 && len(m.fixed) == 0 && !m.dedup && !m.named && m.graphs == nil
}

// match reports whether row i of b is to be kept; rows are to be asked for in order.
func (m *matcher) match(b *store.Batch, i int, in *Batch, row int) bool {
	if m.named && b.Cols[m.graph][i] == store.None {
		return false
	}
	if m.graphs != nil {
		if _, ok := slices.BinarySearch(m.graphs, b.Cols[m.graph][i]); !ok {
			return false
		}
	}
	for _, e := range m.equal {
		if b.Cols[e[0]][i] != b.Cols[e[1]][i] {
			return false
		}
	}
	for f := range m.fixed {
		if p := &m.fixed[f]; b.Cols[p.at][i] != p.value(m.q, in, row) {
			return false
		}
	}
	if m.dedup { // the graph is last: the same triple in another graph follows at once
		t := [3]store.ID{b.Cols[0][i], b.Cols[1][i], b.Cols[2][i]}
		if m.any && t == m.last {
			return false
		}
		m.last, m.any = t, true
	}
	return true
}
