package extract

import (
	"strings"
	"unicode"

	"sett/loader/lexicon"
	"sett/loader/text"
)

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
	if upper >= 3 && c.acronym && c.single && c.trait&isAcronym == 0 {
		return true // "(FCNs)": a plural that is no common one
	}
	if upper >= 4 && c.acronym && !c.single {
		return true // MT-DNN
	}
	return upper >= 2 && !c.acronym || c.strong || w.titleBegins(i)
}

// longName reads "Long Name (LN)" of which a word stands at j or after it, in sentence s: the words of the long name from up to, not
// including, to, and the word with the abbreviation. ok is false if brackets with an abbreviation do not follow, or the words before
// them are not a name: its first word must have a capital.
func (w *worker) longName(j, s int) (from, to, abbr int, ok bool) {
	for k := j + 1; k < len(w.word) && k < j+12 && w.word[k].sentence == s; k++ {
		if w.word[k].spaced || w.word[k].from == w.word[k-1].to {
			continue
		}
		if !w.text.Is(w.word[k].from-1, '(') || w.word[k].from-1 != w.word[k-1].to || !w.isAbbreviation(k) {
			return 0, 0, 0, false
		}
		from = w.initials(k, max(j-3, 0))
		if from >= 0 && from < j && !w.word[from].capital && !w.word[from].strong {
			from = w.initials(k, j)
		}
		if from < 0 {
			from = w.sameInitial(j, k)
		}
		if from < 0 {
			from = w.spelt(j, k)
		}
		if from < 0 || w.word[from].sentence != s {
			return 0, 0, 0, false
		}
		if first := &w.word[from]; !first.capital && !first.strong || first.single && first.trait&(isPreposition|isConjunction|isDeterminer|isOwner) != 0 {
			return 0, 0, 0, false
		}
		for from > j && w.word[from].spaced && w.word[from-1].capital && w.word[from-1].trait&(isPreposition|isConjunction|isDeterminer|isOwner|isAdverb) == 0 {
			from-- // "Layerwise Recurrent Router for Mixture-of-Experts (RMoE)"
		}
		to = k
		for to-1 > from && w.word[to-1].single && !w.word[to-1].capital && w.word[to-1].class != lexicon.None {
			to-- // "Length-Based Reward shaping method (LBR)"
		}
		return from, to, k, true
	}
	return 0, 0, 0, false
}

// sameInitial returns the first word with a capital from j on before the abbreviation at word k, if it begins with the abbreviation's
// first letter and the abbreviation is no plain run of capitals: "Evolutionary Search (EvoSearch)"; else -1.
func (w *worker) sameInitial(j, k int) int {
	for i := j; i < k; i++ {
		if !w.word[i].capital {
			continue
		}
		if w.word[k].capital && (!w.plainCapitals(k) || strings.Count(w.body(), w.span(k, k+1)) > 1) && !w.governed(i, k) && w.text.Raw[w.text.Pieces[w.word[i].from].Start] == w.text.Raw[w.text.Pieces[w.word[k].from].Start] {
			return i
		}
		break
	}
	return -1
}

// spelt returns the first word with a capital from j on before the abbreviation at word k, if the abbreviation's letters are initials of
// that word and of some that follow it, in order, and all but small words of the language have capitals: "Grounded Search for Every Day
// (GSD)"; else -1.
func (w *worker) spelt(j, k int) int {
	if !w.word[j].capital || w.word[j].single && w.word[j].trait&(isDeterminer|isOwner) != 0 {
		return -1
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, w.span(k, k+1))
	at, passed := 0, 0
	for i := j; i < k; i++ {
		c := &w.word[i]
		if !c.capital && c.trait&(isPreposition|isConjunction|isDeterminer) == 0 {
			return -1
		}
		hit := false
		for p := c.from; p < c.to && at < len(letters); p++ {
			if w.text.Pieces[p].Kind != text.Word {
				continue
			}
			for _, c := range []byte(w.text.String(p)) { // the word's first letter, and as many more as it begins with
				if at >= len(letters) || c|0x20 != letters[at] {
					break
				}
				at++
				hit = true
			}
		}
		if i == j && !hit {
			return -1
		}
		if !hit && c.capital {
			passed++
		}
	}
	if at < len(letters) || len(letters) < 2 || passed > 2 {
		return -1
	}
	return j
}

// governed reports whether a preposition or a relative stands among the words from i up to j.
func (w *worker) governed(i, j int) bool {
	for k := i; k < j; k++ {
		if w.word[k].trait&(isPreposition|isRelative) != 0 && w.word[k].single && !w.is(k, "of") {
			return true
		}
	}
	return false
}

// addLong notes a long name and its abbreviation as one name. It returns the long one.
func (w *worker) addLong(from, to, abbr int, class lexicon.Class, votes int, introduced bool) int {
	if introduced && w.word[abbr].acronym && w.is(to-1, "models") {
		introduced = false // "Foo Language Models (FLMs)": a kind of models
	}
	n := w.addLocal(from, to, class, votes, introduced)
	a := w.addLocal(abbr, abbr+1, class, votes, introduced)
	if n < 0 {
		return a
	}
	if a >= 0 && a != n && w.local[n].alias != a {
		w.local[a].alias = n
	}
	return n
}

// longClass returns the class that a long name's own last word or the noun behind its abbreviation tells, else Method.
func (w *worker) longClass(to, abbr int) lexicon.Class {
	if abbr+1 < len(w.word) && w.word[abbr+1].class != lexicon.None && w.word[abbr+1].from <= w.word[abbr].to+1 {
		return w.word[abbr+1].class
	}
	if c := w.word[to-1].class; c != lexicon.None && c != lexicon.Hardware {
		return c
	}
	return lexicon.Method
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
	if abbr[len(abbr)-1] == 's' && at >= 2 {
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
			if len(piece) > 1 && w.text.Pieces[p].Shape == text.Upper && strings.HasSuffix(string(letters[:at+1]), strings.ToLower(piece)) {
				at -= len(piece) // RAG in CRAG
				hit = true
				continue
			}
			i := strings.LastIndexByte(string(letters[:at+1]), piece[0]|0x20)
			if i >= 0 && c.single && !c.capital && c.trait&(isPreposition|isConjunction|isDeterminer) != 0 && j > least &&
				w.text.Raw[w.text.Pieces[w.word[j-1].from].Start]|0x20 == piece[0]|0x20 {
				continue
			}
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
		} else if best < 0 && j == k-1 && c.class != lexicon.None {
			continue // "Foo Bar Benchmark (FB)"
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
	if from < 0 || i-from < 2 && w.word[from].single {
		return
	}
	long := false // the lexicon has an expansion to compare with
	for _, f := range w.e.lex.FormsOf(entry) {
		long = long || strings.Contains(f, " ")
		if strings.HasPrefix(Slug(f)+"-", Slug(w.span(from, i))+"-") {
			return // "visual storytelling (VIST)" is the Visual Storytelling dataset
		}
	}
	if found, end := w.longest(w.word[from].from); found == entry && end == w.word[i-1].to {
		return
	}
	if long || w.e.lex.Entries[entry].Class == lexicon.Model {
		w.redefined[w.span(i, i+1)] = true
	}
}
