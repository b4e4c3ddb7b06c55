package extract

import (
	"sett/graph/rdf"
	"sett/loader/lexicon"
	"sett/loader/text"
)

// scope is one sentence with what stands in it.
type scope struct {
	index      int
	sentence   text.Sentence
	mentions   []mention
	quantities []text.Quantity
	cues       []cue
	own        bool // we, our, us: the authors speak of themselves
}

// statementKey identifies a statement within a document.
type statementKey struct {
	subject  int
	property string
	object   int
	value    string
}

// state adds a statement; of equal ones the first stays, with the higher confidence.
func (w *worker) state(s *scope, subject int, property string, object int, value rdf.Term, rule string, confidence float64) {
	key := statementKey{subject, property, object, value.Value()}
	if subject >= 0 && subject == object {
		return
	}
	if i, ok := w.seen[key]; ok {
		if w.out[i].Confidence < confidence {
			w.out[i].Confidence = confidence
		}
		return
	}
	start, end := w.evidence(s.sentence)
	w.seen[key] = len(w.out)
	w.out = append(w.out, Statement{
		Subject: subject, Property: property, Object: object, Value: value, Start: start, End: end, Rule: rule, Confidence: confidence,
	})
}

// relation states that an entity, or the paper, is related to an entity.
func (w *worker) relation(s *scope, subject int, property string, object int, rule string, confidence float64) {
	w.state(s, subject, property, object, rdf.Term{}, rule, confidence)
}

// figure states an integer; numbers that are none are left out.
func (w *worker) figure(s *scope, subject int, property string, d text.Decimal, rule string, confidence float64) {
	if n, ok := d.Int(); ok && n > 0 {
		w.state(s, subject, property, Paper, rdf.NewInteger(n), rule, confidence)
	}
}

// amount states a decimal.
func (w *worker) amount(s *scope, subject int, property string, d text.Decimal, rule string, confidence float64) {
	w.state(s, subject, property, Paper, rdf.NewLiteral(d.String(), rdf.XSDDecimal), rule, confidence)
}

// evidence returns the bytes of a sentence without the white space around it.
func (w *worker) evidence(s text.Sentence) (start, end int) {
	if s.From >= s.To {
		return 0, 0
	}
	return int(w.text.Pieces[s.From].Start), int(w.text.Pieces[s.To-1].End)
}

// at returns the first piece of a mention, past the piece after its last.
func (w *worker) at(m mention) int   { return w.word[m.from].from }
func (w *worker) past(m mention) int { return w.word[m.to-1].to }

func (w *worker) classOf(m mention) lexicon.Class { return w.entity[m.entity].Class }

// scopes calls f for each sentence.
func (w *worker) scopes(f func(*scope)) {
	m, q, c, k := 0, 0, 0, 0
	for i, st := range w.text.Sentences {
		s := scope{index: i, sentence: st}
		from := m
		for m < len(w.mention) && w.at(w.mention[m]) < st.To {
			m++
		}
		s.mentions = w.mention[from:m]
		from = q
		for q < len(w.text.Quantities) && w.text.Quantities[q].Number < st.To {
			q++
		}
		s.quantities = w.text.Quantities[from:q]
		from = c
		for c < len(w.cue) && w.cue[c].sentence == i {
			c++
		}
		s.cues = w.cue[from:c]
		for k < len(w.word) && w.word[k].from < st.To {
			if w.word[k].trait&isOwner != 0 && w.word[k].single && !w.is(k, "this") {
				s.own = true
			}
			k++
		}
		f(&s)
	}
}

// has reports whether a cue of the kind stands between two pieces.
func (s *scope) has(kind cueKind, from, to int) bool {
	for i := range s.cues {
		c := &s.cues[i]
		if c.kind == kind && c.from >= from && c.to <= to {
			return true
		}
	}
	return false
}

// any reports whether the sentence has a cue of the kind.
func (s *scope) any(kind cueKind) bool { return s.has(kind, s.sentence.From, s.sentence.To) }

// says are verbs after which "that" begins what is claimed.
var says = map[string]bool{
	"find": true, "show": true, "demonstrate": true, "observe": true, "reveal": true, "indicate": true, "found": true, "showed": true, "shows": true,
	"demonstrates": true, "reveals": true, "indicates": true, "suggest": true, "suggests": true, "believe": true, "note": true, "report": true,
	"results": true, "confirm": true, "showing": true, "demonstrating": true, "claim": true,
}

