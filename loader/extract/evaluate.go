package extract

import (
	"sett/loader/lexicon"
)

// relateBenchmarks reads on what a model, or the paper's work, is measured.
func (w *worker) relateBenchmarks(s *scope) {
	if s.sentence.Title {
		return
	}
	w.ownBenchmark(s)
	if !s.any(cueEvaluate) && !s.any(cueOutperform) && !s.any(cueComparable) {
		return
	}
	background := w.background(s)
	for _, m := range s.mentions {
		e := &w.entity[m.entity]
		if !isTest(e.Class) {
			continue
		}
		if e.Introduced && !(e.Class == lexicon.Benchmark && w.mainKind == lexicon.Model) {
			if w.tests(s) && (s.own || w.experiments(s)) && !m.modifier && w.putTo(s, m) {
				w.relation(s, Paper, "evaluatedOn", m.entity, "own-test", 0.83)
			}
			continue
		}
		p := w.at(m)
		if e.Class == lexicon.Dataset && w.rivalData(s, p) {
			continue
		}
		if background || s.has(cueNegation, max(s.sentence.From, p-4), p) || !w.measuredOn(s, m) {
			continue
		}
		subject, ok := w.subject(s, p)
		if !ok {
			// "On B, X achieves …"
			if later, found := w.subject(s, s.sentence.To); found && w.ownModel(later) {
				subject, ok = later, true
			}
		}
		told := s.own || s.any(cueOwnOther) || w.experiments(s) || w.speaksOfOwn(s) || w.scored(s, m) || s.index > 2 && s.any(cueItModel) || w.opensMeasured(s) || w.afterOwn(s) && w.tellsResult(s)
		if !s.own && !ok && w.ofOthers(s) {
			continue
		}
		if !told && (!ok || subject >= 0 && !w.ownModel(subject) && !w.performs(s, subject, p)) {
			continue // what others did
		}
		if !ok || subject >= 0 && !w.ownModel(subject) && (s.any(cueOwnOther) || w.mainKind == lexicon.Model && s.own) {
			if own, is := w.ownBefore(s, p); is {
				subject = own
			} else if w.mainKind == lexicon.Model && w.entity[w.main].start <= int(w.text.Pieces[p].Start) {
				subject = w.main
			} else {
				subject = Paper
			}
		}
		if subject >= 0 && !w.ownModel(subject) && (w.ownThing(s, p) || !w.performs(s, subject, p)) {
			subject = Paper // "Applied to A, our method reaches …"
		}
		if e.Introduced && !ok {
			continue
		}
		if subject == Paper {
			subject = w.ownArchitecture(s, p)
		}
		w.relation(s, subject, "evaluatedOn", m.entity, "evaluated-on", 0.85)
	}
}

// putTo reports whether the words before a mention of the paper's own test or data say that something is measured on it: "experiments on D",
// "we evaluate 19 models on B", "results on B". What stands between is an article or a word that describes.
func (w *worker) putTo(s *scope, m mention) bool {
	i := m.from - 1
	for n := 0; n < 3 && i > 0 && w.word[i].single && (w.word[i].trait&(isDeterminer|isNovel|isOwner) != 0 || w.is(i, "both")); n++ {
		i--
	}
	if !w.is(i, "on") && !w.is(i, "across") || w.trains(s, i, true) || w.founded(i) {
		return false
	}
	return !w.noun(m.to, "construction", "collection", "annotations", "page")
}

// ofOthers reports whether a sentence opens with what others do, and names nothing of the paper's: "Existing models reach".
func (w *worker) ofOthers(s *scope) bool {
	switch w.wordKey(int(w.wordAt[s.sentence.From])) {
	case "existing", "current", "previous", "prior", "many", "most":
		return !w.speaksOfOwn(s) && !s.any(cueOwnOther)
	}
	return false
}

// opensMeasured reports whether a sentence opens with what is done to the authors' work, not named: "Evaluated on A, it …".
func (w *worker) opensMeasured(s *scope) bool {
	switch w.wordKey(int(w.wordAt[s.sentence.From])) {
	case "evaluated", "tested", "benchmarked", "measured", "assessed", "validated":
		return true
	}
	return false
}

// afterOwn reports whether the authors have begun to speak of their own work in a sentence before: what is told then of results is theirs.
func (w *worker) afterOwn(s *scope) bool { return w.ownFrom >= 0 && w.ownFrom < s.index }

