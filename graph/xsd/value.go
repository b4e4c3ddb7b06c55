package xsd

import (
	"math"

	"github.com/cockroachdb/apd/v3"

	"sett/graph/rdf"
)

// Value is an RDF term with its value worked out. It is immutable, 56 bytes, and copied freely; integers, doubles,
// dates and short decimals are in it, without a pointer. The zero Value is no value: unbound.
//
// A value made from a term keeps the term's spelling, a computed one has none until [Value.Term] prints it.
type Value struct {
	kind Kind
	typ  uint8 // place in datatypes; for LangString the rdf.Direction
	zone int16 // minutes east of UTC, or noZone; dates and times only
	sub  int32 // nanoseconds of a date, time or duration; digits behind the point of a Decimal
	n    int64 // Boolean: 0, 1. Integer. Decimal: coefficient. Float, Double: bits of the float64. Dates and times:
	// seconds from 1970-01-01T00:00:00 to the start, in UTC if a zone is given. Duration: seconds (months if yearMonth).
	text string // IRI, label, lexical form as read; "" if computed (strings: the value)
	aux  string // language tag, or datatype of Other
	ext  *extra
}

// noZone marks dates and times without a time zone.
const noZone = math.MinInt16

// extra holds what does not fit.
type extra struct {
	num    apd.Decimal // Integer or Decimal beyond int64
	months int64       // Duration of type xsd:duration
	term   rdf.Term    // TripleTerm
}

// Kind returns what the value is.
func (v Value) Kind() Kind { return v.kind }

// IsNone reports whether v is no value.
func (v Value) IsNone() bool { return v.kind == None }

// IsNumeric reports whether v is a number.
func (v Value) IsNumeric() bool { return v.kind >= Integer && v.kind <= Double }

// IsLiteral reports whether v is a literal, well-typed or not.
func (v Value) IsLiteral() bool {
	return v.kind >= String && v.kind != TripleTerm
}

// FromTerm works out the value of a term. It never fails: a literal of a datatype it does not know has kind Other, one
// whose lexical form is wrong kind Invalid. It does not allocate but for numbers beyond 64 bits, general durations
// and triple terms. Its strings are the term's.
func FromTerm(t rdf.Term) Value {
	switch t.Kind() {
	case rdf.IRI:
		return Value{kind: IRI, text: t.Value()}
	case rdf.Blank:
		return Value{kind: Blank, text: t.Value()}
	case rdf.TripleTerm:
		return Value{kind: TripleTerm, ext: &extra{term: t}}
	case rdf.Literal:
		if t.IsString() {
			return Value{kind: String, text: t.Value()}
		}
		if t.Datatype() == rdf.RDFLangString || t.Datatype() == rdf.RDFDirLangString {
			if t.Lang() == "" { // a literal spelt with the datatype but without a tag
				return Value{kind: Other, text: t.Value(), aux: t.Datatype()}
			}
			return Value{kind: LangString, typ: uint8(t.Direction()), text: t.Value(), aux: t.Lang()}
		}
		dt := t.Datatype()
		typ, ok := datatypeOf(dt)
		if !ok {
			return Value{kind: Other, text: t.Value(), aux: dt}
		}
		return fromLexical(t.Value(), typ)
	}
	return Value{}
}

// fromLexical reads a lexical form of a datatype. White space is collapsed first (XML Schema Part 2 §4.3.6).
func fromLexical(lexical string, typ uint8) Value {
	v := Value{typ: typ, kind: datatypes[typ].kind}
	s := trimSpace(lexical)
	ok := false
	switch v.kind {
	case String:
		return Value{kind: String, text: lexical}
	case Boolean:
		switch s {
		case "true", "1":
			v.n, ok = 1, true
		case "false", "0":
			ok = true
		}
	case Integer:
		ok = v.readInteger(s)
	case Decimal:
		ok = v.readDecimal(s)
	case Float, Double:
		ok = v.readFloat(s)
	case Duration:
		ok = v.readDuration(s)
	default:
		ok = v.readDateTime(s)
	}
	if !ok {
		return Value{kind: Invalid, typ: typ, text: lexical}
	}
	v.text = lexical
	return v
}

