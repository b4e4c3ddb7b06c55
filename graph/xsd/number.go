package xsd

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// maxDigits bounds the digits of an integer or decimal that is read or computed: big numbers are for counting, not for
// filling memory. A longer literal is Invalid, a longer result out of range.
const maxDigits = 4096

// exact adds, subtracts and multiplies without rounding.
var exact = apd.Context{MaxExponent: apd.MaxExponent, MinExponent: apd.MinExponent}

// digits64 reads at most 18 decimal digits and nothing else.
func digits64(s string) (int64, bool) {
	if len(s) > 18 {
		return 0, false
	}
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

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return true
}

// readInteger reads an integer into v and checks the bounds of v's datatype.
func (v *Value) readInteger(s string) bool {
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	if s == "" {
		return false
	}
	if n, ok := digits64(s); ok {
		if neg {
			n = -n
		}
		v.n = n
	} else {
		if !allDigits(s) {
			return false
		}
		s = strings.TrimLeft(s, "0")
		if len(s) > maxDigits {
			return false
		}
		if s == "" {
			s = "0"
		}
		var d apd.Decimal
		if _, ok := d.Coeff.SetString(s, 10); !ok {
			return false
		}
		d.Negative = neg && d.Coeff.Sign() != 0
		*v = integerOf(&d, v.typ)
	}
	return v.inBounds()
}

// inBounds reports whether an integer is in the value space of its datatype.
func (v *Value) inBounds() bool {
	dt := &datatypes[v.typ]
	if v.ext == nil {
		return v.n >= dt.lo && v.n <= dt.hi
	}
	num := &v.ext.num
	switch {
	case v.typ == tLong:
		return false
	case v.typ == tUnsignedLong:
		return !num.Negative && num.Coeff.IsUint64()
	case num.Negative:
		return dt.lo == noLow
	}
	return dt.hi == noHigh
}

// integerOf returns a whole number as a Value of kind Integer, in 64 bits if it fits.
func integerOf(d *apd.Decimal, typ uint8) Value {
	v := Value{kind: Integer, typ: typ}
	if d.Exponent > 0 {
		var scale, ten apd.BigInt
		ten.SetInt64(10)
		scale.SetInt64(int64(d.Exponent))
		scale.Exp(&ten, &scale, nil)
		d.Coeff.Mul(&d.Coeff, &scale)
		d.Exponent = 0
	}
	if d.Coeff.IsInt64() {
		v.n = d.Coeff.Int64()
		if d.Negative {
			v.n = -v.n
		}
		return v
	}
	v.ext = &extra{}
	v.ext.num.Set(d)
	return v
}

// readDecimal reads a decimal: digits with at most one point among them.
func (v *Value) readDecimal(s string) bool {
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" && frac == "" {
		return false
	}
	for len(frac) > 0 && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	if len(whole)+len(frac) <= 18 {
		w, ok1 := digits64(whole)
		f, ok2 := digits64(frac)
		if !ok1 || !ok2 {
			return false
		}
		n := w*pow10[len(frac)] + f
		if neg {
			n = -n
		}
		v.n, v.sub = n, int32(len(frac))
		return true
	}
	if !allDigits(whole) || !allDigits(frac) {
		return false
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole)+len(frac) > maxDigits {
		return false
	}
	var d apd.Decimal
	if _, ok := d.Coeff.SetString("0"+whole+frac, 10); !ok {
		return false
	}
	d.Exponent = -int32(len(frac))
	d.Negative = neg && d.Coeff.Sign() != 0
	*v = decimalOf(&d)
	return true
}

var pow10 = [19]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// decimalOf returns a number as a Value of kind Decimal without superfluous zeros, in 64 bits if it fits.
func decimalOf(d *apd.Decimal) Value {
	d.Reduce(d)
	v := Value{kind: Decimal, typ: tDecimal}
	if d.Exponent > 0 {
		whole := integerOf(d, tInteger)
		v.n, v.ext = whole.n, whole.ext
		return v
	}
	if d.Coeff.IsInt64() && d.Exponent >= -18 {
		v.n, v.sub = d.Coeff.Int64(), -d.Exponent
		if d.Negative {
			v.n = -v.n
		}
		return v
	}
	v.ext = &extra{}
	v.ext.num.Set(d)
	return v
}

// decimal64 returns coefficient / 10^scale as a Decimal without superfluous zeros.
func decimal64(n int64, scale int32) Value {
	for scale > 0 && n%10 == 0 {
		n /= 10
		scale--
	}
	return Value{kind: Decimal, typ: tDecimal, n: n, sub: scale}
}

// toDecimal sets d to the Integer or Decimal v.
func (v *Value) toDecimal(d *apd.Decimal) *apd.Decimal {
	if v.ext != nil {
		return d.Set(&v.ext.num)
	}
	return d.SetFinite(v.n, -v.sub) // an Integer's sub is 0
}

