package layout

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// circular is Graphviz's "circo": what hangs together in more than one way (a biconnected component) is a circle, and what hangs on one of its nodes
// alone is outside of it, on circles of its own (Six and Tollis, Circular Drawings of Biconnected Graphs, 1999).
func circular(ctx context.Context, g Graph) ([]Point, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	links := g.links()
	c := &circles{g: g, links: links, blocks: biconnected(links), at: make([][]int, len(links)), points: make([]Point, len(links))}
	for _, e := range g.Edges {
		c.label = max(c.label, e.LabelWidth)
	}
	largest := 0
	for i, b := range c.blocks {
		for _, v := range b {
			c.at[v] = append(c.at[v], i)
		}
		if len(b) > len(c.blocks[largest]) {
			largest = i
		}
	}
	if len(c.blocks) == 0 {
		return c.points, nil
	}
	if len(c.blocks[largest]) > 2 {
		c.place(c.ring(c.blocks[largest], -1, largest), Point{}, 0)
		return c.points, nil
	}
	root, err := middle(ctx, links) // a tree
	if err != nil {
		return nil, err
	}
	c.place(c.cluster(root, -1), Point{}, 0)
	return c.points, nil
}

type circles struct {
	g      Graph
	links  [][]link
	blocks [][]int
	at     [][]int // node → its blocks
	points []Point
	label  float64 // widest
}

// A group is what is drawn inside one disc: a node, with the groups around it where it is in the middle of others.
type group struct {
	node   int // -1: a circle without a middle
	radius float64
	away   float64   // of the groups' middles from its own
	angles []float64 // of the groups, from the direction in which the disc looks
	groups []group
}

// cluster returns a node with all that hangs on it but for block from, spread on the side away from there.
func (c *circles) cluster(v, from int) group {
	own := c.g.Nodes[v].reach()*1.2 + separation/2
	out := group{node: v, radius: own}
	for _, i := range c.at[v] {
		if i != from {
			out.groups = append(out.groups, c.ring(c.blocks[i], v, i))
		}
	}
	if len(out.groups) == 0 {
		return out
	}
	whole := 2 * math.Pi
	if from >= 0 {
		whole = 1.2 * math.Pi
	}
	widest := 0.0
	for _, o := range out.groups {
		widest = max(widest, o.radius)
	}
	out.away = own + widest + arrowRoom + c.label*0.7
	for out.spread() > whole {
		out.away *= 1.08
	}
	// What is left of the circle goes between the groups.
	slack := (whole - out.spread()) / float64(len(out.groups))
	angle := -whole / 2
	for _, o := range out.groups {
		half := math.Asin(min(1, o.radius/out.away)) + slack/2
		out.angles = append(out.angles, angle+half)
		angle += 2 * half
	}
	out.radius = out.away + widest
	return out
}

// spread is how much of a circle the groups take at their distance.
func (o group) spread() (sum float64) {
	for _, x := range o.groups {
		sum += 2 * math.Asin(min(1, x.radius/o.away))
	}
	return sum
}

// ring returns the circle of a block, without the node that it hangs on, if that is one; two nodes need no circle.
func (c *circles) ring(block []int, hangsOn, i int) group {
	var members []int
	for _, v := range c.around(block) {
		if v != hangsOn {
			members = append(members, v)
		}
	}
	if len(members) == 1 {
		return c.cluster(members[0], i)
	}
	out := group{node: -1}
	sum, widest := 0.0, 0.0
	if hangsOn >= 0 { // it takes part in the circle, at the side that looks back
		r := c.g.Nodes[hangsOn].reach()*1.2 + separation
		sum, widest = 2*r, r
	}
	for _, v := range members {
		o := c.cluster(v, i)
		out.groups = append(out.groups, o)
		sum += 2 * o.radius
		widest = max(widest, o.radius)
	}
	out.away = max(widest*1.1, sum/(2*math.Pi), float64(len(block))*(arrowRoom+c.label*0.7)/(2*math.Pi)+widest/2)
	out.radius = out.away + widest
	angle := -math.Pi
	if hangsOn >= 0 {
		angle += 2 * math.Pi * (c.g.Nodes[hangsOn].reach()*1.2 + separation) / sum
	}
	for _, o := range out.groups {
		half := 2 * math.Pi * o.radius / sum
		out.angles = append(out.angles, angle+half)
		angle += 2 * half
	}
	return out
}

