package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// discover finds the names that this document introduces or explains, before anything is linked.
func (w *worker) discover() {
	w.fromTitle()
	for i := range w.word {
		t := w.word[i].trait
		if w.openSources(i) {
			w.introducedBy(i)
		}
		w.developerName(i)
		if !w.word[i].single {
			continue
		}
		switch {
		case t&names != 0, w.referred(i):
			w.calledName(i)
		case t&(introduces|makes) != 0 && w.ownVerb(i):
			w.introducedBy(i)
		case w.resultVerb(i):
			w.resultName(i)
		case w.is(i, "our") && w.word[i].trait&isOwner != 0:
			w.ourName(i)
		}
		if t&isLicense != 0 {
			w.licenseName(i)
		}
		if w.is(i, "proposed") && (w.is(i-1, "the") || w.is(i-1, "our")) {
			w.proposedName(i + 1)
		}
		if w.word[i].class != lexicon.None && i > 0 {
			if i+1 < len(w.word) && (w.text.Is(w.word[i].to, '(') && (!w.knownModifier(i+1, i+2) || w.firstHere(i+1, i+2) && w.agrees(i+1, w.word[i].class)) || w.text.Is(w.word[i].to, ':')) && w.releasedHere(i) {
				w.namesBehind(i+1, w.word[i].sentence, w.word[i].class)
			}
			w.longTest(i)
			w.beforeNoun(i)
			w.afterNoun(i)
			w.longAfterNoun(i)
		}
	}
	for i := range w.word {
		if i > 0 && (w.word[i].strong || w.word[i].capital) && w.text.Is(w.word[i].from-1, '(') && w.text.Is(w.word[i].to, ')') {
			w.redefine(i)
		}
		if w.word[i].strong || w.word[i].capital {
			w.appositive(i)
			w.definition(i)
		}
	}
	w.recurring()
	w.settleNames()
}

// recurring notes names that nobody has listed or introduced, that the text uses twice at least, and whose ending tells their kind.
func (w *worker) recurring() {
	if w.domain < 2 {
		return
	}
	for i := range w.word {
		c := &w.word[i]
		if !c.strong || w.text.Sentences[c.sentence].Title || len(w.localAt[w.span(i, i+1)]) > 0 || !w.isName(i) || w.modifier(i) || c.size > 0 || w.knownModifier(i, i+1) || w.plainCapitals(i) ||
			strings.Count(w.body(), w.span(i, i+1)) < 2 && !w.benchEnding(i) || i+1 < len(w.word) && w.word[i+1].spaced && w.word[i+1].class == lexicon.Method {
			continue
		}
		if class := w.classByHead(i, i+1); class == lexicon.Model || isTest(class) {
			w.addLocal(i, i+1, class, 1, false)
		}
	}
}

// benchEnding reports whether a word ends as the names of benchmarks do: Foo-Bench, BarBench.
func (w *worker) benchEnding(i int) bool {
	return hasSuffix(w.span(i, i+1), "Bench") || hasSuffix(w.span(i, i+1), "bench")
}

// longTest notes a benchmark that is named by words with capitals of which word i is the last: "the Complex Reading Benchmark".
func (w *worker) longTest(i int) {
	c := &w.word[i]
	if w.domain < 2 || !c.capital || !c.single || !c.spaced || w.text.Sentences[c.sentence].Title || !w.is(i, "benchmark") && !w.is(i, "leaderboard") {
		return
	}
	j := i
	for j > 0 && i-j < 6 && w.word[j].spaced && w.word[j-1].capital && !w.word[j-1].first && w.word[j-1].trait&(isDeterminer|isPreposition|isConjunction) == 0 {
		j--
	}
	if n := i - j; n < 2 && !(n == 1 && w.word[j].strong) {
		return
	}
	if entry, to := w.longest(w.word[j].from); entry >= 0 && to > w.word[j].to && to < c.to {
		return // "the Chatbot Arena Leaderboard"
	}
	if i+1 < len(w.word) && w.text.Is(c.to, '(') && w.word[i+1].from == c.to+1 && w.knownModifier(i+1, i+2) {
		return // its abbreviation is a name that the lexicon has
	}
	k := j - 1
	for k > 0 && w.word[k].trait&(isDeterminer|isNovel) != 0 && w.word[k].single {
		k--
	}
	w.addLocal(j, i+1, lexicon.Benchmark, 2, k >= 0 && w.word[k].sentence == c.sentence && w.word[k].trait&(introduces|makes) != 0 && w.word[k].single && w.ownVerb(k))
}

