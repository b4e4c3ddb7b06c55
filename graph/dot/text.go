package dot

import (
	"slices"
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// label returns what a node is called: by Options.Label, by its labels (the least one), or by its name.
func (b *builder) label(d *draft) string {
	if b.opt.Label != nil {
		if s := clean(b.opt.Label(d.term)); s != "" {
			return s
		}
	}
	if len(d.labels) > 0 {
		if s := clean(slices.Min(d.labels)); s != "" {
			return s
		}
	}
	if name := clean(b.name(d.term)); name != "" {
		return name
	}
	return clean(d.key)
}

// name returns the prefixed name of an IRI, else its last part, else the term as N-Triples.
func (b *builder) name(t rdf.Term) string {
	if !t.IsIRI() {
		if t.IsLiteral() {
			return literal(t)
		}
		return t.String()
	}
	iri := t.Value()
	if s, ok := b.opt.Prefixes.Shorten(iri); ok {
		return s
	}
	rest := strings.TrimRight(iri, "/#:")
	if i := strings.LastIndexAny(rest, "/#:"); i >= 0 && i+1 < len(rest) {
		return rest[i+1:]
	}
	return iri
}

func (b *builder) tripleTerm(t rdf.Triple) string {
	part := func(t rdf.Term) string {
		if t.IsTripleTerm() {
			return b.tripleTerm(t.Triple())
		}
		return b.name(t)
	}
	return "⟨" + part(t.S) + " " + part(t.P) + " " + part(t.O) + "⟩"
}

// literal returns a literal's lexical form, large round integers abbreviated: 5800000000000 is 5.8T.
func literal(t rdf.Term) string {
	s := t.Value()
	if t.Datatype() != rdf.XSDInteger {
		return s
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 10_000 {
		return s
	}
	for _, unit := range []struct {
		size int64
		name string
	}{{1_000_000_000_000, "T"}, {1_000_000_000, "B"}, {1_000_000, "M"}} {
		if n >= unit.size && n%(unit.size/100) == 0 {
			return strconv.FormatFloat(float64(n)/float64(unit.size), 'f', -1, 64) + unit.name
		}
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// isWeb reports whether t is an address that a browser would open.
func isWeb(t rdf.Term) bool {
	return t.IsIRI() && (strings.HasPrefix(t.Value(), "https://") || strings.HasPrefix(t.Value(), "http://"))
}
