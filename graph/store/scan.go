package store

// Batch is up to 1024 rows of one order, a column at a time. Its columns are valid until the scan's next call.
type Batch struct {
	N    int     // rows
	Cols [4][]ID // in the order's column order, each with N ids
}

// batchRows is the most rows a batch has.
const batchRows = 1024

// Scan walks the rows of one order under a prefix, ascending. It is not safe for concurrent use.
type Scan struct {
	r      *reader
	order  Order
	top    *top
	prefix []ID
	at     position
	end    row // rows whose leading endLen columns are above end's are outside
	endLen int
	err    error
	done   bool

	// graph is set for a graph-first order under the default graph, which those orders do not hold: the rows are then
	// those of the sibling order whose graph is None, with the graph's column put first.
	graph *Batch
}

// Scan returns the rows of order o under a prefix of its columns. Cost: one directory probe, then pages in sequence.
func (n *Snapshot) Scan(o Order, prefix ...ID) *Scan {
	s := &Scan{r: &n.st.reader}
	if o.GraphFirst() && len(prefix) > 0 && prefix[0] == None {
		o, prefix, s.graph = o.sibling(), prefix[1:], &Batch{}
	}
	s.order, s.top, s.prefix, s.endLen = o, &n.dir.orders[o], prefix, len(prefix)
	copy(s.end[:], prefix)
	s.at, _, s.err = s.r.find(o, s.top, prefix, false)
	return s
}

// Range keeps the rows whose first column after the prefix is within lo and hi, both included. It is for a scan that
// has not begun.
func (s *Scan) Range(lo, hi ID) {
	if s.err != nil || len(s.prefix) == 4 {
		return
	}
	s.end[len(s.prefix)] = hi
	s.endLen = len(s.prefix) + 1
	s.err = s.Seek(lo)
}

// Seek skips to the first row that is not below the given values of the columns after the prefix. It goes forward
// only: a row already passed is not met again.
func (s *Scan) Seek(values ...ID) error {
	if s.err != nil || s.done {
		return s.err
	}
	key := append(append(make([]ID, 0, 4), s.prefix...), values...)
	if refs := s.loaded(); refs != nil && s.at.page < len(refs) {
		if p, err := s.r.page(s.order, refs[s.at.page]); err == nil && s.at.row < p.n && !p.below(p.n-1, key, false) {
			if p.below(s.at.row, key, false) {
				s.at.row = p.search(key, false)
			}
			return nil
		}
	}
	at, _, err := s.r.find(s.order, s.top, key, false)
	if err != nil {
		s.err = err
		return err
	}
	if s.at.chunk < at.chunk || s.at.chunk == at.chunk && (s.at.page < at.page || s.at.page == at.page && s.at.row < at.row) {
		s.at = at
	}
	return nil
}

func (s *Scan) loaded() []*pageRef {
	if s.at.chunk >= len(s.top.chunks) {
		return nil
	}
	if p := s.top.chunks[s.at.chunk].pages.Load(); p != nil {
		return *p
	}
	return nil
}

// Skip passes over the next n rows, by the directory's counts: no page is read, but for the default graph beside a
// graph-first order.
func (s *Scan) Skip(n uint64) error {
	if s.graph == nil {
		s.advance(n)
		return s.err
	}
	for n > 0 {
		from := s.at
		more, err := s.next(s.graph)
		if err != nil || !more {
			return err
		}
		for i, g := range s.graph.Cols[3] {
			if g != None {
				continue
			}
			if n--; n == 0 {
				s.at, s.done = from, false
				s.advance(uint64(i) + 1)
				break
			}
		}
	}
	return s.err
}

// advance moves n rows on, whatever they are.
func (s *Scan) advance(n uint64) {
	for n > 0 && s.err == nil && !s.done && s.at.chunk < len(s.top.chunks) {
		c := s.top.chunks[s.at.chunk]
		if s.at.page == 0 && s.at.row == 0 && n >= c.total {
			n -= c.total
			s.at.chunk++
			continue
		}
		refs, err := s.r.pages(s.order, c)
		if err != nil {
			s.err = err
			return
		}
		for n > 0 && s.at.page < len(refs) {
			rest := uint64(refs[s.at.page].n) - uint64(s.at.row)
			if n < rest {
				s.at.row += int(n)
				return
			}
			n -= rest
			s.at.page, s.at.row = s.at.page+1, 0
		}
		if s.at.page >= len(refs) {
			s.at = position{chunk: s.at.chunk + 1}
		}
	}
}

// Next fills b with the next rows; false after the last. Errors: ErrCorrupt with the page's key.
func (s *Scan) Next(b *Batch) (bool, error) {
	if s.graph == nil {
		return s.next(b)
	}
	for {
		more, err := s.next(s.graph)
		if err != nil || !more {
			b.N = 0
			return false, err
		}
		b.takeDefault(s.graph)
		if b.N > 0 {
			return true, nil
		}
	}
}

// takeDefault fills b with from's rows of the default graph, the graph's column first instead of last.
func (b *Batch) takeDefault(from *Batch) {
	b.N = 0
	b.grow()
	for i, g := range from.Cols[3] {
		if g == None {
			b.Cols[0][b.N] = None
			b.Cols[1][b.N], b.Cols[2][b.N], b.Cols[3][b.N] = from.Cols[0][i], from.Cols[1][i], from.Cols[2][i]
			b.N++
		}
	}
	for c := range b.Cols {
		b.Cols[c] = b.Cols[c][:b.N]
	}
}

func (b *Batch) grow() {
	for c := range b.Cols {
		if cap(b.Cols[c]) < batchRows {
			b.Cols[c] = make([]ID, batchRows)
		}
		b.Cols[c] = b.Cols[c][:batchRows]
	}
}

func (s *Scan) next(b *Batch) (bool, error) {
	b.N = 0
	if s.err != nil || s.done {
		return false, s.err
	}
	b.grow()
	for b.N < batchRows {
		p, err := s.current()
		if err != nil {
			s.err = err
			return false, err
		}
		if p == nil {
			break
		}
		to := min(p.n, s.at.row+batchRows-b.N)
		if s.endLen > 0 && !p.below(to-1, s.end[:s.endLen], true) {
			to = p.search(s.end[:s.endLen], true)
			s.done = true
		}
		if to > s.at.row {
			for c := range b.Cols {
				p.decode(c, s.at.row, b.Cols[c][b.N:b.N+to-s.at.row])
			}
			b.N += to - s.at.row
			s.at.row = to
		}
		if s.done {
			break
		}
	}
	for c := range b.Cols {
		b.Cols[c] = b.Cols[c][:b.N]
	}
	return b.N > 0, nil
}

// current returns the page with the next row, nil at the end.
func (s *Scan) current() (*page, error) {
	for s.at.chunk < len(s.top.chunks) {
		refs, err := s.r.pages(s.order, s.top.chunks[s.at.chunk])
		if err != nil {
			return nil, err
		}
		if s.at.page >= len(refs) {
			s.at = position{chunk: s.at.chunk + 1}
			continue
		}
		if s.at.row >= int(refs[s.at.page].n) {
			s.at.page, s.at.row = s.at.page+1, 0
			continue
		}
		return s.r.page(s.order, refs[s.at.page])
	}
	return nil, nil
}

// Close ends the scan; its snapshot may then be closed.
func (s *Scan) Close() { s.done = true }
