package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"io"
	"slices"
	"sync"
	"unsafe"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/ristretto/v2/z"

	"sett/graph/rdf"
)

// loadFirst builds an empty store: terms are interned, sorted and numbered in their order, rows are sorted once an
// order, and pages go straight to Badger's stream writer. Nothing counts before the record of the store itself, which
// comes last.
func (s *Store) loadFirst(ctx context.Context, src Source, opt LoadOptions) (LoadStats, error) {
	if err := s.lock(ctx); err != nil {
		return LoadStats{}, err
	}
	defer s.unlock()
	b := &builder{index: make(map[string]ID)}
	var stats LoadStats
	batch := make([]rdf.Quad, 1024)
	for {
		n, err := src.Read(batch)
		if err == nil {
			err = ctx.Err()
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return LoadStats{}, err
		}
		for i := range batch[:n] {
			b.add(&batch[i])
		}
		stats.Quads += uint64(n)
		opt.Progress(Progress{"read", stats.Quads})
	}
	opt.Progress(Progress{"sort", stats.Quads})
	b.number()
	orders := b.sort()
	stats.New = uint64(len(orders[SPOG]))
	if err := ctx.Err(); err != nil {
		return LoadStats{}, err
	}
	opt.Progress(Progress{"write", stats.Quads})
	if !s.opt.InMemory {
		if err := checkFree(s.dir, minFree+4*b.size()); err != nil {
			return LoadStats{}, err
		}
	}
	m := meta{Format: FormatVersion, Version: 1, ordered: b.ordered, last: b.last}
	if err := s.writeFirst(b, orders, m); err != nil {
		return LoadStats{}, err
	}
	dir, err := s.readDirectory(m)
	if err != nil {
		return LoadStats{}, err
	}
	s.publish(dir)
	return stats, nil
}

// builder gathers terms and rows. While it does, a dictionary term's id is its kind and its place in terms.
type builder struct {
	index   map[string]ID // kind and bytes → id
	arena   []byte
	key     []byte
	terms   [KindTripleTerm + 1][]string // bytes
	triples [][3]ID                      // of triple terms, whose bytes depend on the ids of their parts
	rows    []row
	ordered [KindTripleTerm + 1]uint64
	last    [KindTripleTerm + 1]uint64
}

// size is about how many bytes the data takes in memory.
func (b *builder) size() int64 { return int64(len(b.rows))*32 + int64(len(b.index))*64 }

func (b *builder) add(q *rdf.Quad) {
	b.rows = append(b.rows, row{b.id(q.S), b.id(q.P), b.id(q.O), b.id(q.G)})
}

func (b *builder) id(t rdf.Term) ID {
	if t.IsZero() {
		return None
	}
	if id, ok := Inline(t); ok {
		return id
	}
	k := kindOf(t)
	var parts [3]ID
	if k == KindTripleTerm {
		p := t.Triple()
		parts = [3]ID{b.id(p.S), b.id(p.P), b.id(p.O)}
		b.key = append(b.key[:0], byte(k))
		for _, id := range parts {
			b.key = binary.BigEndian.AppendUint64(b.key, uint64(id))
		}
	} else {
		b.key = appendTerm(append(b.key[:0], byte(k)), t)
	}
	if id, ok := b.index[string(b.key)]; ok {
		return id
	}
	key := b.keep(b.key)
	id := MakeID(k, uint64(len(b.terms[k])))
	b.terms[k] = append(b.terms[k], key[1:])
	if k == KindTripleTerm {
		b.triples = append(b.triples, parts)
	}
	b.index[key] = id
	return id
}

// keep copies a key into the arena.
func (b *builder) keep(key []byte) string {
	if cap(b.arena)-len(b.arena) < len(key) {
		b.arena = make([]byte, 0, max(1<<20, len(key)))
	}
	from := len(b.arena)
	b.arena = append(b.arena, key...)
	return unsafe.String(&b.arena[from], len(key))
}

