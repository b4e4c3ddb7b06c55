package rdfio

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// xmlNameEnd returns where the name at the beginning of s ends.
func xmlNameEnd(s string) int {
	if s == "" || s[0] < utf8.RuneSelf && class[s[0]]&inNameU == 0 {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(s); r >= utf8.RuneSelf && !isNameStart(r) {
		return 0
	}
	i := 0
	for {
		i = nameEnd(s, i)
		if i >= len(s) || s[i] != '.' && s[i] != ':' {
			return i
		}
		i++
	}
}

// isNCName reports whether s is a name without a colon.
func isNCName(s string) bool {
	return s != "" && xmlNameEnd(s) == len(s) && strings.IndexByte(s, ':') < 0
}

// endTag takes what is between </ and >.
func (x *xmlLexer) endTag(s string) bool {
	name := strings.TrimRight(s, " \t\r\n")
	if len(x.open) == 0 || x.open[len(x.open)-1].name != name {
		msg := "</" + name + "> closes nothing"
		if len(x.open) > 0 {
			msg = "expected </" + x.open[len(x.open)-1].name + ">, found </" + name + ">"
		}
		return x.fail(x.at, msg)
	}
	x.kind = xmlEndTag
	x.pop()
	return true
}

// pop closes the innermost element, which becomes the token's.
func (x *xmlLexer) pop() {
	e := x.open[len(x.open)-1]
	x.name, x.space, x.local = e.name, e.space, e.local
	x.open = x.open[:len(x.open)-1]
	x.bindings = x.bindings[:e.bindings]
}

// startTag takes what is between < and >.
func (x *xmlLexer) startTag(s string) bool {
	x.kind = xmlStartTag
	at := x.at + 1 // of s[0]
	if len(x.open) == 0 && x.started {
		return x.fail(x.at, "a second root element")
	}
	if len(x.open) >= maxDepth {
		return x.fail(x.at, msgTooDeep)
	}
	x.started = true
	if strings.HasSuffix(s, "/") {
		s, x.empty = s[:len(s)-1], true
	}
	end := xmlNameEnd(s)
	if end == 0 {
		return x.fail(at, "expected the name of an element"+foundAt(s, 0))
	}
	x.name = s[:end]
	outside := len(x.bindings)
	x.attrs = x.attrs[:0]
	for i := end; ; {
		from := i
		for i < len(s) && isXMLBlank(rune(s[i])) {
			i++
		}
		if i == len(s) {
			break
		}
		n := xmlNameEnd(s[i:])
		if n == 0 || i == from {
			return x.fail(at+i, "expected an attribute"+foundAt(s, i))
		}
		attr := xmlAttr{name: s[i : i+n], at: at + i}
		i += n
		for i < len(s) && isXMLBlank(rune(s[i])) {
			i++
		}
		if i == len(s) || s[i] != '=' {
			return x.fail(at+i, "expected '=' after the name of an attribute")
		}
		for i++; i < len(s) && isXMLBlank(rune(s[i])); {
			i++
		}
		if i == len(s) || s[i] != '"' && s[i] != '\'' {
			return x.fail(at+i, "expected the value of an attribute in quotes")
		}
		n = strings.IndexByte(s[i+1:], s[i])
		if n < 0 {
			return x.fail(at+i, "the value of the attribute is not closed")
		}
		if k := strings.IndexByte(s[i+1:i+1+n], '<'); k >= 0 {
			return x.fail(at+i+1+k, "'<' is not allowed in an attribute")
		}
		var ok bool
		if attr.value, ok = x.unescape(s[i+1:i+1+n], at+i+1, true); !ok {
			return false
		}
		i += n + 2
		if !x.attribute(attr) {
			return false
		}
	}
	return x.resolve(outside)
}

// attribute keeps an attribute, or the binding it declares.
func (x *xmlLexer) attribute(a xmlAttr) bool {
	prefix, isBinding := strings.CutPrefix(a.name, "xmlns:")
	if a.name == "xmlns" {
		prefix, isBinding = "", true
	}
	if !isBinding {
		for _, other := range x.attrs {
			if other.name == a.name {
				return x.fail(a.at, "the attribute "+a.name+" is there twice")
			}
		}
		x.attrs = append(x.attrs, a)
		return true
	}
	switch {
	case prefix == "" && a.name != "xmlns", prefix != "" && a.value == "":
		return x.fail(a.at, "a prefix cannot be unbound")
	case prefix == "xmlns", (prefix == "xml") != (a.value == xmlSpace), a.value == xmlnsSpace:
		return x.fail(a.at, "the prefixes xml and xmlns and their namespaces are fixed")
	}
	x.bindings = append(x.bindings, xmlBinding{prefix, a.value})
	return true
}

// resolve gives the element and its attributes their namespaces, and opens it.
func (x *xmlLexer) resolve(outside int) bool {
	var ok bool
	if x.space, x.local, ok = x.split(x.name, true); !ok {
		return x.fail(x.at+1, "the prefix of <"+x.name+"> is not bound to a namespace")
	}
	for i := range x.attrs {
		a := &x.attrs[i]
		if a.space, a.local, ok = x.split(a.name, false); !ok {
			return x.fail(a.at, "the prefix of the attribute "+a.name+" is not bound to a namespace")
		}
		for _, b := range x.attrs[:i] {
			if b.local == a.local && b.space == a.space {
				return x.fail(a.at, "the attribute "+a.name+" is there twice")
			}
		}
	}
	x.open = append(x.open, xmlElement{x.name, x.space, x.local, outside})
	return true
}

// split resolves a qualified name.
func (x *xmlLexer) split(name string, element bool) (space, local string, ok bool) {
	prefix, local, colon := strings.Cut(name, ":")
	if !colon {
		if !element {
			return "", name, true
		}
		prefix, local = "", name
	} else if prefix == "" || !isNCName(local) {
		return "", "", false
	}
	space, ok = x.namespace(prefix)
	return space, local, ok || prefix == ""
}

// namespace looks a prefix up.
func (x *xmlLexer) namespace(prefix string) (string, bool) {
	for _, b := range slices.Backward(x.bindings) {
		if b.prefix == prefix {
			return b.space, true
		}
	}
	return "", false
}
