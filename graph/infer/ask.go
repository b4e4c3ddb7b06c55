package infer

import (
	"context"

	"sett/graph"
	"sett/graph/rdf"
)

// asker asks one state of the database.
type asker struct {
	snap *graph.Snapshot
	opt  Options
}

// rows runs a SELECT query over all graphs.
func (a asker) rows(ctx context.Context, text string) ([][]rdf.Term, error) {
	return a.collect(ctx, text, graph.Union)
}

// stated runs a SELECT query of one triple pattern over all graphs but that of inferred statements.
func (a asker) stated(ctx context.Context, head, pattern, tail string) ([][]rdf.Term, error) {
	return a.collect(ctx, "SELECT "+head+" { { "+pattern+" } UNION { GRAPH ?g { "+pattern+" } FILTER(?g != "+a.opt.graph().String()+") } } "+tail, graph.Strict)
}

func (a asker) collect(ctx context.Context, text string, which graph.DefaultGraph) ([][]rdf.Term, error) {
	res, err := a.query(ctx, text, which)
	if err != nil {
		return nil, err
	}
	return res.Rows()
}

// query runs a query under the limits of the options.
func (a asker) query(ctx context.Context, text string, which graph.DefaultGraph) (*graph.Result, error) {
	q := a.opt.Query
	return a.snap.Query(ctx, text, graph.QueryOptions{Timeout: q.Timeout, Memory: q.Memory, Threads: q.Threads, DefaultGraph: which})
}
