package store

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPageKeepsItsRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, width := range []int{0, 1, 7, 13, 31, 33, 55, 57, 60, 63, 64} {
		for _, n := range []int{1, 2, 63, 64, 65, 1024} {
			rows := make([]row, n)
			for i := range rows {
				for c := range 4 {
					v := r.Uint64()
					if width < 64 {
						v &= 1<<width - 1
					}
					rows[i][c] = ID(v)
				}
			}
			slices.SortFunc(rows, row.compare)
			p, err := parsePage(encodePage(nil, rows))
			if err != nil {
				t.Fatal(err)
			}
			if got := p.rows(nil); !slices.Equal(got, rows) {
				t.Fatalf("width %d, %d rows: they differ", width, n)
			}
			for i, want := range rows {
				if p.row(i) != want {
					t.Fatalf("width %d: row %d is %v, want %v", width, i, p.row(i), want)
				}
			}
			k := rows[n/2]
			if i := p.search(k[:], false); rows[i] != k || i > 0 && !rows[i-1].less(&k) {
				t.Fatalf("search found row %d for row %d", i, n/2)
			}
		}
	}
}
