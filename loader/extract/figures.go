package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
)

// relateParameters reads "X has 7 billion parameters", "X models with 3B, 7B and 15B parameters", "a suite of 1.2B and 2.7B
// models"; without a name the paper's own model is meant, if it trains one.
func (w *worker) relateParameters(s *scope) {
	if w.domain < 2 || s.sentence.Title {
		return
	}
	for i := 0; i < len(s.quantities); i++ {
		q := &s.quantities[i]
		if e, ok := w.sizeBefore(s, q); ok {
			w.figure(s, e, "parameters", q.Value, "size-before-name", 0.93)
			continue
		}
		if !w.isModelSize(q) || w.ofPart(q) {
			continue
		}
		last := i
		for last+1 < len(s.quantities) && q.Group > 0 && s.quantities[last+1].Group == q.Group {
			last++
		}
		group := s.quantities[i : last+1]
		i = last
		if each := w.respective(s, group); each != nil {
			for k := range group {
				w.figure(s, each[k], "parameters", group[k].Value, "respectively", 0.9)
			}
			continue
		}
		if each := w.groupCalled(s, group); each != nil {
			for k := range each {
				w.figure(s, each[k], "parameters", group[k].Value, "sizes-called", 0.88)
			}
			continue
		}
		subject, ok := w.sizeSubject(s, group)
		if !ok && len(group) == 1 && w.mainKind == lexicon.Model && w.hasUnit(s, text.ActiveParameters) && !w.mentionsOfModels(s, s.sentence.From, s.sentence.To) && w.met(w.main, s.sentence.From) {
			subject, ok = w.main, true // "each token has access to 47B parameters but uses 13B active ones"
		}
		if !ok {
			continue
		}
		if subject == Paper {
			for k := range group {
				w.figure(s, Paper, "parameters", group[k].Value, "parameters-own", 0.8)
			}
			continue
		}
		e := &w.entity[subject]
		if e.sized && e.params.Digits != 0 {
			continue
		}
		if len(group) == 1 {
			if q.Bound == text.Under {
				continue
			}
			w.figure(s, subject, "parameters", q.Value, "parameters", 0.9)
			if e, ok := w.joined(s, subject, q.From); ok {
				w.figure(s, e, "parameters", q.Value, "parameters", 0.87)
			}
			continue
		}
		for k := range group {
			label := sizeText(&group[k])
			if label == "" {
				continue
			}
			v := w.sizedEntity(subject, w.entity[subject].Label, label, "")
			if w.entity[v].start < 0 {
				w.entity[v].start = int(w.text.Pieces[group[k].Number].Start)
			}
			w.relation(s, Paper, "mentions", v, "size-list", 0.9)
			w.relation(s, v, "variantOf", subject, "size-list", 0.95)
			w.figure(s, v, "parameters", group[k].Value, "size-list", 0.93)
		}
	}
}

// joined returns the other of two models that a figure at piece p is told of: "we introduce A and B: 15B parameter models with".
func (w *worker) joined(s *scope, subject, p int) (int, bool) {
	for k := 1; k < len(s.mentions); k++ {
		a, b := s.mentions[k-1], s.mentions[k]
		if w.past(b) >= p || p-w.past(b) > 12 || b.from-a.to != 1 || !w.is(a.to, "and") || w.classOf(a) != lexicon.Model || w.classOf(b) != lexicon.Model {
			continue
		}
		if !w.text.Is(w.past(b), ':') && !w.text.Is(w.past(b), ',') || !w.entity[a.entity].Introduced || !w.entity[b.entity].Introduced {
			continue
		}
		for i := int(w.wordAt[w.past(b)]); i < len(w.word) && w.word[i].from < min(p+6, s.sentence.To); i++ {
			if w.is(i, "models") || w.is(i, "both") {
				if subject == a.entity {
					return b.entity, true
				}
				return a.entity, subject == b.entity
			}
		}
	}
	return Paper, false
}

