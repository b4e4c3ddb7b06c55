package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"sett/graph/rdf"
	"sett/graph/store"
)

// TestReadersSeeWholeCommits reads while one goroutine updates, loads and compacts. Each commit adds as many quads with the one
// predicate as with the other, so that a reader who counts differently has seen half of one.
func TestReadersSeeWholeCommits(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := store.Open(t.TempDir(), store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a, b := rdf.NewIRI("urn:a"), rdf.NewIRI("urn:b")
	pairs := func(round, n int) (qs slice) {
		for i := range n {
			o := rdf.NewString(fmt.Sprintf("object %d of %d", i, round))
			qs = append(qs, rdf.Quad{S: rdf.NewIRI(fmt.Sprintf("urn:s%d", i)), P: a, O: o}, rdf.Quad{S: stateTerm, P: b, O: o})
		}
		return qs
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for last := uint64(0); ctx.Err() == nil; {
				n := s.Snapshot()
				var counts [2]uint64
				for i, p := range []rdf.Term{a, b} {
					id, known, err := n.Lookup(p)
					if err == nil && known {
						counts[i], err = n.Count(store.PSOG, id)
					}
					if err != nil {
						t.Error(err)
					}
				}
				if counts[0] != counts[1] || counts[0] < last {
					t.Errorf("counted %v after %d", counts, last)
				}
				last = counts[0]
				n.Close()
			}
		})
	}
	rounds, many := 12, 20000
	if testing.Short() {
		rounds, many = 4, 9000
	}
	for round := range rounds {
		qs := pairs(round, 50)
		switch round % 4 {
		case 0:
			qs = pairs(round, many)
			_, err = s.Load(ctx, &qs, store.LoadOptions{})
		case 1:
			err = s.Compact(ctx)
		default:
			err = step{insert: qs}.take(ctx, s)
		}
		if err != nil {
			t.Error(err)
		}
	}
	cancel()
	wait.Wait()
}

// TestSnapshotOutlivesRebuild reads a state whose generation has been replaced.
func TestSnapshotOutlivesRebuild(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	s, err := store.Open(dir, store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := stepOf(1, 2).take(ctx, s); err != nil {
		t.Fatal(err)
	}
	n := s.Snapshot()
	before := dump(t, n, store.SPOG)
	for i := range 3 {
		if err := (step{insert: stepOf(2, i).insert}).take(ctx, s); err != nil {
			t.Fatal(err)
		}
		if err := s.Compact(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if after := dump(t, n, store.SPOG); fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("the snapshot had %d quads, now %d", len(before), len(after))
	}
	n.Close()
	if left, _ := filepath.Glob(filepath.Join(dir, "data-*")); len(left) != 1 {
		t.Errorf("generations left: %v", left)
	}
}

// TestOpenRefusesWhatIsNotOurs makes no database of folders that hold something, and reads no other version.
func TestOpenRefusesWhatIsNotOurs(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{"thesis.tex": "years of work", "MANIFEST": "another Badger", "CURRENT": "sett format 99\ndata-000001\n"} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, opt := range []store.Options{{}, {ReadOnly: true}} {
			if _, err := store.Open(dir, opt); !errors.Is(err, store.ErrFormat) {
				t.Errorf("%s: got %v, want ErrFormat", name, err)
			}
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != content {
			t.Errorf("%s was touched: %q, %v", name, b, err)
		}
	}
}

// TestSmallUpdatesDoNotGrowTheDirectory makes many updates that leave the content as it is.
func TestSmallUpdatesDoNotGrowTheDirectory(t *testing.T) {
	t.Parallel()
	rounds := 10000
	if testing.Short() {
		rounds = 500
	}
	ctx := context.Background()
	dir := t.TempDir()
	s, err := store.Open(dir, store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := stepOf(1, 3).take(ctx, s); err != nil {
		t.Fatal(err)
	}
	q := slice{{S: stateTerm, P: stepTerm, O: rdf.NewInteger(-1)}}
	for i := range rounds {
		st := step{insert: q}
		if i%2 == 1 {
			st = step{remove: q}
		}
		if err := st.take(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	size := func() (total int64) {
		_ = filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
			if info, ierr := d.Info(); err == nil && ierr == nil {
				total += info.Size()
			}
			return nil
		})
		return total
	}
	grown := size()
	if err := s.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d updates: %d MiB, compacted %d MiB", rounds, grown>>20, size()>>20)
	if grown > 300<<20 {
		t.Errorf("%d small updates took %d MiB", rounds, grown>>20)
	}
}
