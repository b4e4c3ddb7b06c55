package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"
)

// entry is a key to be set, or deleted if value is nil.
type entry struct{ key, value []byte }

// Commit makes the transaction's changes durable and visible, all or none, and ends it. After an error the store is as
// it was before Begin. Where another transaction's changes, which this one has seen, could not be made durable, it fails too.
func (t *Tx) Commit(ctx context.Context) error {
	if t.done {
		return ErrTxDone
	}
	p, err := t.prepare(ctx)
	t.Rollback()
	if err != nil {
		return err
	}
	return t.s.flush(p)
}

// prepare puts the changes into the queue. It returns what has to be on disk before they are: themselves, or, if there are none, what
// they were read from; nil for what already is.
func (t *Tx) prepare(ctx context.Context) (*pending, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := &pending{gen: t.base.st.gen, dir: t.dir, ids: t.ids, bytes: t.bytes}
	var err error
	if p.entries, p.fresh, err = t.entries(ctx); err != nil {
		return nil, err
	}
	if len(p.entries) == 0 {
		if len(t.parents) == 0 {
			return nil, nil
		}
		return t.parents[len(t.parents)-1], nil
	}
	t.dir.meta.Version++
	p.entries = append(p.entries, entry{[]byte{keyMeta}, seal(t.dir.meta.encode())})
	return p, t.s.enqueue(t, p)
}

// entries is the difference between the transaction's directory and its base, and the new terms.
func (t *Tx) entries(ctx context.Context) (entries []entry, fresh []*pageRef, err error) {
	for _, o := range Orders() {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		entries, fresh = t.orderEntries(o, entries, fresh)
	}
	for id, b := range t.bytes {
		entries = append(entries,
			entry{numberKey(keyLate, id.Kind(), id.Payload()), seal(bytes.Clone(b))},
			entry{lateKey(id.Kind(), b), seal(binary.BigEndian.AppendUint64(nil, id.Payload()))})
	}
	return entries, fresh, ctx.Err()
}

func (t *Tx) orderEntries(o Order, entries []entry, fresh []*pageRef) ([]entry, []*pageRef) {
	before, after := t.base.dir.orders[o].chunks, t.dir.orders[o].chunks
	oldChunks, newChunks := onlyIn(before, after), onlyIn(after, before)
	if len(oldChunks)+len(newChunks) == 0 {
		return entries, fresh
	}
	oldPages, newPages := onlyIn(pagesOf(oldChunks), pagesOf(newChunks)), onlyIn(pagesOf(newChunks), pagesOf(oldChunks))
	set := map[row]bool{}
	for _, c := range newChunks {
		var b []byte
		for _, p := range *c.pages.Load() {
			b = appendEntry(b, &p.first, uint64(p.n))
		}
		entries = append(entries, entry{rowKey(keyChunk, o, &c.first), seal(b)})
		set[c.first] = true
	}
	for _, c := range oldChunks {
		if !set[c.first] {
			entries = append(entries, entry{key: rowKey(keyChunk, o, &c.first)})
		}
	}
	set = map[row]bool{}
	for _, p := range newPages {
		pg := p.loaded.Load()
		entries = append(entries, entry{rowKey(keyPage, o, &p.first), seal(pg.bytes)})
		set[p.first] = true
	}
	for _, p := range oldPages {
		if !set[p.first] {
			entries = append(entries, entry{key: rowKey(keyPage, o, &p.first)})
		}
	}
	var top []byte
	for _, c := range after {
		top = appendEntry(top, &c.first, c.total)
	}
	return append(entries, entry{orderKey(keyTop, o), seal(top)}), append(fresh, newPages...)
}

// onlyIn returns what a has and b has not.
func onlyIn[T comparable](a, b []T) []T {
	in := make(map[T]bool, len(b))
	for _, x := range b {
		in[x] = true
	}
	var out []T
	for _, x := range a {
		if !in[x] {
			out = append(out, x)
		}
	}
	return out
}

func pagesOf(chunks []*chunk) []*pageRef {
	var out []*pageRef
	for _, c := range chunks {
		if p := c.pages.Load(); p != nil {
			out = append(out, *p...)
		}
	}
	return out
}

// write makes entries durable as a whole: in one transaction of Badger's if they fit, through the journal otherwise.
func (s *Store) write(gen *generation, entries []entry) error {
	size := 0
	for _, e := range entries {
		size += len(e.key) + len(e.value) + 32
	}
	if !s.opt.InMemory {
		if err := checkFree(s.dir, minFree+4*int64(size)); err != nil {
			return err
		}
	}
	if int64(size) < gen.db.MaxBatchSize()/2 && int64(len(entries)) < gen.db.MaxBatchCount()/2 {
		return gen.db.Update(func(txn *badger.Txn) error { return setAll(txn.Set, txn.Delete, entries) })
	}
	return gen.writeJournal(entries)
}