// toFloat64 returns the number nearest to any numeric v.
func (v *Value) toFloat64() float64 {
	if v.kind >= Float {
		return v.float()
	}
	if v.ext == nil && v.sub == 0 {
		return float64(v.n)
	}
	if v.ext == nil && v.n < 1<<53 && v.n > -1<<53 && v.sub <= 18 {
		return float64(v.n) / float64(pow10[v.sub]) // both exact up to 10^18 < 10^22, so rounded once
	}
	f, err := strconv.ParseFloat(string(v.appendDecimal(nil, false)), 64)
	if err != nil && !math.IsInf(f, 0) {
		return math.NaN()
	}
	return f
}

// readFloat reads the lexical forms of xsd:float and xsd:double.
func (v *Value) readFloat(s string) bool {
	var f float64
	switch s {
	case "INF", "+INF":
		f = math.Inf(1)
	case "-INF":
		f = math.Inf(-1)
	case "NaN":
		f = math.NaN()
	default:
		for i := range len(s) { // ParseFloat also takes hexadecimal, underscores, Inf
			if c := s[i]; c-'0' > 9 && c != '.' && c != '+' && c != '-' && c != 'e' && c != 'E' {
				return false
			}
		}
		size := 64
		if v.kind == Float {
			size = 32
		}
		var err error
		f, err = strconv.ParseFloat(s, size)
		if err != nil && !math.IsInf(f, 0) { // too large is infinity, as XML Schema rounds
			return false
		}
	}
	v.n = int64(math.Float64bits(f))
	return true
}

// appendInteger prints a whole number.
func (v Value) appendInteger(b []byte) []byte {
	if v.ext != nil {
		return v.ext.num.Append(b, 'f')
	}
	return strconv.AppendInt(b, v.n, 10)
}

// appendDecimal prints an Integer or Decimal without an exponent; point asks for one in whole numbers: 2.0.
func (v Value) appendDecimal(b []byte, point bool) []byte {
	from := len(b)
	if v.ext != nil {
		b = v.ext.num.Append(b, 'f')
	} else {
		n, scale := v.n, int(v.sub)
		var u = uint64(n)
		if n < 0 {
			b = append(b, '-')
			from++
			u = -u
		}
		b = strconv.AppendUint(b, u, 10)
		if scale > 0 {
			if pad := scale + 1 - (len(b) - from); pad > 0 {
				digits := len(b) - from
				b = append(b, zeros[:pad]...)
				copy(b[from+pad:], b[from:from+digits])
				copy(b[from:], zeros[:pad])
			}
			b = append(b, 0)
			at := len(b) - 1 - scale
			copy(b[at+1:], b[at:])
			b[at] = '.'
		}
	}
	if point && bytes.IndexByte(b[from:], '.') < 0 {
		b = append(b, '.', '0')
	}
	return b
}

const zeros = "00000000000000000000"

// appendFloat prints the canonical form of XML Schema 1.1 (1.5E0) of a Float or Double.
func (v Value) appendFloat(b []byte) []byte {
	f := v.float()
	switch {
	case math.IsNaN(f):
		return append(b, "NaN"...)
	case math.IsInf(f, 1):
		return append(b, "INF"...)
	case math.IsInf(f, -1):
		return append(b, "-INF"...)
	}
	var buf [32]byte
	s := strconv.AppendFloat(buf[:0], f, 'E', -1, v.floatSize())
	mantissa, exp, _ := bytes.Cut(s, []byte("E"))
	b = append(b, mantissa...)
	if bytes.IndexByte(mantissa, '.') < 0 {
		b = append(b, '.', '0')
	}
	b = append(b, 'E')
	if exp[0] == '-' {
		b = append(b, '-')
	}
	exp = bytes.TrimLeft(exp[1:], "0")
	if len(exp) == 0 {
		exp = []byte("0")
	}
	return append(b, exp...)
}

// appendFloatXPath prints a Float or Double as XPath's cast to xs:string does (Functions and Operators §19.1.2): as a
// decimal between 0.000001 and 1000000, else with an exponent.
func (v Value) appendFloatXPath(b []byte) []byte {
	f, least := v.float(), 1e-6
	if v.kind == Float {
		least = float64(float32(least)) // the comparison is one of floats, and 0.000001 as a float is a little less
	}
	abs := math.Abs(f)
	if abs == 0 || abs >= least && abs < 1e6 {
		return strconv.AppendFloat(b, f, 'f', -1, v.floatSize())
	}
	return v.appendFloat(b)
}

func (v Value) floatSize() int {
	if v.kind == Float {
		return 32
	}
	return 64
}