// trimSpace cuts XML's white space at both ends.
func trimSpace(s string) string {
	for len(s) > 0 && isSpace(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// Constructors of values without a term.

// NewIRI returns an IRI.
func NewIRI(iri string) Value { return Value{kind: IRI, text: iri} }

// NewBlank returns the blank node with a label.
func NewBlank(label string) Value { return Value{kind: Blank, text: label} }

// NewString returns an xsd:string.
func NewString(s string) Value { return Value{kind: String, text: s} }

// NewLangString returns a string with a language and perhaps a direction. The tag is taken as it is: lower case.
func NewLangString(s, lang string, dir rdf.Direction) Value {
	return Value{kind: LangString, typ: uint8(dir), text: s, aux: lang}
}

// NewBoolean returns an xsd:boolean.
func NewBoolean(b bool) Value {
	v := Value{kind: Boolean, typ: tBoolean}
	if b {
		v.n = 1
	}
	return v
}

// NewInteger returns an xsd:integer.
func NewInteger(n int64) Value { return Value{kind: Integer, typ: tInteger, n: n} }

// NewDouble returns an xsd:double.
func NewDouble(f float64) Value {
	return Value{kind: Double, typ: tDouble, n: int64(math.Float64bits(f))}
}

// newFloat returns an xsd:float.
func newFloat(f float32) Value {
	return Value{kind: Float, typ: tFloat, n: int64(math.Float64bits(float64(f)))}
}

// float returns the number in a Float or Double.
func (v Value) float() float64 { return math.Float64frombits(uint64(v.n)) }

// Term returns the value as a term: the one it was read from, or, for a computed value, one in canonical spelling.
func (v Value) Term() rdf.Term {
	switch v.kind {
	case None:
		return rdf.Term{}
	case IRI:
		return rdf.NewIRI(v.text)
	case Blank:
		return rdf.NewBlank(v.text)
	case String:
		return rdf.NewString(v.text)
	case LangString:
		return rdf.NewDirLangString(v.text, v.aux, rdf.Direction(v.typ))
	case TripleTerm:
		return v.ext.term
	}
	return rdf.NewLiteral(v.Lexical(), v.Datatype())
}

// Datatype returns the IRI of a literal's datatype, "" for other kinds.
func (v Value) Datatype() string {
	switch v.kind {
	case None, IRI, Blank, TripleTerm:
		return ""
	case String:
		return rdf.XSDString
	case LangString:
		if v.typ != uint8(rdf.NoDirection) {
			return rdf.RDFDirLangString
		}
		return rdf.RDFLangString
	case Other:
		return v.aux
	}
	return datatypes[v.typ].iri
}

// Lexical returns a literal's lexical form, an IRI, or a blank node's label.
func (v Value) Lexical() string {
	if v.text != "" {
		return v.text
	}
	switch v.kind {
	case None, IRI, Blank, String, LangString, Other, Invalid:
		return ""
	case TripleTerm:
		return v.ext.term.String()
	}
	return string(v.appendLexical(make([]byte, 0, 32)))
}

// String returns the value's term in N-Triples.
func (v Value) String() string { return v.Term().String() }

// canonical returns a well-typed value's canonical spelling, whatever its own.
func (v Value) canonical() string {
	return string(v.appendLexical(make([]byte, 0, 32)))
}

// appendLexical prints the canonical lexical form of a well-typed literal other than strings.
func (v Value) appendLexical(b []byte) []byte {
	switch v.kind {
	case Boolean:
		if v.n == 1 {
			return append(b, "true"...)
		}
		return append(b, "false"...)
	case Integer:
		return v.appendInteger(b)
	case Decimal:
		return v.appendDecimal(b, true)
	case Float, Double:
		return v.appendFloat(b)
	case Duration:
		return v.appendDuration(b)
	}
	return v.appendDateTime(b)
}
