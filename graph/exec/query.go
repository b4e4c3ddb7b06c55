package exec

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
	"sett/graph/xsd"
)

// Options are what a query runs with. The zero value has no limits.
type Options struct {
	Memory       int64      // bytes that operators may hold; 0: no limit
	Threads      int        // goroutines to use; 0: as many as processors
	Now          time.Time  // NOW(); zero: the present
	Rand         *rand.Rand // RAND, UUID; nil: the process's own source
	Base         string     // base of IRI(); "": the query's
	Initial      []rdf.Term // values of plan.Options.Params, in order; the zero Term is unbound
	Profile      bool       // measure times by operator, for [Rows.Actual]
	ParallelCost float64    // work, in plan.Info.Cost, from which several threads share it; 0: a few milliseconds' worth, below 0: any
	Off          Shortcut   // what operators must not do, for tests
	BatchRows    int        // rows a batch, for tests; 0: BatchRows
	Blanks       string     // beginning of the labels of BNODE(), none that the store has or gets otherwise; "": one that is good for this run's results
	Service      Service    // asks other endpoints; nil: ErrService
}

// query is one run of a plan.
type query struct {
	ctx    context.Context
	snap   *store.Snapshot
	plan   *plan.Plan
	opt    Options
	mem    *budget
	regs   []store.ID // by slot
	local  localTerms
	values valueCache
	fn     *xsd.Context
	actual []plan.Actual
	rows   int // rows a batch

	// Of the queries that stand for this one on other threads:
	feed   map[plan.Node]operator        // the inputs of their operators
	tables map[*plan.HashJoin]*hashTable // the right sides of their hash joins
}

// operator yields batches; nil at the end. A batch has at least one row and belongs to the operator until the next call.
type operator interface {
	next() (*Batch, error)
	close()
}

// Rows is the result of a run. It is used by one goroutine, and must be closed.
type Rows struct {
	q    *query
	root operator
	from []int // columns of the root, -1: a register
	out  Batch
	err  error
}

// Run starts a plan over the snapshot that it was made for. Rows come by [Rows.Next].
func Run(ctx context.Context, p *plan.Plan, snap *store.Snapshot, opt Options) (*Rows, error) {
	q := &query{ctx: ctx, snap: snap, plan: p, opt: opt, rows: BatchRows}
	if opt.BatchRows > 0 {
		q.rows = min(opt.BatchRows, BatchRows)
	}
	q.mem = &budget{limit: opt.Memory}
	if q.opt.Threads == 0 {
		q.opt.Threads = runtime.GOMAXPROCS(0)
	}
	for _, n := range p.Nodes {
		if x, ok := n.(*plan.Extend); ok && usesBlankNodes(x.Expr.Expr) {
			q.opt.Threads = 1 // solutions go through one by one
		}
	}
	q.regs = make([]store.ID, len(p.Vars))
	q.actual = make([]plan.Actual, len(p.Nodes))
	q.local.init(opt.Blanks)
	now := opt.Now
	if now.IsZero() {
		now = time.Now()
	}
	base := opt.Base
	if base == "" && p.Query != nil {
		base = p.Query.Base
	}
	q.fn = &xsd.Context{Now: now, Rand: opt.Rand, Base: base, NewBlank: q.local.newBlank}
	for i, s := range p.Params() {
		if i < len(opt.Initial) {
			id, err := q.intern(opt.Initial[i])
			if err != nil {
				return nil, err
			}
			q.regs[s] = id
		}
	}
	r := &Rows{q: q}
	r.root = q.open(p.Root)
	for _, s := range p.Out {
		r.from = append(r.from, p.Root.Head().Col(s))
	}
	r.out.Cols = make([][]store.ID, len(r.from))
	return r, nil
}

// Vars returns the names of the columns.
func (r *Rows) Vars() []sparql.Var {
	vars := make([]sparql.Var, len(r.from))
	for i, s := range r.q.plan.Out {
		vars[i] = r.q.plan.Vars[s]
	}
	return vars
}

// Next returns the next rows, in the columns of Vars, and nil at the end. The batch is valid until the next call.
// Errors: ErrLimit, the context's, the store's. A panic in an operator comes back as an error with its stack.
func (r *Rows) Next() (out *Batch, err error) {
	if r.err != nil {
		return nil, r.err
	}
	defer func() {
		if p := recover(); p != nil {
			out, err = nil, fmt.Errorf("query failed: %v\n%s", p, debug.Stack())
		}
		if err != nil {
			err = limitError(err)
			r.err = err
		}
	}()
	b, err := r.root.next()
	if err != nil || b == nil {
		return nil, err
	}
	r.out.N = b.N
	for i, c := range r.from {
		if c >= 0 {
			r.out.Cols[i] = b.Cols[c][:b.N]
			continue
		}
		r.out.Cols[i] = slices.Repeat([]store.ID{r.q.regs[r.q.plan.Out[i]]}, b.N)
	}
	return &r.out, nil
}

