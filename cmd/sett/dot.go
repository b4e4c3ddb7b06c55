package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sett/graph"
	"sett/graph/dot"
	"sett/graph/rdf"
	"sett/repl"
)

func (a *app) dotCommand() *cobra.Command {
	var query, out, layout string
	var path bool
	var depth, limit int
	var limits limits
	c := &cobra.Command{
		Use:   "dot [NODE …]",
		Short: "a picture: nodes' neighbourhood, or --query FILE, or --path FROM TO",
		Example: `  sett dot model:zamba2 --depth 2 --out zamba2.svg
  sett dot --path 'Falcon Mamba 7B' Zamba2 --out path.png
  sett dot --query models.rq --out models.svg`,
	}
	c.Flags().StringVar(&query, "query", "", "draw what a CONSTRUCT or DESCRIBE query in a file yields; of .gizmo, .graphql and .mql what connects the nodes in the rows")
	c.Flags().BoolVar(&path, "path", false, "draw a shortest path between the two nodes given")
	c.Flags().IntVar(&depth, "depth", 1, "steps from the nodes")
	c.Flags().IntVar(&limit, "limit", dot.DefaultLimit, "most nodes drawn; 0 draws all")
	c.Flags().StringVar(&out, "out", "", "file to write, .dot .svg .png or .jpg by its name; without it DOT is printed")
	c.Flags().StringVar(&layout, "layout", "dot", "Graphviz's layout: "+strings.Join(dot.Layouts(), ", "))
	limits.flags(c)
	c.Args = func(c *cobra.Command, args []string) error {
		switch {
		case query != "" && (path || len(args) > 0):
			return &repl.UsageError{Msg: "sett dot: expected --query FILE or nodes, got both"}
		case path:
			return arguments(2, 2, "two nodes, FROM and TO")(c, args)
		case query == "":
			return arguments(1, -1, "nodes, --query FILE, or --path FROM TO")(c, args)
		}
		return nil
	}
	c.RunE = interruptible(func(c *cobra.Command, args []string) error {
		if !slices.Contains(dot.Layouts(), layout) {
			return &repl.UsageError{Msg: fmt.Sprintf("--layout %s: expected one of %s", layout, strings.Join(dot.Layouts(), ", "))}
		}
		if _, ok := dot.FormatByPath(out); out != "" && !ok {
			return &repl.UsageError{Msg: fmt.Sprintf("--out %s: expected .dot, .svg, .png or .jpg at its end", out)}
		}
		if depth < 0 || limit < 0 {
			return &repl.UsageError{Msg: "--depth and --limit: expected no negative value"}
		}
		opt, err := limits.options()
		if err != nil {
			return err
		}
		ctx := c.Context()
		if opt.Timeout > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, opt.Timeout)
			defer cancel()
		}
		db, err := a.open()
		if err != nil {
			return err
		}
		defer db.Close()
		e := repl.Explorer{DB: db, Prefixes: opt.Prefixes, Query: opt}
		quads, focus, hubs, err := drawn(ctx, e, query, path, args, depth)
		if err != nil {
			return err
		}
		if limit == 0 {
			limit = -1
		}
		g, err := e.Picture(ctx, quads, dot.Options{Prefixes: opt.Prefixes, Focus: focus, Layout: layout, Limit: limit})
		if err != nil {
			return err
		}
		if shown, total := g.Drawn(); shown < total {
			a.remark("%d of %d nodes drawn; --limit %d draws all", shown, total, total)
		}
		if note := e.HubNote(hubs); note != "" {
			a.remark("%s", note)
		}
		if out == "" {
			return g.Write(ctx, a.out, dot.DOT)
		}
		return repl.SavePicture(ctx, g, out)
	})
	return c
}

// drawn returns the statements of a picture, the nodes it is about, and the hubs at which it stops.
func drawn(ctx context.Context, e repl.Explorer, query string, path bool, args []string, depth int) (quads []rdf.Quad, focus []rdf.Term, hubs []repl.Hub, err error) {
	if query != "" {
		text, err := os.ReadFile(query)
		if err != nil {
			return nil, nil, nil, err
		}
		if lang := strings.TrimPrefix(filepath.Ext(query), "."); slices.Contains([]string{"gizmo", "graphql", "mql"}, lang) {
			e.Query.Lang = lang
			quads, err = connected(ctx, e, string(text))
			return quads, nil, nil, err
		}
		quads, err = constructed(ctx, e.DB, string(text), e.Query)
		return quads, nil, nil, err
	}
	for _, arg := range args {
		t, err := e.Node(ctx, arg)
		if err != nil {
			return nil, nil, nil, err
		}
		focus = append(focus, t)
	}
	if path {
		quads, err = e.Path(ctx, focus[0], focus[1])
	} else {
		quads, hubs, err = e.Neighbourhood(ctx, focus, depth)
	}
	return quads, focus, hubs, err
}

// connected returns the statements among the nodes that a query's rows hold, and what these are said to be.
func connected(ctx context.Context, e repl.Explorer, text string) ([]rdf.Quad, error) {
	res, err := e.DB.Query(ctx, text, e.Query)
	if err != nil {
		return nil, err
	}
	defer res.Close()
	var nodes []rdf.Term
	seen := map[string]bool{}
	for row, err := range res.All() {
		if err != nil {
			return nil, err
		}
		for _, t := range row.Terms() {
			if t.IsIRI() && !seen[t.Value()] {
				seen[t.Value()] = true
				nodes = append(nodes, t.Clone())
			}
		}
	}
	return e.Between(ctx, nodes)
}

// constructed returns what a CONSTRUCT or DESCRIBE query yields.
func constructed(ctx context.Context, db *graph.DB, text string, opt graph.QueryOptions) ([]rdf.Quad, error) {
	res, err := db.Query(ctx, text, opt)
	if err != nil {
		return nil, err
	}
	defer res.Close()
	if res.Form != graph.Construct && res.Form != graph.Describe {
		return nil, fmt.Errorf("expected a CONSTRUCT or DESCRIBE query, which yields a graph")
	}
	var quads []rdf.Quad
	for q, err := range res.Quads() {
		if err != nil {
			return nil, err
		}
		quads = append(quads, q.Clone())
	}
	return quads, nil
}
