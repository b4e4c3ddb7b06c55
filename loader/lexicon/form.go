package lexicon

import (
	"strings"
	"unicode"

	"sett/loader/text"
)

// CaseRule says which capitals a text must have where a form is met.
type CaseRule uint8

const (
	// AnyCase forms are spelt in small letters (mixture of experts), or are so peculiar that none are mistaken for a common word
	// (GSM8K).
	AnyCase CaseRule = iota
	// Capitals asks for a capital wherever the form begins a word with one: Natural Questions, The Stack.
	Capitals
	// SameCase asks for the very same letters, or for capitals inside a word: Falcon, GLUE, Phi, LLaMA for Llama.
	SameCase
	// Peculiar forms have a capital inside (SwiGLU): any case but all small if they are short (RoPE is not rope).
	Peculiar
)

func newForm(entry int32, form string) Form {
	f := Form{Entry: entry, Text: form}
	words, letters := 0, 0
	upper, mixed, digits, lower := 0, 0, 0, 0
	var run []rune
	flush := func() {
		if len(run) == 0 {
			return
		}
		words++
		caps := 0
		for _, r := range run {
			if unicode.IsUpper(r) {
				caps++
			}
		}
		switch {
		case caps == 0:
			lower++
		case caps == len(run):
			upper++
		case caps > 1 || !unicode.IsUpper(run[0]):
			mixed++
		}
		run = run[:0]
	}
	spaced := false
	for _, r := range form {
		switch {
		case unicode.IsLetter(r):
			letters++
			run = append(run, r)
		default:
			flush()
			if unicode.IsDigit(r) {
				digits++
			}
			if r == ' ' {
				spaced = true
			}
		}
	}
	flush()
	switch {
	case lower == words && words > 0 && (letters > 3 || digits > 0 && letters > 1):
		f.Case = AnyCase
	case words == 1 && mixed == 0 && digits == 0:
		f.Case = SameCase
	case digits > 0 && letters >= 3 && !spaced:
		f.Case = AnyCase
	case mixed > 0:
		f.Case = Peculiar
	case words == 1 && letters < 3:
		f.Case = SameCase
	default:
		f.Case = Capitals
	}
	f.Joint = !spaced && digits > 0 && letters <= 2
	return f
}

// Accepts reports whether the pieces from up to, not including, to of x may stand for the form: capitals and spaces agree,
// and the match neither begins nor ends inside a longer word.
func (f *Form) Accepts(x *text.Text, from, to int) bool {
	if from > 0 && x.Tight(from) {
		switch x.Pieces[from-1].Kind {
		case text.Word, text.Number:
			return false
		}
	}
	if to < len(x.Pieces) && x.Tight(to) {
		switch x.Pieces[to].Kind {
		case text.Word, text.Number:
			return false
		case text.Punct:
			// HumanEval+ is not HumanEval.
			if x.Is(to, '+') && f.Text[len(f.Text)-1] != '+' {
				return false
			}
		case text.Hyphen:
			if f.Whole && x.Tight(to+1) && !agrees(x.String(to+1)) {
				return false
			}
		}
	}
	if f.Joint {
		for i := from + 1; i < to; i++ {
			if x.Pieces[i].Spaced {
				return false
			}
		}
	}
	if rest, ok := strings.CutSuffix(f.Text, " License"); ok && f.Case != AnyCase {
		if named, small := strings.CutSuffix(x.Span(from, to), " license"); small {
			return named == rest // "under the MIT license"
		}
	}
	switch f.Case {
	case AnyCase:
		return true
	case SameCase:
		span := x.Span(from, to)
		if rest, ok := strings.CutPrefix(f.Text, "The "); ok && strings.HasPrefix(span, "the ") {
			return span[len("the "):] == rest // "on the Pile"
		}
		// A hyphen may be a space: MS-COCO. LLaMA is no ordinary word either.
		return span == f.Text || len(span) == len(f.Text) && to > from+1 && strings.ReplaceAll(span, "-", " ") == strings.ReplaceAll(f.Text, "-", " ") || x.Pieces[from].Shape == text.Mixed && strings.EqualFold(span, f.Text)
	case Peculiar:
		small, letters := allSmall(x, from, to)
		if letters >= 6 {
			return true
		}
		// MoBA is neither moba nor MobA.
		return !small && !(to == from+1 && x.Pieces[from].Shape == text.Mixed && x.Span(from, to) != f.Text)
	}
	// Capitals: word by word.
	i := from
	var run rune
	fresh := true
	for _, r := range f.Text {
		if !unicode.IsLetter(r) {
			fresh = true
			continue
		}
		if !fresh {
			continue
		}
		fresh, run = false, r
		for i < to && x.Pieces[i].Kind != text.Word {
			i++
		}
		if i >= to {
			return true
		}
		if unicode.IsUpper(run) && x.Pieces[i].Shape == text.Lower && len(x.String(i)) > 1 {
			// "the Stack" stands for The Stack; titles write Mask-predict.
			hyphened := i > from && x.Pieces[i-1].Kind == text.Hyphen && x.Tight(i)
			if !(i == from && x.String(i) == "the") && !hyphened {
				return false
			}
		}
		i++
	}
	return true
}

// joinHyphens takes the hyphens out of a name with capitals that stand between letters: U-Net, TAT-QA, We-Math. Names in
// small letters, and those with spaces, are words and stay as they are.
func joinHyphens(form string) string {
	if strings.ToLower(form) == form || strings.Contains(form, " ") {
		return form
	}
	r := []rune(form)
	var b strings.Builder
	for i, c := range r {
		if c == '-' && i > 0 && i+1 < len(r) && unicode.IsLetter(r[i-1]) && unicode.IsLetter(r[i+1]) {
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// agrees reports whether a word after the hyphen leaves the name before it a name: Google-developed, IBM-scale, but not
// Google-proof or Meta-analysis.
func agrees(word string) bool {
	switch word {
	case "AI", "based", "scale", "internal":
		return true
	}
	return strings.HasSuffix(word, "ed")
}

// camel reports whether every word of a form is letters that begin with a capital and go on in small letters.
func camel(form string) bool {
	start := true
	for _, r := range form {
		switch {
		case r == ' ':
			start = true
			continue
		case start && !unicode.IsUpper(r), !start && !unicode.IsLower(r):
			return false
		}
		start = false
	}
	return true
}

func allSmall(x *text.Text, from, to int) (bool, int) {
	letters := 0
	for i := from; i < to; i++ {
		p := x.Pieces[i]
		if p.Kind == text.Number {
			return false, 99
		}
		if p.Kind == text.Word {
			letters += int(p.End - p.Start)
			if p.Shape != text.Lower {
				return false, letters
			}
		}
	}
	return true, letters
}
