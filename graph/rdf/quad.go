package rdf

// Triple is a subject, a predicate and an object.
type Triple struct{ S, P, O Term }

// Equal reports whether the parts are the same terms.
func (t Triple) Equal(u Triple) bool { return t.S.Equal(u.S) && t.P.Equal(u.P) && t.O.Equal(u.O) }

// Compare orders triples by subject, predicate, object; see [Term.Compare].
func (t Triple) Compare(u Triple) int {
	if c := t.S.Compare(u.S); c != 0 {
		return c
	}
	if c := t.P.Compare(u.P); c != 0 {
		return c
	}
	return t.O.Compare(u.O)
}

// Quad is a triple in a graph. G is an IRI or a blank node, or the zero Term for the default graph.
type Quad struct{ S, P, O, G Term }

// Triple returns the quad without its graph.
func (q Quad) Triple() Triple { return Triple{q.S, q.P, q.O} }

// Equal reports whether the parts are the same terms.
func (q Quad) Equal(r Quad) bool { return q.Triple().Equal(r.Triple()) && q.G.Equal(r.G) }

// Compare orders quads by graph (the default graph first), subject, predicate, object.
func (q Quad) Compare(r Quad) int {
	if c := q.G.Compare(r.G); c != 0 {
		return c
	}
	return q.Triple().Compare(r.Triple())
}

// Clone returns the quad with strings of its own.
func (q Quad) Clone() Quad { return Quad{q.S.Clone(), q.P.Clone(), q.O.Clone(), q.G.Clone()} }

// Append appends the quad as a line of N-Quads 1.2, line feed included, to b.
func (q Quad) Append(b []byte) []byte {
	b = q.S.Append(b)
	b = append(b, ' ')
	b = q.P.Append(b)
	b = append(b, ' ')
	b = q.O.Append(b)
	if !q.G.IsZero() {
		b = append(b, ' ')
		b = q.G.Append(b)
	}
	return append(b, " .\n"...)
}

// String returns the quad as N-Quads, without a line feed.
func (q Quad) String() string {
	b := q.Append(nil)
	return string(b[:len(b)-1])
}
