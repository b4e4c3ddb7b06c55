package extract

import (
	"strings"

	"sett/loader/lexicon"
)

// relateComparisons reads what outperforms, matches or falls behind what.
func (w *worker) relateComparisons(s *scope) {
	for i := range s.cues {
		c := &s.cues[i]
		switch c.kind {
		case cueOutperform, cueComparable, cueWorse:
		default:
			continue
		}
		if c.kind == cueOutperform && (w.passive(s, c) || w.within(s, c)) {
			continue
		}
		if k := int(w.wordAt[c.from]); w.is(k, "matching") && (w.is(k+1, "with") || w.is(k+1, "of") || w.is(k+1, "between") || w.is(k+1, "and")) {
			continue // a noun: "similarity matching with"
		}
		if s.sentence.Title && !w.is(int(w.wordAt[c.from]), w.text.String(c.from)) {
			continue
		}
		kind := c.kind
		// "matches or outperforms": what holds of both is that it is comparable.
		if w.alternative(s, i, -1) {
			continue
		}
		if w.alternative(s, i, +1) {
			kind = cueComparable
		}
		from := c.to
		if n := w.alternativeEnd(s, i); n > 0 {
			from = n
		}
		subject, ok := w.subject(s, c.from)
		if !ok && w.mainKind == lexicon.Model && w.impersonal(s, c.from) {
			subject, ok = w.main, true
		}
		if !ok {
			subject, ok = w.builtModel(s, c.from)
		}
		if own, is := w.ownMethod(s, c.from, subject, ok); is {
			subject, ok = own, true
		}
		if !ok || w.denied(s, c) {
			continue
		}
		subjects := append(w.coordinated(s, subject, c.from), w.both(s, subject, c.from)...)
		if _, one := w.latter(s, w.clauseStart(s, c.from), c.from); one {
			subjects = subjects[:1]
		}
		var buf [16]referent
		objects := w.objects(s, i, from, subject, buf[:0])
		paired := len(subjects) > 1 && len(objects) == len(subjects) && w.pairs(s, c.to)
		for n, o := range objects {
			for m, subject := range subjects {
				switch {
				case subject == o.entity, paired && n != m:
				case kind == cueOutperform:
					w.relation(s, subject, "outperforms", o.entity, "outperforms", 0.92)
				case kind == cueComparable:
					w.relation(s, subject, "comparableTo", o.entity, "comparable", 0.9)
				case kind == cueWorse:
					w.relation(s, o.entity, "outperforms", subject, "worse-than", 0.88)
				}
			}
		}
	}
}

// pairs reports whether "respectively" stands behind piece p in the sentence.
func (w *worker) pairs(s *scope, p int) bool {
	for i := int(w.wordAt[p]); i < len(w.word) && w.word[i].to <= s.sentence.To; i++ {
		if w.is(i, "respectively") {
			return true
		}
	}
	return false
}

// within reports whether a comparison is but the end of a phrase that says "comparable or superior to".
func (w *worker) within(s *scope, c *cue) bool {
	for i := range s.cues {
		if o := &s.cues[i]; o.kind == cueComparable && o.from < c.from && o.to >= c.to {
			return true
		}
	}
	return false
}

// ownMethod returns what the paper introduces that is no model, if a comparison at piece p is told of it: named in its clause, or meant
// by "it" and "our framework". The model of the clause, if one is there, may be what a method is applied to: then it has the results.
func (w *worker) ownMethod(s *scope, p, model int, ok bool) (int, bool) {
	from := w.clauseStart(s, p)
	for _, m := range s.mentions {
		if e := &w.entity[m.entity]; w.at(m) >= from && w.past(m) <= p && e.Introduced && !m.modifier && (e.Class == lexicon.Method || e.Class == lexicon.Architecture) {
			if ok && (model < 0 || w.entity[model].start >= 0 && w.performs(s, model, p)) || w.blocked(s, w.at(m)) || !w.acts(m) {
				return Paper, false
			}
			return m.entity, true
		}
	}
	if ok || w.mainKind == lexicon.Model {
		return Paper, false
	}
	if w.method < 0 {
		return Paper, false
	}
	for i := int(w.wordAt[from]); i < len(w.word) && w.word[i].to <= p; i++ {
		if (w.is(i, "with") || w.is(i, "using") || w.is(i, "by") || w.is(i, "via") || w.is(i, "under")) && (w.is(i+1, "our") || w.is(i+1, "this")) {
			return Paper, false // "A with our method outperforms B"
		}
	}
	return w.method, s.has(cueItModel, from, min(from+4, p)) || s.has(cueOwnModel, from, p) || s.has(cueOwnMethod, from, p)
}

