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
		case (w.is(i, "is") || w.is(i, "lies")) && (w.is(i-1, "core") || w.is(i-1, "heart")) && (w.is(i-2, "its") || w.is(i-2, "the") || w.is(i-2, "our")):
			w.introducedBy(i) // "at its core is X (AB), a"
		case t&(introduces|makes) != 0 && w.isProposed(i):
			w.passiveName(i)
		case w.is(i, "our") && w.word[i].trait&isOwner != 0:
			w.ourName(i)
		}
		if t&isLicense != 0 {
			w.licenseName(i)
		}
		if w.is(i, "proposed") && (w.is(i-1, "the") || w.is(i-1, "our")) {
			w.proposedName(i + 1)
			w.proposedLong(i)
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
			w.titledLong(i)
			w.laterLong(i)
		}
		if w.word[i].strong || w.word[i].capital {
			w.appositive(i)
			w.definition(i)
		}
	}
	w.testNames()
	w.recurring()
	w.settleNames()
}

// opensClause reports whether nothing but an article and words that describe stand before word i in its clause.
func (w *worker) opensClause(i int) bool {
	for k := i - 1; k >= 0 && w.word[k].sentence == w.word[i].sentence && w.word[k+1].spaced; k-- {
		if w.word[k].single && w.word[k].trait&(isPreposition|isConjunction|isRelative|isPronoun|isBe) != 0 {
			return false
		}
	}
	return true
}

// proposedLong reads "the proposed architecture, the Foo Bar (FB), surpasses" at the word "proposed".
func (w *worker) proposedLong(i int) {
	j := i + 1
	for j < i+4 && j < len(w.word) && w.word[j].spaced && w.word[j].class == lexicon.None {
		j++
	}
	if j+1 >= len(w.word) || !w.word[j].spaced || w.word[j].class == lexicon.None || w.word[j].class == lexicon.Hardware || !w.text.Is(w.word[j].to, ',') || w.word[j].sentence != w.word[i].sentence {
		return
	}
	k := j + 1
	for w.is(k, "the") || w.is(k, "called") || w.is(k, "named") {
		k++
	}
	if from, to, abbr, ok := w.longName(k, w.word[i].sentence); ok && from == k && !w.knownModifier(from, to) {
		w.addLong(from, to, abbr, w.word[j].class, 2, true)
	}
}

// isProposed reports whether the participle at word i is that of "X is proposed", "are then introduced": told in the present, it is the paper's.
func (w *worker) isProposed(i int) bool {
	switch w.wordKey(i) {
	case "proposed", "introduced", "presented", "developed", "designed":
	default:
		return false
	}
	k := i - 1
	for w.is(k, "then") || w.is(k, "also") || w.is(k, "further") || w.is(k, "thus") || w.is(k, "therefore") {
		k--
	}
	return (w.is(k, "is") || w.is(k, "are")) && !(i+1 < len(w.word) && w.word[i+1].sentence == w.word[i].sentence && (w.is(i+1, "in") || w.is(i+1, "by"))) && !w.text.Sentences[w.word[i].sentence].Title
}

// passiveName reads the subject of "X is proposed": "a new method, X, is proposed", "X is introduced to", "X, a new dataset, is presented".
func (w *worker) passiveName(i int) {
	s := w.word[i].sentence
	for k := i - 1; k > 0 && k > i-16 && w.word[k].sentence == s; k-- {
		c := &w.word[k]
		if c.single && c.trait&(isRelative|isPronoun) != 0 && k < i-2 {
			return
		}
		if w.text.Is(c.from-1, '(') && w.isAbbreviation(k) && k == i-2 {
			if from := w.initials(k, max(0, k-9)); from >= 0 && w.word[from].sentence == s && (w.word[from].capital || w.word[from].strong) && k-from > 1 && !w.knownModifier(k, k+1) && !w.knownModifier(from, k) && w.opensClause(from) {
				w.addLong(from, k, k, w.longClass(k, k), 2, true) // "a Foo Bar (FB) is developed"
			}
			return
		}
		if !c.strong || !w.isName(k) || w.modifier(k) || w.knownModifier(k, k+1) || w.text.Is(c.from-1, '(') && w.plainCapitals(k) || c.spaced && w.isName(k-1) {
			continue
		}
		end := w.nameEnd(k)
		if j := k - 1; w.word[k].spaced && w.word[j].single && w.word[j].trait&isPreposition != 0 && w.word[j].sentence == s {
			return // "a corpus for X is introduced"
		}
		if end < len(w.word) && w.word[end].spaced && w.word[end].trait&isBe == 0 && w.word[end].class == lexicon.None {
			return
		}
		class := w.apposition(end, s)
		if class == lexicon.None && end < len(w.word) && w.word[end].spaced {
			class = w.word[end].class
		}
		if class == lexicon.None && k > 0 && w.text.Is(c.from-1, ',') {
			class = w.word[k-1].class
		}
		w.addLocal(k, end, class, 2, true)
		return
	}
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
	if n := i - j; n < 2 && !(n == 1 && w.word[j].strong) || w.is(j-1, "first") {
		return // "the first Greek Finance Benchmark" describes
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
	if last := &w.word[to-1]; to-from > 2 && last.single && last.capital && isTest(last.class) && class != last.class && class != lexicon.None && !(isTest(class)) {
		class, votes = last.class, 4 // "the Foo Bar Dataset" is what it says, whatever stands around it
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
	if w.command(i) || w.text.Is(c.to, '\\') && w.text.Tight(c.to) {
		return false // \ours, or the half of a word with an accent
	}
	if c.acronym && !w.heads(i) && !w.givenCompound(i) || c.trait&isSuffix != 0 && !c.single && !c.strong {
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

// givenCompound reports whether word i is made of common abbreviations alone, EM-LLM, and is given as a name where it stands: "named OCR-CC",
// "we introduce EM-LLM, a".
func (w *worker) givenCompound(i int) bool {
	c := &w.word[i]
	if c.single || i == 0 || !c.spaced || w.word[i-1].sentence != c.sentence || hasSuffix(w.span(i, i+1), "s") || w.text.Pieces[c.from].Kind != text.Word || w.modifier(i) {
		return false
	}
	switch t := w.word[i-1].trait; {
	case t&names != 0:
		return w.text.Is(c.to, ',') || w.text.Is(c.to, '.')
	case t&introduces != 0 && w.word[i-1].single:
		return w.text.Is(c.to, ',') && (w.is(i+1, "a") || w.is(i+1, "an") || w.is(i+1, "the"))
	}
	return false
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
