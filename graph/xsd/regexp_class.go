package xsd

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// runeSet is a set of code points: sorted ranges, both ends included, apart from each other.
type runeSet []([2]rune)

// normalize sorts ranges and joins those that touch.
func (s runeSet) normalize() runeSet {
	slices.SortFunc(s, func(a, b [2]rune) int { return int(a[0]) - int(b[0]) })
	out := s[:0]
	for _, r := range s {
		if n := len(out); n > 0 && r[0] <= out[n-1][1]+1 {
			out[n-1][1] = max(out[n-1][1], r[1])
			continue
		}
		out = append(out, r)
	}
	return out
}

// complement returns all other code points of Unicode.
func (s runeSet) complement() runeSet {
	out := runeSet{}
	next := rune(0)
	for _, r := range s.normalize() {
		if r[0] > next {
			out = append(out, [2]rune{next, r[0] - 1})
		}
		next = r[1] + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, [2]rune{next, unicode.MaxRune})
	}
	return out
}

// minus returns what is in s and not in t.
func (s runeSet) minus(t runeSet) runeSet {
	return slices.Concat(s.complement(), t).normalize().complement()
}

// write writes a class in the dialect of regexp or (net) of regexp2.
func (s runeSet) write(b *strings.Builder, net bool) {
	if len(s) == 0 {
		if net {
			b.WriteString(`(?!)`)
		} else {
			b.WriteString(`[^\x{0}-\x{10FFFF}]`)
		}
		return
	}
	b.WriteByte('[')
	one := func(r rune) {
		switch {
		case !net:
			fmt.Fprintf(b, `\x{%X}`, r)
		case r <= 0xFFFF:
			fmt.Fprintf(b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	for _, r := range s {
		one(r[0])
		if r[1] > r[0] {
			b.WriteByte('-')
			one(r[1])
		}
	}
	b.WriteByte(']')
}

// fromTables returns the union of Unicode range tables.
func fromTables(tables ...*unicode.RangeTable) runeSet {
	var s runeSet
	add := func(lo, hi, stride rune) {
		if stride == 1 {
			s = append(s, [2]rune{lo, hi})
			return
		}
		for r := lo; r <= hi; r += stride {
			s = append(s, [2]rune{r, r})
		}
	}
	for _, t := range tables {
		for _, r := range t.R16 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	return s.normalize()
}

// class reads [...] with ranges, escapes, negation and subtraction (XML Schema 1.1 Part 2 §G.4.2).
func (p *regexpParser) class(depth int) (runeSet, error) {
	if depth > 32 {
		return nil, p.fail("classes are nested too deeply")
	}
	p.at++
	negated := p.at < len(p.pattern) && p.pattern[p.at] == '^'
	if negated {
		p.at++
	}
	var set runeSet
	for first := true; ; first = false {
		if p.at >= len(p.pattern) {
			return nil, p.fail("a class is not closed")
		}
		if p.pattern[p.at] == ']' {
			if first {
				return nil, p.fail("a class is empty")
			}
			p.at++
			break
		}
		if strings.HasPrefix(p.pattern[p.at:], "-[") && !first {
			p.at++
			less, err := p.class(depth + 1)
			if err != nil {
				return nil, err
			}
			if p.at >= len(p.pattern) || p.pattern[p.at] != ']' {
				return nil, p.fail("a subtraction must end its class")
			}
			p.at++
			if negated {
				set = set.complement()
			}
			return set.minus(less), nil
		}
		sub, lo, err := p.classItem()
		if err != nil {
			return nil, err
		}
		if sub != nil {
			set = append(set, sub...)
			continue
		}
		hi := lo
		rest := p.pattern[p.at:]
		if len(rest) > 1 && rest[0] == '-' && rest[1] != ']' && rest[1] != '[' {
			p.at++
			if sub, hi, err = p.classItem(); err != nil {
				return nil, err
			}
			if sub != nil || hi < lo {
				return nil, p.fail("a range must end in a character not before its first")
			}
		}
		set = append(set, [2]rune{lo, hi})
	}
	if set = set.normalize(); negated {
		return set.complement(), nil
	}
	return set, nil
}

// classItem reads a character or an escape in a class.
func (p *regexpParser) classItem() (runeSet, rune, error) {
	r, size := utf8.DecodeRuneInString(p.pattern[p.at:])
	switch r {
	case '\\':
		return p.classEscape()
	case '[':
		return nil, 0, p.fail(`[ in a class must be written as \[`)
	}
	p.at += size
	return nil, r, nil
}

// classEscape reads an escape that stands for a character or for a set of them.
func (p *regexpParser) classEscape() (runeSet, rune, error) {
	p.at++
	if p.at >= len(p.pattern) {
		return nil, 0, p.fail(`the pattern ends with \`)
	}
	c := p.pattern[p.at]
	var set runeSet
	switch c {
	case 'n', 'r', 't':
		p.at++
		return nil, map[byte]rune{'n': '\n', 'r': '\r', 't': '\t'}[c], nil
	case '\\', '|', '.', '-', '^', '?', '*', '+', '{', '}', '(', ')', '[', ']', '$':
		p.at++
		return nil, rune(c), nil
	case 'p', 'P':
		return p.property(c == 'P')
	case 'd', 'D':
		set = fromTables(unicode.Nd)
	case 's', 'S':
		set = runeSet{{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}}
	case 'w', 'W':
		set = fromTables(unicode.L, unicode.M, unicode.N, unicode.S)
	case 'i', 'I':
		set = slices.Clone(nameStart)
	case 'c', 'C':
		set = slices.Concat(nameStart, nameMore).normalize()
	default:
		return nil, 0, p.fail(`\%c is not an escape of XPath's regular expressions`, c)
	}
	p.at++
	if c < 'a' {
		set = set.complement()
	}
	return set, 0, nil
}

// nameStart and nameMore are the characters of XML names (XML 1.0 §2.3, fifth edition).
var (
	nameStart = runeSet{{':', ':'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF},
		{0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
		{0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}}
	nameMore = runeSet{{'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}
)

// property reads \p{L}, \P{Nd}, \p{IsGreek}.
func (p *regexpParser) property(negated bool) (runeSet, rune, error) {
	p.at++
	rest := p.pattern[p.at:]
	end := strings.IndexByte(rest, '}')
	if len(rest) < 3 || rest[0] != '{' || end < 2 {
		return nil, 0, p.fail(`\p needs a property in braces`)
	}
	name := rest[1:end]
	var set runeSet
	if block, ok := strings.CutPrefix(name, "Is"); ok {
		r, ok := unicodeBlocks[block]
		if !ok {
			return nil, 0, p.fail("the Unicode block %s is not supported", block)
		}
		set = runeSet{r}
	} else if t, ok := unicode.Categories[name]; ok && len(name) <= 2 && name != "LC" {
		set = fromTables(t)
	} else {
		return nil, 0, p.fail("there is no Unicode category %s", name)
	}
	p.at += end + 1
	if negated {
		set = set.complement()
	}
	return set, 0, nil
}

// unicodeBlocks are blocks by name without spaces, the frequent ones of Unicode's Blocks.txt.
var unicodeBlocks = map[string][2]rune{
	"BasicLatin": {0, 0x7F}, "Latin-1Supplement": {0x80, 0xFF}, "LatinExtended-A": {0x100, 0x17F},
	"LatinExtended-B": {0x180, 0x24F}, "IPAExtensions": {0x250, 0x2AF}, "SpacingModifierLetters": {0x2B0, 0x2FF},
	"CombiningDiacriticalMarks": {0x300, 0x36F}, "Greek": {0x370, 0x3FF}, "GreekandCoptic": {0x370, 0x3FF},
	"Cyrillic": {0x400, 0x4FF}, "CyrillicSupplement": {0x500, 0x52F}, "Armenian": {0x530, 0x58F},
	"Hebrew": {0x590, 0x5FF}, "Arabic": {0x600, 0x6FF}, "Syriac": {0x700, 0x74F}, "Devanagari": {0x900, 0x97F},
	"Bengali": {0x980, 0x9FF}, "Tamil": {0xB80, 0xBFF}, "Thai": {0xE00, 0xE7F}, "Tibetan": {0xF00, 0xFFF},
	"Georgian": {0x10A0, 0x10FF}, "HangulJamo": {0x1100, 0x11FF}, "Ethiopic": {0x1200, 0x137F},
	"LatinExtendedAdditional": {0x1E00, 0x1EFF}, "GreekExtended": {0x1F00, 0x1FFF},
	"GeneralPunctuation": {0x2000, 0x206F}, "SuperscriptsandSubscripts": {0x2070, 0x209F},
	"CurrencySymbols": {0x20A0, 0x20CF}, "LetterlikeSymbols": {0x2100, 0x214F}, "NumberForms": {0x2150, 0x218F},
	"Arrows": {0x2190, 0x21FF}, "MathematicalOperators": {0x2200, 0x22FF}, "MiscellaneousTechnical": {0x2300, 0x23FF},
	"BoxDrawing": {0x2500, 0x257F}, "GeometricShapes": {0x25A0, 0x25FF}, "MiscellaneousSymbols": {0x2600, 0x26FF},
	"Dingbats": {0x2700, 0x27BF}, "BraillePatterns": {0x2800, 0x28FF}, "CJKSymbolsandPunctuation": {0x3000, 0x303F},
	"Hiragana": {0x3040, 0x309F}, "Katakana": {0x30A0, 0x30FF}, "Bopomofo": {0x3100, 0x312F},
	"CJKUnifiedIdeographsExtensionA": {0x3400, 0x4DBF}, "CJKUnifiedIdeographs": {0x4E00, 0x9FFF},
	"HangulSyllables": {0xAC00, 0xD7AF}, "PrivateUse": {0xE000, 0xF8FF}, "PrivateUseArea": {0xE000, 0xF8FF},
	"ArabicPresentationForms-A": {0xFB50, 0xFDFF}, "HalfwidthandFullwidthForms": {0xFF00, 0xFFEF},
	"Specials": {0xFFF0, 0xFFFF}, "Emoticons": {0x1F600, 0x1F64F},
}
