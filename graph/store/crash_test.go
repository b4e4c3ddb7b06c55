package store_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sett/graph/rdf"
	"sett/graph/store"
)

var kills = flag.Int("kills", 30, "how many processes TestKilledProcessLosesNothing kills")

// The child process of the tests below opens the store in SETT_STORE_CHILD and takes one step after another, each of
// which is one commit. It says the number of each step that was acknowledged.
func TestMain(m *testing.M) {
	flag.Parse()
	if dir := os.Getenv("SETT_STORE_CHILD"); dir != "" {
		seed, _ := strconv.ParseUint(os.Getenv("SETT_STORE_SEED"), 10, 64)
		work := takeSteps
		switch {
		case os.Getenv("SETT_STORE_WRITERS") != "":
			work = countTogether
		case os.Getenv("SETT_STORE_RESTORE") != "":
			work = restoreFile
		}
		if err := work(dir, seed); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var stepTerm, stateTerm = rdf.NewIRI("urn:step"), rdf.NewIRI("urn:state")

// step is what the n-th commit of a seed does.
type step struct {
	compact        bool
	load           bool
	insert, remove slice
}

func stepOf(seed uint64, n int) step {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	st := step{}
	size := 1 + r.IntN(200)
	switch r.IntN(8) {
	case 0:
		st.compact = true
		return st
	case 1, 2:
		st.load, size = true, 1+r.IntN(20000)
	case 3:
		size = 5000 // through the journal
	}
	for range size {
		st.insert = append(st.insert, randomQuad(r))
	}
	if !st.load {
		for range r.IntN(500) {
			st.remove = append(st.remove, randomQuad(r))
		}
	}
	st.insert = append(st.insert, rdf.Quad{S: stateTerm, P: stepTerm, O: rdf.NewInteger(int64(n))})
	return st
}

// take does a step.
func (st step) take(ctx context.Context, s *store.Store) error {
	switch {
	case st.compact:
		return s.Compact(ctx)
	case st.load:
		_, err := s.Load(ctx, &st.insert, store.LoadOptions{})
		return err
	}
	tx, err := s.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Delete(st.remove); err != nil {
		return err
	}
	if _, err := tx.Insert(st.insert); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

func takeSteps(dir string, seed uint64) error {
	s, err := store.Open(dir, store.Options{NoSync: seed%2 == 0})
	if err != nil {
		return err
	}
	n := s.Snapshot()
	at, err := lastStep(n)
	n.Close()
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for at++; ; at++ {
		if err := stepOf(seed, at).take(context.Background(), s); err != nil {
			return err
		}
		fmt.Println(at)
	}
}

// lastStep returns the number of the last step that the state has seen; compactions leave no mark.
func lastStep(n *store.Snapshot) (int, error) {
	last := 0
	scan := n.Scan(store.SPOG)
	defer scan.Close()
	var b store.Batch
	for {
		more, err := scan.Next(&b)
		if err != nil || !more {
			return last, err
		}
		for i := range b.N {
			if id := b.Cols[2][i]; id.Kind() == store.KindInteger {
				s, err := n.Term(b.Cols[0][i])
				if err != nil {
					return 0, err
				}
				if s == stateTerm {
					v, err := strconv.Atoi(store.InlineTerm(id).Value())
					if err != nil {
						return 0, err
					}
					last = max(last, v)
				}
			}
		}
	}
}

// model is what a store holds after some steps, built up as far as was asked for.
type model struct {
	seed  uint64
	at    int
	quads map[string]bool
}

func (m *model) after(n int) []string {
	if n < m.at {
		*m = model{seed: m.seed, quads: map[string]bool{}}
	}
	for m.at < n {
		m.at++
		st := stepOf(m.seed, m.at)
		for _, q := range st.remove {
			delete(m.quads, q.String())
		}
		for _, q := range st.insert {
			m.quads[q.String()] = true
		}
	}
	return slices.Sorted(maps.Keys(m.quads))
}

// child is a process that takes steps.
type child struct {
	cmd   *exec.Cmd
	acked chan int // the steps acknowledged; closed at its end
	ready chan bool
}

func startChild(t *testing.T, dir string, seed uint64, env ...string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: exec.Command(self), acked: make(chan int, 1<<16), ready: make(chan bool, 1)}
	c.cmd.Env = append(append(os.Environ(), "SETT_STORE_CHILD="+dir, fmt.Sprintf("SETT_STORE_SEED=%d", seed)), env...)
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.cmd.Stderr = os.Stderr
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(c.acked)
		defer close(c.ready)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			switch line := lines.Text(); {
			case line == "ready":
				c.ready <- true
			case strings.HasPrefix(line, "error"):
				t.Error(line)
			default:
				if n, err := strconv.Atoi(line); err == nil {
					c.acked <- n
				}
			}
		}
	}()
	return c
}

