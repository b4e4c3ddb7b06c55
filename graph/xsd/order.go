package xsd

import (
	"cmp"
	"strings"

	"sett/graph/rdf"
)

// Order is the total order of ORDER BY (SPARQL 1.1 §15.1): unbound, blank nodes, IRIs, literals, triple terms. Where
// the operator < orders two literals, Order agrees; elsewhere it puts literals by group (numbers, booleans, strings,
// strings with a language, dates, times and durations by kind, ill-typed, unknown datatypes), and what is equal in
// value by its spelling. It returns -1, 0 or 1; 0 for the same term only.
func Order(a, b rdf.Term) int { return OrderValues(FromTerm(a), FromTerm(b)) }

// OrderValues is [Order] on values. Cost: no allocation, but on numbers of different types that differ by less than a
// double resolves, on big ones, and on equal values of two spellings.
func OrderValues(a, b Value) int {
	if c := cmp.Compare(orderGroup[a.kind], orderGroup[b.kind]); c != 0 {
		return c
	}
	c := 0
	switch a.kind {
	case IRI, Blank, String:
		return strings.Compare(a.text, b.text)
	case LangString, Other, Invalid:
		c = strings.Compare(a.text, b.text)
	case Boolean:
		c = cmp.Compare(a.n, b.n)
	case Integer, Decimal, Float, Double:
		c = orderNumbers(&a, &b)
	case Duration:
		c = orderDurations(&a, &b)
	case TripleTerm:
		t, u := a.ext.term.Triple(), b.ext.term.Triple()
		for _, p := range [3][2]rdf.Term{{t.S, u.S}, {t.P, u.P}, {t.O, u.O}} {
			if c := Order(p[0], p[1]); c != 0 {
				return c
			}
		}
		return 0
	case None:
		return 0
	default:
		if c = compareInstants(&a, &b); c == 0 {
			c = cmp.Compare(a.zone, b.zone)
		}
	}
	if c != 0 {
		return c
	}
	if a.kind != b.kind {
		return cmp.Compare(a.kind, b.kind)
	}
	if a.text == b.text && a.typ == b.typ && a.aux == b.aux && (a.text != "" || a.kind == LangString || a.kind >= Other) {
		return 0
	}
	return a.Term().Compare(b.Term())
}

// orderGroup is the place of a kind in ORDER BY; numbers share one.
var orderGroup = [...]uint8{
	None: 0, Blank: 1, IRI: 2,
	Integer: 3, Decimal: 3, Float: 3, Double: 3, Boolean: 4, String: 5, LangString: 6,
	DateTime: 7, Date: 8, Time: 9, GYear: 10, GYearMonth: 11, GMonth: 12, GMonthDay: 13, GDay: 14, Duration: 15,
	Invalid: 16, Other: 17, TripleTerm: 18,
}

// orderNumbers orders numbers by their exact value, NaN first: promotion to double as < does it would not be
// transitive among large integers.
func orderNumbers(a, b *Value) int {
	if a.kind <= Decimal && b.kind <= Decimal {
		return compareExact(a, b)
	}
	x, y := a.toFloat64(), b.toFloat64()
	switch {
	case x != x || y != y:
		return cmp.Compare(x, y) // NaN below all
	case x != y:
		return cmp.Compare(x, y)
	case a.kind >= Float && b.kind >= Float || x-x != 0:
		return cmp.Compare(isInfinite(a), isInfinite(b)) * int(cmp.Compare(x, 0))
	}
	return compareToFloat(a, b)
}

// isInfinite is 1 for an infinite float and 0 for finite numbers, however large.
func isInfinite(v *Value) int {
	if v.kind >= Float && v.float()-v.float() != 0 {
		return 1
	}
	return 0
}

// orderDurations orders by average length (a month has 30.436875 days), then months.
func orderDurations(a, b *Value) int {
	am, as := a.durationParts()
	bm, bs := b.durationParts()
	const monthSeconds = 2629746
	if am != bm {
		x, y := float64(am)*monthSeconds+float64(as), float64(bm)*monthSeconds+float64(bs)
		if c := cmp.Compare(x, y); c != 0 {
			return c
		}
		return cmp.Compare(am, bm)
	}
	if c := cmp.Compare(as, bs); c != 0 {
		return c
	}
	return cmp.Compare(a.sub, b.sub)
}
