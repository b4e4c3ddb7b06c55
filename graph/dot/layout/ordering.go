package layout

import (
	"cmp"
	"context"
	"slices"
)

// A lattice is a layered graph whose edges lead from one layer to the next only.
type lattice struct {
	layers [][]int // layer → vertices in order
	layer  []int   // vertex → layer
	place  []int   // vertex → place in its layer
	before [][]int // vertex → neighbours in the layer before
	after  [][]int // vertex → neighbours in the layer after
}

// rounds is how many sweeps over all layers look for an order with fewer crossings; calm, how many without gain end the search.
const (
	rounds = 60
	calm   = 20
)

// order puts the vertices of each layer in an order with few crossings of edges: layer by layer each vertex goes to the median of its
// neighbours, then neighbours change places where that removes crossings (Gansner and others, 1993, §3). In every other pair of rounds what makes no
// difference is exchanged too: a better order is often one such step away.
func (l *lattice) order(ctx context.Context) error {
	l.start()
	best, least := l.snapshot(), l.crossings()
	for round, idle := 0, 0; round < rounds && idle < calm && least > 0; round++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		down, restless := round%2 == 0, round%4 >= 2
		for i := range l.layers {
			if down {
				l.sort(l.layers[i], l.before, i, restless)
			} else {
				at := len(l.layers) - 1 - i
				l.sort(l.layers[at], l.after, at, restless)
			}
		}
		if err := l.swap(ctx, restless); err != nil {
			return err
		}
		idle++
		if n := l.crossings(); n < least {
			best, least, idle = l.snapshot(), n, 0
		}
	}
	for i, layer := range best {
		copy(l.layers[i], layer)
		l.number(i)
	}
	return nil
}

func (l *lattice) snapshot() [][]int {
	out := make([][]int, len(l.layers))
	for i := range l.layers {
		out[i] = slices.Clone(l.layers[i])
	}
	return out
}

func (l *lattice) number(layer int) {
	for i, v := range l.layers[layer] {
		l.place[v] = i
	}
}

// start orders the layers as a walk through the graph meets the vertices, so that what hangs together lies together.
func (l *lattice) start() {
	seen := make([]bool, len(l.layer))
	for i := range l.layers {
		l.layers[i] = l.layers[i][:0]
	}
	for root := range l.layer {
		if seen[root] {
			continue
		}
		seen[root] = true
		queue := []int{root}
		for len(queue) > 0 {
			v := queue[0]
			queue = queue[1:]
			l.layers[l.layer[v]] = append(l.layers[l.layer[v]], v)
			for _, list := range [2][]int{l.after[v], l.before[v]} {
				for _, w := range list {
					if !seen[w] {
						seen[w] = true
						queue = append(queue, w)
					}
				}
			}
		}
	}
	for i := range l.layers {
		l.number(i)
	}
}

// sort orders one layer by the medians of its vertices' neighbours. A vertex without any keeps its place; of equal ones the last comes first
// if the search is restless.
func (l *lattice) sort(vertices []int, neighbours [][]int, layer int, restless bool) {
	type weighed struct {
		vertex int
		median float64
	}
	var movable []weighed
	var places []int
	for _, v := range vertices {
		if len(neighbours[v]) > 0 {
			places = append(places, l.place[v])
			movable = append(movable, weighed{v, l.median(neighbours[v])})
		}
	}
	if restless {
		slices.Reverse(movable)
	}
	slices.SortStableFunc(movable, func(a, b weighed) int { return cmp.Compare(a.median, b.median) })
	for i, m := range movable {
		vertices[places[i]] = m.vertex
	}
	l.number(layer)
}

// median is the middle place of the vertices, leaning to the side where they lie closer together.
func (l *lattice) median(vertices []int) float64 {
	places := make([]int, len(vertices))
	for i, v := range vertices {
		places[i] = l.place[v]
	}
	slices.Sort(places)
	n := len(places)
	m := n / 2
	switch {
	case n%2 == 1:
		return float64(places[m])
	case n == 2:
		return float64(places[0]+places[1]) / 2
	}
	left, right := float64(places[m-1]-places[0]), float64(places[n-1]-places[m])
	if left+right == 0 {
		return float64(places[m-1]+places[m]) / 2
	}
	return (float64(places[m-1])*right + float64(places[m])*left) / (left + right)
}

// swap exchanges neighbours while that removes crossings, and if it is restless, once each, where it changes no number of them.
func (l *lattice) swap(ctx context.Context, restless bool) error {
	for again, turns := true, 0; again && turns < 50; turns++ {
		again = false
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, layer := range l.layers {
			for i := 0; i+1 < len(layer); i++ {
				v, w := layer[i], layer[i+1]
				now := l.between(l.before[v], l.before[w]) + l.between(l.after[v], l.after[w])
				then := l.between(l.before[w], l.before[v]) + l.between(l.after[w], l.after[v])
				if then < now || then == now && now > 0 && restless && turns == 0 {
					layer[i], layer[i+1] = w, v
					l.place[v], l.place[w] = i+1, i
					again = again || then < now
				}
			}
		}
	}
	return nil
}

// between counts the crossings of the edges to vertices a of one vertex with those to vertices b of another that comes after it.
func (l *lattice) between(a, b []int) (n int) {
	for _, x := range a {
		for _, y := range b {
			if l.place[x] > l.place[y] {
				n++
			}
		}
	}
	return n
}

// crossings counts those between all layers, by a tree of sums over the places of the next layer (Barth, Jünger and Mutzel, 2002).
func (l *lattice) crossings() (total int) {
	for i := 0; i+1 < len(l.layers); i++ {
		sums := make([]int, len(l.layers[i+1])+1)
		edges := 0
		for _, v := range l.layers[i] {
			for _, w := range l.after[v] {
				behind := 0 // of the edges so far, those that end before or at w's place
				for p := l.place[w] + 1; p > 0; p -= p & -p {
					behind += sums[p]
				}
				total += edges - behind
			}
			for _, w := range l.after[v] {
				for p := l.place[w] + 1; p < len(sums); p += p & -p {
					sums[p]++
				}
				edges++
			}
		}
	}
	return total
}
