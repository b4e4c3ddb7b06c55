// Package dot draws a set of quads: as DOT text, SVG, PNG or JPEG.
//
// [New] turns quads into a [Graph] of nodes and edges fit for the eye, and [Graph.Write] puts it out in a [Format]:
//
//	g := dot.New(quads, dot.Options{Prefixes: prefixes, Focus: []rdf.Term{rdf.NewIRI("urn:sett:model:zamba2")}})
//	err := g.Write(ctx, file, dot.SVG)
//
// What is drawn: a node for each IRI and blank node that stands as subject or object, coloured and shaped by its class;
// its label instead of its name where one is known; its literals and web addresses as small rows inside it; one arrow
// for all statements between the same two nodes in the same direction, labelled with their predicates; a legend of the
// classes in use. Reifiers (subjects of rdf:reifies) and what they say are evidence and left out, unless asked for by
// Options.Focus. Graph names play no part.
//
// Every text that comes from the data is escaped once, where it enters the DOT text (escape.go): no label can end a
// string, open a tag or reach an attribute, in the DOT or in the SVG. The same quads give the same bytes,
// whatever their order.
//
// Pictures are measured, laid out (package layout) and painted here, in Go: neither an installed Graphviz nor another library is
// started, and a picture is the same on every machine. Shapes, layouts and their names are Graphviz's, so that the DOT text, drawn
// by Graphviz itself, shows the same things in much the same places.
//
// The package imports rdf and layout only; it knows neither queries nor storage.
package dot
