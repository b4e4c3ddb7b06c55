package extract

import (
	"strings"

	"sett/loader/lexicon"
	"sett/loader/text"
)

// testNames notes names that nobody has listed and that stand where tests do: behind "on" and "across" in what tells of results, "results on
// the FooQA and BAR datasets", and in what a noun for tests lists, "benchmarks such as FooQA and BAR".
func (w *worker) testNames() {
	if w.domain < 2 {
		return
	}
	for i := range w.word {
		c := &w.word[i]
		if !c.single || c.capital && !c.first || w.text.Sentences[c.sentence].Title {
			continue
		}
		if w.testNoun(i) && !c.first {
			w.abbreviatedTest(i)
		}
		switch {
		case w.is(i, "on") || w.is(i, "across"):
			if !w.basis(i) {
				w.testsOn(i)
			}
		case w.is(i, "in") && w.figureBefore(i):
			w.testsOn(i) // "by 9% in FooQA"
		case w.severalTests(i):
			if k := w.membersAt(i); k >= 0 {
				broad := !w.is(i, "tasks")
				w.noteTests(w.testList(k, c.sentence), func(at int) bool { return broad || w.word[at].strong })
			}
		}
	}
}

// abbreviatedTest notes the long name of a test with its abbreviation before the noun for tests at word i: "the Multi-genre Inference
// (MNLI) dataset".
func (w *worker) abbreviatedTest(i int) {
	k := i - 1
	if w.word[i].from == w.word[k].to+1 && w.text.Is(w.word[k].to, ')') && w.text.Is(w.word[k].from-1, '(') && w.isAbbreviation(k) && !w.knownModifier(k, k+1) && (isTest(w.word[i].class) || w.is(i, "task")) {
		from := w.initials(k, max(0, k-9))
		if from < 0 || k-from < 2 || !w.word[from].capital && !w.word[from].strong || w.word[from].sentence != w.word[i].sentence || w.knownModifier(from, k) || w.is(i, "task") && !w.definiteTest(from) {
			return
		}
		w.addLong(from, k, k, lexicon.Benchmark, 1, false)
	}
}

// definiteTest reports whether results are told on what begins at word from: "results on the".
func (w *worker) definiteTest(from int) bool {
	return w.is(from-1, "the") && w.is(from-2, "on") && w.toldOn(from-2)
}

// severalTests reports whether word i is a plural noun for what things are measured on.
func (w *worker) severalTests(i int) bool {
	switch w.wordKey(i) {
	case "benchmarks", "datasets", "testbeds", "leaderboards":
		return true
	case "tasks":
		return w.is(i-1, "downstream") || w.is(i-1, "benchmark") || w.is(i-1, "of")
	}
	return false
}

// membersAt returns the word at which the members of a plural noun at word i begin: behind "such as", "including", a colon or a bracket; else -1.
func (w *worker) membersAt(i int) int {
	s, j := w.word[i].sentence, i+1
	if j >= len(w.word) || w.word[j].sentence != s {
		return -1
	}
	opened := w.text.Is(w.word[i].to, '(') || w.text.Is(w.word[i].to, ':')
	switch {
	case w.is(j, "such") && w.is(j+1, "as"):
		j += 2
	case w.is(j, "including"), w.is(j, "namely"), w.is(j, "like"):
		j++
	case opened && (w.is(j, "e.g") || w.is(j, "i.e") || w.is(j, "namely") || w.is(j, "including")):
		j++
	case opened && (w.is(j, "e") && w.is(j+1, "g") || w.is(j, "i") && w.is(j+1, "e")):
		j += 2
	case !opened || w.cites(j, s):
		return -1
	}
	for w.is(j, "the") || w.is(j, "both") {
		j++
	}
	if j >= len(w.word) || w.word[j].sentence != s {
		return -1
	}
	return j
}

// cites reports whether a bracket that opens before word j holds a citation: "(Foo and Bar, 2018)", "(Foo et al., 2018)".
func (w *worker) cites(j, s int) bool {
	for k := j; k < j+12 && k < len(w.word) && w.word[k].sentence == s; k++ {
		if w.is(k, "et") && w.is(k+1, "al") {
			return true
		}
		if y := w.span(k, k+1); w.word[k].number && len(y) == 4 && (y[:2] == "19" || y[:2] == "20") && w.text.Is(w.word[k].from-1, ',') {
			return true
		}
		if w.text.Is(w.word[k].to, ')') {
			break
		}
	}
	return false
}

