package main

import (
	"cmp"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"sett/graph/infer"
	"sett/graph/rdf"
	"sett/repl"
)

// defaultLoad is the memory that a load may take, in bytes, where none is given.
const defaultLoad = 2 << 30

func (a *app) inferCommand() *cobra.Command {
	var remove bool
	var limits limits
	c := &cobra.Command{
		Use:   "infer",
		Short: "add what the ontology implies, in a graph of its own; --remove takes it away",
		Long: `Adds what the vocabulary in the graph implies for what is stated: members of wider classes, domains and ranges, wider, inverse, symmetric
and transitive properties (rdfs:subClassOf, rdfs:domain, owl:inverseOf, …).

The statements go into <` + infer.Graph + `>, in place of those of the run before and in one commit, so that a run that fails
changes nothing; sett why tells what each follows from.`,
		Args: noArguments,
	}
	c.Flags().BoolVar(&remove, "remove", false, "only take away what was inferred before")
	limits.flags(c)
	c.RunE = interruptible(func(c *cobra.Command, _ []string) error {
		opt, err := limits.options()
		if err != nil {
			return err
		}
		limitMemory(cmp.Or(opt.Memory, defaultLoad))
		db, err := a.openForWriting()
		if err != nil {
			return err
		}
		defer db.Close()
		if remove {
			return infer.Remove(c.Context(), db, infer.Options{})
		}
		stats, err := infer.Run(c.Context(), db, infer.Options{Query: opt})
		if err != nil {
			return err
		}
		a.remark("inferred %d quads in %.1f s", stats.New, stats.Elapsed.Seconds())
		names := make(map[string]int)
		e := repl.Explorer{Prefixes: opt.Prefixes}
		for _, p := range slices.Sorted(maps.Keys(stats.Properties)) {
			names[e.Name(rdf.NewIRI(p))] = int(stats.Properties[p])
		}
		if len(names) > 0 {
			a.remark("facts: %s", mostFrequent(names, len(names)))
		}
		return nil
	})
	return c
}
