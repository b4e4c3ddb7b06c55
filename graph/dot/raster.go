package dot

import (
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"

	"github.com/fogleman/gg"
	"github.com/golang/freetype/truetype"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

const (
	density   = 2.0        // pixels a point
	maxPixels = 36_000_000 // larger pictures are painted at a lower density: 144 MB
	maxSide   = 65_000     // so are longer ones in JPEG, which cannot have more than 65,535 pixels on a side
	fontScale = 0.93       // Go's letters are wider than Helvetica's, by which pictures are measured
)

// raster paints a picture in pixels, with fonts that come with the program, so that it is the same everywhere.
type raster struct {
	*gg.Context
	scale         float64 // pixels a point
	regular, bold *truetype.Font
	faces         map[faceKey]font.Face
}

type faceKey struct {
	bold bool
	size float64
}

// writePixels writes what draw draws on a canvas of the size, in points, as PNG or JPEG.
func writePixels(w io.Writer, f Format, width, height float64, draw func(canvas)) error {
	scale := density
	if pixels := width * height * scale * scale; pixels > maxPixels {
		scale *= math.Sqrt(maxPixels / pixels)
	}
	if side := max(width, height) * scale; f == JPG && side > maxSide {
		scale *= maxSide / side
	}
	c := &raster{
		Context: gg.NewContext(max(1, int(math.Ceil(width*scale))), max(1, int(math.Ceil(height*scale)))),
		scale:   scale, faces: make(map[faceKey]font.Face),
	}
	var err error
	if c.regular, err = truetype.Parse(goregular.TTF); err != nil {
		return err
	}
	if c.bold, err = truetype.Parse(gobold.TTF); err != nil {
		return err
	}
	c.SetColor(color.White)
	c.Clear()
	draw(c)
	if f == JPG {
		return jpeg.Encode(w, c.Image(), &jpeg.Options{Quality: 90})
	}
	return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, c.Image())
}

func (c *raster) open(class, tooltip string) {}
func (c *raster) close()                     {}

func (c *raster) draw(p path, l look) {
	at := 0
	next := func() (x, y float64) {
		at++
		return p.points[at-1].X * c.scale, p.points[at-1].Y * c.scale
	}
	for _, s := range p.steps {
		switch s {
		case moveTo:
			c.MoveTo(next())
		case lineTo:
			c.LineTo(next())
		case curveTo:
			x1, y1 := next()
			x2, y2 := next()
			x, y := next()
			c.CubicTo(x1, y1, x2, y2, x, y)
		case closing:
			c.ClosePath()
		}
	}
	if l.fill != "" {
		fill := rgb(l.fill)
		if l.opacity > 0 {
			fill.A = uint8(255 * l.opacity)
		}
		c.SetColor(fill)
		c.FillPreserve()
	}
	if l.line != "" {
		c.SetColor(rgb(l.line))
		c.SetLineWidth(l.width * c.scale)
		if l.dotted {
			c.SetDash(1.5*c.scale, 3*c.scale)
		} else {
			c.SetDash()
		}
		c.StrokePreserve()
	}
	c.ClearPath()
}

// write draws one line of text, narrowed if it would not fit the width that was measured for it.
func (c *raster) write(t text) {
	key := faceKey{t.bold, t.size * fontScale * c.scale}
	room := textWidth(t.s, t.size, t.bold) * c.scale
	c.SetFontFace(c.face(key))
	if width, _ := c.MeasureString(t.s); width > room && room > 0 {
		key.size *= max(0.75, room/width)
		c.SetFontFace(c.face(key))
	}
	c.SetColor(rgb(t.colour))
	c.DrawString(t.s, t.x*c.scale, t.y*c.scale)
}

func (c *raster) face(key faceKey) font.Face {
	key.size = max(0.25, math.Round(key.size*4)/4) // 0 would be a font of usual size
	face := c.faces[key]
	if face == nil {
		ttf := c.regular
		if key.bold {
			ttf = c.bold
		}
		face = truetype.NewFace(ttf, &truetype.Options{Size: key.size})
		c.faces[key] = face
	}
	return face
}

// rgb reads #rrggbb; "" is black.
func rgb(s string) color.NRGBA {
	c := color.NRGBA{A: 255}
	if len(s) == 7 {
		for i, part := range [3]*uint8{&c.R, &c.G, &c.B} {
			*part = nibble(s[1+2*i])<<4 | nibble(s[2+2*i])
		}
	}
	return c
}

func nibble(b byte) uint8 {
	if b >= 'a' {
		return b - 'a' + 10
	}
	return b - '0'
}
