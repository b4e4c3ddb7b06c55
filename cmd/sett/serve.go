package main

import (
	"errors"

	"github.com/spf13/cobra"
)

// serveCommand keeps the command's name: it is hidden and says that it is missing.
func (a *app) serveCommand() *cobra.Command {
	var listen string
	c := &cobra.Command{
		Use:    "serve",
		Hidden: true,
		Args:   noArguments,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("sett serve is not there yet: neither the SPARQL Protocol nor the Graph Store Protocol is served; use sett query and sett update")
		},
	}
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:7878", "address")
	return c
}
