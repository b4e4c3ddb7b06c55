package cayley

import "strings"

// maxNested bounds how deep the expressions of a script may be nested. The JavaScript engine reads by recursion, and a
// stack that overflows there ends the process; for some constructs it takes time that grows with the square of the depth.
const maxNested = 5000

// nestedTooDeep returns where a script is nested deeper than maxNested, or -1. It does not parse: each bracket that is
// open and each operator or word since the last comma, semicolon or end of a line counts as a level, strings are passed
// over, so that a text is never deeper than this says but for what stands in strings that are none.
func nestedTooDeep(text string) int {
	levels := []int{0} // operators and words, by open bracket
	depth := 0
	last := byte(' ') // the last byte that is no space
	ended := false    // by the end of a line, if no operator follows
	for i := 0; i < len(text); i++ {
		b := text[i]
		top := len(levels) - 1
		if b == '\n' {
			ended = !isOperator(last)
		}
		if b <= ' ' {
			continue
		}
		if ended && !isOperator(b) {
			depth -= levels[top]
			levels[top] = 0
		}
		last, ended = b, false
		switch {
		case b == '"' || b == '\'':
			i = endOfString(text, i)
		case strings.IndexByte("([{", b) >= 0:
			levels = append(levels, 0)
			depth++
		case strings.IndexByte(")]}", b) >= 0 && top > 0:
			depth -= levels[top] + 1
			levels = levels[:top]
		case b == ',' || b == ';':
			depth -= levels[top]
			levels[top] = 0
		case isOperator(b) || b == '`' || isWord(b) && !isWord(text[max(i-1, 0)]):
			levels[top]++
			depth++
		}
		if depth > maxNested {
			return i
		}
	}
	return -1
}

func isOperator(b byte) bool { return strings.IndexByte("=+-*/%&|^!~?:<>.", b) >= 0 }

func isWord(b byte) bool {
	return b == '_' || b == '$' || b >= 0x80 || b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9'
}

// endOfString returns where the string that begins at i ends; a line's end ends it.
func endOfString(text string, i int) int {
	for at := i + 1; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case text[i], '\n':
			return at
		}
	}
	return len(text)
}
