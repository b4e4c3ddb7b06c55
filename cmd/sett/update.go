package main

import (
	"time"

	"github.com/spf13/cobra"

	"sett/graph"
	"sett/graph/sparql"
	"sett/repl"
)

func (a *app) updateCommand() *cobra.Command {
	var file string
	var timer bool
	var limits limits
	c := &cobra.Command{
		Use:     "update [TEXT]",
		Short:   "run one update request, given as text, in a file, or on standard input",
		Args:    arguments(0, 1, "one update request"),
		Example: `  sett update 'INSERT DATA { model:mine a :Model ; rdfs:label "Mine" }'`,
	}
	c.Flags().StringVarP(&file, "file", "f", "", "read the request from a file")
	c.Flags().BoolVar(&timer, "timer", false, "print the time it took")
	limits.flags(c)
	c.RunE = interruptible(func(c *cobra.Command, args []string) error {
		opt, err := limits.options()
		if err != nil {
			return err
		}
		text, err := a.text(args, file)
		if err != nil {
			return err
		}
		db, err := a.openOrMake(c.Context(), vocabulary, graph.Options{})
		if err != nil {
			return err
		}
		defer db.Close()
		start := time.Now()
		var done graph.UpdateStats
		var warnings []sparql.Warning
		if err := db.Update(c.Context(), text, graph.UpdateOptions{
			Prefixes: opt.Prefixes, Timeout: opt.Timeout, Memory: opt.Memory, Threads: opt.Threads, DefaultGraph: opt.DefaultGraph, Fetch: fetch, Stats: &done, Warnings: &warnings,
		}); err != nil {
			return err
		}
		a.warn(warnings)
		if terminal(a.err) {
			a.remark("%s", repl.UpdateNote(done))
		}
		if timer {
			a.timer(time.Since(start))
		}
		return nil
	})
	return c
}
