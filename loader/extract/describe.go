package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
)

// relateOpening reads "As an A-based model, X is fast" and "A 7B-parameter A, X writes": what the paper's own model is said to be before a comma.
func (w *worker) relateOpening(s *scope) {
	if s.sentence.Title || len(s.mentions) < 2 {
		return
	}
	first := int(w.wordAt[s.sentence.From])
	if w.is(first, "as") {
		first++
	}
	if !w.is(first, "a") && !w.is(first, "an") {
		return
	}
	for k, m := range s.mentions[:len(s.mentions)-1] {
		x := s.mentions[k+1]
		if w.classOf(m) != lexicon.Architecture {
			continue
		}
		if m.from-first > 6 || w.classOf(x) != lexicon.Model || x.modifier || !w.ownModel(x.entity) || x.from-m.to > 3 || !w.text.Is(w.word[x.from].from-1, ',') || !w.verbFollows(w.past(x)) ||
			w.prepositionBetween(w.word[first].from, w.word[x.from].from) || w.otherDesign(m) || w.ofComponent(m) {
			return
		}
		for n := m.to; n < x.from; n++ {
			if c := w.word[n].class; c != lexicon.None && c != lexicon.Model && c != lexicon.Architecture {
				return // "As a Mamba-based method, …"
			}
		}
		w.relation(s, x.entity, "architecture", m.entity, "architecture-opening", 0.86)
		return
	}
}

// relateArchitecture reads what a model is made of: "X, a model based on the A architecture", "X leverages A", "a suite of
// hybrid A models".
func (w *worker) relateArchitecture(s *scope) {
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Architecture {
			continue
		}
		p := w.at(m)
		near, ok := w.nearest(s, p, 40)
		if !ok || w.entity[near.entity].Class != lexicon.Model || !w.ownModel(near.entity) {
			continue
		}
		if w.compared(s, near.to, p) || s.has(cueSwitch, near.to, p) || s.has(cueExcept, near.to, p) || s.has(cueSuchAs, near.to, p) && !w.architecturesSuchAs(near.to, p) ||
			s.has(cueNegation, near.to, p) || s.has(cueEvaluate, near.to, p) && !s.has(cueArchitecture, max(near.to, p-8), p) && !(w.text.Is(near.to, ',') && p-near.to < 12) {
			continue
		}
		if w.openBracket(near.to, p) && !w.text.Is(p-1, '(') {
			continue
		}
		after := m.to < len(w.word) && w.word[m.to].spaced && (w.word[m.to].class == lexicon.Model || w.is(m.to, "architecture") || w.is(m.to, "language") || w.is(m.to, "code") && m.to+1 < len(w.word) && w.word[m.to+1].class == lexicon.Model)
		if !after && !s.has(cueArchitecture, near.to, p) && !w.isA(near.to, p) {
			continue
		}
		if s.sentence.Title && !after || w.ofComponent(m) || w.otherDesign(m) {
			continue
		}
		w.relation(s, near.entity, "architecture", m.entity, "architecture", 0.88)
	}
}

// ofComponent reports whether an architecture is that of a part of a model: "a Transformer-based image tokenizer", "an encoder, A".
func (w *worker) ofComponent(m mention) bool {
	for k := m.to; m.modifier && k < len(w.word) && k < m.to+4 && w.word[k].spaced; k++ {
		if w.partNoun(k) {
			return true
		}
		if w.word[k].single && w.word[k].trait&(isPreposition|isRelative|isConjunction) != 0 {
			break
		}
	}
	return m.from > 0 && w.text.Is(w.word[m.from].from-1, ',') && w.partNoun(m.from-1)
}

// otherDesign reports whether the words around an architecture make it another thing than what the model is: a problem that is seen as one, what
// it generalizes or is put into.
func (w *worker) otherDesign(m mention) bool {
	if w.noun(m.to, "modeling", "modelling", "problem", "problems", "task", "tasks", "learning") {
		return true
	}
	for i := m.from - 1; i >= 0 && i > m.from-5 && w.word[i].sentence == w.word[m.from].sentence && w.word[i+1].spaced; i-- {
		switch w.wordKey(i) {
		case "with", "by":
			return false // "replaces attention with A"
		case "generalization", "generalizes", "alternative", "replacement", "replacing", "replaces", "into", "treats", "treating", "beyond", "improves", "accelerates", "adapting":
			return true
		case "a", "an", "and", ",":
			return false
		}
	}
	return false
}

