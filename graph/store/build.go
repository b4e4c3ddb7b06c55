package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"runtime"
	"slices"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/ristretto/v2/z"
)

// Badger's stream writer takes streams of ascending keys whose ranges do not overlap. These are ours; an order's pages
// have pageStream plus its number.
const (
	blockStream = iota + 1
	chunkStream
	fenceStream
	topStream
	pageStream
)

// build writes a new generation from merged terms and rows.
type build struct {
	gen    *generation
	stream *badger.StreamWriter // nil in memory
	memory sync.Mutex           // in memory: of the one batch
	batch  *badger.WriteBatch

	meta   meta
	orders [NumOrders][]pageRef
	stats  map[ID]*PredicateStats
	blocks *blockWriter
	merged func(rows int) // told now and then how many rows more are in pages; by several goroutines
}

// rowSource gives the rows of one order, ascending, some at a time; none at the end.
type rowSource interface {
	fill(out []row) ([]row, error)
}

func newBuild(gen *generation, version uint64) (*build, error) {
	b := &build{gen: gen, stats: map[ID]*PredicateStats{}, merged: func(int) {}}
	b.meta = meta{Format: FormatVersion, Version: version}
	if gen.dir == "" {
		b.batch = gen.db.NewWriteBatch()
		return b, nil
	}
	b.stream = gen.db.NewStreamWriter()
	return b, b.stream.Prepare()
}

// cancel gives up what was written.
func (b *build) cancel() {
	if b.batch != nil {
		b.batch.Cancel()
	} else {
		b.stream.Cancel()
	}
}

// mergeTerms writes the dictionary and gives the sources their ids.
func (b *build) mergeTerms(sources []termSource) error {
	b.blocks = &blockWriter{keyWriter: keyWriter{b: b, stream: blockStream}, meta: &b.meta}
	if err := mergeTerms(sources, b.blocks); err != nil {
		return err
	}
	return b.blocks.close()
}

// mergeOrders writes the pages of all orders, as many at a time as there are processors.
func (b *build) mergeOrders(ctx context.Context, sources func(Order) []rowSource) error {
	work := make(chan Order, NumOrders)
	for _, o := range Orders() {
		work <- o
	}
	close(work)
	failed := make([]error, min(runtime.GOMAXPROCS(0), NumOrders))
	var wait sync.WaitGroup
	for i := range failed {
		wait.Go(func() {
			for o := range work {
				if failed[i] == nil {
					failed[i] = b.mergeOrder(ctx, o, sources(o))
				}
			}
		})
	}
	wait.Wait()
	return errors.Join(failed...)
}

// mergeOrder merges the rows of one order into pages.
func (b *build) mergeOrder(ctx context.Context, o Order, sources []rowSource) error {
	w := &pageWriter{keyWriter: keyWriter{b: b, stream: pageStream + uint32(o)}, order: o}
	m, err := newRowMerge(sources)
	if err != nil {
		return err
	}
	var rows []row
	taken := 0
	for n := 0; ; n++ {
		if n%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			b.merged(taken)
			taken = 0
		}
		if rows, err = m.next(rows[:0]); err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		taken += len(rows)
		if err := w.add(rows); err != nil {
			return err
		}
	}
	if err := w.close(); err != nil {
		return err
	}
	b.merged(taken)
	b.orders[o] = w.pages
	return nil
}

// finish writes the directory and the record of the store, and makes all of it durable.
func (b *build) finish() error {
	var tops [NumOrders]top
	chunks := keyWriter{b: b, stream: chunkStream}
	for _, o := range Orders() {
		refs := make([]*pageRef, len(b.orders[o]))
		for i := range refs {
			refs[i] = &b.orders[o][i]
		}
		tops[o].addPages(refs)
		for _, c := range tops[o].chunks {
			var list []byte
			for _, p := range *c.pages.Load() {
				list = appendEntry(list, &p.first, uint64(p.n))
			}
			if err := chunks.put(rowKey(keyChunk, o, &c.first), list); err != nil {
				return err
			}
		}
	}
	if err := chunks.close(); err != nil {
		return err
	}
	last := keyWriter{b: b, stream: topStream}
	if err := last.put([]byte{keyStats}, encodeStats(b.stats)); err != nil {
		return err
	}
	for _, o := range Orders() {
		var list []byte
		for _, c := range tops[o].chunks {
			list = appendEntry(list, &c.first, c.total)
		}
		if err := last.put(orderKey(keyTop, o), list); err != nil {
			return err
		}
	}
	if err := last.close(); err != nil {
		return err
	}
	if b.batch != nil {
		if err := b.batch.Flush(); err != nil {
			return err
		}
	} else {
		if err := b.stream.Flush(); err != nil {
			return err
		}
		if err := b.gen.db.Sync(); err != nil {
			return err
		}
	}
	return b.gen.writeMeta(b.meta)
}

// keyWriter gathers keys and values of one stream. Keys must ascend.
type keyWriter struct {
	b      *build
	stream uint32
	buf    *z.Buffer
}

// put takes a key and a value, which it seals.
func (w *keyWriter) put(key, value []byte) error {
	value = seal(value)
	if w.b.batch != nil {
		w.b.memory.Lock()
		defer w.b.memory.Unlock()
		return w.b.batch.Set(key, bytes.Clone(value))
	}
	if w.buf == nil {
		w.buf = z.NewBuffer(2<<20, "sett.build")
	}
	badger.KVToBuffer(&pb.KV{Key: key, Value: value, Version: 1, StreamId: w.stream}, w.buf)
	if w.buf.LenNoPadding() > 3<<19 {
		return w.close()
	}
	return nil
}

