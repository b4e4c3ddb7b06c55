package graph

import (
	"context"
	"fmt"
	"io"
	"time"

	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/store"
)

// Source yields quads: a reader of package rdfio is one. Read fills batch from its beginning and returns how many
// quads it has put there, and io.EOF at the end.
type Source interface {
	Read(batch []rdf.Quad) (int, error)
}

// Progress tells how far a load has come.
type Progress = store.Progress

// LoadOptions says how quads are loaded. The zero value is right for most.
type LoadOptions struct {
	Graph    rdf.Term       // graph of quads that name none; the zero Term: the default graph
	Memory   int64          // bytes the load may take; 0: 2 GiB
	Progress func(Progress) // called now and then, never by two goroutines at once; may be nil

	// Replace empties each graph that the source names before its first quad comes, so that documents loaded again
	// replace what they said before. What else there is stays.
	Replace bool
}

// LoadStats says what a load did.
type LoadStats struct {
	Quads   uint64 // read
	New     uint64 // not in the database before
	Elapsed time.Duration
}

// Load adds all quads of a source, or none: after an error, of the source or of the database, or when ctx ends, the
// database is as it was. When Load returns without one, the quads are on disk.
//
// Errors: those of the source (of package rdfio's readers, *rdfio.SyntaxError with file, line and column), [ErrReadOnly], [ErrFull], [ErrClosed],
// ctx.Err().
//
// Blank nodes keep their labels: readers of different files must make theirs distinct (rdfio.ReaderOptions).
func (db *DB) Load(ctx context.Context, src Source, opt LoadOptions) (LoadStats, error) {
	start := time.Now()
	if !opt.Graph.IsZero() {
		if opt.Graph.IsLiteral() || opt.Graph.IsTripleTerm() {
			return LoadStats{}, fmt.Errorf("a graph's name is an IRI or a blank node, not %s", opt.Graph)
		}
		if err := rdfio.Check(opt.Graph); err != nil {
			return LoadStats{}, fmt.Errorf("a graph's name: %w", err)
		}
		src = intoGraph{src, opt.Graph}
	}
	if opt.Replace {
		n, err := db.replace(ctx, src, opt.Progress)
		return LoadStats{Quads: n.Quads, New: n.New, Elapsed: time.Since(start)}, err
	}
	n, err := db.store.Load(ctx, src, store.LoadOptions{Memory: opt.Memory, Progress: opt.Progress})
	return LoadStats{Quads: n.Quads, New: n.New, Elapsed: time.Since(start)}, err
}

// replace loads in one transaction, in which the graphs that come up are emptied first.
func (db *DB) replace(ctx context.Context, src Source, progress func(Progress)) (n store.LoadStats, err error) {
	tx, err := db.store.Begin(ctx)
	if err != nil {
		return n, err
	}
	defer tx.Rollback()
	u := &updater{ctx: ctx, tx: tx}
	emptied := map[rdf.Term]bool{}
	batch := make([]rdf.Quad, 1<<14)
	for {
		k, err := src.Read(batch)
		if err == nil {
			err = ctx.Err()
		}
		if err == io.EOF {
			return n, tx.Commit(ctx)
		}
		if err != nil {
			return store.LoadStats{}, err
		}
		for _, q := range batch[:k] {
			if emptied[q.G] {
				continue
			}
			emptied[q.G.Clone()] = true
			if err := u.empty(q.G); err != nil {
				return store.LoadStats{}, err
			}
		}
		fresh, err := tx.Insert(batch[:k])
		if err != nil {
			return store.LoadStats{}, err
		}
		n.Quads += uint64(k)
		n.New += uint64(fresh)
		if progress != nil {
			progress(Progress{Phase: "read", Quads: n.Quads})
		}
	}
}

// intoGraph puts a source's quads of the default graph into another.
type intoGraph struct {
	Source
	graph rdf.Term
}

func (s intoGraph) Read(batch []rdf.Quad) (int, error) {
	n, err := s.Source.Read(batch)
	for i := range batch[:n] {
		if batch[i].G.IsZero() {
			batch[i].G = s.graph
		}
	}
	return n, err
}
