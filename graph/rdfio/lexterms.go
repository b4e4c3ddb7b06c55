package rdfio

import (
	"strings"
	"unicode/utf8"
)

// iri scans <…>; the reference is not resolved yet.
func (lx *lexer) iri(at int) bool {
	s, i := lx.text, at+1
	for i < len(s) && class[s[i]]&inIRI != 0 {
		i++
	}
	escaped := i < len(s) && s[i] == '\\'
	if escaped {
		for i < len(s) && (class[s[i]]&inIRI != 0 || s[i] == '\\') {
			i++
		}
	}
	switch {
	case i >= len(s) || s[i] == '\n' || s[i] == '\r':
		lx.fail(at, "the IRI is not closed with '>'")
		if i >= len(s) && !lx.ended() {
			lx.badPos = i // more of it may come
		}
		return false
	case s[i] != '>':
		return lx.fail(i, quoteRune(s[i:], "")+" is not allowed in an IRI")
	}
	iri := s[at+1 : i]
	if escaped {
		b, bad, msg := appendUnescaped(lx.scratch[:0], iri, true)
		lx.scratch = b
		if bad >= 0 {
			return lx.fail(at+1+bad, msg)
		}
		iri = lx.arena.copyOf(b)
	}
	lx.tok = token{kind: tokIRI, at: at, text: iri}
	lx.pos = i + 1
	return true
}

// str scans a string in either quote, short or long.
func (lx *lexer) str(at int, quote byte) bool {
	s, i := lx.text, at+1
	if i+1 < len(s) && s[i] == quote && s[i+1] == quote {
		return lx.longStr(at, s[at:at+3])
	}
	escaped := false
	for ; i < len(s); i++ {
		c := s[i]
		if class[c]&inString != 0 {
			continue
		}
		if c == '\\' {
			escaped = true
			i++
			if i < len(s) && s[i] != '\n' && s[i] != '\r' {
				continue
			}
			break
		}
		if c == quote || c == '\n' || c == '\r' {
			break
		}
	}
	if i >= len(s) && !lx.ended() {
		return lx.fail(len(s), "") // more of it may come
	}
	if i >= len(s) || s[i] != quote {
		return lx.fail(at, "the string is not closed on its line")
	}
	return lx.strToken(tokString, at, at+1, i, i+1, escaped)
}

// longStr scans a string in three quotes.
func (lx *lexer) longStr(at int, quotes string) bool {
	s, escaped := lx.text, false
	for i := at + 3; i < len(s); i++ {
		switch s[i] {
		case '\\':
			escaped = true
			i++
		case quotes[0]:
			if strings.HasPrefix(s[i:], quotes) {
				return lx.strToken(tokLongString, at, at+3, i, i+3, escaped)
			}
		}
	}
	lx.fail(at, "the string is not closed with "+quotes)
	if !lx.ended() {
		lx.badPos = len(s)
	}
	return false
}

// strToken makes the token of the string text[from:to] that ends at end.
func (lx *lexer) strToken(kind tokenKind, at, from, to, end int, escaped bool) bool {
	value := lx.text[from:to]
	if escaped {
		b, bad, msg := appendUnescaped(lx.scratch[:0], value, false)
		lx.scratch = b
		if bad >= 0 {
			return lx.fail(from+bad, msg)
		}
		value = lx.arena.copyOf(b)
	}
	lx.tok = token{kind: kind, at: at, text: value}
	lx.pos = end
	return true
}

// blank scans _:label.
func (lx *lexer) blank(at int) bool {
	s, from := lx.text, at+2
	if from > len(s) || s[at+1] != ':' {
		return lx.fail(at, "expected ':' after '_' of a blank node")
	}
	end := labelEnd(s, from)
	if end == from {
		return lx.fail(from, "expected the label of a blank node"+foundAt(s, from))
	}
	lx.tok = token{kind: tokBlank, at: at, text: s[from:end]}
	lx.pos = end
	return true
}

