// Package extract reads the sentences of a document for what they state about models, datasets, architectures, benchmarks and
// hardware: mentions first (names of the lexicon, names told by their shape or by how they are introduced, sizes), then quantities,
// then relations between them by trigger phrases within the scope of a clause.
//
// An [Extractor] is compiled once from a lexicon and shared; every goroutine takes a [Worker] of its own, which keeps its buffers from
// document to document. Vocabulary is tables: words.go and cues.go list traits and trigger phrases, and each family of relations has a
// file named for it (parameters.go, tokens.go, context.go, training.go, compare.go, evaluate.go, languages.go, release.go, describe.go).
//
//	e := extract.New(lex)
//	w := e.NewWorker()
//	for doc := range docs {
//		result := w.Document(doc)
//		…
//	}
//
// The package knows nothing of files, quads or databases. Its result holds entities, statements and, for each statement, the clause
// it was read from with offsets in code points, the rule's name and a confidence.
package extract
