// Package loader turns piles of papers into quads: it opens files of any known format, reads documents from them, and
// extracts what they say about models, datasets, architectures, benchmarks and hardware, each statement with its evidence.
//
// [Open] guesses a file's format and gives either documents or RDF. [Extract] reads documents and emits quads, a document at a
// time and in the order of the source, whatever the number of threads; memory holds a few documents a thread.
//
//	in, err := loader.Open("papers.txt", loader.OpenOptions{})
//	lex, err := loader.SeedLexicon()
//	report, err := loader.Extract(ctx, in.Documents, loader.Options{Lexicon: lex}, func(quads []rdf.Quad) error { … })
//
// # Names of papers
//
// A paper's IRI is the slug of its title. Titles whose slug has more than 72 characters are cut at a word near 60, and only a cut can
// make two titles collide, so a cut slug ends in a short hash of the whole title. Nothing but the title decides: shards, threads and
// repeated runs agree without telling each other anything.
//
// # Claims
//
// Every extracted statement is reified (RDF 1.2) by urn:sett:claim:<hash of paper, statement and offset>.
//
// The vocabulary is that of seeds/ontology.ttl. The package knows no database: its quads go to whoever asks.
package loader
