package xsd

import (
	"cmp"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"sett/graph/rdf"
)

// unordered is what compareNumbers returns when NaN is in play.
const unordered = 2

// Equal is the operator = (SPARQL 1.1 §17.3, §17.4.1.7, SPARQL 1.2 sameValue): equality of values where both types are
// known, of terms otherwise. Two literals that are not the same term, one of them of unknown type or ill-typed, are
// an error, and so are two times whose equality depends on a missing zone. Cost: no allocation but on big numbers and triple terms.
func Equal(a, b Value) (bool, error) {
	if a.IsNumeric() && b.IsNumeric() {
		return compareNumbers(&a, &b) == 0, nil
	}
	if a.kind == None || b.kind == None {
		return false, errUnbound
	}
	if a.kind != b.kind {
		if (a.isOpaque() && b.IsLiteral() && b.kind != LangString) || (b.isOpaque() && a.IsLiteral() && a.kind != LangString) {
			return false, errUnknown
		}
		return false, nil
	}
	switch a.kind {
	case IRI, Blank, String:
		return a.text == b.text, nil
	case LangString:
		return a.text == b.text && a.aux == b.aux && a.typ == b.typ, nil
	case Boolean:
		return a.n == b.n, nil
	case Duration:
		am, as := a.durationParts()
		bm, bs := b.durationParts()
		return am == bm && as == bs && a.sub == b.sub, nil
	case TripleTerm:
		return equalTriples(a.ext.term.Triple(), b.ext.term.Triple())
	case Other, Invalid:
		if a.text == b.text && a.aux == b.aux && a.typ == b.typ {
			return true, nil
		}
		return false, errUnknown
	}
	c, err := compareTimes(&a, &b)
	return c == 0, err
}

// Key stands for a value in a map.
type Key struct {
	kind Kind
	n    int64
	text string
}

// Key returns a key that v shares with exactly those values of its kind that are [Equal] to it; false for kinds whose equality takes
// more than that. Values of different kinds that have keys are not equal, and comparing them is no error.
func (v Value) Key() (Key, bool) {
	switch v.kind {
	case IRI, Blank, String:
		return Key{kind: v.kind, text: v.text}, true
	case Boolean:
		return Key{kind: v.kind, n: v.n}, true
	case Integer:
		return Key{kind: v.kind, n: v.n}, v.ext == nil
	}
	return Key{}, false
}

// isOpaque reports whether the value of a literal is not known.
func (v *Value) isOpaque() bool { return v.kind >= Other }

// equalTriples is = on the parts; a part that differs decides, even if another is an error.
func equalTriples(t, u rdf.Triple) (bool, error) {
	var failed error
	for _, p := range [3][2]rdf.Term{{t.S, u.S}, {t.P, u.P}, {t.O, u.O}} {
		same, err := Equal(FromTerm(p[0]), FromTerm(p[1]))
		if err == nil && !same {
			return false, nil
		}
		if err != nil {
			failed = err
		}
	}
	return failed == nil, failed
}

// SameTerm is the function sameTerm (SPARQL 1.1 §17.4.1.8).
func SameTerm(a, b Value) bool {
	if a.kind != b.kind || a.typ != b.typ {
		return false
	}
	switch a.kind {
	case IRI, Blank, String:
		return a.text == b.text
	case LangString, Other:
		return a.text == b.text && a.aux == b.aux
	case TripleTerm:
		return a.ext.term.Equal(b.ext.term)
	case None:
		return true
	}
	return a.Lexical() == b.Lexical()
}

// SameValue is the function sameValue (SPARQL 1.2): as [Equal], but an unknown equality is false and NaN is itself.
func SameValue(a, b Value) bool {
	if a.kind == None || b.kind == None {
		return a.kind == b.kind
	}
	if a.IsNumeric() && b.IsNumeric() && a.isNaN() && b.isNaN() {
		return true
	}
	same, err := Equal(a, b)
	return err == nil && same
}

