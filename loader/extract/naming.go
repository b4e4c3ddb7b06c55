package extract

import (
	"strings"
	"unicode"

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
		if x.Is(w.word[i].to, ':') {
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
		return
	}
	if w.is(from, "the") && to-from > 1 {
		if entry, end := w.longest(w.word[from].from); entry < 0 || end < w.word[to-1].to {
			from++
		}
	}
	for to > from && w.word[to-1].class != lexicon.None && w.word[to-1].single && to-from > 1 && !w.word[to-1].strong {
		if class == lexicon.None {
			class = w.word[to-1].class
		}
		to--
	}
	// "X and Y: …" names two.
	for i := from; i < to; i++ {
		if w.is(i, "and") || w.is(i, "&") {
			w.titleName(from, i, class, votes)
			w.titleName(i+1, to, class, votes)
			return
		}
	}
	w.titleName(from, to, class, votes)
}

// titleName notes a name from the title if its words can make one and the text uses it.
func (w *worker) titleName(from, to int, class lexicon.Class, votes int) {
	if from >= to || to-from > 4 {
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
	name := w.span(from, to)
	body := w.text.Raw[min(len(w.doc.Title), len(w.text.Raw)):]
	if !strings.Contains(body, name) {
		if !strong || to-from > 1 {
			return
		}
	} else if !strong && to-from > 2 {
		return
	}
	known := w.knownModifier(from, to)
	if known && class == lexicon.None {
		return
	}
	w.addLocal(from, to, class, votes, !known || strings.Contains(body, name))
}

// titleClass returns the class of the head noun of the phrase after a title's colon: the last class noun before a preposition.
func (w *worker) titleClass(from, limit int) lexicon.Class {
	class := lexicon.None
	if from < limit && hasSuffix(w.span(from, from+1), "ing") {
		return class // "X: Scaling Language Models": what the models are is not what X is
	}
	for i := from; i < limit; i++ {
		c := &w.word[i]
		if i > from && !c.spaced || c.single && c.trait&(isPreposition|isRelative|isConjunction) != 0 && class != lexicon.None {
			break
		}
		class = c.class
	}
	return class
}

// apposition returns the class that the words after a name give it: ", a new dataset of", "(…), a model", ": a benchmark".
func (w *worker) apposition(j, s int) lexicon.Class {
	if j >= len(w.word) || w.word[j].sentence != s || j == 0 {
		return lexicon.None
	}
	at := w.word[j-1].to
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
		return lexicon.None
	}
	return w.headClass(j, s)
}