// tellsResult reports whether a sentence tells how a quality changes: "accuracy on A rises from 40 to 60", "gains of 5 points".
func (w *worker) tellsResult(s *scope) bool {
	quality, change := false, false
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		switch w.wordKey(i) {
		case "accuracy", "performance", "perplexity", "score", "scores", "f1", "bleu", "rouge", "recall", "precision", "points", "quality":
			quality = true
		case "rises", "rise", "increases", "increase", "improved", "improves", "gains", "gain", "climbs", "grows", "drops", "boosts", "leads", "boosted", "improvement", "improvements", "yields", "reached":
			change = true
		case "have", "has", "existing", "previous", "prior", "current":
			return false
		}
	}
	return quality && change
}

// ownArchitecture returns the architecture that the paper introduces if the sentence names it, or means it by "it" or "our", before piece p:
// what is built so is measured. Else Paper.
func (w *worker) ownArchitecture(s *scope, p int) int {
	for _, m := range s.mentions {
		if e := &w.entity[m.entity]; w.past(m) <= p && e.Introduced && e.Class == lexicon.Architecture && !e.Component && !m.modifier && !w.blocked(s, w.at(m)) {
			return m.entity
		}
	}
	return Paper
}

// rivalData reports whether data at piece p is what other data is compared with: "competes with datasets like A and B".
func (w *worker) rivalData(s *scope, p int) bool {
	for i := len(s.cues) - 1; i >= 0; i-- {
		c := &s.cues[i]
		if !isComparison(c.kind) || c.to > p || p-c.to > 24 {
			continue
		}
		for k := int(w.wordAt[c.to]); k < len(w.word) && w.word[k].to <= p; k++ {
			if w.is(k, "on") || w.is(k, "across") || w.is(k, "in") || w.text.Is(w.word[k].from-1, ';') {
				return false
			}
		}
		return true
	}
	return false
}

// ownBefore returns the last of the paper's own models that a sentence names before piece p.
func (w *worker) ownBefore(s *scope, p int) (int, bool) {
	for k := len(s.mentions) - 1; k >= 0; k-- {
		if m := s.mentions[k]; w.past(m) <= p && !m.modifier && w.classOf(m) == lexicon.Model && w.ownModel(m.entity) && !w.blocked(s, w.at(m)) {
			return m.entity, true
		}
	}
	return Paper, false
}

// performs reports whether the sentence names the model before piece p, and not as what something is applied to: "with X", "compared
// to X".
func (w *worker) performs(s *scope, model, p int) bool {
	for _, m := range s.mentions {
		if m.entity != model || w.past(m) > p {
			continue
		}
		for i := m.from - 1; i >= 0 && i >= m.from-5 && w.word[i].from >= s.sentence.From && w.word[i+1].spaced; i-- {
			switch w.wordKey(i) {
			case "with", "using", "for", "to", "on", "from", "like", "than", "as", "over", "against", "into", "in", "via", "between":
				return false
			case "of":
				return !w.is(i-1, "help") && !w.is(i-1, "aid") && !w.is(i-1, "top")
			case "that", "by", "and":
				return true
			}
		}
		return true
	}
	return false
}

// ownThing reports whether the sentence names something of the paper's that is no model: its method, its architecture.
func (w *worker) ownThing(s *scope, p int) bool {
	for _, m := range s.mentions {
		if e := &w.entity[m.entity]; e.Introduced && (e.Class == lexicon.Method || e.Class == lexicon.Architecture) && w.at(m) < p {
			return true
		}
	}
	return false
}

// ownBenchmark reads which models a paper measures with the benchmark that it introduces: "we evaluate 19 models, among them A and
// B", "the best model, A, answers 47 %".
func (w *worker) ownBenchmark(s *scope) {
	bench := -1
	for i := range w.entity {
		e := &w.entity[i]
		switch {
		case !e.Introduced || !e.Mentioned:
		case e.Class == lexicon.Model:
			return
		case e.Class == lexicon.Benchmark && bench < 0:
			bench = i
		}
	}
	if bench < 0 {
		bench = w.ownTestData(s)
	}
	if bench < 0 || !w.grades(s) {
		return
	}
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Model || m.modifier {
			continue
		}
		p := w.at(m)
		if w.instrument(s, m) || s.has(cueExcept, max(s.sentence.From, p-2), p) || w.is(m.from-1, "by") || w.is(m.from-1, "using") || w.ofMethod(referent{entity: m.entity, from: p, to: w.past(m)}) {
			continue
		}
		w.relation(s, m.entity, "evaluatedOn", bench, "own-benchmark", 0.85)
	}
}

// ownTestData returns the dataset that the paper introduces if the sentence tells of results on it: "even A performs badly on D"; else -1.
func (w *worker) ownTestData(s *scope) int {
	for _, m := range s.mentions {
		if e := &w.entity[m.entity]; e.Introduced && e.Class == lexicon.Dataset && w.is(m.from-1, "on") && !s.any(cueTrain) && !s.any(cueFinetune) && s.any(cueEvaluate) {
			return m.entity
		}
	}
	return -1
}

