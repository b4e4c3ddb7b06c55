package layout

import (
	"context"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// along calls visit with points along a route, about two points apart at most.
func along(route []Point, visit func(Point)) {
	for i := 0; i+3 < len(route); i += 3 {
		a, b, c, d := route[i], route[i+1], route[i+2], route[i+3]
		steps := 2 + int((math.Hypot(b.X-a.X, b.Y-a.Y)+math.Hypot(c.X-b.X, c.Y-b.Y)+math.Hypot(d.X-c.X, d.Y-c.Y))/2)
		for s := range steps + 1 {
			t := float64(s) / float64(steps)
			u := 1 - t
			visit(Point{
				u*u*u*a.X + 3*u*u*t*b.X + 3*u*t*t*c.X + t*t*t*d.X,
				u*u*u*a.Y + 3*u*u*t*b.Y + 3*u*t*t*c.Y + t*t*t*d.Y,
			})
		}
	}
}

// checkLayers returns what is wrong with a layered placement.
func checkLayers(g Graph, p Placement) error {
	for i, c := range p.Nodes {
		here := rectAround(c, g.Nodes[i].Width, g.Nodes[i].Height)
		for j := range i {
			if here.meets(rectAround(p.Nodes[j], g.Nodes[j].Width, g.Nodes[j].Height)) {
				return fmt.Errorf("nodes %d and %d lie on each other", j, i)
			}
		}
		for j, e := range g.Edges {
			if e.LabelWidth > 0 && here.meets(rectAround(p.Labels[j], e.LabelWidth, e.LabelHeight)) {
				return fmt.Errorf("the label of edge %d lies on node %d", j, i)
			}
		}
	}
	for i, e := range g.Edges {
		if e.LabelWidth > 0 {
			here := rectAround(p.Labels[i], e.LabelWidth, e.LabelHeight)
			for j, o := range g.Edges[:i] {
				if o.LabelWidth > 0 && here.meets(rectAround(p.Labels[j], o.LabelWidth, o.LabelHeight)) {
					return fmt.Errorf("the labels of edges %d and %d lie on each other", j, i)
				}
			}
		}
		var wrong error
		along(p.Routes[i], func(pt Point) {
			for v, n := range g.Nodes {
				if v != e.From && v != e.To && rectAround(p.Nodes[v], n.Width-1, n.Height-1).has(pt) {
					wrong = fmt.Errorf("edge %d, from %d to %d, runs through node %d", i, e.From, e.To, v)
				}
			}
		})
		if wrong != nil {
			return wrong
		}
	}
	return nil
}

func TestLayersKeepThingsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawnGraph(t, 25)
		g.Upwards = rapid.Bool().Draw(t, "upwards")
		p, err := Place(context.Background(), g, "dot")
		if err != nil {
			t.Fatal(err)
		}
		if err := checkLayers(g, p); err != nil {
			t.Fatal(err)
		}
	})
}

// TestArrowsRunOneWay places graphs without cycles: each arrow must lead to the right, or up.
func TestArrowsRunOneWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawnGraph(t, 20)
		g.Upwards = rapid.Bool().Draw(t, "upwards")
		for i, e := range g.Edges {
			g.Edges[i].From, g.Edges[i].To = min(e.From, e.To), max(e.From, e.To)
		}
		p, err := Place(context.Background(), g, "dot")
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range g.Edges {
			from, to := p.Nodes[e.From], p.Nodes[e.To]
			if ahead := to.X > from.X; e.From != e.To && !g.Upwards && !ahead {
				t.Fatalf("arrow %d leads back", i)
			}
			if up := to.Y < from.Y; e.From != e.To && g.Upwards && !up {
				t.Fatalf("arrow %d leads down", i)
			}
		}
	})
}

// TestTreesAndChainsHaveNoCrossings, and a chain is straight.
func TestTreesAndChainsHaveNoCrossings(t *testing.T) {
	tree := Graph{}
	for i := range 31 {
		tree.Nodes = append(tree.Nodes, Node{Width: 60, Height: 30})
		if i > 0 {
			tree.Edges = append(tree.Edges, Edge{From: (i - 1) / 2, To: i, LabelWidth: 30, LabelHeight: 12})
		}
	}
	p, err := Place(context.Background(), tree, "dot")
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range tree.Edges {
		for j, b := range tree.Edges[:i] {
			if p.Nodes[a.From].X != p.Nodes[b.From].X {
				continue
			}
			if (p.Nodes[a.From].Y-p.Nodes[b.From].Y)*(p.Nodes[a.To].Y-p.Nodes[b.To].Y) < 0 {
				t.Errorf("edges %d and %d cross", j, i)
			}
		}
	}
	chain := Graph{}
	for i := range 8 {
		chain.Nodes = append(chain.Nodes, Node{Width: 60, Height: 20 + 5*float64(i)})
		if i > 0 {
			chain.Edges = append(chain.Edges, Edge{From: i - 1, To: i})
		}
	}
	if p, err = Place(context.Background(), chain, "dot"); err != nil {
		t.Fatal(err)
	}
	for i := range p.Nodes {
		if math.Abs(p.Nodes[i].Y-p.Nodes[0].Y) > 1 {
			t.Errorf("node %d at %v, the first at %v", i, p.Nodes[i], p.Nodes[0])
		}
	}
}

// TestSteepLinesMissTheNodesBeside has a few nodes with arrows to many others each, one of them a little narrower than those above and below it: lines
// that turned steep before they have left the layer would run through these.
func TestSteepLinesMissTheNodesBeside(t *testing.T) {
	const few, many = 5, 60
	for _, wider := range []float64{4, 8, 11} {
		var g Graph
		for i := range few {
			g.Nodes = append(g.Nodes, Node{Width: 60 + wider*float64(i%2), Height: 30})
		}
		for i := range many {
			g.Nodes = append(g.Nodes, Node{Width: 40, Height: 60})
			for j := range few {
				g.Edges = append(g.Edges, Edge{From: j, To: few + i})
			}
		}
		p, err := Place(context.Background(), g, "dot")
		if err != nil {
			t.Fatal(err)
		}
		if err := checkLayers(g, p); err != nil {
			t.Errorf("wider by %g: %v", wider, err)
		}
	}
}
