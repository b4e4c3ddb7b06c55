package xsd

import (
	"cmp"
	"strconv"
)

// maxSpan bounds the months and the seconds of a duration, so that arithmetic stays within 64 bits.
const maxSpan = 1 << 58

// durationParts returns months and whole seconds; the fraction is in sub and has the sign of the seconds.
func (v *Value) durationParts() (months, seconds int64) {
	switch v.typ {
	case tYearMonth:
		return v.n, 0
	case tDayTime:
		return 0, v.n
	}
	if v.ext == nil {
		return 0, v.n
	}
	return v.ext.months, v.n
}

// newDuration makes a duration of a type from its parts, which are in the range of ±maxSpan.
func newDuration(typ uint8, months, seconds int64, nanos int32) Value {
	v := Value{kind: Duration, typ: typ, n: seconds, sub: nanos}
	switch {
	case typ == tYearMonth:
		v.n = months
	case months != 0:
		v.ext = &extra{months: months}
	}
	return v
}

// readDuration reads PnYnMnDTnHnMnS (XML Schema 1.1 Part 2 §3.3.6 and the two derived types).
func (v *Value) readDuration(s string) bool {
	neg := s != "" && s[0] == '-'
	if neg {
		s = s[1:]
	}
	if len(s) < 3 || s[0] != 'P' {
		return false
	}
	s = s[1:]
	var months, seconds int64
	var nanos int32
	units := "YMD"
	inTime, any := false, true
	for s != "" {
		if s[0] == 'T' {
			if inTime {
				return false
			}
			inTime, any, units, s = true, false, "HMS", s[1:]
			continue
		}
		i := 0
		for i < len(s) && s[i]-'0' <= 9 {
			i++
		}
		n, ok := digits64(s[:i])
		if !ok || i == 0 || i == len(s) {
			return false
		}
		s = s[i:]
		fraction := s[0] == '.'
		if fraction {
			if nanos, s, ok = readFraction(s[1:]); !ok || s == "" || s[0] != 'S' || !inTime {
				return false
			}
		}
		at := 0
		for at < len(units) && units[at] != s[0] {
			at++
		}
		if at == len(units) {
			return false
		}
		unit := durationUnits[units[at]]
		if inTime && units[at] == 'M' {
			unit = 60
		}
		if n > maxSpan/unit {
			return false
		}
		if !inTime && units[at] != 'D' {
			months += n * unit
		} else {
			seconds += n * unit
		}
		units, s, any = units[at+1:], s[1:], true
		if months > maxSpan || seconds > maxSpan {
			return false
		}
		if v.typ == tDayTime && !inTime && unit != daySeconds {
			return false
		}
		if v.typ == tYearMonth && (inTime || unit == daySeconds) {
			return false
		}
	}
	if !any {
		return false
	}
	if neg {
		months, seconds, nanos = -months, -seconds, -nanos
	}
	*v = newDuration(v.typ, months, seconds, nanos)
	return true
}

// durationUnits are the units in months (Y, M before T) and seconds.
var durationUnits = map[byte]int64{'Y': 12, 'M': 1, 'D': daySeconds, 'H': 3600, 'S': 1}

// appendDuration prints the canonical form.
func (v Value) appendDuration(b []byte) []byte {
	months, seconds := v.durationParts()
	nanos := v.sub
	if months < 0 || seconds < 0 || nanos < 0 {
		b = append(b, '-')
		months, seconds, nanos = -months, -seconds, -nanos
	}
	b = append(b, 'P')
	from := len(b)
	b = appendUnit(b, months/12, 'Y')
	b = appendUnit(b, months%12, 'M')
	b = appendUnit(b, seconds/daySeconds, 'D')
	if seconds%daySeconds != 0 || nanos != 0 {
		b = append(b, 'T')
		b = appendUnit(b, seconds/3600%24, 'H')
		b = appendUnit(b, seconds/60%60, 'M')
		if nanos != 0 {
			b = strconv.AppendInt(b, seconds%60, 10)
			b = append(appendFraction(b, nanos), 'S')
		} else {
			b = appendUnit(b, seconds%60, 'S')
		}
	}
	if len(b) == from {
		if v.typ == tYearMonth {
			return append(b, "0M"...)
		}
		return append(b, "T0S"...)
	}
	return b
}

func appendUnit(b []byte, n int64, unit byte) []byte {
	if n == 0 {
		return b
	}
	return append(strconv.AppendInt(b, n, 10), unit)
}

// referenceStarts are the four instants from which XML Schema 1.1 Part 2 §3.3.6.2 judges the order of durations.
var referenceStarts = [4][2]int64{{1696, 9}, {1697, 2}, {1903, 3}, {1903, 7}}

// compareDurations orders durations: months against months and seconds against seconds directly, mixed ones by what
// they give when added to four reference dates, an error if these disagree.
func compareDurations(a, b *Value) (int, error) {
	am, as := a.durationParts()
	bm, bs := b.durationParts()
	if am == bm {
		if c := cmp.Compare(as, bs); c != 0 {
			return c, nil
		}
		return cmp.Compare(a.sub, b.sub), nil
	}
	if am == 0 && bm == 0 || as == bs && a.sub == b.sub {
		return cmp.Compare(am, bm), nil
	}
	result := unordered
	for _, ref := range referenceStarts {
		x, y := addMonthsTo(ref, am)+as, addMonthsTo(ref, bm)+bs
		c := cmp.Compare(x, y)
		if c == 0 {
			c = cmp.Compare(a.sub, b.sub)
		}
		if result != unordered && c != result {
			return 0, errPartial
		}
		result = c
	}
	return result, nil
}

