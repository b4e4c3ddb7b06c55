package w3c

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Root returns the folder of the W3C's suites, with its subfolders rdf and sparql: $SETT_SHARED/conformance, or
// ../shared/conformance beside the repository. Without it the test is skipped, or fails where CI=true.
func Root(t testing.TB) string {
	t.Helper()
	root := os.Getenv("SETT_SHARED")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for dir != filepath.Dir(dir) {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			dir = filepath.Dir(dir)
		}
		root = filepath.Join(filepath.Dir(dir), "shared")
	}
	root = filepath.Join(root, "conformance")
	if _, err := os.Stat(root); err != nil {
		msg := "the W3C's tests are not at " + root + ": put a checkout of github.com/w3c/rdf-tests there, or set SETT_SHARED"
		if os.Getenv("CI") == "true" {
			t.Fatal(msg)
		}
		t.Skip(msg)
	}
	return root
}

// KnownFailures is the list of tests that fail, each with a reason.
type KnownFailures struct {
	reasons map[string]string
	path    string
}

// LoadKnownFailures reads a list: a line is a test's name (suite/id), blanks, and the reason; # begins a comment.
func LoadKnownFailures(t testing.TB, path string) *KnownFailures {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	k := &KnownFailures{reasons: make(map[string]string), path: path}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		name, reason, _ := strings.Cut(line, " ")
		if reason = strings.TrimSpace(reason); reason == "" {
			t.Errorf("%s: %s has no reason", path, name)
		}
		k.reasons[name] = reason
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return k
}

// Check judges the outcome of a test: a failure outside the list fails t, as does a pass inside it.
func (k *KnownFailures) Check(t testing.TB, name string, failure error) {
	t.Helper()
	reason, known := k.reasons[name]
	switch {
	case failure != nil && !known:
		t.Error(failure)
	case failure == nil && known:
		t.Errorf("%s passes: strike it off %s", name, k.path)
	case failure != nil:
		t.Skipf("known failure: %s", reason)
	}
}

// CheckNames fails t for names in the list that no test has.
func (k *KnownFailures) CheckNames(t testing.TB, entries []Entry) {
	t.Helper()
	exists := make(map[string]bool)
	for _, e := range entries {
		exists[e.Suite+"/"+e.ID] = true
	}
	for name := range k.reasons {
		if !exists[name] {
			t.Errorf("%s: there is no test %s", k.path, name)
		}
	}
}
