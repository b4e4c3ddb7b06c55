package naive

import "sett/graph/rdf"

// Graph is a set of triples: no triple is in it twice.
type Graph []rdf.Triple

// Dataset is a default graph and named graphs (SPARQL 1.1 §13).
type Dataset struct {
	Default Graph
	Named   []NamedGraph
}

// NamedGraph is a graph and its name, an IRI or a blank node.
type NamedGraph struct {
	Name  rdf.Term
	Graph Graph
}

// NewDataset sorts quads into graphs and drops repeated ones.
func NewDataset(quads []rdf.Quad) *Dataset {
	d := &Dataset{}
	seen := map[string]bool{}
	for _, q := range quads {
		if k := q.String(); seen[k] {
			continue
		} else {
			seen[k] = true
		}
		if q.G.IsZero() {
			d.Default = append(d.Default, q.Triple())
			continue
		}
		d.named(q.G).Graph = append(d.named(q.G).Graph, q.Triple())
	}
	return d
}

// named returns the graph of a name, and makes it if there is none.
func (d *Dataset) named(name rdf.Term) *NamedGraph {
	for i := range d.Named {
		if d.Named[i].Name.Equal(name) {
			return &d.Named[i]
		}
	}
	d.Named = append(d.Named, NamedGraph{Name: name})
	return &d.Named[len(d.Named)-1]
}

// graph returns the graph of a name, nil if the dataset has none.
func (d *Dataset) graph(name rdf.Term) Graph {
	for _, g := range d.Named {
		if g.Name.Equal(name) {
			return g.Graph
		}
	}
	return nil
}

// Union returns the dataset with all graphs together, each triple once, as its default graph.
func (d *Dataset) Union() *Dataset {
	names := []rdf.Term{{}}
	for _, g := range d.Named {
		names = append(names, g.Name)
	}
	return &Dataset{Default: d.merge(names), Named: d.Named}
}

// Pick returns the dataset that FROM and FROM NAMED describe (SPARQL 1.1 §13.2): the graphs of from merged as default
// graph, those of fromNamed as named graphs.
func (d *Dataset) Pick(from, fromNamed []rdf.Term) *Dataset {
	out := &Dataset{Default: d.merge(from)}
	for _, name := range fromNamed {
		if g := d.graph(name); g != nil {
			out.named(name).Graph = g
		}
	}
	return out
}

// merge returns the triples of several graphs, each once; the zero name is the default graph.
func (d *Dataset) merge(names []rdf.Term) Graph {
	var out Graph
	seen := map[string]bool{}
	for _, name := range names {
		g := d.Default
		if !name.IsZero() {
			g = d.graph(name)
		}
		for _, t := range g {
			if k := (rdf.Quad{S: t.S, P: t.P, O: t.O}).String(); !seen[k] {
				seen[k] = true
				out = append(out, t)
			}
		}
	}
	return out
}
