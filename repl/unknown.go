package repl

import (
	"context"
	"strings"

	"sett/graph/rdf"
)

// mostChecked bounds how many names of a query are looked up to explain an empty result.
const mostChecked = 8

// unknown names what a query asks about that no statement has, which is why it found nothing, more often than not; "" if all is
// known.
func (s *Session) unknown(ctx context.Context, query string, prefixes *rdf.Prefixes) string {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	e := s.explorer()
	e.Prefixes = prefixes
	var found []string
	for _, name := range constants(query) {
		t, ok, err := e.nameOrIRI(name)
		if err != nil || !ok {
			continue
		}
		if known, err := e.known(ctx, t); err != nil || known {
			continue
		}
		text := "no statement has " + name
		if near := s.likely(ctx, e, name); near != "" {
			text += ": did you mean " + near + "?"
		}
		found = append(found, text)
	}
	return strings.Join(found, "\n")
}

// constants are the prefixed names and IRIs of a query's patterns.
func constants(query string) []string {
	tokens := scan(query)
	var names []string
	for i, t := range tokens {
		switch {
		case t.kind != pname && t.kind != iri || strings.HasSuffix(t.text, ":"):
			continue
		case i > 0 && (isWord(tokens[i-1], "BASE") || isWord(tokens[i-1], "SERVICE") || tokens[i-1].text == "^^"):
			continue
		case i > 1 && isWord(tokens[i-2], "PREFIX"):
			continue
		case i+1 < len(tokens) && tokens[i+1].text == "(": // a function
			continue
		}
		if len(names) < mostChecked {
			names = append(names, t.text)
		}
	}
	return unique(names)
}

func isWord(t token, keyword string) bool {
	return t.kind == word && strings.EqualFold(t.text, keyword)
}

// likely returns what may have been meant by a name: one of the vocabulary's, or else a node with a label like it.
func (s *Session) likely(ctx context.Context, e Explorer, name string) string {
	vocabulary := append(s.names.classes(), s.names.predicates(nil)...)
	if near := nearest(name, vocabulary); near != "" {
		return near
	}
	if near := e.near(ctx, name); len(near) > 0 {
		return near[0]
	}
	return ""
}
