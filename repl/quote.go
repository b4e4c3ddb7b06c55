package repl

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	cells "github.com/jedib0t/go-pretty/v6/text"

	"sett/graph/rdf"
	"sett/graph/results"
)

// span is a part of a text, in bytes.
type span struct{ start, end int }

// printQuote prints a quote with the words marked that a statement was read from: in bold if there are colours, else underlined in a
// line of its own. On a terminal it is broken between words.
func (e Explorer) printQuote(ctx context.Context, w io.Writer, quote string, t rdf.Triple) error {
	quote = results.Printable(quote)
	marks, err := e.marks(ctx, quote, t)
	if err != nil {
		return err
	}
	const lead, open, close = "  ", "“", "”"
	text := open + quote + close
	for i := range marks {
		marks[i].start += len(open)
		marks[i].end += len(open)
	}
	for _, line := range broken(text, e.Width-len(lead)-1) {
		fmt.Fprint(w, lead)
		under, at := "", line.start
		for _, m := range marks {
			m.start, m.end = max(m.start, line.start), min(m.end, line.end)
			if m.start >= m.end {
				continue
			}
			marked := text[m.start:m.end]
			under += strings.Repeat(" ", cells.StringWidth(text[line.start:m.start])-cells.StringWidth(under)) + strings.Repeat("^", cells.StringWidth(marked))
			if e.Color {
				fmt.Fprintf(w, "%s\x1b[1m%s\x1b[0m", text[at:m.start], marked)
				at = m.end
			}
		}
		fmt.Fprintln(w, text[at:line.end])
		if !e.Color && under != "" {
			fmt.Fprintln(w, lead+under)
		}
	}
	return nil
}

// broken cuts text into lines of at most so many cells, between words; any number of cells if width is too small to be worth it.
func broken(text string, width int) []span {
	if width < leastText {
		return []span{{0, len(text)}}
	}
	var lines []span
	start, blank := 0, -1
	for i, r := range text {
		if r == ' ' {
			blank = i
		}
		if blank > start && cells.StringWidth(text[start:i+utf8.RuneLen(r)]) > width {
			lines = append(lines, span{start, blank})
			start = blank + 1
		}
	}
	return append(lines, span{start, len(text)})
}

// marks finds in a quote what a statement's subject and object are called, or the figure that its object is.
func (e Explorer) marks(ctx context.Context, quote string, t rdf.Triple) ([]span, error) {
	names, err := e.namesOf(ctx, t.S, t.O)
	if err != nil {
		return nil, err
	}
	if t.O.IsLiteral() {
		names = append(names, t.O.Value())
	}
	// Longer names first: Falcon Mamba 7B is not Falcon.
	slices.SortFunc(names, func(x, y string) int { return cmp.Or(len(y)-len(x), strings.Compare(x, y)) })
	var found []span
	add := func(s span) {
		if !slices.ContainsFunc(found, func(f span) bool { return s.start < f.end && f.start < s.end }) {
			found = append(found, s)
		}
	}
	for _, name := range names {
		for _, s := range occurrences(quote, name) {
			add(s)
		}
	}
	if want, err := strconv.ParseFloat(t.O.Value(), 64); err == nil && t.O.IsLiteral() {
		for _, s := range figures(quote, want) {
			add(s)
		}
	}
	slices.SortFunc(found, func(x, y span) int { return x.start - y.start })
	return found, nil
}

// namesOf returns the labels of nodes.
func (e Explorer) namesOf(ctx context.Context, nodes ...rdf.Term) ([]string, error) {
	rows, err := e.rows(ctx, "SELECT DISTINCT ?l { VALUES ?s { "+values(nodes)+"} ?s "+labelProperty+" ?l }")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, row := range rows {
		names = append(names, row[0].Value())
	}
	return names, nil
}

// occurrences finds a name in a text, whatever its case, with hyphens for blanks too, where no longer word has it.
func occurrences(text, name string) []span {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' })
	if len(words) == 0 {
		return nil
	}
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}
	pattern, err := regexp.Compile("(?i)" + strings.Join(words, "[- ]?"))
	if err != nil {
		return nil // a label so long that it is no pattern is no name in a sentence either
	}
	var found []span
	for _, at := range pattern.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		after, _ := utf8.DecodeRuneInString(text[at[1]:])
		if !inWord(before) && (!inWord(after) || after == 's') {
			found = append(found, span{at[0], at[1]})
		}
	}
	return found
}

func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

var figure = regexp.MustCompile(`(?i)[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:[ -]?(?:thousand|million|billion|trillion)\b|[ ]?[kmbt]\b)?`)

// scales are what the units behind a figure multiply it by.
var scales = map[byte][]float64{'k': {1e3, 1024}, 'm': {1e6, 1024 * 1024}, 'b': {1e9}, 't': {1e12, 1e3}} // t: trillion, thousand

// figures finds figures of a value.
func figures(text string, want float64) []span {
	var found []span
	for _, at := range figure.FindAllStringIndex(text, -1) {
		written := strings.ToLower(text[at[0]:at[1]])
		digits := strings.TrimRight(written, "abdehilmnorstuk -")
		value, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
		if err != nil {
			continue
		}
		factors := []float64{1}
		if unit := strings.TrimLeft(written[len(digits):], " -"); unit != "" {
			factors = scales[unit[0]]
		}
		for _, f := range factors {
			if diff := value*f - want; diff > -1e-6*want-1e-9 && diff < 1e-6*want+1e-9 {
				found = append(found, span{at[0], at[1]})
				break
			}
		}
	}
	return found
}
