package cayley

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"sett/graph/rdf"
)

// ErrValue says that a value is of a type that is neither one of package quad nor [TripleTerm].
var ErrValue = errors.New("no term for the value")

// TripleTerm is a triple term of RDF 1.2 as a value, which Cayley has none for. Formats of Cayley's that list the types
// they know, such as pquads, do not write it.
type TripleTerm struct{ term rdf.Term }

// String returns the term as N-Triples 1.2 writes it.
func (t TripleTerm) String() string { return t.term.String() }

// Native returns the value itself.
func (t TripleTerm) Native() interface{} { return t }

// Equal reports whether a value is the same triple term.
func (t TripleTerm) Equal(v quad.Value) bool {
	u, ok := v.(TripleTerm)
	return ok && t.term.Equal(u.term)
}

// directionMark stands between a language and a base direction in N-Triples 1.2, and in quad.LangString.Lang here.
const directionMark = "--"

// Term returns the term of a value; the zero Term for nil. Errors: ErrValue.
func Term(v quad.Value) (rdf.Term, error) {
	switch v := v.(type) {
	case nil:
		return rdf.Term{}, nil
	case quad.IRI:
		return rdf.NewIRI(string(v)), nil
	case quad.BNode:
		return rdf.NewBlank(string(v)), nil
	case quad.String:
		return rdf.NewString(string(v)), nil
	case quad.LangString:
		return langTerm(v), nil
	case quad.TypedString:
		return rdf.NewLiteral(string(v.Value), string(v.Type)), nil
	case quad.Int:
		return rdf.NewInteger(int64(v)), nil
	case quad.Float:
		return rdf.NewLiteral(doubleText(float64(v)), rdf.XSDDouble), nil
	case quad.Bool:
		return rdf.NewBoolean(bool(v)), nil
	case quad.Time:
		return rdf.NewLiteral(timeText(time.Time(v)), rdf.XSDDateTime), nil
	case TripleTerm:
		return v.term, nil
	}
	return rdf.Term{}, fmt.Errorf("%w: %T", ErrValue, v)
}

func langTerm(v quad.LangString) rdf.Term {
	lang, direction, ok := strings.Cut(v.Lang, directionMark)
	switch {
	case lang == "":
		return rdf.NewString(string(v.Value))
	case ok && direction == rdf.LTR.String():
		return rdf.NewDirLangString(string(v.Value), lang, rdf.LTR)
	case ok && direction == rdf.RTL.String():
		return rdf.NewDirLangString(string(v.Value), lang, rdf.RTL)
	}
	return rdf.NewLangString(string(v.Value), v.Lang)
}

// Value returns the value of a term, nil for the zero Term. A literal becomes a quad.Int, Float, Bool or Time only if
// Term gives its very spelling back; otherwise it is a quad.TypedString.
func Value(t rdf.Term) quad.Value {
	switch t.Kind() {
	case rdf.Undef:
		return nil
	case rdf.IRI:
		return quad.IRI(t.Value())
	case rdf.Blank:
		return quad.BNode(t.Value())
	case rdf.TripleTerm:
		return TripleTerm{t.Clone()}
	}
	if t.IsString() {
		return quad.String(t.Value())
	}
	if lang := t.Lang(); lang != "" {
		if d := t.Direction(); d != rdf.NoDirection {
			lang += directionMark + d.String()
		}
		return quad.LangString{Value: quad.String(t.Value()), Lang: lang}
	}
	return literalValue(t)
}

func literalValue(t rdf.Term) quad.Value {
	text := t.Value()
	switch t.Datatype() {
	case rdf.XSDInteger:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && strconv.FormatInt(n, 10) == text {
			return quad.Int(n)
		}
	case rdf.XSDDouble:
		if f, ok := parseDouble(text); ok && doubleText(f) == text {
			return quad.Float(f)
		}
	case rdf.XSDBoolean:
		if text == "true" || text == "false" {
			return quad.Bool(text == "true")
		}
	case rdf.XSDDateTime:
		if at, err := time.Parse(time.RFC3339Nano, text); err == nil && timeText(at) == text {
			return quad.Time(at)
		}
	}
	return quad.TypedString{Value: quad.String(text), Type: quad.IRI(t.Datatype())}
}

// doubleText returns the canonical form of XML Schema 1.1 §3.3.5: 1.0E1, INF.
func doubleText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "INF"
	case math.IsInf(f, -1):
		return "-INF"
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E")
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	n, err := strconv.Atoi(exponent)
	if err != nil {
		panic("cayley: exponent " + exponent) // FormatFloat writes no other
	}
	return mantissa + "E" + strconv.Itoa(n)
}

func parseDouble(s string) (float64, bool) {
	switch s {
	case "NaN":
		return math.NaN(), true
	case "INF":
		return math.Inf(1), true
	case "-INF":
		return math.Inf(-1), true
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// timeText returns an instant to the nanosecond, in UTC.
func timeText(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// quadTerms returns the terms of a quad. Errors: ErrValue, and a missing subject, predicate or object.
func quadTerms(q quad.Quad) (terms [4]rdf.Term, err error) {
	for i, d := range directions {
		if terms[i], err = Term(q.Get(d)); err != nil {
			return terms, fmt.Errorf("%s of %v: %w", d, q, err)
		}
		if terms[i].IsZero() && d != quad.Label {
			return terms, fmt.Errorf("%w: the quad %v has no %s", ErrValue, q, d)
		}
	}
	return terms, nil
}

// directions are Cayley's names of a row's columns, in the order of store.S, P, O and G.
var directions = [4]quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label}
