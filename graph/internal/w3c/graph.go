package w3c

import "sett/graph/rdf"

// Graph looks up statements of a small graph. Names of graphs play no part.
type Graph struct {
	quads []rdf.Quad
	bySP  map[[2]rdf.Term][]rdf.Term
	byPO  map[[2]rdf.Term][]rdf.Term
}

// NewGraph returns the graph of quads.
func NewGraph(quads []rdf.Quad) *Graph {
	g := &Graph{quads: quads, bySP: make(map[[2]rdf.Term][]rdf.Term), byPO: make(map[[2]rdf.Term][]rdf.Term)}
	for _, q := range quads {
		g.bySP[[2]rdf.Term{q.S, q.P}] = append(g.bySP[[2]rdf.Term{q.S, q.P}], q.O)
		g.byPO[[2]rdf.Term{q.P, q.O}] = append(g.byPO[[2]rdf.Term{q.P, q.O}], q.S)
	}
	return g
}

// Quads returns all statements.
func (g *Graph) Quads() []rdf.Quad { return g.quads }

// Objects returns the objects of a subject and a predicate, in the order of the file.
func (g *Graph) Objects(s rdf.Term, predicate string) []rdf.Term {
	return g.bySP[[2]rdf.Term{s, rdf.NewIRI(predicate)}]
}

// Object returns the first object, or no term.
func (g *Graph) Object(s rdf.Term, predicate string) rdf.Term {
	if all := g.Objects(s, predicate); len(all) > 0 {
		return all[0]
	}
	return rdf.Term{}
}

// Subjects returns the subjects of a predicate and an object, in the order of the file.
func (g *Graph) Subjects(predicate string, o rdf.Term) []rdf.Term {
	return g.byPO[[2]rdf.Term{rdf.NewIRI(predicate), o}]
}

// List returns the items of an RDF collection; a broken one ends where it breaks.
func (g *Graph) List(head rdf.Term) []rdf.Term {
	var items []rdf.Term
	for cell := head; ; {
		first := g.Object(cell, rdf.RDFFirst)
		if first.IsZero() || len(items) > len(g.quads) {
			return items
		}
		items = append(items, first)
		cell = g.Object(cell, rdf.RDFRest)
	}
}
