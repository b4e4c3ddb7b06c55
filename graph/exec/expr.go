package exec

import (
	"encoding/binary"
	"errors"
	"fmt"

	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
	"sett/graph/xsd"
)

// evaluator computes an expression for a row. An error that Is xsd.ErrType is the expression's value "error" (SPARQL 1.1
// §17.2); any other ends the query.
type evaluator interface {
	eval(b *Batch, row int) (xsd.Value, error)
}

// errUnbound is the error of a variable without a value.
var errUnbound = fmt.Errorf("%w: unbound variable", xsd.ErrType)

// errFunction is the error of calling an unknown function.
var errFunction = fmt.Errorf("%w: unknown function", xsd.ErrType)

// fatal reports whether an error is more than an expression's.
func fatal(err error) bool { return err != nil && !errors.Is(err, xsd.ErrType) }

// holds reports whether a condition is true for a row; errors of the expression are not.
func holds(x evaluator, b *Batch, row int) (bool, error) {
	ok, err := truth(x, b, row)
	if fatal(err) {
		return false, err
	}
	return ok && err == nil, nil
}

// truth is the effective boolean value.
func truth(x evaluator, b *Batch, row int) (bool, error) {
	switch x := x.(type) {
	case *compareExpr:
		if holds, known := x.byIntegers(b, row); known {
			return holds, nil
		}
	case *equalExpr:
		if holds, known := x.byNodes(b, row); known {
			return holds, nil
		}
	}
	v, err := x.eval(b, row)
	if err != nil {
		return false, err
	}
	return xsd.EBV(v)
}

// idEvaluator computes the id of an expression's value; store.None for an error.
type idEvaluator struct {
	q    *query
	x    evaluator
	v    *varExpr  // if the expression is a variable
	term *store.ID // if it is a constant

	arg    *varExpr // its only variable, if it remembers its values
	values []remembered
}

// remembered is the id of an expression's value for one id of its variable.
type remembered struct{ arg, value store.ID }

// rememberedValues is how many values an expression remembers, each at the place that its argument's id hashes to: dates, venues and other
// things of which many rows speak are read and computed with once.
const rememberedValues = 1 << 12

// compileID prepares an expression whose value is wanted as an id.
func (q *query) compileID(e *plan.Expr, rows *plan.Info) idEvaluator {
	out := idEvaluator{q: q, x: q.compile(e, rows)}
	switch x := out.x.(type) {
	case *varExpr:
		out.v = x
	case *constExpr:
		if id, err := q.intern(x.v.Term()); err == nil {
			out.term = &id
		}
	default:
		if len(e.Slots) == 1 && !stateful(e) && !q.off(Remember) {
			for _, s := range e.Slots {
				out.arg = &varExpr{q: q, col: rows.Col(s), slot: s}
			}
		}
	}
	return out
}

func (x *idEvaluator) id(b *Batch, row int) (store.ID, error) {
	if x.arg == nil {
		return x.compute(b, row)
	}
	if x.values == nil {
		x.values = make([]remembered, rememberedValues)
	}
	arg := x.arg.id(b, row)
	at := &x.values[uint64(arg)*0x9e3779b97f4a7c15>>(64-12)]
	if at.arg == arg && arg != store.None {
		return at.value, nil
	}
	id, err := x.compute(b, row)
	if err == nil {
		*at = remembered{arg, id}
	}
	return id, err
}

// compute returns the value's id for a row.
func (x *idEvaluator) compute(b *Batch, row int) (store.ID, error) {
	if x.v != nil {
		return x.v.id(b, row), nil
	}
	if x.term != nil {
		return *x.term, nil
	}
	if d, ok := x.x.(*dayExpr); ok {
		if n, ok := d.part(b, row); ok {
			return integer(n)
		}
	}
	v, err := x.x.eval(b, row)
	if err != nil {
		if fatal(err) {
			return 0, err
		}
		return store.None, nil
	}
	return x.q.intern(v.Term())
}

// compile prepares an expression over rows of the given shape.
func (q *query) compile(e *plan.Expr, rows *plan.Info) evaluator {
	c := compiler{q: q, e: e, rows: rows}
	return c.expr(e.Expr)
}

type compiler struct {
	q    *query
	e    *plan.Expr
	rows *plan.Info
}

