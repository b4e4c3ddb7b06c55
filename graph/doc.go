// Package graph is the database's face: open a directory, load RDF, ask in SPARQL, change by SPARQL Update.
//
//	db, err := graph.Open("sett.db", graph.Options{})
//	if err != nil { … }
//	defer db.Close()
//	res, err := db.Query(ctx, `SELECT ?m WHERE { ?m a <urn:sett:ns:Model> }`, graph.QueryOptions{})
//	for row, err := range res.All() { … row.Get("m") … }
//
// A [DB] is used by one process at a time for writing and by any number of goroutines. Each query sees the state at
// its start, whatever is written meanwhile; a [Snapshot] holds such a state for several queries. [DB.Load] and
// [DB.Update] are all or nothing, and durable when they return: the operations of one request, a semicolon between them, are a
// transaction. Everything takes a context, and ends soon after it; a query's rows end with its error.
//
// The package ties the others together and has no algorithms of its own: text goes to sparql, its algebra to plan,
// the plan to exec over a snapshot of store; readers and writers of RDF are in rdfio, of solution tables in results.
// It knows nothing of papers: prefixes, ontology and extraction belong to its callers.
//
// Standards: SPARQL 1.1 Query and Update, SPARQL 1.2, RDF 1.2.
package graph
