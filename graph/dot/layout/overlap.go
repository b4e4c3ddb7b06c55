package layout

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// separation is the distance between boxes of nodes that are not in layers.
const separation = 16.0

// separate moves the centres of nodes apart until no two boxes overlap or touch. Pairs that overlap push each other away along the axis where less
// is needed; when that goes on for long, everything moves apart a little first.
func separate(ctx context.Context, g Graph, centres []Point) error {
	nodes := g.Nodes
	apart := newGaps(g)
	order := make([]int, len(nodes))
	for v := range order {
		order[v] = v
	}
	const rounds = 200
	for round := 1; ; round++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		slices.SortFunc(order, func(a, b int) int {
			return cmp.Or(cmp.Compare(centres[a].X-nodes[a].Width/2, centres[b].X-nodes[b].Width/2), cmp.Compare(a, b))
		})
		if !pushApart(nodes, centres, order, apart) {
			return nil
		}
		if round%rounds == 0 {
			for v := range centres {
				centres[v].X *= 1.15
				centres[v].Y *= 1.15
			}
		}
	}
}

// gaps are the distances between boxes: more where an arrow between them has a label.
type gaps struct {
	labelled map[[2]int]Point
	widest   float64
}

func newGaps(g Graph) gaps {
	const line = 26.0 // of an arrow that is to be seen beside its label
	out := gaps{labelled: make(map[[2]int]Point), widest: separation}
	for _, e := range g.Edges {
		if e.LabelWidth == 0 || e.From == e.To {
			continue
		}
		k := [2]int{min(e.From, e.To), max(e.From, e.To)}
		out.labelled[k] = Point{max(out.labelled[k].X, e.LabelWidth+line), max(out.labelled[k].Y, e.LabelHeight+line)}
		out.widest = max(out.widest, e.LabelWidth+line)
	}
	return out
}

func (g gaps) between(v, w int) Point {
	if p, ok := g.labelled[[2]int{min(v, w), max(v, w)}]; ok {
		return p
	}
	return Point{separation, separation}
}

// pushApart moves each pair that overlaps once, and reports whether there was any. order is by the left sides of the boxes.
func pushApart(nodes []Node, centres []Point, order []int, apart gaps) bool {
	any := false
	const more = 0.5 // than needed, so that rounding cannot go on for ever
	for i, v := range order {
		right := centres[v].X + nodes[v].Width/2 + apart.widest
		for _, w := range order[i+1:] {
			if centres[w].X-nodes[w].Width/2 >= right {
				break
			}
			dx, dy := centres[w].X-centres[v].X, centres[w].Y-centres[v].Y
			gap := apart.between(v, w)
			x := (nodes[v].Width+nodes[w].Width)/2 + gap.X - math.Abs(dx)
			y := (nodes[v].Height+nodes[w].Height)/2 + gap.Y - math.Abs(dy)
			if x <= 0 || y <= 0 {
				continue
			}
			any = true
			if x < y {
				d := math.Copysign((x+more)/2, cmp.Or(dx, float64(w-v)))
				centres[v].X -= d
				centres[w].X += d
			} else {
				d := math.Copysign((y+more)/2, cmp.Or(dy, float64(w-v)))
				centres[v].Y -= d
				centres[w].Y += d
			}
		}
	}
	return any
}