// clauseStart returns the piece at which the clause of piece p begins.
func (w *worker) clauseStart(s *scope, p int) int {
	start := s.sentence.From
	for i := range s.cues {
		if c := &s.cues[i]; c.kind == cueSwitch && c.to <= p && c.from > start && !w.is(int(w.wordAt[c.to-1])+1, "not") && !(w.text.Is(p-1, ',') && w.text.Is(c.from-1, ',')) {
			start = c.to
		}
	}
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].from < p; i++ {
		c := &w.word[i]
		switch {
		case w.is(i, "that") && i > 0 && says[w.span(i-1, i)]:
			start = max(start, c.to)
		case w.is(i, "we") && i > 0 && w.text.Is(c.from-1, ','):
			start = max(start, c.from)
		case w.is(i, "our") && i > 1 && w.is(i-1, "and") && w.text.Is(w.word[i-1].from-1, ','):
			start = max(start, c.from) // "…, and our larger model improves over"
		case c.from > 0 && w.text.Is(c.from-1, ';'):
			start = max(start, c.from)
		}
	}
	// "…, and Y is competitive": a clause of its own.
	for _, m := range s.mentions {
		if at := w.at(m); at > start && at < p && w.classOf(m) == lexicon.Model && !m.modifier {
			if r := (referent{from: at, to: w.past(m)}); r.to <= p && m.from > 0 && w.text.Is(w.word[m.from-1].from-1, ',') && w.newSubject(s, r, s.sentence.From) {
				start = at
			}
		}
	}
	return start
}

// blocked reports whether what begins at piece p is an object of comparison or a basis and no subject: after than, unlike,
// compared to, such as, based on.
func (w *worker) blocked(s *scope, p int) bool {
	if w.openBracket(s.sentence.From, p) {
		return true
	}
	for i := range s.cues {
		c := &s.cues[i]
		if c.kind == cueSuchAs && (c.from == s.sentence.From || w.text.Is(p-1, ',') && c.to < p-1 && w.opensWithPlace(s, c.from)) {
			continue // "For instance, X …", "On tests such as A, X …"
		}
		switch c.kind {
		case cueExcept, cueSuchAs, cueOutperform, cueComparable, cueWorse, cueDerive:
			if c.to <= p && c.to >= p-4 && w.between(c.to, p) && !w.phraseEnds(s, c.to, p) && !(c.kind == cueExcept && c.from == s.sentence.From && w.text.Is(p-1, ',') && p-1 > c.to) {
				return true // but not in "Unlike A, B …"
			}
		}
	}
	return false
}

// phraseEnds reports whether a comma before piece p ends a phrase in which, from piece from on, no model is named: "based on text, X".
func (w *worker) phraseEnds(s *scope, from, p int) bool {
	if !w.text.Is(p-1, ',') || p-1 <= from {
		return false
	}
	for _, m := range s.mentions {
		if w.past(m) == p-1 && w.classOf(m) == lexicon.Model {
			return false
		}
	}
	return true
}

// opensWithPlace reports whether a sentence opens with a preposition, and no comma stands up to piece p.
func (w *worker) opensWithPlace(s *scope, p int) bool {
	switch w.wordKey(int(w.wordAt[s.sentence.From])) {
	case "on", "in", "for", "across", "at", "among", "under":
		return !w.commaBetween(s.sentence.From, p)
	}
	return false
}

// between reports whether only articles, adjectives and list words stand between two pieces.
func (w *worker) between(from, to int) bool {
	for i := from; i < to; i++ {
		if w.text.Pieces[i].Kind == text.Punct && !w.text.Is(i, ',') {
			return false
		}
	}
	return true
}

// referent is a mention of a model or a word that stands for one.
type referent struct {
	entity   int
	from, to int  // pieces
	pronoun  bool // it, our model
}

