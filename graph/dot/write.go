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

// Write puts the picture out in format f. DOT takes no time worth naming; the others run Graphviz, one picture at a time
// in a process, which takes some 50 ms for 60 nodes, and stop between steps when ctx ends.
func (g *Graph) Write(ctx context.Context, w io.Writer, f Format) error {
	if f == DOT {
		_, err := w.Write(g.source())
		return err
	}
	var buf bytes.Buffer
	if err := render(ctx, g.source(), g.layout, f, &buf); err != nil {
		return err
	}
	_, err := w.Write(buf.Bytes())
	return err
}

// source returns the picture as DOT.
func (g *Graph) source() []byte {
	var buf bytes.Buffer
	w := bufio.NewWriter(&buf)
	fmt.Fprint(w, "digraph sett {\n")
	fmt.Fprintf(w, "\tgraph [layout=%s rankdir=LR charset=\"UTF-8\" fontname=\"Helvetica\" bgcolor=\"white\" pad=\"0.3\" nodesep=\"0.25\" ranksep=\"0.7\" splines=true overlap=false sep=\"+14\" outputorder=edgesfirst labelloc=b", quoted(g.layout))
	if legend := g.legend(); legend != "" {
		fmt.Fprintf(w, " label=<%s>", legend)
	}
	fmt.Fprint(w, "]\n\tnode [fontname=\"Helvetica\" fontsize=12 style=filled penwidth=1.2 margin=\"0.12,0.06\"]\n")
	fmt.Fprint(w, "\tedge [fontname=\"Helvetica\" fontsize=9.5 color=\"#6b7280\" fontcolor=\"#374151\" arrowsize=0.7 penwidth=1.1]\n")
	for i, n := range g.nodes {
		n.write(w, i)
	}
	for _, e := range g.edges {
		e.write(w)
	}
	fmt.Fprint(w, "}\n")
	w.Flush()
	return buf.Bytes()
}

func (n node) write(w io.Writer, i int) {
	look := "filled"
	if n.style.round {
		look = "rounded,filled"
	}
	pen := "1.2"
	if n.focus {
		pen = "3"
	}
	fmt.Fprintf(w, "\tn%d [shape=%s style=%s fillcolor=%s color=%s penwidth=%s tooltip=%s label=<%s>]\n",
		i, n.style.shape, quoted(look), quoted(n.style.fill), quoted(n.style.line), pen, quoted(n.tooltip()), n.markup())
}

// tooltip is what a browser shows when the pointer rests on a node: its whole name.
func (n node) tooltip() string {
	if v := n.term.Value(); v != "" && !n.term.IsBlank() {
		return v
	}
	return n.term.String()
}

// markup returns the node's label and rows as an HTML-like label.
func (n node) markup() string {
	var b strings.Builder
	lines := wrap(n.label, labelWidth, labelLines)
	if len(lines) == 0 {
		lines = []string{"·"}
	}
	for i, line := range lines {
		if i > 0 {
			b.WriteString("<BR/>")
		}
		if line = markup(line); n.focus {
			line = "<B>" + line + "</B>"
		}
		b.WriteString(line)
	}
	if len(n.rows) == 0 {
		return b.String()
	}
	title := b.String()
	b.Reset()
	fmt.Fprintf(&b, `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1"><TR><TD COLSPAN="2">%s</TD></TR>`, title)
	for _, row := range n.rows {
		fmt.Fprintf(&b, `<TR><TD ALIGN="LEFT"><FONT POINT-SIZE="9" COLOR="#4b5563">%s </FONT></TD><TD ALIGN="LEFT"><FONT POINT-SIZE="9" COLOR="#111827">%s</FONT></TD></TR>`,
			markup(shorten(clean(row[0]), valueWidth)), cell(shorten(clean(row[1]), valueWidth)))
	}
	if n.more > 0 {
		fmt.Fprintf(&b, `<TR><TD ALIGN="LEFT" COLSPAN="2"><FONT POINT-SIZE="9" COLOR="#4b5563">and %d more</FONT></TD></TR>`, n.more)
	}
	b.WriteString("</TABLE>")
	return b.String()
}

// cell is markup for a table cell, in which Graphviz wants at least one character.
func cell(s string) string { return cmp.Or(markup(s), "·") }

func (e edge) write(w io.Writer) {
	if e.muted {
		fmt.Fprintf(w, "\tn%d -> n%d [style=dotted color=\"#b6bcc6\" arrowsize=0.5 penwidth=0.9 weight=0 tooltip=%s]\n",
			e.from, e.to, quoted(strings.Join(e.predicates, ", ")))
		return
	}
	names := e.predicates
	if len(names) > maxNames {
		names = append(slices.Clone(names[:maxNames-1]), fmt.Sprintf("and %d more", len(names)-maxNames+1))
	}
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = cell(shorten(clean(name), valueWidth))
	}
	fmt.Fprintf(w, "\tn%d -> n%d [tooltip=%s label=<%s>]\n", e.from, e.to, quoted(strings.Join(e.predicates, ", ")), strings.Join(lines, "<BR/>"))
}

// legend returns a table of the classes in use, the meaning of dotted arrows if there are any, and what was cut.
func (g *Graph) legend() string {
	var b strings.Builder
	seen := make(map[string]style)
	for _, n := range g.nodes {
		if n.style.class != "" {
			seen[n.style.class] = n.style
		}
	}
	used := make([]style, 0, len(seen))
	for _, s := range seen {
		used = append(used, s)
	}
	slices.SortFunc(used, func(x, y style) int { return cmp.Compare(x.class, y.class) })
	for _, s := range used {
		fmt.Fprintf(&b, `<TD BGCOLOR="%s" COLOR="%s" BORDER="1"><FONT POINT-SIZE="10"> %s </FONT></TD>`, s.fill, s.line, cell(shorten(clean(s.name), valueWidth)))
	}
	muted := make(map[string]bool)
	for _, e := range g.edges {
		if e.muted {
			for _, p := range e.predicates {
				muted[p] = true
			}
		}
	}
	if len(muted) > 0 {
		names := make([]string, 0, len(muted))
		for p := range muted {
			names = append(names, clean(p))
		}
		slices.Sort(names)
		fmt.Fprintf(&b, `<TD BORDER="0"><FONT POINT-SIZE="10" COLOR="#6b7280"> dotted: %s </FONT></TD>`, markup(shorten(strings.Join(names, ", "), valueWidth)))
	}
	if len(g.nodes) < g.total {
		fmt.Fprintf(&b, `<TD BORDER="0"><FONT POINT-SIZE="10" COLOR="#b91c1c"> %d of %d nodes drawn </FONT></TD>`, len(g.nodes), g.total)
	}
	if b.Len() == 0 {
		return ""
	}
	return `<TABLE BORDER="0" CELLSPACING="6" CELLPADDING="3"><TR>` + b.String() + `</TR></TABLE>`
}
