package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// size is a part of a name such as 7B, 8x7B or A22B.
type size struct {
	from, to int // pieces
	value    text.Decimal
	active   bool // A22B
	product  bool // 8x7B: not the number of parameters
}

// sizesIn finds the sizes in a coarse word.
func (w *worker) sizesIn(c *word, out []size) []size {
	x := &w.text
	for i := c.from; i+1 < c.to; i++ {
		if x.Pieces[i].Kind != text.Number || !x.Tight(i+1) || !w.isSizeLetter(i+1, c.to) {
			continue
		}
		s := size{from: i, to: i + 2}
		if i > c.from && x.Tight(i) {
			switch {
			case x.Pieces[i-1].Kind == text.Hyphen:
			case x.Is(i-1, '_'):
			case x.Pieces[i-1].Kind == text.Word && strings.EqualFold(x.String(i-1), "x") && i-2 >= c.from && x.Pieces[i-2].Kind == text.Number:
				s.from, s.product = i-2, true
			case x.Pieces[i-1].Kind == text.Word && x.String(i-1) == "A":
				s.from, s.active = i-1, true
			case x.Pieces[i-1].Kind == text.Word && x.Is(i+1, 'M'):
				continue // M2M-100
			case x.Pieces[i-1].Kind == text.Word: // LLaMA7B
			default:
				continue
			}
		}
		power := 9
		if x.Is(i+1, 'M') {
			power = 6
		}
		v, ok := text.ParseDecimal(x.String(i))
		if !ok || v.Digits == 0 {
			continue
		}
		s.value = v.Scale(power)
		out = append(out, s)
	}
	return out
}

// nameable reports whether word i can be part of a model's name before its size.
func (w *worker) nameable(i int) bool {
	c := &w.word[i]
	if c.acronym {
		return false
	}
	if c.trait&endsName != 0 && !c.strong {
		if !c.capital {
			return false
		}
		entry, to := w.longest(c.from) // "Code Llama"
		return entry >= 0 && to > c.to && w.e.lex.Entries[entry].Class == lexicon.Model
	}
	if c.strong {
		return c.trait&isSuffix == 0 || c.single
	}
	if c.number {
		return i > 0 && w.word[i-1].capital && c.spaced && (strings.Contains(w.span(i, i+1), ".") ||
			c.to-c.from == 1 && len(w.span(i, i+1)) == 1 && i+1 < len(w.word) && w.word[i+1].size > 0 && w.word[i+1].spaced)
	}
	if !c.capital {
		return false
	}
	if c.trait&isSuffix != 0 && !c.single {
		return false
	}
	if c.class != lexicon.None && c.single || c.trait&(introduces|makes|isNovel|isPreposition|isConjunction|isDomain) != 0 {
		return false
	}
	if w.text.Sentences[c.sentence].Title || c.first {
		// Capitals say little here: the name must be known.
		entry, to := w.longest(c.from)
		return entry >= 0 && to >= c.to && (w.e.lex.Entries[entry].Class == lexicon.Model || w.e.lex.Entries[entry].Class == lexicon.Architecture) || w.localAt[w.span(i, i+1)] != nil
	}
	return true
}

