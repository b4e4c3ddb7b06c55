package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sett/graph"
	"sett/graph/dot"
	"sett/repl"
)

// explainFormats are the forms of a plan.
var explainFormats = []string{"text", "json", "dot"}

func (a *app) explainCommand() *cobra.Command {
	var file, lang, to, out string
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
	c.Flags().StringVar(&to, "to", "text", "text, json or dot")
	c.Flags().StringVar(&out, "out", "", "draw the plan into a file, .dot .svg .png or .jpg by its name")
	limits.flags(c)
	c.RunE = interruptible(func(c *cobra.Command, args []string) error {
		picture, isPicture := dot.FormatByPath(out)
		if out != "" && !isPicture {
			return &repl.UsageError{Msg: fmt.Sprintf("--out %s: expected .dot, .svg, .png or .jpg at its end", out)}
		}
		if !slices.Contains(explainFormats, to) {
			return &repl.UsageError{Msg: fmt.Sprintf("--to %s: expected text, json or dot", to)}
		}
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
		db, err := a.openWithin(opt.Memory)
		if err != nil {
			return err
		}
		defer db.Close()
		var plan string
		var tree *graph.Operator
		asTree := isPicture || to != "text"
		switch {
		case profile:
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
			if asTree {
				tree, err = res.ProfileTree()
			}
			if err != nil {
				return err
			}
			plan = res.Profile()
		case asTree:
			if tree, err = db.ExplainTree(c.Context(), text, opt); err != nil {
				return err
			}
		default:
			if plan, err = db.Explain(c.Context(), text, opt); err != nil {
				return err
			}
		}
		switch {
		case isPicture:
			return drawPlan(c.Context(), tree, picture, out)
		case to == "json":
			e := json.NewEncoder(a.out)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(tree)
		case to == "dot":
			return planPicture(tree).Write(c.Context(), a.out, dot.DOT)
		default:
			fmt.Fprintln(a.out, strings.TrimRight(plan, "\n"))
		}
		return nil
	})
	return c
}

// drawPlan writes a picture of a plan into a file.
func drawPlan(ctx context.Context, tree *graph.Operator, f dot.Format, path string) error {
	w, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(planPicture(tree).Write(ctx, w, f), w.Close())
}
