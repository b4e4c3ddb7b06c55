package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
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
		if k := int(w.wordAt[c.from]); c.kind != cueExcept || c.from == s.sentence.From || !((w.is(k, "compared") || w.is(k, "relative")) && w.improved(s, k) || w.comparative(s, k)) || w.denied(s, c) {
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
			if k := int(w.wordAt[c.from]); (w.is(k, "than") || w.is(k, "over")) && w.prepositionBetween(c.to, o.from) && !s.has(cueSuchAs, c.to, o.from) {
				break // "by 5% over base models across A"
			}
			if o.entity != subject {
				w.relation(s, subject, "outperforms", o.entity, "improvement", 0.87)
			}
		}
	}
}

// relateNear reads "X is within 3% of A".
func (w *worker) relateNear(s *scope) {
	if s.sentence.Title || s.any(cueNegation) {
		return
	}
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Model || m.modifier || !w.is(m.from-1, "of") || w.ownModel(m.entity) {
			continue
		}
		i := m.from - 2
		if w.is(i, "points") || w.is(i, "point") {
			i--
		}
		if i < 1 || !w.word[i].number || !w.is(i-1, "within") {
			continue
		}
		if e, ok := w.subject(s, w.word[i].from); ok && e != m.entity {
			w.relation(s, e, "comparableTo", m.entity, "near", 0.86)
		}
	}
}

// comparative reports whether word k is the "than" of "obtains 5% better F1 than", or the "over" of "an improvement of 5% over": a quality that
// is more, and no cost.
func (w *worker) comparative(s *scope, k int) bool {
	than := w.is(k, "than")
	if !than && !w.is(k, "over") {
		return false
	}
	if !than && (w.word[k-1].number && w.text.Is(w.word[k-1].to, '%') || w.is(k-1, "points") && w.word[k-2].number) && !w.is(k-2, "of") {
		return !w.is(k-2, "by") || s.any(cueOutperform) // "which is 1.37% over A"
	}
	for i := k - 1; than && i > 0 && i > k-6 && w.word[i].from >= s.sentence.From; i-- {
		if w.is(i, "accurate") || w.is(i, "capable") || w.is(i, "powerful") {
			return w.is(i-1, "more") // "more accurate and 6x faster than"
		}
	}
	for i := k - 1; i > 0 && i > k-9 && w.word[i].from >= s.sentence.From; i-- {
		switch w.wordKey(i) {
		case "better", "higher", "superior", "stronger":
			return than && k-i <= 4
		case "gain", "gains", "improvement", "improvements", "increase", "boost", "advantage":
			return !than && (i == k-1 || w.is(i+1, "of") || w.word[i-1].number || w.is(i-1, "point") || w.is(i-1, "accuracy") || w.is(i-1, "performance") || w.is(i-1, "significant") || w.is(i-1, "absolute") || w.is(i-1, "relative") || w.text.Is(w.word[i].from-1, '%') || w.text.Pieces[w.word[i].to-1].Kind == text.Hyphen)
		case "cost", "costs", "latency", "memory", "speed", "throughput", "speedup", "efficiency", "compression", "perplexity", "error", "loss", "faster", "smaller", "fewer", "lower", "and", "while", "which", "that", "more":
			return false
		}
	}
	return false
}

// improved reports whether the words before word k say that something is better: "achieves superior performance in math".
func (w *worker) improved(s *scope, k int) bool {
	for i := k - 1; i > 1 && i > k-16 && w.word[i].from >= s.sentence.From; i-- {
		switch w.wordKey(i) {
		case "improvement":
			return w.is(i+1, "in") || w.is(i+1, "on")
		case "improves", "increases", "boosts":
			return w.is(k, "compared") && k-i < 8
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
