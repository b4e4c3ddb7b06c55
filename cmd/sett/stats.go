package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"sett/repl"
)

func (a *app) statsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stats",
		Short: "triples, terms, graphs, classes, predicates, bytes on disk by part",
		Args:  noArguments,
		RunE: interruptible(func(c *cobra.Command, args []string) error {
			db, err := a.open()
			if err != nil {
				return err
			}
			defer db.Close()
			stats, err := db.Stats(c.Context())
			if err != nil {
				return err
			}
			total, err := diskBytes(a.db)
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			fmt.Fprintf(w, "quads\t%d\nterms\t%d\ngraphs\t%d\nbytes on disk\t%d\n", stats.Quads, stats.Terms, stats.Graphs, total)
			for _, o := range stats.Orders {
				fmt.Fprintf(w, "  %v\t%d\t%d rows\n", o.Order, o.Bytes, o.Rows)
			}
			fmt.Fprintf(w, "  dictionary\t%d\n  directory\t%d\n", stats.DictionaryBytes, stats.OtherBytes)
			if stats.Quads > 0 {
				fmt.Fprintf(w, "bytes a quad\t%.1f\n", float64(total)/float64(stats.Quads))
			}
			if err := w.Flush(); err != nil {
				return err
			}
			s := repl.NewSession(db, repl.Options{Out: a.out, Err: a.err})
			return s.Counts(c.Context())
		}),
	}
}

// diskBytes adds up the files below a folder.
func diskBytes(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}
