package xsd

import (
	"math"

	"github.com/cockroachdb/apd/v3"
)

// Cast is a constructor function such as xsd:integer (SPARQL 1.1 §17.5, XPath F&O §19). ErrType if the value has no
// counterpart, or the datatype is not one of XML Schema's that this package knows.
func Cast(datatype string, v Value) (Value, error) {
	typ, ok := datatypeOf(datatype)
	if !ok {
		return Value{}, errCast
	}
	return cast(typ, v)
}

func cast(typ uint8, v Value) (Value, error) {
	to := datatypes[typ].kind
	if to == String {
		return castString(v)
	}
	if v.kind == String {
		if w := fromLexical(v.text, typ); w.kind != Invalid {
			w.text = "" // a cast's result has canonical spelling
			return w, nil
		}
		return Value{}, errCast
	}
	if v.kind == to && v.typ == typ {
		return v, nil
	}
	switch to {
	case Boolean:
		if v.IsNumeric() {
			b, err := EBV(v)
			return NewBoolean(b), err
		}
	case Integer:
		return castInteger(typ, v)
	case Decimal:
		return castDecimal(v)
	case Float, Double:
		f := float64(v.n)
		if v.IsNumeric() {
			f = v.toFloat64()
		} else if v.kind != Boolean {
			break
		}
		if to == Float {
			return newFloat(float32(f)), nil
		}
		return NewDouble(f), nil
	case Duration:
		return castDuration(typ, v)
	default:
		return castTime(typ, v)
	}
	return Value{}, errCast
}

// castString spells values as XPath does: canonically, doubles between 0.000001 and a million without exponent.
func castString(v Value) (Value, error) {
	switch v.kind {
	case String:
		return v, nil
	case IRI, LangString, Other:
		return NewString(v.text), nil
	case Float, Double:
		return NewString(string(v.appendFloatXPath(make([]byte, 0, 24)))), nil
	case Decimal:
		return NewString(string(v.appendDecimal(make([]byte, 0, 24), false))), nil
	case None, Blank, TripleTerm, Invalid:
		return Value{}, errCast
	}
	return NewString(v.canonical()), nil
}

func castInteger(typ uint8, v Value) (Value, error) {
	var d apd.Decimal
	switch {
	case v.kind == Boolean:
		d.SetInt64(v.n)
	case v.kind == Integer || v.kind == Decimal:
		v.toDecimal(&d)
	case v.kind == Float || v.kind == Double:
		if math.IsInf(v.float(), 0) || v.isNaN() {
			return Value{}, errCast
		}
		if err := exactFloat(&d, math.Trunc(v.float())); err != nil {
			return Value{}, errCast
		}
	default:
		return Value{}, errCast
	}
	ctx := exact
	ctx.Precision, ctx.Rounding = maxDigits*2, apd.RoundDown
	if _, err := ctx.RoundToIntegralValue(&d, &d); err != nil {
		return Value{}, errRange
	}
	if d.IsZero() {
		d.Negative = false
	}
	w := integerOf(&d, typ)
	if !w.inBounds() {
		return Value{}, errRange
	}
	return w, nil
}

// exactFloat sets d to the exact value of a finite f that is whole, or to its shortest decimal otherwise.
func exactFloat(d *apd.Decimal, f float64) error {
	if f == math.Trunc(f) && math.Abs(f) < 1<<63 {
		d.SetInt64(int64(f))
		return nil
	}
	_, err := d.SetFloat64(f)
	return err
}

func castDecimal(v Value) (Value, error) {
	switch v.kind {
	case Boolean:
		return decimal64(v.n, 0), nil
	case Integer:
		if v.ext == nil {
			return decimal64(v.n, 0), nil
		}
		var d apd.Decimal
		return decimalOf(v.toDecimal(&d)), nil
	case Float, Double:
		if math.IsInf(v.float(), 0) || v.isNaN() {
			return Value{}, errCast
		}
		var d apd.Decimal
		if v.kind == Float { // the shortest spelling that a float reads back, not the double's
			if _, _, err := d.SetString(string(v.appendFloat(nil))); err != nil {
				return Value{}, errCast
			}
		} else if err := exactFloat(&d, v.float()); err != nil {
			return Value{}, errCast
		}
		return exactOf(Decimal, &d)
	}
	return Value{}, errCast
}

func castDuration(typ uint8, v Value) (Value, error) {
	if v.kind != Duration {
		return Value{}, errCast
	}
	months, seconds := v.durationParts()
	nanos := v.sub
	switch typ {
	case tDayTime:
		months = 0
	case tYearMonth:
		seconds, nanos = 0, 0
	}
	return newDuration(typ, months, seconds, nanos), nil
}

// castTime cuts a dateTime or date down to the parts of another type, or fills a date up to a dateTime.
func castTime(typ uint8, v Value) (Value, error) {
	to := datatypes[typ].kind
	switch {
	case v.kind == to: // dateTime and dateTimeStamp
		if typ == tDateTimeStamp && v.zone == noZone {
			return Value{}, errCast
		}
	case v.kind == DateTime:
	case v.kind == Date && to != Time:
		if typ == tDateTimeStamp && v.zone == noZone {
			return Value{}, errCast
		}
	default:
		return Value{}, errCast
	}
	c := v.civil()
	if to != DateTime && to != Time {
		c.hour, c.minute, c.secs, c.nanos = 0, 0, 0, 0
	}
	switch to {
	case Time:
		c.year, c.month, c.day = referenceYear, referenceMonth, referenceDay
	case GYear:
		c.month, c.day = 1, 1
	case GYearMonth:
		c.day = 1
	case GMonth:
		c.year, c.day = referenceYear, 1
	case GMonthDay:
		c.year = referenceYear
	case GDay:
		c.year, c.month = referenceYear, referenceMonth
	}
	w := Value{kind: to, typ: typ, zone: v.zone}
	w.setCivil(&c)
	return w, nil
}
