package layout

import (
	"cmp"
	"context"
	"slices"
)

// Distances of the layered layout.
const (
	nodeGap   = 18.0 // between nodes of a layer
	lineGap   = 9.0  // between a line and what is beside it
	lineRoom  = 4.0  // what a line itself takes in a layer that it crosses
	layerGap  = 46.0 // between layers, at least; half of it on either side of a layer of labels
	steepest  = 0.14 // more gap for lines that climb: points each point
	steepGap  = 50.0 // at most so much more
	portGap   = 13.0 // between the ends of lines on a side of a node
	loopRise  = 20.0 // height of an arrow from a node to itself
	labelSlip = 2.0  // above and below a label
)

// layered is Graphviz's "dot": nodes in layers, arrows from left to right or upwards. The steps are those of Gansner, Koutsofios, North and Vo,
// A Technique for Drawing Directed Graphs (1993): cycles are broken, layers given, an order found in each, and places. Labels have layers of their
// own between those of nodes, so that none lies on a node or on another.
func layered(ctx context.Context, g Graph) (Placement, error) {
	turned := g
	if g.Upwards {
		turned = turn(g)
	}
	p, err := piecewise(ctx, turned, func(ctx context.Context, part Graph) (Placement, error) {
		return newLayering(part).lay(ctx)
	})
	if err != nil || !g.Upwards {
		return p, err
	}
	turnBack := func(points []Point) {
		for i, c := range points {
			points[i] = Point{c.Y, -c.X}
		}
	}
	turnBack(p.Nodes)
	turnBack(p.Labels)
	for _, r := range p.Routes {
		turnBack(r)
	}
	return p, nil
}

// turn lays g on its side: what was up is now right.
func turn(g Graph) Graph {
	out := Graph{Nodes: slices.Clone(g.Nodes), Edges: slices.Clone(g.Edges)}
	for i, n := range g.Nodes {
		corners := slices.Clone(n.Outline)
		for j, c := range corners {
			corners[j] = Point{-c.Y, c.X}
		}
		out.Nodes[i] = Node{n.Height, n.Width, corners}
	}
	for i, e := range g.Edges {
		out.Edges[i].LabelWidth, out.Edges[i].LabelHeight = e.LabelHeight, e.LabelWidth
	}
	return out
}

// A layering is one piece of a graph on its way into layers. Its vertices are the nodes and, for each layer that an edge crosses, a stand-in.
type layering struct {
	Graph
	lattice
	vertices []vertex
	chains   [][]int // edge → its vertices from the first layer to the last; nil for a loop
	back     []bool  // edge → runs against the layers
	doubled  bool    // every other layer is for labels
	ports    [][2]float64
	left     []float64 // layer → where it begins
	right    []float64
}

type vertex struct {
	edge          int // that a stand-in stands for, -1 for a node
	width, height float64
	loops         float64 // part of the height, above the node
	label         bool
	y             int // of the middle
}

func newLayering(g Graph) *layering {
	l := &layering{Graph: g, back: make([]bool, len(g.Edges)), chains: make([][]int, len(g.Edges)), ports: make([][2]float64, len(g.Edges))}
	for _, n := range g.Nodes {
		l.vertices = append(l.vertices, vertex{edge: -1, width: n.Width, height: n.Height})
	}
	for _, e := range g.Edges {
		l.doubled = l.doubled || e.LabelWidth > 0 && e.From != e.To
		if e.From == e.To {
			v := &l.vertices[e.From]
			v.loops += loopRise + e.LabelHeight
			v.height += loopRise + e.LabelHeight
			v.width = max(v.width, e.LabelWidth)
		}
	}
	return l
}

func (l *layering) lay(ctx context.Context) (Placement, error) {
	l.breakCycles()
	ranks, err := l.rank(ctx)
	if err != nil {
		return Placement{}, err
	}
	l.standIns(ranks)
	if err := l.order(ctx); err != nil {
		return Placement{}, err
	}
	l.setPorts()
	if err := l.setHeights(ctx); err != nil {
		return Placement{}, err
	}
	l.setWidths()
	return l.routes(), nil
}

