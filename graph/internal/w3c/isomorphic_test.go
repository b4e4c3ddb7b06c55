package w3c_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sett/graph/internal/w3c"
	"sett/graph/rdf"
	"sett/graph/rdfio"
)

func quads(t *testing.T, text string) []rdf.Quad {
	t.Helper()
	f, _ := rdfio.FormatByName("trig")
	q, err := w3c.Read(strings.NewReader("@prefix : <urn:> .\n"+text), f, rdfio.ReaderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestIsomorphicLooksThroughBlankNodes(t *testing.T) {
	t.Parallel()
	cycle := func(names ...int) string {
		var b strings.Builder
		for i, n := range names {
			fmt.Fprintf(&b, "_:c%d :p _:c%d . ", n, names[(i+1)%len(names)])
		}
		return b.String()
	}
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"nothing", "", "", true},
		{"other names", "_:a :p _:b . _:b :q 1 .", "_:x :q 1 . _:y :p _:x .", true},
		{"another literal", "_:a :p 1 .", "_:a :p 2 .", false},
		{"duplicates count once", "_:a :p 1 . _:a :p 1 .", "_:b :p 1 .", true},
		{"two against one", "_:a :p 1 . _:b :p 1 .", "_:b :p 1 .", false},
		{"one cycle of six", cycle(1, 2, 3, 4, 5, 6), cycle(6, 2, 4, 1, 3, 5), true},
		{"two cycles of three", cycle(1, 2, 3, 4, 5, 6), cycle(1, 2, 3) + cycle(4, 5, 6), false},
		{"a blank node is no IRI", "_:a :p :o .", ":a :p :o .", false},
		{"triple terms", ":s :p <<( _:a :p _:b )>> . _:b :q _:b .", ":s :p <<( _:x :p _:y )>> . _:y :q _:y .", true},
		{"triple terms the other way", ":s :p <<( _:a :p _:b )>> . _:a :q 1 .", ":s :p <<( _:x :p _:y )>> . _:y :q 1 .", false},
		{"nested triple terms", ":s :p <<( :a :b <<( _:x :c _:x )>> )>> .", ":s :p <<( :a :b <<( _:x :c _:y )>> )>> .", false},
		{"graph names", "_:g { _:a :p _:g }", "_:h { _:b :p _:h }", true},
		{"another graph", "_:g { _:a :p 1 } _:h { _:a :p 2 }", "_:g { _:a :p 1 } _:h { _:b :p 2 }", false},
	} {
		if got := w3c.Isomorphic(quads(t, c.a), quads(t, c.b)); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}

// TestRenamedAndShuffledIsIsomorphic also checks that dropping a statement is noticed.
func TestRenamedAndShuffledIsIsomorphic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "nodes")
		node := rapid.Map(rapid.IntRange(0, n-1), func(i int) rdf.Term { return rdf.NewBlank(fmt.Sprint("b", i)) })
		edge := rapid.Custom(func(t *rapid.T) rdf.Quad {
			p := rapid.SampledFrom([]string{"urn:p", "urn:q"}).Draw(t, "p")
			return rdf.Quad{S: node.Draw(t, "s"), P: rdf.NewIRI(p), O: node.Draw(t, "o")}
		})
		a := rapid.SliceOfNDistinct(edge, 1, 16, rdf.Quad.String).Draw(t, "edges")
		names := rapid.Permutation(make([]int, n)).Draw(t, "unused")
		for i := range names {
			names[i] = i
		}
		names = rapid.Permutation(names).Draw(t, "names")
		rename := func(t rdf.Term) rdf.Term {
			var i int
			if _, err := fmt.Sscanf(t.Value(), "b%d", &i); err != nil {
				panic(err)
			}
			return rdf.NewBlank(fmt.Sprint("x", names[i]))
		}
		b := rapid.Permutation(a).Draw(t, "order")
		for i, q := range b {
			b[i] = rdf.Quad{S: rename(q.S), P: q.P, O: rename(q.O)}
		}
		if !w3c.Isomorphic(a, b) {
			t.Fatalf("%v is not %v", a, b)
		}
		if w3c.Isomorphic(a, b[1:]) {
			t.Fatal("a missing statement went unnoticed")
		}
	})
}

func TestIsomorphicIsFastOnLongLists(t *testing.T) {
	t.Parallel()
	var list strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&list, "%d ", i)
	}
	a := quads(t, ":s :p ( "+list.String()+") .")
	if !w3c.Isomorphic(a, quads(t, ":other a :Thing . :s :p ( "+list.String()+") .")[1:]) {
		t.Error("the same list differs")
	}
}
