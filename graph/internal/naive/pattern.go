package naive

import (
	"sett/graph/rdf"
	"sett/graph/sparql"
)

// matchBGP returns a solution for each way in which the patterns become triples of the graph (§18.3.1). Blank nodes of
// the patterns are variables here, so that each pattern instance mapping counts once.
func matchBGP(patterns []sparql.TriplePattern, g Graph) []Solution {
	out := []Solution{{}}
	for _, p := range patterns {
		var next []Solution
		for _, s := range out {
			for _, t := range g {
				if m, ok := matchTriple(p, t, s); ok {
					next = append(next, m)
				}
			}
		}
		out = next
	}
	return out
}

func matchTriple(p sparql.TriplePattern, t rdf.Triple, s Solution) (Solution, bool) {
	s, ok := matchTerm(p.S, t.S, s)
	if ok {
		s, ok = matchTerm(p.P, t.P, s)
	}
	if ok {
		s, ok = matchTerm(p.O, t.O, s)
	}
	return s, ok
}

// matchTerm extends a solution so that the position becomes the term, if it can.
func matchTerm(p sparql.PatternTerm, t rdf.Term, s Solution) (Solution, bool) {
	switch {
	case p.IsVar():
		if u, ok := s[p.Var]; ok {
			return s, u.Equal(t)
		}
		return s.with(p.Var, t), true
	case p.Triple != nil:
		if !t.IsTripleTerm() {
			return s, false
		}
		return matchTriple(*p.Triple, t.Triple(), s)
	}
	return s, p.Term.Equal(t)
}
