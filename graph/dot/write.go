package dot

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Write puts the picture out in format f. DOT takes no time worth naming; the others place the nodes first, which takes some milliseconds for
// 60 of them; pixels of a picture as large as a wall take seconds. All stop between steps when ctx ends. Nothing is written but a whole picture.
func (g *Graph) Write(ctx context.Context, w io.Writer, f Format) error {
	if f == DOT {
		_, err := w.Write(g.source())
		return err
	}
	if f != SVG && f != PNG && f != JPG {
		return fmt.Errorf("picture format %q: expected dot, svg, png or jpg", f)
	}
	p, err := g.place(ctx)
	if err != nil {
		return err
	}
	if f == SVG {
		return writeSVG(w, p.width, p.height, p.draw)
	}
	var buf bytes.Buffer
	if err := writePixels(&untilDone{ctx, &buf}, f, p.width, p.height, p.draw); err != nil {
		return err
	}
	_, err = buf.WriteTo(w)
	return err
}

// untilDone is a writer that fails when a context has ended.
type untilDone struct {
	ctx context.Context
	w   io.Writer
}

func (u *untilDone) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.w.Write(p)
}

// source returns the picture as DOT.
func (g *Graph) source() []byte {
	var buf bytes.Buffer
	w := bufio.NewWriter(&buf)
	fmt.Fprint(w, "digraph sett {\n")
	direction := "LR"
	if g.upwards {
		direction = "BT"
	}
	fmt.Fprintf(w, "\tgraph [layout=%s rankdir=%s charset=\"UTF-8\" fontname=\"Helvetica\" bgcolor=\"white\" pad=\"0.3\" nodesep=\"0.25\" ranksep=\"0.7\" splines=true overlap=false sep=\"+14\" outputorder=edgesfirst labelloc=b", quoted(g.layout), direction)
	if legend := legendMarkup(g.legend()); legend != "" {
		fmt.Fprintf(w, " label=<%s>", legend)
	}
	fmt.Fprint(w, "]\n\tnode [fontname=\"Helvetica\" fontsize=12 style=filled penwidth=1.2 margin=\"0.12,0.06\"]\n")
	fmt.Fprint(w, "\tedge [fontname=\"Helvetica\" fontsize=9.5 color=\"#6b7280\" fontcolor=\"#374151\" arrowsize=0.7 penwidth=1.1]\n")
	for i, n := range g.nodes {
		n.source(w, i)
	}
	for _, e := range g.edges {
		e.source(w)
	}
	fmt.Fprint(w, "}\n")
	w.Flush()
	return buf.Bytes()
}

func (n node) source(w io.Writer, i int) {
	look := "filled"
	if n.style.round {
		look = "rounded,filled"
	}
	fmt.Fprintf(w, "\tn%d [shape=%s style=%s fillcolor=%s color=%s penwidth=%s tooltip=%s label=<%s>]\n",
		i, n.style.shape, quoted(look), quoted(n.style.fill), quoted(n.style.line), number(n.pen()), quoted(n.tooltip), n.markup())
}

// pen is the width of the line around a node.
func (n node) pen() float64 {
	if n.focus {
		return 3
	}
	return 1.2
}

// markup returns the node's title, rows and foot as an HTML-like label.
func (n node) markup() string {
	lines := make([]string, len(n.title))
	for i, l := range n.title {
		for j, s := range l {
			if j > 0 {
				lines[i] += " "
			}
			if s.bold {
				lines[i] += "<B>" + markup(s.text) + "</B>"
			} else {
				lines[i] += markup(s.text)
			}
		}
	}
	title := cmp.Or(strings.Join(lines, "<BR/>"), "·")
	if len(n.rows) == 0 {
		if n.foot != "" {
			title += `<BR/>` + small(cell(n.foot), false)
		}
		return title
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1"><TR><TD COLSPAN="2">%s</TD></TR>`, title)
	for _, row := range n.rows {
		fmt.Fprintf(&b, `<TR><TD ALIGN="LEFT">%s</TD><TD ALIGN="LEFT">%s</TD></TR>`, small(cell(row[0])+" ", false), small(cell(row[1]), true))
	}
	if n.foot != "" {
		fmt.Fprintf(&b, `<TR><TD ALIGN="LEFT" COLSPAN="2">%s</TD></TR>`, small(cell(n.foot), false))
	}
	b.WriteString("</TABLE>")
	return b.String()
}

// small is markup of a row: a value, or what it is of.
func small(s string, value bool) string {
	colour := nameColour
	if value {
		colour = valueColour
	}
	return fmt.Sprintf(`<FONT POINT-SIZE="%s" COLOR="%s">%s</FONT>`, number(rowSize), colour, s)
}

// cell is markup for a table cell, in which Graphviz wants at least one character.
func cell(s string) string { return cmp.Or(markup(s), "·") }

func (e edge) source(w io.Writer) {
	if e.muted {
		fmt.Fprintf(w, "\tn%d -> n%d [style=dotted color=\"%s\" arrowsize=0.5 penwidth=0.9 weight=0 tooltip=%s]\n",
			e.from, e.to, mutedColour, quoted(strings.Join(e.names, ", ")))
		return
	}
	lines := e.label()
	for i := range lines {
		lines[i] = cell(lines[i])
	}
	width := ""
	if e.width != arrowWidth {
		width = " penwidth=" + number(e.width)
	}
	fmt.Fprintf(w, "\tn%d -> n%d [tooltip=%s label=<%s>%s]\n", e.from, e.to, quoted(strings.Join(e.names, ", ")), strings.Join(lines, "<BR/>"), width)
}

// label returns the lines of text at an arrow.
func (e edge) label() []string {
	if e.muted {
		return nil
	}
	names := e.names
	if len(names) > maxNames {
		names = append(slices.Clone(names[:maxNames-1]), fmt.Sprintf("and %d more", len(names)-maxNames+1))
	}
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = shorten(clean(name), valueWidth)
	}
	return lines
}

// legend returns the legend as a table.
func legendMarkup(entries []entry) string {
	if len(entries) == 0 {
		return ""
	}
	var b strings.Builder
	for _, e := range entries {
		border := `BORDER="0"`
		if e.line != "" {
			border = fmt.Sprintf(`BGCOLOR="%s" COLOR="%s" BORDER="1"`, e.fill, e.line)
		}
		colour := ""
		if e.colour != "" {
			colour = fmt.Sprintf(` COLOR="%s"`, e.colour)
		}
		fmt.Fprintf(&b, `<TD %s><FONT POINT-SIZE="%s"%s> %s </FONT></TD>`, border, number(legendSize), colour, cell(e.text))
	}
	return `<TABLE BORDER="0" CELLSPACING="6" CELLPADDING="3"><TR>` + b.String() + `</TR></TABLE>`
}
