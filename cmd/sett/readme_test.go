package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the program prints into README.md")

// fenced matches a block of what is typed, and the block of what came back.
var fenced = regexp.MustCompile("(?s)```(sett|sh)\n([^`]*)```\n\n```text\n([^`]*)```\n")

// TestREADMEShowsWhatHappens types what README.md shows, in its order, into a new database: blocks marked sett at the
// prompt, blocks marked sh in a shell. The block marked text that follows is what must be printed.
// go test ./cmd/sett -run README -update rewrites those; read the diff.
func TestREADMEShowsWhatHappens(t *testing.T) {
	path := filepath.Join("..", "..", "README.md")
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(self, filepath.Join(dir, "sett")); err != nil {
		t.Fatal(err)
	}
	shown := 0
	now := fenced.ReplaceAllFunc(readme, func(block []byte) []byte {
		m := fenced.FindSubmatch(block)
		kind, typed, want := string(m[1]), string(m[2]), string(m[3])
		shown++
		c := exec.Command("sh", "-c", typed)
		if kind == "sett" {
			c = exec.Command("sett")
			c.Path = filepath.Join(dir, "sett")
			c.Stdin = strings.NewReader(typed)
		}
		c.Dir = dir
		c.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir, "SETT_DB=")
		var stderr bytes.Buffer
		c.Stderr = &stderr
		out, err := c.Output()
		if err != nil {
			t.Errorf("%s\n%v: %s", typed, err, &stderr)
		}
		out = bytes.ReplaceAll(out, []byte("\r\n"), []byte("\n")) // CSV ends its lines so
		if got := string(out); got != want && !*update {
			t.Errorf("%s\nprints\n%s\nREADME.md shows\n%s", typed, got, want)
		}
		return fmt.Appendf(nil, "```%s\n%s```\n\n```text\n%s```\n", kind, typed, out)
	})
	comparePicture(t, dir)
	if shown < 6 {
		t.Errorf("README.md shows %d exchanges, fewer than it had", shown)
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(path, now, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// comparePicture compares the picture that README.md shows with the one that its command draws.
func comparePicture(t *testing.T, dir string) {
	const shown = "testdata/zamba2.svg"
	c := exec.Command("sett", "dot", "model:zamba2", "--out", "zamba2.svg")
	c.Path, c.Dir, c.Env = filepath.Join(dir, "sett"), dir, append(os.Environ(), "SETT_DB=")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(dir, "zamba2.svg"))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(shown, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(shown)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what sett dot draws now; go test ./cmd/sett -run README -update draws it anew", shown)
	}
}
