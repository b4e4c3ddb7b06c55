package layout

import (
	"math"
	"slices"
)

// A rect is an upright rectangle.
type rect struct{ low, high Point }

func rectAround(c Point, w, h float64) rect {
	return rect{Point{c.X - w/2, c.Y - h/2}, Point{c.X + w/2, c.Y + h/2}}
}

func (r rect) has(p Point) bool {
	return r.low.X <= p.X && p.X <= r.high.X && r.low.Y <= p.Y && p.Y <= r.high.Y
}

// meets reports whether the two share more than a side.
func (r rect) meets(o rect) bool {
	return r.low.X < o.high.X && o.low.X < r.high.X && r.low.Y < o.high.Y && o.low.Y < r.high.Y
}

// rects are rectangles that can be found by where they are. The zero value is ready.
type rects struct {
	all   []rect
	cells map[[2]int][]int // places in all of those that reach into a square
	found []int
}

// cellSize is the side of a square: about that of a node.
const cellSize = 120.0

func square(x float64) int { return int(math.Floor(x / cellSize)) }

// squares visits those that r reaches into.
func (r rect) squares(visit func([2]int)) {
	for x := square(r.low.X); x <= square(r.high.X); x++ {
		for y := square(r.low.Y); y <= square(r.high.Y); y++ {
			visit([2]int{x, y})
		}
	}
}

func (rs *rects) add(r rect) {
	if rs.cells == nil {
		rs.cells = make(map[[2]int][]int)
	}
	r.squares(func(at [2]int) { rs.cells[at] = append(rs.cells[at], len(rs.all)) })
	rs.all = append(rs.all, r)
}

// meeting visits the places in all of the rectangles that share more than a side with r, each once, in order.
func (rs *rects) meeting(r rect, visit func(int)) {
	if across := (r.high.X - r.low.X) / cellSize * (r.high.Y - r.low.Y) / cellSize; across > float64(len(rs.all)) {
		for i, o := range rs.all {
			if r.meets(o) {
				visit(i)
			}
		}
		return
	}
	rs.found = rs.found[:0]
	r.squares(func(at [2]int) {
		for _, i := range rs.cells[at] {
			if r.meets(rs.all[i]) {
				rs.found = append(rs.found, i)
			}
		}
	})
	slices.Sort(rs.found)
	for _, i := range slices.Compact(rs.found) {
		visit(i)
	}
}

// at visits the places in all of the rectangles that have the point.
func (rs *rects) at(p Point, visit func(int)) {
	for _, i := range rs.cells[[2]int{square(p.X), square(p.Y)}] {
		if rs.all[i].has(p) {
			visit(i)
		}
	}
}
