package repl

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryAbbreviationMeansOneCommand(t *testing.T) {
	for _, c := range commands() {
		if !strings.HasPrefix(c.name, c.shortest) {
			t.Errorf(".%s: shortest %q is no beginning of it", c.name, c.shortest)
		}
		for n := len(c.shortest); n <= len(c.name); n++ {
			if got, ok := findCommand(c.name[:n]); !ok || got.name != c.name {
				t.Errorf(".%s: means .%s, want .%s", c.name[:n], got.name, c.name)
			}
		}
		if c.help == "" || c.run == nil {
			t.Errorf(".%s has no help or does nothing", c.name)
		}
	}
}

func TestTheTableHasTheCommandsOfTheManual(t *testing.T) {
	manual := strings.Fields("help quit open tables prefixes schema describe find why dot save queries run explain profile timer to lang limit timeout load output history read")
	var have []string
	for _, c := range commands() {
		have = append(have, c.name)
	}
	slices.Sort(manual)
	slices.Sort(have)
	if !slices.Equal(have, manual) {
		t.Errorf("commands %v, want %v", have, manual)
	}
}

func TestSplitArguments(t *testing.T) {
	for line, want := range map[string][]string{
		``:                                  {},
		`a  b`:                              {"a", "b"},
		`"Falcon Mamba 7B" 2 'my file.svg'`: {"Falcon Mamba 7B", "2", "my file.svg"},
		`s "5.8"^^xsd:decimal "x"@en`:       {"s", `"5.8"^^xsd:decimal`, `"x"@en`},
		`"a \"b\" \\"`:                      {`a "b" \`},
		`<urn:a> k=v`:                       {"<urn:a>", "k=v"},
	} {
		got, err := splitArguments(line)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", line, got, err, want)
		}
	}
	if _, err := splitArguments(`"open`); err == nil {
		t.Error("an open quote is taken")
	}
}

func TestNearest(t *testing.T) {
	names := []string{"help", "tables", "timer", "timeout", "describe"}
	for typed, want := range map[string]string{"tabels": "tables", "helpp": "help", "descirbe": "describe", "xyzzy": "", "timr": "timer"} {
		if got := nearest(typed, names); got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
}
