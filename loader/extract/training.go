package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
)

// relateTrainedOn reads "X is trained on D", "we train X on D", "D, used to train X".
func (w *worker) relateTrainedOn(s *scope) {
	if s.sentence.Title {
		return
	}
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Dataset && !(w.classOf(m) == lexicon.Benchmark && w.asData(s, m)) {
			continue
		}
		p := w.at(m)
		// The nearest training verb before, with on, using, with or over between.
		for i := len(s.cues) - 1; i >= 0; i-- {
			c := &s.cues[i]
			if c.kind != cueTrain && c.kind != cueFinetune || c.to > p || p-c.to > 30 {
				continue
			}
			if !w.onBetween(c.to, p) || w.insteadOf(m) || w.compared(s, c.to, p) || s.has(cueSwitch, c.to, p) || s.has(cueEvaluate, c.to, p) || w.denied(s, c) || w.is(m.to, "benchmark") || w.is(m.to, "benchmarks") || w.adjectival(c) || w.describesModel(s, c) {
				break
			}
			if e, ok := w.outcome(s, p); ok {
				w.relation(s, e, "trainedOn", m.entity, "trained-on-outcome", 0.9)
				break
			}
			if near, ok := w.nearest(s, c.from, 8); ok && !near.pronoun && w.ownModel(near.entity) && w.relative(near.to, c.from) {
				w.relation(s, near.entity, "trainedOn", m.entity, "trained-on", 0.9)
				break // "X, which continues to train Y on D"
			}
			if e, ok := w.afterTraining(s, m); ok {
				w.relation(s, e, "trainedOn", m.entity, "trained-on-outcome", 0.88)
				break
			}
			if f, ok := w.follower(s, c.to, p); ok {
				for _, e := range w.coordinated(s, f.entity, p) {
					w.relation(s, e, "trainedOn", m.entity, "trained-on", 0.92)
				}
				break
			}
			if c.from == s.sentence.From {
				if e, ok := w.opened(s, w.past(m)); ok {
					w.relation(s, e, "trainedOn", m.entity, "trained-on", 0.9)
					break
				}
			}
			if near, ok := w.nearest(s, c.from, 30); ok && !w.compared(s, near.to, c.from) {
				w.relation(s, near.entity, "trainedOn", m.entity, "trained-on", 0.92)
			} else if e, ok := w.subject(s, c.from); ok {
				w.relation(s, e, "trainedOn", m.entity, "trained-on", 0.85)
			} else if e, ok := w.trainedMethod(s, c); ok {
				w.relation(s, e, "trainedOn", m.entity, "trained-on", 0.85)
			} else if s.own && w.mainKind == lexicon.Model {
				w.relation(s, w.main, "trainedOn", m.entity, "trained-on", 0.8)
			}
			break
		}
		if e, ok := w.purpose(s, m); ok {
			w.relation(s, e, "trainedOn", m.entity, "to-train", 0.88)
		}
		if e, ok := w.trainsWith(s, m); ok {
			w.relation(s, e, "trainedOn", m.entity, "using-to-train", 0.88)
		}
		if e, ok := w.usesToTrain(s, m); ok {
			w.relation(s, e, "trainedOn", m.entity, "use-to-train", 0.88)
		}
		// "D, used to train X", "D … for training X".
		if to := w.past(m); w.usedToTrain(s, to) {
			for i := range s.cues {
				c := &s.cues[i]
				if c.kind != cueTrain || c.from < to || c.from-to > 14 {
					continue
				}
				if f, ok := w.follower(s, c.to, min(c.to+8, s.sentence.To)); ok {
					w.relation(s, f.entity, "trainedOn", m.entity, "used-to-train", 0.9)
				}
				break
			}
		}
	}
	w.trainingSet(s)
	w.trainingData(s)
	w.uponData(s)
}

// insteadOf reports whether the words before a mention set it aside: "trained on A instead of B".
func (w *worker) insteadOf(m mention) bool {
	i := m.from - 1
	if w.is(i, "the") {
		i--
	}
	return w.is(i, "of") && w.is(i-1, "instead") || w.is(i, "than") && w.is(i-1, "rather") || w.is(i, "without") || w.is(i, "excluding") || w.is(i, "not") || w.is(i, "on") && w.is(i-1, "not")
}

