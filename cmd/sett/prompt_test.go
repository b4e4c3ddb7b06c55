package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// session is the program on a pseudo-terminal.
type session struct {
	t      *testing.T
	pty    *os.File
	cmd    *exec.Cmd
	mu     sync.Mutex
	grown  chan struct{}
	output strings.Builder
	seen   int // bytes of output that expectations have passed
}

// begin starts the program in a folder.
func begin(t *testing.T, dir string, args ...string) *session {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := &exec.Cmd{Path: self, Args: append([]string{"sett"}, args...), Dir: dir}
	cmd.Env = append(os.Environ(), "TERM=xterm", "NO_COLOR=1", "XDG_STATE_HOME="+filepath.Join(dir, "state"), "XDG_CONFIG_HOME="+filepath.Join(dir, "config"), "HOME="+dir)
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 100})
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	s := &session{t: t, pty: f, cmd: cmd, grown: make(chan struct{}, 1)}
	go s.read()
	t.Cleanup(func() {
		cmd.Process.Kill()
		f.Close()
	})
	return s
}

func (s *session) read() {
	buf := make([]byte, 4096)
	for {
		n, err := s.pty.Read(buf)
		s.mu.Lock()
		s.output.Write(buf[:n])
		s.mu.Unlock()
		select {
		case s.grown <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// escapes are the sequences with which a line editor moves the cursor.
var escapes = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]`)

// expect waits until the output since the last expectation matches.
func (s *session) expect(pattern string) {
	s.t.Helper()
	re := regexp.MustCompile(pattern)
	deadline := time.After(10 * time.Second)
	for {
		s.mu.Lock()
		fresh := s.output.String()[s.seen:]
		s.mu.Unlock()
		if at := re.FindStringIndex(fresh); at != nil {
			s.seen += at[1]
			return
		}
		select {
		case <-s.grown:
		case <-deadline:
			s.t.Fatalf("%q does not come; what came:\n%s", pattern, escapes.ReplaceAllString(fresh, ""))
		}
	}
}

// since is the output from an offset up to the last expectation.
func (s *session) since(offset int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.output.String()[offset:s.seen]
}

func (s *session) send(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.pty, keys); err != nil {
		s.t.Fatal(err)
	}
}

// leave sends Ctrl-D and wants the program to end well.
func (s *session) leave() {
	s.t.Helper()
	s.send(ctrlD)
	if err := s.cmd.Wait(); err != nil {
		s.t.Fatalf("the prompt ended with %v:\n%s", err, s.output.String())
	}
}

const (
	ctrlC = "\x03"
	ctrlD = "\x04"
	up    = "\x1b[A"
	tab   = "\t"
	enter = "\r"
)

func TestPromptAnswersStatementsOverSeveralLines(t *testing.T) {
	s := begin(t, t.TempDir())
	s.expect(`sett> `)
	s.send("SELECT (COUNT(*) AS ?models)" + enter)
	s.expect(`  \.\.> `)
	s.send(enter) // an empty line does not end what is not whole
	s.expect(`  \.\.> `)
	s.send("WHERE { ?m a :Model }" + enter)
	s.expect(`  \.\.> `)
	s.send(enter)
	s.expect(`models`)
	s.expect(`1 row`)
	s.expect(`sett> `)
	s.send("ASK { ?m a :Model }" + enter)
	s.expect(`  \.\.> `)
	s.send(";" + enter)
	s.expect(`true`)
	s.expect(`sett> `)
	s.leave()
}

func TestPromptShowsErrorsAndGoesOn(t *testing.T) {
	s := begin(t, t.TempDir(), "--empty")
	s.expect(`sett> `)
	s.send("SELECT * WHERE { ?s ?p }" + enter + enter)
	s.expect(`line 1, column 24`)
	s.expect(`\^`)
	s.expect(`sett> `)
	s.send(".save it" + enter)
	s.expect(`there is no query yet`)
	s.expect(`sett> `)
	s.send(".tabels" + enter)
	s.expect(`did you mean \.tables\?`)
	s.expect(`sett> `)
	s.leave()
}

func TestHistoryLastsBetweenRuns(t *testing.T) {
	dir := t.TempDir()
	s := begin(t, dir, "--empty")
	s.expect(`sett> `)
	s.send("ASK {" + enter)
	s.expect(`  \.\.> `)
	s.send("?s ?p 12345 }" + enter)
	s.expect(`  \.\.> `)
	s.send(enter)
	s.expect(`false`)
	s.expect(`sett> `)
	s.leave()

	s = begin(t, dir)
	s.expect(`sett> `)
	s.send(up)
	s.expect(`ASK \{ \?s \?p 12345 \}`) // the statement of several lines comes back as one
	s.send(enter)
	s.expect(`  \.\.> `)
	s.send(enter)
	s.expect(`false`)
	s.send(".history" + enter)
	s.expect(`1  ASK`)
	s.expect(`sett> `)
	s.leave()
	info, err := os.Stat(filepath.Join(dir, "state", "sett", "history"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the history: %v, %v", info, err)
	}
}

func TestInterruptClearsWhatIsTyped(t *testing.T) {
	s := begin(t, t.TempDir(), "--empty")
	s.expect(`sett> `)
	s.send("SELECT nonsense {" + enter)
	s.expect(`  \.\.> `)
	s.send("more" + ctrlC)
	s.expect(`sett> `)
	s.send("ASK {}" + enter)
	s.expect(`  \.\.> `)
	s.send(enter)
	s.expect(`true`)
	s.expect(`sett> `)
	s.leave()
}

func TestInterruptCancelsTheRunningQuery(t *testing.T) {
	s := begin(t, t.TempDir())
	s.expect(`sett> `)
	s.send(`SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(STR(?c)) + STRLEN(STR(?f)) + STRLEN(STR(?i)) = 1) }` + enter)
	s.expect(`  \.\.> `)
	s.send(enter)
	s.expect(`\n`)
	printed := s.seen
	time.Sleep(200 * time.Millisecond) // nothing tells that the query has begun; too early an interrupt would clear the line
	s.send(ctrlC)
	s.expect(`cancelled`)
	if table := s.since(printed); strings.Contains(table, "│") {
		t.Errorf("a query cancelled before its first row shows a table:\n%s", table)
	}
	s.expect(`sett> `)
	s.send("ASK {}" + enter)
	s.expect(`  \.\.> `)
	s.send(enter)
	s.expect(`true`)
	s.expect(`sett> `)
	s.leave()
}

func TestTabCompletesFromTheGraph(t *testing.T) {
	s := begin(t, t.TempDir())
	s.expect(`sett> `)
	s.send("DESCRIBE model:zamba2-1" + tab)
	s.expect(`model:zamba2-1\.2b`)
	s.send(ctrlC)
	s.expect(`sett> `)
	s.send("SELECT ?m WHERE { ?m a :Mod" + tab)
	s.expect(`:Model`)
	s.send(" ; :trainingTo" + tab)
	s.expect(`:trainingTokens`)
	s.send(ctrlC)
	s.expect(`sett> `)
	s.send("." + "schem" + tab)
	s.expect(`\.schema`)
	s.send(ctrlC)
	s.expect(`sett> `)
	s.leave()
}

func TestOthersReadBesideThePromptUntilItWrites(t *testing.T) {
	dir := t.TempDir()
	s := begin(t, dir)
	s.expect(`sett> `)
	other := func() error {
		cmd := exec.Command(s.cmd.Path, "query", "ASK {}")
		cmd.Args[0], cmd.Dir, cmd.Env = "sett", dir, s.cmd.Env
		return cmd.Run()
	}
	if err := other(); err != nil {
		t.Errorf("beside a prompt that reads: %v", err)
	}
	s.send("INSERT DATA { :a :b 1, 2 }" + enter)
	s.expect(`  \.\.> `)
	s.send(enter)
	s.expect(`2 quads inserted`)
	s.expect(`sett> `)
	if err := other(); err == nil {
		t.Error("another process reads while the prompt writes")
	}
	s.send(".open other.db" + enter)
	s.expect(`made other\.db`)
	s.expect(`10 papers`)
	s.expect(`sett> `)
	if err := other(); err != nil {
		t.Errorf("after .open of another database: %v", err)
	}
	s.leave()
}

func TestLoadShowsHowFarItHasCome(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&b, "<urn:s%d> <urn:p> <urn:o%d> .\n", i, i%1000)
	}
	if err := os.WriteFile(filepath.Join(dir, "big.nt"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	s := begin(t, dir, "load", "--empty", "big.nt")
	s.expect(`read +[0-9]+ quads, +[0-9]+/s  █*░* +[0-9]+%`)
	s.expect(`loaded 200000 quads \(200000 new\)`)
	if err := s.cmd.Wait(); err != nil {
		t.Error(err)
	}
}
