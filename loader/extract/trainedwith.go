package extract

import (
	"sett/loader/lexicon"
)

// usesToTrain reads "we use D to pre-train X".
func (w *worker) usesToTrain(s *scope, m mention) (int, bool) {
	i := m.from - 1
	for i > 0 && w.word[i].single && w.word[i].trait&isDeterminer != 0 {
		i--
	}
	switch w.wordKey(i) {
	case "use", "utilize", "leverage", "employ", "used":
	default:
		return Paper, false
	}
	k := m.to
	if w.noun(k, "dataset", "data", "corpus") {
		k++
	}
	if !w.is(i-1, "we") || !w.is(k, "to") || !w.word[k].spaced {
		return Paper, false
	}
	for c := range s.cues {
		if u := &s.cues[c]; (u.kind == cueTrain || u.kind == cueFinetune) && u.from >= w.word[k].to && u.from-w.word[k].to < 2 {
			f, ok := w.follower(s, u.to, min(u.to+8, s.sentence.To))
			return f.entity, ok && !w.onBetween(u.to, f.from)
		}
	}
	return Paper, false
}

// trainingData reads of what the data that a model is trained on is made: "the training corpus of X includes A and B".
func (w *worker) trainingData(s *scope) {
	if w.mainKind != lexicon.Model {
		return
	}
	for i := int(w.wordAt[s.sentence.From]); i+2 < len(w.word) && w.word[i+2].to <= s.sentence.To; i++ {
		if !w.is(i, "training") && !w.is(i, "pretraining") && !w.is(i, "pre-training") || !w.is(i+1, "data") && !w.is(i+1, "corpus") && !w.is(i+1, "set") && !w.is(i+1, "mixture") || s.any(cueNegation) {
			continue
		}
		subject, k := w.main, i+2
		for k < len(w.word) && k < i+6 && w.word[k].spaced && !w.is(k, "includes") && !w.is(k, "comprises") && !w.is(k, "consists") && !w.is(k, "is") && !w.is(k, "contains") && !w.is(k, "combines") {
			k++
		}
		verb := w.wordKey(k)
		if verb != "includes" && verb != "comprises" && verb != "consists" && verb != "contains" && verb != "combines" && !(verb == "is" && k == i+2) || !w.word[k].spaced && k > i+2 {
			return
		}
		if e, ok := w.subject(s, w.word[k].from); ok {
			subject = e
		}
		if !w.ownModel(subject) || w.entity[subject].start > int(w.text.Pieces[w.word[k].from].Start) {
			return
		}
		last := k + 1
		if verb == "consists" {
			last++
		}
		for _, m := range s.mentions {
			if m.from < last || w.classOf(m) != lexicon.Dataset {
				continue
			}
			if m.from-last > 1 {
				return
			}
			w.relation(s, subject, "trainedOn", m.entity, "training-data", 0.86)
			last = m.to
		}
		return
	}
}

// trainsWith reads "Using D, we train X" and "With D, we fine-tune X".
func (w *worker) trainsWith(s *scope, m mention) (int, bool) {
	i := m.from - 1
	for i >= 0 && w.word[i].trait&(isDeterminer|isOwner) != 0 && w.word[i].single && !w.word[i].first {
		i--
	}
	if w.is(i, "on") && w.is(i-1, "based") && w.word[i-1].first {
		i-- // "Based on D, we train X"
	}
	if i < 0 || !w.word[i].first || !w.is(i, "based") && !w.is(i, "using") && !w.is(i, "with") && !w.is(i, "leveraging") && !w.is(i, "on") {
		return Paper, false
	}
	to := w.past(m)
	for k := range s.cues {
		c := &s.cues[k]
		if c.kind != cueTrain && c.kind != cueFinetune || c.from < to || c.from-to > 6 {
			continue
		}
		if j := int(w.wordAt[c.from]) - 1; !w.is(j, "we") && !w.is(j, "further") && !w.is(j, "then") {
			return Paper, false
		}
		f, ok := w.follower(s, c.to, min(c.to+10, s.sentence.To))
		return f.entity, ok && !w.onBetween(c.to, f.from)
	}
	return Paper, false
}

// usedToTrain reports whether "used to train" or "for training" follows.
func (w *worker) usedToTrain(s *scope, p int) bool {
	for i := int(w.wordAt[p]); i < len(w.word) && w.word[i].from < min(p+10, s.sentence.To); i++ {
		if w.is(i, "used") || w.is(i, "for") && w.trainingWord(i+1) {
			return true
		}
	}
	return false
}

// trainingWord reports whether word i is a gerund of training.
func (w *worker) trainingWord(i int) bool {
	switch w.wordKey(i) {
	case "training", "pretraining", "pre-training", "finetuning", "fine-tuning", "post-training":
		return true
	}
	return false
}

// purpose reads "To train X, we build D" and "For pre-training X, we collect D": the model, if D is what the mention m names.
func (w *worker) purpose(s *scope, m mention) (int, bool) {
	first := int(w.wordAt[s.sentence.From])
	for first < len(w.word) && w.word[first].to < s.sentence.To && first < int(w.wordAt[s.sentence.From])+3 && !w.is(first, "to") && !w.is(first, "for") {
		first++
	}
	if !(w.is(first, "to") && (w.is(first+1, "train") || w.is(first+1, "pretrain") || w.is(first+1, "pre-train") || w.is(first+1, "fine-tune")) || w.is(first, "for") && w.trainingWord(first+1)) {
		return Paper, false
	}
	f, ok := w.follower(s, w.word[first+1].to, w.at(m))
	if !ok || w.onBetween(w.word[first+1].to, f.from) {
		return Paper, false
	}
	for i := int(w.wordAt[f.to]); i < m.from; i++ {
		if w.is(i, "we") && w.word[i+1].trait&(introduces|makes) != 0 {
			return f.entity, !w.mentionsBetween(s, w.word[i].from, w.at(m))
		}
	}
	return Paper, false
}

// uponData reads "Building upon this dataset, we propose X", where the dataset is the paper's own that it spoke of before.
func (w *worker) uponData(s *scope) {
	first := int(w.wordAt[s.sentence.From])
	switch w.wordKey(first) {
	case "building", "based", "using", "leveraging", "with", "trained", "utilizing":
	default:
		return
	}
	noun := -1
	for i := first + 1; i < first+8 && i < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		if w.is(i, "dataset") || w.is(i, "corpus") || w.is(i, "datasets") {
			noun = i
			break
		}
	}
	if noun < 0 || !w.text.Is(w.word[noun].to, ',') || !w.is(noun+1, "we") || w.word[noun+2].trait&(introduces|makes) == 0 {
		return
	}
	own := false
	for i := first; i < noun; i++ {
		own = own || w.is(i, "this") || w.is(i, "our") || w.is(i, "these")
	}
	data := -1
	for i := range w.entity {
		if e := &w.entity[i]; e.Class == lexicon.Dataset && e.Introduced && e.Mentioned && e.start < int(w.text.Pieces[s.sentence.From].Start) && (data < 0 || e.start > w.entity[data].start) {
			data = i
		}
	}
	if !own || data < 0 || w.mentionsBetween(s, w.word[first].to, w.word[noun].to) {
		return
	}
	if f, ok := w.follower(s, w.word[noun+2].to, min(w.word[noun+2].to+12, s.sentence.To)); ok && !f.pronoun && w.ownModel(f.entity) {
		w.relation(s, f.entity, "trainedOn", data, "upon-own-data", 0.82)
	}
}
