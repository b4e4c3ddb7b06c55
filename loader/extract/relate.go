package extract

import (
	"strings"

	"sett/loader/lexicon"
)

// settleMain decides what the paper is about: the first model that it introduces, or the family of its sizes.
func (w *worker) settleMain() {
	for i := range w.entity {
		if b := w.entity[i].base; b >= 0 && w.entity[b].Introduced && w.entity[i].Mentioned {
			w.entity[i].Introduced = true
		}
	}
	w.heroes()
	for i := range w.entity {
		e := &w.entity[i]
		if !e.Introduced || e.Class != lexicon.Model || !e.Mentioned {
			continue
		}
		if w.main < 0 || w.entity[w.main].base == i {
			w.main, w.mainKind = i, lexicon.Model
		}
	}
	if w.main < 0 && !w.doc.About.IsZero() {
		if c, ok := lexicon.ClassByName(w.doc.About.Class); ok {
			w.main, w.mainKind = w.entityOf(c, w.doc.About.Name), c
		}
	}
	w.focus = w.main
	others := 0
	for i := range w.entity {
		if e := &w.entity[i]; e.Introduced && e.Mentioned && (e.Class == lexicon.Method || e.Class == lexicon.Architecture) {
			w.method = i
			others++
		}
	}
	if others > 1 {
		w.method = w.titledMethod()
	}
}

// heroes notes models that nobody has listed and that the text praises without having presented them, in a paper that presents no other
// model: "In experiments, Foo-R1-7B achieves". They are the paper's own.
func (w *worker) heroes() {
	for i := range w.entity {
		if e := &w.entity[i]; e.Introduced && e.Class == lexicon.Model && e.Mentioned {
			return
		}
	}
	for _, m := range w.mention {
		e := &w.entity[m.entity]
		if e.Class != lexicon.Model || e.Known || m.modifier || w.text.Sentences[w.word[m.from].sentence].Title || w.word[m.from].sentence < 3 || !w.word[m.from].strong {
			continue
		}
		if e.base >= 0 && e.sized && w.entity[e.base].Known || !w.word[m.from].first && !w.text.Is(w.word[m.from].from-1, ',') {
			continue
		}
		k := m.to
		for k < len(w.word) && w.word[k].trait&isAdverb != 0 {
			k++
		}
		switch w.wordKey(k) {
		case "achieves", "outperforms", "surpasses", "attains", "reaches", "obtains", "matches", "exceeds", "delivers":
			e.Introduced = true
		}
	}
}

// titledMethod returns the method or architecture that the paper introduces and its title begins with, or Paper.
func (w *worker) titledMethod() int {
	for _, m := range w.mention {
		if !w.text.Sentences[w.word[m.from].sentence].Title || m.from > 1 {
			break
		}
		if e := &w.entity[m.entity]; e.Introduced && (e.Class == lexicon.Method || e.Class == lexicon.Architecture) {
			return m.entity
		}
	}
	return Paper
}

// rules are applied to each sentence in this order.
var rules = []func(*worker, *scope){
	(*worker).relateSizes,
	(*worker).relateParameters,
	(*worker).relateActive,
	(*worker).relateTokens,
	(*worker).relateTrainedOn,
	(*worker).relateHardware,
	(*worker).relateMoney,
	(*worker).relateContext,
	(*worker).relateComparisons,
	(*worker).relateLevels,
	(*worker).relateNear,
	(*worker).relateContrasts,
	(*worker).relateImprovements,
	(*worker).relateBenchmarks,
	(*worker).relateArchitecture,
	(*worker).relateOpening,
	(*worker).relateDescribed,
	(*worker).relateOwnDesign,
	(*worker).relateTitled,
	(*worker).relateDerived,
	(*worker).relateBases,
	(*worker).relateSources,
	(*worker).relateLanguages,
	(*worker).relateLicense,
	(*worker).relateLinks,
	(*worker).relateDevelopers,
}

