package dot

import (
	"math"

	"sett/graph/dot/layout"
)

// forms are the shapes of nodes by Graphviz's names.
var forms = map[string]form{
	"box":       {},
	"note":      {draw: note},
	"cylinder":  {top: 8, bottom: 3, draw: cylinder},
	"component": {left: 6, draw: component},
	"box3d":     {top: 4, right: 4, draw: box3d},
	"octagon":   {left: 9, right: 9, top: 2, bottom: 2, outline: octagon},
	"ellipse":   {scale: 1.3, outline: ellipse},
	"house":     {top: 8, outline: house},
	"tab":       {top: 6, draw: tab},
	"folder":    {top: 6, draw: folder},
	"cds":       {right: 12, outline: cds},
}

// A form is a shape of nodes.
type form struct {
	left, top, right, bottom float64 // room beside what the node holds
	scale                    float64 // of what it holds, to the whole; 0: 1
	outline                  func(w, h float64) []layout.Point
	draw                     func(c canvas, w, h float64, x, y float64, l look) // around (x,y); nil: the outline, or a box
}

// corner is the radius of round corners.
const corner = 9.0

// paint draws the form of the given size around (x,y).
func (f form) paint(c canvas, w, h, x, y float64, round bool, l look) {
	switch {
	case f.draw != nil:
		f.draw(c, w, h, x, y, l)
	case f.outline != nil && f.scale != 0:
		c.draw(oval(x, y, w/2, h/2), l)
	case f.outline != nil:
		c.draw(polygon(x, y, f.outline(w, h)), l)
	case round:
		c.draw(rounded(x-w/2, y-h/2, w, h, min(corner, h/3)), l)
	default:
		c.draw(rectangle(x-w/2, y-h/2, w, h), l)
	}
}

// note has its upper right corner folded.
func note(c canvas, w, h, x, y float64, l look) {
	const fold = 8
	right, top := x+w/2, y-h/2
	c.draw(polygon(x, y, []layout.Point{{X: -w / 2, Y: -h / 2}, {X: w/2 - fold, Y: -h / 2}, {X: w / 2, Y: -h/2 + fold}, {X: w / 2, Y: h / 2}, {X: -w / 2, Y: h / 2}}), l)
	var p path
	p.move(right-fold, top)
	p.line(right-fold, top+fold)
	p.line(right, top+fold)
	c.draw(p, look{line: l.line, width: l.width})
}

func cylinder(c canvas, w, h, x, y float64, l look) {
	const lid = 3.5 // half the height of the lid
	left, right, top, bottom := x-w/2, x+w/2, y-h/2+lid, y+h/2-lid
	k, kx := lid*arc, w/2*arc
	var p path
	p.move(left, top)
	p.curve(left, top-k, x-kx, top-lid, x, top-lid)
	p.curve(x+kx, top-lid, right, top-k, right, top)
	p.line(right, bottom)
	p.curve(right, bottom+k, x+kx, bottom+lid, x, bottom+lid)
	p.curve(x-kx, bottom+lid, left, bottom+k, left, bottom)
	p.close()
	c.draw(p, l)
	p = path{}
	p.move(left, top)
	p.curve(left, top+k, x-kx, top+lid, x, top+lid)
	p.curve(x+kx, top+lid, right, top+k, right, top)
	c.draw(p, look{line: l.line, width: l.width})
}

// component has two plugs on its left side.
func component(c canvas, w, h, x, y float64, l look) {
	const plugWidth, plugHeight = 8, 4
	left := x - w/2 + plugWidth/2
	c.draw(rectangle(left, y-h/2, w-plugWidth/2, h), l)
	for _, at := range [2]float64{y - h/4, y + h/4} {
		c.draw(rectangle(left-plugWidth/2, at-plugHeight/2, plugWidth, plugHeight), l)
	}
}

func box3d(c canvas, w, h, x, y float64, l look) {
	const deep = 4
	c.draw(polygon(x, y, []layout.Point{{X: -w / 2, Y: -h/2 + deep}, {X: -w/2 + deep, Y: -h / 2}, {X: w / 2, Y: -h / 2}, {X: w / 2, Y: h/2 - deep}, {X: w/2 - deep, Y: h / 2}, {X: -w / 2, Y: h / 2}}), l)
	var p path
	p.move(x-w/2, y-h/2+deep)
	p.line(x+w/2-deep, y-h/2+deep)
	p.line(x+w/2-deep, y+h/2)
	p.move(x+w/2-deep, y-h/2+deep)
	p.line(x+w/2, y-h/2)
	c.draw(p, look{line: l.line, width: l.width})
}

func tab(c canvas, w, h, x, y float64, l look)    { tabbed(c, w, h, x, y, -w/2, l) }
func folder(c canvas, w, h, x, y float64, l look) { tabbed(c, w, h, x, y, w/2-min(24, w/2), l) }

// tabbed is a box with a tab on top that begins at from.
func tabbed(c canvas, w, h, x, y, from float64, l look) {
	const high = 5
	c.draw(rectangle(x+from, y-h/2, min(24, w/2), high), l)
	c.draw(rectangle(x-w/2, y-h/2+high, w, h-high), l)
}

func octagon(w, h float64) []layout.Point {
	cut := min(h*0.29, w/4)
	a, b := w/2, h/2
	return []layout.Point{{X: -a + cut, Y: -b}, {X: a - cut, Y: -b}, {X: a, Y: -b + cut}, {X: a, Y: b - cut}, {X: a - cut, Y: b}, {X: -a + cut, Y: b}, {X: -a, Y: b - cut}, {X: -a, Y: -b + cut}}
}

func house(w, h float64) []layout.Point {
	const roof = 9
	a, b := w/2, h/2
	return []layout.Point{{X: 0, Y: -b}, {X: a, Y: -b + roof}, {X: a, Y: b}, {X: -a, Y: b}, {X: -a, Y: -b + roof}}
}

func cds(w, h float64) []layout.Point {
	const tip = 10
	a, b := w/2, h/2
	return []layout.Point{{X: -a, Y: -b}, {X: a - tip, Y: -b}, {X: a, Y: 0}, {X: a - tip, Y: b}, {X: -a, Y: b}}
}

// ellipse returns corners on an ellipse, close enough together that arrows end on it for the eye.
func ellipse(w, h float64) []layout.Point {
	corners := make([]layout.Point, 48)
	for i := range corners {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(len(corners)))
		corners[i] = layout.Point{X: cos * w / 2, Y: sin * h / 2}
	}
	return corners
}
