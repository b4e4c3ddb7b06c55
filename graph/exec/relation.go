package exec

import (
	"fmt"
	"slices"

	"sett/graph/plan"
	"sett/graph/store"
)

// relation is a part of a multiway join in memory: the distinct values of its first variable, and for each those of its
// second, all ascending (compressed sparse rows).
type relation struct {
	first, second int // places in the join's variables; second is -1 where there is one variable only
	keys          []store.ID
	offs          []int32 // the values of key i are vals[offs[i]:offs[i+1]]
	vals          []store.ID
	base          store.ID
	whole         bool    // the keys are all ids from base on
	single        bool    // each key has one value
	dense         []int32 // 1 + the key's place by id - base, where ids lie close together
	hash          []int32 // the same by hash otherwise
	bytes         int64

	lowest, highest store.ID // of keys and values, for walks
}

// maxReserve is how many rows room is made for before they are read.
const maxReserve = 1 << 26

// read builds a relation from an operator's rows, whose columns first and second are; about rows of them are expected.
// Errors: ErrLimit.
func (r *relation) read(q *query, in operator, first, second int, rows float64) error {
	var xs, ys []store.ID
	if n := int(min(rows, maxReserve)); q.mem.limit == 0 || int64(16*n) < q.mem.limit/2 {
		xs = make([]store.ID, 0, n)
		if second >= 0 {
			ys = make([]store.ID, 0, n)
		}
	}
	sorted := true
	var err error
	var lastX, lastY store.ID
	for {
		b, err := in.next()
		if err != nil {
			return err
		}
		if b == nil {
			break
		}
		x := b.Cols[first][:b.N]
		xs = append(xs, x...)
		var y []store.ID
		n := int64(8 * b.N)
		if second >= 0 {
			y = b.Cols[second][:b.N]
			ys = append(ys, y...)
			n *= 2
		}
		for i, id := range x {
			var v store.ID
			if y != nil {
				v = y[i]
			}
			if id < lastX || id == lastX && v < lastY {
				sorted = false
			}
			lastX, lastY = id, v
		}
		r.bytes += n
		if err := q.mem.grow(n); err != nil {
			return err
		}
	}
	if len(xs) > 1<<30 {
		return fmt.Errorf("%w: a relation of more than 2^30 rows", ErrLimit)
	}
	if !sorted {
		if xs, ys, err = q.sortPairs(xs, ys); err != nil {
			return err
		}
	}
	if err := r.pack(q, xs, ys); err != nil {
		return err
	}
	n := int64(4 * (len(r.offs) + len(r.dense) + len(r.hash)))
	r.bytes += n
	return q.mem.grow(n)
}

// pack takes over sorted columns.
func (r *relation) pack(q *query, xs, ys []store.ID) error {
	keys := xs[:0]
	for i, id := range xs {
		if err := q.look(i, lookIDs); err != nil {
			return err
		}
		if i == 0 || id != keys[len(keys)-1] {
			if ys != nil {
				r.offs = append(r.offs, int32(i))
			}
			keys = append(keys, id)
		}
	}
	r.keys, r.vals = keys, ys
	if ys != nil {
		r.offs = append(r.offs, int32(len(ys)))
	}
	return r.index(q)
}

// sortPairs returns two columns sorted together; the second may be nil.
func (q *query) sortPairs(xs, ys []store.ID) ([]store.ID, []store.ID, error) {
	perm := make([]int32, len(xs))
	for i := range perm {
		perm[i] = int32(i)
	}
	columns := [2][]store.ID{ys, xs} // the last key first: each sort keeps the order of what is equal
	var err error
	for _, col := range columns {
		if col == nil {
			continue
		}
		if perm, err = q.radix(perm, col, false); err != nil {
			return nil, nil, err
		}
	}
	for k, col := range columns {
		if col == nil {
			continue
		}
		out := make([]store.ID, len(col))
		for i, r := range perm {
			if err := q.look(i, lookIDs); err != nil {
				return nil, nil, err
			}
			out[i] = col[r]
		}
		columns[k] = out
	}
	return columns[1], columns[0], nil
}

// degrees measures the relation; the first column is that of its keys.
func (r *relation) degrees() plan.Degrees {
	n := float64(len(r.vals))
	d := plan.Degrees{Rows: n}
	d.Distinct[0] = float64(len(r.keys))
	squares := 0.0
	for i := range r.keys {
		k := float64(r.offs[i+1] - r.offs[i])
		squares += k * k
	}
	d.Partners[0] = squares / n
	lo, hi := r.span()
	span := uint64(hi - lo)
	if span > uint64(64*len(r.vals)+4096) {
		d.Distinct[1], d.Partners[1] = n, 1 // spread widely: most are taken for different
		return d
	}
	counts := make([]int32, span+1)
	for _, id := range r.vals {
		counts[id-lo]++
	}
	squares = 0
	for _, c := range counts {
		if c > 0 {
			d.Distinct[1]++
			squares += float64(c) * float64(c)
		}
	}
	d.Partners[1] = squares / n
	return d
}

