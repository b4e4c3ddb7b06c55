package literature

import (
	"math"
	"math/rand/v2"
	"strconv"

	"sett/graph/rdf"
)

// NS is the namespace of the classes and properties, the one that the loader uses.
const NS = "urn:sett:ns:"

// Options says how large a graph is made.
type Options struct {
	Papers int    // number of papers; about 27 triples each
	Seed   uint64 // another seed, another graph
	Graphs bool   // each paper's quads in a graph of its own, named like the paper; else all in the default graph
}

// Sizes of the parts that do not grow with the number of papers, or grow more slowly.
const (
	venues        = 120
	organizations = 200
	hardware      = 24
	architectures = 64
	languages     = 40
)

var (
	rdfType     = rdf.NewIRI(rdf.RDFType)
	label       = rdf.NewIRI(rdf.RDFSLabel)
	broader     = rdf.NewIRI(rdf.SKOSNS + "broader")
	title       = rdf.NewIRI(rdf.DCTermsNS + "title")
	issued      = rdf.NewIRI(rdf.DCTermsNS + "issued")
	creator     = rdf.NewIRI(rdf.DCTermsNS + "creator")
	isPartOf    = rdf.NewIRI(rdf.DCTermsNS + "isPartOf")
	cites       = rdf.NewIRI(NS + "cites")
	introduces  = rdf.NewIRI(NS + "introduces")
	mentions    = rdf.NewIRI(NS + "mentions")
	authorCount = rdf.NewIRI(NS + "authorCount")
	upvotes     = rdf.NewIRI(NS + "upvotes")
	parameters  = rdf.NewIRI(NS + "parameters")
	tokens      = rdf.NewIRI(NS + "trainingTokens")
	trainedOn   = rdf.NewIRI(NS + "trainedOn")
	trainedWith = rdf.NewIRI(NS + "trainedWith")
	archOf      = rdf.NewIRI(NS + "architecture")
	developedBy = rdf.NewIRI(NS + "developedBy")
	supports    = rdf.NewIRI(NS + "supportsLanguage")
	gpuHours    = rdf.NewIRI(NS + "gpuHours")
)

func class(name string) rdf.Term { return rdf.NewIRI(NS + name) }

func node(kind string, i int) rdf.Term {
	return rdf.NewIRI("urn:sett:" + kind + ":" + kind + "-" + strconv.Itoa(i))
}

// words make up titles; a title is six of them.
var words = []string{
	"scaling", "sparse", "attention", "memory", "retrieval", "alignment", "reasoning", "tokens", "mixture", "experts",
	"state", "space", "long", "context", "efficient", "training", "language", "models", "code", "vision", "agents",
	"data", "quality", "curriculum", "distillation", "quantization", "evaluation", "benchmark", "multilingual", "speech",
	"robust", "calibration", "preference", "optimization", "graphs", "knowledge", "editing", "pruning", "adapters",
	"inference", "decoding", "speculative", "embedding", "routing", "gradient", "stability", "precision", "hardware",
}

// Generate calls emit with every quad of the graph, trees first, then paper after paper; it stops at the first error
// of emit and returns it. The quads are the same for the same options.
func Generate(opt Options, emit func(rdf.Quad) error) error {
	g := &generator{opt: opt, emit: emit}
	g.trees()
	for i := range opt.Papers {
		g.paper(i)
		if g.err != nil {
			return g.err
		}
	}
	return g.err
}

type generator struct {
	opt   Options
	emit  func(rdf.Quad) error
	graph rdf.Term
	err   error
}

func (g *generator) add(s, p, o rdf.Term) {
	if g.err == nil {
		g.err = g.emit(rdf.Quad{S: s, P: p, O: o, G: g.graph})
	}
}

// trees emits what the papers point to: each with a type and a label, architectures and hardware below one another.
func (g *generator) trees() {
	for _, t := range []struct {
		kind, class string
		n, fanout   int // fanout 0: no tree
	}{
		{"venue", "Venue", venues, 0},
		{"organization", "Organization", organizations, 0},
		{"hardware", "Hardware", hardware, 4},
		{"architecture", "Architecture", architectures, 3},
		{"language", "Language", languages, 0},
		{"dataset", "Dataset", g.datasets(), 6},
		{"author", "Person", g.authors(), 0},
	} {
		c := class(t.class)
		for i := range t.n {
			n := node(t.kind, i)
			g.add(n, rdfType, c)
			g.add(n, label, rdf.NewString(t.kind+" "+strconv.Itoa(i)))
			if t.fanout > 0 && i > 0 {
				g.add(n, broader, node(t.kind, (i-1)/t.fanout))
			}
		}
	}
}

