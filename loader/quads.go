package loader

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"sett/graph/rdf"
	"sett/loader/document"
	"sett/loader/extract"
	"sett/loader/lexicon"
)

const ns = lexicon.NS

// terms that every document needs.
var (
	typeTerm     = rdf.NewIRI(rdf.RDFType)
	labelTerm    = rdf.NewIRI(rdf.RDFSLabel)
	altTerm      = rdf.NewIRI(rdf.SKOSNS + "altLabel")
	broaderTerm  = rdf.NewIRI(rdf.SKOSNS + "broader")
	reifiesTerm  = rdf.NewIRI(rdf.RDFReifies)
	titleTerm    = rdf.NewIRI(rdf.DCTermsNS + "title")
	issuedTerm   = rdf.NewIRI(rdf.DCTermsNS + "issued")
	paperClass   = rdf.NewIRI(ns + "Paper")
	claimClass   = rdf.NewIRI(ns + "Claim")
	partClass    = rdf.NewIRI(ns + "Component")
	quoteTerm    = rdf.NewIRI(ns + "quote")
	startTerm    = rdf.NewIRI(ns + "start")
	endTerm      = rdf.NewIRI(ns + "end")
	ruleTerm     = rdf.NewIRI(ns + "rule")
	confidence   = rdf.NewIRI(ns + "confidence")
	classTerms   = classTable()
	propertyIRIs = propertyTable()
)

func classTable() [lexicon.License + 1]rdf.Term {
	var t [lexicon.License + 1]rdf.Term
	for c := lexicon.Model; c <= lexicon.License; c++ {
		t[c] = rdf.NewIRI(c.IRI())
	}
	return t
}

// propertyTable holds the terms of the properties of ONTOLOGY that documents state.
func propertyTable() map[string]rdf.Term {
	t := make(map[string]rdf.Term)
	for _, p := range strings.Fields(`authorCount upvotes commentCount introduces mentions architecture parameters activeParameters
		trainingTokens minTrainingTokens maxTrainingTokens trainedOn trainedWith hardwareCount gpuHours costUSD contextLength outperforms
		comparableTo evaluatedOn supportsLanguage license developedBy availableAt derivedFrom variantOf datasetTokens amountUSD`) {
		t[p] = rdf.NewIRI(ns + p)
	}
	return t
}

func property(name string) rdf.Term {
	if t, ok := propertyIRIs[name]; ok {
		return t
	}
	return rdf.NewIRI(ns + name)
}

// PaperIRI returns the IRI of a paper with a title; see the package comment.
func PaperIRI(title string) string {
	const whole, cut = 72, 60
	slug := extract.Slug(title)
	if slug == "" || len(slug) > whole {
		sum := sha256.Sum256([]byte(strings.Join(strings.Fields(title), " ")))
		hash := hex.EncodeToString(sum[:4])
		if slug == "" {
			return "urn:sett:paper:" + hash
		}
		end := strings.LastIndexByte(slug[:cut+1], '-')
		if end < cut/2 {
			end = cut
			for end > 0 && slug[end]&0xC0 == 0x80 {
				end--
			}
		}
		slug = strings.TrimRight(slug[:end], ".-") + "-" + hash
	}
	return "urn:sett:paper:" + slug
}

// builder turns what a document says into quads.
type builder struct {
	quads    []rdf.Quad
	names    *lexicon.Lexicon
	evidence bool
	graph    rdf.Term
	claim    []byte
	terms    []rdf.Term      // of the entities of the document
	meta     map[string]bool // entities of facts already described
	stated   []string        // properties of the document's own facts
	unlisted []string        // names in them that the lexicon lacks
}

// build appends the quads of a document to out and returns it.
func (b *builder) build(out []rdf.Quad, doc *document.Document, r extract.Result) []rdf.Quad {
	b.quads = out
	b.graph = rdf.NewIRI(PaperIRI(doc.Title))
	paper := b.graph
	b.add(paper, typeTerm, paperClass)
	b.add(paper, titleTerm, rdf.NewString(doc.Title))
	b.add(paper, labelTerm, rdf.NewString(doc.Title))
	if d, ok := dateTerm(doc.Date); ok {
		b.add(paper, issuedTerm, d)
	}
	b.count("authorCount", doc.AuthorCount)
	b.count("upvotes", doc.Upvotes)
	b.count("commentCount", doc.Comments)

	b.terms = append(b.terms[:0], make([]rdf.Term, len(r.Entities))...)
	terms := b.terms
	for i := range r.Entities {
		e := &r.Entities[i]
		terms[i] = rdf.NewIRI(e.IRI)
		if !e.Used {
			continue
		}
		b.add(terms[i], typeTerm, classTerms[e.Class])
		if e.Component {
			b.add(terms[i], typeTerm, partClass)
		}
		b.add(terms[i], labelTerm, rdf.NewString(plainLabel.Replace(e.Label)))
		for _, a := range e.Alts {
			b.add(terms[i], altTerm, rdf.NewString(a))
		}
		for _, x := range e.Broader {
			b.add(terms[i], broaderTerm, rdf.NewIRI(x))
		}
	}
	whole := r.Text.Raw
	for i := range r.Statements {
		s := &r.Statements[i]
		if s.Property == "" {
			continue
		}
		subject, object := paper, s.Value
		if s.Subject >= 0 {
			subject = terms[s.Subject]
		}
		if s.Object >= 0 {
			object = terms[s.Object]
		}
		b.state(subject, property(s.Property), object)
		if b.evidence {
			b.reify(subject, property(s.Property), object, whole[s.Start:s.End], r.Text.RuneOffset(s.Start), r.Text.RuneOffset(s.End), s.Rule, s.Confidence)
		}
	}
	b.facts(doc, r)
	return b.quads
}

