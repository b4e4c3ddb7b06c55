package main

import (
	"github.com/spf13/cobra"

	"sett/graph"
	"sett/graph/rdf"
	"sett/repl"
)

// debugCommand shows the bytes on disk to those who work on them. Help does not list it.
func (a *app) debugCommand() *cobra.Command {
	debug := &cobra.Command{Use: "debug", Short: "bytes on disk, with what they mean", Hidden: true, Args: noArguments}
	debug.AddCommand(
		&cobra.Command{
			Use:   "order ORDER",
			Short: "where the pages of an order begin, and how many rows each has",
			Args:  arguments(1, 1, "an order such as SPOG"),
			RunE: a.onDatabase(func(c *cobra.Command, db *graph.DB, args []string) error {
				return db.PrintOrder(a.out, args[0])
			}),
		},
		&cobra.Command{
			Use:     "page ORDER [TERM …]",
			Short:   "the bytes and rows of the page in which the rows begin that start with some terms",
			Example: "  sett debug page POSG rdf:type :Model",
			Args:    arguments(1, 5, "an order such as SPOG and at most four terms"),
			RunE: a.onDatabase(func(c *cobra.Command, db *graph.DB, args []string) error {
				terms, err := a.objects(c, db, args[1:])
				if err != nil {
					return err
				}
				return db.PrintPage(a.out, args[0], terms...)
			}),
		},
		&cobra.Command{
			Use:   "term TERM",
			Short: "a term's id and the bytes that hold the term",
			Args:  arguments(1, 1, "a term"),
			RunE: a.onDatabase(func(c *cobra.Command, db *graph.DB, args []string) error {
				terms, err := a.objects(c, db, args)
				if err != nil {
					return err
				}
				return db.PrintTerm(a.out, terms[0])
			}),
		})
	return debug
}

// onDatabase opens the database for a command.
func (a *app) onDatabase(run func(c *cobra.Command, db *graph.DB, args []string) error) func(*cobra.Command, []string) error {
	return interruptible(func(c *cobra.Command, args []string) error {
		db, err := a.open()
		if err != nil {
			return err
		}
		defer db.Close()
		return run(c, db, args)
	})
}

// objects resolves what was typed for terms: names, IRIs, labels, literals.
func (a *app) objects(c *cobra.Command, db *graph.DB, texts []string) ([]rdf.Term, error) {
	e := repl.Explorer{DB: db, Prefixes: repl.DefaultPrefixes()}
	terms := make([]rdf.Term, len(texts))
	for i, text := range texts {
		var err error
		if terms[i], err = e.Object(c.Context(), text); err != nil {
			return nil, err
		}
	}
	return terms, nil
}
