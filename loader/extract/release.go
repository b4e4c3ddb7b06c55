package extract

import (
	"slices"
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
		iri := rdf.NewIRI(strings.Clone(url))
		for _, subject := range w.linked(s, i) {
			w.state(s, subject, "availableAt", Paper, iri, "link", 0.9)
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

// linked returns what is to be had at the link at piece p: what the paper introduces and the sentence names; else what its words mean,
// the paper's model for weights, its data for data, the paper itself for code. "Code, models and data" are all three.
func (w *worker) linked(s *scope, p int) []int {
	code, weights, data, all := false, false, false, false
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].from < p; i++ {
		switch w.wordKey(i) {
		case "code", "codes", "project", "demo", "page", "repository":
			code = true
		case "model", "models", "weights", "checkpoints":
			weights = true
		case "datasets", "benchmarks":
			data, all = true, true
		case "dataset", "data", "corpus", "benchmark":
			data = true
		}
	}
	for _, m := range s.mentions {
		e := &w.entity[m.entity]
		if w.at(m) >= p || !e.Introduced {
			continue
		}
		switch {
		case isTest(e.Class) && !code && e.Class == lexicon.Benchmark:
			return []int{m.entity, Paper} // a test is to be had together with the code that runs it
		case isTest(e.Class) && !code, e.Class == lexicon.Model && (!code || weights):
			return []int{m.entity}
		case e.Class == lexicon.Architecture && weights:
			return []int{m.entity}
		}
	}
	var out []int
	if code || !weights && !data {
		out = append(out, Paper)
	}
	if weights && w.mainKind == lexicon.Model && s.released(w, p) {
		out = append(out, w.main)
	}
	if data && s.released(w, p) {
		out = w.ownData(out, all)
	}
	if len(out) == 0 {
		out = append(out, Paper)
	}
	return out
}

// released reports whether a sentence says before piece p that something is to be had, rather than what is done with it.
func (s *scope) released(w *worker, p int) bool {
	for i := int(w.wordAt[s.sentence.From]); i < len(w.word) && w.word[i].from < p; i++ {
		switch w.wordKey(i) {
		case "available", "release", "released", "releasing", "found", "accessed", "access", "publish", "published", "open-source", "open-sourced", "download", "downloaded", "source", "public", "accessible", "hosted", "share", "shared", "provided", "at":
			return true
		}
	}
	return false
}

// ownData appends the datasets and benchmarks that the paper introduces: all of them, or the first.
func (w *worker) ownData(out []int, all bool) []int {
	for i := range w.entity {
		e := &w.entity[i]
		if !e.Introduced || !e.Mentioned || !isTest(e.Class) {
			continue
		}
		out = append(out, i)
		if e.Class == lexicon.Benchmark && !slices.Contains(out, Paper) {
			out = append(out, Paper)
		}
		if !all {
			break
		}
	}
	return out
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
