// Package lexicon is the list of names that the extraction knows: models, datasets, architectures, hardware, benchmarks,
// methods, organisations, languages and licences, with their other spellings.
//
// It is read from RDF: an entity is a subject with rdf:type, rdfs:label and any number of skos:altLabel; skos:broader,
// :developedBy and :variantOf relate entries. Several files add up. A [Lexicon] is compiled into a text.Trie; how strictly
// a spelling is to be met (capitals, spaces) is decided once, from the spelling itself: see [Form].
//
//	lex, err := lexicon.Parse(quads)
//	trie := lex.Trie(vocabulary)
package lexicon
