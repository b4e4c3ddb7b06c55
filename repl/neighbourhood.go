package repl

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sett/graph/rdf"
)

// maxFetched bounds the statements fetched for one picture; dot.Options.Limit then chooses the nodes.
const maxFetched = 20_000

// Neighbourhood returns the statements around nodes: everything said of each node within depth steps, in either
// direction, and what connects those nodes with each other. Mentions are followed from the nodes asked for only, since
// through a much-mentioned node everything is near everything; for the same reason a hub that is met on the way (more than maxFan
// statements of one property in one direction) is not followed by that property, which the second result tells. Classes and
// evidence are not neighbours.
func (e Explorer) Neighbourhood(ctx context.Context, nodes []rdf.Term, depth int) ([]rdf.Quad, []Hub, error) {
	seen := make(map[string]bool)
	frontier := nodes
	for _, n := range nodes {
		seen[n.String()] = true
	}
	all := slices.Clone(nodes)
	var hubs []Hub
	for step := range depth {
		next, err := e.neighbours(ctx, frontier, step > 0)
		if err != nil {
			return nil, nil, err
		}
		if step > 0 {
			var met []Hub
			next, met = withoutHubs(next, frontier)
			hubs = append(hubs, met...)
		}
		frontier = nil
		for _, q := range next {
			for _, t := range []rdf.Term{q.S, q.O} {
				if t.IsIRI() && !seen[t.String()] {
					seen[t.String()] = true
					frontier = append(frontier, t)
				}
			}
		}
		all = append(all, frontier...)
		if len(frontier) == 0 {
			break
		}
	}
	quads, err := e.Between(ctx, all)
	return quads, hubs, err
}

// maxFan is how many statements of one property in one direction are followed from a node that is met on the way.
const maxFan = 12

// Hub is a node with so many statements of one property in one direction that they are not followed.
type Hub struct {
	Node, Property rdf.Term
	Inward         bool // the node is the object
	Statements     int
}

// withoutHubs drops the statements by which nodes of the frontier are hubs.
func withoutHubs(quads []rdf.Quad, frontier []rdf.Term) (kept []rdf.Quad, hubs []Hub) {
	inside := make(map[rdf.Term]bool)
	for _, n := range frontier {
		inside[n] = true
	}
	type fan struct {
		node, property rdf.Term
		inward         bool
	}
	fans := func(q rdf.Quad) (all []fan) {
		if inside[q.S] {
			all = append(all, fan{q.S, q.P, false})
		}
		if inside[q.O] {
			all = append(all, fan{q.O, q.P, true})
		}
		return all
	}
	counts := make(map[fan]int)
	for _, q := range quads {
		for _, f := range fans(q) {
			counts[f]++
		}
	}
	for _, q := range quads {
		if !slices.ContainsFunc(fans(q), func(f fan) bool { return counts[f] > maxFan }) {
			kept = append(kept, q)
		}
	}
	for f, n := range counts {
		if n > maxFan {
			hubs = append(hubs, Hub{f.node, f.property, f.inward, n})
		}
	}
	slices.SortFunc(hubs, func(x, y Hub) int {
		return cmp.Or(cmp.Compare(y.Statements, x.Statements), x.Node.Compare(y.Node), x.Property.Compare(y.Property))
	})
	return kept, hubs
}

// HubNote says which hubs a neighbourhood stops at; "" if there are none.
func (e Explorer) HubNote(hubs []Hub) string {
	if len(hubs) == 0 {
		return ""
	}
	var parts []string
	for _, h := range hubs[:min(len(hubs), 3)] {
		parts = append(parts, fmt.Sprintf("%s (%d by %s)", e.Name(h.Node), h.Statements, e.Name(h.Property)))
	}
	if len(hubs) > 3 {
		parts = append(parts, "…")
	}
	return "not followed further: " + strings.Join(parts, ", ")
}

