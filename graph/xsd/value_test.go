package xsd_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sett/graph/rdf"
	"sett/graph/xsd"
)

// lexicals are generators of lexical forms by datatype, well-formed for the most part.
var lexicals = map[string]*rapid.Generator[string]{
	"integer":           rapid.StringMatching(`[+-]?[0-9]{1,22}`),
	"byte":              rapid.StringMatching(`-?[0-9]{1,3}`),
	"decimal":           rapid.StringMatching(`[+-]?[0-9]{0,20}\.?[0-9]{0,22}`),
	"double":            rapid.StringMatching(`[+-]?[0-9]{1,3}(\.[0-9]{1,3})?([eE]-?[0-9]{1,2})?|INF|-INF|NaN`),
	"float":             rapid.StringMatching(`[+-]?[0-9]{1,3}(\.[0-9]{1,3})?([eE]-?[0-9])?|INF|NaN`),
	"boolean":           rapid.SampledFrom([]string{"true", "false", "0", "1", "maybe"}),
	"dateTime":          rapid.StringMatching(`-?(20[0-2][0-9]|12345)-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]0[0-9]:[0-5]0)?`),
	"date":              rapid.StringMatching(`20[0-2][0-9]-0[1-9]-[0-2][0-9](Z|[+-]1[0-3]:00)?`),
	"time":              rapid.StringMatching(`[01][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-]0[0-9]:30)?`),
	"gYear":             rapid.StringMatching(`-?[12][0-9]{3}Z?`),
	"gMonthDay":         rapid.StringMatching(`--0[1-9]-[0-2][0-9]`),
	"duration":          rapid.StringMatching(`-?P([0-9]Y)?([0-9]{1,2}M)?([0-9]{1,3}D)?(T[0-9]{1,2}H([0-9]\.[0-9]S)?)?`),
	"dayTimeDuration":   rapid.StringMatching(`-?P[0-9]{1,3}D(T[0-9]{1,2}H([0-9]\.[0-9]S)?)?`),
	"yearMonthDuration": rapid.StringMatching(`-?P[0-9]{1,3}Y([0-9]M)?`),
	"unknown":           rapid.StringMatching(`[a-c]{1,2}`),
}

func literal() *rapid.Generator[rdf.Term] {
	return rapid.Custom(func(t *rapid.T) rdf.Term {
		names := []string{"integer", "byte", "decimal", "double", "float", "boolean", "dateTime", "date", "time", "gYear", "gMonthDay", "duration", "dayTimeDuration", "yearMonthDuration", "unknown"}
		name := rapid.SampledFrom(names).Draw(t, "type")
		return rdf.NewLiteral(lexicals[name].Draw(t, "lexical"), rdf.XSDNS+name)
	})
}

func term() *rapid.Generator[rdf.Term] {
	text := rapid.StringMatching(`[ab]{0,2}`)
	return rapid.OneOf(
		literal(), literal(), number(),
		rapid.Map(text, rdf.NewString), rapid.Map(text, rdf.NewIRI), rapid.Map(text, rdf.NewBlank),
		rapid.Map(text, func(s string) rdf.Term { return rdf.NewLangString(s, "en") }),
		rapid.Just(rdf.Term{}),
		rapid.Custom(func(t *rapid.T) rdf.Term {
			return rdf.NewTripleTerm(rdf.NewIRI(text.Draw(t, "s")), rdf.NewIRI("p"), literal().Draw(t, "o"))
		}),
	)
}

// number draws numbers that are near each other, so that ties and promotions meet.
func number() *rapid.Generator[rdf.Term] {
	return rapid.Custom(func(t *rapid.T) rdf.Term {
		dt := rapid.SampledFrom([]string{rdf.XSDInteger, rdf.XSDDecimal, rdf.XSDDouble, rdf.XSDFloat}).Draw(t, "type")
		n := rapid.SampledFrom([]string{"0", "1", "9007199254740992", "9007199254740993", "9007199254740994", "16777217", "-1"}).Draw(t, "n")
		if dt != rdf.XSDInteger && rapid.Bool().Draw(t, "fraction") {
			n += rapid.SampledFrom([]string{".0", ".1", ".5", ".25"}).Draw(t, "frac")
		}
		return rdf.NewLiteral(n, dt)
	})
}

