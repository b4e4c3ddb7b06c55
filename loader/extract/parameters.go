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
		if each := w.eachOf(s, group); each != nil {
			for _, e := range each {
				w.figure(s, e, "parameters", q.Value, "size-of-each", 0.88)
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

// eachOf returns the models of which one size is told, named behind it: "two 7B parameter LLMs trained from scratch, A and B"; nil if none.
func (w *worker) eachOf(s *scope, group []text.Quantity) []int {
	i := int(w.wordAt[group[0].From])
	if len(group) != 1 || !w.is(i-1, "two") && !w.is(i-1, "three") && !w.is(i-1, "four") {
		return nil
	}
	var each []int
	last := mention{}
	for _, m := range s.mentions {
		e := &w.entity[m.entity]
		if w.at(m) < group[0].To || e.Class != lexicon.Model || m.modifier {
			continue
		}
		if !e.Introduced || e.sized || len(each) > 0 && (m.from-last.to > 1 || m.from-last.to == 1 && !w.is(last.to, "and")) {
			break
		}
		each, last = append(each, m.entity), m
	}
	if len(each) < 2 {
		return nil
	}
	return each
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
	part := w.partNoun
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
			for k := i - 1; k >= 0 && k > i-9 && w.word[k].trait&(isRelative|isConjunction) == 0 && w.word[k].sentence == w.word[i].sentence; k-- {
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
