package queries_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/queries"
	"sett/seeds"
)

// ontology returns the prefixes that the ontology declares and the subjects of its statements and of the lexicon's.
func ontology(t testing.TB) (*rdf.Prefixes, map[string]bool) {
	t.Helper()
	var p rdf.Prefixes
	known := map[string]bool{}
	format, _ := rdfio.FormatByName("ttl")
	for _, f := range append(seeds.Lexicon(), seeds.Ontology()) {
		r, err := rdfio.NewReader(strings.NewReader(f.Text), format, rdfio.ReaderOptions{File: f.Name, Prefixes: &p})
		if err != nil {
			t.Fatal(err)
		}
		for q, err := range rdfio.Quads(r) {
			if err != nil {
				t.Fatal(err)
			}
			known[q.S.Value()] = true
		}
	}
	return &p, known
}

func TestBuiltInQueriesAreGood(t *testing.T) {
	t.Parallel()
	prefixes, _ := ontology(t)
	list := queries.Open().List()
	withParams := 0
	for _, q := range list {
		if err := q.Check(prefixes); err != nil {
			t.Errorf("%s: %v", q.Name, err)
		}
		if q.Title == "" || strings.HasSuffix(q.Title, ".") {
			t.Errorf("%s: title %q", q.Name, q.Title)
		}
		if len(q.Params) > 0 {
			withParams++
		}
		for _, p := range q.Params {
			if p.Required || p.Text == "" {
				t.Errorf("%s: parameter %s has no default or no text", q.Name, p.Name)
			}
		}
		if _, err := q.Bind(nil, prefixes); err != nil {
			t.Errorf("%s with its defaults: %v", q.Name, err)
		}
	}
	if len(list) < 14 || withParams < len(list)/2 {
		t.Errorf("%d queries, %d with parameters", len(list), withParams)
	}
}

var prefixedName = regexp.MustCompile(`(?:^|[\s(|/^<{="])(:[A-Za-z]\w*|(?:arch|hw|license|lang|org|dataset|bench|method|dcterms|skos|rdfs|rdf|owl):[A-Za-z][\w.-]*\w)`)

