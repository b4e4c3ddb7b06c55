package extract

import (
	"slices"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// members links what stands for one model of the paper's family: "the 7B model" where the text lists its sizes, and "Nano (8B), Super
// (49B)", flavours with their sizes behind them.
func (w *worker) members() {
	if w.mainKind != lexicon.Model || w.entity[w.main].sized {
		return
	}
	n := len(w.mention)
	w.sizeMembers()
	w.flavourMembers()
	if len(w.mention) > n {
		slices.SortStableFunc(w.mention, func(a, b mention) int { return a.from - b.from })
	}
}

// sizeMembers links "the 7B model" and "our 7B variant", if 7B is one of the sizes in which the paper's model comes.
func (w *worker) sizeMembers() {
	for i := 1; i+1 < len(w.word); i++ {
		c := &w.word[i]
		if c.size != 1 || w.text.Pieces[c.from].Kind != text.Number || w.text.Sentences[c.sentence].Title || !c.spaced || w.covered(i) {
			continue
		}
		listed := w.inSizes(i)
		if !w.is(i-1, "the") && !w.is(i-1, "our") && !listed {
			continue
		}
		k := i + 1
		if w.is(k, "parameter") {
			k++
		}
		for k < len(w.word) && w.word[k].spaced && w.word[k].trait&(isVariant|isNovel) != 0 && w.word[k].single && w.word[k].class == lexicon.None {
			k++
		}
		if k >= len(w.word) || !w.word[k].spaced || !w.is(k, "model") && !w.is(k, "variant") && !w.is(k, "version") && !w.is(k, "one") {
			continue
		}
		size := w.text.Span(c.from, c.from+2)
		if (listed || w.ofFamily(size)) && w.entity[w.main].start < int(w.text.Pieces[c.from].Start) {
			e := w.sizedEntity(w.main, w.entity[w.main].Label, size, "")
			w.addMention(i, i+1, e, w.entity[e].Label)
		}
	}
}

// inSizes reports whether the size at word i is one of those that the sentence announces for the paper's model: "X comes in two sizes: a
// mid-size 32B model and a small 1.2B model".
func (w *worker) inSizes(i int) bool {
	k := i - 1
	for n := 0; n < 3 && k >= 0 && w.word[k+1].spaced && !w.is(k, "a") && !w.is(k, "an"); n++ {
		k--
	}
	if k < 0 || !w.is(k, "a") && !w.is(k, "an") {
		return false
	}
	sizes := false
	for j := k - 1; j >= 0 && w.word[j].sentence == w.word[i].sentence; j-- {
		switch w.wordKey(j) {
		case "sizes", "variants", "versions", "configurations":
			sizes = true
		case "than", "existing", "outperforms", "outperforming":
			return false
		}
	}
	if !sizes {
		return false
	}
	for _, m := range w.mention {
		if m.entity == w.main && w.word[m.from].sentence == w.word[i].sentence && m.from < i {
			return true
		}
	}
	return false
}

// ofFamily reports whether the text has a size in a list of sizes, or as that of a named member of the paper's family.
func (w *worker) ofFamily(size string) bool {
	for i := range w.text.Quantities {
		if q := &w.text.Quantities[i]; q.Group > 0 && q.Role == text.Single && sizeText(q) == size && (q.Unit == text.Parameters || q.Unit == text.NoUnit) {
			return true
		}
	}
	for i := range w.entity {
		if e := &w.entity[i]; e.base == w.main && e.Mentioned && hasSuffix(e.Label, size) {
			return true
		}
	}
	return false
}

// flavourMembers links the flavours of the paper's family that a list gives with their sizes: "Nano (8B), Super (49B), and Ultra (253B)".
func (w *worker) flavourMembers() {
	for i := 0; i+3 < len(w.word); i++ {
		if !w.flavour(i) || !w.flavour(w.flavourNext(i)) || w.entity[w.main].start > int(w.text.Pieces[w.word[i].from].Start) {
			continue
		}
		for i+1 < len(w.word) && w.flavour(i) {
			family, flavour, size := w.entity[w.main].Label, w.span(i, i+1), w.span(i+1, i+2)
			sized := w.sizedEntity(w.main, family+"-"+flavour, size, "")
			e := w.entityOf(lexicon.Model, family+"-"+flavour)
			w.entity[e].sized, w.entity[e].base, w.entity[e].params = true, w.main, w.entity[sized].params
			w.addMention(i, i+2, e, w.entity[sized].Label)
			i = w.flavourNext(i)
		}
	}
}

// flavourNext returns the word after a flavour, its size and "and".
func (w *worker) flavourNext(i int) int {
	if w.is(i+2, "and") {
		return i + 3
	}
	return i + 2
}

// flavour reports whether word i is an ordinary word with a capital that no name has, and a size in brackets follows.
func (w *worker) flavour(i int) bool {
	if i+1 >= len(w.word) || !w.word[i].single || !w.word[i].capital || w.word[i].strong || w.word[i].acronym {
		return false
	}
	for _, m := range w.mention {
		if m.from <= i && i < m.to {
			return false
		}
	}
	_, _, ok := w.bracketSize(i + 1)
	return ok
}