func setAll(set func(k, v []byte) error, del func(k []byte) error, entries []entry) error {
	for _, e := range entries {
		var err error
		if e.value == nil {
			err = del(e.key)
		} else {
			err = set(e.key, e.value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// journalPiece is about how many bytes one value of the journal has.
const journalPiece = 256 << 10

// writeJournal writes the entries under keys of the journal first, then the mark that says that they are whole, and
// only then to their places. A process that dies before the mark has changed nothing; after it, opening the store
// does the rest.
func (g *generation) writeJournal(entries []entry) error {
	batch := g.db.NewWriteBatch()
	defer batch.Cancel()
	var piece []byte
	number := uint64(0)
	flush := func() error {
		number++
		err := batch.Set(binary.BigEndian.AppendUint64([]byte{keyJournal}, number), seal(piece))
		piece = nil
		return err
	}
	for _, e := range entries {
		piece = appendJournal(piece, e)
		if len(piece) >= journalPiece {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	if err := batch.Flush(); err != nil {
		return err
	}
	if err := g.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{keyDone}, []byte{1}) }); err != nil {
		return err
	}
	if err := g.replay(); err != nil {
		return errors.Join(errUnfinished, err)
	}
	return nil
}

func appendJournal(b []byte, e entry) []byte {
	b = binary.AppendUvarint(b, uint64(len(e.key)))
	b = append(b, e.key...)
	if e.value == nil {
		return binary.AppendUvarint(b, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(e.value))+1)
	return append(b, e.value...)
}

func readJournal(b []byte, each func(entry) error) error {
	field := func() ([]byte, uint64, bool) {
		n, k := binary.Uvarint(b)
		if k <= 0 {
			return nil, 0, false
		}
		b = b[k:]
		return b, n, true
	}
	for len(b) > 0 {
		rest, n, ok := field()
		if !ok || n > uint64(len(rest)) {
			return fmt.Errorf("%w: the journal", ErrCorrupt)
		}
		e := entry{key: rest[:n]}
		b = rest[n:]
		rest, n, ok = field()
		if !ok || n > uint64(len(rest))+1 {
			return fmt.Errorf("%w: the journal", ErrCorrupt)
		}
		if n > 0 {
			e.value = rest[: n-1 : n-1]
			if e.value == nil {
				e.value = []byte{}
			}
			b = rest[n-1:]
		}
		if err := each(e); err != nil {
			return err
		}
	}
	return nil
}

// unfinished reports whether there is a journal whose entries may not all be in their places.
func (g *generation) unfinished() (done bool, err error) {
	err = g.db.View(func(txn *badger.Txn) error {
		_, err := txn.Get([]byte{keyDone})
		if done = err == nil; errors.Is(err, badger.ErrKeyNotFound) {
			return nil
		}
		return err
	})
	return done, err
}

// replay brings a whole journal to its places, and drops one that is not whole.
func (g *generation) replay() error {
	done, err := g.unfinished()
	if err != nil {
		return err
	}
	var keys [][]byte
	err = g.db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{keyJournal}})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			keys = append(keys, it.Item().KeyCopy(nil))
		}
		return nil
	})
	if err != nil || len(keys) == 0 && !done {
		return err
	}
	if done {
		if err := g.replayPieces(keys); err != nil {
			return err
		}
		if err := g.db.Update(func(txn *badger.Txn) error { return txn.Delete([]byte{keyDone}) }); err != nil {
			return err
		}
	}
	batch := g.db.NewWriteBatch()
	defer batch.Cancel()
	for _, k := range keys {
		if err := batch.Delete(k); err != nil {
			return err
		}
	}
	return batch.Flush()
}

func (g *generation) replayPieces(keys [][]byte) error {
	batch := g.db.NewWriteBatch()
	defer batch.Cancel()
	for _, k := range keys {
		err := g.db.View(func(txn *badger.Txn) error {
			r := reader{txn: txn}
			piece, err := r.get(k)
			if err != nil {
				return fmt.Errorf("the journal: %w", err)
			}
			return readJournal(piece, func(e entry) error {
				return setAll(batch.Set, batch.Delete, []entry{{bytes.Clone(e.key), e.value}})
			})
		})
		if err != nil {
			return err
		}
	}
	return batch.Flush()
}
