package rdfio

import "strings"

// arena makes strings that are cut from larger blocks: one allocation for many. A block is never written again where
// a string has been handed out.
type arena struct {
	block strings.Builder
}

const arenaBlock = 16 << 10

// room makes sure that n bytes fit into the current block.
func (a *arena) room(n int) {
	if a.block.Cap()-a.block.Len() < n {
		a.block.Reset()
		a.block.Grow(max(n, arenaBlock))
	}
}

// join returns x + y.
func (a *arena) join(x, y string) string {
	if x == "" {
		return y
	}
	a.room(len(x) + len(y))
	from := a.block.Len()
	a.block.WriteString(x)
	a.block.WriteString(y)
	return a.block.String()[from:]
}

// copyOf returns b as a string.
func (a *arena) copyOf(b []byte) string {
	a.room(len(b))
	from := a.block.Len()
	a.block.Write(b)
	return a.block.String()[from:]
}
