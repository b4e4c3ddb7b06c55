package graph

import (
	"context"
	"io"

	"sett/graph/store"
)

// Options says how a database is opened. The zero value makes a missing one, and is durable.
type Options struct {
	ReadOnly bool  // no writing; several processes may read at once while none writes
	InMemory bool  // nothing on disk, the directory is ignored; gone with Close
	Memory   int64 // bytes that the caches of pages and terms may grow to; 0: 1 GiB

	Languages map[string]Language // query languages besides SPARQL, by name
}

// defaultMemory holds every page of a scan over thirty million quads: what does not fit is read anew by each such query.
const defaultMemory = 1 << 30

// DB is an open database. It is safe for concurrent use.
type DB struct {
	store     *store.Store
	languages map[string]Language
	plans     planCache
}

// Open opens the database in a directory, and makes it where there is none.
//
// Errors: [ErrLocked] if another process has it open, [ErrFormat] if another version wrote it, [ErrFull] without room
// to work, [ErrCorrupt]; or the file system's own.
func Open(dir string, opt Options) (*DB, error) {
	if opt.Memory == 0 {
		opt.Memory = defaultMemory
	}
	s, err := store.Open(dir, store.Options{ReadOnly: opt.ReadOnly, InMemory: opt.InMemory, Memory: opt.Memory})
	if err != nil {
		return nil, err
	}
	return &DB{store: s, languages: opt.Languages}, nil
}

// IsDatabase reports whether a directory is a database, of this version's format or another's.
func IsDatabase(dir string) bool { return store.Is(dir) }

// Close waits for the writer, if there is one, and releases the directory. Queries that still run end with [ErrClosed] as soon as they need
// something from the disk; so does everything that begins later. It may be called more than once.
func (db *DB) Close() error { return db.store.Close() }

// Stats describes what the database holds.
type Stats = store.Stats

// Stats counts quads, terms, graphs, predicates, and bytes by part.
func (db *DB) Stats(ctx context.Context) (Stats, error) {
	snap := db.store.Snapshot()
	defer snap.Close()
	if err := snap.Err(); err != nil {
		return Stats{}, err
	}
	return snap.Stats(ctx)
}

// Verify reads every page of every order and every entry of the dictionary and calls problem for each invariant
// that does not hold. Its own error, such as ctx.Err(), means that it did not come to the end.
func (db *DB) Verify(ctx context.Context, problem func(string)) error {
	return db.store.Verify(ctx, problem)
}

// Compact folds terms that came by updates into the ordered dictionary and gives back the space of old versions.
func (db *DB) Compact(ctx context.Context) error { return db.store.Compact(ctx) }

// Backup writes the state at its start, consistent while a writer goes on, for [Restore].
func (db *DB) Backup(ctx context.Context, w io.Writer) error { return db.store.Backup(ctx, w) }

// Restore makes a database in a directory that does not exist or is empty from what [DB.Backup] wrote. After an
// error the directory is as it was.
func Restore(ctx context.Context, dir string, r io.Reader) error { return store.Restore(ctx, dir, r) }
