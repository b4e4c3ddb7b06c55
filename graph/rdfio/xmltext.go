package rdfio

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// unescape resolves references and line ends of s, which begins at the window's index at; in an attribute all white
// space becomes blanks.
func (x *xmlLexer) unescape(s string, at int, attribute bool) (string, bool) {
	special := "&\r"
	if attribute {
		special = "&\r\n\t"
	}
	i := strings.IndexAny(s, special)
	if bad := badXMLChar(s); bad >= 0 {
		return "", x.fail(at+bad, "the character "+quoteRune(s[bad:], "")+" is not allowed in XML")
	}
	if i < 0 {
		return s, true
	}
	b := x.scratch[:0]
	for ; i >= 0; i = strings.IndexAny(s, special) {
		b = append(b, s[:i]...)
		n := 1
		switch {
		case s[i] == '&':
			var value string
			var ok bool
			if value, n, ok = x.reference(s[i:], at+i); !ok {
				return "", false
			}
			b = append(b, value...)
		case s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n':
			n = 2
			fallthrough
		default:
			if attribute {
				b = append(b, ' ')
			} else {
				b = append(b, '\n')
			}
		}
		s, at = s[i+n:], at+i+n
	}
	b = append(b, s...)
	x.scratch = b
	return x.arena.copyOf(b), true
}

// firstText returns where the token's text has its first character that is no white space.
func (x *xmlLexer) firstText() int {
	at := x.at
	for at < x.pos {
		if isXMLBlank(rune(x.text[at])) {
			at++
			continue
		}
		if x.text[at] != '&' {
			break
		}
		value, n, ok := x.reference(x.text[at:], at)
		if !ok || strings.TrimLeft(value, " \t\r\n") != "" {
			break
		}
		at += n
	}
	return at
}

// badXMLChar returns the index of a control character that XML forbids, or -1.
func badXMLChar(s string) int {
	for i := range len(s) {
		c := s[i]
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return i
		}
		if c == 0xEF && i+2 < len(s) && s[i+1] == 0xBF && s[i+2] >= 0xBE {
			return i
		}
	}
	return -1
}

// reference resolves the entity or character reference that s begins with, and returns its length too.
func (x *xmlLexer) reference(s string, at int) (value string, n int, ok bool) {
	end := strings.IndexByte(s[:min(len(s), maxEntity)], ';')
	if end < 2 {
		return "", 0, x.fail(at, "'&' begins no reference: write &amp;")
	}
	name := s[1:end]
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		base := 10
		if hex, ok := strings.CutPrefix(digits, "x"); ok {
			digits, base = hex, 16
		}
		r, err := strconv.ParseUint(digits, base, 32)
		if err != nil || r > utf8.MaxRune || !utf8.ValidRune(rune(r)) || badXMLChar(string(rune(r))) >= 0 {
			return "", 0, x.fail(at, "&"+name+"; is no character of XML")
		}
		return string(rune(r)), end + 1, true
	}
	switch name {
	case "lt":
		value = "<"
	case "gt":
		value = ">"
	case "amp":
		value = "&"
	case "quot":
		value = `"`
	case "apos":
		value = "'"
	default:
		if value, ok = x.entities[name]; !ok {
			return "", 0, x.fail(at, "the entity &"+name+"; is not declared here; external ones are not read")
		}
	}
	return value, end + 1, true
}
