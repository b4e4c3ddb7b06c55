package sparql

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sett/graph/rdf"
)

const (
	// maxDepth bounds nesting: groups, brackets, collections, triple terms. Deeper texts are refused, so that no input
	// decides how deep the recursion of this package and of its callers goes.
	maxDepth = 256
	// maxParts bounds, for a whole query or operation, the constructs that lengthen the algebra's tree on one side:
	// operators, parts of groups, alternatives, AS.
	maxParts = 50_000
)

// ParseQuery reads a query, SPARQL 1.1 §19 and SPARQL 1.2, and translates it. Errors are *SyntaxError. Time and memory
// are linear in the text but for what nesting makes of scopes, which maxDepth bounds.
func ParseQuery(text string, opt Options) (q *Query, err error) {
	defer catch(&err)
	p := newParser(text, opt)
	return p.translateQuery(p.query()), nil
}

// ParseUpdate reads an update request, SPARQL 1.1 Update and SPARQL 1.2, and translates it. Errors are *SyntaxError.
func ParseUpdate(text string, opt Options) (u *Update, err error) {
	defer catch(&err)
	p := newParser(text, opt)
	return p.translateUpdate(p.update()), nil
}

// bailout carries an error from deep inside the parser to ParseQuery; nothing else recovers it.
type bailout struct{ err *SyntaxError }

func catch(err *error) {
	switch r := recover().(type) {
	case nil:
	case bailout:
		*err = r.err
	default:
		panic(r)
	}
}

// parser is a recursive descent over the tokens, a method a production or a few of them. Methods leave p.tok at what
// follows what they read.
type parser struct {
	lex      lexer
	tok      token // the token at hand
	ahead    token // the one after it, if peeked
	peeked   bool
	end      int      // where the token before p.tok ended
	expected []string // what has been looked for at p.tok
	depth    int
	parts    int

	base       string
	ownBase    string // the last BASE of the text, "" if none
	version    string
	prefixes   *rdf.Prefixes
	anyPrefix  bool // undeclared prefixes are no error
	aggregates bool // whether an aggregate may stand here
	warnings   []Warning
}