func (c *compiler) expr(x sparql.Expr) evaluator {
	switch x := x.(type) {
	case *sparql.ExprVar:
		s := c.e.Slots[x.Var]
		return &varExpr{q: c.q, col: c.rows.Col(s), slot: s}
	case *sparql.ExprTerm:
		return &constExpr{xsd.FromTerm(x.Term)}
	case *sparql.ExprUnary:
		arg := c.expr(x.Arg)
		switch x.Op {
		case sparql.OpNot:
			return &notExpr{arg}
		case sparql.OpMinus:
			return &unaryExpr{arg, xsd.Neg}
		}
		return &unaryExpr{arg, xsd.Plus}
	case *sparql.ExprBinary:
		l, r := c.expr(x.L), c.expr(x.R)
		switch x.Op {
		case sparql.OpOr:
			return &logicalExpr{l, r, true}
		case sparql.OpAnd:
			return &logicalExpr{l, r, false}
		case sparql.OpEqual, sparql.OpNotEqual:
			return c.equality(x, l, r)
		case sparql.OpLess, sparql.OpGreater, sparql.OpLessEqual, sparql.OpGreaterEqual:
			out := &compareExpr{op: x.Op, l: l, r: r}
			if li, ri := integers(x.L, l), integers(x.R, r); li != nil && ri != nil && !c.q.off(Integers) {
				out.li, out.ri = li, ri
			}
			return out
		case sparql.OpAdd:
			return &binaryExpr{l, r, xsd.Add}
		case sparql.OpSubtract:
			return &binaryExpr{l, r, xsd.Sub}
		case sparql.OpMultiply:
			return &binaryExpr{l, r, xsd.Mul}
		}
		return &binaryExpr{l, r, xsd.Div}
	case *sparql.ExprIn:
		in := &inExpr{arg: c.expr(x.Arg), list: c.exprs(x.List), not: x.Not}
		if len(in.list) >= longList && !c.q.off(Lists) {
			in.index()
		}
		return in
	case *sparql.ExprExists:
		return &existsExpr{q: c.q, sub: c.e.Exists[x], cols: columns(c.rows, c.e.Exists[x].Regs), not: x.Not, memo: map[string]bool{}}
	case *sparql.ExprCall:
		return c.call(x)
	}
	return failExpr{fmt.Errorf("exec: no expression %T", x)}
}

func (c *compiler) exprs(list []sparql.Expr) []evaluator {
	out := make([]evaluator, len(list))
	for i, x := range list {
		out[i] = c.expr(x)
	}
	return out
}

func (c *compiler) call(x *sparql.ExprCall) evaluator {
	args := c.exprs(x.Args)
	switch x.Name {
	case "BOUND":
		return &boundExpr{args[0].(*varExpr)}
	case "IF":
		return &ifExpr{args[0], args[1], args[2]}
	case "COALESCE":
		return coalesceExpr(args)
	}
	name := x.Name
	if name == "" {
		name = x.IRI
	}
	f, ok := xsd.LookupFunction(name)
	if !ok || len(args) < f.Min || (f.Max >= 0 && len(args) > f.Max) {
		return failExpr{errFunction}
	}
	call := &callExpr{ctx: c.q.fn, f: f.Fn, args: args, values: make([]xsd.Value, len(args))}
	if field, ok := dayFields[f.Name]; ok && !c.q.off(Days) {
		if v, ok := args[0].(*varExpr); ok {
			return &dayExpr{v: v, field: field, call: call}
		}
	}
	return call
}

// equality compares by id where one side is a variable and the other an IRI of the store, which equals itself only.
func (c *compiler) equality(x *sparql.ExprBinary, l, r evaluator) evaluator {
	not := x.Op == sparql.OpNotEqual
	for _, side := range [2]struct {
		v evaluator
		x sparql.Expr
	}{{l, x.R}, {r, x.L}} {
		v, isVar := side.v.(*varExpr)
		t, isTerm := side.x.(*sparql.ExprTerm)
		if !isVar || !isTerm || t.Term.Kind() != rdf.IRI {
			continue
		}
		if id, ok, err := c.q.snap.Lookup(t.Term); ok && err == nil {
			return &sameExpr{v, id, not}
		}
	}
	out := &equalExpr{not: not, l: l, r: r}
	lv, ok := l.(*varExpr)
	if rv, also := r.(*varExpr); ok && also && !c.q.off(NodeEquality) {
		out.lv, out.rv = lv, rv
	}
	return out
}

// sameExpr compares a variable's id with that of an IRI.
type sameExpr struct {
	v   *varExpr
	id  store.ID
	not bool
}

