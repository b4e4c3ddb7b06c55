package text

// Sentence is a run of pieces, From up to, not including, To. The title, if there is one, is the first, or the first few.
type Sentence struct {
	From, To int
	Title    bool
}

// abbreviations end with a point that ends no sentence, if a word follows.
var abbreviations = map[string]bool{
	"e.g": true, "i.e": true, "vs": true, "cf": true, "al": true, "fig": true, "figs": true, "eq": true, "eqs": true,
	"sec": true, "dr": true, "prof": true, "mr": true, "mrs": true, "ms": true, "st": true, "no": true, "approx": true,
	"resp": true, "w.r.t": true, "ref": true, "refs": true, "vol": true, "ch": true, "u.s": true, "ca": true, "ver": true,
	"g": true, "s.t": true, "inc": true, "corp": true, "ltd": true, "jr": true, "viz": true, "tab": true, "app": true,
}

// split finds the sentences. A point, question or exclamation mark ends one before white space and something that can
// begin one; so does the line feed after the title.
func (t *Text) split() {
	title := false
	for i := range t.Pieces {
		if t.Pieces[i].Kind == Break {
			title = true
			break
		}
	}
	from := 0
	end := func(to int) {
		if to > from {
			t.Sentences = append(t.Sentences, Sentence{From: from, To: to, Title: title})
		}
		from = to
	}
	for i := 0; i < len(t.Pieces); i++ {
		p := t.Pieces[i]
		if p.Kind == Break {
			end(i)
			from = i + 1
			title = false
			continue
		}
		if p.Kind != Punct || !t.Is(i, '.') && !t.Is(i, '?') && !t.Is(i, '!') {
			continue
		}
		to := i + 1
		for to < len(t.Pieces) && !t.Pieces[to].Spaced && t.closes(to) {
			to++
		}
		if to < len(t.Pieces) && (!t.Pieces[to].Spaced || !t.opens(to)) {
			continue
		}
		if t.Is(i, '.') && to < len(t.Pieces) && t.abbreviated(i) {
			continue
		}
		end(to)
		i = to - 1
	}
	end(len(t.Pieces))
}

// closes reports whether piece i can follow the point inside a sentence: a bracket or a quotation mark.
func (t *Text) closes(i int) bool {
	return t.Is(i, ')') || t.Is(i, ']') || t.Is(i, '"') || t.Is(i, '\'') || t.Is(i, '}') || t.String(i) == "”" || t.String(i) == "’"
}

// opens reports whether piece i can begin a sentence.
func (t *Text) opens(i int) bool {
	p := t.Pieces[i]
	switch p.Kind {
	case Word:
		return p.Shape != Lower || t.Tight(i+1) && i+1 < len(t.Pieces) && t.Pieces[i+1].Kind == Number
	case Number, URL, Hyphen, Break:
		return true
	}
	return !t.Is(i, ',') && !t.Is(i, ';') && !t.Is(i, ')')
}

// abbreviated reports whether the point at piece i belongs to an abbreviation or an initial.
func (t *Text) abbreviated(i int) bool {
	if i == 0 || !t.Tight(i) || t.Pieces[i-1].Kind != Word {
		return false
	}
	from := i - 1
	for from >= 2 && t.Tight(from) && t.Is(from-1, '.') && t.Tight(from-1) && t.Pieces[from-2].Kind == Word {
		from -= 2
	}
	w := t.Pieces[i-1]
	if from == i-1 && w.Shape == Upper && w.End-w.Start == 1 && !(from > 0 && t.Tight(from)) {
		return true // an initial: "J. Doe"
	}
	t.scratch = appendLower(t.scratch[:0], t.Raw[t.Pieces[from].Start:w.End])
	return abbreviations[string(t.scratch)]
}
