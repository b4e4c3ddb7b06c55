// Package store keeps quads of RDF terms in Badger: a dictionary that gives every term a 64-bit id, and pages of rows of
// ids in eight sort orders.
//
// A [Store] is an open directory. A [Snapshot] is its state after one commit: it looks terms up, counts the rows under
// any prefix of any order exactly, and scans them in batches. A [Tx] is the one writer's work: seen by nobody before
// Commit, durable and whole after it, whatever its size. [Store.Load] builds an empty store in bulk and merges into one
// that is not.
//
//	s, err := store.Open("sett.db", store.Options{})
//	n := s.Snapshot()
//	defer n.Close()
//	p, _, err := n.Lookup(rdf.NewIRI("urn:sett:ns:trainedOn"))
//	scan := n.Scan(store.PSOG, p)
//	for more, err := scan.Next(&batch); more; more, err = scan.Next(&batch) { … batch.Cols[1] … }
//
// # Bytes on disk
//
// Keys begin with a letter (keys.go). A page (page.go) is up to 1024 rows of one order, bit-packed by column; it is found
// through a directory of two levels (directory.go): an order's top lists chunks, a chunk lists up to 256 pages, with
// first rows and counts, so that a count is a sum of what the directory says and two searches inside pages. Terms known
// at the first load are in front-coded blocks in the order of their bytes (dictionary.go), where one structure serves
// both directions; later ones have a key each way. A commit that does not fit one of Badger's transactions goes through a
// journal (commit.go), which opening the store finishes or drops.
//
// Invariants, which Verify checks: rows ascend within an order; SPOG, PSOG, POSG and OSPG hold every quad, the four that
// begin with G those of named graphs; the directory's counts are the pages'; every id has one term, and it that id.
//
// The package imports rdf and Badger; it knows nothing of queries or syntaxes.
package store
