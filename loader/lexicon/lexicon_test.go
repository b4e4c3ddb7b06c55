package lexicon_test

import (
	"strings"
	"testing"

	"sett/graph/rdf"
	"sett/loader/lexicon"
	"sett/loader/text"
)

// entry returns the quads of an entity with a class, a label and other labels.
func entry(iri, class string, labels ...string) []rdf.Quad {
	s := rdf.NewIRI(iri)
	q := []rdf.Quad{{S: s, P: rdf.NewIRI(rdf.RDFType), O: rdf.NewIRI(lexicon.NS + class)}}
	for i, l := range labels {
		p := rdf.RDFSLabel
		if i > 0 {
			p = rdf.SKOSNS + "altLabel"
		}
		q = append(q, rdf.Quad{S: s, P: rdf.NewIRI(p), O: rdf.NewString(l)})
	}
	return q
}

func TestSpellings(t *testing.T) {
	var quads []rdf.Quad
	quads = append(quads, entry("urn:a", "Model", "Code Llama")...)
	quads = append(quads, entry("urn:b", "Model", "Llama 3.1")...)
	quads = append(quads, entry("urn:c", "Dataset", "The Stack")...)
	quads = append(quads, entry("urn:d", "Benchmark", "GSM8K")...)
	quads = append(quads, entry("urn:e", "Model", "T5")...)
	quads = append(quads, entry("urn:f", "Component", "RoPE")...)
	quads = append(quads, entry("urn:g", "Hardware", "NVIDIA H100", "H100")...)
	quads = append(quads, entry("urn:h", "Model", "Falcon")...)
	quads = append(quads, rdf.Quad{S: rdf.NewIRI("urn:h"), P: rdf.NewIRI(lexicon.NS + "matchCase"), O: rdf.NewBoolean(true)})
	quads = append(quads, entry("urn:i", "Dataset", "The Pile")...)
	quads = append(quads, rdf.Quad{S: rdf.NewIRI("urn:i"), P: rdf.NewIRI(lexicon.NS + "matchCase"), O: rdf.NewBoolean(true)})
	quads = append(quads, entry("urn:j", "Method", "Mask-Predict")...)
	quads = append(quads, entry("urn:k", "Architecture", "U-Net")...)
	quads = append(quads, entry("urn:l", "Benchmark", "TAT-QA")...)
	quads = append(quads, entry("urn:n", "Architecture", "Gullformer", "Gull")...)
	quads = append(quads, entry("urn:m", "Architecture", "co-attention")...)
	lex, err := lexicon.Parse(quads)
	if err != nil {
		t.Fatal(err)
	}
	v := text.NewVocabulary()
	trie := lex.Trie(v)
	for _, c := range []struct{ in, want string }{
		{"Code Llama", "urn:a"}, {"CodeLlama", "urn:a"}, {"Code-Llama", "urn:a"}, {"code llama", ""},
		{"Llama-3.1", "urn:b"}, {"Llama3.1", "urn:b"}, {"llama 3.1", ""},
		{"the Stack", "urn:c"}, {"the stack", ""}, {"The Stack", "urn:c"},
		{"GSM8K", "urn:d"}, {"gsm8k", "urn:d"}, {"GSM-8K", "urn:d"},
		{"T5", "urn:e"}, {"T-5", ""}, {"T 5", ""}, {"T5x", ""},
		{"RoPE", "urn:f"}, {"rope", ""}, {"H100s", "urn:g"}, {"nvidia h100", ""}, {"Falcon", "urn:h"}, {"FALCON", ""}, {"FaLCoN", "urn:h"}, {"Falcons", ""},
		{"the Pile", "urn:i"}, {"The Pile", "urn:i"}, {"the pile", ""},
		{"Mask-Predict", "urn:j"}, {"Mask-predict", "urn:j"}, {"Mask predict", ""}, {"mask-predict", ""},
		{"U-Net", "urn:k"}, {"UNet", "urn:k"}, {"UNets", "urn:k"}, {"unet", ""}, {"TATQA", "urn:l"}, {"TAT-QA", "urn:l"}, {"Tatqa", ""},
		{"Gullformer", "urn:n"}, {"gullformers", "urn:n"}, {"gull", ""}, {"co-attention", "urn:m"}, {"coattention", ""},
	} {
		var x text.Text
		x.Reset(c.in, v)
		got := ""
		for _, m := range trie.Find(&x, 0, len(x.Pieces), nil) {
			for _, f := range m.Values {
				if m.To == len(x.Pieces) && lex.Forms[f].Accepts(&x, m.From, m.To) {
					got = lex.Entries[lex.Forms[f].Entry].IRI
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestAnOrganizationIsNotAPartOfACompound(t *testing.T) {
	lex, err := lexicon.Parse(append(entry("urn:org", "Organization", "Quillworks"), entry("urn:model", "Model", "Quill-3")...))
	if err != nil {
		t.Fatal(err)
	}
	v := text.NewVocabulary()
	trie := lex.Trie(v)
	for _, c := range []struct {
		in   string
		want int
	}{
		{"a Quillworks-proof test", 0}, {"Quillworks-analysis", 0}, {"a Quillworks-trained model", 1}, {"at Quillworks - and elsewhere", 1},
		{"Quillworks-AI", 1}, {"Quillworks", 1}, {"a Quill-3-proof test", 1},
	} {
		var x text.Text
		x.Reset(c.in, v)
		got := 0
		for at := range x.Pieces {
			for _, m := range trie.Find(&x, at, len(x.Pieces), nil) {
				for _, f := range m.Values {
					if lex.Forms[f].Accepts(&x, m.From, m.To) {
						got++
					}
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: got %d names, want %d", c.in, got, c.want)
		}
	}
}

func TestParseWantsLabels(t *testing.T) {
	if _, err := lexicon.Parse(entry("urn:x", "Model")); err == nil || !strings.Contains(err.Error(), "urn:x") {
		t.Errorf("an entry without a label: %v", err)
	}
	lex, err := lexicon.Parse(entry("urn:x", "Paper", "Of no class of names"))
	if err != nil || len(lex.Entries) != 0 {
		t.Errorf("other classes are passed over: %v %v", lex.Labels(), err)
	}
}
