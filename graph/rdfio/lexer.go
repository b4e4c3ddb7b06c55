package rdfio

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"sett/graph/rdf"
)

// tokenKind is a kind of token of Turtle and TriG. Punctuation is its own kind.
type tokenKind uint8

const (
	tokBad tokenKind = iota // after a mistake
	tokEOF
	tokIRI
	tokName  // prefix:local
	tokBlank // _:label
	tokString
	tokLongString
	tokInteger
	tokDecimal
	tokDouble
	tokLang // @en--ltr, and also @prefix
	tokWord // a, true, PREFIX …
	tokDot
	tokSemicolon
	tokComma
	tokOpenSquare
	tokCloseSquare
	tokOpenRound
	tokCloseRound
	tokOpenCurly
	tokCloseCurly
	tokDatatype // ^^
	tokTilde
	tokOpenReified     // <<
	tokCloseReified    // >>
	tokOpenTriple      // <<(
	tokCloseTriple     // )>>
	tokOpenAnnotation  // {|
	tokCloseAnnotation // |}
)

// token is one token. Its strings do not change when the lexer goes on.
type token struct {
	kind   tokenKind
	dir    rdf.Direction
	at     int    // where it begins in the lexer's text
	prefix string // of a tokName
	text   string // IRI, local name, label, string or language without its escapes and marks; else as written
}

// lexer cuts Turtle and TriG into tokens. It holds a window of the input and slides it when a token comes near its
// end, so a token is always whole in the window.
type lexer struct {
	r       io.Reader
	file    string
	tok     token // the current token
	text    string
	pos     int    // after the current token
	start   place  // of text[0]
	buf     []byte // for reading
	carry   []byte // read, not in text: the beginning of a character, or what follows a bad byte
	bad     bool   // the byte after text is not UTF-8
	readErr error  // what ended r
	comment bool   // pos is inside a comment
	block   int    // bytes read at a time
	arena   arena
	scratch []byte // for unescaping
	badPos  int    // where the mistake is, and
	badMsg  string // what it is, when a method returns false
}

// lexerBlock is how much is read at a time.
const lexerBlock = 128 << 10

// lookahead is how far beyond a token's end its scanner may have looked, runs of dots apart.
const lookahead = 16

func newLexer(r io.Reader, file string) lexer {
	return lexer{r: r, file: file, start: place{line: 1}, block: lexerBlock}
}

func (lx *lexer) fail(pos int, msg string) bool {
	lx.badPos, lx.badMsg = pos, msg
	return false
}

// syntaxError returns the mistake that fail noted.
func (lx *lexer) syntaxError() *SyntaxError {
	return newSyntaxError(lx.file, lx.start, lx.text, lx.badPos, lx.badMsg)
}

// ended reports whether the window reaches to the end of what can be read.
func (lx *lexer) ended() bool { return lx.bad || lx.readErr != nil && len(lx.carry) == 0 }

