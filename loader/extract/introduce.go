package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// ownVerb reports whether the verb at word i is the authors' own: "we introduce", "this paper presents", "the X project
// releases", or a participle or infinitive after such a verb.
func (w *worker) ownVerb(i int) bool {
	if w.text.Sentences[w.word[i].sentence].Title {
		return w.word[i].first && w.is(i, "introducing")
	}
	if w.is(i-1, "recently") || w.is(i-1, "previously") {
		return false
	}
	if w.word[i].trait&introduces == 0 && hasSuffix(w.span(i, i+1), "ing") && !w.is(i+1, "a") && !w.is(i+1, "an") {
		return false // "constructing QA systems"
	}
	for j := i - 1; j >= 0 && j >= i-7 && w.word[j].sentence == w.word[i].sentence; j-- {
		c := &w.word[j]
		switch {
		case w.is(j, "we"), w.is(j, "authors"):
			return true
		case w.is(j, "paper"), w.is(j, "work"), w.is(j, "report"), w.is(j, "study"), w.is(j, "article"):
			return i-j <= 3 && (w.word[i].trait&introduces != 0 || w.is(i, "describes"))
		case c.trait&isRelative != 0, c.trait&isBe != 0:
			return false
		}
	}
	if w.is(i-1, "to") && w.word[i].trait&makes != 0 {
		return w.ownSentence(i) // "we devise a protocol to collect X"
	}
	switch w.wordKey(i) {
	case "introduce", "propose", "present", "release", "develop", "devise":
		// "we relax … and introduce"
		if w.is(i-1, "and") || w.is(i-1, "further") || w.is(i-1, "then") || w.is(i-1, "also") {
			return w.ownSentence(i)
		}
	}
	// An organisation, or a project, as the subject: the verb is in the third person.
	s := w.span(i, i+1)
	if w.word[i].trait&introduces == 0 || !strings.HasSuffix(s, "s") {
		return strings.HasSuffix(s, "ing") && w.word[i].trait&introduces != 0 && w.ownSentence(i)
	}
	for j := i - 1; j >= 0 && w.word[j].sentence == w.word[i].sentence; j-- {
		if w.is(j, "project") || w.is(j, "team") || w.is(j, "collaboration") || w.is(j, "community") || w.is(j, "initiative") {
			return true
		}
		if j == i-1 && w.word[j].capital {
			if entry, to := w.longest(w.word[j].from); entry >= 0 && to == w.word[j].to && w.e.lex.Entries[entry].Class == lexicon.Organization {
				return true
			}
		}
	}
	return false
}

// ownSentence reports whether the sentence of word i speaks of the authors before it.
func (w *worker) ownSentence(i int) bool {
	for j := i - 1; j >= 0 && w.word[j].sentence == w.word[i].sentence; j-- {
		if w.word[j].trait&isOwner != 0 && !w.is(j, "this") {
			return true
		}
	}
	return false
}

// openSources reports whether word i ends "we open-source" or "we also open source".
func (w *worker) openSources(i int) bool {
	k := i - 1
	switch {
	case w.word[i].single && (w.is(i, "source") || w.is(i, "sourced")) && w.is(k, "open"):
		k--
	case !w.word[i].single && (w.wordKey(i) == "open-source" || w.wordKey(i) == "open-sourced"):
	default:
		return false
	}
	for w.is(k, "also") || w.is(k, "further") || w.is(k, "fully") || w.is(k, "additionally") || w.is(k, "have") {
		k--
	}
	return w.is(k, "we") && w.word[k].sentence == w.word[i].sentence
}

