package extract

import (
	"strings"

	"sett/loader/lexicon"
)

// settleNames gives a class to names that still lack one.
func (w *worker) settleNames() {
	if w.domain < 2 {
		// Other sciences have names of their own, for things of other classes.
		w.local = w.local[:0]
		clear(w.localAt)
		return
	}
	for k := range w.local {
		l := &w.local[k]
		if n := w.lastPart(l); n >= 0 && l.alias < 0 && w.local[n].alias < 0 {
			l.alias = n
		}
		if n := w.respelt(l); n >= 0 && l.alias < 0 && w.local[n].alias < 0 {
			l.alias = n
		}
		if n := w.singular(l); n >= 0 && n != k && l.alias < 0 && w.local[n].alias != k {
			l.alias = n
			w.local[n].introduced = w.local[n].introduced || l.introduced
			if w.local[n].class == lexicon.None {
				w.local[n].class, w.local[n].votes = l.class, l.votes
			}
		}
		// Weak evidence does not overrule what the lexicon knows, and none makes a method of a model, or the like: words for them are
		// loose ("a programming model", "a method named …").
		if entry, to := w.longest(w.word[l.from].from); entry >= 0 && to == w.word[l.to-1].to {
			if e := &w.e.lex.Entries[entry]; !e.MatchCase && !e.Generic && (l.votes < 3 || isWork(l.class) && isWork(e.Class)) {
				l.class = e.Class
			}
		}
		if (l.class == lexicon.Method || l.class == lexicon.Architecture) && w.modelName(l) {
			l.class = lexicon.Model
		}
		if l.class == lexicon.Method && l.to == l.from+1 && len(l.text) > len("former")+2 && strings.EqualFold(l.text[len(l.text)-len("former"):], "former") {
			l.class = lexicon.Architecture
		}
		if l.class != lexicon.None {
			continue
		}
		if l.class = w.classByHead(l.from, l.to); l.class != lexicon.None {
			continue
		}
		if w.sisterOfModel(l) {
			l.class = lexicon.Model
			continue
		}
		if entry, to := w.longest(w.word[l.from].from); entry >= 0 && to == w.word[l.to-1].to {
			l.class = w.e.lex.Entries[entry].Class
			continue
		}
		if strings.Contains(w.text.Raw, l.text+" model") || strings.Contains(w.text.Raw, l.text+" series") {
			l.class = lexicon.Model
			continue
		}
		if l.introduced {
			l.class = lexicon.Method
		}
	}
}

// isWork reports whether a class is one of those that texts do not keep apart.
func isWork(c lexicon.Class) bool {
	return c == lexicon.Model || c == lexicon.Method || c == lexicon.Architecture
}

// lastPart returns the introduced model whose last part a name is, or -1: M1 is Foo-M1.
func (w *worker) lastPart(l *localName) int {
	if l.introduced || l.to != l.from+1 || len(l.text) < 2 {
		return -1
	}
	for k := range w.local {
		if o := &w.local[k]; o.introduced && o.class == lexicon.Model && len(o.text) > len(l.text)+1 && strings.HasSuffix(o.text, l.text) && (o.text[len(o.text)-len(l.text)-1] == '-' || o.text[len(o.text)-len(l.text)-1] == ' ') {
			return k
		}
	}
	return -1
}

// respelt returns the local name of the text that is a name of the title with other capitals, or -1: Meta-asking and meta-asking are one.
func (w *worker) respelt(l *localName) int {
	if !w.text.Sentences[w.word[l.from].sentence].Title {
		return -1
	}
	for k := range w.local {
		if o := &w.local[k]; o != l && len(o.text) == len(l.text) && strings.EqualFold(o.text, l.text) && !w.text.Sentences[w.word[o.from].sentence].Title {
			return k
		}
	}
	return -1
}

// singular returns the local name of which a name is the plural, or -1: Foo-Adapters and Foo-Adapter are one.
func (w *worker) singular(l *localName) int {
	if l.to != l.from+1 || !hasSuffix(l.text, "s") || len(l.text) < 5 {
		return -1
	}
	for _, k := range w.localAt[l.text[:len(l.text)-1]] {
		if w.local[k].to == w.local[k].from+1 {
			return k
		}
	}
	return -1
}

// sisterOfModel reports whether a name is that of a model but for its last word, and both are words for members of a family: Foo Small,
// where Foo Medium is a model.
func (w *worker) sisterOfModel(l *localName) bool {
	if l.to-l.from < 2 || w.word[l.to-1].trait&isVariant == 0 {
		return false
	}
	for _, k := range w.localAt[w.span(l.from, l.from+1)] {
		if o := &w.local[k]; o.class == lexicon.Model && o.to-o.from == l.to-l.from && w.word[o.to-1].trait&isVariant != 0 && w.span(o.from, o.to-1) == w.span(l.from, l.to-1) {
			return true
		}
	}
	return false
}

// modelName reports whether a name that its text calls a method or an approach is that of a model, by the lexicon or by its ending:
// "FooBERT, a pre-training method".
func (w *worker) modelName(l *localName) bool {
	if l.to-l.from == 2 && w.word[l.to-1].number {
		entry, to := w.longest(w.word[l.from].from) // "Foo 2.5", of a known family
		return entry >= 0 && to == w.word[l.from].to && w.e.lex.Entries[entry].Class == lexicon.Model && !w.e.lex.Entries[entry].MatchCase
	}
	if l.to-l.from > 1 {
		return false
	}
	if entry, to := w.longest(w.word[l.from].from); entry >= 0 && to == w.word[l.to-1].to {
		e := &w.e.lex.Entries[entry]
		return e.Class == lexicon.Model && (!e.MatchCase || l.class == lexicon.Architecture)
	}
	if l.class != lexicon.Method {
		return false
	}
	last := strings.ToLower(l.text)
	for _, ending := range [...]string{"bert", "berta", "elmo", "bart", "electra", "mamba", "blip"} {
		if strings.HasSuffix(last, ending) {
			return true
		}
	}
	return false
}
