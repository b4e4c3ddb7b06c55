package repl

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"sett/graph"
	"sett/graph/dot"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/results"
)

// tableFormats are forms of solutions, graphFormats those of graphs; the first of each is the default.
var (
	tableFormats = []string{"table", "json", "xml", "csv", "tsv", "ndjson"}
	graphFormats = []string{"turtle", "ntriples", "nquads", "trig", "jsonld", "dot"}
)

// Formats returns the names that --to and .to take for results.
func Formats() []string { return append(slices.Clone(tableFormats), graphFormats...) }

// CheckFormat returns a *UsageError if name is not in Formats; "" is right.
func CheckFormat(name string) error {
	if name == "" || slices.Contains(Formats(), name) {
		return nil
	}
	msg := fmt.Sprintf("no format %q: expected one of %s", name, strings.Join(Formats(), ", "))
	if near := nearest(name, Formats()); near != "" {
		msg = fmt.Sprintf("no format %q: did you mean %s? Expected one of %s", name, near, strings.Join(Formats(), ", "))
	}
	return &UsageError{msg}
}

// Misfit says that results of a kind are not written in the form of the name, but in which; "" if they are.
func Misfit(name string, kind graph.Form) string {
	forms, what := tableFormats, "rows"
	switch kind {
	case graph.Construct, graph.Describe:
		forms, what = graphFormats, "a graph"
	case graph.Ask:
		what = "true or false"
	}
	if name == "" || slices.Contains(forms, name) {
		return ""
	}
	return fmt.Sprintf("%s is no form of %s, which comes as %s; it could be one of %s", name, what, forms[0], strings.Join(forms, ", "))
}

// Printer writes results. A form that does not fit the kind of result gives way to the default one.
type Printer struct {
	Out      io.Writer
	Prefixes *rdf.Prefixes // of the prompt; a query's own are added
	To       string        // of Formats; "": the default
	Limit    int           // rows written at most; 0: all
	Width    int           // columns of a table; 0: as wide as it is
	Color    bool
}

// maxKept bounds what of a result is kept for .dot.
const maxKept = 5000

// result is what is remembered of the last one.
type result struct {
	form  graph.Form
	rows  int
	cut   bool // not all rows were written
	nodes []rdf.Term
	quads []rdf.Quad
}

// note says how much there was.
func (r result) note() string {
	switch {
	case r.form == graph.Ask:
		return ""
	case r.form == graph.Construct || r.form == graph.Describe:
		return plural(r.rows, "triple")
	case r.cut:
		return fmt.Sprintf("the first %s; .limit 0 shows all", plural(r.rows, "row"))
	}
	return plural(r.rows, "row")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Print writes a result, which stays the caller's to close. It returns how long the engine worked for the rows, output
// not counted.
func (p Printer) Print(ctx context.Context, res *graph.Result) (time.Duration, error) {
	var watch stopwatch
	watch.start()
	_, err := p.print(ctx, res, &watch)
	return watch.total, err
}

func (p Printer) print(ctx context.Context, res *graph.Result, watch *stopwatch) (result, error) {
	out := bufio.NewWriterSize(p.Out, 64<<10)
	var sum result
	var err error
	switch res.Form {
	case graph.Construct, graph.Describe:
		sum, err = p.graph(ctx, out, res, watch)
	default:
		sum, err = p.table(out, res, watch)
	}
	sum.form = res.Form
	if err != nil && sum.rows == 0 {
		return sum, err // not even a head
	}
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	return sum, err
}

// table writes solutions or a boolean.
func (p Printer) table(out io.Writer, res *graph.Result, watch *stopwatch) (sum result, err error) {
	to := p.To
	if !slices.Contains(tableFormats, to) {
		to = tableFormats[0]
	}
	format, ok := results.FormatByName(to)
	if !ok {
		return sum, fmt.Errorf("results cannot be written as %s", to)
	}
	w, err := results.NewWriter(out, format, res.Vars, results.Options{Prefixes: p.Prefixes, Width: p.Width, Color: p.Color})
	if err != nil {
		return sum, err
	}
	if res.Form == graph.Ask {
		watch.stop()
		if err := w.Boolean(res.Bool); err != nil {
			return sum, err
		}
		return sum, w.Close()
	}
	for solution, err := range res.All() {
		watch.stop()
		if err != nil {
			// What was found before the error is written, so that a limit does not hide it; if nothing was, not even a head is.
			if sum.rows > 0 {
				w.Close()
			}
			return sum, err
		}
		if p.Limit > 0 && sum.rows == p.Limit {
			sum.cut = true
			break
		}
		sum.rows++
		row := solution.Terms()
		for _, t := range row {
			if t.IsIRI() && len(sum.nodes) < maxKept {
				sum.nodes = append(sum.nodes, t.Clone())
			}
		}
		if err := w.Row(row); err != nil {
			return sum, err
		}
		watch.start()
	}
	if !sum.cut {
		watch.stop()
	}
	return sum, w.Close()
}

// graph writes triples.
func (p Printer) graph(ctx context.Context, out io.Writer, res *graph.Result, watch *stopwatch) (sum result, err error) {
	to := p.To
	if !slices.Contains(graphFormats, to) {
		to = graphFormats[0]
	}
	var w rdfio.Writer
	if to != "dot" {
		format, ok := rdfio.FormatByName(to)
		if !ok {
			return sum, fmt.Errorf("graphs cannot be written as %s", to)
		}
		if w, err = rdfio.NewWriter(out, format, rdfio.WriterOptions{Prefixes: p.Prefixes}); err != nil {
			return sum, err
		}
	}
	for q, err := range res.Quads() {
		watch.stop()
		if err != nil {
			return sum, err
		}
		if p.Limit > 0 && sum.rows == p.Limit {
			sum.cut = true
			break
		}
		sum.rows++
		if len(sum.quads) < maxKept || w == nil {
			sum.quads = append(sum.quads, q.Clone())
		}
		if w != nil {
			if err := w.Write(q); err != nil {
				return sum, err
			}
		}
		watch.start()
	}
	if !sum.cut {
		watch.stop()
	}
	if w != nil {
		return sum, w.Close()
	}
	return sum, dot.New(sum.quads, dot.Options{Prefixes: p.Prefixes}).Write(ctx, out, dot.DOT)
}
