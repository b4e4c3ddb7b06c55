package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// apposition returns the class that the words after a name give it: ", a new dataset of", "(…), a model", ": a benchmark".
func (w *worker) apposition(j, s int) lexicon.Class {
	if j >= len(w.word) || w.word[j].sentence != s || j == 0 {
		return lexicon.None
	}
	at := w.word[j-1].to
	if w.text.Is(at, '"') {
		at++
	}
	if !w.text.Is(at, ',') && !w.text.Is(at, ':') && !w.text.Is(at, ')') && !w.text.Is(at, '(') && !(at < len(w.text.Pieces) && w.text.Pieces[at].Kind == text.Hyphen) {
		// "X, which is a …" has its comma; "X is a" is a definition; "X as a new model"
		if !w.is(j, "as") {
			return lexicon.None
		}
		j++
	}
	// Step over the expansion in brackets: "X (Long Name), a model".
	if w.text.Is(at, '(') {
		for j < len(w.word) && w.word[j].sentence == s && !w.text.Is(w.word[j].to, ')') {
			j++
		}
		j++
		if j >= len(w.word) || w.word[j].sentence != s {
			return lexicon.None
		}
	}
	if w.is(j, "which") && w.is(j+1, "is") {
		j += 2
	}
	if j >= len(w.word) || w.word[j].trait&(isDeterminer|isNovel) == 0 && !w.is(j, "an") {
		return w.pluralHead(j, s)
	}
	return w.headClass(j, s)
}

// pluralHead returns the class of a noun in the plural that adjectives alone lead to from word j on, and that ends its phrase: "X and Y,
// openly accessible language models that".
func (w *worker) pluralHead(j, s int) lexicon.Class {
	if !w.text.Is(w.word[j].from-1, ',') {
		return lexicon.None
	}
	for k := j; k < len(w.word) && k < j+6 && w.word[k].sentence == s && (k == j || w.word[k].spaced); k++ {
		c := &w.word[k]
		if c.capital || c.strong && !c.acronym || c.single && c.trait&(isPreposition|isConjunction|isRelative|isPronoun|isBe|isDeterminer|introduces|makes|isOwner) != 0 {
			break
		}
		if c.class != lexicon.None && hasSuffix(w.span(k, k+1), "s") && (k+1 >= len(w.word) || !w.word[k+1].spaced || w.word[k+1].class == lexicon.None) {
			return c.class
		}
	}
	return lexicon.None
}

// headClass returns the class of the noun phrase that begins at word j: that of its last class noun before a preposition, a
// relative or punctuation; "a family of models" and "a suite of benchmarks" look past "of".
func (w *worker) headClass(j, s int) lexicon.Class {
	class := lexicon.None
	for k := j; k < len(w.word) && k < j+16 && w.word[k].sentence == s; k++ {
		c := &w.word[k]
		if k > j && !c.spaced && !w.text.Is(c.from-1, ',') && c.from > w.word[k-1].to {
			if class != lexicon.None || !w.text.Is(c.from-1, '(') && !w.text.Is(c.from-1, ')') && !w.text.Is(c.from-1, '"') && !w.text.Is(c.from-1, '\'') {
				break
			}
		}
		if k > j && w.text.Is(c.from-1, ',') && class != lexicon.None {
			break
		}
		if w.is(k, "of") && k > j && (w.is(k-1, "family") || w.is(k-1, "series") || w.is(k-1, "suite") || w.is(k-1, "collection") || w.is(k-1, "set") || w.is(k-1, "variant") || w.is(k-1, "version")) {
			class = lexicon.None
			continue
		}
		if c.single && c.trait&(isPreposition|isRelative|isBe) != 0 {
			if class == lexicon.None && w.is(k, "of") && !w.is(k-1, "way") && !w.is(k-1, "means") && !w.is(k-1, "form") && !w.is(k-1, "style") {
				continue
			}
			break
		}
		if c.class != lexicon.None && !(c.capital && c.strong) {
			class = c.class
		}
	}
	return class
}

