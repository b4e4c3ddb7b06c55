package extract

import (
	"strings"

	"sett/loader/lexicon"
)

// ourName reads "our novel X (AB) mechanism", "our model, X,".
func (w *worker) ourName(i int) {
	s := w.word[i].sentence
	novel := false
	j := i + 1
	for j < len(w.word) && j < i+5 && w.word[j].sentence == s && w.word[j].spaced && !w.isName(j) {
		novel = novel || w.is(j, "novel") || w.is(j, "new") || w.is(j, "proposed")
		if w.is(j, "previous") || w.is(j, "earlier") || w.is(j, "prior") || w.is(j, "former") {
			return
		}
		if w.word[j].class != lexicon.None && j+1 < len(w.word) && w.text.Is(w.word[j].to, ',') && w.isName(j+1) {
			end := w.nameEnd(j + 1)
			if end < len(w.word) && w.text.Is(w.word[end-1].to, ',') {
				w.addLocal(j+1, end, w.word[j].class, 2, (w.word[j+1].strong || w.word[j].class == lexicon.Model && w.named(j+1, end)) && (!w.knownModifier(j+1, end) || w.firstHere(j+1, end)))
			}
			return
		}
		if w.word[j].trait&(isPreposition|isRelative) != 0 {
			return
		}
		j++
	}
	if j >= len(w.word) || w.word[j].sentence != s || !w.isName(j) || !w.word[j].spaced || w.modifier(j) {
		return
	}
	if entry, to := w.longest(w.word[j].from); entry >= 0 && w.e.lex.Entries[entry].Class == lexicon.Model && to < w.word[j].to && w.variantsFrom(to, w.word[j].to) && !novel && !w.inTitle(w.span(j, j+1)) {
		return // "our tuned BERT-large model" is BERT's, tuned
	}
	end := w.nameEnd(j)
	abbr, after := -1, end
	if from, to, a, ok := w.longName(j, s); ok && from <= j {
		j, end, abbr, after = from, to, a, a+1
		if to < a {
			after = a - 1
		}
	}
	if abbr < 0 && w.plainCapitals(j) && !w.inTitle(w.span(j, end)) && strings.Count(w.body(), w.span(j, end)) < 3 {
		return // "our IDE plugin"
	}
	class := lexicon.None
	if after < len(w.word) && w.word[after].sentence == s {
		class = w.word[after].class
	}
	if said := w.word[j-1].class; class == lexicon.None && abbr < 0 && j > i+1 && w.word[j-1].single && said != lexicon.None && said != lexicon.Hardware && w.word[j].strong && !hasSuffix(w.span(j-1, j), "s") &&
		(!w.knownModifier(j, end) || w.inTitle(w.span(j, end))) {
		w.addLocal(j, end, said, 2, true) // "our model X achieves"
		return
	}
	if class == lexicon.None && abbr < 0 && j == i+1 && end == j+1 && w.ownName(j, s) {
		w.addLocal(j, end, w.classByHead(j, end), 1, true) // "our X is"
		return
	}
	if !novel && abbr < 0 && !w.named(j, end) || !novel && abbr < 0 && w.knownModifier(j, end) && !(class == lexicon.Dataset && w.inTitle(w.span(j, end))) || class == lexicon.None && abbr < 0 {
		return
	}
	if class == lexicon.None {
		class = w.classByHead(j, end)
	}
	if class == lexicon.None {
		class = lexicon.Method
	}
	if abbr >= 0 {
		w.addLong(j, end, abbr, class, 2, true)
		return
	}
	w.addLocal(j, end, class, 2, true)
}

// ownName reports whether the one word j behind "our" is a name that nobody has listed and that no noun follows: it has capitals inside, is no
// run of capitals, and a verb, a preposition or punctuation stands behind it.
func (w *worker) ownName(j, s int) bool {
	if !w.word[j].strong || w.plainCapitals(j) || w.modifier(j) || w.knownModifier(j, j+1) || w.word[j].class != lexicon.None || w.word[j].size > 0 {
		return false
	}
	if entry, _ := w.longest(w.word[j].from); entry >= 0 {
		return false // "our Llama3-8B+X"
	}
	k := j + 1
	if k >= len(w.word) || w.word[k].sentence != s || !w.word[k].spaced {
		return k < len(w.word) && w.word[k].sentence != s
	}
	if w.word[k].trait&(isBe|isPreposition|isConjunction) != 0 {
		return true
	}
	switch w.wordKey(k) {
	case "achieves", "outperforms", "can", "has", "surpasses", "improves", "significantly", "consistently", "also", "shows", "demonstrates", "obtains", "reaches", "performs", "uses", "reduces", "provides", "enables", "matches", "attains", "yields":
		return true
	}
	return false
}

// proposedName reads "the proposed X" for a name that nobody has listed.
func (w *worker) proposedName(j int) {
	if j >= len(w.word) || !w.word[j].spaced || !w.word[j].strong || !w.isName(j) || w.modifier(j) || w.knownModifier(j, j+1) || w.plainCapitals(j) && !w.inTitle(w.span(j, j+1)) {
		return
	}
	end := w.nameEnd(j)
	class, votes := lexicon.None, 0
	if end < len(w.word) && w.word[end].spaced && w.word[end].class != lexicon.None && w.word[end].class != lexicon.Hardware {
		class, votes = w.word[end].class, 2
	}
	w.addLocal(j, end, class, votes, true)
}
