package xsd

import (
	"strconv"
)

// maxYear bounds years, so that instants fit 64 bits with room for arithmetic.
const maxYear = 9_999_999_999

const daySeconds = 86400

// civil is a date and time of day as written, in its own zone.
type civil struct {
	year               int64
	month, day         int
	hour, minute, secs int
	nanos              int32
}

// days counts days from 1970-01-01 in the proleptic Gregorian calendar, with a year 0 (XML Schema 1.1). Years run
// from March in the reckoning, which puts the leap day last.
func days(year int64, month, day int) int64 {
	if month <= 2 {
		year--
	}
	era := floorDiv(year, 400)
	yoe := year - era*400
	doy := int64((153*((month+9)%12)+2)/5 + day - 1)
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

// fromDays is the inverse of days.
func fromDays(n int64) (year int64, month, day int) {
	n += 719468
	era := floorDiv(n, 146097)
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = int(doy - (153*mp+2)/5 + 1)
	month = int(mp + 3)
	year = yoe + era*400
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// daysIn returns the number of days of a month.
func daysIn(year int64, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// seconds returns the instant of c, in c's own zone.
func (c *civil) seconds() int64 {
	return days(c.year, c.month, c.day)*daySeconds + int64(c.hour*3600+c.minute*60+c.secs)
}

// civil returns the date and time of v in its own zone.
func (v *Value) civil() civil {
	n := v.n
	if v.zone != noZone {
		n += int64(v.zone) * 60
	}
	d := floorDiv(n, daySeconds)
	s := int(n - d*daySeconds)
	c := civil{hour: s / 3600, minute: s / 60 % 60, secs: s % 60, nanos: v.sub}
	c.year, c.month, c.day = fromDays(d)
	return c
}

// setCivil sets the instant of v from a date and time in v's zone.
func (v *Value) setCivil(c *civil) {
	v.n = c.seconds()
	if v.zone != noZone {
		v.n -= int64(v.zone) * 60
	}
	v.sub = c.nanos
}

// referenceYear, month and day stand for the parts that a time, gMonthDay and so on lack (XPath F&O §9.6: 1972-12-31).
const referenceYear, referenceMonth, referenceDay = 1972, 12, 31

// readDateTime reads the lexical forms of the date and time datatypes (XML Schema 1.1 Part 2 §3.3.7 to §3.3.14).
func (v *Value) readDateTime(s string) bool {
	c := civil{year: referenceYear, month: referenceMonth, day: referenceDay}
	ok := true
	switch v.kind {
	case DateTime:
		s, ok = c.readDate(s)
		if !ok || s == "" || s[0] != 'T' {
			return false
		}
		s, ok = c.readTime(s[1:])
	case Date:
		s, ok = c.readDate(s)
	case Time:
		s, ok = c.readTime(s)
		if c.day != referenceDay { // 24:00:00 is 00:00:00
			c.year, c.month, c.day = referenceYear, referenceMonth, referenceDay
		}
	case GYear:
		c.month, c.day = 1, 1
		c.year, s, ok = readYear(s)
	case GYearMonth:
		c.day = 1
		if c.year, s, ok = readYear(s); ok {
			c.month, s, ok = readTwo(s, "-")
		}
	case GMonth:
		c.day = 1
		c.month, s, ok = readTwo(s, "--")
	case GMonthDay:
		if c.month, s, ok = readTwo(s, "--"); ok {
			c.day, s, ok = readTwo(s, "-")
		}
	case GDay:
		c.day, s, ok = readTwo(s, "---")
	}
	if !ok || c.month < 1 || c.month > 12 || c.day < 1 || c.day > daysIn(c.year, c.month) {
		return false
	}
	if v.zone, ok = readZone(s); !ok || v.typ == tDateTimeStamp && v.zone == noZone {
		return false
	}
	v.setCivil(&c)
	return true
}

// readDate reads year, month and day, and checks them, since 24:00:00 moves to the next day.
func (c *civil) readDate(s string) (rest string, ok bool) {
	if c.year, s, ok = readYear(s); !ok {
		return s, false
	}
	if c.month, s, ok = readTwo(s, "-"); !ok || c.month < 1 || c.month > 12 {
		return s, false
	}
	c.day, s, ok = readTwo(s, "-")
	return s, ok && c.day >= 1 && c.day <= daysIn(c.year, c.month)
}

// readTime reads hour, minute and second with a fraction. Digits past the ninth are dropped.
func (c *civil) readTime(s string) (rest string, ok bool) {
	if c.hour, s, ok = readTwo(s, ""); !ok {
		return s, false
	}
	if c.minute, s, ok = readTwo(s, ":"); !ok {
		return s, false
	}
	if c.secs, s, ok = readTwo(s, ":"); !ok {
		return s, false
	}
	if len(s) > 0 && s[0] == '.' {
		if c.nanos, s, ok = readFraction(s[1:]); !ok {
			return s, false
		}
	}
	if c.hour == 24 && c.minute == 0 && c.secs == 0 && c.nanos == 0 {
		c.hour = 0
		c.year, c.month, c.day = fromDays(days(c.year, c.month, c.day) + 1)
	}
	return s, c.hour < 24 && c.minute < 60 && c.secs < 60
}

// readFraction reads the digits behind a point as nanoseconds.
func readFraction(s string) (nanos int32, rest string, ok bool) {
	i := 0
	for unit := int32(100_000_000); i < len(s) && s[i]-'0' <= 9; i++ {
		nanos += int32(s[i]-'0') * unit
		unit /= 10
	}
	return nanos, s[i:], i > 0
}

// readYear reads four digits or more, without superfluous zeros.
func readYear(s string) (year int64, rest string, ok bool) {
	neg := s != "" && s[0] == '-'
	if neg {
		s = s[1:]
	}
	i := 0
	for i < len(s) && s[i]-'0' <= 9 {
		i++
	}
	year, ok = digits64(s[:i])
	if !ok || i < 4 || i > 4 && s[0] == '0' || year > maxYear {
		return 0, s, false
	}
	if neg {
		year = -year
	}
	return year, s[i:], true
}

// readTwo reads a mark and two digits.
func readTwo(s, mark string) (n int, rest string, ok bool) {
	if len(s) < len(mark)+2 || s[:len(mark)] != mark {
		return 0, s, false
	}
	s = s[len(mark):]
	a, b := s[0]-'0', s[1]-'0'
	return int(a)*10 + int(b), s[2:], a <= 9 && b <= 9
}

// readZone reads what is left of a date or time: nothing, Z, or an offset up to 14:00.
func readZone(s string) (zone int16, ok bool) {
	switch {
	case s == "":
		return noZone, true
	case s == "Z":
		return 0, true
	case s[0] != '+' && s[0] != '-':
		return 0, false
	}
	h, rest, ok := readTwo(s[1:], "")
	if !ok {
		return 0, false
	}
	m, rest, ok := readTwo(rest, ":")
	if !ok || rest != "" || m > 59 || h > 14 || h == 14 && m > 0 {
		return 0, false
	}
	zone = int16(h*60 + m)
	if s[0] == '-' {
		zone = -zone
	}
	return zone, true
}

// appendDateTime prints a date or time in its own zone.
func (v Value) appendDateTime(b []byte) []byte {
	c := v.civil()
	switch v.kind {
	case DateTime, Date, GYear, GYearMonth:
		b = appendYear(b, c.year)
	}
	switch v.kind {
	case DateTime, Date:
		b = append(appendTwo(append(b, '-'), c.month), '-')
		b = appendTwo(b, c.day)
	case GYearMonth:
		b = appendTwo(append(b, '-'), c.month)
	case GMonth:
		b = appendTwo(append(b, '-', '-'), c.month)
	case GMonthDay:
		b = append(appendTwo(append(b, '-', '-'), c.month), '-')
		b = appendTwo(b, c.day)
	case GDay:
		b = appendTwo(append(b, '-', '-', '-'), c.day)
	}
	if v.kind == DateTime {
		b = append(b, 'T')
	}
	if v.kind == DateTime || v.kind == Time {
		b = append(appendTwo(b, c.hour), ':')
		b = append(appendTwo(b, c.minute), ':')
		b = appendTwo(b, c.secs)
		b = appendFraction(b, c.nanos)
	}
	return v.appendZone(b)
}

// appendZone prints Z, an offset, or nothing.
func (v *Value) appendZone(b []byte) []byte {
	zone := int(v.zone)
	switch {
	case v.zone == noZone:
		return b
	case zone == 0:
		return append(b, 'Z')
	case zone < 0:
		b, zone = append(b, '-'), -zone
	default:
		b = append(b, '+')
	}
	b = append(appendTwo(b, zone/60), ':')
	return appendTwo(b, zone%60)
}

func appendYear(b []byte, year int64) []byte {
	if year < 0 {
		b, year = append(b, '-'), -year
	}
	for limit := int64(1000); limit > 1 && year < limit; limit /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, year, 10)
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// appendFraction prints a point and the digits of nanoseconds, or nothing for zero.
func appendFraction(b []byte, nanos int32) []byte {
	if nanos == 0 {
		return b
	}
	b = append(b, '.')
	for unit := int32(100_000_000); nanos > 0; unit /= 10 {
		b = append(b, byte('0'+nanos/unit))
		nanos %= unit
	}
	return b
}
