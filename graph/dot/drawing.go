package dot

import "strings"

// A Box is a node of a drawing that its caller makes, not of quads: an operator of a plan.
type Box struct {
	Name string // in bold
	Text string // after the name, broken into lines
	Note string // below, in small letters
	Fill string // #rrggbb
}

// An Arrow leads from one box to another, by their places.
type Arrow struct {
	From, To int
	Label    string
	Width    float64 // points
}

// Characters of a line of a box, and its lines at most.
const (
	boxWidth = 44
	boxLines = 4
)

// Drawing returns a graph of boxes whose arrows lead upwards.
func Drawing(boxes []Box, arrows []Arrow) *Graph {
	g := &Graph{total: len(boxes), layout: "dot", upwards: true}
	for _, b := range boxes {
		n := node{style: plain, foot: shorten(clean(b.Note), boxWidth), tooltip: clean(b.Name + " " + b.Text)}
		n.style.fill = b.Fill
		for i, words := range wrap(clean(b.Name+" "+b.Text), boxWidth, boxLines) {
			rest, named := strings.CutPrefix(words, b.Name)
			switch rest = strings.TrimSpace(rest); {
			case i > 0 || !named:
				n.title = append(n.title, line{{words, false}})
			case rest == "":
				n.title = append(n.title, line{{b.Name, true}})
			default:
				n.title = append(n.title, line{{b.Name, true}, {rest, false}})
			}
		}
		g.nodes = append(g.nodes, n)
	}
	for _, a := range arrows {
		g.edges = append(g.edges, edge{from: a.From, to: a.To, names: []string{a.Label}, width: a.Width})
	}
	return g
}