// kill ends the process and returns the last step that it has acknowledged, or least if there is none.
func (c *child) kill(least int) int {
	_ = c.cmd.Process.Kill()
	for n := range c.acked {
		least = max(least, n)
	}
	_ = c.cmd.Wait()
	return least
}

// opened opens and verifies a store and returns its last step and quads.
func opened(t *testing.T, dir string) (int, []string, error) {
	t.Helper()
	s, err := store.Open(dir, store.Options{})
	if err != nil {
		return 0, nil, err
	}
	defer s.Close()
	n := s.Snapshot()
	defer n.Close()
	var problems []string
	if err := s.Verify(context.Background(), func(p string) { problems = append(problems, p) }); err != nil {
		return 0, nil, err
	}
	if len(problems) > 0 {
		return 0, nil, fmt.Errorf("%w: %d problems: %s", store.ErrCorrupt, len(problems), problems[0])
	}
	at, err := lastStep(n)
	if err != nil {
		return 0, nil, err
	}
	return at, dump(t, n, store.OSPG), nil
}

// TestKilledProcessLosesNothing kills processes at random moments of loads, updates and compactions. What was acknowledged
// is there, the step after it is there whole or not at all. More: go test ./graph/store -run Killed -kills 500
func TestKilledProcessLosesNothing(t *testing.T) {
	rounds := *kills
	if testing.Short() {
		rounds = min(rounds, 6)
	}
	const perStore = 10
	for begin := 0; begin < rounds; begin += perStore {
		seed := uint64(begin)/perStore + 1
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			r := rand.New(rand.NewPCG(seed, 99))
			m := &model{seed: seed, quads: map[string]bool{}}
			at := 0
			for range min(perStore, rounds-begin) {
				c := startChild(t, dir, seed)
				if !<-c.ready {
					t.Fatal("the process did not open the store")
				}
				time.Sleep(time.Duration(r.IntN(80_000)) * time.Microsecond) // any moment will do
				acked := c.kill(at)
				if r.IntN(2) == 0 { // a reader comes first
					s, err := store.Open(dir, store.Options{ReadOnly: true})
					if err == nil {
						err = s.Close()
					}
					if err != nil {
						t.Fatalf("after step %d, a reader: %v", acked, err)
					}
				}
				found, quads, err := opened(t, dir)
				if err != nil {
					t.Fatalf("after step %d: %v", acked, err)
				}
				// Compactions leave no mark, so that the state may be that of an earlier step if only those came since.
				if want := m.after(found); !slices.Equal(quads, want) {
					t.Fatalf("after step %d the store is in no state: %d quads, step %d has %d", acked, len(quads), found, len(want))
				}
				if next := m.after(acked); found < acked && !slices.Equal(quads, next) {
					t.Fatalf("step %d was acknowledged, the store is at %d", acked, found)
				}
				at = found
			}
		})
	}
}

