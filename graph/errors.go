package graph

import (
	"errors"

	"sett/graph/exec"
	"sett/graph/store"
)

// Errors of opening a database.
var (
	ErrLocked = store.ErrLocked // another process has it; the message names that process
	ErrFormat = store.ErrFormat // written by another version; the message names both
)

// Errors of a database in use.
var (
	ErrReadOnly = store.ErrReadOnly // opened for reading only
	ErrClosed   = store.ErrClosed   // used after Close
	ErrFull     = store.ErrFull     // not enough disk space; nothing was changed
	ErrCorrupt  = store.ErrCorrupt  // a page or an entry is damaged; the message names it
	ErrLimit    = exec.ErrLimit     // a query's time or memory limit; the message says which
)

// ErrSpent is a result that has been read to its end, left in the midst of its rows, or closed: run the query again.
var ErrSpent = errors.New("the result has been read or closed")

// ErrLanguage is a query language that this database does not speak.
var ErrLanguage = errors.New("unknown query language")
