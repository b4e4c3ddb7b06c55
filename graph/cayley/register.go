package cayley

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cayleygraph/cayley/graph"

	"sett/graph/store"
)

// Name is the name under which this backend is registered with Cayley.
const Name = "sett"

// Cayley finds backends in a table of its own that programs fill by importing packages, as database/sql does: what is
// not registered by an init cannot be opened by graph.NewQuadStore. This is the one init of the project, and it must
// stay the only effect of importing the package.
func init() {
	graph.RegisterQuadStore(Name, graph.QuadStoreRegistration{NewFunc: open, InitFunc: create, IsPersistent: true})
}

// open opens the database in a directory, and makes it where there is none. Without a directory it is in memory.
// Options: "read_only" and "nosync" (bool), "memory" (bytes for caches).
func open(dir string, opts graph.Options) (graph.QuadStore, error) {
	readOnly, err := opts.BoolKey("read_only", false)
	if err != nil {
		return nil, err
	}
	noSync, err := opts.BoolKey("nosync", false)
	if err != nil {
		return nil, err
	}
	memory, err := opts.IntKey("memory", 0)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(dir, store.Options{ReadOnly: readOnly, NoSync: noSync, Memory: int64(memory), InMemory: dir == ""})
	if err != nil {
		return nil, err
	}
	qs := New(s)
	qs.closes = true
	return qs, nil
}

// create makes an empty database. Errors: graph.ErrDatabaseExists.
func create(dir string, opts graph.Options) error {
	if _, err := os.Stat(filepath.Join(dir, "MANIFEST")); err == nil {
		return fmt.Errorf("%s: %w", dir, graph.ErrDatabaseExists)
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	qs, err := open(dir, opts)
	if err != nil {
		return err
	}
	return qs.Close()
}
