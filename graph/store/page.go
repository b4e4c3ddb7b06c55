package store

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// A page holds up to maxPageRows rows of one order, column by column, each column as a base and bit-packed differences
// from it (frame of reference). Rows are found without decoding: a difference's place follows from its index.
//
//	rows u16 | 4 × (width u8, base u64) | 4 columns of rows × width bits, each from a byte's start | 8 zero bytes
//
// All numbers are little-endian. The zeros let a reader take eight bytes wherever a difference begins.
type page struct {
	n     int
	width [4]uint8
	base  [4]uint64
	data  [4][]byte // from the column's first byte to the page's end
	size  int       // bytes of the encoding
	bytes []byte    // the encoding
}

const (
	maxPageRows  = 1024
	fillPageRows = 768 // rows a page gets when many are written at once, so that later rows find room
	minPageRows  = 256
	pageHeader   = 2 + 4*9
	pageTail     = 8
)

// encodePage appends the page of rows, at least one and at most maxPageRows, to b.
func encodePage(b []byte, rows []row) []byte {
	b = binary.LittleEndian.AppendUint16(b, uint16(len(rows)))
	var base [4]uint64
	var width [4]uint8
	for c := range 4 {
		lo, hi := uint64(rows[0][c]), uint64(rows[0][c])
		for i := range rows {
			lo, hi = min(lo, uint64(rows[i][c])), max(hi, uint64(rows[i][c]))
		}
		base[c], width[c] = lo, uint8(bits.Len64(hi-lo))
		b = append(b, width[c])
		b = binary.LittleEndian.AppendUint64(b, lo)
	}
	for c := range 4 {
		b = packColumn(b, rows, c, base[c], uint(width[c]))
	}
	return append(b, make([]byte, pageTail)...)
}

func packColumn(b []byte, rows []row, c int, base uint64, width uint) []byte {
	var word uint64
	var used uint
	for i := range rows {
		v := uint64(rows[i][c]) - base
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

// columnBytes is the length of a packed column.
func columnBytes(n int, width uint8) int { return (n*int(width) + 7) / 8 }

// parsePage checks an encoding's lengths. The page refers to b.
func parsePage(b []byte) (*page, error) {
	if len(b) < pageHeader+pageTail {
		return nil, fmt.Errorf("%w: a page of %d bytes", ErrCorrupt, len(b))
	}
	p := &page{n: int(binary.LittleEndian.Uint16(b)), size: len(b), bytes: b}
	at := pageHeader
	for c := range 4 {
		p.width[c] = b[2+9*c]
		p.base[c] = binary.LittleEndian.Uint64(b[3+9*c:])
		if p.width[c] > 64 || at > len(b)-pageTail {
			return nil, fmt.Errorf("%w: a page's column %d", ErrCorrupt, c)
		}
		p.data[c] = b[at:]
		at += columnBytes(p.n, p.width[c])
	}
	if p.n == 0 || p.n > maxPageRows || at+pageTail != len(b) {
		return nil, fmt.Errorf("%w: a page of %d rows in %d bytes", ErrCorrupt, p.n, len(b))
	}
	return p, nil
}

// at returns one id.
func (p *page) at(c, i int) ID {
	w := uint(p.width[c])
	if w == 0 {
		return ID(p.base[c])
	}
	bit := uint(i) * w
	d := p.data[c][bit>>3:]
	shift := bit & 7
	v := binary.LittleEndian.Uint64(d) >> shift
	if w+shift > 64 {
		v |= uint64(d[8]) << (64 - shift)
	}
	return ID(p.base[c] + v&(1<<w-1))
}

// decode fills out with column c of the rows from on.
func (p *page) decode(c, from int, out []ID) {
	w, base := uint(p.width[c]), p.base[c]
	if w == 0 {
		for i := range out {
			out[i] = ID(base)
		}
		return
	}
	if w > 56 {
		for i := range out {
			out[i] = p.at(c, from+i)
		}
		return
	}
	mask := uint64(1)<<w - 1
	d, bit := p.data[c], uint(from)*w
	for i := range out {
		out[i] = ID(base + binary.LittleEndian.Uint64(d[bit>>3:])>>(bit&7)&mask)
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
