package rdfio

import (
	"unicode/utf8"
)

// Classes of ASCII characters, as bits of class.
const (
	inIRI     uint8 = 1 << iota // IRIREF, less its escapes
	inName                      // PN_CHARS
	inNameU                     // PN_CHARS_U
	alpha                       // [a-zA-Z]
	digit                       // [0-9]
	hexDigit                    // [0-9a-fA-F]
	localStop                   // needs a look in PN_LOCAL: % \ . and what cannot be in it
	inString                    // STRING_LITERAL_QUOTE and _SINGLE_QUOTE: all but quotes, backslash, line ends
)

// class has the classes of each byte; those of characters outside ASCII are in IRIs and strings, and for the rest in
// isNameRune.
var class = func() (t [256]uint8) {
	for c := range t {
		ch := byte(c)
		letter := 'a' <= ch|0x20 && ch|0x20 <= 'z'
		number := '0' <= ch && ch <= '9'
		if ch > 0x20 && ch != '<' && ch != '>' && ch != '"' && ch != '{' && ch != '}' && ch != '|' && ch != '^' && ch != '`' && ch != '\\' {
			t[c] |= inIRI
		}
		if ch != '"' && ch != '\'' && ch != '\\' && ch != '\n' && ch != '\r' {
			t[c] |= inString
		}
		if letter {
			t[c] |= alpha | inName | inNameU
		}
		if number {
			t[c] |= digit | hexDigit | inName
		}
		if ch == '_' {
			t[c] |= inName | inNameU
		}
		if ch == '-' {
			t[c] |= inName
		}
		if 'a' <= ch|0x20 && ch|0x20 <= 'f' {
			t[c] |= hexDigit
		}
		if t[c]&inName == 0 && ch != ':' {
			t[c] |= localStop
		}
	}
	return t
}()

// isNameStart reports whether a character outside ASCII is in PN_CHARS_BASE.
func isNameStart(r rune) bool {
	switch {
	case r < 0xC0:
		return false
	case r <= 0x2FF:
		return r != 0xD7 && r != 0xF7
	case r <= 0x1FFF:
		return r >= 0x370 && r != 0x37E
	case r <= 0x218F:
		return r == 0x200C || r == 0x200D || r >= 0x2070
	case r <= 0xD7FF:
		return r >= 0x2C00 && r <= 0x2FEF || r >= 0x3001
	case r <= 0xFFFD:
		return r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0
	}
	return r >= 0x10000 && r <= 0xEFFFF
}

// isNameRune reports whether a character outside ASCII is in PN_CHARS.
func isNameRune(r rune) bool {
	return isNameStart(r) || r == 0xB7 || 0x300 <= r && r <= 0x36F || r == 0x203F || r == 0x2040
}

// nameEnd returns where the run of PN_CHARS that begins at s[i] ends.
func nameEnd(s string, i int) int {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if class[c]&inName == 0 {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isNameRune(r) {
			return i
		}
		i += n
	}
	return i
}

// labelEnd returns where the blank node label that begins at s[i] (after "_:") ends; i if there is none. Dots may be
// inside a label, not at its end.
func labelEnd(s string, i int) int {
	if i >= len(s) {
		return i
	}
	if c := s[i]; c < utf8.RuneSelf {
		if class[c]&(inNameU|digit) == 0 {
			return i
		}
	} else if r, _ := utf8.DecodeRuneInString(s[i:]); !isNameStart(r) {
		return i
	}
	for end := i; ; {
		end = nameEnd(s, end)
		next := end
		for next < len(s) && s[next] == '.' {
			next++
		}
		if next == end || nameEnd(s, next) == next {
			return end
		}
		end = next
	}
}

// isLabel reports whether s can stand after "_:".
func isLabel(s string) bool { return s != "" && labelEnd(s, 0) == len(s) }

// hasScheme reports whether an IRI begins with a scheme and a colon (RFC 3986 §3.1): whether it is absolute.
func hasScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case class[c]&alpha != 0:
		case c == ':':
			return i > 0
		case i == 0 || class[c]&digit == 0 && c != '+' && c != '-' && c != '.':
			return false
		}
	}
	return false
}

// unhex returns the number of n hexadecimal digits at s[i], and false if they are not there.
func unhex(s string, i, n int) (rune, bool) {
	if i+n > len(s) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[i : i+n]) {
		if class[c]&hexDigit == 0 {
			return 0, false
		}
		if c > '9' {
			c = c&0x0f + 9
		}
		r = r<<4 | rune(c&0x0f)
		if r > utf8.MaxRune {
			r = utf8.MaxRune + 1
		}
	}
	return r, true
}

// appendUnescaped appends s with its escapes undone: \uXXXX and \UXXXXXXXX, in strings also \t \b \n \r \f \" \' \\.
// On a bad escape it returns the escape's index and a message, else -1.
func appendUnescaped(b []byte, s string, iri bool) (out []byte, bad int, msg string) {
	from := 0
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			i++
			continue
		}
		b = append(b, s[from:i]...)
		start := i
		i += 2
		if i > len(s) {
			return b, start, "backslash at the end"
		}
		digits := 0
		switch c := s[start+1]; c {
		case 'u':
			digits = 4
		case 'U':
			digits = 8
		default:
			plain, ok := byte(0), false
			if !iri {
				plain, ok = unescapeChar(c)
			}
			if !ok {
				return b, start, "unknown escape " + quoteRune(s[start+1:], `\`)
			}
			b = append(b, plain)
		}
		if digits > 0 {
			r, ok := unhex(s, i, digits)
			if !ok {
				return b, start, `\u wants 4 hexadecimal digits, \U wants 8`
			}
			if !utf8.ValidRune(r) {
				return b, start, "the escape is not a character"
			}
			if iri && r < utf8.RuneSelf && class[r]&inIRI == 0 {
				return b, start, "the escaped character is not allowed in an IRI"
			}
			b = utf8.AppendRune(b, r)
			i += digits
		}
		from = i
	}
	return append(b, s[from:]...), -1, ""
}

func unescapeChar(c byte) (byte, bool) {
	switch c {
	case 't':
		return '\t', true
	case 'b':
		return '\b', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 'f':
		return '\f', true
	case '"', '\'', '\\':
		return c, true
	}
	return 0, false
}
