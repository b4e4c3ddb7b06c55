package rdfio

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// When a reader or a writer is made.
var (
	ErrNoFormat = errors.New("no such RDF format")
	ErrNotLines = errors.New("the format cannot be read in pieces")
)

// When a quad is written: a term that the syntax cannot express.
var ErrUnwritable = errors.New("cannot be written")

// SyntaxError says where and why an input is not what its format asks for.
type SyntaxError struct {
	File   string // as in ReaderOptions
	Line   int    // from 1; LF, CR LF and CR end a line
	Column int    // from 1, in code points
	Offset int64  // from 0, in bytes
	Msg    string
	Text   string // the line, or the part of a long one around the place

	caret int // code points of Text before the place
}

// Error returns file:line:column: message.
func (e *SyntaxError) Error() string {
	if e.File == "" {
		return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Msg)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// Caret returns the line and, below it, a caret under the place; "" if the line is unknown.
func (e *SyntaxError) Caret() string {
	if e.Text == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString(e.Text)
	b.WriteByte('\n')
	n := e.caret
	for _, r := range e.Text {
		if n == 0 {
			break
		}
		n--
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	b.WriteByte('^')
	return b.String()
}

// place is a position in an input.
type place struct {
	line   int   // from 1
	column int   // code points before it in its line
	offset int64 // bytes before it in the input
	cr     bool  // the byte before it is a CR: a LF that follows ends the same line
}

// advance returns the place after s, which begins at p.
func (p place) advance(s string) place {
	q := skipLines(p, s)
	from := strings.LastIndexAny(s, "\n\r") + 1
	if from == 0 {
		q.column = p.column
	}
	q.column += utf8.RuneCountInString(s[from:])
	return q
}

// skipLines returns the place after s, which begins at p, but for its column, which it leaves at 0: what is needed
// where s ends a line, at the cost of a search.
func skipLines(p place, s string) place {
	if s == "" {
		return p
	}
	line := p.line + strings.Count(s, "\n")
	if p.cr && s[0] == '\n' {
		line--
	}
	if strings.IndexByte(s, '\r') >= 0 {
		line += strings.Count(s, "\r") - strings.Count(s, "\r\n")
	}
	return place{line: line, offset: p.offset + int64(len(s)), cr: s[len(s)-1] == '\r'}
}

// textMargin is how many bytes of a line are shown before and after the place of an error.
const textMargin = 120

// newSyntaxError makes the error for text[at], of which text[0] is at the place start.
func newSyntaxError(file string, start place, text string, at int, msg string) *SyntaxError {
	at = min(at, len(text))
	p := start.advance(text[:at])
	from := strings.LastIndexAny(text[:at], "\n\r") + 1
	to := len(text)
	if i := strings.IndexAny(text[at:], "\n\r"); i >= 0 {
		to = at + i
	}
	for from = max(from, at-textMargin); from < at && !utf8.RuneStart(text[from]); {
		from++
	}
	for to = min(to, at+textMargin); to < len(text) && to > at && !utf8.RuneStart(text[to]); {
		to--
	}
	return &SyntaxError{
		File: file, Line: p.line, Column: p.column + 1, Offset: p.offset, Msg: msg,
		Text:  strings.ToValidUTF8(text[from:to], "\uFFFD"),
		caret: utf8.RuneCountInString(text[from:at]),
	}
}