// ofPart reports whether a size is that of a part of a model: "a 532M-parameter vision encoder", "an encoder with 400M parameters".
func (w *worker) ofPart(q *text.Quantity) bool {
	part := func(i int) bool {
		switch w.wordKey(i) {
		case "encoder", "decoder", "head", "projector", "module", "adapter", "tokenizer", "component", "verifier", "layer":
			return true
		}
		return false
	}
	after := int(w.wordAt[min(q.To, len(w.wordAt)-1)])
	for i := after; i < len(w.word) && i < after+4 && (i == after && w.word[i].from == q.To || w.word[i].spaced); i++ {
		if part(i) {
			return true
		}
		if w.word[i].class != lexicon.None || w.word[i].trait&(isPreposition|isConjunction|isRelative|isBe) != 0 {
			break
		}
	}
	before := int(w.wordAt[q.From])
	for i := before - 1; i > 1 && i > before-5 && w.word[i+1].spaced; i-- {
		if w.is(i, "has") || w.is(i, "contains") || w.is(i, "have") {
			for k := i - 1; k >= 0 && k > i-6 && w.word[k].trait&(isRelative|isConjunction) == 0 && w.word[k].sentence == w.word[i].sentence; k-- {
				if part(k) {
					return true
				}
			}
		}
	}
	return before > 1 && (w.is(before-1, "with") || w.is(before-1, "of")) && part(before-2)
}

// sizeBefore reads "the 15B Foo": a size right before the name of a model.
func (w *worker) sizeBefore(s *scope, q *text.Quantity) (int, bool) {
	if q.Magnitude != 'B' && q.Magnitude != 'M' || !q.Letter || q.Unit != text.NoUnit || w.inName(q) {
		return 0, false
	}
	i := int(w.wordAt[min(q.NumberEnd, len(w.wordAt)-1)])
	if i >= len(w.word) || w.word[i].from != q.NumberEnd || !w.word[i].spaced {
		return 0, false
	}
	for _, m := range s.mentions {
		if m.from == i && !m.modifier && w.classOf(m) == lexicon.Model && !w.entity[m.entity].sized {
			return m.entity, true
		}
	}
	return 0, false
}

// respective returns the models to which the sizes of a list belong one by one: "A and B, with 1B and 7B parameters respectively"; nil
// if the sentence does not say so.
func (w *worker) respective(s *scope, group []text.Quantity) []int {
	n := len(group)
	if n < 2 {
		return nil
	}
	told := false
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		told = told || w.is(i, "respectively")
	}
	if !told || group[0].Role != text.Single {
		return nil
	}
	var each []int
	for _, m := range s.mentions {
		if w.past(m) <= group[0].From && w.classOf(m) == lexicon.Model && !m.modifier && !w.entity[m.entity].sized {
			each = append(each, m.entity)
		}
	}
	if len(each) != n {
		return nil
	}
	return each
}

// sizeText returns 7B, 1.2B, 350M.
func sizeText(q *text.Quantity) string {
	switch q.Magnitude {
	case 'B':
		return q.Value.Scale(-9).String() + "B"
	case 'M':
		return q.Value.Scale(-6).String() + "M"
	case 'T':
		return q.Value.Scale(-12).String() + "T"
	}
	return ""
}

// isModelSize reports whether a quantity counts parameters.
func (w *worker) isModelSize(q *text.Quantity) bool {
	if q.Magnitude == 0 || q.Magnitude == 'K' || q.Number > 1 && w.text.Pieces[q.Number-2].Kind == text.Number && (w.text.String(q.Number-1) == "x" || w.text.String(q.Number-1) == "×") {
		return false // "16 x 3.8B": experts
	}
	if q.Group == 0 && q.NumberEnd+1 < len(w.text.Pieces) && w.text.Pieces[q.NumberEnd].Kind == text.Hyphen && w.text.Pieces[q.NumberEnd+1].Kind == text.Number {
		return false // "2B-4B"
	}
	if q.Unit == text.Parameters {
		return true
	}
	if q.Unit != text.NoUnit || !q.Letter || q.Magnitude != 'B' {
		return false
	}
	i := int(w.wordAt[min(q.NumberEnd, len(w.wordAt)-1)])
	if w.inName(q) || i >= len(w.word) {
		return false
	}
	// "7B model", "7B-scale", "7B LLMs", "7B and 13B models" (the unit of a list is found at its last).
	for k := i; k < i+6 && k < len(w.word); k++ {
		c := &w.word[k]
		if c.trait&isModelNoun != 0 || c.class == lexicon.Model {
			return true
		}
		if k == i && (w.is(k, "size") || w.is(k, "scale")) || w.is(k, "sizes") || w.is(k, "scales") || w.is(k, "variants") {
			return true
		}
		if c.single && c.trait&(isPreposition|isBe|isRelative|isPronoun) != 0 || !c.spaced && k > i {
			break
		}
	}
	// "model parameters (2B)", "text models (1.5B and 4.5B)"
	if k := int(w.wordAt[q.From]) - 1; k >= 0 && w.text.Is(q.Number-1, '(') && (w.is(k, "parameters") || w.is(k, "parameter") || w.is(k, "models") || w.is(k, "model")) {
		return true
	}
	// "in sizes 1B, 7B"; "scales: 7B and 72B"
	for k := i - 2; k >= 0 && k > i-5; k-- {
		if w.is(k, "sizes") || w.is(k, "size") || w.is(k, "scales") || w.is(k, "configurations") || w.is(k, "variants") || w.is(k, "versions") {
			return true
		}
	}
	return false
}

