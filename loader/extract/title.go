package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// fromTitle reads names that titles announce: "X: …", "X Technical Report", "The X Suite: …".
func (w *worker) fromTitle() {
	x := &w.text
	if len(x.Sentences) == 0 || !x.Sentences[0].Title || len(w.word) == 0 {
		return
	}
	// The words before a colon, "Technical Report" or the end.
	limit := 0
	for limit < len(w.word) && x.Sentences[w.word[limit].sentence].Title {
		limit++
	}
	colon := -1
	for i := 0; i < limit && i < 8; i++ {
		if w.headMark(w.word[i].to) {
			colon = i + 1
			break
		}
	}
	report := -1
	for i := 0; i+1 < limit; i++ {
		if w.is(i, "technical") && w.is(i+1, "report") {
			report = i
		}
	}
	defer w.fromRestOfTitle(limit)
	if colon > 1 && report < 0 {
		w.headAbbreviated(colon, w.titleClass(colon, limit))
	}
	from, to := 0, 0
	class, votes := lexicon.None, 2
	switch {
	case report > 0 && report <= 5 && colon < 0 || report > 0 && colon == report:
		from, to, class = 0, report, lexicon.Model
	case colon > 0 && colon <= 5:
		to = colon
		if report == colon {
			class = lexicon.Model
		} else {
			class = w.titleClass(colon, limit)
		}
	default:
		w.wholeTitle(limit)
		return
	}
	if w.is(from, "the") && to-from > 1 {
		if entry, end := w.longest(w.word[from].from); entry < 0 || end < w.word[to-1].to {
			from++
		}
	}
	for to > from && w.word[to-1].class != lexicon.None && w.word[to-1].single && to-from > 1 && !w.word[to-1].strong {
		if c := w.word[to-1].class; (c == lexicon.Architecture || c == lexicon.Method || c == lexicon.Benchmark) && !w.word[to-2].strong {
			break // "Over-Tokenized Transformer"
		}
		if class == lexicon.None {
			class = w.word[to-1].class
		}
		to--
	}
	// "X and Y: …" names two.
	for i := from; i < to; i++ {
		if !w.is(i, "and") && !w.is(i, "&") {
			continue
		}
		if b := w.introducedHead(from, to); b < 0 || w.word[b].strong && w.word[b+to-from-1].strong {
			w.titleName(from, i, class, votes)
			w.titleName(i+1, to, class, votes)
			return
		}
	}
	w.titleName(from, to, class, votes)
}

// wholeTitle reads a title that is nothing but a name: "The Foo Transformer", "Bar Attention Networks". The text must have it with
// capitals, in the singular or the plural.
func (w *worker) wholeTitle(limit int) {
	from := 0
	if w.is(0, "the") {
		from = 1
	}
	n := limit - from
	if n < 2 || n > 4 {
		return
	}
	for i := from; i < limit; i++ {
		c := &w.word[i]
		if c.acronym || c.single && c.trait&(isPreposition|isConjunction|isPronoun|isBe|isRelative|isDeterminer) != 0 || i > from && !c.spaced || hasSuffix(w.span(i, i+1), "ly") {
			return
		}
	}
	name := strings.TrimSuffix(strings.ToLower(w.span(from, limit)), "s")
	for i := limit; i+n <= len(w.word); i++ {
		if w.word[i].sentence != w.word[i+n-1].sentence || w.text.Pieces[w.word[i+n-1].to-1].End-w.text.Pieces[w.word[i].from].Start > int32(len(name)+1) {
			continue
		}
		if !strings.EqualFold(strings.TrimSuffix(w.span(i, i+n), "s"), name) {
			continue
		}
		for k := i; k < i+n; k++ {
			if c := &w.word[k]; !c.capital && !c.strong || c.first && n < 3 && k == i && !w.word[k+1].capital {
				return
			}
		}
		if i > limit && w.word[i].spaced && w.word[i-1].capital && !w.word[i-1].first {
			continue // part of a longer name
		}
		if entry, to := w.longest(w.word[i].from); entry >= 0 && (to < w.word[i+n-1].to && !w.e.lex.Entries[entry].Generic || w.e.lex.Entries[entry].Generic && to == w.word[i+n-1].to) {
			return
		}
		class := w.word[limit-1].class
		if class == lexicon.None || class == lexicon.Hardware {
			class = lexicon.Method
		}
		w.titled(from, limit, i, i+n, class, 1)
		return
	}
}

