package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
)

// sizeSubject returns of which model a list of sizes speaks.
func (w *worker) sizeSubject(s *scope, group []text.Quantity) (int, bool) {
	from, to := group[0].From, group[len(group)-1].To
	if w.inName(&group[0]) {
		return Paper, false
	}
	// Sizes of others: "larger than 70B models", "existing 7B models", "comparable to 13B models", "billions of".
	for i := int(w.wordAt[from]) - 1; i >= 0 && i >= int(w.wordAt[from])-4 && w.word[i].from >= s.sentence.From; i-- {
		switch {
		case w.is(i, "than"), w.is(i, "existing"), w.is(i, "other"), w.is(i, "larger"), w.is(i, "comparable"), w.is(i, "over") && group[0].Bound != text.Over,
			w.is(i, "against"), w.is(i, "previous"), w.is(i, "all"), w.is(i, "most"), w.is(i, "sub"), w.is(i, "among"), w.is(i, "these"), w.is(i, "like"), w.is(i, "common"), w.is(i, "popular"), w.is(i, "off-the-shelf"):
			return Paper, false
		}
		if w.word[i].trait&isOwner != 0 {
			break
		}
	}
	if w.describesOther(s, from) || w.wordKey(int(w.wordAt[from])-1) == "e.g" {
		return Paper, false
	}
	if w.is(int(w.wordAt[from])-1, "this") && len(group) == 1 && w.mainKind == lexicon.Model && w.met(w.main, from) {
		return w.main, true // "this 2.6B parameter network"
	}
	if e, ok := w.sizedCalled(s, to); ok && len(group) == 1 {
		return e, true
	}
	if e, ok := w.sizeOf(s, from); ok && len(group) == 1 {
		w.sizedIn, w.sizedLast = s.index, e
		return e, true
	}
	if f, ok := w.follower(s, to, min(to+8, s.sentence.To)); ok && len(group) == 1 && !f.pronoun && f.from == to+1 && w.text.Is(to, '(') && w.text.Is(f.to, ')') {
		return f.entity, true // "a model with 11 billion parameters (X)"
	}
	if f, ok := w.follower(s, to, min(to+5, s.sentence.To)); ok && !f.pronoun && w.entity[f.entity].Introduced && w.text.Is(f.from-1, ',') && w.plainBetween(to, f.from-1) {
		return f.entity, true // "a new family with 1B, 3B and 7B parameters, X"
	}
	if near, ok := w.nearest(s, from, 24); ok && !near.pronoun && !w.ownModel(near.entity) && s.has(cueSwitch, near.to, from) && w.compared(s, w.clauseStart(s, near.from), near.from) {
		e, ok := w.subject(s, near.from)
		return e, ok && w.ownModel(e) // "X matches A, while using only a 7B model"
	}
	if near, ok := w.nearest(s, from, 24); ok && w.ownModel(near.entity) && w.compared(s, near.to, from) && w.aside(s, near.to, from) {
		return near.entity, true // "X matches A, while using only a 7B model"
	}
	p := w.word[min(int(w.wordAt[from]), len(w.word)-1)].from
	if near, ok := w.nearest(s, p, 24); ok && !(w.text.Is(from-1, '(') && near.to+1 != from && (group[0].Role != text.Single || !near.pronoun && !w.ownModel(near.entity))) && !w.compared(s, near.to, from) && !w.anotherNoun(near.to, from) && (len(group) == 1 || near.pronoun || w.ownModel(near.entity) || near.to+3 >= from && !w.commaBetween(near.to, from)) {
		return near.entity, true
	}
	// "7B Foo model": a name just after.
	if f, ok := w.follower(s, to, min(to+10, s.sentence.To)); ok && !f.pronoun && f.from-to <= 4 && w.between(to, f.from) && !w.commaBetween(to, f.from) && !w.compared(s, to, f.from) && !w.prepositionBetween(to, f.from) && !w.andBetween(to, f.from) {
		return f.entity, true
	}
	if w.compared(s, s.sentence.From, from) && !s.own {
		return Paper, false
	}
	// "Despite few parameters (2B), X …"
	if e, ok := w.subject(s, s.sentence.To); ok && w.ownModel(e) && len(group) == 1 && w.text.Is(group[0].Number-1, '(') && !w.stated(e, "parameters") && w.text.Is(group[0].To, ')') {
		return e, true
	}
	if e, ok := w.ownDesign(s, from); ok && len(group) == 1 {
		return e, true
	}
	if !s.own && !(len(s.mentions) == 0 && w.main >= 0 && s.any(cueOwnModel)) {
		// "X, a system, reaches … when training a 175B model"
		return Paper, len(group) == 1 && w.main < 0 && w.speaksOfOwn(s) && s.has(cueTrain, max(s.sentence.From, from-4), from) && !s.any(cueDoubt) && !w.can(s, from)
	}
	if w.compared(s, max(s.sentence.From, from-16), from) && !w.scales(s, from) {
		return Paper, false
	}
	if w.main >= 0 && w.mainKind == lexicon.Model {
		met := s.any(cueOwnModel) || w.met(w.main, min(to+9, s.sentence.To))
		if s.has(cueSuchAs, max(s.sentence.From+1, from-4), from) || !met {
			return Paper, len(group) == 1 && !met && s.has(cueFinetune, max(s.sentence.From, from-4), from)
		}
		if len(group) > 1 || (s.index <= 3 || w.scales(s, from) || w.ours(from) || w.is(int(w.wordAt[from])-1, "the")) && w.entity[w.main].params.Digits == 0 && !w.stated(w.main, "parameters") {
			return w.main, true
		}
		return Paper, false
	}
	if w.scales(s, from) && w.main < 0 {
		for k := len(s.mentions) - 1; k >= 0; k-- { // "we scale X up to 14B parameters"
			m := s.mentions[k]
			if e := &w.entity[m.entity]; w.past(m) <= from && from-w.past(m) < 4 && e.Introduced && e.Class == lexicon.Architecture {
				return m.entity, true
			}
		}
	}
	if len(group) > 1 && w.main < 0 && group[0].Role == text.Single && (s.has(cueTrain, max(s.sentence.From, from-5), from) || w.ours(from)) {
		return Paper, true // "training 1B- and 3B-parameter models"
	}
	if i := int(w.wordAt[from]); len(group) == 1 && w.main < 0 && (w.is(i-1, "a") || w.is(i-1, "an")) && w.is(i-2, "of") && s.any(cueEvaluate) && !s.any(cueDoubt) && !w.compared(s, s.sentence.From, from) {
		return Paper, true // "improves the reasoning of a 540B-parameter LLM"
	}
	if len(group) == 1 && w.main < 0 && (s.any(cueTrain) || s.has(cueFinetune, max(s.sentence.From, from-4), from) || w.ours(from) || w.scales(s, from)) && (!w.openBracket(s.sentence.From, from) || w.text.Is(from-1, '(') && s.has(cueTrain, max(s.sentence.From, from-9), from)) {
		return Paper, true
	}
	return Paper, false
}

