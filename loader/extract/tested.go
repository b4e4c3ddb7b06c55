package extract

import (
	"slices"
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// testedOn links names that nobody has listed and on which results are told: a figure stands before "on" ("9.0% WER on Foo-IHM", "by 12% on
// FooQuest"), or a noun of evaluation does ("results on Foo-256"). What is scored on is a benchmark.
func (w *worker) testedOn() {
	if w.domain < 2 {
		return
	}
	n := len(w.mention)
	for i := 1; i+1 < len(w.word); i++ {
		c := &w.word[i]
		if !c.single || c.capital || w.text.Sentences[c.sentence].Title || !w.is(i, "on") || !w.figureBefore(i) {
			continue
		}
		k := i + 1
		if w.is(k, "the") {
			k++
		}
		if k < len(w.word) && w.word[k].sentence == c.sentence && w.word[k].spaced && w.testName(k) && !w.covered(k) {
			end := w.nameEnd(k)
			if w.ownNoun(end) || !w.standsAlone(end, c.sentence) && !(end < len(w.word) && isTest(w.word[end].class)) {
				continue
			}
			class := lexicon.Benchmark
			if _, data := w.e.lex.Lookup(lexicon.Dataset.Namespace() + Slug(w.span(k, end))); data {
				class = lexicon.Dataset // a listed one, spelt with another mark inside: CNN-DailyMail
			}
			w.addMention(k, end, w.entityOf(class, w.span(k, end)), w.span(k, end))
		}
	}
	if len(w.mention) > n {
		slices.SortStableFunc(w.mention, func(a, b mention) int { return a.from - b.from })
	}
}

// ownNoun reports whether the noun at word i makes another thing of the name before it than a test.
func (w *worker) ownNoun(i int) bool {
	return i < len(w.word) && w.word[i].spaced && w.word[i].class != lexicon.None && !isTest(w.word[i].class)
}

// figureBefore reports whether a score stands right before the preposition at word i: a number with a sign, a point or a percent, metrics and
// "points" left aside.
func (w *worker) figureBefore(i int) bool {
	for k := i - 1; k >= 0 && k >= i-4 && w.word[k].sentence == w.word[i].sentence; k-- {
		c := &w.word[k]
		if c.number {
			s := w.span(k, k+1)
			return strings.Contains(s, ".") || w.text.Is(c.to, '%') || w.text.Is(c.to, '\\') && w.text.Is(c.to+1, '%') || k < i-1
		}
		switch {
		case c.strong && w.text.Pieces[c.to-1].Kind == text.Word, c.acronym:
			continue // a metric: WER, EM
		}
		switch w.wordKey(k) {
		case "points", "point", "accuracy", "score", "f1", "bleu", "rouge", "absolute", "recall", "precision", "pass", "accuracies", "ap", "average", "top-1", "perplexity", "win", "rate", "success", "pp", "gain", "gains", "improvement", "improvements", "percent", "relative":
			continue
		}
		return false
	}
	return false
}

// testName reports whether word k can begin the name of a test: a capital inside, digits or parts, and no pair of languages, model, device or
// short abbreviation.
func (w *worker) testName(k int) bool {
	c := &w.word[k]
	if !c.strong || !w.isName(k) || w.modifier(k) || w.knownModifier(k, k+1) || c.size > 0 || c.class != lexicon.None || c.to-c.from < 3 && len(w.span(k, k+1)) < 5 || w.plainCapitals(k) && len(w.span(k, k+1)) < 5 || hasSuffix(w.span(k, k+1), "Score") {
		return false
	}
	for _, at := range w.localAt[w.span(k, k+1)] {
		if !isTest(w.local[at].class) && w.local[at].class != lexicon.None {
			return false
		}
	}
	return !w.ofLanguages(k)
}
