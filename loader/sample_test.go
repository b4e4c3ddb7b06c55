package loader_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sett/loader"
	"sett/loader/document"
	"sett/loader/extract"
)

var (
	sampleSize = flag.Int("sample", 0, "print so many random statements of the real abstracts, with their quotes, to be read by eye")
	sampleSeed = flag.Uint64("seed", 1, "seed of -sample")
	sampleRule = flag.String("rule", "", "sample statements of this rule or property only")
)

// TestSample prints a random sample of what is extracted from the real abstracts (mentions aside), for reading by eye:
//
//	go test ./loader -run TestSample -v -sample 200 -seed 7
func TestSample(t *testing.T) {
	if *sampleSize == 0 {
		t.Skip("nothing is asserted here; -sample 200 prints a sample")
	}
	in, err := loader.Open(shared(t, "papers/llm-papers.jsonl"), loader.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	w := extract.New(lexiconOf(t)).NewWorker()
	var all []string
	for {
		doc, err := in.Documents.Next()
		if err != nil {
			break
		}
		all = append(all, statementsOf(w, doc)...)
	}
	r := rand.New(rand.NewPCG(*sampleSeed, 0))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:min(len(all), *sampleSize)]
	slices.Sort(all)
	for i, s := range all {
		fmt.Printf("%d %s\n", i+1, s)
	}
}

// statementsOf prints the statements of a document that -rule lets through.
func statementsOf(w *extract.Worker, doc *document.Document) []string {
	r := w.Document(doc)
	name := func(i int) string {
		if i < 0 {
			return "PAPER"
		}
		return r.Entities[i].Label
	}
	var out []string
	for _, s := range r.Statements {
		if s.Property == "" || s.Property == "mentions" && *sampleRule != "mentions" || *sampleRule != "" && *sampleRule != s.Rule && *sampleRule != s.Property {
			continue
		}
		object := s.Value.Value()
		if s.Object >= 0 {
			object = fmt.Sprintf("%s (%s)", r.Entities[s.Object].Label, r.Entities[s.Object].Class)
		}
		quote := strings.Join(strings.Fields(r.Text.Raw[s.Start:s.End]), " ")
		out = append(out, fmt.Sprintf("%s: %s -> %s {%s %.2f} [%s] %s", s.Property, name(s.Subject), object, s.Rule, s.Confidence, doc.Title[:min(40, len(doc.Title))], quote))
	}
	return out
}
