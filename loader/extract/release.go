package extract

import (
	"strings"

	"sett/graph/rdf"
	"sett/loader/lexicon"
	"sett/loader/text"
)

// relateLicense reads under which licence something is released.
func (w *worker) relateLicense(s *scope) {
	for k, m := range s.mentions {
		if w.classOf(m) != lexicon.License {
			continue
		}
		if k+1 < len(s.mentions) && w.classOf(s.mentions[k+1]) == lexicon.License && s.mentions[k+1].from-m.to <= 1 && w.word[m.to].spaced {
			continue // "the permissive MIT license" is the MIT license
		}
		if w.is(m.to-1, "permissive") && !w.is(m.to, "license") && !w.is(m.to, "licence") && !w.is(m.to, "licensing") && !w.is(m.to, "terms") {
			continue // "permissive data"
		}
		if hasSuffix(w.span(m.to-1, m.to), "licensed") && m.to < len(w.word) && w.word[m.to].spaced && !w.is(m.to, "under") && !w.is(m.to, "and") {
			continue // "permissively licensed repositories"
		}
		if subject, ok := w.released(s, w.at(m)); ok {
			w.relation(s, subject, "license", m.entity, "license", 0.9)
		}
	}
}

// released returns what a sentence says is released: a model or dataset that it names, else the paper's own model.
func (w *worker) released(s *scope, p int) (int, bool) {
	found := Paper
	for _, m := range s.mentions {
		e := &w.entity[m.entity]
		if w.at(m) >= p || e.Class != lexicon.Model && e.Class != lexicon.Dataset || !w.ownOrUnknown(m.entity) {
			continue
		}
		if k := m.from - 1; found < 0 || k > 0 && (w.word[k].trait&introduces != 0 && w.word[k].single || w.openSources(k)) {
			found = m.entity // "we present X and release Y under L"
		}
	}
	if found >= 0 {
		return found, true
	}
	data := false
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].from < p; i++ {
		data = data || w.is(i, "dataset") || w.is(i, "corpus") || w.is(i, "data") || w.is(i, "datasets")
		if w.word[i].class == lexicon.Model || w.is(i, "weights") {
			data = false
			break
		}
	}
	if w.mainKind == lexicon.Model && !data {
		return w.main, true
	}
	if e, ok := w.subject(s, p); ok && !data {
		return e, true
	}
	for i := range w.entity {
		if e := &w.entity[i]; e.Introduced && e.Class == lexicon.Dataset && e.Mentioned {
			return i, true
		}
	}
	return Paper, false
}

func (w *worker) ownOrUnknown(e int) bool { return w.ownModel(e) || w.entity[e].Introduced }

// relateLinks reads where something is to be had.
func (w *worker) relateLinks(s *scope) {
	for i := s.sentence.From; i < s.sentence.To; i++ {
		if w.text.Pieces[i].Kind != text.URL {
			continue
		}
		url := w.text.String(i)
		if !strings.Contains(url, "://") {
			url = "https://" + url
		}
		if w.glossed(s, i) {
			continue
		}
		subject := w.linked(s, i)
		w.state(s, subject, "availableAt", Paper, rdf.NewIRI(strings.Clone(url)), "link", 0.9)
		if subject >= 0 && w.entity[subject].Class == lexicon.Benchmark {
			// A test is to be had together with the paper's code that runs it.
			w.state(s, Paper, "availableAt", Paper, rdf.NewIRI(strings.Clone(url)), "link", 0.85)
		}
	}
}

// glossed reports whether a link in brackets is but where something of others' lives: "comments on Bluebird (www.bluebird.example)".
func (w *worker) glossed(s *scope, p int) bool {
	i := int(w.wordAt[p]) - 1
	if !w.text.Is(p-1, '(') || i < 0 || w.word[i].to != p-1 || !w.word[i].capital || w.word[i].first || strings.Count(strings.TrimSuffix(w.text.String(p), "/"), "/") > 2 {
		return false
	}
	for _, m := range s.mentions {
		if m.to == i+1 && w.entity[m.entity].Introduced {
			return false
		}
	}
	switch w.wordKey(i) {
	case "github", "code", "page", "website", "demo":
		return false
	}
	return true
}

// linked returns what is to be had at a link: a model or dataset of the paper's that the sentence names or calls weights, else
// the paper's code.
func (w *worker) linked(s *scope, p int) int {
	code, weights, data := false, false, false
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].from < p; i++ {
		switch {
		case w.is(i, "code"), w.is(i, "codes"), w.is(i, "project"), w.is(i, "demo"), w.is(i, "page"), w.is(i, "repository"):
			code = true
		case w.is(i, "model"), w.is(i, "models"), w.is(i, "weights"), w.is(i, "checkpoints"):
			weights = true
		case w.is(i, "dataset"), w.is(i, "datasets"), w.is(i, "data"), w.is(i, "corpus"), w.is(i, "benchmark"), w.is(i, "benchmarks"):
			data = true
		}
	}
	for _, m := range s.mentions {
		if e := &w.entity[m.entity]; w.at(m) < p && e.Introduced && (e.Class == lexicon.Model || isTest(e.Class)) && (!code || weights && e.Class == lexicon.Model) || w.at(m) < p && weights && e.Introduced && e.Class == lexicon.Architecture {
			return m.entity
		}
	}
	if weights && !code && w.mainKind == lexicon.Model {
		return w.main
	}
	if data && !code && !weights {
		for i := range w.entity {
			if e := &w.entity[i]; e.Introduced && e.Mentioned && isTest(e.Class) {
				return i
			}
		}
	}
	return Paper
}

// licenseName notes a license that nobody has listed by the words before "license" at word i: "under the Foo Community License".
func (w *worker) licenseName(i int) {
	j := i
	for j > 0 && i-j < 5 && w.word[j].spaced && (w.word[j-1].capital || w.word[j-1].number || w.word[j-1].strong) && w.word[j-1].trait&(isDeterminer|isPreposition) == 0 {
		j--
	}
	k := j - 1
	for k > 0 && w.word[k].trait&isDeterminer != 0 && w.word[k].spaced {
		k--
	}
	if j == i || !w.is(k, "under") && !w.is(k, "with") || w.knownModifier(j, i) && !w.word[i].capital {
		return
	}
	if entry, to := w.longest(w.word[j].from); entry >= 0 && to >= w.word[i-1].to || entry >= 0 && w.e.lex.Entries[entry].Class == lexicon.License {
		return
	}
	w.addLocal(j, i, lexicon.License, 3, false)
}
