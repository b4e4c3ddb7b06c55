package cayley_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"

	"sett/graph/cayley"
)

// cayleySource returns the directory of Cayley's source, where its test data lies.
func cayleySource(t testing.TB) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatalf("where Cayley's module is: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// TestGraphtest runs Cayley's own suite for backends, whole, on a directory and in memory.
func TestGraphtest(t *testing.T) {
	t.Chdir(filepath.Join(cayleySource(t), "graph", "memstore")) // the suite reads ../../data
	for name, dir := range map[string]func(testing.TB) string{
		"directory": func(t testing.TB) string { return t.TempDir() },
		"memory":    func(testing.TB) string { return "" },
	} {
		t.Run(name, func(t *testing.T) {
			graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
				qs, err := graph.NewQuadStore(cayley.Name, dir(t), graph.Options{"nosync": true})
				if err != nil {
					t.Fatal(err)
				}
				return qs, nil, func() {
					if err := qs.Close(); err != nil {
						t.Error(err)
					}
				}
			}, &graphtest.Config{AlwaysRunIntegration: !testing.Short()})
		})
	}
}
