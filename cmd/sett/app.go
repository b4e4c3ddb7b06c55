package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"sett/graph"
	"sett/repl"
)

// app is one run of the program: three streams and the flags that all commands share. Tests make one with buffers.
type app struct {
	in       io.Reader
	out, err io.Writer

	db         string
	quiet      bool
	noProgress bool
	color      string
}

// main runs a command line and returns the exit status. The last thing on the error stream is what went wrong.
func (a *app) main(ctx context.Context, args []string) int {
	written := &results{Writer: a.out}
	a.out = written
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = written.err
	}
	status := statusOf(err)
	if text := messageOf(err); text != "" {
		if a.colored(a.err) {
			text = "\x1b[31m" + text + "\x1b[0m"
		}
		fmt.Fprintln(a.err, text)
	}
	return status
}

// root is the command "sett" with all others below it.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "sett",
		Short: "an embedded knowledge graph of papers, models, architectures, datasets and hardware",
		Long: `sett keeps a graph of papers, models, architectures, datasets and hardware in a folder, and answers questions about it.

Without a command it opens a prompt; if its input is no terminal, it runs the statements it reads.
The first time, it makes the database and puts the seed papers in.`,
		Args:          noArguments,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	a.promptCommand(root)
	flags := root.PersistentFlags()
	flags.StringVar(&a.db, "db", cmp.Or(os.Getenv("SETT_DB"), "sett.db"), "the database, a folder; $SETT_DB sets the default")
	flags.BoolVar(&a.quiet, "quiet", false, "no remarks, only results and errors")
	flags.BoolVar(&a.noProgress, "no-progress", false, "no progress bars")
	flags.StringVar(&a.color, "color", "auto", "auto, always or never; NO_COLOR is honoured")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return &repl.UsageError{Msg: fmt.Sprintf("%v; see %s --help", err, c.CommandPath())}
	})
	root.SuggestionsMinimumDistance = 2
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return a.check(c) }
	for _, c := range []*cobra.Command{
		a.loadCommand(), a.extractCommand(), a.queryCommand(), a.updateCommand(), a.runCommand(), a.queriesCommand(), a.dotCommand(), a.whyCommand(),
		a.explainCommand(), a.inferCommand(), a.exportCommand(), a.statsCommand(), a.verifyCommand(), a.compactCommand(), a.backupCommand(), a.restoreCommand(),
		a.serveCommand(), a.versionCommand(), a.debugCommand(),
	} {
		root.AddCommand(c)
	}
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	strict(root)
	completions(root)
	return root
}

// check looks at the shared flags before any command runs.
func (a *app) check(*cobra.Command) error {
	if !slices.Contains([]string{"auto", "always", "never"}, a.color) {
		return &repl.UsageError{Msg: fmt.Sprintf("--color %s: expected auto, always or never", a.color)}
	}
	if a.db == "" {
		return &repl.UsageError{Msg: "--db: expected a folder"}
	}
	return nil
}

// noArguments refuses arguments, and takes one of the root command for a mistyped command.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !c.HasParent() {
		msg := fmt.Sprintf("no command %q", args[0])
		if near := c.SuggestionsFor(args[0]); len(near) > 0 {
			return &repl.UsageError{Msg: msg + ": did you mean " + strings.Join(near, " or ") + "?"}
		}
		return &repl.UsageError{Msg: msg + "; see sett --help"}
	}
	return &repl.UsageError{Msg: fmt.Sprintf("%s takes no argument, got %q", c.CommandPath(), args[0])}
}

// arguments checks the number of arguments; most below 0 means any number.
func arguments(least, most int, expected string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return &repl.UsageError{Msg: fmt.Sprintf("%s: expected %s, got %d; see %s --help", c.CommandPath(), expected, len(args), c.CommandPath())}
		}
		return nil
	}
}

// interruptible makes a command's context end at an interrupt or a termination signal. The second one ends the process.
func interruptible(run func(c *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		context.AfterFunc(ctx, stop)
		c.SetContext(ctx)
		return run(c, args)
	}
}

