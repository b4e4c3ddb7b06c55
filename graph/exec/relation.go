package exec

import (
	"fmt"
	"slices"
	"sort"

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
	dense         []int32 // 1 + the key's place by id - base, where ids lie close together
	hash          []int32 // the same by hash otherwise
	bytes         int64
}

// read builds a relation from an operator's rows, whose columns first and second are.
// Errors: ErrLimit.
func (r *relation) read(q *query, in operator, first, second int) error {
	var xs, ys []store.ID
	sorted := true
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
		if ys == nil {
			slices.Sort(xs)
		} else {
			sort.Sort(&pairs{xs, ys})
		}
	}
	keys := xs[:0]
	for i, id := range xs {
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
	r.index()
	n := int64(4 * (len(r.offs) + len(r.dense) + len(r.hash)))
	r.bytes += n
	return q.mem.grow(n)
}

// pairs sorts two columns together.
type pairs struct{ x, y []store.ID }

func (p *pairs) Len() int { return len(p.x) }
func (p *pairs) Less(i, j int) bool {
	return p.x[i] < p.x[j] || p.x[i] == p.x[j] && p.y[i] < p.y[j]
}
func (p *pairs) Swap(i, j int) {
	p.x[i], p.x[j] = p.x[j], p.x[i]
	p.y[i], p.y[j] = p.y[j], p.y[i]
}

// index makes keys quick to find.
func (r *relation) index() {
	n := len(r.keys)
	if n == 0 {
		return
	}
	r.base = r.keys[0]
	if span := uint64(r.keys[n-1] - r.base); span < uint64(8*n+4096) {
		r.dense = make([]int32, span+1)
		for i, id := range r.keys {
			r.dense[id-r.base] = int32(i + 1)
		}
		return
	}
	size := 16
	for size < 2*n {
		size *= 2
	}
	r.hash = make([]int32, size)
	for i, id := range r.keys {
		h := hashID(id) & uint64(size-1)
		for r.hash[h] != 0 {
			h = (h + 1) & uint64(size-1)
		}
		r.hash[h] = int32(i + 1)
	}
}

func hashID(id store.ID) uint64 {
	h := uint64(id) * hashMultiplier
	return h ^ h>>32
}

// find returns a key's place, or -1.
func (r *relation) find(id store.ID) int {
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

// relationKey names a scan whose relation another part of the join may share; "" if none may.
func relationKey(n plan.Node, first int) string {
	s, ok := n.(*plan.Scan)
	if !ok || s.Pattern.Graph.Ref.Kind == plan.RefReg {
		return ""
	}
	key := fmt.Sprint(s.Order, s.Prefix, s.Lo, s.Hi, s.Pattern.Graph.Kind, s.Pattern.Graph.Ref.ID)
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
		case r.Kind == plan.RefVar:
			seen[r.Slot] = true
			key += " second"
		default:
			return ""
		}
	}
	return key
}
