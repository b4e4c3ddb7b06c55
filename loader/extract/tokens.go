package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
)

// relateTokens reads how many tokens a model saw, or a dataset holds.
func (w *worker) relateTokens(s *scope) {
	if w.domain < 2 {
		return
	}
	for i := 0; i < len(s.quantities); i++ {
		q := &s.quantities[i]
		if q.Unit != text.Tokens || s.sentence.Title {
			continue
		}
		if w.isContext(s, q) || q.Value.Float() < 5e7 || w.portion(w.firstTokens(s, q), q.From) {
			continue
		}
		if d, ok := w.namedCorpus(s, q); ok {
			w.figure(s, d, "datasetTokens", q.Value, "dataset-tokens", 0.88)
			continue
		}
		if d, ok := w.datasetOf(s, q); ok {
			w.figure(s, d, "datasetTokens", q.Value, "dataset-tokens", 0.9)
			if !w.trainedOnIt(s, q.From) {
				continue
			}
		}
		last := i
		for last+1 < len(s.quantities) && q.Group > 0 && s.quantities[last+1].Group == q.Group {
			last++
		}
		if each := w.respective(s, s.quantities[i:last+1]); each != nil {
			for k := range each {
				w.figure(s, each[k], "trainingTokens", s.quantities[i+k].Value, "respectively", 0.9)
			}
			i = last
			continue
		}
		if k := w.calledAt(s, q.To); k >= 0 && w.word[k].from-q.To < 4 {
			for _, r := range w.modelsIn(s, w.word[k].to, min(w.word[k].to+16, s.sentence.To)) {
				w.figure(s, r.entity, "trainingTokens", q.Value, "tokens-called", 0.87)
			}
			continue
		}
		subject, ok := w.trainee(s, q.From, q.To)
		if !ok && i > 0 && s.quantities[i-1].Unit == text.Parameters && q.From-s.quantities[i-1].To == 1 {
			subject, ok = w.ownDesign(s, s.quantities[i-1].From)
		}
		if !ok && i > 0 && s.own && s.quantities[i-1].Unit == text.Parameters && q.From-s.quantities[i-1].To == 1 && w.scales(s, s.quantities[i-1].From) {
			// "we scale it to 3B parameters and 800B tokens"
			if subject, ok = Paper, true; w.mainKind == lexicon.Model {
				subject = w.main
			}
		}
		if !ok {
			continue
		}
		switch {
		case q.Role != text.Single && w.grown(s, q):
			if q.Role == text.High {
				w.figure(s, subject, "trainingTokens", q.Value, "training-tokens-grown", 0.88)
			}
		case q.Role == text.Low:
			w.figure(s, subject, "minTrainingTokens", q.Value, "training-tokens-range", 0.93)
		case q.Role == text.High:
			w.figure(s, subject, "maxTrainingTokens", q.Value, "training-tokens-range", 0.93)
		case q.Bound == text.UpTo:
			if w.dataBefore(q.From) {
				w.figure(s, subject, "trainingTokens", q.Value, "training-data-size", 0.8)
			}
			w.figure(s, subject, "maxTrainingTokens", q.Value, "training-tokens-up-to", 0.92)
		default:
			w.figure(s, subject, "trainingTokens", q.Value, "training-tokens", 0.95)
			for _, e := range w.sameList(s, subject) {
				w.figure(s, e, "trainingTokens", q.Value, "training-tokens", 0.88)
			}
		}
	}
}

// trainedOnIt reports whether something is trained on what the number of tokens at piece p counts.
func (w *worker) trainedOnIt(s *scope, p int) bool {
	for i := range s.cues {
		if c := &s.cues[i]; (c.kind == cueTrain || c.kind == cueFinetune) && c.to <= p && w.onBetween(c.to, p) {
			return true
		}
	}
	return false
}

// sameList returns the other models of the list in which the sentence names a sized model: of "Foo 7B, 13B and 33B" what is said of one is
// said of all.
func (w *worker) sameList(s *scope, model int) []int {
	if model < 0 || !w.entity[model].sized {
		return nil
	}
	var out []int
	for k, m := range s.mentions {
		if m.entity != model {
			continue
		}
		for step := -1; step <= 1; step += 2 {
			last := m
			for n := k + step; n >= 0 && n < len(s.mentions); n += step {
				a, b := last, s.mentions[n]
				if step < 0 {
					a, b = b, a
				}
				o := s.mentions[n]
				if w.classOf(o) != lexicon.Model || !w.entity[o.entity].sized || b.from-a.to > 1 || b.from-a.to == 1 && !w.is(a.to, "and") {
					break
				}
				out, last = append(out, o.entity), o
			}
		}
		break
	}
	return out
}

