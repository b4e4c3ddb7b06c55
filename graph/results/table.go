package results

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"sett/graph/rdf"
)

// tableWriter draws a table for people. It holds Boundary rows to find the widths of columns; what comes after them
// makes another table, so that memory stays bounded.
type tableWriter struct {
	w     *bufio.Writer
	vars  []string
	opt   Options
	rows  []table.Row
	right []bool // columns of numbers only so far
	total int
	drawn bool
	list  bool // as records, to the end
	ask   bool
}

func newTableWriter(w io.Writer, vars []string, opt Options) Writer {
	if opt.Boundary <= 0 {
		opt.Boundary = 1000
	}
	return &tableWriter{w: bufio.NewWriter(w), vars: vars, opt: opt}
}

func (t *tableWriter) Row(row []rdf.Term) error {
	if len(row) != len(t.vars) {
		return ErrColumns
	}
	if len(t.rows) == t.opt.Boundary {
		if err := t.draw(); err != nil {
			return err
		}
	}
	if t.right == nil {
		t.right = make([]bool, len(row))
		for i := range t.right {
			t.right[i] = true
		}
	}
	cells := make(table.Row, len(row))
	for i, term := range row {
		cells[i] = Show(term, t.opt.Prefixes)
		t.right[i] = t.right[i] && (term.IsZero() || isNumber(term))
	}
	t.rows = append(t.rows, cells)
	t.total++
	return nil
}

func isNumber(t rdf.Term) bool {
	switch t.Datatype() {
	case rdf.XSDInteger, rdf.XSDDecimal, rdf.XSDDouble, rdf.XSDFloat:
		return true
	}
	return false
}

func (t *tableWriter) Boolean(value bool) error {
	t.ask = true
	_, err := t.w.WriteString(strconv.FormatBool(value) + "\n")
	return err
}

func (t *tableWriter) Close() error {
	if !t.ask {
		if len(t.vars) > 0 && (len(t.rows) > 0 || !t.drawn) {
			if err := t.draw(); err != nil {
				return err
			}
		}
		if t.opt.Footer {
			s := "s"
			if t.total == 1 {
				s = ""
			}
			t.w.WriteString(strconv.Itoa(t.total) + " row" + s + "\n")
		}
	}
	return t.w.Flush()
}

// draw draws the rows held.
func (t *tableWriter) draw() error {
	tw := table.NewWriter()
	style := table.StyleLight
	style.Format.Header = text.FormatDefault
	tw.SetStyle(style)
	if t.opt.Color {
		tw.Style().Color.Header = text.Colors{text.Bold}
	}
	head := make(table.Row, len(t.vars))
	for i, v := range t.vars {
		head[i] = Printable(v)
	}
	widths := t.widths(head)
	if t.list = t.list || !t.opt.Cut && cramped(t.needs(head), widths); t.list {
		return t.records(head)
	}
	tw.AppendHeader(head)
	tw.AppendRows(t.rows)
	configs := make([]table.ColumnConfig, len(t.vars))
	for i := range configs {
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMax: widths[i], WidthMaxEnforcer: text.WrapSoft}
		if t.opt.Cut {
			configs[i].WidthMaxEnforcer = cut
		}
		if t.right != nil && t.right[i] && len(t.rows) > 0 {
			configs[i].Align = text.AlignRight
		}
	}
	tw.SetColumnConfigs(configs)
	t.rows, t.right, t.drawn = t.rows[:0], nil, true
	_, err := t.w.WriteString(tw.Render() + "\n")
	return err
}

// cut shortens a cell to a number of display cells.
func cut(s string, width int) string {
	if text.StringWidthWithoutEscSequences(s) <= width {
		return s
	}
	used := 0
	for i, r := range s {
		if used += text.RuneWidth(r); used > width-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// minColumn is the least width of a column, in display cells.
const minColumn = 6

// widths shares the terminal's width: columns that need less than an equal share get what they need, the others share
// the rest. 0 means no limit.
func (t *tableWriter) widths(head table.Row) []int {
	need := t.needs(head)
	limits := make([]int, len(need))
	if t.opt.Width <= 0 {
		return limits
	}
	room, open := t.opt.Width-3*len(need)-1, len(need) // │ and two blanks a column, and the last │
	for changed := true; changed && open > 0; {
		changed = false
		for i, n := range need {
			if limits[i] == 0 && n <= room/open {
				limits[i] = max(n, 1)
				room -= n
				open--
				changed = true
				if open == 0 {
					break
				}
			}
		}
	}
	for i := range limits {
		if limits[i] == 0 {
			limits[i] = max(minColumn, room/open)
			room -= limits[i]
			open--
			if open == 0 {
				break
			}
		}
	}
	return limits
}

// needs returns how wide each column is where nothing is wrapped.
func (t *tableWriter) needs(head table.Row) []int {
	need := make([]int, len(t.vars))
	for i := range need {
		need[i] = text.StringWidthWithoutEscSequences(head[i].(string))
		for _, row := range t.rows {
			need[i] = max(need[i], text.StringWidthWithoutEscSequences(row[i].(string)))
		}
	}
	return need
}

// Show spells a term for people: IRIs by prefix, plain strings, numbers, dates and the like bare, other literals as in Turtle.
// Control characters are shown as the symbols of their names, so that no text can drive the terminal.
func Show(t rdf.Term, prefixes *rdf.Prefixes) string {
	return Printable(show(t, prefixes))
}

func show(t rdf.Term, prefixes *rdf.Prefixes) string {
	switch t.Kind() {
	case rdf.Undef:
		return ""
	case rdf.IRI:
		if name, ok := prefixes.Shorten(t.Value()); ok {
			return name
		}
		return "<" + t.Value() + ">"
	case rdf.Blank:
		return "_:" + t.Value()
	case rdf.TripleTerm:
		tr := t.Triple()
		return "<<( " + show(tr.S, prefixes) + " " + show(tr.P, prefixes) + " " + quoted(tr.O, prefixes) + " )>>"
	}
	switch {
	case t.Lang() != "":
		s := t.Value() + "@" + t.Lang()
		if t.Direction() != rdf.NoDirection {
			s += "--" + t.Direction().String()
		}
		return s
	case t.IsString() || strings.HasPrefix(t.Datatype(), rdf.XSDNS):
		return t.Value()
	}
	return quoted(t, prefixes)
}

// quoted spells strings in quotes, where bare ones would run into what follows.
func quoted(t rdf.Term, prefixes *rdf.Prefixes) string {
	if !t.IsLiteral() || isNumber(t) {
		return show(t, prefixes)
	}
	s := rdf.NewString(t.Value()).String()
	switch {
	case t.Lang() != "":
		s += "@" + t.Lang()
		if t.Direction() != rdf.NoDirection {
			s += "--" + t.Direction().String()
		}
	case !t.IsString():
		s += "^^" + show(rdf.NewIRI(t.Datatype()), prefixes)
	}
	return s
}

// Printable replaces what would move the cursor or command the terminal: control characters by their pictures, line
// breaks and tabs by a blank, marks of direction by nothing.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == 0x2028 || r == 0x2029:
			return ' '
		case r < 0x20:
			return 0x2400 + r
		case r == 0x7F:
			return 0x2421
		case r < 0xA0 && unicode.IsControl(r):
			return unicode.ReplacementChar
		case r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F:
			return -1
		}
		return r
	}, s)
}
