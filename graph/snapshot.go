package graph

import (
	"context"
	"iter"

	"sett/graph/rdf"
	"sett/graph/store"
)

// Snapshot is the database as it was at one moment. It is safe for concurrent use and costs little to hold, but the
// space of what it sees is not given back before Close.
type Snapshot struct {
	snap      *store.Snapshot
	languages map[string]Language
	plans     *planCache
}

// Snapshot returns the present state.
func (db *DB) Snapshot() *Snapshot {
	return &Snapshot{snap: db.store.Snapshot(), languages: db.languages, plans: &db.plans}
}

// Close releases the state. Its queries and their results must have come to their end: what they read afterwards may be an [ErrClosed].
func (s *Snapshot) Close() { s.snap.Close() }

// Quads yields every quad of the snapshot by subject, predicate, object and graph, as ids sort; or those of one graph
// where graph is not nil (the zero Term is the default graph). It is single-use.
func (s *Snapshot) Quads(ctx context.Context, graph *rdf.Term) iter.Seq2[rdf.Quad, error] {
	return func(yield func(rdf.Quad, error) bool) {
		if err := s.quads(ctx, graph, func(q rdf.Quad) bool { return yield(q, nil) }); err != nil {
			yield(rdf.Quad{}, err)
		}
	}
}

func (s *Snapshot) quads(ctx context.Context, graph *rdf.Term, yield func(rdf.Quad) bool) error {
	order, prefix := store.SPOG, []store.ID(nil)
	if graph != nil {
		id := store.None
		if !graph.IsZero() {
			var ok bool
			var err error
			if id, ok, err = s.snap.Lookup(*graph); err != nil || !ok {
				return err
			}
		}
		order, prefix = store.GSPO, []store.ID{id}
	}
	scan := s.snap.Scan(order, prefix...)
	defer scan.Close()
	var batch store.Batch
	var terms [4][]rdf.Term
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		more, err := scan.Next(&batch)
		if err != nil || !more {
			return err
		}
		for i := range terms {
			terms[i] = append(terms[i][:0], make([]rdf.Term, batch.N)...)
			if err := s.snap.Terms(batch.Cols[i][:batch.N], terms[i]); err != nil {
				return err
			}
		}
		at := func(c store.Column) []rdf.Term { return terms[order.Place(c)] }
		for i := range batch.N {
			q := rdf.Quad{S: at(store.S)[i], P: at(store.P)[i], O: at(store.O)[i], G: at(store.G)[i]}
			if !yield(q) {
				return nil
			}
		}
	}
}

// Quads yields every quad of the database's present state; see [Snapshot.Quads].
func (db *DB) Quads(ctx context.Context, graph *rdf.Term) iter.Seq2[rdf.Quad, error] {
	return func(yield func(rdf.Quad, error) bool) {
		snap := db.Snapshot()
		defer snap.Close()
		snap.Quads(ctx, graph)(yield)
	}
}
