package repl

import (
	"context"
	"errors"
	"fmt"

	"sett/graph"
)

// cmdOpen closes the session's database and opens another; if that fails, the old one stays.
func (s *Session) cmdOpen(ctx context.Context, args []string) error {
	open := s.Open
	if open == nil {
		open = func(_ context.Context, dir string) (*graph.DB, error) { return graph.Open(dir, graph.Options{}) }
	}
	db, err := open(ctx, args[0])
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	if s.owned {
		err = s.db.Close()
	}
	s.db, s.owned, s.Dir = db, true, args[0]
	s.last, s.lastQuery = result{}, ""
	s.names.forget()
	return err
}

// cmdLoad loads files by the function that the program gave: how documents become quads is not the prompt's business.
func (s *Session) cmdLoad(ctx context.Context, args []string) error {
	if s.Load == nil {
		return errors.New(".load is not there in this program")
	}
	for _, path := range args {
		if err := s.Load(ctx, s.db, path); err != nil {
			return err
		}
	}
	s.names.forget()
	return nil
}
