package exec

import (
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/store"
)

// keyScan yields the distinct values of an order's columns behind a prefix, and how many rows have each.
type keyScan struct {
	q     *query
	node  *plan.KeyScan
	m     *matcher
	scan  *store.Scan
	batch store.Batch
	at    int
	key   []store.ID
	seek  []store.ID
	last  triple // of the row before, where a triple counts once in all graphs
	done  bool
	out   *Batch
}

func newKeyScan(q *query, n *plan.KeyScan) operator {
	return &keyScan{q: q, node: n, m: newMatcher(q, &n.Pattern, n.Order, n.Prefix, nil, &n.Info), last: noTriple, out: newBatch(len(n.Cols))}
}

func (k *keyScan) next() (*Batch, error) {
	if k.done {
		return nil, nil
	}
	if k.node.Keys == 0 {
		k.done = true
		return k.total()
	}
	if k.scan == nil {
		if !k.m.possible(nil, 0) {
			k.done = true
			return nil, nil
		}
		k.scan = k.m.scan(nil, 0)
	}
	k.out.reset()
	for k.out.N < k.q.rows {
		more, err := k.run()
		if err != nil {
			return nil, err
		}
		if !more {
			k.done = true
			break
		}
	}
	if k.out.N == 0 {
		return nil, nil
	}
	return k.out, nil
}

// count counts the triples under the prefix and a key: from the directory, unless it takes a look at the rows.
func (k *keyScan) count(key ...store.ID) (int64, error) {
	var ids []store.ID
	for i := range k.m.prefix {
		ids = append(ids, k.m.prefix[i].value(k.q, nil, 0))
	}
	ids = append(ids, key...)
	if k.node.Merged {
		return k.q.countTriples(k.node.Order, ids)
	}
	n, err := k.q.snap.Count(k.node.Order, ids...)
	return int64(n), err
}

// total answers a count without keys.
func (k *keyScan) total() (*Batch, error) {
	var n int64
	if k.m.possible(nil, 0) {
		var err error
		if n, err = k.count(); err != nil {
			return nil, err
		}
	}
	if k.node.Count == plan.NoSlot {
		if n == 0 {
			return nil, nil
		}
		k.out.N = 1
		return k.out, nil
	}
	id, err := k.q.intern(rdf.NewInteger(n))
	if err != nil {
		return nil, err
	}
	k.out.Cols[0] = append(k.out.Cols[0][:0], id)
	k.out.N = 1
	return k.out, nil
}

// run adds the next run of rows with equal keys. Rows are read as long as runs are short; a run that fills a batch is
// skipped, and counted by the directory.
func (k *keyScan) run() (bool, error) {
	if k.at >= k.batch.N {
		if more, err := k.read(); err != nil || !more {
			return false, err
		}
	}
	first := k.node.Prefix
	k.key = k.key[:0]
	for c := range k.node.Keys {
		k.key = append(k.key, k.batch.Cols[first+c][k.at])
	}
	from := k.at
	k.at = k.end(from)
	n := k.rows(from, k.at)
	if k.at == k.batch.N {
		var err error
		if n, err = k.beyond(n, k.at-from); err != nil {
			return false, err
		}
	}
	for c, id := range k.key {
		k.out.Cols[c] = append(k.out.Cols[c], id)
	}
	if k.node.Count != plan.NoSlot {
		id, err := integer(n)
		if err != nil {
			return false, err
		}
		k.out.Cols[len(k.key)] = append(k.out.Cols[len(k.key)], id)
	}
	k.out.N++
	return true, nil
}

// rows counts rows of the batch.
func (k *keyScan) rows(from, to int) int64 {
	if k.node.Merged {
		return k.last.firsts(&k.batch, from, to)
	}
	return int64(to - from)
}

// end returns the place behind the last row of the batch that has the same keys as row from.
func (k *keyScan) end(from int) int {
	end := k.batch.N
	for c, id := range k.key {
		col := k.batch.Cols[k.node.Prefix+c][:end]
		end = from + 1
		for end < len(col) && col[end] == id {
			end++
		}
	}
	return end
}

// beyond completes the count of a run that reaches the end of the batch; n have been counted, of so many rows.
func (k *keyScan) beyond(n int64, rows int) (int64, error) {
	if rows >= BatchRows/2 { // a long one: skip it
		k.seek = append(k.seek[:0], k.key...)
		k.seek[len(k.seek)-1]++
		if err := k.scan.Seek(k.seek...); err != nil {
			return 0, err
		}
		k.batch.N, k.at = 0, 0
		if k.node.Count == plan.NoSlot {
			return n, nil
		}
		return k.count(k.key...)
	}
	for k.at >= k.batch.N {
		more, err := k.read()
		if err != nil || !more {
			return n, err
		}
		for c, id := range k.key {
			if k.batch.Cols[k.node.Prefix+c][0] != id {
				return n, nil
			}
		}
		k.at = k.end(0)
		n += k.rows(0, k.at)
	}
	return n, nil
}

func (k *keyScan) read() (bool, error) {
	k.at = 0
	if err := k.q.ctx.Err(); err != nil {
		return false, err
	}
	return k.scan.Next(&k.batch)
}

func (k *keyScan) close() {
	if k.scan != nil {
		k.scan.Close()
		k.scan = nil
	}
	k.done = true
}
