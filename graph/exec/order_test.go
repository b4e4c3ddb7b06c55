package exec_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"sett/graph/exec"
	"sett/graph/plan"
	"sett/graph/rdf"
)

// mixedTerms returns terms of all kinds that ORDER BY tells apart, many of which begin alike.
func mixedTerms(r *rand.Rand, n int) []rdf.Term {
	texts := []string{"1", "-5", "+7", " 3", "12345678901234567890", "1.50", "true", " true", "false", "NaN", "INF", "-INF", "f", "t", "abc", "Nothing at all", "é", "~", "9 lives", "\tindented", ""}
	types := []string{rdf.XSDString, rdf.XSDString, rdf.XSDString, rdf.XSDNS + "integer", rdf.XSDNS + "decimal", rdf.XSDNS + "double", rdf.XSDNS + "boolean", rdf.XSDNS + "date", "urn:e:type"}
	var out []rdf.Term
	for range n {
		text := texts[r.IntN(len(texts))]
		if r.IntN(3) > 0 {
			text += fmt.Sprintf("%d and more", r.IntN(500))
		}
		switch k := r.IntN(len(types) + 3); {
		case k < len(types):
			out = append(out, rdf.NewLiteral(text, types[k]))
		case k == len(types):
			out = append(out, rdf.NewLangString(text, "en"))
		case k == len(types)+1:
			out = append(out, rdf.NewIRI(fmt.Sprintf("urn:e:%d", r.IntN(300))))
		default:
			out = append(out, rdf.NewBlank(fmt.Sprintf("b%d", r.IntN(300))))
		}
	}
	return out
}

// TestOrderByIDsIsOrderByValues sorts terms of all kinds, and texts only, with and without what ids tell of their order, on a
// store whose terms are in order and on one where a part came later.
func TestOrderByIDsIsOrderByValues(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	p, text := rdf.NewIRI("urn:e:p"), rdf.NewIRI("urn:e:text")
	quads := func(from, n int) (out []rdf.Quad) {
		for i, o := range mixedTerms(r, n) {
			s := rdf.NewIRI(fmt.Sprintf("urn:e:s%05d", from+i))
			out = append(out, rdf.Quad{S: s, P: p, O: o}, rdf.Quad{S: s, P: text, O: rdf.NewString(fmt.Sprintf("%x text", r.IntN(1<<16)))})
			if i%5 == 0 {
				out = append(out, rdf.Quad{S: s, P: text, O: rdf.NewString(fmt.Sprintf("%x", r.IntN(1<<16)))})
			}
		}
		return out
	}
	ctx := context.Background()
	s := open(t, quads(0, 4000))
	defer s.Close()
	for _, later := range []bool{false, true} {
		if later {
			tx, err := s.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Insert(quads(4000, 500)); err != nil {
				t.Fatal(err)
			}
			if err := tx.Commit(ctx); err != nil {
				t.Fatal(err)
			}
		} else if err := s.Compact(ctx); err != nil {
			t.Fatal(err)
		}
		snap := s.Snapshot()
		for _, pred := range []string{"p", "text"} {
			for _, key := range []string{"?o", "DESC(?o)", "?o ?s", "DESC(?o) ?s"} {
				// The last has more rows than is thought, so that what was to be sorted whole is cut in the midst.
				for _, rest := range []string{"} ORDER BY %s", "} ORDER BY %s LIMIT 7", "} ORDER BY %s OFFSET 3 LIMIT 900", "FILTER(STRLEN(STR(?s)) > 3) } ORDER BY %s LIMIT 200"} {
					q := fmt.Sprintf("SELECT ?s ?o { ?s <urn:e:%s> ?o "+rest, pred, key)
					want, _, err := run(snap, q, plan.Options{}, exec.Options{Off: ^exec.Shortcut(0)})
					if err != nil {
						t.Fatal(err)
					}
					for _, off := range append(exec.Shortcuts(), 0) {
						got, _, err := run(snap, q, plan.Options{}, exec.Options{Off: off})
						if err != nil {
							t.Fatal(err)
						}
						if !slices.Equal(got, want) {
							at := 0
							for at < len(got) && got[at] == want[at] {
								at++
							}
							t.Fatalf("later terms %v, without %q: %s: row %d of %d is\n%s, expected\n%s", later, off, q, at, len(want), got[at], want[at])
						}
					}
				}
			}
		}
		snap.Close()
	}
}
