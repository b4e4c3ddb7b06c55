package rdfio

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"sett/graph/rdf"
)

// maxDepth bounds what can be nested in a document: triple terms, collections, property lists, XML elements.
const maxDepth = 1000

func newTripleLines(r io.Reader, opt ReaderOptions) (Reader, error) {
	return &lineReader{lineParser: lineParser{opt: opt}, chunks: NewChunker(r, 0)}, nil
}

func newQuadLines(r io.Reader, opt ReaderOptions) (Reader, error) {
	return &lineReader{lineParser: lineParser{opt: opt, quads: true}, chunks: NewChunker(r, 0)}, nil
}

// NewChunkReader returns a reader of one piece of an input in a line format. Places in its errors are those of the
// whole input. Readers of several pieces may run at once, if opt.Lenient may be called at once.
func NewChunkReader(c Chunk, f Format, opt ReaderOptions) (Reader, error) {
	if !f.Lines {
		return nil, fmt.Errorf("%w: %q", ErrNotLines, f.Name)
	}
	l := &lineReader{lineParser: lineParser{opt: opt, quads: f.Quads}}
	l.open(c)
	return l, nil
}

// lineReader reads N-Triples and N-Quads: it takes pieces of whole lines, and its parser cuts terms out of them.
type lineReader struct {
	lineParser
	chunks *Chunker // nil: the open piece is all
	err    error    // what ended the reading
}

// open begins a piece.
func (l *lineReader) open(c Chunk) {
	l.text, l.pos = c.Text, 0
	l.mark, l.marked = place{line: c.Line, offset: c.Offset}, 0
	l.dirty = !utf8.ValidString(c.Text)
	if c.Offset == 0 && strings.HasPrefix(c.Text, byteOrderMark) {
		l.pos = len(byteOrderMark)
	}
}

// byteOrderMark may begin a file; it is no part of its text.
const byteOrderMark = "\uFEFF"

// Read implements Reader.
func (l *lineReader) Read(batch []rdf.Quad) (int, error) {
	n := 0
	for n < len(batch) && l.err == nil {
		switch found, ok := l.statement(&batch[n]); {
		case !ok:
			e := l.syntaxError()
			if l.opt.Lenient == nil || !l.opt.Lenient(e) {
				l.err = e
				break
			}
			l.skipLine()
		case found:
			n++
		case l.pos < len(l.text): // a directive
		case l.chunks == nil:
			l.err = io.EOF
		default:
			c, err := l.chunks.Next()
			if err != nil {
				l.err = err
				break
			}
			l.open(c)
		}
	}
	if n > 0 || len(batch) == 0 {
		return n, nil
	}
	return 0, l.err
}

// lineParser parses statements of N-Triples and N-Quads in a text of whole lines (RDF 1.2 N-Triples §2, N-Quads §2).
type lineParser struct {
	opt    ReaderOptions
	quads  bool
	text   string
	pos    int   // the next byte
	dirty  bool  // text is not all valid UTF-8
	mark   place // the place of text[marked], at or before every mistake to come
	marked int
	arena  arena
	buf    []byte // for unescaping
	badPos int    // where the mistake is, and
	badMsg string // what it is, when a method returns false
}

// fail notes a mistake and returns false.
func (l *lineParser) fail(pos int, msg string) bool {
	l.badPos, l.badMsg = pos, msg
	return false
}

func (l *lineParser) syntaxError() *SyntaxError {
	from := l.badPos - strings.LastIndexAny(l.text[:min(l.badPos, len(l.text))], "\n\r") - 1
	start := max(l.badPos-from, l.marked)
	l.mark, l.marked = l.mark.advance(l.text[l.marked:start]), start
	return newSyntaxError(l.opt.File, l.mark, l.text[start:], l.badPos-start, l.badMsg)
}

// skipLine goes to the end of the line of a mistake.
func (l *lineParser) skipLine() {
	from := max(l.pos, min(l.badPos, len(l.text)))
	if i := strings.IndexAny(l.text[from:], "\n\r"); i >= 0 {
		l.pos = from + i
	} else {
		l.pos = len(l.text)
	}
}

