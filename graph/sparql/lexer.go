package sparql

import (
	"strings"
	"unicode/utf8"
)

// tokenKind is the class of a token.
type tokenKind uint8

const (
	tEnd     tokenKind = iota // the end of the text
	tInvalid                  // no token: value says what is wrong
	tIRI                      // <…>, value with escapes undone
	tName                     // prefix:local as written
	tBlank                    // _:label, value is the label
	tVar                      // ?name or $name, value is the name
	tLang                     // @en or @en--ltr, value without the @
	tNumber                   // INTEGER, DECIMAL or DOUBLE, a sign included
	tString                   // value with escapes undone
	tWord                     // a keyword or a function's name, as written
	tMark                     // punctuation or an operator
)

// token is one terminal of the grammar.
type token struct {
	kind  tokenKind
	Pos          // where it is
	text  string // as written
	value string // what it means, for the kinds that say so
	long  bool   // tString: in three quotes
}

// lexer cuts a text into tokens. Its states are functions: each looks at what comes, takes a piece and returns the
// state to go on with, or nil when l.tok is whole.
type lexer struct {
	text  string
	pos   int // where the next character is
	tok   token
	plain int // no colon ends a prefix before this offset: a name that starts earlier is a word
}

type stateFn func(*lexer) stateFn

// next returns the next token. After tEnd and tInvalid it returns the same again.
func (l *lexer) next() token {
	for state := stateFn(lexSpace); state != nil; {
		state = state(l)
	}
	return l.tok
}

// emit makes the token from start up to end.
func (l *lexer) emit(kind tokenKind, start, end int, value string) stateFn {
	l.tok = token{kind: kind, Pos: Pos{start, end}, text: l.text[start:end], value: value}
	l.pos = end
	return nil
}

// fail makes an invalid token; the lexer stays before it.
func (l *lexer) fail(start, end int, msg string) stateFn {
	end = min(end, len(l.text))
	l.tok = token{kind: tInvalid, Pos: Pos{start, end}, text: l.text[start:end], value: msg}
	return nil
}

// at returns the byte at an offset, or 0 past the end.
func (l *lexer) at(i int) byte {
	if i < len(l.text) {
		return l.text[i]
	}
	return 0
}

func lexSpace(l *lexer) stateFn {
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; {
		case isSpace(c):
			l.pos++
		case c == '#':
			return lexComment
		case l.pos == 0 && strings.HasPrefix(l.text, "\uFEFF"):
			l.pos = len("\uFEFF")
		default:
			return lexToken
		}
	}
	return l.emit(tEnd, len(l.text), len(l.text), "")
}

func lexComment(l *lexer) stateFn {
	n := strings.IndexAny(l.text[l.pos:], "\n\r")
	if n < 0 {
		n = len(l.text) - l.pos
	}
	l.pos += n
	return lexSpace
}

func lexToken(l *lexer) stateFn {
	c := l.text[l.pos]
	switch c {
	case '<':
		return lexLess
	case '"', '\'':
		return lexString
	case '?', '$':
		return lexVar
	case '@':
		return lexLang
	case '_':
		return lexBlank
	case ':':
		return lexName
	case '+', '-', '.':
		if isDigit(l.at(l.pos+1)) || c != '.' && l.at(l.pos+1) == '.' && isDigit(l.at(l.pos+2)) {
			return lexNumber
		}
		return lexMark
	}
	if isDigit(c) {
		return lexNumber
	}
	if r, _ := utf8.DecodeRuneInString(l.text[l.pos:]); isNameBase(r) {
		return lexName
	}
	return lexMark
}

// msgNoToken ends the message about a character that begins no token.
const msgNoToken = " cannot stand here"

// marks are punctuation and operators, longer ones before their beginnings.
var marks = [...]string{
	"<<(", ")>>", "<<", ">>", "{|", "|}", "^^", "&&", "||", "!=", "<=", ">=",
	"{", "}", "(", ")", "[", "]", ";", ",", ".", "=", "<", ">", "!", "+", "-", "*", "/", "|", "^", "?", "~",
}

func lexMark(l *lexer) stateFn {
	rest := l.text[l.pos:]
	for _, m := range marks {
		if strings.HasPrefix(rest, m) {
			return l.emit(tMark, l.pos, l.pos+len(m), "")
		}
	}
	r, n := utf8.DecodeRuneInString(rest)
	return l.fail(l.pos, l.pos+n, "the character "+quoteRune(r)+msgNoToken)
}

