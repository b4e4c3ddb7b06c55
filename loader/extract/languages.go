package extract

import "sett/loader/lexicon"

// relateLanguages reads which languages the paper's model, dataset or benchmark is for.
func (w *worker) relateLanguages(s *scope) {
	listed, last := false, Paper
	for _, m := range s.mentions {
		if w.classOf(m) != lexicon.Language {
			continue
		}
		p := w.at(m)
		subject := w.languageSubject(s, m)
		if subject < 0 {
			listed = false
			continue
		}
		if listed && (w.text.Is(w.word[m.from].from-1, ',') || w.is(m.from-1, "and") || w.is(m.from-1, "or")) {
			w.relation(s, last, "supportsLanguage", m.entity, "language", 0.85)
			continue
		}
		class := w.entity[subject].Class
		in := class != lexicon.Model && w.is(w.pastQuantifier(m.from-1), "in") && (w.describes(s, subject, p) || w.holds(s, subject, p))
		made := w.is(m.from-1, "for") && (w.describes(s, subject, p) || class == lexicon.Model && w.madeFor(s, m))
		listed = w.centric(m) && !s.sentence.Title || w.kindIn(s, subject, m) || w.languageList(s, p) || w.supports(p) || in || made || w.trainedIn(s, m) ||
			class != lexicon.Model && w.dataIn(m) && w.holds(s, subject, p)
		if last = subject; listed {
			w.relation(s, subject, "supportsLanguage", m.entity, "language", 0.85)
		}
	}
}

// centric reports whether a mention is the first part of "Korean-centric" or the like.
func (w *worker) centric(m mention) bool {
	word := w.span(m.from, m.from+1)
	return !w.word[m.from].single && (hasSuffix(word, "centric") || hasSuffix(word, "specific") || hasSuffix(word, "focused"))
}

// pastQuantifier returns the word before "both" at word i, or i.
func (w *worker) pastQuantifier(i int) int {
	if w.is(i, "both") || w.is(i, "either") {
		return i - 1
	}
	return i
}

// kindIn reports whether a language stands in the noun phrase that says what the subject is: "X, a Dutch BERT model", "a new English
// benchmark, X", "a monolingual Dutch model called X".
func (w *worker) kindIn(s *scope, subject int, m mention) bool {
	head := -1
	for k := m.to; k < len(w.word) && k < m.to+9 && w.word[k].from < s.sentence.To; k++ {
		c := &w.word[k]
		if gap := c.from - w.word[k-1].to; gap > 0 && (head >= 0 || !w.text.Is(c.from-1, '(') && !w.text.Is(c.from-1, ')')) {
			break
		}
		if c.single && c.trait&(isPreposition|isRelative|isBe|isPronoun) != 0 || w.is(k, "translation") {
			break
		}
		if c.class == lexicon.Model || c.class == lexicon.Dataset || c.class == lexicon.Benchmark {
			head = k
		}
	}
	if head < 0 || !w.word[m.from].single && !w.centric(m) && !w.is(m.to, "bilingual") && !w.is(m.to, "multilingual") || w.is(m.from-1, "to") || w.is(m.from-1, "into") {
		return false
	}
	if w.describes(s, subject, w.at(m)) {
		return true
	}
	for _, x := range s.mentions {
		if x.entity != subject || x.from <= head || x.from > head+5 {
			continue
		}
		for k := head + 1; k < x.from; k++ {
			if w.word[k].trait&names != 0 {
				return true
			}
		}
		return x.from == head+1
	}
	return false
}

// dataIn reports whether a language says in which tongue the data is that follows: "Arabic questions", "English news articles".
func (w *worker) dataIn(m mention) bool {
	for k := m.to; k < len(w.word) && k < m.to+4 && w.word[k].spaced; k++ {
		switch w.wordKey(k) {
		case "paragraphs", "sentences", "articles", "texts", "documents", "questions", "tweets", "dialogues", "conversations", "utterances", "stories", "reviews", "passages", "posts", "comments", "speech", "text",
			"recordings", "summaries", "instructions", "prompts", "books", "newspapers", "queries", "problems":
			return true
		}
		if w.word[k].single && w.word[k].trait&(isPreposition|isConjunction|isRelative|isBe) != 0 {
			return false
		}
	}
	return false
}

// holds reports whether "contains", "comprising" or the like stands between a subject's mention and piece p, and nothing that is compared
// or that it comes from.
func (w *worker) holds(s *scope, subject, p int) bool {
	for _, m := range s.mentions {
		if m.entity != subject || w.past(m) > p || p-w.past(m) > 40 {
			continue
		}
		holds := false
		for k := m.to; k < len(w.word) && w.word[k].to <= p; k++ {
			switch w.wordKey(k) {
			case "contains", "containing", "comprising", "comprises", "consisting", "consists", "composed", "includes", "incorporates", "covers", "spanning", "collection":
				holds = true
			case "than", "from", "unlike", "compared", "translated", "existing", "other", "using":
				return false
			}
		}
		return holds
	}
	return false
}

