package store

import "context"

// Compact rebuilds the store: later terms find their places among the others, terms that no quad uses go, pages are filled anew,
// and the space of all that was overwritten is given back. Snapshots keep their state; ids from before mean nothing after.
func (s *Store) Compact(ctx context.Context) error {
	if err := s.lockDrained(ctx); err != nil {
		return err
	}
	defer s.unlock()
	base := s.Snapshot()
	defer base.Close()
	l := s.newLoad(LoadOptions{Memory: defaultLoadMemory, Progress: func(Progress) {}})
	defer l.spill.close()
	_, err := s.rebuild(ctx, base, l)
	return err
}
