package main

import (
	"context"
	"io"

	"sett/graph/rdf"
)

// pull turns a producer that emits quads into a stream that is read: the producer runs in a goroutine of its own, at
// most two batches ahead.
type pull struct {
	cancel  context.CancelFunc
	batches chan []rdf.Quad
	result  chan error // the producer's, once
	rest    []rdf.Quad
	err     error
}

// newPull starts produce. What it emits stays valid; the slice it emits is copied.
func newPull(ctx context.Context, produce func(ctx context.Context, emit func([]rdf.Quad) error) error) *pull {
	ctx, cancel := context.WithCancel(ctx)
	p := &pull{cancel: cancel, batches: make(chan []rdf.Quad, 2), result: make(chan error, 1)}
	go func() {
		err := produce(ctx, func(quads []rdf.Quad) error {
			select {
			case p.batches <- append([]rdf.Quad(nil), quads...):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
		p.result <- err
		close(p.batches)
	}()
	return p
}

// Read implements graph.Source.
func (p *pull) Read(batch []rdf.Quad) (int, error) {
	for len(p.rest) == 0 {
		if p.err != nil {
			return 0, p.err
		}
		quads, ok := <-p.batches
		if !ok {
			if p.err = <-p.result; p.err == nil {
				p.err = io.EOF
			}
			continue
		}
		p.rest = quads
	}
	n := copy(batch, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

// Close stops the producer and waits for its end.
func (p *pull) Close() error {
	p.cancel()
	for range p.batches {
	}
	return nil
}
