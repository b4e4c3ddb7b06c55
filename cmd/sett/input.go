package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/loader"
	"sett/repl"
)

// input are the flags of commands that read documents or RDF.
type input struct {
	format, graph, base, lexicon string
	year, threads                int
	noEvidence, goOn             bool
}

func (in *input) flags(c *cobra.Command) {
	c.Flags().StringVar(&in.format, "format", "", "one of "+strings.Join(formats(), ", ")+"; by default told from the name or the first bytes")
	c.Flags().StringVar(&in.graph, "graph", "", "graph of triples that name none")
	c.Flags().StringVar(&in.base, "base", "", "base of relative IRIs; by default the file's own")
	c.Flags().IntVar(&in.year, "year", 0, "year of a listing's dates without one; by default one past the newest in the file")
	c.Flags().StringVar(&in.lexicon, "lexicon", "", "more names: a file like those of the lexicon")
	c.Flags().IntVar(&in.threads, "threads", 0, "threads that read documents; by default as many as there are cores. They change no output")
	c.Flags().BoolVar(&in.noEvidence, "no-evidence", false, "statements without their reifiers")
}

// maxThreads bounds --threads: each holds a few batches of documents.
const maxThreads = 256

// check looks at the flags before anything is opened.
func (in *input) check() error {
	if in.format != "" && !slices.Contains(formats(), in.format) {
		return &repl.UsageError{Msg: fmt.Sprintf("--format %s: expected one of %s", in.format, strings.Join(formats(), ", "))}
	}
	if in.threads < 0 || in.threads > maxThreads {
		return &repl.UsageError{Msg: fmt.Sprintf("--threads %d: expected 1 to %d, or 0 for as many as there are cores", in.threads, maxThreads)}
	}
	if in.year < 0 || in.year > 9999 {
		return &repl.UsageError{Msg: fmt.Sprintf("--year %d: expected a year such as 2025", in.year)}
	}
	return checkGraph(in.graph)
}

// checkGraph looks at the name of a graph, "" for none.
func checkGraph(name string) error {
	if name == "" {
		return nil
	}
	if err := rdfio.Check(iri(name)); err != nil {
		return &repl.UsageError{Msg: fmt.Sprintf("--graph %s: expected an IRI, or a prefixed name", name)}
	}
	return nil
}

// target is the graph of triples that name none; the zero Term is the default graph.
func (in *input) target() rdf.Term {
	if in.graph == "" {
		return rdf.Term{}
	}
	return iri(in.graph)
}

// sources are several inputs read one after the other.
type sources struct {
	open    []func() (stream, error)
	current stream
	report  loader.Report // what has been extracted so far

	passedOver []string // files of folders whose format nothing tells

	size int64        // bytes of all files; 0 if some are no files
	read atomic.Int64 // bytes of them read so far
}

// stream is one input: a source of quads and what must be closed after it.
type stream interface {
	Read([]rdf.Quad) (int, error)
	Close() error
}

// Read reads from the first input that is not at its end.
func (s *sources) Read(batch []rdf.Quad) (int, error) {
	for {
		if s.current == nil {
			if len(s.open) == 0 {
				return 0, io.EOF
			}
			next, err := s.open[0]()
			if err != nil {
				return 0, err
			}
			s.open, s.current = s.open[1:], next
		}
		n, err := s.current.Read(batch)
		if err == io.EOF {
			err = s.current.Close()
			s.current = nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// part is how much of the files has been read, from 0 to 1; 0 if their size is not known.
func (s *sources) part() float64 {
	if s.size == 0 {
		return 0
	}
	return min(1, float64(s.read.Load())/float64(s.size))
}

func (s *sources) close() {
	if s.current != nil {
		s.current.Close()
		s.current = nil
	}
}
