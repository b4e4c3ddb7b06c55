package record

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Authors returns the names in a field that holds all of them: a list as Python or YAML prints it
// (['Ann Lee', "Bo O'Hara", Cy Day], with or without quotes), or plain text with commas, semicolons or "and" between
// (Ann Lee, Bo Chen and Cy Day). Parentheses, which in such fields are affiliations, are left out. Names are not
// changed, but for white space and for escapes of characters such as \xe9 and \u0142.
func Authors(field string) []string {
	field = strings.TrimSpace(field)
	if strings.HasPrefix(field, "[") {
		return bracketed(field)
	}
	field = unescaped(withoutParentheses(field))
	sep := ","
	if strings.Contains(field, ";") {
		sep = ";"
	}
	var names []string
	for _, part := range strings.Split(field, sep) {
		part = strings.Join(strings.Fields(part), " ")
		part = strings.TrimPrefix(part, "and ")
		for _, name := range strings.Split(part, " and ") {
			if name = strings.TrimSpace(name); name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}

// bracketed reads a list in brackets; a closing bracket may be missing.
func bracketed(s string) []string {
	s = strings.TrimSuffix(s[1:], "]")
	var names []string
	for len(s) > 0 {
		s = strings.TrimLeft(s, " \t\r\n,")
		if s == "" {
			break
		}
		var name string
		if s[0] == '\'' || s[0] == '"' {
			name, s = quoted(s)
		} else {
			name, s, _ = strings.Cut(s, ",")
			name = unescaped(name)
		}
		if name = strings.Join(strings.Fields(name), " "); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// quoted reads a string in quotes with the escapes of Python and of YAML, and returns what follows it. A quote within
// the string that no comma or end follows is part of it.
func quoted(s string) (name, rest string) {
	quote := s[0]
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			r, n := escape(s[i+1:])
			b.WriteRune(r)
			i += n
		case c == quote:
			after := strings.TrimLeft(s[i+1:], " \t\r\n")
			if after == "" || after[0] == ',' {
				return b.String(), after
			}
			if quote == '\'' && after[0] == '\'' && s[i+1] == '\'' {
				i++ // '' stands for ' in YAML
			}
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), ""
}

// unescaped undoes \xHH, \uHHHH and backslash with space; other backslashes, such as those of LaTeX accents, stay.
func unescaped(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if c := s[i+1]; c == ' ' || c == 'x' || c == 'u' || c == 'U' {
				if r, n := escape(s[i+1:]); c == ' ' || n > 1 {
					b.WriteRune(r)
					i += n
					continue
				}
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// escape reads what follows a backslash: the character, and the bytes it took.
func escape(s string) (rune, int) {
	digits := 0
	switch s[0] {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	case 'n', 't', 'r', '\n':
		return ' ', 1
	default:
		return utf8.DecodeRuneInString(s)
	}
	if len(s) <= digits {
		return utf8.RuneError, 1
	}
	n, err := strconv.ParseUint(s[1:1+digits], 16, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return utf8.RuneError, 1
	}
	return rune(n), 1 + digits
}

// withoutParentheses leaves out what stands in parentheses, nested ones too.
func withoutParentheses(s string) string {
	if !strings.Contains(s, "(") {
		return s
	}
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}