// instrument reports whether a model is what the authors grade or build with: "we employ GPT-4 for scoring", "computed using models
// such as GPT-4".
func (w *worker) instrument(s *scope, m mention) bool {
	for i := m.from - 1; i >= 0 && i >= m.from-5 && w.word[i].from >= s.sentence.From && w.word[i+1].spaced; i-- {
		switch w.wordKey(i) {
		case "employ", "employing", "use", "using", "leverage", "leveraging", "utilize", "utilizing", "adopt":
			return true
		case "evaluate", "evaluating", "test", "than", "and", "that", "benchmark", "with":
			return false
		}
	}
	return false
}

// grades reports whether a sentence tells how models did.
func (w *worker) grades(s *scope) bool {
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		c := &w.word[i]
		if w.text.Is(c.to, '%') || w.text.Is(c.to, '\\') && w.text.Is(c.to+1, '%') {
			return true
		}
		switch {
		case w.is(i, "evaluate"), w.is(i, "evaluated"), w.is(i, "evaluating"), w.is(i, "evaluation"), w.is(i, "accuracy"), w.is(i, "achieves"), w.is(i, "achieve"), w.is(i, "achieving"), w.is(i, "score"),
			w.is(i, "scores"), w.is(i, "struggle"), w.is(i, "struggles"), w.is(i, "benchmarking"), w.is(i, "outperforms"), w.is(i, "tested"), w.is(i, "performs"), w.is(i, "performance"), w.is(i, "assess"):
			return true
		}
	}
	return false
}

// wordKey returns word i in small letters, or "" outside the text.
func (w *worker) wordKey(i int) string {
	if uint(i) >= uint(len(w.word)) {
		return ""
	}
	return w.word[i].key
}

// background reports whether a sentence tells of what others have reached: "models that have achieved human performance on B".
func (w *worker) background(s *scope) bool {
	for i := int(w.wordAt[s.sentence.From]); i+1 < len(w.word) && w.word[i+1].to <= s.sentence.To; i++ {
		if w.word[i].trait&isOwner != 0 && w.word[i].single && !w.is(i, "this") && !w.is(i, "these") || w.is(i, "proposed") {
			return false
		}
		if !w.is(i, "have") && !w.is(i, "has") && !w.is(i, "had") || w.is(i-1, "it") {
			continue
		}
		k := i + 1
		for k < len(w.word) && w.word[k].trait&isAdverb != 0 || w.is(k, "recently") || w.is(k, "already") {
			k++
		}
		switch w.wordKey(k) {
		case "achieved", "shown", "demonstrated", "attained", "reached", "surpassed", "been", "exceeded", "obtained", "led", "become", "made", "exhibited":
			return !w.speaksOfOwn(s)
		}
	}
	return false
}

// speaksOfOwn reports whether the sentence names something that the paper introduces.
func (w *worker) speaksOfOwn(s *scope) bool {
	for _, m := range s.mentions {
		if w.entity[m.entity].Introduced {
			return true
		}
	}
	return false
}

// scored reports whether a figure stands before a mention: "+7.6% on B", "61.2 on B".
func (w *worker) scored(s *scope, m mention) bool {
	i := m.from - 1
	for n := 0; n < 3 && i > 0 && w.word[i].from >= s.sentence.From && !w.is(i, "on"); n++ {
		i--
	}
	if !w.is(i, "on") || i == 0 {
		return false
	}
	switch w.wordKey(i - 1) {
	case "points", "accuracy", "bleu", "rouge", "f1", "em", "perplexity", "wer", "cider", "map", "score", "scores":
		return true
	}
	return w.word[i-1].number || w.text.Is(w.word[i].from-1, '%')
}

// experiments reports whether the sentence tells of results without saying whose.
func (w *worker) experiments(s *scope) bool {
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		if w.is(i, "experiments") || w.is(i, "ablations") || w.is(i, "ablation") || w.is(i, "results") || w.is(i, "evaluations") || w.is(i, "evaluation") || w.is(i, "studies") || w.is(i, "improvements") || w.is(i, "gains") || w.is(i, "method") || w.is(i, "approach") || w.is(i, "proposed") || w.is(i, "submission") || w.is(i, "submissions") || w.is(i, "participation") ||
			w.is(i, "achieves") || w.is(i, "achieving") || w.is(i, "outperforms") || w.is(i, "improves") || w.is(i, "improvement") || w.is(i, "framework") ||
			w.is(i, "obtain") || w.is(i, "obtains") || w.is(i, "reaches") || w.is(i, "lowers") || w.is(i, "reduces") || w.is(i, "ranks") || w.is(i, "rank") {
			return true
		}
	}
	return false
}
