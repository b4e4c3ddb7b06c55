package cayley_test

import (
	"testing"
)

// TestAnEmptyLineEndsWhatIsWhole says of texts whether more lines could still make a query of them.
func TestAnEmptyLineEndsWhatIsWhole(t *testing.T) {
	db := load(t, "")
	for _, test := range []struct {
		lang, text string
		want       bool
	}{
		{"gizmo", "g.V()\n", true},
		{"gizmo", "g.V(\n", false},
		{"gizmo", "g.V().\n", false},
		{"gizmo", "g.V().forEach(d => {\n  g.emit(d)\n", false},
		{"gizmo", "g.V(\"a).all()", true}, // a string ends in its line
		{"gizmo", "`a\n", false},          // a template does not
		{"gizmo", "/* it's", false},
		{"gizmo", "// it's\n", false}, // nothing yet
		{"gizmo", "// it's\ng.V().count()\n", true},
		{"gizmo", "g.V())", true},
		{"graphql", "{ a {", false},
		{"graphql", "{ a { id } }", true},
		{"graphql", "# it's\n{ a { id } }", true},
		{"graphql", "{ a { id } } }", true},
		{"mql", `[{"id": null`, false},
		{"mql", `[{"id": null}]`, true},
		{"mql", `[{]`, true},
	} {
		if whole, known := db.Whole(test.lang, test.text); !known || whole != test.want {
			t.Errorf("%s %q: %t, %t; want %t", test.lang, test.text, whole, known, test.want)
		}
	}
	if _, known := db.Whole("sparql", "ASK {}"); known {
		t.Error("SPARQL is no language besides SPARQL")
	}
}
