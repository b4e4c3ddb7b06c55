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

// wrap breaks s at spaces into lines of about n columns, at most max of them; the last one is cut if need be. A word is broken only if it is longer
// than a line and a half, as text in Chinese is.
func wrap(s string, n, max int) []string {
	var lines []string
	line := ""
	var words []string
	for _, word := range strings.Fields(s) {
		words = append(words, pieces(word, n)...)
	}
	for i, word := range words {
		if line != "" && columns.StringWidth(line)+1+columns.StringWidth(word) > n {
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
		lines = append(lines, line)
	}
	return lines
}

// pieces breaks a word of more than n and a half columns into parts of at most n, and never before a character that stands on the one before it.
func pieces(word string, n int) []string {
	if columns.StringWidth(word) <= n+n/2 {
		return []string{word}
	}
	var out []string
	start, width := 0, 0
	for i, r := range word {
		w := columns.RuneWidth(r)
		if width += w; width > n && w > 0 {
			out = append(out, word[start:i])
			start, width = i, w
		}
	}
	return append(out, word[start:])
}
