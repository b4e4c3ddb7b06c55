package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

// A directory holds one Badger, a generation, in a folder of its own, and says in the file CURRENT which one. A bulk build writes
// the next generation aside and then changes CURRENT, which is one rename: it is there whole, or not at all. Folders
// that CURRENT does not name are what killed builds left, and go when the directory is next opened for writing.
const (
	currentName = "CURRENT"
	lockName    = "LOCK"
	dataPrefix  = "data-"
)

// generation is one open Badger. It lives as long as it is current or a state reads from it.
type generation struct {
	number uint64
	dir    string // "" in memory
	db     *badger.DB
	refs   int // states that read it; guarded by Store.mu
	gate   gate
}

// close closes the generation, and removes it if another has taken its place.
func (g *generation) close(stale bool) error {
	err := g.gate.shutFor(g.db.Close)
	if stale && g.dir != "" {
		err = errors.Join(err, os.RemoveAll(g.dir))
	}
	return err
}

// openBadger opens a Badger. On damaged files it may panic.
func openBadger(o badger.Options) (db *badger.DB, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%v", fault)
		}
	}()
	return badger.Open(o)
}

func generationDir(dir string, number uint64) string {
	return filepath.Join(dir, fmt.Sprintf("%s%06d", dataPrefix, number))
}

// openGeneration opens a generation's Badger, and makes it if it is not there.
func openGeneration(dir string, number uint64, opt Options) (*generation, error) {
	g := &generation{number: number}
	o := badger.DefaultOptions("").WithInMemory(true)
	if !opt.InMemory {
		g.dir = generationDir(dir, number)
		o = badger.DefaultOptions(g.dir)
		if err := checkTables(g.dir); err != nil {
			return nil, err
		}
	}
	db, err := openBadger(o.WithLogger(nil).
		WithBypassLockGuard(true). // the directory's lock is ours
		WithReadOnly(opt.ReadOnly).
		WithSyncWrites(!opt.NoSync && !opt.InMemory).
		WithDetectConflicts(false).
		WithCompression(options.None).
		WithBlockCacheSize(0).
		WithChecksumVerificationMode(options.OnBlockRead).
		WithIndexCacheSize(16 << 20).
		WithMemTableSize(16 << 20).
		WithNumMemtables(2).
		WithValueThreshold(1 << 20).
		WithValueLogFileSize(2 << 20).
		WithMetricsEnabled(false))
	g.db = db
	return g, openError(err, opt)
}

// lacks are errors of the system that say nothing of the files: there are not enough of something, or it is not allowed.
var lacks = []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.EACCES, syscall.EPERM, syscall.EIO}

// openError says what Badger's error of opening means: damage, unless the system is at fault. Badger does not wrap errors, so that they are known by
// their text.
func openError(err error, opt Options) error {
	var system *fs.PathError
	switch {
	case err == nil || errors.As(err, &system):
		return err
	case opt.ReadOnly && strings.Contains(err.Error(), badger.ErrTruncateNeeded.Error()):
		return errUnfinished
	}
	for _, lack := range lacks {
		if strings.Contains(err.Error(), lack.Error()) {
			first, _, _ := strings.Cut(err.Error(), "\n")
			return fmt.Errorf("%s: %w", strings.TrimSuffix(first, ": "+lack.Error()), lack)
		}
	}
	return fmt.Errorf("%w: %w", ErrCorrupt, err)
}

// readCurrent returns the number of the current generation; 0 if the directory is new.
//
// Errors: ErrFormat if another version wrote the directory, or if it holds something else.
func readCurrent(dir string) (uint64, error) {
	b, err := os.ReadFile(filepath.Join(dir, currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, checkNew(dir)
	}
	if err != nil {
		return 0, err
	}
	var format int
	var name string
	if n, _ := fmt.Sscanf(string(b), "sett format %d\n%s\n", &format, &name); n < 1 {
		return 0, fmt.Errorf("%w: %s does not say what a sett database says there", ErrFormat, filepath.Join(dir, currentName))
	}
	if format != FormatVersion {
		return 0, fmt.Errorf("%w: %s has format %d, this program reads format %d", ErrFormat, dir, format, FormatVersion)
	}
	number, err := strconv.ParseUint(strings.TrimPrefix(name, dataPrefix), 10, 64)
	if err != nil || number == 0 {
		return 0, fmt.Errorf("%w: %s names %q", ErrCorrupt, filepath.Join(dir, currentName), name)
	}
	return number, nil
}

// Is reports whether a directory is a database, of whatever format.
func Is(dir string) bool {
	f, err := os.Open(filepath.Join(dir, currentName))
	if err != nil {
		return false
	}
	defer f.Close()
	var format int
	n, _ := fmt.Fscanf(f, "sett format %d", &format)
	return n == 1
}

// checkNew refuses a directory that holds something that is not ours: nothing of it may be lost.
func checkNew(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if name != lockName && name != currentName+".new" && !strings.HasPrefix(name, dataPrefix) {
			return fmt.Errorf("%w: %s is no sett database and not empty: there is %s", ErrFormat, dir, name)
		}
	}
	return nil
}

// writeCurrent makes a generation the current one.
func writeCurrent(dir string, number uint64) error {
	path := filepath.Join(dir, currentName)
	f, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "sett format %d\n%s%06d\n", FormatVersion, dataPrefix, number)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes renames in a directory durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// sweep removes generations that are not current.
func sweep(dir string, current uint64) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if strings.HasPrefix(e.Name(), dataPrefix) && path != generationDir(dir, current) {
			err = errors.Join(err, os.RemoveAll(path))
		}
	}
	return err
}
