package rdfio

import (
	"bytes"
	"io"
)

// Chunk is a piece of an input in a line format: whole lines, with the place where they begin. It is immutable.
type Chunk struct {
	Text   string
	Line   int   // of the first line, from 1
	Offset int64 // of the first byte, from 0
}

// Chunker cuts an input at line ends, so that its pieces can be parsed in parallel with [NewChunkReader], in one
// goroutine each. It is not safe for concurrent use itself; its own work is a copy and a count of lines.
type Chunker struct {
	r    io.Reader
	size int
	buf  []byte // read, not yet handed out
	at   place  // of buf[0]
	err  error  // what ended r
}

// chunkSize is the default: large enough to hide the cost of a piece, small enough to stay in the cache.
const chunkSize = 256 << 10

// NewChunker returns a Chunker of r whose pieces have about size bytes (0: 256 KiB), more where a line is longer.
func NewChunker(r io.Reader, size int) *Chunker {
	if size <= 0 {
		size = chunkSize
	}
	return &Chunker{r: r, size: size, at: place{line: 1}}
}

// Next returns the next piece, io.EOF after the last, or the input's own error after the whole lines before it.
func (c *Chunker) Next() (Chunk, error) {
	for {
		cut := len(c.buf)
		if c.err == nil {
			cut = 0
			if len(c.buf) >= c.size {
				cut = lastLineEnd(c.buf)
			}
		} else if c.err != io.EOF {
			cut = lastLineEnd(c.buf)
		}
		if cut > 0 {
			chunk := Chunk{Text: string(c.buf[:cut]), Line: c.at.line, Offset: c.at.offset}
			c.at = skipLines(c.at, chunk.Text)
			c.buf = c.buf[:copy(c.buf, c.buf[cut:])]
			return chunk, nil
		}
		if c.err != nil {
			return Chunk{}, c.err
		}
		c.fill()
	}
}

// fill reads up to a piece's size, or sets err. The buffer starts small, as many inputs are, and doubles.
func (c *Chunker) fill() {
	if room := cap(c.buf) - len(c.buf); room < c.size {
		grown := make([]byte, len(c.buf), max(firstBlock, 2*cap(c.buf)))
		copy(grown, c.buf)
		c.buf = grown
	}
	c.buf, c.err = readSome(c.r, c.buf, min(c.size, cap(c.buf)-len(c.buf)))
}

// maxEmptyReads is how often in a row a reader may return nothing.
const maxEmptyReads = 100

// readSome appends to b, within its capacity, at least n bytes from r or what there is before an error.
func readSome(r io.Reader, b []byte, n int) ([]byte, error) {
	for empty, want := 0, len(b)+n; len(b) < want; {
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if err != nil {
			return b, err
		}
		if n > 0 {
			empty = 0
		} else if empty++; empty == maxEmptyReads {
			return b, io.ErrNoProgress
		}
	}
	return b, nil
}

// lastLineEnd returns the index after the last line end of b, 0 without one. A CR at the end may be half of a CR LF
// and does not count.
func lastLineEnd(b []byte) int {
	if i := bytes.LastIndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	if len(b) == 0 {
		return 0
	}
	return bytes.LastIndexByte(b[:len(b)-1], '\r') + 1
}