// inName reports whether a quantity is part of a linked name.
func (w *worker) inName(q *text.Quantity) bool {
	for _, m := range w.mention {
		if w.at(m) <= q.Number && q.Number < w.past(m) {
			return true
		}
	}
	return false
}

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
			w.is(i, "against"), w.is(i, "previous"), w.is(i, "all"), w.is(i, "most"), w.is(i, "sub"), w.is(i, "among"), w.is(i, "these"), w.is(i, "like"):
			return Paper, false
		}
		if w.word[i].trait&isOwner != 0 {
			break
		}
	}
	if w.describesOther(s, from) || w.wordKey(int(w.wordAt[from])-1) == "e.g" {
		return Paper, false
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
		if len(group) > 1 || (s.index <= 3 || w.ours(from)) && w.entity[w.main].params.Digits == 0 && !w.stated(w.main, "parameters") {
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
	if len(group) == 1 && w.main < 0 && (s.any(cueTrain) || s.has(cueFinetune, max(s.sentence.From, from-4), from) || w.ours(from) || w.scales(s, from)) && (!w.openBracket(s.sentence.From, from) || w.text.Is(from-1, '(') && s.has(cueTrain, max(s.sentence.From, from-9), from)) {
		return Paper, true
	}
	return Paper, false
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
	return w.is(i-1, "our") || w.is(i-2, "our") && i > 1 && w.word[i-1].trait&isPreposition == 0
}

// scales reports whether the authors scale something up to the figure at piece p.
func (w *worker) scales(s *scope, p int) bool {
	for i := int(w.wordAt[p]) - 1; i >= 0 && i > int(w.wordAt[p])-9 && w.word[i].from >= s.sentence.From; i-- {
		if w.is(i, "scale") || w.is(i, "scaled") || w.is(i, "scaling") {
			return w.is(int(w.wordAt[p])-1, "to") || w.is(int(w.wordAt[p]), "up")
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

// relateActive reads "uses only 1B per token", "37B activated parameters", "activates 3.6B".
func (w *worker) relateActive(s *scope) {
	if !s.any(cueActive) && !s.any(cueActivating) && !w.hasUnit(s, text.ActiveParameters) {
		return
	}
	for i := range s.quantities {
		q := &s.quantities[i]
		if q.Magnitude != 'B' && q.Magnitude != 'M' {
			continue
		}
		active := q.Unit == text.ActiveParameters
		if q.Unit == text.NoUnit || q.Unit == text.Parameters {
			until, since := min(q.To+5, s.sentence.To), max(s.sentence.From, q.From-4)
			if i+1 < len(s.quantities) {
				until = min(until, s.quantities[i+1].From)
			}
			if i > 0 {
				since = max(since, s.quantities[i-1].To)
			}
			active = active || s.has(cueActive, q.To, until) || s.has(cueActivating, since, q.From) && (q.Unit != text.Parameters || s.has(cueActivating, max(since, q.From-3), q.From))
		}
		if q.Bound == text.Under || !active || w.inName(q) {
			continue
		}
		subject, ok := w.subject(s, q.From)
		if w.sizedIn == s.index {
			subject, ok = w.sizedLast, true
		}
		if !ok && s.own && w.main >= 0 && w.mainKind == lexicon.Model {
			subject, ok = w.main, true
		}
		if !ok && !w.compared(s, s.sentence.From, q.From) && w.main >= 0 && w.mainKind == lexicon.Model {
			subject, ok = w.main, true
		}
		if ok {
			w.figure(s, subject, "activeParameters", q.Value, "active-parameters", 0.92)
			w.retract(subject, "parameters", q.Value)
			w.retract(w.main, "parameters", q.Value)
		}
	}
}

func (w *worker) hasUnit(s *scope, u text.Unit) bool {
	for i := range s.quantities {
		if s.quantities[i].Unit == u {
			return true
		}
	}
	return false
}

// retract takes back a figure that a more exact rule reads differently.
func (w *worker) retract(subject int, property string, d text.Decimal) {
	key := statementKey{subject, property, Paper, d.String()}
	i, ok := w.seen[key]
	if !ok || w.out[i].Rule == "size-in-name" {
		return
	}
	delete(w.seen, key)
	w.out[i].Property = ""
}

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
		if w.isContext(s, q) || q.Value.Float() < 5e7 || i > 0 && w.portion(s.quantities[i-1].To, q.From) {
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

// isContext reports whether a quantity is a context length.
func (w *worker) isContext(s *scope, q *text.Quantity) bool {
	return q.Value.Float() < 2e8 && (s.has(cueContext, max(s.sentence.From, q.From-12), q.From) || s.has(cueContext, q.To, min(q.To+5, s.sentence.To)))
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
	if best < 0 || !w.entity[best].Introduced && (q.Bound == text.UpTo || gap > 0 && s.any(cueTrain) && !w.text.Is(q.From-1, '(')) {
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
		if f, ok := w.follower(s, c.to, from); ok {
			return f.entity, true
		}
	}
	if c.from == s.sentence.From {
		if e, ok := w.opened(s, to); ok {
			return e, true
		}
	}
	if near, ok := w.nearest(s, c.from, 40); ok && !w.compared(s, near.to, c.from) {
		if e, ok := w.subject(s, c.from); ok && near.pronoun {
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

// opened returns the model that a sentence speaks of which a participle opens, after piece p: "Trained on …, X reaches".
func (w *worker) opened(s *scope, p int) (int, bool) {
	var buf [12]referent
	for _, r := range w.referents(s, p, s.sentence.To, buf[:0]) {
		i := int(w.wordAt[r.from])
		for n := 0; n < 3 && i > 0 && w.word[i].spaced && w.word[i-1].trait&(isPreposition|isBe|isConjunction) == 0; n++ {
			i-- // "our strong X"
		}
		if w.text.Is(w.word[i].from-1, ',') && !w.blocked(s, r.from) {
			return r.entity, w.ownModel(r.entity)
		}
	}
	return Paper, false
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

// relateContext reads context lengths: "context lengths of 4K, 32K and 360K", "a 128K context window", "up to 1M tokens of context".
func (w *worker) relateContext(s *scope) {
	if w.domain < 2 || !s.any(cueContext) || s.sentence.Title {
		return
	}
	for i := range s.quantities {
		q := &s.quantities[i]
		if q.Unit != text.NoUnit && q.Unit != text.Tokens || w.inName(q) {
			continue
		}
		near := w.isContext(s, q)
		if !near && q.Group > 0 {
			for k := range s.quantities {
				near = near || s.quantities[k].Group == q.Group && w.isContext(s, &s.quantities[k])
			}
		}
		if !near {
			continue
		}
		v := q.Value
		n := v.Float()
		switch {
		case q.Magnitude == 'K' && q.Letter:
			v = v.Scale(-3).Times(1024)
		case q.Magnitude == 0 && q.Unit == text.NoUnit && n < 1024:
			continue
		case q.Magnitude == 'B', q.Magnitude == 'T', q.Magnitude != 0 && !q.Letter && q.Unit != text.Tokens:
			continue
		}
		if n < 256 || n > 1e8 || q.Magnitude == 0 && q.Unit == text.NoUnit && !powerful(v) {
			continue
		}
		if q.Role == text.Low || s.has(cueTrain, max(s.sentence.From, q.From-3), q.From) {
			continue // "extends the context from 8K to 80K", "trained on sequences of 4K"
		}
		subject, ok := w.subject(s, q.From)
		if near, is := w.nearest(s, q.From, 14); ok && !w.ownModel(subject) && !(is && near.entity == subject) {
			continue
		}
		if !ok && w.mainKind == lexicon.Model && !s.any(cueDoubt) && (s.own || s.any(cueOwnModel) || s.any(cueItModel) || s.any(cueTheyModel) || w.speaksOfModel(s)) {
			subject, ok = w.main, true
		}
		if ok {
			w.figure(s, subject, "contextLength", v, "context-length", 0.9)
			if e, ok := w.joined(s, subject, q.From); ok {
				w.figure(s, e, "contextLength", v, "context-length", 0.87)
			}
		}
	}
}

// speaksOfModel reports whether the sentence names a model of the paper's.
func (w *worker) speaksOfModel(s *scope) bool {
	for _, m := range s.mentions {
		if w.classOf(m) == lexicon.Model && w.ownModel(m.entity) {
			return true
		}
	}
	return false
}

// powerful reports whether a bare number looks like a context length: a multiple of 256.
func powerful(d text.Decimal) bool {
	n, ok := d.Int()
	return ok && n%256 == 0
}
