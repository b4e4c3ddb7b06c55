package rdfio

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"sett/graph/rdf"
)

func newJSONWriter(w io.Writer, _ WriterOptions) (Writer, error) {
	return &jsonWriter{out: output{w: w}}, nil
}

// jsonWriter writes JSON-LD in flattened, expanded form: an array of nodes by graph and subject, without a context. The
// same quads give the same bytes. It holds all quads until Close. Triple terms are ErrUnwritable.
type jsonWriter struct {
	out   output
	quads []rdf.Quad
}

func (j *jsonWriter) Write(q rdf.Quad) error {
	if j.out.err != nil {
		return j.out.err
	}
	err := checkQuad(q)
	if err == nil && q.O.IsTripleTerm() {
		err = fmt.Errorf("%w in JSON-LD: the triple term %s", ErrUnwritable, q.O)
	}
	if err != nil {
		j.out.err = err
		return err
	}
	j.quads = append(j.quads, q)
	return nil
}

func (j *jsonWriter) Close() error {
	if j.out.err != nil {
		return j.out.err
	}
	slices.SortFunc(j.quads, rdf.Quad.Compare)
	j.quads = slices.CompactFunc(j.quads, rdf.Quad.Equal)
	j.out.b = append(j.out.b, '[')
	first := true
	for rest := j.quads; len(rest) > 0; {
		n := run(rest, func(a, b rdf.Quad) bool { return a.G == b.G })
		j.separate(&first)
		if g := rest[0].G; g.IsZero() {
			j.nodes(rest[:n])
		} else {
			j.out.b = append(j.out.b, `{"@id": `...)
			j.string(jsonID(g))
			j.out.b = append(j.out.b, ", \"@graph\": [\n"...)
			j.nodes(rest[:n])
			j.out.b = append(j.out.b, "\n]}"...)
		}
		rest = rest[n:]
	}
	j.out.b = append(j.out.b, "\n]\n"...)
	j.quads = nil
	return j.out.flushAbove(0)
}

// run returns how many quads from the first on are alike.
func run(quads []rdf.Quad, same func(a, b rdf.Quad) bool) int {
	n := 1
	for n < len(quads) && same(quads[0], quads[n]) {
		n++
	}
	return n
}

// separate writes what stands between two items on lines of their own.
func (j *jsonWriter) separate(first *bool) {
	if !*first {
		j.out.b = append(j.out.b, ',')
	}
	j.out.b = append(j.out.b, '\n')
	*first = false
}

// nodes writes the subjects of one graph.
func (j *jsonWriter) nodes(quads []rdf.Quad) {
	for first := true; len(quads) > 0; first = false {
		if !first {
			j.out.b = append(j.out.b, ",\n"...)
		}
		n := run(quads, func(a, b rdf.Quad) bool { return a.S == b.S })
		j.out.b = append(j.out.b, `{"@id": `...)
		j.string(jsonID(quads[0].S))
		for rest := quads[:n]; len(rest) > 0; {
			n := run(rest, func(a, b rdf.Quad) bool { return a.P == b.P })
			j.property(rest[:n])
			rest = rest[n:]
		}
		j.out.b = append(j.out.b, '}')
		quads = quads[n:]
	}
}

// property writes the statements of one subject and predicate.
func (j *jsonWriter) property(quads []rdf.Quad) {
	isType := quads[0].P.Value() == rdf.RDFType &&
		!slices.ContainsFunc(quads, func(q rdf.Quad) bool { return q.O.IsLiteral() })
	j.out.b = append(j.out.b, ",\n  "...)
	if isType {
		j.out.b = append(j.out.b, `"@type"`...)
	} else {
		j.string(quads[0].P.Value())
	}
	j.out.b = append(j.out.b, ": ["...)
	for i, q := range quads {
		if i > 0 {
			j.out.b = append(j.out.b, ", "...)
		}
		switch {
		case isType:
			j.string(jsonID(q.O))
		case !q.O.IsLiteral():
			j.member(`{"@id": `, jsonID(q.O))
			j.out.b = append(j.out.b, '}')
		default:
			j.literal(q.O)
		}
	}
	j.out.b = append(j.out.b, ']')
}

func (j *jsonWriter) literal(o rdf.Term) {
	j.member(`{"@value": `, o.Value())
	switch {
	case o.Lang() != "":
		j.member(`, "@language": `, o.Lang())
		if o.Direction() != rdf.NoDirection {
			j.member(`, "@direction": `, o.Direction().String())
		}
	case !o.IsString():
		j.member(`, "@type": `, o.Datatype())
	}
	j.out.b = append(j.out.b, '}')
}

func (j *jsonWriter) member(key, value string) {
	j.out.b = append(j.out.b, key...)
	j.string(value)
}

// string writes a JSON string.
func (j *jsonWriter) string(s string) {
	b, err := json.Marshal(s)
	if err != nil { // strings always marshal
		panic(err)
	}
	j.out.b = append(j.out.b, b...)
}

// jsonID returns the @id of a node.
func jsonID(t rdf.Term) string {
	if t.IsBlank() {
		return "_:" + t.Value()
	}
	return t.Value()
}
