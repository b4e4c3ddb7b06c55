package exec

import (
	"fmt"
	"math/bits"

	"sett/graph/plan"
	"sett/graph/store"
)

// joinWorker binds the variables of a multiway join; each thread has its own.
type joinWorker struct {
	j     *multiJoin
	bound []store.ID   // by variable
	place []int        // by relation: its present key's place
	lists [][]store.ID // by relation: the values of its present key
	bufs  [][]store.ID // by variable: room for its candidates
	memo  [][]int64    // by variable: 1 + the count, by place of the key on which it depends
	marks []marks      // by variable
	any   bool         // counts need not go beyond one
	steps int

	touched store.ID // what ahead read, so that it is read

	// The search among the keys: the candidates of each and how many have been tried.
	stack [][]store.ID
	at    []int
	depth int
}

func (j *multiJoin) newWorker() *joinWorker {
	n := len(j.vars)
	return &joinWorker{j: j, bound: make([]store.ID, n), place: make([]int, len(j.rels)), lists: make([][]store.ID, len(j.rels)), bufs: make([][]store.ID, n),
		memo: make([][]int64, n), marks: make([]marks, n), any: j.node.Count == plan.NoSlot, stack: make([][]store.ID, j.node.Keys), at: make([]int, j.node.Keys)}
}

// candidates returns the values of a variable on which the relations that are bound so far agree, ascending; they hold
// until the variable's next call.
func (w *joinWorker) candidates(v int) []store.ID {
	x := &w.j.vars[v]
	var list []store.ID
	own := false // list is in the variable's buffer
	switch {
	case len(x.valued) > 0:
		list = w.lists[x.valued[0]]
		rest := x.valued[1:]
		if m, other := w.mark(v); m != nil {
			list, own, rest = m.intersect(w.bufs[v][:0], other, x.lowest), true, nil
		}
		for _, r := range rest {
			if own {
				list = intersect(list[:0], list, w.lists[r]) // writes behind what it has read
			} else {
				list = intersect(w.bufs[v][:0], list, w.lists[r])
				own = true
			}
		}
	case len(x.unary) > 0:
		list = x.unary[0].keys
		for _, r := range x.unary[1:] {
			if len(r.keys) < len(list) {
				list = r.keys
			}
		}
	default:
		list = w.j.rels[x.keyed[0]].keys
		for _, r := range x.keyed[1:] {
			if keys := w.j.rels[r].keys; len(keys) < len(list) {
				list = keys
			}
		}
	}
	for _, r := range x.unary {
		if len(r.keys) > 0 && len(list) > 0 && &r.keys[0] == &list[0] {
			continue
		}
		out := list[:0]
		if !own {
			out, own = w.bufs[v][:0], true
		}
		if len(list) > 4*len(r.keys) {
			list = intersect(out, list, r.keys)
			continue
		}
		for _, id := range list {
			if r.find(id) >= 0 {
				out = append(out, id)
			}
		}
		list = out
	}
	if own {
		w.bufs[v] = list[:0]
	}
	return list
}

// bind gives a variable a value, and reports whether all relations have it.
func (w *joinWorker) bind(v int, id store.ID) bool {
	w.bound[v] = id
	for _, i := range w.j.vars[v].keyed {
		r := w.j.rels[i]
		p := r.find(id)
		if p < 0 {
			return false
		}
		w.place[i], w.lists[i] = p, r.values(p)
	}
	return true
}

// aheadValues is for how many values lists are fetched at once, aheadLeast how long a relation must be for it to pay.
const (
	aheadValues = 32
	aheadLeast  = 1 << 16
)

// ahead touches the lists of the values that a variable will have next. They lie all over memory: asked for together they come
// together, while bind would wait for each.
func (w *joinWorker) ahead(v int, list []store.ID) {
	if len(list) < 4 {
		return
	}
	for _, i := range w.j.vars[v].keyed {
		r := w.j.rels[i]
		if len(r.vals) < aheadLeast {
			continue
		}
		for _, id := range list {
			if p := r.find(id); p >= 0 {
				list := r.values(p)
				w.touched ^= list[0] ^ list[len(list)-1]
			}
		}
	}
}

// count returns in how many ways a variable and those below it can be bound.
func (w *joinWorker) count(v int) (int64, error) {
	x := &w.j.vars[v]
	if x.memo < 0 {
		return w.countOver(v, nil)
	}
	if w.memo[v] == nil {
		n := len(w.j.rels[x.memo].keys)
		if err := w.j.q.mem.grow(int64(8 * n)); err != nil {
			return 0, err
		}
		w.memo[v] = make([]int64, n)
	}
	at := w.place[x.memo]
	if n := w.memo[v][at]; n > 0 {
		return n - 1, nil
	}
	n, err := w.countOver(v, nil)
	w.memo[v][at] = n + 1
	return n, err
}

