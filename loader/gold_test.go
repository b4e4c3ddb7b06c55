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

// floors are what the rules reach on each file: at least so many facts found, at most so many wrong statements. They may be raised.
var floors = map[string]struct{ found, wrong int }{
	"developed.txt":      {115, 0},
	"held-out.txt":       {134, 6},
	"other-sciences.txt": {0, 0},
}

// goldFiles returns the files of testdata/gold.
func goldFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/gold/*.txt")
	if err != nil || len(files) != len(floors) {
		t.Fatalf("%d files of gold, want %d: %v", len(files), len(floors), err)
	}
	return files
}

// TestGold holds the rules to the abstracts of testdata/gold: no file may fall below its floor, and all together reach an F1 of 0.92
// at a precision of 0.95. Those of held-out.txt were written before the rules and were not read while the rules were made.
func TestGold(t *testing.T) {
	w := extract.New(lexiconOf(t)).NewWorker()
	var all tallied
	for _, file := range goldFiles(t) {
		var sum tallied
		var misses []string
		for _, c := range goldCases(t, file) {
			n, differences := c.judge(w)
			sum.add(n)
			slices.SortFunc(differences, cmp.Compare[string])
			misses = append(misses, fmt.Sprintf("%s:%d: %s: %v\n%s", file, c.line, c.title, n, strings.Join(differences, "\n")))
		}
		name := filepath.Base(file)
		if *showGold && name != "held-out.txt" {
			t.Log(strings.Join(misses, "\n"))
		}
		if floor := floors[name]; sum.found < floor.found || sum.wrong > floor.wrong {
			t.Errorf("%s: %v; want at least %d found and at most %d wrong", name, sum, floor.found, floor.wrong)
		}
		t.Logf("%s: %v", name, sum)
		all.add(sum)
	}
	t.Logf("all: %v", all)
	if all.f1() < 0.92 || all.precision() < 0.95 {
		t.Errorf("all: %v; want F1 of 0.92 and precision of 0.95 at least", all)
	}
}

// TestConfidenceIsWorthItsNumber holds each band of confidences to the share of its statements that are right, on the abstracts of
// testdata/gold. A band may fall short by what so few statements leave to chance.
func TestConfidenceIsWorthItsNumber(t *testing.T) {
	w := extract.New(lexiconOf(t)).NewWorker()
	bands := []struct {
		from, to     float64
		right, wrong int
	}{{from: 0, to: 0.85}, {from: 0.85, to: 0.9}, {from: 0.9, to: 0.95}, {from: 0.95, to: 1.01}}
	for _, file := range goldFiles(t) {
		for _, c := range goldCases(t, file) {
			doc := document.New()
			doc.Title, doc.Text = c.title, c.text
			r := w.Document(doc)
			for i := range r.Statements {
				right, counted := c.holds(&r, &r.Statements[i])
				if !counted {
					continue
				}
				for b := range bands {
					if s := r.Statements[i].Confidence; s >= bands[b].from && s < bands[b].to {
						if right {
							bands[b].right++
						} else {
							bands[b].wrong++
						}
					}
				}
			}
		}
	}
	for _, b := range bands {
		n := b.right + b.wrong
		if n == 0 {
			continue
		}
		share := float64(b.right) / float64(n)
		t.Logf("confidence %.2f to %.2f: %d of %d right, %.3f", b.from, min(b.to, 1), b.right, n, share)
		if chance := 2 * math.Sqrt(0.25*b.from*(1-b.from)+0.01) / math.Sqrt(float64(n)); share < b.from-chance {
			t.Errorf("confidence %.2f to %.2f: %d of %d right, want %.2f", b.from, min(b.to, 1), b.right, n, b.from)
		}
	}
}

// holds reports whether the gold has a statement, and whether it counts: mentions and facts that count neither way do not.
func (c *goldCase) holds(r *extract.Result, s *extract.Statement) (right, counted bool) {
	if s.Property == "" || s.Property == "mentions" {
		return false, false
	}
	names := func(i int) []string {
		if i < 0 {
			return []string{"PAPER"}
		}
		return append([]string{r.Entities[i].Label}, r.Entities[i].Alts...)
	}
	object := []string{s.Value.Value()}
	if s.Object >= 0 {
		object = names(s.Object)
	}
	accepted := false
	for _, f := range c.facts {
		if f.property == s.Property && among(f.subject, names(s.Subject)) && among(f.object, object) {
			accepted = true
			right = right || !f.optional
		}
	}
	return right, right || !accepted
}