// impersonal reports whether the clause of a comparison at piece p speaks of performance without saying whose, after the paper's model was
// named: "The performance is better than".
func (w *worker) impersonal(s *scope, p int) bool {
	from := w.clauseStart(s, p)
	if w.mentionsBetween(s, from, p) || w.entity[w.main].start > int(w.text.Pieces[p].Start) {
		return false
	}
	i := int(w.wordAt[from])
	return w.is(i, "the") && (w.is(i+1, "performance") || w.is(i+1, "results") || w.is(i+1, "accuracy") || w.is(i+1, "quality"))
}

// builtModel returns the paper's own model if the clause of a comparison at piece p speaks of one that it does not name: "we build a strong
// model, which surpasses", "An 8.7B model reaches …, surpassing".
func (w *worker) builtModel(s *scope, p int) (int, bool) {
	if w.main < 0 && w.method >= 0 && w.entity[w.method].Class == lexicon.Method && w.entity[w.method].start <= int(w.text.Pieces[p].Start) && !w.mentionsOfModels(s, s.sentence.From, p) {
		return w.method, w.buildsModel(s, p)
	}
	if w.main < 0 || w.mainKind != lexicon.Model || w.entity[w.main].start > int(w.text.Pieces[p].Start) || w.mentionsOfModels(s, s.sentence.From, p) {
		return Paper, false
	}
	first := int(w.wordAt[s.sentence.From])
	if (w.is(first, "a") || w.is(first, "an")) && w.word[first+1].size == 1 && (w.is(first+2, "model") || w.is(first+2, "parameter")) {
		return w.main, true
	}
	return w.main, w.buildsModel(s, p)
}

// buildsModel reports whether a sentence says before piece p "we build a model …, which".
func (w *worker) buildsModel(s *scope, p int) bool {
	for i := int(w.wordAt[s.sentence.From]); i+2 < len(w.word) && w.word[i].from < p; i++ {
		if w.is(i, "we") && w.word[i+1].trait&(introduces|makes) != 0 {
			for k := i + 2; k < i+8 && k < len(w.word) && w.word[k].from < p && w.word[k].spaced; k++ {
				if w.is(k, "model") || w.is(k, "models") {
					return w.relative(w.word[k].to, p)
				}
				if w.word[k].trait&(isPreposition|isRelative) != 0 {
					break
				}
			}
		}
	}
	return false
}

// mentionsOfModels reports whether a model is named between two pieces.
func (w *worker) mentionsOfModels(s *scope, from, to int) bool {
	return len(w.modelsIn(s, from, to)) > 0
}

// acts reports whether a mention is a subject: no preposition leads to it, and no noun follows that it only describes.
func (w *worker) acts(m mention) bool {
	i := m.from - 1
	for i >= 0 && w.word[i].single && w.word[i].trait&(isDeterminer|isOwner|isNovel) != 0 && w.word[m.from].sentence == w.word[i].sentence {
		i--
	}
	if i < 0 || w.word[i].sentence != w.word[m.from].sentence {
		return true
	}
	return w.word[i].trait&isPreposition == 0 || !w.word[i].single || w.word[i+1].from > w.word[i].to
}

// passive reports whether a longer phrase turns the comparison round: "outperformed by".
func (w *worker) passive(s *scope, c *cue) bool {
	for i := range s.cues {
		if o := &s.cues[i]; o.kind == cueWorse && o.from == c.from {
			return true
		}
	}
	return false
}

