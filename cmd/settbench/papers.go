package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
	"github.com/spf13/cobra"

	"sett/cmd/settbench/papers"
)

func papersCommand() *cobra.Command {
	var opt papers.Options
	var out string
	cmd := &cobra.Command{
		Use:   "papers",
		Short: "write made-up papers as JSON lines like arXiv's public dump, for sett load and sett extract",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opt.Papers < 0 {
				return fmt.Errorf("--count %d: expected a number of papers", opt.Papers)
			}
			if out == "" {
				return writePapers(cmd.Context().Done(), cmd.OutOrStdout(), opt)
			}
			return papersInto(cmd.Context().Done(), out, opt)
		},
	}
	cmd.Flags().IntVar(&opt.Papers, "count", 10000, "number of papers, about 2 KB each")
	cmd.Flags().Uint64Var(&opt.Seed, "seed", 0, "another seed, other papers")
	cmd.Flags().StringVar(&out, "out", "", "file instead of standard output; packed if its name ends in .gz or .zst")
	return cmd
}

// writePapers writes the papers, until done.
func writePapers(done <-chan struct{}, w io.Writer, opt papers.Options) error {
	out := bufio.NewWriterSize(w, 1<<20)
	err := papers.Generate(opt, func(line []byte) error {
		select {
		case <-done:
			return io.ErrClosedPipe
		default:
		}
		_, err := out.Write(line)
		return err
	})
	return errors.Join(err, out.Flush())
}

// papersInto writes the papers to a file, packed as its name says. After an error there is no file.
func papersInto(done <-chan struct{}, path string, opt papers.Options) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	pack := io.WriteCloser(unpacked{f})
	switch filepath.Ext(path) {
	case ".gz":
		pack = gzip.NewWriter(f)
	case ".zst":
		if pack, err = zstd.NewWriter(f); err != nil {
			return err
		}
	}
	return errors.Join(writePapers(done, pack, opt), pack.Close())
}

// unpacked is a file that somebody else closes.
type unpacked struct{ io.Writer }

func (unpacked) Close() error { return nil }
