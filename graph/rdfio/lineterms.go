package rdfio

import (
	"strings"

	"sett/graph/rdf"
)

// subject parses an IRI or a blank node: a subject or a graph name.
func (l *lineParser) subject(t *rdf.Term) bool {
	l.space()
	if l.pos < len(l.text) {
		switch l.text[l.pos] {
		case '<':
			return l.iriTerm(t)
		case '_':
			return l.blank(t)
		}
	}
	return l.fail(l.pos, "expected a subject: an IRI or a blank node"+l.found())
}

// predicate parses an IRI.
func (l *lineParser) predicate(t *rdf.Term) bool {
	l.space()
	if l.pos < len(l.text) && l.text[l.pos] == '<' {
		return l.iriTerm(t)
	}
	return l.fail(l.pos, "expected a predicate: an IRI"+l.found())
}

// object parses any term; depth counts the triple terms around it.
func (l *lineParser) object(t *rdf.Term, depth int) bool {
	l.space()
	if l.pos < len(l.text) {
		switch l.text[l.pos] {
		case '<':
			if strings.HasPrefix(l.text[l.pos:], "<<(") {
				return l.tripleTerm(t, depth)
			}
			return l.iriTerm(t)
		case '"':
			return l.literal(t)
		case '_':
			return l.blank(t)
		}
	}
	return l.fail(l.pos, "expected an object: an IRI, a blank node, a literal or a triple term"+l.found())
}

func (l *lineParser) iriTerm(t *rdf.Term) bool {
	iri, ok := l.iri()
	if ok {
		*t = rdf.NewIRI(iri)
	}
	return ok
}

// iri parses <…>: an absolute IRI.
func (l *lineParser) iri() (string, bool) {
	s, start := l.text, l.pos+1
	if start < len(s) && s[start] == '<' {
		return "", l.fail(l.pos, "a triple term can only be an object, and is written <<( … )>>")
	}
	i := start
	for i < len(s) && class[s[i]]&inIRI != 0 {
		i++
	}
	if i < len(s) && s[i] == '>' {
		l.pos = i + 1
		iri := s[start:i]
		if !hasScheme(iri) {
			return "", l.fail(start-1, "the IRI is not absolute: it has no scheme")
		}
		return iri, true
	}
	return l.escapedIRI(start, i)
}

// escapedIRI goes on where iri met a character that needs a closer look.
func (l *lineParser) escapedIRI(start, i int) (string, bool) {
	s := l.text
	for i < len(s) && (class[s[i]]&inIRI != 0 || s[i] == '\\') {
		i++
	}
	if i >= len(s) || s[i] != '>' {
		if i >= len(s) || s[i] == '\n' || s[i] == '\r' {
			return "", l.fail(start-1, "the IRI is not closed with '>'")
		}
		return "", l.fail(i, quoteRune(s[i:], "")+" is not allowed in an IRI")
	}
	b, bad, msg := appendUnescaped(l.buf[:0], s[start:i], true)
	l.buf = b
	if bad >= 0 {
		return "", l.fail(start+bad, msg)
	}
	iri := l.arena.copyOf(b)
	if !hasScheme(iri) {
		return "", l.fail(start-1, "the IRI is not absolute: it has no scheme")
	}
	l.pos = i + 1
	return iri, true
}

// blank parses _:label.
func (l *lineParser) blank(t *rdf.Term) bool {
	s, start := l.text, l.pos+2
	if start > len(s) || s[start-1] != ':' {
		return l.fail(l.pos, "expected ':' after '_' of a blank node")
	}
	end := labelEnd(s, start)
	if end == start {
		return l.fail(start, "expected the label of a blank node"+foundAt(s, start))
	}
	*t = rdf.NewBlank(l.arena.join(l.opt.BlankPrefix, s[start:end]))
	l.pos = end
	return true
}

