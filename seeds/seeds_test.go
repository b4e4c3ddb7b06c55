package seeds_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/seeds"
)

const (
	ns      = "urn:sett:ns:"
	alt     = rdf.SKOSNS + "altLabel"
	broader = rdf.SKOSNS + "broader"
)

// namespaces maps a class to the part of the IRI that stands between urn:sett: and the slug.
var namespaces = map[string]string{
	"Model": "model", "Dataset": "dataset", "Architecture": "architecture", "Component": "architecture",
	"Hardware": "hardware", "Benchmark": "benchmark", "Method": "method", "Organization": "organization",
	"Language": "language", "License": "license",
}

// spelled are the labels whose signs are spelled in the IRI, because a slug would lose them and clash.
var spelled = map[string]string{
	"C++": "c-plus-plus", "C#": "c-sharp", "F#": "f-sharp", "CodeT5+": "codet5-plus", "Command R+": "command-r-plus",
	"HumanEval+": "humaneval-plus", "MBPP+": "mbpp-plus", "REINFORCE++": "reinforce-plus-plus",
}

// roots are the entries that may stand without skos:broader in files that hold a tree.
var roots = map[string][]string{
	"lexicon/architectures.ttl": {"neural network architecture"},
	"lexicon/datasets.ttl":      {"dataset"},
	"lexicon/hardware.ttl":      {"accelerator", "CPU", "GPU server", "supercomputer", "system on a chip"},
	"lexicon/languages.ttl":     {"natural language", "programming language"},
}

// node is an entity of the lexicon.
type node struct {
	file, iri, label string
	types, alts      []string
	wider            []string // skos:broader
	family           []string // :variantOf
	exact, generic   bool
}

func read(t *testing.T, f seeds.File) []rdf.Quad {
	t.Helper()
	format, ok := rdfio.FormatByPath(f.Name)
	if !ok {
		t.Fatalf("%s: no format of that name", f.Name)
	}
	r, err := rdfio.NewReader(strings.NewReader(f.Text), format, rdfio.ReaderOptions{File: f.Name})
	if err != nil {
		t.Fatal(err)
	}
	var all []rdf.Quad
	for q, err := range rdfio.Quads(r) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, q.Clone())
	}
	return all
}

// nodes reads the lexicon and reports statements of a form that no entry has.
func nodes(t *testing.T) map[string]*node {
	t.Helper()
	all := map[string]*node{}
	for _, f := range seeds.Lexicon() {
		for _, q := range read(t, f) {
			n := all[q.S.Value()]
			if n == nil {
				n = &node{file: f.Name, iri: q.S.Value()}
				all[n.iri] = n
			}
			if n.file != f.Name {
				t.Errorf("%s: %s is in %s already", f.Name, n.iri, n.file)
			}
			switch o := q.O.Value(); q.P.Value() {
			case rdf.RDFType:
				n.types = append(n.types, strings.TrimPrefix(o, ns))
			case rdf.RDFSLabel:
				if n.label != "" {
					t.Errorf("%s: %s has two labels, %q and %q", f.Name, n.iri, n.label, o)
				}
				n.label = o
			case alt:
				n.alts = append(n.alts, o)
			case broader:
				n.wider = append(n.wider, o)
			case ns + "variantOf":
				n.family = append(n.family, o)
			case ns + "matchCase":
				n.exact = o == "true"
			case ns + "generic":
				n.generic = o == "true"
			case ns + "developedBy", ns + "derivedFrom":
			default:
				t.Errorf("%s: %s: no entry of the lexicon says %s", f.Name, n.iri, q.P)
			}
		}
	}
	return all
}

