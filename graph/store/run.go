package store

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"sync"
)

// run is a segment after its sorting: its terms by rank, and its rows, of ranks, in every order.
type run struct {
	terms    blob
	kinds    [KindTripleTerm]uint64 // how many terms of each kind below triple terms
	depths   []uint64               // how many triple terms of each depth, from 1
	inlined  uint64
	orders   [NumOrders]blob
	rows     [NumOrders]uint64
	idOfRank []ID // set when the run's terms are merged
}

// finish sorts a segment, which is of no use afterwards.
func (g *segment) finish(s *spill) (*run, error) {
	r := &run{}
	order, rank := g.ranked()
	var terms []byte
	var encoded [NumOrders][]byte
	var wait sync.WaitGroup
	wait.Go(func() { terms = g.encodeTerms(r, order, rank) })
	rows := g.rows
	for i := range rows {
		for c, n := range rows[i] {
			rows[i][c] = rank[n]
		}
	}
	spare := make([][4]uint32, len(rows))
	radixSort(rows, spare, 0, uint32(len(rank)))
	sortWithin(rows)
	rows = slices.Compact(rows)
	var named [][4]uint32
	for i := range rows {
		if rows[i][G] != 0 {
			named = append(named, rows[i])
		}
	}
	wait.Go(func() { // the subject's orders
		encoded[SPOG] = encodeRun(rows, SPOG)
		byPredicate := slices.Clone(rows)
		radixSort(byPredicate, make([][4]uint32, len(rows)), P, uint32(len(rank)))
		encoded[PSOG] = encodeRun(byPredicate, PSOG)
	})
	byObject := append(spare[:0], rows...)
	other := make([][4]uint32, len(rows))
	radixSort(byObject, other, O, uint32(len(rank)))
	encoded[OSPG] = encodeRun(byObject, OSPG)
	radixSort(byObject, other, P, uint32(len(rank)))
	encoded[POSG] = encodeRun(byObject, POSG)
	if len(named) > 0 {
		g.finishNamed(named, &encoded, uint32(len(rank)))
	}
	wait.Wait()
	r.rows = [NumOrders]uint64{}
	for _, o := range Orders() {
		r.rows[o] = uint64(len(rows))
		if o.GraphFirst() {
			r.rows[o] = uint64(len(named))
		}
		var err error
		if r.orders[o], err = s.put(encoded[o]); err != nil {
			return nil, err
		}
	}
	var err error
	r.terms, err = s.put(terms)
	return r, err
}

// finishNamed encodes the graph-first orders of rows in the order SPOG. Each is the order with the graph last, sorted by graph.
func (g *segment) finishNamed(named [][4]uint32, encoded *[NumOrders][]byte, ranks uint32) {
	spare := make([][4]uint32, len(named))
	var objects [][4]uint32
	for _, step := range []struct {
		by    []Column
		order Order
	}{{nil, GSPO}, {[]Column{P}, GPSO}, {[]Column{O}, GOSP}, {[]Column{O, P}, GPOS}} {
		objects = append(objects[:0], named...)
		for _, c := range append(step.by, G) {
			radixSort(objects, spare, c, ranks)
		}
		encoded[step.order] = encodeRun(objects, step.order)
	}
}

// radixSort sorts rows by one column and keeps the order of rows that are equal in it. Spare is as long as rows.
func radixSort(rows, spare [][4]uint32, c Column, ranks uint32) {
	const bits = 11
	from, to := rows, spare
	for shift := 0; shift < 32 && ranks>>shift > 0; shift += bits {
		var count [1 << bits]uint32
		for i := range from {
			count[from[i][c]>>shift&(1<<bits-1)]++
		}
		if len(from) == 0 || count[from[0][c]>>shift&(1<<bits-1)] == uint32(len(from)) {
			continue // this digit is the same everywhere
		}
		sum := uint32(0)
		for d := range count {
			sum, count[d] = sum+count[d], sum
		}
		for i := range from {
			d := from[i][c] >> shift & (1<<bits - 1)
			to[count[d]] = from[i]
			count[d]++
		}
		from, to = to, from
	}
	if len(rows) > 0 && &from[0] != &rows[0] {
		copy(rows, from)
	}
}

// sortWithin sorts rows that are in the order of their subjects by predicate, object and graph.
func sortWithin(rows [][4]uint32) {
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && rows[to][S] == rows[from][S] {
			to++
		}
		if to-from > 1 {
			slices.SortFunc(rows[from:to], func(a, b [4]uint32) int {
				for _, c := range [...]Column{P, O, G} {
					if a[c] != b[c] {
						if a[c] < b[c] {
							return -1
						}
						return 1
					}
				}
				return 0
			})
		}
		from = to
	}
}

// encodeRun returns pages of rows, arranged in an order, each after its length.
func encodeRun(rows [][4]uint32, o Order) []byte {
	columns := o.Columns()
	var b []byte
	page := make([]row, 0, maxPageRows)
	for from := 0; from < len(rows); from += maxPageRows {
		page = page[:0]
		for i := range rows[from:min(from+maxPageRows, len(rows))] {
			r := &rows[from+i]
			page = append(page, row{ID(r[columns[0]]), ID(r[columns[1]]), ID(r[columns[2]]), ID(r[columns[3]])})
		}
		at := len(b)
		b = append(b, 0, 0, 0, 0)
		b = encodePage(b, page)
		binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	}
	return b
}

