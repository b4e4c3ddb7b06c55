package results

import (
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// leastReadable is how wide a column must be for text that is wrapped in it to be read.
const leastReadable = 18

// cramped reports whether the screen is too narrow for a table: some column would be wrapped into a strip.
func cramped(need, widths []int) bool {
	for i, w := range widths {
		if w > 0 && w < need[i] && w < leastReadable {
			return true
		}
	}
	return false
}

// records draws the rows held one below the other, a line a column, as wide as the screen.
func (t *tableWriter) records(head table.Row) error {
	names := 0
	for _, name := range head {
		names = max(names, text.StringWidth(name.(string)))
	}
	const gap = "  "
	room := max(t.opt.Width-names-len(gap), leastReadable)
	var b strings.Builder
	for r, row := range t.rows {
		rule := "─ " + strconv.Itoa(t.total-len(t.rows)+r+1) + " "
		b.WriteString(rule + strings.Repeat("─", max(0, min(t.opt.Width, names+len(gap)+leastReadable)-text.StringWidth(rule))) + "\n")
		for i, cell := range row {
			name := head[i].(string)
			pad := strings.Repeat(" ", names-text.StringWidth(name))
			if t.opt.Color {
				name = text.Bold.Sprint(name)
			}
			lead := name + pad + gap
			for _, line := range strings.Split(text.WrapSoft(cell.(string), room), "\n") {
				b.WriteString(strings.TrimRight(lead+strings.TrimRight(line, " "), " ") + "\n")
				lead = strings.Repeat(" ", names) + gap
			}
		}
	}
	t.rows, t.right, t.drawn = t.rows[:0], nil, true
	_, err := t.w.WriteString(b.String())
	return err
}
