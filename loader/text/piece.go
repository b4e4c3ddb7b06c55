package text

import (
	"unicode"
	"unicode/utf8"
)

// Kind tells pieces apart.
type Kind uint8

const (
	Word   Kind = iota // letters
	Number             // digits, with the commas and points inside: 7, 7.4, 1,024, 0.1.2
	Punct              // one character of any other kind
	Hyphen             // one dash or hyphen of any length
	URL                // http://…, github.com/…
	Break              // the line feed between title and text
)

// Shape describes the capitals of a word.
type Shape uint8

const (
	Lower   Shape = iota // all small, or no letter case
	Capital              // first letter only
	Upper                // all capitals, two letters or more, or one
	Mixed                // a capital inside: SwiGLU, OpenAI
)

// Piece is one unit of a text. Offsets are bytes.
type Piece struct {
	Start, End int32
	ID         WordID // of the small-letter form, 0 if the vocabulary does not have it
	Kind       Kind
	Shape      Shape
	Spaced     bool // white space stands before it
}

// Text is a document cut up. Reset it for each document; its slices are reused.
type Text struct {
	Raw        string
	Pieces     []Piece
	Sentences  []Sentence
	Quantities []Quantity

	scratch []byte
	ascii   bool
	// lastByte and lastRune are a place already converted; most questions come in ascending order.
	lastByte, lastRune int
}

// Reset cuts raw into pieces, sentences and quantities.
func (t *Text) Reset(raw string, v *Vocabulary) {
	t.Raw = raw
	t.Pieces, t.Sentences, t.Quantities = t.Pieces[:0], t.Sentences[:0], t.Quantities[:0]
	t.lastByte, t.lastRune = 0, 0
	t.ascii = true
	t.cut(v)
	t.split()
	t.measure()
}

// String returns the text of piece i.
func (t *Text) String(i int) string { return t.Raw[t.Pieces[i].Start:t.Pieces[i].End] }

// Span returns the text from piece i up to, not including, piece j.
func (t *Text) Span(i, j int) string {
	if i >= j {
		return ""
	}
	return t.Raw[t.Pieces[i].Start:t.Pieces[j-1].End]
}

// Is reports whether piece i is the single character c.
func (t *Text) Is(i int, c byte) bool {
	if i < 0 || i >= len(t.Pieces) {
		return false
	}
	p := t.Pieces[i]
	return p.End == p.Start+1 && t.Raw[p.Start] == c
}

// Tight reports whether no white space stands before piece i.
func (t *Text) Tight(i int) bool { return i > 0 && i < len(t.Pieces) && !t.Pieces[i].Spaced }

// RuneOffset returns the code points before byte offset b.
func (t *Text) RuneOffset(b int) int {
	if t.ascii {
		return b
	}
	if b < t.lastByte {
		t.lastByte, t.lastRune = 0, 0
	}
	t.lastRune += utf8.RuneCountInString(t.Raw[t.lastByte:b])
	t.lastByte = b
	return t.lastRune
}

func (t *Text) cut(v *Vocabulary) {
	s := t.Raw
	spaced := false
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\n':
			t.Pieces = append(t.Pieces, Piece{Start: int32(i), End: int32(i + 1), Kind: Break, Spaced: spaced})
			i++
			spaced = true
		case c <= ' ':
			i++
			spaced = true
		case isDigit(c):
			j := numberEnd(s, i)
			t.add(v, i, j, Number, Lower, spaced)
			i, spaced = j, false
		case isLetter(c):
			if j := urlEnd(s, i); j > i {
				t.add(v, i, j, URL, Lower, spaced)
				i, spaced = j, false
				continue
			}
			j, shape := t.wordEnd(s, i)
			if j+2 < len(s) && s[j] == ':' && s[j+1] == '/' {
				j, shape = t.wordEnd(s[:beforeScheme(s, i, j)], i)
			}
			t.add(v, i, j, Word, shape, spaced)
			i, spaced = j, false
		case c < utf8.RuneSelf:
			if n := markupAt(s, i); n > 0 {
				i += n
				continue
			}
			if c == '~' && i > 0 && (isLetter(s[i-1]) || isDigit(s[i-1]) || s[i-1] == ')') && i+1 < len(s) && s[i+1] > ' ' {
				i++ // TeX's space
				spaced = true
				continue
			}
			k := Punct
			if c == '-' {
				k = Hyphen
			}
			j := i + 1
			for k == Hyphen && j < len(s) && s[j] == '-' {
				j++
			}
			t.add(v, i, j, k, Lower, spaced)
			i, spaced = j, false
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			t.ascii = false
			switch {
			case unicode.IsSpace(r) || r == 0x200b || r == 0xfeff || r == 0xad:
				i += n
				spaced = true
			case unicode.IsLetter(r):
				j, shape := t.wordEnd(s, i)
				t.add(v, i, j, Word, shape, spaced)
				i, spaced = j, false
			case r >= 0x2010 && r <= 0x2015 || r == 0x2212:
				t.add(v, i, i+n, Hyphen, Lower, spaced)
				i, spaced = i+n, false
			default:
				t.add(v, i, i+n, Punct, Lower, spaced)
				i, spaced = i+n, false
			}
		}
	}
}