func (x *sameExpr) eval(b *Batch, row int) (xsd.Value, error) {
	id := x.v.id(b, row)
	if id == store.None {
		return xsd.Value{}, errUnbound
	}
	return xsd.NewBoolean((id == x.id) != x.not), nil
}

type failExpr struct{ err error }

func (x failExpr) eval(*Batch, int) (xsd.Value, error) { return xsd.Value{}, x.err }

type constExpr struct{ v xsd.Value }

func (x *constExpr) eval(*Batch, int) (xsd.Value, error) { return x.v, nil }

// varExpr is a variable: a column, and where that is missing or unbound a register.
type varExpr struct {
	q    *query
	col  int
	slot plan.Slot
}

func (x *varExpr) id(b *Batch, row int) store.ID {
	if x.col >= 0 {
		if id := b.Cols[x.col][row]; id != store.None {
			return id
		}
	}
	return x.q.regs[x.slot]
}

func (x *varExpr) eval(b *Batch, row int) (xsd.Value, error) {
	id := x.id(b, row)
	if id == store.None {
		return xsd.Value{}, errUnbound
	}
	return x.q.value(id)
}

type boundExpr struct{ v *varExpr }

func (x *boundExpr) eval(b *Batch, row int) (xsd.Value, error) {
	return xsd.NewBoolean(x.v.id(b, row) != store.None), nil
}

type notExpr struct{ arg evaluator }

func (x *notExpr) eval(b *Batch, row int) (xsd.Value, error) {
	ok, err := truth(x.arg, b, row)
	return xsd.NewBoolean(!ok), err
}

type unaryExpr struct {
	arg evaluator
	f   func(xsd.Value) (xsd.Value, error)
}

func (x *unaryExpr) eval(b *Batch, row int) (xsd.Value, error) {
	v, err := x.arg.eval(b, row)
	if err != nil {
		return v, err
	}
	return x.f(v)
}

type binaryExpr struct {
	l, r evaluator
	f    func(a, b xsd.Value) (xsd.Value, error)
}

func (x *binaryExpr) eval(b *Batch, row int) (xsd.Value, error) {
	l, err := x.l.eval(b, row)
	if err != nil {
		return l, err
	}
	r, err := x.r.eval(b, row)
	if err != nil {
		return r, err
	}
	return x.f(l, r)
}

// logicalExpr is || or &&: one side decides alone even if the other is an error (SPARQL 1.1 §17.2).
type logicalExpr struct {
	l, r evaluator
	or   bool
}

func (x *logicalExpr) eval(b *Batch, row int) (xsd.Value, error) {
	l, lerr := truth(x.l, b, row)
	if fatal(lerr) {
		return xsd.Value{}, lerr
	}
	if lerr == nil && l == x.or {
		return xsd.NewBoolean(x.or), nil
	}
	r, rerr := truth(x.r, b, row)
	if fatal(rerr) {
		return xsd.Value{}, rerr
	}
	switch {
	case rerr == nil && r == x.or:
		return xsd.NewBoolean(x.or), nil
	case lerr != nil:
		return xsd.Value{}, lerr
	case rerr != nil:
		return xsd.Value{}, rerr
	}
	return xsd.NewBoolean(!x.or), nil
}

type equalExpr struct {
	not    bool
	l, r   evaluator
	lv, rv *varExpr // if both sides are variables
}

// byNodes compares the sides of a row if both are IRIs or blank nodes of the store: these have one id each.
func (x *equalExpr) byNodes(b *Batch, row int) (holds, known bool) {
	if x.lv == nil {
		return false, false
	}
	l, r := x.lv.id(b, row), x.rv.id(b, row)
	if !isNode[l.Kind()] || !isNode[r.Kind()] {
		return false, false
	}
	return (l == r) != x.not, true
}

// isNode are the kinds of IRIs and blank nodes of the store.
var isNode = [16]bool{store.KindIRI: true, store.KindBlank: true}

func (x *equalExpr) eval(b *Batch, row int) (xsd.Value, error) {
	if holds, known := x.byNodes(b, row); known {
		return xsd.NewBoolean(holds), nil
	}
	l, err := x.l.eval(b, row)
	if err != nil {
		return l, err
	}
	r, err := x.r.eval(b, row)
	if err != nil {
		return r, err
	}
	same, err := xsd.Equal(l, r)
	return xsd.NewBoolean(same != x.not), err
}

type compareExpr struct {
	op     sparql.Op
	l, r   evaluator
	li, ri intEvaluator // if both sides may be integers
}

