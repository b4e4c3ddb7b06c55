package extract

import (
	"sett/loader/lexicon"
)

// relateBases reads which model another begins with: "with A as its backbone", "through training on A, we present X".
func (w *worker) relateBases(s *scope) {
	if s.sentence.Title {
		return
	}
	for k, m := range s.mentions {
		if e, ok := w.kindOfModel(s, m); ok {
			w.relation(s, e, "derivedFrom", m.entity, "model-based", 0.85)
			continue
		}
		if w.classOf(m) != lexicon.Model || m.modifier || w.ownModel(m.entity) {
			continue
		}
		if w.mainKind == lexicon.Model && s.index > 0 && w.asBase(m) && w.entity[w.main].start < int(w.text.Pieces[s.sentence.To-1].Start) && !w.compared(s, max(s.sentence.From, w.at(m)-6), w.at(m)) {
			subject := w.main
			if e, ok := w.subject(s, w.at(m)); ok && w.ownModel(e) {
				subject = e
			}
			w.relation(s, subject, "derivedFrom", m.entity, "base-model", 0.85)
			continue
		}
		if from, ok := w.trainedFrom(s, m); ok {
			w.relation(s, from, "derivedFrom", m.entity, "trained-from", 0.86)
			continue
		}
		if k+1 < len(s.mentions) && w.opensWithTraining(s, m) {
			if x := s.mentions[k+1]; w.classOf(x) == lexicon.Model && w.entity[x.entity].Introduced && !x.modifier && w.obtained(m.to, x.from) {
				w.relation(s, x.entity, "derivedFrom", m.entity, "applied-to-obtain", 0.88)
			}
		}
	}
}

// kindOfModel reads "X, an A-based model" and "X is an A variant": the paper's own model X that is said to be made of model A.
func (w *worker) kindOfModel(s *scope, m mention) (int, bool) {
	if w.classOf(m) != lexicon.Model || w.ownModel(m.entity) {
		return Paper, false
	}
	k := m.to
	switch {
	case m.modifier && hasSuffix(w.span(m.to-1, m.to), "-based"):
		for n := 0; n < 4 && k < len(w.word) && w.word[k].spaced && w.word[k].class == lexicon.None && w.word[k].trait&(isPreposition|isConjunction|isRelative) == 0; n++ {
			k++
		}
		if k >= len(w.word) || !w.word[k].spaced || w.word[k].class != lexicon.Model || w.partNoun(k) || hasSuffix(w.span(k, k+1), "s") {
			return Paper, false
		}
	case !m.modifier && (w.is(k, "variant") || w.is(k, "derivative")) && w.word[k].spaced:
	case !m.modifier && w.tunedKind(m):
	default:
		return Paper, false
	}
	p := w.at(m)
	near, ok := w.nearest(s, p, 8)
	if !ok || near.pronoun || !w.ownModel(near.entity) || !w.isA(near.to, p) || !w.articleBetween(int(w.wordAt[near.to]), m.from) || w.compared(s, near.to, p) || w.prepositionBetween(near.to, p) {
		return Paper, false
	}
	return near.entity, true
}

// tunedKind reports whether "model fine-tuned on" or the like follows a mention, which makes it what the model before it is made of: "a 65B
// A language model fine-tuned on".
func (w *worker) tunedKind(m mention) bool {
	k := m.to
	if w.is(k, "language") {
		k++
	}
	if !w.is(k, "model") || !w.word[m.to].spaced || !w.word[k].spaced || k+1 >= len(w.word) {
		return false
	}
	switch w.wordKey(k + 1) {
	case "fine-tuned", "finetuned", "tuned", "instruction-tuned", "adapted":
		return true
	case "further", "continually":
		return !w.is(k+2, "evaluated")
	}
	return false
}

// trainedFrom reads "we train X from A": the paper's own model X behind a word of training, and "from" right before model A.
func (w *worker) trainedFrom(s *scope, m mention) (int, bool) {
	i, p := m.from-1, w.at(m)
	for i > 0 && w.word[i].single && (w.word[i].trait&isDeterminer != 0 || w.is(i, "base") || w.is(i, "pretrained")) {
		i--
	}
	if i < 1 || !w.is(i, "from") || w.word[i].from < s.sentence.From {
		return Paper, false
	}
	near, ok := w.nearest(s, w.word[i].from, 6)
	if !ok || !w.ownModel(near.entity) || near.pronoun || w.prepositionBetween(near.to, w.word[i].from) {
		return Paper, false
	}
	for k := range s.cues {
		if c := &s.cues[k]; (c.kind == cueTrain || c.kind == cueFinetune) && c.to <= p && (c.from >= near.to || c.to <= near.from && near.from-c.to < 4) {
			return near.entity, !w.noun(m.to, "data", "outputs", "responses")
		}
	}
	return Paper, false
}

// asBase reports whether a mention is what something is built on: "A as the base model", "using A as our backbone".
func (w *worker) asBase(m mention) bool {
	i := m.to
	if w.is(i, "model") || w.is(i, "models") {
		i++
	}
	if !w.is(i, "as") || !w.word[i].spaced {
		return false
	}
	for k := i + 1; k < len(w.word) && k < i+6 && w.word[k].spaced; k++ {
		switch w.wordKey(k) {
		case "base", "backbone", "backbones", "underlying", "foundation", "foundational", "initialization", "starting":
			return true
		case "baseline", "baselines", "judge", "teacher", "evaluator":
			return false
		}
	}
	return false
}

// opensWithTraining reports whether a sentence opens with what is done to a model: "Applying our method to A, …", "By training on A, …".
func (w *worker) opensWithTraining(s *scope, m mention) bool {
	first := int(w.wordAt[s.sentence.From])
	i := m.from - 1
	for i > first && w.word[i].trait&isDeterminer != 0 {
		i--
	}
	if i <= first || m.from-first > 16 || !w.is(i, "to") && !w.is(i, "on") && !w.is(i, "from") && !w.is(i, "upon") {
		return false
	}
	for k := first; k < i; k++ {
		switch w.wordKey(k) {
		case "applying", "training", "tuning", "finetuning", "fine-tuning", "post-training", "pretraining", "adapting", "starting", "building":
			return true
		}
	}
	return false
}

// obtained reports whether ", we obtain" or the like fills the words between.
func (w *worker) obtained(from, to int) bool {
	if to-from > 6 || from >= to || !w.text.Is(w.word[from].from-1, ',') || !w.is(from, "we") {
		return false
	}
	for k := from + 1; k < to; k++ {
		if w.word[k].trait&(introduces|makes) != 0 || w.resultVerb(k) {
			return true
		}
	}
	return false
}
