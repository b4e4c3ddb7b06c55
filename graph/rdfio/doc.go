// Package rdfio reads and writes RDF: N-Triples, N-Quads, Turtle, TriG, RDF/XML and JSON-LD, in their 1.2 forms
// where there is one (triple terms, reifiers, annotations, base direction, VERSION).
//
// [Formats] is the one table of syntaxes; a [Format] is found by name, path, media type or by looking at the first
// bytes. [NewReader] streams quads in batches, [NewWriter] takes them one at a time. Errors of syntax are
// [*SyntaxError] values with file, line and column, columns counted in code points.
//
//	f, _ := rdfio.FormatByPath("papers.ttl.gz")
//	in, err := rdfio.Decompress(file, "papers.ttl.gz")
//	r, err := rdfio.NewReader(in, f, rdfio.ReaderOptions{File: "papers.ttl.gz", Base: "http://example.org/papers"})
//	for quad, err := range rdfio.Quads(r) { … }
//
// N-Triples, N-Quads, Turtle, TriG and RDF/XML are read as streams: memory does not grow with the input, only with
// its longest token. JSON-LD is read whole, for its algorithms need the whole document. The line formats can also be
// read in parallel: [Chunker] cuts the input at line ends, [NewChunkReader] parses one piece.
//
// Terms that a reader returns stay valid for ever, but are cut from shared blocks: keep a few of many for long, and
// they keep their blocks alive; [rdf.Term.Clone] those.
//
// Standards: RDF 1.2 N-Triples, N-Quads, Turtle, TriG; RDF 1.2 XML Syntax; JSON-LD 1.1.
//
// The package knows terms (package rdf) and bytes; neither storage, nor queries, nor the network.
package rdfio
