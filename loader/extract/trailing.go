package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// namesBehind reads the names of several new things behind their noun: in brackets, between dashes or after a colon: "new datasets (Foo, Bar
// and Baz)", "the Qux models -- Qux-S and Qux-L --", "two benchmarks: Foo, a set of questions; and Bar". It returns whether there were any.
func (w *worker) namesBehind(k, s int, class lexicon.Class) bool {
	if k >= len(w.word) || w.word[k].sentence != s || w.word[k-1].class != class || !hasSuffix(w.span(k-1, k), "s") {
		return false
	}
	open := w.word[k].from - 1
	if open != w.word[k-1].to || !w.text.Is(open, '(') && !w.text.Is(open, ':') && w.text.Pieces[open].Kind != text.Hyphen && !(w.text.Is(open, ',') && w.is(k, "namely")) {
		return false
	}
	if w.is(k, "namely") {
		k++
	}
	var names [8][2]int
	var long [8]int // the abbreviation of a long name, or 0
	n := 0
	for j := k; j < len(w.word) && w.word[j].sentence == s && n < len(names); {
		if w.is(j, "and") {
			j++
			continue
		}
		if !w.isName(j) || w.modifier(j) {
			break
		}
		end := w.nameEnd(j)
		names[n] = [2]int{j, end}
		if from, to, abbr, ok := w.longName(j, s); ok && from == j && w.text.Is(w.word[abbr].to, ')') {
			names[n], long[n], end = [2]int{from, to}, abbr, abbr+1
		}
		n++
		at := w.word[end-1].to
		if long[n-1] > 0 {
			at++ // past the bracket
			if end < len(w.word) && w.is(end, "and") && w.word[end].from == at {
				j = end
				continue
			}
		}
		if end < len(w.word) && w.text.Is(at, ',') && w.word[end].trait&(isDeterminer|isRelative) != 0 && w.word[end].single {
			end = w.pastDescription(end, s)
			at = w.word[min(end, len(w.word)-1)].from - 1
		}
		if !w.text.Is(at, ',') && !w.text.Is(at, ';') && !(end < len(w.word) && w.is(end, "and") && w.word[end].spaced) {
			break
		}
		j = end
	}
	if n < 2 {
		return false
	}
	for i, at := range names[:n] {
		if long[i] > 0 {
			w.addLong(at[0], at[1], long[i], class, 3, true)
			continue
		}
		w.addLocal(at[0], at[1], class, 3, true)
	}
	return true
}

// pastDescription returns the word after the description of a listed thing that begins at word j: behind the next semicolon, or the comma
// before "and".
func (w *worker) pastDescription(j, s int) int {
	for k := j + 1; k < len(w.word) && k < j+16 && w.word[k].sentence == s; k++ {
		if w.text.Is(w.word[k].from-1, ';') || w.text.Is(w.word[k].from-1, ',') && w.is(k, "and") {
			return k
		}
	}
	return len(w.word)
}

// nameAs reads the name that a described thing is introduced as: "we introduce the model trained in this way as Foo".
func (w *worker) nameAs(k, s int, class lexicon.Class) int {
	for j := k; j+1 < len(w.word) && j < k+8 && w.word[j+1].sentence == s && w.word[j+1].spaced; j++ {
		if !w.is(j, "as") || w.is(j-1, "such") || w.is(j-1, "well") || w.is(j-1, "same") || w.is(j-1, "known") {
			continue
		}
		if from, to, abbr, ok := w.longName(j+1, s); ok && from == j+1 {
			return w.addLong(from, to, abbr, class, 3, true)
		}
		if w.isName(j+1) && w.word[j+1].strong && (!w.knownModifier(j+1, j+2) || w.firstHere(j+1, j+2)) && !w.modifier(j+1) {
			return w.addLocal(j+1, w.nameEnd(j+1), class, 3, true)
		}
		return -1
	}
	return -1
}

// bracketName reads the name in brackets that a described thing has, though its letters are not those of the words: "a method based
// on meta-learning (DAML)". The text must use it again, or the title.
func (w *worker) bracketName(k, s int, class lexicon.Class, strong bool) int {
	for j := k; j < len(w.word) && j < k+10 && w.word[j].sentence == s; j++ {
		if w.text.Is(w.word[j].from-1, '(') {
			if c := &w.word[j]; !c.strong || c.acronym || !w.isName(j) || !w.text.Is(c.to, ')') || w.knownModifier(j, j+1) && !w.inTitle(w.span(j, j+1)) && !w.firstHere(j, j+1) || w.modifier(j) ||
				strings.Count(w.body(), w.span(j, j+1)) < 2 && !w.inTitle(w.span(j, j+1)) && !(j == k && (!w.word[j].single || strong && w.word[j-1].class == class && w.text.Pieces[c.from].Shape == text.Mixed)) {
				return -1
			}
			if from := w.initials(j, max(0, j-8)); from >= k {
				return -1 // it abbreviates what stands nearer
			}
			return w.addLocal(j, j+1, class, 2, true)
		}
		if j > k && !w.word[j].spaced && w.word[j].from > w.word[j-1].to || w.word[j].trait&isRelative != 0 {
			return -1
		}
	}
	return -1
}

