package extract

import (
	"sett/loader/lexicon"
)

// relateContrasts reads "Compared with A and B, X lowers perplexity by 31%".
func (w *worker) relateContrasts(s *scope) {
	if s.sentence.Title || len(s.cues) == 0 {
		return
	}
	for i := range s.cues {
		c := &s.cues[i]
		if c.kind != cueExcept || c.from != s.sentence.From || !w.is(int(w.wordAt[c.from]), "compared") && !w.is(int(w.wordAt[c.from])+1, "comparison") {
			continue
		}
		for k, m := range s.mentions {
			if w.classOf(m) != lexicon.Model || m.modifier || !w.ownModel(m.entity) || !w.text.Is(w.word[m.from].from-1, ',') || !w.excels(m.to) {
				continue
			}
			for _, o := range s.mentions[:k] {
				if w.classOf(o) == lexicon.Model && !o.modifier && w.at(o) >= c.to && w.at(o)-c.to < 20 && !w.ownModel(o.entity) {
					w.relation(s, m.entity, "outperforms", o.entity, "contrast", 0.85)
				}
			}
			return
		}
		return
	}
}

// relateImprovements reads "X achieves superior performance in reasoning compared to models such as A and B".
func (w *worker) relateImprovements(s *scope) {
	if s.sentence.Title {
		return
	}
	for i := range s.cues {
		c := &s.cues[i]
		if k := int(w.wordAt[c.from]); c.kind != cueExcept || c.from == s.sentence.From || !w.is(k, "compared") && !w.is(k, "relative") || !w.improved(s, k) || w.denied(s, c) {
			continue
		}
		subject, ok := w.subject(s, c.from)
		if own, is := w.ownMethod(s, c.from, subject, ok); is {
			subject, ok = own, true
		}
		if !ok || subject >= 0 && !w.ownModel(subject) {
			continue
		}
		var buf [16]referent
		for _, o := range w.objects(s, i, c.to, subject, buf[:0]) {
			if o.entity != subject {
				w.relation(s, subject, "outperforms", o.entity, "improvement", 0.87)
			}
		}
	}
}

// improved reports whether the words before word k say that something is better: "achieves superior performance in math".
func (w *worker) improved(s *scope, k int) bool {
	for i := k - 1; i > 1 && i > k-16 && w.word[i].from >= s.sentence.From; i-- {
		switch w.wordKey(i) {
		case "improvement":
			return w.is(i+1, "in") || w.is(i+1, "on")
		case "superior", "better", "stronger", "higher", "improved":
			return w.is(i-1, "achieves") || w.is(i-1, "achieving") || w.is(i-1, "delivers") || w.is(i-1, "shows") || w.is(i-1, "demonstrates") || w.is(i-1, "exhibits") || w.is(i-1, "with") || w.is(i-1, "significantly") || w.is(i-1, "much")
		case "while", "whereas", "but":
			return false
		}
	}
	return false
}

// excels reports whether the verb at word k, or what it has for an object, says that its subject is the better one.
func (w *worker) excels(k int) bool {
	for k < len(w.word) && (hasSuffix(w.span(k, k+1), "ly") || w.is(k, "also")) {
		k++
	}
	switch w.wordKey(k) {
	case "lowers", "improves", "outperforms", "gains", "boosts", "excels", "raises", "wins":
		return true
	case "achieves", "obtains", "shows", "delivers", "attains", "reaches", "demonstrates", "yields", "has", "is", "exhibits":
		for n := k + 1; n < k+4; n++ {
			switch w.wordKey(n) {
			case "better", "higher", "superior", "stronger", "improved", "best":
				return true
			}
		}
	}
	return false
}

// relateLevels reads "X achieves A-level performance".
func (w *worker) relateLevels(s *scope) {
	if s.sentence.Title || s.any(cueDoubt) || s.any(cueNegation) {
		return
	}
	for _, m := range s.mentions {
		if !m.modifier || w.classOf(m) != lexicon.Model || w.ownModel(m.entity) {
			continue
		}
		k := m.to
		if w.is(k, "level") {
			k++
		} else if !hasSuffix(w.span(m.to-1, m.to), "-level") {
			continue
		}
		switch w.wordKey(k) {
		case "performance", "capabilities", "capability", "quality", "accuracy", "results", "reasoning":
		default:
			continue
		}
		achieves := false
		for i := m.from - 1; i >= 0 && i > m.from-4 && w.word[i].from >= s.sentence.From; i-- {
			switch w.wordKey(i) {
			case "achieving", "achieves", "achieve", "reaching", "reaches", "attains", "attaining", "delivers", "delivering", "demonstrates", "exhibits", "with":
				achieves = true
			}
		}
		if e, ok := w.subject(s, w.at(m)); achieves && ok && w.ownModel(e) {
			w.relation(s, e, "comparableTo", m.entity, "level", 0.85)
		}
	}
}
