package store

import (
	"context"
	"io"

	"sett/graph/rdf"
)

// Source yields quads in batches. Read fills batch from its beginning and returns how many it put there; io.EOF at the
// end. The strings of its terms are used until the next call only.
type Source interface {
	Read(batch []rdf.Quad) (int, error)
}

// Progress tells how far a load is.
type Progress struct {
	Phase string // read, sort, write
	Quads uint64 // read so far
}

// LoadOptions says how quads are loaded.
type LoadOptions struct {
	Memory   int64          // bytes the load may take; 0: 2 GiB
	Progress func(Progress) // called now and then; may be nil
}

// LoadStats says what a load did: quads read, and those of them that were not there.
type LoadStats struct{ Quads, New uint64 }

// Load adds all quads of a source, or none: after an error, of the source or the store, or when ctx ends, the store is
// as it was.
func (s *Store) Load(ctx context.Context, src Source, opt LoadOptions) (LoadStats, error) {
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	snap := s.Snapshot()
	empty := snap.Version() == 0 && snap.dir.orders[SPOG].rows() == 0
	snap.Close()
	if empty {
		return s.loadFirst(ctx, src, opt)
	}
	return s.loadMore(ctx, src, opt)
}

// loadMore merges quads into what is there, page by page, some hundred thousand at a time, in one transaction.
func (s *Store) loadMore(ctx context.Context, src Source, opt LoadOptions) (LoadStats, error) {
	tx, err := s.Begin(ctx)
	if err != nil {
		return LoadStats{}, err
	}
	defer tx.Rollback()
	var stats LoadStats
	var rows [][4]ID
	flush := func() error {
		n, err := tx.InsertIDs(rows)
		stats.New += uint64(n)
		rows = rows[:0]
		return err
	}
	batch := make([]rdf.Quad, 1024)
	for {
		n, err := src.Read(batch)
		if err == nil {
			err = ctx.Err()
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return LoadStats{}, err
		}
		for _, q := range batch[:n] {
			var r [4]ID
			for c, term := range [4]rdf.Term{q.S, q.P, q.O, q.G} {
				if r[c], err = tx.ID(term); err != nil {
					return LoadStats{}, err
				}
			}
			rows = append(rows, r)
		}
		stats.Quads += uint64(n)
		opt.Progress(Progress{"read", stats.Quads})
		if len(rows) >= 1<<18 {
			if err := flush(); err != nil {
				return LoadStats{}, err
			}
		}
	}
	if err := flush(); err != nil {
		return LoadStats{}, err
	}
	opt.Progress(Progress{"write", stats.Quads})
	return stats, tx.Commit(ctx)
}
