package store_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"sett/graph/store"
)

// TestSkipAndCountRange compares both with what reading row by row finds.
func TestSkipAndCountRange(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 5))
	s, err := store.Open("", store.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var qs slice
	for range 12_000 {
		qs = append(qs, randomQuad(r))
	}
	if _, err := s.Load(context.Background(), &qs, store.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	n := s.Snapshot()
	defer n.Close()
	read := func(scan *store.Scan) (rows [][4]store.ID) {
		t.Helper()
		var b store.Batch
		for {
			more, err := scan.Next(&b)
			if err != nil {
				t.Fatal(err)
			}
			if !more {
				return rows
			}
			for i := range b.N {
				rows = append(rows, [4]store.ID{b.Cols[0][i], b.Cols[1][i], b.Cols[2][i], b.Cols[3][i]})
			}
		}
	}
	for _, o := range store.Orders() {
		all := read(n.Scan(o))
		for range 25 {
			some := all[r.IntN(len(all))]
			prefix := some[:r.IntN(3)]
			if o.GraphFirst() && r.IntN(2) == 0 { // the default graph, which these orders do not hold
				some[0] = store.None
				prefix = some[:1]
			}
			rows := read(n.Scan(o, prefix...))
			skip := r.IntN(len(rows) + 2)
			scan := n.Scan(o, prefix...)
			if r.IntN(2) == 0 && len(rows) > 0 { // in the middle of a scan
				from := r.IntN(len(rows))
				if err := scan.Skip(uint64(from)); err != nil {
					t.Fatal(err)
				}
				rows = rows[from:]
				skip = r.IntN(len(rows) + 2)
			}
			if err := scan.Skip(uint64(skip)); err != nil {
				t.Fatal(err)
			}
			if got, want := read(scan), max(0, len(rows)-skip); len(got) != want || want > 0 && got[0] != rows[skip] {
				t.Fatalf("%s %v: %d rows after %d of %d", o, prefix, len(got), skip, len(rows))
			}
			rows = read(n.Scan(o, prefix...))
			if len(rows) == 0 {
				continue
			}
			c := len(prefix)
			lo, hi := rows[r.IntN(len(rows))][c], rows[r.IntN(len(rows))][c]
			var want uint64
			for _, row := range rows {
				if row[c] >= lo && row[c] <= hi {
					want++
				}
			}
			if got, err := n.CountRange(o, lo, hi, prefix...); got != want || err != nil {
				t.Fatalf("%s %v %v to %v: %d, %v; want %d", o, prefix, lo, hi, got, err, want)
			}
		}
	}
}
