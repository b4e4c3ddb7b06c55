package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
)

// resultVerb reports whether word i says that something comes out of what the authors do: "we obtain", "yields", "to create",
// "resulting in".
func (w *worker) resultVerb(i int) bool {
	if w.word[i].trait&isResult == 0 || w.text.Sentences[w.word[i].sentence].Title {
		return false
	}
	switch {
	case w.is(i, "yields"), w.is(i, "yield"), w.is(i, "yielding"), w.is(i, "producing"), w.is(i, "creating"), w.is(i, "obtaining"), w.is(i, "resulting"), w.is(i, "produces"):
		return true
	case w.is(i, "results"), w.is(i, "result"):
		if i > 0 && w.word[i].spaced && (!w.word[i-1].single || w.word[i-1].trait&(isNovel|isOwner|isDeterminer) != 0) {
			return false // "state-of-the-art results in"
		}
		return w.is(i+1, "in")
	case w.is(i, "led"), w.is(i, "leads"), w.is(i, "leading"):
		return w.is(i+1, "to")
	case w.is(i, "obtain"), w.is(i, "produce"), w.is(i, "get"):
		return w.is(i-1, "to") || w.is(i-1, "we") || w.ownSentence(i)
	case w.is(i, "create"), w.is(i, "build"), w.is(i, "develop"), w.is(i, "construct"), w.is(i, "train"):
		return w.is(i-1, "to") && w.ownSentence(i)
	}
	return false
}

// resultName reads the new name after a verb of result: it must be one that nobody has listed, and not an ordinary word.
func (w *worker) resultName(i int) {
	s := w.word[i].sentence
	j, said := i+1, lexicon.None
	for j < len(w.word) && w.word[j].sentence == s && j < i+6 && w.word[j].single && !w.word[j].capital &&
		(w.word[j].trait&(isDeterminer|isNovel|isAdverb) != 0 || w.word[j].class != lexicon.None || w.is(j, "in") || j == i+1 && w.is(j, "to") || w.is(j, "final") || w.is(j, "powerful")) || j < len(w.word) && w.word[j].sentence == s && j < i+6 && w.word[j].size == 1 && w.text.Pieces[w.word[j].from].Kind == text.Number {
		if w.word[j].class != lexicon.None {
			said = w.word[j].class
		}
		j++
	}
	if from, to, abbr, ok := w.longName(j, s); ok && from <= j+1 && from >= j && !w.knownModifier(abbr, abbr+1) {
		w.addLong(from, to, abbr, w.longClass(to, abbr), 2, true)
		return
	}
	if j >= len(w.word) || w.word[j].sentence != s || !w.word[j].strong || !w.isName(j) || w.modifier(j) || w.knownModifier(j, j+1) && !(w.presented(i+1, j, w.nameEnd(j)) || w.is(j-1, "in") && w.presented(j, j, w.nameEnd(j))) {
		return
	}
	end := w.nameEnd(j)
	class := w.apposition(end, s)
	switch {
	case class != lexicon.None:
	case end < len(w.word) && w.word[end].spaced && w.word[end].class != lexicon.None:
		class = w.word[end].class
	case said != lexicon.None:
		class = said
	default:
		class = w.classByHead(j, end)
	}
	if class != lexicon.None && class != lexicon.Hardware {
		w.addLocal(j, end, class, 2, true)
	}
}