// grown reports whether a range tells of growth: "scaled from the previous 7 trillion tokens to 18 trillion tokens".
func (w *worker) grown(s *scope, q *text.Quantity) bool {
	for i := int(w.wordAt[q.From]) - 1; i >= 0 && i > int(w.wordAt[q.From])-14 && w.word[i].from >= s.sentence.From; i-- {
		switch w.wordKey(i) {
		case "scaled", "increased", "expanded", "extended", "grew", "grown", "raised", "previous":
			return true
		}
	}
	return false
}

// firstTokens returns the piece behind the first number of tokens before q in the sentence, or q itself.
func (w *worker) firstTokens(s *scope, q *text.Quantity) int {
	for i := range s.quantities {
		if o := &s.quantities[i]; o.Unit == text.Tokens && o.To <= q.From {
			return o.To
		}
	}
	return q.From
}

// portion reports whether a number of tokens is but a part of one that stands before it: "6T tokens, including 1T tokens of code".
func (w *worker) portion(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.is(i, "including") || w.is(i, "which") && w.is(i-1, "of") {
			return true
		}
	}
	return false
}

// namedCorpus returns the dataset that a number of tokens describes before its name: "a 19B-token mathematical corpus, which we name X".
func (w *worker) namedCorpus(s *scope, q *text.Quantity) (int, bool) {
	noun := -1
	for i := int(w.wordAt[q.To-1]) + 1; i < len(w.word) && i < int(w.wordAt[q.To-1])+8 && w.word[i].spaced && w.word[i].from < s.sentence.To; i++ {
		if c := &w.word[i]; c.single && c.trait&(isPreposition|isRelative|isBe) != 0 {
			break
		} else if c.class == lexicon.Dataset {
			noun = i
		}
	}
	if noun < 0 {
		return 0, false
	}
	for _, m := range s.mentions {
		if p := w.at(m); p < w.word[noun].to || w.classOf(m) != lexicon.Dataset || !w.entity[m.entity].Introduced || m.from-noun > 6 {
			continue
		}
		for k := noun + 1; k < m.from; k++ {
			if w.word[k].trait&names != 0 {
				return m.entity, true
			}
		}
		return m.entity, m.from == noun+1
	}
	return 0, false
}

// dataBefore reports whether the quantity is the size of data: "datasets of up to 2T tokens".
func (w *worker) dataBefore(p int) bool {
	i := int(w.wordAt[p]) - 1
	if w.is(i, "to") && w.is(i-1, "up") {
		i -= 2
	}
	if w.is(i, "of") {
		i--
	}
	return i >= 0 && (w.word[i].class == lexicon.Dataset || w.is(i, "data"))
}

// datasetOf returns the dataset that a number of tokens belongs to: "X, a corpus of 3T tokens", "the 627B-token X", "X contains".
func (w *worker) datasetOf(s *scope, q *text.Quantity) (int, bool) {
	best, gap := -1, 99
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Dataset || m.modifier {
			continue
		}
		if w.is(m.from-1, "from") || w.is(m.from-1, "on") {
			continue
		}
		if p := w.past(m); p <= q.From && q.From-p < gap && q.From-p <= 22 {
			if s.has(cueTrain, p, q.From) || s.has(cueFinetune, p, q.From) {
				continue
			}
			best, gap = m.entity, q.From-p
		}
		if p := w.at(m); p >= q.To && p-q.To <= 3 && p-q.To < gap && w.nounsBetween(q.To, p) && (p == q.To || w.wordAt[p] > 0 && w.text.Pieces[p-1].Kind == text.Word) {
			best, gap = m.entity, p-q.To
		}
	}
	if best < 0 || !w.entity[best].Introduced && (q.Bound == text.UpTo || gap > 0 && s.has(cueTrain, s.sentence.From, q.From) && !w.text.Is(q.From-1, '(')) {
		return 0, false
	}
	// "We train X on D for 3T tokens" is about X: the dataset must be described by the number.
	for i := int(w.wordAt[q.From]) - 1; i >= 0 && i > int(w.wordAt[q.From])-4; i-- {
		if w.is(i, "for") && gap > 1 {
			return 0, false
		}
	}
	return best, true
}

// nounsBetween reports whether only nouns for data, "of" and "from" stand between two pieces.
func (w *worker) nounsBetween(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.word[i].class != lexicon.Dataset && !w.is(i, "of") && !w.is(i, "from") && !w.is(i, "data") && w.word[i].trait&(isDeterminer|isOwner) == 0 {
			return false
		}
	}
	return true
}