func TestOrderIsTotalAndTransitive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := term().Draw(t, "a"), term().Draw(t, "b"), term().Draw(t, "c")
		ab, bc, ac := xsd.Order(a, b), xsd.Order(b, c), xsd.Order(a, c)
		if ab != -xsd.Order(b, a) {
			t.Fatalf("Order(%s, %s) = %d is not antisymmetric", a, b, ab)
		}
		if (ab == 0) != a.Equal(b) {
			t.Fatalf("Order(%s, %s) = %d", a, b, ab)
		}
		if ab <= 0 && bc <= 0 && ac > 0 {
			t.Fatalf("%s ≤ %s ≤ %s, but not the first and the last", a, b, c)
		}
	})
}

func TestOrderAgreesWithLessThan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := term().Draw(t, "a"), term().Draw(t, "b")
		less, err := xsd.Less(xsd.FromTerm(a), xsd.FromTerm(b))
		if err == nil && less && xsd.Order(a, b) >= 0 {
			t.Fatalf("%s < %s, but not in ORDER BY", a, b)
		}
	})
}

func TestPrintedValuesReadBackEqual(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		term := literal().Draw(t, "term")
		v := xsd.FromTerm(term)
		if !v.Term().Equal(term) {
			t.Fatalf("%s came back as %s", term, v)
		}
		if v.Kind() >= xsd.Other {
			return
		}
		// A cast from a string prints afresh.
		w, err := xsd.Cast(term.Datatype(), xsd.NewString(term.Value()))
		if err != nil {
			t.Fatalf("cast of %s: %v", term, err)
		}
		again := xsd.FromTerm(w.Term())
		if !xsd.SameValue(v, again) || again.Kind() != v.Kind() {
			t.Fatalf("%s printed as %s", term, w)
		}
	})
}

func TestKeysSayWhatEqualSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := xsd.FromTerm(term().Draw(t, "a")), xsd.FromTerm(term().Draw(t, "b"))
		ka, oka := a.Key()
		kb, okb := b.Key()
		if !oka || !okb {
			return
		}
		if same, err := xsd.Equal(a, b); err != nil || same != (ka == kb) {
			t.Fatalf("%s = %s: %v, %v; keys the same: %v", a, b, same, err, ka == kb)
		}
	})
}

func TestArithmeticLaws(t *testing.T) {
	t.Parallel()
	exact := rapid.Custom(func(t *rapid.T) rdf.Term {
		name := rapid.SampledFrom([]string{"integer", "decimal"}).Draw(t, "type")
		return rdf.NewLiteral(lexicals[name].Draw(t, "lexical"), rdf.XSDNS+name)
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := xsd.FromTerm(literal().Draw(t, "a")), xsd.FromTerm(literal().Draw(t, "b"))
		for name, op := range map[string]func(a, b xsd.Value) (xsd.Value, error){"+": xsd.Add, "*": xsd.Mul} {
			x, err1 := op(a, b)
			y, err2 := op(b, a)
			if (err1 == nil) != (err2 == nil) || err1 == nil && !xsd.SameTerm(x, y) {
				t.Fatalf("%s %s %s = %s, %v; reversed %s, %v", a, name, b, x, err1, y, err2)
			}
			if err1 != nil && !errors.Is(err1, xsd.ErrType) {
				t.Fatalf("%v is not a type error", err1)
			}
		}
		if _, err := xsd.Div(a, b); err != nil && !errors.Is(err, xsd.ErrType) {
			t.Fatal(err)
		}
		c, d := xsd.FromTerm(exact.Draw(t, "c")), xsd.FromTerm(exact.Draw(t, "d"))
		sum, err := xsd.Add(c, d)
		if err != nil {
			return // one of them is ill-typed
		}
		back, err := xsd.Sub(sum, d)
		if same, _ := xsd.Equal(back, c); err != nil || !same {
			t.Fatalf("%s + %s - %s = %s, %v", c, d, d, back, err)
		}
	})
}

func TestDurationsShiftTimes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := xsd.FromTerm(rdf.NewLiteral(lexicals["dateTime"].Draw(t, "a"), rdf.XSDDateTime))
		d := xsd.FromTerm(rdf.NewLiteral(lexicals["dayTimeDuration"].Draw(t, "d"), rdf.XSDNS+"dayTimeDuration"))
		b, err := xsd.Add(a, d)
		if err != nil {
			return
		}
		span, err := xsd.Sub(b, a)
		if same, _ := xsd.Equal(span, d); err != nil || !same {
			t.Fatalf("%s + %s = %s; difference %s, %v", a, d, b, span, err)
		}
	})
}