// partNoun reports whether word i is a noun for a part of a model.
func (w *worker) partNoun(i int) bool {
	switch w.wordKey(i) {
	case "encoder", "decoder", "head", "projector", "module", "adapter", "tokenizer", "component", "verifier", "layer", "connector", "router", "retriever":
		return true
	}
	return false
}

// architecturesSuchAs reports whether the list in which an architecture at piece to stands is one of what the model before piece from is made
// of: "adopts architectures including A and B".
func (w *worker) architecturesSuchAs(from, to int) bool {
	adopts := false
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		switch w.wordKey(i) {
		case "adopts", "adopting", "incorporates", "incorporating", "features", "featuring", "integrates", "uses", "employs", "utilizes", "leverages", "combines":
			adopts = true
		case "architectures", "components", "techniques", "designs", "innovations":
			if adopts && (w.is(i+1, "including") || w.is(i+1, "such") || w.is(i+1, "like")) {
				return true
			}
		}
	}
	return false
}

// isA reports whether "is a", ", a" or a dash leads from one piece to another.
func (w *worker) isA(from, to int) bool {
	for i := from; i < min(to, from+4); i++ {
		if w.text.Is(i, ',') || w.text.Is(i, ':') || w.text.Pieces[i].Kind == text.Hyphen {
			return true
		}
		if k := int(w.wordAt[i]); w.is(k, "is") || w.is(k, "are") {
			return true
		}
	}
	return false
}

// ownModel reports whether a model is the paper's own: introduced, a size or flavour of one, or unknown to the lexicon.
func (w *worker) ownModel(e int) bool {
	if w.entity[e].Introduced || e == w.main {
		return true
	}
	b := w.entity[e].base
	return b >= 0 && w.entity[b].Introduced
}

// relateDerived reads "X is fine-tuned from Y", "X builds upon Y", "we adapt Y to create X".
func (w *worker) relateDerived(s *scope) {
	if s.sentence.Title {
		return
	}
	for i := range s.cues {
		c := &s.cues[i]
		if c.kind != cueDerive {
			continue
		}
		f, ok := w.follower(s, c.to, min(c.to+13, s.sentence.To))
		if !ok || f.pronoun || w.compared(s, c.to, f.from) || w.denied(s, c) || s.has(cueSwitch, c.to, f.from) || s.has(cueSuchAs, c.to, f.from) ||
			w.compared(s, w.clauseStart(s, c.from), c.from) || w.mentionsBetween(s, c.to, f.from) {
			continue
		}
		if k := int(w.wordAt[c.to]); w.is(k, "this") || w.is(k, "these") || w.is(k, "that") {
			continue // "Building on this, we present X"
		}
		if w.usedBetween(c.to, f.from) {
			continue // "a version of the one used for Y"
		}
		if w.onBetween(c.to, f.from) && !w.is(int(w.wordAt[f.from])-1, "with") {
			continue // "fine-tuning on data from Y"
		}
		if s.has(cueExcept, c.to, f.from) || s.has(cueFinetune, c.from, c.to) && (f.from-c.to > 6 || w.commaBetween(c.to, f.from)) {
			continue // "less fine-tuning than Y", "fine-tuning, and Y"
		}
		if n := int(w.wordAt[f.to]); n < len(w.word) && w.word[n].from == f.to && (w.is(n, "data") || w.is(n, "outputs") || w.is(n, "architecture") || w.is(n, "tokenizer") || w.is(n, "judge") || w.is(n, "embeddings")) {
			continue
		}
		subject, ok := w.subject(s, c.from)
		if !ok && (c.from == s.sentence.From || c.from-s.sentence.From < 3 && w.opensTraining(s, c.from)) {
			subject, ok = w.opened(s, f.to)
		}
		if !ok && s.own && w.mainKind == lexicon.Model {
			subject, ok = w.main, true
		}
		if !ok || subject == f.entity || !w.ownModel(subject) && !w.text.Sentences[s.index].Title && !w.directly(s, subject, c) {
			continue
		}
		if w.entity[f.entity].base == subject {
			continue
		}
		for _, o := range w.modelsIn(s, f.from, min(f.from+12, s.sentence.To)) {
			if o.entity != f.entity && (o.from-f.to > 3 || w.compared(s, f.to, o.from) || w.onBetween(f.to, o.from)) {
				break
			}
			if o.entity != subject {
				w.relation(s, subject, "derivedFrom", o.entity, "derived-from", 0.88)
			}
		}
	}
	// "adapt it to create X", "fine-tune Y to obtain X"
	for i := int(w.wordAt[s.sentence.From]); i+1 < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		if !w.is(i, "call") && !w.is(i, "yields") && !w.is(i, "create") && !w.is(i, "obtain") && !w.is(i, "produce") && !w.is(i, "yield") && !w.is(i, "yielding") && !w.is(i, "resulting") && !w.is(i, "creating") && !w.is(i, "producing") && !w.is(i, "giving") && !(w.is(i-1, "to") && (w.is(i, "build") || w.is(i, "get") || w.is(i, "develop") || w.is(i, "form"))) {
			continue
		}
		p := w.word[i].from
		if !s.has(cueFinetune, s.sentence.From, p) && !w.adapts(s, p) && !w.trainsFurther(s, p) {
			continue
		}
		x, ok := w.follower(s, w.word[i].to, min(w.word[i].to+16, s.sentence.To))
		if !ok || x.pronoun || x.from-w.word[i].to > 4 {
			continue
		}
		y, ok := w.tuned(s, p)
		if !ok {
			y, ok = w.nearest(s, p, 25)
		}
		if ok && y.entity != x.entity {
			w.relation(s, x.entity, "derivedFrom", y.entity, "adapted-to-create", 0.9)
		}
	}
}