// trainee returns which model a figure of training belongs to: the object of an active "train X on", the subject of a passive
// one, or the paper's own.
func (w *worker) trainee(s *scope, from, to int) (int, bool) {
	train := -1
	for i := range s.cues {
		c := &s.cues[i]
		if (c.kind == cueTrain || c.kind == cueFinetune) && c.from < to {
			train = i
		}
	}
	after := false
	if train < 0 {
		for i := range s.cues {
			c := &s.cues[i]
			if (c.kind == cueTrain || c.kind == cueFinetune) && c.from >= to && c.from-to < 6 {
				train, after = i, true
				break
			}
		}
	}
	if train < 0 && w.dataBefore(from) {
		// "X is based on a corpus of 2.4 billion tokens"
		for i := len(s.cues) - 1; i >= 0; i-- {
			if c := &s.cues[i]; c.kind == cueDerive && c.to < from && from-c.to < 12 && w.is(int(w.wordAt[c.from]), "based") {
				e, ok := w.subject(s, c.from)
				return e, ok && w.ownModel(e)
			}
		}
	}
	if train < 0 {
		return Paper, false
	}
	c := s.cues[train]
	if e, ok := w.outcome(s, from); ok {
		return e, true
	}
	if !after {
		if near, ok := w.nearest(s, c.from, 8); ok && !near.pronoun && w.ownModel(near.entity) && w.relative(near.to, c.from) {
			return near.entity, true // "X, which continues to train Y on"
		}
		if f, ok := w.follower(s, c.to, from); ok && !w.is(int(w.wordAt[f.from])-1, "from") {
			return f.entity, true
		}
	}
	if w.opensTraining(s, c.to) {
		if e, ok := w.opened(s, to); ok {
			return e, true
		}
		if e, ok := w.opened(s, c.to); ok && c.from-s.sentence.From < 4 {
			return e, true
		}
	}
	if near, ok := w.nearest(s, c.from, 40); ok && !w.compared(s, near.to, c.from) {
		if e, ok := w.subject(s, c.from); ok && (near.pronoun || !w.ownModel(near.entity) && w.ownModel(e)) {
			return e, true
		}
		return near.entity, true
	}
	if e, ok := w.subject(s, from); ok {
		return e, true
	}
	if w.compared(s, max(s.sentence.From, c.from-10), c.from) {
		return Paper, false
	}
	if s.own || w.main >= 0 && len(s.mentions) == 0 {
		if w.mainKind == lexicon.Model {
			return w.main, true
		}
		return Paper, s.own
	}
	return Paper, false
}

// opensTraining reports whether a sentence opens with a phrase of training that goes on to piece to: "Continually pretrained on".
func (w *worker) opensTraining(s *scope, to int) bool {
	for i := range s.cues {
		if c := &s.cues[i]; (c.kind == cueTrain || c.kind == cueFinetune) && c.from == s.sentence.From && c.to >= to {
			return true
		}
	}
	return false
}

// opened returns the model that a sentence speaks of which a participle opens, after piece p: "Trained on …, X reaches".
func (w *worker) opened(s *scope, p int) (int, bool) {
	var buf [12]referent
	for _, r := range w.referents(s, p, s.sentence.To, buf[:0]) {
		i := int(w.wordAt[r.from])
		for n := 0; n < 3 && i > 0 && w.word[i].spaced && w.word[i-1].trait&(isPreposition|isBe|isConjunction) == 0; n++ {
			i-- // "our strong X"
		}
		if w.text.Is(w.word[i].from-1, ',') && (!w.blocked(s, r.from) || w.ownModel(r.entity) && w.verbFollows(r.to)) {
			return r.entity, w.ownModel(r.entity)
		}
	}
	return Paper, false
}

// verbFollows reports whether a word stands right behind piece p that goes on with a clause: no "and", no noun for what is named.
func (w *worker) verbFollows(p int) bool {
	k := int(w.wordAt[min(p, len(w.wordAt)-1)])
	return k < len(w.word) && w.word[k].from == p && w.word[k].spaced && w.word[k].class == lexicon.None && w.word[k].trait&(isConjunction|isPreposition) == 0 && !w.word[k].capital
}

// prepositionBetween reports whether a preposition or a relative stands between two pieces.
func (w *worker) prepositionBetween(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.word[i].single && w.word[i].trait&(isPreposition|isRelative) != 0 || w.is(i, "such") || w.is(i, "like") {
			return true
		}
	}
	return false
}

// relative reports whether "which" or "that" stands between two pieces.
func (w *worker) relative(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.is(i, "which") || w.is(i, "that") {
			return true
		}
	}
	return false
}
