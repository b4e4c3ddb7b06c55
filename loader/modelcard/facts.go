package modelcard

import (
	"fmt"
	"strings"

	"sett/graph/rdf"
	"sett/loader/document"
)

// card collects the facts of a card, each once.
type card struct {
	about document.Entity
	facts []document.Fact
	said  map[string]bool
}

func (c *card) add(f document.Fact) {
	key := fmt.Sprint(f.Subject, f.Property, f.Object, f.Value)
	if c.said[key] || f.Object.Name == "" && f.Value.IsZero() {
		return
	}
	c.said[key] = true
	c.facts = append(c.facts, f)
}

// entity adds a statement about what the card describes.
func (c *card) entity(property, class, name, quote, rule string, confidence float64) {
	if name == "" {
		return
	}
	c.add(document.Fact{
		Subject: c.about, Property: property, Object: document.Entity{Class: class, Name: name},
		Quote: quote, Rule: rule, Confidence: confidence,
	})
}

func (c *card) value(property string, v rdf.Term, quote, rule string) {
	c.add(document.Fact{Subject: c.about, Property: property, Value: v, Quote: quote, Rule: rule, Confidence: 0.9})
}

// tags are those that say something of a model: the property, and the class and name of its object. :mentions is of the
// card itself.
var tags = map[string]struct{ property, class, name string }{
	"moe":                   {"architecture", "Architecture", "Mixture-of-Experts"},
	"mixture-of-experts":    {"architecture", "Architecture", "Mixture-of-Experts"},
	"mixture of experts":    {"architecture", "Architecture", "Mixture-of-Experts"},
	"mamba":                 {"architecture", "Architecture", "Mamba"},
	"mamba2":                {"architecture", "Architecture", "Mamba-2"},
	"ssm":                   {"architecture", "Architecture", "state-space model"},
	"rwkv":                  {"architecture", "Architecture", "RWKV"},
	"dpo":                   {"mentions", "Method", "DPO"},
	"ppo":                   {"mentions", "Method", "PPO"},
	"grpo":                  {"mentions", "Method", "GRPO"},
	"kto":                   {"mentions", "Method", "KTO"},
	"orpo":                  {"mentions", "Method", "ORPO"},
	"rlhf":                  {"mentions", "Method", "RLHF"},
	"rlvr":                  {"mentions", "Method", "RLVR"},
	"sft":                   {"mentions", "Method", "supervised fine-tuning"},
	"lora":                  {"mentions", "Method", "LoRA"},
	"qlora":                 {"mentions", "Method", "QLoRA"},
	"gptq":                  {"mentions", "Method", "GPTQ"},
	"awq":                   {"mentions", "Method", "AWQ"},
	"model-merging":         {"mentions", "Method", "model merging"},
	"merge":                 {"mentions", "Method", "model merging"},
	"instruction-tuned":     {"mentions", "Method", "instruction tuning"},
	"instruction-tuning":    {"mentions", "Method", "instruction tuning"},
	"mergekit":              {"mentions", "Method", "model merging"},
	"instruction-finetuned": {"mentions", "Method", "instruction tuning"},
}

// front adds what the front matter states.
func (c *card) front(f frontMatter) {
	licenses := texts(f["license"])
	if name := f.first("license_name"); name != "" && (len(licenses) == 0 || licenses[0] == "other") {
		licenses = []string{name}
	}
	for _, license := range licenses {
		c.license(license, "license: "+license, "card-license", 0.99)
	}
	for _, key := range []string{"language", "languages"} {
		for _, code := range texts(f[key]) {
			c.entity("supportsLanguage", "Language", languageName(code), key+": "+code, "card-language", 0.99)
		}
	}
	for _, key := range []string{"programming_language", "programming_languages"} {
		for _, name := range texts(f[key]) {
			c.entity("supportsLanguage", "Language", name, key+": "+name, "card-language", 0.99)
		}
	}
	for _, id := range texts(f["datasets"]) {
		if c.about.Class == "Model" {
			c.entity("trainedOn", "Dataset", modelName(id), "datasets: "+id, "card-dataset", 0.97)
		}
	}
	for _, id := range texts(f["source_datasets"]) {
		if c.about.Class == "Dataset" && id != "original" {
			c.entity("derivedFrom", "Dataset", modelName(strings.TrimPrefix(id, "extended|")), "source_datasets: "+id, "card-source", 0.97)
		}
	}
	for _, id := range texts(f["base_model"]) {
		if name := modelName(id); c.about.Class == "Model" && letters(name) != letters(c.about.Name) {
			c.entity("derivedFrom", "Model", name, "base_model: "+id, "card-base-model", 0.99)
		}
	}
	for _, tag := range texts(f["tags"]) {
		if t, ok := tags[strings.ToLower(tag)]; ok && (t.property == "mentions" || c.about.Class == "Model") {
			fact := document.Fact{
				Subject: c.about, Property: t.property, Object: document.Entity{Class: t.class, Name: t.name},
				Quote: "tags: " + tag, Rule: "card-tag", Confidence: 0.95,
			}
			if t.property == "mentions" {
				fact.Subject = document.Entity{}
			}
			c.add(fact)
		}
	}
	c.results(f)
}

func (c *card) license(id, quote, rule string, confidence float64) {
	switch strings.ToLower(id) {
	case "", "other", "unknown":
		return
	}
	c.entity("license", "License", licenseName(id), quote, rule, confidence)
}

// results adds the evaluations of model-index, each with its metric in the quote.
func (c *card) results(f frontMatter) {
	models, _ := f["model-index"].([]any)
	for _, m := range models {
		model, _ := m.(map[string]any)
		subject := c.about
		if name := frontMatter(model).first("name"); name != "" && len(models) > 1 {
			subject.Name = modelName(name)
		}
		list, _ := model["results"].([]any)
		for _, e := range list {
			result, _ := e.(map[string]any)
			dataset, _ := result["dataset"].(map[string]any)
			name := frontMatter(dataset).first("name")
			if name == "" {
				name = modelName(frontMatter(dataset).first("type"))
			}
			name, _, _ = strings.Cut(name, " (")
			if name == "" {
				continue
			}
			quote := name
			metrics, _ := result["metrics"].([]any)
			for i, x := range metrics {
				metric, _ := x.(map[string]any)
				label := frontMatter(metric).first("name")
				if label == "" {
					label = frontMatter(metric).first("type")
				}
				sep := "; "
				if i == 0 {
					sep = ": "
				}
				quote += sep + label + " " + frontMatter(metric).first("value")
			}
			c.add(document.Fact{
				Subject: subject, Property: "evaluatedOn", Object: document.Entity{Class: "Benchmark", Name: strings.TrimSpace(name)},
				Quote: quote, Rule: "card-result", Confidence: 0.97,
			})
		}
	}
}