// introducedBy reads the noun phrase after the verb at word i.
func (w *worker) introducedBy(i int) {
	strong := w.word[i].trait&introduces != 0 || w.is(i, "source") || w.is(i, "sourced") || !w.word[i].single
	s := w.word[i].sentence
	j := i + 1
	for j < len(w.word) && w.word[j].sentence == s && (w.word[j].trait&isAdverb != 0 || w.is(j, "and") || w.word[j].trait&(introduces|makes) != 0 && w.word[j].single && !w.word[j].capital) {
		j++
	}
	if w.is(j, "the") && w.is(j+2, "of") && (w.is(j+1, "development") || w.is(j+1, "release") || w.is(j+1, "design") || w.is(j+1, "creation") || w.is(j+1, "training")) {
		j += 3
		strong = true
	}
	before := -1
	for step := 0; step < 3; step++ {
		n, last := w.nounPhrase(j, s, strong, step == 0)
		if n < 0 {
			return
		}
		if before >= 0 && w.local[before].class == lexicon.None && w.is(j-1, "and") && w.word[j-2].to == w.word[j-1].from {
			w.local[before].class, w.local[before].votes = w.local[n].class, w.local[n].votes // "A and B, two models"
		}
		before = n
		// Coordination: "X and Y", "X, a model, and Y, a dataset".
		j = w.nextConjunct(last, s)
		if j < 0 {
			return
		}
		strong = true
	}
}

// nextConjunct returns the word after "and" or "as well as" near word i, if a name or a noun phrase with one begins there.
func (w *worker) nextConjunct(i, s int) int {
	for j := i; j < len(w.word) && j < i+14 && w.word[j].sentence == s; j++ {
		if w.word[j].trait&isRelative != 0 && !w.is(j, "which") {
			return -1
		}
		if !w.is(j, "and") && !w.is(j, "with") && !(w.is(j, "as") && w.is(j-1, "well")) {
			continue
		}
		if w.is(j, "with") && !w.is(j-1, "along") && !w.is(j-1, "together") {
			continue
		}
		k := j + 1
		if k >= len(w.word) || w.word[k].sentence != s {
			return -1
		}
		comma := w.text.Is(w.word[j-1].to, ',')
		if w.isName(k) && (j == i || comma) || w.is(k, "its") && w.isName(k+1) {
			return k
		}
		if comma && w.word[k].trait&isDeterminer != 0 {
			return k
		}
		return -1
	}
	return -1
}

