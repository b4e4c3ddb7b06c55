package extract

import (
	"sett/loader/lexicon"
)

// relateSources reads which data other data is made from: "X, a corpus filtered from A", "a translated version of A", "X extends A".
func (w *worker) relateSources(s *scope) {
	if s.sentence.Title {
		return
	}
	for k, m := range s.mentions {
		if e := &w.entity[m.entity]; !isTest(e.Class) || m.modifier {
			continue
		}
		if e, ok := w.sourceFirst(s, k); ok {
			w.relation(s, e, "derivedFrom", m.entity, "data-source", 0.85)
		}
		if !w.isSource(s, m) {
			continue
		}
		for n := k - 1; n >= 0; n-- {
			x := s.mentions[n]
			if e := &w.entity[x.entity]; isTest(e.Class) && e.Introduced && !x.modifier && x.entity != m.entity {
				if !s.has(cueTrain, w.past(x), w.at(m)) && !s.has(cueEvaluate, w.past(x), w.at(m)) && !w.compared(s, w.past(x), w.at(m)) {
					w.relation(s, x.entity, "derivedFrom", m.entity, "data-source", 0.85)
				}
				break
			}
			if w.classOf(x) == lexicon.Model && !x.modifier {
				break
			}
		}
	}
}

// sourceFirst reads data that is named before what is made of it: "we extend A to create D", "built on top of A, D is hard".
func (w *worker) sourceFirst(s *scope, k int) (int, bool) {
	m := s.mentions[k]
	if k+1 >= len(s.mentions) {
		return Paper, false
	}
	x := s.mentions[k+1]
	if e := &w.entity[x.entity]; !isTest(e.Class) || !e.Introduced || x.modifier || x.entity == m.entity || x.from-m.to > 12 {
		return Paper, false
	}
	i := m.from - 1
	for i > 0 && w.word[i].from > s.sentence.From && w.word[i].trait&(isDeterminer|isPreposition) == isDeterminer {
		i--
	}
	switch w.wordKey(i) {
	case "extend", "extended", "translate", "re-annotate", "reannotate", "filter", "augment", "modify", "transform", "convert":
		if !w.is(i-1, "we") && !w.is(i-1, "then") && !w.is(i-1, "further") {
			return Paper, false
		}
		for n := m.to; n < x.from; n++ {
			switch w.wordKey(n) {
			case "create", "build", "obtain", "construct", "produce", "form", "yielding", "giving", "creating", "obtaining", "producing", "called", "into":
				return x.entity, true
			case "evaluate", "train", "test", "we":
				return Paper, false
			}
		}
	case "of", "on", "upon":
		first := int(w.wordAt[s.sentence.From])
		return x.entity, (w.is(first, "built") || w.is(first, "based") || w.is(first, "building")) && i-first < 4 && x.from == m.to && w.text.Is(w.word[x.from].from-1, ',') && w.verbFollows(w.past(x))
	}
	return Paper, false
}

// isSource reports whether the words before a mention make it what data comes from; further names may stand between in a list.
func (w *worker) isSource(s *scope, m mention) bool {
	i := m.from - 1
	for i > 0 && w.word[i].from > s.sentence.From && (w.is(i, "and") || w.word[i].trait&isDeterminer != 0 || w.word[i].strong || w.word[i].number || w.is(i, "original") || w.is(i, "existing") || w.word[i].class == lexicon.Dataset && w.is(i-1, "the")) {
		i--
	}
	if w.is(m.to, "style") || w.is(m.to, "format") {
		return false
	}
	switch w.wordKey(i) {
	case "from":
		for n := i - 1; n >= 0 && n > i-4; n-- {
			switch w.wordKey(n) {
			case "filtered", "extracted", "derived", "sourced", "collected", "curated", "constructed", "built", "created", "translated", "adapted", "compiled", "drawn", "sampled", "selected", "refined", "crawled",
				"mined", "gathered", "obtained", "distilled", "assembled", "harvested":
				return true
			case "pages", "documents", "articles", "questions", "examples", "samples", "images", "text", "data", "problems", "dumps", "captions":
				continue
			case "of":
				if w.is(n-1, "consists") || w.is(n-1, "consisting") || w.is(n-1, "composed") {
					return true
				}
			case "contains", "comprises", "containing", "comprising":
				return true
			}
			if w.word[n].trait&isAdverb == 0 {
				return false
			}
		}
	case "of":
		switch w.wordKey(i - 1) {
		case "version", "subset", "extension", "superset", "variant", "translation", "reannotation", "split", "adaptation":
			return true
		}
	case "extends", "extending", "augments", "extend", "filtering", "translating", "augmenting", "re-annotating", "reannotating", "annotating", "deduplicating", "combines", "merges", "combining", "merging", "aggregates", "aggregating":
		return true
	case "on":
		return w.is(i-1, "based") || w.is(i-1, "built") || w.is(i-1, "builds")
	case "upon":
		return w.is(i-1, "built") || w.is(i-1, "builds") || w.is(i-1, "building")
	}
	return false
}
