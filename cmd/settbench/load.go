package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/kv/bolt"
	"github.com/cayleygraph/cayley/graph/kv/leveldb"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
	"github.com/dgraph-io/badger/v4"
	hkv "github.com/hidal-go/hidalgo/kv"
	"github.com/spf13/cobra"

	cayley "github.com/cayleygraph/cayley/graph"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
)

// loaders are the stores that this program itself can fill, each in a process of its own, so that its memory can be told.
var loaders = []struct {
	name string
	fill func(ctx context.Context, file, dir string) error
}{
	{"sett", fillSett},
	{"cayley-leveldb", cayleyOn(leveldb.Create)},
	{"cayley-bolt", cayleyOn(bolt.Create)},
	{"badger", fillBadger},
}

func loadCommand() *cobra.Command {
	var peers []string
	var work, only string
	cmd := &cobra.Command{
		Use:   "load FILE.nt",
		Short: "load N-Triples into sett and other stores, and print rates, sizes and memory as a table",
		Long: `Loads a file into sett, Cayley 0.7.7 on LevelDB and on Bolt, and Badger with a key for each triple in three orders; and into the
engines that --peer names. Each runs in a process of its own; it has ended when the data are durable.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			others, err := openPeers(peers)
			if err != nil {
				return err
			}
			return compareLoads(cmd.Context(), cmd.OutOrStdout(), args[0], work, only, others)
		},
	}
	cmd.Flags().StringArrayVar(&peers, "peer", nil, peerHelp())
	cmd.Flags().StringVar(&work, "work", "", "folder for the stores; one that goes away if not given")
	cmd.Flags().StringVar(&only, "only", "", "of the stores that need no --peer, only this")
	return cmd
}

// fillCommand is what load runs for each store of its own.
func fillCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "fill STORE FILE DIRECTORY",
		Hidden: true,
		Args:   cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, l := range loaders {
				if l.name == args[0] {
					return l.fill(cmd.Context(), args[1], args[2])
				}
			}
			return fmt.Errorf("no store %q", args[0])
		},
	}
}

func compareLoads(ctx context.Context, w io.Writer, file, work, only string, peers []namedPeer) (err error) {
	if work == "" {
		if work, err = os.MkdirTemp("", "settbench"); err != nil {
			return err
		}
		defer os.RemoveAll(work)
	}
	triples, err := countLines(file)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var rows [][]string
	var own time.Duration
	add := func(name string, took time.Duration, memory string) {
		if name == "sett" {
			own = took
		}
		ratio := "–"
		if own > 0 {
			ratio = fmt.Sprintf("%.2f", float64(took)/float64(own))
		}
		rows = append(rows, []string{name, fmt.Sprintf("%.1f", took.Seconds()), fmt.Sprintf("%.0f", float64(triples)/took.Seconds()/1000),
			ratio, fmt.Sprintf("%.1f", float64(size(filepath.Join(work, name)))/float64(triples)), memory})
	}
	for _, l := range loaders {
		if only != "" && l.name != only {
			continue
		}
		cmd := exec.CommandContext(ctx, self, "fill", l.name, file, filepath.Join(work, l.name))
		cmd.Stderr = os.Stderr
		begin := time.Now()
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		add(l.name, time.Since(begin), peakMemory(cmd.ProcessState))
	}
	for _, p := range peers {
		begin := time.Now()
		err := p.load(ctx, file, filepath.Join(work, p.name))
		took := time.Since(begin)
		p.close()
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		add(p.name, took, "–")
	}
	table(w, []string{"store", "seconds", "1,000 triples/s", "/ sett", "bytes/triple", "peak MiB"}, rows)
	return nil
}

// countLines counts the statements of a file with one in each line.
func countLines(file string) (n int, err error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	buf := make([]byte, 1<<20)
	for {
		k, err := f.Read(buf)
		for _, c := range buf[:k] {
			if c == '\n' {
				n++
			}
		}
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// openTriples opens a file of N-Triples.
func openTriples(file string) (rdfio.Reader, io.Closer, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	format, _ := rdfio.FormatByName("ntriples")
	r, err := rdfio.NewReader(f, format, rdfio.ReaderOptions{File: file})
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return r, f, nil
}

func fillSett(ctx context.Context, file, dir string) error {
	r, f, err := openTriples(file)
	if err != nil {
		return err
	}
	defer f.Close()
	db, err := graph.Open(dir, graph.Options{})
	if err != nil {
		return err
	}
	_, err = db.Load(ctx, r, graph.LoadOptions{})
	return errors.Join(err, db.Close())
}

// cayleyOn loads as Cayley's own loader does: batches of ten thousand quads.
func cayleyOn(create func(string, cayley.Options) (hkv.KV, error)) func(context.Context, string, string) error {
	return func(_ context.Context, file, dir string) error {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		db, err := create(dir, nil)
		if err != nil {
			return err
		}
		if err := kv.Init(db, nil); err != nil {
			return errors.Join(err, db.Close())
		}
		qs, err := kv.New(db, nil)
		if err != nil {
			return errors.Join(err, db.Close())
		}
		w, err := qs.NewQuadWriter()
		if err != nil {
			return errors.Join(err, qs.Close())
		}
		_, err = quad.CopyBatch(w, nquads.NewReader(f, false), quad.DefaultBatch)
		return errors.Join(err, w.Close(), qs.Close())
	}
}

// fillBadger keeps each triple as a key of its text, in three orders.
func fillBadger(ctx context.Context, file, dir string) error {
	r, f, err := openTriples(file)
	if err != nil {
		return err
	}
	defer f.Close()
	db, err := badger.Open(badger.DefaultOptions(dir).WithLogger(nil).WithSyncWrites(true))
	if err != nil {
		return err
	}
	batch := db.NewWriteBatch()
	for q, err := range rdfio.Quads(r) {
		if err == nil {
			err = ctx.Err()
		}
		for i, o := range [3][3]rdf.Term{{q.S, q.P, q.O}, {q.P, q.O, q.S}, {q.O, q.S, q.P}} {
			if err == nil {
				err = batch.Set(fmt.Appendf(nil, "%d%s\x00%s\x00%s", i, o[0], o[1], o[2]), nil)
			}
		}
		if err != nil {
			batch.Cancel()
			return errors.Join(err, db.Close())
		}
	}
	return errors.Join(batch.Flush(), db.Close())
}
