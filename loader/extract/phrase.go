package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// titlePhrase reads a new thing that has no name but the words that describe it, where the title says the same words: "we propose a gated
// copy network" under "A Gated Copy Network for …". The noun phrase begins at word j; class nouns end it. It returns the local name, or -1.
func (w *worker) titlePhrase(j, s int) int {
	for k := range w.local {
		if l := &w.local[k]; l.introduced && w.text.Sentences[w.word[l.from].sentence].Title || l.introduced && w.inTitle(l.text+":") {
			return -1 // the title gives a name
		}
	}
	end := -1
	for k := j; k < len(w.word) && k < j+7 && w.word[k].sentence == s; k++ {
		c := &w.word[k]
		if k > j && !c.spaced || c.single && c.trait&(isPreposition|isRelative|isConjunction|isBe|isPronoun|isDeterminer) != 0 {
			break
		}
		if c.class != lexicon.None && c.class != lexicon.Hardware && c.single {
			end = k + 1
		}
	}
	for from := j; end > 0 && from < end-1; from++ {
		c := &w.word[from]
		if c.trait&(isNovel|isDeterminer|isAdverb) != 0 && c.single || c.acronym || !w.describing(from, end) {
			continue
		}
		if entry, to := w.longest(c.from); entry >= 0 && to >= w.word[end-1].from {
			return -1 // the lexicon knows it
		}
		if !w.inTitle(strings.TrimSuffix(w.span(from, end), "s")) {
			continue
		}
		return w.addLocal(from, end, w.word[end-1].class, 1, true)
	}
	return -1
}

// titledLong notes a long name with its abbreviation at word k that the title has too, in a sentence that proposes something: "we propose an
// approach that works through a Team-of-Writers (ToW) scheme" under "Team-of-writers Makes …". What something is for, or in, is not proposed.
func (w *worker) titledLong(k int) {
	c := &w.word[k]
	if c.acronym || !w.isAbbreviation(k) || w.text.Sentences[c.sentence].Title {
		return
	}
	from := w.initials(k, max(0, k-6))
	if from < 0 || w.word[from].sentence != c.sentence || !w.word[from].capital || !w.inTitle(w.span(from, k)) || w.genericName(from, k) || k-from < 2 && w.word[from].single ||
		len(w.span(k, k+1)) < 3 || w.knownModifier(from, k) && !strings.HasPrefix(w.title, strings.ToLower(w.span(from, k))) {
		return
	}
	i := from - 1
	if i > 0 && w.word[i].sentence == c.sentence && w.word[from].spaced && w.word[i].capital && !w.word[i].first {
		return // the end of a longer name
	}
	for n := 0; n < 3 && i > 0 && w.word[i].sentence == c.sentence && !w.word[i].capital && w.word[i].trait&(isPreposition|isConjunction|introduces|makes|isRelative|isBe) == 0; n++ {
		i--
	}
	switch w.wordKey(i) {
	case "for", "of", "in", "on", "to", "from", "with", "and", "as", "than", "like", "existing", "recent":
		return
	}
	for n := i; n >= 0 && w.word[n].sentence == c.sentence; n-- {
		switch w.wordKey(n) {
		case "propose", "introduce", "present":
			if w.ownVerb(n) {
				w.addLong(from, k, k, w.longClass(k, k), 1, true)
			}
			return
		}
	}
}

