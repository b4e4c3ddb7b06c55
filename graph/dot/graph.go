package dot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sett/graph/rdf"
)

// DefaultLimit is the number of nodes drawn at most where Options.Limit is 0: what a screen still shows.
const DefaultLimit = 60

// Options say what a picture shows. The zero value draws everything up to DefaultLimit nodes from the quads alone.
type Options struct {
	Prefixes *rdf.Prefixes                 // abbreviate IRIs; nil: IRIs are shown by their last part
	Label    func(rdf.Term) string         // label of a node; "" or nil: rdfs:label among the quads, else its name
	Classes  func(rdf.Term) []string       // classes of a node, IRIs; empty or nil: rdf:type among the quads
	Focus    []rdf.Term                    // drawn in bold, and kept when the picture is cut
	Layout   string                        // Graphviz's layout: dot (default), neato, fdp, sfdp, circo, twopi, osage
	Limit    int                           // most nodes drawn; 0: DefaultLimit; below 0: all
	Muted    func(predicate rdf.Term) bool // predicates drawn thin and without words; nil: :mentions
}

// A Graph is what will be drawn. It is fixed once made and safe for concurrent use.
type Graph struct {
	nodes   []node // by term
	edges   []edge // by ends
	total   int    // nodes before the cut
	layout  string
	upwards bool
}

// node is a shape with text in it: a title in the middle, rows of two columns below, a word in small letters at the end.
type node struct {
	style   style
	focus   bool
	tooltip string
	title   []line
	rows    [][2]string // predicate, value
	foot    string
}

// A line of a title is made of words in bold and others, a space between them.
type line []span

type span struct {
	text string
	bold bool
}

// edge is an arrow. A muted one is dotted and light, and has no words.
type edge struct {
	from, to int // in nodes
	names    []string
	muted    bool
	width    float64
}

// Rows shown inside a node at most, and characters of a label line and of a value.
const (
	maxRows    = 7
	labelWidth = 26
	labelLines = 3
	valueWidth = 38
	maxNames   = 4 // predicates named on one arrow
	arrowWidth = 1.1
)

// New chooses what to draw of quads. Quads with the same triple count once. When there are more than Options.Limit
// nodes, those nearest to Options.Focus stay (counted in arrows, muted ones last), then those with most arrows.
func New(quads []rdf.Quad, opt Options) *Graph {
	b := builder{opt: opt, nodes: make(map[string]*draft)}
	b.read(quads)
	return b.finish()
}

// Drawn returns how many nodes the picture shows, and how many there were before it was cut to Options.Limit.
func (g *Graph) Drawn() (drawn, total int) { return len(g.nodes), g.total }

// draft is a node under construction.
type draft struct {
	term    rdf.Term
	key     string
	labels  []string
	classes []string
	rows    [][2]string
	rank    int
	degree  int
}

type link struct{ from, to, predicate string }

type builder struct {
	opt     Options
	nodes   map[string]*draft
	links   []link
	names   map[string]rdf.Term // predicate key → term
	focused map[string]bool
}

func (b *builder) read(quads []rdf.Quad) {
	b.names = make(map[string]rdf.Term)
	b.focused = make(map[string]bool)
	for _, t := range b.opt.Focus {
		b.node(t)
		b.focused[t.String()] = true
	}
	triples := make([]rdf.Triple, 0, len(quads))
	for _, q := range quads {
		triples = append(triples, q.Triple())
	}
	slices.SortFunc(triples, rdf.Triple.Compare)
	triples = slices.CompactFunc(triples, rdf.Triple.Equal)

	evidence := make(map[string]bool)
	subjects := make(map[string]bool)
	for _, t := range triples {
		key := t.S.String()
		subjects[key] = true
		if t.P.Value() == rdf.RDFReifies && !b.focused[key] {
			evidence[key] = true
		}
	}
	for _, t := range triples {
		if s := t.S.String(); !evidence[s] {
			b.triple(t, subjects)
		}
	}
}

// triple files a statement as label, class, row or arrow.
func (b *builder) triple(t rdf.Triple, subjects map[string]bool) {
	s := b.node(t.S)
	switch p := t.P.Value(); {
	case p == rdf.RDFType && t.O.IsIRI():
		s.classes = append(s.classes, t.O.Value())
	case (p == rdf.RDFSLabel || p == rdf.SKOSNS+"prefLabel") && t.O.IsLiteral():
		s.labels = append(s.labels, t.O.Value())
	case (p == rdf.SKOSNS+"altLabel" || p == ns+"matchCase" || p == ns+"generic") && t.O.IsLiteral(): // how to find it, not what it is
	case p == rdf.DCTermsNS+"title" && t.O.IsLiteral():
		s.labels = append(s.labels, t.O.Value())
	case t.O.IsLiteral():
		s.rows = append(s.rows, [2]string{b.name(t.P), literal(t.O)})
	case t.O.IsTripleTerm():
		s.rows = append(s.rows, [2]string{b.name(t.P), b.tripleTerm(t.O.Triple())})
	case isWeb(t.O) && !subjects[t.O.String()]:
		s.rows = append(s.rows, [2]string{b.name(t.P), strings.TrimPrefix(strings.TrimPrefix(t.O.Value(), "https://"), "http://")})
	default:
		b.names[t.P.String()] = t.P
		b.links = append(b.links, link{s.key, b.node(t.O).key, t.P.String()})
	}
}

