package extract

import (
	"strings"

	"sett/graph/rdf"
	"sett/loader/document"
	"sett/loader/lexicon"
	"sett/loader/text"
)

// Extractor holds what all documents share: vocabulary, names and phrases. It is read-only once made; each goroutine
// takes a [Worker] of its own.
type Extractor struct {
	lex        *lexicon.Lexicon
	vocabulary *text.Vocabulary
	names      *text.Trie
	phrases    *text.Trie
	topics     *text.Trie
	traits     []trait         // by word
	classes    []lexicon.Class // by word
}

// New compiles a lexicon.
func New(lex *lexicon.Lexicon) *Extractor {
	e := &Extractor{lex: lex, vocabulary: text.NewVocabulary(), phrases: text.NewTrie()}
	for _, t := range vocabularyTable {
		for _, w := range strings.Fields(t.words) {
			id := e.vocabulary.Add(w)
			for int(id) >= len(e.traits) {
				e.traits = append(e.traits, 0)
			}
			e.traits[id] |= t.trait
		}
	}
	for _, c := range classNouns {
		for _, w := range strings.Fields(c.words) {
			id := e.vocabulary.Add(w)
			for int(id) >= len(e.classes) {
				e.classes = append(e.classes, 0)
			}
			e.classes[id] = c.class
		}
	}
	for _, p := range phraseTable {
		for _, form := range strings.Split(p.forms, "|") {
			e.phrases.Add(e.vocabulary.IDs(strings.TrimSpace(form)), int32(p.cue))
		}
	}
	e.addTopics()
	e.names = lex.Trie(e.vocabulary)
	return e
}

func (e *Extractor) trait(id text.WordID) trait {
	if int(id) < len(e.traits) {
		return e.traits[id]
	}
	return 0
}

func (e *Extractor) class(id text.WordID) lexicon.Class {
	if int(id) < len(e.classes) {
		return e.classes[id]
	}
	return lexicon.None
}

// Paper stands for the paper itself where a statement's subject or object is asked for.
const Paper = -1

// Entity is a node that a document names.
type Entity struct {
	Class      lexicon.Class
	IRI        string
	Label      string   // canonical
	Alts       []string // other surface forms met, in order of appearance
	Component  bool
	Known      bool // in the lexicon
	Introduced bool
	Mentioned  bool
	Used       bool     // some statement names it
	Broader    []string // IRIs of wider architectures, for a hybrid made of several

	base   int // the family of a sized or flavoured model, -1 for none
	sized  bool
	params text.Decimal // by its name
	active text.Decimal
	start  int // first byte at which it is met
}

// Statement is one extracted fact.
type Statement struct {
	Subject  int // index of an entity, or Paper
	Property string
	Object   int      // index of an entity, or Paper if Value holds
	Value    rdf.Term // literal or IRI, zero if Object holds

	Start, End int // bytes of the evidence in the document's whole text
	Rule       string
	Confidence float64
}

// Result is what one document says. It is valid until the worker's next document.
type Result struct {
	Entities   []Entity
	Statements []Statement
	Text       *text.Text
}

// Listed reports whether the lexicon has entity i, or the family of which it is a size or a flavour.
func (r *Result) Listed(i int) bool {
	for ; i >= 0; i = r.Entities[i].base {
		if r.Entities[i].Known {
			return true
		}
	}
	return false
}

// Worker extracts from one document at a time.
type Worker struct{ w worker }

// worker is the state of one document; its slices are reused.
type worker struct {
	e       *Extractor
	doc     *document.Document
	text    text.Text
	word    []word
	wordAt  []int32 // by piece: the coarse word it belongs to, or the next one
	title   string  // the title in small letters
	small   string  // the text in small letters
	domain  int     // words that only texts on machine learning have
	matches []text.Match
	mention []mention
	entity  []Entity
	byIRI   map[string]int
	inList  []mention // names told by the list that they stand in; their entity is a class yet
	local   []localName
	localAt map[string][]int // first word of a local name → indexes of local
	cue     []cue
	// redefined holds short names that this document gives another meaning: "Sparse Access Memory (SAM)".
	redefined map[string]bool
	out       []Statement
	seen      map[statementKey]int
	main      int // the model (or else dataset …) that the paper is about, or Paper
	mainKind  lexicon.Class
	method    int // the method or architecture that the paper introduces, if it introduces one only, or Paper
	// sizedLast is the model right before a size in sentence sizedIn.
	sizedIn, sizedLast int
	focus              int // the model last spoken of
	ownFrom            int // the first sentence in which the authors speak of their own work, -1 before it
}

// NewWorker returns a worker.
func (e *Extractor) NewWorker() *Worker {
	return &Worker{worker{
		e: e, byIRI: make(map[string]int), localAt: make(map[string][]int), seen: make(map[statementKey]int), redefined: make(map[string]bool),
	}}
}

// Document extracts the statements of a document.
func (k *Worker) Document(doc *document.Document) Result {
	w := &k.w
	w.doc = doc
	w.entity, w.mention, w.local, w.out, w.cue = w.entity[:0], w.mention[:0], w.local[:0], w.out[:0], w.cue[:0]
	clear(w.byIRI)
	clear(w.localAt)
	clear(w.redefined)
	clear(w.seen)
	w.main, w.focus, w.method, w.mainKind = Paper, Paper, Paper, lexicon.None
	w.sizedIn, w.ownFrom = -1, -1
	w.title = strings.ToLower(doc.Title)
	w.text.Reset(doc.Whole(), w.e.vocabulary)
	w.words()
	w.index()
	w.discover()
	w.link()
	w.testedOn()
	w.extendLists()
	w.findCues()
	w.settleMain()
	w.members()
	w.rivals()
	w.relate()
	w.finish()
	return Result{Entities: w.entity, Statements: w.out, Text: &w.text}
}

// index notes for each piece its coarse word.
func (w *worker) index() {
	n := len(w.text.Pieces) + 1
	if cap(w.wordAt) < n {
		w.wordAt = make([]int32, n, 2*n)
	}
	w.wordAt = w.wordAt[:n]
	j := 0
	for i := range w.wordAt {
		for j < len(w.word) && i >= w.word[j].to {
			j++
		}
		w.wordAt[i] = int32(j)
	}
}

// span returns the text of words i up to, not including, j.
func (w *worker) span(i, j int) string {
	if i >= j || j > len(w.word) {
		return ""
	}
	return w.text.Span(w.word[i].from, w.word[j-1].to)
}

// is reports whether word i is one piece that reads s, which is in small letters.
func (w *worker) is(i int, s string) bool {
	if uint(i) >= uint(len(w.word)) {
		return false
	}
	c := &w.word[i]
	return c.single && c.key == s
}

// Slug returns the local name of a label: small letters, runs of anything but letters, digits and points become one
// hyphen (ONTOLOGY: Names).
func Slug(label string) string {
	b := make([]byte, 0, len(label))
	gap := false
	for _, r := range label {
		switch {
		case r < 0x80 && ('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.'):
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r >= 0x80 && isLetterRune(r):
			r = toLower(r)
		default:
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, '-')
		}
		gap = false
		b = append(b, string(r)...)
	}
	return strings.Trim(string(b), ".-")
}