// breakCycles turns round edges that close a cycle: firm ones that lead back on a walk along firm edges, and then as many loose ones as
// must be.
func (l *layering) breakCycles() {
	l.turnFirm()
	waits := make([][2]int, len(l.Nodes)) // node → firm and loose edges from nodes that are not yet in order
	out := make([][]int, len(l.Nodes))
	for i, e := range l.Edges {
		if e.From == e.To {
			continue
		}
		first, last := l.ends(i)
		out[first] = append(out[first], i)
		waits[last][kind(e)]++
	}
	place := make([]int, len(l.Nodes))
	const waiting = -1
	for v := range place {
		place[v] = waiting
	}
	for n := range l.Nodes {
		best := -1
		for v := range l.Nodes {
			if place[v] == waiting && waits[v][0] == 0 && (best < 0 || waits[v][1] < waits[best][1]) {
				best = v
			}
		}
		place[best] = n
		for _, i := range out[best] {
			_, last := l.ends(i)
			waits[last][kind(l.Edges[i])]--
		}
	}
	for i, e := range l.Edges {
		if e.Loose {
			l.back[i] = place[e.From] > place[e.To]
		}
	}
}

func kind(e Edge) int {
	if e.Loose {
		return 1
	}
	return 0
}

// turnFirm turns round the firm edges that lead from a node to one from which a walk reached it.
func (l *layering) turnFirm() {
	out, entered := make([][]int, len(l.Nodes)), make([]int, len(l.Nodes))
	for i, e := range l.Edges {
		if e.From != e.To && !e.Loose {
			out[e.From] = append(out[e.From], i)
			entered[e.To]++
		}
	}
	const fresh, open, done = 0, 1, 2
	state := make([]int, len(l.Nodes))
	type visit struct{ v, next int }
	walk := func(root int) {
		if state[root] != fresh {
			return
		}
		state[root] = open
		stack := []visit{{root, 0}}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next == len(out[top.v]) {
				state[top.v] = done
				stack = stack[:len(stack)-1]
				continue
			}
			i := out[top.v][top.next]
			top.next++
			switch to := l.Edges[i].To; state[to] {
			case fresh:
				state[to] = open
				stack = append(stack, visit{to, 0})
			case open:
				l.back[i] = true
			}
		}
	}
	for v := range l.Nodes {
		if entered[v] == 0 {
			walk(v)
		}
	}
	for v := range l.Nodes {
		walk(v)
	}
}

// ends returns an edge's nodes in the order of their layers.
func (l *layering) ends(i int) (first, last int) {
	e := l.Edges[i]
	if l.back[i] {
		return e.To, e.From
	}
	return e.From, e.To
}

// pull is the weight of an edge.
func (l *layering) pull(i int) int {
	if l.Edges[i].Loose {
		return 1
	}
	return 8
}

// rank gives each node its layer, so that edges are short.
func (l *layering) rank(ctx context.Context) ([]int, error) {
	var tensions []tension
	for i, e := range l.Edges {
		if e.From != e.To {
			first, last := l.ends(i)
			tensions = append(tensions, tension{first, last, 1, l.pull(i)})
		}
	}
	ranks, err := solve(ctx, len(l.Nodes), tensions)
	if err != nil {
		return nil, err
	}
	least := slices.Min(ranks)
	for v := range ranks {
		ranks[v] -= least
		if l.doubled {
			ranks[v] *= 2
		}
	}
	return ranks, nil
}

// standIns makes the lattice: the nodes, and a vertex in each layer between an edge's ends.
func (l *layering) standIns(ranks []int) {
	l.layer = slices.Clone(ranks)
	for i, e := range l.Edges {
		if e.From == e.To {
			continue
		}
		first, last := l.ends(i)
		chain := []int{first}
		from, to := ranks[first], ranks[last]
		middle := (from + to) / 2
		if middle%2 == 0 && l.doubled {
			middle++ // the later of the two layers of labels
		}
		for r := from + 1; r < to; r++ {
			v := vertex{edge: i, height: lineRoom}
			if r == middle && e.LabelWidth > 0 {
				v.label, v.width, v.height = true, e.LabelWidth, e.LabelHeight+2*labelSlip
			}
			chain = append(chain, len(l.vertices))
			l.vertices = append(l.vertices, v)
			l.layer = append(l.layer, r)
		}
		l.chains[i] = append(chain, last)
	}
	l.layers = make([][]int, slices.Max(l.layer)+1)
	l.place = make([]int, len(l.vertices))
	l.before, l.after = make([][]int, len(l.vertices)), make([][]int, len(l.vertices))
	for _, chain := range l.chains {
		for j := 1; j < len(chain); j++ {
			l.after[chain[j-1]] = append(l.after[chain[j-1]], chain[j])
			l.before[chain[j]] = append(l.before[chain[j]], chain[j-1])
		}
	}
}

