package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sett/graph"
)

func (a *app) loadCommand() *cobra.Command {
	var empty, replace bool
	var memory string
	var in input
	c := &cobra.Command{
		Use:   "load FILE…",
		Short: "put documents or RDF into the graph; - is standard input",
		Long: `Puts documents or RDF into the graph: all of the files, or nothing.

Documents (listing, modelcard, arxiv) are read for what they state, with the evidence of each statement; RDF is taken as it is.
With --replace, what the graphs named in the files held before goes away in the same commit.`,
		Args: arguments(1, -1, "files, or - for standard input"),
	}
	in.flags(c)
	c.Flags().BoolVar(&empty, "empty", false, "a new database begins without ontology and lexicon")
	c.Flags().BoolVar(&replace, "replace", false, "each document's own graph is replaced, not added to")
	c.Flags().StringVar(&memory, "memory", "2GiB", "memory it may take")
	c.Flags().BoolVar(&in.goOn, "continue", false, "report malformed statements and go on")
	c.RunE = interruptible(func(c *cobra.Command, args []string) error {
		if err := in.check(); err != nil {
			return err
		}
		limit, err := byteSize(memory)
		if err != nil {
			return err
		}
		limitMemory(limit)
		src, err := a.sources(c.Context(), args, in)
		if err != nil {
			return err
		}
		defer src.close()
		begin := vocabulary
		if empty {
			begin = nothing
		}
		db, err := a.openOrMake(c.Context(), begin, graph.Options{})
		if err != nil {
			return err
		}
		defer db.Close()
		return a.load(c.Context(), db, src, graph.LoadOptions{Graph: in.target(), Replace: replace, Memory: limit})
	})
	return c
}

// limitMemory bounds what a load leaves to the garbage collector; 0: no bound.
func limitMemory(limit int64) {
	if limit > 0 {
		debug.SetMemoryLimit(limit - limit/4) // what Badger maps and what the runtime does not count take the rest
	}
}

// loadHere loads a file for the prompt.
func (a *app) loadHere(ctx context.Context, db *graph.DB, path string) error {
	src, err := a.sources(ctx, []string{path}, input{})
	if err != nil {
		return err
	}
	defer src.close()
	return a.load(ctx, db, src, graph.LoadOptions{})
}

// load puts all quads of src into the graph and says how many there were.
func (a *app) load(ctx context.Context, db *graph.DB, src *sources, opt graph.LoadOptions) error {
	bar := a.progress(src.part)
	opt.Progress = bar.show
	stats, err := db.Load(ctx, src, opt)
	bar.clear()
	if err != nil {
		return err
	}
	a.remark("loaded %d quads (%d new) in %.1f s, %.0f/s", stats.Quads, stats.New, stats.Elapsed.Seconds(), float64(stats.Quads)/max(stats.Elapsed.Seconds(), 1e-9))
	a.tellReport(src)
	return nil
}

// progress is a line on the terminal that tells how far a load has come; elsewhere it is nothing.
type progress struct {
	out   io.Writer
	width int            // columns of the terminal; 0 if nobody knows
	part  func() float64 // of the input that has been read
	start time.Time
	last  time.Time
	phase string
}

func (a *app) progress(part func() float64) *progress {
	if a.quiet || a.noProgress || !terminal(a.err) {
		return &progress{}
	}
	return &progress{out: a.err, width: columns(a.err), part: part, start: time.Now()}
}

// clearLine takes away what stands on the terminal's last line.
const clearLine = "\r\x1b[K"

// barWidth is how many characters a whole bar has.
const barWidth = 24

func (p *progress) show(now graph.Progress) {
	if p.out == nil || now.Phase == p.phase && time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.phase = time.Now(), now.Phase
	if now.Phase == "read" {
		now.Part = p.part()
	}
	line := fmt.Sprintf("%-5s %11d quads, %8.0f/s", now.Phase, now.Quads, float64(now.Quads)/time.Since(p.start).Seconds())
	if room := p.width - len(line) - len("  100%") - 2; now.Part > 0 {
		if whole := min(barWidth, room); whole > 0 || p.width == 0 {
			if p.width == 0 {
				whole = barWidth
			}
			full := int(now.Part * float64(whole))
			line += "  " + strings.Repeat("█", full) + strings.Repeat("░", whole-full)
		}
		line += fmt.Sprintf(" %3.0f%%", 100*now.Part)
	}
	fmt.Fprint(p.out, clearLine+line)
}

func (p *progress) clear() {
	if p.out != nil && !p.last.IsZero() {
		fmt.Fprint(p.out, clearLine)
	}
}
