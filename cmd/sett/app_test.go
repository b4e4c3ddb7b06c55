package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/sparql"
	"sett/repl"
	"sett/seeds"
)

func TestEveryErrorHasItsStatus(t *testing.T) {
	_, syntax := sparql.ParseQuery("SELECT", sparql.Options{})
	for _, test := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("x"), 1},
		{syntax, 1},
		{&repl.NotFoundError{}, 1},
		{fmt.Errorf("x: %w", graph.ErrLocked), 1},
		{fmt.Errorf("line 3: %w", &repl.UsageError{}), 2},
		{fmt.Errorf("x: %w", graph.ErrLimit), 3},
		{context.DeadlineExceeded, 3},
		{fmt.Errorf("x: %w", context.Canceled), 130},
	} {
		if got := statusOf(test.err); got != test.want {
			t.Errorf("%v: status %d, want %d", test.err, got, test.want)
		}
	}
}

func TestThePrefixesOfTheOntologyAreDeclared(t *testing.T) {
	format, _ := rdfio.FormatByName("ttl")
	declared := new(rdf.Prefixes)
	f := seeds.Ontology()
	r, err := rdfio.NewReader(strings.NewReader(f.Text), format, rdfio.ReaderOptions{File: f.Name, Prefixes: declared})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range rdfio.Quads(r) {
		if err != nil {
			t.Fatal(err)
		}
	}
	ours := repl.DefaultPrefixes()
	for prefix, ns := range declared.All() {
		if got, _ := ours.Namespace(prefix); got != ns {
			t.Errorf("%s: is %q at the prompt, %q in the ontology", prefix, got, ns)
		}
	}
}

func TestByteSize(t *testing.T) {
	for text, want := range map[string]int64{"": 0, "0": 0, "1024": 1024, "2GiB": 2 << 30, "500MB": 500e6, "1.5k": 1500, "3 MiB": 3 << 20} {
		if got, err := byteSize(text); err != nil || got != want {
			t.Errorf("%s: %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"lots", "-1", "1XB", "GiB", "1e30TB"} {
		if got, err := byteSize(text); err == nil {
			t.Errorf("%s is taken for %d", text, got)
		}
	}
}

// run drives the program in process.
func run(t *testing.T, stdin string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{in: strings.NewReader(stdin), out: &out, err: &errs}
	status = a.main(context.Background(), args)
	return status, out.String(), errs.String()
}

func TestADatabaseOpenedTwiceIsRefusedAndUnharmed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "db")
	db, err := graph.Open(dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(context.Background(), "INSERT DATA { <urn:a> <urn:b> 1 }"); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"query", "ASK {}"}, {"update", "CLEAR ALL"}, {}} {
		status, out, errs := run(t, "ASK {}", append([]string{"--db", dir}, args...)...)
		if status != 1 || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, fmt.Sprint(os.Getpid())) {
			t.Errorf("%v: status %d, %q, %q; want 1 and a line that names process %d", args, status, out, errs, os.Getpid())
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := run(t, "", "--db", dir, "query", "ASK { <urn:a> <urn:b> 1 }"); status != 0 || out != "true\n" {
		t.Errorf("afterwards: status %d, %q, %q", status, out, errs)
	}
}

func TestAReadOnlyFolderIsRefusedForWriting(t *testing.T) {
	if !readOnlyFolders(t) {
		t.Skip("this user may write anywhere, so permissions cannot be tested")
	}
	parent := t.TempDir()
	if err := os.Chmod(parent, 0o500); err != nil {
		t.Fatal(err)
	}
	status, _, errs := run(t, "<urn:a> <urn:b> 1 .", "--db", filepath.Join(parent, "db"), "load", "-", "--format", "ttl")
	if status != 1 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, parent) {
		t.Errorf("status %d, %q", status, errs)
	}
}

func TestAProducersErrorReachesTheReader(t *testing.T) {
	broken := errors.New("broken")
	p := newPull(context.Background(), func(_ context.Context, emit func([]rdf.Quad) error) error {
		if err := emit(make([]rdf.Quad, 3)); err != nil {
			return err
		}
		return broken
	})
	defer p.Close()
	batch := make([]rdf.Quad, 2)
	for _, want := range []int{2, 1} {
		if n, err := p.Read(batch); n != want || err != nil {
			t.Errorf("%d, %v, want %d", n, err, want)
		}
	}
	if _, err := p.Read(batch); err != broken {
		t.Errorf("%v, want %v", err, broken)
	}
}

func TestAProducerThatIsClosedEarlyStops(t *testing.T) {
	ended := make(chan error, 1)
	p := newPull(context.Background(), func(_ context.Context, emit func([]rdf.Quad) error) error {
		for {
			if err := emit(make([]rdf.Quad, 1)); err != nil {
				ended <- err
				return err
			}
		}
	})
	if _, err := p.Read(make([]rdf.Quad, 1)); err != nil {
		t.Fatal(err)
	}
	p.Close()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestSourcesAreReadOneAfterTheOther(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.nt": "<urn:a> <urn:p> _:x .\n", "b.nt": "<urn:b> <urn:p> _:x .\n", "c.nt": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a := &app{in: strings.NewReader("<urn:c> <urn:p> 1 ."), err: io.Discard}
	src, err := a.sources(context.Background(), []string{dir}, input{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.close()
	var quads []rdf.Quad
	batch := make([]rdf.Quad, 4)
	for err == nil {
		var n int
		n, err = src.Read(batch)
		for _, q := range batch[:n] {
			quads = append(quads, q.Clone())
		}
	}
	if err != io.EOF || len(quads) != 2 {
		t.Fatalf("%v, %v", quads, err)
	}
	if quads[0].O.Equal(quads[1].O) {
		t.Error("blank nodes of two files are one")
	}
}
