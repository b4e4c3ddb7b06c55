package extract_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sett/graph/rdf"
	"sett/loader/document"
	"sett/loader/extract"
	"sett/loader/lexicon"
)

// names is a small lexicon: class, label, further spellings.
var names = [][]string{
	{"Model", "BERT"}, {"Model", "GPT-4"}, {"Model", "Llama 2"}, {"Model", "StarCoderBase"},
	{"Dataset", "ImageNet"}, {"Dataset", "COCO", "MS COCO"}, {"Dataset", "The Pile"},
	{"Benchmark", "MMLU"}, {"Benchmark", "GSM8K"}, {"Benchmark", "HumanEval"},
	{"Architecture", "Transformer"}, {"Hardware", "NVIDIA H100", "H100"}, {"Language", "Finnish"},
}

func newWorker(t testing.TB) *extract.Worker {
	t.Helper()
	var quads []rdf.Quad
	for _, n := range names {
		class, _ := lexicon.ClassByName(n[0])
		s := rdf.NewIRI(class.Namespace() + extract.Slug(n[1]))
		quads = append(quads, rdf.Quad{S: s, P: rdf.NewIRI(rdf.RDFType), O: rdf.NewIRI(class.IRI())})
		for i, label := range n[1:] {
			p := rdf.RDFSLabel
			if i > 0 {
				p = rdf.SKOSNS + "altLabel"
			}
			quads = append(quads, rdf.Quad{S: s, P: rdf.NewIRI(p), O: rdf.NewString(label)})
		}
	}
	lex, err := lexicon.Parse(quads)
	if err != nil {
		t.Fatal(err)
	}
	return extract.New(lex).NewWorker()
}

// read extracts from a title and a text and returns the statements but mentions, as "subject property object", sorted.
func read(w *extract.Worker, title, text string) []string {
	doc := document.New()
	doc.Title, doc.Text = title, text
	r := w.Document(doc)
	name := func(i int) string {
		if i < 0 {
			return "PAPER"
		}
		return r.Entities[i].Label
	}
	var out []string
	for _, s := range r.Statements {
		switch {
		case s.Property == "" || s.Property == "mentions":
		case s.Object >= 0:
			out = append(out, fmt.Sprintf("%s %s %s", name(s.Subject), s.Property, name(s.Object)))
		default:
			out = append(out, fmt.Sprintf("%s %s %s", name(s.Subject), s.Property, s.Value.Value()))
		}
	}
	slices.Sort(out)
	return out
}

