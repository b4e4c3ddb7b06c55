package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"sett/graph"
	"sett/repl"
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "write the database to one file; - is standard output",
		Args:  arguments(1, 1, "a file"),
		RunE: interruptible(func(c *cobra.Command, args []string) error {
			db, err := a.open()
			if err != nil {
				return err
			}
			defer db.Close()
			if args[0] == "-" {
				return db.Backup(c.Context(), a.out)
			}
			return repl.SaveFile(args[0], func(w io.Writer) error { return db.Backup(c.Context(), w) })
		}),
	}
}

func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "make the database of --db from a backup; - is standard input",
		Args:  arguments(1, 1, "a file"),
		RunE: interruptible(func(c *cobra.Command, args []string) error {
			ok, err := a.exists()
			if err != nil {
				return err
			}
			if ok {
				return fmt.Errorf("%s: there is a database already: restore into a folder that does not exist, by --db", a.db)
			}
			in := a.in
			if args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return err
				}
				defer f.Close()
				in = f
			}
			if err := graph.Restore(c.Context(), a.db, in); err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			return nil
		}),
	}
}
