package main

import (
	"context"

	"github.com/spf13/cobra"

	"sett/graph"
	"sett/repl"
)

// promptCommand makes the root command open the prompt, or run standard input.
func (a *app) promptCommand(root *cobra.Command) {
	var empty, timer bool
	var to, lang string
	var folders []string
	var limits limits
	flags := root.Flags()
	flags.BoolVar(&empty, "empty", false, "a new database begins without ontology, lexicon and seed papers")
	flags.BoolVar(&timer, "timer", false, "print the time of each statement")
	flags.StringVar(&to, "to", "", "form of results: table, json, xml, csv, tsv, ndjson; graphs: turtle, ntriples, nquads, trig, jsonld, dot")
	flags.StringVar(&lang, "lang", "sparql", "query language: sparql, gizmo, graphql or mql")
	flags.StringArrayVar(&folders, "queries", nil, "a folder of saved queries")
	limits.flags(root)
	root.RunE = func(c *cobra.Command, args []string) error {
		opt, err := limits.options()
		if err != nil {
			return err
		}
		if opt.Lang, err = language(lang); err != nil {
			return err
		}
		if err := areFolders(folders); err != nil {
			return err
		}
		if err := repl.CheckFormat(to); err != nil {
			return err
		}
		interactive := terminal(a.in) && terminal(a.out)
		run := func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			begin := papers
			if empty {
				begin = nothing
			}
			s := repl.NewSession(nil, repl.Options{
				Out: a.out, Err: a.err, Query: opt, Queries: folders, To: to, Timer: timer, Quiet: a.quiet,
				Open: func(ctx context.Context, dir string, write bool) (*graph.DB, error) {
					there := *a
					there.db = dir
					return there.openOrMake(ctx, begin, graph.Options{ReadOnly: !write})
				},
				Load: a.loadHere, Fetch: fetch,
			})
			if err := s.OpenDir(ctx, a.db); err != nil {
				return err
			}
			defer s.Close()
			if !interactive {
				return s.Script(ctx, a.in)
			}
			s.Width, s.Measure, s.Color, s.History = a.width(), a.width, a.colored(a.out), repl.HistoryFile()
			return s.Prompt(ctx)
		}
		if interactive {
			return run(c, args) // the prompt takes interrupts itself
		}
		return interruptible(run)(c, args)
	}
}
