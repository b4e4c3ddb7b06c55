package lexicon_test

import (
	"testing"

	"sett/graph/rdf"
	"sett/loader/lexicon"
)

func TestNamesOfRepositories(t *testing.T) {
	var quads []rdf.Quad
	for _, e := range []struct{ class, id, label, other string }{
		{"Model", "llama-3", "Llama 3", "Meta Llama 3"}, {"Model", "mistral", "Mistral", ""}, {"Organization", "meta", "Meta", "Meta AI"},
		{"Dataset", "the-pile", "The Pile", "Pile"}, {"Benchmark", "pile", "Pile", ""},
	} {
		s := rdf.NewIRI("urn:" + e.class + ":" + e.id)
		quads = append(quads, rdf.Quad{S: s, P: rdf.NewIRI(rdf.RDFType), O: rdf.NewIRI(lexicon.NS + e.class)},
			rdf.Quad{S: s, P: rdf.NewIRI(rdf.RDFSLabel), O: rdf.NewString(e.label)})
		if e.other != "" {
			quads = append(quads, rdf.Quad{S: s, P: rdf.NewIRI(rdf.SKOSNS + "altLabel"), O: rdf.NewString(e.other)})
		}
	}
	lex, err := lexicon.Parse(quads)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"the_pile": "urn:Dataset:the-pile", "PILE": "urn:Dataset:the-pile", "thepile": "urn:Dataset:the-pile", "pile-2": "", "": "", "Llama 3": "",
	} {
		got := ""
		if e, ok := lex.Named(lexicon.Dataset, name); ok {
			got = e.IRI
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"Meta-Llama-3-8B": "Llama 3 8B", "Llama-3-70b": "Llama 3 70B", "Meta-Llama-3-8B-Instruct": "Llama-3-8B-Instruct", "Meta-Llama-3": "Llama-3",
		"Meta-Worm-8B": "Meta-Worm-8B", "Mistral-7B-v0.1": "Mistral-7B-v0.1", "mistral-7B": "Mistral 7B", "Meta": "Meta", "": "",
	} {
		if got := lex.Sized(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