func TestStatements(t *testing.T) {
	w := newWorker(t)
	for _, c := range []struct{ name, title, text, want string }{
		{"a title in other capitals", "Plovernet: Counting Waders", "We count with language models. PloverNet needs no labels.", "PAPER introduces PloverNet"},
		{"a long name and its abbreviation", "Waders", "We propose Wader Text Attention (WTA) for language models. WTA is fast.", "PAPER introduces Wader Text Attention"},
		{"an abbreviation of a field is nothing new", "Waders", "We train a large language model (LLM) on letters.", ""},
		{"a size in a name", "Waders", "We introduce DuneLM-3B, a language model.", "DuneLM-3B parameters 3000000000; PAPER introduces DuneLM-3B"},
		{"a size right before a name", "Waders", "We introduce DuneLM, a language model that beats the 15B StarCoderBase.",
			"DuneLM outperforms StarCoderBase; PAPER introduces DuneLM; StarCoderBase parameters 15000000000"},
		{"a passive comparison", "Waders", "We introduce DuneLM, a language model. DuneLM is outperformed by GPT-4.", "GPT-4 outperforms DuneLM; PAPER introduces DuneLM"},
		{"a denied comparison", "Waders", "We introduce DuneLM, a language model. It does not outperform GPT-4.", "PAPER introduces DuneLM"},
		{"a name told by its list", "Waders", "We introduce DuneLM, a language model. DuneLM outperforms BERT, ShoreXL and Llama 2.",
			"DuneLM outperforms BERT; DuneLM outperforms Llama 2; DuneLM outperforms ShoreXL; PAPER introduces DuneLM"},
		{"results on data", "Waders", "We propose a method for language models and test it on ImageNet and MS-COCO.", "PAPER evaluatedOn COCO; PAPER evaluatedOn ImageNet"},
		{"what is trained on is not measured on", "Waders", "We introduce DuneLM, a language model. DuneLM is trained on the Pile and scores 61.2 on MMLU.",
			"DuneLM evaluatedOn MMLU; DuneLM trainedOn The Pile; PAPER introduces DuneLM"},
		{"what a score is named for", "Waders", "We introduce DuneLM, a language model with a GSM8K score of 80.", "DuneLM evaluatedOn GSM8K; PAPER introduces DuneLM"},
		{"results of others", "Waders", "Language models have reached human performance on MMLU.", ""},
		{"a plus is part of a name", "Waders", "We present HumanEval++, a benchmark for language models.", "PAPER introduces HumanEval++"},
		{"devices and their number", "Waders", "We train DuneLM, a language model, on 64 H100 GPUs.", "DuneLM hardwareCount 64; DuneLM trainedWith NVIDIA H100; PAPER introduces DuneLM"},
		{"other fields", "Nickel", "The complex Co-7B outperforms Fe-3B. It was trained on The Pile of papers.", ""},
	} {
		if got := strings.Join(read(w, c.title, c.text), "; "); got != c.want {
			t.Errorf("%s:\n%s\ngot  %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestAWorkerForgetsTheDocumentBefore(t *testing.T) {
	const title, text = "Waders", "We introduce DuneLM-3B, a language model that outperforms BERT on MMLU."
	want := read(newWorker(t), title, text)
	w := newWorker(t)
	for _, before := range []string{"", "Nothing of the kind.", "We propose Wader Text Attention (WTA) for GPT-4. WTA beats BERT on GSM8K.", text} {
		read(w, "Another: title", before)
		if got := read(w, title, text); !slices.Equal(got, want) {
			t.Errorf("after %q: got %v, want %v", before, got, want)
		}
	}
}

func TestEvidenceIsTheSentence(t *testing.T) {
	doc := document.New()
	doc.Title, doc.Text = "Größe", "Waders – größer als je – are counted. We introduce DuneLM-3B, a language model. It is fast."
	r := newWorker(t).Document(doc)
	for _, s := range r.Statements {
		if s.Property == "parameters" {
			if got, want := r.Text.Raw[s.Start:s.End], "We introduce DuneLM-3B, a language model."; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if s.Confidence <= 0 || s.Confidence > 1 || s.Rule == "" {
				t.Errorf("rule %q, confidence %v", s.Rule, s.Confidence)
			}
			return
		}
	}
	t.Error("no parameters")
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Falcon Mamba 7B": "falcon-mamba-7b", "The Stack v2": "the-stack-v2", "GPT-3.5": "gpt-3.5", "Größe – 2": "größe-2", "...": "", "C++": "c",
	} {
		if got := extract.Slug(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// FuzzDocument checks what holds for any text: statements point into it and name entities that are there.
func FuzzDocument(f *testing.F) {
	for _, s := range []string{"", "a\nb", "We introduce DuneLM-3B (7B/14B), a model. It beats BERT, X and Y on MMLU (1.2 %) and \\textbf{COCO}.", "(A) (AB) -a --", "Using The Pile, we train"} {
		f.Add("Title: "+s, s)
	}
	w := newWorker(f)
	f.Fuzz(func(t *testing.T, title, text string) {
		doc := document.New()
		doc.Title, doc.Text = title, text
		r := w.Document(doc)
		for _, s := range r.Statements {
			if s.Property == "" {
				continue
			}
			if s.Start < 0 || s.End <= s.Start || s.End > len(r.Text.Raw) {
				t.Fatalf("%s: evidence %d to %d of %d", s.Property, s.Start, s.End, len(r.Text.Raw))
			}
			if s.Subject >= len(r.Entities) || s.Object >= len(r.Entities) || s.Subject < extract.Paper || s.Object < 0 && s.Value.IsZero() {
				t.Fatalf("%+v of %d entities", s, len(r.Entities))
			}
		}
	})
}
