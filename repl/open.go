package repl

import (
	"context"
	"errors"
	"fmt"

	"sett/graph"
)

// open opens a folder by the function that the program gave.
func (s *Session) open(ctx context.Context, dir string, write bool) (*graph.DB, error) {
	if s.Open != nil {
		return s.Open(ctx, dir, write)
	}
	db, err := graph.Open(dir, graph.Options{ReadOnly: !write})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return db, nil
}

// OpenDir opens a database for reading, beside other processes that do, and closes the one before; if it cannot be opened, that one
// stays. The first statement that writes opens it again for writing. Close closes it.
func (s *Session) OpenDir(ctx context.Context, dir string) error {
	db, err := s.open(ctx, dir, false)
	if err != nil {
		return err
	}
	if s.owned {
		err = s.db.Close()
	}
	s.db, s.owned, s.reading, s.Dir = db, true, true, dir
	s.last, s.lastQuery = result{}, ""
	s.names.forget()
	return err
}

// writable opens the database anew if it is open for reading only. If another process is in the way, it stays open as it was.
func (s *Session) writable(ctx context.Context) error {
	if !s.reading {
		return nil
	}
	if err := s.db.Close(); err != nil {
		return err
	}
	db, err := s.open(ctx, s.Dir, true)
	if err == nil {
		s.db, s.reading = db, false
		return nil
	}
	db, readErr := s.open(ctx, s.Dir, false)
	if readErr != nil {
		s.owned = false // nothing is open
		return errors.Join(err, readErr)
	}
	s.db = db
	return err
}

func (s *Session) cmdOpen(ctx context.Context, args []string) error {
	if err := s.OpenDir(ctx, args[0]); err != nil {
		return err
	}
	if s.Width > 0 {
		s.note("%s", s.wrapped(s.holds(ctx), 0))
	}
	return nil
}

// cmdLoad loads files by the function that the program gave: how documents become quads is not the prompt's business.
func (s *Session) cmdLoad(ctx context.Context, args []string) error {
	if s.Load == nil {
		return errors.New(".load is not there in this program")
	}
	if err := s.writable(ctx); err != nil {
		return err
	}
	for _, path := range args {
		if err := s.Load(ctx, s.db, path); err != nil {
			return err
		}
	}
	s.names.forget()
	return nil
}
