package store

import (
	"context"
	"slices"
)

// sortedRun is how many changes are sorted at once: a millisecond or so, after which the context is looked at.
const sortedRun = 1 << 13

// sortChanges sorts changes by row and keeps one of each. It takes them over.
func sortChanges(ctx context.Context, changes []change) ([]change, error) {
	for from := 0; from < len(changes); from += sortedRun {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		slices.SortFunc(changes[from:min(from+sortedRun, len(changes))], func(a, b change) int { return a.row.compare(b.row) })
	}
	var other []change
	for width := sortedRun; width < len(changes); width *= 2 {
		out := other[:0]
		if other == nil {
			out = make([]change, 0, len(changes))
		}
		for from := 0; from < len(changes); from += 2 * width {
			middle, end := min(from+width, len(changes)), min(from+2*width, len(changes))
			a, b := changes[from:middle], changes[middle:end]
			for len(a) > 0 && len(b) > 0 {
				if len(out)%sortedRun == 0 {
					if err := ctx.Err(); err != nil {
						return nil, err
					}
				}
				if b[0].row.less(&a[0].row) {
					out, b = append(out, b[0]), b[1:]
				} else {
					out, a = append(out, a[0]), a[1:]
				}
			}
			out = append(append(out, a...), b...)
		}
		changes, other = out, changes
	}
	return slices.CompactFunc(changes, func(a, b change) bool { return a.row == b.row }), nil
}
