package xsd

import (
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

var stringFunctions = []Function{
	{Name: "STRLEN", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.3.2", Fn: fnStrLen},
	{Name: "SUBSTR", Min: 2, Max: 3, Section: "SPARQL 1.1 §17.4.3.3", Fn: fnSubstr},
	{Name: "UCASE", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.3.4", Fn: fnUCase},
	{Name: "LCASE", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.3.5", Fn: fnLCase},
	{Name: "STRSTARTS", Min: 2, Max: 2, Section: "SPARQL 1.1 §17.4.3.6", Fn: compatible(strings.HasPrefix)},
	{Name: "STRENDS", Min: 2, Max: 2, Section: "SPARQL 1.1 §17.4.3.7", Fn: compatible(strings.HasSuffix)},
	{Name: "CONTAINS", Min: 2, Max: 2, Section: "SPARQL 1.1 §17.4.3.8", Fn: compatible(strings.Contains)},
	{Name: "STRBEFORE", Min: 2, Max: 2, Section: "SPARQL 1.1 §17.4.3.9", Fn: fnStrBefore},
	{Name: "STRAFTER", Min: 2, Max: 2, Section: "SPARQL 1.1 §17.4.3.10", Fn: fnStrAfter},
	{Name: "ENCODE_FOR_URI", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.3.11", Fn: fnEncode},
	{Name: "CONCAT", Min: 0, Max: -1, Section: "SPARQL 1.1 §17.4.3.12", Fn: fnConcat},
	{Name: "LANGMATCHES", Min: 2, Max: 2, Section: "SPARQL 1.1 §17.4.3.13", Fn: fnLangMatches},
	{Name: "REGEX", Min: 2, Max: 3, Section: "SPARQL 1.1 §17.4.3.14", Fn: fnRegex},
	{Name: "REPLACE", Min: 3, Max: 4, Section: "SPARQL 1.1 §17.4.3.15", Fn: fnReplace},
}

// isStringLiteral reports whether v is what SPARQL calls a string literal, with or without a language.
func (v *Value) isStringLiteral() bool { return v.kind == String || v.kind == LangString }

// like returns a string with v's language and direction.
func (v Value) like(s string) Value {
	v.text = s
	return v
}

// argumentsCompatible is SPARQL 1.2's argument compatibility rule (§17.4.3.1): the second is an xsd:string, or has
// the first's language and direction.
func argumentsCompatible(a, b *Value) error {
	switch {
	case !a.isStringLiteral() || !b.isStringLiteral():
		return errString
	case b.kind == String || a.kind == b.kind && a.aux == b.aux && a.typ == b.typ:
		return nil
	}
	return errStrings
}

func compatible(is func(s, t string) bool) func(*Context, []Value) (Value, error) {
	return func(_ *Context, a []Value) (Value, error) {
		if err := argumentsCompatible(&a[0], &a[1]); err != nil {
			return Value{}, err
		}
		return NewBoolean(is(a[0].text, a[1].text)), nil
	}
}

func fnStrLen(_ *Context, a []Value) (Value, error) {
	if !a[0].isStringLiteral() {
		return Value{}, errString
	}
	return NewInteger(int64(utf8.RuneCountInString(a[0].text))), nil
}

// fnSubstr keeps the code points p, counted from 1, with round(start) <= p < round(start) + round(length).
func fnSubstr(_ *Context, a []Value) (Value, error) {
	if !a[0].isStringLiteral() {
		return Value{}, errString
	}
	if !a[1].IsNumeric() {
		return Value{}, errNumber
	}
	from, to := roundHalfUp(a[1].toFloat64()), math.Inf(1)
	if len(a) == 3 {
		if !a[2].IsNumeric() {
			return Value{}, errNumber
		}
		to = from + roundHalfUp(a[2].toFloat64())
	}
	s := a[0].text
	start, end, p := len(s), len(s), 1.0
	for i := range s {
		if start == len(s) && p >= from {
			start = i
		}
		if !(p < to) {
			end = i
			break
		}
		p++
	}
	if start > end || math.IsNaN(from) {
		start = end
	}
	return a[0].like(s[start:end]), nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func fnUCase(_ *Context, a []Value) (Value, error) {
	if !a[0].isStringLiteral() {
		return Value{}, errString
	}
	if isASCII(a[0].text) {
		return a[0].like(strings.ToUpper(a[0].text)), nil
	}
	return a[0].like(cases.Upper(language.Und).String(a[0].text)), nil
}

func fnLCase(_ *Context, a []Value) (Value, error) {
	if !a[0].isStringLiteral() {
		return Value{}, errString
	}
	if isASCII(a[0].text) {
		return a[0].like(strings.ToLower(a[0].text)), nil
	}
	return a[0].like(cases.Lower(language.Und).String(a[0].text)), nil
}

func fnStrBefore(_ *Context, a []Value) (Value, error) {
	if err := argumentsCompatible(&a[0], &a[1]); err != nil {
		return Value{}, err
	}
	if i := strings.Index(a[0].text, a[1].text); i >= 0 {
		return a[0].like(a[0].text[:i]), nil
	}
	return NewString(""), nil
}

func fnStrAfter(_ *Context, a []Value) (Value, error) {
	if err := argumentsCompatible(&a[0], &a[1]); err != nil {
		return Value{}, err
	}
	if i := strings.Index(a[0].text, a[1].text); i >= 0 {
		return a[0].like(a[0].text[i+len(a[1].text):]), nil
	}
	return NewString(""), nil
}

// fnEncode escapes all but the unreserved characters of RFC 3986 §2.3.
func fnEncode(_ *Context, a []Value) (Value, error) {
	if !a[0].isStringLiteral() {
		return Value{}, errString
	}
	const hex = "0123456789ABCDEF"
	s := a[0].text
	b := make([]byte, 0, len(s)+16)
	for i := range len(s) {
		c := s[i]
		if 'a' <= c|0x20 && c|0x20 <= 'z' || c-'0' <= 9 || c == '-' || c == '_' || c == '.' || c == '~' {
			b = append(b, c)
		} else {
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return NewString(string(b)), nil
}

// fnConcat keeps a language and direction that all arguments have in common.
func fnConcat(_ *Context, a []Value) (Value, error) {
	if len(a) == 0 {
		return NewString(""), nil
	}
	size, same := 0, true
	for i := range a {
		if !a[i].isStringLiteral() {
			return Value{}, errString
		}
		size += len(a[i].text)
		same = same && a[i].kind == a[0].kind && a[i].aux == a[0].aux && a[i].typ == a[0].typ
	}
	b := make([]byte, 0, size)
	for i := range a {
		b = append(b, a[i].text...)
	}
	if same {
		return a[0].like(string(b)), nil
	}
	return NewString(string(b)), nil
}

// fnLangMatches is basic filtering of RFC 4647 §3.3.1.
func fnLangMatches(_ *Context, a []Value) (Value, error) {
	if a[0].kind != String || a[1].kind != String {
		return Value{}, errString
	}
	tag, r := a[0].text, a[1].text
	if r == "*" {
		return NewBoolean(tag != ""), nil
	}
	return NewBoolean(tag != "" && r != "" && len(tag) >= len(r) && strings.EqualFold(tag[:len(r)], r) &&
		(len(tag) == len(r) || tag[len(r)] == '-')), nil
}

func fnRegex(c *Context, a []Value) (Value, error) {
	re, err := c.regexpOf(a, 1, 2)
	if err != nil {
		return Value{}, err
	}
	found, err := re.match(a[0].text)
	return NewBoolean(found), err
}

func fnReplace(c *Context, a []Value) (Value, error) {
	re, err := c.regexpOf(a, 1, 3)
	if err != nil {
		return Value{}, err
	}
	if a[2].kind != String {
		return Value{}, errString
	}
	s, err := re.replace(a[0].text, a[2].text)
	if err != nil {
		return Value{}, err
	}
	return a[0].like(s), nil
}

// regexpOf finds the compiled form of the pattern and flags among a function's arguments.
func (c *Context) regexpOf(a []Value, pattern, flags int) (*Regexp, error) {
	if !a[0].isStringLiteral() || a[pattern].kind != String {
		return nil, errString
	}
	f := ""
	if len(a) > flags {
		if a[flags].kind != String {
			return nil, errString
		}
		f = a[flags].text
	}
	return c.regexps.get(a[pattern].text, f)
}
