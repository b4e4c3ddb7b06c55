package repl

import (
	"slices"
	"strings"
	"testing"

	"sett/graph/rdf"
)

// fixed is a vocabulary without a database.
type fixed struct{}

func (fixed) classes() []string { return []string{":Model", ":Paper", ":Dataset"} }
func (fixed) predicates(classes []string) []string {
	switch {
	case slices.Equal(classes, []string{":Model"}):
		return []string{":parameters", ":trainedOn"}
	case slices.Equal(classes, []string{":Paper"}):
		return []string{":introduces", ":mentions"}
	}
	return []string{":parameters", ":introduces", "rdfs:label"}
}
func (fixed) classesOf(node string) []string {
	if strings.HasPrefix(node, "model:") {
		return []string{":Model"}
	}
	return nil
}
func (fixed) objects(predicate, start string) []string {
	if predicate == ":trainedOn" {
		return []string{"dataset:zyda-2"}
	}
	return nil
}
func (fixed) nodes(start string) []string {
	return startingWith([]string{"model:olmoe", "model:olmo2-7b", "model:falcon-mamba-7b"}, start)
}
func (fixed) labelled(start string) []string {
	if strings.HasPrefix("falcon mamba 7b", strings.ToLower(start)) {
		return []string{"model:falcon-mamba-7b"}
	}
	return nil
}
func (fixed) labels(start string) []string     { return startingWith([]string{"Falcon Mamba 7B"}, start) }
func (fixed) saved() []string                  { return []string{"models-by-architecture", "trained-on"} }
func (fixed) parameters(query string) []string { return []string{"dataset=", "min="} }

func TestCompletion(t *testing.T) {
	prefixes := rdf.NewPrefixes("", "urn:sett:ns:", "model", "urn:sett:model:", "method", "urn:sett:method:", "rdfs", rdf.RDFSNS)
	for _, test := range []struct{ before, line, want string }{ // | is the cursor; want is what it leads to
		{"", "SEL|", "SELECT"},
		{"", "sel|", "select"},
		{"", "SELECT ?model WHERE { ?model a :M|", ":Model"},
		{"", "SELECT ?m WHERE { ?m a :Model ; |", ":parameters :trainedOn a rdf:type"},
		{"", "SELECT ?m WHERE { ?m a :Model . ?m :tr|", ":trainedOn"},
		{"SELECT ?p ?m\nWHERE {\n  ?p a :Paper .\n", "  ?p |", ":introduces :mentions a rdf:type"},
		{"", "SELECT ?m WHERE { ?m a :Model ; :trainedOn |", "dataset:zyda-2"},
		{"", "SELECT ?m WHERE { model:olmoe :p| }", ":parameters"},
		{"", "SELECT ?model ?name WHERE { ?m|", "?model"},
		{"", "SELECT ?model ?name WHERE { ?|", "?model ?name"},
		{"", "DESCRIBE model:ol|", "model:olmoe model:olmo2-7b"},
		{"", "DESCRIBE Falcon|", "model:falcon-mamba-7b"},
		{"", `ASK { ?m rdfs:label "Falc|`, `"Falcon Mamba 7B"`},
		{"", "ASK { ?m a :Model FILT|", "FILTER FILTER EXISTS FILTER NOT EXISTS"},
		{"", "ASK { ?m a :Model . mo|", "model:"},
		{"", "PREFIX mod|", "model: <urn:sett:model:>"},
		{"", "# a comment SEL|", ""},
		{"", "ASK { ?m a :Model FILTER(CONT|", "CONTAINS"},
		{"", ".ta|", ".tables"},
		{"", ".t|", ".tables .timer  .to  .timeout "},
		{"", ".schema :Mo|", ":Model"},
		{"", ".describe model:f|", "model:falcon-mamba-7b"},
		{"", ".why model:olmoe :p|", ":parameters"},
		{"", ".describe falc|", "model:falcon-mamba-7b"},
		{"", ".describe falcon ma|", "model:falcon-mamba-7b"},
		{"", ".timer o|", "on off"},
		{"", ".run tr|", "trained-on"},
		{"", ".run trained-on mi|", "min="},
		{"", ".read doc.g|", "doc.go"},
		{"", ".lang g|", "gizmo graphql"},
	} {
		pos := strings.Index(test.line, "|")
		line := test.line[:pos] + test.line[pos+1:]
		c := completer{vocabulary: fixed{}, prefixes: prefixes, before: test.before}
		got := c.complete(line, pos)
		if options := strings.Join(got.options, " "); options != test.want {
			t.Errorf("%s%s: %q, want %q", test.before, test.line, options, test.want)
		}
		if len(got.options) > 0 && !strings.HasPrefix(line, got.head) || got.tail != line[pos:] {
			t.Errorf("%s: head %q, tail %q", test.line, got.head, got.tail)
		}
	}
}

func TestCompletionInOtherLanguages(t *testing.T) {
	words := []string{"g.V(", "gt(", ".out(", ".order()", ".all()"}
	for _, test := range []struct{ line, want string }{
		{`g.V().o|`, "out( order()"},
		{`  .al|`, "all()"},
		{`g|`, "g.V( gt("},
		{`g.V("<model:f|`, "model:falcon-mamba-7b"},
		{`g.V().has(":para|`, ":parameters"},
		{`.lang g|`, "gizmo graphql"},
	} {
		pos := strings.Index(test.line, "|")
		c := completer{vocabulary: fixed{}, prefixes: rdf.NewPrefixes("", "urn:x:"), language: "gizmo", words: words}
		if test.line[0] == ' ' {
			c.before = "g.V()\n"
		}
		got := c.complete(test.line[:pos]+test.line[pos+1:], pos)
		if options := strings.Join(got.options, " "); options != test.want {
			t.Errorf("%s: %q, want %q", test.line, options, test.want)
		}
	}
}

func FuzzCompletion(f *testing.F) {
	f.Add("SELECT * {\n", "?m a :Model ; ", 5)
	f.Add("", ".describe \"x", 11)
	f.Add("", "?s ?p \"\"\"", 9)
	f.Fuzz(func(t *testing.T, before, line string, pos int) {
		if pos < 0 || pos > len(line) {
			return
		}
		c := completer{vocabulary: fixed{}, prefixes: rdf.NewPrefixes("", "urn:x:"), before: before}
		c.complete(line, pos)
	})
}