// turned returns the relation from its second variable to its first.
func (r *relation) turned(q *query) (*relation, error) {
	lo, hi := r.span()
	t := &relation{}
	if span := uint64(hi - lo); span < uint64(8*len(r.vals)+4096) { // by counting; the values ascend then as the keys do
		at := make([]int32, span+2)
		for _, id := range r.vals {
			at[id-lo+1]++
		}
		for i, n := range at[1:] {
			if n > 0 {
				t.keys = append(t.keys, lo+store.ID(i))
				t.offs = append(t.offs, at[i])
			}
			at[i+1] += at[i]
		}
		t.offs = append(t.offs, int32(len(r.vals)))
		t.vals = make([]store.ID, len(r.vals))
		for i, id := range r.keys {
			if err := q.look(i, lookIDs/16); err != nil {
				return nil, err
			}
			for _, v := range r.vals[r.offs[i]:r.offs[i+1]] {
				t.vals[at[v-lo]] = id
				at[v-lo]++
			}
		}
		return t, t.index(q)
	}
	xs, ys := slices.Clone(r.vals), make([]store.ID, len(r.vals))
	for i, id := range r.keys {
		for at := r.offs[i]; at < r.offs[i+1]; at++ {
			ys[at] = id
		}
	}
	xs, ys, err := q.sortPairs(xs, ys)
	if err != nil {
		return nil, err
	}
	return t, t.pack(q, xs, ys)
}

// span returns the lowest and the highest of the values, of which there must be one.
func (r *relation) span() (lo, hi store.ID) {
	lo, hi = r.vals[0], r.vals[0]
	for _, id := range r.vals {
		lo, hi = min(lo, id), max(hi, id)
	}
	return lo, hi
}

// index makes keys quick to find.
func (r *relation) index(q *query) error {
	n := len(r.keys)
	if n == 0 {
		return nil
	}
	r.base = r.keys[0]
	r.single = len(r.vals) == n
	if r.whole = r.keys[n-1]-r.base == store.ID(n-1); r.whole {
		return nil
	}
	if span := uint64(r.keys[n-1] - r.base); span < uint64(8*n+4096) {
		r.dense = make([]int32, span+1)
		for i, id := range r.keys {
			r.dense[id-r.base] = int32(i + 1)
		}
		return q.ctx.Err()
	}
	size := 16
	for size < 2*n {
		size *= 2
	}
	r.hash = make([]int32, size)
	for i, id := range r.keys {
		if err := q.look(i, lookIDs); err != nil {
			return err
		}
		h := hashID(id) & uint64(size-1)
		for r.hash[h] != 0 {
			h = (h + 1) & uint64(size-1)
		}
		r.hash[h] = int32(i + 1)
	}
	return nil
}

func hashID(id store.ID) uint64 {
	h := uint64(id) * hashMultiplier
	return h ^ h>>32
}

// find returns a key's place, or -1.
func (r *relation) find(id store.ID) int {
	if r.whole {
		if d := uint64(id - r.base); d < uint64(len(r.keys)) {
			return int(d)
		}
		return -1
	}
	if r.dense != nil {
		if d := uint64(id - r.base); d < uint64(len(r.dense)) {
			return int(r.dense[d]) - 1
		}
		return -1
	}
	if r.hash == nil {
		return -1
	}
	mask := uint64(len(r.hash) - 1)
	for h := hashID(id) & mask; r.hash[h] != 0; h = (h + 1) & mask {
		if i := int(r.hash[h]) - 1; r.keys[i] == id {
			return i
		}
	}
	return -1
}

// values returns the values of the key at a place.
func (r *relation) values(place int) []store.ID {
	if r.single {
		return r.vals[place : place+1]
	}
	return r.vals[r.offs[place]:r.offs[place+1]]
}

// intersect appends the values that are in both ascending lists to out.
func intersect(out, a, b []store.ID) []store.ID {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) > 16*len(a) {
		for _, id := range a {
			b = b[gallop(b, id):]
			if len(b) == 0 {
				break
			}
			if b[0] == id {
				out = append(out, id)
			}
		}
		return out
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		x, y := a[i], b[j]
		if x == y {
			out = append(out, x)
		}
		if x <= y {
			i++
		}
		if y <= x {
			j++
		}
	}
	return out
}

// common returns how many values are in both ascending lists.
func common(a, b []store.ID) int64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := int64(0)
	if len(b) > 16*len(a) {
		for _, id := range a {
			b = b[gallop(b, id):]
			if len(b) == 0 {
				break
			}
			if b[0] == id {
				n++
			}
		}
		return n
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		x, y := a[i], b[j]
		if x == y {
			n++
		}
		if x <= y {
			i++
		}
		if y <= x {
			j++
		}
	}
	return n
}

// gallop returns the place of the first value of an ascending list that is not below id: steps that double, then a
// binary search within the last one.
func gallop(list []store.ID, id store.ID) int {
	lo, step := 0, 1
	for lo+step < len(list) && list[lo+step] < id {
		lo += step
		step *= 2
	}
	hi := min(len(list), lo+step+1)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if list[mid] < id {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// relationKey names the relation that a scan makes from one of its columns to another, which other parts of the join may share; ""
// if none may.
func relationKey(n plan.Node, first, second int) string {
	s, ok := n.(*plan.Scan)
	if !ok || s.Pattern.Graph.Ref.Kind == plan.RefReg || s.Ranges != nil {
		return ""
	}
	key := fmt.Sprint(s.Pattern.Graph.Kind, s.Pattern.Graph.Ref.ID)
	seen := map[plan.Slot]bool{}
	for _, r := range []plan.Ref{s.Pattern.S, s.Pattern.P, s.Pattern.O} {
		switch {
		case r.Kind == plan.RefConst:
			key += fmt.Sprint(" ", uint64(r.ID))
		case r.Kind == plan.RefVar && seen[r.Slot]:
			return ""
		case r.Kind == plan.RefVar && s.Col(r.Slot) == first:
			seen[r.Slot] = true
			key += " first"
		case r.Kind == plan.RefVar && s.Col(r.Slot) == second:
			seen[r.Slot] = true
			key += " second"
		default:
			return ""
		}
	}
	return key
}
