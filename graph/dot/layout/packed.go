package layout

import (
	"context"
	"math"
)

// packed is Graphviz's "osage": nodes in rows, in their order, without regard to arrows.
func packed(ctx context.Context, g Graph) (Placement, error) {
	roomy, lift := withLoops(g)
	const gap = 2.5 * separation // for arrows and their labels
	area, widest := 0.0, 0.0
	for _, n := range roomy.Nodes {
		area += (n.Width + gap) * (n.Height + gap)
		widest = max(widest, n.Width)
	}
	limit := max(widest, math.Sqrt(area*1.5))
	centres := make([]Point, len(g.Nodes))
	x, y := 0.0, 0.0
	for first := 0; first < len(centres); {
		last, high := first, 0.0
		for x = 0; last < len(centres) && (last == first || x+roomy.Nodes[last].Width <= limit); last++ {
			x += roomy.Nodes[last].Width + gap
			high = max(high, roomy.Nodes[last].Height)
		}
		x = 0
		for v := first; v < last; v++ {
			centres[v] = Point{x + roomy.Nodes[v].Width/2, y + high/2 + lift[v]}
			x += roomy.Nodes[v].Width + gap
		}
		y += high + gap
		first = last
	}
	return straight(ctx, g, centres)
}
