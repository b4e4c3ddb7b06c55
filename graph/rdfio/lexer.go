package rdfio

import (
	"io"
	"strings"

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

// lexer cuts Turtle and TriG into tokens.
type lexer struct {
	window
	tok     token // the current token
	comment bool  // pos is inside a comment
	arena   arena
	scratch []byte // for unescaping
}

// lookahead is how far beyond a token's end its scanner may have looked, runs of dots apart.
const lookahead = 16

func newLexer(r io.Reader, file string) lexer { return lexer{window: newWindow(r, file)} }

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
			lx.slide()
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
				lx.slide()
				continue
			}
			if lx.bad && (!ok || lx.pos == len(lx.text)) {
				return lx.notUTF8()
			}
		}
		return ok
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
