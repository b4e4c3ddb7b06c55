// Package sparql turns the text of a SPARQL query or update into a syntax tree and that into the algebra of the standard.
//
// [ParseQuery] returns a [Query] whose Where is a [Node], [ParseUpdate] an [Update], a list of [Operation]s. Names are the
// standard's: BGP, LeftJoin, Extend; each type cites its section. What is wrong with a text is a [SyntaxError] with its
// line, column and what was expected.
//
//	q, err := sparql.ParseQuery("SELECT ?m WHERE { ?m a <urn:Model> }", sparql.Options{})
//	if err != nil {
//		return err // line 1, column 8: …
//	}
//	fmt.Println(q.Where)
//
// Standards: SPARQL 1.1 Query Language and Update, with SPARQL 1.2 (triple terms, reifiers, base direction, VERSION).
// Sections without a name are those of SPARQL 1.1 Query Language.
//
// The package must not know storage, evaluation, or the values behind literals.
package sparql
