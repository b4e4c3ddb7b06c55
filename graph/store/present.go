package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"

	"sett/graph/rdf"
)

// present is what a store holds, as a rebuild reads it. Rows with terms of the region in order, all of whose ids ascend with
// their new ones, are merged as they are; rows with later terms are given back as quads, to be sorted with what is new. Terms that no
// row uses any more are left out.
type present struct {
	n       *Snapshot
	used    [KindTripleTerm + 1]bitmap // by payload, of the region in order
	triples [][3]ID                    // parts of the triple terms in order, if there are any
	depths  []int                      // of these
	newID   [KindTripleTerm + 1][]ID   // by payload

	kind Kind
	at   uint64 // payload of the term at hand
	text []byte
	rest []byte // of its block
}

// bitmap is a set of small numbers.
type bitmap []uint64

func (b bitmap) set(i uint64)      { b[i>>6] |= 1 << (i & 63) }
func (b bitmap) has(i uint64) bool { return b[i>>6]>>(i&63)&1 != 0 }

func (b bitmap) count() (n uint64) {
	for _, w := range b {
		n += uint64(bits.OnesCount64(w))
	}
	return n
}

// readPresent looks at every row once and calls late with those that have later terms.
func readPresent(ctx context.Context, n *Snapshot, late func(rdf.Quad) error) (*present, error) {
	p := &present{n: n}
	m := &n.dir.meta
	for k := range p.used {
		p.used[k] = make(bitmap, m.ordered[k]/64+1)
		p.newID[k] = make([]ID, m.ordered[k]+1)
	}
	scan := n.Scan(SPOG)
	defer scan.Close()
	var b Batch
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		more, err := scan.Next(&b)
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		for i := range b.N {
			r := row{b.Cols[0][i], b.Cols[1][i], b.Cols[2][i], b.Cols[3][i]}
			if !p.isLate(&r) {
				for _, id := range r {
					p.use(id)
				}
				continue
			}
			var t [4]rdf.Term
			if err := n.Terms(r[:], t[:]); err != nil {
				return nil, err
			}
			if err := late(rdf.Quad{S: t[0], P: t[1], O: t[2], G: t[3]}); err != nil {
				return nil, err
			}
		}
	}
	return p, p.readTriples()
}

func (p *present) use(id ID) {
	if id.IsDictionary() {
		p.used[id.Kind()].set(id.Payload())
	}
}

// isLate reports whether a row has a term that came after the last build.
func (p *present) isLate(r *row) bool {
	for _, id := range r {
		if id.IsDictionary() && id.Payload() > p.n.dir.meta.ordered[id.Kind()] {
			return true
		}
	}
	return false
}

// readTriples reads the parts of triple terms, which are used if their triple terms are. Parts come before the terms that have them.
func (p *present) readTriples() error {
	p.triples = make([][3]ID, p.n.dir.meta.ordered[KindTripleTerm]+1)
	p.depths = make([]int, len(p.triples))
	var b []byte
	for i := len(p.triples) - 1; i > 0; i-- {
		if !p.used[KindTripleTerm].has(uint64(i)) {
			continue
		}
		var err error
		if b, err = p.n.bytesOf(b[:0], MakeID(KindTripleTerm, uint64(i))); err != nil {
			return err
		}
		if len(b) != tripleTermBytes {
			return fmt.Errorf("%w: triple term %d", ErrCorrupt, i)
		}
		p.depths[i] = int(b[0])
		for c := range 3 {
			p.triples[i][c] = ID(binary.BigEndian.Uint64(b[1+8*c:]))
			p.use(p.triples[i][c])
		}
	}
	return nil
}

func (p *present) begin(k Kind) uint64 {
	p.kind, p.at, p.rest, p.text = k, 0, nil, nil
	return p.used[k].count()
}

// next reads on to the next term in use.
func (p *present) next() ([]byte, error) {
	for {
		if p.at%blockTerms == 0 {
			b, err := p.n.block(p.kind, int(p.at/blockTerms))
			if err != nil {
				return nil, err
			}
			p.rest, p.text = b, p.text[:0]
		}
		shared, k := binary.Uvarint(p.rest)
		size, l := binary.Uvarint(p.rest[max(k, 0):])
		if k <= 0 || l <= 0 || shared > uint64(len(p.text)) || size > uint64(len(p.rest)-k-l) {
			return nil, fmt.Errorf("%w: a block of terms of kind %s", ErrCorrupt, p.kind)
		}
		p.rest = p.rest[k+l:]
		p.text = append(p.text[:shared], p.rest[:size]...)
		p.rest = p.rest[size:]
		p.at++
		if p.used[p.kind].has(p.at) {
			return p.text, nil
		}
	}
}

func (p *present) took(id ID) { p.newID[p.kind][p.at] = id }

func (p *present) beginTriples() error {
	p.kind, p.at = KindTripleTerm, 0
	return nil
}

func (p *present) depth(d int) (n uint64) {
	for i := 1; i < len(p.depths); i++ {
		if p.depths[i] == d {
			n++
		}
	}
	return n
}

func (p *present) nextTriple(parts *[3]ID) error {
	for p.at++; !p.used[KindTripleTerm].has(p.at); p.at++ {
	}
	for i, id := range p.triples[p.at] {
		parts[i] = p.final(id)
	}
	return nil
}

// final returns the new id of an old one.
func (p *present) final(id ID) ID {
	if id.IsDictionary() {
		return p.newID[id.Kind()][id.Payload()]
	}
	return id
}

// presentRows reads the rows of one order that have no later terms, with their new ids.
type presentRows struct {
	p    *present
	scan *Scan
	b    Batch
}

func (p *present) readRows(o Order) *presentRows { return &presentRows{p: p, scan: p.n.Scan(o)} }

func (r *presentRows) fill(out []row) ([]row, error) {
	for out = out[:0]; len(out) == 0; {
		more, err := r.scan.Next(&r.b)
		if err != nil || !more {
			return out, err
		}
		for i := range r.b.N {
			x := row{r.b.Cols[0][i], r.b.Cols[1][i], r.b.Cols[2][i], r.b.Cols[3][i]}
			if r.p.isLate(&x) {
				continue
			}
			for c, id := range x {
				x[c] = r.p.final(id)
			}
			out = append(out, x)
		}
	}
	return out, nil
}