// headClass returns the class of the noun phrase that begins at word j: that of its last class noun before a preposition, a
// relative or punctuation; "a family of models" and "a suite of benchmarks" look past "of".
func (w *worker) headClass(j, s int) lexicon.Class {
	class := lexicon.None
	for k := j; k < len(w.word) && k < j+16 && w.word[k].sentence == s; k++ {
		c := &w.word[k]
		if k > j && !c.spaced && !w.text.Is(c.from-1, ',') && c.from > w.word[k-1].to {
			if class != lexicon.None || !w.text.Is(c.from-1, '(') && !w.text.Is(c.from-1, ')') {
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
			if class == lexicon.None && w.is(k, "of") {
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
	last := strings.ToLower(x.String(c.to - 1))
	for _, t := range nameEndings {
		if strings.HasSuffix(last, t.ending) {
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
}

// isAbbreviation reports whether word i looks like an abbreviation: two capitals or more, short.
func (w *worker) isAbbreviation(i int) bool {
	c := &w.word[i]
	s := w.span(i, i+1)
	if len(s) > 16 || !w.text.Is(c.to, ')') {
		return false
	}
	upper := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= 2 && !c.acronym || c.strong
}

// expansion reads "Long Name (LN)" around the name from..to: full is where the long name begins, abbr the word with the
// abbreviation; -1 where there is none.
func (w *worker) expansion(from, to int) (full, abbr int) {
	if to >= len(w.word) || !w.text.Is(w.word[to].from-1, '(') || w.word[to-1].to != w.word[to].from-1 || !w.isAbbreviation(to) {
		return -1, -1
	}
	start := w.initials(to, max(0, from-4))
	if start < 0 {
		return -1, -1
	}
	return min(from, max(start, from-0)), to
}

// laterAbbreviation returns the word with the abbreviation of a long name that goes on in small words after to: "Learning of
// Sparse Keys (LSK)"; -1 if there is none.
func (w *worker) laterAbbreviation(from, to, s int) int {
	for k := to; k < len(w.word) && k < from+9 && w.word[k].sentence == s; k++ {
		if w.text.Is(w.word[k].from-1, '(') {
			if w.isAbbreviation(k) && w.initials(k, from) == from {
				return k
			}
			return -1
		}
		if !w.word[k].spaced && w.word[k].from > w.word[k-1].to {
			return -1
		}
	}
	return -1
}

// initials returns the word, not before word least, from which the words up to the abbreviation at word k begin with its
// letters, or -1. Parts after a hyphen count as words; a letter or two may come from inside.
func (w *worker) initials(k, least int) int {
	abbr := w.span(k, k+1)
	var letters []byte
	for i := 0; i < len(abbr); i++ {
		if c := abbr[i]; c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			letters = append(letters, c|0x20)
		}
	}
	if len(letters) < 2 {
		return -1
	}
	// Greedy from the right: each word's initial must be the next letter to the left, or the word is passed over.
	at := len(letters) - 1
	missed := 0
	if letters[at] == 's' && at >= 2 {
		at--
	}
	best := -1
	for j := k - 1; j >= least && j >= k-8; j-- {
		c := &w.word[j]
		hit := false
		for p := c.to - 1; p >= c.from; p-- {
			piece := w.text.String(p)
			if w.text.Pieces[p].Kind != text.Word || at < 0 {
				continue
			}
			i := strings.LastIndexByte(string(letters[:at+1]), piece[0]|0x20)
			if i >= 0 && at-i <= 1 {
				missed += at - i
				at = i - 1
				hit = true
			} else if p == c.from && len(piece) > 3 {
				// a letter from the inside: XLDA for Cross-lingual
				if strings.IndexByte(strings.ToLower(piece), letters[at]) >= 0 || letters[at] == 'x' {
					at--
					missed++
					hit = true
				}
			}
		}
		if hit {
			best = j
		} else if c.trait&(isPreposition|isConjunction|isDeterminer) == 0 {
			break
		}
		if at < 0 {
			break
		}
	}
	if best < 0 || missed > (len(letters)+1)/2 {
		return -1
	}
	if at > 0 && (at > 2 || w.text.Raw[w.text.Pieces[w.word[best].from].Start]|0x20 != letters[0]) {
		return -1
	}
	return best
}

// redefine notes an abbreviation in brackets whose expansion is not the one that the lexicon knows.
func (w *worker) redefine(i int) {
	c := &w.word[i]
	if !c.single || c.to-c.from > 1 || w.text.Pieces[c.from].End-w.text.Pieces[c.from].Start > 5 {
		return
	}
	entry, to := w.longest(c.from)
	if entry < 0 || to != c.to {
		return
	}
	from := w.initials(i, max(0, i-6))
	if from < 0 || i-from < 2 {
		return
	}
	long := false // the lexicon has an expansion to compare with
	for _, f := range w.e.lex.FormsOf(entry) {
		long = long || strings.Contains(f, " ")
		if strings.EqualFold(Slug(f), Slug(w.span(from, i))) {
			return
		}
	}
	if found, end := w.longest(w.word[from].from); found == entry && end == w.word[i-1].to {
		return
	}
	if long || w.e.lex.Entries[entry].Class == lexicon.Model {
		w.redefined[w.span(i, i+1)] = true
	}
}

// calledName reads "called X", "dubbed X", "which we name X" at word i.
func (w *worker) calledName(i int) {
	j := i + 1
	s := w.word[i].sentence
	if w.text.Sentences[s].Title {
		return
	}
	said := lexicon.None // "we call our model X"
	for j < len(w.word) && w.word[j].sentence == s && (w.is(j, "the") || w.is(j, "it") || w.is(j, "as") || w.is(j, "this") || w.is(j, "them") ||
		w.is(j, "our") || w.is(j, "result") || w.is(j, "resulting") || w.is(j, "proposed") || w.word[j].class != lexicon.None && !w.word[j].capital && w.word[j].single) {
		if w.word[j].class != lexicon.None {
			said = w.word[j].class
		}
		j++
	}
	if j >= len(w.word) || w.word[j].sentence != s || !w.isName(j) || j > i+4 {
		return
	}
	end := w.nameEnd(j)
	if w.knownModifier(j, end) && w.word[i].trait&makes == 0 && !strings.Contains(w.doc.Title, w.span(j, end)) && !w.ownSentence(i) {
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
	own := w.ownSentence(i) || w.is(i-1, "we") || strings.Contains(w.doc.Title, w.span(j, end))
	w.addLocal(j, end, class, 3, own)
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

// ourName reads "our novel X (AB) mechanism", "our model, X,".
func (w *worker) ourName(i int) {
	s := w.word[i].sentence
	novel := false
	j := i + 1
	for j < len(w.word) && j < i+5 && w.word[j].sentence == s && w.word[j].spaced && !w.isName(j) {
		novel = novel || w.is(j, "novel") || w.is(j, "new") || w.is(j, "proposed")
		if w.word[j].class != lexicon.None && j+1 < len(w.word) && w.text.Is(w.word[j].to, ',') && w.isName(j+1) {
			end := w.nameEnd(j + 1)
			if end < len(w.word) && w.text.Is(w.word[end-1].to, ',') {
				w.addLocal(j+1, end, w.word[j].class, 2, w.word[j+1].strong && !w.knownModifier(j+1, end))
			}
			return
		}
		if w.word[j].trait&(isPreposition|isRelative) != 0 {
			return
		}
		j++
	}
	if j >= len(w.word) || w.word[j].sentence != s || !w.isName(j) || !w.word[j].spaced || w.modifier(j) {
		return
	}
	end := w.nameEnd(j)
	full, abbr := w.expansion(j, end)
	after := end
	if abbr >= 0 {
		after = abbr + 1
	}
	class := lexicon.None
	if after < len(w.word) && w.word[after].sentence == s {
		class = w.word[after].class
	}
	if !novel && abbr < 0 && !w.named(j, end) || !novel && w.knownModifier(j, end) || class == lexicon.None && abbr < 0 {
		return
	}
	if class == lexicon.None {
		class = w.classByHead(j, end)
	}
	if class == lexicon.None {
		class = lexicon.Method
	}
	n := w.addLocal(j, end, class, 2, true)
	if abbr >= 0 && full >= 0 && n >= 0 {
		if a := w.addLocal(abbr, abbr+1, class, 2, true); a >= 0 && a != n {
			w.local[a].alias = n
		}
	}
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
	plural := strings.HasSuffix(w.span(i, i+1), "s")
	definite := j > 0 && (w.is(j-1, "the") || w.is(j-1, "our"))
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

// appositive reads "X, a dataset of" and "X (a benchmark for" for a name that nobody has listed.
func (w *worker) appositive(i int) {
	if !w.isName(i) || i > 0 && w.word[i].spaced && w.isName(i-1) || w.modifier(i) {
		return
	}
	end := w.nameEnd(i)
	if end >= len(w.word) || w.word[end].sentence != w.word[i].sentence {
		return
	}
	if at := w.word[end-1].to; !w.text.Is(at, ',') || w.knownModifier(i, end) || !w.word[i].strong && !w.word[end-1].strong {
		return
	}
	if !w.is(end, "a") && !w.is(end, "an") && !w.is(end, "our") {
		return
	}
	if class := w.headClass(end, w.word[i].sentence); class != lexicon.None && class != lexicon.Hardware {
		w.addLocal(i, end, class, 2, w.is(end, "our"))
	}
}

// definition reads "X is a … model" at the head of a sentence or clause, for a name of the title or a strong one.
func (w *worker) definition(i int) {
	if w.modifier(i) || i > 0 && w.word[i].spaced && w.isName(i-1) {
		return
	}
	if !w.word[i].first && !w.isName(i) || !w.word[i].strong && len(w.localAt[w.span(i, i+1)]) == 0 {
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
		w.addLocal(i, end, class, 2, !known && strings.HasPrefix(w.doc.Title, name+":"))
	}
}

// settleNames gives a class to names that still lack one.
func (w *worker) settleNames() {
	if w.domain < 2 {
		// Other sciences have names of their own, for things of other classes.
		w.local = w.local[:0]
		clear(w.localAt)
		return
	}
	for k := range w.local {
		l := &w.local[k]
		if l.votes < 3 {
			// Weak evidence does not overrule what the lexicon knows.
			if entry, to := w.longest(w.word[l.from].from); entry >= 0 && to == w.word[l.to-1].to && !w.e.lex.Entries[entry].MatchCase && !w.e.lex.Entries[entry].Generic {
				l.class = w.e.lex.Entries[entry].Class
			}
		}
		if l.class != lexicon.None {
			continue
		}
		if l.class = w.classByHead(l.from, l.to); l.class != lexicon.None {
			continue
		}
		if entry, to := w.longest(w.word[l.from].from); entry >= 0 && to == w.word[l.to-1].to {
			l.class = w.e.lex.Entries[entry].Class
			continue
		}
		if strings.Contains(w.text.Raw, l.text+" model") || strings.Contains(w.text.Raw, l.text+" series") {
			l.class = lexicon.Model
			continue
		}
		if l.introduced {
			l.class = lexicon.Method
		}
	}
}
