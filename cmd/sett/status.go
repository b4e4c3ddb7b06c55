package main

import (
	"context"
	"errors"
	"strings"
	"syscall"

	"sett/graph"
	"sett/repl"
)

// Exit statuses.
const (
	statusDone        = 0
	statusFault       = 1 // the query, the data or the database is at fault
	statusUsage       = 2
	statusLimit       = 3 // a limit of time or memory ended it
	statusInterrupted = 130
)

// statusOf is the one place where errors become exit statuses.
func statusOf(err error) int {
	var usage *repl.UsageError
	switch {
	case err == nil:
		return statusDone
	case errors.As(err, &usage):
		return statusUsage
	case errors.Is(err, graph.ErrLimit), errors.Is(err, context.DeadlineExceeded):
		return statusLimit
	case errors.Is(err, context.Canceled):
		return statusInterrupted
	case strings.HasPrefix(err.Error(), "unknown command") || strings.HasPrefix(err.Error(), "unknown help topic"):
		return statusUsage // cobra's own, which has no type
	}
	return statusFault
}

// messageOf is what people are told of an error; "" if nothing.
func messageOf(err error) string {
	switch {
	case err == nil, errors.Is(err, errSilent), errors.Is(err, syscall.EPIPE):
		return ""
	case errors.Is(err, context.Canceled):
		return "interrupted"
	}
	return repl.ErrorText(err)
}
