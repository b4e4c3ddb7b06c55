package serve

import (
	"context"

	"sett/graph"
	"sett/graph/dot"
	"sett/graph/rdf"
)

// maxDrawn bounds the triples from which a picture chooses its nodes.
const maxDrawn = 20_000

// draw writes a graph as a picture, of its best connected nodes if there are many.
func (h *handler) draw(ctx context.Context, a *answer, opt graph.QueryOptions, res *graph.Result) error {
	var quads []rdf.Quad
	for q, err := range res.Quads() {
		if err != nil {
			return err
		}
		if quads = append(quads, q.Clone()); len(quads) == maxDrawn {
			break
		}
	}
	picture := dot.Options{Prefixes: opt.Prefixes}
	if err := picture.Lookup(quads, func(query string) ([][]rdf.Term, error) { return h.rows(ctx, query, opt) }); err != nil {
		return err
	}
	return dot.New(quads, picture).Write(ctx, a, dot.SVG)
}

// rows runs a query of our own under the limits of another.
func (h *handler) rows(ctx context.Context, query string, opt graph.QueryOptions) ([][]rdf.Term, error) {
	res, err := h.db.Query(ctx, query, graph.QueryOptions{Timeout: opt.Timeout, Memory: opt.Memory, Threads: opt.Threads})
	if err != nil {
		return nil, err
	}
	return res.Rows()
}