// terminal reports whether a stream is a terminal.
func terminal(stream any) bool {
	f, ok := fileOf(stream)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colored reports whether escape sequences may go to a stream: never to what is no terminal, unless asked for.
func (a *app) colored(stream any) bool {
	switch a.color {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && terminal(stream)
}

// width returns the columns of the terminal that results go to, 0 if they go elsewhere.
func (a *app) width() int { return columns(a.out) }

// columns returns the columns of the terminal that a stream is, 0 if it is none.
func columns(stream any) int {
	f, ok := fileOf(stream)
	if !ok {
		return 0
	}
	n, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return n
}

// remark says something that is neither result nor error.
func (a *app) remark(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, format+"\n", args...)
	}
}

// limits are the flags that bound a query.
type limits struct {
	timeout      time.Duration
	memory       string
	threads      int
	defaultGraph string
}

func (l *limits) flags(c *cobra.Command) {
	c.Flags().DurationVar(&l.timeout, "timeout", 0, "time it may take, such as 30s; 0 lifts the limit")
	c.Flags().StringVar(&l.memory, "memory", "", "memory it may take, such as 2GiB; 0 lifts the limit")
	c.Flags().IntVar(&l.threads, "threads", 0, "processors it may use; 0: all")
	c.Flags().StringVar(&l.defaultGraph, "default-graph", "union", "what patterns outside GRAPH match: union of all graphs, or strict")
}

// options returns the limits as the engine takes them, with the prefixes that are always declared.
func (l *limits) options() (graph.QueryOptions, error) {
	opt := graph.QueryOptions{Timeout: l.timeout, Threads: l.threads, Prefixes: repl.DefaultPrefixes()}
	if l.timeout < 0 || l.threads < 0 {
		return opt, &repl.UsageError{Msg: "--timeout and --threads: expected no negative value"}
	}
	switch l.defaultGraph {
	case "union", "":
		opt.DefaultGraph = graph.Union
	case "strict":
		opt.DefaultGraph = graph.Strict
	default:
		return opt, &repl.UsageError{Msg: fmt.Sprintf("--default-graph %s: expected union or strict", l.defaultGraph)}
	}
	var err error
	opt.Memory, err = byteSize(l.memory)
	return opt, err
}

// byteSize reads a size such as 2GiB, 500MB or 1024; "" is 0.
func byteSize(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	number := strings.TrimRight(text, "kKmMgGtTiIbB ")
	unit := strings.ToLower(strings.TrimSpace(text[len(number):]))
	scale, ok := map[string]float64{"": 1, "b": 1, "k": 1e3, "kb": 1e3, "kib": 1 << 10, "m": 1e6, "mb": 1e6, "mib": 1 << 20,
		"g": 1e9, "gb": 1e9, "gib": 1 << 30, "t": 1e12, "tb": 1e12, "tib": 1 << 40}[unit]
	var value float64
	if _, err := fmt.Sscanf(number+" ", "%g ", &value); err != nil || !ok || value < 0 || value*scale > 1<<60 {
		return 0, &repl.UsageError{Msg: fmt.Sprintf("--memory %s: expected a size such as 2GiB or 500MB", text)}
	}
	return int64(value * scale), nil
}

// text returns the one text of a command: its argument, the file of -f ("-" is standard input), or standard input.
func (a *app) text(args []string, file string) (string, error) {
	switch {
	case len(args) > 0 && file != "":
		return "", &repl.UsageError{Msg: "expected a text or -f FILE, got both"}
	case len(args) > 0:
		return args[0], nil
	case file != "" && file != "-":
		data, err := os.ReadFile(file)
		return string(data), err
	}
	if terminal(a.in) && file != "-" {
		return "", &repl.UsageError{Msg: "expected a text, -f FILE, or standard input that is not a terminal"}
	}
	data, err := io.ReadAll(a.in)
	return string(data), err
}

// errSilent ends with status 1 after everything has been said.
var errSilent = errors.New("")
