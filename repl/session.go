package repl

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/sparql"
)

// Options say how a session begins. The zero value reads and prints nothing, without limits.
type Options struct {
	Out, Err io.Writer                                                                  // results; everything else
	Dir      string                                                                     // of the database, as shown and for .open
	Open     func(ctx context.Context, dir string, write bool) (*graph.DB, error)       // for OpenDir and .open; nil: graph.Open
	Load     func(ctx context.Context, db *graph.DB, path string) error                 // for .load; nil: there is no .load
	Fetch    func(ctx context.Context, iri string) (io.ReadCloser, rdfio.Format, error) // for LOAD; nil: LOAD is refused
	Query    graph.QueryOptions                                                         // limits, language, default graph; prefixes are the session's own
	Queries  []string                                                                   // folders of saved queries, first found wins
	To       string                                                                     // form of results; "": table, or turtle for graphs
	Timer    bool
	Width    int        // columns of the terminal; 0: lines are not cut
	Measure  func() int // measures Width anew before each statement at the prompt; nil: it stays
	Color    bool       // results may hold colours
	Quiet    bool       // no notes such as counts of rows
	History  string     // file of the prompt's history; "": not kept
}

// Session is what lasts from statement to statement. It is not safe for concurrent use.
type Session struct {
	Options
	db       *graph.DB
	owned    bool // db was opened here, by OpenDir
	reading  bool // db was opened here for reading only, so that other processes may read too
	prefixes *rdf.Prefixes
	base     string
	out      io.Writer // Out, or a file after .output
	file     *os.File

	explain, profile bool
	limit            int
	lastQuery        string
	lastLang         string // of lastQuery
	last             result
	names            *names
	history          func() []string
	depth            int // of .read in .read
}

// NewSession returns a session on an open database, which it does not close.
func NewSession(db *graph.DB, opt Options) *Session {
	if opt.Out == nil {
		opt.Out = io.Discard
	}
	if opt.Err == nil {
		opt.Err = io.Discard
	}
	if opt.Query.Lang == "" {
		opt.Query.Lang = "sparql"
	}
	s := &Session{Options: opt, db: db, prefixes: DefaultPrefixes(), out: opt.Out}
	s.names = newNames(s)
	return s
}

// Close closes the output file and a database opened by .open.
func (s *Session) Close() error {
	err := s.closeOutput()
	if s.owned {
		err = errors.Join(err, s.db.Close())
		s.owned = false
	}
	return err
}

// explorer asks about nodes with the prefixes in force.
func (s *Session) explorer() Explorer {
	limits := s.Query
	limits.Profile, limits.Params, limits.Base = false, nil, ""
	return Explorer{DB: s.db, Prefixes: s.prefixes, Query: limits, Width: s.screen(), Color: s.Color && s.out == s.Out}
}

// Script runs what r holds, statement by statement, up to its end, the first error, or .quit. Errors of syntax name
// the line in r. It prints no escape sequence.
func (s *Session) Script(ctx context.Context, r io.Reader) error {
	split := s.newSplitter()
	lines := bufio.NewReaderSize(r, 64<<10)
	for {
		line, err := lines.ReadString('\n')
		if err != nil && err != io.EOF {
			return err
		}
		var pieces []piece
		if err == nil || line != "" {
			pieces = split.add(strings.TrimRight(line, "\r\n"))
		}
		end := err == io.EOF
		if end {
			pieces = append(pieces, split.end()...)
		}
		for _, p := range pieces {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := s.run(ctx, p); errors.Is(err, errQuit) {
				return nil
			} else if err != nil {
				return atLine(err, p)
			}
			split.language = s.Query.Lang
		}
		if end {
			return nil
		}
	}
}

func (s *Session) newSplitter() *splitter {
	return &splitter{language: s.Query.Lang, whole: s.whole, command: isCommandLine}
}

