package layout

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawnGraph draws a graph of up to the number of nodes: boxes and other outlines, loops, several edges between two nodes, loose ones.
func drawnGraph(t *rapid.T, most int) Graph {
	var g Graph
	for range rapid.IntRange(0, most).Draw(t, "nodes") {
		n := Node{Width: rapid.Float64Range(10, 240).Draw(t, "width"), Height: rapid.Float64Range(10, 120).Draw(t, "height")}
		if rapid.IntRange(0, 3).Draw(t, "outline") == 0 {
			n.Outline = []Point{{-n.Width / 2, 0}, {0, -n.Height / 2}, {n.Width / 2, 0}, {0, n.Height / 2}}
		}
		g.Nodes = append(g.Nodes, n)
	}
	if len(g.Nodes) == 0 {
		return g
	}
	for range rapid.IntRange(0, 2*len(g.Nodes)).Draw(t, "edges") {
		e := Edge{From: rapid.IntRange(0, len(g.Nodes)-1).Draw(t, "from"), To: rapid.IntRange(0, len(g.Nodes)-1).Draw(t, "to"), Loose: rapid.IntRange(0, 4).Draw(t, "loose") == 0}
		if rapid.Bool().Draw(t, "labelled") {
			e.LabelWidth, e.LabelHeight = rapid.Float64Range(5, 90).Draw(t, "label"), 12
		}
		g.Edges = append(g.Edges, e)
	}
	return g
}

// checkPlacement returns what is wrong with a placement by any layout.
func checkPlacement(g Graph, p Placement) error {
	if len(p.Nodes) != len(g.Nodes) || len(p.Routes) != len(g.Edges) || len(p.Labels) != len(g.Edges) {
		return fmt.Errorf("%d nodes, %d routes, %d labels", len(p.Nodes), len(p.Routes), len(p.Labels))
	}
	inside := func(r rect) bool {
		const hair = 0.01
		return -hair <= r.low.X && -hair <= r.low.Y && r.high.X <= p.Width+hair && r.high.Y <= p.Height+hair // false for NaN
	}
	for i, c := range p.Nodes {
		here := rectAround(c, g.Nodes[i].Width, g.Nodes[i].Height)
		if !inside(here) {
			return fmt.Errorf("node %d at %v leaves the picture of %g × %g", i, c, p.Width, p.Height)
		}
		for j := range i {
			if here.meets(rectAround(p.Nodes[j], g.Nodes[j].Width, g.Nodes[j].Height)) {
				return fmt.Errorf("nodes %d and %d lie on each other", j, i)
			}
		}
	}
	for i, e := range g.Edges {
		route := p.Routes[i]
		if len(route) < 4 || len(route)%3 != 1 {
			return fmt.Errorf("route %d has %d points", i, len(route))
		}
		for _, c := range route {
			if !inside(rect{c, c}) {
				return fmt.Errorf("route %d leaves the picture at %v", i, c)
			}
		}
		if e.LabelWidth > 0 && !inside(rectAround(p.Labels[i], e.LabelWidth, e.LabelHeight)) {
			return fmt.Errorf("label %d leaves the picture at %v", i, p.Labels[i])
		}
		if d := offOutline(g.Nodes[e.From], p.Nodes[e.From], route[0]); d > 0.01 {
			return fmt.Errorf("route %d begins %g from its node", i, d)
		}
		if d := offOutline(g.Nodes[e.To], p.Nodes[e.To], route[len(route)-1]); d > 0.01 {
			return fmt.Errorf("route %d ends %g from its node", i, d)
		}
	}
	return nil
}

// offOutline returns how far a point is from the outline of a node with its middle at c.
func offOutline(n Node, c, at Point) float64 {
	corners := n.corners()
	least := math.Inf(1)
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		a, b = Point{a.X + c.X, a.Y + c.Y}, Point{b.X + c.X, b.Y + c.Y}
		dx, dy := b.X-a.X, b.Y-a.Y
		t := min(1, max(0, ((at.X-a.X)*dx+(at.Y-a.Y)*dy)/(dx*dx+dy*dy)))
		least = min(least, distance(at, Point{a.X + t*dx, a.Y + t*dy}))
	}
	return least
}

func TestEveryLayoutPlacesEveryGraph(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				g := drawnGraph(t, 30)
				p, err := Place(context.Background(), g, name)
				if err != nil {
					t.Fatal(err)
				}
				if err := checkPlacement(g, p); err != nil {
					t.Fatal(err)
				}
				if again, _ := Place(context.Background(), g, name); !reflect.DeepEqual(p, again) {
					t.Fatal("placed otherwise the second time")
				}
			})
		})
	}
}

