package text

// Unit is what a quantity counts, as far as the words around it say.
type Unit uint8

const (
	NoUnit           Unit = iota
	Parameters            // parameters of a model
	ActiveParameters      // parameters used for each token
	Tokens                // tokens of text
	Dollars               // US dollars
	DeviceHours           // hours of one accelerator
	Percent               // %, points
	Times                 // 2x, 4 ×, 20-fold
	Counted               // some other noun or unit follows
)

// Bound is what a word before a quantity says of it.
type Bound uint8

const (
	Exact Bound = iota
	About       // about, roughly, ~
	UpTo        // up to, at most
	Over        // over, more than, at least
	Under       // under, less than
)

// Role is a quantity's place in a range.
type Role uint8

const (
	Single Role = iota
	Low
	High
)

// Quantity is a number with what belongs to it. "3B, 7B and 15B parameters" is three quantities of one unit and one Group.
type Quantity struct {
	From, To  int // pieces, currency mark and unit included
	Number    int // the piece with the digits or the number word
	NumberEnd int // past the digits and the magnitude
	Value     Decimal
	Magnitude byte // 'K', 'M', 'B', 'T', or 0: a thousand, million, billion, trillion
	Unit      Unit
	Bound     Bound
	Role      Role
	Group     int  // quantities of one list or range have the same, > 0
	Letter    bool // the magnitude is a letter close to the digits, as in 7B
}