func (t *Text) add(v *Vocabulary, i, j int, k Kind, shape Shape, spaced bool) {
	var id WordID
	switch {
	case k == URL || k == Hyphen:
	case k == Word && shape != Lower:
		t.scratch = appendLower(t.scratch[:0], t.Raw[i:j])
		id = v.lookup(t.scratch)
	default:
		id = v.ids[t.Raw[i:j]]
	}
	t.Pieces = append(t.Pieces, Piece{Start: int32(i), End: int32(j), ID: id, Kind: k, Shape: shape, Spaced: spaced})
}

// wordEnd returns the end of the run of letters at i, and its shape.
func (t *Text) wordEnd(s string, i int) (int, Shape) {
	upper, letters, first := 0, 0, false
	j := i
	for j < len(s) {
		c := s[j]
		if c < utf8.RuneSelf {
			if !isLetter(c) {
				break
			}
			if c <= 'Z' {
				upper++
				first = first || j == i
			}
			letters++
			j++
			continue
		}
		t.ascii = false
		r, n := utf8.DecodeRuneInString(s[j:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		if unicode.IsUpper(r) {
			upper++
			first = first || j == i
		}
		letters++
		j += n
	}
	switch {
	case upper == 0:
		return j, Lower
	case upper == letters:
		return j, Upper
	case upper == 1 && first:
		return j, Capital
	}
	return j, Mixed
}

// numberEnd returns the end of the number at i. A comma belongs to it before exactly three digits, a point before a digit.
func numberEnd(s string, i int) int {
	j := i
	for j < len(s) && isDigit(s[j]) {
		j++
	}
	for j+1 < len(s) {
		switch {
		case s[j] == '.' && isDigit(s[j+1]):
			j++
			for j < len(s) && isDigit(s[j]) {
				j++
			}
		case s[j] == ',' && j+3 < len(s) && isDigit(s[j+1]) && isDigit(s[j+2]) && isDigit(s[j+3]) &&
			(j+4 >= len(s) || !isDigit(s[j+4])):
			j += 4
		default:
			return j
		}
	}
	return j
}

// hosts are the web hosts that texts name without a scheme.
var hosts = [...]string{"github.com/", "huggingface.co/", "www.", "hf.co/", "arxiv.org/", "gitlab.com/", "doi.org/", "zenodo.org/"}

// urlEnd returns the end of the URL at i, or i.
func urlEnd(s string, i int) int {
	rest := s[i:]
	n := 0
	switch {
	case hasPrefix(rest, "https://"), hasPrefix(rest, "http://"):
		n = len("http://")
	default:
		switch s[i] {
		case 'g', 'h', 'w', 'a', 'd', 'z':
		default:
			return i
		}
		for _, h := range hosts {
			if hasPrefix(rest, h) {
				n = len(h)
			}
		}
		if n == 0 || i > 0 && (isLetter(s[i-1]) || isDigit(s[i-1]) || s[i-1] == '.' || s[i-1] == '/') {
			return i
		}
	}
	j := i + n
	depth := 0
scan:
	for j < len(s) {
		switch c := s[j]; {
		case c <= ' ', c == '"', c == '<', c == '>', c == '{', c == '}', c == '\\', c == '^', c == '`', c == '|':
			break scan
		case c == '(':
			depth++
		case c == ')':
			if depth == 0 {
				break scan
			}
			depth--
		case c >= utf8.RuneSelf:
			if r, _ := utf8.DecodeRuneInString(s[j:]); unicode.IsSpace(r) || r == utf8.RuneError {
				break scan
			}
		}
		j++
	}
	for j > i+n {
		switch s[j-1] {
		case '.', ',', ';', ':', '!', '?', '\'', ']', '*':
			j--
			continue
		}
		break
	}
	if j == i+n {
		return i
	}
	return j
}

// beforeScheme returns where the word from i to j ends if the scheme of an address is stuck to it: "researchhttps://".
func beforeScheme(s string, i, j int) int {
	for _, scheme := range [...]string{"https", "http"} {
		if n := j - len(scheme); n > i && s[n:j] == scheme {
			return n
		}
	}
	return j
}

func hasPrefix(s, p string) bool { return len(s) >= len(p) && s[:len(p)] == p }
func isDigit(c byte) bool        { return '0' <= c && c <= '9' }
func isLetter(c byte) bool       { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func appendLower(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			for _, r := range s[i:] {
				b = utf8.AppendRune(b, unicode.ToLower(r))
			}
			return b
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}
