package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sett/cmd/settbench/papers"
	"sett/loader"
	"sett/loader/arxiv"
)

// runPapers runs the command and returns what it writes to standard output.
func runPapers(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	cmd := papersCommand()
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	cmd.SetArgs(args)
	cmd.SetOut(&out)
	err := cmd.ExecuteContext(context.Background())
	return out.String(), err
}

func TestPapersArePackedAsTheirFileIsNamed(t *testing.T) {
	plain, err := runPapers(t, "--count", "40", "--seed", "3")
	if err != nil || strings.Count(plain, "\n") != 40 {
		t.Fatalf("%d lines, %v", strings.Count(plain, "\n"), err)
	}
	for _, c := range []struct{ name, magic string }{{"p.jsonl", `{"id"`}, {"p.jsonl.gz", "\x1f\x8b"}, {"p.jsonl.zst", "\x28\xb5\x2f\xfd"}} {
		path := filepath.Join(t.TempDir(), c.name)
		if out, err := runPapers(t, "--count", "40", "--seed", "3", "--out", path); err != nil || out != "" {
			t.Fatalf("%s: %q, %v", c.name, out, err)
		}
		b, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(b), c.magic) {
			t.Errorf("%s begins with %.8q, %v", c.name, b, err)
		}
		in, err := loader.Open(path, loader.OpenOptions{})
		if err != nil || in.Format != "arxiv" {
			t.Fatalf("%s: %+v, %v", c.name, in, err)
		}
		n := 0
		for ; ; n++ {
			if _, err = in.Documents.Next(); err != nil {
				break
			}
		}
		if err != io.EOF || n != 40 {
			t.Errorf("%s: %d papers, then %v", c.name, n, err)
		}
		in.Close()
	}
}

func TestAStoppedRunLeavesNoFile(t *testing.T) {
	done := make(chan struct{})
	close(done)
	path := filepath.Join(t.TempDir(), "p.jsonl.gz")
	if err := papersInto(done, path, papers.Options{Papers: 10}); err == nil {
		t.Error("a stopped run ended well")
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file is there: %v", err)
	}
	if _, err := runPapers(t, "--count", "-1"); err == nil {
		t.Error("fewer than no papers were made")
	}
}

func TestTheReaderOfTheDumpReadsThem(t *testing.T) {
	const n = 5000
	text, err := runPapers(t, "--count", "5000")
	if err != nil {
		t.Fatal(err)
	}
	r := arxiv.NewReader(strings.NewReader(text), arxiv.Options{File: "papers"})
	titles, ids := map[string]bool{}, map[string]bool{}
	size := 0
	for {
		doc, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if doc.Text == "" || doc.Date.Day == 0 || doc.AuthorCount < 1 || doc.AuthorCount != len(doc.Authors) || strings.ContainsAny(doc.Title, "{}") {
			t.Errorf("line %d: %+v", doc.Line, doc)
		}
		titles[doc.Title], ids[doc.ID] = true, true
		size += len(doc.Text)
	}
	if len(titles) != n || len(ids) != n {
		t.Errorf("%d titles and %d identifiers in %d papers", len(titles), len(ids), n)
	}
	if mean := size / n; mean < 600 || mean > 1200 {
		t.Errorf("abstracts have %d bytes on average, want about 900", mean)
	}
}
