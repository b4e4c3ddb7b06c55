package exec

import (
	"cmp"
	"slices"

	"sett/graph/store"
	"sett/graph/xsd"
)

// sortKinds sorts rows by the one variable that is the key: by ids first, which is the order of the values within most kinds, as
// a look at each of the values, once, shows; kinds whose values are mixed in ORDER BY, such as short and long texts, are
// then merged. It reports false, and leaves the rows as they came, if the ids of a kind are not in the order of their values.
func (o *orderOp) sortKinds() (bool, error) {
	col, desc := o.rows.cols[o.keys[0].col], o.keys[0].desc
	if len(col) == 0 {
		return true, nil
	}
	if err := o.sortIDs(col, false); err != nil {
		return false, err
	}
	var runs [][]int32 // by kind
	for from := 0; from < len(o.perm); {
		kind, to := col[o.perm[from]].Kind(), from+1
		for to < len(o.perm) && col[o.perm[to]].Kind() == kind {
			to++
		}
		run := o.perm[from:to]
		if !valueKinds[kind] && kind != store.KindNone {
			if ok, err := o.ascends(col, run); err != nil || !ok {
				o.unsort()
				return false, err
			}
		}
		runs = append(runs, run)
		from = to
	}
	for len(runs) > 1 { // neighbours, so that each row is moved a few times at most
		var next [][]int32
		for i := 0; i+1 < len(runs); i += 2 {
			run, err := o.merge(col, runs[i], runs[i+1])
			if err != nil {
				return false, err
			}
			next = append(next, run)
		}
		if len(runs)%2 == 1 {
			next = append(next, runs[len(runs)-1])
		}
		runs = next
	}
	o.perm = runs[0]
	if desc {
		reverseRuns(o.perm, col)
	}
	return true, nil
}

// unsort puts the rows back as they came.
func (o *orderOp) unsort() {
	for i := range o.perm {
		o.perm[i] = int32(i)
	}
}

// ascends reports whether the values of rows ascend as their ids do.
func (o *orderOp) ascends(col []store.ID, run []int32) (bool, error) {
	var last xsd.Value
	for i, r := range run {
		if i%BatchRows == 0 {
			if err := o.q.ctx.Err(); err != nil {
				return false, err
			}
		}
		if i > 0 && col[r] == col[run[i-1]] {
			continue
		}
		v, err := o.q.value(col[r])
		if err != nil {
			return false, err
		}
		if i > 0 && xsd.OrderValues(last, v) > 0 {
			return false, nil
		}
		last = v
	}
	return true, nil
}

// merge merges two runs by the values of their rows.
func (o *orderOp) merge(col []store.ID, a, b []int32) ([]int32, error) {
	out := make([]int32, 0, len(a)+len(b))
	var x, y xsd.Value
	fresh := [2]bool{true, true}
	for i, j := 0, 0; ; {
		if i == len(a) || j == len(b) {
			return append(append(out, a[i:]...), b[j:]...), nil
		}
		if len(out)%BatchRows == 0 {
			if err := o.q.ctx.Err(); err != nil {
				return nil, err
			}
		}
		var err error
		if fresh[0] {
			x, err = o.q.value(col[a[i]])
		}
		if fresh[1] && err == nil {
			y, err = o.q.value(col[b[j]])
		}
		if err != nil {
			return nil, err
		}
		if first := xsd.OrderValues(x, y) <= 0; first {
			out = append(out, a[i])
			i++
			fresh[0], fresh[1] = i < len(a) && col[a[i]] != col[a[i-1]], false
		} else {
			out = append(out, b[j])
			j++
			fresh[0], fresh[1] = false, j < len(b) && col[b[j]] != col[b[j-1]]
		}
	}
}

// reverseRuns turns an order round, rows of the same id aside, which stay as they came.
func reverseRuns(perm []int32, col []store.ID) {
	slices.Reverse(perm)
	for from := 0; from < len(perm); {
		to := from + 1
		for to < len(perm) && col[perm[to]] == col[perm[from]] {
			to++
		}
		slices.Reverse(perm[from:to])
		from = to
	}
}

// textOrder tells of which literals of the dictionary the ids say that they come behind a given xsd:string in ORDER BY: of those
// that were there at the last build, whose ids ascend with their text. What sorts before all strings, numbers and booleans
// that are not inlined, is among those that begin as these do.
type textOrder struct {
	last   store.ID      // of the literals in order
	others [][2]store.ID // those that may be numbers or booleans, ascending
}

// beforeTexts are the characters with which numbers, booleans and white space around them begin.
const beforeTexts = "\t\n\r +-.0123456789INft"

func (o *orderOp) textOrder() (*textOrder, error) {
	_, last, _, err := o.q.snap.PrefixRange(store.KindLiteral, "")
	if err != nil {
		return nil, err
	}
	t := &textOrder{last: last}
	for i := range len(beforeTexts) {
		lo, hi, _, err := o.q.snap.PrefixRange(store.KindLiteral, beforeTexts[i:i+1])
		if err != nil {
			return nil, err
		}
		if lo <= hi {
			t.others = append(t.others, [2]store.ID{lo, hi})
		}
	}
	slices.SortFunc(t.others, func(a, b [2]store.ID) int { return cmp.Compare(a[0], b[0]) })
	return t, nil
}

// later reports whether a literal comes behind all strings with lower ids.
func (t *textOrder) later(id store.ID) bool {
	if id.Kind() != store.KindLiteral || id > t.last {
		return false
	}
	for _, r := range t.others {
		if id <= r[1] {
			return id < r[0]
		}
	}
	return true
}

// prune remembers the last row that is kept where rows that come behind it can be told by their ids: ascending texts.
func (o *orderOp) prune() {
	x := &o.keys[0]
	o.behind = 0
	if !o.full || o.q.off(TextOrder) || x.col < 0 || x.ids || x.desc || x.vals[o.top-1].Kind() != xsd.String {
		return
	}
	id := o.rows.cols[x.col][o.top-1]
	if id.Kind() != store.KindLiteral {
		return
	}
	if o.texts == nil {
		t, err := o.textOrder()
		if err != nil {
			return
		}
		o.texts = t
	}
	if id <= o.texts.last {
		o.behind = id
	}
}
