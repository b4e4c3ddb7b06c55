package store

import (
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// Inline returns the id of a term whose value is its own id, and whether there is one. Only canonical lexical forms
// are inlined, so that InlineTerm(Inline(t)) is t to the letter; everything else goes to the dictionary.
// No cost beyond parsing; no allocation.
func Inline(t rdf.Term) (ID, bool) {
	if t.Kind() != rdf.Literal {
		return None, t.IsZero()
	}
	v := t.Value()
	if len(v) > 40 {
		return None, false
	}
	if t.IsString() {
		return inlineString(v)
	}
	if t.Lang() != "" || len(v) == 0 {
		return None, false
	}
	dt := t.Datatype()
	if !strings.HasPrefix(dt, rdf.XSDNS) {
		return None, false
	}
	switch dt[len(rdf.XSDNS):] {
	case "boolean":
		switch v {
		case "false":
			return MakeID(KindBoolean, 0), true
		case "true":
			return MakeID(KindBoolean, 1), true
		}
	case "integer":
		if n, ok := parseInteger(v); ok {
			return MakeID(KindInteger, uint64(n+integerBias)), true
		}
	case "decimal":
		if n, ok := parseDecimal(v); ok {
			return MakeID(KindDecimal, uint64(n+integerBias)), true
		}
	case "double":
		if p, ok := parseFloating(v, doubleDigits, doubleExponent); ok {
			return MakeID(KindDouble, p), true
		}
	case "float":
		if p, ok := parseFloating(v, floatDigits, floatExponent); ok {
			return MakeID(KindFloat, p), true
		}
	case "date":
		if d, rest, ok := parseDate(v); ok && rest == "" {
			return MakeID(KindDate, d), true
		}
	case "dateTime":
		if us, utc, ok := parseDateTime(v); ok {
			if utc {
				return MakeID(KindDateTime, us), true
			}
			return MakeID(KindDateTimeLocal, us), true
		}
	case "gYear":
		if len(v) == 4 {
			if y, ok := digits(v); ok && y > 0 {
				return MakeID(KindGYear, uint64(y)), true
			}
		}
	}
	return None, false
}

// InlineTerm returns the term of an inlined id, and the zero Term for any other id.
func InlineTerm(id ID) rdf.Term {
	p := id.Payload()
	var buf [48]byte
	b := buf[:0]
	switch id.Kind() {
	case KindString:
		n := int(p & 15)
		if n > inlineStringMax {
			return rdf.Term{}
		}
		for i := range n {
			b = append(b, byte(p>>(52-8*i)))
		}
		return rdf.NewString(string(b))
	case KindBoolean:
		return rdf.NewBoolean(p != 0)
	case KindInteger:
		return rdf.NewLiteral(string(strconv.AppendInt(b, int64(p)-integerBias, 10)), rdf.XSDInteger)
	case KindDecimal:
		return rdf.NewLiteral(string(appendDecimal(b, int64(p)-integerBias)), rdf.XSDDecimal)
	case KindDouble:
		return rdf.NewLiteral(string(appendFloating(b, p, doubleDigits, doubleExponent)), rdf.XSDDouble)
	case KindFloat:
		return rdf.NewLiteral(string(appendFloating(b, p, floatDigits, floatExponent)), rdf.XSDFloat)
	case KindDate:
		return rdf.NewLiteral(string(appendDate(b, p)), rdf.XSDDate)
	case KindDateTime:
		return rdf.NewLiteral(string(append(appendDateTime(b, p), 'Z')), rdf.XSDDateTime)
	case KindDateTimeLocal:
		return rdf.NewLiteral(string(appendDateTime(b, p)), rdf.XSDDateTime)
	case KindGYear:
		return rdf.NewLiteral(string(appendPadded(b, int(p), 4)), rdf.XSDGYear)
	}
	return rdf.Term{}
}

// inlineStringMax is how many bytes of text fit in a payload beside their count.
const inlineStringMax = 7

// inlineString packs the bytes from the left, 0 where there are none, and the length into the lowest four bits:
// order is then that of the bytes, and a string sorts before its extensions.
func inlineString(v string) (ID, bool) {
	if len(v) > inlineStringMax {
		return None, false
	}
	var p uint64
	for i := range len(v) {
		p |= uint64(v[i]) << (52 - 8*i)
	}
	return MakeID(KindString, p|uint64(len(v))), true
}
