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

// ErrLanguage is a query language that this database does not speak.
var ErrLanguage = errors.New("unknown query language")