// classByHead guesses the class of a name by its last part: Smooth-SwiGLU is what SwiGLU is; "… Attention" and "FooBench" tell
// their kind.
func (w *worker) classByHead(from, to int) lexicon.Class {
	c := &w.word[to-1]
	x := &w.text
	if c.size > 0 {
		return lexicon.Model
	}
	for p := c.from; p < c.to; p++ {
		if p > c.from && x.Pieces[p-1].Kind != text.Hyphen && x.Pieces[p].Kind == text.Word && x.Pieces[p-1].Kind == text.Word {
			continue
		}
		entry, end := w.longest(p)
		if entry >= 0 && end == c.to && (p > c.from || from < to-1 || true) {
			if k := w.e.lex.Entries[entry].Class; w.e.lex.Entries[entry].Generic && k != lexicon.Architecture {
				continue
			} else if k == lexicon.Architecture || k == lexicon.Model || k == lexicon.Dataset || k == lexicon.Benchmark {
				return k
			}
		}
	}
	if entry, end := w.longest(w.word[from].from); from < to-1 && entry >= 0 && end == w.word[to-2].to && c.number && w.e.lex.Entries[entry].Class == lexicon.Model {
		return lexicon.Model // a version
	}
	last, flavour := strings.ToLower(x.String(c.to-1)), false
	if w.e.trait(x.Pieces[c.to-1].ID)&isVariant != 0 && c.to-c.from > 2 && x.Pieces[c.to-2].Kind == text.Hyphen && x.Pieces[c.to-3].Kind == text.Word {
		last, flavour = strings.ToLower(x.String(c.to-3)), true // FooLM-instruct
	}
	if n := c.to - 3; n >= c.from && x.Pieces[c.to-2].Kind == text.Hyphen && strings.EqualFold(x.String(c.to-1), "chat") && (x.Pieces[n].Kind == text.Number || x.Pieces[n].Shape == text.Mixed || x.Pieces[n].Shape == text.Upper) {
		return lexicon.Model // FooLM-chat, Foo-2.5-Chat
	}
	for _, t := range nameEndings {
		if strings.HasSuffix(last, t.ending) && (!flavour || t.class == lexicon.Model) {
			return t.class
		}
	}
	return lexicon.None
}

// nameEndings tell the kind of an unknown name.
var nameEndings = []struct {
	ending string
	class  lexicon.Class
}{
	{"bench", lexicon.Benchmark}, {"eval", lexicon.Benchmark}, {"arena", lexicon.Benchmark}, {"benchmark", lexicon.Benchmark},
	{"attention", lexicon.Architecture}, {"former", lexicon.Architecture}, {"corpus", lexicon.Dataset}, {"dataset", lexicon.Dataset},
	{"gpt", lexicon.Model}, {"bert", lexicon.Model}, {"llama", lexicon.Model}, {"llm", lexicon.Model}, {"lm", lexicon.Model}, {"vlm", lexicon.Model},
	{"berta", lexicon.Model}, {"elmo", lexicon.Model}, {"bart", lexicon.Model}, {"electra", lexicon.Model}, {"llava", lexicon.Model}, {"blip", lexicon.Model},
	{"qwen", lexicon.Model}, {"gemma", lexicon.Model}, {"mistral", lexicon.Model}, {"vicuna", lexicon.Model}, {"mamba", lexicon.Model}, {"glm", lexicon.Model},
	{"whisper", lexicon.Model}, {"squad", lexicon.Benchmark}, {"glue", lexicon.Benchmark}, {"mmlu", lexicon.Benchmark},
}

