package store

// rowMerge merges ascending rows of several sources. It takes whole stretches from one source as long as they stay
// below what the others have next: what was loaded together is often near together.
type rowMerge struct {
	heads []*rowHead // a heap by the first row; none is empty
}

type rowHead struct {
	source rowSource
	rows   []row // left of buf
	buf    []row
}

func newRowMerge(sources []rowSource) (*rowMerge, error) {
	m := &rowMerge{}
	for _, s := range sources {
		h := &rowHead{source: s}
		if err := h.refill(); err != nil {
			return nil, err
		}
		if len(h.rows) > 0 {
			m.heads = append(m.heads, h)
		}
	}
	for i := len(m.heads)/2 - 1; i >= 0; i-- {
		m.down(i)
	}
	return m, nil
}

func (h *rowHead) refill() (err error) {
	h.buf, err = h.source.fill(h.buf)
	h.rows = h.buf
	return err
}

// down restores the heap below place i.
func (m *rowMerge) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(m.heads) {
			return
		}
		if r := child + 1; r < len(m.heads) && m.heads[r].rows[0].less(&m.heads[child].rows[0]) {
			child = r
		}
		if !m.heads[child].rows[0].less(&m.heads[i].rows[0]) {
			return
		}
		m.heads[i], m.heads[child] = m.heads[child], m.heads[i]
		i = child
	}
}

// next appends the next rows to out, about a thousand; none at the end. A row that several sources have comes several times.
func (m *rowMerge) next(out []row) ([]row, error) {
	for len(m.heads) > 0 && len(out) < batchRows {
		h := m.heads[0]
		n := len(h.rows)
		if len(m.heads) > 1 {
			limit := &m.heads[1].rows[0]
			if len(m.heads) > 2 && m.heads[2].rows[0].less(limit) {
				limit = &m.heads[2].rows[0]
			}
			n = 1
			for n < len(h.rows) && h.rows[n].less(limit) {
				n++
			}
		}
		out = append(out, h.rows[:n]...)
		if h.rows = h.rows[n:]; len(h.rows) == 0 {
			if err := h.refill(); err != nil {
				return nil, err
			}
			if len(h.rows) == 0 {
				last := len(m.heads) - 1
				m.heads[0] = m.heads[last]
				m.heads = m.heads[:last]
			}
		}
		m.down(0)
	}
	return out, nil
}