// countOver counts with the variable's values given, all of its candidates where they are nil.
func (w *joinWorker) countOver(v int, list []store.ID) (int64, error) {
	x := &w.j.vars[v]
	if list == nil {
		if len(x.children) == 0 && len(x.unary) == 0 {
			switch len(x.valued) {
			case 1:
				return int64(len(w.lists[x.valued[0]])), w.tick(1)
			case 2:
				if m, other := w.mark(v); m != nil {
					return m.count(other, x.lowest), w.tick(1 + len(other)/16)
				}
				a, b := w.lists[x.valued[0]], w.lists[x.valued[1]]
				return common(a, b), w.tick(1 + min(len(a), len(b))/16)
			}
		}
		list = w.candidates(v)
	}
	if len(x.children) == 0 && len(x.keyed) == 0 {
		return int64(len(list)), w.tick(1 + len(list)/16)
	}
	if m, r := w.lastTwo(v, len(list)); m != nil {
		return w.countMarked(m, r, list, w.j.vars[x.children[0]].lowest)
	}
	total := int64(0)
	for i, id := range list {
		if err := w.tick(1); err != nil {
			return 0, err
		}
		if i%aheadValues == 0 {
			w.ahead(v, list[i:min(len(list), i+aheadValues)])
		}
		if !w.bind(v, id) {
			continue
		}
		n, err := w.product(x.children)
		if err == nil {
			total, err = plus(total, n)
		}
		if err != nil {
			return 0, err
		}
		if w.any && total > 0 {
			break
		}
	}
	return total, nil
}

// product multiplies the counts of variables that do not depend on each other.
func (w *joinWorker) product(vars []int) (int64, error) {
	product := int64(1)
	for _, c := range vars {
		n, err := w.count(c)
		if n == 0 || err != nil {
			return 0, err
		}
		if product, err = times(product, n); err != nil {
			return 0, err
		}
	}
	return product, nil
}

// tick looks at the context now and then.
func (w *joinWorker) tick(n int) error {
	if w.steps += n; w.steps < 4*BatchRows {
		return nil
	}
	w.steps = 0
	return w.j.q.ctx.Err()
}

// errCount is a count too large to be told.
var errCount = fmt.Errorf("%w: more than 2^63 solutions", ErrLimit)

func times(a, b int64) (int64, error) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	if hi != 0 || int64(lo) < 0 {
		return 0, errCount
	}
	return int64(lo), nil
}

func plus(a, b int64) (int64, error) {
	if a+b < 0 {
		return 0, errCount
	}
	return a + b, nil
}

// begin starts the search with values of the first key.
func (w *joinWorker) begin(top []store.ID) {
	w.stack[0], w.at[0], w.depth = top, 0, 0
}

// fill adds rows to an empty batch until it is full or there are no more.
func (w *joinWorker) fill(out *Batch) error {
	keys := len(w.stack)
	plain := len(w.j.roots) == 0 && w.j.node.Count == plan.NoSlot
	for w.depth >= 0 && out.N < w.j.q.rows {
		if err := w.tick(1); err != nil {
			return err
		}
		d := w.depth
		if w.at[d] >= len(w.stack[d]) {
			w.depth--
			continue
		}
		if d == keys-1 && plain {
			n := min(len(w.stack[d])-w.at[d], w.j.q.rows-out.N)
			for k := range d {
				c := w.j.col[k]
				for range n {
					out.Cols[c] = append(out.Cols[c], w.bound[k])
				}
			}
			c := w.j.col[d]
			out.Cols[c] = append(out.Cols[c], w.stack[d][w.at[d]:w.at[d]+n]...)
			out.N += n
			w.at[d] += n
			continue
		}
		id := w.stack[d][w.at[d]]
		w.at[d]++
		if !w.bind(d, id) {
			continue
		}
		if d < keys-1 {
			w.depth++
			w.stack[w.depth], w.at[w.depth] = w.candidates(w.depth), 0
			continue
		}
		n, err := w.product(w.j.roots)
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		for k, c := range w.j.col {
			out.Cols[c] = append(out.Cols[c], w.bound[k])
		}
		if w.j.node.Count != plan.NoSlot {
			id, err := integer(n)
			if err != nil {
				return err
			}
			out.Cols[keys] = append(out.Cols[keys], id)
		}
		out.N++
	}
	return nil
}

// integer returns the id of a count.
// Errors: ErrLimit for one that is not inlined, which no thread but the query's own may make.
func integer(n int64) (store.ID, error) {
	if n < 0 || n >= 1<<59 {
		return 0, errCount
	}
	return store.MakeID(store.KindInteger, uint64(n)+1<<59), nil
}
