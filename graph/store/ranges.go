package store

import "time"

// A range of values is a range of ids, per kind, both ends inclusive. These helpers never leave a value out, but where
// a bound is not exact in a kind's representation they may take a neighbour in: keep the filter itself.
// Literals of the same types that are not inlined are in KindLiteral, outside of any such range.

// IntegerRange returns the ids of the inlined integers from lo to hi.
func IntegerRange(lo, hi int64) (ID, ID) {
	clamp := func(n int64) uint64 {
		return uint64(max(-integerBias, min(n, integerBias-1)) + integerBias)
	}
	return MakeID(KindInteger, clamp(lo)), MakeID(KindInteger, clamp(hi))
}

// NumberRange returns the ids of the inlined numbers from lo to hi of one numeric kind: KindInteger, KindDecimal,
// KindDouble or KindFloat. Use the infinities for open ends.
func NumberRange(k Kind, lo, hi float64) (ID, ID) {
	switch k {
	case KindInteger:
		return MakeID(k, scaledBound(lo, 1, false)), MakeID(k, scaledBound(hi, 1, true))
	case KindDecimal:
		return MakeID(k, scaledBound(lo, decimalScale, false)), MakeID(k, scaledBound(hi, decimalScale, true))
	}
	return MakeID(k, floatingBound(lo, false)), MakeID(k, floatingBound(hi, true))
}

// TimeRange returns the ids of the inlined values from lo to hi of one temporal kind: KindDate, KindDateTime,
// KindDateTimeLocal or KindGYear. Times are read in UTC; a zero time is an open end.
func TimeRange(k Kind, lo, hi time.Time) (ID, ID) {
	first, last := KindRange(k)
	if !lo.IsZero() {
		first = MakeID(k, timePayload(k, lo))
	}
	if !hi.IsZero() {
		last = MakeID(k, timePayload(k, hi))
		if k == KindDateTime || k == KindDateTimeLocal {
			last++ // nanoseconds were cut off
		}
	}
	return first, last
}

func timePayload(k Kind, t time.Time) uint64 {
	t = t.UTC()
	y := t.Year()
	switch {
	case y < 1:
		return 0
	case y > 9999:
		return payloadMask
	case k == KindGYear:
		return uint64(y)
	}
	days := uint64(daysBefore(y, int(t.Month())) + t.Day() - 1)
	if k == KindDate {
		return days
	}
	return days*microsPerDay + uint64(((t.Hour()*60+t.Minute())*60+t.Second())*1_000_000+t.Nanosecond()/1000)
}

// StringRange returns the ids of the inlined strings that start with prefix; ok is false if none can, because the
// prefix is longer than an inlined string.
func StringRange(prefix string) (lo, hi ID, ok bool) {
	if len(prefix) > inlineStringMax {
		return 0, 0, false
	}
	id, _ := inlineString(prefix)
	p := id.Payload() &^ 15
	return MakeID(KindString, p), MakeID(KindString, p|(1<<(60-8*len(prefix))-1)), true
}
