package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"sett/graph/rdf"
	"sett/loader/text"
)

// NS is the namespace of the ontology's classes and properties.
const NS = "urn:sett:ns:"

// Class is a class of entities.
type Class uint8

const (
	None Class = iota
	Model
	Dataset
	Architecture
	Hardware
	Benchmark
	Method
	Organization
	Language
	License
)

// classes holds each class's local name and the namespace of its entities.
var classes = [...]struct{ name, namespace string }{
	{"", ""}, {"Model", "model"}, {"Dataset", "dataset"}, {"Architecture", "architecture"}, {"Hardware", "hardware"},
	{"Benchmark", "benchmark"}, {"Method", "method"}, {"Organization", "organization"}, {"Language", "language"},
	{"License", "license"},
}

// String returns the local name of the class.
func (c Class) String() string { return classes[c].name }

// IRI returns the class's IRI.
func (c Class) IRI() string { return NS + classes[c].name }

// Namespace returns what the IRIs of the class's entities begin with.
func (c Class) Namespace() string { return "urn:sett:" + classes[c].namespace + ":" }

// ClassByName returns the class of a local name; Component counts as Architecture.
func ClassByName(name string) (Class, bool) {
	if name == "Component" {
		return Architecture, true
	}
	for c := Model; c <= License; c++ {
		if classes[c].name == name {
			return c, true
		}
	}
	return None, false
}

// Entry is an entity of the lexicon.
type Entry struct {
	Class     Class
	IRI       string
	Label     string
	Component bool // of class :Component, below :Architecture
	Generic   bool // a kind of things, not a name (:generic)
	MatchCase bool // also an ordinary word: exact case and evidence wanted (:matchCase)
}

// Form is one spelling of an entry.
type Form struct {
	Entry int32
	Text  string
	Case  CaseRule
	Joint bool // its pieces must not be parted by spaces: T5, C4, o1
	Whole bool // no word that begins with it and a hyphen names it: Google-proof, Meta-analysis
}

// longWord is the length in bytes from which an architecture's name of one word is written in small letters too.
const longWord = 8

// Lexicon is a set of entries. It is read-only once parsed.
type Lexicon struct {
	Entries []Entry
	Forms   []Form
	byIRI   map[string]int32
	// spellings holds the forms as written, by entry.
	spellings map[int32][]string

	named  sync.Once
	byName map[className]int32 // see Named
}

// Parse reads a lexicon from quads of any graphs. Subjects without a known class are passed over, so that the ontology
// itself may be among them; a known class without a label is an error.
func Parse(quads []rdf.Quad) (*Lexicon, error) {
	l := &Lexicon{byIRI: make(map[string]int32)}
	for _, q := range quads {
		if q.P.Value() != rdf.RDFType || !strings.HasPrefix(q.O.Value(), NS) || !q.S.IsIRI() {
			continue
		}
		name := q.O.Value()[len(NS):]
		class, ok := ClassByName(name)
		if !ok {
			continue
		}
		i, seen := l.byIRI[q.S.Value()]
		if !seen {
			i = int32(len(l.Entries))
			l.byIRI[q.S.Value()] = i
			l.Entries = append(l.Entries, Entry{Class: class, IRI: q.S.Value()})
		}
		if name == "Component" {
			l.Entries[i].Component = true
		}
	}
	for _, q := range quads {
		i, ok := l.byIRI[q.S.Value()]
		if !ok || !q.O.IsLiteral() {
			continue
		}
		switch q.P.Value() {
		case NS + "generic":
			l.Entries[i].Generic = q.O.Value() == "true"
		case NS + "matchCase":
			l.Entries[i].MatchCase = q.O.Value() == "true"
		}
	}
	for _, q := range quads {
		i, ok := l.byIRI[q.S.Value()]
		if !ok || !q.O.IsLiteral() {
			continue
		}
		switch q.P.Value() {
		case rdf.RDFSLabel:
			if l.Entries[i].Label == "" {
				l.Entries[i].Label = q.O.Value()
			}
			l.add(i, q.O.Value())
		case rdf.SKOSNS + "altLabel":
			l.add(i, q.O.Value())
		}
	}
	for _, e := range l.Entries {
		if e.Label == "" {
			return nil, fmt.Errorf("lexicon: <%s> is a :%s without rdfs:label", e.IRI, e.Class)
		}
	}
	return l, nil
}

func (l *Lexicon) add(entry int32, form string) {
	form = strings.Join(strings.Fields(form), " ")
	if form == "" {
		return
	}
	if l.spellings == nil {
		l.spellings = make(map[int32][]string)
	}
	l.spellings[entry] = append(l.spellings[entry], form)
	f := newForm(entry, form)
	if l.Entries[entry].MatchCase {
		f.Case = SameCase
	}
	f.Whole = l.Entries[entry].Class == Organization
	if l.Entries[entry].Class == Architecture && f.Case == SameCase && !l.Entries[entry].MatchCase && len(form) >= longWord && camel(form) {
		f.Case = AnyCase // transformers
	}
	l.Forms = append(l.Forms, f)
	if l.Entries[entry].MatchCase {
		return
	}
	// Common Crawl is also CommonCrawl.
	if joined := strings.ReplaceAll(form, " ", ""); joined != form && camel(form) {
		l.Forms = append(l.Forms, newForm(entry, joined))
	}
	written := []string{form}
	// U-Net is also UNet, TAT-QA also TATQA.
	if joined := joinHyphens(form); joined != form {
		l.Forms = append(l.Forms, newForm(entry, joined))
		written = append(written, joined)
	}
	// Hardware and architectures are counted: H100s, Transformers, UNets.
	if c := l.Entries[entry].Class; c == Hardware || c == Architecture {
		for _, w := range written {
			if !strings.HasSuffix(w, "s") {
				plural := newForm(entry, w+"s")
				if w == form && f.Case == AnyCase {
					plural.Case = AnyCase
				}
				l.Forms = append(l.Forms, plural)
			}
		}
	}
}

// Lookup returns the entry of an IRI.
func (l *Lexicon) Lookup(iri string) (int32, bool) {
	i, ok := l.byIRI[iri]
	return i, ok
}

// FormsOf returns the spellings of an entry.
func (l *Lexicon) FormsOf(entry int32) []string {
	return l.spellings[entry]
}

// Trie compiles the forms; its values are indexes of Forms.
func (l *Lexicon) Trie(v *text.Vocabulary) *text.Trie {
	t := text.NewTrie()
	seen := make(map[string]bool)
	for i, f := range l.Forms {
		key := fmt.Sprint(f.Entry, "|", f.Text)
		if seen[key] {
			continue
		}
		seen[key] = true
		t.Add(v.IDs(f.Text), int32(i))
	}
	return t
}

// Labels returns the canonical labels, sorted; for completion and for tests.
func (l *Lexicon) Labels() []string {
	out := make([]string, len(l.Entries))
	for i, e := range l.Entries {
		out[i] = e.Label
	}
	slices.Sort(out)
	return out
}
