package loader

import (
	"context"
	"errors"
	"io"
	"maps"
	"runtime"
	"sync"

	"sett/graph/rdf"
	"sett/loader/document"
	"sett/loader/extract"
	"sett/loader/lexicon"
)

// Options of an extraction. The zero value extracts with the embedded lexicon, with evidence, on all cores.
type Options struct {
	Lexicon    *lexicon.Lexicon // nil: [SeedLexicon]
	NoEvidence bool             // statements without their reifiers
	Threads    int              // 0: one a core
	// Lenient is asked about each malformed document: true skips it. Nil: the first ends the extraction.
	Lenient func(*document.Skipped) bool
	// Progress, if not nil, is called after each batch with the documents so far.
	Progress func(documents int)
}

// Report says what an extraction found.
type Report struct {
	Documents  int            // read
	Skipped    int            // malformed, passed over
	Factless   int            // documents from which nothing but mentions was extracted
	Quads      int            // emitted
	Statements map[string]int // by property
	// Unlisted are the names that the lexicon does not have, by documents; a size of a family that it has is none. Where there are more than [MaxUnlisted], Pruned
	// is above zero, the rarest have been forgotten, and counts may be too low by that much.
	Unlisted map[string]int
	Pruned   int
}

// MaxUnlisted bounds Report.Unlisted.
const MaxUnlisted = 10000

// batch is a run of documents on its way through the workers.
type batch struct {
	docs  []*document.Document
	quads []rdf.Quad
	parts []part
	done  chan struct{}
}

// part is what one document added to the report.
type part struct {
	properties []string
	unlisted   []string
}

const batchSize = 32

// Extract reads all documents and calls emit with the quads of each batch, in the order of the source, from one goroutine. The
// slice is emit's to read until it returns; the terms stay valid. Output depends on the documents and the lexicon only, not
// on Threads. It holds at most three batches of 32 documents a thread. The first error ends it: the reader's (but see Lenient), emit's
// or ctx's.
func Extract(ctx context.Context, docs document.Reader, opt Options, emit func([]rdf.Quad) error) (Report, error) {
	report := Report{Statements: make(map[string]int), Unlisted: make(map[string]int)}
	lex := opt.Lexicon
	if lex == nil {
		var err error
		if lex, err = SeedLexicon(); err != nil {
			return report, err
		}
	}
	threads := opt.Threads
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	extractor := extract.New(lex)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	work := make(chan *batch, threads)
	ordered := make(chan *batch, 2*threads)

	var pool sync.Pool // slices of emitted batches
	var readErr error
	var skipped int
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(work)
		defer close(ordered)
		for {
			b := &batch{done: make(chan struct{})}
			for len(b.docs) < batchSize && readErr == nil {
				doc, err := docs.Next()
				var bad *document.Skipped
				switch {
				case err == nil:
					b.docs = append(b.docs, doc)
				case errors.As(err, &bad) && opt.Lenient != nil && opt.Lenient(bad):
					skipped++
				default:
					readErr = err
				}
			}
			if len(b.docs) > 0 {
				select {
				case ordered <- b:
				case <-ctx.Done():
					return
				}
				select {
				case work <- b:
				case <-ctx.Done():
					return
				}
			}
			if readErr != nil {
				return
			}
		}
	})
	for range threads {
		wg.Go(func() {
			w := extractor.NewWorker()
			build := builder{names: lex, evidence: !opt.NoEvidence}
			for b := range work {
				if spare, ok := pool.Get().(*[]rdf.Quad); ok {
					b.quads = (*spare)[:0]
				}
				for _, doc := range b.docs {
					r := w.Document(doc)
					b.quads = build.build(b.quads, doc, r)
					p := tally(r)
					p.properties = append(p.properties, build.stated...)
					p.unlisted = append(p.unlisted, build.unlisted...)
					b.parts = append(b.parts, p)
				}
				close(b.done)
			}
		})
	}
	err := report.drain(ctx, ordered, opt, func(quads []rdf.Quad) error {
		err := emit(quads)
		clear(quads)
		pool.Put(&quads)
		return err
	})
	cancel()
	wg.Wait()
	report.Skipped = skipped
	if err == nil && readErr != nil && readErr != io.EOF {
		err = readErr
	}
	return report, err
}

// drain emits finished batches in order.
func (r *Report) drain(ctx context.Context, ordered <-chan *batch, opt Options, emit func([]rdf.Quad) error) error {
	for b := range ordered {
		select {
		case <-b.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := emit(b.quads); err != nil {
			return err
		}
		r.Documents += len(b.docs)
		r.Quads += len(b.quads)
		for _, p := range b.parts {
			facts := false
			for _, name := range p.properties {
				r.Statements[name]++
				facts = facts || name != "mentions"
			}
			if !facts {
				r.Factless++
			}
			for _, name := range p.unlisted {
				r.Unlisted[name]++
			}
		}
		for len(r.Unlisted) > MaxUnlisted {
			r.Pruned++
			maps.DeleteFunc(r.Unlisted, func(name string, _ int) bool {
				r.Unlisted[name]--
				return r.Unlisted[name] == 0
			})
		}
		if opt.Progress != nil {
			opt.Progress(r.Documents)
		}
	}
	return ctx.Err()
}

func tally(r extract.Result) part {
	var p part
	for i := range r.Statements {
		if name := r.Statements[i].Property; name != "" {
			p.properties = append(p.properties, name)
		}
	}
	for i := range r.Entities {
		if e := &r.Entities[i]; e.Used && !r.Listed(i) {
			p.unlisted = append(p.unlisted, e.Label)
		}
	}
	return p
}
