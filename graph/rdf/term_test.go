package rdf_test

import (
	"fmt"
	"testing"

	"sett/graph/rdf"
)

func TestTermPrintsAsNTriples(t *testing.T) {
	spo := rdf.NewTripleTerm(rdf.NewIRI("urn:s"), rdf.NewIRI("urn:p"), rdf.NewInteger(-7))
	for _, c := range []struct {
		term rdf.Term
		want string
	}{
		{rdf.Term{}, ""},
		{rdf.NewIRI("urn:a"), "<urn:a>"},
		{rdf.NewIRI("urn:a b>"), `<urn:a\u0020b\u003E>`},
		{rdf.NewBlank("x"), "_:x"},
		{rdf.NewString("say \"hi\"\n\t\\\x01\x7f é"), `"say \"hi\"\n\t\\\u0001\u007F é"`},
		{rdf.NewLiteral("a", rdf.XSDString), `"a"`},
		{rdf.NewLangString("a", "en-GB"), `"a"@en-gb`},
		{rdf.NewDirLangString("a", "ar", rdf.RTL), `"a"@ar--rtl`},
		{rdf.NewBoolean(true), `"true"^^<http://www.w3.org/2001/XMLSchema#boolean>`},
		{spo, `<<( <urn:s> <urn:p> "-7"^^<http://www.w3.org/2001/XMLSchema#integer> )>>`},
	} {
		if got := c.term.String(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestTermEqualIsReflexiveAndCompareAgrees(t *testing.T) {
	a := rdf.NewIRI("urn:a")
	terms := []rdf.Term{
		{}, rdf.NewBlank("a"), a, rdf.NewIRI("urn:b"),
		rdf.NewString("a"), rdf.NewLiteral("a", rdf.XSDInteger), rdf.NewLangString("a", "en"),
		rdf.NewDirLangString("a", "en", rdf.LTR), rdf.NewDirLangString("a", "en", rdf.RTL),
		rdf.NewLangString("a", "fr"), rdf.NewString("b"),
		rdf.NewTripleTerm(a, a, a), rdf.NewTripleTerm(a, a, rdf.NewBlank("z").Clone()),
	}
	for i, x := range terms {
		for j, y := range terms {
			c := x.Compare(y)
			if (c == 0) != (i == j) || x.Equal(y) != (i == j) {
				t.Errorf("%s and %s: Compare %d, Equal %v", x, y, c, x.Equal(y))
			}
			if c != -y.Compare(x) {
				t.Errorf("%s and %s: Compare is not antisymmetric", x, y)
			}
		}
		if !x.Clone().Equal(x) {
			t.Errorf("the clone of %s differs", x)
		}
	}
}

func TestDatatype(t *testing.T) {
	for want, term := range map[string]rdf.Term{
		"":                   rdf.NewIRI("urn:a"),
		rdf.XSDString:        rdf.NewString("a"),
		rdf.XSDGYear:         rdf.NewLiteral("2024", rdf.XSDGYear),
		rdf.RDFLangString:    rdf.NewLangString("a", "en"),
		rdf.RDFDirLangString: rdf.NewDirLangString("a", "en", rdf.LTR),
	} {
		if got := term.Datatype(); got != want {
			t.Errorf("%s: got %q, want %q", term, got, want)
		}
	}
}

func TestPrefixesExpandAndShorten(t *testing.T) {
	p := rdf.NewPrefixes("", "urn:sett:ns:", "model", "urn:sett:model:", "m", "urn:sett:model:", "u", "urn:")
	for _, c := range []struct{ name, iri string }{
		{":Model", "urn:sett:ns:Model"},
		{"m:olmoe-1b-7b", "urn:sett:model:olmoe-1b-7b"},
		{"m:zamba2-1.2b", "urn:sett:model:zamba2-1.2b"},
		{"u:x:y", "urn:x:y"},
	} {
		if got, ok := p.Shorten(c.iri); !ok || got != c.name {
			t.Errorf("Shorten(%s) = %s, %v; want %s", c.iri, got, ok, c.name)
		}
		if got, ok := p.Expand(c.name); !ok || got != c.iri {
			t.Errorf("Expand(%s) = %s, %v; want %s", c.name, got, ok, c.iri)
		}
	}
	for _, iri := range []string{"http://x/", "urn:a/b", "urn:x.", "urn:-x", "urn:a b"} {
		if got, ok := p.Shorten(iri); ok {
			t.Errorf("Shorten(%s) = %s, which cannot be written without escapes", iri, got)
		}
	}
	if got, ok := p.Expand(`m:a\,b`); !ok || got != "urn:sett:model:a,b" {
		t.Errorf(`Expand(m:a\,b) = %s, %v`, got, ok)
	}
	if _, ok := p.Expand("nope:x"); ok {
		t.Error("an unknown prefix was expanded")
	}
}

func ExampleQuad() {
	q := rdf.Quad{
		S: rdf.NewIRI("urn:sett:model:olmoe"), P: rdf.NewIRI(rdf.RDFSLabel), O: rdf.NewString("OLMoE"),
		G: rdf.NewIRI("urn:sett:paper:olmoe"),
	}
	fmt.Println(q)
	// Output: <urn:sett:model:olmoe> <http://www.w3.org/2000/01/rdf-schema#label> "OLMoE" <urn:sett:paper:olmoe> .
}
