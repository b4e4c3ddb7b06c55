package dot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// An entry of the legend is a class in its colours, or a remark without a border.
type entry struct {
	text       string
	fill, line string
	colour     string // of the text; "" black
}

// legend returns the classes in use, the meaning of dotted arrows if there are any, and what was cut.
func (g *Graph) legend() []entry {
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
	var entries []entry
	for _, s := range used {
		entries = append(entries, entry{text: shorten(clean(s.name), valueWidth), fill: s.fill, line: s.line})
	}
	muted := make(map[string]bool)
	for _, e := range g.edges {
		if e.muted {
			for _, p := range e.names {
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
		entries = append(entries, entry{text: "dotted: " + shorten(strings.Join(names, ", "), valueWidth), colour: lineColour})
	}
	if len(g.nodes) < g.total {
		entries = append(entries, entry{text: fmt.Sprintf("%d of %d nodes drawn", len(g.nodes), g.total), colour: "#b91c1c"})
	}
	return entries
}
