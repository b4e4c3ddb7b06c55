package repl

import (
	"fmt"
	"strings"

	cells "github.com/jedib0t/go-pretty/v6/text"

	"sett/graph/results"
)

// columns prints rows of text in columns; right says which are numbers. On a terminal a line ends where the screen does.
func (s *Session) columns(rows [][]string, right ...bool) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], cells.StringWidth(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-cells.StringWidth(cell))
			if i < len(right) && right[i] {
				b.WriteString("  " + pad + cell)
			} else {
				b.WriteString("  " + cell + pad)
			}
		}
		line := strings.TrimRight(b.String(), " ")
		if width := s.screen(); width > 0 {
			line = cells.Snip(line, width, "…")
		}
		fmt.Fprintln(s.out, line)
	}
}

// screen is how many columns may be printed, 0 for any number: results may go to a file.
func (s *Session) screen() int {
	if s.out != s.Out {
		return 0
	}
	return s.Width
}

// leastText is the least width that is worth wrapping text for.
const leastText = 20

// wrapped indents text, and on a terminal breaks its lines between words.
func (s *Session) wrapped(words string, indent int) string { return wrap(words, indent, s.screen()) }

// wrap indents text and breaks its lines between words, where width says how wide they may be.
func wrap(words string, indent, width int) string {
	lead := strings.Repeat(" ", indent)
	room := width - indent
	if room < leastText {
		return lead + words
	}
	var b strings.Builder
	used := 0
	for i, word := range strings.Fields(words) {
		wide := cells.StringWidth(word)
		switch {
		case i == 0:
			b.WriteString(lead)
		case used+1+wide > room:
			b.WriteString("\n" + lead)
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += wide
	}
	return b.String()
}

// clip makes one line of text, at most n wide, that cannot drive the terminal.
func clip(s string, n int) string {
	return cells.Snip(results.Printable(strings.Join(strings.Fields(s), " ")), n, "…")
}
