package cayley_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	settgraph "sett/graph"
	"sett/graph/sparql"
)

// fuzzLanguage looks that no text in a language makes its parser or planner panic or go on for ever, and that errors lie
// within the text. The queries of testdata are where it begins.
func fuzzLanguage(f *testing.F, lang string) {
	files, err := filepath.Glob("testdata/" + lang + "/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no queries in %s: %v", lang, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for part := range strings.SplitSeq(string(text), "\n\n") {
			if query, _, ok := strings.Cut(part, "\n----\n"); ok {
				_, query, _ = strings.Cut(query, "\n") // behind the command
				f.Add(query)
			}
		}
	}
	db := load(f, "<a> <p> <b> .\n<b> <p> <c> <g> .\n<a> <q> \"x\" .")
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer cancel()
		_, err := db.Explain(ctx, text, settgraph.QueryOptions{Lang: lang, Memory: 64 << 20})
		var syntax *sparql.SyntaxError
		if errors.As(err, &syntax) && (syntax.Offset < 0 || syntax.Offset > len(text) || syntax.Line < 1 || syntax.Column < 1) {
			t.Errorf("%q: an error outside of the text: %+v", text, syntax)
		}
	})
}

func FuzzGizmo(f *testing.F) { fuzzLanguage(f, "gizmo") }

func FuzzGraphQL(f *testing.F) { fuzzLanguage(f, "graphql") }

func FuzzMQL(f *testing.F) { fuzzLanguage(f, "mql") }
