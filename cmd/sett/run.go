package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"sett/repl"
)

func (a *app) runCommand() *cobra.Command {
	var out output
	var limits limits
	var folders []string
	c := &cobra.Command{
		Use:     "run NAME [k=v …]",
		Short:   "run a saved query",
		Example: `  sett run models-by-architecture architecture='state-space model' --to csv`,
		Args:    arguments(1, -1, "a saved query's name, and k=v for its parameters"),
	}
	c.Flags().StringArrayVar(&folders, "queries", nil, "a folder of saved queries, before ./queries and the built-in ones")
	out.flags(c)
	limits.flags(c)
	c.RunE = interruptible(func(c *cobra.Command, args []string) error {
		if err := areFolders(folders); err != nil {
			return err
		}
		opt, err := limits.options()
		if err != nil {
			return err
		}
		if err := repl.CheckFormat(out.to); err != nil {
			return err
		}
		q, err := repl.Library(folders).Find(args[0])
		if err != nil {
			return err
		}
		values, err := repl.Arguments(args[1:])
		if err != nil {
			return err
		}
		db, err := a.open()
		if err != nil {
			return err
		}
		defer db.Close()
		if opt.Params, err = (repl.Explorer{DB: db, Prefixes: opt.Prefixes}).Bind(c.Context(), q, values); err != nil {
			return err
		}
		opt.Lang = q.Lang
		return a.print(c, db, q.Text, opt, out)
	})
	return c
}

func (a *app) queriesCommand() *cobra.Command {
	var folders []string
	c := &cobra.Command{
		Use:   "queries",
		Short: "the saved queries: name, title, parameters",
		Args:  noArguments,
	}
	c.Flags().StringArrayVar(&folders, "queries", nil, "a folder of saved queries, before ./queries and the built-in ones")
	c.RunE = func(*cobra.Command, []string) error {
		if err := areFolders(folders); err != nil {
			return err
		}
		repl.PrintQueries(a.out, repl.Library(folders).List(), a.width())
		return nil
	}
	return c
}

// areFolders looks at what --queries names: the folders that are searched anyway may be missing, not these.
func areFolders(folders []string) error {
	for _, folder := range folders {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return &repl.UsageError{Msg: fmt.Sprintf("--queries %s: expected a folder of saved queries", folder)}
		}
	}
	return nil
}
