package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"
)

// The directory says which pages an order has. It has two levels: an order's top lists chunks, a chunk lists up to
// maxChunk pages, both by first row and with the number of rows below. Tops are read when the store is opened, chunks
// and pages when they are first needed. All of it is immutable once built: a commit makes a new directory that shares
// what it did not touch, so that a snapshot is a pointer to one.
type directory struct {
	orders [NumOrders]top
	meta   meta
}

const maxChunk = 256

type top struct{ chunks []*chunk }

// chunk is a run of pages.
type chunk struct {
	first row
	total uint64
	pages atomic.Pointer[[]*pageRef]
}

// pageRef is one page of one version. Its bytes come and go with the cache.
type pageRef struct {
	first  row
	n      uint32
	loaded atomic.Pointer[page] // always set before the page is in Badger
}

// rows is the number of rows of an order.
func (t *top) rows() uint64 {
	var n uint64
	for _, c := range t.chunks {
		n += c.total
	}
	return n
}

// above reports whether a row's leading columns are above key, or, with orEqual, not below it.
func (r *row) above(key []ID, orEqual bool) bool {
	for c, k := range key {
		if r[c] != k {
			return r[c] > k
		}
	}
	return orEqual
}

// appendEntries encodes what a top or a chunk lists.
func appendEntry(b []byte, first *row, n uint64) []byte {
	for _, id := range first {
		b = binary.AppendUvarint(b, uint64(id))
	}
	return binary.AppendUvarint(b, n)
}

func readEntries(b []byte, each func(first row, n uint64)) error {
	for len(b) > 0 {
		var v [5]uint64
		for i := range v {
			x, k := binary.Uvarint(b)
			if k <= 0 {
				return fmt.Errorf("%w: a list of pages", ErrCorrupt)
			}
			v[i], b = x, b[k:]
		}
		each(row{ID(v[0]), ID(v[1]), ID(v[2]), ID(v[3])}, v[4])
	}
	return nil
}

// reader reads what a state needs from Badger and keeps it within the cache's bound.
type reader struct {
	txn   *badger.Txn
	gate  *gate // nil while nobody else can close what the transaction reads
	cache *cache[page]
}

// get returns the value of a key. Errors: badger.ErrKeyNotFound, ErrClosed, ErrCorrupt, also where Badger panics on damaged tables.
func (r *reader) get(key []byte) (b []byte, err error) {
	if r.gate != nil {
		if err := r.gate.enter(); err != nil {
			return nil, err
		}
		defer r.gate.leave()
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", ErrCorrupt, fault)
		}
	}()
	item, err := r.txn.Get(key)
	if errors.Is(err, badger.ErrDiscardedTxn) { // a snapshot that has been closed
		return nil, ErrClosed
	}
	if err != nil {
		return nil, err
	}
	if b, err = item.ValueCopy(nil); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return unseal(b)
}

// pages returns a chunk's pages.
func (r *reader) pages(o Order, c *chunk) ([]*pageRef, error) {
	if p := c.pages.Load(); p != nil {
		return *p, nil
	}
	b, err := r.get(rowKey(keyChunk, o, &c.first))
	if err != nil {
		return nil, readError(err, "chunk %s %v", o, c.first)
	}
	var refs []*pageRef
	if err := readEntries(b, func(first row, n uint64) {
		refs = append(refs, &pageRef{first: first, n: uint32(n)})
	}); err != nil {
		return nil, err
	}
	c.pages.CompareAndSwap(nil, &refs)
	return *c.pages.Load(), nil
}

// page returns a page.
func (r *reader) page(o Order, ref *pageRef) (*page, error) {
	if p := ref.loaded.Load(); p != nil {
		return p, nil
	}
	b, err := r.get(rowKey(keyPage, o, &ref.first))
	if err != nil {
		return nil, readError(err, "page %s %v", o, ref.first)
	}
	p, err := parsePage(b)
	if err != nil {
		return nil, fmt.Errorf("page %s %v: %w", o, ref.first, err)
	}
	if p.n != int(ref.n) || p.row(0) != ref.first {
		return nil, fmt.Errorf("%w: page %s %v is not what the directory says", ErrCorrupt, o, ref.first)
	}
	ref.loaded.Store(p)
	r.cache.add(&ref.loaded, p.size)
	return p, nil
}

// cache bounds the bytes of what is loaded on demand: when something comes and there is no room, the oldest goes.
type cache[T any] struct {
	mu    sync.Mutex
	limit int
	size  int
	queue []cached[T]
}

type cached[T any] struct {
	slot *atomic.Pointer[T]
	size int
}

func (c *cache[T]) add(slot *atomic.Pointer[T], size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queue = append(c.queue, cached[T]{slot, size})
	c.size += size
	drop := 0
	for c.size > c.limit && drop < len(c.queue)-1 {
		c.queue[drop].slot.Store(nil)
		c.size -= c.queue[drop].size
		drop++
	}
	c.queue = c.queue[drop:]
}

// position is a row's place in an order: chunk, page, row.
type position struct{ chunk, page, row int }

// find returns the position of the first row whose leading columns are not below key, or, with after, above it, and
// the number of rows before it.
func (r *reader) find(o Order, t *top, key []ID, after bool) (position, uint64, error) {
	// The row is in the last chunk that does not begin beyond it, or at the beginning of the next.
	ci := 0
	if n := len(t.chunks); n > 0 {
		ci, _ = slices.BinarySearchFunc(t.chunks, key, func(c *chunk, k []ID) int {
			if c.first.above(k, !after) {
				return 1
			}
			return -1
		})
		ci = max(0, ci-1)
	} else {
		return position{}, 0, nil
	}
	var before uint64
	for _, c := range t.chunks[:ci] {
		before += c.total
	}
	refs, err := r.pages(o, t.chunks[ci])
	if err != nil {
		return position{}, 0, err
	}
	pi, _ := slices.BinarySearchFunc(refs, key, func(p *pageRef, k []ID) int {
		if p.first.above(k, !after) {
			return 1
		}
		return -1
	})
	pi = max(0, pi-1)
	for _, ref := range refs[:pi] {
		before += uint64(ref.n)
	}
	p, err := r.page(o, refs[pi])
	if err != nil {
		return position{}, 0, err
	}
	i := p.search(key, after)
	return position{ci, pi, i}, before + uint64(i), nil
}
