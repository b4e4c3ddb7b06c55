package repl

import (
	"testing"

	"sett/graph/rdf"
)

func TestDeclaredAddsAStatementsOwnPrefixes(t *testing.T) {
	base := rdf.NewPrefixes("a", "urn:a:")
	got := Declared(base, "PREFIX b: <urn:b:> # PREFIX c: <urn:c:>\nprefix a: <urn:other:> SELECT * { b:x ?p 'PREFIX d: <urn:d:>' }")
	for name, want := range map[string]string{"a": "urn:other:", "b": "urn:b:", "c": "", "d": ""} {
		if ns, _ := got.Namespace(name); ns != want {
			t.Errorf("%s: %q, want %q", name, ns, want)
		}
	}
	if ns, _ := base.Namespace("a"); ns != "urn:a:" || base.Len() != 1 {
		t.Error("the given prefixes were changed")
	}
}

func TestASemicolonBehindAQueryIsDropped(t *testing.T) {
	for text, want := range map[string]string{
		"ASK {} ;":          "ASK {}  ",
		"ASK {} ; # done":   "ASK {}   # done",
		"ASK { ?s ?p 1 ; }": "ASK { ?s ?p 1 ; }",
		"ASK {}":            "ASK {}",
		`ASK { ?s ?p ";" }`: `ASK { ?s ?p ";" }`,
	} {
		if got := withoutSemicolon(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
