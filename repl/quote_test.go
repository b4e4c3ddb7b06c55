package repl

import (
	"strings"
	"testing"
)

func TestFiguresAreFoundByTheirValue(t *testing.T) {
	for _, c := range []struct {
		text   string
		want   float64
		marked string
	}{
		{"trained on 5.8 trillion tokens, 7B", 5.8e12, "5.8 trillion"},
		{"trained on 3.4T tokens", 3.4e12, "3.4T"},
		{"contexts of 4K and 4,096 and 4k6", 4096, "4K|4,096"},
		{"(\\$148K) or 148,000", 148000, "148K|148,000"},
		{"1.2B, 2.7B and 7.4B", 2.7e9, "2.7B"},
		{"59.4K H100 GPU hours", 59400, "59.4K"},
		{"125M or 125 million or 125-million", 125e6, "125M|125 million|125-million"},
		{"in 2023", 7, ""},
		{"", 0, ""},
		{"7 bits and 7 b", 7e9, "7 b"},
	} {
		var marked []string
		for _, s := range figures(c.text, c.want) {
			marked = append(marked, c.text[s.start:s.end])
		}
		if got := strings.Join(marked, "|"); got != c.marked {
			t.Errorf("%q: got %q, want %q", c.text, got, c.marked)
		}
	}
}

func TestNamesAreFoundAsWholeWords(t *testing.T) {
	for _, c := range []struct{ text, name, marked string }{
		{"Mixture-of-Experts and mixture of experts", "mixture of experts", "Mixture-of-Experts|mixture of experts"},
		{"Zamba2 is no Zamba", "Zamba", "Zamba"},
		{"H100s and the H1000", "H100", "H100"},
		{"C++ (C) c", "C++", "C++"},
		{"日本語とPython", "Python", ""},
		{"", "x", ""},
		{"x", "- -", ""},
	} {
		var marked []string
		for _, s := range occurrences(c.text, c.name) {
			marked = append(marked, c.text[s.start:s.end])
		}
		if got := strings.Join(marked, "|"); got != c.marked {
			t.Errorf("%q in %q: got %q, want %q", c.name, c.text, got, c.marked)
		}
	}
}
