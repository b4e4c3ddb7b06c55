package layout

import (
	"context"
	"math"
)

// radial is Graphviz's "twopi": the most central node in the middle, the others on rings by their distance from it in arrows, each above the part of
// its ring that its descendants take.
func radial(ctx context.Context, g Graph) ([]Point, error) {
	links := g.links()
	centre, err := middle(ctx, links)
	if err != nil {
		return nil, err
	}
	t := growTree(links, centre)
	n := len(g.Nodes)
	// How much of a circle a subtree needs: as its leaves do, or as it does itself.
	need := make([]float64, n)
	ring, deep := make([]float64, n), 0 // ring → what its nodes take side by side
	size := make([]float64, n)          // ring → its largest reach
	for i := n - 1; i >= 0; i-- {
		v := t.order[i]
		own := 2*g.Nodes[v].reach() + separation
		need[v] = max(need[v], own/float64(max(1, t.depth[v])))
		if p := t.parent[v]; p >= 0 {
			need[p] += need[v]
		}
		ring[t.depth[v]] += own
		size[t.depth[v]] = max(size[t.depth[v]], g.Nodes[v].reach())
		deep = max(deep, t.depth[v])
	}
	longest := 0.0
	for _, e := range g.Edges {
		longest = max(longest, e.LabelWidth)
	}
	radius := make([]float64, deep+1)
	for d := 1; d <= deep; d++ {
		radius[d] = max(radius[d-1]+size[d-1]+size[d]+arrowRoom+longest*0.7, ring[d]/(2*math.Pi))
	}
	points := make([]Point, n)
	from, to := make([]float64, n), make([]float64, n) // angles
	from[centre], to[centre] = 0, 2*math.Pi
	next := make([]float64, n)
	for _, v := range t.order {
		if p := t.parent[v]; p >= 0 {
			sum := 0.0
			for _, w := range t.children[p] {
				sum += need[w]
			}
			from[v] = from[p] + next[p]
			next[p] += (to[p] - from[p]) * need[v] / sum
			to[v] = from[p] + next[p]
		}
		sin, cos := math.Sincos((from[v] + to[v]) / 2)
		r := radius[t.depth[v]]
		points[v] = Point{r * cos, r * sin}
	}
	return points, nil
}

// middle returns the node from which the farthest is nearest, in arrows; of several, the one with the most neighbours. In large graphs only nodes with
// many neighbours are tried.
func middle(ctx context.Context, links [][]link) (int, error) {
	const most = 2000
	least := 1
	for ; len(links) > most; least++ { // enough neighbours to be tried
		count := 0
		for _, list := range links {
			if len(list) >= least {
				count++
			}
		}
		if count <= most/4 {
			break
		}
	}
	best, bestDepth := -1, 0
	for v := range links {
		if len(links) > most && len(links[v]) < least && best >= 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		t := growTree(links, v)
		depth := t.depth[t.order[len(t.order)-1]]
		if best < 0 || depth < bestDepth || depth == bestDepth && len(links[v]) > len(links[best]) {
			best, bestDepth = v, depth
		}
	}
	return best, nil
}

// A tree of shortest ways, in arrows, from its root.
type tree struct {
	order    []int // as a walk in breadth meets the nodes
	parent   []int // -1 for the root
	depth    []int
	children [][]int
}

func growTree(links [][]link, root int) tree {
	t := tree{parent: make([]int, len(links)), depth: make([]int, len(links)), children: make([][]int, len(links)), order: []int{root}}
	for v := range t.parent {
		t.parent[v] = -2
	}
	t.parent[root] = -1
	for i := 0; i < len(t.order); i++ {
		v := t.order[i]
		for _, l := range links[v] {
			if t.parent[l.to] == -2 {
				t.parent[l.to], t.depth[l.to] = v, t.depth[v]+1
				t.children[v] = append(t.children[v], l.to)
				t.order = append(t.order, l.to)
			}
		}
	}
	return t
}
