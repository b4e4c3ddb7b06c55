package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
)

// Verify reads every page of every order and calls problem for each invariant that does not hold: rows ascend within and
// across pages, the directory's counts are those of the pages, all orders hold the same quads, every id has a term and
// that term this id. Its own error means that it did not come to the end.
func (s *Store) Verify(ctx context.Context, problem func(string)) error {
	n := s.Snapshot()
	defer n.Close()
	var sums [NumOrders]uint64
	var rows, named uint64
	seed := maphash.MakeSeed()
	seen := map[ID]bool{}
	ended := func() error { return cmp.Or(ctx.Err(), n.Err()) }
	for _, o := range Orders() {
		scan := n.Scan(o)
		var b Batch
		var last row
		count, first := uint64(0), true
		for {
			if err := ended(); err != nil {
				return err
			}
			more, err := scan.Next(&b)
			if errors.Is(err, ErrClosed) {
				return err
			}
			if err != nil {
				problem(fmt.Sprintf("order %s: %v", o, err))
				break
			}
			if !more {
				break
			}
			for i := range b.N {
				r := row{b.Cols[0][i], b.Cols[1][i], b.Cols[2][i], b.Cols[3][i]}
				if !first && !last.less(&r) {
					problem(fmt.Sprintf("order %s: row %v does not ascend", o, r))
				}
				last, first = r, false
				q := o.toSPOG(r)
				sums[o] += maphash.Comparable(seed, q)
				count++
				if o == SPOG {
					if q[3] != None {
						named++
					}
					for _, id := range q {
						seen[id] = true
					}
				}
			}
		}
		scan.Close()
		if want := n.dir.orders[o].rows(); count != want {
			problem(fmt.Sprintf("order %s: %d rows where the directory says %d", o, count, want))
		}
		switch {
		case o == SPOG:
			rows = count
		case o.GraphFirst() && count != named:
			problem(fmt.Sprintf("order %s: %d rows of named graphs where SPOG has %d", o, count, named))
		case !o.GraphFirst() && count != rows:
			problem(fmt.Sprintf("order %s: %d rows where SPOG has %d", o, count, rows))
		}
	}
	for _, o := range []Order{PSOG, POSG, OSPG} {
		if sums[o] != sums[SPOG] {
			problem(fmt.Sprintf("order %s holds other quads than SPOG", o))
		}
	}
	for _, o := range []Order{GPSO, GPOS, GOSP} {
		if sums[o] != sums[GSPO] {
			problem(fmt.Sprintf("order %s holds other quads than GSPO", o))
		}
	}
	looked := 0
	for id := range seen {
		if id == None || id.IsInline() {
			continue
		}
		if looked++; looked%1024 == 0 {
			if err := ended(); err != nil {
				return err
			}
		}
		t, err := n.Term(id)
		if errors.Is(err, ErrClosed) {
			return err
		}
		if err != nil {
			problem(fmt.Sprintf("id %v has no term: %v", id, err))
			continue
		}
		if back, ok, err := n.Lookup(t); err != nil || !ok || back != id {
			problem(fmt.Sprintf("term %s has id %v, not %v", t, back, id))
		}
	}
	return nil
}
