package repl

import "strings"

// place is where in a pattern the next term would stand.
type place int

const (
	outside      place = iota // before WHERE, in a prologue: keywords
	subjectPlace              // or a keyword inside braces
	predicatePlace
	objectPlace
	afterObject
	prefixPlace // after PREFIX
)

// position is what completion knows of the point where typing goes on.
type position struct {
	place     place
	subject   string              // token of the subject in hand
	predicate string              // token of the predicate in hand, "" if a path
	classes   map[string][]string // subject token → class tokens stated of it in the text
	variables []string
}

// locate walks the tokens of text and says what may stand at offset at.
func locate(s string, at int) position {
	w := walker{pos: position{classes: make(map[string][]string)}}
	seen := make(map[string]bool)
	stopped := false
	for _, t := range scan(s) {
		if !stopped && t.end >= at && (t.start >= at || t.end > at || touches(t, s, at)) {
			w.found()
			stopped = true
			if t.start < at { // the token being typed
				continue
			}
		}
		if t.kind == variable && !seen[t.text] {
			seen[t.text] = true
			w.pos.variables = append(w.pos.variables, t.text)
		}
		w.step(t)
	}
	if !stopped {
		w.found()
	}
	w.result.classes, w.result.variables = w.pos.classes, w.pos.variables
	return w.result
}

// touches reports whether the text right before at still belongs to token t.
func touches(t token, _ string, at int) bool {
	if t.end != at {
		return false
	}
	switch t.kind {
	case punct:
		return false
	case text, iri, comment:
		return t.open
	}
	return true
}

// frame is an open bracket.
type frame struct {
	bracket   string
	place     place
	subject   string
	predicate string
}

type walker struct {
	pos    position
	result position
	stack  []frame
	parens int // open parentheses of expressions and paths
	last   string
	typing bool // the predicate in hand is rdf:type
}

// found keeps the position reached.
func (w *walker) found() {
	w.result = w.pos
	if w.parens > 0 && w.pos.place != predicatePlace {
		w.result.place = outside
	}
	if w.last == "PREFIX" {
		w.result.place = prefixPlace
	}
}

// bracketed are keywords after which a parenthesis holds an expression.
func (w *walker) step(t token) {
	if t.kind == comment {
		return
	}
	upper := strings.ToUpper(t.text)
	defer func() { w.last = upper }()
	if w.parens > 0 {
		switch t.text {
		case "(":
			w.parens++
		case ")":
			w.parens--
			if w.parens == 0 && w.pos.place == afterObject {
				w.pos.place = subjectPlace
			}
		}
		return
	}
	switch t.kind {
	case punct:
		w.sign(t.text)
	case word:
		if t.text == "a" && w.pos.place == predicatePlace {
			w.term(t)
			return
		}
		if upper == "TRUE" || upper == "FALSE" {
			w.term(t)
			return
		}
		if len(w.stack) > 0 {
			w.pos.place = subjectPlace
			if upper == "GRAPH" || upper == "SERVICE" || upper == "AS" {
				w.pos.place = afterObject
			}
		}
	default:
		w.term(t)
	}
}

func (w *walker) sign(s string) {
	switch s {
	case "{":
		w.stack = append(w.stack, frame{s, w.pos.place, w.pos.subject, w.pos.predicate})
		w.pos.place, w.pos.subject, w.pos.predicate = subjectPlace, "", ""
	case "[":
		w.stack = append(w.stack, frame{s, w.pos.place, w.pos.subject, w.pos.predicate})
		w.pos.place, w.pos.subject, w.pos.predicate = predicatePlace, "[", ""
	case "}", "]":
		if n := len(w.stack); n > 0 {
			f := w.stack[n-1]
			w.stack = w.stack[:n-1]
			w.pos.subject, w.pos.predicate = f.subject, f.predicate
			w.pos.place = subjectPlace
			if s == "]" && f.place == objectPlace {
				w.pos.place = afterObject
			} else if s == "]" {
				w.pos.place = predicatePlace
			}
			if len(w.stack) == 0 && s == "}" {
				w.pos.place = outside
			}
		}
	case "(":
		w.parens++
	case ".":
		if len(w.stack) > 0 {
			w.pos.place = subjectPlace
		}
	case ";":
		if len(w.stack) > 0 {
			w.pos.place = predicatePlace
		}
	case ",":
		if len(w.stack) > 0 {
			w.pos.place = objectPlace
		}
	case "/", "|", "^", "!":
		if w.pos.place == objectPlace || w.pos.place == predicatePlace {
			w.pos.place, w.pos.predicate, w.typing = predicatePlace, "", false
		}
	}
}

// term takes a term of a triple.
func (w *walker) term(t token) {
	if len(w.stack) == 0 {
		return
	}
	switch w.pos.place {
	case subjectPlace:
		w.pos.subject, w.pos.place = t.text, predicatePlace
	case predicatePlace:
		w.pos.predicate, w.pos.place = t.text, objectPlace
		w.typing = t.text == "a" || t.text == "rdf:type"
	case objectPlace:
		if w.typing && w.pos.subject != "" {
			w.pos.classes[w.pos.subject] = append(w.pos.classes[w.pos.subject], t.text)
		}
		w.pos.place = afterObject
	}
}
