package cayley

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sett/graph/sparql"
)

// Cayley's GraphQL is the query part of GraphQL (June 2018 edition, §2), with names that may be IRIs: in <>, or bare such
// as follows, foaf:name or http://example.org/name. A bare name ends at a space or a character that the syntax needs; a
// colon ends it only where a space or such a character follows, so that :name is a name too. A # begins a comment only where a token could begin.

type gqlKind uint8

const (
	gqlEnd gqlKind = iota
	gqlPunct
	gqlName
	gqlString
	gqlNumber
)

type gqlToken struct {
	kind gqlKind
	text string // of a string: what it says
	at   int    // byte in the source
}

// gqlDelimiters end a bare name.
const gqlDelimiters = "\"{}()[]|^`,@!=$"

// lexGraphQL cuts a document into tokens. Errors: *sparql.SyntaxError.
func lexGraphQL(src string) ([]gqlToken, error) {
	var out []gqlToken
	for i := 0; ; {
		for i < len(src) {
			r, n := utf8.DecodeRuneInString(src[i:])
			if r == '#' {
				end := strings.IndexByte(src[i:], '\n')
				if end < 0 {
					end = len(src) - i
				}
				i += end
				continue
			}
			if !unicode.IsSpace(r) && r != ',' && r != '\ufeff' {
				break
			}
			i += n
		}
		if i == len(src) {
			return append(out, gqlToken{gqlEnd, "", i}), nil
		}
		t := gqlToken{at: i}
		switch c := src[i]; {
		case strings.HasPrefix(src[i:], "..."):
			t.kind, t.text = gqlPunct, "..."
			i += 3
		case strings.IndexByte("{}()[]:@!=$", c) >= 0 && (c != ':' || gqlBare(src, i) == i):
			t.kind, t.text = gqlPunct, src[i:i+1]
			i++
		case c == '"':
			text, n, err := gqlStringAt(src, i)
			if err != nil {
				return nil, err
			}
			t.kind, t.text = gqlString, text
			i += n
		case c == '<' || strings.HasPrefix(src[i:], "~<"):
			end := strings.IndexAny(src[i:], "> \t\r\n")
			if end < 0 || src[i+end] != '>' {
				return nil, textError(src, i, "an IRI that is not closed by >")
			}
			t.kind, t.text = gqlName, src[i:i+end+1]
			i += end + 1
		default:
			end := gqlBare(src, i)
			if end == i {
				return nil, textError(src, i, "unexpected "+strconv.QuoteRune([]rune(src[i:])[0]))
			}
			t.kind, t.text = gqlName, src[i:end]
			if _, err := strconv.ParseFloat(t.text, 64); err == nil && (c == '-' || c >= '0' && c <= '9') {
				t.kind = gqlNumber
			}
			i = end
		}
		out = append(out, t)
	}
}

// gqlBare returns where a bare name ends.
func gqlBare(src string, i int) int {
	for i < len(src) {
		r, n := utf8.DecodeRuneInString(src[i:])
		if r <= ' ' || unicode.IsSpace(r) || strings.ContainsRune(gqlDelimiters, r) {
			return i
		}
		if r == ':' {
			next, _ := utf8.DecodeRuneInString(src[i+n:])
			if i+n == len(src) || unicode.IsSpace(next) || strings.ContainsRune(gqlDelimiters+"<~", next) {
				return i
			}
		}
		i += n
	}
	return i
}

// gqlStringAt reads a string, or a block string in three quotes, and returns its bytes in the source.
func gqlStringAt(src string, i int) (string, int, error) {
	if strings.HasPrefix(src[i:], `"""`) {
		end := strings.Index(src[i+3:], `"""`)
		if end < 0 {
			return "", 0, textError(src, i, "a block string that is not closed")
		}
		return strings.TrimSpace(src[i+3 : i+3+end]), end + 6, nil
	}
	for j := i + 1; j < len(src) && src[j] != '\n'; j++ {
		switch src[j] {
		case '\\':
			j++
		case '"':
			var text string // the escapes are those of JSON, but a tab may stand as it is
			if err := json.Unmarshal([]byte(strings.ReplaceAll(src[i:j+1], "\t", `\t`)), &text); err != nil {
				return "", 0, textError(src, i, "a string with an unknown escape or a control character")
			}
			return text, j + 1 - i, nil
		}
	}
	return "", 0, textError(src, i, "a string that is not closed")
}

// textError is an error at a byte of a text.
func textError(src string, at int, msg string) *sparql.SyntaxError {
	at = min(at, len(src))
	start := strings.LastIndexByte(src[:at], '\n') + 1
	line, _, _ := strings.Cut(src[start:], "\n")
	return &sparql.SyntaxError{Line: strings.Count(src[:at], "\n") + 1, Column: utf8.RuneCountInString(src[start:at]) + 1, Offset: at, Msg: msg,
		Text: strings.TrimRight(line, "\r")}
}
