package main

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/repl"
)

// rdfFormats are the names that --to takes where RDF is written.
var rdfFormats = []string{"nquads", "trig", "turtle", "ntriples", "jsonld"}

// rdfWriter returns a writer of standard output in a format by its name.
func (a *app) rdfWriter(to string) (rdfio.Writer, error) {
	for _, name := range rdfFormats {
		if name == to {
			format, ok := rdfio.FormatByName(to)
			if !ok {
				return nil, fmt.Errorf("writing %s is not there yet", to)
			}
			return rdfio.NewWriter(a.out, format, rdfio.WriterOptions{Prefixes: repl.DefaultPrefixes()})
		}
	}
	return nil, &repl.UsageError{Msg: fmt.Sprintf("--to %s: expected one of %s", to, strings.Join(rdfFormats, ", "))}
}

func (a *app) exportCommand() *cobra.Command {
	var to, graphName, construct string
	var limits limits
	c := &cobra.Command{
		Use:   "export",
		Short: "everything, or --graph IRI, or --construct FILE, as RDF on standard output",
		Args:  noArguments,
	}
	c.Flags().StringVar(&to, "to", "nquads", "one of "+strings.Join(rdfFormats, ", "))
	c.Flags().StringVar(&graphName, "graph", "", "only one graph: a prefixed name or an IRI; \"default\" is the default graph")
	c.Flags().StringVar(&construct, "construct", "", "what a CONSTRUCT query in a file yields")
	limits.flags(c)
	c.RunE = interruptible(func(c *cobra.Command, args []string) error {
		opt, err := limits.options()
		if err != nil {
			return err
		}
		if graphName != "" && construct != "" {
			return &repl.UsageError{Msg: "expected --graph or --construct, got both"}
		}
		w, err := a.rdfWriter(to)
		if err != nil {
			return err
		}
		db, err := a.open()
		if err != nil {
			return err
		}
		defer db.Close()
		var quads iter.Seq2[rdf.Quad, error]
		switch {
		case construct != "":
			text, err := os.ReadFile(construct)
			if err != nil {
				return err
			}
			res, err := db.Query(c.Context(), string(text), opt)
			if err != nil {
				return err
			}
			defer res.Close()
			if res.Form != graph.Construct && res.Form != graph.Describe {
				return fmt.Errorf("%s: expected a CONSTRUCT or DESCRIBE query, which yields a graph", construct)
			}
			quads = res.Quads()
		case graphName != "":
			var g rdf.Term
			if graphName != "default" {
				g = iri(graphName)
			}
			if quads = db.Quads(c.Context(), &g); !g.IsZero() && isEmpty(quads) {
				return fmt.Errorf("%s: no graph %s; sett query 'SELECT DISTINCT ?g { GRAPH ?g {} }' lists them", a.db, graphName)
			}
		default:
			quads = db.Quads(c.Context(), nil)
		}
		for q, err := range quads {
			if err != nil {
				return err
			}
			if err := w.Write(q); errors.Is(err, rdfio.ErrUnwritable) {
				return fmt.Errorf("%w, in the statement %s; sett backup keeps such statements too", err, strings.TrimSpace(q.String()))
			} else if err != nil {
				return err
			}
		}
		return w.Close()
	})
	return c
}

// isEmpty reports whether a sequence that can be walked again holds nothing, not even an error.
func isEmpty(quads iter.Seq2[rdf.Quad, error]) bool {
	for range quads {
		return false
	}
	return true
}

// iri reads an IRI given as a prefixed name, in <>, or bare.
func iri(text string) rdf.Term {
	if full, ok := repl.DefaultPrefixes().Expand(text); ok {
		return rdf.NewIRI(full)
	}
	return rdf.NewIRI(strings.TrimSuffix(strings.TrimPrefix(text, "<"), ">"))
}
