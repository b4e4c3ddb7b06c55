package dot

import (
	"context"
	"errors"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"strings"

	"github.com/fogleman/gg"
	"github.com/goccy/go-graphviz/gvc"
	"github.com/golang/freetype/truetype"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

const (
	density   = 2.0        // pixels a unit of the DOT and SVG pictures (a point)
	maxPixels = 36_000_000 // larger pictures are painted at a lower density: 144 MB
	fontScale = 0.93       // Go's letters are wider than Helvetica's, after which Graphviz measures
)

// painter is Graphviz's rendering engine for pixels. The binding brings one of its own, but that one takes fonts from
// wherever the machine has them, and draws filled shapes without their outlines.
type painter struct {
	gvc.DefaultRenderEngine
	ctx           *gg.Context
	scale, dx, dy float64 // pixels a point; offset in points
	regular, bold *truetype.Font
	faces         map[faceKey]font.Face
}

type faceKey struct {
	bold bool
	size float64
}

// BeginPage makes the canvas.
func (p *painter) BeginPage(_ context.Context, job *gvc.Job) error {
	unit := job.Scale().X() // pixels a point in Graphviz's own count, by its resolution
	if unit <= 0 {
		return errors.New("no scale")
	}
	width, height := float64(job.Width())/unit, float64(job.Height())/unit
	p.scale = density
	if pixels := width * height * p.scale * p.scale; pixels > maxPixels {
		p.scale *= math.Sqrt(maxPixels / pixels)
	}
	p.dx, p.dy = job.Translation().X(), job.Translation().Y()
	p.ctx = gg.NewContext(max(1, int(math.Ceil(width*p.scale))), max(1, int(math.Ceil(height*p.scale))))
	p.ctx.SetColor(color.White)
	p.ctx.Clear()
	p.faces = make(map[faceKey]font.Face)
	var err error
	if p.regular, err = truetype.Parse(goregular.TTF); err != nil {
		return err
	}
	p.bold, err = truetype.Parse(gobold.TTF)
	return err
}

// at returns the pixel of a point. Graphviz's y grows upwards.
func (p *painter) at(pt *gvc.PointFloat) (x, y float64) {
	return (pt.X() + p.dx) * p.scale, -(pt.Y() + p.dy) * p.scale
}

// paint fills and outlines the current path as the job's state says.
func (p *painter) paint(job *gvc.Job, filled bool) {
	o := job.Object()
	if fill := rgba(o.FillColor()); filled && fill.A > 0 {
		p.ctx.SetColor(fill)
		p.ctx.FillPreserve()
	}
	if pen := rgba(o.PenColor()); o.Pen() != gvc.PenNone && pen.A > 0 {
		p.ctx.SetColor(pen)
		p.ctx.SetLineWidth(o.PenWidth() * p.scale)
		switch o.Pen() {
		case gvc.PenDashed:
			p.ctx.SetDash(5*p.scale, 3*p.scale)
		case gvc.PenDotted:
			p.ctx.SetDash(p.scale, 3*p.scale)
		default:
			p.ctx.SetDash()
		}
		p.ctx.StrokePreserve()
	}
	p.ctx.ClearPath()
}

func rgba(c *gvc.Color) color.NRGBA {
	v := c.RGBAUint()
	return color.NRGBA{uint8(v[0]), uint8(v[1]), uint8(v[2]), uint8(v[3])}
}

// Ellipse draws an ellipse from its centre and one corner of its box.
func (p *painter) Ellipse(_ context.Context, job *gvc.Job, a []*gvc.PointFloat, filled bool) error {
	x, y := p.at(a[0])
	cx, cy := p.at(a[1])
	p.ctx.DrawEllipse(x, y, math.Abs(cx-x), math.Abs(cy-y))
	p.paint(job, filled)
	return nil
}

// Polygon draws a closed line.
func (p *painter) Polygon(_ context.Context, job *gvc.Job, a []*gvc.PointFloat, filled bool) error {
	for _, pt := range a {
		p.ctx.LineTo(p.at(pt))
	}
	p.ctx.ClosePath()
	p.paint(job, filled)
	return nil
}

// Polyline draws an open line.
func (p *painter) Polyline(_ context.Context, job *gvc.Job, a []*gvc.PointFloat) error {
	for _, pt := range a {
		p.ctx.LineTo(p.at(pt))
	}
	p.paint(job, false)
	return nil
}

// BezierCurve draws cubic curves: a start, then three points each.
func (p *painter) BezierCurve(_ context.Context, job *gvc.Job, a []*gvc.PointFloat, filled bool) error {
	p.ctx.MoveTo(p.at(a[0]))
	for i := 1; i+2 < len(a); i += 3 {
		x1, y1 := p.at(a[i])
		x2, y2 := p.at(a[i+1])
		x3, y3 := p.at(a[i+2])
		p.ctx.CubicTo(x1, y1, x2, y2, x3, y3)
	}
	// Graphviz 12 asks for an arrow's line to be filled, in the colour meant for its head.
	p.paint(job, filled && job.Object().Type() != gvc.EdgeObjectType)
	return nil
}

// TextSpan draws one line of text in one font, narrowed if it would not fit the width that the layout left for it.
func (p *painter) TextSpan(_ context.Context, job *gvc.Job, pt *gvc.PointFloat, span *gvc.TextSpan) error {
	const boldFlag = 1 // HTML_BF of Graphviz's textspan.h
	f := span.Font()
	key := faceKey{f.Flags()&boldFlag != 0 || strings.Contains(f.Name(), "Bold"), f.Size() * fontScale * p.scale}
	text := span.Text()
	room := span.Size().X() * p.scale
	p.ctx.SetFontFace(p.face(key))
	width, _ := p.ctx.MeasureString(text)
	if width > room && room > 0 {
		key.size *= max(0.75, room/width)
		p.ctx.SetFontFace(p.face(key))
	}
	anchor := 0.5
	switch span.Just() {
	case 'l':
		anchor = 0
	case 'r':
		anchor = 1
	}
	x, y := p.at(pt)
	p.ctx.SetColor(rgba(job.Object().PenColor()))
	p.ctx.DrawStringAnchored(text, x, y-span.YOffsetCenterLine()*p.scale, anchor, 0)
	return nil
}

func (p *painter) face(key faceKey) font.Face {
	key.size = math.Round(key.size*4) / 4
	face := p.faces[key]
	if face == nil {
		ttf := p.regular
		if key.bold {
			ttf = p.bold
		}
		face = truetype.NewFace(ttf, &truetype.Options{Size: key.size})
		p.faces[key] = face
	}
	return face
}

// encode writes what was painted.
func (p *painter) encode(w io.Writer, f Format) error {
	if p.ctx == nil {
		return errors.New("graphviz: nothing was drawn")
	}
	if f == JPG {
		return jpeg.Encode(w, p.ctx.Image(), &jpeg.Options{Quality: 90})
	}
	return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, p.ctx.Image())
}
