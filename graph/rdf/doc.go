// Package rdf holds the data model of RDF 1.2: terms, triples, quads, and the prefixes that abbreviate IRIs.
//
// A [Term] is a small value: an IRI, a blank node, a literal (lexical form, datatype, language, base direction) or a
// triple term. A [Quad] is four of them; its graph is the zero Term for the default graph. [Prefixes] maps the names
// people write (model:olmoe) to IRIs and back.
//
//	t := rdf.NewTripleTerm(rdf.NewIRI("urn:s"), rdf.NewIRI("urn:p"), rdf.NewString("o"))
//	fmt.Println(t) // <<( <urn:s> <urn:p> "o" )>>
//
// Standards: RDF 1.2 Concepts and Abstract Data Model; the printed form is N-Triples 1.2.
//
// The package imports the standard library only, and knows neither syntaxes, nor storage, nor the values behind
// literals: "1"^^xsd:integer and "01"^^xsd:integer are different terms here (package xsd knows better).
package rdf
