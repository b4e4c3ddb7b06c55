package cayley

import (
	"context"
	"errors"
	"io"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"sett/graph/rdf"
	"sett/graph/store"
)

// ApplyDeltas applies changes in their order, all or none, durably. A quad that is added twice or deleted while absent
// ends it with a *graph.DeltaError, unless ignored. Other errors: ErrValue, store.ErrReadOnly and the store's.
func (qs *QuadStore) ApplyDeltas(in []graph.Delta, ignore graph.IgnoreOpts) error {
	if qs.fixed != nil {
		return store.ErrReadOnly
	}
	for _, d := range in {
		if d.Action != graph.Add && d.Action != graph.Delete {
			return &graph.DeltaError{Delta: d, Err: graph.ErrInvalidAction}
		}
	}
	ctx := context.Background()
	tx, err := qs.store.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for len(in) > 0 {
		run := 1
		for run < len(in) && in[run].Action == in[0].Action {
			run++
		}
		if in[0].Action == graph.Add {
			err = add(tx, in[:run], ignore.IgnoreDup)
		} else {
			err = remove(tx, in[:run], ignore.IgnoreMissing)
		}
		if err != nil {
			return err
		}
		in = in[run:]
	}
	return tx.Commit(ctx)
}

// add inserts the quads of a run of deltas.
func add(tx *store.Tx, run []graph.Delta, ignoreDuplicates bool) error {
	rows := make([][4]store.ID, len(run))
	for i, d := range run {
		terms, err := quadTerms(d.Quad)
		if err != nil {
			return &graph.DeltaError{Delta: d, Err: err}
		}
		for c, t := range terms {
			if rows[i][c], err = tx.ID(t); err != nil {
				return err
			}
		}
	}
	if !ignoreDuplicates {
		view, seen := tx.Snapshot(), make(map[[4]store.ID]bool, len(rows))
		for i, r := range rows {
			n, err := view.Count(store.SPOG, r[:]...)
			if err != nil {
				return err
			}
			if n > 0 || seen[r] {
				return &graph.DeltaError{Delta: run[i], Err: graph.ErrQuadExists}
			}
			seen[r] = true
		}
	}
	_, err := tx.InsertIDs(rows)
	return err
}

// remove deletes the quads of a run of deltas.
func remove(tx *store.Tx, run []graph.Delta, ignoreMissing bool) error {
	view := tx.Snapshot()
	var rows [][4]store.ID
	gone := make(map[[4]store.ID]bool, len(run))
	for _, d := range run {
		terms, err := quadTerms(d.Quad)
		if err != nil {
			return &graph.DeltaError{Delta: d, Err: err}
		}
		var r [4]store.ID
		known := true
		for c, t := range terms {
			if !known || t.IsZero() {
				continue
			}
			if r[c], known, err = view.Lookup(t); err != nil {
				return err
			}
		}
		if known {
			n, err := view.Count(store.SPOG, r[:]...)
			if err != nil {
				return err
			}
			known = n > 0 && !gone[r]
		}
		if !known {
			if ignoreMissing {
				continue
			}
			return &graph.DeltaError{Delta: d, Err: graph.ErrQuadNotExist}
		}
		gone[r] = true
		rows = append(rows, r)
	}
	_, err := tx.DeleteIDs(rows)
	return err
}

// BulkLoad loads all quads of a reader, all or none.
func (qs *QuadStore) BulkLoad(r quad.Reader) error {
	if qs.fixed != nil {
		return store.ErrReadOnly
	}
	_, err := qs.store.Load(context.Background(), &readerSource{r}, store.LoadOptions{})
	return err
}

// readerSource reads Cayley's quads as the store's.
type readerSource struct{ r quad.Reader }

func (s *readerSource) Read(batch []rdf.Quad) (int, error) {
	for i := range batch {
		q, err := s.r.ReadQuad()
		if err == io.EOF && i > 0 {
			return i, nil
		}
		if err != nil {
			return 0, err
		}
		t, err := quadTerms(q)
		if err != nil {
			return 0, err
		}
		batch[i] = rdf.Quad{S: t[0], P: t[1], O: t[2], G: t[3]}
	}
	return len(batch), nil
}

// NewQuadWriter returns a writer of many quads. What is written is loaded in bulk by Close and seen after it, all or
// nothing; until then, from the first quad on, it keeps other writers waiting.
func (qs *QuadStore) NewQuadWriter() (quad.WriteCloser, error) {
	if qs.fixed != nil {
		return nil, store.ErrReadOnly
	}
	return &loader{store: qs.store}, nil
}

// loader feeds store.Load, which asks for quads, from a writer, which is given them.
type loader struct {
	store  *store.Store
	quads  chan []rdf.Quad
	ended  chan error
	closed bool
	err    error
}

var errWriterClosed = errors.New("the quad writer is closed")

// Read gives the load its next quads.
func (l *loader) Read(batch []rdf.Quad) (int, error) {
	quads, ok := <-l.quads
	if !ok {
		return 0, io.EOF
	}
	return copy(batch, quads), nil
}

// WriteQuad writes one quad.
func (l *loader) WriteQuad(q quad.Quad) error {
	_, err := l.WriteQuads([]quad.Quad{q})
	return err
}

// writeRows is how many quads go to the load at a time; no reader's batch is smaller.
const writeRows = 256

// WriteQuads writes quads and returns how many were taken.
func (l *loader) WriteQuads(quads []quad.Quad) (int, error) {
	if l.closed {
		return 0, errWriterClosed
	}
	if l.quads == nil {
		l.quads, l.ended = make(chan []rdf.Quad), make(chan error, 1)
		go func() {
			_, err := l.store.Load(context.Background(), l, store.LoadOptions{})
			l.ended <- err
		}()
	}
	taken := 0
	for taken < len(quads) && l.err == nil {
		part := make([]rdf.Quad, 0, min(writeRows, len(quads)-taken))
		for len(part) < cap(part) {
			t, err := quadTerms(quads[taken+len(part)])
			if err != nil {
				return taken, err
			}
			part = append(part, rdf.Quad{S: t[0], P: t[1], O: t[2], G: t[3]})
		}
		select {
		case l.quads <- part:
			taken += len(part)
		case l.err = <-l.ended:
		}
	}
	return taken, l.err
}

// Close ends the load and waits for it. Closing again returns the same.
func (l *loader) Close() error {
	if l.closed {
		return l.err
	}
	l.closed = true
	if l.quads != nil && l.err == nil {
		close(l.quads)
		l.err = <-l.ended
	}
	return l.err
}
