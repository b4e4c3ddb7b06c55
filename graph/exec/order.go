package exec

import (
	"cmp"
	"slices"

	"sett/graph/plan"
	"sett/graph/store"
	"sett/graph/xsd"
)

// orderOp sorts. With a top it keeps no more than a few times as many rows as it will yield, and drops at once what comes
// behind the last of these.
//
// A key that is a variable is compared by ids as long as all of its ids are of one kind whose payloads are in the order of
// the values; values are worked out only when another comes. A variable that is the only key of a whole sort is never more
// than ids: see sortKinds.
type orderOp struct {
	q     *query
	node  *plan.OrderBy
	in    operator
	keys  []orderKey
	rows  *rowTable
	perm  []int32
	top   int // rows to keep, -1: all
	full  bool
	built bool
	at    int
	bytes int64
	out   *Batch
	alone bool // the only key is a variable, and all rows are kept, or most of them: only its ids are kept till the end

	ordered uint8      // whether IRIs' ids are in order: 0 not asked, 1 no, 2 yes
	texts   *textOrder // what literals' ids tell, once asked for
	behind  store.ID   // literals above it come behind the last row kept, if texts says so; 0: not known
}

// orderKey is a sort key.
type orderKey struct {
	x    evaluator
	col  int // of a variable's ids, -1 for other expressions
	kind store.Kind
	ids  bool        // all ids of the column are of kind, and compared as they are
	vals []xsd.Value // by row, if not ids
	next xsd.Value   // of the row that is being looked at
	desc bool
}

func newOrder(q *query, n *plan.OrderBy) operator {
	o := &orderOp{q: q, node: n, in: q.open(n.Input), rows: newRowTable(len(n.Cols)), out: newBatch(len(n.Cols)), top: -1}
	if n.Top >= 0 && n.Top < 1<<30 {
		o.top = int(n.Top)
	}
	for _, k := range n.Keys {
		key := orderKey{x: q.compile(k.Expr, n.Input.Head()), col: -1, desc: k.Desc}
		if v, ok := key.x.(*varExpr); ok && v.col >= 0 && !q.off(IDOrder) {
			key.col, key.ids = v.col, true
		}
		o.keys = append(o.keys, key)
	}
	if len(o.keys) == 1 && o.keys[0].col >= 0 {
		whole := o.top < 0 || float64(o.top)*mostRows >= n.Input.Head().Rows
		o.alone = whole && q.regs[o.keys[0].x.(*varExpr).slot] == store.None
	}
	return o
}

// mostRows is how many times the rows that are to be kept all of them may be, for all to be sorted by ids and cut then.
const mostRows = 8

// valueKinds are the kinds whose payloads are ordered as ORDER BY orders the values.
var valueKinds = [16]bool{store.KindString: true, store.KindBoolean: true, store.KindInteger: true, store.KindDate: true, store.KindGYear: true}

func (o *orderOp) build() error {
	o.built = true
	for {
		b, err := o.in.next()
		if err != nil {
			return err
		}
		if b == nil {
			break
		}
		if err := o.rows.reserve(o.q, b.N); err != nil {
			return err
		}
		for i := range b.N {
			if err := o.q.look(i, lookRows); err != nil {
				return err
			}
			if err := o.add(b, i); err != nil {
				return err
			}
		}
		if err := o.account(); err != nil {
			return err
		}
		room := 2*o.top + BatchRows/4
		if o.alone {
			room = 2 * mostRows * o.top // there are more rows than was thought
		}
		if o.top >= 0 && o.rows.n > room {
			if err := o.sort(); err != nil {
				return err
			}
			o.cut()
			if o.alone {
				o.alone = false
				if err := o.useValues(&o.keys[0]); err != nil {
					return err
				}
			}
			o.prune()
			if err := o.account(); err != nil {
				return err
			}
		}
	}
	o.in.close()
	if err := o.sort(); err != nil {
		return err
	}
	if o.top >= 0 && len(o.perm) > o.top {
		o.perm = o.perm[:o.top]
	}
	return nil
}

// account tells the budget what is held.
func (o *orderOp) account() error {
	n := int64(o.rows.n * (8*len(o.rows.cols) + 4))
	for k := range o.keys {
		n += int64(56 * len(o.keys[k].vals))
	}
	more := n - o.bytes
	o.bytes = n
	return o.q.mem.grow(more)
}

// add takes a row in, unless it comes behind the last one that is to be kept.
func (o *orderOp) add(b *Batch, row int) error {
	if x := &o.keys[0]; o.full && x.col >= 0 {
		if id := b.Cols[x.col][row]; o.behind != 0 && id > o.behind && o.texts.later(id) {
			return nil
		}
		if c := o.byKind(b.Cols[x.col][row], o.rows.cols[x.col][o.top-1]); c > 0 && !x.desc || c < 0 && x.desc {
			return nil
		}
	}
	for k := range o.keys {
		x := &o.keys[k]
		if o.alone {
			break
		}
		if x.ids {
			id := b.Cols[x.col][row]
			if o.rows.n == 0 {
				x.kind = id.Kind()
			}
			if id.Kind() == x.kind && (valueKinds[x.kind] || x.kind == store.KindIRI && o.iris()) {
				continue
			}
			if err := o.useValues(x); err != nil {
				return err
			}
		}
		v, err := x.x.eval(b, row)
		if fatal(err) {
			return err
		}
		if err != nil {
			v = xsd.Value{}
		}
		x.next = v
	}
	if o.full && !o.before(b, row) {
		return nil
	}
	for k := range o.keys {
		if x := &o.keys[k]; !x.ids {
			x.vals = append(x.vals, x.next)
		}
	}
	for c := range o.rows.cols {
		o.rows.cols[c] = append(o.rows.cols[c], b.Cols[c][row])
	}
	o.rows.n++
	return nil
}