// encodeTerms returns the terms by rank: front-coded texts, inlined values, and, since their parts may be any of those, triple
// terms as the ranks of their parts. It takes order for itself.
func (g *segment) encodeTerms(r *run, order, rank []uint32) []byte {
	var b []byte
	prev, kind := "", KindNone
	r.depths = make([]uint64, g.depth)
	parts := make(map[uint32]*localTriple, len(g.triples))
	for i := range g.triples {
		parts[g.triples[i].term] = &g.triples[i]
	}
	triples := order[:0]
	for _, n := range order[1:] {
		t := &g.terms[n]
		k := t.id.Kind()
		switch {
		case k < KindTripleTerm:
			if k != kind {
				prev, kind = "", k
			}
			shared := 0
			for shared < len(prev) && shared < len(t.text) && prev[shared] == t.text[shared] {
				shared++
			}
			b = binary.AppendUvarint(b, uint64(shared))
			b = binary.AppendUvarint(b, uint64(len(t.text)-shared))
			b = append(b, t.text[shared:]...)
			prev = t.text
			r.kinds[k]++
		case k == KindTripleTerm:
			triples = append(triples, n)
		default:
			b = binary.LittleEndian.AppendUint64(b, uint64(t.id))
			r.inlined++
		}
	}
	for _, n := range triples {
		triple := parts[n]
		for _, part := range triple.parts {
			b = binary.AppendUvarint(b, uint64(rank[part]))
		}
		r.depths[triple.depth-1]++
	}
	return b
}

// ranks is the number of the run's terms, None included.
func (r *run) ranks() uint64 {
	n := 1 + r.inlined
	for _, k := range r.kinds {
		n += k
	}
	for _, d := range r.depths {
		n += d
	}
	return n
}

// runTerms reads a run's terms; it is a [termSource].
type runTerms struct {
	*run
	in   *bufio.Reader
	rank uint64 // of the next term
	text []byte
}

func (r *run) readTerms() *runTerms {
	if r.idOfRank == nil {
		r.idOfRank = make([]ID, r.ranks())
	}
	return &runTerms{run: r, in: bufio.NewReaderSize(r.terms.reader(), 64<<10), rank: 1}
}

func (t *runTerms) begin(k Kind) uint64 {
	t.text = t.text[:0]
	return t.kinds[k]
}

func (t *runTerms) next() ([]byte, error) {
	shared, err := binary.ReadUvarint(t.in)
	if err != nil {
		return nil, spillError(err)
	}
	n, err := binary.ReadUvarint(t.in)
	if err == nil && shared > uint64(len(t.text)) {
		err = ErrCorrupt
	}
	if err != nil {
		return nil, spillError(err)
	}
	t.text = slices.Grow(t.text[:shared], int(n))[:shared+n]
	_, err = io.ReadFull(t.in, t.text[shared:])
	return t.text, spillError(err)
}

func (t *runTerms) depth(d int) uint64 {
	if d > len(t.depths) {
		return 0
	}
	return t.depths[d-1]
}

func (t *runTerms) nextTriple(parts *[3]ID) error {
	for i := range parts {
		r, err := binary.ReadUvarint(t.in)
		if err == nil && r >= uint64(len(t.idOfRank)) {
			err = ErrCorrupt
		}
		if err != nil {
			return spillError(err)
		}
		parts[i] = t.idOfRank[r]
	}
	return nil
}

func (t *runTerms) took(id ID) {
	t.idOfRank[t.rank] = id
	t.rank++
}

// beginTriples reads the inlined values, whose ranks are the last: they may be parts.
func (t *runTerms) beginTriples() error {
	var b [8]byte
	for i := uint64(len(t.idOfRank)) - t.inlined; i < uint64(len(t.idOfRank)); i++ {
		if _, err := io.ReadFull(t.in, b[:]); err != nil {
			return spillError(err)
		}
		t.idOfRank[i] = ID(binary.LittleEndian.Uint64(b[:]))
	}
	return nil
}

func spillError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("reading back what was sorted: %w", err)
}

// runRows reads a run's rows in an order, with their final ids.
type runRows struct {
	in       *bufio.Reader
	idOfRank []ID
	page     []byte
	column   [maxPageRows]ID
}

func (r *run) readRows(o Order) *runRows {
	return &runRows{in: bufio.NewReaderSize(r.orders[o].reader(), 64<<10), idOfRank: r.idOfRank}
}

// fill returns the next rows in out's place; none at the end.
func (r *runRows) fill(out []row) ([]row, error) {
	var size [4]byte
	if _, err := io.ReadFull(r.in, size[:]); err != nil {
		if err == io.EOF {
			return out[:0], nil
		}
		return nil, spillError(err)
	}
	n := int(binary.LittleEndian.Uint32(size[:]))
	r.page = slices.Grow(r.page[:0], n)[:n]
	if _, err := io.ReadFull(r.in, r.page); err != nil {
		return nil, spillError(err)
	}
	p, err := parsePage(r.page)
	if err != nil {
		return nil, err
	}
	out = slices.Grow(out[:0], p.n)[:p.n]
	for c := range 4 {
		p.decode(c, 0, r.column[:p.n])
		for i, rank := range r.column[:p.n] {
			out[i][c] = r.idOfRank[rank]
		}
	}
	return out, nil
}
