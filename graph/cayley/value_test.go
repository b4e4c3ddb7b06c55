package cayley_test

import (
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"pgregory.net/rapid"

	"sett/graph/cayley"
	"sett/graph/rdf"
)

// terms draws any term but a triple term.
func terms(t *rapid.T) rdf.Term {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "5", "05", "-7", "1.0E1", "1E1", "INF", "NaN", "true", "1", "2026-11-24T04:00:00Z",
		"2026-11-24T04:00:00.5Z", "2026-11-24T04:00:00.50Z", "2026-11-24T04:00:00+02:00", "2026-11-24T04:00:00", "9223372036854775808"})).Draw(t, "text")
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		return rdf.NewIRI(text)
	case 1:
		return rdf.NewBlank(text)
	case 2:
		return rdf.NewString(text)
	case 3:
		direction := rapid.SampledFrom([]rdf.Direction{rdf.NoDirection, rdf.LTR, rdf.RTL}).Draw(t, "direction")
		return rdf.NewDirLangString(text, rapid.SampledFrom([]string{"en", "de-ch"}).Draw(t, "language"), direction)
	}
	return rdf.NewLiteral(text, rapid.SampledFrom([]string{rdf.XSDInteger, rdf.XSDDouble, rdf.XSDBoolean, rdf.XSDDateTime, rdf.XSDDecimal,
		rdf.XSDDate, rdf.XSDString, "http://example.org/type"}).Draw(t, "datatype"))
}

func TestTermToValueAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := terms(t)
		v := cayley.Value(want)
		if got, err := cayley.Term(v); err != nil || !got.Equal(want) {
			t.Fatalf("%s became %#v, and that %s (%v)", want, v, got, err)
		}
	})
}

func TestValueToTermAndBack(t *testing.T) {
	for _, want := range []quad.Value{
		nil, quad.IRI("a"), quad.BNode("b"), quad.String("c"), quad.String(""), quad.LangString{Value: "d", Lang: "en"},
		quad.LangString{Value: "e", Lang: "ar--rtl"}, quad.TypedString{Value: "10", Type: "int"},
		quad.Int(-1 << 63), quad.Int(1<<63 - 1), quad.Float(-12345e-6), quad.Float(1e300), quad.Float(0), quad.Bool(true), quad.Bool(false),
		quad.Time(time.Date(2026, 11, 24, 4, 5, 6, 789, time.UTC)),
	} {
		term, err := cayley.Term(want)
		if err != nil {
			t.Fatal(err)
		}
		if got := cayley.Value(term); got != want {
			t.Errorf("%#v became %s, and that %#v", want, term, got)
		}
	}
}

func TestTripleTermsAreCarried(t *testing.T) {
	a := rdf.NewIRI("a")
	want := rdf.NewTripleTerm(a, a, rdf.NewString("x"))
	v := cayley.Value(want)
	if got, err := cayley.Term(v); err != nil || !got.Equal(want) {
		t.Errorf("%s became %s (%v)", want, got, err)
	}
	if v.String() != want.String() || !v.(cayley.TripleTerm).Equal(cayley.Value(want)) {
		t.Errorf("%s is shown as %s, or is not itself", want, v)
	}
}
