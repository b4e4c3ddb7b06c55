// Package naive evaluates SPARQL as the standard defines it, and no faster: solutions are maps, graphs are slices of
// triples, and each operator is its definition in SPARQL 1.1 §18 written down again. The engine is compared with it on
// random queries and data, so it must not share anything with the engine: it imports neither plan, nor exec, nor store.
//
// It is a test's oracle, not a product: it ignores limits, and joins take the product of their sides' sizes.
//
// It evaluates what sparql translates, triple terms included, but not SERVICE, and no function whose answer is
// different each time (RAND, UUID, STRUUID) or depends on the call (BNODE).
package naive
