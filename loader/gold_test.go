package loader_test

import (
	"cmp"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"sett/loader/document"
	"sett/loader/extract"
)

var showGold = flag.Bool("gold", false, "print what TestGold misses and what it finds wrong, but for the held-out file")

// goldCase is one abstract of testdata/gold with what a careful reader finds in it; see the README there.
type goldCase struct {
	line        int
	title, text string
	facts       []goldFact
}

// goldFact is one fact; each field but the property holds the names that will do.
type goldFact struct {
	subject, object []string
	property        string
	optional        bool
}

// goldCases reads a file of abstracts.
func goldCases(t testing.TB, path string) []goldCase {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []goldCase
	var c goldCase
	facts := false
	flush := func() {
		if c.title != "" {
			cases = append(cases, c)
		}
		c, facts = goldCase{}, false
	}
	for i, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimRight(line, " \r")
		switch {
		case line == "":
			flush()
		case strings.HasPrefix(line, "#"):
		case line == "----":
			facts = true
		case !facts && c.title == "":
			c.line, c.title = i+1, line
		case !facts:
			c.text = strings.TrimSpace(c.text + " " + line)
		default:
			f := goldFact{}
			if line, f.optional = strings.CutPrefix(line, "? "); false {
				continue
			}
			fields := strings.Split(line, " | ")
			if len(fields) != 3 {
				t.Fatalf("%s:%d: want subject | property | object", path, i+1)
			}
			f.subject, f.property, f.object = strings.Split(fields[0], " or "), fields[1], strings.Split(fields[2], " or ")
			c.facts = append(c.facts, f)
		}
	}
	flush()
	return cases
}

// nameKey is letters and digits, small: what names are compared by.
func nameKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// among reports whether one of the names is one of those that will do.
func among(will, names []string) bool {
	for _, a := range will {
		for _, b := range names {
			if a == b || nameKey(a) == nameKey(b) {
				return true
			}
			x, err := strconv.ParseFloat(a, 64)
			y, err2 := strconv.ParseFloat(b, 64)
			if err == nil && err2 == nil && math.Abs(x-y) <= 0.005*math.Abs(x) {
				return true
			}
		}
	}
	return false
}

// tallied counts found against gold.
type tallied struct{ right, wrong, gold, found int }

func (a *tallied) add(b tallied) {
	a.right, a.wrong, a.gold, a.found = a.right+b.right, a.wrong+b.wrong, a.gold+b.gold, a.found+b.found
}

func (a tallied) precision() float64 { return float64(a.right) / math.Max(1, float64(a.right+a.wrong)) }
func (a tallied) recall() float64    { return float64(a.found) / math.Max(1, float64(a.gold)) }
func (a tallied) f1() float64 {
	p, r := a.precision(), a.recall()
	return 2 * p * r / math.Max(1e-9, p+r)
}

func (a tallied) String() string {
	return fmt.Sprintf("gold %d, found %d, wrong %d: P %.3f R %.3f F1 %.3f", a.gold, a.found, a.wrong, a.precision(), a.recall(), a.f1())
}

// judge extracts from a case and compares; misses holds a line for each difference.
func (c *goldCase) judge(w *extract.Worker) (n tallied, misses []string) {
	doc := document.New()
	doc.Title, doc.Text = c.title, c.text
	r := w.Document(doc)
	names := func(i int) []string {
		if i < 0 {
			return []string{"PAPER"}
		}
		return append([]string{r.Entities[i].Label}, r.Entities[i].Alts...)
	}
	hit := make([]bool, len(c.facts))
	for _, s := range r.Statements {
		if s.Property == "" || s.Property == "mentions" {
			continue
		}
		subject, object := names(s.Subject), []string{s.Value.Value()}
		if s.Object >= 0 {
			object = names(s.Object)
		}
		right, accepted := false, false
		for i, f := range c.facts {
			if f.property == s.Property && among(f.subject, subject) && among(f.object, object) {
				right, accepted = right || !f.optional, true
				hit[i] = true
			}
		}
		switch {
		case right:
			n.right++
		case !accepted:
			n.wrong++
			misses = append(misses, fmt.Sprintf("  wrong   %s | %s | %s   (%s)", subject[0], s.Property, object[0], s.Rule))
		}
	}
	for i, f := range c.facts {
		if f.optional {
			continue
		}
		n.gold++
		if hit[i] {
			n.found++
		} else {
			misses = append(misses, fmt.Sprintf("  missed  %s | %s | %s", strings.Join(f.subject, " or "), f.property, strings.Join(f.object, " or ")))
		}
	}
	return n, misses
}

// TestGold holds the rules to the abstracts of testdata/gold. Those of held-out.txt were written before the rules and were not
// read while the rules were made.
func TestGold(t *testing.T) {
	e := extract.New(lexiconOf(t))
	w := e.NewWorker()
	files, err := filepath.Glob("testdata/gold/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no gold")
	}
	var all tallied
	for _, file := range files {
		var sum tallied
		for _, c := range goldCases(t, file) {
			n, misses := c.judge(w)
			sum.add(n)
			if *showGold && filepath.Base(file) != "held-out.txt" {
				slices.SortFunc(misses, cmp.Compare[string])
				t.Logf("%s:%d: %s: %v\n%s", file, c.line, c.title, n, strings.Join(misses, "\n"))
			}
		}
		t.Logf("%s: %v", filepath.Base(file), sum)
		all.add(sum)
	}
	t.Logf("all: %v", all)
}