// trailingName reads the name that follows a described thing: ", X," or ": X". After a strong verb it may be one that the lexicon has, if
// the text has not named it before.
func (w *worker) trailingName(k, s int, class lexicon.Class, strong bool) int {
	if n := w.smallTrailing(k, s, class, strong); n >= 0 {
		return n
	}
	for j := k; j < len(w.word) && j < k+16 && w.word[j].sentence == s; j++ {
		if w.word[j].trait&names != 0 {
			return -1 // calledName reads it
		}
		if w.word[j].trait&isRelative != 0 && !w.is(j, "which") {
			return -1
		}
		if w.is(j, "namely") {
			for n := j - 1; n >= k; n-- { // the nearest noun: "an approach by creating a dataset for X, namely"
				if c := w.word[n].class; c != lexicon.None && c != lexicon.Hardware && w.word[n].single {
					class = c
					break
				}
			}
			return w.namelyName(j+1, s, class)
		}
		before := w.word[j].from - 1
		if w.word[j].size > 0 || w.word[j].number || w.is(j, "and") && j+1 < len(w.word) && w.word[j+1].size > 0 {
			continue // "with sizes of 1B, 3B, and 7B parameters, X"
		}
		if j > 0 && (w.text.Is(before, ',') || w.text.Is(before, ':') || before > w.word[j-1].to-1 && w.text.Pieces[before].Kind == text.Hyphen && w.text.Pieces[before].Spaced) {
			if from, to, abbr, ok := w.longName(j, s); ok && from == j {
				return w.addLong(from, to, abbr, class, 3, true)
			}
			if !w.isName(j) || w.knownModifier(j, j+1) && !w.inTitle(w.span(j, j+1)) && !(strong && w.firstHere(j, j+1) && (j == k || w.agrees(j, class) && !w.openBracket(w.word[k].from-1, w.word[j].from))) {
				if w.text.Is(before, ',') && j > k {
					return -1
				}
				continue
			}
			end := w.nameEnd(j)
			p := w.word[end-1].to
			if w.text.Pieces[before].Kind == text.Hyphen && w.text.Is(p, ',') {
				return -1 // a list of parts between dashes
			}
			if p >= len(w.text.Pieces) || w.text.Is(p, ',') || w.text.Is(p, '.') || w.text.Is(p, '(') || w.text.Is(p, ':') || w.text.Pieces[p].Kind == text.Hyphen || end < len(w.word) && w.word[end].trait&(isPreposition|isRelative|isConjunction) != 0 {
				return w.addLocal(j, end, class, 3, true)
			}
			return -1
		}
	}
	return -1
}

// smallTrailing reads a name in small letters between commas right behind the noun of what is new, if the title says the same words: "a new
// objective, slow training, which" under "Writing Stories with Slow Training".
func (w *worker) smallTrailing(k, s int, class lexicon.Class, strong bool) int {
	if !strong || k >= len(w.word) || w.word[k].sentence != s || !w.text.Is(w.word[k-1].to, ',') || w.word[k-1].class == lexicon.None {
		return -1
	}
	for e := k + 1; e <= k+3 && e < len(w.word); e++ {
		c := &w.word[e-1]
		if c.sentence != s || c.capital || c.acronym || e > k+1 && !c.spaced || c.single && c.trait&(isPreposition|isRelative|isConjunction|isDeterminer|isPronoun|isBe|isOwner|isAdverb) != 0 {
			return -1
		}
		if !w.text.Is(c.to, ',') {
			continue
		}
		name := w.span(k, e)
		if entry, to := w.longest(w.word[k].from); len(name) < 8 || c.single && e == k+1 || !w.inTitle(name) || entry >= 0 && to >= c.to && w.e.lex.Entries[entry].Generic {
			return -1
		}
		return w.addLocal(k, e, class, 3, true)
	}
	return -1
}

// namelyName reads the one name behind "namely"; a list of several is none of a single thing's.
func (w *worker) namelyName(j, s int, class lexicon.Class) int {
	if j >= len(w.word) || w.word[j].sentence != s {
		return -1
	}
	if from, to, abbr, ok := w.longName(j, s); ok && from == j {
		if w.listStep(abbr+1) >= 0 || abbr+1 < len(w.word) && w.text.Is(w.word[abbr].to+1, ',') && w.word[abbr+1].capital {
			return -1
		}
		return w.addLong(from, to, abbr, class, 3, true)
	}
	if !w.isName(j) || w.knownModifier(j, j+1) && !w.inTitle(w.span(j, j+1)) && !w.agrees(j, class) {
		return -1
	}
	end := w.nameEnd(j)
	if k := w.listStep(end); k >= 0 && w.isName(k) {
		return -1
	}
	return w.addLocal(j, end, class, 3, true)
}

// agrees reports whether the name at word j is one of the lexicon's of the class; tests and data are one.
func (w *worker) agrees(j int, class lexicon.Class) bool {
	entry, to := w.longest(w.word[j].from)
	if entry < 0 || to < w.word[j].to {
		return false
	}
	k := w.e.lex.Entries[entry].Class
	return k == class || isTest(k) && isTest(class)
}

// releasedHere reports whether the sentence of word i tells before it what the authors release.
func (w *worker) releasedHere(i int) bool {
	for j := i - 1; j >= 0 && w.word[j].sentence == w.word[i].sentence; j-- {
		switch w.wordKey(j) {
		case "release", "releasing", "introduce":
			return w.ownSentence(j)
		}
	}
	return false
}
