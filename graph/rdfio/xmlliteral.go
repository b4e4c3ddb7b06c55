package rdfio

import (
	"slices"
	"strings"
)

// XML literals are kept in exclusive canonical form without comments (RDF 1.1 XML Syntax §7.2.17): namespaces are
// declared where they are first used, attributes sorted, no empty-element tags.

// literal returns the frame of the XML literal that is open.
func (x *xmlReader) literal() *xmlFrame {
	i := len(x.frames) - 1
	for x.frames[i].kind != literalFrame {
		i--
	}
	return &x.frames[i]
}

// startInside writes a start tag into the open literal.
func (x *xmlReader) startInside() bool {
	f := x.literal()
	inside := xmlFrame{kind: insideFrame, rendered: len(f.declared)}
	var declare []xmlBinding
	use := func(prefix, space string) {
		if prefix == "xml" {
			return
		}
		now := ""
		for _, b := range slices.Backward(f.declared) {
			if b.prefix == prefix {
				now = b.space
				break
			}
		}
		b := xmlBinding{prefix, space}
		if now != space && !slices.Contains(declare, b) {
			declare = append(declare, b)
		}
	}
	use(prefixOf(x.name), x.space)
	for _, a := range x.attrs {
		if p := prefixOf(a.name); p != "" {
			use(p, a.space)
		}
	}
	slices.SortFunc(declare, func(a, b xmlBinding) int { return strings.Compare(a.prefix, b.prefix) })
	attrs := slices.Clone(x.attrs)
	slices.SortFunc(attrs, func(a, b xmlAttr) int {
		if c := strings.Compare(a.space, b.space); c != 0 {
			return c
		}
		return strings.Compare(a.local, b.local)
	})
	f.buf = append(append(f.buf, '<'), x.name...)
	for _, b := range declare {
		f.buf = append(f.buf, " xmlns"...)
		if b.prefix != "" {
			f.buf = append(append(f.buf, ':'), b.prefix...)
		}
		f.buf = appendXMLAttr(f.buf, b.space)
	}
	for _, a := range attrs {
		f.buf = append(append(f.buf, ' '), a.name...)
		f.buf = appendXMLAttr(f.buf, a.value)
	}
	f.buf = append(f.buf, '>')
	f.declared = append(f.declared, declare...)
	x.frames = append(x.frames, inside)
	return true
}

// endInside writes an end tag into the open literal.
func (x *xmlReader) endInside() {
	f := x.literal()
	f.buf = append(append(append(f.buf, "</"...), x.name...), '>')
	f.declared = f.declared[:x.frames[len(x.frames)-1].rendered]
}

func prefixOf(name string) string {
	prefix, _, ok := strings.Cut(name, ":")
	if !ok {
		return ""
	}
	return prefix
}

// appendXMLText appends text with the escapes of canonical XML.
func appendXMLText(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '\r':
			b = append(b, "&#xD;"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// appendXMLAttr appends ="value" with the escapes of canonical XML.
func appendXMLAttr(b []byte, s string) []byte {
	b = append(b, `="`...)
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '"':
			b = append(b, "&quot;"...)
		case '\t':
			b = append(b, "&#x9;"...)
		case '\n':
			b = append(b, "&#xA;"...)
		case '\r':
			b = append(b, "&#xD;"...)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