// tuned returns the first model after a verb of fine-tuning before piece p: "fine-tune Y on D to obtain".
func (w *worker) tuned(s *scope, p int) (referent, bool) {
	for i := range s.cues {
		if c := &s.cues[i]; c.kind == cueFinetune && c.to < p {
			if f, ok := w.follower(s, c.to, p); ok && !w.onBetween(c.to, f.from) {
				return f, true
			}
		}
	}
	return referent{}, false
}

// usedBetween reports whether "used" stands between two pieces.
func (w *worker) usedBetween(from, to int) bool {
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		if w.is(i, "used") {
			return true
		}
	}
	return false
}

// mentionsBetween reports whether something else is named between two pieces.
func (w *worker) mentionsBetween(s *scope, from, to int) bool {
	for _, m := range s.mentions {
		if w.at(m) >= from && w.past(m) <= to {
			return true
		}
	}
	return false
}

func (w *worker) commaBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if w.text.Is(i, ',') {
			return true
		}
	}
	return false
}

func (w *worker) adapts(s *scope, to int) bool {
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].from < to; i++ {
		if w.is(i, "adapt") || w.is(i, "adapted") || w.is(i, "align") || w.is(i, "aligned") || w.is(i, "tune") || w.is(i, "extend") || w.is(i, "adapting") || w.is(i, "augment") || w.is(i, "integrate") || w.is(i, "modify") || w.is(i, "adapts") {
			return true
		}
	}
	return false
}

// trainsFurther reports whether a sentence tells before piece p that training goes on: "further pre-train A", "continue to train A".
func (w *worker) trainsFurther(s *scope, p int) bool {
	for i := range s.cues {
		c := &s.cues[i]
		if c.kind != cueTrain || c.to > p {
			continue
		}
		if k := int(w.wordAt[c.from]) - 1; w.is(k, "further") || w.is(k, "continually") || w.is(k, "to") && (w.is(k-1, "continue") || w.is(k-1, "continues")) {
			return true
		}
	}
	return false
}

// directly reports whether the subject's mention stands right before the cue: "Vicuna, fine-tuned from LLaMA".
func (w *worker) directly(s *scope, subject int, c *cue) bool {
	for _, m := range s.mentions {
		if m.entity == subject && c.from-w.past(m) >= 0 && c.from-w.past(m) <= 4 {
			return true
		}
	}
	return false
}