// plainBetween reports whether nothing but nouns for models stands between two pieces.
func (w *worker) plainBetween(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.word[i].class != lexicon.Model {
			return false
		}
	}
	return true
}

// groupCalled returns the models that are named behind a list of as many sizes: "7B, 14B models trained for 4.8T tokens, called A, B".
func (w *worker) groupCalled(s *scope, group []text.Quantity) []int {
	if len(group) < 2 {
		return nil
	}
	called := w.calledAt(s, group[len(group)-1].To)
	if called < 0 {
		return nil
	}
	var each []int
	last := w.word[called].to
	for _, r := range w.modelsIn(s, w.word[called].to, s.sentence.To) {
		if r.from-last > 2 {
			break
		}
		each, last = append(each, r.entity), r.to
	}
	if len(each) != len(group) || group[0].Role != text.Single {
		return nil
	}
	return each
}

// calledAt returns the word "called" or the like that stands within some words behind piece p and before the next model, or -1.
func (w *worker) calledAt(s *scope, p int) int {
	for i := int(w.wordAt[p]); i < len(w.word) && w.word[i].to < s.sentence.To && i < int(w.wordAt[p])+10; i++ {
		if w.word[i].trait&names != 0 && w.word[i].single {
			return i
		}
	}
	return -1
}

// sizedCalled returns the paper's own model that a size before its name speaks of: "a 176 billion parameter model we call X".
func (w *worker) sizedCalled(s *scope, p int) (int, bool) {
	f, ok := w.follower(s, p, min(p+9, s.sentence.To))
	if !ok || f.pronoun || !w.ownModel(f.entity) || w.commaBetween(p, f.from) {
		return Paper, false
	}
	for i := int(w.wordAt[p]); i < len(w.word) && w.word[i].to <= f.from; i++ {
		if w.word[i].trait&names != 0 {
			return f.entity, true
		}
	}
	return Paper, false
}

// sizeOf returns the model right before a size at piece p: "the Foo model with 20B parameters", "Foo, which has 175B parameters"; or what the
// paper introduces if the size begins its description: "Foo, a 30M-parameter system".
func (w *worker) sizeOf(s *scope, p int) (int, bool) {
	i := int(w.wordAt[p]) - 1
	described := false
	for i >= 0 && w.word[i].trait&(isDeterminer|isNovel) != 0 && w.word[i].single || i >= 0 && (w.is(i, "lightweight") || w.is(i, "small") || w.is(i, "only") || w.is(i, "about") || w.is(i, "roughly")) {
		described = true
		i--
	}
	with := false
	for i >= 0 && (w.is(i, "with") || w.is(i, "of") || w.is(i, "has") || w.is(i, "have") || w.is(i, "having") || w.is(i, "which") || w.is(i, "model") || w.is(i, "contains") || w.is(i, "comprises") || w.is(i, "total") || w.is(i, "a") && w.is(i+1, "total")) {
		with = true
		i--
	}
	for _, m := range s.mentions {
		if m.to != i+1 || m.modifier || w.entity[m.entity].sized {
			continue
		}
		e := &w.entity[m.entity]
		if with && e.Class == lexicon.Model {
			return m.entity, true
		}
		if described && !with && e.Introduced && (e.Class == lexicon.Method || e.Class == lexicon.Architecture) && w.text.Is(w.past(m), ',') {
			return m.entity, true
		}
	}
	return Paper, false
}

