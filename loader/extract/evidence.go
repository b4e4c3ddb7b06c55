package extract

import (
	"sett/loader/lexicon"
)

// plausible reports whether a known name can be meant at words i to j: texts that are not about machine learning name no
// models by ordinary words, and a name that is also an ordinary word needs its class to be spoken of.
func (w *worker) plausible(k *lexicon.Entry, i, j int) bool {
	if w.domain < 2 && (k.Class == lexicon.Model || k.Class == lexicon.Benchmark || k.Class == lexicon.Hardware || k.Class == lexicon.Architecture ||
		k.Class == lexicon.Dataset && k.MatchCase) {
		return false
	}
	if !k.MatchCase {
		return true
	}
	return w.classEvidence(k.Class, i, j)
}

// classEvidence reports whether the words around words i to j speak of the class.
func (w *worker) classEvidence(class lexicon.Class, i, j int) bool {
	for n := j; n < min(j+3, len(w.word)); n++ {
		if !w.word[n].spaced {
			break
		}
		if w.word[n].class == class {
			return true
		}
	}
	if i > 0 && w.word[i-1].class == class && w.word[i].spaced {
		return true
	}
	if class == lexicon.Architecture && j-i > 1 && w.word[j-1].class == class && w.word[j-1].single {
		return true // "grouped-query attention": the name itself says what it is
	}
	switch class {
	case lexicon.Architecture:
		return w.word[i].strong || !w.word[i].first && w.word[i].capital
	case lexicon.Model:
		// A size after it, or capitals in the midst of a sentence that is no title.
		if j < len(w.word) && w.word[j].size > 0 && w.word[j].spaced {
			return true
		}
		c := w.word[i]
		if !c.single && (c.strong || !c.capital) && w.domain >= 3 {
			return true // o1-preview, o3, T0: letters with digits
		}
		return c.capital && !c.first && !w.text.Sentences[c.sentence].Title && w.domain >= 2
	case lexicon.Benchmark, lexicon.Dataset:
		if w.is(i, "the") && i+1 < j && w.word[i+1].capital {
			return w.domain >= 2 // "the Pile"
		}
		c := w.word[i]
		return (c.strong || c.capital && !c.first && c.to-c.from+j-i > 2) && w.domain >= 2 || c.capital && !c.first && w.nearList(i, j, class)
	case lexicon.License:
		return hasSuffix(w.span(i, j), "icense") || w.is(i-2, "under") || j < len(w.word) && (w.is(j, "license") || w.is(j, "licence") || w.is(j, "licensed")) || w.is(i-1, "under")
	case lexicon.Language:
		return w.listed(i, j)
	case lexicon.Organization:
		// by X, from X, X's, X introduces: otherwise an ordinary word.
		return w.listed(i, j) || w.is(i-1, "by") || w.is(i-1, "from") || w.is(i-1, "at")
	}
	return false
}

// nearList reports whether another mention of the class stands just before in a list.
func (w *worker) nearList(i, j int, class lexicon.Class) bool {
	for n := len(w.mention) - 1; n >= 0 && n >= len(w.mention)-2; n-- {
		m := w.mention[n]
		if i-m.to <= 1 && w.entity[m.entity].Class == class {
			return true
		}
	}
	return i > 0 && (w.is(i-1, "on") || w.is(i-1, "and")) && w.word[i].capital
}

// listed reports whether the words stand in a list: a comma or "and" on one side at least, and a capitalised neighbour.
func (w *worker) listed(i, j int) bool {
	before := i > 0 && (w.text.Is(w.word[i].from-1, ',') || w.is(i-1, "and"))
	after := j < len(w.word) && (w.text.Is(w.word[j-1].to, ',') || w.is(j, "and"))
	return before && (i < 2 || w.word[i-1].capital || w.word[i-2].capital) || after && w.word[min(j, len(w.word)-1)].capital
}
