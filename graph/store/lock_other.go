//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package store

import (
	"fmt"
	"os"
)

// lockFile opens the lock file alone, as far as the system's own sharing rules know the difference.
func lockFile(path string, alone bool) (*os.File, error) {
	if !alone {
		return os.Open(path)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLocked, err)
	}
	_, err = fmt.Fprintf(f, "%d\n", os.Getpid())
	return f, err
}

// unlockFile gives the lock back.
func unlockFile(f *os.File, _ bool) error { return f.Close() }