// calledName reads "called X", "dubbed X", "which we name X" at word i.
func (w *worker) calledName(i int) {
	j := i + 1
	s := w.word[i].sentence
	if w.text.Sentences[s].Title || w.is(i, "term") && !w.is(i-1, "we") && !w.is(i-1, "which") {
		return // "the familiar term X"
	}
	said := lexicon.None // "we call our model X"
	for j < len(w.word) && w.word[j].sentence == s && (w.is(j, "the") || (w.is(i, "as") || w.is(i, "call")) && (w.is(j, "a") || w.is(j, "an")) || w.is(j, "it") || w.is(j, "as") || w.is(j, "this") || w.is(j, "them") ||
		w.is(j, "our") || w.is(j, "result") || w.is(j, "resulting") || w.is(j, "proposed") || w.word[j].class != lexicon.None && !w.word[j].capital && w.word[j].single) {
		if w.word[j].class != lexicon.None {
			said = w.word[j].class
		}
		j++
	}
	if j >= len(w.word) || w.word[j].sentence != s || j > i+4 {
		return
	}
	end := w.nameEnd(j)
	if !w.isName(j) && !w.smallName(j) && !w.titleBegins(j) {
		if from, _, _, ok := w.longName(j, s); !ok || from != j {
			if end = w.smallLongName(j, s); end < 0 {
				return
			}
		}
	}
	if w.text.Is(w.word[j].from-1, '"') && !w.text.Is(w.word[end-1].to, '"') {
		return // a longer phrase in quotes
	}
	if w.knownModifier(j, end) && w.word[i].trait&makes == 0 && !w.inTitle(w.span(j, end)) && !w.ownSentence(i) && !w.proposes(i) {
		return
	}
	class := lexicon.None
	if end < len(w.word) && w.word[end].spaced && w.word[end].class != lexicon.None {
		class = w.word[end].class
	} else if said != lexicon.None {
		class = said
	}
	// The nearest class noun before, outside of prepositional phrases if one is there.
	first := lexicon.None
	for k := i - 1; k >= 0 && k >= i-18 && w.word[k].sentence == s && class == lexicon.None; k-- {
		if w.word[k].class == lexicon.None {
			continue
		}
		if first == lexicon.None {
			first = w.word[k].class
		}
		if k > 0 && !w.prepositional(k) {
			class = w.word[k].class
		}
	}
	if class == lexicon.None {
		class = first
	}
	if class == lexicon.None {
		class = w.classByHead(j, end)
	}
	if class == lexicon.None {
		class = lexicon.Method
	}
	own := w.ownSentence(i) || w.is(i-1, "we") || w.inTitle(w.span(j, end)) && !w.hasBeen(end, s) || w.proposes(i)
	if from, to, abbr, ok := w.longName(j, s); ok && from <= j {
		w.addLong(from, to, abbr, class, 3, own)
		return
	}
	if end < len(w.word) && w.text.Is(w.word[end].from-1, '(') && !w.isName(j) && !w.smallName(j) && !w.titleBegins(j) {
		w.addLong(j, end, end, class, 3, own)
		return
	}
	w.addLocal(j, end, class, 3, own)
}

// smallLongName returns the word behind a name in small letters that begins at word j, if its abbreviation follows in brackets: "called
// slow graph relation network (SGRN)"; else -1.
func (w *worker) smallLongName(j, s int) int {
	for k := j + 1; k < len(w.word) && k < j+8 && w.word[k].sentence == s; k++ {
		if w.word[k].spaced {
			continue
		}
		if w.text.Is(w.word[k].from-1, '(') && w.word[k].from-1 == w.word[k-1].to && w.isAbbreviation(k) && k > j+1 && w.initials(k, j) == j {
			return k
		}
		break
	}
	return -1
}

// hasBeen reports whether the words behind a name tell what others have done: "a corpus called X has been collected".
func (w *worker) hasBeen(i, s int) bool {
	return i+1 < len(w.word) && w.word[i].sentence == s && (w.is(i, "has") || w.is(i, "have") || w.is(i, "was")) && w.word[i].spaced
}

// proposes reports whether the sentence of word i says before it that something is proposed: "this paper presents an agent called", "the
// proposed agent, called".
func (w *worker) proposes(i int) bool {
	if i > 1 && w.word[i-2].first && w.is(i-2, "the") && w.word[i-1].class != lexicon.None && w.word[i-2].sentence > 1 {
		return true // "The model named X"
	}
	for j := i - 1; j >= 0 && w.word[j].sentence == w.word[i].sentence; j-- {
		switch w.wordKey(j) {
		case "proposed":
			return w.is(j-1, "the") && i-j < 5
		case "paper", "work", "article", "report":
			return w.is(j-1, "this") || w.is(j-1, "our")
		case "approach", "method", "model", "framework", "system", "technique", "dataset", "benchmark", "algorithm", "corpus":
			if i-j < 3 && (w.is(j-1, "this") || w.is(j-1, "resulting")) {
				return true // "this approach, dubbed X"
			}
		}
	}
	return false
}