// atLine moves an error's place from the statement to the input it came from, or names the line of a command.
func atLine(err error, p piece) error {
	var syntax *sparql.SyntaxError
	if p.kind != commandPiece && errors.As(err, &syntax) {
		if p.line > 1 && err == error(syntax) {
			moved := *syntax
			moved.Line += p.line - 1
			return &moved
		}
		return err
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("line %d: %w", p.line, err)
}

// run does one thing.
func (s *Session) run(ctx context.Context, p piece) error {
	switch p.kind {
	case commandPiece:
		return s.runCommand(ctx, p.text)
	case prologuePiece:
		return s.declare(p.text)
	}
	return s.statement(ctx, p.text)
}

// declare takes the prefixes and the base of a prologue for what follows.
func (s *Session) declare(text string) error {
	query, err := sparql.ParseQuery(text+"\nASK {}", sparql.Options{Base: s.base, Prefixes: s.prefixes})
	if err != nil {
		return err
	}
	s.base = query.Base
	merged := s.prefixes.Clone()
	for prefix, ns := range query.Prefixes.All() {
		merged.Set(prefix, ns)
	}
	s.prefixes = merged
	return nil
}

// statement runs a query or an update.
func (s *Session) statement(ctx context.Context, text string) error {
	if s.Query.Lang == "sparql" && shapeOf(text) == shapeUpdate {
		return s.update(ctx, text)
	}
	if s.Query.Lang == "sparql" {
		text = withoutSemicolon(text)
	}
	err := s.query(ctx, text, nil)
	if syntax := (*sparql.SyntaxError)(nil); !errors.As(err, &syntax) { // what cannot be read is not worth saving
		s.lastQuery, s.lastLang = text, s.Query.Lang
	}
	return err
}

// update runs an update request.
func (s *Session) update(ctx context.Context, text string) error {
	if err := s.writable(ctx); err != nil {
		return err
	}
	start := time.Now()
	var done graph.UpdateStats
	var warnings []sparql.Warning
	err := s.db.Update(ctx, text, graph.UpdateOptions{Prefixes: s.prefixes, Base: s.base, Timeout: s.Query.Timeout, Memory: s.Query.Memory,
		Threads: s.Query.Threads, DefaultGraph: s.Query.DefaultGraph, Fetch: s.Fetch, Stats: &done, Warnings: &warnings})
	if err != nil {
		return err
	}
	s.names.forget()
	s.warn(warnings)
	if s.Width > 0 {
		s.note("%s", UpdateNote(done))
	}
	s.time(time.Since(start))
	return nil
}

// UpdateNote says what an update did.
func UpdateNote(done graph.UpdateStats) string {
	switch {
	case done.Deleted == 0:
		return plural(done.Inserted, "quad") + " inserted"
	case done.Inserted == 0:
		return plural(done.Deleted, "quad") + " deleted"
	}
	return fmt.Sprintf("%s deleted, %d inserted", plural(done.Deleted, "quad"), done.Inserted)
}

// queryOptions are the settings in force.
func (s *Session) queryOptions(params map[string]rdf.Term) graph.QueryOptions {
	opt := s.Query
	opt.Prefixes, opt.Base, opt.Params, opt.Profile = s.prefixes, s.base, params, s.profile
	return opt
}

// query runs a query and prints its results.
func (s *Session) query(ctx context.Context, text string, params map[string]rdf.Term) error {
	if s.explain {
		plan, err := s.db.Explain(ctx, text, s.queryOptions(params))
		if err != nil {
			return err
		}
		fmt.Fprintln(s.out, strings.TrimRight(plan, "\n"))
		return nil
	}
	watch := stopwatch{}
	watch.start()
	res, err := s.db.Query(ctx, text, s.queryOptions(params))
	if err != nil {
		return err
	}
	defer res.Close()
	if params == nil { // a saved query may leave out parameters
		s.warn(res.Warnings())
	}
	printer := Printer{Out: s.out, Prefixes: Declared(s.prefixes, text), To: s.To, Limit: s.limit, Width: s.Width, Color: s.Color}
	if s.out != s.Out {
		printer.Width, printer.Color = 0, false
	}
	summary, err := printer.print(ctx, res, &watch)
	if err != nil {
		return err
	}
	s.last = summary
	if s.Width > 0 && !s.Quiet {
		s.note("%s", summary.note())
		if summary.rows == 0 && summary.form != graph.Ask && s.Query.Lang == "sparql" {
			s.note("%s", s.unknown(ctx, text, printer.Prefixes))
		}
	}
	if s.profile {
		fmt.Fprintln(s.Err, strings.TrimRight(res.Profile(), "\n"))
	}
	s.time(watch.total)
	return nil
}

// note prints a remark that is no result.
func (s *Session) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if text == "" || s.Quiet {
		return
	}
	if s.Color {
		text = "\x1b[2m" + text + "\x1b[0m"
	}
	fmt.Fprintln(s.Err, text)
}

// warn prints what is suspicious in a query or an update.
func (s *Session) warn(warnings []sparql.Warning) {
	for _, text := range WarningTexts(warnings) {
		s.note("%s", text)
	}
}

// mostWarned bounds how many warnings of one text are worth reading.
const mostWarned = 3

// WarningTexts are the warnings as they are shown to people: the first few, with their places.
func WarningTexts(warnings []sparql.Warning) []string {
	var texts []string
	for i, w := range warnings {
		if i == mostWarned {
			texts = append(texts, fmt.Sprintf("warning: %d more like these", len(warnings)-i))
			break
		}
		texts = append(texts, w.String())
	}
	return texts
}

func (s *Session) time(d time.Duration) {
	if s.Timer {
		fmt.Fprintf(s.Err, "time: %.3f ms\n", float64(d.Microseconds())/1000)
	}
}

// stopwatch counts the time between start and stop.
type stopwatch struct {
	began time.Time
	total time.Duration
}

func (w *stopwatch) start() { w.began = time.Now() }
func (w *stopwatch) stop()  { w.total += time.Since(w.began) }

// asError is errors.As with its target's type spelled once.
func asError[E error](err error, target *E) bool { return errors.As(err, target) }