// TestSecondProcessIsToldWhoHasTheStore opens a store that a child process holds.
func TestSecondProcessIsToldWhoHasTheStore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := startChild(t, dir, 3)
	<-c.ready
	_, err := store.Open(dir, store.Options{})
	if pid := fmt.Sprintf("process %d", c.cmd.Process.Pid); !errors.Is(err, store.ErrLocked) || !strings.Contains(err.Error(), pid) {
		t.Errorf("got %v, want ErrLocked and %s", err, pid)
	}
	if _, err := store.Open(dir, store.Options{ReadOnly: true}); !errors.Is(err, store.ErrLocked) {
		t.Errorf("a reader: got %v, want ErrLocked", err)
	}
	c.kill(0)
	if _, _, err := opened(t, dir); err != nil {
		t.Error(err)
	}
}

// TestCopyWithTornTails copies a directory while a process writes to it, and cuts or overwrites with zeros the ends of
// files. Such a copy is refused or found damaged, or is in the state after some step; it is never misread.
func TestCopyWithTornTails(t *testing.T) {
	t.Parallel()
	if raceDetector {
		t.Skip("Badger gives up damaged tables while it still opens them")
	}
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	const seed = 8
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(seed, 5))
	c := startChild(t, dir, seed)
	<-c.ready
	m := &model{seed: seed, quads: map[string]bool{}}
	for round := range rounds {
		time.Sleep(time.Duration(r.IntN(30)) * time.Millisecond)
		to := filepath.Join(t.TempDir(), "copy")
		if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
			continue // a file went while we copied
		}
		var files []string
		_ = filepath.WalkDir(to, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && filepath.Base(path) != "LOCK" {
				files = append(files, path)
			}
			return nil
		})
		if round%3 > 0 {
			tear(t, r, files[r.IntN(len(files))], round%3 == 1)
		}
		found, quads, err := opened(t, to)
		if err != nil {
			continue
		}
		if want := m.after(found); !slices.Equal(quads, want) {
			t.Errorf("round %d: the copy is in no state: %d quads, step %d has %d", round, len(quads), found, len(want))
		}
	}
	c.kill(0)
}

// tear cuts a file's end off, or fills it with zeros.
func tear(t *testing.T, r *rand.Rand, path string, cut bool) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	keep := info.Size() - min(info.Size(), int64(1+r.IntN(5000)))
	if err := os.Truncate(path, keep); err != nil {
		t.Fatal(err)
	}
	if !cut {
		if err := os.Truncate(path, info.Size()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFlippedBitsAreReported changes single bits of the files of a store. What is then read is an error, or right.
func TestFlippedBitsAreReported(t *testing.T) {
	t.Parallel()
	if raceDetector {
		t.Skip("Badger gives up damaged tables while it still opens them")
	}
	rounds := 100
	if testing.Short() {
		rounds = 20
	}
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(4, 4))
	s, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var quads slice
	for range 3000 {
		quads = append(quads, randomQuad(r))
	}
	if _, err := s.Load(context.Background(), &quads, store.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	n := s.Snapshot()
	want := dump(t, n, store.OSPG)
	n.Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(dir, "data-*", "*.sst"))
	if err != nil || len(tables) == 0 {
		t.Fatal(tables, err)
	}
	reported := 0
	for round := range rounds {
		path := tables[r.IntN(len(tables))]
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		at, bit := r.IntN(len(b)), byte(1)<<r.IntN(8)
		if round%2 == 0 { // what Badger reads as it opens a table stands at its end
			at = len(b) - 1 - r.IntN(min(len(b), 6000))
		}
		b[at] ^= bit
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		_, got, err := opened(t, dir)
		switch {
		case err != nil:
			reported++
		case !slices.Equal(got, want):
			t.Errorf("bit %02x at %d of %s: misread", bit, at, filepath.Base(path))
		}
		b[at] ^= bit
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if reported == 0 {
		t.Errorf("none of %d changes was noticed", rounds)
	}
	t.Logf("%d of %d changes were reported, the others changed nothing that is read", reported, rounds)
}
