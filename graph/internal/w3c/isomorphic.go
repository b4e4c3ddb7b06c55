package w3c

import (
	"hash/maphash"
	"slices"

	"sett/graph/rdf"
)

// Isomorphic reports whether two datasets are equal up to the names of blank nodes. Duplicates count once.
//
// Blank nodes get colours: a hash of the statements around them, refined with the colours of their neighbours until
// no class of equal colours splits. Where a class keeps several nodes, one is paired with each candidate of the other
// side in turn, and refinement goes on. The pairing that remains is checked term by term, so hashes only guide.
func Isomorphic(a, b []rdf.Quad) bool {
	a, b = unique(a), unique(b)
	if len(a) != len(b) {
		return false
	}
	seed := maphash.MakeSeed()
	x, y := newColouring(seed, a), newColouring(seed, b)
	if len(x.labels) != len(y.labels) {
		return false
	}
	want := make(map[string]bool, len(b))
	for _, q := range b {
		want[q.String()] = true
	}
	return match(x, y, want)
}

// unique returns quads without duplicates.
func unique(quads []rdf.Quad) []rdf.Quad {
	quads = slices.Clone(quads)
	slices.SortFunc(quads, rdf.Quad.Compare)
	return slices.CompactFunc(quads, rdf.Quad.Equal)
}

// node is a term prepared for hashing.
type node struct {
	hash  uint64  // of a term other than a blank node and a triple term
	blank int     // index of a blank node, else -1
	parts []*node // of a triple term
}

// colouring is one side's blank nodes and their colours.
type colouring struct {
	seed    maphash.Seed
	quads   []rdf.Quad
	labels  []string
	index   map[string]int
	nodes   [][4]*node // of the quads that have blank nodes
	mention [][]int    // by node of nodes: the blank nodes in it
	colour  []uint64
}

func newColouring(seed maphash.Seed, quads []rdf.Quad) *colouring {
	c := &colouring{seed: seed, quads: quads, index: make(map[string]int)}
	for _, q := range quads {
		var in []int
		n := [4]*node{c.node(q.S, &in), c.node(q.P, &in), c.node(q.O, &in), c.node(q.G, &in)}
		if in != nil {
			slices.Sort(in)
			c.nodes = append(c.nodes, n)
			c.mention = append(c.mention, slices.Compact(in))
		}
	}
	c.colour = make([]uint64, len(c.labels))
	return c
}

func (c *colouring) node(t rdf.Term, in *[]int) *node {
	switch t.Kind() {
	case rdf.Blank:
		i, ok := c.index[t.Value()]
		if !ok {
			i = len(c.labels)
			c.index[t.Value()] = i
			c.labels = append(c.labels, t.Value())
		}
		*in = append(*in, i)
		return &node{blank: i}
	case rdf.TripleTerm:
		p := t.Triple()
		return &node{blank: -1, parts: []*node{c.node(p.S, in), c.node(p.P, in), c.node(p.O, in)}}
	}
	return &node{blank: -1, hash: maphash.String(c.seed, t.String())}
}

// mix combines hashes in order.
func mix(h, x uint64) uint64 {
	h = (h ^ x) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// hash is a node's hash as seen from the blank node self.
func (c *colouring) hash(n *node, self int) uint64 {
	switch {
	case n.parts != nil:
		h := uint64(3)
		for _, p := range n.parts {
			h = mix(h, c.hash(p, self))
		}
		return h
	case n.blank == self:
		return 5
	case n.blank >= 0:
		return mix(7, c.colour[n.blank])
	}
	return n.hash
}

// refine recolours until no class splits any more.
func (c *colouring) refine() {
	classes := c.classes()
	for {
		next := make([]uint64, len(c.colour))
		for i, n := range c.nodes {
			for _, self := range c.mention[i] {
				h := uint64(1)
				for _, part := range n {
					h = mix(h, c.hash(part, self))
				}
				next[self] += mix(11, h) // a sum: the order of statements does not matter
			}
		}
		for i := range next {
			next[i] = mix(next[i], c.colour[i])
		}
		c.colour = next
		n := c.classes()
		if n == classes {
			return
		}
		classes = n
	}
}

func (c *colouring) classes() int {
	seen := make(map[uint64]bool, len(c.colour))
	for _, col := range c.colour {
		seen[col] = true
	}
	return len(seen)
}

// byColour returns the blank nodes of each colour.
func (c *colouring) byColour() map[uint64][]int {
	m := make(map[uint64][]int, len(c.colour))
	for i, col := range c.colour {
		m[col] = append(m[col], i)
	}
	return m
}

// match pairs the blank nodes of x with those of y.
func match(x, y *colouring, want map[string]bool) bool {
	x.refine()
	y.refine()
	xs, ys := x.byColour(), y.byColour()
	if len(xs) != len(ys) {
		return false
	}
	var smallest []int
	for col, members := range xs {
		if len(ys[col]) != len(members) {
			return false
		}
		if len(members) > 1 && (smallest == nil || len(members) < len(smallest)) {
			smallest = members
		}
	}
	if smallest == nil {
		return x.check(y, ys, want)
	}
	chosen := smallest[0]
	xColours, yColours := x.colour, y.colour
	for _, candidate := range ys[xColours[chosen]] {
		x.colour, y.colour = slices.Clone(xColours), slices.Clone(yColours)
		x.colour[chosen], y.colour[candidate] = 13, 13
		if match(x, y, want) {
			return true
		}
	}
	x.colour, y.colour = xColours, yColours
	return false
}

// check renames x's blank nodes to y's and compares statement by statement.
func (c *colouring) check(y *colouring, ys map[uint64][]int, want map[string]bool) bool {
	rename := make(map[string]string, len(c.labels))
	for i, label := range c.labels {
		rename[label] = y.labels[ys[c.colour[i]][0]]
	}
	for _, q := range c.quads {
		q = rdf.Quad{S: renamed(q.S, rename), P: renamed(q.P, rename), O: renamed(q.O, rename), G: renamed(q.G, rename)}
		if !want[q.String()] {
			return false
		}
	}
	return true
}

func renamed(t rdf.Term, names map[string]string) rdf.Term {
	switch t.Kind() {
	case rdf.Blank:
		return rdf.NewBlank(names[t.Value()])
	case rdf.TripleTerm:
		p := t.Triple()
		return rdf.NewTripleTerm(renamed(p.S, names), renamed(p.P, names), renamed(p.O, names))
	}
	return t
}
