package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
)

// measuredOn reports whether the words before a mention, and the noun after it, make it what something is measured on: the nearest
// word that governs it, list words, adjectives and other names left aside, is on, across, in or the like, and no training hangs on
// it; or a score is named for it.
func (w *worker) measuredOn(s *scope, m mention) bool {
	data, p := w.classOf(m) == lexicon.Dataset, w.at(m)
	if data && w.noun(m.to, "languages", "articles", "pages", "entities", "passages", "paragraphs", "editions", "titles", "page", "article") {
		return false // "across 108 Wikipedia languages"
	}
	if m.modifier && !w.noun(m.to, "results", "result", "task", "tasks", "benchmark", "benchmarks") {
		return false
	}
	if w.noun(m.to, "score", "scores", "accuracy", "performance", "results", "leaderboard", "accuracies", "perplexity") && !w.is(m.from-1, "by") {
		return true
	}
	if w.entity[m.entity].Introduced && w.text.Is(w.past(m), ',') && (w.is(m.to, "where") || w.is(m.to, "on") && w.is(m.to+1, "which")) {
		return true // "we introduce B, where X reaches"
	}
	if w.asTestbed(m.to) {
		return true
	}
	if !data && w.gained(w.past(m)) && (w.is(m.from-1, "improves") || w.is(m.from-1, "on") || w.text.Is(w.word[m.from].from-1, ',') || w.is(m.from-1, "and")) {
		return true // "it improves B (+16.8)"
	}
	listed, sets := false, false
	for i := m.from - 1; i >= 0 && i > m.from-40 && w.word[i].from >= s.sentence.From; i-- {
		if c := &w.word[i]; !c.single || c.capital && !c.first || c.number {
			continue
		}
		switch w.wordKey(i) {
		case "we", "it", "they":
			return false
		case "on", "across", "over", "under", "at", "upon", "against":
			if data && w.is(i, "over") {
				return false
			}
			for k := i + 1; k < m.from; k++ {
				if w.is(k, "platforms") || w.is(k, "sources") || w.is(k, "websites") {
					return false // "problems from contests across platforms, namely A"
				}
			}
			if w.is(i-1, "based") && w.openBracket(w.word[i].from, p) {
				continue // "on two datasets based on K (A and B)"
			}
			return (!w.trains(s, i, data) || sets && !data) && !w.founded(i) && !(data && (w.is(i, "against") || s.has(cueTrain, w.word[i].to, p)))
		case "in":
			return !w.trains(s, i, data) && (!data || !w.is(i-1, "as") && !w.is(i-1, "used"))
		case "passed", "passes", "passing", "solves":
			return true
		case "using", "with", "use", "employ", "considering", "via":
			return !data || w.tests(s) && (sets || w.noun(m.to, "dataset", "datasets", "benchmark", "benchmarks") || w.is(i, "using") && w.validates(i-1))
		case "dataset", "datasets", "benchmarks", "tasks":
			sets = true
		case "for":
			return !data || w.word[i].first || w.noun(m.to, "dataset", "datasets", "benchmark", "benchmarks", "task", "challenge")
		case "to":
			switch w.wordKey(i - 1) {
			case "compared", "similar", "relative", "due", "contrast", "comparable", "superior", "addition":
				return false
			case "applied", "generalize", "generalizes", "transfer", "transfers", "generalise", "generalises", "extended", "generalized":
				return true
			}
			return !data
		case "such", "including", "namely", "like", "e.g", "i.e", "as", "e", "i", "g":
			if w.is(i, "including") {
				switch w.wordKey(i - 1) {
				case "evaluations", "evaluation", "experiments":
					return true
				}
			}
			listed = true
		case "through", "throughout":
			return !data && w.tests(s)
		case "of", "from":
			switch w.wordKey(i - 1) {
			case "composed", "consisting", "consists", "comprised":
				if w.evaluationSet(s, i-1) {
					return true // "the evaluation suite consists of A"
				}
				sets = true
				continue // "on a set composed of A"
			case "results", "evidence", "findings", "experiments":
				return w.is(i, "from") && !data
			case "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "most", "each", "both":
				if w.is(i, "of") {
					continue // "on nine of the twelve A datasets"
				}
			case "task", "tasks", "set", "sets", "split", "splits", "subset", "track", "tracks", "benchmark", "benchmarks", "out", "all", "portion", "questions", "range", "variety", "spectrum", "number", "array", "series", "majority", "host",
				"problems", "suite", "datasets", "part", "version", "versions", "section", "leaderboard", "directions", "pairs", "years", "languages":
				continue
			case "collection", "corpora", "corpus", "topics", "data", "queries":
				if !data && w.tests(s) || w.is(i-2, "test") {
					continue // "evaluated on the test collection from B"
				}
			}
			return false
		case "by":
			if i+1 < len(w.word) && (w.word[i+1].number || w.text.Is(w.word[i].to, '+')) {
				continue // "on A by +0.9%, B by +1.2%"
			}
			return false
		case "than", "unlike", "introduce", "introduces", "extend", "extends", "that", "which", "while", "whereas", "augment", "extending", "is", "are":
			return false
		}
	}
	return !data && !listed
}

