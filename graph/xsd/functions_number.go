package xsd

import (
	"math"
	"strings"
	"time"

	"github.com/cockroachdb/apd/v3"
)

var numberFunctions = []Function{
	{Name: "ABS", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.4.1", Fn: fnAbs},
	{Name: "ROUND", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.4.2", Fn: rounding(roundHalfUp, apd.RoundHalfUp)},
	{Name: "CEIL", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.4.3", Fn: rounding(math.Ceil, apd.RoundCeiling)},
	{Name: "FLOOR", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.4.4", Fn: rounding(math.Floor, apd.RoundFloor)},
	{Name: "RAND", Section: "SPARQL 1.1 §17.4.4.5", Volatile: true, Fn: fnRand},
}

func fnAbs(_ *Context, a []Value) (Value, error) {
	v, err := Plus(a[0])
	if err != nil {
		return Value{}, err
	}
	negative := v.n < 0
	switch {
	case v.kind >= Float:
		negative = math.Signbit(v.float())
	case v.ext != nil:
		negative = v.ext.num.Negative
	}
	if negative {
		return Neg(v)
	}
	return v, nil
}

// roundHalfUp rounds to the nearest whole number, halves upwards (XPath fn:round).
func roundHalfUp(f float64) float64 {
	if math.Abs(f) >= 1<<52 || f != f {
		return f
	}
	r := math.Floor(f)
	if f-r >= 0.5 {
		r++
	}
	return math.Copysign(r, f) // -0.2 gives -0
}

// rounding makes a function that rounds to whole numbers and keeps the type.
func rounding(float func(float64) float64, mode apd.Rounder) func(*Context, []Value) (Value, error) {
	return func(_ *Context, a []Value) (Value, error) {
		v, err := Plus(a[0])
		if err != nil {
			return Value{}, err
		}
		switch v.kind {
		case Double:
			return NewDouble(float(v.float())), nil
		case Float:
			return newFloat(float32(float(v.float()))), nil
		case Decimal:
			return roundDecimal(v, mode)
		}
		return v, nil
	}
}

func roundDecimal(v Value, mode apd.Rounder) (Value, error) {
	if v.ext == nil {
		unit := pow10[v.sub]
		q := floorDiv(v.n, unit)
		r := v.n - q*unit
		if mode == apd.RoundCeiling && r > 0 || mode == apd.RoundHalfUp && r >= unit-r && r > 0 {
			q++
		}
		return decimal64(q, 0), nil
	}
	var d, half apd.Decimal
	v.toDecimal(&d)
	if mode == apd.RoundHalfUp { // apd's is away from zero
		half.SetFinite(5, -1)
		if _, err := exact.Add(&d, &d, &half); err != nil {
			return Value{}, errRange
		}
		mode = apd.RoundFloor
	}
	ctx := exact
	ctx.Precision, ctx.Rounding = maxDigits*2, mode
	if _, err := ctx.RoundToIntegralValue(&d, &d); err != nil {
		return Value{}, errRange
	}
	return exactOf(Decimal, &d)
}

func fnRand(c *Context, _ []Value) (Value, error) {
	return NewDouble(float64(c.uint64()>>11) / (1 << 53)), nil
}

var timeFunctions = []Function{
	{Name: "NOW", Section: "SPARQL 1.1 §17.4.5.1", Fn: fnNow},
	{Name: "YEAR", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.5.2", Fn: field(hasYear, func(c *civil) int64 { return c.year })},
	{Name: "MONTH", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.5.3", Fn: field(hasMonth, func(c *civil) int64 { return int64(c.month) })},
	{Name: "DAY", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.5.4", Fn: field(hasDay, func(c *civil) int64 { return int64(c.day) })},
	{Name: "HOURS", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.5.5", Fn: field(hasClock, func(c *civil) int64 { return int64(c.hour) })},
	{Name: "MINUTES", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.5.6", Fn: field(hasClock, func(c *civil) int64 { return int64(c.minute) })},
	{Name: "SECONDS", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.5.7", Fn: fnSeconds},
	{Name: "TIMEZONE", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.5.8", Fn: fnTimezone},
	{Name: "TZ", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.5.9", Fn: fnTZ},
}

func hasYear(k Kind) bool  { return k == DateTime || k == Date || k == GYear || k == GYearMonth }
func hasMonth(k Kind) bool { return hasYear(k) && k != GYear || k == GMonth || k == GMonthDay }
func hasDay(k Kind) bool   { return k == DateTime || k == Date || k == GMonthDay || k == GDay }
func hasClock(k Kind) bool { return k == DateTime || k == Time }
func isTime(k Kind) bool   { return k >= DateTime && k <= GDay }

func field(has func(Kind) bool, of func(*civil) int64) func(*Context, []Value) (Value, error) {
	return func(_ *Context, a []Value) (Value, error) {
		if !has(a[0].kind) {
			return Value{}, errDateTime
		}
		c := a[0].civil()
		return NewInteger(of(&c)), nil
	}
}

func fnSeconds(_ *Context, a []Value) (Value, error) {
	if !hasClock(a[0].kind) {
		return Value{}, errDateTime
	}
	c := a[0].civil()
	return secondsOf(int64(c.secs), c.nanos), nil
}

func fnTimezone(_ *Context, a []Value) (Value, error) {
	if !isTime(a[0].kind) || a[0].zone == noZone {
		return Value{}, errDateTime
	}
	return newDuration(tDayTime, 0, int64(a[0].zone)*60, 0), nil
}

// fnTZ returns the zone as it is spelt: +00:00 stays.
func fnTZ(_ *Context, a []Value) (Value, error) {
	v := a[0]
	if !isTime(v.kind) {
		return Value{}, errDateTime
	}
	if s := trimSpace(v.text); v.zone == 0 && s != "" && !strings.HasSuffix(s, "Z") {
		return NewString(s[len(s)-len("+00:00"):]), nil
	}
	return NewString(string(v.appendZone(nil))), nil
}

func fnNow(c *Context, _ []Value) (Value, error) { return NewDateTime(c.Now), nil }

// NewDateTime returns an xsd:dateTime with t's offset from UTC, in whole minutes.
func NewDateTime(t time.Time) Value {
	_, offset := t.Zone()
	return Value{kind: DateTime, typ: tDateTime, zone: int16(offset / 60), n: t.Unix(), sub: int32(t.Nanosecond())}
}