// addLocal notes a name; class None keeps it open. It returns its index, or -1 if the name cannot be one.
func (w *worker) addLocal(from, to int, class lexicon.Class, votes int, introduced bool) int {
	if from >= to {
		return -1
	}
	name := w.span(from, to)
	if len(name) < 2 || len(name) > 80 {
		return -1
	}
	for _, k := range w.localAt[w.span(from, from+1)] {
		l := &w.local[k]
		if l.text == name {
			if class != lexicon.None && votes > l.votes {
				l.class, l.votes = class, votes
			}
			l.introduced = l.introduced || introduced
			return k
		}
	}
	if introduced && len(name) == 2 && w.plainCapitals(from) && !w.titleHas(from) {
		introduced = false // "a VL model"
	}
	k := len(w.local)
	if class == lexicon.None {
		votes = 0
	}
	w.local = append(w.local, localName{text: name, class: class, votes: votes, introduced: introduced, alias: -1, from: from, to: to})
	first := w.span(from, from+1)
	w.localAt[first] = append(w.localAt[first], k)
	return k
}

// isName reports whether word i can begin or continue a name that nobody has listed.
func (w *worker) isName(i int) bool {
	if i < 0 || i >= len(w.word) {
		return false
	}
	c := &w.word[i]
	if w.command(i) {
		return false
	}
	if c.acronym && !w.heads(i) || c.trait&isSuffix != 0 && !c.single && !c.strong {
		return false
	}
	if c.strong {
		return true
	}
	return c.capital && !c.first && c.trait&(endsName|isDeterminer|isPreposition) == 0
}

// command reports whether word i is a command of TeX that the text's source has for a name: \ours.
func (w *worker) command(i int) bool {
	from := w.word[i].from
	return from > 0 && w.text.Is(from-1, '\\') && w.text.Tight(from)
}

// sizesNoun reports whether word j is what a size before it counts: parameters, tokens.
func (w *worker) sizesNoun(j int) bool {
	return w.is(j, "parameter") || w.is(j, "parameters") || w.is(j, "tokens") || w.is(j, "token")
}

// heads reports whether word i, a common abbreviation with capitals inside, is the name before the colon of the title: QLoRA.
func (w *worker) heads(i int) bool {
	c := &w.word[i]
	return c.single && w.text.Pieces[c.from].Shape == text.Mixed && len(w.word) > 0 && w.text.Is(w.word[0].to, ':') && w.span(i, i+1) == w.span(0, 1)
}

// nameEnd returns where the name that begins at word i ends: name words parted by spaces only, numbers (versions) among them.
func (w *worker) nameEnd(i int) int {
	j := i + 1
	for j < len(w.word) && j-i < 6 && w.word[j].spaced {
		c := &w.word[j]
		switch {
		case w.isName(j) && !(c.class != lexicon.None && c.single && !c.strong):
		case c.capital && c.single && !c.acronym && c.class == lexicon.None && c.trait&(isDeterminer|isPreposition|isPronoun|isOwner) == 0 &&
			!w.text.Sentences[c.sentence].Title:
		case c.capital && c.class != lexicon.None && c.single && !w.word[j-1].strong && !w.text.Sentences[c.sentence].Title &&
			(c.class == lexicon.Architecture || c.class == lexicon.Method || c.class == lexicon.Dataset && j == i+1):
		case c.capital && c.class != lexicon.None && j+1 < len(w.word) && w.text.Is(c.to, '(') && w.isAbbreviation(j+1) && w.initials(j+1, max(0, i-2)) >= 0:
		case c.number && len(w.span(j, j+1)) <= 3 && w.versionAt(j):
		case c.size == 1 && c.to-c.from == 2 && j == i+1 && w.text.Pieces[c.from].Kind == text.Number && w.text.Is(c.from+1, 'B') && !w.sizesNoun(j+1): // "Foo 7B"
			return j + 1
		case c.single && len(w.span(j, j+1)) == 1 && c.capital: // "v", "X"
		case !c.single && w.text.Pieces[c.from].Kind == text.Word && w.text.String(c.from) == "v" && c.to-c.from == 2: // v2
		default:
			return j
		}
		j++
	}
	return j
}