// coordinated returns a subject and the models joined to it by "and" before piece p: "X and Y outperform".
func (w *worker) coordinated(s *scope, subject, p int) []int {
	out := []int{subject}
	for k, m := range s.mentions {
		if m.entity != subject || w.past(m) > p {
			continue
		}
		last := m
		for _, n := range s.mentions[k+1:] {
			if w.past(n) > p || n.from-last.to > 1 || w.classOf(n) != lexicon.Model || n.modifier {
				break
			}
			if n.from-last.to == 1 && !w.is(last.to, "and") {
				break
			}
			out = append(out, n.entity)
			last = n
		}
		break
	}
	return out
}

// both returns the models that were introduced together with the paper's main one, "we introduce A and B", if the clause up to piece p speaks
// of them in the plural: "they", "both models", "our models".
func (w *worker) both(s *scope, subject, p int) []int {
	if subject < 0 || subject != w.main {
		return nil
	}
	from, plural := w.clauseStart(s, p), false
	for i := range s.cues {
		c := &s.cues[i]
		if c.from < from || c.to > p {
			continue
		}
		last := w.text.String(c.to - 1)
		plural = plural || c.kind == cueTheyModel && !strings.EqualFold(last, "their") || c.kind == cueOwnModel && hasSuffix(last, "s")
	}
	if !plural || w.mentionsOfModels(s, from, p) {
		return nil
	}
	var out []int
	for k, m := range w.mention {
		if m.entity != subject || w.text.Sentences[w.word[m.from].sentence].Title {
			continue
		}
		last := m
		for _, n := range w.mention[k+1:] {
			e := &w.entity[n.entity]
			if n.from-last.to > 1 || n.from-last.to == 1 && !w.is(last.to, "and") || e.Class != lexicon.Model || !e.Introduced || n.entity == subject {
				break
			}
			out, last = append(out, n.entity), n
		}
		break
	}
	return out
}

func isComparison(k cueKind) bool {
	return k == cueOutperform || k == cueComparable || k == cueWorse
}

// alternative reports whether cue i is joined by "or" to a comparison before it (-1) or after it (+1).
func (w *worker) alternative(s *scope, i, step int) bool {
	for j := i + step; j >= 0 && j < len(s.cues); j += step {
		if !isComparison(s.cues[j].kind) {
			continue
		}
		a, b := &s.cues[i], &s.cues[j]
		if step < 0 {
			a, b = b, a
		}
		gap := b.from - a.to
		if gap > 3 || gap < 1 {
			return false
		}
		for p := a.to; p < b.from; p++ {
			if k := int(w.wordAt[p]); w.is(k, "or") {
				return true
			}
		}
		return false
	}
	return false
}

// alternativeEnd returns where the comparison joined by "or" after cue i ends, or 0.
func (w *worker) alternativeEnd(s *scope, i int) int {
	if !w.alternative(s, i, +1) {
		return 0
	}
	for j := i + 1; j < len(s.cues); j++ {
		if isComparison(s.cues[j].kind) && s.cues[j].from >= s.cues[i].to {
			return s.cues[j].to
		}
	}
	return 0
}

// denied reports whether a negation or a doubt stands before the cue within its clause.
func (w *worker) denied(s *scope, c *cue) bool {
	from := max(w.clauseStart(s, c.from), c.from-6)
	for i := range s.cues {
		n := &s.cues[i]
		if n.from < from || n.to > c.from || n.kind != cueNegation && n.kind != cueDoubt {
			continue
		}
		if k := int(w.wordAt[n.to-1]) + 1; w.is(k, "only") || w.is(k, "just") || w.is(k, "merely") || w.is(k-2, "but") && w.commaBetween(n.to, c.from) {
			continue // "not only", "but not A, and …"
		}
		return true
	}
	return false
}