func TestEveryFunctionSurvivesEveryArgument(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := &xsd.Context{Base: "http://a/", Rand: rand.New(rand.NewPCG(1, 2))}
		args := rapid.SliceOfN(term(), 4, 4).Draw(t, "arguments")
		for _, f := range xsd.Functions() {
			for n := f.Min; n <= f.Max || f.Max < 0 && n <= 4; n++ {
				var values []xsd.Value
				for _, a := range args[:n] {
					values = append(values, xsd.FromTerm(a))
				}
				v, err := f.Fn(ctx, values)
				if err != nil && !errors.Is(err, xsd.ErrType) {
					t.Fatalf("%s%v: %v", f.Name, args[:n], err)
				}
				if err == nil && v.IsNone() {
					t.Fatalf("%s%v: no value and no error", f.Name, args[:n])
				}
			}
		}
	})
}

func TestUUIDHasItsShapeAndRandomIsRepeatable(t *testing.T) {
	t.Parallel()
	shape := regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	var seen []string
	for range 2 {
		ctx := &xsd.Context{Rand: rand.New(rand.NewPCG(7, 7))}
		uuid, _ := xsd.LookupFunction("uuid")
		random, _ := xsd.LookupFunction("RAND")
		u, _ := uuid.Fn(ctx, nil)
		r, _ := random.Fn(ctx, nil)
		if !shape.MatchString(u.Lexical()) {
			t.Errorf("%s", u)
		}
		seen = append(seen, u.String()+r.String())
	}
	if seen[0] != seen[1] {
		t.Errorf("%s, then %s", seen[0], seen[1])
	}
}

func TestBackReferenceEndsByTimeout(t *testing.T) {
	if testing.Short() {
		t.Skip("takes as long as the limit")
	}
	t.Parallel()
	f, _ := xsd.LookupFunction("REGEX")
	_, err := f.Fn(new(xsd.Context), []xsd.Value{xsd.NewString(strings.Repeat("a", 60) + "!"), xsd.NewString(`^(a*)*(a*)*\1$`)})
	if !errors.Is(err, xsd.ErrTimeout) {
		t.Errorf("got %v, want %v", err, xsd.ErrTimeout)
	}
}

