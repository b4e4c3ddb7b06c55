package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"sett/graph/store"
)

// TestUnfinishedTable opens a store beside whose tables a killed process has left one that it was writing, and one of whose own
// tables has lost its end.
func TestUnfinishedTable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := store.Open(dir, store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	st := stepOf(2, 3)
	if _, err := s.Load(context.Background(), &st.insert, store.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(dir, "data-*", "*.sst"))
	if err != nil || len(tables) == 0 {
		t.Fatal(tables, err)
	}
	left := filepath.Join(filepath.Dir(tables[0]), "000999.sst")
	if err := os.WriteFile(left, make([]byte, 1<<16), 0o600); err != nil {
		t.Fatal(err)
	}
	if at, quads, err := opened(t, dir); err != nil || len(quads) == 0 {
		t.Errorf("with an unfinished table: step %d, %d quads: %v", at, len(quads), err)
	}
	if err := os.Truncate(tables[0], 100); err != nil {
		t.Fatal(err)
	}
	if _, _, err := opened(t, dir); !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("with a table cut short: %v", err)
	}
}
