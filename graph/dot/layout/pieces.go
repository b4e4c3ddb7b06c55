package layout

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// pieceGap is the distance between parts of a graph that no edge connects.
const pieceGap = 24.0

// piecewise places each connected piece of g by itself and puts the pieces beside and below each other.
func piecewise(ctx context.Context, g Graph, place placer) (Placement, error) {
	pieces := connected(g)
	p := Placement{Nodes: make([]Point, len(g.Nodes)), Routes: make([][]Point, len(g.Edges)), Labels: make([]Point, len(g.Edges))}
	placed := make([]Placement, len(pieces))
	for i, piece := range pieces {
		one, err := place(ctx, piece.Graph)
		if err != nil {
			return Placement{}, err
		}
		one.settle(piece.Graph)
		placed[i] = one
	}
	for i, corner := range shelves(placed) {
		move := func(c Point) Point { return Point{c.X + corner.X, c.Y + corner.Y} }
		for j, v := range pieces[i].nodes {
			p.Nodes[v] = move(placed[i].Nodes[j])
		}
		for j, e := range pieces[i].edges {
			p.Labels[e] = move(placed[i].Labels[j])
			for _, c := range placed[i].Routes[j] {
				p.Routes[e] = append(p.Routes[e], move(c))
			}
		}
	}
	return p, nil
}

// A piece is a connected part of a graph.
type piece struct {
	Graph
	nodes, edges []int // in the whole
}

func connected(g Graph) []piece {
	around := make([][]int, len(g.Nodes))
	for _, e := range g.Edges {
		around[e.From] = append(around[e.From], e.To)
		around[e.To] = append(around[e.To], e.From)
	}
	var pieces []piece
	of, as := make([]int, len(g.Nodes)), make([]int, len(g.Nodes)) // node → its piece, its number there
	for v := range of {
		of[v] = -1
	}
	for root := range g.Nodes {
		if of[root] >= 0 {
			continue
		}
		of[root] = len(pieces)
		nodes := []int{root}
		for i := 0; i < len(nodes); i++ {
			for _, w := range around[nodes[i]] {
				if of[w] < 0 {
					of[w] = len(pieces)
					nodes = append(nodes, w)
				}
			}
		}
		slices.Sort(nodes)
		part := piece{nodes: nodes}
		for i, v := range nodes {
			as[v] = i
			part.Nodes = append(part.Nodes, g.Nodes[v])
		}
		pieces = append(pieces, part)
	}
	for i, e := range g.Edges {
		part := &pieces[of[e.From]]
		e.From, e.To = as[e.From], as[e.To]
		part.Edges = append(part.Edges, e)
		part.edges = append(part.edges, i)
	}
	return pieces
}

// shelves returns the upper left corner of each placement, in rows of a picture that is about as wide as a page is.
func shelves(placed []Placement) []Point {
	area, widest := 0.0, 0.0
	order := make([]int, len(placed))
	for i, p := range placed {
		order[i] = i
		area += (p.Width + pieceGap) * (p.Height + pieceGap)
		widest = max(widest, p.Width)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(placed[b].Height, placed[a].Height) })
	limit := max(widest, math.Sqrt(area*1.6))
	corners := make([]Point, len(placed))
	x, y, row := 0.0, 0.0, 0.0
	for _, i := range order {
		if x > 0 && x+placed[i].Width > limit {
			x, y, row = 0, y+row+pieceGap, 0
		}
		corners[i] = Point{x, y}
		x += placed[i].Width + pieceGap
		row = max(row, placed[i].Height)
	}
	return corners
}