// nounPhrase reads what a verb of introduction introduces, from word j on; first is false for what "and" joins to it. It returns the local name, or -1, and the word
// after what it read.
func (w *worker) nounPhrase(j, s int, strong, first bool) (int, int) {
	if j >= len(w.word) || w.word[j].sentence != s {
		return -1, j
	}
	start := j
	article := w.is(j, "a") || w.is(j, "an")
	for j < len(w.word) && w.word[j].sentence == s && (w.word[j].trait&(isDeterminer|isNovel) != 0 && w.word[j].single) && !w.isName(j) && !w.capitalAdjective(j) {
		j++
	}
	name, nameTo, abbr := -1, -1, -1
	class := lexicon.None
	k := j
	if from, to, a, ok := w.longName(j, s); ok && from >= start && (!w.parted(j, from) || w.titleHas(a)) {
		name, nameTo, abbr = from, to, a
		k = abbr + 1
	}
	for ; abbr < 0 && k < len(w.word) && k < j+14 && w.word[k].sentence == s; k++ {
		if k > start && w.bracketed(k) && k+1 < len(w.word) && (class != lexicon.None || w.word[k+1].class != lexicon.None) {
			continue // "a reinforcement learning (RL) framework"
		}
		if k > start && !w.word[k].spaced && !w.bracketed(k-1) {
			break
		}
		c := &w.word[k]
		if name < 0 && class == lexicon.None && k > start && (w.is(k, "and") || w.is(k, "but")) && w.adjectives(k, s) {
			continue // "a broad and automatic benchmark"
		}
		if c.single && c.trait&(isPreposition|isRelative|isConjunction|isBe|isPronoun) != 0 && !(c.strong || c.capital) {
			break
		}
		if name < 0 && (w.isName(k) || w.capitalAdjective(k)) && !w.modifier(k) && !w.attribute(k) {
			name, nameTo = k, w.nameEnd(k)
			if entry, to := w.longest(c.from); entry >= 0 && !w.e.lex.Entries[entry].Generic && to > w.word[nameTo-1].to {
				nameTo = int(w.wordAt[to-1]) + 1
			}
			if w.startsName(start, k) {
				// "The Stack v2": the article belongs to it if the lexicon says so.
				if entry, to := w.longest(w.word[k-1].from); w.is(k-1, "the") && entry >= 0 && to >= w.word[k].to {
					name = k - 1
					nameTo = int(w.wordAt[to-1]) + 1
				}
			}
			k = nameTo - 1
			continue
		}
		if c.trait&names != 0 {
			break
		}
		if c.class != lexicon.None {
			class = c.class
		}
		if name >= 0 && c.class == lexicon.None && c.trait&isVariant == 0 && !c.strong && c.trait&isNovel == 0 && k > nameTo+4 {
			break
		}
	}
	if name >= 0 && abbr < 0 && (w.noun(nameTo, "submission", "submissions", "participation", "entry", "entries") || w.word[name].single && !w.word[name].strong && nameTo == name+1 && nameTo < len(w.word) && w.word[nameTo].spaced && w.word[nameTo].capital) {
		return -1, k // "the A-B submission to a task", "the Time Series …"
	}
	if name >= 0 && abbr < 0 && nameTo < k && k < len(w.word) && w.word[k].trait&names != 0 {
		return -1, k // "a Dutch BERT model called X"
	}
	if name < 0 && strong && j < len(w.word) && (w.smallName(j) || w.plainWord(j) && (w.text.Is(w.word[j].to, ',') && j+1 < len(w.word) && w.word[j+1].trait&isDeterminer != 0 || w.titleBegins(j))) {
		if class = w.apposition(j+1, s); class != lexicon.None || w.titleBegins(j) {
			return w.addLocal(j, j+1, class, 3, true), j + 1
		}
	}
	if name >= 0 {
		if abbr < 0 && nameTo < k && class != lexicon.None && strong {
			w.namesBehind(k, s, class)
		}
		// the noun after the abbreviation: "X (ABC) framework"
		if abbr >= 0 && abbr+1 < len(w.word) && w.word[abbr+1].class != lexicon.None && w.word[abbr+1].from <= w.word[abbr].to+1 {
			class = w.word[abbr+1].class
		}
		whole := name // "a Neural Song Machine"
		for whole > start && w.word[whole].spaced && w.word[whole-1].capital && !w.word[whole-1].first && !w.word[whole-1].acronym && w.word[whole-1].trait&isDeterminer == 0 {
			whole--
		}
		if abbr < 0 && whole < name && w.coined(whole, nameTo) {
			name = whole
		}
		coined := (strong || class != lexicon.None) && first && abbr < 0 && w.coined(name, nameTo) && !(nameTo+1 < len(w.word) && w.word[nameTo].class != lexicon.None && w.word[nameTo+1].strong && w.word[nameTo+1].spaced)
		if article && abbr < 0 && class == lexicon.None && !coined {
			return -1, k
		}
		if article && abbr < 0 && nameTo < k && !coined && (!w.novelName(name, nameTo) || w.word[name].single && w.text.Pieces[w.word[name].from].Shape == text.Upper && !w.inTitle(w.span(name, nameTo))) {
			return -1, k // "a BERT model": a modifier
		}
		if b := nameTo; abbr < 0 {
			if b < len(w.word) && w.word[b].number {
				b++
			}
			// "Segment Anything Model 2 (SAM 2)"
			if b < len(w.word) && w.text.Is(w.word[b].from-1, '(') {
				if entry, to := w.longest(w.word[b].from); entry >= 0 && w.text.Is(to, ')') && !w.e.lex.Entries[entry].Generic && w.e.lex.Entries[entry].Class == lexicon.Model {
					return w.addLocal(b, int(w.wordAt[to-1])+1, lexicon.Model, 3, true), int(w.wordAt[to-1]) + 1
				}
			}
		}
		if abbr < 0 && nameTo < k && class != lexicon.None && !w.inTitle(w.span(name, nameTo)) {
			if t := w.trailingName(k, s, class, strong); t >= 0 {
				return t, w.local[t].to // "an any-to-any FooLM system, Bar"
			}
		}
		if abbr < 0 && nameTo < k && nameTo == name+1 && w.plainCapitals(name) && !w.inTitle(w.span(name, nameTo)) && hasSuffix(w.span(nameTo, nameTo+1), "s") {
			return -1, k // "to develop MC models"
		}
		if article && w.knownModifier(name, nameTo) && abbr < 0 && nameTo < k {
			return -1, k
		}
		if abbr >= 0 && class == lexicon.None && nameTo < abbr {
			class = w.word[abbr-1].class
		}
		if (abbr < 0 || w.plainCapitals(abbr) || name > j) && w.genericName(name, nameTo) {
			return -1, k
		}
		if nameTo == name+1 && !w.word[name].strong && abbr < 0 && !(strong && nameTo == k && !w.knownModifier(name, nameTo) && w.apposition(nameTo, s) != lexicon.None) && !(first && w.presented(start, name, nameTo)) && (!w.named(name, nameTo) || nameTo < k && class == lexicon.None) {
			return -1, k // one ordinary word with a capital: "Density sampling"
		}
		described := (w.word[name].strong || !w.word[name].single) && nameTo == k && !w.knownModifier(name, nameTo) && w.apposition(nameTo, s) != lexicon.None
		if !strong && abbr < 0 && !described && !w.named(name, nameTo) && !(first && w.presented(start, name, nameTo)) {
			return -1, k
		}
		votes := 3
		if class == lexicon.None {
			class = w.apposition(nameTo, s)
			if abbr >= 0 && class == lexicon.None {
				class = w.apposition(abbr+1, s)
			}
		} else if nameTo == k {
			votes = 2
			if a := w.apposition(nameTo, s); a != lexicon.None {
				class = a
			}
		}
		if class == lexicon.None {
			class, votes = w.classByHead(name, nameTo), 1
		}
		if abbr >= 0 {
			return w.addLong(name, nameTo, abbr, class, votes, true), k
		}
		return w.addLocal(name, nameTo, class, votes, true), k
	}
	// No name in the phrase: an abbreviation in brackets after small words, or a name after a comma or a colon.
	if k < len(w.word) && w.word[k].sentence == s && k > j && w.text.Is(w.word[k].from-1, '(') && w.isAbbreviation(k) && (strong || article && class != lexicon.None && first) {
		if from := w.initials(k, start); from >= 0 {
			if entry, to := w.longest(w.word[from].from); len(w.span(k, k+1)) < 3 || w.knownModifier(k, k+1) && !w.titleHas(k) && !w.inTitle(w.span(from, k)) || entry >= 0 && to >= w.word[k-1].from && w.e.lex.Entries[entry].Generic {
				return -1, k + 1 // "preference optimization (PO)": nothing new
			}
			c := class
			if k+1 < len(w.word) && w.word[k+1].class != lexicon.None && w.word[k+1].from <= w.word[k].to+1 {
				c = w.word[k+1].class
			}
			if c == lexicon.None {
				c = lexicon.Method
			}
			n := w.addLocal(k, k+1, c, 3, true)
			return n, k + 1
		}
	}
	if class != lexicon.None {
		if !w.namesBehind(k, s, class) {
			if strong {
				if n := w.nameAs(k, s, class); n >= 0 {
					return n, w.local[n].to
				}
			}
		}
		if n := w.trailingName(k, s, class, strong); n >= 0 {
			return n, w.local[n].to
		}
		if n := w.bracketName(k, s, class, strong); n >= 0 {
			return n, w.local[n].to
		}
	}
	if strong && name < 0 {
		if n := w.titlePhrase(j, s); n >= 0 {
			return n, w.local[n].to
		}
	}
	return -1, k
}

