package store_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"sett/graph/store"
)

// TestBackupWhileWritersGoOn restores backups made while several writers commit. Each is one state: every order agrees with the
// others, and every writer's numbers are whole.
func TestBackupWhileWritersGoOn(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := store.Open(t.TempDir(), store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	first := stepOf(2, 3)
	if err := first.take(ctx, s); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for w := range 3 {
		wait.Go(func() {
			for i := 1; ctx.Err() == nil; i++ {
				if err := countStep(w, i).take(context.Background(), s); err != nil {
					t.Error(err)
				}
			}
		})
	}
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	for range rounds {
		time.Sleep(5 * time.Millisecond)
		var b bytes.Buffer
		if err := s.Backup(ctx, &b); err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "copy")
		if err := store.Restore(ctx, dir, &b); err != nil {
			t.Fatal(err)
		}
		copied, err := store.Open(dir, store.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := copied.Verify(ctx, func(p string) { t.Error(p) }); err != nil {
			t.Error(err)
		}
		n := copied.Snapshot()
		if at, err := counted(n); err != nil {
			t.Errorf("%v: %v", at, err)
		}
		n.Close()
		if err := countStep(7, 1).take(ctx, copied); err != nil {
			t.Errorf("a restored store cannot be written: %v", err)
		}
		if err := copied.Close(); err != nil {
			t.Error(err)
		}
	}
	cancel()
	wait.Wait()
}

// TestDamagedBackupIsRefused cuts backups short and changes single bits of them.
func TestDamagedBackupIsRefused(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, err := store.Open("", store.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := stepOf(2, 3).take(ctx, s); err != nil {
		t.Fatal(err)
	}
	var whole bytes.Buffer
	if err := s.Backup(ctx, &whole); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 9))
	rounds := 60
	if testing.Short() {
		rounds = 10
	}
	for i := range rounds {
		b := slices.Clone(whole.Bytes())
		at := r.IntN(len(b))
		what := fmt.Sprintf("cut at %d of %d", at, len(b))
		if i%2 == 0 {
			b = b[:at]
		} else {
			b[at] ^= 1 << r.IntN(8)
			what = fmt.Sprintf("bit changed at %d of %d", at, len(b))
		}
		dir := filepath.Join(t.TempDir(), "copy")
		if err := store.Restore(ctx, dir, bytes.NewReader(b)); err == nil {
			t.Errorf("%s: no error", what)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s: a store was made", what)
		}
	}
}

// TestKilledRestoreLeavesNothingHalf kills processes that restore: the directory is not there, or whole.
func TestKilledRestoreLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	s, err := store.Open(filepath.Join(dir, "from"), store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	var quads slice
	for range 20_000 {
		quads = append(quads, uniqueQuad(r))
	}
	if _, err := s.Load(ctx, &quads, store.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	n := s.Snapshot()
	want := dump(t, n, store.OSPG)
	n.Close()
	var b bytes.Buffer
	if err := s.Backup(ctx, &b); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "backup")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	rounds := *kills
	if testing.Short() {
		rounds = min(rounds, 4)
	}
	to := filepath.Join(dir, "to")
	whole := 0
	for range rounds {
		c := startChild(t, to, 1, "SETT_STORE_RESTORE="+file)
		<-c.ready
		time.Sleep(time.Duration(r.IntN(250_000)) * time.Microsecond) // any moment will do
		c.kill(0)
		if _, err := os.Stat(to); err != nil {
			continue
		}
		whole++
		if _, got, err := opened(t, to); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%d quads, want %d: %v", len(got), len(want), err)
		}
		if err := os.RemoveAll(to); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d processes had ended their work", whole, rounds)
	if err := store.Restore(ctx, to, &b); err != nil { // over what the killed ones have left beside it
		t.Error(err)
	}
}

// restoreFile is a child process's work for TestKilledRestoreLeavesNothingHalf.
func restoreFile(dir string, _ uint64) error {
	f, err := os.Open(os.Getenv("SETT_STORE_RESTORE"))
	if err != nil {
		return err
	}
	defer f.Close()
	fmt.Println("ready")
	return store.Restore(context.Background(), dir, f)
}
