package graph

import (
	"context"

	"sett/graph/rdf"
	"sett/graph/store"
)

// describe emits what SPARQL 1.1 §16.4 leaves open: the concise bounded description of a resource. That is every triple
// with the resource as subject, of all graphs or of the default graph, and the same again for each blank node that
// comes up as an object. It returns false when emit did.
func describe(ctx context.Context, snap *store.Snapshot, resource rdf.Term, strict bool, seen map[store.ID]bool, emit func(rdf.Quad) bool) (bool, error) {
	id, ok, err := snap.Lookup(resource)
	if err != nil || !ok {
		return true, err
	}
	for todo := []store.ID{id}; len(todo) > 0; {
		id, todo = todo[len(todo)-1], todo[:len(todo)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		more, blanks, err := describeOne(ctx, snap, id, strict, emit)
		if err != nil || !more {
			return more, err
		}
		todo = append(todo, blanks...)
	}
	return true, nil
}

// describeOne emits the triples of one subject and returns the blank nodes among their objects.
func describeOne(ctx context.Context, snap *store.Snapshot, id store.ID, strict bool, emit func(rdf.Quad) bool) (bool, []store.ID, error) {
	scan := snap.Scan(store.SPOG, id)
	defer scan.Close()
	s, err := snap.Term(id)
	if err != nil {
		return false, nil, err
	}
	var blanks []store.ID
	var b store.Batch
	last := [2]store.ID{store.MaxID, store.MaxID}
	for {
		if err := ctx.Err(); err != nil {
			return false, nil, err
		}
		more, err := scan.Next(&b)
		if err != nil || !more {
			return true, blanks, err
		}
		for i := range b.N {
			now := [2]store.ID{b.Cols[1][i], b.Cols[2][i]}
			if now == last || strict && b.Cols[3][i] != store.None {
				continue
			}
			last = now
			q := rdf.Quad{S: s}
			if q.P, err = snap.Term(now[0]); err != nil {
				return false, nil, err
			}
			if q.O, err = snap.Term(now[1]); err != nil {
				return false, nil, err
			}
			if q.O.IsBlank() {
				blanks = append(blanks, now[1])
			}
			if !emit(q) {
				return false, nil, nil
			}
		}
	}
}
