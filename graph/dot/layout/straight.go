package layout

import (
	"context"
	"math"
)

const bowStep = 26.0 // between arrows that join the same two nodes

// bows are how far to the side an arrow is bent, at its middle, to pass by what lies on it: the first that passes by most is taken.
var bows = []float64{0, 28, -28, 56, -56, 90, -90, 140, -140}

// spots are where on an arrow its label may be, the best first.
var spots = []float64{0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82}

// straight draws arrows from outline to outline between nodes that have their places: straight, but bent where there are several between two
// nodes, or where a third lies between.
func straight(ctx context.Context, g Graph, centres []Point) (Placement, error) {
	p := Placement{Nodes: centres, Routes: make([][]Point, len(g.Edges)), Labels: make([]Point, len(g.Edges))}
	between, seen := make(map[[2]int]int), make(map[[2]int]int)
	pair := func(e Edge) [2]int { return [2]int{min(e.From, e.To), max(e.From, e.To)} }
	for _, e := range g.Edges {
		between[pair(e)]++
	}
	risen := make([]float64, len(g.Nodes))
	var taken []rect // by labels
	for i, e := range g.Edges {
		if err := ctx.Err(); err != nil {
			return Placement{}, err
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
			p.Routes[i] = evading(g, centres, e)
		}
		if e.LabelWidth > 0 {
			p.Labels[i] = spot(g, centres, p.Routes[i], e, taken)
			taken = append(taken, rectAround(p.Labels[i], e.LabelWidth, e.LabelHeight))
		}
	}
	return p, nil
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

// evading is an arrow that runs through as few nodes as can be.
func evading(g Graph, centres []Point, e Edge) []Point {
	var best []Point
	fewest := math.MaxInt
	for _, bow := range bows {
		route := bent(g, centres, e, bow)
		hits := throughNodes(g, centres, e, route)
		if hits < fewest {
			best, fewest = route, hits
		}
		if hits == 0 {
			break
		}
	}
	return best
}

// throughNodes counts the nodes that a route of one curve runs through, its ends aside.
func throughNodes(g Graph, centres []Point, e Edge, route []Point) (n int) {
	low, high := route[0], route[0]
	for _, c := range route {
		low.X, low.Y, high.X, high.Y = min(low.X, c.X), min(low.Y, c.Y), max(high.X, c.X), max(high.Y, c.Y)
	}
	for v := range g.Nodes {
		box := rectAround(centres[v], g.Nodes[v].Width+6, g.Nodes[v].Height+6)
		if v == e.From || v == e.To || box.high.X < low.X || box.low.X > high.X || box.high.Y < low.Y || box.low.Y > high.Y {
			continue
		}
		const steps = 24
		for s := 1; s < steps; s++ {
			if box.has(onCurve(route, float64(s)/steps)) {
				n++
				break
			}
		}
	}
	return n
}

// spot finds a place on a route for its label that is not on a node nor on another label, if there is one.
func spot(g Graph, centres, route []Point, e Edge, taken []rect) Point {
	best, fewest := Point{}, math.MaxInt
	for _, t := range spots {
		c := onCurve(route, t)
		box := rectAround(c, e.LabelWidth, e.LabelHeight)
		hits := 0
		for v, n := range g.Nodes {
			if box.meets(rectAround(centres[v], n.Width, n.Height)) {
				hits += 2
			}
		}
		for _, o := range taken {
			if box.meets(o) {
				hits++
			}
		}
		if hits < fewest {
			best, fewest = c, hits
		}
		if hits == 0 {
			break
		}
	}
	return best
}

// onCurve returns the point of a cubic Bézier curve at t, from 0 to 1.
func onCurve(c []Point, t float64) Point {
	u := 1 - t
	a, b, d, e := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
	return Point{a*c[0].X + b*c[1].X + d*c[2].X + e*c[3].X, a*c[0].Y + b*c[1].Y + d*c[2].Y + e*c[3].Y}
}

type rect struct{ low, high Point }

func rectAround(c Point, w, h float64) rect {
	return rect{Point{c.X - w/2, c.Y - h/2}, Point{c.X + w/2, c.Y + h/2}}
}

func (r rect) has(p Point) bool {
	return r.low.X <= p.X && p.X <= r.high.X && r.low.Y <= p.Y && p.Y <= r.high.Y
}

// meets reports whether the two share more than a side.
func (r rect) meets(o rect) bool {
	return r.low.X < o.high.X && o.low.X < r.high.X && r.low.Y < o.high.Y && o.low.Y < r.high.Y
}