// quoted parses "…" and undoes its escapes.
func (l *lineParser) quoted() (string, bool) {
	s, start := l.text, l.pos+1
	escaped := false
	i := start
	for ; i < len(s); i++ {
		c := s[i]
		if class[c]&inString != 0 || c == '\'' {
			continue
		}
		if c != '\\' || i+1 >= len(s) || s[i+1] == '\n' || s[i+1] == '\r' {
			break
		}
		escaped = true
		i++
	}
	if i >= len(s) || s[i] != '"' {
		return "", l.fail(l.pos, "the string is not closed on its line")
	}
	l.pos = i + 1
	if !escaped {
		return s[start:i], true
	}
	b, bad, msg := appendUnescaped(l.buf[:0], s[start:i], false)
	l.buf = b
	if bad >= 0 {
		return "", l.fail(start+bad, msg)
	}
	return l.arena.copyOf(b), true
}

// literal parses a string and what may follow it: a datatype, or a language with a base direction.
func (l *lineParser) literal(t *rdf.Term) bool {
	value, ok := l.quoted()
	if !ok {
		return false
	}
	l.space()
	s := l.text
	if l.pos < len(s) && s[l.pos] == '@' {
		tag, end, msg := languageTag(s, l.pos+1)
		if msg != "" {
			return l.fail(end, msg)
		}
		*t = rdf.NewDirLangString(value, tag.lang, tag.dir)
		l.pos = end
		return true
	}
	if l.pos+1 >= len(s) || s[l.pos] != '^' || s[l.pos+1] != '^' {
		*t = rdf.NewString(value)
		return true
	}
	l.pos += 2
	l.space()
	if l.pos >= len(s) || s[l.pos] != '<' {
		return l.fail(l.pos, "expected a datatype: an IRI"+l.found())
	}
	start := l.pos
	datatype, ok := l.iri()
	if !ok {
		return false
	}
	if datatype == rdf.RDFLangString || datatype == rdf.RDFDirLangString {
		return l.fail(start, msgLangDatatype)
	}
	*t = rdf.NewLiteral(value, datatype)
	return true
}

const msgLangDatatype = "a literal of this datatype is written with a language tag instead"

// langDir is a language tag and a base direction.
type langDir struct {
	lang string
	dir  rdf.Direction
}

// maxSubtag is the length of the longest subtag of a language (RFC 5646 §2.1).
const maxSubtag = 8

// languageTag parses LANG_DIR after its @: en, en-gb, ar--rtl. It returns the index after it, or that of a mistake.
func languageTag(s string, start int) (tag langDir, end int, msg string) {
	i, allowed := start, alpha
	for {
		from := i
		for i < len(s) && class[s[i]]&allowed != 0 {
			i++
		}
		if i == from {
			return tag, i, "expected a language tag" + foundAt(s, i)
		}
		if i-from > maxSubtag {
			return tag, from, "a part of a language tag has at most 8 characters"
		}
		if i+1 >= len(s) || s[i] != '-' || s[i+1] == '-' {
			break
		}
		i++
		allowed = alpha | digit
	}
	tag.lang = s[start:i]
	if i+1 < len(s) && s[i] == '-' {
		switch rest := s[i+2:]; {
		case strings.HasPrefix(rest, "ltr"):
			tag.dir = rdf.LTR
		case strings.HasPrefix(rest, "rtl"):
			tag.dir = rdf.RTL
		}
		end := i + len("--ltr")
		if tag.dir == rdf.NoDirection || end < len(s) && class[s[end]]&(alpha|digit) != 0 {
			return tag, i + 2, "expected a base direction, ltr or rtl"
		}
		i = end
	}
	return tag, i, ""
}

// tripleTerm parses <<( s p o )>>.
func (l *lineParser) tripleTerm(t *rdf.Term, depth int) bool {
	if depth >= maxDepth {
		return l.fail(l.pos, msgTooDeep)
	}
	l.pos += len("<<(")
	var in rdf.Triple
	if !l.subject(&in.S) || !l.predicate(&in.P) || !l.object(&in.O, depth+1) {
		return false
	}
	l.space()
	if !strings.HasPrefix(l.text[l.pos:], ")>>") {
		return l.fail(l.pos, "expected ')>>' after the object of a triple term"+l.found())
	}
	l.pos += len(")>>")
	*t = rdf.NewTripleTerm(in.S, in.P, in.O)
	return true
}

const msgTooDeep = "nested too deeply: more than 1000 levels"
