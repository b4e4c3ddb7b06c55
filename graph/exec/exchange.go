package exec

import (
	"slices"

	"sett/graph/plan"
	"sett/graph/sparql"
	"sett/graph/store"
	"sett/graph/xsd"
)

// exchangeOp runs a chain of operators that keep nothing from one row to the next - look-ups, filters, probes of hash tables - on
// several threads: batches of the chain's input are shared out, and what comes of them is yielded in the input's order, so that
// rows are the same, in the same order, whatever the number of threads.
//
// It works in rounds. While one runs, the query's own goroutine waits, so that the chains may read whatever belongs to the
// query. Rounds begin with one batch and grow: a query that wants few rows does little more than it must.
type exchangeOp struct {
	q       *query
	top     plan.Node
	bottom  plan.Node
	joins   []*plan.HashJoin // of the chain
	in      operator
	tables  map[*plan.HashJoin]*hashTable
	idle    []*chain // ready for a batch
	round   []*morsel
	at      int
	size    int // batches of the next round
	bytes   int64
	done    bool
	started bool
}

// roundBatches is how many batches a thread has in a round at most.
const roundBatches = 16

// morselBatches is how many batches a chain may make of one before it waits until these have been taken.
const morselBatches = 32

// chain is the operators of an exchange as one thread has them.
type chain struct {
	q   *query
	src *chainSource
	top operator
}

// chainSource yields one batch.
type chainSource struct{ batch *Batch }

func (s *chainSource) next() (*Batch, error) {
	b := s.batch
	s.batch = nil
	return b, nil
}

func (s *chainSource) close() {}

// morsel is a batch and what comes of it.
type morsel struct {
	in   *Batch
	outs []*Batch
	at   int
	rest *chain // has more to come
}

// exchange returns the operator that runs a node and those below it on several threads, nil where that does not pay.
func (q *query) exchange(n plan.Node) operator {
	if q.opt.Threads < 2 || q.feed != nil {
		return nil
	}
	e := &exchangeOp{q: q, top: n, bottom: n, size: 1, tables: map[*plan.HashJoin]*hashTable{}}
	work := n.Head().Cost
	for e.bottom != nil {
		next := chained(e.bottom)
		if next == nil {
			break
		}
		if j, ok := e.bottom.(*plan.HashJoin); ok {
			e.joins = append(e.joins, j)
			work -= j.Right.Head().Cost
		}
		e.bottom = next
	}
	if e.bottom == n || work-e.bottom.Head().Cost <= q.parallelLimit() {
		return nil
	}
	e.in = q.open(e.bottom)
	return e
}

// chained returns the input from which an operator takes its rows one by one, nil if it may not be part of a chain.
func chained(n plan.Node) plan.Node {
	switch n := n.(type) {
	case *plan.IndexJoin:
		return n.Input
	case *plan.Project:
		return n.Input
	case *plan.Filter:
		if !slices.ContainsFunc(n.Conds, stateful) {
			return n.Input
		}
	case *plan.HashJoin:
		if n.Cond == nil || !stateful(n.Cond) {
			return n.Left
		}
	}
	return nil
}

// stateful reports whether an expression must be evaluated by the query's own goroutine: because it runs patterns, or its
// values depend on how often it is asked.
func stateful(x *plan.Expr) bool {
	if x.Exists != nil {
		return true
	}
	return calls(x.Expr, func(c *sparql.ExprCall) bool {
		switch c.Name {
		case "RAND", "UUID", "STRUUID", "BNODE":
			return true
		}
		return false
	})
}

// calls reports whether a call of some kind is in an expression.
func calls(x sparql.Expr, kind func(*sparql.ExprCall) bool) bool {
	among := func(list []sparql.Expr) bool {
		return slices.ContainsFunc(list, func(x sparql.Expr) bool { return calls(x, kind) })
	}
	switch x := x.(type) {
	case *sparql.ExprUnary:
		return calls(x.Arg, kind)
	case *sparql.ExprBinary:
		return calls(x.L, kind) || calls(x.R, kind)
	case *sparql.ExprIn:
		return calls(x.Arg, kind) || among(x.List)
	case *sparql.ExprCall:
		return kind(x) || among(x.Args)
	}
	return false
}

// fork returns the query as another thread may have it while the query's own goroutine waits.
func (q *query) fork() *query {
	f := &query{ctx: q.ctx, snap: q.snap, plan: q.plan, opt: q.opt, mem: q.mem, regs: q.regs, rows: q.rows}
	f.opt.Threads = 1
	f.local.init(q.opt.Blanks)
	f.local.list = q.local.list
	f.fn = &xsd.Context{Now: q.fn.Now, Base: q.fn.Base}
	f.actual = make([]plan.Actual, len(q.actual))
	return f
}

func (e *exchangeOp) newChain() *chain {
	c := &chain{q: e.q.fork(), src: &chainSource{}}
	c.q.feed, c.q.tables = map[plan.Node]operator{e.bottom: c.src}, e.tables
	c.top = c.q.open(e.top)
	clear(c.q.actual) // the runs are the query's
	return c
}

