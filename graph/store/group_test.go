package store

import (
	"context"
	"errors"
	"sync"
	"testing"

	"sett/graph/rdf"
)

func number(of string, n int) []rdf.Quad {
	return []rdf.Quad{{S: rdf.NewIRI("urn:writer:" + of), P: rdf.NewIRI("urn:count"), O: rdf.NewInteger(int64(n))}}
}

// TestQueuedWriters lets writers count, each by replacing its own number, and readers look whether a number that was
// acknowledged is there and none ever falls.
func TestQueuedWriters(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(dir, Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	rounds := 150
	if testing.Short() {
		rounds = 30
	}
	// read returns a writer's number; -1 if it has none, or not exactly one.
	read := func(name string) int64 {
		n := s.Snapshot()
		defer n.Close()
		id, ok, err := n.Lookup(rdf.NewIRI("urn:writer:" + name))
		if err != nil || !ok {
			return -1
		}
		scan := n.Scan(SPOG, id)
		defer scan.Close()
		var b Batch
		if _, err := scan.Next(&b); err != nil || b.N != 1 {
			return -1
		}
		lo, _ := Inline(rdf.NewInteger(0))
		return int64(b.Cols[2][0] - lo)
	}
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	var wait sync.WaitGroup
	for _, name := range names {
		wait.Go(func() {
			for i := range rounds {
				tx, err := s.Begin(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := tx.Delete(number(name, i-1)); err != nil {
					t.Error(err)
				}
				if n, err := tx.Insert(number(name, i)); n != 1 || err != nil {
					t.Errorf("%s, round %d: %d, %v", name, i, n, err)
				}
				if i%7 == 3 {
					tx.Rollback()
					tx, _ = s.Begin(ctx)
					_, _ = tx.Delete(number(name, i-1))
					_, _ = tx.Insert(number(name, i))
				}
				if err := tx.Commit(ctx); err != nil {
					t.Error(err)
				}
				if got := read(name); got != int64(i) {
					t.Errorf("%s: committed %d, read %d", name, i, got)
				}
			}
		})
	}
	wait.Wait()
	check := func() {
		t.Helper()
		if err := s.Verify(ctx, func(p string) { t.Error(p) }); err != nil {
			t.Error(err)
		}
		for _, name := range names {
			if got := read(name); got != int64(rounds-1) {
				t.Errorf("%s ends at %d", name, got)
			}
		}
	}
	check()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, Options{NoSync: true}); err != nil {
		t.Fatal(err)
	}
	check()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestBuiltOnAFailure lets a write fail while a transaction builds on it: that one fails too, also if it changes
// nothing, and the store goes on from what is on disk.
func TestBuiltOnAFailure(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	begin := func() *Tx {
		t.Helper()
		tx, err := s.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return tx
	}
	insert := func(tx *Tx, n int) {
		t.Helper()
		if _, err := tx.Insert(number("a", n)); err != nil {
			t.Fatal(err)
		}
	}
	first := begin()
	insert(first, 1)
	if err := first.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	doomed := begin()
	insert(doomed, 2)
	p, err := doomed.prepare(ctx)
	if err != nil {
		t.Fatal(err)
	}
	p.entries = append(p.entries, entry{[]byte{}, []byte("Badger takes no empty key")})
	doomed.Rollback()

	queued := begin()
	if n, err := queued.Insert(number("a", 2)); n != 0 || err != nil {
		t.Fatalf("what is queued is not seen: %d, %v", n, err)
	}
	waits, err := queued.prepare(ctx)
	if err != nil || waits != p {
		t.Fatalf("what read the queue waits for %p, %v; want %p", waits, err, p)
	}
	queued.Rollback()
	builds := begin()
	insert(builds, 3)

	if err := s.flush(p); err == nil {
		t.Fatal("no error")
	}
	if err := s.flush(waits); err == nil {
		t.Error("a reader of what failed was told that all is well")
	}
	if err := builds.Commit(ctx); !errors.Is(err, errBuiltOn) {
		t.Errorf("got %v", err)
	}
	last := begin()
	insert(last, 4)
	if err := last.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(ctx, func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
	n := s.Snapshot()
	defer n.Close()
	if rows, _ := n.Count(SPOG); rows != 2 || n.Version() != 2 {
		t.Errorf("%d quads at version %d, want 2 at 2", rows, n.Version())
	}
}