// byKind compares ids as ORDER BY would their terms, where the ids tell, and returns 0 where they do not.
func (o *orderOp) byKind(a, b store.ID) int {
	x, y := a.Kind(), b.Kind()
	switch {
	case x == store.KindLocal || y == store.KindLocal || x == store.KindNone || y == store.KindNone:
		return 0
	case termClass[x] != termClass[y]:
		return cmp.Compare(termClass[x], termClass[y])
	case x == y && (valueKinds[x] || x == store.KindIRI && o.iris()):
		return cmp.Compare(a, b)
	}
	return 0
}

// termClass ranks the kinds by what SPARQL 1.2 §15.1 sorts first: blank nodes, IRIs, literals, triple terms.
var termClass = [16]uint8{store.KindBlank: 1, store.KindIRI: 2, store.KindLiteral: 3, store.KindTripleTerm: 4, store.KindString: 3, store.KindBoolean: 3,
	store.KindInteger: 3, store.KindDecimal: 3, store.KindDouble: 3, store.KindDate: 3, store.KindDateTime: 3, store.KindGYear: 3, store.KindFloat: 3,
	store.KindDateTimeLocal: 3}

// iris reports whether the ids of all IRIs are in the order of their text: no one came after the last build.
func (o *orderOp) iris() bool {
	if o.ordered == 0 {
		o.ordered = 1
		if _, _, exact, err := o.q.snap.PrefixRange(store.KindIRI, ""); err == nil && exact {
			o.ordered = 2
		}
	}
	return o.ordered == 2
}

// useValues works out the values of a key's ids.
func (o *orderOp) useValues(x *orderKey) error {
	x.ids = false
	x.vals = make([]xsd.Value, 0, o.rows.n+BatchRows)
	for i, id := range o.rows.cols[x.col] {
		if i%BatchRows == 0 {
			if err := o.q.ctx.Err(); err != nil {
				return err
			}
		}
		v, err := o.q.value(id)
		if err != nil {
			return err
		}
		x.vals = append(x.vals, v)
	}
	return nil
}

// before reports whether a row comes before the last one that was kept by the last cut, which is then row top-1.
func (o *orderOp) before(b *Batch, row int) bool {
	last := o.top - 1
	for k := range o.keys {
		x := &o.keys[k]
		var c int
		if x.ids {
			c = cmp.Compare(b.Cols[x.col][row], o.rows.cols[x.col][last])
		} else {
			c = xsd.OrderValues(x.next, x.vals[last])
		}
		if x.desc {
			c = -c
		}
		if c != 0 {
			return c < 0
		}
	}
	return false
}

// sort makes perm the order of the rows; equal ones stay as they came.
func (o *orderOp) sort() error {
	o.perm = slices.Grow(o.perm[:0], o.rows.n)
	for i := range o.rows.n {
		o.perm = append(o.perm, int32(i))
	}
	if o.alone {
		done, err := o.sortKinds()
		if done || err != nil {
			return err
		}
		o.alone = false
		if err := o.useValues(&o.keys[0]); err != nil {
			return err
		}
		if err := o.account(); err != nil {
			return err
		}
	} else if (len(o.keys) == 1 || o.rows.n >= radixRows) && !slices.ContainsFunc(o.keys, func(k orderKey) bool { return !k.ids }) {
		for k := range slices.Backward(o.keys) { // the last key first: each sort keeps the order of what is equal
			if err := o.sortIDs(o.rows.cols[o.keys[k].col], o.keys[k].desc); err != nil {
				return err
			}
		}
		return nil
	}
	return o.q.sortRows(o.perm, func(a, b int32) int {
		for k := range o.keys {
			x := &o.keys[k]
			var c int
			if x.ids {
				c = cmp.Compare(o.rows.cols[x.col][a], o.rows.cols[x.col][b])
			} else {
				c = xsd.OrderValues(x.vals[a], x.vals[b])
			}
			if c == 0 {
				continue
			}
			if x.desc {
				return -c
			}
			return c
		}
		return 0
	})
}

// radixRows is how many rows are sorted key by key rather than compared.
const radixRows = 4 * BatchRows

// sortIDs sorts the rows by one column of ids of a kind.
func (o *orderOp) sortIDs(col []store.ID, desc bool) (err error) {
	o.perm, err = o.q.radix(o.perm, col, desc)
	return err
}

// cut keeps the first rows only, in their order.
func (o *orderOp) cut() {
	keep := o.perm[:min(o.top, len(o.perm))]
	for c, col := range o.rows.cols {
		out := make([]store.ID, len(keep), cap(col))
		for i, r := range keep {
			out[i] = col[r]
		}
		o.rows.cols[c] = out
	}
	for k := range o.keys {
		if x := &o.keys[k]; !x.ids {
			out := make([]xsd.Value, len(keep), cap(x.vals))
			for i, r := range keep {
				out[i] = x.vals[r]
			}
			x.vals = out
		}
	}
	o.rows.n = len(keep)
	o.full = o.top > 0
}

func (o *orderOp) next() (*Batch, error) {
	if !o.built {
		if err := o.build(); err != nil {
			return nil, err
		}
	}
	if o.at >= len(o.perm) {
		return nil, nil
	}
	end := min(len(o.perm), o.at+o.q.rows)
	o.out.reset()
	for c := range o.out.Cols {
		col := o.rows.cols[c]
		for _, r := range o.perm[o.at:end] {
			o.out.Cols[c] = append(o.out.Cols[c], col[r])
		}
	}
	o.out.N = end - o.at
	o.at = end
	return o.out, nil
}

func (o *orderOp) close() {
	o.in.close()
	o.q.mem.shrink(o.bytes)
	o.bytes = 0
}