// afterTraining reads "After fine-tuning Y on D, our model X reaches": the paper's own model behind the comma.
func (w *worker) afterTraining(s *scope, m mention) (int, bool) {
	switch w.wordKey(int(w.wordAt[s.sentence.From])) {
	case "after", "by", "through", "upon", "via":
		return w.opened(s, w.past(m))
	}
	return Paper, false
}

// trainedMethod returns what the paper introduces that is no model by name, if it "is trained" right before the cue.
func (w *worker) trainedMethod(s *scope, c *cue) (int, bool) {
	i := int(w.wordAt[c.from]) - 1
	for i > 0 && (w.word[i].trait&isAdverb != 0 || hasSuffix(w.span(i, i+1), "ly")) {
		i--
	}
	if i < 1 || w.word[i].trait&isBe == 0 || w.word[i].from < s.sentence.From {
		return Paper, false
	}
	for _, m := range s.mentions {
		if e := &w.entity[m.entity]; m.to == i && e.Introduced && !m.modifier && (e.Class == lexicon.Method || e.Class == lexicon.Architecture) {
			return m.entity, true
		}
	}
	return Paper, false
}

// asData reports whether a test is spoken of as data to train on: "fine-tuned on the SNLI dataset", "train on IMDB, Yelp, and SNLI data".
func (w *worker) asData(s *scope, m mention) bool {
	if !w.noun(m.to, "dataset", "datasets", "data", "corpus", "corpora") && !w.is(m.to+1, "set") && !w.is(m.to+1, "data") {
		return false
	}
	return !w.is(m.to, "test") && !w.is(m.to, "validation") && !w.is(m.to, "development")
}

// adjectival reports whether a training word only describes the noun after it: "its instruction-tuned variant".
func (w *worker) adjectival(c *cue) bool {
	i := int(w.wordAt[c.to-1]) + 1
	if i >= len(w.word) || !hasSuffix(w.text.String(c.to-1), "ed") {
		return false
	}
	return w.is(i, "variant") || w.is(i, "variants") || w.is(i, "version") || w.is(i, "versions") || w.is(i, "counterpart") || w.is(i, "counterparts")
}

// describesModel reports whether a participle stands right before a model's name, so that what follows is not its training:
// "we compare X with fine-tuned Y on D".
func (w *worker) describesModel(s *scope, c *cue) bool {
	if !hasSuffix(w.text.String(c.to-1), "ed") {
		return false
	}
	for _, m := range s.mentions {
		if w.at(m) == c.to && w.classOf(m) == lexicon.Model {
			return true
		}
	}
	return false
}

// onBetween reports whether a preposition of the data stands between two pieces.
func (w *worker) onBetween(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.is(i, "on") || w.is(i, "using") || w.is(i, "over") || w.is(i, "with") || w.is(i, "across") {
			return true
		}
	}
	return false
}

// outcome returns the paper's own model that training in the sentence leads to: "fine-tuning Y on D yields X", "we train Y on D
// to obtain X", "X, obtained by pruning Y".
func (w *worker) outcome(s *scope, p int) (int, bool) {
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		if w.is(i, "obtained") && w.is(i+1, "by") && w.word[i].from < p {
			if near, ok := w.nearest(s, w.word[i].from, 8); ok && w.ownModel(near.entity) {
				return near.entity, true
			}
		}
		if w.word[i].from < p || !w.resultVerb(i) && !(w.is(i, "call") && w.ownSentence(i)) {
			continue
		}
		if w.is(i-1, "to") && w.andBetween(p, w.word[i].from) {
			break // "we train it on D and adapt it further to create X"
		}
		if f, ok := w.follower(s, w.word[i].to, min(w.word[i].to+10, s.sentence.To)); ok && !f.pronoun && w.ownModel(f.entity) {
			return f.entity, true
		}
	}
	return Paper, false
}

// andBetween reports whether "and" stands between two pieces.
func (w *worker) andBetween(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.is(i, "and") {
			return true
		}
	}
	return false
}

