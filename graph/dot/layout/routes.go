package layout

import (
	"math"
	"slices"
)

// lead is how far a line may have to go beside its node before it enters the gap between layers; below that it need not be level there, unless it is so
// steep that it would meet the node above or below.
const lead = 6.0

// routes turns what is known of the vertices into a placement.
func (l *layering) routes() Placement {
	p := Placement{Nodes: make([]Point, len(l.Nodes)), Routes: make([][]Point, len(l.Edges)), Labels: make([]Point, len(l.Edges))}
	for v := range l.Nodes {
		p.Nodes[v] = Point{l.middle(l.layer[v]), float64(l.vertices[v].y) + l.vertices[v].loops/2}
	}
	risen := make([]float64, len(l.Nodes))
	for i, e := range l.Edges {
		if e.From == e.To {
			p.Routes[i], p.Labels[i] = loop(l.Nodes[e.From], p.Nodes[e.From], risen[e.From], e)
			risen[e.From] += loopRise + e.LabelHeight
			continue
		}
		for j, v := range l.chains[i] {
			if l.vertices[v].label {
				p.Labels[i] = Point{l.middle(l.layer[v]), l.meets(i, j)}
			}
		}
		p.Routes[i] = smooth(l.through(i, p.Nodes))
		if l.back[i] {
			slices.Reverse(p.Routes[i])
		}
	}
	return p
}

// through returns the points that an edge passes, from left to right.
func (l *layering) through(edge int, nodes []Point) []Point {
	chain := l.chains[edge]
	var points []Point
	for j, v := range chain {
		y := l.meets(edge, j)
		left, right := l.left[l.layer[v]], l.right[l.layer[v]]
		switch {
		case j == 0:
			start := nodes[v].X + l.Nodes[v].side(y-nodes[v].Y, 1)
			points = append(points, Point{start, y})
			if l.level(edge, j, j+1, right-start) {
				points = append(points, Point{right, y})
			}
		case j == len(chain)-1:
			end := nodes[v].X + l.Nodes[v].side(y-nodes[v].Y, -1)
			if l.level(edge, j, j-1, end-left) {
				points = append(points, Point{left, y})
			}
			points = append(points, Point{end, y})
		case right-left > lead && !(l.doubled && l.layer[v]%2 == 1): // past nodes, level
			points = append(points, Point{left, y}, Point{right, y})
		default:
			points = append(points, Point{l.middle(l.layer[v]), y})
		}
	}
	return points
}

// level reports whether an edge must be level over a way beside its vertex j before it turns to its vertex next.
func (l *layering) level(edge, j, next int, way float64) bool {
	a, b := l.layer[l.chains[edge][min(j, next)]], l.layer[l.chains[edge][max(j, next)]]
	climb := math.Abs(l.meets(edge, next)-l.meets(edge, j)) / (l.left[b] - l.right[a] + way) * way
	return way > lead || climb > lineGap/2
}

// smooth returns Bézier curves through points that go from left to right. It never goes above or below two neighbouring points between
// them: monotone cubic interpolation (Fritsch and Carlson, 1980).
func smooth(points []Point) []Point {
	n := len(points)
	slope := make([]float64, n-1) // of the line to the next point
	for i := range slope {
		slope[i] = (points[i+1].Y - points[i].Y) / max(1e-9, points[i+1].X-points[i].X)
	}
	tangent := make([]float64, n)
	tangent[0], tangent[n-1] = slope[0], slope[n-2]
	for i := 1; i < n-1; i++ {
		if slope[i-1]*slope[i] > 0 {
			// The harmonic mean, weighted by the lengths: it keeps within the limits that make the curve monotone.
			a, b := points[i].X-points[i-1].X, points[i+1].X-points[i].X
			tangent[i] = 3 * (a + b) / ((2*b+a)/slope[i-1] + (b+2*a)/slope[i])
		}
	}
	route := []Point{points[0]}
	for i := range slope {
		third := (points[i+1].X - points[i].X) / 3
		route = append(route,
			Point{points[i].X + third, points[i].Y + tangent[i]*third},
			Point{points[i+1].X - third, points[i+1].Y - tangent[i+1]*third},
			points[i+1])
	}
	return route
}

// loop is an arrow from a node over its top to itself, above others that have risen already; the label is above it.
func loop(n Node, c Point, risen float64, e Edge) (route []Point, label Point) {
	half := math.Min(14, n.Width/4)
	from := n.leaving(c, Point{c.X + half, c.Y - n.Height/2})
	to := n.leaving(c, Point{c.X - half, c.Y - n.Height/2})
	top := c.Y - n.Height/2 - risen - loopRise
	return []Point{from, {from.X + 4, top}, {to.X - 4, top}, to}, Point{c.X, top + loopRise/4 - e.LabelHeight/2}
}