// asTestbed reports whether "as a testbed" or "as our benchmark" stands at word i, further names and "and" left aside.
func (w *worker) asTestbed(i int) bool {
	for n := 0; n < 8 && i < len(w.word) && (w.is(i, "and") || w.word[i].strong) && w.word[i].sentence == w.word[i-1].sentence; n++ {
		i++
	}
	if !w.is(i, "as") || !w.word[i].spaced {
		return false
	}
	for k := i + 1; k < i+5 && k < len(w.word) && w.word[k].spaced; k++ {
		switch w.wordKey(k) {
		case "testbed", "testbeds", "benchmark", "benchmarks":
			return !w.is(i+1, "such") && !w.is(i+1, "well")
		}
	}
	return false
}

// evaluationSet reports whether the noun before the verb at word i is that of what the authors measure on: "the evaluation suite consists".
func (w *worker) evaluationSet(s *scope, i int) bool {
	for k := i - 1; k >= 0 && k > i-6 && w.word[k].from >= s.sentence.From; k-- {
		switch w.wordKey(k) {
		case "evaluation", "test", "evaluations":
			return true
		case "we", "on", "dataset", "corpus":
			return false
		}
	}
	return false
}

// validates reports whether the words that end at word i tell that something of the authors' is put to the test: "we validate the approach".
func (w *worker) validates(i int) bool {
	for k := i; k > 0 && k > i-8 && w.word[k].sentence == w.word[i].sentence; k-- {
		switch w.wordKey(k) {
		case "validate", "evaluate", "verify", "assess", "test":
			return w.is(k-1, "we") || w.is(k-2, "we") || w.is(k-1, "and")
		case "train", "training", "trained", "on":
			return false
		}
	}
	return false
}

// gained reports whether a difference of scores stands in brackets behind a mention: "B (+16.8)".
func (w *worker) gained(past int) bool {
	return w.text.Is(past, '(') && (w.text.Is(past+1, '+') || past+1 < len(w.text.Pieces) && w.text.Pieces[past+1].Kind == text.Hyphen)
}

// noun reports whether word i directly follows the word before it and is one of the nouns.
func (w *worker) noun(i int, nouns ...string) bool {
	if i >= len(w.word) || !w.word[i].spaced {
		return false
	}
	for _, n := range nouns {
		if w.is(i, n) {
			return true
		}
	}
	return false
}

// trains reports whether the preposition at word i hangs on a word of training: "trained on D", "fine-tuning BERT on D". What a model
// is tuned on may be a benchmark too, if results are told of it.
func (w *worker) trains(s *scope, i int, data bool) bool {
	p := w.word[i].from
	reach := 0
	if data {
		reach = 60
	}
	last, evaluates := -1, -1
	for k := range s.cues {
		c := &s.cues[k]
		if c.to > p || c.to < p-reach {
			continue
		}
		switch c.kind {
		case cueTrain, cueFinetune:
			if k := int(w.wordAt[c.to-1]) + 1; k < len(w.word) && w.word[k].class == lexicon.Model && hasSuffix(w.text.String(c.to-1), "ed") {
				continue // "pre-trained models"
			}
			last = c.to
		case cueEvaluate:
			evaluates = c.to
		}
	}
	if last < 0 || evaluates > last {
		return false
	}
	// "by training on D, we reach …": its results count if the data is a benchmark.
	return data || !s.any(cueOutperform) && !w.experiments(s)
}

// founded reports whether the preposition at word i tells a foundation or a topic: "based on D", "on top of D", "focus on D".
func (w *worker) founded(i int) bool {
	switch w.wordKey(i - 1) {
	case "based", "built", "building", "builds", "build", "relies", "rely", "focus", "focuses", "focused", "focusing", "depends", "depend", "depending", "drawing",
		"annotated", "relying", "conditioned", "trained", "impact", "influence", "information", "is", "are":
		return true
	}
	return w.is(i+1, "top")
}

// tests reports whether a sentence speaks of evaluation or experiments.
func (w *worker) tests(s *scope) bool {
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		switch w.wordKey(i) {
		case "evaluate", "evaluated", "evaluation", "experiments", "experiment", "tested", "test", "benchmarked", "evaluations", "validate", "validated", "verified", "evaluating":
			return true
		case "benchmark":
			if w.is(i-1, "we") {
				return true
			}
		}
	}
	return false
}
