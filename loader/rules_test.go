package loader_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sett/loader"
	"sett/loader/document"
	"sett/loader/extract"
	"sett/loader/lexicon"
)

// seedLexicon is parsed once for all tests.
var seedLexicon = sync.OnceValues(func() (*lexicon.Lexicon, error) { return loader.SeedLexicon() })

func lexiconOf(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	lex, err := seedLexicon()
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

// TestRules runs the examples of testdata/rules; see the README there.
func TestRules(t *testing.T) {
	e := extract.New(lexiconOf(t))
	files, err := filepath.Glob("testdata/rules/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of rules: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			w := e.NewWorker()
			datadriven.RunTest(t, file, func(t *testing.T, d *datadriven.TestData) string {
				if d.Cmd != "extract" {
					t.Fatalf("%s: unknown command %s", d.Pos, d.Cmd)
				}
				return describe(w, d.Input, d.HasArg("mentions"))
			})
		})
	}
}

// describe extracts from a title line and a text and prints the statements, sorted.
func describe(w *extract.Worker, input string, mentions bool) string {
	title, text, _ := strings.Cut(input, "\n")
	doc := document.New()
	doc.Title, doc.Text = title, strings.ReplaceAll(text, "\n", " ")
	r := w.Document(doc)
	name := func(i int) string {
		if i < 0 {
			return "PAPER"
		}
		return r.Entities[i].Label
	}
	var lines []string
	for _, s := range r.Statements {
		if s.Property == "" || s.Property == "mentions" && !mentions {
			continue
		}
		object := s.Value.Value()
		if s.Object >= 0 {
			e := &r.Entities[s.Object]
			object = fmt.Sprintf("%s (%s)", e.Label, e.Class)
		}
		lines = append(lines, fmt.Sprintf("%s | %s | %s | %s", name(s.Subject), s.Property, object, s.Rule))
		if s.Start < 0 || s.End <= s.Start || s.End > len(r.Text.Raw) {
			lines = append(lines, "  evidence out of the text")
		}
	}
	slices.Sort(lines)
	if len(lines) == 0 {
		return "nothing\n"
	}
	return strings.Join(lines, "\n") + "\n"
}
