package rdfio

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// window holds a piece of an input as text, and slides it along when its user comes near its end: what the user
// works on is always whole in the window. Strings cut from it stay valid.
type window struct {
	r       io.Reader
	file    string
	text    string
	pos     int    // what the user has taken
	start   place  // of text[0]
	buf     []byte // for reading
	carry   []byte // read, not in text: the beginning of a character, or what follows a bad byte
	bad     bool   // the byte after text is not UTF-8
	readErr error  // what ended r
	badPos  int    // where the mistake is, and
	badMsg  string // what it is, when a method returns false
}

// windowBlock is how much is read at a time, firstBlock at first: many inputs are small.
const (
	windowBlock = 128 << 10
	firstBlock  = 8 << 10
)

func newWindow(r io.Reader, file string) window {
	return window{r: r, file: file, start: place{line: 1}}
}

// fail notes a mistake and returns false.
func (w *window) fail(pos int, msg string) bool {
	w.badPos, w.badMsg = pos, msg
	return false
}

// syntaxError returns the mistake that fail noted.
func (w *window) syntaxError() *SyntaxError {
	return newSyntaxError(w.file, w.start, w.text, w.badPos, w.badMsg)
}

// ended reports whether the window reaches to the end of what can be read.
func (w *window) ended() bool { return w.bad || w.readErr != nil && len(w.carry) == 0 }

// slide drops what is before pos, but for the beginning of its line, which messages show, and reads more.
func (w *window) slide() {
	keep := max(strings.LastIndexAny(w.text[:w.pos], "\n\r")+1, w.pos-textMargin)
	for keep < w.pos && !utf8.RuneStart(w.text[keep]) {
		keep++
	}
	first := w.start.offset == 0 && w.text == "" && w.buf == nil
	w.start = w.start.advance(w.text[:keep])
	w.pos -= keep
	rest := w.text[keep:]
	block := windowBlock
	if first {
		block = firstBlock
	}
	size := len(rest) + len(w.carry) + max(block, len(rest))
	if cap(w.buf) < size {
		w.buf = make([]byte, 0, size)
	}
	b := append(w.buf[:0], rest...)
	b = append(b, w.carry...)
	w.carry = w.carry[:0]
	if w.readErr == nil {
		// At least half of what is there, so that a long token that comes in drops is not looked at for each of them.
		b, w.readErr = readSome(w.r, b, max(1, len(rest)/2))
	}
	valid := len(rest)
	if i := invalidBytes(b[valid:]); i >= 0 {
		valid += i
		w.bad = w.readErr != nil || utf8.FullRune(b[valid:])
		w.carry = append(w.carry, b[valid:]...)
	} else {
		valid = len(b)
	}
	w.text = string(b[:valid])
	if first && strings.HasPrefix(w.text, byteOrderMark) {
		w.pos = len(byteOrderMark)
	}
}

// invalidBytes is invalidUTF8 for bytes, fast where all is well.
func invalidBytes(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// dropBad goes past a byte that is not UTF-8.
func (w *window) dropBad() {
	if w.bad {
		n := copy(w.carry, w.carry[1:])
		w.carry, w.bad = w.carry[:n], false
	}
}

// notUTF8 notes the bad byte after the text.
func (w *window) notUTF8() bool {
	return w.fail(len(w.text), fmt.Sprintf("byte 0x%02X is not UTF-8", w.carry[0]))
}