// slide drops text[:keep] and reads more.
func (lx *lexer) slide(keep int) {
	first := lx.start.offset == 0 && lx.text == "" && lx.buf == nil
	lx.start = lx.start.advance(lx.text[:keep])
	lx.pos = max(0, lx.pos-keep)
	rest := lx.text[keep:]
	size := len(rest) + len(lx.carry) + max(lx.block, len(rest))
	if cap(lx.buf) < size {
		lx.buf = make([]byte, 0, size)
	}
	b := append(lx.buf[:0], rest...)
	b = append(b, lx.carry...)
	lx.carry = lx.carry[:0]
	if lx.readErr == nil {
		b, lx.readErr = readSome(lx.r, b, 1)
	}
	valid := len(rest)
	if i := invalidBytes(b[valid:]); i >= 0 {
		valid += i
		lx.bad = lx.readErr != nil || utf8.FullRune(b[valid:])
		lx.carry = append(lx.carry, b[valid:]...)
	} else {
		valid = len(b)
	}
	lx.text = string(b[:valid])
	if first && strings.HasPrefix(lx.text, byteOrderMark) {
		lx.pos = len(byteOrderMark)
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

// next goes to the next token; false after a mistake, which leaves a tokBad.
func (lx *lexer) next() bool {
	ok := lx.advance()
	if !ok {
		lx.tok = token{at: lx.badPos}
	}
	return ok
}

func (lx *lexer) advance() bool {
	for {
		lx.blanks()
		i := lx.pos
		if i+lookahead > len(lx.text) && !lx.ended() {
			lx.slide(i)
			continue
		}
		if i == len(lx.text) && !lx.bad {
			lx.tok = token{kind: tokEOF, at: i}
			return true
		}
		ok := i < len(lx.text) && lx.scan(i)
		end := lx.badPos
		if ok {
			for end = lx.pos; end < len(lx.text) && lx.text[end] == '.'; {
				end++
			}
		}
		if end+lookahead > len(lx.text) || i == len(lx.text) {
			if !lx.ended() {
				lx.pos = i
				lx.slide(i)
				continue
			}
			if lx.bad && (!ok || lx.pos == len(lx.text)) {
				return lx.fail(len(lx.text), fmt.Sprintf("byte 0x%02X is not UTF-8", lx.carry[0]))
			}
		}
		return ok
	}
}

// dropBad goes past a byte that is not UTF-8.
func (lx *lexer) dropBad() {
	if lx.bad {
		n := copy(lx.carry, lx.carry[1:])
		lx.carry, lx.bad = lx.carry[:n], false
	}
}

// blanks skips white space and comments, as far as the window goes.
func (lx *lexer) blanks() {
	s, i := lx.text, lx.pos
	for i < len(s) {
		if lx.comment {
			end := strings.IndexAny(s[i:], "\n\r")
			if end < 0 {
				lx.pos = len(s)
				return
			}
			i += end
			lx.comment = false
		}
		switch s[i] {
		case ' ', '\t', '\n', '\r':
			i++
		case '#':
			lx.comment = true
		default:
			lx.pos = i
			return
		}
	}
	lx.pos = i
}

// punct makes a token of n bytes.
func (lx *lexer) punct(kind tokenKind, i, n int) bool {
	lx.tok = token{kind: kind, at: i, text: lx.text[i : i+n]}
	lx.pos = i + n
	return true
}

// scan makes the token that begins at text[i].
func (lx *lexer) scan(i int) bool {
	rest := lx.text[i:]
	switch c := rest[0]; c {
	case '<':
		switch {
		case strings.HasPrefix(rest, "<<("):
			return lx.punct(tokOpenTriple, i, 3)
		case strings.HasPrefix(rest, "<<"):
			return lx.punct(tokOpenReified, i, 2)
		}
		return lx.iri(i)
	case '>':
		if strings.HasPrefix(rest, ">>") {
			return lx.punct(tokCloseReified, i, 2)
		}
	case '"', '\'':
		return lx.str(i, c)
	case '_':
		return lx.blank(i)
	case ':':
		return lx.local(i, "", i+1)
	case '@':
		tag, end, msg := languageTag(lx.text, i+1)
		if msg != "" {
			return lx.fail(end, msg)
		}
		lx.tok = token{kind: tokLang, at: i, text: tag.lang, dir: tag.dir}
		lx.pos = end
		return true
	case '.':
		if len(rest) > 1 && class[rest[1]]&digit != 0 {
			return lx.number(i)
		}
		return lx.punct(tokDot, i, 1)
	case ';':
		return lx.punct(tokSemicolon, i, 1)
	case ',':
		return lx.punct(tokComma, i, 1)
	case '[':
		return lx.punct(tokOpenSquare, i, 1)
	case ']':
		return lx.punct(tokCloseSquare, i, 1)
	case '(':
		return lx.punct(tokOpenRound, i, 1)
	case ')':
		if strings.HasPrefix(rest, ")>>") {
			return lx.punct(tokCloseTriple, i, 3)
		}
		return lx.punct(tokCloseRound, i, 1)
	case '{':
		if strings.HasPrefix(rest, "{|") {
			return lx.punct(tokOpenAnnotation, i, 2)
		}
		return lx.punct(tokOpenCurly, i, 1)
	case '}':
		return lx.punct(tokCloseCurly, i, 1)
	case '|':
		if strings.HasPrefix(rest, "|}") {
			return lx.punct(tokCloseAnnotation, i, 2)
		}
	case '^':
		if strings.HasPrefix(rest, "^^") {
			return lx.punct(tokDatatype, i, 2)
		}
	case '~':
		return lx.punct(tokTilde, i, 1)
	case '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return lx.number(i)
	default:
		return lx.word(i)
	}
	return lx.fail(i, "unexpected "+quoteRune(rest, ""))
}
