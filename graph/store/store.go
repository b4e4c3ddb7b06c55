package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/dgraph-io/badger/v4"
)

// FormatVersion is the version of the bytes on disk that this package writes, and the only one it reads.
const FormatVersion = 3

// Options says how a store is opened. The zero value is durable and makes a missing directory.
type Options struct {
	ReadOnly bool  // no writing; the directory must hold a store
	InMemory bool  // nothing on disk; the directory is ignored
	NoSync   bool  // commits are not forced to disk: they survive a killed process, not a power cut
	Memory   int64 // bytes for the caches of pages and terms; 0: 256 MiB
}

// minFree is the free space without which a store is not opened for writing and nothing is committed: Badger maps its
// files, and a full disk would kill the process.
const minFree = 128 << 20

// Store is an open directory. It is safe for concurrent use.
type Store struct {
	dir       string
	opt       Options
	locked    *os.File
	writer    chan struct{} // held by the one transaction or load
	committer chan struct{} // held by whoever writes the queue to disk

	mu         sync.Mutex // guards what follows
	cur        *state
	queue      []*pending // ended transactions whose changes are not yet on disk, each built on the one before
	failures   int        // writes of a queue that failed
	active     *Tx        // who has the writer's place, if it is a transaction
	closed     bool
	unfinished error // a commit is in the journal but could not reach its places: opening the store again does it
}

// meta is what a store knows of itself besides its pages.
type meta struct {
	Format  int
	Version uint64                     // commits so far
	ordered [KindTripleTerm + 1]uint64 // by kind: payloads 1 to this are in term order
	last    [KindTripleTerm + 1]uint64 // by kind: the highest payload given out
}

type metaJSON struct {
	Format        int
	Version       uint64
	Ordered, Last [KindTripleTerm + 1]uint64
}

func (m *meta) encode() []byte {
	b, err := json.Marshal(metaJSON{m.Format, m.Version, m.ordered, m.last})
	if err != nil {
		panic(err) // numbers only
	}
	return b
}

func decodeMeta(b []byte) (meta, error) {
	var j metaJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return meta{}, fmt.Errorf("%w: the record of the store itself: %w", ErrCorrupt, err)
	}
	return meta{j.Format, j.Version, j.Ordered, j.Last}, nil
}

// state is the store after one commit: a view of a generation at that moment, and the directory. It lives as long as it
// is current or a snapshot holds it.
type state struct {
	reader
	gen   *generation
	dict  *dictionary
	stats *statistics
	dir   *directory
	refs  int // guarded by Store.mu
}

// Open opens the store in a directory, and makes it where there is none.
//
// Errors: ErrLocked with the holder's process id, ErrFormat with both versions, ErrFull, ErrCorrupt, the file system's.
func Open(dir string, opt Options) (*Store, error) {
	if opt.Memory <= 0 {
		opt.Memory = 256 << 20
	}
	s := &Store{dir: dir, opt: opt, writer: make(chan struct{}, 1), committer: make(chan struct{}, 1)}
	gen, err := s.openCurrent()
	if err == nil {
		if err = s.recover(gen); err == nil {
			return s, nil
		}
		err = errors.Join(err, gen.db.Close())
	}
	if s.locked != nil {
		err = errors.Join(err, unlockFile(s.locked, !opt.ReadOnly))
	}
	if errors.Is(err, errUnfinished) { // a reader cannot finish what a killed writer began
		w, werr := Open(dir, Options{})
		if werr != nil {
			return nil, errors.Join(err, werr)
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		return Open(dir, opt)
	}
	return nil, err
}

// errUnfinished says that something waits for a writer: a journal to be finished, or the torn end of a log to be cut.
var errUnfinished = errors.New("a commit is unfinished: open the database for writing once")

// openCurrent locks the directory and opens its current generation, the first one if it is new.
func (s *Store) openCurrent() (*generation, error) {
	if s.opt.InMemory {
		return openGeneration("", 1, s.opt)
	}
	if s.opt.ReadOnly {
		if _, err := os.Stat(s.dir); err != nil {
			return nil, err
		}
	} else {
		if err := os.MkdirAll(s.dir, 0o755); err != nil {
			return nil, err
		}
		if err := checkFree(s.dir, minFree); err != nil {
			return nil, err
		}
	}
	number, err := readCurrent(s.dir)
	if err != nil {
		return nil, err
	}
	if s.opt.ReadOnly && number == 0 {
		return nil, fmt.Errorf("%w: %s holds no database", ErrFormat, s.dir)
	}
	if s.locked, err = lockFile(filepath.Join(s.dir, lockName), !s.opt.ReadOnly); err != nil {
		return nil, err
	}
	if number, err = readCurrent(s.dir); err != nil || s.opt.ReadOnly { // again: its writer may just have ended
		if err != nil {
			return nil, err
		}
		return openGeneration(s.dir, number, s.opt)
	}
	if err := sweep(s.dir, number); err != nil {
		return nil, err
	}
	fresh := number == 0
	if fresh {
		number = 1
	}
	gen, err := openGeneration(s.dir, number, s.opt)
	if err != nil || !fresh {
		return gen, err
	}
	if err := gen.writeMeta(meta{Format: FormatVersion}); err != nil {
		return nil, errors.Join(err, gen.db.Close())
	}
	return gen, writeCurrent(s.dir, number)
}

func (g *generation) writeMeta(m meta) error {
	return g.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{keyMeta}, seal(m.encode())) })
}