// number gives terms their final ids, in the order of their bytes, and puts these into the rows.
func (b *builder) number() {
	b.index = nil
	var final [KindTripleTerm + 1][]ID
	for k := KindBlank; k <= KindTripleTerm; k++ {
		terms := b.terms[k]
		final[k] = make([]ID, len(terms))
		b.last[k] = uint64(len(terms))
		if k == KindTripleTerm {
			for i := range terms { // in the order of their coming: their bytes are not known yet
				final[k][i] = MakeID(k, uint64(i)+1)
			}
			continue
		}
		b.ordered[k] = uint64(len(terms))
		for n, i := range sortedIndex(terms) {
			final[k][i] = MakeID(k, uint64(n)+1)
		}
		slices.Sort(terms)
	}
	renumber := func(id ID) ID {
		if !id.IsDictionary() {
			return id
		}
		return final[id.Kind()][id.Payload()]
	}
	for i := range b.triples {
		for j, id := range b.triples[i] {
			b.triples[i][j] = renumber(id)
		}
	}
	for i := range b.rows {
		for c, id := range b.rows[i] {
			b.rows[i][c] = renumber(id)
		}
	}
}

// sortedIndex returns the places of terms in the order of the terms. Eight bytes decide most comparisons.
func sortedIndex(terms []string) []uint32 {
	type entry struct {
		head uint64
		i    uint32
	}
	skip := 0
	if len(terms) > 0 {
		skip = len(terms[0])
		for _, t := range terms {
			n := 0
			for n < skip && n < len(t) && t[n] == terms[0][n] {
				n++
			}
			skip = n
		}
	}
	entries := make([]entry, len(terms))
	for i, t := range terms {
		var head [8]byte
		copy(head[:], t[skip:])
		entries[i] = entry{binary.BigEndian.Uint64(head[:]), uint32(i)}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return cmp.Compare(terms[a.i], terms[b.i])
	})
	out := make([]uint32, len(entries))
	for i, e := range entries {
		out[i] = e.i
	}
	return out
}

// sort returns each order's rows, sorted, each row once.
func (b *builder) sort() (orders [NumOrders][]row) {
	rows := b.rows
	slices.SortFunc(rows, row.compare)
	rows = slices.Compact(rows)
	orders[SPOG] = rows
	named := 0
	for i := range rows {
		if rows[i][3] != None {
			named++
		}
	}
	var wait sync.WaitGroup
	for _, o := range Orders()[1:] {
		wait.Go(func() {
			n := len(rows)
			if o.GraphFirst() {
				n = named
			}
			out := make([]row, 0, n)
			for i := range rows {
				if !o.GraphFirst() || rows[i][3] != None {
					out = append(out, o.fromSPOG(rows[i]))
				}
			}
			slices.SortFunc(out, row.compare)
			orders[o] = out
		})
	}
	wait.Wait()
	return orders
}

// writeFirst writes everything but the record of the store, makes it durable, and then writes that.
func (s *Store) writeFirst(b *builder, orders [NumOrders][]row, m meta) error {
	w, err := s.newFirstWriter()
	if err != nil {
		return err
	}
	var tops [NumOrders]top
	var chunks []entry
	w.write(func(put func(k, v []byte)) {
		for k := KindBlank; k < KindTripleTerm; k++ {
			blockEntries(k, b.terms[k], put)
		}
	})
	for _, o := range Orders() {
		w.write(func(put func(k, v []byte)) { // the chunks' keys come before the pages'
			var refs []*pageRef
			for from := 0; from < len(orders[o]); from += fillPageRows {
				rows := orders[o][from:min(from+fillPageRows, len(orders[o]))]
				refs = append(refs, &pageRef{first: rows[0], n: uint32(len(rows))})
			}
			tops[o].addPages(refs)
			for _, c := range tops[o].chunks {
				var list []byte
				for _, p := range *c.pages.Load() {
					list = appendEntry(list, &p.first, uint64(p.n))
				}
				put(rowKey(keyChunk, o, &c.first), list)
			}
		})
	}
	w.write(func(put func(k, v []byte)) { tripleIDs(b.triples, put) })
	w.write(func(put func(k, v []byte)) {
		for i, t := range b.triples {
			put(numberKey(keyLate, KindTripleTerm, uint64(i)+1), tripleBytes(t))
		}
	})
	for _, o := range Orders() {
		w.write(func(put func(k, v []byte)) {
			for from := 0; from < len(orders[o]); from += fillPageRows {
				rows := orders[o][from:min(from+fillPageRows, len(orders[o]))]
				put(rowKey(keyPage, o, &rows[0]), encodePage(nil, rows))
			}
		})
	}
	for _, o := range Orders() {
		var list []byte
		for _, c := range tops[o].chunks {
			list = appendEntry(list, &c.first, c.total)
		}
		chunks = append(chunks, entry{orderKey(keyTop, o), list})
	}
	w.write(func(put func(k, v []byte)) {
		for _, e := range chunks {
			put(e.key, e.value)
		}
	})
	if err := w.finish(); err != nil {
		return err
	}
	return s.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{keyMeta}, m.encode()) })
}