func (e *exchangeOp) next() (*Batch, error) {
	for {
		for e.at < len(e.round) {
			m := e.round[e.at]
			if m.at < len(m.outs) {
				m.at++
				return m.outs[m.at-1], nil
			}
			if m.rest != nil {
				b, err := m.rest.top.next()
				if err != nil || b != nil {
					return b, err
				}
				e.idle = append(e.idle, m.rest)
				m.rest = nil
			}
			e.at++
		}
		if e.done {
			return nil, nil
		}
		if err := e.run(); err != nil {
			return nil, err
		}
	}
}

// run reads the batches of a round and works on them.
func (e *exchangeOp) run() error {
	if !e.started {
		e.started = true
		for _, j := range e.joins {
			t, err := e.q.hashTable(j)
			e.tables[j] = t
			if err != nil {
				return err
			}
		}
	}
	e.free()
	e.at = 0
	for len(e.round) < e.size {
		b, err := e.in.next()
		if err != nil {
			return err
		}
		if b == nil {
			e.done = true
			break
		}
		e.round = append(e.round, &morsel{in: b.clone()})
		if err := e.hold(b); err != nil {
			return err
		}
	}
	e.size = min(2*e.size, roundBatches*e.q.opt.Threads)
	var err error
	if len(e.round) == 1 {
		c := e.chain()
		if err = e.one(c, e.round[0]); err == nil && e.round[0].rest == nil {
			e.idle = append(e.idle, c)
		}
	} else if len(e.round) > 1 {
		chains := make([]*chain, e.q.opt.Threads)
		for i := range chains {
			chains[i] = e.chain()
		}
		err = e.q.tasks(len(e.round), func(worker, task int) error {
			if chains[worker] == nil {
				chains[worker] = e.newChain()
			}
			err := e.one(chains[worker], e.round[task])
			if e.round[task].rest != nil {
				chains[worker] = nil
			}
			return err
		})
		for _, c := range chains {
			if c != nil {
				e.idle = append(e.idle, c)
			}
		}
	}
	e.report()
	return err
}

// chain returns one that is idle, or a new one.
func (e *exchangeOp) chain() *chain {
	if n := len(e.idle); n > 0 {
		c := e.idle[n-1]
		e.idle = e.idle[:n-1]
		c.q.local.list = e.q.local.list
		return c
	}
	return e.newChain()
}

// one runs a chain over a morsel's batch.
func (e *exchangeOp) one(c *chain, m *morsel) error {
	c.src.batch = m.in
	for len(m.outs) < morselBatches {
		b, err := c.top.next()
		if err != nil {
			return err
		}
		if b == nil {
			m.in = nil
			return nil
		}
		m.outs = append(m.outs, b.clone())
		if err := e.q.mem.grow(b.bytes()); err != nil {
			return err
		}
	}
	m.rest = c
	return nil
}

func (e *exchangeOp) hold(b *Batch) error {
	n := b.bytes()
	e.bytes += n
	return e.q.mem.grow(n)
}

// free gives a round's batches back.
func (e *exchangeOp) free() {
	for _, m := range e.round {
		for _, b := range m.outs {
			e.q.mem.shrink(b.bytes())
		}
	}
	e.q.mem.shrink(e.bytes)
	e.bytes = 0
	clear(e.round)
	e.round = e.round[:0]
}

// report adds what the chains' operators did to the query's record; the topmost is watched by itself.
func (e *exchangeOp) report() {
	add := func(c *chain) {
		for i := range c.q.actual {
			a := &c.q.actual[i]
			if a.Batches > 0 && i != e.top.Head().ID {
				to := &e.q.actual[i]
				to.Rows += a.Rows
				to.Batches += a.Batches
				to.Time += a.Time
				to.Switched = max(to.Switched, a.Switched)
				to.Starts = max(to.Starts, 1)
			}
			*a = plan.Actual{}
		}
	}
	for _, c := range e.idle {
		add(c)
	}
	for _, m := range e.round {
		if m.rest != nil {
			add(m.rest)
		}
	}
}

func (e *exchangeOp) close() {
	e.report()
	for _, m := range e.round {
		if m.rest != nil {
			m.rest.top.close()
		}
	}
	for _, c := range e.idle {
		c.top.close()
	}
	e.free()
	e.idle, e.done = nil, true
	e.in.close()
	for _, t := range e.tables {
		t.release(e.q)
	}
	clear(e.tables)
}

// clone returns a copy that is the caller's.
func (b *Batch) clone() *Batch {
	out := &Batch{N: b.N, Cols: make([][]store.ID, len(b.Cols))}
	all := make([]store.ID, b.N*len(b.Cols))
	for i, c := range b.Cols {
		out.Cols[i] = all[i*b.N : (i+1)*b.N : (i+1)*b.N]
		copy(out.Cols[i], c[:b.N])
	}
	return out
}

func (b *Batch) bytes() int64 { return int64(8 * b.N * len(b.Cols)) }
