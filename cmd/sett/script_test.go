package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be the program itself: scripts and pseudo-terminals run it under the name sett.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sett": main})
}

// TestScripts runs testdata/script/*.txtar, the command line as its users know it. Besides the usual commands there is
// "status N COMMAND…", which wants that exit status.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, "state"))
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "config"))
			env.Setenv("NO_COLOR", "1")
			return binaryInputs(env.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) < 2 {
					ts.Fatalf("usage: status N COMMAND…")
				}
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				got := 0
				if err := ts.Exec(args[1], args[2:]...); err != nil {
					var exit *exec.ExitError
					if !errors.As(err, &exit) {
						ts.Fatalf("%v", err)
					}
					got = exit.ExitCode()
				}
				if got != want {
					ts.Fatalf("exit status %d, want %d", got, want)
				}
			},
			"holds": func(ts *testscript.TestScript, neg bool, args []string) {
				// holds DIR COMMAND…: another process has the database open for writing while the command runs, which must end with status 1
				if neg || len(args) < 2 {
					ts.Fatalf("usage: holds DIR COMMAND…")
				}
				self, err := os.Executable()
				ts.Check(err)
				holder := &exec.Cmd{Path: self, Args: []string{"sett", "--db", ts.MkAbs(args[0])}, Dir: ts.MkAbs(".")}
				in, err := holder.StdinPipe()
				ts.Check(err)
				out, err := holder.StdoutPipe()
				ts.Check(err)
				ts.Check(holder.Start())
				_, err = io.WriteString(in, "DELETE DATA { <urn:none> <urn:none> 1 }\n;\nASK {}\n;\n")
				ts.Check(err)
				_, err = io.ReadFull(out, make([]byte, len("true")))
				ts.Check(err)
				err = ts.Exec(args[1], args[2:]...)
				in.Close()
				ts.Check(holder.Wait())
				var exit *exec.ExitError
				if !errors.As(err, &exit) || exit.ExitCode() != 1 {
					ts.Fatalf("got %v, want exit status 1", err)
				}
			},
			"kills": func(ts *testscript.TestScript, neg bool, args []string) {
				// kills DIR FILE: a load of FILE from standard input is killed after it has read most of it and before its end
				if neg || len(args) != 2 {
					ts.Fatalf("usage: kills DIR FILE")
				}
				self, err := os.Executable()
				ts.Check(err)
				load := &exec.Cmd{Path: self, Args: []string{"sett", "--db", ts.MkAbs(args[0]), "load", "--empty", "-"}, Dir: ts.MkAbs(".")}
				in, err := load.StdinPipe()
				ts.Check(err)
				ts.Check(load.Start())
				_, err = io.WriteString(in, ts.ReadFile(args[1])) // ends when all but what a pipe holds has been read
				ts.Check(err)
				ts.Check(load.Process.Kill())
				if load.Wait() == nil {
					ts.Fatalf("the load ended before it was killed")
				}
			},
			"lines": func(ts *testscript.TestScript, neg bool, args []string) {
				// lines N FILE: the file has N lines
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				got := 0
				for _, c := range ts.ReadFile(args[1]) {
					if c == '\n' {
						got++
					}
				}
				if got != want {
					ts.Fatalf("%d lines, want %d:\n%s", got, want, ts.ReadFile(args[1]))
				}
			},
			"same": func(ts *testscript.TestScript, neg bool, args []string) {
				// same FILE FILE: the same lines, in whatever order
				if neg || len(args) != 2 {
					ts.Fatalf("usage: same FILE FILE")
				}
				a, b := strings.SplitAfter(ts.ReadFile(args[0]), "\n"), strings.SplitAfter(ts.ReadFile(args[1]), "\n")
				slices.Sort(a)
				slices.Sort(b)
				if !slices.Equal(a, b) {
					ts.Fatalf("%d lines of %s and %d of %s are not the same", len(a), args[0], len(b), args[1])
				}
			},
			"plain": func(ts *testscript.TestScript, neg bool, args []string) {
				// plain FILE…: no escape sequence and no carriage return
				for _, name := range args {
					for i, c := range ts.ReadFile(name) {
						if c == '\x1b' || c == '\r' {
							ts.Fatalf("%s has %q at %d", name, c, i)
						}
					}
				}
			},
		},
	})
}

// binaryInputs puts files into a script's folder whose bytes a script cannot hold: what is not UTF-8, and packed papers that were cut off; and many papers.
func binaryInputs(dir string) error {
	var papers, gz, zst bytes.Buffer
	for i := range 5000 {
		fmt.Fprintf(&papers, "{\"title\": \"Paper %d of many\", \"abstract\": \"We count to %d.\", \"year\": 2024}\n", i, i*i*7919)
	}
	g := gzip.NewWriter(&gz)
	z, err := zstd.NewWriter(&zst)
	if err != nil {
		return err
	}
	for _, w := range []io.WriteCloser{g, z} {
		if _, err := w.Write(papers.Bytes()); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
	}
	for name, b := range map[string][]byte{
		"bad-utf8.nt":      []byte("<urn:a> <urn:p> \"\xff\" .\n"),
		"many.jsonl":       papers.Bytes(),
		"cut.jsonl.gz":     gz.Bytes()[:gz.Len()*2/3],
		"cut.jsonl.zst":    zst.Bytes()[:zst.Len()*2/3],
		"bad-utf8.jsonl":   []byte("{\"title\": \"Kept\", \"abstract\": \"We keep.\"}\n{\"title\": \"caf\xe9\"}\n"),
		"surrogates.jsonl": []byte(`{"title": "Half \ud800 of \udc00\u0007 it", "abstract": "We say \udfff."}` + "\n"),
		"mixed.txt": []byte("\ufeff" + "- A Title of Words We show things. 3 authors &middot; May 2, 2024 &middot; 5\r\n" +
			"7 Another Title We show more and then it en\r\n- A Third Title We show it\u2014at last. 2 authors \u00b7 Mar 1, 2021\r\n"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// readOnlyFolders reports whether the permissions of folders mean anything to this user.
func readOnlyFolders(t *testing.T) bool {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		return false
	}
	f, err := os.Create(filepath.Join(dir, "x"))
	if err == nil {
		f.Close()
	}
	return err != nil
}