// prepositional reports whether the noun at word k hangs on a preposition within its phrase.
func (w *worker) prepositional(k int) bool {
	for j := k - 1; j >= 0 && j >= k-5; j-- {
		c := &w.word[j]
		if c.trait&(introduces|makes|isBe) != 0 && c.single {
			return false
		}
		if c.trait&isPreposition != 0 && c.single {
			return !w.is(j, "of") || !(w.is(j-1, "family") || w.is(j-1, "series") || w.is(j-1, "suite") || w.is(j-1, "set"))
		}
	}
	return false
}

// beforeNoun reads an unknown name before a class noun at word i: "the FooSet dataset".
func (w *worker) beforeNoun(i int) {
	c := &w.word[i]
	if !c.spaced || !w.isName(i-1) || w.word[i-1].trait&isSuffix != 0 || c.class == lexicon.Method || c.class == lexicon.Architecture || c.class == lexicon.Hardware {
		return
	}
	title := w.text.Sentences[c.sentence].Title
	j := i - 1
	for j > 0 && w.isName(j-1) && w.word[j].spaced && i-j < 4 && !(w.word[j-1].class != lexicon.None) {
		j--
	}
	if title && !w.word[i-1].strong || c.capital && c.single && title {
		return
	}
	if w.knownModifier(i-1, i) || w.knownModifier(j, i) {
		return
	}
	if c.class != lexicon.Model && w.kindOf(j) {
		return
	}
	plural := strings.HasSuffix(w.span(i, i+1), "s")
	definite := j > 0 && (w.is(j-1, "the") || w.is(j-1, "our")) || j > 1 && w.is(j-2, "the") && w.word[j].spaced && w.word[j-1].class == lexicon.None && !w.word[j-1].capital
	mixed := w.word[i-1].strong && (!w.word[i-1].single || w.text.Pieces[w.word[i-1].from].Shape == text.Mixed)
	switch {
	case plural && !mixed, !plural && !definite && !mixed:
		return
	case c.class == lexicon.Model && !mixed:
		return
	case !w.word[i-1].strong && !(definite && c.class == lexicon.Benchmark || definite && c.class == lexicon.Dataset):
		return
	}
	if c.class == lexicon.Model && !(w.is(i, "model") || w.is(i, "models") || w.is(i, "series") || w.is(i, "family") || w.is(i, "suite")) {
		return
	}
	w.addLocal(j, i, c.class, 2, false)
}

// afterNoun reads the name that a described thing is given between commas: "a large dataset, X, comprising".
func (w *worker) afterNoun(i int) {
	c := &w.word[i]
	if c.class != lexicon.Dataset && c.class != lexicon.Benchmark && c.class != lexicon.Model || w.text.Sentences[c.sentence].Title || !w.text.Is(c.to, ',') {
		return
	}
	j := i + 1
	if j >= len(w.word) || w.word[j].sentence != c.sentence || w.word[j].from != c.to+1 || !w.word[j].strong || !w.isName(j) || w.modifier(j) || !w.is(i-1, "resulting") && (w.knownModifier(j, j+1) && !(w.ownSentence(i) && w.firstHere(j, j+1) && w.agrees(j, c.class)) || !w.kindOf(i)) {
		return
	}
	end := w.nameEnd(j)
	if end < len(w.word) && w.is(i-1, "resulting") && w.word[end].sentence == c.sentence && w.word[end].spaced {
		w.addLocal(j, end, c.class, 2, true) // "the resulting dataset, X enables"
		return
	}
	if end >= len(w.word) || !w.text.Is(w.word[end-1].to, ',') || w.word[end].sentence != c.sentence || w.is(end, "and") || w.word[end].strong {
		return
	}
	w.addLocal(j, end, c.class, 2, w.ownSentence(i) || strings.Count(w.body(), w.span(j, end)) > 1)
}

