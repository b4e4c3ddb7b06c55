package store

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// A page holds up to maxPageRows rows of one order, column by column. A column has a few ascending bases, and a row's value is one of
// them plus a difference: the number of the base above the difference, in as many bits for every row, so that a row is found without
// decoding those before it and packed values are ordered as their ids are. Where all ids are of one kind there is one base, the
// smallest (frame of reference). Where several kinds meet, as objects do, each has its own, and the ids of a kind that spans much, as
// short strings do, have several; where few ids take turns, as predicates do, each is a base and there are no differences.
//
//	rows u16 | 4 × (width u8, tag u8, 2^tag × base u64) | 4 columns of rows × (tag + width) bits, each from a byte's start | 8 zero bytes
//
// All numbers are little-endian; bases that are not used are zero. The zeros at the end let a reader take eight bytes wherever a
// value begins. print.go prints a page's bytes with what they mean; testdata/page has examples.
type page struct {
	n     int
	cols  [4]pageColumn
	size  int    // bytes of the encoding and of what was made of it
	bytes []byte // the encoding
}

// pageColumn is one column. A row's bits are the number of a base in the upper tag bits and a difference from it in the lower width.
type pageColumn struct {
	width, tag uint8
	bases      []uint64 // 2^tag
	data       []byte   // from the column's first byte to the page's end
}

const (
	maxPageRows  = 1024
	fillPageRows = 768 // rows a page gets when many are written at once, so that later rows find room
	minPageRows  = 256
	maxPageTag   = 6 // at most 64 bases
	pageTail     = 8
)

// encodePage appends the page of rows, at least one and at most maxPageRows, to b.
func encodePage(b []byte, rows []row) []byte {
	b = binary.LittleEndian.AppendUint16(b, uint16(len(rows)))
	var frames [4]pageFrame
	for c := range frames {
		f := &frames[c]
		f.fit(rows, c)
		b = append(b, f.width, f.tag)
		for _, base := range f.bases[:1<<f.tag] {
			b = binary.LittleEndian.AppendUint64(b, base)
		}
	}
	for c := range frames {
		b = frames[c].pack(b, rows, c)
	}
	return append(b, make([]byte, pageTail)...)
}

// pageFrame is how a column is to be encoded.
type pageFrame struct {
	width, tag uint8
	bases      [1 << maxPageTag]uint64 // ascending; 0 beyond those in use
}

// kindSpan is what a column has of one kind.
type kindSpan struct {
	lo, hi uint64
	n      int // ids, those that repeat the one before aside
}

func (k *kindSpan) width() uint8 { return uint8(bits.Len64(k.hi - k.lo)) }

// fit chooses the bases that make the column's encoding shortest, of those that follow from the kinds in it: the kinds of the
// narrowest spans have a base each, the ids of the others as many as differences of that width need.
func (f *pageFrame) fit(rows []row, c int) {
	var column [maxPageRows]uint64
	ids := column[:0] // without those that repeat the one before
	var kinds [16]kindSpan
	for i := range rows {
		id := rows[i][c]
		if i > 0 && id == rows[i-1][c] {
			continue
		}
		k, v := &kinds[id.Kind()], uint64(id)
		if k.n == 0 {
			k.lo, k.hi = v, v
		}
		k.lo, k.hi = min(k.lo, v), max(k.hi, v)
		k.n++
		ids = append(ids, v)
	}
	f.width = math.MaxUint8
	var tried uint64 // a bit a width
	for i := range kinds {
		k := &kinds[i]
		if w := k.width(); k.n > 0 && tried&(1<<w) == 0 {
			tried |= 1 << w
			f.tryWidth(len(rows), ids, &kinds, w)
		}
	}
	if f.width > 1 { // else there is nothing to gain
		f.tryIDs(len(rows), ids)
	}
}

// maxPageWide is how many ids of wide kinds are sorted, for a page's bases, at most.
const maxPageWide = 256

// tryWidth takes the bases that differences of a width ask for, if that is shorter than what there is.
func (f *pageFrame) tryWidth(rows int, ids []uint64, kinds *[16]kindSpan, width uint8) {
	var few, many [maxPageWide]uint64
	bases, wide := few[:0], many[:0]
	var isWide uint16
	left := 0
	for i := range kinds {
		switch k := &kinds[i]; {
		case k.n == 0:
		case k.width() <= width:
			bases = append(bases, k.lo)
		default:
			isWide |= 1 << i
			left += k.n
		}
	}
	if left > maxPageWide {
		return
	}
	for i := 0; len(wide) < left; i++ {
		if isWide>>(ids[i]>>payloadBits)&1 != 0 {
			wide = append(wide, ids[i])
		}
	}
	slices.Sort(wide)
	for i, id := range wide {
		if i == 0 || id-bases[len(bases)-1] >= 1<<width || id>>payloadBits != wide[i-1]>>payloadBits {
			if len(bases) == 1<<maxPageTag {
				return
			}
			bases = append(bases, id)
		}
	}
	slices.Sort(bases)
	f.take(rows, width, bases)
}

// tryIDs makes each id a base, if they are few enough for that to be shorter than what there is.
func (f *pageFrame) tryIDs(rows int, ids []uint64) {
	var few [1 << maxPageTag]uint64
	bases := few[:0]
	for _, id := range ids {
		at, have := slices.BinarySearch(bases, id)
		if have {
			continue
		}
		if len(bases) == cap(bases) {
			return
		}
		bases = slices.Insert(bases, at, id)
	}
	f.take(rows, 0, bases)
}

