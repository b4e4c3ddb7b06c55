package store_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"sett/graph/store"
)

// TestLoadTellsItsProgress sees all phases in their order, and parts that grow to nearly all.
func TestLoadTellsItsProgress(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.TempDir(), store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r := rand.New(rand.NewPCG(7, 7))
	for round := range 2 { // the second merges with the first
		var quads slice
		for range 60_000 {
			quads = append(quads, uniqueQuad(r))
		}
		var phases []string
		var last store.Progress
		if _, err := s.Load(context.Background(), &quads, store.LoadOptions{Progress: func(p store.Progress) {
			if p.Phase != last.Phase {
				phases = append(phases, p.Phase)
			} else if p.Quads < last.Quads || p.Part < last.Part {
				t.Errorf("%v after %v", p, last)
			}
			last = p
		}}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(phases, []string{"read", "terms", "pages"}) || last.Quads != 60_000 || last.Part < 0.9 || last.Part > 1 {
			t.Errorf("round %d: phases %v, at last %+v", round, phases, last)
		}
	}
}
