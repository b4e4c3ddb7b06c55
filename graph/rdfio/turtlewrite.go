package rdfio

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"sett/graph/rdf"
)

func newTurtleWriter(w io.Writer, opt WriterOptions) (Writer, error) {
	return newPrettyWriter(w, opt, false)
}

func newTrigWriter(w io.Writer, opt WriterOptions) (Writer, error) {
	return newPrettyWriter(w, opt, true)
}

func newPrettyWriter(w io.Writer, opt WriterOptions, graphs bool) (Writer, error) {
	p := &prettyWriter{out: output{w: w}, graphs: graphs}
	p.prefixes, p.short, p.used = opt.Prefixes, make(map[string]string), make(map[string]bool)
	if opt.Base != "" {
		if !isIRI(opt.Base) {
			return nil, &baseError{opt.Base}
		}
		p.base, p.baseText = newBase(opt.Base), opt.Base
	}
	return p, nil
}

// prettyWriter writes Turtle and TriG for people: prefixes (those that are used), a paragraph a subject, predicate and
// object lists, nested blank nodes and collections, annotations. The same quads, in whatever order they come, give the
// same bytes. It holds all quads until Close; write large graphs as N-Quads.
type prettyWriter struct {
	out    output
	graphs bool
	quads  []rdf.Quad
	printer
}

func (p *prettyWriter) Write(q rdf.Quad) error {
	if p.out.err != nil {
		return p.out.err
	}
	if !p.graphs {
		q.G = rdf.Term{}
	}
	if err := checkQuad(q); err != nil {
		p.out.err = err
		return err
	}
	p.quads = append(p.quads, q)
	return nil
}

func (p *prettyWriter) Close() error {
	if p.out.err != nil {
		return p.out.err
	}
	slices.SortFunc(p.quads, rdf.Quad.Compare)
	p.quads = slices.CompactFunc(p.quads, rdf.Quad.Equal)
	shared := sharedBlanks(p.quads)
	for rest := p.quads; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].G.Equal(rest[0].G) {
			n++
		}
		p.graph(rest[0].G, newShape(rest[:n], shared))
		rest = rest[n:]
	}
	p.quads = nil
	head := p.header()
	if len(head) == 0 && len(p.b) > 0 {
		p.b = p.b[1:] // the empty line between them
	}
	p.out.b = append(head, p.b...)
	p.b = nil
	return p.out.flushAbove(0)
}

// header declares the base and the prefixes that the body uses.
func (p *prettyWriter) header() []byte {
	var b []byte
	if p.baseText != "" {
		b = fmt.Appendf(b, "@base %s .\n", rdf.NewIRI(p.baseText))
	}
	for prefix, ns := range p.prefixes.All() {
		if p.used[prefix] {
			b = fmt.Appendf(b, "@prefix %s: %s .\n", prefix, rdf.NewIRI(ns))
		}
	}
	return b
}

// graph prints one graph; paragraphs are set off by empty lines.
func (p *prettyWriter) graph(name rdf.Term, sh *shape) {
	p.shape, p.indent = sh, 0
	if !name.IsZero() {
		p.b = append(p.b, '\n')
		p.term(name)
		p.b = append(p.b, " {"...)
		p.indent = 1
	}
	for _, s := range sh.subjects {
		if s.place != paragraph || len(s.quads) == 0 {
			continue
		}
		p.b = append(p.b, '\n')
		for range p.indent {
			p.b = append(p.b, indentText...)
		}
		p.node(s)
		p.b = append(p.b, ' ')
		p.statements(s)
		p.b = append(p.b, " .\n"...)
	}
	if !name.IsZero() {
		p.b = append(p.b, "}\n"...)
	}
}

// sharedBlanks returns the blank nodes that occur in more than one graph, or name one.
func sharedBlanks(quads []rdf.Quad) map[rdf.Term]bool {
	shared, home := make(map[rdf.Term]bool), make(map[rdf.Term]rdf.Term)
	var visit func(t, g rdf.Term)
	visit = func(t, g rdf.Term) {
		switch t.Kind() {
		case rdf.Blank:
			if first, ok := home[t]; !ok {
				home[t] = g
			} else if first != g {
				shared[t] = true
			}
		case rdf.TripleTerm:
			visit(t.Triple().S, g)
			visit(t.Triple().O, g)
		}
	}
	for _, q := range quads {
		visit(q.S, q.G)
		visit(q.O, q.G)
		if q.G.IsBlank() {
			shared[q.G] = true
		}
	}
	return shared
}

// isIRI reports whether s can stand between < and > in all syntaxes: it is absolute and has none of the characters
// that IRIREF forbids.
func isIRI(s string) bool {
	for i := range len(s) {
		if class[s[i]]&inIRI == 0 {
			return false
		}
	}
	return hasScheme(s)
}

// indentText is one level of indentation.
var indentText = strings.Repeat(" ", 4)
