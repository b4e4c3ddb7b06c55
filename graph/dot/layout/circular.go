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
	c := &circles{g: g, links: links, blocks: biconnected(links), at: make([][]int, len(links))}
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
		return make([]Point, len(links)), nil
	}
	var all group
	if len(c.blocks[largest]) > 2 {
		all = c.ring(c.blocks[largest], -1, largest)
	} else { // a tree
		root, err := middle(ctx, links)
		if err != nil {
			return nil, err
		}
		all = c.cluster(root, -1)
	}
	points := make([]Point, len(links))
	for i, v := range all.nodes {
		points[v] = all.points[i]
	}
	return points, nil
}

type circles struct {
	g      Graph
	links  [][]link
	blocks [][]int
	at     [][]int // node → its blocks
	label  float64 // widest
}

// A group is what is drawn inside one disc. Its coordinates have the middle of the disc at the origin, and what the group hangs on is at the
// left, however the group is turned later.
type group struct {
	nodes  []int
	points []Point
	radius float64
	entry  float64 // of a node with all that hangs on it: how far left of the middle the node is
}

// A wheel is a group in the making: discs around a node, or around the middle of a circle, which is at the origin.
type wheel struct {
	group
	discs []disc
}

type disc struct {
	middle Point
	radius float64
}

// cluster returns a node with all that hangs on it but for block from, spread on the side away from there.
func (c *circles) cluster(v, from int) group {
	own := c.g.Nodes[v].reach()*1.2 + separation/2
	w := wheel{group{nodes: []int{v}, points: []Point{{}}}, []disc{{radius: own}}}
	var groups []group
	var beyond []float64 // of the groups' middles from the rim of the wheel
	for _, i := range c.at[v] {
		if i != from {
			g := c.ring(c.blocks[i], v, i)
			groups, beyond = append(groups, g), append(beyond, g.radius)
		}
	}
	whole := 2 * math.Pi
	if from >= 0 {
		whole = 1.2 * math.Pi
	}
	w.add(groups, beyond, own+arrowRoom+c.label*0.7, whole)
	middle := w.enclose()
	w.turn(middle)
	w.entry = math.Hypot(middle.X, middle.Y)
	return w.group
}

// ring returns the circle of a block, without the node that it hangs on, if that is one; two nodes need no circle. What hangs on a node of
// the circle is outside of it.
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
	var w wheel
	var groups []group
	var beyond []float64
	widest := 0.0
	for _, v := range members {
		g := c.cluster(v, i)
		groups, beyond = append(groups, g), append(beyond, g.entry)
		widest = max(widest, c.g.Nodes[v].reach()*1.2+separation/2)
	}
	rim := max(widest*1.1, float64(len(block))*(arrowRoom+c.label*0.7)/(2*math.Pi)+widest/2)
	whole := 2 * math.Pi
	if hangsOn >= 0 { // it takes part in the circle, at the side that looks back
		whole -= 2 * math.Pi / float64(len(block))
	}
	rim = w.add(groups, beyond, rim, whole)
	if middle := w.enclose(); math.Hypot(middle.X, middle.Y) > rim { // most of it hangs on one node, which is to be on the far side
		w.turn(middle)
	} else {
		w.shift(middle)
	}
	return w.group
}

// add puts groups around the origin, in their order on so much of a circle, centred at the right. Each has a wedge to itself. The groups' middles
// are beyond a rim, which becomes wider until all have room. It returns the rim.
func (w *wheel) add(groups []group, beyond []float64, rim, whole float64) float64 {
	half := func(i int) float64 { return math.Asin(min(1, groups[i].radius/(rim+beyond[i]))) }
	spread := func() (sum float64) {
		for i := range groups {
			sum += 2 * half(i)
		}
		return sum
	}
	for spread() > whole {
		rim *= 1.08
	}
	slack := (whole - spread()) / float64(max(1, len(groups))) // goes between the groups
	angle := -whole / 2
	for i, g := range groups {
		angle += half(i) + slack/2
		sin, cos := math.Sincos(angle)
		middle := Point{(rim + beyond[i]) * cos, (rim + beyond[i]) * sin}
		for j, p := range g.points {
			w.nodes = append(w.nodes, g.nodes[j])
			w.points = append(w.points, Point{middle.X + p.X*cos - p.Y*sin, middle.Y + p.X*sin + p.Y*cos})
		}
		w.discs = append(w.discs, disc{middle, g.radius})
		angle += half(i) + slack/2
	}
	return rim
}

// enclose gives the group a disc that all its discs are in, and returns the middle of it: the origin, or better one that comes of taking in one disc
// after the other. The latter is what keeps a long chain as long as its parts: around the origin, each node would double the disc.
func (w *wheel) enclose() Point {
	around := func(c Point) (radius float64) {
		for _, d := range w.discs {
			radius = max(radius, distance(c, d.middle)+d.radius)
		}
		return radius
	}
	order := slices.Clone(w.discs)
	slices.SortStableFunc(order, func(a, b disc) int { return cmp.Compare(b.radius, a.radius) })
	all := order[0]
	for _, d := range order[1:] {
		if far := distance(all.middle, d.middle); far+d.radius > all.radius {
			radius := (all.radius + far + d.radius) / 2
			part := (radius - all.radius) / far
			all = disc{Point{all.middle.X + (d.middle.X-all.middle.X)*part, all.middle.Y + (d.middle.Y-all.middle.Y)*part}, radius}
		}
	}
	middle := all.middle
	if w.radius = around(middle); around(Point{}) <= w.radius {
		middle = Point{}
		w.radius = around(middle)
	}
	return middle
}

// shift makes a point the origin.
func (w *wheel) shift(middle Point) {
	for i := range w.points {
		w.points[i].X -= middle.X
		w.points[i].Y -= middle.Y
	}
}

// turn makes a point the origin, and the old origin lie to the left of it.
func (w *wheel) turn(middle Point) {
	w.shift(middle)
	far := math.Hypot(middle.X, middle.Y)
	if far == 0 {
		return
	}
	cos, sin := middle.X/far, middle.Y/far
	for i, p := range w.points {
		w.points[i] = Point{p.X*cos + p.Y*sin, p.Y*cos - p.X*sin}
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