// relate applies the rules, sentence by sentence, and moves the focus: "it" is the model that the sentence before spoke of.
func (w *worker) relate() {
	w.scopes(func(s *scope) {
		for _, rule := range rules {
			rule(w, s)
		}
		if s.sentence.Title {
			return
		}
		if w.ownFrom < 0 && s.own && w.scopeOwn(s) {
			w.ownFrom = s.index
		}
		if e, ok := w.subject(s, s.sentence.To); ok {
			w.focus = e
		} else if s.own && w.main >= 0 {
			w.focus = w.main
		}
	})
}

// finish states what follows from names alone: mentions, what is introduced, families of sizes.
func (w *worker) finish() {
	w.scopes(func(s *scope) {
		for _, m := range s.mentions {
			e := &w.entity[m.entity]
			if s.sentence.Title && w.titleOnly(m.entity) {
				continue // "Wren Technical Report" on Wren-3B
			}
			if e.Class != lexicon.Method || e.Introduced {
				w.relation(s, Paper, "mentions", m.entity, "mention", mentionConfidence(e))
			}
			if e.Introduced && introducible(e.Class) && !(s.sentence.Title && w.inText(m.entity)) {
				w.relation(s, Paper, "introduces", m.entity, "introduces", 0.9)
			}
			if e.Class == lexicon.Model && e.base >= 0 && w.inText(e.base) {
				w.relation(s, m.entity, "variantOf", e.base, "variant-name", 0.95)
			}
		}
	})
	for i := range w.out {
		s := &w.out[i]
		if s.Property == "" {
			continue
		}
		if s.Subject >= 0 {
			w.entity[s.Subject].Used = true
		}
		if s.Object >= 0 {
			w.entity[s.Object].Used = true
		}
	}
}

// inText reports whether an entity is named outside the title.
func (w *worker) inText(entity int) bool {
	for i := len(w.mention) - 1; i >= 0; i-- {
		if m := &w.mention[i]; m.entity == entity && !w.text.Sentences[w.word[m.from].sentence].Title {
			return true
		}
	}
	return false
}

// titleOnly reports whether a family is named in the title alone, and one size or flavour of it is what the paper introduces: then
// the title means that one.
func (w *worker) titleOnly(entity int) bool {
	if w.entity[entity].Class != lexicon.Model {
		return false
	}
	if !w.inText(entity) {
		for i := range w.entity {
			if e := &w.entity[i]; i != entity && e.Introduced && e.Class == lexicon.Model && e.Mentioned && strings.HasPrefix(e.Label, w.entity[entity].Label+" ") && w.inText(i) {
				return true // "Foo: …" on Foo 1.0
			}
		}
	}
	members := 0
	for i := range w.entity {
		if w.entity[i].base == entity && w.entity[i].Introduced && w.entity[i].Mentioned {
			members++
		}
	}
	if members != 1 {
		return false
	}
	for _, m := range w.mention {
		if m.entity == entity && w.at(m) > 0 && !w.text.Sentences[w.word[m.from].sentence].Title {
			return false
		}
	}
	return true
}

func mentionConfidence(e *Entity) float64 {
	if e.Known {
		return 0.97
	}
	return 0.9
}

func introducible(c lexicon.Class) bool {
	switch c {
	case lexicon.Model, lexicon.Dataset, lexicon.Method, lexicon.Architecture, lexicon.Benchmark:
		return true
	}
	return false
}

// relateSizes states the parameters that names tell: Mistral 7B, OLMoE-1B-7B.
func (w *worker) relateSizes(s *scope) {
	for _, m := range s.mentions {
		e := &w.entity[m.entity]
		if !e.sized || e.params.Digits == 0 {
			continue
		}
		w.figure(s, m.entity, "parameters", e.params, "size-in-name", 0.97)
		if e.active.Digits != 0 {
			w.figure(s, m.entity, "activeParameters", e.active, "size-in-name", 0.9)
		}
	}
}