// capitalAdjective reports whether word i is an adjective with a capital in the midst of a sentence that begins a name of several words: "the
// Unified Token Learning".
func (w *worker) capitalAdjective(i int) bool {
	if i+1 >= len(w.word) || !w.word[i].capital || w.word[i].first || w.word[i].trait&isNovel == 0 || w.word[i].trait&isDeterminer != 0 || w.text.Sentences[w.word[i].sentence].Title {
		return false
	}
	switch w.wordKey(i) {
	case "new", "novel", "first":
		return false
	}
	return w.word[i+1].spaced && w.word[i+1].capital && w.word[i+1].class == lexicon.None && w.isName(i+1) && w.inTitle(w.span(i, i+2))
}

// coined reports whether words make a name of ordinary words with capitals that nobody has listed, nor a part of it: Song Tree Director, Sway
// Sampling; not Visual Question Answering.
func (w *worker) coined(from, to int) bool {
	if to-from < 2 || to-from > 5 || hasSuffix(w.span(to-1, to), "s") || to < len(w.word) && w.word[to].spaced && (w.word[to].acronym || w.word[to].capital) {
		return false
	}
	own := false // a word that is not of the field
	for k := from; k < to; k++ {
		c := &w.word[k]
		if !c.capital || c.first || c.acronym || c.number || c.single && c.trait&isOwner != 0 || k > from && !c.spaced {
			return false
		}
		own = own || !c.single || c.trait&(isTopic|isDomain|endsName) == 0 && c.class == lexicon.None
		if entry, end := w.longest(c.from); entry >= 0 && (end > c.to || w.e.lex.Entries[entry].Generic || w.e.lex.Entries[entry].Class == lexicon.Language || w.e.lex.Entries[entry].Class == lexicon.Model) {
			return false
		}
	}
	return own
}