// objects returns the models that a comparison names after piece from: up to the next comparison, a contrast, or a new
// participle.
func (w *worker) objects(s *scope, i, from, subject int, out []referent) []referent {
	end := s.sentence.To
	c := &s.cues[i]
	for j := range s.cues {
		o := &s.cues[j]
		if o.from < from || o.from >= end {
			continue
		}
		switch o.kind {
		case cueOutperform, cueComparable, cueWorse, cueSwitch:
			end = o.from
		case cueExcept:
			if !w.is(int(w.wordAt[o.from]), "over") && o.from > from {
				end = o.from
			}
		case cueFinetune, cueDerive, cueTrain:
			if o.from > from && len(w.modelsIn(s, from, o.from)) > 0 {
				end = o.from
			}
		}
	}
	for k := int(w.wordAt[from]); k < len(w.word) && w.word[k].from < end; k++ {
		// ", achieving …": what follows is not compared.
		if k > 0 && w.text.Is(w.word[k].from-1, ',') && w.word[k].single && hasSuffix(w.span(k, k+1), "ing") && !w.is(k, "including") {
			end = w.word[k].from
			break
		}
		if k > 0 && w.is(k-1, "and") && w.word[k-1].from > from && w.result(s, k) {
			end = w.word[k-1].from // "… over A and demonstrate …"
			break
		}
		if w.text.Is(w.word[k].from-1, ';') || w.word[k].from > from && (w.is(k, "our") || w.is(k, "we") || w.is(k, "when")) {
			end = w.word[k].from
			break
		}
	}
	refs := w.modelsIn(s, from, end)
	if subject >= 0 && w.entity[subject].Class == lexicon.Architecture && len(refs) == 0 {
		refs = w.designsIn(s, from, min(end, from+6))
	}
	if len(refs) > 0 && w.places(s, from, refs[0].from) {
		return out
	}
	if len(refs) > 0 && refs[0].from-from > 12 && !(refs[0].from-from <= 16 && w.text.Is(refs[0].from-1, ',')) && !s.has(cueSuchAs, from, refs[0].from) && !w.openBracket(from, refs[0].from) {
		return out
	}
	for _, r := range refs {
		if w.newSubject(s, r, from) {
			break
		}
		if w.setting(r, from) {
			if w.is(int(w.wordAt[r.from])-1, "on") || w.is(int(w.wordAt[r.from])-2, "on") {
				break // what a list goes on with is but where it is so, too
			}
			continue
		}
		if r.entity != subject && !w.ofMethod(r) {
			out = append(out, r)
		}
	}
	// "outperforms it": the model named before in the sentence.
	if len(out) == 0 {
		if k := int(w.wordAt[from]); k < len(w.word) && w.word[k].from == from && (w.is(k, "it") || w.is(k, "them")) {
			for _, m := range s.mentions {
				if w.at(m) < c.from && w.classOf(m) == lexicon.Model && m.entity != subject && !m.modifier {
					return append(out, referent{entity: m.entity, from: w.at(m), to: w.past(m)})
				}
			}
		}
	}
	return out
}

// places reports whether the models of a list are but where something is compared: "over B on base models including A".
func (w *worker) places(s *scope, from, to int) bool {
	for i := range s.cues {
		c := &s.cues[i]
		if c.kind != cueSuchAs || c.from < from || c.to > to || w.text.Is(c.from-1, ',') || w.text.Is(c.from-1, '(') {
			continue
		}
		for k := int(w.wordAt[c.from]) - 1; k >= 0 && w.word[k].from >= from; k-- {
			if w.is(k, "on") || w.is(k, "across") || w.is(k, "for") || w.is(k, "using") || w.is(k, "with") && (w.is(k+1, "different") || w.is(k+1, "various") || w.is(k+1, "base")) {
				return true
			}
		}
		return false
	}
	return false
}

// result reports whether word k is a verb of result.
func (w *worker) result(s *scope, k int) bool {
	switch w.wordKey(k) {
	case "achieve", "achieves", "achieving", "demonstrate", "demonstrates", "show", "shows", "reach", "reaches", "obtain", "obtains", "attain", "attains", "improve", "improves",
		"set", "sets", "yield", "yields", "exhibit", "exhibits", "is", "are", "can", "has", "requires", "reduces", "provides", "generalizes", "narrows", "closes", "runs", "needs", "uses", "offers":
		return true
	}
	return false
}

// newSubject reports whether a model begins a clause of its own: "…, and X is", "and X to surpass".
func (w *worker) newSubject(s *scope, r referent, from int) bool {
	i := int(w.wordAt[r.from])
	if i == 0 || w.word[i-1].from < from || !w.is(i-1, "and") {
		return false
	}
	n := int(w.wordAt[r.to])
	if n >= len(w.word) || w.word[n].from >= s.sentence.To {
		return false
	}
	for w.text.Is(w.word[n].from-1, '(') && n+1 < len(w.word) && n < int(w.wordAt[r.to])+4 {
		n++
	}
	if w.word[n].trait&isBe != 0 || w.is(n, "to") || w.is(n, "has") || w.is(n, "achieves") {
		return true
	}
	for i := range s.cues {
		if c := &s.cues[i]; isComparison(c.kind) && c.from == w.word[n].from {
			return true
		}
	}
	return false
}

