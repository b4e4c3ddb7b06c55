package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sett/repl"
)

// strict makes what cobra leaves vague an error that says what was expected: values of flags, topics of help, shells.
func strict(root *cobra.Command) {
	expect(root.PersistentFlags())
	expect(root.Flags())
	for _, c := range root.Commands() {
		expect(c.Flags())
		switch c.Name() {
		case "help":
			show := c.Run
			c.Run, c.RunE = nil, func(c *cobra.Command, args []string) error {
				if at, rest, err := root.Find(args); err != nil || at == root && len(rest) > 0 {
					return noArguments(root, args)
				}
				show(c, args)
				return nil
			}
		case "completion":
			var shells []string
			for _, shell := range c.Commands() {
				shells = append(shells, shell.Name())
			}
			c.Args = cobra.ArbitraryArgs // else cobra takes any word for a wish for help
			c.RunE = func(*cobra.Command, []string) error {
				return &repl.UsageError{Msg: "sett completion: expected one of " + strings.Join(shells, ", ")}
			}
		}
	}
}

// takes are the kinds of flags whose own errors are those of package strconv.
var takes = map[string]string{"int": "a whole number", "duration": "a time such as 30s or 5m"}

func expect(flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if what := takes[f.Value.Type()]; what != "" {
			f.Value = expecting{f.Value, what}
		}
	})
}

// expecting is the value of a flag that says what it takes.
type expecting struct {
	pflag.Value
	what string
}

// String writes zero as 0, for help leaves out that default.
func (e expecting) String() string {
	if s := e.Value.String(); s != "0s" {
		return s
	}
	return "0"
}

func (e expecting) Set(text string) error {
	if e.Value.Set(text) != nil {
		return fmt.Errorf("expected %s", e.what)
	}
	return nil
}
