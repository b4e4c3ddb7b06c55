package papers

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
)

func lines(t testing.TB, opt Options) []byte {
	t.Helper()
	var all []byte
	if err := Generate(opt, func(line []byte) error { all = append(all, line...); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPapersAreTheSameEachTimeAndAPrefixOfMore(t *testing.T) {
	few, many := lines(t, Options{Papers: 300}), lines(t, Options{Papers: 700})
	if !bytes.Equal(few, lines(t, Options{Papers: 300})) {
		t.Error("the second time gives other papers")
	}
	if !bytes.HasPrefix(many, few) {
		t.Error("300 papers are not the first of 700")
	}
	if bytes.Equal(few, lines(t, Options{Papers: 300, Seed: 1})) {
		t.Error("another seed gives the same papers")
	}
}

func TestLinesHaveTheKeysOfTheDump(t *testing.T) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(lines(t, Options{Papers: 1}), &keys); err != nil {
		t.Fatal(err)
	}
	for _, key := range strings.Fields("id submitter authors title comments journal-ref doi report-no categories license abstract versions update_date authors_parsed") {
		if _, ok := keys[key]; !ok {
			t.Errorf("%s is missing", key)
		}
		delete(keys, key)
	}
	if len(keys) > 0 {
		t.Errorf("keys that the dump does not have: %v", keys)
	}
}

func TestEverySymbolOfTheGrammarIsDefinedAndUsed(t *testing.T) {
	g, err := parseGrammar(grammarText)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{"paper": true, "given": true, "remark": true, "journal": true, "license-url": true}
	for _, kind := range g["paper"] {
		for _, part := range []string{".title", ".abstract", ".categories"} {
			used[kind+part] = true
			if len(g[kind+part]) == 0 {
				t.Errorf("%s%s has no alternatives", kind, part)
			}
		}
	}
	symbols := regexp.MustCompile(`\{([A-Za-z][A-Za-z0-9.-]+)\}`) // single letters in braces are TeX
	coined := map[string]bool{"Name": true, "Other": true, "NAME": true, "ABBR": true}
	for symbol, choices := range g {
		for _, text := range choices {
			for _, m := range symbols.FindAllStringSubmatch(text, -1) {
				used[m[1]] = true
				if len(g[m[1]]) == 0 && !coined[m[1]] {
					t.Errorf("%s: {%s} is not defined", symbol, m[1])
				}
			}
		}
	}
	for symbol := range g {
		if !used[symbol] {
			t.Errorf("nothing uses %s", symbol)
		}
	}
}

func TestCoinedNamesAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for i := range 200000 {
		seen[coin(i, 7)] = true
	}
	if len(seen) != 200000 {
		t.Errorf("%d names of 200000", len(seen))
	}
	if a, b := coin(5, 0), coin(5+names, 0); a == b {
		t.Errorf("%s is coined twice", a)
	}
}

func TestGenerateStopsAtTheFirstError(t *testing.T) {
	stop, n := errors.New("stop"), 0
	if err := Generate(Options{Papers: 10}, func([]byte) error { n++; return stop }); err != stop || n != 1 {
		t.Errorf("got %v after %d papers", err, n)
	}
}

// go test -bench Generate ./cmd/settbench/papers
func BenchmarkGenerate(b *testing.B) {
	n := 0
	for b.Loop() {
		n += bytes.Count(lines(b, Options{Papers: 1000}), []byte{'\n'})
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "papers/s")
}
