package loader_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sett/loader"
)

// TestFrontMatterNamesEntitiesOfTheLexicon reads a card whose names are those of repositories: they are the entities that text names, each
// with one label, and the report counts what the front matter states.
func TestFrontMatterNamesEntitiesOfTheLexicon(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sauer.md")
	card := `---
license: [mit, apache-2.0]
language: de
base_model: meta-llama/Meta-Llama-3-8B
datasets: [allenai/dolma, acme/worms]
---
# Sauer-8B

We fine-tuned the language model Llama 3 8B on 512 H100 GPUs. Sauer-8B is a language model that beats Mixtral 8X7B.

| Hardware | 512 x H100 |
|---|---|
| GPUs | 512 x H100 |
`
	if err := os.WriteFile(path, []byte(card), 0o644); err != nil {
		t.Fatal(err)
	}
	out, report := extracted(t, path, loader.Options{NoEvidence: true})
	const model, label = "<urn:sett:model:sauer-8b> <urn:sett:ns:", "<http://www.w3.org/2000/01/rdf-schema#label> "
	for want, count := range map[string]int{
		model + "derivedFrom> <urn:sett:model:llama-3-8b>":       1,
		"<urn:sett:model:llama-3-8b> " + label + `"Llama 3 8B"`:  1,
		"<urn:sett:model:llama-3-8b> " + label:                   1,
		model + "trainedOn> <urn:sett:dataset:dolma>":            1,
		"<urn:sett:dataset:dolma> " + label + `"Dolma"`:          1,
		model + "trainedOn> <urn:sett:dataset:worms>":            1,
		model + "license> <urn:sett:license:mit>":                1,
		model + "license> <urn:sett:license:apache-2.0>":         1,
		"<urn:sett:hardware:h100>":                               0,
		"organization:massachusetts":                             0,
		"<urn:sett:model:mixtral-8x7b> <urn:sett:ns:parameters>": 0,
		"<urn:sett:model:meta-llama-3-8b>":                       0,
	} {
		if got := strings.Count(string(out), want); got != count {
			t.Errorf("%d times %s, want %d", got, want, count)
		}
	}
	if report.Statements["license"] != 2 || report.Unlisted["worms"] != 1 || report.Factless != 0 {
		t.Errorf("the report: %+v", report)
	}
	if t.Failed() {
		t.Logf("%s", out)
	}
}

func TestLabelsHaveTheHyphensThatPeopleType(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papers.txt")
	listing := "5 Wader Models We present WaderLM\u20117B, a language model with 7\u202fB parameters. 2 authors \u00b7 Dec 1, 2023\n"
	if err := os.WriteFile(path, []byte(listing), 0o644); err != nil {
		t.Fatal(err)
	}
	out, _ := extracted(t, path, loader.Options{NoEvidence: true})
	if want := `<urn:sett:model:waderlm-7b> <http://www.w3.org/2000/01/rdf-schema#label> "WaderLM-7B"`; !strings.Contains(string(out), want) {
		t.Errorf("no %s in\n%s", want, out)
	}
}
