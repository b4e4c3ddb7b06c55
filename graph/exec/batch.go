package exec

import "sett/graph/store"

// BatchRows is how many rows a batch holds at most.
const BatchRows = 1024

// Batch is up to BatchRows rows, a column of ids a variable; store.None is unbound. It belongs to the operator that
// returned it and is valid until that one's next call.
type Batch struct {
	N    int
	Cols [][]store.ID
}

// newBatch returns an empty batch with room for BatchRows rows in each column.
func newBatch(cols int) *Batch {
	b := &Batch{Cols: make([][]store.ID, cols)}
	for i := range b.Cols {
		b.Cols[i] = make([]store.ID, 0, 16)
	}
	return b
}

// reset empties the batch.
func (b *Batch) reset() {
	b.N = 0
	for i := range b.Cols {
		b.Cols[i] = b.Cols[i][:0]
	}
}

// appendRow adds a row of another batch, its columns taken as from says; -1 is unbound.
func (b *Batch) appendRow(in *Batch, row int, from []int) {
	for i, c := range from {
		id := store.None
		if c >= 0 {
			id = in.Cols[c][row]
		}
		b.Cols[i] = append(b.Cols[i], id)
	}
	b.N++
}

// rowTable is rows that an operator keeps, column by column.
type rowTable struct {
	n    int
	cols [][]store.ID
}

func newRowTable(cols int) *rowTable { return &rowTable{cols: make([][]store.ID, cols)} }

// reserve makes room for more rows. Long columns are copied piece by piece, so that a query that is cancelled meanwhile need not wait.
func (t *rowTable) reserve(q *query, more int) error {
	for i, col := range t.cols {
		if cap(col)-len(col) >= more || len(col) < lookIDs {
			continue // append grows short ones at once
		}
		out := make([]store.ID, len(col), len(col)+max(len(col)/4, more))
		for from := 0; from < len(col); from += lookIDs {
			if err := q.ctx.Err(); err != nil {
				return err
			}
			copy(out[from:], col[from:min(from+lookIDs, len(col))])
		}
		t.cols[i] = out
	}
	return nil
}

// add appends the rows of a batch.
func (t *rowTable) add(b *Batch) {
	for i := range t.cols {
		t.cols[i] = append(t.cols[i], b.Cols[i][:b.N]...)
	}
	t.n += b.N
}