// ofMethod reports whether a name only tells whose methods are compared: "other BERT quantization methods", "GPT-4's in-context".
func (w *worker) ofMethod(r referent) bool {
	n := int(w.wordAt[min(r.to, len(w.wordAt)-1)])
	if w.text.Is(r.to, '\'') {
		// "on par with A's performance" is on A itself
		for k := n + 1; k < n+4 && k < len(w.word) && w.word[k].spaced; k++ {
			switch w.wordKey(k) {
			case "performance", "capabilities", "capability", "accuracy", "ability", "abilities", "results", "quality", "scores", "score":
				return false
			}
		}
		return true
	}
	for k := n; k < n+2 && k < len(w.word) && w.word[k].spaced; k++ {
		if w.word[k].class == lexicon.Method && !w.word[k].capital {
			return true
		}
		if w.word[k].trait&(isPreposition|isConjunction) != 0 {
			return false
		}
	}
	return false
}

// setting reports whether a model is but where something is compared: "surpassing full updates on A".
func (w *worker) setting(r referent, from int) bool {
	i := int(w.wordAt[r.from]) - 1
	for i > 0 && w.word[i].from >= from && (w.is(i, "the") || w.is(i, "a") || w.is(i, "base") || w.is(i, "proprietary") || w.is(i, "vanilla") || w.is(i, "frozen")) {
		i--
	}
	if w.is(i, "of") && (w.is(i-1, "range") || w.is(i-1, "variety")) {
		return true // "for a broad range of A sizes"
	}
	if n := int(w.wordAt[min(r.to, len(w.wordAt)-1)]); (w.is(i, "in") || w.is(i, "of") || w.is(i, "within")) && (w.is(n, "family") || w.is(n, "series") || w.is(n, "families")) {
		return true // "over the models of the A family"
	}
	return i > 0 && w.word[i].from > from && w.word[i+1].spaced && (w.is(i, "on") || w.is(i, "for") || w.is(i, "using") || w.is(i, "from") || w.is(i, "with"))
}

// openBracket reports whether a bracket opens between two pieces: "strong models (X, Y)".
func (w *worker) openBracket(from, to int) bool {
	for i := to - 1; i >= from; i-- {
		if w.text.Is(i, '(') {
			return true
		}
		if w.text.Is(i, ')') {
			return false
		}
	}
	return false
}

// modelsIn returns the models named between two pieces, pronouns left out.
func (w *worker) modelsIn(s *scope, from, to int) []referent {
	var out []referent
	for _, m := range s.mentions {
		if w.at(m) >= from && w.past(m) <= to && !m.modifier && w.classOf(m) == lexicon.Model {
			if n := m.to; n < len(w.word) && w.word[n].spaced && (w.is(n, "data") || w.is(n, "outputs") || w.is(n, "evaluation") || w.is(n, "judge")) {
				continue
			}
			out = append(out, referent{entity: m.entity, from: w.at(m), to: w.past(m)})
		}
	}
	return out
}

// designsIn returns the named architectures between two pieces that stand for models built so: "Foo exceeds the performance of Mamba".
func (w *worker) designsIn(s *scope, from, to int) []referent {
	var out []referent
	for _, m := range s.mentions {
		e := &w.entity[m.entity]
		if w.at(m) < from || w.past(m) > to || m.modifier || e.Class != lexicon.Architecture || e.Component || !w.word[m.from].capital {
			continue
		}
		switch e.Label {
		case "Transformer", "LSTM", "GRU", "RNN", "CNN", "recurrent neural network", "convolutional neural network":
			continue
		}
		if n := m.to; n < len(w.word) && w.word[n].spaced && (w.word[n].class != lexicon.None || w.is(n, "layers") || w.is(n, "blocks")) {
			continue
		}
		out = append(out, referent{entity: m.entity, from: w.at(m), to: w.past(m)})
	}
	return out
}

func hasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}
