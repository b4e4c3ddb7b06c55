package naive

import (
	"maps"
	"slices"
	"strings"

	"sett/graph/rdf"
	"sett/graph/sparql"
)

// Solution is a solution mapping, SPARQL 1.1 §18.1.8: a partial function from variables to terms.
type Solution map[sparql.Var]rdf.Term

// compatible: every variable that both bind has the same term in both (§18.3).
func compatible(a, b Solution) bool {
	for v, t := range a {
		if u, ok := b[v]; ok && !t.Equal(u) {
			return false
		}
	}
	return true
}

// merge is the union of two compatible solutions.
func merge(a, b Solution) Solution {
	out := maps.Clone(a)
	if out == nil {
		out = Solution{}
	}
	maps.Copy(out, b)
	return out
}

// disjoint: the domains have no variable in common.
func disjoint(a, b Solution) bool {
	for v := range a {
		if _, ok := b[v]; ok {
			return false
		}
	}
	return true
}

// with returns the solution and one more binding.
func (s Solution) with(v sparql.Var, t rdf.Term) Solution {
	out := maps.Clone(s)
	if out == nil {
		out = Solution{}
	}
	out[v] = t
	return out
}

// Key is a text that equal solutions share.
func (s Solution) Key() string {
	var b strings.Builder
	for _, v := range slices.Sorted(maps.Keys(s)) {
		b.WriteString(string(v))
		b.WriteByte('=')
		b.WriteString(s[v].String())
		b.WriteByte(' ')
	}
	return b.String()
}
