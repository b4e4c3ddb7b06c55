package dot

import (
	"cmp"
	"context"
	"math"
	"strings"

	"sett/graph/dot/layout"
)

// Sizes of letters, and colours, of DOT text and of pictures alike.
const (
	titleSize   = 12.0
	rowSize     = 9.0
	labelSize   = 9.5
	legendSize  = 10.0
	nameColour  = "#4b5563" // of what a row's value is of
	valueColour = "#111827"
	lineColour  = "#6b7280" // of arrows
	labelColour = "#374151"
	mutedColour = "#b6bcc6"
)

// Distances in points.
const (
	border    = 22.0 // around the picture
	sideRoom  = 9.0  // between a node's text and its line
	aboveRoom = 5.0
	columnGap = 7.0
	rowGap    = 1.5 // between rows, beside their line height
	headLong  = 7.0 // an arrow's head
	headWide  = 5.0
)

// A picture is a Graph with a place for everything.
type picture struct {
	graph         *Graph
	placed        layout.Placement
	sizes         []layout.Node
	legend        [][]entry // rows
	width, height float64
}

// place lays the graph out.
func (g *Graph) place(ctx context.Context) (*picture, error) {
	p := &picture{graph: g}
	in := layout.Graph{Upwards: g.upwards}
	for _, n := range g.nodes {
		in.Nodes = append(in.Nodes, n.size())
	}
	for _, e := range g.edges {
		to := layout.Edge{From: e.from, To: e.to, Loose: e.muted}
		for _, s := range e.label() {
			to.LabelWidth = max(to.LabelWidth, textWidth(s, labelSize, false)+4)
			to.LabelHeight += lineHeight(labelSize)
		}
		in.Edges = append(in.Edges, to)
	}
	var err error
	if p.placed, err = layout.Place(ctx, in, g.layout); err != nil {
		return nil, err
	}
	p.sizes = in.Nodes
	p.width, p.height = p.placed.Width, p.placed.Height
	p.fitLegend()
	p.width, p.height = math.Ceil(p.width+2*border), math.Ceil(p.height+2*border)
	return p, nil
}

// size returns how large a node must be to hold its text.
func (n node) size() layout.Node {
	w, h := n.inner()
	f := forms[n.style.shape]
	w, h = w+2*sideRoom, h+2*aboveRoom
	if f.scale > 0 {
		w, h = w*f.scale, h*f.scale
	}
	w, h = max(30, math.Ceil(w+f.left+f.right)), max(24, math.Ceil(h+f.top+f.bottom))
	out := layout.Node{Width: w, Height: h}
	if f.outline != nil {
		out.Outline = f.outline(w, h)
	}
	return out
}

// inner returns the size of a node's text.
func (n node) inner() (w, h float64) {
	for _, l := range n.title {
		w = max(w, l.width())
	}
	h = lineHeight(titleSize) * float64(max(1, len(n.title)))
	if names, values := n.columns(); len(n.rows) > 0 {
		w = max(w, names+columnGap+values)
		h += 2 + float64(len(n.rows))*(lineHeight(rowSize)+rowGap)
	}
	if n.foot != "" {
		w = max(w, textWidth(n.foot, rowSize, false))
		h += lineHeight(rowSize) + rowGap
	}
	return w, h
}

func (l line) width() (w float64) {
	for _, s := range l {
		w += textWidth(s.text, titleSize, s.bold)
	}
	return w + float64(max(0, len(l)-1))*wordGap
}

// wordGap is the width of a space in a title.
var wordGap = textWidth(" ", titleSize, false)

// columns returns the widths of a node's two columns.
func (n node) columns() (names, values float64) {
	for _, row := range n.rows {
		names, values = max(names, textWidth(row[0], rowSize, false)), max(values, textWidth(row[1], rowSize, false))
	}
	return names, values
}

// draw draws the picture: arrows first, so that nodes lie on them, and their words last.
func (p *picture) draw(c canvas) {
	at := func(pt layout.Point) layout.Point {
		return layout.Point{X: pt.X + border + (p.width-2*border-p.placed.Width)/2, Y: pt.Y + border}
	}
	for i, e := range p.graph.edges {
		route := make([]layout.Point, len(p.placed.Routes[i]))
		for j, pt := range p.placed.Routes[i] {
			route[j] = at(pt)
		}
		e.draw(c, route)
	}
	for i, n := range p.graph.nodes {
		n.draw(c, p.sizes[i], at(p.placed.Nodes[i]))
	}
	for i, e := range p.graph.edges {
		e.write(c, at(p.placed.Labels[i]))
	}
	p.drawLegend(c)
}

// draw draws an arrow along its route.
func (e edge) draw(c canvas, route []layout.Point) {
	if len(route) < 4 {
		return
	}
	colour, width, scale := lineColour, e.width, 1.0
	if e.muted {
		colour, width, scale = mutedColour, 0.9, 0.7
	}
	c.open("edge", strings.Join(e.names, ", "))
	tip, base := arrowHead(route, (headLong+2*(width-arrowWidth))*scale)
	route[len(route)-1] = base
	var p path
	p.move(route[0].X, route[0].Y)
	for i := 1; i+2 < len(route); i += 3 {
		p.curve(route[i].X, route[i].Y, route[i+1].X, route[i+1].Y, route[i+2].X, route[i+2].Y)
	}
	c.draw(p, look{line: colour, width: width, dotted: e.muted})
	dx, dy := tip.X-base.X, tip.Y-base.Y
	k := headWide / headLong / 2
	c.draw(polygon(0, 0, []layout.Point{tip, {X: base.X - dy*k, Y: base.Y + dx*k}, {X: base.X + dy*k, Y: base.Y - dx*k}}), look{fill: colour})
	c.close()
}

