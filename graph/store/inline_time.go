package store

// Dates are inlined as days from 0001-01-01, dateTimes as microseconds from its midnight, both in the proleptic
// Gregorian calendar, years 1 to 9999.

const microsPerDay = 24 * 3600 * 1_000_000

// daysBefore returns the days from 0001-01-01 to the first of a month.
func daysBefore(year, month int) int {
	y := year - 1
	d := y*365 + y/4 - y/100 + y/400
	d += [...]int{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}[month-1]
	if month > 2 && leap(year) {
		d++
	}
	return d
}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(year, month int) int {
	if month == 2 && leap(year) {
		return 29
	}
	return [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
}

// parseDate reads YYYY-MM-DD and returns the rest of the text.
func parseDate(v string) (days uint64, rest string, ok bool) {
	if len(v) < 10 || v[4] != '-' || v[7] != '-' {
		return 0, "", false
	}
	y, ok1 := digits(v[:4])
	m, ok2 := digits(v[5:7])
	d, ok3 := digits(v[8:10])
	if !ok1 || !ok2 || !ok3 || y == 0 || m == 0 || m > 12 || d == 0 || int(d) > daysIn(int(y), int(m)) {
		return 0, "", false
	}
	return uint64(daysBefore(int(y), int(m)) + int(d) - 1), v[10:], true
}

// parseDateTime reads YYYY-MM-DDThh:mm:ss(.f{1,6})?Z? without a trailing zero in the fraction.
func parseDateTime(v string) (micros uint64, utc, ok bool) {
	days, t, ok := parseDate(v)
	if !ok || len(t) < 9 || t[0] != 'T' || t[3] != ':' || t[6] != ':' {
		return 0, false, false
	}
	h, ok1 := digits(t[1:3])
	m, ok2 := digits(t[4:6])
	s, ok3 := digits(t[7:9])
	if !ok1 || !ok2 || !ok3 || h > 23 || m > 59 || s > 59 {
		return 0, false, false
	}
	t = t[9:]
	if n := len(t); n > 0 && t[n-1] == 'Z' {
		utc, t = true, t[:n-1]
	}
	var frac int64
	if t != "" {
		if t[0] != '.' || len(t) < 2 || len(t) > 7 || t[len(t)-1] == '0' {
			return 0, false, false
		}
		if frac, ok = digits(t[1:]); !ok {
			return 0, false, false
		}
		for range 7 - len(t) {
			frac *= 10
		}
	}
	return days*microsPerDay + uint64(((h*60+m)*60+s)*1_000_000+frac), utc, true
}

// civil is the inverse of daysBefore(year, month) + day - 1.
func civil(days int) (year, month, day int) {
	n400, d := days/146097, days%146097
	n100 := min(d/36524, 3)
	d -= n100 * 36524
	n4 := d / 1461
	d %= 1461
	n1 := min(d/365, 3)
	d -= n1 * 365
	year = n400*400 + n100*100 + n4*4 + n1 + 1
	for month = 1; d >= daysIn(year, month); month++ {
		d -= daysIn(year, month)
	}
	return year, month, d + 1
}

// Day returns the day of an inlined date, or of a date with a time, in its own zone; ok is false for other ids.
func (id ID) Day() (year, month, day int, ok bool) {
	days := id.Payload()
	switch id.Kind() {
	case KindDate:
	case KindDateTime, KindDateTimeLocal:
		days /= microsPerDay
	default:
		return 0, 0, 0, false
	}
	year, month, day = civil(int(days))
	return year, month, day, true
}

func appendDate(b []byte, days uint64) []byte {
	y, m, d := civil(int(days))
	b = append(appendPadded(b, y, 4), '-')
	b = append(appendPadded(b, m, 2), '-')
	return appendPadded(b, d, 2)
}

func appendDateTime(b []byte, micros uint64) []byte {
	b = append(appendDate(b, micros/microsPerDay), 'T')
	t := int(micros % microsPerDay)
	s := t / 1_000_000
	b = append(appendPadded(b, s/3600, 2), ':')
	b = append(appendPadded(b, s/60%60, 2), ':')
	b = appendPadded(b, s%60, 2)
	f, width := t%1_000_000, 6
	if f == 0 {
		return b
	}
	for f%10 == 0 {
		f, width = f/10, width-1
	}
	return appendPadded(append(b, '.'), f, width)
}
