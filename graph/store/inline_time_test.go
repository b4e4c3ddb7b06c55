package store

import (
	"testing"

	"sett/graph/rdf"
)

func TestDaysAreReadFromTheIdsOfDates(t *testing.T) {
	for _, c := range []struct {
		text, datatype   string
		year, month, day int
		ok               bool
	}{
		{"2024-02-29", "date", 2024, 2, 29, true},
		{"0001-01-01", "date", 1, 1, 1, true},
		{"9999-12-31", "date", 9999, 12, 31, true},
		{"1999-12-31T23:59:59.5Z", "dateTime", 1999, 12, 31, true},
		{"2000-03-01T00:00:00", "dateTime", 2000, 3, 1, true},
		{"2000", "gYear", 0, 0, 0, false},
		{"2000", "integer", 0, 0, 0, false},
	} {
		id, inline := Inline(rdf.NewLiteral(c.text, rdf.XSDNS+c.datatype))
		if !inline {
			t.Errorf("%s is not inlined", c.text)
		}
		if y, m, d, ok := id.Day(); y != c.year || m != c.month || d != c.day || ok != c.ok {
			t.Errorf("%s: %d-%d-%d, %v", c.text, y, m, d, ok)
		}
	}
}
