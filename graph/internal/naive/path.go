package naive

import (
	"sett/graph/rdf"
	"sett/graph/sparql"
)

// pair is a start and an end that a path connects.
type pair struct{ from, to rdf.Term }

// evalPath is eval(Path(X, path, Y)) of §18.4: the pairs that the path connects, as often as it does, matched against
// the pattern's ends. Paths of length zero connect every node of the graph to itself, and each end that is a term,
// whether it is in the graph or not.
func evalPath(n *sparql.Path, g Graph) []Solution {
	nodes := graphNodes(g)
	for _, end := range []sparql.PatternTerm{n.S, n.O} {
		if end.IsTerm() {
			nodes = addNode(nodes, end.Term)
		}
	}
	var out []Solution
	for _, p := range pairs(n.Path, g, nodes) {
		s, ok := matchTerm(n.S, p.from, Solution{})
		if ok {
			s, ok = matchTerm(n.O, p.to, s)
		}
		if ok {
			out = append(out, s)
		}
	}
	return out
}

// graphNodes returns nodes(G): subjects and objects, each once.
func graphNodes(g Graph) []rdf.Term {
	var out []rdf.Term
	for _, t := range g {
		out = addNode(addNode(out, t.S), t.O)
	}
	return out
}

func addNode(nodes []rdf.Term, t rdf.Term) []rdf.Term {
	for _, n := range nodes {
		if n.Equal(t) {
			return nodes
		}
	}
	return append(nodes, t)
}

// pairs returns the multiset of pairs that a path connects.
func pairs(path sparql.PathExpr, g Graph, nodes []rdf.Term) []pair {
	switch p := path.(type) {
	case *sparql.PathIRI:
		return steps(g, func(t rdf.Triple) bool { return t.P.Value() == p.IRI })
	case *sparql.Inverse:
		return inverse(pairs(p.Path, g, nodes))
	case *sparql.Seq:
		out := pairs(p.Paths[0], g, nodes)
		for _, q := range p.Paths[1:] {
			out = compose(out, pairs(q, g, nodes))
		}
		return out
	case *sparql.Alt:
		var out []pair
		for _, q := range p.Paths {
			out = append(out, pairs(q, g, nodes)...)
		}
		return out
	case *sparql.NegatedSet:
		return negated(p, g)
	case *sparql.ZeroOrOne:
		return unique(append(identity(nodes), pairs(p.Path, g, nodes)...))
	case *sparql.ZeroOrMore:
		return unique(append(identity(nodes), closure(unique(pairs(p.Path, g, nodes)))...))
	case *sparql.OneOrMore:
		return closure(unique(pairs(p.Path, g, nodes)))
	}
	panic("naive: a path of an unknown kind")
}

func steps(g Graph, keep func(rdf.Triple) bool) []pair {
	var out []pair
	for _, t := range g {
		if keep(t) {
			out = append(out, pair{t.S, t.O})
		}
	}
	return out
}

// negated is the NegatedPropertySet of §18.4; a direction of which nothing is named is not walked.
func negated(p *sparql.NegatedSet, g Graph) []pair {
	not := func(set []string) func(rdf.Triple) bool {
		return func(t rdf.Triple) bool {
			for _, iri := range set {
				if t.P.Value() == iri {
					return false
				}
			}
			return true
		}
	}
	var out []pair
	if len(p.Forward) > 0 || len(p.Inverse) == 0 {
		out = steps(g, not(p.Forward))
	}
	if len(p.Inverse) > 0 {
		out = append(out, inverse(steps(g, not(p.Inverse)))...)
	}
	return out
}

func inverse(in []pair) []pair {
	out := make([]pair, len(in))
	for i, p := range in {
		out[i] = pair{p.to, p.from}
	}
	return out
}

func compose(a, b []pair) []pair {
	var out []pair
	for _, p := range a {
		for _, q := range b {
			if p.to.Equal(q.from) {
				out = append(out, pair{p.from, q.to})
			}
		}
	}
	return out
}

func identity(nodes []rdf.Term) []pair {
	out := make([]pair, len(nodes))
	for i, n := range nodes {
		out[i] = pair{n, n}
	}
	return out
}

func unique(in []pair) []pair {
	var out []pair
	seen := map[string]bool{}
	for _, p := range in {
		if k := p.from.String() + " " + p.to.String(); !seen[k] {
			seen[k] = true
			out = append(out, p)
		}
	}
	return out
}

// closure is the transitive closure of a set of pairs.
func closure(step []pair) []pair {
	out := step
	for {
		next := unique(append(out[:len(out):len(out)], compose(out, step)...))
		if len(next) == len(out) {
			return out
		}
		out = next
	}
}
