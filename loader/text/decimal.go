package text

import "strconv"

// Decimal is Digits × 10^Exponent, exact. Digits has no trailing zero unless it is 0.
type Decimal struct {
	Digits   int64
	Exponent int
}

// ParseDecimal reads a number of digits, commas and at most one point; false if it has more than 15 digits or more than one point.
func ParseDecimal(s string) (Decimal, bool) {
	var d Decimal
	digits, point := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ',':
		case c == '.':
			if point {
				return Decimal{}, false
			}
			point = true
		default:
			if digits++; digits > 15 {
				return Decimal{}, false
			}
			d.Digits = d.Digits*10 + int64(c-'0')
			if point {
				d.Exponent--
			}
		}
	}
	return d.normal(), true
}

func (d Decimal) normal() Decimal {
	if d.Digits == 0 {
		return Decimal{}
	}
	for d.Digits%10 == 0 {
		d.Digits /= 10
		d.Exponent++
	}
	return d
}

// Scale returns d × 10^n.
func (d Decimal) Scale(n int) Decimal {
	if d.Digits != 0 {
		d.Exponent += n
	}
	return d
}

// Times returns d × n.
func (d Decimal) Times(n int64) Decimal {
	d.Digits *= n
	return d.normal()
}

// Int returns d as an integer; false if it is none or does not fit.
func (d Decimal) Int() (int64, bool) {
	n := d.Digits
	if d.Exponent < 0 {
		return 0, d.Digits == 0
	}
	for range d.Exponent {
		if n > 9e17 {
			return 0, false
		}
		n *= 10
	}
	return n, true
}

// Float returns the nearest float64.
func (d Decimal) Float() float64 {
	f, _ := strconv.ParseFloat(strconv.FormatInt(d.Digits, 10)+"e"+strconv.Itoa(d.Exponent), 64)
	return f
}

// String returns the plain decimal form: 59400, 6.9.
func (d Decimal) String() string {
	if n, ok := d.Int(); ok {
		return strconv.FormatInt(n, 10)
	}
	if d.Exponent > 0 {
		return strconv.FormatFloat(d.Float(), 'f', -1, 64)
	}
	s := strconv.FormatInt(d.Digits, 10)
	for len(s) <= -d.Exponent {
		s = "0" + s
	}
	return s[:len(s)+d.Exponent] + "." + s[len(s)+d.Exponent:]
}
