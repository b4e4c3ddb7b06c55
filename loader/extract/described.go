package extract

import (
	"sett/loader/lexicon"
)

// relateDescribed reads the architecture that the description before a new name tells: "we propose a novel model based on A, called X", "the
// first A model, X", "we present the A X".
func (w *worker) relateDescribed(s *scope) {
	if s.sentence.Title || len(s.mentions) < 2 {
		return
	}
	for k, m := range s.mentions[:len(s.mentions)-1] {
		x := s.mentions[k+1]
		e := &w.entity[x.entity]
		if w.classOf(m) == lexicon.Model && e.Class == lexicon.Model && e.Introduced && !x.modifier && !w.ownModel(m.entity) && x.from-m.to <= 8 && w.describedBy(s, m, x) {
			w.relation(s, x.entity, "derivedFrom", m.entity, "described", 0.85)
			continue
		}
		if a := &w.entity[m.entity]; a.Class != lexicon.Architecture || a.Introduced || w.ofComponent(m) || w.otherDesign(m) {
			continue
		}
		if !e.Introduced || x.modifier || e.Class != lexicon.Model && e.Class != lexicon.Method || x.from-m.to > 8 {
			continue
		}
		if verb := w.presenting(m.from); verb < 0 || !w.tellsKind(verb, m, x) {
			continue
		}
		w.relation(s, x.entity, "architecture", m.entity, "described", 0.86)
	}
}

// describedBy reports whether "an A-based model called X" or "an A-based model, X," is presented, A a model of others. "An A model called X"
// may be but built as A is.
func (w *worker) describedBy(s *scope, m, x mention) bool {
	k := m.to
	if !m.modifier || !hasSuffix(w.span(m.to-1, m.to), "-based") || k >= len(w.word) || !w.word[k].spaced || !w.articleBetween(max(0, m.from-3), m.from) {
		return false
	}
	for n := 0; n < 3 && w.word[k].class == lexicon.None && w.word[k].trait&(isPreposition|isConjunction|isRelative) == 0 && w.word[k].spaced; n++ {
		k++
	}
	if !w.is(k, "model") {
		return false
	}
	verb := w.presenting(m.from)
	return verb >= 0 && !w.prepositionBetween(w.word[verb].to, w.at(m)) && (x.from == k+1 && w.text.Is(w.word[x.from].from-1, ',') || x.from <= k+3 && (w.is(x.from-1, "namely") || w.word[x.from-1].trait&names != 0))
}

// presenting returns the verb with which the authors present what is described before word i, nothing but its description between; else -1.
func (w *worker) presenting(i int) int {
	for k := i - 1; k >= 0 && k > i-12 && w.word[k].sentence == w.word[i].sentence; k-- {
		c := &w.word[k]
		if c.single && c.trait&(introduces|makes) != 0 && !c.capital && w.ownVerb(k) {
			return k
		}
		if k < i-1 && !w.word[k+1].spaced || c.single && c.trait&(isRelative|isPronoun|isConjunction) != 0 {
			return -1
		}
	}
	return -1
}

// tellsKind reports whether architecture m, which stands in what a verb presents, tells what the name x is: right before the name, before its
// noun, or behind "based on".
func (w *worker) tellsKind(verb int, m, x mention) bool {
	if x.from == m.to {
		return !m.modifier && w.word[x.from].spaced && !w.prepositionBetween(w.word[verb].to, w.at(m))
	}
	if k := x.from - 1; !w.text.Is(w.word[x.from].from-1, ',') && (w.word[k].trait&names == 0 || !w.word[k].single) {
		return false
	}
	founded := (w.is(m.from-1, "on") || w.is(m.from-2, "on") && w.word[m.from-1].trait&isDeterminer != 0) && (w.is(m.from-2, "based") || w.is(m.from-3, "based"))
	noun := -1
	for k := m.to; k < x.from; k++ {
		switch c := &w.word[k]; {
		case c.single && c.trait&(isPreposition|isRelative|isConjunction) != 0 && noun < 0 && !founded:
			return false
		case c.class == lexicon.Model || c.class == lexicon.Architecture || w.is(k, "framework"):
			noun = k
		}
	}
	if founded {
		return true
	}
	return noun >= 0 && !w.prepositionBetween(w.word[verb].to, w.at(m)) && (noun == x.from-1 || w.word[x.from-1].trait&names != 0)
}

// relateTitled reads what a title says a model is: "Foo: A Vision Transformer for Any Size", "Foo, a State Space Model".
func (w *worker) relateTitled(s *scope) {
	if !s.sentence.Title || w.mainKind != lexicon.Model {
		return
	}
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Architecture || m.modifier || w.entity[m.entity].Component || w.entity[m.entity].Introduced || w.otherDesign(m) || hasSuffix(w.span(m.to-1, m.to), "s") {
			continue
		}
		if n := m.to; n < len(w.word) && w.word[n].to <= s.sentence.To && w.word[n].spaced && !w.is(n, "for") && !w.is(n, "with") && !w.is(n, "in") {
			continue
		}
		for k := m.from - 1; k >= 0; k-- {
			if c := &w.word[k]; c.single && c.trait&(isPreposition|isConjunction|isRelative|isBe|isPronoun) != 0 || hasSuffix(w.span(k, k+1), "ing") {
				break
			}
			if !w.text.Is(w.word[k].to, ':') && !w.text.Is(w.word[k].to, ',') {
				continue
			}
			for _, x := range s.mentions {
				if x.to == k+1 && x.from <= 1 && w.classOf(x) == lexicon.Model && w.ownModel(x.entity) {
					w.relation(s, x.entity, "architecture", m.entity, "titled", 0.85)
				}
			}
			break
		}
	}
}
