package layout

import (
	"context"
	"math"
	"slices"
)

const (
	springSweeps = 300
	refineSweeps = 60   // after a coarser graph has been placed
	coarsest     = 12   // nodes of the graph that is placed from nothing
	everyPair    = 1000 // nodes up to which all push each other; beyond, those in cells nearby
)

// springs is Graphviz's "fdp": arrows pull like springs, nodes push each other away, steps become smaller (Fruchterman and Reingold, Graph Drawing by
// Force-Directed Placement, 1991).
func springs(ctx context.Context, g Graph) ([]Point, error) {
	n := newNet(g)
	points := spiral(len(g.Nodes), n.mean/2)
	return points, n.settle(ctx, points, springSweeps, n.mean)
}

// coarsened is Graphviz's "sfdp": springs, found for a smaller graph first, in which neighbours are one node, then for ever larger ones (Hu, Efficient,
// High-Quality Force-Directed Graph Drawing, 2005).
func coarsened(ctx context.Context, g Graph) ([]Point, error) { return newNet(g).coarse(ctx) }

// A net is a graph of springs.
type net struct {
	links [][]link
	sizes []float64 // of nodes: how hard they push
	mean  float64   // length of a spring
}

func newNet(g Graph) *net {
	n := &net{links: g.links(), sizes: make([]float64, len(g.Nodes)), mean: 2 * arrowRoom}
	sum, count := 0.0, 0
	for v, list := range n.links {
		n.sizes[v] = 1
		for _, l := range list {
			sum += l.distance
			count++
		}
	}
	if count > 0 {
		n.mean = sum / float64(count)
	}
	return n
}

// coarse places the net by way of one with about half as many nodes.
func (n *net) coarse(ctx context.Context) ([]Point, error) {
	of, count := n.match()
	if len(n.links) <= coarsest || count > len(n.links)*9/10 {
		points := spiral(len(n.links), n.mean/2)
		return points, n.settle(ctx, points, springSweeps, n.mean)
	}
	small := &net{links: make([][]link, count), sizes: make([]float64, count), mean: n.mean}
	for v, list := range n.links {
		small.sizes[of[v]] += n.sizes[v]
		for _, l := range list {
			if of[l.to] != of[v] && !slices.ContainsFunc(small.links[of[v]], func(x link) bool { return x.to == of[l.to] }) {
				small.links[of[v]] = append(small.links[of[v]], link{of[l.to], l.distance, l.loose})
			}
		}
	}
	above, err := small.coarse(ctx)
	if err != nil {
		return nil, err
	}
	const apart = 1.3 // the larger graph needs more room
	beside := spiral(len(of), 1)
	points := make([]Point, len(of))
	for v, c := range of {
		points[v] = Point{above[c].X*apart + beside[v].X, above[c].Y*apart + beside[v].Y}
	}
	return points, n.settle(ctx, points, refineSweeps, n.mean/2)
}

// match pairs each node with a neighbour that has no partner yet, the one with the fewest neighbours; a node that finds none joins a pair.
func (n *net) match() (of []int, count int) {
	of = make([]int, len(n.links))
	for v := range of {
		of[v] = -1
	}
	for v, list := range n.links {
		if of[v] >= 0 {
			continue
		}
		best := -1
		for _, l := range list {
			if of[l.to] < 0 && (best < 0 || len(n.links[l.to]) < len(n.links[best])) {
				best = l.to
			}
		}
		switch {
		case best >= 0:
			of[v], of[best] = count, count
			count++
		case len(list) > 0:
			of[v] = of[list[0].to]
		default:
			of[v] = count
			count++
		}
	}
	return of, count
}

// settle moves the points by their forces, in steps of at most heat points at first.
func (n *net) settle(ctx context.Context, points []Point, sweeps int, heat float64) error {
	forces := make([]Point, len(points))
	for sweep := range sweeps {
		if err := ctx.Err(); err != nil {
			return err
		}
		clear(forces)
		n.push(points, forces)
		for v, list := range n.links {
			for _, l := range list {
				dx, dy := points[l.to].X-points[v].X, points[l.to].Y-points[v].Y
				pull := math.Hypot(dx, dy) / l.distance
				if l.loose {
					pull /= 3
				}
				forces[v].X += dx * pull
				forces[v].Y += dy * pull
			}
		}
		step := heat * (1 - float64(sweep)/float64(sweeps))
		for v, f := range forces {
			if d := math.Hypot(f.X, f.Y); d > 0 {
				reach := min(d, step)
				points[v].X += f.X / d * reach
				points[v].Y += f.Y / d * reach
			}
		}
	}
	return nil
}

// push adds what nodes push each other with: the square of a spring's length, or a part of it, over their distance.
func (n *net) push(points, forces []Point) {
	const part = 0.3
	strength := part * n.mean * n.mean
	pair := func(v, w int) {
		dx, dy := points[v].X-points[w].X, points[v].Y-points[w].Y
		k := strength / max(1, dx*dx+dy*dy)
		forces[v].X += dx * k * n.sizes[w]
		forces[v].Y += dy * k * n.sizes[w]
		forces[w].X -= dx * k * n.sizes[v]
		forces[w].Y -= dy * k * n.sizes[v]
	}
	if len(points) <= everyPair {
		for v := range points {
			for w := range v {
				pair(v, w)
			}
		}
		return
	}
	type cell struct{ x, y int }
	side := 3 * n.mean
	at := func(p Point) cell { return cell{int(math.Floor(p.X / side)), int(math.Floor(p.Y / side))} }
	cells := make(map[cell][]int)
	for v, p := range points {
		cells[at(p)] = append(cells[at(p)], v)
	}
	for v, p := range points {
		c := at(p)
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, w := range cells[cell{c.x + dx, c.y + dy}] {
					if w < v {
						pair(v, w)
					}
				}
			}
		}
	}
}