// sizedName links a model's name with a size, from word i on: "Falcon Mamba 7B", "Llama2-13B-Chat", "Finch 7B/14B". It
// returns the number of words taken.
func (w *worker) sizedName(i int) int {
	if !w.nameable(i) && w.word[i].size == 0 {
		return 0
	}
	var buf [4]size
	// The run of name words up to one that holds a size.
	j := i
	for {
		c := &w.word[j]
		if c.size > 0 {
			break
		}
		j++
		if j >= len(w.word) || j-i > 4 || !w.word[j].spaced || !w.nameable(j) && w.word[j].size == 0 {
			return 0
		}
	}
	c := &w.word[j]
	sizes := w.sizesIn(c, buf[:0])
	if len(sizes) == 0 {
		return 0
	}
	if sizes[0].from == c.from && j == i {
		return 0 // a bare size
	}
	if sizes[0].from > c.from && !w.capitalised(c.from, sizes[0].from) && !(i < j && w.text.Pieces[c.from].Kind == text.Number && w.word[j-1].capital) {
		return 0 // "trillion-7B", "sub-1B"
	}
	// "7M" is more often seven million of something: it wants a known name before it.
	first := w.word[i]
	entry, to := w.longest(first.from)
	if w.text.Is(sizes[0].to-1, 'M') && (entry < 0 || w.e.lex.Entries[entry].Class != lexicon.Model) {
		return 0
	}
	// Other fields name compounds and strains so: a name that nobody has listed wants a text on models, and where little tells that, a
	// word for models beside it.
	if entry < 0 && (w.domain < 2 || w.domain < 4 && !w.besideModel(i, j)) {
		return 0
	}
	if sizes[0].from == c.from && !w.sizeIsName(j) {
		return 0
	}
	// An organisation before a name is not part of it.
	if entry >= 0 && w.e.lex.Entries[entry].Class == lexicon.Organization && i < j && to == first.to && w.modelLike(i+1) {
		return 0
	}
	if entry >= 0 && (w.e.lex.Entries[entry].Class == lexicon.Hardware || w.e.lex.Entries[entry].Class == lexicon.Benchmark || w.e.lex.Entries[entry].Class == lexicon.Dataset) && to >= first.to {
		return 0
	}
	// Flavours after the size: "Llama 3.1 8B Instruct".
	end := j + 1
	for end < len(w.word) && w.word[end].spaced && w.word[end].capital && w.word[end].single && w.word[end].trait&isVariant != 0 &&
		w.word[end].class != lexicon.Model && end-j < 3 {
		end++
	}
	if k := end; k < len(w.word) && k == j+1 && w.word[k].sentence == c.sentence && w.word[k].from-w.word[k-1].to == 1 && w.text.Pieces[w.word[k].from-1].Kind == text.Hyphen && w.word[k].single && w.word[k].capital && w.word[k].trait&isVariant != 0 {
		end++ // "Mixtral 8x7B - Instruct"
	}
	base := strings.TrimRight(w.text.Span(w.word[i].from, sizes[0].from), " -_")
	if sizes[0].from > c.from {
		base = strings.TrimRight(w.text.Raw[w.text.Pieces[w.word[i].from].Start:w.text.Pieces[sizes[0].from].Start], " -_")
	}
	tail := ""
	if end > j+1 {
		tail = " " + w.span(j+1, end)
	}
	surface := strings.ReplaceAll(w.span(i, j+1), "- ", "-")
	e := w.sizedByName(base, surface+tail, sizes)
	w.addMention(i, end, e, w.span(i, end))
	n := end - i
	// "7B/14B": the same name with further sizes.
	for {
		if k, ok := w.nextSize(end); ok {
			n += k - end
			end = k
		} else if end >= len(w.word) || w.word[end].size != 1 || !w.text.Is(w.word[end].from-1, '/') || w.word[end-1].to+1 != w.word[end].from || w.word[end].to-w.word[end].from != 2 {
			break
		}
		more := w.sizesIn(&w.word[end], buf[:0])
		if len(more) != 1 {
			break
		}
		sep := " "
		if sizes[0].from > c.from {
			sep = "-"
		}
		label := base + sep + w.span(end, end+1)
		w.addMention(end, end+1, w.sizedByName(base, label, more), label)
		end++
		n++
	}
	return n
}

// nextSize returns the word with the next size of a list that goes on at word i, "Foo 7B, 13B and 33B", if there is one: what the size
// counts must not be tokens.
func (w *worker) nextSize(i int) (int, bool) {
	if i == 0 || i >= len(w.word) || w.word[i].sentence != w.word[i-1].sentence {
		return i, false
	}
	k, gap := i, w.word[i].from-w.word[i-1].to
	comma := gap == 1 && w.text.Is(w.word[i].from-1, ',')
	if w.is(k, "and") && (gap == 0 || comma) {
		k++
	} else if !comma {
		return i, false
	}
	if k >= len(w.word) || w.word[k].size != 1 || w.word[k].to-w.word[k].from != 2 || w.text.Pieces[w.word[k].from].Kind != text.Number || !w.word[k].spaced && k > i ||
		w.is(k+1, "tokens") || w.is(k+1, "parameter") || w.is(k+1, "parameters") || w.text.Is(w.word[k].from, 'M') {
		return i, false
	}
	return k, true
}