// write writes an arrow's words around the middle of it.
func (e edge) write(c canvas, middle layout.Point) {
	lines := e.label()
	if len(lines) == 0 {
		return
	}
	c.open("label", strings.Join(e.names, ", "))
	high := lineHeight(labelSize)
	for i, s := range lines {
		w := textWidth(s, labelSize, false)
		y := middle.Y + (float64(i)-float64(len(lines))/2)*high
		c.draw(rectangle(middle.X-w/2-2, y, w+4, high), look{fill: "#ffffff", opacity: 0.85})
		c.write(text{x: middle.X - w/2, y: y + high*0.78, s: s, size: labelSize, colour: labelColour})
	}
	c.close()
}

// arrowHead returns where the head of an arrow on a route begins and ends. It points where the last piece of the route goes.
func arrowHead(route []layout.Point, long float64) (tip, base layout.Point) {
	n := len(route)
	tip = route[n-1]
	for _, from := range [3]layout.Point{route[n-2], route[n-3], route[n-4]} {
		dx, dy := tip.X-from.X, tip.Y-from.Y
		if d := math.Hypot(dx, dy); d > 0.01 {
			return tip, layout.Point{X: tip.X - dx/d*long, Y: tip.Y - dy/d*long}
		}
	}
	return tip, layout.Point{X: tip.X - long, Y: tip.Y}
}

// draw draws a node around a place.
func (n node) draw(c canvas, size layout.Node, at layout.Point) {
	f := forms[n.style.shape]
	c.open("node", n.tooltip)
	f.paint(c, size.Width, size.Height, at.X, at.Y, n.style.round, look{fill: n.style.fill, line: n.style.line, width: n.pen()})
	w, h := n.inner()
	x, y := at.X+(f.left-f.right)/2, at.Y+(f.top-f.bottom)/2-h/2
	for _, l := range n.title {
		at := x - l.width()/2
		for _, s := range l {
			c.write(text{x: at, y: y + lineHeight(titleSize)*0.78, s: s.text, size: titleSize, bold: s.bold})
			at += textWidth(s.text, titleSize, s.bold) + wordGap
		}
		y += lineHeight(titleSize)
	}
	y += 2
	left := x - w/2
	names, values := n.columns()
	left = max(left, x-(names+columnGap+values)/2)
	for _, row := range n.rows {
		c.write(text{x: left, y: y + lineHeight(rowSize)*0.8, s: row[0], size: rowSize, colour: nameColour})
		c.write(text{x: left + names + columnGap, y: y + lineHeight(rowSize)*0.8, s: row[1], size: rowSize, colour: valueColour})
		y += lineHeight(rowSize) + rowGap
	}
	if n.foot != "" {
		if len(n.rows) == 0 {
			left = x - textWidth(n.foot, rowSize, false)/2
			y -= 2
		}
		c.write(text{x: left, y: y + lineHeight(rowSize)*0.8, s: n.foot, size: rowSize, colour: nameColour})
	}
	c.close()
}

// Sizes of the legend.
const (
	legendGap    = 6.0
	legendRoom   = 5.0
	legendHeight = 18.0
	legendAbove  = 22.0
)

func (e entry) width() float64 { return textWidth(e.text, legendSize, false) + 2*legendRoom }

// fitLegend breaks the legend into rows no wider than the picture, or than a legend of usual length, and makes room for them.
func (p *picture) fitLegend() {
	limit := max(p.width, 380)
	x := 0.0
	for _, e := range p.graph.legend() {
		if x > 0 && x+legendGap+e.width() > limit {
			x = 0
		}
		if x == 0 {
			p.legend = append(p.legend, nil)
		} else {
			x += legendGap
		}
		last := &p.legend[len(p.legend)-1]
		*last = append(*last, e)
		x += e.width()
		p.width = max(p.width, x)
	}
	if len(p.legend) > 0 {
		p.height += legendAbove + float64(len(p.legend))*(legendHeight+legendGap) - legendGap
	}
}

func (p *picture) drawLegend(c canvas) {
	y := border + p.placed.Height + legendAbove
	for _, row := range p.legend {
		w := -legendGap
		for _, e := range row {
			w += e.width() + legendGap
		}
		x := (p.width - w) / 2
		for _, e := range row {
			c.open("legend", "")
			if e.line != "" {
				c.draw(rectangle(x, y, e.width(), legendHeight), look{fill: e.fill, line: e.line, width: 1})
			}
			c.write(text{x: x + legendRoom, y: y + legendHeight*0.68, s: e.text, size: legendSize, colour: cmp.Or(e.colour, "#000000")})
			c.close()
			x += e.width() + legendGap
		}
		y += legendHeight + legendGap
	}
}

// Layouts returns the names of the layouts that Options.Layout may have.
func Layouts() []string { return layout.Names() }