// testsOn reads the tests behind the preposition at word i. A peculiar name (FooQA) is one if results are told of it; one of plain capitals
// asks for more: a noun for tests before or behind, or a score before the preposition.
func (w *worker) testsOn(i int) {
	s, k, noun := w.word[i].sentence, i+1, false
	for ; k < i+8 && k < len(w.word) && w.word[k].sentence == s && w.word[k].spaced; k++ {
		c := &w.word[k]
		if c.strong || c.capital || c.number || c.single && c.trait&(isPreposition|isRelative|isConjunction|isPronoun|isBe) != 0 {
			break
		}
		noun = noun || w.testNoun(k)
	}
	if k >= len(w.word) || w.word[k].sentence != s || !w.word[k].spaced {
		return
	}
	list := w.testList(k, s)
	if len(list.names) == 0 {
		return
	}
	plural := list.trailing >= 0 && hasSuffix(w.span(list.trailing, list.trailing+1), "s") && !w.is(list.trailing, "corpus")
	kind := plural && list.members == 1 // "on NLI datasets"
	definite := w.is(i+1, "the") || w.is(i+1, "both")
	vague := !noun && w.kindOf(k)
	told, scored := w.toldOn(i), w.figureBefore(i)
	peculiar := list.members > len(list.names)
	for _, n := range list.names {
		peculiar = peculiar || w.peculiar(n[0])
	}
	w.noteTests(list, func(at int) bool {
		switch {
		case vague:
			return false
		case !w.word[at].strong || w.plainParts(at):
			return list.trailing >= 0 && (definite && !kind || list.members > 1) || scored && w.word[at].capital && list.members > 1
		case w.peculiar(at):
			return noun || scored || told || list.trailing >= 0 && !(kind && w.modifier(at))
		}
		if told && list.members == 1 && len(w.span(at, at+1)) > 3 && w.toldRight(i) && w.standsAlone(list.names[0][1], s) {
			return true
		}
		return noun && !kind || scored || list.trailing >= 0 && !kind || told && peculiar && list.members > 1
	})
}

// toldRight reports whether a noun of results stands right before the preposition at word i: "gains on", "state of the art on".
func (w *worker) toldRight(i int) bool {
	switch w.wordKey(i - 1) {
	case "results", "performance", "accuracy", "gains", "improvements", "improvement", "art", "experiments", "evaluation", "evaluations", "state-of-the-art", "sota", "score", "scores", "baselines":
		return true
	}
	return false
}

// metrics are names in capitals of what is measured, not of what it is measured on.
const metrics = " METEOR CIDEr SPICE FID COMET chrF BLEURT BERTScore PSNR SSIM LPIPS NDCG nDCG BLEU ROUGE TER PESQ MOS CLIPScore FVD mIoU "

// peculiar reports whether word k cannot be but a name: it has small letters and capitals inside, or digits; BAR has not.
func (w *worker) peculiar(k int) bool {
	return w.word[k].strong && !w.plainCapitals(k) && !w.plainParts(k)
}

// plainParts reports whether word k is made of ordinary words with capitals, joined by hyphens: Closed-Book.
func (w *worker) plainParts(k int) bool {
	for p := w.word[k].from; p < w.word[k].to; p++ {
		if q := w.text.Pieces[p]; q.Kind == text.Number || q.Kind == text.Word && (q.Shape == text.Mixed || q.Shape == text.Upper) {
			return false
		}
	}
	return true
}

// testable reports whether word k can begin the name of a test: it is no size, known name, pair of languages, or short form that the text
// itself explains as something else.
func (w *worker) testable(k int) bool {
	c := &w.word[k]
	name := w.span(k, k+1)
	if !w.isName(k) || w.modifier(k) || w.knownModifier(k, k+1) || c.size > 0 || c.class != lexicon.None || len(name) < 3 || hasSuffix(name, "Score") || strings.Contains(metrics, " "+name+" ") || strings.Contains(name, "rightarrow") {
		return false
	}
	if !c.strong && (c.first || c.number || c.trait != 0) {
		return false
	}
	for _, at := range w.localAt[name] {
		if !isTest(w.local[at].class) && w.local[at].class != lexicon.None {
			return false
		}
	}
	if strings.Contains(w.text.Raw, "("+name+")") {
		return false // a task, a method
	}
	return !w.ofLanguages(k)
}

// ofLanguages reports whether a word names languages: "English-French", "En-De".
func (w *worker) ofLanguages(k int) bool {
	c := &w.word[k]
	short := true
	for p := c.from; p < c.to; p++ {
		q := w.text.Pieces[p]
		if q.Kind != text.Word {
			short = short && q.Kind != text.Number
			continue
		}
		short = short && q.End-q.Start <= 3
		if entry, to := w.longest(p); entry >= 0 && to == p+1 && w.e.lex.Entries[entry].Class == lexicon.Language {
			return true
		}
	}
	return short && !c.single
}

