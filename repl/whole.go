package repl

import (
	"errors"
	"strings"

	"sett/graph/rdf"
	"sett/graph/sparql"
)

// whole reports whether an empty line ends text, as far as the language itself can tell, else by its brackets.
func (s *Session) whole(language, text string) bool {
	if s.db != nil {
		if whole, known := s.db.Whole(language, text); known {
			return whole && strings.TrimSpace(text) != ""
		}
	}
	return wholeStatement(language, text)
}

// wholeStatement reports whether an empty line ends text: whether it is a statement that could stand as it is, or one
// that nothing added at its end could still make right. The SPARQL parser has the valid-prefix property (what it has
// read before an error can be continued to something right), so an error before the end of the text is final.
func wholeStatement(language, text string) bool {
	if language != "sparql" {
		return strings.TrimSpace(text) != "" && balanced(text)
	}
	var err error
	// Unknown prefixes are no matter of shape: they are told when the statement runs.
	opt := sparql.Options{Prefixes: declareAll(text)}
	switch shapeOf(text) {
	case shapeEmpty, shapePrologue:
		return false
	case shapeUpdate:
		_, err = sparql.ParseUpdate(text, opt)
	default:
		_, err = sparql.ParseQuery(withoutSemicolon(text), opt)
	}
	if syntax := (*sparql.SyntaxError)(nil); errors.As(err, &syntax) {
		return syntax.Offset < endOfTokens(text) && !openAtEnd(text)
	}
	return true
}

// endOfTokens returns the offset behind the last token that is no comment.
func endOfTokens(s string) int {
	end := 0
	for _, t := range scan(s) {
		if t.kind != comment {
			end = t.end
		}
	}
	return end
}

// openAtEnd reports whether the text ends inside a string or has a bracket to close: whatever the parser says then,
// more is to come.
func openAtEnd(s string) bool { return !balanced(s) }

// declareAll returns prefixes in which every prefix that text uses stands for something.
func declareAll(s string) *rdf.Prefixes {
	p := new(rdf.Prefixes)
	for _, t := range scan(s) {
		if t.kind == pname {
			prefix, _, _ := strings.Cut(t.text, ":")
			p.Set(prefix, "urn:x:")
		}
	}
	return p
}

// withoutSemicolon drops a ";" behind a query, which other shells ask for.
func withoutSemicolon(s string) string {
	tokens := scan(s)
	for i := len(tokens) - 1; i >= 0; i-- {
		switch {
		case tokens[i].kind == comment:
			continue
		case tokens[i].text == ";":
			return s[:tokens[i].start] + " " + s[tokens[i].end:]
		}
		break
	}
	return s
}

// Declared returns prefixes with those added that a statement's own prologue declares, for showing its results.
func Declared(prefixes *rdf.Prefixes, statement string) *rdf.Prefixes {
	tokens := scan(statement)
	all := prefixes
	for i := 0; i+2 < len(tokens); i++ {
		if tokens[i].kind != word || !strings.EqualFold(tokens[i].text, "PREFIX") || tokens[i+1].kind != pname || tokens[i+2].kind != iri {
			continue
		}
		if all == prefixes {
			all = prefixes.Clone()
		}
		all.Set(strings.TrimSuffix(tokens[i+1].text, ":"), strings.Trim(tokens[i+2].text, "<>"))
	}
	return all
}
