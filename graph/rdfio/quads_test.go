package rdfio_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sett/graph/internal/w3c"
	"sett/graph/rdf"
	"sett/graph/rdfio"
)

// Terms come from a small world, so that statements meet: lists form, blank nodes are shared, reifiers reify what is
// asserted.

func genBlank() *rapid.Generator[rdf.Term] {
	return rapid.Map(rapid.SampledFrom([]string{"b0", "b1", "b2", "b3", "b4", "anon1", "anon1x", "c.d"}), rdf.NewBlank)
}

func genIRI() *rapid.Generator[rdf.Term] {
	return rapid.Map(rapid.SampledFrom([]string{
		"http://example.org/a", "http://example.org/b", "http://example.org/a.b.", "http://example.org/ns#x-1",
		"http://example.org/ns#-x", "http://example.org/ns#%41", "http://example.org/ns#a/b", "urn:x", "http://example.org/é",
		"http://example.org/ns#ª", "http://example.org/", "http://example.org/a/?q=1&r=(2)#f", rdf.RDFNil,
	}), rdf.NewIRI)
}

func genPredicate() *rapid.Generator[rdf.Term] {
	return rapid.Map(rapid.SampledFrom([]string{
		rdf.RDFType, rdf.RDFFirst, rdf.RDFRest, rdf.RDFReifies, rdf.RDFSLabel, "http://example.org/ns#p", "http://example.org/ns#q",
	}), rdf.NewIRI)
}

func genText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "a\"b", `"""`, `ends with "`, "two\nlines", "tab\tcr\r\\", "é–😀", "\x00\x1f\x7f", "\uFFFE\uFFFF", "'"}),
		rapid.Map(rapid.String(), func(s string) string { return strings.ToValidUTF8(s, "?") }),
	)
}

func genLiteral() *rapid.Generator[rdf.Term] {
	return rapid.Custom(func(t *rapid.T) rdf.Term {
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			return rdf.NewString(genText().Draw(t, "text"))
		case 1:
			lang := rapid.SampledFrom([]string{"en", "de-CH", "ar"}).Draw(t, "lang")
			return rdf.NewLangString(genText().Draw(t, "text"), lang)
		case 2:
			return rdf.NewDirLangString(genText().Draw(t, "text"), "he", rdf.RTL)
		}
		value := rapid.SampledFrom([]string{"1", "+01", "-5.", ".5", "1.50", "1e3", "1.e3", "-.5E-7", "true", "True", "", "x"}).Draw(t, "value")
		datatype := rapid.SampledFrom([]string{rdf.XSDInteger, rdf.XSDDecimal, rdf.XSDDouble, rdf.XSDBoolean, rdf.XSDDate, "http://example.org/ns#dt"}).Draw(t, "datatype")
		return rdf.NewLiteral(value, datatype)
	})
}

func genQuads(graphs, tripleTerms bool) *rapid.Generator[[]rdf.Quad] {
	return rapid.Custom(func(t *rapid.T) []rdf.Quad {
		var quads []rdf.Quad
		for range rapid.IntRange(0, 12).Draw(t, "statements") {
			var q rdf.Quad
			q.S = rapid.OneOf(genBlank(), genBlank(), genIRI()).Draw(t, "s")
			q.P = genPredicate().Draw(t, "p")
			q.O = rapid.OneOf(genBlank(), genIRI(), genLiteral()).Draw(t, "o")
			if graphs {
				q.G = rapid.OneOf(rapid.Just(rdf.Term{}), rapid.Just(rdf.NewIRI("http://example.org/g")), genBlank()).Draw(t, "g")
			}
			if tripleTerms && len(quads) > 0 && rapid.IntRange(0, 2).Draw(t, "reify") == 0 {
				about := rapid.SampledFrom(quads).Draw(t, "about")
				q.O = rdf.NewTripleTerm(about.S, about.P, about.O)
				if rapid.Bool().Draw(t, "reifies") {
					q.P = rdf.NewIRI(rdf.RDFReifies)
				}
				if rapid.Bool().Draw(t, "same graph") {
					q.G = about.G
				}
			}
			if rapid.IntRange(0, 3).Draw(t, "list") == 0 { // a cell that ends or goes on
				q.P = rdf.NewIRI(rdf.RDFFirst)
				rest := rapid.OneOf(rapid.Just(rdf.NewIRI(rdf.RDFNil)), genBlank()).Draw(t, "rest")
				quads = append(quads, rdf.Quad{S: q.S, P: rdf.NewIRI(rdf.RDFRest), O: rest, G: q.G})
			}
			quads = append(quads, q)
		}
		return quads
	})
}

var testPrefixes = rdf.NewPrefixes("", "http://example.org/", "ns", "http://example.org/ns#", "rdf", rdf.RDFNS, "xsd", rdf.XSDNS,
	"9bad", "urn:", "bad.", "urn:", "rel", "ns#")

func write(t interface{ Fatal(...any) }, f rdfio.Format, opt rdfio.WriterOptions, quads []rdf.Quad) string {
	var b bytes.Buffer
	w, err := rdfio.NewWriter(&b, f, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range quads {
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatIsWrittenReadsTheSame(t *testing.T) {
	for _, f := range rdfio.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) { checkRoundTrip(t, f) })
		})
	}
}

func checkRoundTrip(t *rapid.T, f rdfio.Format) {
	tripleTerms := f.Name != "jsonld"
	quads := genQuads(f.Quads, tripleTerms).Draw(t, "quads")
	opt := rdfio.WriterOptions{}
	if rapid.Bool().Draw(t, "prefixes") {
		opt.Prefixes = testPrefixes
	}
	if rapid.Bool().Draw(t, "base") {
		opt.Base = "http://example.org/a/b"
	}
	if f.Name == "rdfxml" {
		quads = withoutControls(quads)
	}
	text := write(t, f, opt, quads)
	got, err := w3c.Read(strings.NewReader(text), f, rdfio.ReaderOptions{})
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if !w3c.Isomorphic(got, quads) {
		t.Fatalf("wrote\n%s\nread %v\nwant %v", text, got, quads)
	}
	if f.Name == "ttl" || f.Name == "trig" {
		shuffled := rapid.Permutation(quads).Draw(t, "order")
		if again := write(t, f, opt, shuffled); again != text {
			t.Fatalf("another order gave\n%s\nnot\n%s", again, text)
		}
	}
}

// withoutControls drops statements whose text XML cannot hold.
func withoutControls(quads []rdf.Quad) []rdf.Quad {
	return slices.DeleteFunc(slices.Clone(quads), func(q rdf.Quad) bool {
		o := q.O
		for o.IsTripleTerm() {
			o = o.Triple().O
		}
		return strings.ContainsFunc(o.Value(), func(r rune) bool {
			return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
		})
	})
}