// place puts a group's middle at a point, so that it looks in a direction.
func (c *circles) place(o group, at Point, direction float64) {
	if o.node >= 0 {
		c.points[o.node] = at
	}
	for i, inner := range o.groups {
		sin, cos := math.Sincos(direction + o.angles[i])
		c.place(inner, Point{at.X + o.away*cos, at.Y + o.away*sin}, direction+o.angles[i])
	}
}

// around returns a block's nodes in an order along its circle that keeps neighbours beside each other: a walk that goes on to the neighbour with the
// fewest neighbours left, then each node moved to where it crosses least.
func (c *circles) around(block []int) []int {
	if len(block) <= 3 {
		return block
	}
	in := make(map[int]bool, len(block))
	for _, v := range block {
		in[v] = true
	}
	near := make(map[int][]int, len(block))
	for _, v := range block {
		for _, l := range c.links[v] {
			if in[l.to] && !slices.Contains(near[v], l.to) {
				near[v] = append(near[v], l.to)
			}
		}
	}
	left := func(v int) (n int) {
		for _, w := range near[v] {
			if in[w] {
				n++
			}
		}
		return n
	}
	order := make([]int, 0, len(block))
	v := slices.MinFunc(block, func(a, b int) int { return cmp.Or(cmp.Compare(len(near[a]), len(near[b])), cmp.Compare(a, b)) })
	for {
		order = append(order, v)
		delete(in, v)
		next := -1
		for i := len(order) - 1; i >= 0 && next < 0; i-- { // from the last node that has any left
			for _, w := range near[order[i]] {
				if in[w] && (next < 0 || left(w) < left(next)) {
					next = w
				}
			}
		}
		if next < 0 {
			return c.uncrossed(order, near)
		}
		v = next
	}
}

// uncrossed exchanges neighbours on the circle while that makes the chords shorter in sum, which removes most crossings.
func (c *circles) uncrossed(order []int, near map[int][]int) []int {
	place := make(map[int]int, len(order))
	for i, v := range order {
		place[v] = i
	}
	n := len(order)
	span := func(v, at int, other int) (sum int) {
		for _, w := range near[v] {
			if w != other {
				d := (place[w] - at + n) % n
				sum += min(d, n-d)
			}
		}
		return sum
	}
	for again, turns := true, 0; again && turns < 40; turns++ {
		again = false
		for i, v := range order {
			j := (i + 1) % n
			w := order[j]
			if span(v, j, w)+span(w, i, v) < span(v, i, w)+span(w, j, v) {
				order[i], order[j] = w, v
				place[v], place[w] = j, i
				again = true
			}
		}
	}
	return order
}

// biconnected returns the sets of nodes that stay connected when any one node is taken away, and single edges between others (Hopcroft and Tarjan,
// 1973). Together they have every edge.
func biconnected(links [][]link) (blocks [][]int) {
	number, low := make([]int, len(links)), make([]int, len(links)) // 0: not yet met
	type visit struct{ v, parent, next int }
	met := 0
	for root := range links {
		if number[root] > 0 {
			continue
		}
		met++
		number[root], low[root] = met, met
		open := []int{root} // nodes not yet in all of their blocks
		stack := []visit{{root, -1, 0}}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			v := top.v
			if top.next < len(links[v]) {
				w := links[v][top.next].to
				top.next++
				switch {
				case number[w] == 0:
					met++
					number[w], low[w] = met, met
					open = append(open, w)
					stack = append(stack, visit{w, v, 0})
				case w != top.parent:
					low[v] = min(low[v], number[w])
				}
				continue
			}
			parent := top.parent
			stack = stack[:len(stack)-1]
			if parent < 0 {
				continue
			}
			low[parent] = min(low[parent], low[v])
			if low[v] >= number[parent] {
				block := []int{parent}
				for {
					w := open[len(open)-1]
					open = open[:len(open)-1]
					block = append(block, w)
					if w == v {
						break
					}
				}
				slices.Sort(block)
				blocks = append(blocks, block)
			}
		}
	}
	return blocks
}
