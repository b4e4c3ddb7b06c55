package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Commits share the wait for the disk. A transaction that commits leaves its changes in a queue and gives the writer's
// place to the next one, which builds on them although they are not yet on disk. Whoever of those that wait takes the
// committer's place first writes all that is queued at once. Nobody's commit returns, and no snapshot shows its changes, before
// they are durable; when a write fails, all that was built on it fails too.

// pending is a transaction's changes between the end of its work and their place on disk.
type pending struct {
	gen     *generation
	dir     *directory
	entries []entry
	fresh   []*pageRef // pages that only memory holds
	ids     map[string]ID
	bytes   map[ID][]byte
	done    bool // guarded by Store.mu, like err
	err     error
}

// errBuiltOn is the error of a transaction that began on changes which could not be written.
var errBuiltOn = errors.New("the commit before this one could not be written")

// enqueue puts a transaction's changes into the queue.
func (s *Store) enqueue(t *Tx, p *pending) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t.failures != s.failures {
		return errBuiltOn
	}
	s.queue = append(s.queue, p)
	return nil
}

// tip is the last of the queue; nil if all is on disk.
func (s *Store) tip() *pending {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		return nil
	}
	return s.queue[len(s.queue)-1]
}

// flush returns when the changes, if any, are on disk and visible, or cannot be.
func (s *Store) flush(p *pending) error {
	if p == nil {
		return nil
	}
	s.committer <- struct{}{}
	defer func() { <-s.committer }()
	s.mu.Lock()
	group, done := slices.Clone(s.queue), p.done
	s.mu.Unlock()
	if done {
		return p.err
	}
	last := group[len(group)-1]
	err := s.write(last.gen, merged(group))
	if err == nil {
		err = s.publish(last.gen, last.dir)
	}
	s.settle(group, err)
	return p.err
}

// settle ends a group's wait.
func (s *Store) settle(group []*pending, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		group = s.queue // what came meanwhile is built on it
		s.failures++
		if errors.Is(err, errUnfinished) {
			s.unfinished = err
		}
	}
	for i, p := range group {
		p.done = true
		if p.err = err; i > 0 && err != nil {
			p.err = fmt.Errorf("%w: %w", errBuiltOn, err)
		}
		if err != nil {
			continue
		}
		// A transaction that began before now reads a state from before: what it may need must not leave the memory.
		if s.active != nil {
			s.active.pinned = append(s.active.pinned, p.fresh...)
		} else {
			s.cur.unpin(p.fresh)
		}
	}
	s.queue = slices.Clone(s.queue[len(group):])
}

// unpin leaves pages, which are on disk, to the cache.
func (st *state) unpin(pages []*pageRef) {
	for _, ref := range pages {
		if p := ref.loaded.Load(); p != nil {
			st.cache.add(&ref.loaded, p.size)
		}
	}
}

// drain waits until all is on disk. The writer's place is taken.
func (s *Store) drain() error {
	return s.flush(s.tip())
}

// lockDrained takes the writer's place for work that begins on what is on disk.
func (s *Store) lockDrained(ctx context.Context) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	if err := s.drain(); err != nil {
		s.unlock()
		return err
	}
	return nil
}

// merged returns a group's entries, the last for each key.
func merged(group []*pending) []entry {
	if len(group) == 1 {
		return group[0].entries
	}
	at := map[string]int{}
	var out []entry
	for _, p := range group {
		for _, e := range p.entries {
			if i, ok := at[string(e.key)]; ok {
				out[i] = e
				continue
			}
			at[string(e.key)] = len(out)
			out = append(out, e)
		}
	}
	return out
}
