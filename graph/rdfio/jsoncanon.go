package rdfio

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"
)

// appendCanonicalJSON appends a JSON value in the one spelling that RFC 8785 gives it, which JSON-LD 1.1 API §8.6 wants of a
// JSON literal: members in the order of their names' UTF-16 units, numbers as JavaScript prints their float64, strings
// with the shortest escapes. A number that is no finite float64 keeps its text.
func appendCanonicalJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case string:
		return appendCanonicalString(b, v)
	case float64:
		return appendCanonicalNumber(b, v)
	case json.Number:
		f, err := v.Float64()
		if err != nil || math.IsInf(f, 0) {
			return append(b, v...)
		}
		return appendCanonicalNumber(b, f)
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendCanonicalJSON(b, item)
		}
		return append(b, ']')
	case map[string]any:
		keys := sortedKeys(v)
		slices.SortStableFunc(keys, func(x, y string) int {
			return slices.Compare(utf16.Encode([]rune(x)), utf16.Encode([]rune(y)))
		})
		b = append(b, '{')
		for i, key := range keys {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendCanonicalString(b, key), ':')
			b = appendCanonicalJSON(b, v[key])
		}
		return append(b, '}')
	}
	return b
}

// appendCanonicalNumber follows ECMAScript's Number::toString.
func appendCanonicalNumber(b []byte, f float64) []byte {
	if f == 0 {
		return append(b, '0') // of both signs
	}
	if abs := math.Abs(f); abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(b, f, 'f', -1, 64)
	}
	start := len(b)
	b = strconv.AppendFloat(b, f, 'e', -1, 64)
	if n := len(b); b[n-2] == '0' && n-4 >= start && b[n-4] == 'e' { // e-07 is e-7
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}

func appendCanonicalString(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, `\b`...)
		case '\t':
			b = append(b, `\t`...)
		case '\n':
			b = append(b, `\n`...)
		case '\f':
			b = append(b, `\f`...)
		case '\r':
			b = append(b, `\r`...)
		default:
			if c < 0x20 {
				const hex = "0123456789abcdef"
				b = append(b, `\u00`...)
				b = append(b, hex[c>>4], hex[c&15])
				continue
			}
			b = append(b, c)
		}
	}
	return append(b, '"')
}
