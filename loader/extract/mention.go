package extract

import (
	"strings"
	"unicode"

	"sett/loader/lexicon"
	"sett/loader/text"
)

func isLetterRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
func toLower(r rune) rune      { return unicode.ToLower(r) }

// mention is a place that names an entity: words from up to, not including, to.
type mention struct {
	from, to int // words
	entity   int
	modifier bool // it only describes: "GPT-4-generated", "LLaMA-based"
}

// localName is a name that this document introduces or explains.
type localName struct {
	text       string
	class      lexicon.Class
	votes      int
	introduced bool
	alias      int // index of the local name that this one abbreviates, or -1
	from, to   int // words of its first place
}

// link finds all mentions, left to right: sized model names, this document's own names, then the lexicon's.
func (w *worker) link() {
	for i := 0; i < len(w.word); {
		if n := w.sizedName(i); n > 0 {
			i += n
			continue
		}
		if n := w.localMention(i); n > 0 {
			i += n
			continue
		}
		if n := w.lexiconMention(i); n > 0 {
			i += n
			continue
		}
		if n := w.sizedBehind(i); n > 0 {
			i += n
			continue
		}
		w.innerMentions(i)
		i++
	}
}

// addMention records a mention; the surface becomes an alternative label where it differs from the canonical one.
func (w *worker) addMention(from, to, entity int, surface string) {
	e := &w.entity[entity]
	e.Mentioned = true
	if e.start < 0 {
		e.start = int(w.text.Pieces[w.word[from].from].Start)
	}
	w.addAlt(entity, surface)
	if e.Class == lexicon.License {
		if i := strings.LastIndexByte(surface, ' '); i > 0 && (strings.EqualFold(surface[i+1:], "license") || strings.EqualFold(surface[i+1:], "licence")) {
			w.addAlt(entity, surface[:i])
		}
	}
	if e.Class == lexicon.Architecture {
		w.addAlt(entity, strings.TrimSuffix(surface, " architecture"))
	}
	for _, k := range w.localAt[w.span(from, from+1)] {
		if l := &w.local[k]; l.introduced && l.class == e.Class && (l.text == surface || Slug(spellPlus(l.text)) == Slug(spellPlus(surface))) {
			e.Introduced = true
		}
	}
	level := to < len(w.word) && w.word[to].spaced && w.is(to, "level") && !w.word[to].first
	w.mention = append(w.mention, mention{from: from, to: to, entity: entity, modifier: level})
}

func (w *worker) addAlt(entity int, surface string) {
	e := &w.entity[entity]
	if surface = plainName(surface); surface == "" || surface == e.Label {
		return
	}
	for _, a := range e.Alts {
		if a == surface {
			return
		}
	}
	if len(e.Alts) < 8 {
		e.Alts = append(e.Alts, strings.Clone(surface))
	}
}

// spellPlus spells the plus signs at the end of a name, as the lexicon's IRIs do: HumanEval+ is not HumanEval.
func spellPlus(label string) string {
	name := strings.TrimRight(label, "+")
	return name + strings.Repeat("-plus", len(label)-len(name))
}

// plainName returns a name without what TeX and Markdown leave in it.
func plainName(s string) string {
	if !strings.ContainsAny(s, `\{}*~`) {
		return s
	}
	return strings.Join(strings.Fields(markup.Replace(s)), " ")
}