// number scans an integer, a decimal or a double (RDF 1.2 Turtle §2.5.2).
func (lx *lexer) number(at int) bool {
	s, i := lx.text, at
	if s[i] == '+' || s[i] == '-' {
		i++
	}
	whole := i
	i = digits(s, i)
	kind, end := tokInteger, i
	if i < len(s) && s[i] == '.' {
		if j := digits(s, i+1); j > i+1 {
			kind, end = tokDecimal, j
			i = j
		} else if i > whole {
			i = j // only an exponent makes this dot part of the number
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' && i > whole {
		j := i + 1
		if j < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if k := digits(s, j); k > j {
			kind, end = tokDouble, k
		} else if kind == tokDecimal || end == i {
			return lx.fail(k, "expected the digits of an exponent"+foundAt(s, k))
		}
	}
	if end == whole {
		return lx.fail(at, "expected a number after the sign"+foundAt(s, whole))
	}
	lx.tok = token{kind: kind, at: at, text: s[at:end]}
	lx.pos = end
	return true
}

func digits(s string, i int) int {
	for i < len(s) && class[s[i]]&digit != 0 {
		i++
	}
	return i
}

// word scans a prefixed name or a bare word.
func (lx *lexer) word(at int) bool {
	s := lx.text
	if c := s[at]; c < utf8.RuneSelf && class[c]&alpha == 0 {
		return lx.fail(at, "unexpected "+quoteRune(s[at:], ""))
	} else if c >= utf8.RuneSelf {
		if r, _ := utf8.DecodeRuneInString(s[at:]); !isNameStart(r) {
			return lx.fail(at, "unexpected "+quoteRune(s[at:], ""))
		}
	}
	end := nameEnd(s, at)
	if end < len(s) && s[end] == ':' {
		return lx.local(at, s[at:end], end+1)
	}
	if long := labelEnd(s, at); long < len(s) && s[long] == ':' { // dots in the prefix
		return lx.local(at, s[at:long], long+1)
	}
	lx.tok = token{kind: tokWord, at: at, text: s[at:end]}
	lx.pos = end
	return true
}

// local scans PN_LOCAL from text[from], after a prefix and its colon.
func (lx *lexer) local(at int, prefix string, from int) bool {
	s, i, escaped := lx.text, from, false
	if i < len(s) && s[i] == '-' {
		lx.tok = token{kind: tokName, at: at, prefix: prefix}
		lx.pos = i
		return true
	}
scan:
	for {
		for i < len(s) && class[s[i]]&localStop == 0 {
			i++
		}
		if i >= len(s) {
			break
		}
		switch c := s[i]; {
		case c == '.':
			j := i
			for j < len(s) && s[j] == '.' {
				j++
			}
			if i == from || j >= len(s) || !startsLocalPart(s[j:]) {
				break scan
			}
			i = j
		case c == '%':
			if _, ok := unhex(s, i+1, 2); !ok {
				return lx.fail(i, "'%' in a name wants 2 hexadecimal digits")
			}
			i += 3
		case c == '\\':
			if i+1 >= len(s) || strings.IndexByte(localEscapes, s[i+1]) < 0 {
				return lx.fail(i, `'\' in a name wants one of `+localEscapes)
			}
			escaped = true
			i += 2
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if i == from && !isNameStart(r) || !isNameRune(r) {
				break scan
			}
			i += n
		default:
			break scan
		}
	}
	name := s[from:i]
	if escaped {
		b := lx.scratch[:0]
		for k := 0; k < len(name); k++ {
			if name[k] == '\\' {
				k++
			}
			b = append(b, name[k])
		}
		lx.scratch = b
		name = lx.arena.copyOf(b)
	}
	lx.tok = token{kind: tokName, at: at, prefix: prefix, text: name}
	lx.pos = i
	return true
}

// localEscapes are the characters of PN_LOCAL_ESC.
const localEscapes = "_~.-!$&'()*+,;=/?#@%"

// startsLocalPart reports whether s begins with what may follow a dot inside a local name.
func startsLocalPart(s string) bool {
	switch c := s[0]; {
	case c == '%' || c == '\\':
		return true
	case c < utf8.RuneSelf:
		return class[c]&localStop == 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return isNameRune(r)
}