// Between returns what is said of each node by literals, classes and web addresses, and the statements that connect two
// of them.
func (e Explorer) Between(ctx context.Context, nodes []rdf.Term) ([]rdf.Quad, error) {
	inside := make(map[string]bool)
	for _, n := range nodes {
		inside[n.String()] = true
	}
	var quads []rdf.Quad
	for part := range slices.Chunk(nodes, 200) {
		rows, err := e.rows(ctx, fmt.Sprintf("SELECT ?s ?p ?o { VALUES ?s { %s } ?s ?p ?o } LIMIT %d", values(part), maxFetched))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			q := rdf.Quad{S: row[0], P: row[1], O: row[2]}
			if q.P.Value() == rdf.RDFType || !q.O.IsIRI() && !q.O.IsBlank() || inside[q.O.String()] || strings.HasPrefix(q.O.Value(), "http") {
				quads = append(quads, q)
			}
		}
	}
	return quads, nil
}

// neighbours returns the statements between frontier nodes and other nodes, in both directions.
func (e Explorer) neighbours(ctx context.Context, frontier []rdf.Term, further bool) ([]rdf.Quad, error) {
	skip := "rdf:type, rdf:reifies, rdfs:subClassOf, rdfs:domain, rdfs:range"
	if further {
		skip += ", :mentions"
	}
	var quads []rdf.Quad
	for part := range slices.Chunk(frontier, 200) {
		for _, direction := range []string{"s", "o"} {
			rows, err := e.rows(ctx, fmt.Sprintf("SELECT ?s ?p ?o { VALUES ?%s { %s } ?s ?p ?o FILTER(ISIRI(?o) && ?p NOT IN (%s)) } LIMIT %d", direction, values(part), skip, maxFetched))
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				if !strings.HasPrefix(row[2].Value(), "http") || further {
					quads = append(quads, rdf.Quad{S: row[0], P: row[1], O: row[2]})
				}
			}
		}
	}
	return quads, nil
}

// values writes the IRIs among terms for a VALUES clause.
func values(terms []rdf.Term) string {
	var b strings.Builder
	for _, t := range terms {
		if t.IsIRI() {
			b.WriteString(t.String())
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// maxSteps bounds the length of the paths that Path looks for.
const maxSteps = 8

// Path returns the statements of a shortest path between two nodes, whatever the directions of its statements, with
// what is said of the nodes on it. Paths without mentions are preferred.
func (e Explorer) Path(ctx context.Context, from, to rdf.Term) ([]rdf.Quad, error) {
	for _, mentions := range []bool{false, true} {
		nodes, err := e.walk(ctx, from, to, mentions)
		if err != nil {
			return nil, err
		}
		if nodes != nil {
			return e.Between(ctx, nodes)
		}
	}
	return nil, fmt.Errorf("no path of at most %d steps leads from %s to %s", maxSteps, e.Name(from), e.Name(to))
}

// walk searches breadth first and returns the nodes of a path, or nil.
func (e Explorer) walk(ctx context.Context, from, to rdf.Term, mentions bool) ([]rdf.Term, error) {
	parent := map[string]rdf.Term{from.String(): {}}
	frontier := []rdf.Term{from}
	for range maxSteps {
		quads, err := e.neighbours(ctx, frontier, !mentions)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(quads, rdf.Quad.Compare)
		var next []rdf.Term
		for _, q := range quads {
			for _, pair := range [][2]rdf.Term{{q.S, q.O}, {q.O, q.S}} {
				near, far := pair[0], pair[1]
				if _, ok := parent[near.String()]; !ok {
					continue
				}
				if _, ok := parent[far.String()]; ok {
					continue
				}
				parent[far.String()] = near
				next = append(next, far)
			}
		}
		if _, ok := parent[to.String()]; ok {
			var path []rdf.Term
			for at := to; !at.IsZero(); at = parent[at.String()] {
				path = append(path, at)
			}
			slices.Reverse(path)
			return path, nil
		}
		if len(next) == 0 {
			return nil, nil
		}
		frontier = next
	}
	return nil, nil
}