// adjectives reports whether "and" at word k joins two adjectives, by what they are not: names, nouns for kinds of things, words of the
// language that begin another phrase.
func (w *worker) adjectives(k, s int) bool {
	plain := func(i int) bool {
		c := &w.word[i]
		return !c.capital && !c.strong && c.class == lexicon.None && (!c.single || c.trait&(isPreposition|isRelative|isBe|isPronoun|isDeterminer|isOwner|introduces|makes|isAcronym) == 0)
	}
	return k+1 < len(w.word) && w.word[k+1].sentence == s && w.word[k].spaced && w.word[k+1].spaced && plain(k-1) && plain(k+1)
}

// bracketed reports whether word i is a common abbreviation alone in brackets, white space before them.
func (w *worker) bracketed(i int) bool {
	c := &w.word[i]
	return i > 0 && c.single && c.acronym && w.text.Is(c.from-1, '(') && w.text.Pieces[c.from-1].Spaced && w.text.Is(c.to, ')') && w.word[i-1].to == c.from-1
}

// presented reports whether a name that the lexicon knows is met here for the first time, right after the verb or the noun that says
// what it is, with punctuation or "as" behind it: "we introduce Foo, a", "a new paradigm Foo (…)".
func (w *worker) presented(start, from, to int) bool {
	if from != start && (w.word[from-1].class == lexicon.None && !(from == start+1 && w.is(start, "the") && w.word[from].capital) || !w.word[from].spaced) || !w.knownModifier(from, to) || !w.firstHere(from, to) {
		return false
	}
	at := w.word[to-1].to
	if from != start && to < len(w.word) && w.word[to].single && w.word[to].trait&(isPreposition|isRelative) != 0 {
		return true // "we curate a dataset X for"
	}
	return w.text.Is(at, ',') || w.text.Is(at, '(') || w.text.Is(at, '.') || at < len(w.text.Pieces) && w.text.Pieces[at].Kind == text.Hyphen || w.is(to, "as")
}

// firstHere reports whether the text before the words has not the same name.
func (w *worker) firstHere(from, to int) bool {
	title := min(len(w.doc.Title), len(w.text.Raw))
	return !strings.Contains(w.text.Raw[title:max(title, int(w.text.Pieces[w.word[from].from].Start))], w.span(from, to))
}

// parted reports whether a preposition or conjunction stands from word i on before word j: another thing is named there.
func (w *worker) parted(i, j int) bool {
	for k := i; k < j; k++ {
		if w.word[k].trait&(isConjunction|isPreposition|isRelative) != 0 && w.word[k].single {
			return true
		}
	}
	return false
}
