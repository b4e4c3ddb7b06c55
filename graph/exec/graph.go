package exec

import (
	"slices"

	"sett/graph/plan"
	"sett/graph/store"
)

// graphOp runs its input once for each named graph.
type graphOp struct {
	q      *query
	node   *plan.GraphEach
	names  []store.ID
	listed bool
	at     int
	in     operator
	col    int // of the graph's variable in the output, -1 for a register
	inCol  int // of the same variable in the input, or -1
	out    *Batch
}

func (g *graphOp) next() (*Batch, error) {
	if !g.listed {
		if err := g.list(); err != nil {
			return nil, err
		}
	}
	for g.at < len(g.names) {
		if g.in == nil {
			g.q.regs[g.node.Reg] = g.names[g.at]
			g.in = g.q.open(g.node.Input)
		}
		g.q.regs[g.node.Reg] = g.names[g.at]
		b, err := g.in.next()
		if err != nil {
			return nil, err
		}
		if b == nil {
			g.in.close()
			g.in = nil
			g.at++
			continue
		}
		g.out.reset()
		for i := range b.N {
			if g.inCol >= 0 && b.Cols[g.inCol][i] != store.None && b.Cols[g.inCol][i] != g.names[g.at] {
				continue
			}
			for c := range b.Cols {
				id := b.Cols[c][i]
				if c == g.col {
					id = g.names[g.at]
				}
				g.out.Cols[c] = append(g.out.Cols[c], id)
			}
			if g.col >= len(b.Cols) {
				g.out.Cols[g.col] = append(g.out.Cols[g.col], g.names[g.at])
			}
			g.out.N++
		}
		if g.out.N > 0 {
			return g.out, nil
		}
	}
	return nil, nil
}

// list finds the graphs to run over.
func (g *graphOp) list() error {
	g.listed = true
	g.out = newBatch(len(g.node.Cols))
	g.col, g.inCol = -1, -1
	if g.node.Var.Kind == plan.RefVar {
		g.col, g.inCol = g.node.Col(g.node.Var.Slot), g.node.Input.Head().Col(g.node.Var.Slot)
	} else {
		id := g.q.regs[g.node.Var.Slot]
		ok, err := g.q.isGraph(id, g.node.IDs)
		if ok {
			g.names = []store.ID{id}
		}
		return err
	}
	if g.node.IDs != nil {
		for _, id := range g.node.IDs {
			ok, err := g.q.isGraph(id, nil)
			if err != nil {
				return err
			}
			if ok {
				g.names = append(g.names, id)
			}
		}
		return nil
	}
	var err error
	g.names, err = g.q.graphs()
	return err
}

// isGraph reports whether an id names a graph that is not empty, and is one of limit if that is not nil.
func (q *query) isGraph(id store.ID, limit []store.ID) (bool, error) {
	if id == store.None || id.Kind() == store.KindLocal {
		return false, nil
	}
	if _, ok := slices.BinarySearch(limit, id); limit != nil && !ok {
		return false, nil
	}
	n, err := q.snap.Count(store.GSPO, id)
	return n > 0, err
}

// graphs returns the named graphs, ascending, skipping from one to the next.
func (q *query) graphs() ([]store.ID, error) {
	var out []store.ID
	scan := q.snap.Scan(store.GSPO)
	defer scan.Close()
	var b store.Batch
	for {
		more, err := scan.Next(&b)
		if err != nil || !more {
			return out, err
		}
		for _, g := range b.Cols[0][:b.N] {
			if g != store.None && (len(out) == 0 || out[len(out)-1] != g) {
				out = append(out, g)
			}
		}
		if err := scan.Seek(out[len(out)-1] + 1); err != nil {
			return nil, err
		}
		if err := q.ctx.Err(); err != nil {
			return nil, err
		}
	}
}

func (g *graphOp) close() {
	if g.in != nil {
		g.in.close()
		g.in = nil
	}
	g.at = len(g.names)
}
