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
// A label is a named graph, no label the default graph. A triple term of RDF 1.2, for which Cayley has no value, is a
// [TripleTerm].
//
// # Plans
//
// A query is a tree of Cayley's shapes. [QuadStore.OptimizeShape] and the Gizmo session turn as much of it as they can
// into SPARQL's algebra (pattern.go, compile.go), which package plan orders by its counts and package exec runs on batches of ids.
// What has no translation is left to Cayley's iterators, and the plan's text says so.
//
// Gizmo's methods are this package's own over the same shapes (path.go, gizmo_methods.go), because a recursion in Cayley's
// path package is closed to any planner. A script only notes what all and getLimit ask for: these rows are computed after
// it, as they are read. What the script itself needs (count, toArray, forEach and their kin) runs as a plan at once;
// JavaScript is entered with a batch of rows. GraphQL is answered level by level, one plan a level; MQL is one plan.
//
// # Differences from Cayley 0.7.7
//
// Tests in testdata show each beside Cayley's own answer.
//
//   - Solutions are counted for each combination of quads. Cayley's iterators leave out some where two branches of an
//     intersection have several paths each; which, depends on the order in which they run.
//   - g.V() within and, or, except means all nodes; Cayley's g.V().and(g.V()) is empty.
//   - labels() makes no row of quads without a label; has takes paths of predicates; lists are taken wherever several nodes are.
//   - gt, gte, lt and lte with a typed value compare by value with those of its type, not as text with everything;
//     order() goes by value within a type, where Cayley has 10 before 9.
//   - Scripts are JavaScript of 2015 and later, where the engine that Cayley pins knows that of 2009. Times are Dates in
//     them. Errors say line and column, and what was meant.
//   - IRIs and strings that do not occur in the graph are read as prefixed names, where the session declares the prefix.
//   - A path that nothing asks for is an error; a script that emits nothing shows its last value.
//   - toArray has a node for each path, as all has, not for each way in which iterators happened to arrive.
//   - GraphQL takes lists of values, fragments without type conditions, variables, @include and @skip, and names with #.
//     Objects are laid out as rows: "follows.name" is a column, and several values make several rows.
//   - MQL's answers are rows, not trees, and values keep their types; null shows every value as [] does, Cayley one of them.
//   - A field of GraphQL with nothing to show, and an empty pattern of MQL, are errors.
//   - GraphQL and MQL meet a triple once that several labels have; Gizmo, as Cayley, once for each.
//   - A quad writer of NewQuadWriter loads in bulk: what it wrote is seen after Close.
//
// Standard followed: Cayley 0.7.7, its documentation of Gizmo, GraphQL and MQL, and the behaviour of its graphtest suite.
//
// The package must not know the prompt, the command line, or papers.
package cayley
