package exec

import (
	"slices"

	"sett/graph/store"
)

// sortRows sorts rows whose numbers ascend, and leaves equal ones in that order: runs of some thousands first, which are then merged.
func (q *query) sortRows(rows []int32, compare func(a, b int32) int) error {
	const run = 1 << 12
	for from := 0; from < len(rows); from += run {
		if err := q.ctx.Err(); err != nil {
			return err
		}
		slices.SortFunc(rows[from:min(from+run, len(rows))], func(a, b int32) int {
			if c := compare(a, b); c != 0 {
				return c
			}
			return int(a - b)
		})
	}
	var other []int32
	if len(rows) > run {
		other = make([]int32, len(rows))
	}
	from, to := rows, other
	for width := run; width < len(rows); width *= 2 {
		for start := 0; start < len(rows); start += 2 * width {
			middle, end := min(start+width, len(rows)), min(start+2*width, len(rows))
			a, b := from[start:middle], from[middle:end]
			for at := start; at < end; at++ {
				if err := q.look(at, run); err != nil {
					return err
				}
				if len(a) > 0 && (len(b) == 0 || compare(a[0], b[0]) <= 0) {
					to[at], a = a[0], a[1:]
				} else {
					to[at], b = b[0], b[1:]
				}
			}
		}
		from, to = to, from
	}
	copy(rows, from)
	return nil
}

// radix sorts rows by a column of ids: by bytes, the lowest first, leaving out those that are all the same. It takes the list of rows over.
func (q *query) radix(rows []int32, col []store.ID, desc bool) ([]int32, error) {
	flip := store.ID(0)
	if desc {
		flip = ^flip
	}
	differ := store.ID(0)
	for _, id := range col {
		differ |= id ^ col[0]
	}
	from, to := rows, make([]int32, len(rows))
	for shift := 0; shift < 64; shift += 8 {
		if differ>>shift&255 == 0 {
			continue
		}
		if err := q.ctx.Err(); err != nil {
			return nil, err
		}
		var at [257]int
		for i, id := range col {
			if err := q.look(i, lookIDs); err != nil {
				return nil, err
			}
			at[(id^flip)>>shift&255+1]++
		}
		for i := range 256 {
			at[i+1] += at[i]
		}
		for i, r := range from {
			if err := q.look(i, lookIDs); err != nil {
				return nil, err
			}
			b := (col[r] ^ flip) >> shift & 255
			to[at[b]] = r
			at[b]++
		}
		from, to = to, from
	}
	return from, nil
}
