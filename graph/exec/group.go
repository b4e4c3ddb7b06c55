package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
	"sett/graph/xsd"
)

// groupOp groups by ids and computes aggregates. All input is read before the first row comes out; groups come in the
// order in which they were met.
type groupOp struct {
	q     *query
	node  *plan.Group
	in    operator
	keys  []idEvaluator
	aggs  []aggregate
	seen  *rowSet
	rows  [][]store.ID // keys of the groups, a slice a key
	n     int
	built bool
	at    int
	out   *Batch
}

// aggregate is one aggregate over all groups.
type aggregate struct {
	plan.Aggregate
	arg    evaluator
	column *varExpr          // arg if it is a variable
	count  bool              // COUNT: only numbers are kept
	counts []int64           // by group
	accs   []xsd.Accumulator // by group, otherwise
	sets   []*rowSet         // by group, with DISTINCT
	width  int               // of a row, for COUNT(DISTINCT *)
}

func newGroup(q *query, n *plan.Group) operator {
	h := n.Input.Head()
	g := &groupOp{q: q, node: n, in: q.open(n.Input), seen: newRowSet(q, len(n.Keys)), rows: make([][]store.ID, len(n.Keys)), out: newBatch(len(n.Cols))}
	for _, k := range n.Keys {
		if k.Expr == nil {
			g.keys = append(g.keys, idEvaluator{q: q, v: &varExpr{q: q, col: h.Col(k.Var), slot: k.Var}})
		} else {
			g.keys = append(g.keys, q.compileID(k.Expr, h))
		}
	}
	for _, a := range n.Aggs {
		agg := aggregate{Aggregate: a, count: a.Func == "COUNT", width: len(h.Cols)}
		if a.Arg != nil {
			agg.arg = q.compile(a.Arg, h)
			agg.column, _ = agg.arg.(*varExpr)
		}
		g.aggs = append(g.aggs, agg)
	}
	if n.Single {
		g.newGroup(nil)
	}
	return g
}

func (g *groupOp) newGroup(keys []store.ID) {
	for i, id := range keys {
		g.rows[i] = append(g.rows[i], id)
	}
	g.n++
	for i := range g.aggs {
		a := &g.aggs[i]
		if a.count {
			a.counts = append(a.counts, 0)
		} else {
			acc, _ := xsd.NewAccumulator(a.Func, a.Separator)
			a.accs = append(a.accs, acc)
		}
		if a.Distinct {
			width := 1
			if a.arg == nil {
				width = a.width
			}
			a.sets = append(a.sets, newRowSet(g.q, width))
		}
	}
}

func (g *groupOp) build() error {
	g.built = true
	key := make([]store.ID, len(g.keys))
	for {
		b, err := g.in.next()
		if err != nil {
			return err
		}
		if b == nil {
			g.in.close()
			return nil
		}
		for i := range b.N {
			n := 0
			if !g.node.Single {
				for k := range g.keys {
					if key[k], err = g.keys[k].id(b, i); err != nil {
						return err
					}
				}
				fresh := false
				if n, fresh, err = g.seen.number(key); err != nil {
					return err
				}
				if fresh {
					g.newGroup(key)
					if err := g.seen.grow(int64(8*len(key) + 96*len(g.aggs))); err != nil {
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
	}
}

// add takes a row into a group's aggregate.
func (a *aggregate) add(q *query, group int, b *Batch, row int) error {
	if a.arg == nil {
		if a.Distinct {
			ids := make([]store.ID, a.width)
			for c := range ids {
				ids[c] = b.Cols[c][row]
			}
			if _, fresh, err := a.sets[group].number(ids); err != nil || !fresh {
				return err
			}
		}
		a.counts[group]++
		return nil
	}
	if a.column != nil && (a.count || a.Distinct) {
		id := a.column.id(b, row)
		if id != store.None && a.Distinct {
			if _, fresh, err := a.sets[group].number([]store.ID{id}); err != nil || !fresh {
				return err
			}
		}
		if a.count {
			if id != store.None {
				a.counts[group]++
			}
			return nil
		}
	}
	v, err := a.arg.eval(b, row)
	if fatal(err) {
		return err
	}
	if a.Distinct && a.column == nil && err == nil {
		id, ierr := q.intern(v.Term())
		if ierr != nil {
			return ierr
		}
		if _, fresh, err := a.sets[group].number([]store.ID{id}); err != nil || !fresh {
			return err
		}
	}
	if a.count {
		if err == nil {
			a.counts[group]++
		}
		return nil
	}
	a.accs[group].Add(v, err)
	return nil
}

// result returns the id of a group's aggregate, store.None if it is an error.
func (a *aggregate) result(q *query, group int) (store.ID, error) {
	if a.count {
		return q.intern(xsd.NewInteger(a.counts[group]).Term())
	}
	v, err := a.accs[group].Result()
	if err != nil {
		if fatal(err) {
			return 0, err
		}
		return store.None, nil
	}
	return q.intern(v.Term())
}

func (g *groupOp) next() (*Batch, error) {
	if !g.built {
		if err := g.build(); err != nil {
			return nil, err
		}
	}
	if g.at >= g.n {
		return nil, nil
	}
	g.out.reset()
	for ; g.at < g.n && g.out.N < g.q.rows; g.at++ {
		for k := range g.keys {
			g.out.Cols[k] = append(g.out.Cols[k], g.rows[k][g.at])
		}
		for k := range g.aggs {
			id, err := g.aggs[k].result(g.q, g.at)
			if err != nil {
				return nil, err
			}
			c := len(g.keys) + k
			g.out.Cols[c] = append(g.out.Cols[c], id)
		}
		g.out.N++
	}
	return g.out, nil
}

func (g *groupOp) close() {
	g.in.close()
	g.seen.release()
	for _, a := range g.aggs {
		for _, s := range a.sets {
			s.release()
		}
	}
}
