// Package infer adds to a graph what its vocabulary implies, in a named graph of its own that can be taken away again, and says of
// each such statement why it holds.
//
//	stats, err := infer.Run(ctx, db, infer.Options{})
//	proof, ok, err := infer.Explain(ctx, db, triple, infer.Options{})
//	err = infer.Remove(ctx, db, infer.Options{})
//
// A vocabulary says with rdfs:subClassOf, rdfs:subPropertyOf, rdfs:domain, rdfs:range, owl:inverseOf, owl:SymmetricProperty and
// owl:TransitiveProperty what follows from what: rules rdfs2, 3, 5, 7, 9 and 11 of RDF 1.1 Semantics §9.2.1, and prp-inv1, prp-inv2,
// prp-symp and prp-trp of OWL 2 RL (§4.3 of its profiles). The vocabulary is small and is closed in memory (schema.go); what it implies
// for the data is then a few queries (run.go), whose answers are loaded as they come. Statements about the vocabulary itself are not
// added: whoever asks can follow rdfs:subClassOf* .
//
// The package knows no vocabulary of its own. Statements inferred before do not count as data: each is drawn from what the other
// graphs state.
package infer
