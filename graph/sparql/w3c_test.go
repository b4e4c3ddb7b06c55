package sparql

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sett/graph/internal/w3c"
)

// TestW3C reads every query and update of the W3C's suites: what a manifest calls bad syntax must be refused, all else, evaluation
// tests included, must be read and translated, and what is printed back must mean the same.
func TestW3C(t *testing.T) {
	root := w3c.Root(t)
	count := make(map[string]int)
	for _, suite := range []string{"sparql10", "sparql11", "sparql12"} {
		m, err := w3c.LoadManifest(filepath.Join(root, "sparql", suite, "manifest.ttl"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range m.Entries {
			kind := e.Type[strings.IndexByte(e.Type, '#')+1:]
			file := e.Action
			if !file.IsIRI() {
				if q := e.Graph.Object(e.Action, w3c.QT+"query"); !q.IsZero() {
					file = q
				} else {
					file = e.Graph.Object(e.Action, w3c.UT+"request")
				}
			}
			name := file.Value()
			update := strings.HasSuffix(name, ".ru")
			if !update && !strings.HasSuffix(name, ".rq") {
				continue
			}
			count[suite]++
			t.Run(e.Suite+"/"+e.ID, func(t *testing.T) {
				path, err := w3c.Path(file)
				if err != nil {
					t.Fatal(err)
				}
				text, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				opt := Options{Base: e.Base(name)}
				was, err := reading(string(text), opt, update)
				switch bad := strings.HasPrefix(kind, "NegativeSyntaxTest") || strings.HasPrefix(kind, "NegativeUpdateSyntaxTest"); {
				case bad && err == nil:
					t.Fatalf("accepted\n%s\nas\n%s", text, was.algebra)
				case bad:
					return
				case err != nil:
					t.Fatalf("%v\nin\n%s", err, text)
				}
				again, err := reading(was.text, Options{}, update)
				if err != nil {
					t.Fatalf("printed back:\n%s\n%v", was.text, err)
				}
				if again.algebra != was.algebra {
					t.Errorf("printed back as\n%s\ngot  %s\nwant %s", was.text, again.algebra, was.algebra)
				}
				if again.text != was.text {
					t.Errorf("printed back\n%s\nand again\n%s", was.text, again.text)
				}
			})
		}
	}
	t.Logf("queries and updates: %v", count)
}
