package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"sett/graph"
	"sett/graph/serve"
	"sett/repl"
)

// stopTime is how long running requests may take once the server is told to stop.
const stopTime = 5 * time.Second

func (a *app) serveCommand() *cobra.Command {
	var listen string
	var readOnly, allowService bool
	var endpoints []string
	var serviceTimeout time.Duration
	var limits limits
	c := &cobra.Command{
		Use:   "serve",
		Short: "answer by HTTP: SPARQL Protocol at /sparql, graphs at /data, a page at /",
		Args:  noArguments,
		Example: `  sett serve --read-only --timeout 30s
  curl http://127.0.0.1:7878/sparql --data-urlencode 'query=ASK { ?s a :Model }'`,
	}
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:7878", "address and port; whoever reaches it may read and write")
	c.Flags().BoolVar(&readOnly, "read-only", false, "refuse updates")
	c.Flags().BoolVar(&allowService, "allow-service", false, "let SERVICE ask other endpoints")
	c.Flags().StringSliceVar(&endpoints, "service-endpoint", nil, "with --allow-service: only addresses that begin like this; may be repeated")
	c.Flags().DurationVar(&serviceTimeout, "service-timeout", time.Minute, "with --allow-service: time for one request")
	limits.flags(c)
	c.RunE = interruptible(func(c *cobra.Command, _ []string) error {
		if _, _, err := net.SplitHostPort(listen); err != nil {
			return &repl.UsageError{Msg: fmt.Sprintf("--listen %s: expected an address and a port, such as 127.0.0.1:7878, or :7878 for every address", listen)}
		}
		opt, err := limits.options()
		if err != nil {
			return err
		}
		if allowService || len(endpoints) > 0 {
			opt.Service = graph.Endpoints(graph.EndpointOptions{Allow: endpoints, Timeout: serviceTimeout})
		}
		open := a.openForWriting
		if readOnly {
			open = a.open
		}
		db, err := open()
		if err != nil {
			return err
		}
		defer db.Close()
		return a.serve(c.Context(), listen, serve.New(db, serve.Options{ReadOnly: readOnly, Query: opt}))
	})
	return c
}

// serve answers requests until the context ends, and lets those that run come to their end.
func (a *app) serve(ctx context.Context, listen string, handler http.Handler) error {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		limited, cancel := context.WithTimeout(context.Background(), stopTime)
		defer cancel()
		err := server.Shutdown(limited)
		if err != nil {
			err = server.Close() // ends the contexts of what still runs
		}
		stopped <- err
	})
	fmt.Fprintf(a.err, "listening on http://%s\n", l.Addr())
	err = server.Serve(l)
	if !stop() {
		if err := <-stopped; err != nil {
			return err
		}
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
