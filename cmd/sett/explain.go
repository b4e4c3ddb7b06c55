package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"sett/repl"
)

func (a *app) explainCommand() *cobra.Command {
	var file, lang string
	var profile bool
	var limits limits
	c := &cobra.Command{
		Use:   "explain [TEXT]",
		Short: "show a query's plan with estimates; --profile runs it and adds rows and times",
		Args:  arguments(0, 1, "one query"),
	}
	c.Flags().StringVarP(&file, "file", "f", "", "read the query from a file")
	c.Flags().StringVar(&lang, "lang", "sparql", "query language: sparql, gizmo, graphql or mql")
	c.Flags().BoolVar(&profile, "profile", false, "run the query, and add the rows and the time of each step")
	limits.flags(c)
	c.RunE = interruptible(func(c *cobra.Command, args []string) error {
		opt, err := limits.options()
		if err != nil {
			return err
		}
		opt.Lang = lang
		text, err := a.text(args, file)
		if err != nil {
			return err
		}
		db, err := a.open()
		if err != nil {
			return err
		}
		defer db.Close()
		if !profile {
			plan, err := db.Explain(c.Context(), text, opt)
			if err != nil {
				return err
			}
			fmt.Fprintln(a.out, strings.TrimRight(plan, "\n"))
			return nil
		}
		opt.Profile = true
		res, err := db.Query(c.Context(), text, opt)
		if err != nil {
			return err
		}
		defer res.Close()
		printer := repl.Printer{Out: io.Discard, Prefixes: opt.Prefixes, To: "tsv"}
		if _, err := printer.Print(c.Context(), res); err != nil {
			return err
		}
		fmt.Fprintln(a.out, strings.TrimRight(res.Profile(), "\n"))
		return nil
	})
	return c
}