// aside reports whether what leads to piece to is an aside to the clause that begins at piece from: "…, while using only a 7B model",
// "…, despite having 3B parameters".
func (w *worker) aside(s *scope, from, to int) bool {
	for i := len(s.cues) - 1; i >= 0; i-- {
		if c := &s.cues[i]; c.kind == cueSwitch && c.from >= from && c.to <= to {
			next := int(w.wordAt[c.to-1]) + 1
			return next < len(w.word) && (hasSuffix(w.span(next, next+1), "ing") || w.is(next, "only") || w.is(next, "just")) && !w.mentionsOfModels(s, c.to, to)
		}
	}
	return false
}

// can reports whether "can" stands before piece p in the sentence.
func (w *worker) can(s *scope, p int) bool {
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].from < p; i++ {
		if w.is(i, "can") {
			return true
		}
	}
	return false
}

// ownDesign returns the architecture that the paper introduces if the sentence tells of it at the size, or number of tokens, at piece p: "Foo
// beats the Transformer at the scale of 7 billion parameters".
func (w *worker) ownDesign(s *scope, p int) (int, bool) {
	if w.main >= 0 || s.own {
		return Paper, false
	}
	for _, m := range s.mentions {
		if e := &w.entity[m.entity]; w.past(m) <= p && e.Introduced && e.Class == lexicon.Architecture && !m.modifier {
			return m.entity, w.acts(m) && (w.is(int(w.wordAt[p])-2, "scale") || w.is(int(w.wordAt[p])-2, "scaled") || w.is(int(w.wordAt[p])-1, "to") || w.is(int(w.wordAt[p])-1, "with"))
		}
	}
	return Paper, false
}

// describesOther reports whether the phrase of the size at piece p says what something else is that stands right before it: "Foo -- a
// 10M parameter model that".
func (w *worker) describesOther(s *scope, p int) bool {
	i := int(w.wordAt[p])
	for i > 0 && (w.word[i-1].trait&(isDeterminer|isNovel) != 0 && w.word[i-1].single) && w.word[i].spaced {
		i--
	}
	if i == 0 || i >= len(w.word) || w.word[i].spaced || w.word[i].from-w.word[i-1].to != 1 || !w.text.Is(w.word[i].from-1, ',') && w.text.Pieces[w.word[i].from-1].Kind != text.Hyphen {
		return false
	}
	for _, m := range s.mentions {
		if m.to == i && w.classOf(m) != lexicon.Model && !w.entity[m.entity].Introduced {
			return true
		}
	}
	return false
}

// ours reports whether "our" stands right before piece p, adjectives left aside: "our best 900M model".
func (w *worker) ours(p int) bool {
	i := int(w.wordAt[p])
	if (w.is(i-1, "with") || w.is(i-1, "of")) && (w.is(i-2, "model") || w.is(i-2, "models")) {
		i -= 2 // "our best model with 8B parameters"
	}
	if w.is(i-1, "with") && (w.is(i-2, "experiments") || w.is(i-2, "results")) {
		i -= 2 // "our experiments with 340M parameter models"
	}
	return w.is(i-1, "our") || w.is(i-2, "our") && i > 1 && w.word[i-1].trait&isPreposition == 0
}

// scales reports whether the authors scale something up to the figure at piece p.
func (w *worker) scales(s *scope, p int) bool {
	for i := int(w.wordAt[p]) - 1; i >= 0 && i > int(w.wordAt[p])-9 && w.word[i].from >= s.sentence.From; i-- {
		if w.is(i, "scale") || w.is(i, "scaled") || w.is(i, "scaling") {
			return w.is(int(w.wordAt[p])-1, "to") || w.is(int(w.wordAt[p]), "up") || w.is(int(w.wordAt[p])-1, "over") && w.is(int(w.wordAt[p])-2, "to")
		}
	}
	return false
}

// anotherNoun reports whether the words between two pieces bring in other models: "Foo with larger models of".
func (w *worker) anotherNoun(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.is(i, "other") || w.is(i, "existing") || w.is(i, "than") || w.is(i, "times") {
			return true
		}
	}
	return false
}

// compared reports whether a comparison stands between two pieces.
func (w *worker) compared(s *scope, from, to int) bool {
	return s.has(cueOutperform, from, to) || s.has(cueComparable, from, to) || s.has(cueWorse, from, to)
}

// stated reports whether a statement with the subject and property is there already.
func (w *worker) stated(subject int, property string) bool {
	for i := range w.out {
		if w.out[i].Subject == subject && w.out[i].Property == property {
			return true
		}
	}
	return false
}
