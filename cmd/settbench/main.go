package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	root := &cobra.Command{
		Use:           "settbench",
		Short:         "makes synthetic literature graphs and papers, and measures sett on them",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(genCommand(), papersCommand(), loadCommand(), fillCommand(), queryCommand())
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "settbench:", err)
		os.Exit(1)
	}
}