// lexLess tells an IRI from the operators that begin with <. No IRI contains another <, so that looking for its end is
// linear over the whole text.
func lexLess(l *lexer) stateFn {
	end := l.pos + 1
	for end < len(l.text) {
		r, n := utf8.DecodeRuneInString(l.text[end:])
		if r != '\\' && !isIRIChar(r) {
			break
		}
		end += n
	}
	if l.at(end) != '>' {
		return lexMark
	}
	raw := l.text[l.pos+1 : end]
	if !strings.Contains(raw, `\`) {
		return l.emit(tIRI, l.pos, end+1, raw)
	}
	var b strings.Builder
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			b.WriteByte(raw[i])
			i++
			continue
		}
		at := l.pos + 1 + i
		r, n, msg := codepoint(raw[i:])
		switch {
		case n == 0:
			return l.fail(at, at+2, `an IRI can hold no escapes but \uXXXX and \UXXXXXXXX`)
		case msg != "":
			return l.fail(at, at+n, msg)
		case !isIRIChar(r):
			return l.fail(at, at+n, "an IRI cannot hold the character "+quoteRune(r)+", escaped or not")
		}
		b.WriteRune(r)
		i += n
	}
	return l.emit(tIRI, l.pos, end+1, b.String())
}

// codepoint reads a \uXXXX or \UXXXXXXXX at the start of s: the character, the bytes it took (0 for another escape), and
// what is wrong with it.
func codepoint(s string) (r rune, n int, msg string) {
	digits := 0
	if len(s) > 1 {
		switch s[1] {
		case 'u':
			digits = 4
		case 'U':
			digits = 8
		}
	}
	if digits == 0 {
		return 0, 0, ""
	}
	for n = 2; n < 2+digits; n++ {
		if n >= len(s) || !isHex(s[n]) {
			return 0, n, `\` + s[1:2] + " needs " + map[int]string{4: "four", 8: "eight"}[digits] + " hexadecimal digits"
		}
		c := s[n] | 0x20
		if isDigit(c) {
			r = r<<4 | rune(c-'0')
		} else {
			r = r<<4 | rune(c-'a'+10)
		}
	}
	switch {
	case 0xD800 <= r && r <= 0xDFFF:
		return 0, n, s[:n] + " is half of a surrogate pair, not a character: write the character itself or one \\U escape"
	case r < 0 || r > utf8.MaxRune:
		return 0, n, s[:n] + " is beyond U+10FFFF"
	}
	return r, n, ""
}

// lexString reads the four kinds of string, [156] to [160].
func lexString(l *lexer) stateFn {
	start := l.pos
	q := l.text[start]
	quote := l.text[start : start+1]
	long := l.at(start+1) == q && l.at(start+2) == q
	if long {
		quote = l.text[start : start+3]
	}
	i := start + len(quote)
	from := i
	var b strings.Builder
	for {
		if i >= len(l.text) {
			return l.fail(start, start+len(quote), "the string is not closed: "+quote+" is missing")
		}
		c := l.text[i]
		switch {
		case c == q && strings.HasPrefix(l.text[i:], quote):
			value := l.text[from:i]
			if b.Len() > 0 {
				b.WriteString(value)
				value = b.String()
			}
			l.emit(tString, start, i+len(quote), value)
			l.tok.long = long
			return nil
		case (c == '\n' || c == '\r') && !long:
			return l.fail(start, start+1, "the string is not closed on its line: "+quote+" is missing (three quotes allow line breaks)")
		case c != '\\':
			i++
			continue
		}
		b.WriteString(l.text[from:i])
		r, n, msg := codepoint(l.text[i:])
		if msg != "" {
			return l.fail(i, i+n, msg)
		}
		if n == 0 {
			n = 2
			at := strings.IndexByte(`tbnrf\"'`, l.at(i+1))
			if i+1 >= len(l.text) || at < 0 {
				return l.fail(i, i+2, `a string has no such escape; there are \t \b \n \r \f \\ \" \' \uXXXX \UXXXXXXXX`)
			}
			r = rune("\t\b\n\r\f\\\"'"[at])
		}
		b.WriteRune(r)
		i += n
		from = i
	}
}

func lexVar(l *lexer) stateFn {
	end := l.pos + 1
	for end < len(l.text) {
		r, n := utf8.DecodeRuneInString(l.text[end:])
		if !isVarChar(r) || end == l.pos+1 && !isNameStart(r) && (r < '0' || r > '9') {
			break
		}
		end += n
	}
	if end == l.pos+1 {
		if l.text[l.pos] == '$' {
			return l.fail(l.pos, end, "a variable's name must follow the $")
		}
		return l.emit(tMark, l.pos, end, "")
	}
	return l.emit(tVar, l.pos, end, l.text[l.pos+1:end])
}

