package store_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sett/graph/store"
)

// TestHowALoadIsMerged loads into a store that has much: little goes into its pages, so that ids stay; what would touch most pages, or more
// than the load's memory holds, goes into a new generation. Either way all is there.
func TestHowALoadIsMerged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		quads   int
		memory  int64
		rebuilt bool
	}{
		{"a few", 100, 0, false},
		{"much", 30_000, 0, true},
		{"more pages than memory holds", 100, 48 << 10, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			dir := t.TempDir()
			s, err := store.Open(dir, store.Options{NoSync: true})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			r := rand.New(rand.NewPCG(9, uint64(c.quads)))
			want := map[string]bool{}
			load := func(n int, memory int64) {
				var quads slice
				for range n {
					q := uniqueQuad(r)
					quads, want[q.String()] = append(quads, q), true
				}
				if _, err := s.Load(ctx, &quads, store.LoadOptions{Memory: memory}); err != nil {
					t.Fatal(err)
				}
			}
			load(20_000, 0)
			before := generation(t, dir)
			load(c.quads, c.memory)
			after := s.Snapshot()
			defer after.Close()
			if rebuilt := generation(t, dir) != before; rebuilt != c.rebuilt {
				t.Errorf("rebuilt: got %v, want %v", rebuilt, c.rebuilt)
			}
			if got := dump(t, after, store.POSG); len(got) != len(want) || slices.ContainsFunc(got, func(q string) bool { return !want[q] }) {
				t.Errorf("%d quads, want %d", len(got), len(want))
			}
			if err := s.Verify(ctx, func(p string) { t.Error(p) }); err != nil {
				t.Error(err)
			}
		})
	}
}

// generation returns what a store's directory says is current.
func generation(t *testing.T, dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, "CURRENT"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
