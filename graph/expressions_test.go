package graph_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"sett/graph"
	"sett/graph/rdf"
)

// TestExpressions evaluates the table of testdata/expressions, each line as the SELECT of a query over nothing.
func TestExpressions(t *testing.T) {
	t.Parallel()
	db := open(t, graph.Options{InMemory: true})
	prefixes := rdf.NewPrefixes("xsd", rdf.XSDNS, "rdf", rdf.RDFNS, "", "urn:")
	file, err := os.Open("testdata/expressions")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		text, want, ok := strings.Cut(lines.Text(), " => ")
		if !ok {
			continue // a comment
		}
		answer, err := ask(db, "SELECT ("+text+" AS ?value) (\"x\" AS ?row) {}", graph.QueryOptions{Prefixes: prefixes})
		if err != nil {
			t.Errorf("testdata/expressions:%d: %s: %v", n, text, err)
			continue
		}
		got := "error"
		if term := answer.Table.Rows[0][0]; !term.IsZero() {
			got = term.String()
			if kind := term.Datatype(); term.IsLiteral() && strings.HasPrefix(kind, rdf.XSDNS) && !term.IsString() {
				got = strings.TrimSuffix(got, "<"+kind+">") + "xsd:" + strings.TrimPrefix(kind, rdf.XSDNS)
			}
			for prefix, ns := range map[string]string{"<xsd:": rdf.XSDNS, "<rdf:": rdf.RDFNS} {
				got = strings.ReplaceAll(got, "<"+ns, prefix)
			}
		}
		if got != want {
			t.Errorf("testdata/expressions:%d: %s\ngot  %s\nwant %s", n, text, got, want)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