// space skips blanks and tabs.
func (l *lineParser) space() {
	s, i := l.text, l.pos
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	l.pos = i
}

// statement parses the next statement into q. It returns false, true after a directive and at the end of the text.
func (l *lineParser) statement(q *rdf.Quad) (found, ok bool) {
	s := l.text
	for { // to the statement's first character
		l.space()
		if l.pos == len(s) {
			return false, true
		}
		c := s[l.pos]
		if c == '#' {
			if !l.comment() {
				return false, false
			}
			continue
		}
		if c != '\n' && c != '\r' {
			break
		}
		l.pos++
	}
	if l.dirty && !l.validLine() {
		return false, false
	}
	if s[l.pos] == 'V' {
		return false, l.version()
	}
	if !l.subject(&q.S) || !l.predicate(&q.P) || !l.object(&q.O, 0) {
		return false, false
	}
	q.G = rdf.Term{}
	l.space()
	if l.quads && l.pos < len(s) && (s[l.pos] == '<' || s[l.pos] == '_') {
		if !l.subject(&q.G) {
			return false, false
		}
		l.space()
	}
	if l.pos >= len(s) || s[l.pos] != '.' {
		if l.quads && q.G.IsZero() {
			return false, l.fail(l.pos, "expected a graph name or '.' after the object"+l.found())
		}
		return false, l.fail(l.pos, "expected '.' at the end of the statement"+l.found())
	}
	l.pos++
	return true, l.lineEnd()
}

// found says what stands where something else was expected.
func (l *lineParser) found() string { return foundAt(l.text, l.pos) }

func foundAt(s string, i int) string {
	switch {
	case i >= len(s):
		return ", found the end of the input"
	case s[i] == '\n' || s[i] == '\r':
		return ", found the end of the line"
	}
	return ", found " + quoteRune(s[i:], "")
}

// quoteRune quotes the first character of s, after a prefix.
func quoteRune(s, prefix string) string {
	r, _ := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError || r < 0x20 || r == 0x7f {
		return fmt.Sprintf("%q", prefix+string(r))
	}
	return "'" + prefix + string(r) + "'"
}

// lineEnd wants nothing but blanks and a comment in the rest of the line.
func (l *lineParser) lineEnd() bool {
	l.space()
	if l.pos == len(l.text) {
		return true
	}
	switch l.text[l.pos] {
	case '\n', '\r':
		return true
	case '#':
		return l.comment()
	}
	return l.fail(l.pos, "expected the end of the line after '.'"+l.found())
}

// comment skips to the end of the line.
func (l *lineParser) comment() bool {
	if l.dirty && !l.validLine() {
		return false
	}
	if i := strings.IndexAny(l.text[l.pos:], "\n\r"); i >= 0 {
		l.pos += i
	} else {
		l.pos = len(l.text)
	}
	return true
}

// validLine checks that the rest of the line is UTF-8.
func (l *lineParser) validLine() bool {
	line := l.text[l.pos:]
	if i := strings.IndexAny(line, "\n\r"); i >= 0 {
		line = line[:i]
	}
	if i := invalidUTF8(line); i >= 0 {
		return l.fail(l.pos+i, fmt.Sprintf("byte 0x%02X is not UTF-8", line[i]))
	}
	return true
}

// invalidUTF8 returns the index of the first byte of s that is not UTF-8, or -1.
func invalidUTF8(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// version parses VERSION "1.2". All versions are read alike.
func (l *lineParser) version() bool {
	if !strings.HasPrefix(l.text[l.pos:], "VERSION") {
		return l.fail(l.pos, "expected a subject: an IRI or a blank node"+l.found())
	}
	l.pos += len("VERSION")
	l.space()
	if l.pos >= len(l.text) || l.text[l.pos] != '"' {
		return l.fail(l.pos, "expected a version in double quotes"+l.found())
	}
	if _, ok := l.quoted(); !ok {
		return false
	}
	return l.lineEnd()
}
