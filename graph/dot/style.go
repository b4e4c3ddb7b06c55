package dot

import (
	"hash/fnv"
	"strings"
)

// ns is the namespace of the vocabulary whose classes have colours and shapes of their own.
const ns = "urn:sett:ns:"

// style is how nodes of a class look.
type style struct {
	class string // IRI, "" for a node without a known class
	name  string // in the legend
	shape string // Graphviz's name
	round bool   // rounded corners
	fill  string
	line  string
}

// styles are the classes of the vocabulary, the more special ones first: of a node's several classes, the first in this
// table counts. The fills are light, so that black text reads well on each, and differ in lightness too.
var styles = []style{
	{ns + "Paper", "Paper", "note", false, "#fff4c2", "#b8950b"},
	{ns + "Model", "Model", "box", true, "#cfe3fb", "#2f6db5"},
	{ns + "Dataset", "Dataset", "cylinder", false, "#cdeccf", "#2f8a3a"},
	{ns + "Component", "Component", "component", false, "#eadcf6", "#7d4bb0"},
	{ns + "Architecture", "Architecture", "component", false, "#e2d0f3", "#6b3fa0"},
	{ns + "Hardware", "Hardware", "box3d", false, "#dfe1e6", "#5a6270"},
	{ns + "Benchmark", "Benchmark", "octagon", false, "#fbd9c6", "#c25a1c"},
	{ns + "Method", "Method", "ellipse", false, "#fbd0dc", "#b83a63"},
	{ns + "Organization", "Organization", "house", false, "#c9eef0", "#1f8289"},
	{ns + "Language", "Language", "ellipse", false, "#e9f3c4", "#718c12"},
	{ns + "License", "License", "tab", false, "#f1e3d3", "#8a6239"},
	{ns + "Claim", "Claim", "box", true, "#f4f4f4", "#888888"},
	{"http://www.w3.org/2000/01/rdf-schema#Class", "Class", "folder", false, "#ffffff", "#444444"},
	{"http://www.w3.org/1999/02/22-rdf-syntax-ns#Property", "Property", "cds", false, "#ffffff", "#444444"},
}

// plain is the style of nodes without a class.
var plain = style{shape: "box", round: true, fill: "#ffffff", line: "#777777"}

// others are fills and lines for classes outside the table, chosen by a hash of the class, so that a class keeps its
// colour from picture to picture.
var others = [][2]string{
	{"#d6e9ff", "#3a6ea5"}, {"#e3f6d5", "#4f8a2b"}, {"#ffe3ea", "#b0456a"}, {"#fff0d6", "#b27a1c"},
	{"#e5e0fa", "#5b4ba8"}, {"#d5f3ee", "#23806f"}, {"#f7ddf3", "#97458a"}, {"#eceadf", "#766f4e"},
}

// styleOf returns the style for a node's classes, and its place in the legend.
func styleOf(classes []string, name func(iri string) string) style {
	for _, s := range styles {
		for _, class := range classes {
			if class == s.class {
				return s
			}
		}
	}
	best := ""
	for _, class := range classes {
		if best == "" || class < best {
			best = class
		}
	}
	if best == "" {
		return plain
	}
	h := fnv.New32a()
	h.Write([]byte(best))
	pair := others[h.Sum32()%uint32(len(others))]
	return style{best, strings.TrimPrefix(name(best), ":"), "box", true, pair[0], pair[1]}
}
