package xsd

import (
	"math"
	"math/bits"

	"github.com/cockroachdb/apd/v3"
)

// secondsOf returns seconds and nanoseconds of one sign as a decimal.
func secondsOf(seconds int64, nanos int32) Value {
	if nanos == 0 {
		return decimal64(seconds, 0)
	}
	if s := seconds * 1e9; s/1e9 == seconds {
		if t := s + int64(nanos); (t < 0) == (nanos < 0) {
			return decimal64(t, 9)
		}
	}
	var s, f, sum apd.Decimal
	s.SetInt64(seconds)
	f.SetFinite(int64(nanos), -9)
	if _, err := exact.Add(&sum, &s, &f); err != nil {
		return decimal64(seconds, 0)
	}
	return decimalOf(&sum)
}

// maxFactor bounds a whole number that a duration is multiplied with or divided by, for exact nanoseconds.
const maxFactor = 1 << 32

// scaleDuration multiplies a duration of one of the two derived types by a whole number.
func scaleDuration(v Value, by int64) (Value, error) {
	months, seconds := v.durationParts()
	if v.typ == tDuration {
		return Value{}, errArith
	}
	hi, lo := bits.Mul64(uint64(abs64(months+seconds)), uint64(abs64(by))) // one of the two is zero
	if hi != 0 || lo > maxSpan || by > maxFactor || by < -maxFactor {
		return scaleDurationFloat(v, float64(by))
	}
	if v.typ == tYearMonth {
		return newDuration(tYearMonth, months*by, 0, 0), nil
	}
	return spanOf(seconds*by, int64(v.sub)*by)
}

// divideDuration divides by a whole number that is not zero: months round to the nearest, seconds to nanoseconds.
func divideDuration(v Value, by int64) (Value, error) {
	months, seconds := v.durationParts()
	switch v.typ {
	case tYearMonth:
		return scaleDurationFloat(newDuration(tYearMonth, months, 0, 0), 1/float64(by))
	case tDayTime:
		if by > maxFactor || by < -maxFactor {
			return scaleDurationFloat(v, 1/float64(by))
		}
		q, r := seconds/by, seconds%by
		hi, lo := bits.Mul64(uint64(abs64(r)), 1e9)
		n := uint64(abs64(by))
		lo, carry := bits.Add64(lo, uint64(abs64(int64(v.sub))), 0)
		hi += carry
		nanos, _ := bits.Div64(hi, lo, n) // r < by, so the quotient is about 10^9
		sign := int64(1)
		if (r < 0 || v.sub < 0) != (by < 0) {
			sign = -1
		}
		return spanOf(q, sign*int64(nanos))
	}
	return Value{}, errArith
}

// scaleDurationFloat multiplies a duration of one of the two derived types by any number.
func scaleDurationFloat(v Value, by float64) (Value, error) {
	months, seconds := v.durationParts()
	if v.typ == tDuration || math.IsNaN(by) {
		return Value{}, errArith
	}
	if v.typ == tYearMonth {
		m := math.Floor(float64(months)*by + 0.5)
		if math.Abs(m) > maxSpan {
			return Value{}, errRange
		}
		return newDuration(tYearMonth, int64(m), 0, 0), nil
	}
	s := (float64(seconds) + float64(v.sub)/1e9) * by
	if math.Abs(s) > maxSpan {
		return Value{}, errRange
	}
	whole, fraction := math.Modf(s)
	return spanOf(int64(whole), int64(math.Round(fraction*1e9)))
}