func (b *builder) node(t rdf.Term) *draft {
	key := t.String()
	d := b.nodes[key]
	if d == nil {
		d = &draft{term: t, key: key}
		b.nodes[key] = d
	}
	return d
}

func (b *builder) finish() *Graph {
	kept := b.cut()
	g := &Graph{total: len(b.nodes), layout: b.opt.Layout}
	if g.layout == "" {
		g.layout = "dot"
	}
	index := make(map[string]int)
	for _, d := range kept {
		index[d.key] = len(g.nodes)
		n := node{focus: b.focused[d.key], tooltip: tooltip(d.term), rows: d.rows}
		for _, words := range wrap(b.label(d), labelWidth, labelLines) {
			n.title = append(n.title, line{{words, n.focus}})
		}
		classes := d.classes
		if b.opt.Classes != nil {
			if c := b.opt.Classes(d.term); len(c) > 0 {
				classes = c
			}
		}
		n.style = styleOf(classes, func(iri string) string { return b.name(rdf.NewIRI(iri)) })
		n.rows = slices.CompactFunc(slices.SortedFunc(slices.Values(n.rows), compareRows), func(x, y [2]string) bool { return x == y })
		if len(n.rows) > maxRows {
			n.foot = fmt.Sprintf("and %d more", len(n.rows)-maxRows)
			n.rows = n.rows[:maxRows]
		}
		for i, row := range n.rows {
			n.rows[i] = [2]string{shorten(clean(row[0]), valueWidth), shorten(clean(row[1]), valueWidth)}
		}
		g.nodes = append(g.nodes, n)
	}
	g.edges = b.edges(index)
	return g
}

// tooltip is what a browser shows when the pointer rests on a node: its whole name.
func tooltip(t rdf.Term) string {
	if v := t.Value(); v != "" && !t.IsBlank() {
		return v
	}
	return t.String()
}

func compareRows(x, y [2]string) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) }

// edges merges the links between the same two drawn nodes; a muted one beside others vanishes.
func (b *builder) edges(index map[string]int) []edge {
	merged := make(map[[2]int]*edge)
	for _, l := range b.links {
		from, ok := index[l.from]
		to, ok2 := index[l.to]
		if !ok || !ok2 {
			continue
		}
		e := merged[[2]int{from, to}]
		if e == nil {
			e = &edge{from: from, to: to, muted: true, width: arrowWidth}
			merged[[2]int{from, to}] = e
		}
		switch name := b.name(b.names[l.predicate]); {
		case !b.muted(l.predicate):
			if e.muted {
				e.muted, e.names = false, nil
			}
			e.names = append(e.names, name)
		case e.muted:
			e.names = append(e.names, name)
		}
	}
	var edges []edge
	for _, e := range merged {
		slices.Sort(e.names)
		edges = append(edges, *e)
	}
	slices.SortFunc(edges, func(x, y edge) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(x.to, y.to)) })
	return edges
}

func (b *builder) muted(predicate string) bool {
	if b.opt.Muted != nil {
		return b.opt.Muted(b.names[predicate])
	}
	return b.names[predicate].Value() == ns+"mentions"
}

// cut returns the nodes to draw, by term.
func (b *builder) cut() []*draft {
	all := slices.Collect(maps.Values(b.nodes))
	byTerm := func(x, y *draft) int { return x.term.Compare(y.term) }
	slices.SortFunc(all, byTerm)
	limit := b.opt.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	if limit < 0 || len(all) <= limit {
		return all
	}
	b.rank(all)
	slices.SortStableFunc(all, func(x, y *draft) int { return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(y.degree, x.degree)) })
	all = all[:limit]
	slices.SortFunc(all, byTerm)
	return all
}

// rank gives each node its distance from the focus, a muted arrow counting as three, and its number of arrows.
func (b *builder) rank(all []*draft) {
	const far = 1 << 30
	type hop struct {
		to   *draft
		cost int
	}
	around := make(map[string][]hop)
	for _, l := range b.links {
		cost := 1
		if b.muted(l.predicate) {
			cost = 3
		}
		from, to := b.nodes[l.from], b.nodes[l.to]
		around[l.from] = append(around[l.from], hop{to, cost})
		around[l.to] = append(around[l.to], hop{from, cost})
		from.degree++
		to.degree++
	}
	levels := [][]*draft{nil}
	for _, d := range all {
		d.rank = far
		if b.focused[d.key] {
			d.rank = 0
			levels[0] = append(levels[0], d)
		}
	}
	for at := 0; at < len(levels); at++ {
		for _, d := range levels[at] {
			if d.rank != at {
				continue
			}
			for _, h := range around[d.key] {
				next := at + h.cost
				if next >= h.to.rank {
					continue
				}
				h.to.rank = next
				for len(levels) <= next {
					levels = append(levels, nil)
				}
				levels[next] = append(levels[next], h.to)
			}
		}
	}
}