// slug is the local name of a label: lower case, runs of anything but letters, digits and dots become one hyphen.
func slug(label string) string {
	if s, ok := spelled[label]; ok {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ToLower(label) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || r == '.' {
			b.WriteRune(r)
		} else if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// folded is what two spellings of one name share: their letters, digits and meaningful signs, in lower case.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || r == '+' || r == '#' || r == '*' {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// pieces is what spellings share that differ in case, spaces and hyphens alone: runs of letters and of digits, and
// meaningful signs, in lower case. BigBird and Big Bird have different pieces, Llama2 and LLaMA-2 have the same.
func pieces(name string) string {
	var b strings.Builder
	last := ' '
	for _, r := range strings.ToLower(name) {
		kind := ' '
		switch {
		case unicode.IsLetter(r):
			kind = 'a'
		case unicode.IsNumber(r):
			kind = '0'
		case r == '+' || r == '#' || r == '*' || r == '\'': // WMT'14
			kind = r
		}
		if kind != last {
			b.WriteByte(' ')
		}
		if last = kind; kind != ' ' {
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestEveryFileOfNamesParsesAndIsLarge(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, n := range nodes(t) {
		count[n.file]++
	}
	total := 0
	for _, f := range seeds.Lexicon() {
		total += count[f.Name]
		if count[f.Name] < 90 {
			t.Errorf("%s has %d entries", f.Name, count[f.Name])
		}
	}
	if total < 9000 {
		t.Errorf("the lexicon has %d entries, want about nine thousand or more", total)
	}
}

func TestEveryIRIIsItsClassAndTheSlugOfItsLabel(t *testing.T) {
	t.Parallel()
	for _, n := range nodes(t) {
		if n.label == "" || len(n.types) != 1 {
			t.Errorf("%s: %s has label %q and types %v, want one of each", n.file, n.iri, n.label, n.types)
			continue
		}
		if want := "urn:sett:" + namespaces[n.types[0]] + ":" + slug(n.label); n.iri != want {
			t.Errorf("%s: got %s for %q, want %s", n.file, n.iri, n.label, want)
		}
	}
}

func TestNoAliasOnlyRespellsAnotherName(t *testing.T) {
	t.Parallel()
	for _, n := range nodes(t) {
		seen := map[string]string{pieces(n.label): n.label}
		for _, a := range n.alts {
			if strings.TrimSpace(a) != a || folded(a) == "" {
				t.Errorf("%s: %q: alias %q", n.file, n.label, a)
			}
			if was, ok := seen[pieces(a)]; ok {
				t.Errorf("%s: %q: alias %q is %q in another spelling", n.file, n.label, a, was)
			}
			seen[pieces(a)] = a
		}
	}
}

func TestASharedNameHasAtMostOneOwnerWithoutMatchCase(t *testing.T) {
	t.Parallel()
	owners := map[string][]*node{}
	for _, n := range nodes(t) {
		for _, name := range append([]string{n.label}, n.alts...) {
			if of := owners[folded(name)]; !slices.Contains(of, n) {
				owners[folded(name)] = append(of, n)
			}
		}
	}
	for name, of := range owners {
		free := slices.DeleteFunc(slices.Clone(of), func(n *node) bool { return n.exact })
		if len(free) > 1 {
			t.Errorf("%q means %s and %s", name, free[0].iri, free[1].iri)
		}
	}
}

func TestTreesHaveNoCyclesAndEndInKnownRoots(t *testing.T) {
	t.Parallel()
	all := nodes(t)
	var climb func(n *node, path []string, up func(*node) []string)
	climb = func(n *node, path []string, up func(*node) []string) {
		if slices.Contains(path, n.iri) {
			t.Errorf("%s: a cycle: %s", n.file, strings.Join(append(path, n.iri), " → "))
			return
		}
		for _, iri := range up(n) {
			m := all[iri]
			if m == nil {
				t.Errorf("%s: %q points to %s, which is not in the lexicon", n.file, n.label, iri)
				continue
			}
			if m.file != n.file {
				t.Errorf("%s: %q points to %s of %s", n.file, n.label, iri, m.file)
			}
			climb(m, append(slices.Clone(path), n.iri), up)
		}
	}
	for _, n := range all {
		climb(n, nil, func(n *node) []string { return n.wider })
		climb(n, nil, func(n *node) []string { return n.family })
		if known, ok := roots[n.file]; ok && len(n.wider) == 0 && !slices.Contains(known, n.label) {
			t.Errorf("%s: %q has nothing broader and is no root", n.file, n.label)
		}
	}
}

func TestKnownPathsUpTheTrees(t *testing.T) {
	t.Parallel()
	all := nodes(t)
	for _, c := range []struct{ from, to string }{
		{"urn:sett:architecture:mamba-2", "urn:sett:architecture:state-space-model"},
		{"urn:sett:architecture:mamba2-transformer-hybrid", "urn:sett:architecture:state-space-model"},
		{"urn:sett:architecture:smooth-swiglu", "urn:sett:architecture:activation-function"},
		{"urn:sett:architecture:grouped-query-attention", "urn:sett:architecture:attention-mechanism"},
		{"urn:sett:hardware:nvidia-h100", "urn:sett:hardware:accelerator"},
		{"urn:sett:hardware:intel-gaudi2", "urn:sett:hardware:accelerator"},
		{"urn:sett:dataset:the-stack-v2", "urn:sett:dataset:code-corpus"},
		{"urn:sett:dataset:fineweb-edu", "urn:sett:dataset:common-crawl"},
		{"urn:sett:language:japanese", "urn:sett:language:natural-language"},
	} {
		seen := map[string]bool{}
		todo := []string{c.from}
		for len(todo) > 0 {
			n := all[todo[0]]
			todo = todo[1:]
			if n != nil && !seen[n.iri] {
				seen[n.iri] = true
				todo = append(todo, n.wider...)
			}
		}
		if !seen[c.to] {
			t.Errorf("nothing leads from %s to %s; above it: %v", c.from, c.to, slices.Sorted(maps.Keys(seen)))
		}
	}
}

func TestEveryClassAndPropertyInUseIsDeclared(t *testing.T) {
	t.Parallel()
	declared := map[string]string{}
	labels := map[string]bool{}
	quads := read(t, seeds.Ontology())
	for _, q := range quads {
		switch q.P.Value() {
		case rdf.RDFType:
			declared[q.S.Value()] = q.O.Value()
		case rdf.RDFSLabel:
			labels[q.S.Value()] = true
		}
	}
	for s := range declared {
		if !labels[s] {
			t.Errorf("%s has no label", s)
		}
	}
	own := func(where, iri string) {
		if strings.HasPrefix(iri, ns) && declared[iri] == "" {
			t.Errorf("%s uses %s, which the ontology does not declare", where, iri)
		}
	}
	for _, q := range quads {
		for _, term := range []rdf.Term{q.S, q.P, q.O} {
			own("the ontology", term.Value())
		}
	}
	for _, f := range seeds.Lexicon() {
		for _, q := range read(t, f) {
			if declared[q.P.Value()] == "" && q.P.Value() != rdf.RDFType {
				t.Errorf("%s uses %s, which the ontology does not declare", f.Name, q.P)
			}
			own(f.Name, q.O.Value())
		}
	}
	for _, name := range strings.Fields(`Paper Model Dataset Architecture Component Hardware Benchmark Method Organization
		Language License Claim authorCount upvotes commentCount introduces mentions architecture parameters
		activeParameters trainingTokens minTrainingTokens maxTrainingTokens trainedOn trainedWith hardwareCount gpuHours
		costUSD contextLength outperforms comparableTo evaluatedOn supportsLanguage license developedBy availableAt
		derivedFrom variantOf datasetTokens amountUSD quote start end rule confidence`) {
		if declared[ns+name] == "" {
			t.Errorf("the ontology does not declare :%s", name)
		}
	}
}

func TestOntologyDeclaresThePrefixesInUse(t *testing.T) {
	t.Parallel()
	format, _ := rdfio.FormatByName("ttl")
	var p rdf.Prefixes
	f := seeds.Ontology()
	r, err := rdfio.NewReader(strings.NewReader(f.Text), format, rdfio.ReaderOptions{File: f.Name, Prefixes: &p})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range rdfio.Quads(r) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for prefix, want := range map[string]string{
		"": ns, "paper": "urn:sett:paper:", "model": "urn:sett:model:", "dataset": "urn:sett:dataset:",
		"arch": "urn:sett:architecture:", "hw": "urn:sett:hardware:", "bench": "urn:sett:benchmark:",
		"method": "urn:sett:method:", "org": "urn:sett:organization:", "lang": "urn:sett:language:",
		"license": "urn:sett:license:", "dcterms": rdf.DCTermsNS, "rdfs": rdf.RDFSNS, "skos": rdf.SKOSNS,
		"xsd": rdf.XSDNS, "rdf": rdf.RDFNS, "owl": rdf.OWLNS,
	} {
		if got, _ := p.Namespace(prefix); got != want {
			t.Errorf("prefix %q: got %q, want %q", prefix, got, want)
		}
	}
}

func TestPapersAreTenLinesWithCountsAndDates(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSuffix(seeds.Papers().Text, "\n"), "\n")
	if len(lines) != 10 {
		t.Fatalf("got %d lines, want 10", len(lines))
	}
	for i, line := range lines {
		first, _, _ := strings.Cut(line, " ")
		if first != "-" && strings.Trim(first, "0123456789") != "" {
			t.Errorf("line %d begins with %q, want a count of upvotes or -", i+1, first)
		}
		if !strings.Contains(line, " authors · ") {
			t.Errorf("line %d does not end in authors and a date", i+1)
		}
	}
}

func ExampleLexicon() {
	for _, f := range seeds.Lexicon() {
		fmt.Println(f.Name)
	}
	// Output:
	// lexicon/architectures.ttl
	// lexicon/benchmarks.ttl
	// lexicon/datasets.ttl
	// lexicon/hardware.ttl
	// lexicon/languages.ttl
	// lexicon/licenses.ttl
	// lexicon/methods.ttl
	// lexicon/models.ttl
	// lexicon/organizations.ttl
}
