package exec

import "sett/graph/store"

// Rows of one triple in several graphs lie beside each other in an order that ends with the graph. Where all graphs are asked as one, a triple
// counts once: as its first row.

// triple is the columns of a row before its graph.
type triple [3]store.ID

// firsts counts the rows from up to to that are not of the triple of the row before; before is that of row from, and becomes the last.
func (before *triple) firsts(b *store.Batch, from, to int) (n int64) {
	x, y, z := b.Cols[0][:to], b.Cols[1][:to], b.Cols[2][:to]
	last := *before
	for i := from; i < to; i++ {
		if x[i] != last[0] || y[i] != last[1] || z[i] != last[2] {
			n++
			last = triple{x[i], y[i], z[i]}
		}
	}
	*before = last
	return n
}

// noTriple is before the first.
var noTriple = triple{store.MaxID, store.MaxID, store.MaxID}

// countRows is about how many rows a thread counts at a time.
const countRows = 1 << 18

// countTriples counts the triples under a prefix of an order, whatever graphs they are in, on the query's threads.
func (q *query) countTriples(o store.Order, prefix []store.ID) (int64, error) {
	rows, err := q.snap.Count(o, prefix...)
	if err != nil {
		return 0, err
	}
	tasks := int(rows/countRows) + 1
	if limit := q.parallelLimit(); float64(rows) <= limit || q.opt.Threads < 2 {
		tasks = 1
	} else if limit < 0 { // for tests
		tasks = min(int(rows)+1, 5)
	}
	counts := make([]int64, tasks)
	err = q.tasks(tasks, func(_, task int) error {
		from, to := rows*uint64(task)/uint64(tasks), rows*uint64(task+1)/uint64(tasks)
		n, err := q.countPart(q.snap.Scan(o, prefix...), from, to)
		counts[task] = n
		return err
	})
	var sum int64
	for _, n := range counts {
		sum += n
	}
	return sum, err
}

// countPart counts the triples whose first row is one of a scan's rows from up to to.
func (q *query) countPart(scan *store.Scan, from, to uint64) (n int64, err error) {
	defer scan.Close()
	before := noTriple
	if from > 0 { // the row before says whether the first is one
		if err := scan.Skip(from - 1); err != nil {
			return 0, err
		}
	}
	var b store.Batch
	left := int64(to - from)
	for left > 0 {
		if err := q.ctx.Err(); err != nil {
			return 0, err
		}
		more, err := scan.Next(&b)
		if err != nil || !more {
			return n, err
		}
		at := 0
		if from > 0 {
			before.firsts(&b, 0, 1)
			at, from = 1, 0
		}
		end := int(min(int64(b.N), int64(at)+left))
		n += before.firsts(&b, at, end)
		left -= int64(end - at)
	}
	return n, nil
}
