package rdfio

import (
	"fmt"
	"io"

	"sett/graph/rdf"
)

// WriterOptions says how quads are written. The zero value is right.
type WriterOptions struct {
	// Prefixes abbreviate IRIs in the syntaxes that have prefixes; nil: none.
	Prefixes *rdf.Prefixes
	// Base is declared and makes IRIs below it relative, where the syntax allows it; "": none.
	Base string
}

// Writer writes quads in one syntax. Syntaxes without graphs drop a quad's graph. An error ends the writing: later
// calls return it again.
type Writer interface {
	// Write takes one quad. Errors are those of the io.Writer, and ErrUnwritable for a term that the syntax lacks.
	Write(rdf.Quad) error
	// Close writes what is buffered. It does not close the io.Writer.
	Close() error
}

// NewWriter returns a writer to w, which it buffers itself. N-Triples and N-Quads are written as quads come, in
// canonical form; the other syntaxes gather quads first, as their own documentation says.
func NewWriter(w io.Writer, f Format, opt WriterOptions) (Writer, error) {
	if f.write == nil {
		return nil, fmt.Errorf("%w: %q", ErrNoFormat, f.Name)
	}
	return f.write(w, opt)
}

func newTripleWriter(w io.Writer, _ WriterOptions) (Writer, error) {
	return &lineWriter{out: output{w: w}}, nil
}

func newQuadWriter(w io.Writer, _ WriterOptions) (Writer, error) {
	return &lineWriter{out: output{w: w}, graphs: true}, nil
}

// lineWriter writes canonical N-Triples or N-Quads, statement by statement; it neither sorts nor removes duplicates.
type lineWriter struct {
	out    output
	graphs bool
}

func (l *lineWriter) Write(q rdf.Quad) error {
	if l.out.err != nil {
		return l.out.err
	}
	if !l.graphs {
		q.G = rdf.Term{}
	}
	if err := checkQuad(q); err != nil {
		l.out.err = err
		return err
	}
	l.out.b = q.Append(l.out.b)
	return l.out.flushAbove(outputBlock)
}

func (l *lineWriter) Close() error { return l.out.flushAbove(0) }

// output gathers bytes for an io.Writer and keeps its first error.
type output struct {
	w   io.Writer
	b   []byte
	err error
}

const outputBlock = 64 << 10

// flushAbove writes the gathered bytes if there are more than n.
func (o *output) flushAbove(n int) error {
	if o.err == nil && len(o.b) > n {
		_, o.err = o.w.Write(o.b)
		o.b = o.b[:0]
	}
	return o.err
}

// checkQuad refuses what no syntax can express, so that whatever is written can be read again.
func checkQuad(q rdf.Quad) error {
	if !q.G.IsZero() {
		if !q.G.IsIRI() && !q.G.IsBlank() {
			return fmt.Errorf("%w: the graph name %s", ErrUnwritable, q.G)
		}
		if err := checkTerm(q.G); err != nil {
			return err
		}
	}
	return checkTriple(q.S, q.P, q.O)
}

func checkTriple(s, p, o rdf.Term) error {
	if !s.IsIRI() && !s.IsBlank() {
		return fmt.Errorf("%w: the subject %s", ErrUnwritable, s)
	}
	if !p.IsIRI() {
		return fmt.Errorf("%w: the predicate %s", ErrUnwritable, p)
	}
	if o.IsZero() {
		return fmt.Errorf("%w: a statement without an object", ErrUnwritable)
	}
	for _, t := range [...]rdf.Term{s, p, o} {
		if err := checkTerm(t); err != nil {
			return err
		}
	}
	return nil
}

// Check returns an error that is ErrUnwritable if a term cannot be written in any syntax: an IRI that is relative, or has characters that no IRI has.
func Check(t rdf.Term) error { return checkTerm(t) }

func checkTerm(t rdf.Term) error {
	switch t.Kind() {
	case rdf.IRI:
		if !isIRI(t.Value()) {
			return fmt.Errorf("%w: %q is not an absolute IRI", ErrUnwritable, t.Value())
		}
	case rdf.Literal:
		if !t.IsString() && t.Lang() == "" && !isIRI(t.Datatype()) {
			return fmt.Errorf("%w: the datatype %q is not an absolute IRI", ErrUnwritable, t.Datatype())
		}
	case rdf.Blank:
		if !isLabel(t.Value()) {
			return fmt.Errorf("%w: the blank node label %q", ErrUnwritable, t.Value())
		}
	case rdf.TripleTerm:
		in := t.Triple()
		return checkTriple(in.S, in.P, in.O)
	}
	return nil
}
