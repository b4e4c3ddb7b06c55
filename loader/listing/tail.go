package listing

import (
	"strings"

	"sett/loader/document"
)

// tail is what stands after the abstract.
type tail struct {
	authors, comments int
	date              document.Date
}

var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// cutTail cuts "<N> authors · <Mon> <D>[, <YYYY>] [<comments>]" off a line.
func cutTail(s string) (body string, t tail, ok bool) {
	for end := len(s); ; {
		i := strings.LastIndex(s[:end], " author")
		if i < 0 {
			return s, tail{}, false
		}
		end = i
		j := len(strings.TrimRight(s[:i], " \u00a0"))
		from := j
		for from > 0 && s[from-1] != ' ' && !strings.HasSuffix(s[:from], "\u00a0") {
			from--
		}
		authors, good := count(s[from:j])
		if !good {
			continue
		}
		rest := strings.TrimPrefix(s[i+len(" author"):], "s")
		t, good = parseDate(rest)
		if !good {
			continue
		}
		t.authors = authors
		return strings.TrimSpace(s[:from]), t, true
	}
}

// parseDate reads "· <Mon> <D>[, <YYYY>] [<comments>]". Of several counts after the date the last is that of the comments.
func parseDate(s string) (tail, bool) {
	t := tail{comments: document.Unknown}
	f := strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f', '\u2009', '·', '•', '‧', '∙', '⋅', '|':
			return true
		}
		return false
	})
	if len(f) < 2 || len(f[0]) < 3 {
		return t, false
	}
	month, ok := months[strings.ToLower(f[0][:3])]
	if !ok || len(f[0]) > 9 {
		return t, false
	}
	day, ok := count(strings.TrimRight(f[1], ","))
	if !ok || day < 1 || day > 31 {
		return t, false
	}
	t.date = document.Date{Month: month, Day: day}
	rest := f[2:]
	if len(rest) > 0 && (strings.HasSuffix(f[1], ",") || len(rest[0]) == 4) {
		if year, ok := count(strings.TrimRight(rest[0], ",")); ok && year >= 1900 && year < 2200 {
			t.date.Year = year
			rest = rest[1:]
		} else if strings.HasSuffix(f[1], ",") {
			return t, false
		}
	}
	for _, w := range rest {
		n, ok := count(w)
		switch {
		case ok:
			t.comments = n
		case strings.HasPrefix(strings.ToLower(w), "comment"):
		default:
			return t, false
		}
	}
	return t, true
}

// count reads a number of up to nine digits, with commas, or with k for thousands.
func count(s string) (int, bool) {
	n, digits := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			if digits++; digits > 9 {
				return 0, false
			}
			n = n*10 + int(c-'0')
		case c == ',' && digits > 0 && len(s)-i == 4:
		case (c == 'k' || c == 'K') && digits > 0 && i == len(s)-1 && n < 1e5:
			return n * 1000, true
		default:
			return 0, false
		}
	}
	return n, digits > 0
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}