func (v *Value) isNaN() bool { return v.kind >= Float && v.kind <= Double && v.float() != v.float() }

// Compare serves < > <= >=: it returns -1, 0 or 1 for numbers, strings, strings of one language and direction,
// booleans, dates, times and durations, each with its like; ErrType for others, and for orders that depend on a missing zone. With
// NaN in play the answer of each operator is false: Compare then returns 2. Cost: no allocation but on big numbers.
func Compare(a, b Value) (int, error) {
	if a.kind == Integer && b.kind == Integer && a.ext == nil && b.ext == nil {
		return cmp.Compare(a.n, b.n), nil
	}
	if a.IsNumeric() && b.IsNumeric() {
		return compareNumbers(&a, &b), nil
	}
	if a.kind != b.kind {
		return 0, errIncomparable
	}
	switch a.kind {
	case String:
		return strings.Compare(a.text, b.text), nil
	case Boolean:
		return cmp.Compare(a.n, b.n), nil
	case LangString:
		if a.aux == b.aux && a.typ == b.typ {
			return strings.Compare(a.text, b.text), nil
		}
	case Duration:
		return compareDurations(&a, &b)
	case DateTime, Date, Time, GYear, GYearMonth, GMonth, GMonthDay, GDay:
		return compareTimes(&a, &b)
	}
	return 0, errIncomparable
}

// Less is the operator <.
func Less(a, b Value) (bool, error) {
	c, err := Compare(a, b)
	return c == -1, err
}

// compareNumbers compares two numbers after promotion to the wider type.
func compareNumbers(a, b *Value) int {
	switch max(a.kind, b.kind) {
	case Integer, Decimal:
		return compareExact(a, b)
	case Float:
		return compareFloats(float64(float32(a.toFloat64())), float64(float32(b.toFloat64())))
	}
	return compareFloats(a.toFloat64(), b.toFloat64())
}

// compareExact compares integers and decimals.
func compareExact(a, b *Value) int {
	if a.ext == nil && b.ext == nil {
		if a.sub == b.sub {
			return cmp.Compare(a.n, b.n)
		}
		if x, y, _, ok := align(*a, *b); ok {
			return cmp.Compare(x, y)
		}
	}
	var x, y apd.Decimal
	return a.toDecimal(&x).Cmp(b.toDecimal(&y))
}

func compareFloats(x, y float64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	case x == y:
		return 0
	}
	return unordered
}

// indeterminate is the reach of a missing time zone: XML Schema 1.0 Part 2 §3.2.7.4.
const indeterminate = 14 * 3600

// compareTimes compares two values of one date or time kind on the time line.
func compareTimes(a, b *Value) (int, error) {
	c := compareInstants(a, b)
	if (a.zone == noZone) == (b.zone == noZone) {
		return c, nil
	}
	if far := a.n - b.n; far >= -indeterminate-1 && far <= indeterminate+1 {
		if nanos := far*1e9 + int64(a.sub-b.sub); nanos >= -indeterminate*1e9 && nanos <= indeterminate*1e9 {
			return 0, errZone
		}
	}
	return c, nil
}

// compareInstants compares with UTC for a missing zone.
func compareInstants(a, b *Value) int {
	if c := cmp.Compare(a.n, b.n); c != 0 {
		return c
	}
	return cmp.Compare(a.sub, b.sub)
}

// EBV is the effective boolean value (SPARQL 1.2 §17.2.2): of booleans, strings and numbers. All else is ErrType; so
// are ill-typed booleans and numbers, which SPARQL 1.1 took for false.
func EBV(v Value) (bool, error) {
	switch v.kind {
	case Boolean:
		return v.n == 1, nil
	case String:
		return v.text != "", nil
	case Integer, Decimal:
		return v.ext != nil || v.n != 0, nil
	case Float, Double:
		f := v.float()
		return f != 0 && f == f, nil
	}
	return false, errEBV
}
