package repl

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/peterh/liner"

	"sett/graph/sparql"
)

const (
	promptFirst = "sett> "
	promptMore  = "  ..> "
)

// PromptLimit is the number of rows that the prompt shows until .limit says otherwise.
const PromptLimit = 200

// Prompt serves the terminal on the process's standard input and output until the user leaves. Errors are shown and
// the prompt goes on; what it returns is a fault of the terminal itself. While it runs, it takes the interrupt signal:
// Ctrl-C clears the line, or cancels what is running.
func (s *Session) Prompt(ctx context.Context) error {
	if s.limit == 0 {
		s.limit = PromptLimit
	}
	edit := liner.NewLiner()
	defer edit.Close()
	setInterrupt(false)
	stray := make(chan os.Signal, 1) // a signal that comes when its query has just ended
	signal.Notify(stray, os.Interrupt)
	defer signal.Stop(stray)
	edit.SetCtrlCAborts(true)
	edit.SetMultiLineMode(true)
	edit.SetBeep(false)
	keeper := newHistory(s.History)
	for _, line := range keeper.lines {
		edit.AppendHistory(line)
	}
	s.history = func() []string { return keeper.lines }
	defer func() { s.history = nil }()

	s.banner(ctx, len(keeper.lines) == 0)
	split := s.newSplitter()
	edit.SetWordCompleter(func(line string, pos int) (string, []string, string) {
		c := completer{vocabulary: s.names, prefixes: s.prefixes, before: split.text.String(),
			language: s.Query.Lang, words: s.db.Words(s.Query.Lang)}
		found := c.complete(line, byteOffset(line, pos))
		if found.cycle {
			edit.SetTabCompletionStyle(liner.TabCircular)
		} else {
			edit.SetTabCompletionStyle(liner.TabPrints)
		}
		return found.head, found.options, found.tail
	})
	for {
		prompt := promptFirst
		if split.pending() {
			prompt = promptMore
		}
		line, err := edit.Prompt(prompt)
		switch {
		case errors.Is(err, liner.ErrPromptAborted):
			split.clear()
			continue
		case err == io.EOF:
			fmt.Fprintln(s.Err)
			if text := split.text.String(); split.pending() && s.whole(split.language, text) {
				for _, p := range split.end() {
					s.interactive(ctx, p)
				}
			}
			return nil
		case err != nil:
			return err
		}
		for _, p := range split.add(line) {
			if entry := oneLine(p); entry != "" {
				edit.AppendHistory(entry)
				keeper.add(entry)
			}
			if quit := s.interactive(ctx, p); quit {
				return nil
			}
			split.language = s.Query.Lang
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// byteOffset returns where the n-th character of s starts.
func byteOffset(s string, n int) int {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// interactive does one thing, lets the interrupt signal cancel it, and shows its error. It reports whether to leave.
func (s *Session) interactive(ctx context.Context, p piece) (quit bool) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	setInterrupt(true)
	defer setInterrupt(false)
	if s.Measure != nil {
		s.Width = s.Measure()
	}
	err := s.run(ctx, p)
	switch {
	case errors.Is(err, errQuit):
		return true
	case err == nil:
	case errors.Is(err, context.Canceled):
		s.complain("cancelled")
	default:
		s.complain(ErrorText(err))
	}
	return false
}

// ErrorText is what people are shown of an error: what a syntax error says begins with its place.
func ErrorText(err error) string {
	var syntax *sparql.SyntaxError
	if errors.As(err, &syntax) {
		return strings.TrimRight(err.Error(), "\n")
	}
	if path, ok := err.(*os.PathError); ok { // the place first, the system call not at all
		return "error: " + path.Path + ": " + path.Err.Error()
	}
	return "error: " + strings.TrimRight(err.Error(), "\n")
}

// complain prints an error in red, if there are colours.
func (s *Session) complain(text string) {
	if s.Color {
		text = "\x1b[31m" + text + "\x1b[0m"
	}
	fmt.Fprintln(s.Err, text)
}

// oneLine returns a piece as an entry of the history, or "" if it cannot be a line.
func oneLine(p piece) string {
	if p.kind == commandPiece || !strings.Contains(p.text, "\n") {
		return p.text
	}
	var b strings.Builder
	at := 0
	for _, t := range scan(p.text) {
		if t.kind == text && strings.Contains(t.text, "\n") {
			return ""
		}
		gap := p.text[at:t.start]
		if strings.Contains(gap, "\n") {
			gap = " "
		}
		at = t.end
		if t.kind != comment {
			b.WriteString(gap + t.text)
		}
	}
	return strings.TrimSpace(b.String())
}

// history keeps entered lines in a file.
type history struct {
	path  string
	lines []string
}

// newHistory reads the file and, when it has grown far past what is used, cuts it. A history that cannot be read or
// written is no reason to refuse to work: the session goes on without.
func newHistory(path string) *history {
	h := &history{path: path}
	f, err := os.Open(path)
	if err != nil {
		return h
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	count := 0
	for in.Scan() {
		count++
		if line := in.Text(); line != "" && utf8.ValidString(line) {
			h.lines = append(h.lines, line)
		}
	}
	if extra := len(h.lines) - liner.HistoryLimit; extra > 0 {
		h.lines = h.lines[extra:]
	}
	if count > 2*liner.HistoryLimit {
		_ = SaveFile(path, func(w io.Writer) error {
			_, err := io.WriteString(w, strings.Join(h.lines, "\n")+"\n")
			return err
		})
		_ = os.Chmod(path, 0o600)
	}
	return h
}

// add keeps a line unless it repeats the last one.
func (h *history) add(line string) {
	if n := len(h.lines); n > 0 && h.lines[n-1] == line {
		return
	}
	h.lines = append(h.lines, line)
	if h.path == "" {
		return
	}
	if err := os.MkdirAll(filepath.Dir(h.path), 0o700); err != nil {
		return
	}
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	_, _ = f.WriteString(line + "\n")
}

// HistoryFile returns where the history is kept: in the user's state folder ($XDG_STATE_HOME, by default
// ~/.local/state), "" if there is none.
func HistoryFile() string {
	state := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		state = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(state, "sett", "history")
}
