package arxiv

import (
	"bytes"
	"fmt"
	"io"

	"sett/loader/document"
)

// spread reports whether a text that begins with first is no object a line: an array of objects, or an object that is still open where
// its first line ends.
func spread(first []byte) bool {
	first = bytes.TrimLeft(bytes.TrimPrefix(first, bom), " \t\r\n")
	if len(first) == 0 {
		return false
	}
	if first[0] == '[' {
		line, _, _ := bytes.Cut(first[1:], []byte{'\n'})
		line = bytes.TrimSpace(line)
		return len(line) == 0 || line[0] == '{' || line[0] == ']'
	}
	line, _, more := bytes.Cut(first, []byte{'\n'})
	if first[0] != '{' || !more {
		return false
	}
	var n nesting
	for _, c := range line {
		n.step(c)
	}
	return n.depth > 0 && !n.text && (n.last == '{' || n.last == ',' || n.last == '[') // anything else is a line cut short
}

// nesting follows the brackets of JSON outside its strings.
type nesting struct {
	depth         int
	text, escaped bool
	last          byte // that is no white space
}

func (n *nesting) step(c byte) {
	switch {
	case n.escaped:
		n.escaped = false
	case n.text && c == '\\':
		n.escaped = true
	case c == '"':
		n.text = !n.text
	case n.text:
	case c == '{' || c == '[':
		n.depth++
	case c == '}' || c == ']':
		n.depth--
	}
	if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
		n.last = c
	}
}

// readValue returns the next value of an array, or of values one after the other, however many lines it has; it is valid until the next
// call. Commas and the array's own brackets are passed over. Line is that on which the value begins.
func (r *Reader) readValue() ([]byte, error) {
	r.buf = r.buf[:0]
	var n nesting
	size := 0
	for {
		c, err := r.in.ReadByte()
		if err == io.EOF && size > 0 {
			return nil, fmt.Errorf("%s:%d: %w: it is not closed", r.opt.File, r.line, ErrObject)
		}
		if err == io.EOF && r.inside {
			return nil, fmt.Errorf("%s:%d: %w: the array is not closed", r.opt.File, r.at, ErrObject)
		}
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("%s:%d: %w", r.opt.File, r.at, err)
		}
		if err != nil {
			return nil, err
		}
		if c == '\n' {
			r.at++
		}
		if size == 0 {
			switch c {
			case ' ', '\t', '\r', '\n', ',':
				continue
			case ']':
				r.inside = false
				continue
			case '[':
				if !r.inside {
					r.inside = true
					continue
				}
			}
			r.line = r.at
		}
		n.step(c)
		if size++; size <= r.opt.MaxLine {
			r.buf = append(r.buf, c)
		}
		if n.depth > 0 || n.text {
			continue
		}
		if c == '}' || c == ']' || c == '"' || r.ends() {
			break
		}
	}
	if size > r.opt.MaxLine {
		r.buf = nil
		return nil, &document.Skipped{File: r.opt.File, Line: r.line, Err: fmt.Errorf("%w: %d bytes, at most %d", ErrLong, size, r.opt.MaxLine)}
	}
	return r.buf, nil
}

// ends reports whether a number or a word ends before the next byte.
func (r *Reader) ends() bool {
	next, err := r.in.Peek(1)
	return err != nil || bytes.ContainsAny(next, " \t\r\n,]}")
}

// begin decides, once, how values are told apart.
func (r *Reader) begin() {
	if r.begun {
		return
	}
	r.begun, r.at = true, 1
	first, _ := r.in.Peek(sniffed)
	if r.spread = spread(first); r.spread && bytes.HasPrefix(first, bom) {
		_, _ = r.in.Discard(len(bom)) // which has been looked at
	}
}

// sniffed is how much of a file is looked at.
const sniffed = 1 << 15
