package rdfio

import "strings"

// maxEntity bounds the length of a reference and of what an internal entity stands for, so that a small document
// cannot become a large one by more than that factor.
const maxEntity = 1024

// docType takes <!DOCTYPE … >. Of its internal subset it keeps the general entities; all else is skipped.
func (x *xmlLexer) docType(s string) (ok, more, token bool) {
	if x.started {
		return x.fail(x.pos, "a document type after the root element has begun"), false, false
	}
	depth, i := 0, len("<!DOCTYPE")
	for i < len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\'':
			n := strings.IndexByte(s[i+1:], c)
			if n < 0 {
				return x.fail(x.pos, "the document type is not closed"), true, false
			}
			i += n + 1
		case strings.HasPrefix(s[i:], "<!--"):
			n := strings.Index(s[i:], "-->")
			if n < 0 {
				return x.fail(x.pos, "the document type is not closed"), true, false
			}
			i += n + 2
		case strings.HasPrefix(s[i:], "<!ENTITY"):
			n := tagEnd(s[i:])
			if n < 0 {
				return x.fail(x.pos, "the document type is not closed"), true, false
			}
			if !x.entity(s[i+len("<!ENTITY"):i+n], x.pos+i) {
				return false, false, false
			}
			i += n
		case c == '[' || c == '<':
			depth++
		case c == ']':
			depth--
		case c == '>' && depth == 0:
			x.pos += i + 1
			return true, false, false
		case c == '>':
			depth--
		}
		i++
	}
	return x.fail(x.pos, "the document type is not closed with '>'"), true, false
}

// entity takes a declaration: a name and a value in quotes. Parameter and external entities are not kept, so that
// using one is an error.
func (x *xmlLexer) entity(s string, at int) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	n := xmlNameEnd(s)
	name, value := s[:n], strings.TrimSpace(s[n:])
	if n == 0 || len(value) < 2 || value[0] != '"' && value[0] != '\'' {
		return true
	}
	value = value[1 : len(value)-1]
	if strings.ContainsAny(value, "<%") {
		return x.fail(at, "the entity "+name+" has markup in it, which is not supported")
	}
	value, ok := x.unescape(value, at, false) // entities refer to earlier ones only
	if !ok {
		return false
	}
	if len(value) > maxEntity {
		return x.fail(at, "the entity "+name+" is longer than 1024 bytes")
	}
	if x.entities == nil {
		x.entities = make(map[string]string)
	}
	if _, ok := x.entities[name]; !ok { // the first declaration counts, XML 1.0 §4.2
		x.entities[strings.Clone(name)] = strings.Clone(value)
	}
	return true
}
