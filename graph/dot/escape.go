package dot

import (
	"strings"
	"unicode/utf8"
)

// quoted returns s as a double-quoted DOT string for a tooltip (an escString) in which nothing is an escape or an
// entity: Graphviz shows s as it is. It substitutes \N, \G and the like twice in tooltips, hence four backslashes for one.
func quoted(s string) string { return `"` + tooltipEscaper.Replace(clean(s)) + `"` }

var tooltipEscaper = strings.NewReplacer(`"`, `\"`, `\`, `\\\\`, "&", "&amp;")

// markup returns s as character data for an HTML-like label. A backslash is doubled, because Graphviz replaces
// \N, \G and the like after it has read the markup.
func markup(s string) string { return markupEscaper.Replace(clean(s)) }

var markupEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;", `\`, `\\`)

// clean returns s in one line of characters that XML 1.0 §2.2 allows: runs of white space become one space, anything
// else that is not allowed, and every byte that is not UTF-8, becomes U+FFFD.
func clean(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
			space = b.Len() > 0
			continue
		case r < ' ' || 0x7F <= r && r < 0xA0 || r == 0xFFFE || r == 0xFFFF:
			r = utf8.RuneError
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// shorten cuts s to at most n characters, at a space if there is one in the last third, and marks the cut.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)[:n-1]
	cut := len(runes)
	for i := len(runes) - 1; i > 2*len(runes)/3; i-- {
		if runes[i] == ' ' {
			cut = i
			break
		}
	}
	return string(runes[:cut]) + "…"
}

// wrap breaks s at spaces into lines of about n characters, at most max of them; the last one is cut if need be.
func wrap(s string, n, max int) []string {
	var lines []string
	line := ""
	words := strings.Fields(s)
	for i, word := range words {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > n {
			if len(lines) == max-1 {
				return append(lines, shorten(line+" "+strings.Join(words[i:], " "), n))
			}
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		lines = append(lines, shorten(line, n+n/2))
	}
	return lines
}
