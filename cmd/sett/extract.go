package main

import (
	"io"

	"github.com/spf13/cobra"

	"sett/graph/rdf"
)

func (a *app) extractCommand() *cobra.Command {
	var to string
	var in input
	c := &cobra.Command{
		Use:   "extract FILE…",
		Short: "documents become quads on standard output, without a database; - is standard input",
		Args:  arguments(1, -1, "files, or - for standard input"),
	}
	in.flags(c)
	c.Flags().StringVar(&to, "to", "nquads", "one of nquads, trig, turtle, ntriples, jsonld")
	c.RunE = interruptible(func(c *cobra.Command, args []string) error {
		if err := in.check(); err != nil {
			return err
		}
		src, err := a.sources(c.Context(), args, in)
		if err != nil {
			return err
		}
		defer src.close()
		w, err := a.rdfWriter(to)
		if err != nil {
			return err
		}
		batch := make([]rdf.Quad, 1024)
		for {
			n, err := src.Read(batch)
			for _, q := range batch[:n] {
				if q.G.IsZero() {
					q.G = in.target()
				}
				if err := w.Write(q); err != nil {
					return err
				}
			}
			if err == io.EOF {
				a.tellPassedOver(src.passedOver)
				return w.Close()
			}
			if err != nil {
				w.Close()
				return err
			}
			if err := c.Context().Err(); err != nil {
				return err
			}
		}
	})
	return c
}
