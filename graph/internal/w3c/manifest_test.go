package w3c_test

import (
	"os"
	"path/filepath"
	"testing"

	"sett/graph/internal/w3c"
)

func TestManifestsIncludeOthersAndNameFiles(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "rdf", "rdf99", "sub")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	const prefixes = "PREFIX mf: <" + w3c.MF + ">\nPREFIX rdft: <" + w3c.RDFT + ">\n"
	files := map[string]string{
		filepath.Join(dir, "..", "manifest.ttl"): prefixes +
			"<> a mf:Manifest ; mf:include ( <sub/manifest.ttl> <missing/manifest.ttl> <manifest.ttl> ) .",
		filepath.Join(dir, "manifest.ttl"): prefixes +
			"<#m> a mf:Manifest ; mf:assumedTestBase <http://example.org/t/> ; mf:entries ( <#one> ) .\n" +
			"<#one> a rdft:TestTurtleEval ; mf:name \"One\" ; mf:action <a%20b.ttl> .",
	}
	for path, text := range files {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	m, err := w3c.LoadManifest(filepath.Join(dir, "..", "manifest.ttl"))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Entries) != 1 {
		t.Fatalf("got %d entries, want 1", len(m.Entries))
	}
	e := m.Entries[0]
	if e.ID != "one" || e.Suite != "rdf99/sub" || e.Type != w3c.RDFT+"TestTurtleEval" || e.Name != "One" || !e.Result.IsZero() {
		t.Errorf("got %+v", e)
	}
	path, err := w3c.Path(e.Action)
	if err != nil || path != filepath.Join(dir, "a b.ttl") {
		t.Errorf("got %q and %v", path, err)
	}
	if got := e.Base(path); got != "http://example.org/t/a%20b.ttl" {
		t.Errorf("got base %q", got)
	}
}