// testNoun reports whether word k is a noun for what things are measured on.
func (w *worker) testNoun(k int) bool {
	switch w.wordKey(k) {
	case "dataset", "datasets", "benchmark", "benchmarks", "corpus", "corpora", "leaderboard", "challenge", "testbed":
		return true
	case "set", "sets":
		return w.is(k-1, "test")
	case "task", "tasks", "competition", "track":
		return true
	}
	return false
}

// tests is a list of names where tests stand.
type tests struct {
	names    [][2]int // words of those that nobody has listed
	members  int      // all of them, those that the lexicon has too
	trailing int      // the noun for tests behind the last, or -1
	first    int      // the word at which the list begins
}

// testList reads a list of names from word k on; what is in brackets behind a name, a score or a citation, is skipped.
func (w *worker) testList(k, s int) tests {
	out := tests{trailing: -1, first: k}
	for k >= 0 && k < len(w.word) && w.word[k].sentence == s && out.members < 12 {
		var end int
		if entry, to := w.longest(w.word[k].from); entry >= 0 && w.isData(entry) && to >= w.word[k].to {
			end = int(w.wordAt[to-1]) + 1
		} else if w.testable(k) {
			end = w.testEnd(k)
			out.names = append(out.names, [2]int{k, end})
		} else {
			break
		}
		out.members++
		if end >= len(w.word) || w.word[end].sentence != s {
			break
		}
		next := end
		if w.text.Is(w.word[end-1].to, '(') {
			if next = w.closed(w.word[end-1].to); next < 0 || next >= len(w.word) {
				break
			}
		}
		if pair := w.behindLanguages(next, s); pair > next { // "FooMT English-French and BarMT"
			out.trailing = next
			if next = pair; next >= len(w.word) || w.word[next].sentence != s {
				break
			}
			end = next
			if k = w.listStep(end); k < 0 {
				break
			}
			continue
		}
		// "GLUE benchmark", "AMI meeting corpus"
		goes := false
		for n := next; n < next+3 && n < len(w.word) && w.word[n].spaced && w.word[n].sentence == s && !w.word[n].strong; n++ {
			if w.testNoun(n) {
				out.trailing = n
				if next = n + 1; (!hasSuffix(w.span(n, next), "s") || w.is(n, "corpus")) && next < len(w.word) && w.word[next].sentence == s && out.members == 1 {
					k = w.listStep(next) // "the FOO benchmark and BarQA"
					goes = k >= 0 && w.is(next, "and")
				}
				break
			}
			if w.ownNoun(n) && w.word[n].class == lexicon.Model {
				out.names = nil // "on the Foo and Bar models"
				return out
			}
			if w.word[n].trait&(isPreposition|isRelative|isConjunction|isBe|isPronoun) != 0 {
				break
			}
		}
		if goes {
			continue
		}
		if out.trailing >= 0 {
			break
		}
		if next > end {
			k = w.behindBracket(next)
		} else {
			k = w.listStep(end)
		}
		if w.is(next, "as") && w.is(next+1, "well") && w.is(next+2, "as") {
			k = next + 3
		}
		if k == end && w.openingOn(out.first) {
			break // "On FooQA, BarNet reaches"
		}
	}
	return out
}

// openingOn reports whether the phrase that word k ends opens its sentence with "on".
func (w *worker) openingOn(k int) bool {
	for k > 0 && !w.word[k].first && w.word[k].spaced && !w.is(k, "on") {
		k--
	}
	return w.is(k, "on") && w.word[k].first
}

// behindLanguages returns the word behind the names of languages, and what joins them, that begin at word i: "English-German", "En to De".
func (w *worker) behindLanguages(i, s int) int {
	for n := 0; n < 4 && i < len(w.word) && w.word[i].sentence == s && w.word[i].spaced; n++ {
		entry, _ := w.longest(w.word[i].from)
		if entry < 0 || w.e.lex.Entries[entry].Class != lexicon.Language {
			break
		}
		i++
	}
	return i
}

// closed returns the word behind the bracket that opens at piece p, or -1 if it closes too far away.
func (w *worker) closed(p int) int {
	for q := p + 1; q < p+16 && q < len(w.text.Pieces); q++ {
		if w.text.Is(q, ')') {
			return int(w.wordAt[q])
		}
	}
	return -1
}