// laterLong notes a long name with its abbreviation at word k further on in what the authors introduce: "we introduce the concept of Foo Bar
// (FB)", "two new tasks: Foo Bar (FB) and Baz Qux (BQ)", "a solution to this, Foo Bar (FB), which".
func (w *worker) laterLong(k int) {
	c := &w.word[k]
	if c.acronym || !w.isAbbreviation(k) || w.text.Sentences[c.sentence].Title || len(w.span(k, k+1)) < 3 || len(w.localAt[w.span(k, k+1)]) > 0 {
		return
	}
	from := w.initials(k, max(0, k-8))
	if from < 1 || w.word[from].sentence != c.sentence || !w.word[from].capital && !w.word[from].strong || k-from < 2 && w.word[from].single || w.word[from].first || w.genericName(from, k) ||
		w.knownModifier(k, k+1) || w.knownModifier(from, k) || w.word[from-1].capital && w.word[from].spaced && !w.word[from-1].first {
		return
	}
	to := k
	for to-1 > from && w.word[to-1].single && !w.word[to-1].capital && w.word[to-1].class != lexicon.None {
		to-- // "Foo Bar framework (FB)"
	}
	for n := from; n < to; n++ {
		if w.word[n].single && !w.word[n].capital && !w.word[n].strong && w.word[n].trait&(isPreposition|isConjunction|isDeterminer) == 0 {
			return // half a name
		}
	}
	apposed := w.text.Is(w.word[from].from-1, ',') || w.text.Is(w.word[from].from-1, ':')
	for i := from - 1; i >= 0 && i > from-22 && w.word[i].sentence == c.sentence; i-- {
		v := &w.word[i]
		if !v.single {
			continue
		}
		switch {
		case v.trait&introduces != 0 || w.is(i, "design") || w.is(i, "develop") || w.is(i, "devise"):
			if w.ownVerb(i) {
				w.addLong(from, to, k, w.longClass(k, k), 1, true)
			}
			return
		case v.trait&(isRelative|isBe|isPronoun) != 0 && !w.is(i, "this"), w.is(i, "using"), w.is(i, "based"):
			return
		case v.trait&isPreposition != 0 && !apposed:
			if !w.is(i, "of") || !w.conceptNoun(i-1) {
				return
			}
		}
	}
}

// conceptNoun reports whether word i is a noun whose "of" names what it is: "the concept of X".
func (w *worker) conceptNoun(i int) bool {
	switch w.wordKey(i) {
	case "concept", "notion", "idea", "task", "setting", "paradigm", "family", "class", "form", "variant":
		return true
	}
	return false
}

// describing reports whether the words up to, not including, end say more than a kind: two words before the noun, or one with a hyphen if
// the noun is no word for any kind of work.
func (w *worker) describing(from, end int) bool {
	parts := 0
	if from == end-2 {
		switch strings.TrimSuffix(w.wordKey(end-1), "s") {
		case "model", "approach", "framework", "method", "strategy", "strategie", "system", "network", "technique", "algorithm":
			return false
		}
	}
	for k := from; k < end-1; k++ {
		for p := w.word[k].from; p < w.word[k].to; p++ {
			if w.text.Pieces[p].Kind == text.Word {
				parts++
			}
		}
		if w.word[k].single && (w.word[k].trait&(isTopic|isAcronym) != 0 || w.is(k, "language") || w.is(k, "neural")) {
			parts-- // "large language model"
		}
	}
	return parts >= 2
}

// referred reports whether word i is the "as" of "referred to as" or "known as" in a sentence of the authors' own.
func (w *worker) referred(i int) bool {
	if !w.is(i, "as") {
		return false
	}
	if w.is(i-1, "to") {
		return w.is(i-2, "referred") || w.is(i-2, "refer")
	}
	kind := false
	for k := i - 1; k > 1 && k > i-6 && w.word[k].sentence == w.word[i].sentence; k-- {
		if w.is(k, "to") {
			return kind && w.is(k-1, "refer") && (w.is(k-2, "we") || w.is(k-2, "which")) // "we refer to this method as"
		}
		kind = kind || w.word[k].class != lexicon.None
	}
	return false
}

// longAfterNoun reads the name with its abbreviation that a described thing of the authors is given behind a comma: "our approach uses a
// training algorithm, Careful Step Optimization (CSO)".
func (w *worker) longAfterNoun(i int) {
	c, j := &w.word[i], i+1
	if j >= len(w.word) || w.word[j].sentence != c.sentence || !w.text.Is(c.to, ',') || w.word[j].from != c.to+1 || w.text.Sentences[c.sentence].Title || !w.ownSentence(i) || hasSuffix(w.span(i, i+1), "s") {
		return
	}
	from, to, abbr, ok := w.longName(j, c.sentence)
	if !ok || from != j || w.knownModifier(abbr, abbr+1) || w.knownModifier(from, to) {
		return
	}
	after := w.word[abbr].to + 1
	if after < len(w.text.Pieces) && !w.text.Is(after, '.') && !w.text.Is(after, ',') && !(abbr+1 < len(w.word) && w.word[abbr+1].trait&(isPreposition|isRelative|isConjunction) != 0) {
		return
	}
	w.addLong(from, to, abbr, c.class, 2, true)
}