func TestPlaceEndsWithItsContext(t *testing.T) {
	g := literature(3000)
	for _, name := range Names() {
		ctx, cancel := context.WithCancelCause(context.Background())
		steps := &countdown{Context: ctx, left: 3, end: func() { cancel(nil) }}
		if _, err := Place(steps, g, name); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A countdown is a context that ends when it has been looked at so often.
type countdown struct {
	context.Context
	left int
	end  func()
}

func (c *countdown) Err() error {
	if c.left--; c.left == 0 {
		c.end()
	}
	return c.Context.Err()
}

func TestAnUnknownLayoutIsAnErrorThatNamesTheOthers(t *testing.T) {
	if _, err := Place(context.Background(), Graph{}, "spiral"); err == nil || !strings.Contains(err.Error(), "neato") {
		t.Error(err)
	}
}

// shapes are graphs that each layout named must draw without a crossing.
var shapes = []struct {
	name    string
	edges   [][2]int
	layouts string
}{
	{"path of ten", chain(10, false), "dot neato fdp sfdp circo twopi"},
	{"cycle of twelve", chain(12, true), "neato fdp sfdp circo twopi"},
	{"star of sixteen", branches(17, 16), "dot neato fdp sfdp circo twopi"},
	{"binary tree", branches(31, 2), "dot neato circo twopi"},
	{"grid", grid(5), "neato fdp sfdp"},
}

func chain(n int, closed bool) (edges [][2]int) {
	for i := 1; i < n; i++ {
		edges = append(edges, [2]int{i - 1, i})
	}
	if closed {
		edges = append(edges, [2]int{n - 1, 0})
	}
	return edges
}

func branches(n, each int) (edges [][2]int) {
	for i := 1; i < n; i++ {
		edges = append(edges, [2]int{(i - 1) / each, i})
	}
	return edges
}

func grid(side int) (edges [][2]int) {
	for i := range side * side {
		if i%side > 0 {
			edges = append(edges, [2]int{i - 1, i})
		}
		if i >= side {
			edges = append(edges, [2]int{i - side, i})
		}
	}
	return edges
}

func TestPlainShapesHaveNoCrossings(t *testing.T) {
	for _, shape := range shapes {
		for _, name := range strings.Fields(shape.layouts) {
			var g Graph
			for _, e := range shape.edges {
				for len(g.Nodes) <= max(e[0], e[1]) {
					g.Nodes = append(g.Nodes, Node{Width: 40, Height: 24})
				}
				g.Edges = append(g.Edges, Edge{From: e[0], To: e[1]})
			}
			p, err := Place(context.Background(), g, name)
			if err != nil {
				t.Fatal(err)
			}
			for i, a := range g.Edges {
				for _, b := range g.Edges[:i] {
					if a.From != b.From && a.From != b.To && a.To != b.From && a.To != b.To &&
						cross(p.Nodes[a.From], p.Nodes[a.To], p.Nodes[b.From], p.Nodes[b.To]) {
						t.Errorf("%s, %s: edges %v and %v cross", name, shape.name, a, b)
					}
				}
			}
		}
	}
}

// cross reports whether the lines from a to b and from c to d do.
func cross(a, b, c, d Point) bool {
	left := func(p, q, r Point) bool { return (q.X-p.X)*(r.Y-p.Y)-(q.Y-p.Y)*(r.X-p.X) > 0 }
	return left(a, b, c) != left(a, b, d) && left(c, d, a) != left(c, d, b)
}

// literature is a graph as papers make them: a few hubs, many leaves.
func literature(nodes int) Graph {
	var g Graph
	seed := uint32(1)
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	for i := range nodes {
		g.Nodes = append(g.Nodes, Node{Width: 60 + float64(next(120)), Height: 24 + float64(next(60))})
		for range 1 + next(2) {
			if i > 0 {
				g.Edges = append(g.Edges, Edge{From: i, To: min(next(i), next(i)), LabelWidth: 55, LabelHeight: 12, Loose: next(4) == 0})
			}
		}
	}
	return g
}

func BenchmarkPlace(b *testing.B) {
	for _, name := range Names() {
		for _, nodes := range []int{60, 500, 2000} {
			g := literature(nodes)
			b.Run(fmt.Sprint(name, "/", nodes), func(b *testing.B) {
				for b.Loop() {
					if _, err := Place(context.Background(), g, name); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
