package layout

import (
	"context"
	"math"
)

// arrows that are as long as their ends and labels need, and then some.
const arrowRoom = 40.0

// An arrangement says where the middles of a connected graph's nodes would best be, whether they overlap or not.
type arrangement func(ctx context.Context, g Graph) ([]Point, error)

// free makes a layout of an arrangement: each piece by itself, overlaps removed, arrows drawn straight.
func free(arrange arrangement) placer {
	return func(ctx context.Context, g Graph) (Placement, error) {
		return piecewise(ctx, g, func(ctx context.Context, piece Graph) (Placement, error) {
			roomy, lift := withLoops(piece)
			centres, err := arrange(ctx, roomy)
			if err != nil {
				return Placement{}, err
			}
			if err := separate(ctx, roomy, centres); err != nil {
				return Placement{}, err
			}
			for v := range centres {
				centres[v].Y += lift[v]
			}
			return straight(ctx, piece, centres)
		})
	}
}

// withLoops returns g with nodes that have room above for the arrows to themselves, and by how much their own middles are lower then.
func withLoops(g Graph) (Graph, []float64) {
	out := Graph{Nodes: append([]Node(nil), g.Nodes...), Edges: g.Edges}
	lift := make([]float64, len(g.Nodes))
	for _, e := range g.Edges {
		if e.From == e.To {
			lift[e.From] += (loopRise + e.LabelHeight) / 2
			out.Nodes[e.From].Width = max(out.Nodes[e.From].Width, e.LabelWidth)
		}
	}
	for v := range lift {
		out.Nodes[v].Height += 2 * lift[v]
	}
	return out, lift
}

// reach is about how far a node extends from its middle.
func (n Node) reach() float64 { return (n.Width + n.Height) / 4 }

// wanted is the distance that an edge's ends should have.
func (g Graph) wanted(e Edge) float64 {
	d := g.Nodes[e.From].reach() + g.Nodes[e.To].reach() + arrowRoom + e.LabelWidth
	if e.Loose {
		d *= 1.5
	}
	return d
}

// A link is one direction of an edge: a neighbour, and the distance at which it should be.
type link struct {
	to       int
	distance float64
	loose    bool
}

// links returns each node's neighbours.
func (g Graph) links() [][]link {
	out := make([][]link, len(g.Nodes))
	for _, e := range g.Edges {
		if e.From != e.To {
			d := g.wanted(e)
			out[e.From] = append(out[e.From], link{e.To, d, e.Loose})
			out[e.To] = append(out[e.To], link{e.From, d, e.Loose})
		}
	}
	return out
}

// spiral puts n nodes on a spiral, all apart, in an order that is the same each time: where nothing is known yet.
func spiral(n int, step float64) []Point {
	const golden = 2.399963229728653 // radians between two leaves of a plant that shade each other least
	points := make([]Point, n)
	for i := range points {
		sin, cos := math.Sincos(golden * float64(i))
		r := step * math.Sqrt(float64(i)+0.5)
		points[i] = Point{r * cos, r * sin}
	}
	return points
}

func distance(a, b Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }
