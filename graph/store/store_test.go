package store_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"sett/graph/rdf"
	"sett/graph/store"
)

type slice []rdf.Quad

func (s *slice) Read(b []rdf.Quad) (int, error) {
	if len(*s) == 0 {
		return 0, io.EOF
	}
	n := copy(b, *s)
	*s = (*s)[n:]
	return n, nil
}

func randomQuad(r *rand.Rand) rdf.Quad {
	iri := func(k string, n int) rdf.Term { return rdf.NewIRI(fmt.Sprintf("urn:%s%d", k, r.IntN(n))) }
	q := rdf.Quad{S: iri("s", 300), P: iri("p", 5)}
	switch r.IntN(5) {
	case 0:
		q.O = rdf.NewInteger(int64(r.IntN(100)))
	case 1:
		q.O = rdf.NewString(fmt.Sprintf("a string number %d", r.IntN(50)))
	case 2:
		q.O = rdf.NewTripleTerm(iri("s", 10), iri("p", 3), rdf.NewLangString("x", "en"))
	default:
		q.O = iri("s", 300)
	}
	if r.IntN(2) == 0 {
		q.G = iri("g", 3)
	}
	return q
}

// uniqueQuad is unlike all others, and long.
func uniqueQuad(r *rand.Rand) rdf.Quad {
	text := fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64())
	return rdf.Quad{S: rdf.NewIRI("urn:" + text), P: stepTerm, O: rdf.NewString(text + text + text + text)}
}

func dump(t *testing.T, n *store.Snapshot, o store.Order) []string {
	t.Helper()
	var out []string
	scan := n.Scan(o)
	defer scan.Close()
	var b store.Batch
	for {
		more, err := scan.Next(&b)
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			slices.Sort(out)
			return out
		}
		for i := range b.N {
			var q [4]rdf.Term
			for c := range 4 {
				if q[c], err = n.Term(b.Cols[o.Place(store.Column(c))][i]); err != nil {
					t.Fatal(err)
				}
			}
			out = append(out, rdf.Quad{S: q[0], P: q[1], O: q[2], G: q[3]}.String())
		}
	}
}

func TestStoreIsASetOfQuads(t *testing.T) {
	for _, memory := range []bool{true, false} {
		for seed := range uint64(4) {
			t.Run(fmt.Sprintf("memory=%v/seed=%d", memory, seed), func(t *testing.T) {
				t.Parallel()
				runModel(t, memory, seed)
			})
		}
	}
}

func runModel(t *testing.T, memory bool, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 7))
	dir := t.TempDir()
	ctx := context.Background()
	s, err := store.Open(dir, store.Options{InMemory: memory, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { s.Close() }()
	model := map[string]rdf.Quad{}
	draw := func(n int) (qs slice) {
		for range n {
			qs = append(qs, randomQuad(r))
		}
		return qs
	}
	for step := range 12 {
		switch k := r.IntN(5); {
		case k == 0 || step == 0:
			qs := draw(3000)
			for _, q := range qs {
				model[q.String()] = q
			}
			before := len(qs)
			st, err := s.Load(ctx, &qs, store.LoadOptions{})
			if err != nil || int(st.Quads) != before {
				t.Fatal(st, err)
			}
		case k == 1 && !memory:
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if s, err = store.Open(dir, store.Options{NoSync: true}); err != nil {
				t.Fatal(err)
			}
		default:
			tx, err := s.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			saved := map[string]rdf.Quad{}
			for k, q := range model {
				saved[k] = q
			}
			for range 1 + r.IntN(3) {
				qs := draw(1 + r.IntN(500))
				if r.IntN(2) == 0 {
					fresh := 0
					for _, q := range qs {
						if _, ok := model[q.String()]; !ok {
							fresh++
							model[q.String()] = q
						}
					}
					if n, err := tx.Insert(qs); err != nil || n != fresh {
						t.Fatalf("inserted %d, want %d: %v", n, fresh, err)
					}
				} else {
					gone := 0
					for _, q := range qs {
						if _, ok := model[q.String()]; ok {
							gone++
							delete(model, q.String())
						}
					}
					if n, err := tx.Delete(qs); err != nil || n != gone {
						t.Fatalf("deleted %d, want %d: %v", n, gone, err)
					}
				}
			}
			if got := dump(t, tx.Snapshot(), store.POSG); len(got) != len(model) {
				t.Fatalf("the transaction sees %d quads, want %d", len(got), len(model))
			}
			if r.IntN(3) == 0 {
				tx.Rollback()
				model = saved
			} else if err := tx.Commit(ctx); err != nil {
				t.Fatal(err)
			}
		}
		n := s.Snapshot()
		var want, wantNamed []string
		for k, q := range model {
			want = append(want, k)
			if !q.G.IsZero() {
				wantNamed = append(wantNamed, k)
			}
		}
		slices.Sort(want)
		slices.Sort(wantNamed)
		for _, o := range store.Orders() {
			w := want
			if o.GraphFirst() {
				w = wantNamed
			}
			if got := dump(t, n, o); !slices.Equal(got, w) {
				t.Fatalf("step %d: order %s has %d quads, want %d", step, o, len(got), len(w))
			}
		}
		if err := s.Verify(ctx, func(p string) { t.Error(p) }); err != nil {
			t.Fatal(err)
		}
		n.Close()
	}
}