// addMonthsTo returns the instant that lies months after the first of a month. Months are cut to ±10^11, so that
// it fits.
func addMonthsTo(ref [2]int64, months int64) int64 {
	const far = 100_000_000_000
	m := ref[0]*12 + ref[1] - 1 + max(-far, min(far, months))
	return days(floorDiv(m, 12), int(m-floorDiv(m, 12)*12)+1, 1) * daySeconds
}

// timeArith is arithmetic with dates, times and durations (XPath F&O §8.4, §9.7).
func timeArith(op byte, a, b Value) (Value, error) {
	switch {
	case a.kind == Duration && b.kind == Duration:
		return durationArith(op, a, b)
	case a.kind == Duration && b.IsNumeric() && (op == '*' || op == '/'):
		f := b.toFloat64()
		if op == '/' {
			if f == 0 {
				return Value{}, errDivision
			}
			f = 1 / f
			if n := b.n; b.kind == Integer && b.ext == nil {
				return divideDuration(a, n)
			}
		} else if b.kind == Integer && b.ext == nil {
			return scaleDuration(a, b.n)
		}
		return scaleDurationFloat(a, f)
	case a.IsNumeric() && b.kind == Duration && op == '*':
		return timeArith(op, b, a)
	case b.kind == Duration && (op == '+' || op == '-'):
		if op == '-' {
			b = negateDuration(b)
		}
		return addDuration(a, b)
	case a.kind == Duration && op == '+':
		return addDuration(b, a)
	case op == '-' && a.kind == b.kind && (a.kind == DateTime || a.kind == Date || a.kind == Time):
		return spanOf(a.n-b.n, int64(a.sub)-int64(b.sub))
	}
	return Value{}, errArith
}

// spanOf makes an xsd:dayTimeDuration of seconds and nanoseconds of any sign.
func spanOf(seconds, nanos int64) (Value, error) {
	seconds += nanos / 1e9
	nanos %= 1e9
	if seconds > 0 && nanos < 0 {
		seconds, nanos = seconds-1, nanos+1e9
	} else if seconds < 0 && nanos > 0 {
		seconds, nanos = seconds+1, nanos-1e9
	}
	if seconds > maxSpan || seconds < -maxSpan {
		return Value{}, errRange
	}
	return newDuration(tDayTime, 0, seconds, int32(nanos)), nil
}

func negateDuration(v Value) Value {
	months, seconds := v.durationParts()
	return newDuration(v.typ, -months, -seconds, -v.sub)
}

// addDuration adds a duration to a date or time: first the months, with the day cut to the month's end, then the rest.
func addDuration(v, d Value) (Value, error) {
	months, seconds := d.durationParts()
	switch v.kind {
	case DateTime, Date:
	case Time:
		if months != 0 {
			return Value{}, errArith
		}
	default:
		return Value{}, errArith
	}
	c := v.civil()
	if months != 0 {
		m := c.year*12 + int64(c.month) - 1 + months
		c.year, c.month = floorDiv(m, 12), int(m-floorDiv(m, 12)*12)+1
		if c.year > maxYear || c.year < -maxYear {
			return Value{}, errRange
		}
		c.day = min(c.day, daysIn(c.year, c.month))
	}
	nanos := int64(c.nanos) + int64(d.sub)
	c.nanos = 0
	v.setCivil(&c)
	v.n += seconds + floorDiv(nanos, 1e9)
	v.sub = int32(nanos - floorDiv(nanos, 1e9)*1e9)
	v.text = ""
	if v.n > maxYear*31_556_952 || v.n < -maxYear*31_556_952 {
		return Value{}, errRange
	}
	c = v.civil()
	switch v.kind {
	case Date: // only the day counts
		c.hour, c.minute, c.secs, c.nanos = 0, 0, 0, 0
		v.setCivil(&c)
	case Time:
		c.year, c.month, c.day = referenceYear, referenceMonth, referenceDay
		v.setCivil(&c)
	}
	return v, nil
}

// durationArith adds, subtracts and divides durations.
func durationArith(op byte, a, b Value) (Value, error) {
	am, as := a.durationParts()
	bm, bs := b.durationParts()
	switch op {
	case '-':
		bm, bs, b.sub = -bm, -bs, -b.sub
		fallthrough
	case '+':
		months := am + bm
		v, err := spanOf(as+bs, int64(a.sub)+int64(b.sub))
		if err != nil || months > maxSpan || months < -maxSpan {
			return Value{}, errRange
		}
		typ := a.typ
		if a.typ != b.typ {
			typ = tDuration
		}
		if months > 0 && (v.n < 0 || v.sub < 0) || months < 0 && (v.n > 0 || v.sub > 0) {
			return Value{}, errRange // no lexical form has parts of two signs
		}
		return newDuration(typ, months, v.n, v.sub), nil
	case '/':
		switch {
		case a.typ != b.typ || a.typ == tDuration:
		case bm == 0 && bs == 0 && b.sub == 0:
			return Value{}, errDivision
		case a.typ == tYearMonth:
			return Div(NewInteger(am), NewInteger(bm))
		default:
			return Div(secondsOf(as, a.sub), secondsOf(bs, b.sub))
		}
	}
	return Value{}, errArith
}
