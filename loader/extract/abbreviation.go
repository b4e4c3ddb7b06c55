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