func tripleBytes(t [3]ID) []byte {
	var b []byte
	for _, id := range t {
		b = binary.BigEndian.AppendUint64(b, uint64(id))
	}
	return b
}

// tripleIDs puts the look-up of triple terms by their parts, in the order of the keys.
func tripleIDs(triples [][3]ID, put func(k, v []byte)) {
	order := make([]int, len(triples))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return slices.Compare(triples[a][:], triples[b][:]) })
	for _, i := range order {
		put(lateKey(KindTripleTerm, tripleBytes(triples[i])), binary.BigEndian.AppendUint64(nil, uint64(i)+1))
	}
}

func blockEntries(k Kind, terms []string, put func(k, v []byte)) {
	var block [][]byte
	for from := 0; from < len(terms); from += blockTerms {
		block = block[:0]
		for _, t := range terms[from:min(from+blockTerms, len(terms))] {
			block = append(block, []byte(t))
		}
		put(numberKey(keyBlock, k, uint64(from/blockTerms)), appendBlock(nil, block))
	}
}

// firstWriter writes keys in ascending order into an empty Badger.
type firstWriter struct {
	s      *Store
	stream *badger.StreamWriter
	batch  *badger.WriteBatch
	buf    *z.Buffer
	err    error
}

func (s *Store) newFirstWriter() (*firstWriter, error) {
	w := &firstWriter{s: s}
	if s.opt.InMemory {
		w.batch = s.db.NewWriteBatch()
		return w, nil
	}
	w.stream = s.db.NewStreamWriter()
	return w, w.stream.Prepare()
}

func (w *firstWriter) write(fill func(put func(k, v []byte))) {
	if w.err != nil {
		return
	}
	fill(w.put)
	w.flush()
}

func (w *firstWriter) put(k, v []byte) {
	if w.err != nil {
		return
	}
	if w.batch != nil {
		w.err = w.batch.Set(k, v)
		return
	}
	if w.buf == nil {
		w.buf = z.NewBuffer(4<<20, "sett.load")
	}
	badger.KVToBuffer(&pb.KV{Key: k, Value: v, Version: 1, StreamId: 1}, w.buf)
	if w.buf.LenNoPadding() > 3<<20 {
		w.flush()
	}
}

func (w *firstWriter) flush() {
	if w.buf == nil || w.err != nil {
		return
	}
	w.err = w.stream.Write(w.buf)
	if err := w.buf.Release(); w.err == nil {
		w.err = err
	}
	w.buf = nil
}

func (w *firstWriter) finish() error {
	if w.batch != nil {
		if w.err != nil {
			w.batch.Cancel()
			return w.err
		}
		return w.batch.Flush()
	}
	if w.err != nil {
		w.stream.Cancel()
		return w.err
	}
	if err := w.stream.Flush(); err != nil {
		return err
	}
	return w.s.db.Sync()
}
