package store

import (
	"math"
	"strconv"
	"strings"
)

// Integers and decimals are stored as n + integerBias, which makes unsigned order value order.
const (
	integerBias   = 1 << 59
	decimalDigits = 6 // behind the point
	decimalScale  = 1_000_000
)

// parseInteger accepts the canonical forms of XML Schema 1.1 §3.4.13 (integer) whose value is within ±2^59.
func parseInteger(v string) (int64, bool) {
	s, neg := strings.CutPrefix(v, "-")
	if len(s) == 0 || len(s) > 18 || (s[0] == '0' && (len(s) > 1 || neg)) {
		return 0, false
	}
	n, ok := digits(s)
	if !ok || n >= integerBias {
		return 0, false
	}
	if neg {
		n = -n
	}
	return n, true
}

// digits reads a string of at most 18 decimal digits and nothing else.
func digits(s string) (int64, bool) {
	var n int64
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + int64(d)
	}
	return n, true
}

// parseDecimal accepts one form a value: a point, a digit before it, no superfluous zeros but the one that a whole
// number has behind the point (5.0, as Turtle writes it). It returns the value in millionths.
func parseDecimal(v string) (int64, bool) {
	s, neg := strings.CutPrefix(v, "-")
	whole, frac, ok := strings.Cut(s, ".")
	if !ok || whole == "" || len(whole) > 12 || frac == "" || len(frac) > decimalDigits {
		return 0, false
	}
	if whole[0] == '0' && len(whole) > 1 || frac[len(frac)-1] == '0' && len(frac) > 1 {
		return 0, false
	}
	w, ok1 := digits(whole)
	f, ok2 := digits(frac)
	if !ok1 || !ok2 {
		return 0, false
	}
	for range decimalDigits - len(frac) {
		f *= 10
	}
	n := w*decimalScale + f
	if n >= integerBias || (n == 0 && neg) {
		return 0, false
	}
	if neg {
		n = -n
	}
	return n, true
}

func appendDecimal(b []byte, n int64) []byte {
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	b = strconv.AppendInt(b, n/decimalScale, 10)
	b = append(b, '.')
	f := n % decimalScale
	width := decimalDigits
	for width > 1 && f%10 == 0 {
		f, width = f/10, width-1
	}
	return appendPadded(b, int(f), width)
}

func appendPadded(b []byte, n, width int) []byte {
	for w, p := 1, 10; w < width; w, p = w+1, p*10 {
		if n < p {
			b = append(b, '0')
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// Doubles and floats are inlined as decimal floating point: decimal numbers of so few digits are told apart by the
// binary format, so decimal order is value order. Payload: sign in bit 59, then the exponent with a bias, then the
// digits, left-aligned to a fixed number; all but the sign inverted for negative numbers. Zero is the sign bit alone.
const (
	doubleDigits   = 14
	doubleExponent = 300 // largest magnitude of the exponent
	floatDigits    = 6
	floatExponent  = 30

	floatingSign     = 1 << 59
	floatingMantissa = 47 // bits; 10^14 < 2^47
)

// parseFloating accepts the canonical mapping of XML Schema 1.1 §3.3.4 and §3.3.5: d.d+E-?d+, first digit not 0,
// no superfluous zeros; 0.0E0 is zero. Negative zero, INF and NaN are left to the dictionary.
func parseFloating(v string, maxDigits, maxExp int) (uint64, bool) {
	s, neg := strings.CutPrefix(v, "-")
	if s == "0.0E0" && !neg {
		return floatingSign, true
	}
	mant, exp, ok := strings.Cut(s, "E")
	if !ok || len(mant) < 3 || mant[1] != '.' || mant[0] == '0' || len(mant)-1 > maxDigits || exp == "" {
		return 0, false
	}
	if len(mant) > 3 && mant[len(mant)-1] == '0' {
		return 0, false
	}
	lead, ok1 := digits(mant[:1])
	rest, ok2 := digits(mant[2:])
	if !ok1 || !ok2 {
		return 0, false
	}
	m := lead
	for range len(mant) - 2 {
		m *= 10
	}
	m += rest
	for range doubleDigits - (len(mant) - 1) {
		m *= 10
	}
	es, eneg := strings.CutPrefix(exp, "-")
	if len(es) == 0 || len(es) > 3 || es[0] == '0' && (len(es) > 1 || eneg) {
		return 0, false
	}
	e, ok := digits(es)
	if !ok || e > int64(maxExp) {
		return 0, false
	}
	if eneg {
		e = -e
	}
	return packFloating(neg, int(e), uint64(m)), true
}

func packFloating(neg bool, exp int, mant uint64) uint64 {
	p := uint64(exp+512)<<floatingMantissa | mant
	if neg {
		return floatingSign - 1 - p
	}
	return floatingSign | p
}

func appendFloating(b []byte, p uint64, _, _ int) []byte {
	if p == floatingSign {
		return append(b, "0.0E0"...)
	}
	if p&floatingSign == 0 {
		b = append(b, '-')
		p = floatingSign - 1 - p
	}
	p &^= floatingSign
	exp := int(p>>floatingMantissa) - 512
	at := len(b)
	b = strconv.AppendUint(b, p&(1<<floatingMantissa-1), 10)
	end := len(b)
	for end > at+2 && b[end-1] == '0' {
		end--
	}
	b = append(b[:end], 0)
	copy(b[at+2:], b[at+1:end])
	b[at+1] = '.'
	b = append(b, 'E')
	return strconv.AppendInt(b, int64(exp), 10)
}

// floatingBound returns the payload of the greatest inlined number ≤ f (up false) or of the least ≥ f (up true),
// give or take one in the last digit, outwards.
func floatingBound(f float64, up bool) uint64 {
	switch {
	case f == 0:
		return floatingSign
	case math.IsInf(f, 1):
		return payloadMask
	case math.IsInf(f, -1):
		return 0
	}
	s := strconv.FormatFloat(math.Abs(f), 'E', doubleDigits-1, 64)
	m, _ := digits(s[:1] + s[2:doubleDigits+1])
	exp, _ := strconv.Atoi(s[doubleDigits+2:])
	exp = max(-511, min(exp, 511))
	p := packFloating(f < 0, exp, uint64(m))
	if up {
		return min(p+1, payloadMask)
	}
	return max(p, 1) - 1
}

// scaledBound returns f × scale rounded down or up, plus the bias, held within the payload.
func scaledBound(f float64, scale float64, up bool) uint64 {
	v := f * scale
	if up {
		v = math.Ceil(v)
	} else {
		v = math.Floor(v)
	}
	// A float64 of this size is exact to about 64 units; widen by what rounding may have lost.
	slack := math.Abs(v) / (1 << 52)
	if up {
		v += slack
	} else {
		v -= slack
	}
	switch {
	case v >= integerBias-1:
		return payloadMask
	case v <= -integerBias:
		return 0
	}
	return uint64(int64(v) + integerBias)
}
