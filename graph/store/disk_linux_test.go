package store_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"golang.org/x/sys/unix"

	"sett/graph/store"
)

// TestFullDiskIsAnError fills a small file system by loads and updates until one is refused, and finds what was acknowledged.
func TestFullDiskIsAnError(t *testing.T) {
	if raceDetector {
		t.Skip("one goroutine, and half a minute")
	}
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=220m"); err != nil {
		t.Skipf("no file system of its own for this user: %v", err)
	}
	defer func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	}()
	ctx := context.Background()
	s, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	if err := (step{load: true, insert: slice{randomQuad(r)}}).take(ctx, s); err != nil {
		t.Fatal(err)
	}
	var all slice
	for round := 0; err == nil && round < 100; round++ {
		var ballast slice
		for range 10000 << (round % 2) {
			ballast = append(ballast, uniqueQuad(r))
		}
		if err = (step{load: round%2 == 0, insert: ballast}).take(ctx, s); err == nil {
			all = append(all, ballast...)
		}
	}
	if !errors.Is(err, store.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
	n := s.Snapshot()
	if rows, err := n.Count(store.SPOG); err != nil || rows != uint64(len(all)+1) {
		t.Errorf("%d quads after the refusal, %d before: %v", rows, len(all)+1, err)
	}
	n.Close()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	s, err = store.Open(dir, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Verify(ctx, func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
}
