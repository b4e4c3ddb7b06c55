// Package seeds holds what a new graph begins with, embedded in the binary: the ontology, the lexicon and ten papers.
//
// [Ontology] is the vocabulary (classes and properties with labels, comments, domains, ranges) and the source of the
// prefixes that are predeclared everywhere. [Lexicon] lists the files of names, one a class. [Papers] is a listing, one
// paper a line, as the loader reads it.
//
//	for _, f := range seeds.Lexicon() {
//		fmt.Println(f.Name, len(f.Text))
//	}
//
// # The lexicon
//
// Each file is Turtle that a person can read and extend. An entry is an entity's type, its rdfs:label, a skos:altLabel
// for every other name, and what is generally known of it: skos:broader, :variantOf, :derivedFrom, :developedBy.
//
//   - A name stands for its spellings in other case, with other hyphens or none, and with or without a space between letters
//     and digits: "Llama 2" is also LLaMA-2 and Llama2. No alias repeats such a spelling; words that are also written
//     as one (BigBird) have an alias.
//   - Sizes and flavours of a family (Llama 2 70B, Qwen2.5-7B-Instruct) have no entries: they follow from the name. A
//     label that holds a size (Mistral 7B, GLM-130B) is there because people use it as the name of the model.
//   - :matchCase true asks for the exact case and for evidence of the class in the words around.
//   - :generic true marks a kind of things that holds a tree together and is not itself a name, and words such as those
//     for tasks and measures, which are there so that their abbreviations are not taken for names.
//   - An entity's IRI ends in the slug of its label; signs that the slug would lose are spelled (C++ is lang:c-plus-plus).
//   - Where two entities share a spelling, all of them but one have :matchCase.
//
// What the lexicon says is general knowledge of the field, written for this project; it quotes no paper.
//
// Standards: RDF 1.2 Turtle, RDF Schema 1.1, SKOS, and owl: terms that mark properties. The package imports nothing of
// ours and parses nothing.
package seeds