// setPorts spreads the ends of edges over the sides of nodes, in the order of what is at their other ends.
func (l *layering) setPorts() {
	type end struct{ edge, side, other int }
	at := make([][2][]end, len(l.Nodes)) // node → ends on its left and right side
	for i, chain := range l.chains {
		if chain == nil {
			continue
		}
		n := len(chain)
		at[chain[0]][1] = append(at[chain[0]][1], end{i, 0, chain[1]})
		at[chain[n-1]][0] = append(at[chain[n-1]][0], end{i, 1, chain[n-2]})
	}
	for v, sides := range at {
		for _, ends := range sides {
			slices.SortStableFunc(ends, func(a, b end) int { return cmp.Compare(l.place[a.other], l.place[b.other]) })
			step := 0.0
			if len(ends) > 1 {
				step = min(portGap, max(0, l.Nodes[v].Height-12)/float64(len(ends)-1))
			}
			for j, e := range ends {
				l.ports[e.edge][e.side] = (float64(j)-float64(len(ends)-1)/2)*step + l.vertices[v].loops/2
			}
		}
	}
}

// setHeights gives each vertex its y: those of a layer apart, edges as level as may be, long ones the most.
func (l *layering) setHeights(ctx context.Context) error {
	var tensions []tension
	for _, layer := range l.layers {
		for i := 1; i < len(layer); i++ {
			u, v := l.vertices[layer[i-1]], l.vertices[layer[i]]
			gap := lineGap
			switch {
			case u.edge < 0 && v.edge < 0:
				gap = nodeGap
			case u.label && v.label:
				gap = 3
			}
			tensions = append(tensions, tension{layer[i-1], layer[i], int(u.height/2 + v.height/2 + gap + 0.999), 0})
		}
	}
	n := len(l.vertices)
	for i, chain := range l.chains {
		for j := 1; j < len(chain); j++ {
			u, v := chain[j-1], chain[j]
			weight := l.pull(i)
			switch { // straight before level
			case l.vertices[u].edge >= 0 && l.vertices[v].edge >= 0:
				weight *= 8
			case l.vertices[u].edge >= 0 || l.vertices[v].edge >= 0:
				weight *= 2
			}
			a, b := 0, 0
			if j == 1 {
				a = int(l.ports[i][0])
			}
			if j == len(chain)-1 {
				b = int(l.ports[i][1])
			}
			tensions = append(tensions, tension{n, u, -a, weight}, tension{n, v, -b, weight})
			n++
		}
	}
	values, err := solve(ctx, n, tensions)
	if err != nil {
		return err
	}
	for v := range l.vertices {
		l.vertices[v].y = values[v]
	}
	return nil
}

// setWidths gives each layer its place from left to right: room for its widest vertex, and more between layers where lines are steep.
func (l *layering) setWidths() {
	l.left, l.right = make([]float64, len(l.layers)), make([]float64, len(l.layers))
	climb := make([]float64, len(l.layers)) // layer → the highest climb from the layer before
	for i, chain := range l.chains {
		for j := 1; j < len(chain); j++ {
			from, to := l.meets(i, j-1), l.meets(i, j)
			at := l.layer[chain[j]]
			climb[at] = max(climb[at], from-to, to-from)
		}
	}
	gap := layerGap
	if l.doubled {
		gap /= 2
	}
	x := 0.0
	for i, layer := range l.layers {
		if i > 0 {
			x += gap + min(steepGap, climb[i]*steepest)
		}
		l.left[i] = x
		for _, v := range layer {
			l.right[i] = max(l.right[i], x+l.vertices[v].width)
		}
		l.right[i] = max(l.right[i], x)
		x = l.right[i]
	}
}

// meets returns the height at which an edge meets vertex j of its chain.
func (l *layering) meets(edge, j int) float64 {
	chain := l.chains[edge]
	y := float64(l.vertices[chain[j]].y)
	switch j {
	case 0:
		y += l.ports[edge][0]
	case len(chain) - 1:
		y += l.ports[edge][1]
	}
	return y
}

// middle is the x of the vertices of a layer.
func (l *layering) middle(layer int) float64 { return (l.left[layer] + l.right[layer]) / 2 }
