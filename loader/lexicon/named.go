package lexicon

import (
	"strings"
	"unicode"
)

// Named returns the entry of a class that a name is a spelling of, whatever its case and its hyphens; false if there is none. It is for
// names that stand where only a name can stand, such as front matter: text asks more of a spelling (see [Form.Accepts]).
func (l *Lexicon) Named(class Class, name string) (*Entry, bool) {
	l.named.Do(func() {
		l.byName = make(map[className]int32, 2*len(l.Entries))
		for i := range l.Entries { // labels before other names
			l.name(int32(i), l.Entries[i].Label)
		}
		for i := range l.Entries {
			for _, form := range l.spellings[int32(i)] {
				l.name(int32(i), form)
			}
		}
	})
	i, ok := l.byName[className{class, fold(name)}]
	if !ok {
		return nil, false
	}
	return &l.Entries[i], true
}

// className is a folded name within a class.
type className struct {
	class Class
	name  string
}

func (l *Lexicon) name(entry int32, name string) {
	key := className{l.Entries[entry].Class, fold(name)}
	if _, taken := l.byName[key]; !taken && key.name != "" {
		l.byName[key] = entry
	}
}

// fold keeps letters, digits and points of a name, in lower case.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || r == '.' || r == '+' || r == '#' {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// Sized returns the name of a model as text spells it, from one that a repository has: without the maker in front of a family that the
// lexicon has, and with the family's own label in front of a size (Meta-Llama-3-8B: Llama 3 8B). Any other name stays what it is.
func (l *Lexicon) Sized(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
	if len(words) > 2 {
		if _, maker := l.Named(Organization, words[0]); maker {
			if _, _, known := l.family(words[1:]); known {
				name = name[len(words[0])+1:]
				words = words[1:]
			}
		}
	}
	if family, n, known := l.family(words); known && n == len(words)-1 && isSize(words[n]) {
		return family.Label + " " + strings.ToUpper(words[n])
	}
	return name
}

// family returns the model that most of the first words name, and how many these are.
func (l *Lexicon) family(words []string) (*Entry, int, bool) {
	for n := len(words); n > 0; n-- {
		if e, ok := l.Named(Model, strings.Join(words[:n], " ")); ok {
			return e, n, true
		}
	}
	return nil, 0, false
}

// isSize reports whether a word is a number of millions or billions: 7B, 1.5B, 125m.
func isSize(word string) bool {
	digits := strings.TrimRight(word, "bBmM")
	return len(word)-len(digits) == 1 && strings.Trim(digits, "0123456789.") == "" && digits != "" && digits[0] != '.'
}
