package main

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
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
			parts, total, err := diskParts(a.db)
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			fmt.Fprintf(w, "quads\t%d\nterms\t%d\ngraphs\t%d\n", stats.Quads, stats.Terms, stats.Graphs)
			for _, o := range stats.Orders {
				fmt.Fprintf(w, "rows in %v\t%d\n", o.Order, o.Rows)
			}
			fmt.Fprintf(w, "bytes on disk\t%d\n", total)
			for _, name := range slices.Sorted(maps.Keys(parts)) {
				fmt.Fprintf(w, "  %s\t%d\n", name, parts[name])
			}
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

// partNames says what the files of a database hold, by their endings.
var partNames = map[string]string{".sst": "pages", ".mem": "log of recent commits", ".vlog": "value log"}

// diskParts adds up the files below a folder, by what they hold.
func diskParts(dir string) (parts map[string]int64, total int64, err error) {
	parts = make(map[string]int64)
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, ok := partNames[filepath.Ext(path)]
		if !ok {
			name = "other"
		}
		parts[name] += info.Size()
		total += info.Size()
		return nil
	})
	return parts, total, err
}
