package layout

// corners are those of the node's outline, around its middle.
func (n Node) corners() []Point {
	if len(n.Outline) > 0 {
		return n.Outline
	}
	w, h := n.Width/2, n.Height/2
	return []Point{{-w, -h}, {w, -h}, {w, h}, {-w, h}}
}

// leaving returns where the line from the centre c of node n towards to leaves the node's outline; c itself if to is there.
func (n Node) leaving(c, to Point) Point {
	corners := n.corners()
	dx, dy := to.X-c.X, to.Y-c.Y
	best := 0.0 // in lengths of (dx,dy)
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		ex, ey := b.X-a.X, b.Y-a.Y
		det := ex*dy - ey*dx
		if det == 0 {
			continue
		}
		along := (ex*a.Y - ey*a.X) / det // of (dx,dy), to the side's line
		at := (dx*a.Y - dy*a.X) / det    // of the side, from a
		if along > best && -1e-9 <= at && at <= 1+1e-9 {
			best = along
		}
	}
	return Point{c.X + best*dx, c.Y + best*dy}
}

// side returns where the level line at height y, from the node's middle, leaves the outline to the right (direction 1) or left (-1).
func (n Node) side(y float64, direction float64) float64 {
	corners := n.corners()
	best := 0.0
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		if low, high := min(a.Y, b.Y), max(a.Y, b.Y); y < low || y > high {
			continue
		}
		x := max(a.X*direction, b.X*direction)
		if a.Y != b.Y {
			x = (a.X + (b.X-a.X)*(y-a.Y)/(b.Y-a.Y)) * direction
		}
		best = max(best, x)
	}
	return best * direction
}