var markup = strings.NewReplacer(`\\(`, "", `\\)`, "", `\textbf`, "", `\textit`, "", `\textsc`, "", `\texttt`, "", `\emph`, "", `\`, "", "{", "", "}", "", "*", "", "~", " ")

// entityOf returns the entity of a class and label, making it if it is new.
func (w *worker) entityOf(class lexicon.Class, label string) int {
	label = plainName(label)
	iri := class.Namespace() + Slug(spellPlus(label))
	if i, ok := w.byIRI[iri]; ok {
		return i
	}
	e := Entity{Class: class, IRI: iri, Label: label, base: -1, start: -1}
	if k, ok := w.e.lex.Lookup(iri); ok {
		entry := &w.e.lex.Entries[k]
		e.Label, e.Known, e.Component = entry.Label, true, entry.Component
	}
	return w.addEntity(e)
}

func (w *worker) addEntity(e Entity) int {
	i := len(w.entity)
	w.entity = append(w.entity, e)
	w.byIRI[e.IRI] = i
	return i
}

func (w *worker) known(entry int32) int {
	k := &w.e.lex.Entries[entry]
	if i, ok := w.byIRI[k.IRI]; ok {
		return i
	}
	return w.addEntity(Entity{Class: k.Class, IRI: k.IRI, Label: k.Label, Known: true, Component: k.Component, base: -1, start: -1})
}

// longest returns the longest acceptable form of the lexicon that begins at piece i, and where it ends; entry -1 for none.
func (w *worker) longest(i int) (entry int32, to int) {
	x := &w.text
	limit := len(x.Pieces)
	if i+12 < limit {
		limit = i + 12
	}
	w.matches = w.e.names.Find(x, i, limit, w.matches[:0])
	data := len(w.matches) > 0 && i > 0 && x.Pieces[i-1].Kind == text.Word && (x.String(i-1) == "on" || x.String(i-1) == "from")
	if n := len(w.mention); !data && len(w.matches) > 0 && n > 0 {
		// in a list: "VQAv2, GQA and TextVQA"
		m := w.mention[n-1]
		c := w.entity[m.entity].Class
		data = (c == lexicon.Benchmark || c == lexicon.Dataset) && w.past(m) < i && i-w.past(m) <= 2
	}
	for m := len(w.matches) - 1; m >= 0; m-- {
		best := int32(-1)
		for _, v := range w.matches[m].Values {
			f := &w.e.lex.Forms[v]
			if !f.Accepts(x, i, w.matches[m].To) {
				continue
			}
			if best < 0 || w.e.lex.Entries[best].MatchCase && !w.e.lex.Entries[f.Entry].MatchCase && !data || data && w.isData(f.Entry) && !w.isData(best) {
				best = f.Entry
			}
		}
		if best >= 0 {
			return best, w.matches[m].To
		}
	}
	return -1, 0
}

// isData reports whether an entry is something that models are trained or measured on.
func (w *worker) isData(entry int32) bool {
	c := w.e.lex.Entries[entry].Class
	return c == lexicon.Dataset || c == lexicon.Benchmark
}

// localMention links a name of this document at word i.
func (w *worker) localMention(i int) int {
	first := w.word[i]
	candidates := w.localAt[w.text.Span(first.from, first.to)]
	best, length := -1, 0
	for _, c := range candidates {
		l := &w.local[c]
		n := l.to - l.from
		if i+n > len(w.word) || n <= length || w.span(i, i+n) != l.text {
			continue
		}
		best, length = c, n
	}
	if best < 0 {
		return w.localVariant(i)
	}
	if length > 1 && w.flavourAt(i+length-1) {
		for _, c := range candidates { // "Foo Small" is Foo in a flavour, if Foo is a model
			if l := &w.local[c]; l.to-l.from == length-1 && l.class == lexicon.Model && w.span(i, i+length-1) == l.text {
				best, length = c, length-1
				break
			}
		}
	}
	// A longer name of the lexicon wins: "The Stack" was met, here stands "The Stack v2".
	if _, to := w.longest(first.from); to > w.word[i+length-1].to {
		return 0
	}
	l := &w.local[best]
	if l.class == lexicon.None {
		return 0
	}
	e := w.localEntity(best)
	if j := i + length; l.class == lexicon.Model && w.flavourAt(j) {
		v := w.entityOf(lexicon.Model, w.entity[e].Label+" "+w.span(j, j+1))
		if w.entity[v].base < 0 && v != e {
			w.entity[v].base = e
		}
		w.addMention(i, j+1, v, w.span(i, j+1))
		return length + 1
	}
	w.addMention(i, i+length, e, w.span(i, i+length))
	return length
}

// localVariant links a flavour of a model that this document names: Foo-instruct, if Foo is one.
func (w *worker) localVariant(i int) int {
	c := &w.word[i]
	if c.single || c.size > 0 {
		return 0
	}
	if entry, to := w.longest(c.from); entry >= 0 && to == c.to {
		return 0
	}
	for p := c.to - 1; p > c.from+1; p-- {
		if w.text.Pieces[p-1].Kind != text.Hyphen {
			continue
		}
		for _, k := range w.localAt[w.text.Span(c.from, p-1)] {
			l := &w.local[k]
			if l.class != lexicon.Model || l.to != l.from+1 || !w.flavours(p, c.to) {
				continue
			}
			base := w.localEntity(k)
			e := w.entityOf(lexicon.Model, w.span(i, i+1))
			if w.entity[e].base < 0 && !w.entity[e].Known && e != base {
				w.entity[e].base = base
			}
			w.addMention(i, i+1, e, w.span(i, i+1))
			return 1
		}
	}
	return 0
}

// flavours reports whether the pieces are words for members of a family: instruct, chat-base.
func (w *worker) flavours(from, to int) bool {
	for i := from; i < to; i++ {
		if p := w.text.Pieces[i]; p.Kind != text.Hyphen && (p.Kind != text.Word || w.e.trait(p.ID)&isVariant == 0) {
			return false
		}
	}
	return true
}

// localEntity returns the entity of a local name.
func (w *worker) localEntity(c int) int {
	l := &w.local[c]
	if l.alias >= 0 {
		e := w.localEntity(l.alias)
		w.addAlt(e, l.text)
		return e
	}
	if entry, to := w.longest(w.word[l.from].from); entry >= 0 && to == w.word[l.to-1].to && w.sameThing(&w.e.lex.Entries[entry], l.class) {
		e := w.known(entry)
		w.entity[e].Introduced = w.entity[e].Introduced || l.introduced
		return e
	}
	e := w.entityOf(l.class, l.text)
	w.entity[e].Introduced = w.entity[e].Introduced || l.introduced
	return e
}

// sameThing reports whether a local name of a class can be the lexicon's entry of that spelling. Between tests and data the lexicon
// decides; a name that is also an ordinary word must agree in class.
func (w *worker) sameThing(k *lexicon.Entry, class lexicon.Class) bool {
	switch {
	case k.Generic:
		return false
	case k.Class == class:
		return true
	case k.Class == lexicon.Benchmark || k.Class == lexicon.Dataset:
		return class == lexicon.Benchmark || class == lexicon.Dataset || !k.MatchCase
	}
	return false
}

// lexiconMention links a known name at word i, if it covers whole words or leaves only a suffix such as "-based".
func (w *worker) lexiconMention(i int) int {
	c := &w.word[i]
	entry, to := w.longest(c.from)
	if entry < 0 {
		return 0
	}
	k := &w.e.lex.Entries[entry]
	j := int(w.wordAt[to-1]) + 1
	if w.word[j-1].to > to {
		return w.partial(i, j, entry, to)
	}
	if k.Generic && k.Class != lexicon.License || !w.plausible(k, i, j) || w.redefined[w.span(i, j)] {
		return 0
	}
	surface := w.span(i, j)
	// A version that the lexicon does not know: "Claude 3.5", "Llama 4".
	if k.Class == lexicon.Model && j < len(w.word) && w.word[j].number && w.word[j].spaced && w.versionAt(j) {
		e := w.entityOf(lexicon.Model, k.Label+" "+w.span(j, j+1))
		w.addMention(i, j+1, e, w.span(i, j+1))
		return j + 1 - i
	}
	if k.Class == lexicon.Model && w.flavourAt(j) {
		e := w.entityOf(lexicon.Model, k.Label+" "+w.span(j, j+1))
		if w.entity[e].base < 0 && !w.entity[e].Known {
			w.entity[e].base = w.family(entry)
		}
		w.addMention(i, j+1, e, w.span(i, j+1))
		return j + 1 - i
	}
	if k.Class != lexicon.License && w.numbered(j) {
		e := w.known(entry)
		if !w.isData(entry) {
			e = w.entityOf(k.Class, k.Label+" "+w.span(j, j+1)) // what is measured on a version is measured on the test
		}
		w.addMention(i, j+1, e, w.span(i, j+1))
		return j + 1 - i
	}
	e := w.known(entry)
	w.addMention(i, j, e, surface)
	// "Llama-2 (7B)": a size in brackets makes it that size.
	if k.Class == lexicon.Model {
		if to, size, ok := w.bracketSize(j); ok {
			sized := w.sizedEntity(e, k.Label, size, "")
			w.mention = w.mention[:len(w.mention)-1]
			if len(w.mention) == 0 || !w.mentionsEntity(e) {
				w.entity[e].Mentioned, w.entity[e].start = false, -1
			}
			w.addMention(i, to, sized, surface+" "+size)
			return to - i
		}
	}
	return j - i
}

// numbered reports whether word j is v2 or the like.
func (w *worker) numbered(j int) bool {
	if j >= len(w.word) || !w.word[j].spaced || w.word[j].single || w.word[j].to-w.word[j].from != 2 {
		return false
	}
	return w.text.String(w.word[j].from) == "v" && w.text.Pieces[w.word[j].from+1].Kind == text.Number
}

// flavourAt reports whether word j, with a capital in the midst of a sentence, names a member of the family before it: Magistral Medium.
func (w *worker) flavourAt(j int) bool {
	if j >= len(w.word) || !w.word[j].spaced || !w.word[j].single || !w.word[j].capital || w.text.Sentences[w.word[j].sentence].Title {
		return false
	}
	if j+1 < len(w.word) && w.word[j+1].spaced && w.word[j+1].capital && !w.word[j+1].first && w.word[j+1].size == 0 {
		return false // part of another name
	}
	switch w.text.String(w.word[j].from) {
	case "Chat", "Instruct", "Base", "Large", "Small", "Mini", "Tiny", "Medium", "Pro", "Max", "Nano", "Ultra", "Flash", "Turbo", "Lite", "Plus", "Huge", "XL", "XXL", "Opus",
		"Sonnet", "Haiku":
		return true
	}
	return false
}

func (w *worker) mentionsEntity(e int) bool {
	for _, m := range w.mention {
		if m.entity == e {
			return true
		}
	}
	return false
}

// versionAt reports whether the number word j continues the name before it: it has a point, or stands before punctuation,
// a capital or a size.
func (w *worker) versionAt(j int) bool {
	s := w.span(j, j+1)
	if len(s) > 3 {
		return false
	}
	if strings.Contains(s, ".") {
		p := w.word[j].to
		return !(p < len(w.text.Pieces) && (w.text.Is(p, '%') || w.text.Is(p, '\\')))
	}
	if len(s) > 1 {
		return false
	}
	if j+1 >= len(w.word) || !w.word[j+1].spaced {
		p := w.word[j].to
		return p >= len(w.text.Pieces) || w.text.Is(p, ',') || w.text.Is(p, '.') || w.text.Is(p, ')') || w.text.Is(p, '(')
	}
	return w.word[j+1].capital || w.word[j+1].size > 0 || w.word[j+1].trait&(isConjunction|isBe|isPreposition) != 0
}

// sizedBehind links a name that nobody has listed and that has a size in brackets behind it: "Foo-X (55B)" is a model.
func (w *worker) sizedBehind(i int) int {
	if w.domain < 4 || !w.word[i].strong || !w.isName(i) || w.modifier(i) || w.text.Sentences[w.word[i].sentence].Title {
		return 0
	}
	j := w.nameEnd(i)
	to, size, ok := w.bracketSize(j)
	if !ok || !hasSuffix(size, "B") || hasSuffix(w.span(i, j), "s") {
		return 0
	}
	name := w.span(i, j)
	e := w.sizedEntity(w.entityOf(lexicon.Model, name), name, size, "")
	w.addMention(i, to, e, name+" "+size)
	return to - i
}

// sizeBehind reads a size that stands at word j, in brackets or not, and ends a name there: "Foo-V 405B", "Foo-X (55B)".
func (w *worker) sizeBehind(j int) (to int, size string, ok bool) {
	if to, size, ok = w.bracketSize(j); ok || j >= len(w.word) || w.word[j].size != 1 || !w.word[j].spaced || w.word[j].to-w.word[j].from != 2 {
		return to, size, ok
	}
	return j + 1, w.span(j, j+1), w.text.Pieces[w.word[j].from].Kind == text.Number
}

// bracketSize reads "(7B)" before word j.
func (w *worker) bracketSize(j int) (to int, size string, ok bool) {
	if j >= len(w.word) || w.word[j].size != 1 || w.word[j].spaced {
		return 0, "", false
	}
	c := w.word[j]
	if w.word[j-1].to+1 != c.from || !w.text.Is(c.from-1, '(') || !w.text.Is(c.to, ')') || c.to-c.from != 2 {
		return 0, "", false
	}
	return j + 1, w.span(j, j+1), true
}

// partial handles a known name that ends inside word j-1: "GPT-4-based", "Qwen3", "BERT-large", "Mamba2-Transformer".
func (w *worker) partial(i, j int, entry int32, to int) int {
	x := &w.text
	k := &w.e.lex.Entries[entry]
	c := w.word[j-1]
	rest := to
	for rest < c.to && x.Pieces[rest].Kind == text.Hyphen {
		rest++
	}
	if rest >= c.to {
		return 0
	}
	head := x.Pieces[rest]
	switch {
	case head.Kind == text.Word && head.Shape == text.Lower && (rest == c.to-1 && w.e.trait(head.ID)&isSuffix != 0 || w.e.trait(head.ID)&isSuffix != 0):
		// a modifier: the name itself is meant
		if k.Generic || !w.plausible(k, i, j) {
			return 0
		}
		w.addMention(i, j, w.known(entry), x.Span(w.word[i].from, to))
		w.mention[len(w.mention)-1].modifier = true
		return j - i
	case k.Class == lexicon.Model && w.variantsFrom(rest, c.to):
		label := x.Span(w.word[i].from, c.to)
		e := w.entityOf(lexicon.Model, label)
		if w.entity[e].base < 0 && !w.entity[e].Known {
			w.entity[e].base = w.family(entry)
		}
		if to, size, ok := w.sizeBehind(j); ok {
			w.addMention(i, to, w.sizedEntity(e, label, size, ""), label+" "+size)
			return to - i
		}
		w.addMention(i, j, e, label)
		return j - i
	case k.Class == lexicon.Model && w.flavourOf(k, rest, c.to):
		label := x.Span(w.word[i].from, c.to)
		e := w.entityOf(lexicon.Model, label)
		if w.entity[e].base < 0 && !w.entity[e].Known {
			w.entity[e].base = w.family(entry)
		}
		w.addMention(i, j, e, label)
		return j - i
	case k.Class == lexicon.Architecture:
		return w.hybrid(i, j, entry, rest)
	case k.Class == lexicon.Language && (w.is(j, "bilingual") || w.is(j, "multilingual")):
		if other, to := w.longest(rest); other >= 0 && to == c.to && w.e.lex.Entries[other].Class == lexicon.Language {
			w.addMention(i, j, w.known(entry), k.Label)
			w.addMention(i, j, w.known(other), w.e.lex.Entries[other].Label)
			return j - i // "a Chinese-English bilingual model"
		}
	}
	if head.Shape == text.Lower && head.Kind == text.Word && !k.Generic && x.Pieces[to].Kind == text.Hyphen && k.Class != lexicon.Model && w.plausible(k, i, j) {
		w.addMention(i, j, w.known(entry), x.Span(w.word[i].from, to))
		return j - i
	}
	return 0
}

// family makes sure that a lexicon's model is an entity of the document, without a mention.
func (w *worker) family(entry int32) int { return w.known(entry) }

// variantsFrom reports whether the pieces from up to, not including, to are versions and flavours: 4o-mini, 2.5-Coder, large.
func (w *worker) variantsFrom(from, to int) bool {
	x := &w.text
	for i := from; i < to; i++ {
		p := x.Pieces[i]
		switch p.Kind {
		case text.Number, text.Hyphen:
		case text.Word:
			if p.End-p.Start > 1 && w.e.trait(p.ID)&isVariant == 0 {
				return false
			}
		default:
			if !x.Is(i, '.') && !x.Is(i, '_') {
				return false
			}
		}
	}
	return true
}

// flavourOf reports whether the one piece up to the end of a word names what somebody made of a model of a given version: Qwen2.5-Coder2, not
// CLIP-Adapter, which may be a method.
func (w *worker) flavourOf(k *lexicon.Entry, rest, to int) bool {
	p := w.text.Pieces[rest]
	if k.Generic || k.MatchCase || rest != to-1 || p.Kind != text.Word || p.Shape != text.Mixed && p.Shape != text.Capital || p.End-p.Start < 5 || w.text.Pieces[rest-1].Kind != text.Hyphen {
		return false
	}
	return strings.ContainsAny(k.Label, "0123456789")
}

// hybrid links two architectures joined by a hyphen as one.
func (w *worker) hybrid(i, j int, entry int32, rest int) int {
	x := &w.text
	c := w.word[j-1]
	other, to := w.longest(rest)
	if other < 0 || to != c.to {
		return 0
	}
	a, b := &w.e.lex.Entries[entry], &w.e.lex.Entries[other]
	if b.Class != lexicon.Architecture || b.Generic && a.Generic {
		return 0
	}
	if b.Generic {
		w.addMention(i, j, w.known(entry), x.Span(w.word[i].from, c.to))
		return j - i
	}
	e := w.entityOf(lexicon.Architecture, a.Label+"-"+b.Label)
	if !w.entity[e].Known && len(w.entity[e].Broader) == 0 {
		w.entity[e].Broader = []string{a.IRI, b.IRI}
	}
	w.addMention(i, j, e, w.span(i, j))
	return j - i
}

// innerMentions links names that stand inside a compound, after a hyphen: "pure-Mamba", "non-Transformer".
func (w *worker) innerMentions(i int) {
	c := &w.word[i]
	if c.single || c.strong {
		return
	}
	for p := c.from + 1; p < c.to; p++ {
		if w.text.Pieces[p-1].Kind != text.Hyphen {
			continue
		}
		entry, to := w.longest(p)
		if entry >= 0 && to == c.to && w.e.lex.Entries[entry].Class == lexicon.Architecture && !w.e.lex.Entries[entry].Generic {
			w.addMention(i, i+1, w.known(entry), w.text.Span(p, to))
			return
		}
	}
}
