package graph

import (
	"context"
	"io"
	"time"

	"sett/graph/rdf"
	"sett/graph/store"
)

// Rewrite gives a graph new contents in one commit: what from makes of the database as it is without that graph. After an error, of the
// source or of the database, or when ctx ends, the graph has its old contents.
//
// The snapshot is valid until the source has ended; the source's quads that name no graph go into the graph. Other writers wait
// meanwhile. Memory: that of a transaction which touches all pages of the graph, and 32 bytes a quad.
func (db *DB) Rewrite(ctx context.Context, name rdf.Term, from func(*Snapshot) (Source, error)) (LoadStats, error) {
	start := time.Now()
	tx, err := db.store.Begin(ctx)
	if err != nil {
		return LoadStats{}, err
	}
	defer tx.Rollback()
	u := &updater{ctx: ctx, tx: tx}
	if err := u.empty(name); err != nil {
		return LoadStats{}, err
	}
	known, fresh, err := db.readOver(ctx, tx, name, from)
	if err != nil {
		return LoadStats{}, err
	}
	if err := u.insert(tx.InsertIDs(known)); err != nil {
		return LoadStats{}, err
	}
	if err := u.insert(tx.Insert(fresh)); err != nil {
		return LoadStats{}, err
	}
	if err := tx.Commit(ctx); err != nil {
		return LoadStats{}, err
	}
	return LoadStats{Quads: uint64(len(known) + len(fresh)), New: uint64(u.stats.Inserted), Elapsed: time.Since(start)}, nil
}

// readOver reads a source to its end that is made from a transaction's state: rows of the terms that the database knows, and quads of
// which it lacks one, since a transaction may add no terms while its state is read.
func (db *DB) readOver(ctx context.Context, tx *store.Tx, name rdf.Term, from func(*Snapshot) (Source, error)) (known [][4]store.ID, fresh []rdf.Quad, err error) {
	if _, err := tx.ID(name); err != nil {
		return nil, nil, err
	}
	// Plans made for this state serve no other: its version is that of the state before.
	snap := &Snapshot{snap: tx.Snapshot(), languages: db.languages, plans: new(planCache)}
	defer snap.Close()
	src, err := from(snap)
	if err != nil {
		return nil, nil, err
	}
	src = intoGraph{src, name}
	batch := make([]rdf.Quad, 1024)
	for {
		n, err := src.Read(batch)
		if err == nil {
			err = ctx.Err()
		}
		if err == io.EOF {
			return known, fresh, nil
		}
		if err != nil {
			return nil, nil, err
		}
		for _, q := range batch[:n] {
			row, all, err := idsOf(snap.snap, q)
			if err != nil {
				return nil, nil, err
			}
			if all {
				known = append(known, row)
			} else {
				fresh = append(fresh, rdf.Quad{S: q.S.Clone(), P: q.P.Clone(), O: q.O.Clone(), G: q.G.Clone()})
			}
		}
	}
}

// idsOf returns the ids of a quad's terms; false if a state lacks one of them.
func idsOf(snap *store.Snapshot, q rdf.Quad) (row [4]store.ID, all bool, err error) {
	for c, term := range [4]rdf.Term{q.S, q.P, q.O, q.G} {
		if term.IsZero() {
			continue
		}
		if row[c], all, err = snap.Lookup(term); err != nil || !all {
			return row, false, err
		}
	}
	return row, true, nil
}
