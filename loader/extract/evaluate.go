package extract

import "sett/loader/lexicon"

// relateBenchmarks reads on what a model, or the paper's work, is measured.
func (w *worker) relateBenchmarks(s *scope) {
	if s.sentence.Title {
		return
	}
	w.ownBenchmark(s)
	if !s.any(cueEvaluate) {
		return
	}
	for _, m := range s.mentions {
		e := &w.entity[m.entity]
		if e.Introduced && !(e.Class == lexicon.Benchmark && w.mainKind == lexicon.Model) || m.modifier || e.Class != lexicon.Benchmark && !(e.Class == lexicon.Dataset && w.measures(s, m)) {
			continue
		}
		p := w.at(m)
		if s.has(cueNegation, max(s.sentence.From, p-4), p) || w.is(m.from-1, "unlike") || w.is(m.from-1, "than") {
			continue
		}
		if !w.measuredOn(s, p) {
			continue
		}
		subject, ok := w.subject(s, p)
		if !ok {
			// "On B, X achieves …"
			if later, found := w.subject(s, s.sentence.To); found && w.ownModel(later) {
				subject, ok = later, true
			}
		}
		if !ok && !s.own && !s.any(cueOwnOther) && !w.experiments(s) {
			continue
		}
		if !ok || subject >= 0 && !w.ownModel(subject) && (s.any(cueOwnOther) || w.mainKind == lexicon.Model && s.own) {
			if w.mainKind == lexicon.Model {
				subject = w.main
			} else {
				subject = Paper
			}
		}
		if subject >= 0 && !w.ownModel(subject) && w.ownThing(s, p) {
			subject = Paper // "Applied to A, our method reaches …"
		}
		if e.Introduced && !ok {
			continue
		}
		w.relation(s, subject, "evaluatedOn", m.entity, "evaluated-on", 0.85)
	}
}

// measures reports whether a dataset is one that something is measured on here: "on D" or "on C and D", results spoken of, and
// training not.
func (w *worker) measures(s *scope, m mention) bool {
	p := w.at(m)
	if s.any(cueTrain) || s.any(cueFinetune) {
		return false
	}
	for i := m.from - 1; i >= 0 && i > m.from-14 && w.word[i].from >= s.sentence.From; i-- {
		if w.is(i, "on") {
			for k := int(w.wordAt[s.sentence.From]); k < len(w.word) && w.word[k].to <= s.sentence.To; k++ {
				if w.is(k, "results") || w.is(k, "perplexity") || w.is(k, "accuracy") || w.is(k, "experiments") || w.is(k, "bits") || w.is(k, "achieves") ||
					w.is(k, "outperforms") || w.is(k, "evaluated") || w.is(k, "evaluate") || w.is(k, "f1") || w.is(k, "bleu") || w.is(k, "score") ||
					w.is(k, "obtain") || w.is(k, "obtains") || w.is(k, "reaches") {
					return !s.has(cueNegation, max(s.sentence.From, p-6), p)
				}
			}
			return false
		}
		if c := &w.word[i]; c.single && !c.capital && !w.is(i, "and") && !w.is(i, "the") && c.class == lexicon.None {
			return false
		}
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
	if bench < 0 || !w.grades(s) {
		return
	}
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Model || m.modifier {
			continue
		}
		p := w.at(m)
		if s.has(cueExcept, max(s.sentence.From, p-2), p) || w.is(m.from-1, "by") || w.is(m.from-1, "using") || w.ofMethod(referent{entity: m.entity, from: p, to: w.past(m)}) {
			continue
		}
		w.relation(s, m.entity, "evaluatedOn", bench, "own-benchmark", 0.85)
	}
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

// measuredOn reports whether a preposition that leads to what is measured on governs piece p: the nearest before it, list
// words and other names left aside, is on, across, in or the like, and not of, by, than or from.
func (w *worker) measuredOn(s *scope, p int) bool {
	for i := int(w.wordAt[p]) - 1; i >= 0 && w.word[i].from >= s.sentence.From; i-- {
		switch {
		case w.is(i, "on"), w.is(i, "across"), w.is(i, "in"), w.is(i, "over"), w.is(i, "using"), w.is(i, "with"), w.is(i, "including"), w.is(i, "as"), w.is(i, "at"),
			w.is(i, "e.g"), w.is(i, "namely"), w.is(i, "like"), w.is(i, "use"), w.is(i, "employ"), w.is(i, "for"), w.is(i, "under"), w.is(i, "to"):
			return true
		case w.is(i, "of"), w.is(i, "by"), w.is(i, "than"), w.is(i, "from"), w.is(i, "introduce"), w.is(i, "unlike"), w.is(i, "existing"):
			return false
		}
	}
	return true
}

// experiments reports whether the sentence tells of results without saying whose.
func (w *worker) experiments(s *scope) bool {
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		if w.is(i, "experiments") || w.is(i, "results") || w.is(i, "evaluations") || w.is(i, "evaluation") || w.is(i, "method") || w.is(i, "approach") ||
			w.is(i, "achieves") || w.is(i, "achieving") || w.is(i, "outperforms") || w.is(i, "improves") || w.is(i, "improvement") || w.is(i, "framework") ||
			w.is(i, "obtain") || w.is(i, "obtains") || w.is(i, "reaches") || w.is(i, "lowers") || w.is(i, "reduces") || w.is(i, "ranks") || w.is(i, "rank") {
			return true
		}
	}
	return false
}