// titleName notes a name from the title if its words can make one and the text uses it. The text's spelling is the name:
// titles are often set with other capitals.
func (w *worker) titleName(from, to int, class lexicon.Class, votes int) {
	if from >= to || to-from > 4 {
		return
	}
	if b := w.introducedHead(from, to); b >= 0 {
		if c := w.apposition(b+to-from, w.word[b].sentence); c != lexicon.None {
			class, votes = c, 3
		}
		w.titled(from, to, b, b+to-from, class, votes)
		return
	}
	strong := false
	for i := from; i < to; i++ {
		c := &w.word[i]
		if c.acronym || c.trait&(isPreposition|isConjunction) != 0 && c.single && !c.strong {
			return
		}
		if c.trait&endsName != 0 && !c.strong && c.single && !(i == from && w.is(i, "the")) {
			return
		}
		strong = strong || c.strong
	}
	b, found := w.inBody(from, to)
	if !found {
		known, part := w.knownModifier(from, to), strings.Contains(w.body(), w.span(from, to))
		announced := known && strong && w.announces(-1, to)
		if (strong && to-from == 1 || part && to-from <= 2) && !(known && class == lexicon.None && !announced) {
			w.addLocal(from, to, class, votes, !known || part || announced)
		} else if to-from == 1 && (from == 0 || w.is(0, "the") && from == 1) && w.newHead(from) {
			w.addLocal(from, to, class, votes, true)
		}
		return
	}
	e := b + to - from
	for i := b; i < e; i++ {
		if w.word[i].acronym {
			return
		}
		strong = strong || w.word[i].strong
	}
	if !strong && to-from > 2 {
		return
	}
	if class == lexicon.None && w.knownModifier(b, e) && !w.announces(e, to) {
		return
	}
	w.titled(from, to, b, e, class, votes)
}

// introducedHead returns the word at which the words of a title's head stand in the text right behind a verb of introduction, with a
// capital at least: "We introduce Route KB, a", "called Route KB"; else -1. No other evidence is as good.
func (w *worker) introducedHead(from, to int) int {
	if to-from < 2 || !w.headMark(w.word[to-1].to) {
		return -1
	}
	name := w.span(from, to)
	for i := to + 1; i+to-from <= len(w.word); i++ {
		c := &w.word[i]
		if !c.capital && !c.strong || w.text.Raw[w.text.Pieces[c.from].Start]|0x20 != name[0]|0x20 || w.text.Sentences[c.sentence].Title || !strings.EqualFold(w.span(i, i+to-from), name) {
			continue
		}
		last := &w.word[i+to-from-1]
		if !last.capital && !last.strong && !last.number {
			continue
		}
		k := i - 1
		for w.word[k].single && w.word[k].trait&(isDeterminer|isNovel) != 0 && w.word[k].spaced {
			k--
		}
		if w.word[k].single && w.word[k].sentence == c.sentence && (w.word[k].trait&names != 0 || w.word[k].trait&(introduces|makes) != 0 && w.ownVerb(k)) {
			return i
		}
	}
	return -1
}