func (g *generator) datasets() int { return 50 + g.opt.Papers/20 }
func (g *generator) authors() int  { return 100 + g.opt.Papers/2 }

// rng returns the source of everything about paper i, apart by purpose.
func (g *generator) rng(i int, purpose uint64) *rand.Rand {
	return rand.New(rand.NewPCG(g.opt.Seed^purpose<<56, uint64(i)))
}

// skewed returns an index below n, small ones far more often: a density that falls with the power alpha.
func skewed(r *rand.Rand, n int, alpha float64) int {
	return min(n-1, int(float64(n)*math.Pow(r.Float64(), alpha)))
}

// ownCitations are the papers that paper i found by itself, all before it.
func (g *generator) ownCitations(i int) []int {
	if i == 0 {
		return nil
	}
	r := g.rng(i, 1)
	out := make([]int, 0, 8)
	for range 1 + r.IntN(7) {
		if r.IntN(2) == 0 { // a recent one
			out = append(out, max(0, i-1-skewed(r, min(i, 1000), 2)))
		} else { // a famous one
			out = append(out, skewed(r, i, 3))
		}
	}
	return out
}

// citations are a paper's own and some of those that the cited papers cite, which closes triangles.
func (g *generator) citations(i int, r *rand.Rand) map[int]bool {
	all := map[int]bool{}
	for _, j := range g.ownCitations(i) {
		all[j] = true
		for _, k := range g.ownCitations(j) {
			if r.IntN(4) == 0 {
				all[k] = true
			}
		}
	}
	return all
}

func (g *generator) paper(i int) {
	r := g.rng(i, 2)
	p := node("paper", i)
	if g.opt.Graphs {
		g.graph = p
	}
	g.add(p, rdfType, class("Paper"))
	name := make([]byte, 0, 64)
	for w := range 6 {
		if w > 0 {
			name = append(name, ' ')
		}
		name = append(name, words[r.IntN(len(words))]...)
	}
	name = strconv.AppendInt(append(name, ' '), int64(i), 10)
	g.add(p, title, rdf.NewString(string(name)))
	day := i * 5000 / max(1, g.opt.Papers) // papers come in the order of their dates, over some 14 years
	g.add(p, issued, rdf.NewLiteral(date(day), rdf.XSDDate))
	g.add(p, isPartOf, node("venue", skewed(r, venues, 2)))
	g.add(p, upvotes, rdf.NewInteger(int64(skewed(r, 1000, 4))))

	authors := 1 + skewed(r, 12, 2)
	g.add(p, authorCount, rdf.NewInteger(int64(authors)))
	for range authors {
		g.add(p, creator, node("author", skewed(r, g.authors(), 1.5)))
	}
	cited := g.citations(i, r)
	for _, j := range sortedKeys(cited) {
		g.add(p, cites, node("paper", j))
	}
	for range 1 + r.IntN(3) {
		g.add(p, mentions, node("architecture", skewed(r, architectures, 1.5)))
		g.add(p, mentions, node("dataset", skewed(r, g.datasets(), 2)))
	}
	if i%3 == 0 {
		g.model(i/3, p, r)
	}
}

func (g *generator) model(i int, paper rdf.Term, r *rand.Rand) {
	m := node("model", i)
	billions := 1 << r.IntN(8)
	g.add(paper, introduces, m)
	g.add(m, rdfType, class("Model"))
	g.add(m, label, rdf.NewString("model "+strconv.Itoa(i)))
	g.add(m, parameters, rdf.NewInteger(int64(billions)*1_000_000_000))
	g.add(m, tokens, rdf.NewInteger(int64(1+r.IntN(150))*100_000_000_000))
	g.add(m, archOf, node("architecture", skewed(r, architectures, 2)))
	for range 1 + r.IntN(3) {
		g.add(m, trainedOn, node("dataset", skewed(r, g.datasets(), 2)))
	}
	g.add(m, trainedWith, node("hardware", skewed(r, hardware, 1.5)))
	g.add(m, gpuHours, rdf.NewLiteral(strconv.Itoa(100*(1+r.IntN(10000)))+".5", rdf.XSDDecimal))
	g.add(m, developedBy, node("organization", skewed(r, organizations, 2)))
	g.add(m, supports, node("language", skewed(r, languages, 2)))
}