func TestHotPathsDoNotAllocate(t *testing.T) {
	pairs := [][2]rdf.Term{
		{rdf.NewInteger(1), rdf.NewInteger(2)},
		{rdf.NewLiteral("1.5", rdf.XSDDecimal), rdf.NewLiteral("2.25", rdf.XSDDecimal)},
		{rdf.NewLiteral("1.5", rdf.XSDDecimal), rdf.NewLiteral("2e0", rdf.XSDDouble)},
		{rdf.NewLiteral("2024-01-01", rdf.XSDDate), rdf.NewLiteral("2024-01-02", rdf.XSDDate)},
		{rdf.NewString("a"), rdf.NewString("b")},
	}
	for _, p := range pairs {
		n := testing.AllocsPerRun(100, func() {
			a, b := xsd.FromTerm(p[0]), xsd.FromTerm(p[1])
			if _, err := xsd.Compare(a, b); err != nil {
				t.Fatal(err)
			}
			if _, err := xsd.Equal(a, b); err != nil {
				t.Fatal(err)
			}
			xsd.OrderValues(a, b)
			if a.IsNumeric() {
				if _, err := xsd.Add(a, b); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := xsd.Equal(a, xsd.NewBoolean(true)); err != nil {
				t.Fatal(err)
			}
		})
		if n != 0 {
			t.Errorf("%s and %s: %v allocations", p[0], p[1], n)
		}
	}
}

// FuzzLexical reads any text as any datatype: what is well-typed prints canonically and reads back as the same value.
func FuzzLexical(f *testing.F) {
	for i, s := range []string{"-007.50", "1e-5", "2024-02-29T24:00:00+14:00", "-P1Y2M3DT4H5M6.789S", "--02-29Z", "99999999999999999999", "INF", " true "} {
		f.Add(i, s)
	}
	var types []string
	for _, fn := range xsd.Functions() {
		if strings.HasPrefix(fn.Name, rdf.XSDNS) {
			types = append(types, fn.Name)
		}
	}
	f.Fuzz(func(t *testing.T, which int, s string) {
		dt := types[uint(which)%uint(len(types))]
		v := xsd.FromTerm(rdf.NewLiteral(s, dt))
		w, err := xsd.Cast(dt, xsd.NewString(s))
		if (err == nil) != (v.Kind() != xsd.Invalid) {
			t.Fatalf("%q^^%s: %v, but cast gives %v", s, dt, v.Kind(), err)
		}
		if err != nil {
			return
		}
		again := xsd.FromTerm(rdf.NewLiteral(w.Lexical(), dt))
		if !xsd.SameValue(v, again) || again.Term().Value() != w.Lexical() {
			t.Fatalf("%q^^%s printed as %q", s, dt, w.Lexical())
		}
		if twice, err := xsd.Cast(dt, xsd.NewString(w.Lexical())); err != nil || twice.Lexical() != w.Lexical() {
			t.Fatalf("%q is not canonical: %v, %v", w.Lexical(), twice, err)
		}
	})
}

func FuzzRegexp(f *testing.F) {
	for _, s := range []string{`^(a|b)*\1$`, `[a-z-[aeiou]]{2,3}?`, `\p{Lu}\P{IsGreek}\i\c\w\W`, `(?:x)+.`, `\d[^\s-]`} {
		f.Add(s, "smix", "abab", "$1")
	}
	regex, _ := xsd.LookupFunction("REGEX")
	replace, _ := xsd.LookupFunction("REPLACE")
	f.Fuzz(func(t *testing.T, pattern, flags, text, with string) {
		if len(pattern) > 200 || len(text) > 200 {
			return
		}
		args := []xsd.Value{xsd.NewString(text), xsd.NewString(pattern), xsd.NewString(with), xsd.NewString(flags)}
		_, err1 := replace.Fn(new(xsd.Context), args)
		_, err2 := regex.Fn(new(xsd.Context), []xsd.Value{args[0], args[1], args[3]})
		for _, err := range []error{err1, err2} {
			if err != nil && !errors.Is(err, xsd.ErrType) && !errors.Is(err, xsd.ErrTimeout) {
				t.Fatal(err)
			}
			if err != nil && strings.Contains(err.Error(), "error parsing regexp") && !strings.Contains(err.Error(), "too large") && !strings.Contains(err.Error(), "nests too") {
				t.Fatalf("the translation of %q is wrong: %v", pattern, err)
			}
		}
	})
}

func ExampleAdd() {
	sum, err := xsd.Add(xsd.NewInteger(1), xsd.FromTerm(rdf.NewLiteral("2.5", rdf.XSDDecimal)))
	fmt.Println(sum, err)
	now := xsd.NewDateTime(time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC))
	later, err := xsd.Add(now, xsd.FromTerm(rdf.NewLiteral("P1M", rdf.XSDNS+"yearMonthDuration")))
	fmt.Println(later.Lexical(), err)
	// Output:
	// "3.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <nil>
	// 2024-02-29T00:00:00Z <nil>
}

// BenchmarkOperators: go test -bench Operators ./graph/xsd
func BenchmarkOperators(b *testing.B) {
	for _, c := range []struct {
		name string
		a, b rdf.Term
	}{
		{"integer", rdf.NewInteger(12345), rdf.NewInteger(678)},
		{"decimal", rdf.NewLiteral("12.345", rdf.XSDDecimal), rdf.NewLiteral("6.78", rdf.XSDDecimal)},
		{"double", rdf.NewLiteral("1.2345e3", rdf.XSDDouble), rdf.NewLiteral("6.78e0", rdf.XSDDouble)},
		{"date", rdf.NewLiteral("2024-02-29", rdf.XSDDate), rdf.NewLiteral("2023-12-31", rdf.XSDDate)},
		{"dateTime", rdf.NewLiteral("2024-02-29T12:00:00Z", rdf.XSDDateTime), rdf.NewLiteral("2023-12-31T01:02:03Z", rdf.XSDDateTime)},
	} {
		x, y := xsd.FromTerm(c.a), xsd.FromTerm(c.b)
		b.Run("read/"+c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				xsd.FromTerm(c.a)
			}
		})
		b.Run("less/"+c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				xsd.Less(x, y)
			}
		})
		if x.IsNumeric() {
			b.Run("add/"+c.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					xsd.Add(x, y)
				}
			})
			b.Run("div/"+c.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					xsd.Div(x, y)
				}
			})
		}
	}
}

// BenchmarkRegex: one pattern over many rows, as a FILTER has it.
func BenchmarkRegex(b *testing.B) {
	f, _ := xsd.LookupFunction("REGEX")
	args := []xsd.Value{xsd.NewString("Falcon Mamba 7B Technical Report"), xsd.NewString("mamba"), xsd.NewString("i")}
	ctx := new(xsd.Context)
	b.ReportAllocs()
	for b.Loop() {
		f.Fn(ctx, args)
	}
}