// besideModel reports whether a word for models stands close to words i to j.
func (w *worker) besideModel(i, j int) bool {
	for k := max(0, i-4); k < min(len(w.word), j+4); k++ {
		if (k < i || k > j) && (w.word[k].class == lexicon.Model || w.word[k].trait&(introduces|isTopic) != 0) {
			return true
		}
	}
	return len(w.localAt[w.span(i, i+1)]) > 0
}

// sizeIsName reports whether the bare size at word j belongs to the name before it. "We train Transformer 7B models" would be
// an odd thing to say; "a Mamba 7B model" is a name only if something else calls it so.
func (w *worker) sizeIsName(j int) bool {
	prev := w.word[j-1]
	if w.text.Pieces[prev.to-1].Kind == text.Word && prev.single {
		entry, to := w.longest(prev.from)
		if entry >= 0 && to == prev.to && w.e.lex.Entries[entry].Generic {
			return false
		}
	}
	return true
}

// capitalised reports whether a word among the pieces has a capital.
func (w *worker) capitalised(from, to int) bool {
	for i := from; i < to; i++ {
		if p := w.text.Pieces[i]; p.Kind == text.Word && p.Shape != text.Lower && w.e.trait(p.ID)&isAcronym == 0 {
			return true
		}
	}
	return false
}

func (w *worker) modelLike(i int) bool {
	return i < len(w.word) && (w.word[i].strong || w.word[i].capital)
}

// sizedByName returns the entity of a name with sizes and notes its parameters.
func (w *worker) sizedByName(base, label string, sizes []size) int {
	e := w.entityOf(lexicon.Model, label)
	m := &w.entity[e]
	m.sized = true
	for _, s := range sizes {
		switch {
		case s.product:
		case s.active:
			m.active = s.value
		case m.params.Digits == 0:
			m.params = s.value
		case len(sizes) == 2 && !sizes[0].active && !sizes[1].active && sizes[0].value != sizes[1].value:
			// "OLMoE-1B-7B": the smaller is what each token uses.
			a, b := sizes[0].value, sizes[1].value
			if a.Float() > b.Float() {
				a, b = b, a
			}
			m.active, m.params = a, b
		}
	}
	if m.base < 0 {
		w.entity[e].base = w.baseEntity(base)
	}
	return e
}

// baseEntity returns the family of a sized model if the document or the lexicon has it, else -1.
func (w *worker) baseEntity(base string) int {
	if base == "" {
		return -1
	}
	iri := lexicon.Model.Namespace() + Slug(base)
	if i, ok := w.byIRI[iri]; ok {
		return i
	}
	for k := range w.local {
		if l := &w.local[k]; l.class == lexicon.Model && Slug(l.text) == Slug(base) {
			return w.localEntity(k)
		}
	}
	if k, ok := w.e.lex.Lookup(iri); ok {
		return w.known(k)
	}
	if i := strings.IndexAny(base, "0123456789"); i > 1 && isLetterRune(rune(base[i-1])) { // LLaMA3-8B is Llama 3's
		if k, ok := w.e.lex.Lookup(lexicon.Model.Namespace() + Slug(base[:i]+"-"+base[i:])); ok {
			return w.known(k)
		}
	}
	// Foo-Math-7B is a Foo, if the document introduces Foo.
	for i := len(base) - 1; i > 1; i-- {
		if base[i] != '-' && base[i] != ' ' {
			continue
		}
		if w.e.trait(w.e.vocabulary.ID(base[i+1:]))&isVariant == 0 {
			break
		}
		for k := range w.local {
			if l := &w.local[k]; l.class == lexicon.Model && l.introduced && Slug(l.text) == Slug(base[:i]) {
				return w.localEntity(k)
			}
		}
	}
	return -1
}

// sizedEntity returns the entity of a family in a size that the text gives apart from the name: "X models with 3B and 7B".
func (w *worker) sizedEntity(base int, label, sizeText, tail string) int {
	sep := "-"
	if strings.Contains(label, " ") {
		sep = " "
	}
	full := label + sep + strings.ReplaceAll(sizeText, " ", "") + tail
	e := w.entityOf(lexicon.Model, full)
	m := &w.entity[e]
	m.sized = true
	if m.base < 0 && e != base {
		m.base = base
	}
	if v, ok := text.ParseDecimal(strings.TrimRight(sizeText, "BM")); ok && m.params.Digits == 0 {
		power := 9
		if strings.HasSuffix(sizeText, "M") {
			power = 6
		}
		m.params = v.Scale(power)
	}
	return e
}
