package plan

import (
	"cmp"
	"slices"

	"sett/graph/store"
)

// IDRange is a range of ids, both ends included.
type IDRange struct{ Lo, Hi store.ID }

// idRanges are ids as ranges, ascending and apart. The nil value is none.
type idRanges []IDRange

// rangesFrom puts ranges in order, joins those that meet and drops the empty ones; never nil.
func rangesFrom(list ...IDRange) idRanges {
	slices.SortFunc(list, func(a, b IDRange) int { return cmp.Compare(a.Lo, b.Lo) })
	out := idRanges{}
	for _, r := range list {
		switch last := len(out) - 1; {
		case r.Lo > r.Hi:
		case last >= 0 && (r.Lo <= out[last].Hi || r.Lo == out[last].Hi+1):
			out[last].Hi = max(out[last].Hi, r.Hi)
		default:
			out = append(out, r)
		}
	}
	return out
}

// union returns the ids of either.
func (r idRanges) union(other idRanges) idRanges { return rangesFrom(slices.Concat(r, other)...) }

// intersect returns the ids of both; never nil.
func (r idRanges) intersect(other idRanges) idRanges {
	out := idRanges{}
	for i, j := 0, 0; i < len(r) && j < len(other); {
		lo, hi := max(r[i].Lo, other[j].Lo), min(r[i].Hi, other[j].Hi)
		if lo <= hi {
			out = append(out, IDRange{lo, hi})
		}
		if r[i].Hi < other[j].Hi {
			i++
		} else {
			j++
		}
	}
	return out
}

// kinds returns all ids of some kinds.
func kinds(list ...store.Kind) idRanges {
	out := make([]IDRange, len(list))
	for i, k := range list {
		out[i].Lo, out[i].Hi = store.KindRange(k)
	}
	return rangesFrom(out...)
}

func point(id store.ID) idRanges { return idRanges{{id, id}} }
