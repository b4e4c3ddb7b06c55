package store

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// bytePrinter prints bytes in hexadecimal, sixteen a line after their offset, the first line with what they mean.
type bytePrinter struct {
	w  io.Writer
	at int
}

func (p *bytePrinter) put(b []byte, format string, args ...any) {
	meaning := fmt.Sprintf(format, args...)
	for first := true; first || len(b) > 0; first = false {
		n := min(16, len(b))
		line := fmt.Sprintf("%04x  %-32x  %s", p.at, b[:n], meaning)
		fmt.Fprintln(p.w, strings.TrimRight(line, " "))
		b, meaning = b[n:], ""
		p.at += n
	}
}

// print prints the page's bytes with what they mean, columns under their names in order o, and then its rows.
func (p *page) print(w io.Writer, o Order) {
	out := bytePrinter{w: w}
	b := p.bytes
	take := func(n int) []byte {
		taken := b[:n]
		b = b[n:]
		return taken
	}
	out.put(take(2), "%d rows", p.n)
	for c, name := range o.Columns() {
		col := &p.cols[c]
		out.put(take(2), "%s: %d bits of difference, %d of the base's number", name, col.width, col.tag)
		for i, base := range col.bases {
			out.put(take(8), "   base %d: %s", i, ID(base))
		}
	}
	for c, name := range o.Columns() {
		col := &p.cols[c]
		out.put(take((p.n*int(col.width+col.tag)+7)/8), "%s: %d values", name, p.n)
	}
	out.put(b, "for reading eight bytes at the last value")
	for i := range p.n {
		r := p.row(i)
		fmt.Fprintf(w, "row %d  %v %v %v %v\n", i, r[0], r[1], r[2], r[3])
	}
}

// printBlock prints a block's bytes with the terms that they spell.
func printBlock(w io.Writer, b []byte) error {
	out := bytePrinter{w: w}
	return walkBlock(b, func(i int, term []byte) bool {
		shared, k := binary.Uvarint(b)
		rest, l := binary.Uvarint(b[k:])
		head, end := k+l, k+l+int(rest)
		out.put(b[:head], "term %d: %d bytes of the one before, then %d", i, shared, rest)
		if rest > 0 {
			out.put(b[head:end], "   %q", term)
		}
		b = b[end:]
		return true
	})
}
