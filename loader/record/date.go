package record

import (
	"strconv"
	"strings"
	"time"

	"sett/loader/document"
)

// layouts are the spellings of dates in exports of papers.
var layouts = []struct {
	layout string
	parts  int // 1: year; 2: and month; 3: and day
}{
	{"2006-01-02", 3}, {time.RFC3339, 3}, {"2006-01-02 15:04:05", 3}, {"2006-01-02T15:04:05", 3},
	{"Mon, 2 Jan 2006 15:04:05 MST", 3}, {"2006/01/02", 3}, {"2006/1/2", 3}, {"2 Jan 2006", 3}, {"2 January 2006", 3},
	{"Jan 2, 2006", 3}, {"January 2, 2006", 3}, {"20060102", 3},
	{"2006-01", 2}, {"Jan 2006", 2}, {"January 2006", 2},
	{"2006", 1}, {"2006.0", 1},
}

// Date reads a date in one of the spellings that exports of papers use, from 2024 to Mon, 2 Apr 2007 19:18:42 GMT; parts
// that it does not state are 0. It returns false for another text, and for years before 1000 or after 9999.
func Date(s string) (document.Date, bool) {
	s = strings.TrimSpace(s)
	for _, l := range layouts {
		t, err := time.Parse(l.layout, s)
		if err != nil || t.Year() < 1000 {
			continue
		}
		d := document.Date{Year: t.Year()}
		if l.parts > 1 {
			d.Month = int(t.Month())
		}
		if l.parts > 2 {
			d.Day = t.Day()
		}
		return d, true
	}
	return document.Date{}, false
}

// ArXivDate returns year and month of an arXiv identifier of either style: 2402.19173, hep-ph/9901001.
func ArXivDate(id string) (document.Date, bool) {
	id = withoutVersion(id)
	old := false
	if _, number, ok := strings.Cut(id, "/"); ok {
		id, old = number, true
	} else if i := strings.IndexByte(id, '.'); i != 4 {
		return document.Date{}, false
	}
	if len(id) < 7 || strings.Trim(id, "0123456789.") != "" {
		return document.Date{}, false
	}
	year, _ := strconv.Atoi(id[:2])
	month, _ := strconv.Atoi(id[2:4])
	if month < 1 || month > 12 {
		return document.Date{}, false
	}
	year += 2000
	if old && year >= 2091 {
		year -= 100
	}
	return document.Date{Year: year, Month: month}, true
}