// take makes these the bases if that shortens the encoding of so many rows.
func (f *pageFrame) take(rows int, width uint8, bases []uint64) {
	tag := uint8(bits.Len(uint(len(bases) - 1)))
	if f.width != math.MaxUint8 && 64<<tag+rows*int(tag+width) >= 64<<f.tag+rows*int(f.tag+f.width) {
		return
	}
	f.width, f.tag = width, tag
	clear(f.bases[copy(f.bases[:], bases):])
}

// packed returns the bits of an id.
func (f *pageFrame) packed(id ID) uint64 {
	at := uint64(0)
	for step := uint64(1) << f.tag >> 1; step > 0; step >>= 1 {
		if base := f.bases[at+step]; base != 0 && base <= uint64(id) {
			at += step
		}
	}
	return at<<f.width | (uint64(id) - f.bases[at])
}

func (f *pageFrame) pack(b []byte, rows []row, c int) []byte {
	width := uint(f.width + f.tag)
	if width == 0 {
		return b
	}
	var word, v uint64
	var used uint
	var last ID
	for i := range rows {
		if id := rows[i][c]; id != last || i == 0 {
			v, last = f.packed(id), id
		}
		word |= v << used
		if used += width; used >= 64 {
			b = binary.LittleEndian.AppendUint64(b, word)
			used -= 64
			word = 0
			if used > 0 {
				word = v >> (width - used)
			}
		}
	}
	for ; used > 0; used -= min(used, 8) {
		b = append(b, byte(word))
		word >>= 8
	}
	return b
}

// parsePage checks an encoding's lengths. The page refers to b.
func parsePage(b []byte) (*page, error) {
	if len(b) < 2+pageTail {
		return nil, fmt.Errorf("%w: a page of %d bytes", ErrCorrupt, len(b))
	}
	p := &page{n: int(binary.LittleEndian.Uint16(b)), bytes: b}
	at, end := 2, len(b)-pageTail
	bases := make([]uint64, 0, 4)
	for c := range p.cols {
		if at+2 > end || b[at] > 64 || b[at+1] > maxPageTag || b[at]+b[at+1] > 64 || at+2+8<<b[at+1] > end {
			return nil, fmt.Errorf("%w: a page's column %d", ErrCorrupt, c)
		}
		col := &p.cols[c]
		col.width, col.tag = b[at], b[at+1]
		at += 2
		for range 1 << col.tag {
			bases = append(bases, binary.LittleEndian.Uint64(b[at:]))
			at += 8
		}
	}
	for c := range p.cols {
		col := &p.cols[c]
		col.bases, bases = bases[:1<<col.tag], bases[1<<col.tag:]
		if at > end {
			return nil, fmt.Errorf("%w: a page's column %d", ErrCorrupt, c)
		}
		col.data = b[at:]
		at += (p.n*int(col.width+col.tag) + 7) / 8
	}
	p.size = len(b) + 8*cap(bases)
	if p.n == 0 || p.n > maxPageRows || at != end {
		return nil, fmt.Errorf("%w: a page of %d rows in %d bytes", ErrCorrupt, p.n, len(b))
	}
	return p, nil
}

// at returns one id.
func (p *page) at(c, i int) ID {
	col := &p.cols[c]
	w := uint(col.width + col.tag)
	if w == 0 {
		return ID(col.bases[0])
	}
	bit := uint(i) * w
	d := col.data[bit>>3:]
	shift := bit & 7
	v := binary.LittleEndian.Uint64(d) >> shift
	if w+shift > 64 {
		v |= uint64(d[8]) << (64 - shift)
	}
	v &= 1<<w - 1
	return ID(col.bases[v>>col.width] + v&(1<<col.width-1))
}

// decode fills out with column c of the rows from on.
func (p *page) decode(c, from int, out []ID) {
	col := &p.cols[c]
	w, base := uint(col.width+col.tag), col.bases[0]
	switch {
	case w == 0:
		for i := range out {
			out[i] = ID(base)
		}
		return
	case w > 56:
		for i := range out {
			out[i] = p.at(c, from+i)
		}
		return
	}
	mask := uint64(1)<<w - 1
	d, bit := col.data, uint(from)*w
	if col.tag == 0 {
		for i := range out {
			out[i] = ID(base + binary.LittleEndian.Uint64(d[bit>>3:])>>(bit&7)&mask)
			bit += w
		}
		return
	}
	bases, width, low := col.bases, col.width&63, uint64(1)<<col.width-1
	for i := range out {
		v := binary.LittleEndian.Uint64(d[bit>>3:]) >> (bit & 7) & mask
		out[i] = ID(bases[v>>width] + v&low)
		bit += w
	}
}

// row returns one row.
func (p *page) row(i int) row { return row{p.at(0, i), p.at(1, i), p.at(2, i), p.at(3, i)} }

// rows appends all rows to out.
func (p *page) rows(out []row) []row {
	from := len(out)
	out = append(out, make([]row, p.n)...)
	var col [maxPageRows]ID
	for c := range 4 {
		p.decode(c, 0, col[:p.n])
		for i := range p.n {
			out[from+i][c] = col[i]
		}
	}
	return out
}

// search returns the index of the first row whose leading columns are not below key, or, with after, above it.
func (p *page) search(key []ID, after bool) int {
	lo, hi := 0, p.n
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if p.below(mid, key, after) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func (p *page) below(i int, key []ID, orEqual bool) bool {
	for c, k := range key {
		if v := p.at(c, i); v != k {
			return v < k
		}
	}
	return orEqual
}
