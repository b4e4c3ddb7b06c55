package sparql

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// SyntaxError is what is wrong with a text: with its grammar, or with one of the rules that SPARQL 1.1 §19.8 adds to it.
type SyntaxError struct {
	Line, Column int      // from 1; columns in code points
	Offset       int      // in bytes, from 0
	Msg          string   // what is wrong
	Expected     []string // what could have stood there, if that is what is wrong
	Hint         string   // what may have been meant, or what to do; often empty
	Text         string   // the line itself

	unfinished bool // more text could mend it
}

// window is how much of a long line an error shows on each side of the place, in code points.
const window = 60

// Error returns line, column and message, then the line with a caret under the place, then the hint.
func (e *SyntaxError) Error() string {
	var b strings.Builder
	b.WriteString("line " + strconv.Itoa(e.Line) + ", column " + strconv.Itoa(e.Column) + ": " + e.Msg)
	line := []rune(e.Text)
	from, to := 0, len(line)
	at := min(e.Column-1, len(line))
	if at > window {
		from = at - window
	}
	if to > at+window {
		to = at + window
	}
	b.WriteString("\n  ")
	if from > 0 {
		b.WriteString("…")
	}
	b.WriteString(string(line[from:to]))
	if to < len(line) {
		b.WriteString("…")
	}
	b.WriteString("\n  ")
	if from > 0 {
		b.WriteByte(' ')
	}
	for _, r := range line[from:at] {
		if r != '\t' {
			r = ' '
		}
		b.WriteRune(r)
	}
	b.WriteByte('^')
	if e.Hint != "" {
		b.WriteString("\n" + e.Hint)
	}
	return b.String()
}

// newError returns an error at an offset of text.
func newError(text string, offset int, msg string) *SyntaxError {
	e := &SyntaxError{Offset: offset, Msg: msg}
	e.Line, e.Column, e.Text = place(text, offset)
	return e
}

// place returns the line and column of an offset, and the line's text.
func place(text string, offset int) (line, column int, row string) {
	offset = min(offset, len(text))
	start := 0
	line = 1
	for i := 0; i < offset; i++ {
		if text[i] == '\n' || text[i] == '\r' && (i+1 >= len(text) || text[i+1] != '\n') {
			line++
			start = i + 1
		}
	}
	row = text[start:]
	if n := strings.IndexAny(row, "\r\n"); n >= 0 {
		row = row[:n]
	}
	return line, utf8.RuneCountInString(text[start:offset]) + 1, strings.ToValidUTF8(row, "\uFFFD")
}

// list writes alternatives: a, b or c.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

func quoteRune(r rune) string {
	if r < ' ' || r == utf8.RuneError || r == 0x7f {
		return "U+" + strings.ToUpper(strconv.FormatInt(int64(r)+0x10000, 16)[1:])
	}
	return strconv.QuoteRune(r)
}
