package store

import (
	"errors"
	"fmt"
	"sync"
)

// A gate stands before a Badger: Badger unmaps its files when it is closed, and whoever reads them then takes the process down. Readers go through
// it for what they read from Badger, not for what is in memory already; closing waits for those inside and lets nobody in afterwards.
type gate struct {
	mu   sync.RWMutex
	shut bool
}

// enter returns ErrClosed once the gate is shut; otherwise the reader must leave.
func (g *gate) enter() error {
	g.mu.RLock()
	if g.shut {
		g.mu.RUnlock()
		return ErrClosed
	}
	return nil
}

func (g *gate) leave() { g.mu.RUnlock() }

// shutFor lets a function close what is behind the gate, once.
func (g *gate) shutFor(f func() error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut {
		return nil
	}
	g.shut = true
	return f()
}

// readError is an error of reading what must be there: damage, unless the store or the snapshot is closed.
func readError(err error, format string, args ...any) error {
	if errors.Is(err, ErrClosed) {
		return err
	}
	return fmt.Errorf("%w: %s: %w", ErrCorrupt, fmt.Sprintf(format, args...), err)
}