// announces reports whether a title that begins with a known name and a colon can be that of the paper on it: no question, survey or
// study, nor do the words before the end of the name in the text tell what it "has" done since.
func (w *worker) announces(e, to int) bool {
	if !w.headMark(w.word[to-1].to) {
		return false
	}
	for i := to; i < len(w.word) && w.text.Sentences[w.word[i].sentence].Title; i++ {
		if i+1 < len(w.word) && w.word[i+1].spaced && isTest(w.word[i+1].class) {
			continue // "an evaluation benchmark"
		}
		if (w.is(i, "evaluation") || w.is(i, "evaluating")) && i-to < 4 {
			return false // "A Critical Evaluation of"
		}
		switch w.wordKey(i) {
		case "survey", "review", "study", "analysis", "meta-analysis", "opportunities", "challenges", "perspective", "perspectives", "overview", "lessons",
			"good", "end", "comparison", "case", "assessment", "implications", "history", "primer", "tutorial":
			return false
		}
		if w.text.Is(w.word[i].to, '?') {
			return false
		}
	}
	return e < 0 || !(w.word[e-1].first && (w.is(e, "has") || w.is(e, "have")))
}

// headMark reports whether piece p parts the head of a title from the rest: a colon, or a dash between spaces.
func (w *worker) headMark(p int) bool {
	if p >= len(w.text.Pieces) {
		return false
	}
	return w.text.Is(p, ':') || w.text.Pieces[p].Kind == text.Hyphen && w.text.Pieces[p].Spaced && p+1 < len(w.text.Pieces) && w.text.Pieces[p+1].Spaced
}

// newHead reports whether word i, alone before the colon of a title, is a name that the paper makes though its text spells it nowhere:
// "Starlingmatch: Retrieval of …". What others have made, the text would name. An ordinary word is told by the text, which has it in small letters, or by its kind.
func (w *worker) newHead(i int) bool {
	c := &w.word[i]
	if !c.capital || c.acronym || c.class != lexicon.None || len(w.span(i, i+1)) < 3 || !w.announces(-1, i+1) {
		return false
	}
	if !c.single {
		return c.trait&isSuffix == 0 && !w.modifier(i)
	}
	word := w.wordKey(i)
	switch word {
	case "position", "perspective", "perspectives", "survey", "review", "tutorial", "opinion", "commentary", "editorial", "viewpoint", "preface", "abstract", "report", "research", "science", "chatbots", "erratum":
		return false
	}
	for k := i + 1; k < len(w.word); k++ {
		c := &w.word[k]
		if w.text.Sentences[c.sentence].Title {
			continue
		}
		if !c.capital && c.single && strings.HasPrefix(w.span(k, k+1), word) {
			return false
		}
	}
	return true
}

// headAbbreviated notes the words of a title's head that the text writes in small letters, if it abbreviates them in brackets: "a patient
// prompt-tuning (PPT)" under "Patient Prompt-tuning: …".
func (w *worker) headAbbreviated(to int, class lexicon.Class) {
	if to < 2 || to > 5 {
		return
	}
	for k := to + 1; k < len(w.word); k++ {
		if w.text.Is(w.word[k].from-1, '(') && k-to >= 0 && w.word[k-to].sentence == w.word[k].sentence && w.isAbbreviation(k) && strings.EqualFold(w.span(k-to, k), w.span(0, to)) && w.initials(k, k-to) == k-to {
			w.addLong(k-to, k, k, class, 2, true)
			return
		}
	}
}

// titled notes a name as the text spells it, at words b to e, and the title's spelling of it.
func (w *worker) titled(from, to, b, e int, class lexicon.Class, votes int) {
	n := w.addLocal(b, e, class, votes, true)
	if n < 0 || w.span(from, to) == w.span(b, e) {
		return
	}
	if a := w.addLocal(from, to, class, votes, true); a >= 0 && a != n {
		w.local[a].alias = n
	}
}

// inBody finds the words of a title from up to, not including, to in the text, whatever their capitals there; it prefers a place
// where they cannot be ordinary words.
func (w *worker) inBody(from, to int) (b int, ok bool) {
	name := w.span(from, to)
	n := to - from
	for i := to; i+n <= len(w.word); i++ {
		c := &w.word[i]
		if w.text.Sentences[c.sentence].Title || !c.strong && !c.capital && !(n == 1 && w.word[from].strong && !w.word[from].single) {
			continue // "Foo-embeddings-v3" may be foo-embeddings-v3 in the text
		}
		if end := w.text.Pieces[w.word[i+n-1].to-1].End; int(end-w.text.Pieces[c.from].Start) != len(name) || !strings.EqualFold(w.span(i, i+n), name) {
			continue
		}
		if !ok || c.strong && !w.word[b].strong {
			b, ok = i, true
		}
		if c.strong {
			break
		}
	}
	return b, ok
}

