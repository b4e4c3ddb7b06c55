// Package layout places the nodes of a graph that is to be drawn and routes its arrows: geometry only, without text, colours or
// files.
//
//	placed, err := layout.Place(ctx, g, "dot")
//
// The layouts bear the names that Graphviz made familiar, and do what those names promise: "dot" puts nodes in layers so that
// arrows run from left to right; "neato", "fdp" and "sfdp" let arrows pull and nodes push; "circo" uses circles, "twopi" rings
// around a middle, "osage" rows. No two nodes overlap in any of them, labels of arrows have room, and the same graph is placed in
// the same way each time.
//
// Lengths are points (1/72 inch); x grows to the right, y downwards.
package layout

import (
	"context"
	"fmt"
	"math"
	"strings"
)

// A Graph is what is to be placed.
type Graph struct {
	Nodes   []Node
	Edges   []Edge
	Upwards bool // "dot" only: arrows run from the bottom to the top instead of from left to right
}

// A Node is a shape of a given size.
type Node struct {
	Width, Height float64
	Outline       []Point // corners of a convex shape around the origin, within the size; nil: the whole box
}

// An Edge is an arrow from one node to another or to itself. Several may run between the same two.
type Edge struct {
	From, To    int     // in Graph.Nodes
	LabelWidth  float64 // 0: no label
	LabelHeight float64
	Loose       bool // does not pull: its ends are placed as if it were not there, where other edges tie them in
}

// A Point is a place in the picture.
type Point struct{ X, Y float64 }

// A Placement says where everything goes, in the order of the Graph's nodes and edges.
type Placement struct {
	Width, Height float64   // of all that is placed, from (0,0)
	Nodes         []Point   // centres
	Routes        [][]Point // of edges: a start on one node's outline, then three points each for cubic Bézier curves, the last on the other's
	Labels        []Point   // centres of edges' labels; meaningless where there is none
}

// A placer is a layout at work. It may use any coordinates: Place moves the result to the origin.
type placer func(ctx context.Context, g Graph) (Placement, error)

// layouts are all there are, in the order of help texts.
var layouts = []struct {
	name  string
	place placer
}{
	{"dot", layered},
	{"neato", free(stress)},
	{"fdp", free(springs)},
	{"sfdp", free(coarsened)},
	{"circo", free(circular)},
	{"twopi", free(radial)},
	{"osage", packed},
}

// Names returns the names of the layouts.
func Names() []string {
	names := make([]string, len(layouts))
	for i, l := range layouts {
		names[i] = l.name
	}
	return names
}

// Place places g by the layout of the name. It fails for an unknown name, and when ctx ends, which it looks at
// between steps of the work.
func Place(ctx context.Context, g Graph, name string) (Placement, error) {
	if err := ctx.Err(); err != nil {
		return Placement{}, err
	}
	for _, l := range layouts {
		if l.name == name {
			p, err := l.place(ctx, g)
			if err != nil {
				return Placement{}, err
			}
			p.settle(g)
			return p, nil
		}
	}
	return Placement{}, fmt.Errorf("layout %q: expected one of %s", name, strings.Join(Names(), ", "))
}

// settle moves everything so that it begins at (0,0), and measures it.
func (p *Placement) settle(g Graph) {
	low, high := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	cover := func(c Point, w, h float64) {
		low.X, low.Y = min(low.X, c.X-w/2), min(low.Y, c.Y-h/2)
		high.X, high.Y = max(high.X, c.X+w/2), max(high.Y, c.Y+h/2)
	}
	for i, c := range p.Nodes {
		cover(c, g.Nodes[i].Width, g.Nodes[i].Height)
	}
	for i, e := range g.Edges {
		for _, c := range p.Routes[i] {
			cover(c, 0, 0)
		}
		if e.LabelWidth > 0 {
			cover(p.Labels[i], e.LabelWidth, e.LabelHeight)
		}
	}
	if len(p.Nodes) == 0 {
		return
	}
	move := func(c *Point) { c.X, c.Y = c.X-low.X, c.Y-low.Y }
	for i := range p.Nodes {
		move(&p.Nodes[i])
	}
	for i := range p.Routes {
		move(&p.Labels[i])
		for j := range p.Routes[i] {
			move(&p.Routes[i][j])
		}
	}
	p.Width, p.Height = high.X-low.X, high.Y-low.Y
}
