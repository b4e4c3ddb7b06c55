package layout

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// separation is the distance between boxes of nodes that are not in layers.
const separation = 16.0

// separate moves the centres of nodes apart until no two boxes overlap or touch. Where all together have no room, everything moves apart first, so
// that the picture keeps its form. Then pairs that overlap push each other away along the axis where less is needed; when that goes on for
// long, everything moves apart a little more.
func separate(ctx context.Context, g Graph, centres []Point) error {
	nodes := g.Nodes
	apart := newGaps(g)
	order := make([]int, len(nodes))
	for v := range order {
		order[v] = v
	}
	spreadOut(nodes, centres)
	const rounds = 60
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
			scale(centres, 1.1)
		}
	}
}

// spreadOut moves the centres so far apart that the box around them has room for all nodes.
func spreadOut(nodes []Node, centres []Point) {
	const loose = 1.6 // times what the nodes themselves take
	low, high := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	area, wide, tall := 0.0, 0.0, 0.0
	for v, c := range centres {
		low, high = Point{min(low.X, c.X), min(low.Y, c.Y)}, Point{max(high.X, c.X), max(high.Y, c.Y)}
		w, h := nodes[v].Width+separation, nodes[v].Height+separation
		area, wide, tall = area+w*h, max(wide, w), max(tall, h)
	}
	// Half of what is outermost lies beyond the centres.
	if room := (high.X - low.X + wide) * (high.Y - low.Y + tall); room > 0 && room < loose*area {
		scale(centres, math.Sqrt(loose*area/room))
	}
}

func scale(points []Point, by float64) {
	for i := range points {
		points[i].X *= by
		points[i].Y *= by
	}
}

// gaps are the distances between boxes: more where an arrow between them has a label.
type gaps struct {
	labelled map[[2]int]Point
	widest   float64
	highest  float64
}

func newGaps(g Graph) gaps {
	const line = 26.0 // of an arrow that is to be seen beside its label
	out := gaps{labelled: make(map[[2]int]Point), widest: separation, highest: separation}
	for _, e := range g.Edges {
		if e.LabelWidth == 0 || e.From == e.To {
			continue
		}
		k := [2]int{min(e.From, e.To), max(e.From, e.To)}
		out.labelled[k] = Point{max(out.labelled[k].X, e.LabelWidth+line), max(out.labelled[k].Y, e.LabelHeight+line)}
		out.widest, out.highest = max(out.widest, e.LabelWidth+line), max(out.highest, e.LabelHeight+line)
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
			if math.Abs(dy) >= (nodes[v].Height+nodes[w].Height)/2+apart.highest {
				continue
			}
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
