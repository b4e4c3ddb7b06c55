package dot

import "sett/graph/dot/layout"

// A canvas is what a picture is drawn on. Lengths are points; y grows downwards.
type canvas interface {
	open(class, tooltip string) // a group: what follows until close is one thing in the picture
	close()
	draw(p path, l look)
	write(t text)
}

// A path is a line of straight and curved pieces.
type path struct {
	steps  []step
	points []layout.Point // as many as the steps need
}

// A step is a piece of a path.
type step byte

const (
	moveTo  step = 'M' // one point
	lineTo  step = 'L' // one point
	curveTo step = 'C' // three points of a cubic Bézier curve
	closing step = 'Z' // none
)

func (p *path) move(x, y float64) { p.add(moveTo, layout.Point{X: x, Y: y}) }
func (p *path) line(x, y float64) { p.add(lineTo, layout.Point{X: x, Y: y}) }
func (p *path) curve(x1, y1, x2, y2, x, y float64) {
	p.add(curveTo, layout.Point{X: x1, Y: y1}, layout.Point{X: x2, Y: y2}, layout.Point{X: x, Y: y})
}
func (p *path) close() { p.add(closing) }
func (p *path) add(s step, points ...layout.Point) {
	p.steps = append(p.steps, s)
	p.points = append(p.points, points...)
}

// A look is how a path is drawn. Colours are #rrggbb, "" for none.
type look struct {
	fill    string
	opacity float64 // of the fill; 0: 1
	line    string
	width   float64
	dotted  bool
}

// A text is one line of text in one font.
type text struct {
	x, y   float64 // of its start on the base line
	s      string
	size   float64
	bold   bool
	colour string
}

func polygon(x, y float64, corners []layout.Point) path {
	var p path
	for i, c := range corners {
		if i == 0 {
			p.move(x+c.X, y+c.Y)
		} else {
			p.line(x+c.X, y+c.Y)
		}
	}
	p.close()
	return p
}

func rectangle(x, y, w, h float64) path {
	var p path
	p.move(x, y)
	p.line(x+w, y)
	p.line(x+w, y+h)
	p.line(x, y+h)
	p.close()
	return p
}

// arc is how far the control points of a quarter of a circle are from its ends, in radii.
const arc = 0.5523

func rounded(x, y, w, h, r float64) path {
	var p path
	k := r * (1 - arc)
	p.move(x+r, y)
	p.line(x+w-r, y)
	p.curve(x+w-k, y, x+w, y+k, x+w, y+r)
	p.line(x+w, y+h-r)
	p.curve(x+w, y+h-k, x+w-k, y+h, x+w-r, y+h)
	p.line(x+r, y+h)
	p.curve(x+k, y+h, x, y+h-k, x, y+h-r)
	p.line(x, y+r)
	p.curve(x, y+k, x+k, y, x+r, y)
	p.close()
	return p
}

func oval(x, y, rx, ry float64) path {
	var p path
	kx, ky := rx*arc, ry*arc
	p.move(x+rx, y)
	p.curve(x+rx, y+ky, x+kx, y+ry, x, y+ry)
	p.curve(x-kx, y+ry, x-rx, y+ky, x-rx, y)
	p.curve(x-rx, y-ky, x-kx, y-ry, x, y-ry)
	p.curve(x+kx, y-ry, x+rx, y-ky, x+rx, y)
	p.close()
	return p
}

// pointsOf is how many points a step needs.
var pointsOf = map[step]int{moveTo: 1, lineTo: 1, curveTo: 3, closing: 0}
