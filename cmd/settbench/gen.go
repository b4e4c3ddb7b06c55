package main

import (
	"bufio"
	"io"

	"github.com/spf13/cobra"

	"sett/cmd/settbench/literature"
	"sett/graph/rdf"
)

func genCommand() *cobra.Command {
	var opt literature.Options
	cmd := &cobra.Command{
		Use:   "gen",
		Short: "write a synthetic literature graph to standard output, as N-Triples or, with --graphs, N-Quads",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return generate(cmd.Context().Done(), cmd.OutOrStdout(), opt)
		},
	}
	cmd.Flags().IntVar(&opt.Papers, "papers", 40000, "number of papers, about 27 triples each")
	cmd.Flags().Uint64Var(&opt.Seed, "seed", 0, "another seed, another graph")
	cmd.Flags().BoolVar(&opt.Graphs, "graphs", false, "each paper's statements in a graph of its own")
	return cmd
}

// generate writes the graph, until done.
func generate(done <-chan struct{}, w io.Writer, opt literature.Options) error {
	out := bufio.NewWriterSize(w, 1<<20)
	var line []byte
	err := literature.Generate(opt, func(q rdf.Quad) error {
		select {
		case <-done:
			return io.ErrClosedPipe
		default:
		}
		line = q.Append(line[:0])
		_, err := out.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}
