package results

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"sett/graph/rdf"
)

// parseTerm reads one term as TSV has it: Turtle's without prefixes. It returns what follows.
func parseTerm(s string, depth int) (t rdf.Term, rest string, err error) {
	switch {
	case strings.HasPrefix(s, "<<("):
		return parseTriple(s[3:], depth)
	case strings.HasPrefix(s, "<"):
		end := strings.IndexByte(s, '>')
		if end < 0 {
			return t, "", errors.New("an IRI is not closed")
		}
		iri, err := unescape(s[1:end])
		return rdf.NewIRI(iri), s[end+1:], err
	case strings.HasPrefix(s, "_:"):
		end := strings.IndexAny(s, " \t)")
		if end < 0 {
			end = len(s)
		}
		if end == 2 {
			return t, "", errors.New("a blank node without a label")
		}
		return rdf.NewBlank(s[2:end]), s[end:], nil
	case strings.HasPrefix(s, `"`), strings.HasPrefix(s, `'`):
		return parseLiteral(s)
	}
	end := strings.IndexAny(s, " \t)")
	if end < 0 {
		end = len(s)
	}
	if s[:end] == "true" || s[:end] == "false" {
		return rdf.NewLiteral(s[:end], rdf.XSDBoolean), s[end:], nil
	}
	if dt := numberType(s[:end]); dt != "" {
		return rdf.NewLiteral(s[:end], dt), s[end:], nil
	}
	return t, "", fmt.Errorf("%.20q is not a term", s)
}

func parseTriple(s string, depth int) (t rdf.Term, rest string, err error) {
	if depth > maxDepth {
		return t, "", errors.New("triple terms are nested too deeply")
	}
	var terms [3]rdf.Term
	for i := range terms {
		if terms[i], s, err = parseTerm(strings.TrimLeft(s, " "), depth+1); err != nil {
			return t, "", err
		}
	}
	s, ok := strings.CutPrefix(strings.TrimLeft(s, " "), ")>>")
	if !ok {
		return t, "", errors.New("a triple term is not closed")
	}
	return rdf.NewTripleTerm(terms[0], terms[1], terms[2]), s, nil
}

func parseLiteral(s string) (t rdf.Term, rest string, err error) {
	end := 1
	for end < len(s) && s[end] != s[0] {
		if s[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(s) {
		return t, "", errors.New("a string is not closed")
	}
	value, err := unescape(s[1:end])
	if err != nil {
		return t, "", err
	}
	s = s[end+1:]
	switch {
	case strings.HasPrefix(s, "^^<"):
		end := strings.IndexByte(s, '>')
		if end < 0 {
			return t, "", errors.New("a datatype is not closed")
		}
		dt, err := unescape(s[3:end])
		return rdf.NewLiteral(value, dt), s[end+1:], err
	case strings.HasPrefix(s, "@"):
		end := 1
		for end < len(s) && (s[end] == '-' || s[end]-'0' <= 9 || 'a' <= s[end]|0x20 && s[end]|0x20 <= 'z') {
			end++
		}
		tag, dir, _ := strings.Cut(s[1:end], "--")
		if tag == "" {
			return t, "", errors.New("a language tag is empty")
		}
		t, err := literal(value, "", tag, dir)
		return t, s[end:], err
	}
	return rdf.NewString(value), s, nil
}

// unescape undoes ECHAR and UCHAR.
func unescape(s string) (string, error) {
	if strings.IndexByte(s, '\\') < 0 {
		return s, nil
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b = append(b, s[i])
			continue
		}
		if i++; i == len(s) {
			return "", errors.New(`a text ends with \`)
		}
		if at := strings.IndexByte(`tbnrf"'\`, s[i]); at >= 0 {
			b = append(b, "\t\b\n\r\f\"'\\"[at])
			continue
		}
		size := map[byte]int{'u': 4, 'U': 8}[s[i]]
		if size == 0 || i+size >= len(s) {
			return "", fmt.Errorf(`\%c is not an escape`, s[i])
		}
		r, err := strconv.ParseUint(s[i+1:i+1+size], 16, 32)
		if err != nil || !utf8.ValidRune(rune(r)) {
			return "", fmt.Errorf(`\%s is not a character`, s[i:i+1+size])
		}
		b = utf8.AppendRune(b, rune(r))
		i += size
	}
	return string(b), nil
}
