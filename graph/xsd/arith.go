package xsd

import (
	"math"
	"math/bits"

	"github.com/cockroachdb/apd/v3"
)

// Add is a + b: on numbers the sum in the wider of the two types (SPARQL 1.1 §17.3), on a date or time and a duration
// the later or earlier one, on two durations their sum. Cost: no allocation on numbers that fit 64 bits.
func Add(a, b Value) (Value, error) {
	if a.kind == Integer && b.kind == Integer && a.ext == nil && b.ext == nil {
		if s := a.n + b.n; (s > a.n) == (b.n > 0) {
			return NewInteger(s), nil
		}
	}
	return arith('+', a, b)
}

// Sub is a - b, as [Add]; the difference of two dates or times is an xsd:dayTimeDuration.
func Sub(a, b Value) (Value, error) {
	if a.kind == Integer && b.kind == Integer && a.ext == nil && b.ext == nil {
		if s := a.n - b.n; (s < a.n) == (b.n > 0) {
			return NewInteger(s), nil
		}
	}
	return arith('-', a, b)
}

// Mul is a * b on numbers, or a duration times a number.
func Mul(a, b Value) (Value, error) {
	if a.kind == Integer && b.kind == Integer && a.ext == nil && b.ext == nil {
		if hi, lo := bits.Mul64(uint64(abs64(a.n)), uint64(abs64(b.n))); hi == 0 && lo <= math.MaxInt64 {
			p := int64(lo)
			if (a.n < 0) != (b.n < 0) {
				p = -p
			}
			return NewInteger(p), nil
		}
	}
	return arith('*', a, b)
}

// Div is a / b on numbers: two integers give a decimal, division by zero is an error but for floats and doubles. A
// duration can be divided by a number or by a duration.
func Div(a, b Value) (Value, error) { return arith('/', a, b) }

// Neg is -a on numbers.
func Neg(a Value) (Value, error) {
	switch {
	case a.kind == Integer && a.ext == nil && a.n != math.MinInt64:
		return NewInteger(-a.n), nil
	case a.kind == Integer || a.kind == Decimal:
		var d apd.Decimal
		a.toDecimal(&d)
		if !d.IsZero() {
			d.Negative = !d.Negative
		}
		return exactOf(a.kind, &d)
	case a.kind == Double:
		return NewDouble(-a.float()), nil
	case a.kind == Float:
		return newFloat(float32(-a.float())), nil
	}
	return Value{}, errNumber
}

// Plus is the unary +a on numbers: derived types become xsd:integer.
func Plus(a Value) (Value, error) {
	switch {
	case !a.IsNumeric():
		return Value{}, errNumber
	case a.kind == Integer && a.typ != tInteger:
		a.typ, a.text = tInteger, ""
	}
	return a, nil
}

// abs64 is |n|; of MinInt64 it is MinInt64, whose bits as uint64 are right.
func abs64(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// arith computes what the fast paths leave.
func arith(op byte, a, b Value) (Value, error) {
	if !a.IsNumeric() || !b.IsNumeric() {
		return timeArith(op, a, b)
	}
	kind := max(a.kind, b.kind)
	switch kind {
	case Double:
		return NewDouble(floatArith(op, a.toFloat64(), b.toFloat64())), nil
	case Float:
		x, y := float32(a.toFloat64()), float32(b.toFloat64())
		return newFloat(float32(floatArith(op, float64(x), float64(y)))), nil
	case Decimal:
		if v, ok := decimalArith64(op, a, b); ok {
			return v, nil
		}
	}
	return exactArith(op, a, b, kind)
}

func floatArith(op byte, x, y float64) float64 {
	switch op {
	case '+':
		return x + y
	case '-':
		return x - y
	case '*':
		return x * y
	}
	return x / y
}

// decimalArith64 adds, subtracts and multiplies decimals whose coefficients leave room in 64 bits.
func decimalArith64(op byte, a, b Value) (Value, bool) {
	const room = 1 << 62
	if a.ext != nil || b.ext != nil || op == '/' {
		return Value{}, false
	}
	if op == '*' {
		hi, lo := bits.Mul64(uint64(abs64(a.n)), uint64(abs64(b.n)))
		if hi != 0 || lo >= room || a.sub+b.sub > 18 {
			return Value{}, false
		}
		p := int64(lo)
		if (a.n < 0) != (b.n < 0) {
			p = -p
		}
		return decimal64(p, a.sub+b.sub), true
	}
	x, y, scale, ok := align(a, b)
	if !ok {
		return Value{}, false
	}
	if op == '-' {
		y = -y
	}
	return decimal64(x+y, scale), true
}

// align brings two numbers in 64 bits to one scale, if the coefficients stay below 2^62.
func align(a, b Value) (x, y int64, scale int32, ok bool) {
	const room = 1 << 62
	x, y, scale = a.n, b.n, max(a.sub, b.sub)
	if a.sub < scale {
		hi, lo := bits.Mul64(uint64(abs64(x)), uint64(pow10[scale-a.sub]))
		if hi != 0 || lo >= room {
			return 0, 0, 0, false
		}
		x *= pow10[scale-a.sub]
	}
	if b.sub < scale {
		hi, lo := bits.Mul64(uint64(abs64(y)), uint64(pow10[scale-b.sub]))
		if hi != 0 || lo >= room {
			return 0, 0, 0, false
		}
		y *= pow10[scale-b.sub]
	}
	return x, y, scale, x < room && x > -room && y < room && y > -room
}

// exactArith computes on integers and decimals of any size. kind is that of the result; a quotient is a decimal.
func exactArith(op byte, a, b Value, kind Kind) (Value, error) {
	var x, y, z apd.Decimal
	a.toDecimal(&x)
	b.toDecimal(&y)
	var err error
	switch op {
	case '+':
		_, err = exact.Add(&z, &x, &y)
	case '-':
		_, err = exact.Sub(&z, &x, &y)
	case '*':
		_, err = exact.Mul(&z, &x, &y)
	case '/':
		if y.IsZero() {
			return Value{}, errDivision
		}
		kind = Decimal
		err = quotient(&z, &x, &y)
	}
	if err != nil {
		return Value{}, errRange
	}
	return exactOf(kind, &z)
}

// quotient sets z to x / y, rounded half to even at 24 significant digits or, if that is more, 18 behind the point.
func quotient(z, x, y *apd.Decimal) error {
	whole := x.NumDigits() + int64(x.Exponent) - y.NumDigits() - int64(y.Exponent) + 1
	ctx := exact
	ctx.Precision = uint32(max(24, whole+18))
	ctx.Rounding = apd.RoundHalfEven
	_, err := ctx.Quo(z, x, y)
	return err
}

// exactOf makes a Value of a computed number, unless it is absurdly long.
func exactOf(kind Kind, d *apd.Decimal) (Value, error) {
	if d.Form != apd.Finite || d.NumDigits() > maxDigits || d.Exponent < -maxDigits || d.Exponent > maxDigits {
		return Value{}, errRange
	}
	if kind == Integer {
		return integerOf(d, tInteger), nil
	}
	return decimalOf(d), nil
}
