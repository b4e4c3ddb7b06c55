package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sett/cmd/settbench/literature"
	"sett/cmd/settbench/suite"
)

// TestStoresAndQueries fills every store that needs no other program with a small graph, and runs the suite on sett's.
func TestStoresAndQueries(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	file := filepath.Join(dir, "small.nt")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := generate(nil, f, literature.Options{Papers: 60}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, l := range loaders {
		to := filepath.Join(dir, l.name)
		if err := l.fill(ctx, file, to); err != nil {
			t.Errorf("%s: %v", l.name, err)
		}
		if size(to) == 0 {
			t.Errorf("%s: nothing on disk", l.name)
		}
	}
	var out bytes.Buffer
	m := measuring{runs: 1, timeout: 10 * time.Second}
	if err := m.run(ctx, &out, filepath.Join(dir, "sett")); err != nil {
		t.Fatal(err)
	}
	queries, err := suite.Queries()
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\n"); lines != len(queries)+2 {
		t.Errorf("%d lines for %d queries:\n%s", lines, len(queries), &out)
	}
}

func TestUnknownPeerIsRefused(t *testing.T) {
	if _, err := openPeers([]string{"neo=x"}); err == nil || !strings.Contains(err.Error(), "pyoxigraph") {
		t.Errorf("got %v", err)
	}
}
