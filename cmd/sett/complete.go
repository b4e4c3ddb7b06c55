package main

import (
	"strings"

	"github.com/spf13/cobra"

	"sett/graph/dot"
	"sett/repl"
)

// values are what flags take, by flag and command, "" for any command; the shell's Tab key offers them.
func values() map[[2]string][]string {
	return map[[2]string][]string{
		{"to", ""}: repl.Formats(), {"to", "extract"}: rdfFormats, {"to", "export"}: rdfFormats, {"to", "explain"}: explainFormats,
		{"lang", ""}: repl.Languages(), {"format", ""}: formats(), {"layout", ""}: dot.Layouts(),
		{"color", ""}: {"auto", "always", "never"}, {"default-graph", ""}: {"union", "strict"},
		{"timeout", ""}: {"10s", "1m", "0"}, {"memory", ""}: {"1GiB", "4GiB", "0"},
	}
}

// completions tells the shell's completion what flags take, and which saved queries there are with which parameters.
func completions(root *cobra.Command) {
	for key, words := range values() {
		flag, of := key[0], key[1]
		for _, c := range append(root.Commands(), root) {
			_, own := values()[[2]string{flag, c.Name()}]
			if c.LocalFlags().Lookup(flag) != nil && (of == c.Name() || of == "" && !own) {
				// It fails for a flag that is not there or has a function already, and neither is so.
				_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
			}
		}
	}
	if run, _, err := root.Find([]string{"run"}); err == nil {
		run.ValidArgsFunction = completeRun
	}
}

// completeRun offers saved queries with their titles, then parameters with what they are.
func completeRun(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	folders, err := c.Flags().GetStringArray("queries")
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var found []string
	for _, q := range repl.Library(folders).List() {
		switch {
		case q.Err != nil:
		case len(args) == 0 && strings.HasPrefix(q.Name, typed):
			found = append(found, q.Name+"\t"+q.Title)
		case len(args) > 0 && q.Name == args[0]:
			for _, p := range q.Params {
				if strings.HasPrefix(p.Name+"=", typed) {
					found = append(found, p.Name+"=\t"+p.Text)
				}
			}
			return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		}
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}