// relateDevelopers reads who made what: "the O project … introduces X", "O's X", "X, developed by O", "X from O".
func (w *worker) relateDevelopers(s *scope) {
	if s.sentence.Title {
		return
	}
	for k, m := range s.mentions {
		if w.classOf(m) != lexicon.Organization {
			continue
		}
		to := w.past(m)
		// O's X
		if w.text.Is(to, '\'') || to < len(w.text.Pieces) && w.text.String(to) == "’" {
			if k+1 < len(s.mentions) && w.made(s.mentions[k+1].entity) && s.mentions[k+1].from-m.to <= 2 {
				w.relation(s, s.mentions[k+1].entity, "developedBy", m.entity, "possessive-developer", 0.9)
			}
			continue
		}
		// O introduces X
		for i := m.to; i < len(w.word) && w.word[i].to <= s.sentence.To && i < m.to+20; i++ {
			if w.word[i].trait&introduces == 0 || !hasSuffix(w.span(i, i+1), "s") {
				if w.word[i].trait&isOwner != 0 && w.is(i, "we") {
					break
				}
				continue
			}
			if m.from > int(w.wordAt[s.sentence.From])+3 {
				break
			}
			for _, x := range s.mentions[k+1:] {
				if x.from > i && x.from < i+4 && w.made(x.entity) {
					w.relation(s, x.entity, "developedBy", m.entity, "developer-introduces", 0.92)
				}
			}
			break
		}
		// X, developed by O
		if w.mainKind == lexicon.Model && (s.any(cueItModel) || s.any(cueOwnModel)) && w.byDeveloper(max(s.sentence.From, w.at(m)-4), w.at(m)) && (k == 0 || !w.made(s.mentions[k-1].entity)) {
			w.relation(s, w.main, "developedBy", m.entity, "developed-by", 0.85)
		}
		if k > 0 {
			x := s.mentions[k-1]
			p := w.at(m)
			if w.made(x.entity) && p-w.past(x) <= 6 && w.byDeveloper(w.past(x), p) {
				w.relation(s, x.entity, "developedBy", m.entity, "developed-by", 0.9)
			} else if e, ok := w.describedAs(s, k, p); ok && w.byDeveloper(max(s.sentence.From, p-4), p) {
				w.relation(s, e, "developedBy", m.entity, "developed-by", 0.88)
			}
		}
	}
}

// describedAs returns the model or dataset of the paper's that the phrase before mention k of a sentence, at piece p, describes: "X, a new
// model for time series, developed by".
func (w *worker) describedAs(s *scope, k, p int) (int, bool) {
	for n := k - 1; n >= 0; n-- {
		x := s.mentions[n]
		if w.made(x.entity) || w.classOf(x) == lexicon.Architecture && w.entity[x.entity].Introduced {
			return x.entity, w.entity[x.entity].Introduced && p-w.past(x) <= 30 && !x.modifier && w.isA(w.past(x), p)
		}
	}
	return Paper, false
}

// developerName notes an organisation that nobody has listed behind "developed by", "created by" or the like at word i.
func (w *worker) developerName(i int) {
	if !w.is(i, "by") || w.text.Sentences[w.word[i].sentence].Title {
		return
	}
	switch w.wordKey(i - 1) {
	case "developed", "released", "created", "built":
	default:
		return
	}
	j := i + 1
	if w.is(j, "the") {
		j++
	}
	if j >= len(w.word) || !w.word[j].spaced || !w.word[j].capital || w.word[j].acronym || w.knownModifier(j, j+1) || w.word[j].trait&isPronoun != 0 || !w.isName(j) {
		return
	}
	end := w.nameEnd(j)
	for end < len(w.word) && w.word[end].spaced && w.word[end].capital && w.word[end].single && end < j+5 {
		end++
	}
	if w.text.Is(w.word[end-1].to, '\'') || end < len(w.word) && w.word[end].spaced && (w.is(end, "et") || w.is(end, "and") || w.word[end].class != lexicon.None) {
		return // "built by Smith et al.", "by FooNet layers"
	}
	w.addLocal(j, end, lexicon.Organization, 2, false)
}

func (w *worker) made(e int) bool {
	return w.entity[e].Class == lexicon.Model || w.entity[e].Class == lexicon.Dataset
}

// byDeveloper reports whether "developed by", "released by" or the like fills the pieces between.
func (w *worker) byDeveloper(from, to int) bool {
	verb, by := false, false
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= to; i++ {
		switch {
		case w.is(i, "developed"), w.is(i, "released"), w.is(i, "created"), w.is(i, "built"), w.is(i, "introduced"), w.is(i, "proposed"), w.is(i, "trained"):
			verb = true
		case w.is(i, "by"):
			by = true
		}
	}
	return verb && by
}
