package exec

import (
	"slices"
	"sync"

	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/store"
)

// multiJoin joins relations by binding one variable after the other. All of the relations are read into memory first;
// then the values of the first variable are shared out among the threads.
type multiJoin struct {
	q     *query
	node  *plan.MultiJoin
	rels  []*relation
	vars  []joinVar
	order []plan.Slot // the variables as they are bound
	col   []int       // by key: its output column
	roots []int       // the variables that are counted first, independent of each other once the keys are bound
	bytes int64
	from  operator // yields the rows, once the relations are there
	done  bool
	out   *Batch
}

// joinVar is a variable of the join.
type joinVar struct {
	unary    []*relation // hold its values
	keyed    []int       // relations whose first variable it is
	valued   []int       // relations whose second variable it is: the first is bound before
	children []int       // variables to be counted when it is bound, independent of each other
	memo     int         // the relation by whose key a count holds, -1: do not remember
	marked   int         // the relation bound first of two whose lists are intersected, if its values can be marked; -1
	lowest   store.ID    // of that relation's values
	width    uint64      // the bits that marking them takes
}

func newMultiJoin(q *query, n *plan.MultiJoin) operator {
	return &multiJoin{q: q, node: n, out: newBatch(len(n.Cols))}
}

// build reads the relations and arranges the variables.
func (j *multiJoin) build() error {
	place := map[plan.Slot]int{}
	for i, s := range j.node.Vars {
		place[s] = i
	}
	type job struct {
		rel           *relation
		node          plan.Node
		first, second int
	}
	var jobs []job
	shared := map[string]*relation{}
	copies := map[*relation]*relation{}
	keys := make([]string, len(j.node.Parts))
	for i, p := range j.node.Parts {
		h := p.Head()
		first, second := 0, -1
		if len(h.Cols) == 2 {
			second = 1
			if place[h.Cols[1]] < place[h.Cols[0]] {
				first, second = 1, 0
			}
		}
		r := &relation{first: place[h.Cols[first]], second: -1}
		if second >= 0 {
			r.second = place[h.Cols[second]]
		}
		var key string
		if !j.q.off(SharedRelations) {
			key, keys[i] = relationKey(p, first, second), relationKey(p, second, first)
		}
		if old := shared[key]; key != "" && old != nil {
			copies[r] = old
		} else {
			shared[key] = r
			jobs = append(jobs, job{r, p, first, second})
		}
		j.rels = append(j.rels, r)
	}
	read := func(job job) error {
		op := j.q.open(job.node)
		defer op.close()
		rows := 0.0 // of anything but a whole scan they are a guess
		if s, ok := job.node.(*plan.Scan); ok && s.Ranges == nil {
			rows = s.Rows
		}
		return job.rel.read(j.q, op, job.first, job.second, rows)
	}
	// Scans need nothing of the query that another thread could be writing to.
	var wait sync.WaitGroup
	errs := make([]error, len(jobs))
	slots := make(chan struct{}, max(1, j.q.opt.Threads-1))
	for i, job := range jobs {
		if _, ok := job.node.(*plan.Scan); ok && i > 0 && j.q.parallel(j.node) {
			slots <- struct{}{}
			wait.Add(1)
			go func() {
				defer func() { <-slots; wait.Done() }()
				defer recovered(&errs[i])
				errs[i] = read(job)
			}()
		}
	}
	for i, job := range jobs {
		if _, ok := job.node.(*plan.Scan); !ok || i == 0 || !j.q.parallel(j.node) {
			if errs[i] = read(job); errs[i] != nil {
				break
			}
		}
	}
	wait.Wait()
	for _, r := range j.rels {
		j.bytes += r.bytes
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	for r, old := range copies {
		first, second := r.first, r.second
		*r = *old
		r.first, r.second, r.bytes = first, second, 0
	}
	converse := make([]*relation, len(j.rels))
	for i, key := range keys {
		if r := shared[key]; key != "" && r != nil && j.rels[i].second >= 0 {
			asRead := *r
			converse[i] = &asRead
		}
	}
	return j.reorder(converse)
}

// reorder looks for a better order of the variables, now that the relations are known, and turns the relations round
// whose second variable is then bound before the first; converse has, by relation, one that is that already.
func (j *multiJoin) reorder(converse []*relation) error {
	j.order = j.node.Vars
	degrees := make([]plan.Degrees, len(j.rels))
	known := map[*store.ID]plan.Degrees{} // by relations' values, which several may share
	for i, r := range j.rels {
		d := plan.Degrees{Rows: float64(len(r.keys)), Distinct: [2]float64{float64(len(r.keys))}}
		if r.second >= 0 && len(r.vals) > 0 {
			var ok bool
			if d, ok = known[&r.vals[0]]; !ok {
				d = r.degrees()
				known[&r.vals[0]] = d
			}
			if j.node.Parts[i].Head().Cols[0] != j.node.Vars[r.first] {
				d.Distinct[0], d.Distinct[1] = d.Distinct[1], d.Distinct[0]
				d.Partners[0], d.Partners[1] = d.Partners[1], d.Partners[0]
			}
		}
		degrees[i] = d
	}
	if !j.q.off(Rearrange) {
		j.order, _ = j.node.Arrange(degrees)
	}
	turned := map[*store.ID]*relation{}
	for i, r := range j.rels {
		first := slices.Index(j.order, j.node.Vars[r.first])
		if r.second < 0 {
			r.first = first
			continue
		}
		second := slices.Index(j.order, j.node.Vars[r.second])
		if first > second && len(r.vals) > 0 {
			at := &r.vals[0]
			if turned[at] == nil && converse[i] != nil {
				turned[at] = converse[i]
			}
			if turned[at] == nil {
				t, err := r.turned(j.q)
				if err != nil {
					return err
				}
				n := int64(8*(len(t.keys)+len(t.vals)) + 4*(len(t.offs)+len(t.dense)+len(t.hash)))
				j.bytes += n
				if err := j.q.mem.grow(n); err != nil {
					return err
				}
				turned[at] = t
			}
			*r = *turned[at]
		}
		r.first, r.second = min(first, second), max(first, second)
	}
	for _, s := range j.order[:j.node.Keys] {
		j.col = append(j.col, j.node.Col(s))
	}
	return nil
}

// arrange sets up the variables: which relations bind them, and the tree in which those that do not come out are
// counted.
func (j *multiJoin) arrange() {
	j.vars = make([]joinVar, len(j.order))
	for i, r := range j.rels {
		if r.second < 0 {
			j.vars[r.first].unary = append(j.vars[r.first].unary, r)
			continue
		}
		j.vars[r.first].keyed = append(j.vars[r.first].keyed, i)
		j.vars[r.second].valued = append(j.vars[r.second].valued, i)
	}
	var rest []int
	for v := j.node.Keys; v < len(j.vars); v++ {
		rest = append(rest, v)
	}
	j.roots = j.tree(rest)
	for i := range j.vars {
		j.vars[i].mark(j.rels)
	}
}

// maxMarks is how many bits may mark the values of a relation, for each variable and thread.
const maxMarks = 1 << 26

// mark looks whether a variable's values come from two lists of which one stays the same while the other changes: that one's
// are then marked in a bitmap.
func (x *joinVar) mark(rels []*relation) {
	x.marked = -1
	if len(x.valued) != 2 {
		return
	}
	r, other := x.valued[0], x.valued[1]
	if rels[other].first < rels[r].first {
		r, other = other, r
	}
	if rels[r].first < rels[other].first && len(rels[r].vals) > 0 {
		lo, hi := rels[r].span()
		if width := uint64(hi-lo) + 1; width <= maxMarks {
			x.marked, x.lowest, x.width = r, lo, width
		}
	}
}

// tree splits variables that are to be counted into groups that no relation connects, and returns the first of each.
func (j *multiJoin) tree(rest []int) []int {
	var roots []int
	for len(rest) > 0 {
		in := map[int]bool{rest[0]: true}
		for grown := true; grown; {
			grown = false
			for _, r := range j.rels {
				if r.second >= 0 && in[r.first] != in[r.second] && contains(rest, r.first) && contains(rest, r.second) {
					in[r.first], in[r.second], grown = true, true, true
				}
			}
		}
		var group, others []int
		for _, v := range rest {
			if in[v] {
				group = append(group, v)
			} else {
				others = append(others, v)
			}
		}
		v := group[0]
		j.vars[v].memo = -1
		if !j.q.off(CountMemo) {
			j.vars[v].memo = j.interfaceOf(in)
		}
		j.vars[v].children = j.tree(group[1:])
		if len(j.vars[v].children) == 0 && len(j.vars[v].valued) == 1 && len(j.vars[v].unary) == 0 {
			j.vars[v].memo = -1 // the length of a list: quicker than to remember
		}
		roots = append(roots, v)
		rest = others
	}
	return roots
}

func contains(list []int, v int) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

// interfaceOf returns a relation from the one variable outside a group on which the group depends, or -1 if there is
// not exactly one.
func (j *multiJoin) interfaceOf(group map[int]bool) int {
	rel, outside := -1, -1
	for i, r := range j.rels {
		if r.second < 0 || group[r.first] || !group[r.second] {
			continue
		}
		if outside >= 0 && outside != r.first {
			return -1
		}
		rel, outside = i, r.first
	}
	return rel
}

func (j *multiJoin) next() (*Batch, error) {
	if j.done {
		return nil, nil
	}
	if j.from == nil {
		if err := j.build(); err != nil {
			return nil, err
		}
		j.arrange()
		if j.node.Keys == 0 {
			j.done = true
			return j.total()
		}
		j.from = j.rows()
	}
	return j.from.next()
}

// total counts all bindings.
func (j *multiJoin) total() (*Batch, error) {
	product := int64(1)
	for i, v := range j.roots {
		var sum int64
		var err error
		if i == 0 {
			sum, err = j.share(v)
		} else {
			sum, err = j.newWorker().count(v)
		}
		if err != nil {
			return nil, err
		}
		if product, err = times(product, sum); err != nil {
			return nil, err
		}
	}
	if j.node.Count == plan.NoSlot {
		if product == 0 {
			return nil, nil
		}
		j.out.N = 1
		return j.out, nil
	}
	id, err := j.q.intern(rdf.NewInteger(product))
	if err != nil {
		return nil, err
	}
	j.out.Cols[0] = append(j.out.Cols[0][:0], id)
	j.out.N = 1
	return j.out, nil
}

// share counts the bindings of a root's variables, its values shared out among the threads.
func (j *multiJoin) share(v int) (int64, error) {
	top := j.newWorker().candidates(v)
	if !j.q.parallel(j.node) || len(top) < 2 {
		w := j.newWorker()
		return w.countOver(v, top)
	}
	parts := chunks(len(top), j.q.opt.Threads)
	workers := make([]*joinWorker, j.q.opt.Threads)
	sums := make([]int64, len(parts))
	err := j.q.tasks(len(parts), func(worker, task int) error {
		if workers[worker] == nil {
			workers[worker] = j.newWorker()
		}
		var err error
		sums[task], err = workers[worker].countOver(v, top[parts[task][0]:parts[task][1]])
		return err
	})
	total := int64(0)
	for _, n := range sums {
		if err == nil {
			total, err = plus(total, n)
		}
	}
	return total, err
}

// rows returns the operator of the keys' rows.
func (j *multiJoin) rows() operator {
	top := j.newWorker().candidates(0)
	if !j.q.parallel(j.node) || len(top) < 2 {
		w := j.newWorker()
		w.begin(top)
		return &joinRows{w: w, out: j.out}
	}
	parts := chunks(len(top), j.q.opt.Threads)
	workers := make([]*joinWorker, j.q.opt.Threads)
	return newGather(j.q, len(parts), func(worker, task int, emit func(*Batch) error) error {
		if workers[worker] == nil {
			workers[worker] = j.newWorker()
		}
		w := workers[worker]
		w.begin(top[parts[task][0]:parts[task][1]])
		for {
			out := newBatch(len(j.node.Cols))
			if err := w.fill(out); err != nil || out.N == 0 {
				return err
			}
			if err := emit(out); err != nil {
				return err
			}
		}
	})
}

// joinRows yields the rows of one worker.
type joinRows struct {
	w   *joinWorker
	out *Batch
}

func (r *joinRows) next() (*Batch, error) {
	r.out.reset()
	if err := r.w.fill(r.out); err != nil || r.out.N == 0 {
		return nil, err
	}
	return r.out, nil
}

func (r *joinRows) close() {}

func (j *multiJoin) close() {
	if j.from != nil {
		j.from.close()
	}
	j.q.mem.shrink(j.bytes)
	j.bytes, j.done = 0, true
	j.rels = nil
}
