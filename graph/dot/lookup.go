package dot

import (
	"slices"
	"strings"

	"sett/graph/rdf"
)

// lookedUp is how many nodes one query of Lookup asks about.
const lookedUp = 200

// Lookup gives opt the labels and classes that a database knows of the nodes of quads, for quads that do not bring them along, such
// as those of a CONSTRUCT query. ask runs a SELECT query and returns the terms of its rows.
func (opt *Options) Lookup(quads []rdf.Quad, ask func(query string) ([][]rdf.Term, error)) error {
	labels, classes := make(map[string]string), make(map[string][]string)
	for part := range slices.Chunk(nodesOf(quads), lookedUp) {
		rows, err := ask("SELECT ?s ?p ?o { VALUES ?s { " + strings.Join(part, " ") + " } VALUES ?p { <" + rdf.RDFType + "> <" + rdf.RDFSLabel + "> <" +
			rdf.DCTermsNS + "title> } ?s ?p ?o }")
		if err != nil {
			return err
		}
		for _, row := range rows {
			node, value := row[0].Value(), row[2].Value()
			switch {
			case row[1].Value() == rdf.RDFType:
				classes[node] = append(classes[node], value)
			case labels[node] == "" || len(value) < len(labels[node]):
				labels[node] = value
			}
		}
	}
	opt.Label = func(t rdf.Term) string { return labels[t.Value()] }
	opt.Classes = func(t rdf.Term) []string { return classes[t.Value()] }
	return nil
}

// nodesOf returns the IRIs at either end of a statement, as SPARQL writes them, each once.
func nodesOf(quads []rdf.Quad) []string {
	seen := make(map[string]bool)
	var nodes []string
	for _, q := range quads {
		for _, t := range []rdf.Term{q.S, q.O} {
			if t.IsIRI() && !seen[t.Value()] && q.P.Value() != rdf.RDFType {
				seen[t.Value()] = true
				nodes = append(nodes, t.String())
			}
		}
	}
	return nodes
}
