package layout

import (
	"context"
	"math"
	"slices"
)

const bowStep = 26.0 // between arrows that join the same two nodes

// bows are how far to the side an arrow is bent, at its middle, to pass by what lies on it: the first that passes by most is taken.
var bows = []float64{0, 28, -28, 56, -56, 90, -90, 140, -140}

// spots are where on an arrow its label may be, the best first.
var spots = []float64{0.5, 0.45, 0.55, 0.4, 0.6, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8, 0.14, 0.86}

// straight draws arrows from outline to outline between nodes that have their places: straight, but bent where there are several between two
// nodes, or where a third lies between. While a label finds no place that is free, everything moves apart; less often in large graphs, of which
// nobody reads the labels.
func straight(ctx context.Context, g Graph, centres []Point) (Placement, error) {
	const step = 1.15
	tries := max(1, min(8, 2400/(len(g.Edges)+1)))
	var best Placement
	fewest := math.MaxInt
	for range tries {
		p, covered, err := arrows(ctx, g, centres)
		if err != nil {
			return Placement{}, err
		}
		if covered < fewest {
			best, fewest = p, covered
			best.Nodes = slices.Clone(centres)
		}
		if covered == 0 {
			break
		}
		scale(centres, step)
	}
	return best, nil
}

// arrows routes all edges and finds places for their labels. It returns how badly labels lie on nodes and each other.
func arrows(ctx context.Context, g Graph, centres []Point) (p Placement, covered int, err error) {
	p = Placement{Nodes: centres, Routes: make([][]Point, len(g.Edges)), Labels: make([]Point, len(g.Edges))}
	between, seen := make(map[[2]int]int), make(map[[2]int]int)
	pair := func(e Edge) [2]int { return [2]int{min(e.From, e.To), max(e.From, e.To)} }
	for _, e := range g.Edges {
		between[pair(e)]++
	}
	risen := make([]float64, len(g.Nodes))
	var nodes, roomy, labels rects
	for v, n := range g.Nodes {
		nodes.add(rectAround(centres[v], n.Width, n.Height))
		roomy.add(rectAround(centres[v], n.Width+2*clearance, n.Height+2*clearance))
	}
	for i, e := range g.Edges {
		if err := ctx.Err(); err != nil {
			return Placement{}, 0, err
		}
		if e.From == e.To {
			p.Routes[i], p.Labels[i] = loop(g.Nodes[e.From], centres[e.From], risen[e.From], e)
			risen[e.From] += loopRise + e.LabelHeight
			continue
		}
		k := pair(e)
		bow := (float64(seen[k]) - float64(between[k]-1)/2) * bowStep
		seen[k]++
		if e.From > e.To {
			bow = -bow // seen from the same end as the others
		}
		p.Routes[i] = bent(g, centres, e, bow)
		if between[k] == 1 {
			p.Routes[i] = evading(g, centres, &roomy, e)
		}
		if e.LabelWidth > 0 {
			at, hits := spot(&nodes, &labels, p.Routes[i], e)
			p.Labels[i] = at
			covered += hits
			labels.add(rectAround(at, e.LabelWidth, e.LabelHeight))
		}
	}
	return p, covered, nil
}

// bent is an arrow whose middle is so far to the side of the straight line.
func bent(g Graph, centres []Point, e Edge, bow float64) []Point {
	a, b := centres[e.From], centres[e.To]
	d := max(1e-9, distance(a, b))
	side := Point{-(b.Y - a.Y) / d, (b.X - a.X) / d}
	middle := Point{(a.X+b.X)/2 + 2*bow*side.X, (a.Y+b.Y)/2 + 2*bow*side.Y} // where a quadratic curve with that bow aims
	from, to := g.Nodes[e.From].leaving(a, middle), g.Nodes[e.To].leaving(b, middle)
	if bow == 0 {
		middle = Point{(from.X + to.X) / 2, (from.Y + to.Y) / 2}
	}
	third := func(end Point) Point { return Point{end.X + (middle.X-end.X)*2/3, end.Y + (middle.Y-end.Y)*2/3} }
	return []Point{from, third(from), third(to), to}
}

// clearance is how far from a node an arrow that passes it should be.
const clearance = 3.0

// evading is an arrow that runs through as few of the nodes, with their clearance, as can be.
func evading(g Graph, centres []Point, nodes *rects, e Edge) []Point {
	var best []Point
	fewest := math.MaxInt
	for _, bow := range bows {
		route := bent(g, centres, e, bow)
		if hits := throughNodes(nodes, e, route, fewest); hits < fewest {
			best, fewest = route, hits
		}
		if fewest == 0 {
			break
		}
	}
	return best
}

// throughNodes counts the nodes that a route of one curve runs through, its ends aside; it stops at enough of them.
func throughNodes(nodes *rects, e Edge, route []Point, enough int) int {
	steps := 24
	if long := distance(route[0], route[1]) + distance(route[1], route[2]) + distance(route[2], route[3]); long > 24*15 {
		steps = int(min(1000, long/15))
	}
	var hit []int
	for s := 1; s < steps && len(hit) < enough; s++ {
		nodes.at(onCurve(route, float64(s)/float64(steps)), func(v int) {
			if v != e.From && v != e.To && !slices.Contains(hit, v) {
				hit = append(hit, v)
			}
		})
	}
	return len(hit)
}

// spot finds a place on a route for its label that is not on a node nor on another label, if there is one, and returns how much it covers there.
func spot(nodes, labels *rects, route []Point, e Edge) (best Point, fewest int) {
	fewest = math.MaxInt
	for _, t := range spots {
		c := onCurve(route, t)
		box := rectAround(c, e.LabelWidth, e.LabelHeight)
		hits := 0
		nodes.meeting(box, func(int) { hits += 2 })
		labels.meeting(box, func(int) { hits++ })
		if hits < fewest {
			best, fewest = c, hits
		}
		if hits == 0 {
			break
		}
	}
	return best, fewest
}

// onCurve returns the point of a cubic Bézier curve at t, from 0 to 1.
func onCurve(c []Point, t float64) Point {
	u := 1 - t
	a, b, d, e := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
	return Point{a*c[0].X + b*c[1].X + d*c[2].X + e*c[3].X, a*c[0].Y + b*c[1].Y + d*c[2].Y + e*c[3].Y}
}
