package dot

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
)

// fonts are those that are as wide as Helvetica, by which pictures are measured, or nearly so: where a machine has none of them, its
// own choice is often wider, and text would run over the edges of boxes.
const fonts = "Helvetica,Arial,Liberation Sans,Nimbus Sans,DejaVu Sans Condensed,sans-serif"

// svg writes a picture as Scalable Vector Graphics 1.1: no script, no style sheet, no link; names are shown when the pointer rests on things.
type svg struct{ w *bufio.Writer }

// writeSVG writes what draw draws on a canvas of the size.
func writeSVG(w io.Writer, width, height float64, draw func(canvas)) error {
	c := &svg{bufio.NewWriter(w)}
	fmt.Fprintf(c.w, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%spt\" height=\"%[2]spt\" viewBox=\"0 0 %[1]s %[2]s\" font-family=\"%[3]s\">\n",
		number(width), number(height), fonts)
	c.draw(rectangle(0, 0, width, height), look{fill: "#ffffff"})
	draw(c)
	fmt.Fprint(c.w, "</svg>\n")
	return c.w.Flush()
}

// number writes a length with a hundredth of a point.
func number(x float64) string {
	return strconv.FormatFloat(math.Round(x*100)/100+0, 'f', -1, 64) // 0 is added so that none is -0
}

func (c *svg) open(class, tooltip string) {
	fmt.Fprintf(c.w, "<g class=\"%s\">", class)
	if tooltip != "" {
		fmt.Fprint(c.w, "<title>")
		c.escape(tooltip)
		fmt.Fprint(c.w, "</title>")
	}
	fmt.Fprint(c.w, "\n")
}

func (c *svg) close() { fmt.Fprint(c.w, "</g>\n") }

func (c *svg) draw(p path, l look) {
	fmt.Fprint(c.w, "<path d=\"")
	at := 0
	for i, s := range p.steps {
		if i > 0 {
			c.w.WriteByte(' ')
		}
		c.w.WriteByte(byte(s))
		for j := range pointsOf[s] {
			if j > 0 {
				c.w.WriteByte(' ')
			}
			c.w.WriteString(number(p.points[at].X))
			c.w.WriteByte(',')
			c.w.WriteString(number(p.points[at].Y))
			at++
		}
	}
	c.w.WriteByte('"')
	if l.fill == "" {
		fmt.Fprint(c.w, ` fill="none"`)
	} else {
		fmt.Fprintf(c.w, ` fill="%s"`, l.fill)
	}
	if l.opacity > 0 {
		fmt.Fprintf(c.w, ` fill-opacity="%s"`, number(l.opacity))
	}
	if l.line != "" {
		fmt.Fprintf(c.w, ` stroke="%s" stroke-width="%s"`, l.line, number(l.width))
		if l.dotted {
			fmt.Fprint(c.w, ` stroke-dasharray="1.5,3"`)
		}
	}
	fmt.Fprint(c.w, "/>\n")
}

func (c *svg) write(t text) {
	fmt.Fprintf(c.w, `<text x="%s" y="%s" font-size="%s"`, number(t.x), number(t.y), number(t.size))
	if t.bold {
		fmt.Fprint(c.w, ` font-weight="bold"`)
	}
	if t.colour != "" {
		fmt.Fprintf(c.w, ` fill="%s"`, t.colour)
	}
	c.w.WriteByte('>')
	c.escape(t.s)
	fmt.Fprint(c.w, "</text>\n")
}

func (c *svg) escape(s string) { xml.EscapeText(c.w, []byte(clean(s))) }
