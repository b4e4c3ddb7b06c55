package listing

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split returns the byte offset at which the abstract begins in a line of title and abstract, or len(s) if all of it
// seems to be title.
//
// Each word with a capital is a candidate; the best sum of evidence wins, the earlier of two equals:
//   - the word opens a sentence (We, This paper, In recent …), and a verb follows soon;
//   - the words before it are a title: capitals throughout, or, where they are in sentence case, a capital after a
//     small word that is no name;
//   - a title does not end with a preposition, an article, a comma or a colon, and has neither two words nor thirty.
func Split(s string) int {
	words := fields(s)
	limit := min(len(words), 45)
	best, bestScore := len(s), -6.0
	// main counts words that a title in title case would capitalise; small counts those that are not.
	main, small := 0, 0
	allCapitals := capitalsEnd(words)
	for i := 1; i < limit; i++ {
		prev := words[i-1].text
		if isMain(prev) {
			main++
			if startsLower(prev) {
				small++
			}
		}
		if !opensSentence(words[i].text) {
			continue
		}
		score := openerScore(words, i) + endScore(prev) + lengthScore(i) + caseScore(words, i, main, small) +
			expansionScore(words, i) - smallCost*float64(max(0, i-allCapitals)) - runCost(allCapitals-i, len(words)-i)
		if score > bestScore {
			best, bestScore = words[i].start, score
		}
	}
	return best
}

// smallCost is what each word costs that a candidate has before it past the capitals of a title that has nothing else.
const smallCost = 1.5

// runCost is what a candidate pays for words with capitals between it and the first word without, in a title of capitals: a sentence has few.
func runCost(capitals, rest int) float64 {
	if capitals == rest {
		return 0 // no title of that kind
	}
	return 0.8 * float64(max(0, capitals-2))
}

// capitalsEnd returns where the capitals end of a title in which even the small words of the language have them, "Seeing For The First
// Time": at the first word without. Past that no title goes on. It is beyond all words if the title is not of that kind.
func capitalsEnd(words []word) int {
	capital := false
	for i, w := range words {
		if startsLower(w.text) {
			if capital {
				return i
			}
			break
		}
		capital = capital || i > 0 && function[strings.ToLower(w.text)]
	}
	return len(words)
}

type word struct {
	text  string
	start int
}