// kindOf reports whether the words before word j make a kind of what seems a name there: "a large ConvQA dataset", "four major D2T
// datasets".
func (w *worker) kindOf(j int) bool {
	for k := j - 1; k >= 0 && k >= j-7 && w.word[k].sentence == w.word[j].sentence && w.word[k+1].spaced; k-- {
		switch w.wordKey(k) {
		case "a", "an", "existing", "other", "several", "various", "different", "two", "three", "four", "five", "six", "multiple", "most", "many", "current", "all", "popular":
			return true
		case "the", "our", "on", "called", "named":
			return false
		}
	}
	return false
}

// appositive reads "X, a dataset of" and "X (a benchmark for" for a name that nobody has listed.
func (w *worker) appositive(i int) {
	if !w.isName(i) || i > 0 && w.word[i].spaced && w.isName(i-1) || w.modifier(i) {
		return
	}
	end := w.nameEnd(i)
	if end >= len(w.word) || w.word[end].sentence != w.word[i].sentence {
		return
	}
	if at := w.word[end-1].to; !w.text.Is(at, ',') || w.knownModifier(i, end) && !w.is(end, "our") || !w.word[i].strong && !w.word[end-1].strong && len(w.localAt[w.span(i, i+1)]) == 0 {
		return
	}
	if !w.is(end, "a") && !w.is(end, "an") && !w.is(end, "our") || w.is(end, "our") && w.clauseOf(end) {
		return
	}
	if class := w.headClass(end, w.word[i].sentence); class != lexicon.None && class != lexicon.Hardware {
		own := w.is(end, "our") || w.ownSentence(i) && w.word[i].strong && (w.is(end+1, "new") || w.is(end+1, "novel")) || w.is(i-1, "into") && w.ownSentence(i) && strings.Count(w.body(), w.span(i, end)) > 1
		w.addLocal(i, end, class, 2, own)
	}
}

// clauseOf reports whether "our" at word i begins a clause, not a description of what stands before it: ", our engine attains".
func (w *worker) clauseOf(i int) bool {
	noun := -1
	for k := i + 1; k < len(w.word) && k < i+12 && (w.word[k].spaced || noun < 0 && k > i+1 && w.text.Is(w.word[k].from-1, ',') && w.word[k].sentence == w.word[i].sentence && !w.word[k].capital && w.word[k].trait&(isPreposition|isRelative|isBe|isConjunction|isPronoun|isOwner|isDeterminer) == 0); k++ {
		if w.word[k].class != lexicon.None {
			noun = k
		} else if noun >= 0 || w.word[k].trait&(isPreposition|isRelative|isBe) != 0 {
			break
		}
	}
	k := noun + 1
	if noun < 0 || k >= len(w.word) || w.word[k].sentence != w.word[i].sentence || !w.word[k].spaced {
		return noun < 0
	}
	return w.word[k].trait&isBe != 0 || w.isName(k) || hasSuffix(w.span(k, k+1), "s") || w.is(k, "can") || w.is(k, "outperform") || w.is(k, "achieve")
}

// definition reads "X is a … model" at the head of a sentence or clause, for a name of the title or a strong one.
func (w *worker) definition(i int) {
	if w.modifier(i) || i > 0 && w.word[i].spaced && w.isName(i-1) {
		return
	}
	if !w.word[i].first && !w.isName(i) || !w.word[i].strong && len(w.localAt[w.span(i, i+1)]) == 0 && !strings.EqualFold(w.title, w.span(i, i+1)) {
		return
	}
	end := w.nameEnd(i)
	if end+1 >= len(w.word) || !w.word[end].spaced || !w.is(end, "is") && !w.is(end, "are") || w.word[end+1].trait&isDeterminer == 0 {
		return
	}
	known := w.knownModifier(i, end)
	name := w.span(i, end)
	if known && len(w.localAt[w.span(i, i+1)]) == 0 {
		return
	}
	if class := w.headClass(end+1, w.word[i].sentence); class != lexicon.None {
		novel := w.is(end, "is") && (w.is(end+2, "new") || w.is(end+2, "novel")) && w.word[i].strong
		w.addLocal(i, end, class, 2, !known && (novel || strings.HasPrefix(w.title, strings.ToLower(name)+":") || w.title == strings.ToLower(name)))
	}
}
