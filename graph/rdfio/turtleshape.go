package rdfio

import (
	"slices"
	"strings"

	"sett/graph/rdf"
)

// The shape of a graph decides what the pretty writers put where. Every subject gets a paragraph of its own, unless
// it can be said where it is mentioned:
//
//   - a blank node that is the object of one statement, and nothing else, is nested in it: [ … ], or as the cell of a
//     well-formed collection ( … );
//   - a reifier of one asserted statement is an annotation of it: {| … |}, with ~ and its name if it has one or needs one.
//
// A subject that is nested, nested in what is nested in itself, would be nowhere: such rings are cut.

// maxInline bounds how deep the writers nest; deeper subjects get paragraphs.
const maxInline = 12

// placement says where a subject's statements are written.
type placement uint8

const (
	paragraph  placement = iota
	nested               // [ … ] or ( … ) at the one statement that mentions it
	annotation           // {| … |} at the one statement that it reifies
)

// subject is a node of a graph and what is said about it.
type subject struct {
	term      rdf.Term
	quads     []rdf.Quad // in printing order
	place     placement
	container *subject // where it is mentioned, if nested or an annotation
	via       string   // the predicate of the mention, if nested
	mentions  int      // as the object of a statement
	named     bool     // needs its label: mentioned in a triple term, in another graph, or by several statements
	listCell  bool     // of a collection that can be written in parentheses
	depth     int
	settled   bool // depth is known
	onPath    bool // of the search for rings
}

// shape is the graph prepared for printing.
type shape struct {
	subjects []*subject // all that have statements, in printing order
	byTerm   map[rdf.Term]*subject
	notes    map[string][]*subject // by statement, as N-Triples: its reifiers, in printing order
}

// newShape prepares the statements of one graph, sorted and without duplicates. Blank nodes in shared keep their
// labels: other graphs mention them.
func newShape(quads []rdf.Quad, shared map[rdf.Term]bool) *shape {
	sh := &shape{byTerm: make(map[rdf.Term]*subject), notes: make(map[string][]*subject)}
	for _, q := range quads {
		s := sh.subject(q.S)
		s.quads = append(s.quads, q)
		if q.O.IsBlank() {
			o := sh.subject(q.O)
			o.mentions++
			o.container, o.via = s, q.P.Value()
		}
		if q.O.IsTripleTerm() {
			sh.nameParts(q.O)
		}
	}
	sh.annotate(quads)
	for _, s := range sh.byTerm {
		if shared[s.term] || s.mentions > 1 {
			s.named = true
		}
		switch {
		case s.place == annotation:
			s.named = s.named || s.mentions > 0
		case s.term.IsBlank() && s.mentions == 1 && !s.named:
			s.place = nested
		default:
			s.named = s.named || s.mentions > 0
		}
		slices.SortStableFunc(s.quads, comparePrinted)
		if len(s.quads) > 0 {
			sh.subjects = append(sh.subjects, s)
		}
	}
	slices.SortFunc(sh.subjects, func(a, b *subject) int { return compareSubjects(a.term, b.term) })
	sh.findLists()
	for _, s := range sh.subjects {
		s.settle()
	}
	return sh
}

func (sh *shape) subject(t rdf.Term) *subject {
	s := sh.byTerm[t]
	if s == nil {
		s = &subject{term: t}
		sh.byTerm[t] = s
	}
	return s
}

// nameParts marks the blank nodes inside a triple term.
func (sh *shape) nameParts(t rdf.Term) {
	in := t.Triple()
	for _, part := range [...]rdf.Term{in.S, in.O} {
		switch {
		case part.IsBlank():
			sh.subject(part).named = true
		case part.IsTripleTerm():
			sh.nameParts(part)
		}
	}
}

// reification returns the statement that a statement reifies, as N-Triples. Statements about reifying are left as
// they are: they may not be written as statements themselves.
func reification(q rdf.Quad) (string, bool) {
	if q.P.Value() != rdf.RDFReifies || !q.O.IsTripleTerm() || q.O.Triple().P.Value() == rdf.RDFReifies {
		return "", false
	}
	return tripleKey(q.O.Triple()), true
}

func tripleKey(t rdf.Triple) string {
	return rdf.Quad{S: t.S, P: t.P, O: t.O}.String()
}

