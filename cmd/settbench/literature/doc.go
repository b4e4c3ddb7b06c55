// Package literature makes a synthetic graph of scientific literature, of any size and always the same: papers with
// titles, dates, authors, venues and counts, citations with a heavy tail and with triangles, models with parameters,
// training tokens, datasets, architectures and hardware, and the trees above those.
//
// It stands in for the real thing in benchmarks: the names are made up, but the shapes that decide how fast a query
// runs are those of a real collection: a few predicates with very many triples, a few papers that everybody cites,
// authors who write one paper and authors who write hundreds, numbers and dates with ranges to filter on.
//
// [Generate] yields about 27 triples a paper. It needs no memory beyond one paper: everything about paper i is
// computed from i and the seed, its citations too, so that any slice of the graph can be made on its own.
package literature
