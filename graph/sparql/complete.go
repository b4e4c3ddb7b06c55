package sparql

import "strings"

// IsComplete reports whether a text is a whole statement: a query or an update that can be run, so that a prompt need not
// wait for more. A prologue alone is not one, nor is an empty text. A text with an error before its end is whole as well:
// no further line would mend it.
func IsComplete(text string) bool {
	word, ok := Statement(text)
	if !ok {
		return false
	}
	err := wellFormed(text, isUpdateWord(word))
	return err == nil || !err.unfinished
}

// wellFormed reads a text by its grammar only: prefixes may be undeclared.
func wellFormed(text string, update bool) (fault *SyntaxError) {
	var err error
	defer func() { fault, _ = err.(*SyntaxError) }()
	defer catch(&err)
	p := newParser(text, Options{})
	p.anyPrefix = true
	if update {
		p.update()
	} else {
		p.query()
	}
	return nil
}

// Statement returns the keyword, in upper case, of the query or of the first update operation of a text: SELECT, INSERT, WITH …
// It is "" where the text has something else after its prologue; ok is false where it has nothing: a text that is a
// prologue, or part of one, or empty.
func Statement(text string) (keyword string, ok bool) {
	l := lexer{text: text}
	for {
		t := l.next()
		switch t.kind {
		case tEnd:
			return "", false
		case tWord:
			word := strings.ToUpper(t.text)
			switch word {
			case "BASE", "VERSION":
				if l.next().kind == tEnd {
					return "", false
				}
				continue
			case "PREFIX":
				l.next() // the prefix; at the end of the text the end comes again
				if l.next().kind == tEnd {
					return "", false
				}
				continue
			}
			if isQueryWord(word) || isUpdateWord(word) {
				return word, true
			}
		}
		return "", true
	}
}

// IsUpdate reports whether a text is an update request, to judge by its first word after the prologue.
func IsUpdate(text string) bool {
	word, _ := Statement(text)
	return isUpdateWord(word)
}

func isQueryWord(word string) bool {
	switch word {
	case "SELECT", "CONSTRUCT", "DESCRIBE", "ASK":
		return true
	}
	return false
}

func isUpdateWord(word string) bool {
	for _, w := range updateWords {
		if w == word {
			return true
		}
	}
	return false
}
