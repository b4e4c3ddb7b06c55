package graph

import (
	"context"
	"time"

	"sett/graph/rdf"
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
	Progress func(Progress) // called now and then from one goroutine; may be nil
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
// Blank nodes keep their labels: readers of different files must make theirs distinct (rdfio.ReaderOptions).
func (db *DB) Load(ctx context.Context, src Source, opt LoadOptions) (LoadStats, error) {
	start := time.Now()
	if !opt.Graph.IsZero() {
		src = intoGraph{src, opt.Graph}
	}
	n, err := db.store.Load(ctx, src, store.LoadOptions{Memory: opt.Memory, Progress: opt.Progress})
	return LoadStats{Quads: n.Quads, New: n.New, Elapsed: time.Since(start)}, err
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
