package rdfio

import (
	"fmt"
	"io"
	"iter"

	"sett/graph/rdf"
)

// ReaderOptions says how an input is read. The zero value is right for a document whose IRIs are all absolute.
type ReaderOptions struct {
	// Base resolves relative IRIs, until the document declares another; "" makes relative IRIs an error.
	// The line formats have no relative IRIs.
	Base string
	// File is the name that messages give.
	File string
	// Lenient is asked about each error of syntax: true skips the statement and goes on, false ends the reading.
	// Nil: the first error ends it. Of a long statement in Turtle or TriG, what came before the mistake has been
	// yielded. Readers of RDF/XML and JSON-LD tell Lenient too, but cannot go on.
	Lenient func(*SyntaxError) bool
	// Prefixes, if not nil, is filled with the prefixes that the document declares.
	Prefixes *rdf.Prefixes
	// BlankPrefix is put before each blank node's label, to make labels of several files distinct.
	BlankPrefix string
	// Context opens the JSON-LD context that a document refers to by an IRI. Nil: such a document is an error.
	Context func(iri string) (io.ReadCloser, error)
}

// Reader yields the quads of one input.
type Reader interface {
	// Read fills batch from its beginning and returns how many quads it has put there; a number above zero comes
	// with a nil error. At the end the error is io.EOF, at a mistake a *SyntaxError, else the input's own.
	Read(batch []rdf.Quad) (int, error)
}

// NewReader returns a reader of r, which it buffers itself.
func NewReader(r io.Reader, f Format, opt ReaderOptions) (Reader, error) {
	if f.read == nil {
		return nil, fmt.Errorf("%w: %q", ErrNoFormat, f.Name)
	}
	return f.read(r, opt)
}

// Quads yields what is left in a reader, in order; after an error, which comes last, nothing. It is single-use.
func Quads(r Reader) iter.Seq2[rdf.Quad, error] {
	return func(yield func(rdf.Quad, error) bool) {
		batch := make([]rdf.Quad, 64)
		for {
			n, err := r.Read(batch)
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(rdf.Quad{}, err)
				return
			}
			for _, q := range batch[:n] {
				if !yield(q, nil) {
					return
				}
			}
		}
	}
}