func TestBuiltInQueriesUseTheOntologyAndTheLexicon(t *testing.T) {
	t.Parallel()
	prefixes, known := ontology(t)
	for _, q := range queries.Open().List() {
		for _, m := range prefixedName.FindAllStringSubmatch(q.Text, -1) {
			iri, ok := prefixes.Expand(m[1])
			if !ok || !known[iri] && iri != rdf.OWLNS+"FunctionalProperty" {
				t.Errorf("%s: %s is in neither ontology nor lexicon", q.Name, m[1])
			}
		}
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestTheNearestFolderWins(t *testing.T) {
	t.Parallel()
	a, b := t.TempDir(), t.TempDir()
	write(t, a, "mine.rq", "# title: A\nASK {}\n")
	write(t, b, "mine.rq", "# title: B\nASK {}\n")
	write(t, b, "trained-on.gizmo", "// title: Own\ng.V().All()\n")
	write(t, b, "notes.txt", "no query")
	write(t, b, "bad name.rq", "ASK {}")
	l := queries.Open("", filepath.Join(a, "missing"), a, b)
	for name, want := range map[string]string{
		"mine": "A sparql " + filepath.Join(a, "mine.rq"), "mine.rq": "A sparql " + filepath.Join(a, "mine.rq"),
		"trained-on": "Own gizmo " + filepath.Join(b, "trained-on.gizmo"),
		"about":      "Everything about an entity sparql ",
	} {
		q, err := l.Find(name)
		if got := fmt.Sprint(q.Title, " ", q.Lang, " ", q.Path); err != nil || got != want {
			t.Errorf("Find(%s): got %q, %v, want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"notes", "bad name"} {
		if _, err := l.Find(name); !errors.Is(err, queries.ErrUnknown) {
			t.Errorf("Find(%s): got %v, want ErrUnknown", name, err)
		}
	}
}

func TestAnUnknownNameSuggestsTheNearest(t *testing.T) {
	t.Parallel()
	l := queries.Open()
	for name, want := range map[string]string{
		"traned-on": "trained-on", "contradiction": "contradictions", "architecture": "models-by-architecture", "Outperforms": "outperforms",
	} {
		if _, err := l.Find(name); err == nil || !strings.HasSuffix(err.Error(), "did you mean "+want+"?") {
			t.Errorf("Find(%s): got %v, want a hint at %s", name, err, want)
		}
	}
	if _, err := l.Find("zzzzzzzz"); err == nil || strings.Contains(err.Error(), "mean") {
		t.Errorf("got %v, want no hint", err)
	}
}

// TestHeadsAndBinding runs testdata: "head" prints what the head of the input says, "bind k=v …" binds its parameters.
// The built-in value of a key without = is the empty string.
func TestHeadsAndBinding(t *testing.T) {
	prefixes := rdf.NewPrefixes("model", "urn:sett:model:", "", "urn:sett:ns:")
	var q queries.Query
	datadriven.RunTest(t, "testdata/heads", func(t *testing.T, d *datadriven.TestData) string {
		switch d.Cmd {
		case "head":
			dir := t.TempDir()
			write(t, dir, "q.rq", d.Input+"\n")
			q, _ = queries.Open(dir).Find("q")
			var b strings.Builder
			fmt.Fprintf(&b, "title: %q\ndescription: %q\n", q.Title, q.Description)
			for _, p := range q.Params {
				fmt.Fprintf(&b, "param %s %s default %q required %v: %q\n", p.Name, p.Type, p.Default, p.Required, p.Text)
			}
			if q.Err != nil {
				fmt.Fprintln(&b, "error:", strings.ReplaceAll(q.Err.Error(), dir+string(filepath.Separator), ""))
			}
			return b.String()
		case "bind":
			values := map[string]string{}
			for line := range strings.Lines(d.Input) {
				k, v, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
				values[k] = v
			}
			terms, err := q.Bind(values, prefixes)
			var b strings.Builder
			for _, p := range q.Params {
				if term, ok := terms[p.Name]; ok {
					fmt.Fprintln(&b, p.Name, term)
				}
			}
			if err != nil {
				var wrong *queries.ParamError
				fmt.Fprintln(&b, "error:", err, errors.As(err, &wrong), errors.Is(err, queries.ErrLabel))
			}
			return b.String()
		}
		d.Fatalf(t, "unknown command %s", d.Cmd)
		return ""
	})
}

func TestSaveThenFind(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "queries")
	file, err := queries.Save(dir, "moles", "All  moles", "SELECT * WHERE { ?s ?p ?o }\n\n")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if want := "# title: All moles\n\nSELECT * WHERE { ?s ?p ?o }\n"; err != nil || string(text) != want {
		t.Errorf("got %q, %v, want %q", text, err, want)
	}
	if q, err := queries.Open(dir).Find("moles"); err != nil || q.Title != "All moles" {
		t.Errorf("got %q, %v", q.Title, err)
	}
	if _, err := queries.Save(dir, "moles", "", "ASK {}"); !errors.Is(err, queries.ErrExists) {
		t.Errorf("saved twice: got %v, want ErrExists", err)
	}
	for _, name := range []string{"", "../x", "a b", "-x", "x.rq"} {
		if _, err := queries.Save(dir, name, "", "ASK {}"); !errors.Is(err, queries.ErrName) {
			t.Errorf("saved as %q: got %v, want ErrName", name, err)
		}
	}
	if file, err = queries.Save(dir, "shrews", "Other", "# title: Shrews\nASK {}"); err != nil {
		t.Fatal(err)
	}
	if text, _ = os.ReadFile(file); string(text) != "# title: Shrews\nASK {}\n" {
		t.Errorf("got %q, want the text's own head only", text)
	}
}

func FuzzHead(f *testing.F) {
	f.Add("# title: T\n# description: D\n#   more\n# param a iri = <urn:x> : text\nSELECT ?a {}\n")
	f.Add("# param b string = \" : \" : quoted\n// param c\nASK { ?b }")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		file := filepath.Join(dir, "q.rq")
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		q, err := queries.Open(dir).Find("q")
		if err != nil {
			return
		}
		q.Bind(nil, nil)
	})
}

func ExampleQuery_Bind() {
	q, err := queries.Open().Find("trained-on")
	if err != nil {
		fmt.Println(err)
		return
	}
	prefixes := rdf.NewPrefixes("dataset", "urn:sett:dataset:")
	values, err := q.Bind(map[string]string{"min": "1000000"}, prefixes)
	fmt.Println(values["dataset"], values["min"], err)
	_, err = q.Bind(map[string]string{"max": "1"}, prefixes)
	fmt.Println(err)
	// Output:
	// <urn:sett:dataset:the-stack-v2> "1000000"^^<http://www.w3.org/2001/XMLSchema#integer> <nil>
	// query trained-on: parameter max: the query has no such parameter; it has dataset, min
}