// lexLang reads LANG_DIR of SPARQL 1.2: a language tag and perhaps a base direction.
func lexLang(l *lexer) stateFn {
	i := l.pos + 1
	for isAlpha(l.at(i)) {
		i++
	}
	if i == l.pos+1 {
		return l.fail(l.pos, i, "a language tag such as @en must follow the @")
	}
	for l.at(i) == '-' && (isAlpha(l.at(i+1)) || isDigit(l.at(i+1))) {
		i++
		for isAlpha(l.at(i)) || isDigit(l.at(i)) {
			i++
		}
	}
	if l.at(i) == '-' && l.at(i+1) == '-' && isAlpha(l.at(i+2)) {
		start := i + 2
		for i = start; isAlpha(l.at(i)); i++ {
		}
		if dir := l.text[start:i]; dir != "ltr" && dir != "rtl" {
			return l.fail(start, i, "a base direction is ltr or rtl")
		}
	}
	return l.emit(tLang, l.pos, i, l.text[l.pos+1:i])
}

func lexBlank(l *lexer) stateFn {
	if l.at(l.pos+1) != ':' {
		return l.fail(l.pos, l.pos+1, "a name cannot start with _; a blank node is written _:label")
	}
	start := l.pos + 2
	r, n := utf8.DecodeRuneInString(l.text[start:])
	if !isNameStart(r) && (r < '0' || r > '9') {
		return l.fail(l.pos, start, "a blank node's label must follow _:")
	}
	end := l.scanChars(start + n)
	return l.emit(tBlank, l.pos, end, l.text[start:end])
}

// scanChars returns the end of (PN_CHARS | '.')* PN_CHARS from i: a name's full stops are inside it.
func (l *lexer) scanChars(i int) int {
	end := i
	for i < len(l.text) {
		r, n := utf8.DecodeRuneInString(l.text[i:])
		if r != '.' && !isNameChar(r) {
			break
		}
		i += n
		if r != '.' {
			end = i
		}
	}
	return end
}

// scanPrefix returns the end of the PN_PREFIX at i, or i if there is none.
func (l *lexer) scanPrefix(i int) int {
	r, n := utf8.DecodeRuneInString(l.text[i:])
	if !isNameBase(r) || r == utf8.RuneError {
		return i
	}
	return l.scanChars(i + n)
}

// scanLocal returns the end of the PN_LOCAL at i, or i if there is none.
func (l *lexer) scanLocal(i int) int {
	end := i
	for first := true; i < len(l.text); first = false {
		r, n := utf8.DecodeRuneInString(l.text[i:])
		switch {
		case r == ':', '0' <= r && r <= '9', isNameStart(r):
		case !first && (r == '.' || isNameChar(r)):
		case r == '%' && isHex(l.at(i+1)) && isHex(l.at(i+2)):
			n = 3
		case r == '\\' && isLocalEscape(l.at(i+1)):
			n = 2
		default:
			return end
		}
		i += n
		if r != '.' {
			end = i
		}
	}
	return end
}

// lexName reads a prefixed name, or a word when no colon follows.
func lexName(l *lexer) stateFn {
	start := l.pos
	colon := start
	if start >= l.plain && l.text[start] != ':' {
		colon = l.scanPrefix(start)
		if l.at(colon) != ':' {
			l.plain = colon
		}
	}
	if start < l.plain || l.at(colon) != ':' {
		return lexWord
	}
	end := l.scanLocal(colon + 1)
	if l.at(end) == '\\' {
		return l.fail(end, end+2, `a local name has no such escape; codepoint escapes belong in IRIs and strings`)
	}
	return l.emit(tName, start, end, "")
}

func lexWord(l *lexer) stateFn {
	end := l.pos
	for isAlpha(l.at(end)) || isDigit(l.at(end)) || l.at(end) == '_' {
		end++
	}
	if end == l.pos {
		r, n := utf8.DecodeRuneInString(l.text[l.pos:])
		return l.fail(l.pos, l.pos+n, "the character "+quoteRune(r)+msgNoToken)
	}
	return l.emit(tWord, l.pos, end, "")
}

// lexNumber reads [146] to [154], sign included.
func lexNumber(l *lexer) stateFn {
	i := l.pos
	if c := l.text[i]; c == '+' || c == '-' {
		i++
	}
	for isDigit(l.at(i)) {
		i++
	}
	// A full stop belongs to the number if a digit follows it, or an exponent: "1." ends a triple.
	if l.at(i) == '.' && (isDigit(l.at(i+1)) || l.exponent(i+1) > i+1 && isDigit(l.text[i-1])) {
		i++
		for isDigit(l.at(i)) {
			i++
		}
	}
	return l.emit(tNumber, l.pos, l.exponent(i), "")
}

// exponent returns the end of the EXPONENT at i, or i.
func (l *lexer) exponent(i int) int {
	end := i
	if l.at(i)|0x20 != 'e' {
		return i
	}
	if i++; l.at(i) == '+' || l.at(i) == '-' {
		i++
	}
	for isDigit(l.at(i)) {
		i++
		end = i
	}
	return end
}