func newParser(text string, opt Options) *parser {
	p := &parser{lex: lexer{text: text}, base: opt.Base, prefixes: opt.Prefixes.Clone()}
	if !utf8.ValidString(text) {
		at := 0
		for at < len(text) {
			r, n := utf8.DecodeRuneInString(text[at:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			at += n
		}
		p.failAt(at, fmt.Sprintf("the text is not UTF-8: it has the byte %#02x here", text[at]))
	}
	p.tok = p.lex.next()
	p.check()
	return p
}

// failAt ends the parse with an error at an offset.
func (p *parser) failAt(offset int, msg string) { p.failHint(offset, msg, "") }

// failHint is failAt with a hint.
func (p *parser) failHint(offset int, msg, hint string) {
	err := newError(p.lex.text, offset, msg)
	err.Hint = hint
	panic(bailout{err})
}

// maxWarnings bounds the warnings of a text: the first ones tell enough.
const maxWarnings = 100

// warn notes something suspicious.
func (p *parser) warn(at Pos, msg string) {
	if len(p.warnings) == maxWarnings {
		return
	}
	w := Warning{Pos: at, Msg: msg}
	w.Line, w.Column, w.Text = place(p.lex.text, at.Start)
	if !slices.Contains(p.warnings, w) {
		p.warnings = append(p.warnings, w)
	}
}

// check fails if the token at hand is none.
func (p *parser) check() {
	if p.tok.kind == tInvalid {
		err := newError(p.lex.text, p.tok.Start, p.tok.value)
		if r, _ := utf8.DecodeRuneInString(p.tok.text); strings.HasSuffix(p.tok.value, msgNoToken) {
			err.Hint = typographic[r]
		}
		err.unfinished = len(p.tok.text) == 3 && strings.HasPrefix(p.tok.value, "the string is not closed")
		panic(bailout{err})
	}
}

// advance goes to the next token and returns the one left behind.
func (p *parser) advance() token {
	t := p.tok
	p.end = t.End
	p.expected = p.expected[:0]
	if p.peeked {
		p.tok, p.peeked = p.ahead, false
	} else {
		p.tok = p.lex.next()
	}
	p.check()
	return t
}

// peek returns the token after the one at hand.
func (p *parser) peek() token {
	if !p.peeked {
		p.ahead, p.peeked = p.lex.next(), true
	}
	return p.ahead
}

// want notes what could stand here, for the message of unexpected.
func (p *parser) want(what ...string) { p.expected = append(p.expected, what...) }

// is reports whether the token at hand is this mark.
func (p *parser) is(mark string) bool { return p.tok.kind == tMark && p.tok.text == mark }

// isWord reports whether the token at hand is this keyword.
func (p *parser) isWord(word string) bool {
	return p.tok.kind == tWord && len(p.tok.text) == len(word) && strings.EqualFold(p.tok.text, word)
}

// accept goes over this mark if it is there.
func (p *parser) accept(mark string) bool {
	if p.is(mark) {
		p.advance()
		return true
	}
	p.want(mark)
	return false
}

// acceptWord goes over this keyword if it is there.
func (p *parser) acceptWord(word string) bool {
	if p.isWord(word) {
		p.advance()
		return true
	}
	p.want(word)
	return false
}

// expect goes over this mark, which must be there.
func (p *parser) expect(mark string) {
	if !p.accept(mark) {
		p.unexpected()
	}
}

// expectWord goes over this keyword, which must be there.
func (p *parser) expectWord(word string) {
	if !p.acceptWord(word) {
		p.unexpected()
	}
}

// unexpected fails at the token at hand with what was wanted there.
func (p *parser) unexpected() {
	var want []string
	for _, w := range p.expected {
		if !slices.Contains(want, w) {
			want = append(want, w)
		}
	}
	at, found := p.tok.Start, strconv.Quote(p.tok.text)
	if len(p.tok.text) > 40 {
		found = strconv.Quote(string([]rune(p.tok.text[:40])[:20]) + "…")
	}
	if p.tok.kind == tEnd {
		at, found = p.end, "the end of the text"
	}
	shown := make([]string, len(want))
	for i, w := range want {
		if shown[i] = w; !isAlpha(w[0]) {
			shown[i] = strconv.Quote(w)
		}
	}
	err := newError(p.lex.text, at, "expected "+list(shown)+", found "+found)
	err.Expected, err.Hint, err.unfinished = want, p.hint(want), p.tok.kind == tEnd
	panic(bailout{err})
}

// nearestFunction returns the function or keyword that looks like a function that a word is closest to, or "".
func nearestFunction(word string) string {
	return Nearest(word, func(yield func(string) bool) {
		for _, f := range functions {
			if !yield(f.Name) {
				return
			}
		}
		yield("EXISTS")
	})
}

// enter goes a level deeper; every enter has its leave.
func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.failAt(p.tok.Start, "nested too deeply: more than "+strconv.Itoa(maxDepth)+" levels")
	}
}

func (p *parser) leave() { p.depth-- }

// part counts a construct that lengthens the algebra.
func (p *parser) part() {
	if p.parts++; p.parts > maxParts {
		p.failAt(p.tok.Start, "too long: more than "+strconv.Itoa(maxParts)+" operators and parts of groups in one query")
	}
}

// since is the place from an offset up to the end of the token before the one at hand.
func (p *parser) since(start int) Pos { return Pos{start, p.end} }

// prologue is Prologue [4].
func (p *parser) prologue() {
	for {
		switch {
		case p.isWord("BASE"):
			p.advance()
			if p.tok.kind != tIRI {
				p.want("an IRI in <>")
				p.unexpected()
			}
			p.base = p.iri()
			p.ownBase = p.base
		case p.isWord("PREFIX"):
			p.advance()
			if p.tok.kind != tName || !strings.HasSuffix(p.tok.text, ":") || strings.Count(p.tok.text, ":") != 1 {
				p.want(wantPrefix)
				p.unexpected()
			}
			prefix := strings.TrimSuffix(p.advance().text, ":")
			if p.tok.kind != tIRI {
				p.want("an IRI in <>")
				p.unexpected()
			}
			p.prefixes.Set(prefix, p.iri())
		case p.isWord("VERSION"):
			p.advance()
			if p.tok.kind != tString || p.tok.long {
				p.want(`a version in single quotes such as "1.2"`)
				p.unexpected()
			}
			p.version = p.tok.value
			if !slices.Contains([]string{"1.1", "1.2", "1.2-basic"}, p.version) {
				p.warn(p.tok.Pos, "version "+strconv.Quote(p.version)+` is not known here; "1.1", "1.2-basic" and "1.2" are`)
			}
			p.advance()
		default:
			p.want("BASE", "PREFIX", "VERSION")
			return
		}
	}
}