// plainLabel writes hyphens and spaces in a label as everybody types them: its entity is the same in other papers.
var plainLabel = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u00a0", " ", "\u202f", " ", "\u2009", " ")

func (b *builder) add(s, p, o rdf.Term) {
	b.quads = append(b.quads, rdf.Quad{S: s, P: p, O: o, G: b.graph})
}

func (b *builder) state(s, p, o rdf.Term) { b.add(s, p, o) }

func (b *builder) count(name string, n int) {
	if n >= 0 {
		b.add(b.graph, propertyIRIs[name], rdf.NewInteger(int64(n)))
	}
}

// facts adds what the document's format itself states.
func (b *builder) facts(doc *document.Document, r extract.Result) {
	b.stated, b.unlisted = b.stated[:0], b.unlisted[:0]
	if len(doc.Meta) == 0 {
		return
	}
	if b.meta == nil {
		b.meta = make(map[string]bool)
	}
	clear(b.meta)
	for i := range r.Entities {
		if r.Entities[i].Used {
			b.meta[r.Entities[i].IRI] = true
		}
	}
	for i := range doc.Meta {
		f := &doc.Meta[i]
		subject, object := b.graph, f.Value
		if !f.Subject.IsZero() {
			subject = b.entity(f.Subject)
		}
		if !f.Object.IsZero() {
			object = b.entity(f.Object)
		}
		if object.IsZero() || subject.IsZero() {
			continue
		}
		b.state(subject, property(f.Property), object)
		b.stated = append(b.stated, f.Property)
		if b.evidence && f.Rule != "" {
			quote, start, end := f.Quote, -1, -1
			if f.End > f.Start && f.End <= len(r.Text.Raw) {
				start, end = r.Text.RuneOffset(f.Start), r.Text.RuneOffset(f.End)
				if quote == "" {
					quote = r.Text.Raw[f.Start:f.End]
				}
			}
			b.reify(subject, property(f.Property), object, quote, start, end, f.Rule, f.Confidence)
		}
	}
}

// entity describes an entity that a fact names, once a document.
func (b *builder) entity(e document.Entity) rdf.Term {
	class, ok := lexicon.ClassByName(e.Class)
	if class == lexicon.Model {
		e.Name = b.names.Sized(e.Name)
	}
	slug := extract.Slug(e.Name)
	if !ok || slug == "" {
		return rdf.Term{}
	}
	iri, label, component := class.Namespace()+slug, e.Name, false
	known, isKnown := b.names.Named(class, e.Name)
	if isKnown {
		iri, label, component = known.IRI, known.Label, known.Component
	}
	t := rdf.NewIRI(iri)
	if b.meta[iri] {
		return t
	}
	b.meta[iri] = true
	b.add(t, typeTerm, classTerms[class])
	if component {
		b.add(t, typeTerm, partClass)
	}
	b.add(t, labelTerm, rdf.NewString(label))
	if e.Name != label {
		b.add(t, altTerm, rdf.NewString(e.Name))
	}
	if !isKnown {
		b.unlisted = append(b.unlisted, label)
	}
	return t
}

// reify adds the claim of a statement (ONTOLOGY: Evidence). Offsets below zero are left out.
func (b *builder) reify(s, p, o rdf.Term, quote string, start, end int, rule string, sure float64) {
	b.claim = append(b.claim[:0], b.graph.Value()...)
	b.claim = append(b.claim, 0)
	b.claim = s.Append(b.claim)
	b.claim = append(b.claim, ' ')
	b.claim = p.Append(b.claim)
	b.claim = append(b.claim, ' ')
	b.claim = o.Append(b.claim)
	b.claim = append(b.claim, 0)
	b.claim = strconv.AppendInt(b.claim, int64(start), 10)
	sum := sha256.Sum256(b.claim)
	const prefix = "urn:sett:claim:"
	var name [len(prefix) + 32]byte
	copy(name[:], prefix)
	hex.Encode(name[len(prefix):], sum[:16])
	claim := rdf.NewIRI(string(name[:]))
	b.add(claim, reifiesTerm, rdf.NewTripleTerm(s, p, o))
	b.add(claim, typeTerm, claimClass)
	b.add(claim, quoteTerm, rdf.NewString(quote))
	if start >= 0 {
		b.add(claim, startTerm, rdf.NewInteger(int64(start)))
		b.add(claim, endTerm, rdf.NewInteger(int64(end)))
	}
	b.add(claim, ruleTerm, rdf.NewString(rule))
	b.add(claim, confidence, confidenceTerm(sure))
}

// confidenceTerm returns an xsd:decimal of two digits.
func confidenceTerm(f float64) rdf.Term {
	n := int(f*100 + 0.5)
	switch {
	case n <= 0:
		return rdf.NewLiteral("0.0", rdf.XSDDecimal)
	case n >= 100:
		return rdf.NewLiteral("1.0", rdf.XSDDecimal)
	case n%10 == 0:
		return rdf.NewLiteral("0."+strconv.Itoa(n/10), rdf.XSDDecimal)
	case n < 10:
		return rdf.NewLiteral("0.0"+strconv.Itoa(n), rdf.XSDDecimal)
	}
	return rdf.NewLiteral("0."+strconv.Itoa(n), rdf.XSDDecimal)
}

// dateTerm returns an xsd:date, or an xsd:gYear where only the year is known.
func dateTerm(d document.Date) (rdf.Term, bool) {
	switch {
	case d.Year == 0:
		return rdf.Term{}, false
	case d.Month == 0 || d.Day == 0:
		return rdf.NewLiteral(fmt.Sprintf("%04d", d.Year), rdf.XSDGYear), true
	}
	return rdf.NewLiteral(fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day), rdf.XSDDate), true
}