// languageSubject returns the introduced model, dataset or benchmark of which a sentence speaks where it names a language: the last before
// it, else the first behind it, else the paper's own model.
func (w *worker) languageSubject(s *scope, language mention) int {
	subject := Paper
	for _, m := range s.mentions {
		e := &w.entity[m.entity]
		if !e.Introduced || e.Class != lexicon.Model && !isTest(e.Class) || m.modifier || subject >= 0 && m.from > language.from {
			continue
		}
		subject = m.entity
	}
	if subject < 0 && (s.own || s.any(cueItModel) && w.main >= 0 && w.met(w.main, s.sentence.From)) && w.main >= 0 && w.mainKind == lexicon.Model {
		return w.main
	}
	return subject
}

// describes reports whether the language stands in the phrase that says what the subject is.
func (w *worker) describes(s *scope, subject, p int) bool {
	for _, m := range s.mentions {
		if m.entity != subject || w.past(m) > p || p-w.past(m) >= 20 || !w.isA(w.past(m), p) {
			continue
		}
		for k := m.to; k < len(w.word) && w.word[k].to <= p; k++ {
			switch w.wordKey(k) {
			case "than", "existing", "previous", "unlike", "compared", "other", "from", "over", "translated":
				return false
			}
		}
		return true
	}
	return false
}

// madeFor reports whether "optimized for", "tailored for" or "models for" leads to a language, and no other thing is named for which they are.
func (w *worker) madeFor(s *scope, m mention) bool {
	switch i := m.from - 2; w.wordKey(i) {
	case "optimized", "optimised", "designed", "tailored", "specialized", "built", "developed", "trained", "model", "models", "llm", "llms", "adapted", "customized":
		return s.own || w.speaksOfOwn(s)
	}
	return false
}

// trainedIn reports whether the language is one of those that the paper's model is trained on: "trained on English, Finnish and code",
// "trained on both Chinese and English data".
func (w *worker) trainedIn(s *scope, m mention) bool {
	i := m.from - 1
	for i > 0 && w.word[i].from >= s.sentence.From && (w.is(i, "and") || w.is(i, "both") || w.is(i, "or") || w.languageWord(s, i)) {
		i--
	}
	if i > 1 && (w.is(i, "of") && w.is(i-1, "tokens") || w.is(i, "from") && w.is(i-2, "tokens") && (w.is(i-1, "drawn") || w.is(i-1, "sourced") || w.is(i-1, "collected"))) {
		return true // "3.1 trillion tokens of English and Chinese corpora"
	}
	return i > 0 && w.is(i, "on") && w.word[i].from > s.sentence.From && s.has(cueTrain, max(s.sentence.From, w.word[i].from-4), w.word[i].from) && s.any(cueTrain)
}

// languageWord reports whether word i names a language in the sentence.
func (w *worker) languageWord(s *scope, i int) bool {
	for _, m := range s.mentions {
		if m.from <= i && i < m.to {
			return w.classOf(m) == lexicon.Language
		}
	}
	return false
}

// languageList reports whether "languages like", "languages such as", "languages:" or "languages (" leads to piece p.
func (w *worker) languageList(s *scope, p int) bool {
	for i := int(w.wordAt[p]) - 1; i >= 0 && i > int(w.wordAt[p])-24 && w.word[i].from >= s.sentence.From; i-- {
		if w.is(i, "languages") {
			at := w.word[i].to
			if w.listsAfter(i+1, p) {
				return true
			}
			return w.is(i+1, "like") || w.is(i+1, "such") || w.is(i+1, "including") || w.text.Is(at, ':') || w.text.Is(at, '(') || w.text.Is(at, ',') && w.is(i+1, "including") || w.is(i+1, "namely") || w.is(i+1, "spanning") || w.is(i+1, "covering")
		}
		if w.word[i].trait&(isBe|isRelative) != 0 {
			return false
		}
	}
	return false
}

// listsAfter reports whether "including" or "such as" follows word i within a few words, before piece p: "languages spoken along the
// coast, including A and B".
func (w *worker) listsAfter(i, p int) bool {
	for k := i; k < i+7 && k < len(w.word) && w.word[k].to <= p; k++ {
		if w.is(k, "including") || w.is(k, "namely") || w.is(k, "such") && w.is(k+1, "as") {
			return true
		}
		if w.word[k].trait&(isBe|isRelative) != 0 {
			return false
		}
	}
	return false
}

// supports reports whether "supports", "covering", "bilingual in" stands shortly before piece p.
func (w *worker) supports(p int) bool {
	for i := int(w.wordAt[p]) - 1; i >= 0 && i > int(w.wordAt[p])-5; i-- {
		if w.is(i, "supports") || w.is(i, "supporting") || w.is(i, "covering") || w.is(i, "covers") || w.is(i, "bilingual") || w.is(i, "trilingual") {
			return true
		}
		if w.word[i].trait&isBe != 0 {
			return false
		}
	}
	return false
}
