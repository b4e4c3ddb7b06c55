package extract

import (
	"slices"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// rivals links names that nobody has listed right behind a comparison with the paper's own model: "X outperforms Foo-L (61.2)" makes
// a model of Foo-L. The name must stand alone: what a noun follows is a method's or a benchmark's.
func (w *worker) rivals() {
	if w.mainKind != lexicon.Model {
		return
	}
	n := len(w.mention)
	for i := range w.cue {
		c := &w.cue[i]
		if c.kind != cueOutperform && c.kind != cueComparable || w.text.Sentences[c.sentence].Title {
			continue
		}
		k := int(w.wordAt[c.to])
		for k < len(w.word) && w.word[k].sentence == c.sentence && (w.is(k, "both") || w.is(k, "the") || w.is(k, "recent") || w.is(k, "even") || w.is(k, "previous") || w.is(k, "larger") || w.is(k, "supervised") || w.is(k, "strong") || w.is(k, "existing") || w.is(k, "popular") || w.is(k, "proprietary") || w.is(k, "original") || w.is(k, "latest")) {
			k++
		}
		if k >= len(w.word) || w.word[k].sentence != c.sentence || !w.word[k].spaced || !w.rival(k) || w.covered(k) {
			continue
		}
		end := w.nameEnd(k)
		if !w.standsAlone(end, c.sentence) {
			continue
		}
		w.addMention(k, end, w.entityOf(lexicon.Model, w.span(k, end)), w.span(k, end))
	}
	if len(w.mention) > n {
		slices.SortStableFunc(w.mention, func(a, b mention) int { return a.from - b.from })
	}
}

// rival reports whether word k can begin a model's name: it has a capital inside or digits, and is no known word, task or data.
func (w *worker) rival(k int) bool {
	c := &w.word[k]
	return c.strong && w.isName(k) && !w.modifier(k) && !w.knownModifier(k, k+1) && !w.plainCapitals(k) && w.word[k].class == lexicon.None && len(w.localAt[w.span(k, k+1)]) == 0
}

// covered reports whether a mention has word k.
func (w *worker) covered(k int) bool {
	return slices.ContainsFunc(w.mention, func(m mention) bool { return m.from <= k && k < m.to })
}

// standsAlone reports whether what follows a name ends its phrase: punctuation but a hyphen or an apostrophe, a preposition, "and", "while".
func (w *worker) standsAlone(end, sentence int) bool {
	at := w.word[end-1].to
	if end >= len(w.word) || w.word[end].sentence != sentence {
		return true
	}
	if !w.word[end].spaced {
		return w.text.Pieces[at].Kind != text.Hyphen && !w.text.Is(at, '\'') && w.text.String(at) != "’"
	}
	return w.word[end].single && w.word[end].trait&(isPreposition|isConjunction|isRelative) != 0
}
