package modelcard

import (
	"regexp"
	"strings"
)

// pair is a key and its value as the body of a card states them, in a table's row or an item of a list.
type pair struct {
	key, value string // without the marks of Markdown around them; links in values stay
	quote      string // the line as it stands
	rule       string
}

// page is the body of a card.
type page struct {
	heading string // the first of level one, without marks
	text    string // the lines of prose
	pairs   []pair
}

// parseBody splits Markdown by lines. Code, tables, comments, pictures and raw HTML are no part of the text, nor are the addresses of
// links, which are those of whatever the words name.
func parseBody(body string) page {
	var p page
	var text strings.Builder
	var rows []string // of the table at hand
	fence := ""       // that closes the code at hand
	comment := false
	endTable := func() {
		p.pairs = append(p.pairs, tablePairs(rows)...)
		rows = rows[:0]
	}
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\n")
		bare := strings.TrimSpace(line)
		switch {
		case fence != "":
			if strings.HasPrefix(bare, fence) && strings.Trim(bare, fence[:1]) == "" {
				fence = ""
			}
			continue
		case comment:
			comment = !strings.Contains(bare, "-->")
			continue
		case strings.HasPrefix(bare, "```"), strings.HasPrefix(bare, "~~~"):
			fence = bare[:len(bare)-len(strings.TrimLeft(bare, bare[:1]))]
			continue
		case strings.HasPrefix(bare, "<!--"):
			comment = !strings.Contains(bare, "-->")
			continue
		case strings.HasPrefix(bare, "|"):
			rows = append(rows, bare)
			continue
		}
		endTable()
		switch {
		case p.heading == "" && strings.HasPrefix(bare, "# "):
			p.heading = headingName(bare[2:])
			continue
		case p.heading == "" && htmlHeading.MatchString(bare):
			p.heading = headingName(htmlHeading.FindStringSubmatch(bare)[1])
			continue
		case strings.HasPrefix(bare, "!["), strings.HasPrefix(bare, "[!["), strings.HasPrefix(bare, "<"):
			continue
		}
		if item, ok := itemPair(bare); ok {
			p.pairs = append(p.pairs, item)
			if toldWhole[foldKey(item.key)] {
				continue
			}
		}
		text.WriteString(link.ReplaceAllString(line, "$1"))
		text.WriteByte('\n')
	}
	endTable()
	p.text = strings.TrimSpace(text.String())
	return p
}

var (
	link = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*\)`)
	tag  = regexp.MustCompile(`<[^<>]*>`)

	htmlHeading = regexp.MustCompile(`^<h1\b[^<>]*>(.*)</h1>$`)
)

// plain removes links, emphasis, code marks and tags from a piece of Markdown.
func plain(s string) string {
	s = tag.ReplaceAllString(link.ReplaceAllString(s, "$1"), "")
	s = strings.NewReplacer("**", "", "__", "", "`", "", "*", "").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// headingName returns the name in a heading such as "Model Card for **Mole 7B**" or "Mole-7B 🐾".
func headingName(s string) string {
	s = plain(strings.TrimRight(s, "# "))
	lower := strings.ToLower(s)
	for _, lead := range []string{"model card for ", "model card of ", "model card: ", "dataset card for ", "dataset card of ", "dataset card: ", "model card - "} {
		if strings.HasPrefix(lower, lead) {
			s = s[len(lead):]
			lower = lower[len(lead):]
		}
	}
	for _, end := range []string{" model card", " dataset card"} {
		if len(s) == len(lower) && strings.HasSuffix(lower, end) {
			s = s[:len(s)-len(end)]
		}
	}
	// Pictures stand before and after names.
	return strings.TrimFunc(s, func(r rune) bool { return r > 0x2000 && !('\u3000' <= r && r < '\ue000') || r == ' ' || r == '\ufe0f' })
}

// tablePairs returns the rows of a table of two columns, but for its head and rule.
func tablePairs(rows []string) []pair {
	var pairs []pair
	for i, row := range rows {
		cells := strings.Split(strings.Trim(row, "|"), "|")
		if len(cells) != 2 {
			return nil
		}
		if i == 1 && strings.Trim(row, "|-: ") == "" {
			pairs = pairs[:0] // what stood above is the head
			continue
		}
		pairs = append(pairs, pair{plain(cells[0]), strings.TrimSpace(cells[1]), row, "card-table"})
	}
	return pairs
}

// itemPair reads "- **Key:** value", "**Key**: value", "* Key: value".
func itemPair(line string) (pair, bool) {
	item := strings.TrimLeft(line, "-*+• \t")
	marked := strings.HasPrefix(strings.TrimLeft(line, "-+• \t"), "**") || strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ")
	key, value, ok := strings.Cut(item, ":")
	if !ok || strings.HasPrefix(value, "//") {
		return pair{}, false
	}
	key = plain(key)
	marked = marked || strings.EqualFold(key, "license")
	value = strings.TrimSpace(strings.TrimLeft(value, "* "))
	if !marked || key == "" || value == "" || len(key) > 60 || strings.ContainsAny(key, ".!?[") {
		return pair{}, false
	}
	return pair{key, value, line, "card-item"}, true
}