// behindBracket returns the word that goes on with a list at word i, which follows a closing bracket: after a comma, "and", or both; else -1.
func (w *worker) behindBracket(i int) int {
	switch {
	case w.is(i, "and"), w.is(i, "or"):
		return i + 1
	case w.text.Is(w.word[i].from-1, ',') && w.text.Is(w.word[i].from-2, ')'):
		return i
	}
	return -1
}

// testEnd returns where the name of a test ends that begins at word k: before the first language, which tells a direction of translation.
func (w *worker) testEnd(k int) int {
	end := w.nameEnd(k)
	for j := k + 1; j < end; j++ {
		if entry, _ := w.longest(w.word[j].from); entry >= 0 && w.e.lex.Entries[entry].Class == lexicon.Language || w.testNoun(j) {
			return j
		}
	}
	return end
}

// noteTests notes the names of a list that what stands there lets pass. What a noun of another kind follows is no test's: "on the Foo model".
func (w *worker) noteTests(list tests, pass func(at int) bool) {
	for _, n := range list.names {
		at, end := n[0], n[1]
		if end < len(w.word) && w.word[end].acronym && w.word[end].spaced && w.plainParts(at) {
			continue // "Closed-Book QA tasks"
		}
		if end < len(w.word) && w.word[end].spaced && w.word[end].capital && w.plainParts(at) && !w.testNoun(end) {
			continue // the beginning of a longer name
		}
		if !pass(at) || w.ownNoun(end) || end < len(w.word) && w.word[end].spaced && w.word[end].number {
			continue
		}
		if p := w.word[end-1].to; p < len(w.text.Pieces) && (w.text.Pieces[p].Kind == text.Hyphen || w.text.Is(p, '\'') || w.text.Is(p, '/')) {
			continue
		}
		class := lexicon.Benchmark
		if _, data := w.e.lex.Lookup(lexicon.Dataset.Namespace() + Slug(w.span(at, end))); data {
			class = lexicon.Dataset // a listed one, spelt with another mark inside: CNN-DailyMail
		}
		w.addLocal(at, end, class, 1, false)
	}
}

// toldOn reports whether the words before the preposition at word i tell of a result or a test: "state-of-the-art results on".
func (w *worker) toldOn(i int) bool {
	for k := i - 1; k >= 0 && k > i-9 && w.word[k].sentence == w.word[i].sentence; k-- {
		c := &w.word[k]
		switch key := strings.TrimSuffix(w.wordKey(k), "s"); key {
		case "result", "performance", "accuracy", "score", "evaluation", "evaluate", "evaluated", "evaluating", "experiment", "tested", "benchmarked", "gain", "improvement", "improve", "state-of-the-art", "sota",
			"outperform", "outperforming", "surpasse", "surpassing", "f1", "bleu", "record", "validate", "validated", "effectiveness", "superiority", "perplexity", "wer", "art", "conducted", "correlate", "correlation", "judgment", "agreement", "competitive":
			return true
		}
		if c.single && (w.is(k, "that") || w.is(k, "which") || w.is(k, "while")) {
			return false
		}
	}
	return w.word[i].first && w.tellsOn(i)
}

// tellsOn reports whether a sentence that opens with "On …," goes on with a result.
func (w *worker) tellsOn(i int) bool {
	for k := i + 1; k < len(w.word) && k < i+24 && w.word[k].sentence == w.word[i].sentence; k++ {
		switch w.wordKey(k) {
		case "achieves", "achieve", "outperforms", "outperform", "improves", "improve", "obtains", "obtain", "reaches", "reach", "yields", "surpasses", "attains", "accuracy", "bleu", "f1", "demonstrate", "state-of-the-art", "performance", "observe":
			return true
		}
	}
	return false
}

// basis reports whether the preposition at word i tells what something is made of, runs on or is about: "trained on", "based on", "focus on".
func (w *worker) basis(i int) bool {
	if w.founded(i) {
		return true
	}
	for k := i - 1; k >= 0 && k > i-6 && w.word[k].sentence == w.word[i].sentence; k-- {
		key := w.wordKey(k)
		if strings.HasSuffix(key, "trained") || strings.HasSuffix(key, "tuned") || strings.HasSuffix(key, "training") || strings.HasSuffix(key, "tuning") || strings.HasSuffix(key, "train") || strings.HasSuffix(key, "tune") {
			return true
		}
		switch key {
		case "run", "runs", "running", "deployed", "deploying", "hosted", "available", "operates", "implemented", "relying", "released", "executed", "speedup", "latency", "throughput", "faster", "memory":
			return true
		case "evaluate", "evaluated", "results", "performance", "experiments", "state-of-the-art", "accuracy":
			return false
		}
	}
	return false
}
