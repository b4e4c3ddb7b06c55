package extract

import (
	"slices"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// extendLists links names that nobody has listed by their company: in "A, B and C" of which two are models the third is one too.
func (w *worker) extendLists() {
	if w.domain < 2 || len(w.mention) == 0 {
		return
	}
	w.inList = w.inList[:0]
	n := len(w.mention)
	for i := range w.mention[:n] {
		m := w.mention[i]
		class := w.entity[m.entity].Class
		if m.modifier || class != lexicon.Model && class != lexicon.Benchmark && class != lexicon.Dataset {
			continue
		}
		next := len(w.word)
		if i+1 < n {
			next = w.mention[i+1].from
		}
		for from := m.to; ; {
			k := w.listStep(from)
			if k < 0 || k >= next || k == from && isTest(class) && w.openingOn(m.from) {
				break // "On FooQA, BarNet reaches"
			}
			end := w.listName(k, next, class)
			if end < 0 {
				break
			}
			w.inList = append(w.inList, mention{from: k, to: end, entity: int(class)})
			from = end
		}
		last := 0
		if i > 0 {
			last = w.mention[i-1].to
		}
		for to := m.from; ; {
			k := w.listBefore(to, last, class)
			if k < 0 {
				break
			}
			w.inList = append(w.inList, mention{from: k, to: w.nameEnd(k), entity: int(class)})
			to = k
		}
	}
	for k, l := range w.inList {
		if slices.ContainsFunc(w.inList[:k], func(o mention) bool { return o.from < l.to && l.from < o.to }) {
			continue
		}
		e := w.entityOf(lexicon.Class(l.entity), w.span(l.from, l.to))
		w.addMention(l.from, l.to, e, w.span(l.from, l.to))
	}
	slices.SortStableFunc(w.mention, func(a, b mention) int { return a.from - b.from })
}

// listStep returns the word that follows word from-1 in a list: after a comma, after "and" or "or", or after both; -1 if none does.
func (w *worker) listStep(from int) int {
	if from >= len(w.word) || from == 0 || w.word[from].sentence != w.word[from-1].sentence {
		return -1
	}
	gap := w.word[from].from - w.word[from-1].to
	if w.word[from].number && gap == 1 && w.text.Is(w.word[from].from-1, '(') && from+1 < len(w.word) && w.text.Is(w.word[from].to, ')') && w.word[from+1].sentence == w.word[from].sentence {
		from++ // "A (63.2), B (63.9)"
		gap = w.word[from].from - w.word[from-1].to - 1
	}
	switch {
	case gap == 1 && w.text.Is(w.word[from].from-1, ','):
	case gap == 0 && w.word[from].spaced:
	default:
		return -1
	}
	if w.is(from, "and") || w.is(from, "or") {
		if from+1 < len(w.word) && w.word[from+1].spaced {
			return from + 1
		}
		return -1
	}
	if gap == 1 {
		return from
	}
	return -1
}

// listName returns where the unlisted name at word k ends, or -1 if none begins there or what follows makes it another thing.
func (w *worker) listName(k, next int, class lexicon.Class) int {
	c := &w.word[k]
	if !c.strong && !(class == lexicon.Model && w.plainModel(k)) || !w.isName(k) || w.modifier(k) || w.knownModifier(k, k+1) || c.size > 0 && class != lexicon.Model {
		return -1
	}
	end := w.nameEnd(k)
	if end > next {
		return -1
	}
	if end < len(w.word) && w.word[end].spaced {
		n := &w.word[end]
		if n.class != lexicon.None && n.class != class && !(isTest(n.class) && isTest(class)) || n.single && n.trait&(isDeterminer|isPronoun|isOwner) != 0 {
			return -1
		}
	}
	if p := w.word[end-1].to; p < len(w.text.Pieces) && (w.text.Pieces[p].Kind == text.Hyphen || w.text.Is(p, '\'')) {
		return -1
	}
	return end
}

// plainModel reports whether an ordinary word with a capital stands alone in a list, a score in brackets or a comma behind it: "A (63.2),
// Mulberry (63.9), and B".
func (w *worker) plainModel(k int) bool {
	c := &w.word[k]
	if !c.single || !c.capital || c.first || c.trait != 0 || c.class != lexicon.None || c.to-c.from != 1 || len(w.span(k, k+1)) < 4 {
		return false
	}
	return w.text.Is(c.to, '(') && k+1 < len(w.word) && w.word[k+1].number || w.text.Is(c.to, ',') && w.text.Is(c.from-1, ',') && k+1 < len(w.word) && (w.word[k+1].strong || w.is(k+1, "and"))
}

func isTest(c lexicon.Class) bool { return c == lexicon.Benchmark || c == lexicon.Dataset }

// listBefore returns the word at which an unlisted name begins that stands right before word to in a list, or -1. The list must be
// told by what leads to it, lest "On X, BERT …" make a model of X.
func (w *worker) listBefore(to, last int, class lexicon.Class) int {
	i := to - 1
	if i < last || !w.word[to].spaced && !w.text.Is(w.word[to].from-1, ',') || w.word[to].from-w.word[i].to > 1 {
		return -1
	}
	if w.is(i, "and") || w.is(i, "or") {
		i--
	} else if !w.text.Is(w.word[to].from-1, ',') {
		return -1
	}
	k := i
	for k-1 >= last && w.word[k].spaced && w.word[k-1].strong && w.isName(k-1) && !w.knownModifier(k-1, k) {
		k--
	}
	if k < last || i < last || w.word[k].sentence != w.word[to].sentence || w.listName(k, to, class) != i+1 {
		return -1
	}
	if k > 0 && w.text.Is(w.word[k].from-1, '(') {
		return k
	}
	switch w.wordKey(max(k-1, 0)) {
	case "as", "like", "including", "than", "over", "outperforms", "outperforming", "surpassing", "surpasses", "e.g", "namely", "to", "exceeding", "rivals", "matches":
		return k
	case "on", "across":
		if isTest(class) && w.is(i+1, "and") {
			return k
		}
	}
	return -1
}
