// Package cayley speaks Cayley's languages over a store, and makes a store a backend of Cayley.
//
// [QuadStore] is Cayley's graph.QuadStore: programs written for Cayley open one with
//
//	import _ "sett/graph/cayley"
//	qs, err := graph.NewQuadStore("sett", "sett.db", nil)
//
// and get Badger, pages of eight sort orders, bulk loads and snapshots below the API they know. [Languages] gives Gizmo,
// GraphQL and MQL to package graph, on a snapshot, with prefixes, parameters, limits and plans:
//
//	db, err := graph.Open(dir, graph.Options{Languages: cayley.Languages()})
//	res, err := db.Query(ctx, `g.V("<model:olmoe>").out("<:trainedOn>").all()`, graph.QueryOptions{Lang: "gizmo"})
//
// # Values
//
// Terms and Cayley's values are turned into each other without loss (value.go): IRIs, blank nodes, plain, language and
// typed literals; canonical xsd:integer, xsd:double, xsd:boolean and UTC xsd:dateTime are quad.Int, Float, Bool and Time.
// A label is a named graph, no label the default graph. Triple terms of RDF 1.2 have no counterpart: where one is met,
// [ErrTripleTerm] says so.
//
// # Plans
//
// A query is a tree of Cayley's shapes. [QuadStore.OptimizeShape] and the Gizmo session turn as much of it as they can
// into SPARQL's algebra (compile.go), which package plan orders by its counts and package exec runs on batches of ids.
// What has no translation is left to Cayley's iterators, and the plan's text says so.
//
// Standard followed: Cayley 0.7.7, its documentation of Gizmo, GraphQL and MQL, and the behaviour of its graphtest suite.
//
// The package must not know the prompt, the command line, or papers.
package cayley
