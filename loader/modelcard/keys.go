package modelcard

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"sett/graph/rdf"
)

// keys are those of tables and lists, folded as foldKey does, with what to make of a value.
var keys = []struct {
	names []string
	read  func(c *card, p pair)
}{
	{[]string{"parameters", "params", "number of parameters", "total parameters", "parameter count", "model size", "total params"},
		func(c *card, p pair) { c.quantity("parameters", p, 1000, 1e5) }},
	{[]string{"active parameters", "activated parameters", "active params", "activated params"},
		func(c *card, p pair) { c.quantity("activeParameters", p, 1000, 1e5) }},
	{[]string{"training tokens", "tokens", "number of tokens", "pretraining tokens", "pre training tokens", "trained tokens", "token count"},
		func(c *card, p pair) { c.quantity("trainingTokens", p, 1000, 1e6) }},
	{[]string{"context length", "context window", "context size", "sequence length", "maximum context length", "max context length", "max sequence length", "maximum sequence length"},
		func(c *card, p pair) { c.quantity("contextLength", p, 1024, 64) }},
	{[]string{"gpu hours", "training gpu hours", "total gpu hours"},
		func(c *card, p pair) { c.quantity("gpuHours", p, 1000, 1) }},
	{[]string{"training cost", "cost usd", "training cost usd"},
		func(c *card, p pair) { c.quantity("costUSD", p, 1000, 1) }},
	{[]string{"hardware", "hardware type", "gpus", "gpu", "accelerators", "training hardware"}, (*card).hardware},
	{[]string{"license", "licence"}, func(c *card, p pair) { c.license(shortName(p.value), p.quote, p.rule, 0.9) }},
	{[]string{"developed by", "model developers", "model developer", "developers", "developer", "organization"},
		func(c *card, p pair) {
			c.entity("developedBy", "Organization", shortName(p.value), p.quote, p.rule, 0.9)
		}},
	{[]string{"architecture", "model architecture"},
		func(c *card, p pair) {
			c.entity("architecture", "Architecture", shortName(p.value), p.quote, p.rule, 0.85)
		}},
	{[]string{"language", "languages", "language s nlp", "language nlp", "supported languages"}, (*card).languages},
	{[]string{"finetuned from model", "finetuned from", "fine tuned from", "base model", "finetuned from model optional"},
		func(c *card, p pair) {
			c.entity("derivedFrom", "Model", modelName(shortName(p.value)), p.quote, p.rule, 0.9)
		}},
	{[]string{"repository", "model page", "code", "repository optional"}, (*card).link},
	{[]string{"training data", "datasets", "dataset", "training dataset", "training datasets", "pretraining data"}, (*card).datasets},
}

// toldWhole are keys whose lines say nothing that a reader of sentences could add, and much that it would misread.
var toldWhole = map[string]bool{
	"license": true, "licence": true, "language": true, "languages": true, "language s nlp": true, "language nlp": true, "developed by": true,
	"finetuned from model": true, "finetuned from model optional": true, "base model": true, "repository": true, "repository optional": true,
}

// pairs adds what tables and lists state under known keys.
func (c *card) pairs(pairs []pair) {
	for _, p := range pairs {
		if strings.Contains(p.value, "More Information Needed") || c.about.Class != "Model" {
			continue
		}
		key := foldKey(p.key)
		for _, k := range keys {
			for _, name := range k.names {
				if name == key {
					k.read(c, p)
				}
			}
		}
	}
}

// foldKey is a key in lower case, its marks turned to single spaces.
func foldKey(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }), " ")
}

// shortName is a value that is a name, and "" if it is a sentence or a list.
func shortName(value string) string {
	s := plain(value)
	s = strings.TrimRight(s, ".")
	if len(s) > 60 || strings.ContainsAny(s, ",;\n") || strings.Contains(s, ". ") || len(strings.Fields(s)) > 7 {
		return ""
	}
	return s
}

var number = regexp.MustCompile(`^[~≈$ ]*([0-9]+(?:[.,][0-9]+)*)[ -]?([kKmMbBtT]|thousand|million|billion|trillion)?\b`)

// quantity adds a number with its unit. thousand is what K stands for; a number below least is no such quantity.
func (c *card) quantity(property string, p pair, thousand, least float64) {
	m := number.FindStringSubmatch(plain(p.value))
	if m == nil {
		return
	}
	digits := m[1]
	if i := strings.LastIndexByte(digits, ','); i >= 0 && len(digits)-i == 4 {
		digits = strings.ReplaceAll(digits, ",", "")
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", "."), 64)
	if err != nil {
		return
	}
	switch strings.ToLower(m[2]) {
	case "k", "thousand":
		n *= thousand
	case "m", "million":
		n *= thousand * thousand
	case "b", "billion":
		n *= 1e9
	case "t", "trillion":
		n *= 1e12
	}
	if n < least || n > 1e18 {
		return
	}
	term := rdf.NewInteger(int64(math.Round(n)))
	if property == "gpuHours" || property == "costUSD" {
		term = rdf.NewLiteral(decimal(n), rdf.XSDDecimal)
	}
	c.value(property, term, p.quote, p.rule)
}

// decimal prints a canonical xsd:decimal.
func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

var devices = regexp.MustCompile(`^([0-9]{1,3}(?:,?[0-9]{3})*|[0-9]+)\s*(?:x|×|X)?\s+(\S.*)$`)

// counted is the noun of what is counted by its name.
var counted = regexp.MustCompile(`(?i) (GPU|chip|card|accelerator|processor|device)s?$`)

// hardware adds "512 H100", "8 x A100 80GB" or a name alone.
func (c *card) hardware(p pair) {
	name := shortName(strings.ReplaceAll(p.value, "×", " x "))
	if m := devices.FindStringSubmatch(name); m != nil {
		if n, err := strconv.ParseInt(strings.ReplaceAll(m[1], ",", ""), 10, 64); err == nil && n > 0 {
			c.value("hardwareCount", rdf.NewInteger(n), p.quote, p.rule)
			name = strings.TrimPrefix(m[2], "x ")
		}
	}
	name = counted.ReplaceAllString(name, "")
	if strings.IndexFunc(name, unicode.IsUpper) >= 0 {
		c.entity("trainedWith", "Hardware", name, p.quote, p.rule, 0.85)
	}
}

func (c *card) languages(p pair) {
	for _, name := range strings.FieldsFunc(plain(p.value), func(r rune) bool { return r == ',' || r == ';' }) {
		name = strings.TrimPrefix(strings.TrimSpace(name), "and ")
		if name = languageName(name); name != "" && len(strings.Fields(name)) <= 3 {
			c.entity("supportsLanguage", "Language", name, p.quote, p.rule, 0.85)
		}
	}
}

var url = regexp.MustCompile(`https?://[^\s<>"()\[\]{}|\\^` + "`" + `]+`)

func (c *card) link(p pair) {
	if u := strings.TrimRight(url.FindString(p.value), ".,;:"); u != "" {
		c.value("availableAt", rdf.NewIRI(u), p.quote, p.rule)
	}
}

var datasetURL = regexp.MustCompile(`https?://huggingface\.co/datasets/[\w.-]+/([\w.-]+)`)

// datasets adds the datasets that a value links to; prose is left to the extraction.
func (c *card) datasets(p pair) {
	for _, m := range datasetURL.FindAllStringSubmatch(p.value, -1) {
		c.entity("trainedOn", "Dataset", strings.TrimRight(m[1], "."), p.quote, p.rule, 0.9)
	}
}
