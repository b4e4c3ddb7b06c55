package exec

import (
	"sett/graph/plan"
	"sett/graph/sparql"
	"sett/graph/store"
)

// groupOp groups by ids and computes aggregates. All input is read before the first row comes out; groups come in the
// order in which they were met.
type groupOp struct {
	q     *query
	node  *plan.Group
	in    operator
	all   *grouping
	parts *groupParts // instead of all, where rows are shared out
	built bool
	at    int
	out   *Batch
}

func newGroup(q *query, n *plan.Group) operator {
	h := n.Input.Head()
	g := &groupOp{q: q, node: n, in: q.open(n.Input), out: newBatch(len(n.Cols))}
	if g.parts = q.groupParts(n); g.parts == nil {
		g.all = q.newGrouping(n, h)
	}
	return g
}

func (g *groupOp) build() error {
	g.built = true
	for {
		b, err := g.in.next()
		if err != nil {
			return err
		}
		if b == nil {
			break
		}
		if g.parts != nil {
			err = g.parts.add(b)
		} else {
			err = g.all.add(b, nil)
		}
		if err != nil {
			return err
		}
	}
	g.in.close()
	if g.parts != nil {
		return g.parts.end()
	}
	return nil
}

// group returns the next group; false after the last.
func (g *groupOp) group() (*grouping, int, bool) {
	if g.parts != nil {
		return g.parts.group()
	}
	g.at++
	return g.all, g.at - 1, g.at <= g.all.n
}

func (g *groupOp) next() (*Batch, error) {
	if !g.built {
		if err := g.build(); err != nil {
			return nil, err
		}
	}
	g.out.reset()
	for g.out.N < g.q.rows {
		if err := g.q.look(g.out.N, lookRows); err != nil {
			return nil, err
		}
		from, at, ok := g.group()
		if !ok {
			break
		}
		for k := range from.keys {
			g.out.Cols[k] = append(g.out.Cols[k], from.rows[k][at])
		}
		for k := range from.aggs {
			id, err := from.aggs[k].result(g.q, at)
			if err != nil {
				return nil, err
			}
			c := len(from.keys) + k
			g.out.Cols[c] = append(g.out.Cols[c], id)
		}
		g.out.N++
	}
	if g.out.N == 0 {
		return nil, nil
	}
	return g.out, nil
}

func (g *groupOp) close() {
	g.in.close()
	if g.parts != nil {
		g.parts.release()
	} else {
		g.all.release()
	}
}

// grouping is groups with their aggregates.
type grouping struct {
	q      *query
	single bool
	keys   []idEvaluator
	aggs   []aggregate
	seen   *rowSet
	key    []store.ID
	rows   [][]store.ID // keys of the groups, a slice a key
	first  []int64      // by group: the number of the row with which it began, if rows have numbers
	n      int
}

// newGrouping prepares the grouping of rows of the given shape.
func (q *query) newGrouping(n *plan.Group, h *plan.Info) *grouping {
	g := &grouping{q: q, single: n.Single, seen: newRowSet(q, len(n.Keys)), rows: make([][]store.ID, len(n.Keys)), key: make([]store.ID, len(n.Keys))}
	for _, k := range n.Keys {
		if k.Expr == nil {
			g.keys = append(g.keys, idEvaluator{q: q, v: &varExpr{q: q, col: h.Col(k.Var), slot: k.Var}})
		} else {
			g.keys = append(g.keys, q.compileID(k.Expr, h))
		}
	}
	for _, a := range n.Aggs {
		g.aggs = append(g.aggs, q.newAggregate(a, h))
	}
	if n.Single {
		g.newGroup()
	}
	return g
}

// newGroup adds the group of the present key.
func (g *grouping) newGroup() {
	for i, id := range g.key {
		g.rows[i] = append(g.rows[i], id)
	}
	g.n++
	for i := range g.aggs {
		g.aggs[i].newGroup()
	}
}

// add takes rows in, whose numbers ascend and may be nil.
func (g *grouping) add(b *Batch, numbers []int64) error {
	var err error
	for i := range b.N {
		if err := g.q.look(i, lookRows); err != nil {
			return err
		}
		n := 0
		if !g.single {
			for k := range g.keys {
				if g.key[k], err = g.keys[k].id(b, i); err != nil {
					return err
				}
			}
			fresh := false
			if n, fresh, err = g.seen.number(g.key); err != nil {
				return err
			}
			if fresh {
				g.newGroup()
				if numbers != nil {
					g.first = append(g.first, numbers[i])
				}
				if err := g.seen.grow(int64(8*len(g.key) + 96*len(g.aggs))); err != nil {
					return err
				}
			}
		}
		for k := range g.aggs {
			if err := g.aggs[k].add(g.q, n, b, i); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *grouping) release() {
	g.seen.release()
	for _, a := range g.aggs {
		if a.seen != nil {
			a.seen.release()
		}
	}
}

// plainVariable returns the column of an expression that is a variable of the rows, -1 for any other.
func plainVariable(q *query, x *plan.Expr, h *plan.Info) int {
	v, ok := x.Expr.(*sparql.ExprVar)
	if !ok || q.regs[x.Slots[v.Var]] != store.None {
		return -1
	}
	return h.Col(x.Slots[v.Var])
}
