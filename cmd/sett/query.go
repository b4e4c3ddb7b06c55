package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sett/graph"
	"sett/graph/sparql"
	"sett/repl"
)

// output are the flags of commands that print results.
type output struct {
	to    string
	timer bool
}

func (o *output) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.to, "to", "", "form of results: table (default), json, xml, csv, tsv, ndjson; graphs: turtle (default), ntriples, nquads, trig, jsonld, dot")
	c.Flags().BoolVar(&o.timer, "timer", false, "print the time from parsing to the last row, output not counted")
}

func (a *app) queryCommand() *cobra.Command {
	var file, lang string
	var out output
	var limits limits
	c := &cobra.Command{
		Use:   "query [TEXT]",
		Short: "run one query, given as text, in a file, or on standard input",
		Args:  arguments(0, 1, "one query"),
		Example: `  sett query 'SELECT ?model ?n WHERE { ?model :parameters ?n } ORDER BY DESC(?n) LIMIT 5'
  sett query -f question.rq --to csv`,
	}
	c.Flags().StringVarP(&file, "file", "f", "", "read the query from a file")
	c.Flags().StringVar(&lang, "lang", "sparql", "query language: sparql, gizmo, graphql or mql")
	out.flags(c)
	limits.flags(c)
	c.RunE = interruptible(func(c *cobra.Command, args []string) error {
		opt, err := limits.options()
		if err != nil {
			return err
		}
		if opt.Lang, err = language(lang); err != nil {
			return err
		}
		text, err := a.text(args, file)
		if err != nil {
			return err
		}
		return a.query(c, text, opt, out)
	})
	return c
}

// language checks the name of a query language.
func language(name string) (string, error) {
	if !slices.Contains(repl.Languages(), name) {
		return "", &repl.UsageError{Msg: fmt.Sprintf("--lang %s: expected one of %s", name, strings.Join(repl.Languages(), ", "))}
	}
	return name, nil
}

// query opens the database, runs one query and prints its results.
func (a *app) query(c *cobra.Command, text string, opt graph.QueryOptions, out output) error {
	if err := repl.CheckFormat(out.to); err != nil {
		return err
	}
	db, err := a.openWithin(opt.Memory)
	if err != nil {
		return err
	}
	defer db.Close()
	return a.print(c, db, text, opt, out)
}

// print runs a query and prints its results, and its time if asked to.
func (a *app) print(c *cobra.Command, db *graph.DB, text string, opt graph.QueryOptions, out output) error {
	start := time.Now()
	res, err := db.Query(c.Context(), text, opt)
	if err != nil {
		return err
	}
	defer res.Close()
	if opt.Params == nil { // a saved query may leave out parameters
		a.warn(res.Warnings())
	}
	if text := repl.Misfit(out.to, res.Form); text != "" {
		a.remark("--to %s", text)
	}
	printer := repl.Printer{Out: a.out, Prefixes: repl.Declared(opt.Prefixes, text), To: out.to, Width: a.width(), Color: a.colored(a.out)}
	asked := time.Since(start)
	took, err := printer.Print(c.Context(), res)
	if err != nil {
		return err
	}
	if out.timer {
		a.timer(asked + took)
	}
	return nil
}

// warn says what is suspicious in a query or an update.
func (a *app) warn(warnings []sparql.Warning) {
	for _, text := range repl.WarningTexts(warnings) {
		a.remark("%s", text)
	}
}

func (a *app) timer(d time.Duration) {
	fmt.Fprintf(a.err, "time: %.3f ms\n", float64(d.Microseconds())/1000)
}