// trainingSet links the paper's own training data with its own model: the text calls what it builds a training set or an instruction
// dataset, behind the name or around it, and one model is introduced.
func (w *worker) trainingSet(s *scope) {
	if w.mainKind != lexicon.Model || !w.introducesData() {
		return
	}
	for i := int(w.wordAt[s.sentence.From]); i+1 < len(w.word) && w.word[i+1].to <= s.sentence.To; i++ {
		noun := w.dataNoun(i)
		if noun < 0 {
			continue
		}
		for k := range w.entity {
			e := &w.entity[k]
			if e.Class != lexicon.Dataset || !e.Introduced || !e.Mentioned {
				continue
			}
			if e.start < int(w.text.Pieces[w.word[i].from].Start) && noun == i+1 && (w.is(i, "training") || w.is(i, "pretraining")) && !w.is(noun, "data") || w.toldOf(s, i, noun, k) {
				w.relation(s, w.main, "trainedOn", k, "own-training-set", 0.8)
			}
		}
	}
}

// introducesData reports whether the paper introduces a dataset.
func (w *worker) introducesData() bool {
	for i := range w.entity {
		if e := &w.entity[i]; e.Introduced && e.Class == lexicon.Dataset && e.Mentioned {
			return true
		}
	}
	return false
}

// dataNoun returns the noun for data that a word of training at word i describes, "training set", "instruction-tuning dataset", "preference
// reasoning dataset"; else -1.
func (w *worker) dataNoun(i int) int {
	switch w.wordKey(i) {
	case "training", "pretraining", "pre-training", "tuning", "instruction", "instruction-tuning", "instruction-following", "fine-tuning", "finetuning", "post-training", "sft", "alignment", "preference":
	default:
		return -1
	}
	for k := i + 1; k < len(w.word) && k < i+4 && w.word[k].spaced && w.word[k].sentence == w.word[i].sentence; k++ {
		switch w.wordKey(k) {
		case "set", "corpus", "dataset", "data", "datasets", "collection":
			return k
		}
		if w.word[k].trait&(isPreposition|isConjunction|isRelative|isBe) != 0 {
			break
		}
	}
	return -1
}

// toldOf reports whether the phrase from word i to its noun is said of an entity in the sentence: its name follows the noun at once, "a
// tuning dataset FooSet", "(FooSet)", "called FooSet"; or the phrase follows the name behind a comma or "as", "FooSet, a large tuning dataset".
func (w *worker) toldOf(s *scope, i, noun, entity int) bool {
	for _, m := range s.mentions {
		if m.entity != entity {
			continue
		}
		if gap := m.from - noun - 1; gap >= 0 && gap <= 2 {
			if gap == 0 || w.word[m.from-1].trait&names != 0 || w.is(m.from-1, "namely") || w.is(m.from-1, "as") {
				return true
			}
		}
		if m.to < i && i-m.to < 10 && w.text.Is(w.word[m.to-1].to, ',') && (w.is(m.to, "a") || w.is(m.to, "an") || w.is(m.to, "our")) && !w.prepositionBetween(w.word[m.to].to, w.word[i].from) {
			return true
		}
	}
	return false
}

// relateHardware reads devices and hours of training: "on 256 Intel Gaudi2 accelerators", "59.4K H100 GPU hours".
func (w *worker) relateHardware(s *scope) {
	for i := range s.quantities {
		q := &s.quantities[i]
		if q.Unit != text.DeviceHours {
			continue
		}
		subject := w.spender(s, q.From)
		w.amount(s, subject, "gpuHours", q.Value, "gpu-hours", 0.95)
		for _, m := range s.mentions {
			if w.classOf(m) == lexicon.Hardware && w.at(m) >= q.From && w.past(m) <= q.To {
				w.relation(s, subject, "trainedWith", m.entity, "gpu-hours", 0.92)
			}
		}
	}
	if !s.any(cueTrain) && !s.any(cueFinetune) || s.sentence.Title {
		return
	}
	w.countDevices(s)
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Hardware {
			continue
		}
		p := w.at(m)
		near := false
		for i := range s.cues {
			c := &s.cues[i]
			if c.kind != cueTrain && c.kind != cueFinetune {
				continue
			}
			if c.to <= p && p-c.to < 30 {
				near = !s.has(cueInference, c.to, p) && (w.onBetween(c.to, p) || w.takes(c.to, p))
			}
			// "on 1,024 GPUs it trains a model"
			if c.from > p && c.from-p < 24 && (p < s.sentence.From+9 || s.own) {
				near = near || w.onBetween(max(s.sentence.From, p-5), p) && !s.any(cueInference)
			}
		}
		if !near {
			continue
		}
		subject := w.spender(s, p)
		if e, ok := w.trainee(s, p, p); ok && e >= 0 {
			subject = e
		}
		w.relation(s, subject, "trainedWith", m.entity, "trained-with", 0.9)
		for _, e := range w.sameList(s, subject) {
			w.relation(s, e, "trainedWith", m.entity, "trained-with", 0.86)
		}
		for i := range s.quantities {
			q := &s.quantities[i]
			if q.To > p || p-q.To > 2 || q.Unit != text.NoUnit || q.Magnitude != 0 {
				continue
			}
			if n, ok := q.Value.Int(); ok && n > 0 && n < 1e6 {
				w.figure(s, subject, "hardwareCount", q.Value, "hardware-count", 0.92)
				for _, e := range w.sameList(s, subject) {
					w.figure(s, e, "hardwareCount", q.Value, "hardware-count", 0.86)
				}
			}
		}
	}
}

