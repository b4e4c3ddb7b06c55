package store

import "errors"

// Errors of opening a store.
var (
	ErrLocked = errors.New("database is in use by another process") // wrapped with the holder's process id
	ErrFormat = errors.New("unsupported database format")           // wrapped with both versions
)

// Errors of a store in use.
var (
	ErrClosed    = errors.New("database is closed")
	ErrReadOnly  = errors.New("database is open for reading only")
	ErrFull      = errors.New("not enough free disk space")   // nothing was changed
	ErrCorrupt   = errors.New("database is damaged")          // wrapped with the page or key
	ErrUnknownID = errors.New("no term has this id")          // an id of another store, or from before a rebuild
	ErrTxDone    = errors.New("transaction is already ended") // committed or rolled back
)
