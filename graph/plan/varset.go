package plan

import "math/bits"

// Slot is a variable of a plan: an index into [Plan.Vars].
type Slot int32

// VarSet is a set of slots. The zero value is empty; methods that return a set leave their operands alone.
type VarSet struct{ words []uint64 }

// Vars returns the set of some slots.
func Vars(slots ...Slot) VarSet {
	var v VarSet
	for _, s := range slots {
		v.Add(s)
	}
	return v
}

// Add puts a slot into the set.
func (v *VarSet) Add(s Slot) {
	w := int(s) / 64
	if w >= len(v.words) {
		words := make([]uint64, w+1)
		copy(words, v.words)
		v.words = words
	}
	v.words[w] |= 1 << (s % 64)
}

// Has reports whether a slot is in the set.
func (v VarSet) Has(s Slot) bool {
	w := int(s) / 64
	return w < len(v.words) && v.words[w]&(1<<(s%64)) != 0
}

// Union returns the slots of either set.
func (v VarSet) Union(u VarSet) VarSet {
	if len(v.words) < len(u.words) {
		v, u = u, v
	}
	out := VarSet{append([]uint64(nil), v.words...)}
	for i, w := range u.words {
		out.words[i] |= w
	}
	return out
}

// Intersect returns the slots of both sets.
func (v VarSet) Intersect(u VarSet) VarSet {
	n := min(len(v.words), len(u.words))
	out := VarSet{make([]uint64, n)}
	for i := range n {
		out.words[i] = v.words[i] & u.words[i]
	}
	return out
}

// Minus returns the slots of v that are not in u.
func (v VarSet) Minus(u VarSet) VarSet {
	out := VarSet{append([]uint64(nil), v.words...)}
	for i := range min(len(v.words), len(u.words)) {
		out.words[i] &^= u.words[i]
	}
	return out
}

// Contains reports whether all slots of u are in v.
func (v VarSet) Contains(u VarSet) bool {
	for i, w := range u.words {
		if i >= len(v.words) {
			if w != 0 {
				return false
			}
		} else if w&^v.words[i] != 0 {
			return false
		}
	}
	return true
}

// Meets reports whether the sets have a slot in common.
func (v VarSet) Meets(u VarSet) bool {
	for i := range min(len(v.words), len(u.words)) {
		if v.words[i]&u.words[i] != 0 {
			return true
		}
	}
	return false
}

// Empty reports whether there is no slot in the set.
func (v VarSet) Empty() bool {
	for _, w := range v.words {
		if w != 0 {
			return false
		}
	}
	return true
}

// Slots returns the set in ascending order.
func (v VarSet) Slots() []Slot {
	var out []Slot
	for i, w := range v.words {
		for ; w != 0; w &= w - 1 {
			out = append(out, Slot(i*64+bits.TrailingZeros64(w)))
		}
	}
	return out
}
