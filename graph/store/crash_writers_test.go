package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"sett/graph/rdf"
	"sett/graph/store"
)

const crashWriters = 8

func writerTerm(w int) rdf.Term { return rdf.NewIRI(fmt.Sprintf("urn:writer:%d", w)) }

// countStep is one number of one writer.
func countStep(w, i int) step {
	return step{insert: slice{
		{S: writerTerm(w), P: stepTerm, O: rdf.NewInteger(int64(i))},
		{S: writerTerm(w), P: stateTerm, O: rdf.NewString(fmt.Sprintf("number %d of a writer, as a later term", i))},
	}}
}

// countTogether opens a store and lets writers count in it, each on its own, one commit a number. It says each
// number that was acknowledged, times the number of writers, plus the writer's.
func countTogether(dir string, _ uint64) error {
	s, err := store.Open(dir, store.Options{})
	if err != nil {
		return err
	}
	n := s.Snapshot()
	at, err := counted(n)
	n.Close()
	if err != nil {
		return err
	}
	fmt.Println("ready")
	var wait sync.WaitGroup
	errs := make([]error, crashWriters)
	for w := range crashWriters {
		wait.Go(func() {
			for i := at[w] + 1; errs[w] == nil; i++ {
				if errs[w] = countStep(w, i).take(context.Background(), s); errs[w] == nil {
					fmt.Println(i*crashWriters + w)
				}
			}
		})
	}
	wait.Wait()
	return errs[0]
}

// counted returns how far each writer has counted, and an error if one has left something out.
func counted(n *store.Snapshot) (at [crashWriters]int, err error) {
	for w := range at {
		for _, p := range []rdf.Term{stateTerm, stepTerm} {
			var ids [2]store.ID
			if err := n.LookupAll([]rdf.Term{writerTerm(w), p}, ids[:]); err != nil {
				return at, err
			}
			if ids[0] == store.None || ids[1] == store.None {
				continue
			}
			rows, err := n.Count(store.SPOG, ids[:]...)
			if err != nil {
				return at, err
			}
			if p == stateTerm {
				at[w] = int(rows)
				continue
			}
			if int(rows) != at[w] {
				return at, fmt.Errorf("writer %d: %d numbers, %d texts", w, rows, at[w])
			}
			if rows == 0 {
				continue
			}
			last, _ := store.Inline(rdf.NewInteger(int64(rows)))
			if have, err := n.Count(store.SPOG, append(ids[:], last)...); err != nil || have != 1 {
				return at, fmt.Errorf("writer %d has %d numbers, the last is not among them: %w", w, rows, err)
			}
		}
	}
	return at, nil
}

// TestKilledWhileWritersQueue kills processes whose writers share the wait for the disk: what each was told is there, and at most one
// number more.
func TestKilledWhileWritersQueue(t *testing.T) {
	t.Parallel()
	rounds := *kills
	if testing.Short() {
		rounds = min(rounds, 6)
	}
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(6, 7))
	for range rounds {
		c := startChild(t, dir, 1, "SETT_STORE_WRITERS=1")
		if !<-c.ready {
			t.Fatal("the process did not open the store")
		}
		time.Sleep(time.Duration(r.IntN(60_000)) * time.Microsecond) // any moment will do
		_ = c.cmd.Process.Kill()
		var acked [crashWriters]int
		for n := range c.acked {
			acked[n%crashWriters] = max(acked[n%crashWriters], n/crashWriters)
		}
		_ = c.cmd.Wait()
		s, err := store.Open(dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Verify(context.Background(), func(p string) { t.Error(p) }); err != nil {
			t.Error(err)
		}
		n := s.Snapshot()
		found, err := counted(n)
		if err != nil {
			t.Error(err)
		}
		for w := range found {
			if acked[w] > 0 && (found[w] < acked[w] || found[w] > acked[w]+1) {
				t.Errorf("writer %d was told %d, the store has %d", w, acked[w], found[w])
			}
		}
		n.Close()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