func (x *compareExpr) eval(b *Batch, row int) (xsd.Value, error) {
	if ok, known := x.byIntegers(b, row); known {
		return xsd.NewBoolean(ok), nil
	}
	l, err := x.l.eval(b, row)
	if err != nil {
		return l, err
	}
	r, err := x.r.eval(b, row)
	if err != nil {
		return r, err
	}
	c, err := xsd.Compare(l, r)
	if err != nil {
		return xsd.Value{}, err
	}
	ok := false
	switch x.op {
	case sparql.OpLess:
		ok = c == -1
	case sparql.OpGreater:
		ok = c == 1
	case sparql.OpLessEqual:
		ok = c == -1 || c == 0
	case sparql.OpGreaterEqual:
		ok = c == 1 || c == 0
	}
	return xsd.NewBoolean(ok), nil
}

type ifExpr struct{ cond, yes, no evaluator }

func (x *ifExpr) eval(b *Batch, row int) (xsd.Value, error) {
	ok, err := truth(x.cond, b, row)
	if err != nil {
		return xsd.Value{}, err
	}
	if ok {
		return x.yes.eval(b, row)
	}
	return x.no.eval(b, row)
}

type coalesceExpr []evaluator

func (x coalesceExpr) eval(b *Batch, row int) (xsd.Value, error) {
	for _, e := range x {
		v, err := e.eval(b, row)
		if err == nil || fatal(err) {
			return v, err
		}
	}
	return xsd.Value{}, errUnbound
}

type callExpr struct {
	ctx    *xsd.Context
	f      func(*xsd.Context, []xsd.Value) (xsd.Value, error)
	args   []evaluator
	values []xsd.Value
}

func (x *callExpr) eval(b *Batch, row int) (xsd.Value, error) {
	for i, a := range x.args {
		v, err := a.eval(b, row)
		if err != nil {
			return v, err
		}
		x.values[i] = v
	}
	return x.f(x.ctx, x.values)
}

// dayExpr is YEAR, MONTH or DAY of a variable. Inlined dates are read from their ids.
type dayExpr struct {
	v     *varExpr
	field int
	call  *callExpr // for any other value
}

var dayFields = map[string]int{"YEAR": 0, "MONTH": 1, "DAY": 2}

func (x *dayExpr) part(b *Batch, row int) (int64, bool) {
	year, month, day, ok := x.v.id(b, row).Day()
	return int64([3]int{year, month, day}[x.field]), ok
}

func (x *dayExpr) eval(b *Batch, row int) (xsd.Value, error) {
	if n, ok := x.part(b, row); ok {
		return xsd.NewInteger(n), nil
	}
	return x.call.eval(b, row)
}

// existsExpr runs a pattern with registers set from the row, once for each distinct setting.
type existsExpr struct {
	q    *query
	sub  *plan.Exists
	cols []int
	not  bool
	memo map[string]bool
	key  []byte
	old  []store.ID
}

func (x *existsExpr) eval(b *Batch, row int) (xsd.Value, error) {
	x.key = x.key[:0]
	for i, c := range x.cols {
		id := store.None
		if c >= 0 {
			id = b.Cols[c][row]
		}
		if id == store.None {
			id = x.q.regs[x.sub.Regs[i]]
		}
		x.key = binary.BigEndian.AppendUint64(x.key, uint64(id))
	}
	found, ok := x.memo[string(x.key)]
	if !ok {
		var err error
		if found, err = x.run(); err != nil {
			return xsd.Value{}, err
		}
		if err := x.q.mem.grow(int64(len(x.key) + 64)); err != nil {
			return xsd.Value{}, err
		}
		if !x.q.off(ExistsMemo) {
			x.memo[string(x.key)] = found
		}
	}
	return xsd.NewBoolean(found != x.not), nil
}

// existsRows is the size of batches where one row decides.
const existsRows = 16

func (x *existsExpr) run() (bool, error) {
	x.old = x.old[:0]
	for i, s := range x.sub.Regs {
		x.old = append(x.old, x.q.regs[s])
		x.q.regs[s] = store.ID(binary.BigEndian.Uint64(x.key[8*i:]))
	}
	rows := x.q.rows
	x.q.rows = min(rows, existsRows)
	op := x.q.open(x.sub.Root)
	b, err := op.next()
	op.close()
	x.q.rows = rows
	for i, s := range x.sub.Regs {
		x.q.regs[s] = x.old[i]
	}
	return b != nil, err
}
