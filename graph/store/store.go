package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

// FormatVersion is the version of the bytes on disk that this package writes, and the only one it reads.
const FormatVersion = 1

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
	dir    string
	opt    Options
	db     *badger.DB
	writer chan struct{} // held by the one transaction or load

	mu     sync.Mutex // guards what follows
	cur    *state
	closed bool
	stats  map[ID]PredicateStats // of version statsOf
	statsV uint64
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

// state is the store after one commit: a view of Badger at that moment, and the directory. It lives as long as it is
// current or a snapshot holds it.
type state struct {
	reader
	blocks *blockCache
	dir    *directory
	refs   int // guarded by Store.mu
}

// Open opens the store in a directory, and makes it where there is none.
//
// Errors: ErrLocked with the holder's process id, ErrFormat with both versions, ErrFull, ErrCorrupt, the file system's.
func Open(dir string, opt Options) (*Store, error) {
	if !opt.InMemory {
		if err := checkDirectory(dir, opt.ReadOnly); err != nil {
			return nil, err
		}
	}
	db, err := badger.Open(badgerOptions(dir, opt))
	if err != nil {
		return nil, openError(dir, err)
	}
	if opt.Memory <= 0 {
		opt.Memory = 256 << 20
	}
	s := &Store{dir: dir, opt: opt, db: db, writer: make(chan struct{}, 1)}
	if err := s.recover(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func badgerOptions(dir string, opt Options) badger.Options {
	o := badger.DefaultOptions(dir)
	if opt.InMemory {
		o = badger.DefaultOptions("").WithInMemory(true)
	}
	return o.WithLogger(nil).
		WithReadOnly(opt.ReadOnly).
		WithSyncWrites(!opt.NoSync && !opt.InMemory).
		WithDetectConflicts(false).
		WithCompression(options.None).
		WithBlockCacheSize(0).
		WithIndexCacheSize(16 << 20).
		WithMemTableSize(16 << 20).
		WithNumMemtables(2).
		WithValueThreshold(1 << 20).
		WithValueLogFileSize(64 << 20).
		WithMetricsEnabled(false)
}

func checkDirectory(dir string, readOnly bool) error {
	if readOnly {
		_, err := os.Stat(filepath.Join(dir, "MANIFEST"))
		if errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%s: no database there: %w", dir, err)
		}
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return checkFree(dir, minFree)
}

// openError says who holds a directory that Badger finds locked.
func openError(dir string, err error) error {
	if !strings.Contains(err.Error(), "Cannot acquire directory lock") {
		return err
	}
	holder := "its process is not known"
	if b, rerr := os.ReadFile(filepath.Join(dir, "LOCK")); rerr == nil && len(b) > 0 {
		holder = "by process " + strings.TrimSpace(string(b))
	}
	return fmt.Errorf("%w: %s is held %s", ErrLocked, dir, holder)
}

// recover brings what Badger holds to the state after the last commit, and reads it.
func (s *Store) recover() error {
	m, err := s.readMeta()
	switch {
	case errors.Is(err, badger.ErrKeyNotFound):
		// New, or a first load was killed before it was whole: nothing in it counts.
		if s.opt.ReadOnly {
			return fmt.Errorf("%w: the directory holds no store", ErrFormat)
		}
		if err := s.db.DropAll(); err != nil {
			return err
		}
		m = meta{Format: FormatVersion}
		if err := s.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{keyMeta}, m.encode()) }); err != nil {
			return err
		}
	case err != nil:
		return err
	case m.Format != FormatVersion:
		return fmt.Errorf("%w: %s has format %d, this program reads format %d", ErrFormat, s.dir, m.Format, FormatVersion)
	}
	if !s.opt.ReadOnly {
		if err := s.replay(); err != nil {
			return err
		}
		if m, err = s.readMeta(); err != nil {
			return err
		}
	}
	dir, err := s.readDirectory(m)
	if err != nil {
		return err
	}
	s.publish(dir)
	return nil
}

func (s *Store) readMeta() (m meta, err error) {
	err = s.db.View(func(txn *badger.Txn) error {
		item, err := txn.Get([]byte{keyMeta})
		if err != nil {
			return err
		}
		return item.Value(func(b []byte) error {
			m, err = decodeMeta(b)
			return err
		})
	})
	return m, err
}

// readDirectory reads the tops.
func (s *Store) readDirectory(m meta) (*directory, error) {
	d := &directory{meta: m}
	err := s.db.View(func(txn *badger.Txn) error {
		for _, o := range Orders() {
			item, err := txn.Get(orderKey(keyTop, o))
			if errors.Is(err, badger.ErrKeyNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if err := item.Value(func(b []byte) error {
				return readEntries(b, func(first row, n uint64) {
					d.orders[o].chunks = append(d.orders[o].chunks, &chunk{first: first, total: n})
				})
			}); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

// publish makes a directory, which Badger already holds, the current state.
func (s *Store) publish(dir *directory) {
	st := &state{dir: dir, refs: 1}
	if dir.meta.Version > 0 { // an empty store reads nothing, and Badger's stream writer bears no open transaction
		st.txn = s.db.NewTransaction(false)
	}
	s.mu.Lock()
	old := s.cur
	if old != nil && old.dir.meta.ordered == dir.meta.ordered {
		st.cache, st.blocks = old.cache, old.blocks
	} else {
		st.cache, st.blocks = &cache{limit: int(s.opt.Memory / 2)}, newBlockCache(int(s.opt.Memory/2))
	}
	s.cur = st
	s.mu.Unlock()
	if old != nil {
		s.release(old)
	}
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
	s.mu.Unlock()
	if gone && st.txn != nil {
		st.txn.Discard()
	}
}

// Close waits for the writer and closes the directory. Snapshots must be closed before.
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
	s.release(s.cur)
	return s.db.Close()
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
	closed := s.closed
	s.mu.Unlock()
	if closed {
		<-s.writer
		return ErrClosed
	}
	return nil
}

func (s *Store) unlock() { <-s.writer }