// referents appends the models and what stands for them between two pieces, in order.
func (w *worker) referents(s *scope, from, to int, out []referent) []referent {
	i, j := 0, 0
	for i < len(s.mentions) || j < len(s.cues) {
		if j < len(s.cues) && (i >= len(s.mentions) || s.cues[j].from < w.at(s.mentions[i])) {
			c := &s.cues[j]
			j++
			if c.from < from || c.to > to {
				continue
			}
			switch c.kind {
			case cueOwnModel, cueTheyModel:
				if w.main >= 0 && w.mainKind == lexicon.Model && (c.kind == cueOwnModel || w.met(w.main, c.from)) {
					out = append(out, referent{entity: w.main, from: c.from, to: c.to, pronoun: true})
				}
			case cueItModel:
				if e := w.antecedent(s, c.from); e >= 0 {
					out = append(out, referent{entity: e, from: c.from, to: c.to, pronoun: true})
				}
			}
			continue
		}
		m := s.mentions[i]
		i++
		if w.at(m) < from || w.past(m) > to || m.modifier || w.classOf(m) != lexicon.Model || w.noun(m.to, "setting", "settings", "paradigm") {
			continue // "in the X setting" speaks of others
		}
		out = append(out, referent{entity: m.entity, from: w.at(m), to: w.past(m)})
	}
	return out
}

// met reports whether the text, title aside, names a model or a member of its family before piece p.
func (w *worker) met(model, p int) bool {
	for _, m := range w.mention {
		if w.past(m) > p {
			break
		}
		if (m.entity == model || w.entity[m.entity].base == model) && !w.text.Sentences[w.word[m.from].sentence].Title {
			return true
		}
	}
	return false
}

// antecedent returns what "it" at piece p stands for: the paper's own model that the sentence has named before, else the model last
// spoken of; Paper if there is none.
func (w *worker) antecedent(s *scope, p int) int {
	for k := len(s.mentions) - 1; k >= 0; k-- {
		if m := s.mentions[k]; w.past(m) <= p && !m.modifier && w.classOf(m) == lexicon.Model && w.ownModel(m.entity) {
			return m.entity
		}
	}
	if w.focus >= 0 && !w.met(w.focus, p) && !(s.own && w.entity[w.focus].start >= 0 && w.entity[w.focus].start <= int(w.text.Pieces[p].Start)) {
		return Paper // not met yet
	}
	return w.focus
}

// subject returns the model of which the clause around piece p speaks, or Paper if there is none. The first that is not
// part of a comparison wins; "our small model, X," means X.
func (w *worker) subject(s *scope, p int) (int, bool) {
	var buf [12]referent
	from := w.clauseStart(s, p)
	if e, ok := w.latter(s, from, p); ok {
		return e, true
	}
	for try := 0; try < 2; try++ {
		refs := w.referents(s, from, p, buf[:0])
		for i := range refs {
			if w.blocked(s, refs[i].from) {
				continue
			}
			if refs[i].pronoun && i+1 < len(refs) && !refs[i+1].pronoun && (w.text.Is(refs[i].to, ',') && refs[i+1].from == refs[i].to+1 || refs[i+1].from == refs[i].to) {
				return refs[i+1].entity, true
			}
			return refs[i].entity, true
		}
		if from == s.sentence.From {
			break
		}
		from = s.sentence.From
	}
	return Paper, false
}

// latter returns the model that "the latter" or "the former" means, if it is the last such word before piece p: of the two models named
// before it, the second or the first.
func (w *worker) latter(s *scope, from, p int) (int, bool) {
	for i := int(w.wordAt[min(p, len(w.wordAt)-1)]) - 1; i > 0 && w.word[i].from >= from; i-- {
		latter := w.is(i, "latter")
		if !latter && !w.is(i, "former") || !w.is(i-1, "the") {
			continue
		}
		refs := w.modelsIn(s, s.sentence.From, w.word[i].from)
		if len(refs) < 2 {
			return Paper, false
		}
		if latter {
			return refs[len(refs)-1].entity, true
		}
		return refs[len(refs)-2].entity, true
	}
	return Paper, false
}

// nearest returns the model closest before piece p, no further than the given number of pieces.
func (w *worker) nearest(s *scope, p, reach int) (referent, bool) {
	var buf [12]referent
	refs := w.referents(s, max(s.sentence.From, p-reach), p, buf[:0])
	for i := len(refs) - 1; i >= 0; i-- {
		if !w.blocked(s, refs[i].from) {
			return refs[i], true
		}
	}
	return referent{}, false
}

// follower returns the first model between two pieces.
func (w *worker) follower(s *scope, from, to int) (referent, bool) {
	var buf [12]referent
	refs := w.referents(s, from, to, buf[:0])
	if len(refs) == 0 {
		return referent{}, false
	}
	return refs[0], true
}