// ownVerb reports whether the verb at word i is the authors' own: "we introduce", "this paper presents", "the X project
// releases", or a participle or infinitive after such a verb.
func (w *worker) ownVerb(i int) bool {
	if w.text.Sentences[w.word[i].sentence].Title {
		return w.word[i].first && w.is(i, "introducing")
	}
	if w.is(i-1, "recently") || w.is(i-1, "previously") {
		return false
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
	case "introduce", "propose", "present", "release":
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
	for j < len(w.word) && w.word[j].sentence == s && (w.word[j].trait&(isDeterminer|isNovel) != 0 && w.word[j].single) && !w.isName(j) {
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
		if name < 0 && class == lexicon.None && k > j && w.is(k, "and") && w.adjectives(k, s) {
			continue // "a broad and automatic benchmark"
		}
		if c.single && c.trait&(isPreposition|isRelative|isConjunction|isBe|isPronoun) != 0 && !(c.strong || c.capital) {
			break
		}
		if name < 0 && w.isName(k) && !w.modifier(k) && !w.attribute(k) {
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
		if article && abbr < 0 && class == lexicon.None {
			return -1, k
		}
		if article && abbr < 0 && nameTo < k && (!w.novelName(name, nameTo) || w.word[name].single && w.text.Pieces[w.word[name].from].Shape == text.Upper && !w.inTitle(w.span(name, nameTo))) {
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
	if k < len(w.word) && w.word[k].sentence == s && k > j && w.text.Is(w.word[k].from-1, '(') && w.isAbbreviation(k) && strong {
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
		if n := w.bracketName(k, s, class); n >= 0 {
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

// titleHas reports whether the title has word i, whatever its capitals.
func (w *worker) titleHas(i int) bool {
	name := w.span(i, i+1)
	for k := 0; k < len(w.word) && w.text.Sentences[w.word[k].sentence].Title; k++ {
		if strings.EqualFold(w.span(k, k+1), name) {
			return true
		}
	}
	return false
}

// smallName reports whether word i may be a name without capitals: jina-embeddings-v3, phi-1.5.
func (w *worker) smallName(i int) bool {
	c := &w.word[i]
	if c.single || c.trait&isSuffix != 0 || w.text.Pieces[c.from].Kind != text.Word || w.text.Pieces[c.from].Shape != text.Lower {
		return false
	}
	for k := c.from + 1; k < c.to; k++ {
		if w.text.Pieces[k].Kind == text.Number {
			return true
		}
	}
	return false
}

// plainWord reports whether word i is in small letters, no word of the language that this package knows, and thus fit for a name that
// its authors write so: softpool, meta-asking.
func (w *worker) plainWord(i int) bool {
	c := &w.word[i]
	if !c.single && !c.capital && !c.acronym && w.titleBegins(i) {
		return true
	}
	return !c.capital && !c.acronym && c.trait == 0 && c.class == lexicon.None && !w.command(i) && w.text.Pieces[c.from].Kind == text.Word && w.text.Pieces[c.from].Shape == text.Lower && len(w.span(i, i+1)) > 3
}

// titleBegins reports whether the title begins with word i and a colon or a dash.
func (w *worker) titleBegins(i int) bool {
	return len(w.word) > 0 && strings.EqualFold(w.span(0, 1), w.span(i, i+1)) && w.headMark(w.word[0].to)
}

// attribute reports whether word k is the name of a language, an organisation or a device, which describes what is introduced:
// "Chinese language models".
func (w *worker) attribute(k int) bool {
	entry, to := w.longest(w.word[k].from)
	if entry < 0 || to != w.word[k].to || w.inTitle(w.span(k, w.nameEnd(k))) && w.nameEnd(k) > k+1 {
		return false
	}
	switch e := &w.e.lex.Entries[entry]; e.Class {
	case lexicon.Language, lexicon.Hardware:
		return !e.MatchCase || w.word[k].single
	case lexicon.Organization:
		return !e.MatchCase
	}
	return false
}

// genericName reports whether the name is what the lexicon calls a kind of things, or a method or design that it knows and that
// words before it within the phrase describe: "adaptively sparse Transformer", "Patience-based Early Exit".
func (w *worker) genericName(from, to int) bool {
	entry, end := w.longest(w.word[from].from)
	if entry < 0 || end < w.word[to-1].to {
		return false
	}
	e := &w.e.lex.Entries[entry]
	if w.titleHas(from) && w.word[from].strong {
		return false
	}
	if e.Generic {
		return true
	}
	return (e.Class == lexicon.Architecture || e.Class == lexicon.Method) && from > 0 && w.word[from].spaced && w.word[from-1].class == lexicon.None &&
		w.word[from-1].trait&(isDeterminer|introduces|makes|names|isNovel|isOwner|isAdverb) == 0
}

// startsName reports whether word k directly follows the phrase's first words.
func (w *worker) startsName(start, k int) bool { return k > start }

// modifier reports whether the name-like word k only modifies: "LLM-based", "GPT-4-generated".
func (w *worker) modifier(k int) bool {
	c := &w.word[k]
	if c.single {
		return false
	}
	if c.trait&isSuffix != 0 {
		return true
	}
	last := w.text.Pieces[c.to-1]
	return last.Kind == text.Word && last.Shape == text.Lower && last.End-last.Start > 4 && w.text.Pieces[c.to-2].Kind == text.Hyphen &&
		(strings.HasSuffix(w.text.String(c.to-1), "ed") || strings.HasSuffix(w.text.String(c.to-1), "ing"))
}

// knownModifier reports whether the name is one that the lexicon knows: after "a" it describes and is not introduced.
func (w *worker) knownModifier(from, to int) bool {
	entry, end := w.longest(w.word[from].from)
	return entry >= 0 && end >= w.word[from].to
}

// novelName reports whether the name is worth a name after "a": it has a capital inside or digits, and nobody knows it.
func (w *worker) novelName(from, to int) bool {
	return w.word[from].strong && !w.knownModifier(from, to) && w.named(from, to)
}

// named reports whether a name is spoken of elsewhere: in the title, or with a capital again in the text.
func (w *worker) named(from, to int) bool {
	name := w.span(from, to)
	if w.inTitle(name) {
		return true
	}
	if w.word[from].strong && !w.knownModifier(from, to) {
		return true
	}
	if w.knownModifier(from, to) {
		return false
	}
	return strings.Count(w.text.Raw, name) > 1
}