var numberWords = map[string]int64{
	"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "fifteen": 15, "sixteen": 16, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}

// magnitudeWord returns the magnitude and its power of ten.
func magnitudeWord(s string) (byte, int) {
	switch s {
	case "K", "k", "thousand":
		return 'K', 3
	case "M", "million", "millions", "mn", "Million":
		return 'M', 6
	case "B", "b", "billion", "billions", "bn", "Billion", "BN":
		return 'B', 9
	case "T", "trillion", "trillions", "Trillion":
		return 'T', 12
	}
	return 0, 0
}

// measure finds the quantities.
func (t *Text) measure() {
	for _, s := range t.Sentences {
		first := len(t.Quantities)
		for i := s.From; i < s.To; {
			q, ok := t.quantityAt(i, s)
			if !ok {
				i++
				continue
			}
			t.Quantities = append(t.Quantities, q)
			i = q.To
		}
		t.share(first)
		t.spreadMoney(first)
	}
}

// quantityAt reads a quantity whose number is piece i.
func (t *Text) quantityAt(i int, s Sentence) (Quantity, bool) {
	q := Quantity{From: i, Number: i}
	p := t.Pieces[i]
	var ok bool
	switch p.Kind {
	case Number:
		if t.partOfName(i, s.From) {
			return q, false
		}
		if q.Value, ok = ParseDecimal(t.String(i)); !ok {
			return q, false
		}
	case Word:
		n, isWord := int64(0), false
		if p.End-p.Start <= 7 {
			t.scratch = appendLower(t.scratch[:0], t.String(i))
			n, isWord = numberWords[string(t.scratch)]
		}
		if !isWord || i+1 >= s.To {
			return q, false
		}
		j := i + 1
		if t.Pieces[j].Kind == Hyphen {
			j++
		}
		if j >= s.To {
			return q, false
		}
		if m, _ := magnitudeWord(t.String(j)); m == 0 || len(t.String(j)) < 3 {
			return q, false
		}
		q.Value = Decimal{Digits: n}.normal()
	default:
		return q, false
	}
	j := i + 1
	// Magnitude: tight letter, or a word after a space or a hyphen.
	if j < s.To {
		k := j
		if t.Pieces[k].Kind == Hyphen && t.Tight(k) && k+1 < s.To {
			k++
		}
		if t.Pieces[k].Kind == Word {
			w := t.String(k)
			m, power := magnitudeWord(w)
			short := len(w) == 1
			switch {
			case m == 0:
			case short && k == j && t.Tight(k) && !(k+1 < s.To && t.Tight(k+1) && t.Pieces[k+1].Kind == Number):
				q.Letter = true
				fallthrough
			case !short, short && w != "b" && w != "k" && t.countsAfter(k+1, s.To):
				q.Magnitude = m
				q.Value = q.Value.Scale(power)
				j = k + 1
			}
		}
	}
	// The magnitude's letter repeated: "7 billion (B) parameters".
	if q.Magnitude != 0 && j+2 < s.To && t.Is(j, '(') && t.Is(j+2, ')') && len(t.String(j+1)) == 1 {
		j += 3
	}
	q.NumberEnd = j
	t.currency(&q, s)
	j = t.unitAt(&q, j, s)
	q.To = j
	t.bound(&q, s)
	return q, true
}

// partOfName reports whether the number at i belongs to a name: letters stand close before it, or a hyphen after letters.
func (t *Text) partOfName(i, from int) bool {
	if i == from || !t.Tight(i) {
		return false
	}
	p := t.Pieces[i-1]
	switch p.Kind {
	case Word:
		return true
	case Hyphen:
		if i-2 < from || !t.Tight(i-1) {
			return false
		}
		return t.Pieces[i-2].Kind == Word || t.Pieces[i-2].Kind == Number && t.partOfName(i-2, from)
	}
	return t.Is(i-1, '_') || t.Is(i-1, '^') || t.Is(i-1, '@')
}

// countsAfter reports whether piece i begins "parameters", "tokens" or the like.
func (t *Text) countsAfter(i, to int) bool {
	if i < to && t.Pieces[i].Kind == Hyphen {
		i++
	}
	if i >= to || t.Pieces[i].Kind != Word {
		return false
	}
	switch t.String(i) {
	case "parameter", "parameters", "params", "token", "tokens", "training", "active", "activated", "LLM", "LLMs", "model", "models":
		return true
	}
	return false
}

// currency takes in a dollar sign before the number.
func (t *Text) currency(q *Quantity, s Sentence) {
	i := q.From
	if i == s.From || !t.Tight(i) && !t.Is(i-1, '$') {
		if i > s.From && t.word(i-1) == "usd" {
			q.Unit, q.From = Dollars, i-1
		}
		return
	}
	switch {
	case t.Is(i-1, '$'):
		// "$7B$" and "$2\times$" are mathematics.
		if q.NumberEnd < len(t.Pieces) && t.Tight(q.NumberEnd) && (t.Is(q.NumberEnd, '$') || t.Is(q.NumberEnd, '\\') || t.Is(q.NumberEnd, '^') || t.Is(q.NumberEnd, '_')) {
			return
		}
		q.Unit, q.From = Dollars, i-1
		if q.From > s.From && t.Is(q.From-1, '\\') {
			q.From--
		} else if q.From > s.From && t.Tight(q.From) && t.word(q.From-1) == "us" {
			q.From--
		}
	case t.Is(i-1, '\\'):
		q.Unit, q.From = Dollars, i-1
	}
}

// word returns a word piece in small letters, or "".
func (t *Text) word(i int) string {
	if i < 0 || i >= len(t.Pieces) || t.Pieces[i].Kind != Word {
		return ""
	}
	s := t.String(i)
	if t.Pieces[i].Shape == Lower {
		return s
	}
	t.scratch = appendLower(t.scratch[:0], s)
	return string(t.scratch)
}

// unitAt reads the unit from piece j on and returns where it ends.
func (t *Text) unitAt(q *Quantity, j int, s Sentence) int {
	if q.Unit == Dollars || j >= s.To {
		return j
	}
	if t.Is(j, '%') || t.Is(j, '\\') && t.Is(j+1, '%') {
		q.Unit = Percent
		if t.Is(j, '\\') {
			return j + 2
		}
		return j + 1
	}
	if t.Is(j, '\\') && t.word(j+1) == "times" {
		q.Unit = Times
		return j + 2
	}
	k := j
	if t.Pieces[k].Kind == Hyphen && k+1 < s.To {
		k++
	}
	switch t.Pieces[k].Kind {
	case Punct:
		if t.String(k) == "×" {
			q.Unit = Times
			return k + 1
		}
		return j
	case Word:
	case Number:
		if end := t.hoursAt(k, s); end > 0 {
			q.Unit = DeviceHours
			return end
		}
		return j
	default:
		return j
	}
	if t.isYear(q) && t.word(k) == "us" {
		return j // "in 2023 US dollars"
	}
	w := t.word(k)
	next := ""
	after := k + 1
	if after < s.To && t.Pieces[after].Kind == Hyphen {
		after++
	}
	if after < s.To {
		next = t.word(after)
	}
	switch w {
	case "parameter", "parameters", "params", "param":
		q.Unit = Parameters
		return k + 1
	case "total", "trainable", "model", "learnable", "overall", "non":
		if isParameters(next) {
			q.Unit = Parameters
			return after + 1
		}
		if w == "model" && q.Letter {
			return j
		}
	case "active", "activated", "activation", "activate":
		q.Unit = ActiveParameters
		if isParameters(next) {
			return after + 1
		}
		return k + 1
	case "token", "tokens", "tokenized":
		q.Unit = Tokens
		return k + 1
	case "dollars", "usd", "dollar":
		q.Unit = Dollars
		return k + 1
	case "us":
		if next == "dollars" || next == "dollar" {
			q.Unit = Dollars
			return after + 1
		}
	case "x", "fold", "times":
		q.Unit = Times
		return k + 1
	case "percent", "percentage", "pp", "points", "point", "pt", "pts":
		q.Unit = Percent
		return k + 1
	case "b", "k", "m", "t":
		return j
	}
	if end := t.hoursAt(k, s); end > 0 {
		q.Unit = DeviceHours
		return end
	}
	if end := t.tokensAt(k, s); end > 0 && q.Magnitude != 0 {
		q.Unit = Tokens
		return end
	}
	return j
}

// tokensAt returns where the tokens end that a number counts with adjectives between: "14.8 trillion diverse and high-quality tokens"; 0 if
// none are there.
func (t *Text) tokensAt(k int, s Sentence) int {
	for n := 0; n < 9 && k < s.To; n, k = n+1, k+1 {
		switch t.Pieces[k].Kind {
		case Hyphen:
			continue
		case Word:
		default:
			return 0
		}
		switch t.word(k) {
		case "tokens", "token":
			return k + 1
		case "of", "in", "on", "for", "from", "to", "with", "by", "that", "which", "parameters", "parameter", "model", "models", "over", "using", "is", "are", "than", "at":
			return 0
		}
	}
	return 0
}

func isParameters(w string) bool {
	return w == "parameters" || w == "parameter" || w == "params"
}

// hoursAt reads "GPU hours", "H100 GPU hours", "A100-hours" and the like from piece k on; 0 if they are not there.
func (t *Text) hoursAt(k int, s Sentence) int {
	device := false
	for j, n := k, 0; j < s.To && n < 8; j, n = j+1, n+1 {
		p := t.Pieces[j]
		switch p.Kind {
		case Number:
			device = device || t.Tight(j)
		case Hyphen:
		case Word:
			switch w := t.word(j); w {
			case "hours", "hour":
				if device {
					return j + 1
				}
				return 0
			case "gpu", "gpus", "tpu", "tpus", "npu", "accelerator", "chip", "device":
				device = true
			default:
				if p.Shape == Lower && !(device && w == "training") {
					return 0
				}
			}
		default:
			return 0
		}
	}
	return 0
}

// bound reads the words before the quantity.
func (t *Text) bound(q *Quantity, s Sentence) {
	i := q.From - 1
	for i >= s.From && (t.Is(i, '(') || t.Is(i, '$') || t.Is(i, '\\')) {
		i--
	}
	if i < s.From {
		return
	}
	prev := ""
	if i-1 >= s.From {
		prev = t.word(i - 1)
	}
	switch t.word(i) {
	case "to":
		if prev == "up" {
			q.Bound = UpTo
			q.From = min(q.From, i-1)
		}
	case "as":
		if prev == "many" {
			q.Bound = UpTo
		}
	case "most":
		if prev == "at" {
			q.Bound = UpTo
		}
	case "least":
		if prev == "at" {
			q.Bound = Over
		}
	case "over", "exceeding", "beyond":
		q.Bound = Over
	case "than":
		switch prev {
		case "more", "greater", "larger":
			q.Bound = Over
		case "less", "fewer", "smaller":
			q.Bound = Under
		}
	case "under", "below":
		q.Bound = Under
	case "about", "around", "approximately", "roughly", "nearly", "sim", "almost", "approx":
		q.Bound = About
	default:
		if t.Is(i, '~') || t.String(i) == "≈" || t.String(i) == "∼" {
			q.Bound = About
		}
	}
}

// share gives the quantities of a list or range, from index first on, the unit and magnitude of the last of them.
func (t *Text) share(first int) {
	qs := t.Quantities
	for b := first; b < len(qs); {
		e := b + 1
		for e < len(qs) && t.joined(&qs[e-1], &qs[e]) {
			e++
		}
		if e-b > 1 {
			last := &qs[e-1]
			for i := b; i < e; i++ {
				q := &qs[i]
				q.Group = qs[b].From + 1
				if q.Magnitude == 0 && last.Magnitude != 0 && q.Unit == NoUnit {
					_, power := magnitudeWord(string(last.Magnitude))
					q.Magnitude, q.Value = last.Magnitude, q.Value.Scale(power)
				}
				if q.Unit == NoUnit {
					q.Unit = last.Unit
				} else if last.Unit == NoUnit && i == e-2 {
					last.Unit = q.Unit
				}
			}
			if e-b == 2 && t.ranged(&qs[b], &qs[b+1]) {
				qs[b].Role, qs[b+1].Role = Low, High
			}
		}
		b = e
	}
}

// joined reports whether only list or range words stand between two quantities.
func (t *Text) joined(a, b *Quantity) bool {
	if t.isYear(a) || t.isYear(b) {
		return false
	}
	from := a.To
	if b.From <= from || b.From-from > 3 {
		return false
	}
	if a.Unit != NoUnit && b.Unit != NoUnit && a.Unit != b.Unit {
		return false
	}
	if a.Unit != NoUnit && b.Unit == NoUnit && b.Magnitude == 0 {
		return false
	}
	for i := from; i < b.From; i++ {
		switch t.word(i) {
		case "and", "or", "to":
			continue
		}
		if t.Is(i, ',') || t.Is(i, '/') || t.Pieces[i].Kind == Hyphen {
			continue
		}
		return false
	}
	return true
}

// isYear reports whether a quantity is rather a year: four digits from 1900 on, nothing else.
func (t *Text) isYear(q *Quantity) bool {
	if q.Magnitude != 0 || q.Unit != NoUnit && q.Unit != Dollars {
		return false
	}
	s := t.String(q.Number)
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20")
}

// ranged reports whether two joined quantities are the ends of a range.
func (t *Text) ranged(a, b *Quantity) bool {
	i := a.To
	if t.Pieces[i].Kind == Hyphen {
		return i+1 == b.From // "1B- and 3B-parameter" is a list
	}
	switch t.word(i) {
	case "to":
		return true
	case "and":
		return a.From > 0 && t.word(a.From-1) == "between"
	}
	return false
}

// spreadMoney settles amounts that leave the currency or the magnitude to their neighbours: "X ($2 million) and Y (1.1 million)",
// "from 2 million in 2019 to $3 million".
func (t *Text) spreadMoney(first int) {
	money := 0
	for _, q := range t.Quantities[first:] {
		if q.Unit == Dollars && q.Magnitude != 0 {
			money++
		}
	}
	if money == 0 {
		return
	}
	var before *Quantity
	for i := first; i < len(t.Quantities); i++ {
		q := &t.Quantities[i]
		bracketed := t.Is(q.From-1, '(')
		switch {
		case q.Unit == NoUnit && q.Magnitude != 0 && !q.Letter && t.amountEnds(q.To):
			q.Unit = Dollars
		case q.Unit == Dollars && q.Magnitude == 0 && before != nil && bracketed && t.Is(q.To, ')') && t.Is(before.From-1, '('):
			_, power := magnitudeWord(string(before.Magnitude))
			q.Magnitude, q.Value = before.Magnitude, q.Value.Scale(power)
		}
		if q.Unit == Dollars && q.Magnitude != 0 {
			before = q
		}
	}
}

// amountEnds reports whether an amount may end before piece i: no noun that it could count stands there.
func (t *Text) amountEnds(i int) bool {
	if i >= len(t.Pieces) || t.Pieces[i].Kind == Punct {
		return true
	}
	switch t.word(i) {
	case "in", "to", "and", "between", "on", "for", "per", "by", "from", "annually", "during", "or":
		return true
	}
	return false
}
