package layout

import (
	"container/heap"
	"context"
	"math"
)

// How the work of stress majorization is bounded.
const (
	stressSweeps = 150
	stressPivots = 120 // beyond so many nodes, distances to as many of them stand for those to all
	stressAll    = 400 // nodes up to which all pairs count
)

// stress is Graphviz's "neato": nodes as far apart as the lengths of the shortest ways between them, as nearly as that can be. Each node
// moves in turn to where its distances pull it (Gansner, Koren and North, Graph Drawing by Stress Majorization, 2004, §2.3); in large graphs the distances to
// neighbours and to some pivots count (Ortmann, Klimenta and Brandes, A Sparse Stress Model, 2016).
func stress(ctx context.Context, g Graph) ([]Point, error) {
	n := len(g.Nodes)
	if n == 1 {
		return []Point{{}}, nil
	}
	links := g.links()
	terms := make([][]term, n)
	pivots := n
	if n > stressAll {
		pivots = stressPivots
		for v, list := range links {
			for _, l := range list {
				terms[v] = append(terms[v], newTerm(l.to, l.distance))
			}
		}
	}
	nearest := make([]float64, n)
	for v := range nearest {
		nearest[v] = math.Inf(1)
	}
	pivot := 0
	var far [2][]float64 // from the first two pivots
	for i := range pivots {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ways := shortest(links, pivot)
		if i < 2 {
			far[i] = ways
		}
		next := 0
		for v, d := range ways {
			if v != pivot {
				terms[v] = append(terms[v], newTerm(pivot, d))
			}
			if nearest[v] = min(nearest[v], d); nearest[v] > nearest[next] {
				next = v
			}
		}
		pivot = next
	}
	points := spiral(n, arrowRoom)
	for v := range points { // stretched along the longest way
		points[v].X += (far[0][v] - far[1][v]) / 2
	}
	for range stressSweeps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		moved := 0.0
		for v := range points {
			moved = max(moved, pulled(points, v, terms[v]))
		}
		if moved < 0.5 {
			break
		}
	}
	return points, nil
}

// A term is a node that v should be away from by a distance, near ones more surely.
type term struct {
	to               int
	distance, weight float64
}

func newTerm(to int, d float64) term { return term{to, d, 1 / (d * d)} }

// pulled moves v to the weighted mean of the places that its terms want for it, and returns how far that was.
func pulled(points []Point, v int, terms []term) float64 {
	at := points[v]
	var sum Point
	weight := 0.0
	for _, t := range terms {
		o := points[t.to]
		dx, dy := at.X-o.X, at.Y-o.Y
		d := max(1e-3, math.Hypot(dx, dy))
		sum.X += t.weight * (o.X + t.distance*dx/d)
		sum.Y += t.weight * (o.Y + t.distance*dy/d)
		weight += t.weight
	}
	points[v] = Point{sum.X / weight, sum.Y / weight}
	return distance(at, points[v])
}

// shortest returns the lengths of the shortest ways from a node to all (Dijkstra).
func shortest(links [][]link, from int) []float64 {
	ways := make([]float64, len(links))
	for v := range ways {
		ways[v] = math.Inf(1)
	}
	ways[from] = 0
	open := &byWay{{0, from}}
	for len(*open) > 0 {
		at := heap.Pop(open).(way)
		if at.length > ways[at.node] {
			continue
		}
		for _, l := range links[at.node] {
			if d := at.length + l.distance; d < ways[l.to] {
				ways[l.to] = d
				heap.Push(open, way{d, l.to})
			}
		}
	}
	return ways
}

type way struct {
	length float64
	node   int
}

type byWay []way

func (h byWay) Len() int           { return len(h) }
func (h byWay) Less(i, j int) bool { return h[i].length < h[j].length }
func (h byWay) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *byWay) Push(x any)        { *h = append(*h, x.(way)) }
func (h *byWay) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