// fromRestOfTitle reads names that stand elsewhere in the title: words that the text spells as no ordinary word is spelt, and that the
// lexicon does not know. Abbreviations all of capitals are often those of fields and tasks: they count only at the beginning, or right
// after a colon.
func (w *worker) fromRestOfTitle(limit int) {
	for i := 0; i < limit; i++ {
		if w.is(i, "survey") || w.is(i, "review") || w.is(i, "overview") || w.is(i, "tutorial") {
			return
		}
	}
	for i := 0; i < limit; i++ {
		c := &w.word[i]
		if c.acronym || c.number || c.single && (c.trait&(endsName|isPreposition|isDeterminer|isConjunction) != 0 || c.class != lexicon.None) {
			continue
		}
		if len(w.localAt[w.span(i, i+1)]) > 0 {
			continue
		}
		b, ok := w.inBody(i, i+1)
		if !ok || len(w.span(i, i+1)) < 3 || strings.Count(w.body(), w.span(b, b+1)) < 2 || !w.word[b].strong || w.word[b].acronym || !w.isName(b) || w.modifier(b) || w.knownModifier(b, b+1) && !w.describedInTitle(i, limit) || w.plainCapitals(b) && !w.text.Is(c.from-1, ':') {
			continue
		}
		w.titled(i, i+1, b, b+1, lexicon.None, 0)
	}
}

// describedInTitle reports whether the title says what word i is: "Packing Patches: X, a Vision Transformer".
func (w *worker) describedInTitle(i, limit int) bool {
	return i+1 < limit && w.text.Is(w.word[i].to, ',') && (w.is(i+1, "a") || w.is(i+1, "an")) && i > 0 && w.text.Is(w.word[i].from-1, ':')
}

// inTitle reports whether the title has a name, whatever its capitals there.
func (w *worker) inTitle(name string) bool { return strings.Contains(w.title, strings.ToLower(name)) }

// body returns the text without the title.
func (w *worker) body() string { return w.text.Raw[min(len(w.doc.Title), len(w.text.Raw)):] }

// plainCapitals reports whether word i is letters only, all of them capitals or but a final s.
func (w *worker) plainCapitals(i int) bool {
	return isUpperASCII(strings.TrimSuffix(w.span(i, i+1), "s"))
}

// titleClass returns the class of the head noun of the phrase after a title's colon: the last class noun before a preposition.
func (w *worker) titleClass(from, limit int) lexicon.Class {
	class := lexicon.None
	if from < limit && hasSuffix(w.span(from, from+1), "ing") {
		return class // "X: Scaling Language Models": what the models are is not what X is
	}
	for i := from; i < limit; i++ {
		c := &w.word[i]
		if class != lexicon.None && c.single && c.trait&isConjunction != 0 && w.word[from].trait&isDeterminer == 0 {
			return lexicon.None // "X: Model and Data Serving"
		}
		if class == lexicon.None && c.single && c.trait&isConjunction != 0 && w.word[from].trait&isDeterminer != 0 && i+1 < limit && w.word[i+1].spaced {
			continue // "A Broad And Automatic Benchmark"
		}
		if i > from && (!c.spaced || c.single && c.trait&(isPreposition|isRelative|isConjunction) != 0) {
			break
		}
		if class != lexicon.None && c.class == lexicon.None && (hasSuffix(w.span(i, i+1), "ed") || hasSuffix(w.span(i, i+1), "ing")) {
			break // "A Chat Model Fine-tuned on"
		}
		class = c.class
	}
	return class
}
