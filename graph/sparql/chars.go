package sparql

import "unicode/utf8"

// The character classes of the grammar's terminals, SPARQL 1.1 §19.8 [164] to [173].

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isAlpha(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func isHex(c byte) bool   { return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

// isNameBase is PN_CHARS_BASE.
func isNameBase(r rune) bool {
	if r < utf8.RuneSelf {
		return isAlpha(byte(r))
	}
	switch {
	case r == 0xD7, r == 0xF7, r < 0xC0:
		return false
	case r <= 0x2FF, 0x370 <= r && r <= 0x37D, 0x37F <= r && r <= 0x1FFF, r == 0x200C, r == 0x200D,
		0x2070 <= r && r <= 0x218F, 0x2C00 <= r && r <= 0x2FEF, 0x3001 <= r && r <= 0xD7FF,
		0xF900 <= r && r <= 0xFDCF, 0xFDF0 <= r && r <= 0xFFFD, 0x10000 <= r && r <= 0xEFFFF:
		return true
	}
	return false
}

// isNameStart is PN_CHARS_U.
func isNameStart(r rune) bool { return r == '_' || isNameBase(r) }

// isVarChar is a character of VARNAME after the first; the first is isNameStart or a digit.
func isVarChar(r rune) bool {
	return isNameStart(r) || '0' <= r && r <= '9' || r == 0xB7 || 0x300 <= r && r <= 0x36F || r == 0x203F || r == 0x2040
}

// isNameChar is PN_CHARS.
func isNameChar(r rune) bool { return r == '-' || isVarChar(r) }

// isLocalEscape is a character that PN_LOCAL_ESC allows after its backslash.
func isLocalEscape(c byte) bool {
	switch c {
	case '_', '~', '.', '-', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=', '/', '?', '#', '@', '%':
		return true
	}
	return false
}

// isIRIChar is a character that IRIREF allows as it is.
func isIRIChar(r rune) bool {
	if r <= ' ' {
		return false
	}
	switch r {
	case '<', '>', '"', '{', '}', '|', '^', '`', '\\':
		return false
	}
	return true
}

// isPlainLocal reports whether s can stand after a prefix without escapes.
func isPlainLocal(s string) bool {
	l := lexer{text: s}
	return s == "" || l.scanLocal(0) == len(s)
}

// isPlainPrefix reports whether s can be declared as a prefix.
func isPlainPrefix(s string) bool {
	l := lexer{text: s}
	return s == "" || l.scanPrefix(0) == len(s)
}