// recover brings what a generation holds to the state after the last commit, and reads it.
func (s *Store) recover(gen *generation) error {
	if s.opt.InMemory {
		if err := gen.writeMeta(meta{Format: FormatVersion}); err != nil {
			return err
		}
	}
	unfinished, err := gen.unfinished()
	if err != nil {
		return err
	}
	switch {
	case unfinished && s.opt.ReadOnly:
		return errUnfinished
	case !s.opt.ReadOnly:
		if err := gen.replay(); err != nil {
			return err
		}
	}
	dir, err := gen.readDirectory()
	if err != nil {
		return err
	}
	return s.publish(gen, dir)
}

// readDirectory reads the record of the store and the tops.
func (g *generation) readDirectory() (*directory, error) {
	d := &directory{}
	err := g.db.View(func(txn *badger.Txn) error {
		r := reader{txn: txn}
		b, err := r.get([]byte{keyMeta})
		if err != nil {
			return fmt.Errorf("%w: the record of the store itself: %w", ErrCorrupt, err)
		}
		if d.meta, err = decodeMeta(b); err != nil {
			return err
		}
		if d.meta.Format != FormatVersion {
			return fmt.Errorf("%w: format %d, this program reads format %d", ErrFormat, d.meta.Format, FormatVersion)
		}
		for _, o := range Orders() {
			b, err := r.get(orderKey(keyTop, o))
			if errors.Is(err, badger.ErrKeyNotFound) {
				continue
			}
			if err != nil {
				return fmt.Errorf("the directory of %s: %w", o, err)
			}
			if err := readEntries(b, func(first row, n uint64) {
				d.orders[o].chunks = append(d.orders[o].chunks, &chunk{first: first, total: n})
			}); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

// publish makes a directory, which a generation already holds, the current state. The committer's place is taken, or the writer's
// with nothing in the queue: nobody else changes it.
func (s *Store) publish(gen *generation, dir *directory) error {
	st := &state{reader: reader{txn: gen.db.NewTransaction(false), gate: &gen.gate}, gen: gen, dir: dir, refs: 1}
	old := s.cur
	if old != nil && old.gen == gen {
		st.cache, st.dict, st.stats = old.cache, old.dict, old.stats
	} else {
		st.cache, st.dict = &cache[page]{limit: int(s.opt.Memory / 2)}, newDictionary(int(s.opt.Memory/2), &dir.meta)
		var err error
		if st.stats, err = gen.readStatistics(st.txn); err != nil {
			st.txn.Discard()
			return err
		}
	}
	s.mu.Lock()
	gen.refs++
	s.cur = st
	s.mu.Unlock()
	if old != nil {
		s.release(old)
	}
	return nil
}

func (s *Store) acquire() *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cur.refs++
	return s.cur
}

func (s *Store) release(st *state) {
	s.mu.Lock()
	st.refs--
	gone := st.refs == 0
	unused := false
	if gone {
		st.gen.refs--
		unused = st.gen.refs == 0 && st.gen != s.cur.gen
	}
	s.mu.Unlock()
	if gone && st.gate.enter() == nil { // a closed Badger has no use for the news
		st.txn.Discard()
		st.gate.leave()
	}
	if unused {
		_ = st.gen.close(true) // what cannot be removed now goes when the directory is next opened
	}
}

func (s *Store) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// Close waits for the writer, and for who is reading from the disk just now, and closes the directory. What reads later gets ErrClosed.
func (s *Store) Close() error {
	s.writer <- struct{}{}
	defer func() { <-s.writer }()
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	err := s.drain()
	cur := s.cur
	s.release(cur)
	err = errors.Join(err, cur.gen.close(false))
	if s.locked != nil {
		err = errors.Join(err, unlockFile(s.locked, !s.opt.ReadOnly))
	}
	return err
}

// lock takes the writer's place.
func (s *Store) lock(ctx context.Context) error {
	if s.opt.ReadOnly {
		return ErrReadOnly
	}
	select {
	case s.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	s.mu.Lock()
	err := s.unfinished
	if s.closed {
		err = ErrClosed
	}
	s.mu.Unlock()
	if err != nil {
		<-s.writer
	}
	return err
}

func (s *Store) unlock() { <-s.writer }