// Term returns the term of an id of this result; the zero Term for store.None.
func (r *Rows) Term(id store.ID) (rdf.Term, error) { return r.q.term(id) }

// Terms puts the terms of ids into out, which is as long.
func (r *Rows) Terms(ids []store.ID, out []rdf.Term) error { return r.q.terms(ids, out) }

// Actual returns what each operator did so far, for plan.Plan.Explain.
func (r *Rows) Actual() []plan.Actual { return r.q.actual }

// Columns puts the terms of a batch into out, which has a slice for each column: on several threads if there are many.
func (r *Rows) Columns(b *Batch, out [][]rdf.Term) error {
	fill := func(_, c int) error {
		out[c] = slices.Grow(out[c][:0], b.N)[:b.N]
		return r.q.terms(b.Cols[c][:b.N], out[c])
	}
	if len(out) > 1 && b.N >= BatchRows/2 && r.q.opt.Threads > 1 {
		return r.q.tasks(len(out), fill)
	}
	for c := range out {
		if err := fill(0, c); err != nil {
			return err
		}
	}
	return nil
}

// Hold counts bytes that the reader of the rows keeps beside them against the query's limit. Errors: ErrLimit.
func (r *Rows) Hold(bytes int64) error { return limitError(r.q.mem.grow(bytes)) }

// Memory returns the bytes that operators hold now.
func (r *Rows) Memory() int64 { return r.q.mem.used.Load() }

// Close ends the run and releases what it holds. It may be called more than once.
func (r *Rows) Close() {
	if r.root != nil {
		r.root.close()
		r.root = nil
		if r.err == nil {
			r.err = errClosed
		}
	}
}

var errClosed = fmt.Errorf("result is closed")

// open makes the operator of a node.
func (q *query) open(n plan.Node) operator {
	if op, ok := q.feed[n]; ok {
		return op
	}
	if op := q.exchange(n); op != nil {
		q.actual[n.Head().ID].Starts++
		return &watched{q: q, in: op, actual: &q.actual[n.Head().ID]}
	}
	var op operator
	switch n := n.(type) {
	case *plan.Values:
		op = &valuesOp{q: q, node: n}
	case *plan.Registers:
		op = &registersOp{q: q, node: n}
	case *plan.Scan:
		op = newScan(q, n)
	case *plan.IndexJoin:
		op = newIndexJoin(q, n)
	case *plan.MergeJoin:
		op = newMergeJoin(q, n)
	case *plan.MultiJoin:
		op = newMultiJoin(q, n)
	case *plan.KeyScan:
		op = newKeyScan(q, n)
	case *plan.HashJoin:
		op = newHashJoin(q, n)
	case *plan.Apply:
		op = newApply(q, n)
	case *plan.Batched:
		op = &batchedOp{q: q, rows: q.local.sources[n]}
	case *plan.Filter:
		op = newFilter(q, n)
	case *plan.Extend:
		op = newExtend(q, n)
	case *plan.Unpack:
		op = newUnpack(q, n)
	case *plan.Union:
		op = &unionOp{q: q, node: n, out: Batch{Cols: make([][]store.ID, len(n.Cols))}}
	case *plan.GraphEach:
		op = &graphOp{q: q, node: n}
	case *plan.Path:
		op = newPath(q, n)
	case *plan.Group:
		op = newGroup(q, n)
	case *plan.Distinct:
		op = newDistinct(q, n)
	case *plan.OrderBy:
		op = newOrder(q, n)
	case *plan.Slice:
		op = &sliceOp{q: q, node: n, in: q.open(n.Input), skip: n.Offset, left: n.Limit}
	case *plan.Project:
		op = newProject(q, n)
	case *plan.Service:
		op = newService(q, n)
	default:
		panic(fmt.Sprintf("exec: no operator for %T", n))
	}
	q.actual[n.Head().ID].Starts++
	return &watched{q: q, in: op, actual: &q.actual[n.Head().ID]}
}

// watched counts what an operator yields and looks at the context, once a batch.
type watched struct {
	q      *query
	in     operator
	actual *plan.Actual
	held   int64 // bytes, with its inputs
}

func (w *watched) next() (*Batch, error) {
	if err := w.q.ctx.Err(); err != nil {
		return nil, err
	}
	if !w.q.opt.Profile {
		b, err := w.in.next()
		if b != nil {
			w.actual.Rows += uint64(b.N)
			w.actual.Batches++
		}
		return b, err
	}
	start, before := time.Now(), w.q.mem.used.Load()
	b, err := w.in.next()
	w.actual.Time += time.Since(start)
	w.held += w.q.mem.used.Load() - before
	w.actual.Bytes = max(w.actual.Bytes, w.held)
	if b != nil {
		w.actual.Rows += uint64(b.N)
		w.actual.Batches++
	}
	return b, err
}

func (w *watched) close() { w.in.close() }

// columns returns where slots stand in rows; -1 where they do not.
func columns(h *plan.Info, slots []plan.Slot) []int {
	out := make([]int, len(slots))
	for i, s := range slots {
		out[i] = h.Col(s)
	}
	return out
}
