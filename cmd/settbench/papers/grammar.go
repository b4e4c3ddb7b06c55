package papers

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"
)

//go:embed grammar.txt
var grammarText string

// grammar holds the alternatives of each symbol, as often as they weigh.
type grammar map[string][]string

// parseGrammar reads the format that the head of grammar.txt tells.
func parseGrammar(text string) (grammar, error) {
	g := grammar{}
	symbol, n := "", 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		body := strings.TrimLeft(line, " ")
		switch {
		case body == "" || body[0] == '#':
		case body == line:
			if symbol = line; g[symbol] != nil {
				return nil, fmt.Errorf("grammar.txt:%d: %s stands there twice", n, symbol)
			}
		case symbol == "":
			return nil, fmt.Errorf("grammar.txt:%d: an alternative before any symbol", n)
		default:
			weight := 1
			if before, after, ok := strings.Cut(body, " * "); ok {
				if w, err := strconv.Atoi(before); err == nil {
					weight, body = w, after
				}
			}
			for range weight {
				g[symbol] = append(g[symbol], body)
			}
		}
	}
	return g, nil
}

// writer expands symbols for one paper.
type writer struct {
	grammar grammar
	rand    *rand.Rand
	bound   map[string]string // what {Symbol} stands for in this paper
	said    map[string]bool   // alternatives that this paper has used
}

// expand returns one expansion of a symbol. An unknown symbol is a mistake in grammar.txt, which a test looks for.
func (w *writer) expand(symbol string) string {
	return string(w.appendSymbol(nil, symbol))
}

func (w *writer) appendSymbol(out []byte, symbol string) []byte {
	if from, to, ok := numbers(symbol); ok {
		return strconv.AppendInt(out, int64(from+w.rand.IntN(to-from+1)), 10)
	}
	if known, ok := w.bound[symbol]; ok {
		return append(out, known...)
	}
	choices := w.grammar[symbol]
	if len(choices) == 0 {
		panic("grammar.txt has no symbol " + symbol)
	}
	start := len(out)
	out = w.appendText(out, w.choose(choices))
	if unicode.IsUpper(rune(symbol[0])) {
		w.bound[symbol] = string(out[start:])
	}
	return out
}

// choose returns an alternative that the paper has not used, if there is one.
func (w *writer) choose(choices []string) string {
	first := w.rand.IntN(len(choices))
	for i := range choices {
		if c := choices[(first+i)%len(choices)]; !w.said[c] {
			w.said[c] = true
			return c
		}
	}
	return choices[first]
}

// appendText expands the symbols in a text. A brace that no symbol follows, as in TeX, is a brace.
func (w *writer) appendText(out []byte, text string) []byte {
	for {
		before, after, ok := strings.Cut(text, "{")
		out = append(out, before...)
		if !ok {
			return out
		}
		symbol, rest, ok := strings.Cut(after, "}")
		if !ok || !w.isSymbol(symbol) {
			out = append(out, '{')
			text = after
			continue
		}
		out = w.appendSymbol(out, symbol)
		text = rest
	}
}

func (w *writer) isSymbol(s string) bool {
	if _, _, ok := numbers(s); ok {
		return true
	}
	_, ok := w.bound[s]
	return ok || len(w.grammar[s]) > 0
}

// numbers reads "2-90".
func numbers(s string) (from, to int, ok bool) {
	a, b, ok := strings.Cut(s, "-")
	if !ok {
		return 0, 0, false
	}
	from, err := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	return from, to, err == nil && err2 == nil && from <= to
}
