package main

import (
	"github.com/spf13/cobra"

	"sett/repl"
)

func (a *app) whyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "why S P O",
		Short: "the evidence of a statement: quote, paper, rule, confidence",
		Example: `  sett why model:falcon-mamba-7b :trainingTokens 5800000000000
  sett why 'Falcon Mamba 7B' :architecture Mamba`,
		Args: arguments(3, 3, "a subject, a predicate and an object"),
		RunE: interruptible(func(c *cobra.Command, args []string) error {
			db, err := a.open()
			if err != nil {
				return err
			}
			defer db.Close()
			e := repl.Explorer{DB: db, Prefixes: repl.DefaultPrefixes(), Width: a.width(), Color: a.colored(a.out)}
			return e.PrintWhy(c.Context(), a.out, args[0], args[1], args[2])
		}),
	}
}