// annotate moves what reifies an asserted statement to that statement.
func (sh *shape) annotate(quads []rdf.Quad) {
	reifiers := make(map[string][]*subject)
	for _, q := range quads {
		if key, ok := reification(q); ok {
			reifiers[key] = append(reifiers[key], sh.byTerm[q.S])
		}
	}
	if len(reifiers) == 0 {
		return
	}
	for _, q := range quads {
		key := tripleKey(q.Triple())
		if r := reifiers[key]; r != nil {
			sh.notes[key] = r
		}
	}
	for _, all := range reifiers {
		for _, r := range all {
			sh.place(r)
		}
	}
}

// place decides on a reifier: with one reified statement, asserted, all it says becomes an annotation; with more it
// is named at each.
func (sh *shape) place(r *subject) {
	reified, rest := 0, r.quads[:0:0]
	var target rdf.Triple
	for _, q := range r.quads {
		if key, ok := reification(q); ok {
			reified++
			if sh.notes[key] != nil {
				target = q.O.Triple()
				continue
			}
		}
		rest = append(rest, q)
	}
	covered := len(r.quads) - len(rest)
	if covered == 0 {
		return // nothing asserted, or placed before
	}
	r.quads = rest
	if reified == 1 {
		r.place, r.container = annotation, sh.byTerm[target.S]
	} else {
		r.named = true
	}
}

// findLists marks the cells of collections, from their ends backwards.
func (sh *shape) findLists() {
	for _, last := range sh.subjects {
		for s := last; s.isCell() && !s.listCell; s = s.container {
			rest := s.quads[1].O
			if rest.Value() != rdf.RDFNil && !(rest.IsBlank() && sh.byTerm[rest].listCell) {
				break
			}
			s.listCell = true
			if s.via != rdf.RDFRest {
				break
			}
		}
	}
}

// isCell reports whether all that is said of a nested node is one rdf:first and one rdf:rest.
func (s *subject) isCell() bool {
	return s.place == nested && len(s.quads) == 2 &&
		s.quads[0].P.Value() == rdf.RDFFirst && s.quads[1].P.Value() == rdf.RDFRest &&
		!s.quads[1].O.IsLiteral()
}

// settle finds the depth of a subject from those it is nested in, and cuts rings and deep nests.
func (s *subject) settle() {
	var path []*subject
	for n := s; !n.settled && n.place != paragraph; n = n.container {
		if n.onPath { // a ring: the node that closes it gets a paragraph
			n.cut()
			break
		}
		n.onPath = true
		path = append(path, n)
	}
	for _, n := range slices.Backward(path) {
		n.onPath, n.settled = false, true
		if n.place == paragraph {
			continue
		}
		n.depth = n.container.depth
		if !n.listCell || n.via != rdf.RDFRest {
			n.depth++
		}
		if n.depth > maxInline {
			n.cut()
		}
	}
}

// cut gives a nested subject a paragraph, and with it a name. The cells before it are no collection any more.
func (s *subject) cut() {
	for c := s; c.via == rdf.RDFRest && c.container.listCell; c = c.container {
		c.container.listCell = false
	}
	s.place, s.named, s.listCell, s.depth = paragraph, true, false, 0
}

// comparePrinted orders the statements of a subject: rdf:type, rdfs:label, then by predicate and object.
func comparePrinted(a, b rdf.Quad) int {
	if c := predicateRank(a.P) - predicateRank(b.P); c != 0 {
		return c
	}
	if c := a.P.Compare(b.P); c != 0 {
		return c
	}
	return compareSubjects(a.O, b.O)
}

func predicateRank(p rdf.Term) int {
	switch p.Value() {
	case rdf.RDFType:
		return 0
	case rdf.RDFSLabel:
		return 1
	}
	return 2
}

// compareSubjects is Term.Compare, but with blank nodes after what has a name.
func compareSubjects(a, b rdf.Term) int {
	if a.IsBlank() != b.IsBlank() {
		if a.IsBlank() {
			return 1
		}
		return -1
	}
	if a.IsBlank() {
		if c := len(a.Value()) - len(b.Value()); c != 0 { // b2 before b10
			return c
		}
		return strings.Compare(a.Value(), b.Value())
	}
	return a.Compare(b)
}