// fields returns the first words of s; sixty are enough to find the split.
func fields(s string) []word {
	var out []word
	start := -1
	for i, r := range s {
		if unicode.IsSpace(r) {
			if start >= 0 {
				out = append(out, word{s[start:i], start})
				if len(out) == 64 {
					return out
				}
			}
			start = -1
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		out = append(out, word{s[start:], start})
	}
	return out
}

// function words stay small in a title in title case, and neither end a title nor say much.
var function = set(`a an the of for in on at to from by with via and or nor but as is are be vs vs. into over under through
	using towards toward between across beyond without within than your you it its their our do does can not when what how why that`)

// never words cannot end a title.
var never = set(`a an the of for in on at to from by with via and or nor but as is are be vs vs. into under through using
	towards toward between across without within than your its their our does can that`)

func set(s string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

func trim(w string) string {
	return strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func isMain(w string) bool {
	w = trim(w)
	return len(w) > 3 && !function[strings.ToLower(w)]
}

func startsLower(w string) bool {
	r, _ := utf8.DecodeRuneInString(trim(w))
	return unicode.IsLower(r)
}

func opensSentence(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	if r == '"' || r == '“' || r == '(' || r == '`' || r == '$' || r == '\\' {
		r, _ = utf8.DecodeRuneInString(w[n:])
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// openers are words that begin abstracts far more often than they stand inside titles.
var openers = map[string]float64{
	"we": 9, "this": 6, "recent": 5, "recently": 6, "despite": 5, "although": 6, "while": 5, "however": 5, "existing": 4,
	"current": 4, "many": 4, "most": 3, "modern": 2, "given": 4, "since": 4, "when": 2, "our": 3, "there": 5, "these": 4,
	"it": 4, "in": 3, "the": 3, "a": 2.5, "an": 2.5, "to": 2.5, "as": 3, "with": 2.5, "traditional": 2, "conventional": 2,
	"previous": 3, "prior": 3, "one": 2, "what": 1, "can": 1, "how": 0.5, "large": 1.5, "motivated": 4, "inspired": 4,
	"here": 4, "it's": 4, "today's": 3, "today": 3, "state-of-the-art": 2, "for": 1.5, "by": 1.5, "if": 2, "such": 2,
	"some": 2, "several": 2.5, "whether": 2, "humans": 1.5, "they": 3, "after": 2, "under": 1, "building": 0.5,
	"artificial": 1, "pretrained": 1.5, "pre-trained": 1.5, "transformers": 0.5, "transformer-based": 1.5, "even": 2, "through": 1.5,
	"advances": 2, "advancements": 2, "among": 2, "abstract": 4, "because": 3, "both": 1.5, "much": 2, "training": 0.5, "two": 1,
	"people": 1, "researchers": 2, "reinforcement": 0.5, "developing": 0.5, "natural": 0.5, "people's": 1, "unlike": 3, "does": 0,
}

// seconds are words after an opener that make it surer.
var seconds = map[string]float64{
	"paper": 4, "work": 4, "study": 4, "report": 4, "article": 4, "survey": 3, "technical": 3, "we": 3, "this": 4, "recent": 3,
	"the": 1, "introduce": 3, "present": 3, "propose": 3, "show": 3, "address": 2, "investigate": 3, "release": 3,
	"years": 3, "success": 2, "advent": 2, "rise": 2, "ability": 1.5, "field": 1, "recently": 2, "large": 1, "train": 2, "explore": 2, "describe": 3,
	"demonstrate": 3, "find": 2, "consider": 2, "develop": 2, "evaluate": 2, "advances": 3, "advancements": 3, "progress": 2, "has": 4, "have": 4, "is": 2.5, "are": 3,
}

// verbs are finite verbs that sentences have and titles seldom.
var verbs = set(`is are was were has have had can could will would may might we achieve achieves show shows shown remain remains require
	requires become becomes often enable enables introduce introduces propose presents present demonstrated demonstrate offer offers
	provide provides suffer struggle struggles play plays exhibit exhibits rely relies typically do does did been aims allows lack lacks tend
	need needs make makes made face faces focus represents pose poses continue hold holds cannot must should excel perform use uses fail used
	emerged gained increasingly recently they it there that which`)

func openerScore(words []word, i int) float64 {
	w := strings.ToLower(strings.Trim(words[i].text, `"'“”‘’(),.:`))
	score := openers[w]
	if i+1 < len(words) {
		next := words[i+1].text
		clean := strings.ToLower(strings.Trim(next, `"'“”‘’(),.:`))
		if score > 0 {
			score += seconds[clean]
		}
		if score == 0 && !startsLower(next) && !modifies(w) && !isName(words[i].text) && abbreviated(words, i) == 0 {
			score -= 3 // titles end with such a noun, before a name begins the sentence
		}
		if score >= 2 && !startsLower(next) && !strings.ContainsAny(next, "([") && abbreviated(words, i+1) == 0 {
			score -= 1.5
		}
	}
	// A verb soon after, in small letters and before the sentence ends; none in a title.
	found := false
	for j := i + 1; j < min(i+14, len(words)); j++ {
		t := words[j].text
		if verbs[strings.TrimRight(t, ",;:")] {
			score += 2.5 - 0.08*float64(j-i)
			found = true
			break
		}
		if strings.HasSuffix(t, ".") || strings.HasSuffix(t, "?") {
			break
		}
	}
	if !found {
		score -= 1.5
	}
	return score
}

func endScore(prev string) float64 {
	score := 0.0
	if never[strings.ToLower(prev)] {
		return -14
	}
	switch last, _ := utf8.DecodeLastRuneInString(prev); last {
	case ':', ',', ';', '-', '–', '—', '&', '(', '/':
		return -14
	case '?', '!':
		score += 2
	case '.':
		score -= 9
	}
	if modifies(prev) {
		score -= 4
	}
	switch strings.ToLower(trim(prev)) {
	case "report":
		score += 3
	case "survey", "model", "models", "llms", "learning", "generation", "benchmark", "language", "training", "data", "reasoning":
		score += 1
	}
	return score
}

// modifierEnds are endings of words that stand before a noun, and nouns are words with such endings that are none.
var (
	modifierEnds = strings.Fields("al ive ic ous ar able ible less ful ed ary ual based aware driven free like level scale hop shot")
	nouns        = set(`retrieval removal proposal arabic music logic topic dialogue signal manual tutorial trial journal perspective dynamic
		metric rubric archive objective narrative initiative goal recall potential vocabulary dictionary summary library binary public
		grammar need feed seed speed transfer similar arithmetic appraisal survival approval traversal referral signals portal
		capital rival additive primal clinic traffic critic academic panic fabric basic generic rhetoric mosaic spiral`)
	modifiers = set(`large open neural deep multilingual multimodal modern pretrained pre-trained popular long high low big small fast
		new many most some few various several recent current existing state-of-the-art open-source open-domain end-to-end
		cross-lingual zero-shot few-shot vision-language text-to-image multi-modal our we this these`)
)

// modifies reports whether a word is an adjective or the like, by its ending.
func modifies(w string) bool {
	w = strings.ToLower(trim(w))
	switch {
	case modifiers[w]:
		return true
	case nouns[w] || len(w) < 5:
		return false
	}
	for _, end := range modifierEnds {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// leads reports whether a sentence may begin with a word that a name follows: with an adjective, or with what is done to the thing named.
func leads(w string) bool {
	return modifies(w) || strings.HasSuffix(w, "ing") && len(w) > 5
}

func lengthScore(n int) float64 {
	switch {
	case n == 1:
		return -5
	case n == 2:
		return -2
	case n == 3:
		return -0.5
	case n > 16:
		return -0.7 * float64(n-16)
	}
	return 0
}

// caseScore compares the capitals before and after word i.
func caseScore(words []word, i, main, small int) float64 {
	score := 0.0
	for j := 1; j < i-1; j++ {
		if strings.HasSuffix(words[j].text, ".") && len(words[j].text) > 3 {
			score -= 4
		}
	}
	titleCase := main > 0 && float64(small) <= 0.25*float64(main)
	// How many of the next main words are small: sentences have many, the rest of a title in title case none.
	next, nextSmall := 0, 0
	for j := i + 1; j < len(words) && next < 5; j++ {
		if isMain(words[j].text) {
			next++
			if startsLower(words[j].text) {
				nextSmall++
			}
		}
	}
	if titleCase {
		if next > 0 {
			score += 5*float64(nextSmall)/float64(next) - 2
		}
		score -= 1.2 * float64(small)
		// Words before the candidate that still look like the title's own end.
		if startsLower(words[i-1].text) && isMain(words[i-1].text) {
			score -= 4
		}
		return score
	}
	// Sentence case: a capital after a small word, unless it is a name.
	if startsLower(words[i-1].text) || unicode.IsDigit(rune(words[i-1].text[0])) {
		score += 2.5
	}
	if isName(words[i].text) {
		score -= 3
	}
	// A title in sentence case has few sentences before it.
	for j := 0; j < i; j++ {
		if verbs[words[j].text] {
			score -= 0.7
		}
	}
	return score
}

// expansionScore is for sentences that begin with their subject: a name spelt out before its abbreviation, "Neural
// Machine Translation (NMT) is", or the title's own first name again.
func expansionScore(words []word, i int) float64 {
	score := 0.0
	n := abbreviated(words, i)
	if n == 0 && i+1 < len(words) && leads(words[i].text) && !startsLower(words[i+1].text) {
		if n = abbreviated(words, i+1); n > 0 {
			n++ // "Generative Large Language Models (LLMs) are", "Training Large Language Models (LLMs) is"
		}
	}
	if n > 0 && !startsLower(words[i-1].text) && openers[strings.ToLower(words[i-1].text)] < 2.5 {
		score += 4
		if i+n < len(words) && verbs[words[i+n].text] {
			score++
		}
	}
	for j := max(1, i-5); j < i; j++ {
		if n := abbreviated(words, j); n > i-j {
			score -= 5 // inside such a name
			break
		}
	}
	if name := strings.TrimSuffix(words[0].text, ":"); name != words[0].text && len(name) > 2 && trim(words[i].text) == name {
		score += 4
	}
	return score
}

// abbreviated returns how many words a name and its abbreviation in brackets take up at i, 0 if there is none.
func abbreviated(words []word, i int) int {
	parts := 0
	for n := 1; n <= 6 && i+n < len(words); n++ {
		parts += 1 + strings.Count(words[i+n-1].text, "-")
		w := words[i+n].text
		if !strings.HasPrefix(w, "(") {
			continue
		}
		short := strings.TrimRight(strings.TrimLeft(w, "("), "),.;:s")
		if len(short) < 2 || !strings.EqualFold(short[:1], words[i].text[:1]) {
			return 0
		}
		capitals := 0
		for _, r := range short {
			if unicode.IsUpper(r) {
				capitals++
			}
		}
		if parts >= 2 && capitals >= 2 && capitals >= n-1 && capitals <= parts+2 {
			return n + 1
		}
		return 0
	}
	return 0
}

// isName reports whether a word has capitals or digits past its first letter.
func isName(w string) bool {
	w = trim(w)
	for i, r := range w {
		if i > 0 && (unicode.IsUpper(r) || unicode.IsDigit(r)) {
			return true
		}
	}
	return false
}
