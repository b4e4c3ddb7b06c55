package layout

import (
	"context"
	"testing"
)

// hub is a node with arrows from and to many others, some of which have arrows between them.
func hub(leaves int) Graph {
	g := Graph{Nodes: []Node{{Width: 60, Height: 30}}}
	for i := range leaves {
		g.Nodes = append(g.Nodes, Node{Width: 60 + float64(i%7)*15, Height: 26 + float64(i%5)*8})
		e := Edge{From: 0, To: i + 1, LabelWidth: 50, LabelHeight: 12}
		if i%2 == 0 {
			e.From, e.To = e.To, e.From
		}
		g.Edges = append(g.Edges, e)
		if i%3 == 2 {
			g.Edges = append(g.Edges, Edge{From: i - 1, To: i + 1, LabelWidth: 50, LabelHeight: 12})
		}
	}
	return g
}

func TestLabelsAroundAHubLieOnNoNode(t *testing.T) {
	for _, name := range Names() {
		for _, leaves := range []int{20, 60, 120} {
			g := hub(leaves)
			p, err := Place(context.Background(), g, name)
			if err != nil {
				t.Fatal(err)
			}
			for i, e := range g.Edges {
				box := rectAround(p.Labels[i], e.LabelWidth, e.LabelHeight)
				for v, n := range g.Nodes {
					if box.meets(rectAround(p.Nodes[v], n.Width, n.Height)) {
						t.Errorf("%s, %d leaves: the label of edge %d lies on node %d", name, leaves, i, v)
					}
				}
			}
		}
	}
}

func TestRectsAreFoundWhereTheyAre(t *testing.T) {
	var rs rects
	for i := range 400 {
		rs.add(rectAround(Point{float64(i%20)*70 - 700, float64(i/20)*40 - 400}, float64(10+i%90), float64(5+i%60)))
	}
	for i, r := range append(rs.all[:len(rs.all):len(rs.all)], rect{Point{-1e6, -1e6}, Point{1e6, 1e6}}) {
		var found []int
		rs.meeting(r, func(j int) { found = append(found, j) })
		on := 0
		rs.at(r.low, func(int) { on++ })
		for j, o := range rs.all {
			if o.has(r.low) {
				on--
			}
			if r.meets(o) {
				if len(found) == 0 || found[0] != j {
					t.Fatalf("%d: next of %v should be %d", i, found, j)
				}
				found = found[1:]
			}
		}
		if len(found) > 0 {
			t.Fatalf("%d: %v do not meet it", i, found)
		}
		if on != 0 {
			t.Fatalf("%d: %d too many at %v", i, on, r.low)
		}
	}
}
