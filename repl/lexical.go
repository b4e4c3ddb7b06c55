package repl

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// This is a forgiving scanner of SPARQL text for what the prompt must know while a statement is still being typed:
// where tokens begin, and whether one is still open. Package sparql has the real lexer, which may refuse its input.

type tokenKind int

const (
	word     tokenKind = iota // keyword or function name
	pname                     // prefixed name, or a prefix with its colon
	iri                       // <…>
	variable                  // ?x or $x
	text                      // string literal
	number
	blank // _:b
	punct
	comment
)

type token struct {
	kind       tokenKind
	text       string
	start, end int  // bytes
	open       bool // a string, IRI or comment that the end of the text cuts short
	long       bool // a string in three quotes
}

// scan returns the tokens of s. It never fails: what fits nothing becomes punct.
func scan(s string) []token {
	var tokens []token
	for i := 0; i < len(s); {
		c := s[i]
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			i++
			continue
		}
		t := token{start: i}
		switch {
		case c == '#':
			t.kind = comment
			if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
				i += n
			} else {
				i, t.open = len(s), true
			}
		case c == '"' || c == '\'':
			t.kind = text
			i, t.open, t.long = scanString(s, i)
		case c == '<':
			i, t.kind, t.open = scanAngle(s, i)
		case c == '?' || c == '$':
			t.kind = variable
			i = scanName(s, i+1, false)
			if i == t.start+1 && c == '?' {
				t.kind = punct // a path modifier, or a variable just begun
			}
		case strings.HasPrefix(s[i:], "_:"):
			t.kind = blank
			i = scanName(s, i+2, true)
		case '0' <= c && c <= '9':
			t.kind = number
			for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.' && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' || s[i] == 'e' || s[i] == 'E') {
				i++
			}
		default:
			i, t.kind = scanWord(s, i)
		}
		t.end = i
		t.text = s[t.start:i]
		tokens = append(tokens, t)
	}
	return tokens
}

// scanString returns the end of a string that starts at i.
func scanString(s string, i int) (end int, open, long bool) {
	quote := s[i : i+1]
	if strings.HasPrefix(s[i:], strings.Repeat(quote, 3)) {
		quote, long = strings.Repeat(quote, 3), true
	}
	for i += len(quote); i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case strings.HasPrefix(s[i:], quote):
			return i + len(quote), false, long
		case s[i] == '\n' && !long:
			return i, false, false // a fault, which the parser will name
		}
	}
	return len(s), true, long
}

// scanAngle tells an IRI from the signs < <= << and <<(.
func scanAngle(s string, i int) (end int, k tokenKind, open bool) {
	if strings.HasPrefix(s[i:], "<<(") {
		return i + 3, punct, false
	}
	if strings.HasPrefix(s[i:], "<<") || strings.HasPrefix(s[i:], "<=") {
		return i + 2, punct, false
	}
	for j := i + 1; j < len(s); j++ {
		switch c := s[j]; {
		case c == '>':
			return j + 1, iri, false
		case c <= ' ' || c == '<' || c == '"' || c == '{' || c == '}' || c == '|' || c == '^' || c == '`':
			return i + 1, punct, false
		}
	}
	if i+1 == len(s) {
		return i + 1, iri, true
	}
	return len(s), iri, true
}

// scanName returns the end of a name that starts at i; dotted names may hold dots, but not end in one.
func scanName(s string, i int, dotted bool) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '_' || r == '-' && dotted || unicode.IsLetter(r) || unicode.IsDigit(r):
		case r == '.' && dotted && i+1 < len(s):
			next, _ := utf8.DecodeRuneInString(s[i+1:])
			if next != '.' && next != '-' && next != '_' && next != ':' && !unicode.IsLetter(next) && !unicode.IsDigit(next) {
				return i
			}
		case r == ':' && dotted:
		case r == '\\' && dotted && i+1 < len(s):
			n++
		case r == '%' && dotted:
		default:
			return i
		}
		i += n
	}
	return i
}

// scanWord reads a keyword, a prefixed name, or a single sign.
func scanWord(s string, i int) (end int, k tokenKind) {
	r, n := utf8.DecodeRuneInString(s[i:])
	if r != ':' && r != '_' && r != '@' && !unicode.IsLetter(r) {
		for _, sign := range []string{"&&", "||", "^^", "!=", ">=", ")>>", ">>", "{|", "|}"} {
			if strings.HasPrefix(s[i:], sign) {
				return i + len(sign), punct
			}
		}
		return i + n, punct
	}
	if r == '@' {
		return scanName(s, i+1, true), word
	}
	end = scanName(s, i, true)
	if strings.Contains(s[i:end], ":") {
		return end, pname
	}
	// A word ends before a hyphen or a dot: only local names and prefixes have them.
	return max(scanName(s, i, false), i+n), word
}

// shape is what a text is, by its first keyword after the prologue.
type shape int

const (
	shapeEmpty    shape = iota // nothing, or comments only
	shapePrologue              // declarations only
	shapeQuery
	shapeUpdate
	shapeUnknown
)

// forms are the keywords that begin a query or an update.
var forms = map[string]shape{
	"SELECT": shapeQuery, "ASK": shapeQuery, "CONSTRUCT": shapeQuery, "DESCRIBE": shapeQuery,
	"INSERT": shapeUpdate, "DELETE": shapeUpdate, "WITH": shapeUpdate, "LOAD": shapeUpdate, "CLEAR": shapeUpdate, "CREATE": shapeUpdate,
	"DROP": shapeUpdate, "COPY": shapeUpdate, "MOVE": shapeUpdate, "ADD": shapeUpdate,
}

// shapeOf tells what a text is.
func shapeOf(s string) shape {
	tokens := scan(s)
	found := shapeEmpty
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.kind == comment {
			continue
		}
		if t.kind != word {
			return shapeUnknown
		}
		switch upper := strings.ToUpper(t.text); upper {
		case "PREFIX", "@PREFIX":
			found = shapePrologue
			i = skipTokens(tokens, i, 2)
		case "BASE", "VERSION", "@BASE":
			found = shapePrologue
			i = skipTokens(tokens, i, 1)
		default:
			if form, ok := forms[upper]; ok {
				return form
			}
			return shapeUnknown
		}
		if i+1 < len(tokens) && tokens[i+1].text == "." && strings.HasPrefix(t.text, "@") {
			i++
		}
	}
	return found
}

// skipTokens returns the index of the n-th token after i that is no comment.
func skipTokens(tokens []token, i, n int) int {
	for n > 0 && i+1 < len(tokens) {
		i++
		if tokens[i].kind != comment {
			n--
		}
	}
	return i
}

// balanced reports whether every bracket in s is closed and no string is open.
func balanced(s string) bool {
	depth := 0
	for _, t := range scan(s) {
		if t.open && t.kind == text {
			return false
		}
		if t.kind == punct {
			switch t.text {
			case "{", "(", "[", "<<", "<<(", "{|":
				depth++
			case "}", ")", "]", ">>", ")>>", "|}":
				depth--
			}
		}
	}
	return depth <= 0
}
