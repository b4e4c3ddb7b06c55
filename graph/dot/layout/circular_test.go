package layout

import (
	"context"
	"testing"
)

// TestCirclesGrowNoFasterThanTheirParts places chains, in which each link hangs on the one before.
func TestCirclesGrowNoFasterThanTheirParts(t *testing.T) {
	const size, links = 40.0, 60
	for _, test := range []struct {
		name  string
		nodes int // of a link, the one that it shares with the next included: 2 is a plain arrow, 3 a triangle
	}{{"arrows", 2}, {"triangles", 3}, {"squares", 4}} {
		g := Graph{Nodes: []Node{{Width: size, Height: size}}}
		for range links {
			first := len(g.Nodes) - 1
			for i := 1; i < test.nodes; i++ {
				g.Edges = append(g.Edges, Edge{From: len(g.Nodes) - 1, To: len(g.Nodes)})
				g.Nodes = append(g.Nodes, Node{Width: size, Height: size})
			}
			if test.nodes > 2 {
				g.Edges = append(g.Edges, Edge{From: len(g.Nodes) - 1, To: first})
			}
		}
		p, err := Place(context.Background(), g, "circo")
		if err != nil {
			t.Fatal(err)
		}
		if err := checkPlacement(g, p); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if most := 5 * size * float64(len(g.Nodes)); p.Width > most || p.Height > most {
			t.Errorf("%s: %d nodes of %g take %g × %g", test.name, len(g.Nodes), size, p.Width, p.Height)
		}
	}
}