// close hands over what is gathered.
func (w *keyWriter) close() error {
	if w.buf == nil {
		return nil
	}
	err := w.b.stream.Write(w.buf)
	err = errors.Join(err, w.buf.Release())
	w.buf = nil
	return err
}

// pageWriter cuts ascending rows into pages, drops repeated ones, and counts what the planner wants to know.
type pageWriter struct {
	keyWriter
	order Order
	rows  []row
	last  row
	any   bool
	pages []pageRef
	value []byte

	counting *PredicateStats
	of       ID
}

func (w *pageWriter) add(rows []row) error {
	for i := range rows {
		r := &rows[i]
		if w.any && *r == w.last {
			continue
		}
		if w.order == PSOG || w.order == POSG {
			w.count(r)
		}
		w.last, w.any = *r, true
		if w.rows = append(w.rows, *r); len(w.rows) == fillPageRows+minPageRows {
			if err := w.cut(fillPageRows); err != nil {
				return err
			}
		}
	}
	return nil
}

// cut writes the first n rows as a page.
func (w *pageWriter) cut(n int) error {
	w.value = encodePage(w.value[:0], w.rows[:n])
	w.pages = append(w.pages, pageRef{first: w.rows[0], n: uint32(n)})
	if err := w.put(rowKey(keyPage, w.order, &w.rows[0]), w.value); err != nil {
		return err
	}
	w.rows = w.rows[:copy(w.rows, w.rows[n:])]
	return nil
}

func (w *pageWriter) close() error {
	if n := len(w.rows); n > 0 {
		if err := w.cut(n); err != nil {
			return err
		}
	}
	return w.keyWriter.close()
}

// count counts a predicate's rows and the distinct values of the column after it.
func (w *pageWriter) count(r *row) {
	if w.counting == nil || r[0] != w.of {
		w.b.memory.Lock()
		if w.b.stats[r[0]] == nil {
			w.b.stats[r[0]] = &PredicateStats{}
		}
		w.counting, w.of = w.b.stats[r[0]], r[0]
		w.b.memory.Unlock()
		w.last[1] = MaxID
	}
	fresh := uint64(0)
	if r[1] != w.last[1] {
		fresh = 1
	}
	if w.order == PSOG {
		w.counting.Triples++
		w.counting.Subjects += fresh
	} else {
		w.counting.Objects += fresh
	}
}

func encodeStats(stats map[ID]*PredicateStats) []byte {
	var predicates []ID
	for p := range stats {
		predicates = append(predicates, p)
	}
	slices.Sort(predicates)
	var b []byte
	for _, p := range predicates {
		for _, n := range [...]uint64{uint64(p), stats[p].Triples, stats[p].Subjects, stats[p].Objects} {
			b = binary.AppendUvarint(b, n)
		}
	}
	return b
}

func decodeStats(b []byte) (map[ID]PredicateStats, error) {
	stats := map[ID]PredicateStats{}
	for len(b) > 0 {
		var v [4]uint64
		for i := range v {
			n, k := binary.Uvarint(b)
			if k <= 0 {
				return nil, ErrCorrupt
			}
			v[i], b = n, b[k:]
		}
		stats[ID(v[0])] = PredicateStats{Triples: v[1], Subjects: v[2], Objects: v[3]}
	}
	return stats, nil
}

// blockWriter numbers terms as they come, in order, and cuts them into blocks and fences. It is a [termSink].
type blockWriter struct {
	keyWriter
	meta   *meta
	kind   Kind
	block  []byte
	n      int    // terms in the block
	prev   []byte // the last term
	fences [KindTripleTerm + 1][][]byte
	err    error
}

func (w *blockWriter) term(k Kind, text []byte) ID {
	if k != w.kind || w.n == blockTerms {
		w.flush()
		shared := -1 // nothing is before the first block
		if k == w.kind {
			shared = sharedPrefix(w.prev, text)
		}
		w.fences[k] = append(w.fences[k], bytes.Clone(text[:shared+1]))
		w.kind, w.prev = k, w.prev[:0]
	}
	w.block = appendFront(w.block, w.prev, text)
	w.prev = append(w.prev[:0], text...)
	w.n++
	w.meta.ordered[k]++
	w.meta.last[k] = w.meta.ordered[k]
	return MakeID(k, w.meta.ordered[k])
}

// flush writes the block.
func (w *blockWriter) flush() {
	if w.n == 0 {
		return
	}
	if err := w.put(numberKey(keyBlock, w.kind, uint64(len(w.fences[w.kind])-1)), w.block); w.err == nil {
		w.err = err
	}
	w.block, w.n = w.block[:0], 0
}

// close writes the last block and the fences.
func (w *blockWriter) close() error {
	w.flush()
	if err := errors.Join(w.err, w.keyWriter.close()); err != nil {
		return err
	}
	out := keyWriter{b: w.b, stream: fenceStream}
	var tops [KindTripleTerm + 1][][]byte
	for k, fences := range w.fences {
		for i := 0; i < len(fences); i += fenceBlocks {
			tops[k] = append(tops[k], fences[i])
			list := appendBlock(nil, fences[i:min(i+fenceBlocks, len(fences))])
			if err := out.put(numberKey(keyFence, Kind(k), uint64(i/fenceBlocks)), list); err != nil {
				return err
			}
		}
	}
	for k, list := range tops {
		if len(list) == 0 {
			continue
		}
		if err := out.put([]byte{keyFenceTop, byte(k)}, appendBlock(nil, list)); err != nil {
			return err
		}
	}
	return out.close()
}
