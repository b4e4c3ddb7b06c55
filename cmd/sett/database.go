package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"

	"sett/graph"
	"sett/graph/cayley"
)

// exists reports whether there is a database in a.db: a folder that is not empty. A file of that name is an error.
func (a *app) exists() (bool, error) {
	info, err := os.Stat(a.db)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case !info.IsDir():
		return false, fmt.Errorf("%s: expected a database, which is a folder, found a file", a.db)
	}
	entries, err := os.ReadDir(a.db)
	return len(entries) > 0, err
}

// open opens the database that must be there, for reading.
func (a *app) open() (*graph.DB, error) {
	return a.openWith(graph.Options{ReadOnly: true})
}

// openWithin opens the database that must be there, for a query that may take so many bytes, 0 for any number: a quarter of them is
// for the caches.
func (a *app) openWithin(memory int64) (*graph.DB, error) {
	if memory > 0 {
		debug.SetMemoryLimit(memory)
	}
	return a.openWith(graph.Options{ReadOnly: true, Memory: memory / 4})
}

// openForWriting opens the database that must be there, for writing too.
func (a *app) openForWriting() (*graph.DB, error) {
	return a.openWith(graph.Options{})
}

func (a *app) openWith(opt graph.Options) (*graph.DB, error) {
	ok, err := a.exists()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s: no database here; sett without a command makes one with the seed papers, sett load FILE one with yours", a.db)
	}
	return a.opened(opt)
}

// opened opens a folder, for queries in all languages, and names it in errors.
func (a *app) opened(opt graph.Options) (*graph.DB, error) {
	opt.Languages = cayley.Languages()
	db, err := graph.Open(a.db, opt)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.db, err)
	}
	return db, nil
}

// openOrMake opens the database and makes it if it is missing, with what content says.
func (a *app) openOrMake(ctx context.Context, content content, opt graph.Options) (*graph.DB, error) {
	ok, err := a.exists()
	if err != nil {
		return nil, err
	}
	if !ok && (content != nothing || opt.ReadOnly) {
		if err := a.make(ctx, content); err != nil {
			return nil, err
		}
	}
	return a.opened(opt)
}

// content is what a new database begins with.
type content int

const (
	nothing    content = iota
	vocabulary         // ontology and lexicon
	papers             // and the seed papers
)

// make makes the database aside and moves it into place when it is whole, so that an interruption leaves nothing.
func (a *app) make(ctx context.Context, content content) (err error) {
	aside := fmt.Sprintf("%s.new-%d", a.db, os.Getpid())
	defer func() {
		if err != nil {
			os.RemoveAll(aside)
		}
	}()
	db, err := graph.Open(aside, graph.Options{})
	if err != nil {
		return fmt.Errorf("%s: %w", a.db, err)
	}
	var stats graph.LoadStats
	if content != nothing {
		stats, err = a.seed(ctx, db, content)
	}
	if closeErr := db.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("%s: %w", a.db, err)
	}
	if err := os.Remove(a.db); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // an empty folder gives way
	}
	if err := os.Rename(aside, a.db); err != nil {
		return err
	}
	if content != nothing {
		a.remark("made %s: %d statements", a.db, stats.New)
	}
	return nil
}
