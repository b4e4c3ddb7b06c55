package extract

import (
	"strings"

	"sett/loader/lexicon"
)

// relateOwnDesign reads of which architecture the paper's own work is that is no model by name, or that the sentence does not name: "we use a
// single transformer architecture", "Employing a Mixture of Experts framework, X shows", "our approach … in an encoder-decoder architecture".
func (w *worker) relateOwnDesign(s *scope) {
	if s.sentence.Title || !w.scopeOwn(s) {
		return
	}
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Architecture || w.entity[m.entity].Introduced || w.entity[m.entity].Component {
			continue
		}
		if e, ok := w.thingOfKind(s, m); ok {
			w.relation(s, e, "architecture", m.entity, "own-design", 0.85)
			continue
		}
		headed := w.noun(m.to, "architecture", "framework", "backbone") || w.is(m.to-1, "architecture")
		if !(headed && w.designed(s, m) || w.madeModel(s, m)) || w.mentionsOfModels(s, s.sentence.From, w.at(m)) {
			continue
		}
		p := w.at(m)
		if s.has(cueExcept, s.sentence.From, p) || s.has(cueNegation, s.sentence.From, p) || w.compared(s, s.sentence.From, p) || s.has(cueSuchAs, s.sentence.From, p) || s.has(cueEvaluate, max(s.sentence.From, p-6), p) {
			continue
		}
		subject := w.main
		if w.mainKind != lexicon.Model {
			subject = w.method
		}
		if subject >= 0 && subject != m.entity && strings.ToLower(w.entity[subject].Label) != w.entity[subject].Label {
			w.relation(s, subject, "architecture", m.entity, "own-design", 0.85)
		}
	}
}

// thingOfKind reads "X is a Transformer that" and "X, a recurrent neural network with": the paper's method X that is one of a kind of
// architecture. What stands before the noun may describe it, what stands behind must not make it another.
func (w *worker) thingOfKind(s *scope, m mention) (int, bool) {
	if m.modifier || w.otherDesign(m) {
		return Paper, false
	}
	if n := m.to; n < len(w.word) && w.word[n].spaced && !(w.word[n].single && w.word[n].trait&(isPreposition|isRelative|isConjunction) != 0) {
		return Paper, false
	}
	for _, x := range s.mentions {
		e := &w.entity[x.entity]
		if x.entity == m.entity || !e.Introduced || x.modifier || e.Class != lexicon.Method || w.past(x) > w.at(m) || m.from-x.to > 7 {
			continue
		}
		k := x.to
		if w.is(k, "is") {
			k++
		} else if !w.text.Is(w.past(x), ',') {
			continue
		}
		if (w.is(k, "a") || w.is(k, "an")) && !w.prepositionBetween(w.word[k].from, w.at(m)) && !w.commaBetween(w.word[k].from, w.at(m)) && !w.mentionsBetween(s, w.word[k].from, w.at(m)) {
			return x.entity, true
		}
	}
	return Paper, false
}

// madeModel reads "we train a Transformer-based language model", "we propose a neural encoder-decoder parser": the authors make a model, an
// architecture describes it or is what it is, and the paper's model is the one that it introduces.
func (w *worker) madeModel(s *scope, m mention) bool {
	if w.mainKind != lexicon.Model || w.compared(s, s.sentence.From, w.at(m)) {
		return false
	}
	k := m.to
	for n := 0; n < 4 && k < len(w.word) && w.word[k].spaced && w.word[k].class == lexicon.None && w.word[k].trait&(isPreposition|isConjunction|isRelative|isBe) == 0; n++ {
		k++
	}
	if k >= len(w.word) || !w.word[k].spaced || w.word[k].class != lexicon.Model || w.word[k].sentence != s.index || w.partNoun(k) {
		return false
	}
	for i := m.from - 1; i > 0 && i > m.from-8 && w.word[i].from >= s.sentence.From && w.word[i+1].spaced; i-- {
		switch w.wordKey(i) {
		case "train", "pretrain", "pre-train", "propose", "build", "develop", "design", "scale", "present", "introduce":
			j := i - 1
			for w.word[j].trait&isAdverb != 0 {
				j--
			}
			return w.is(j, "we") && (w.articleBetween(i+1, m.from) || w.is(i+1, "large"))
		}
		if w.word[i].single && w.word[i].trait&(isPreposition|isConjunction|isRelative|isBe|isPronoun) != 0 {
			return false
		}
	}
	return false
}

// scopeOwn reports whether a sentence tells what the authors, or what they introduce, do.
func (w *worker) scopeOwn(s *scope) bool {
	return s.own || s.any(cueOwnMethod) || w.speaksOfOwn(s)
}

// designed reports whether the words before a mention of an architecture make it what is used: "employing a", "based on a single, unified",
// "in an end to end".
func (w *worker) designed(s *scope, m mention) bool {
	for i := m.from - 1; i >= 0 && i > m.from-8 && w.word[i].from >= s.sentence.From; i-- {
		switch w.wordKey(i) {
		case "employing", "employs", "employ", "leveraging", "leverages", "adopting", "adopts", "adopt", "using", "uses", "use", "utilizing", "utilizes", "on", "upon", "with", "in", "within", "featuring", "features", "via":
			return w.is(m.from-1, "a") || w.is(m.from-1, "an") || w.is(m.from-1, "the") || w.articleBetween(i+1, m.from)
		case "of", "for", "to", "from", "by", "between", "and", "or", "like", "than":
			if !(w.is(i, "to") && w.is(i-1, "end")) {
				return false
			}
		}
	}
	return false
}

// articleBetween reports whether an indefinite article stands among the words: what follows is one of a kind that the authors chose.
func (w *worker) articleBetween(from, to int) bool {
	for k := from; k < to; k++ {
		if w.is(k, "a") || w.is(k, "an") || w.is(k, "our") {
			return true
		}
	}
	return false
}
