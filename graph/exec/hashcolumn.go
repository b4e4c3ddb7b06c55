package exec

import (
	"sett/graph/plan"
	"sett/graph/store"
)

// column joins a batch at a time, column by column, where a left row has one partner at most, which its key's id leads to: look-ups
// that do not wait for each other overlap in memory.
func (j *hashJoin) column() (*Batch, error) {
	for {
		b, err := j.left.next()
		if err != nil || b == nil {
			return nil, err
		}
		j.hits = j.hits[:0]
		for _, id := range b.Cols[j.lkey[0]][:b.N] {
			hit := int32(0)
			if d := uint64(id - j.base); d < uint64(len(j.heads)) {
				hit = j.heads[d]
			}
			j.hits = append(j.hits, hit)
		}
		j.kept = j.kept[:0]
		for i, hit := range j.hits {
			keep := hit != 0
			switch j.node.Kind {
			case plan.Left:
				keep = true
			case plan.Anti, plan.Minus:
				keep = !keep
			}
			if keep {
				j.kept = append(j.kept, int32(i))
			}
		}
		if len(j.kept) == 0 {
			continue
		}
		j.out.reset()
		for c := range j.width {
			col, out := b.Cols[c], j.out.Cols[c]
			if len(j.kept) == b.N {
				out = append(out, col[:b.N]...)
			} else {
				for _, i := range j.kept {
					out = append(out, col[i])
				}
			}
			j.out.Cols[c] = out
		}
		for k, c := range j.rfrom {
			col, out := j.table.cols[c], j.out.Cols[j.width+k]
			for _, i := range j.kept {
				id := store.None
				if hit := j.hits[i]; hit != 0 {
					id = col[hit-1]
				}
				out = append(out, id)
			}
			j.out.Cols[j.width+k] = out
		}
		j.out.N = len(j.kept)
		return j.out, nil
	}
}