// countDevices reads "on 256 GPUs" where no device is named.
func (w *worker) countDevices(s *scope) {
	for i := range s.quantities {
		q := &s.quantities[i]
		k := int(w.wordAt[min(q.To, len(w.wordAt)-1)])
		if q.Unit != text.NoUnit || q.Magnitude != 0 || k >= len(w.word) || w.word[k].from != q.To || !w.is(k, "gpus") && !w.is(k, "tpus") && !w.is(k, "accelerators") || s.named(w, lexicon.Hardware) {
			continue
		}
		n, ok := q.Value.Int()
		j := int(w.wordAt[q.From]) - 1
		for w.is(j, "only") || w.is(j, "just") || w.is(j, "to") || w.is(j, "up") {
			j--
		}
		if !ok || n < 2 || n > 1e6 || !w.is(j, "on") && !w.is(j, "using") && !w.is(j, "with") && !w.is(j, "across") || s.has(cueInference, max(s.sentence.From, q.From-16), q.From) {
			continue
		}
		subject := w.spender(s, q.From)
		if e, ok := w.trainee(s, q.From, q.From); ok && e >= 0 {
			subject = e
		}
		w.figure(s, subject, "hardwareCount", q.Value, "hardware-count", 0.85)
	}
}

// named reports whether a sentence names something of a class.
func (s *scope) named(w *worker, class lexicon.Class) bool {
	for _, m := range s.mentions {
		if w.classOf(m) == class {
			return true
		}
	}
	return false
}

// takes reports whether "used", "takes", "required" or the like stands between two pieces: "training used 32 GPUs".
func (w *worker) takes(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.is(i, "used") || w.is(i, "uses") || w.is(i, "takes") || w.is(i, "took") || w.is(i, "requires") || w.is(i, "required") || w.is(i, "requiring") || w.is(i, "needs") || w.is(i, "needed") {
			return true
		}
	}
	return false
}

// spender returns whose training a cost belongs to: the model of the clause, else the paper's own, else the paper.
func (w *worker) spender(s *scope, p int) int {
	if e, ok := w.subject(s, p); ok {
		return e
	}
	if w.mainKind == lexicon.Model {
		return w.main
	}
	return Paper
}

// relateMoney reads sums: the cost of training where training is spoken of, else an amount.
func (w *worker) relateMoney(s *scope) {
	if s.sentence.Title {
		return
	}
	for i := range s.quantities {
		q := &s.quantities[i]
		if q.Unit != text.Dollars || q.Value.Digits == 0 {
			continue
		}
		before := int(w.wordAt[q.From])
		saved := false
		for k := before - 1; k >= 0 && k > before-4; k-- {
			saved = saved || w.is(k, "saving") || w.is(k, "saves") || w.is(k, "save")
		}
		if w.is(before-1, "vs") || w.is(before-1, "versus") || w.text.Is(q.From-1, '.') && w.is(int(w.wordAt[q.From-1])-1, "vs") {
			continue // what others cost
		}
		training := !saved && (s.any(cueTrain) || s.any(cueFinetune) || w.hasUnit(s, text.DeviceHours)) && w.domain >= 2
		if training {
			w.amount(s, w.spender(s, q.From), "costUSD", q.Value, "training-cost", 0.88)
			continue
		}
		w.amount(s, Paper, "amountUSD", q.Value, "amount", 0.85)
	}
}
