package rdfio

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// xmlKind is a kind of XML token. Comments, processing instructions and the document type make none.
type xmlKind uint8

const (
	xmlEOF xmlKind = iota
	xmlStartTag
	xmlEndTag
	xmlText
)

// xmlAttr is an attribute with its namespace; declarations of namespaces are none.
type xmlAttr struct {
	name         string // as written
	space, local string
	value        string
	at           int
}

// xmlBinding binds a prefix to a namespace within an element.
type xmlBinding struct{ prefix, space string }

// xmlLexer cuts XML 1.0 with namespaces into tokens, over a window. It reads UTF-8, no external entities, and internal
// ones without markup; it checks that elements nest.
type xmlLexer struct {
	window
	kind         xmlKind
	at           int    // where the token begins
	value        string // of xmlText
	name         string // of tags, as written
	space, local string
	attrs        []xmlAttr
	empty        bool // the start tag was also the end: an xmlEndTag follows without text of its own
	open         []xmlElement
	bindings     []xmlBinding
	entities     map[string]string
	started      bool // the root element has been met
	arena        arena
	scratch      []byte
}

// xmlElement is an open element.
type xmlElement struct {
	name         string
	space, local string
	bindings     int // how many there were outside it
}

const (
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsSpace = "http://www.w3.org/2000/xmlns/"
)

func newXMLLexer(r io.Reader, file string) xmlLexer {
	return xmlLexer{window: newWindow(r, file), bindings: []xmlBinding{{"xml", xmlSpace}}}
}

// next goes to the next token; false after a mistake.
func (x *xmlLexer) next() bool {
	if x.empty {
		x.empty = false
		x.kind = xmlEndTag
		x.pop()
		return true
	}
	for {
		if x.pos == len(x.text) && x.ended() {
			return x.end()
		}
		ok, more, token := x.scan()
		if more && !x.ended() {
			x.slide()
			continue
		}
		if !ok {
			if x.bad && more {
				return x.notUTF8()
			}
			return false
		}
		if token {
			return true
		}
	}
}

// end judges the end of the input.
func (x *xmlLexer) end() bool {
	switch {
	case x.bad:
		return x.notUTF8()
	case len(x.open) > 0:
		return x.fail(x.pos, "the element <"+x.open[len(x.open)-1].name+"> is not closed")
	case !x.started:
		return x.fail(x.pos, "there is no element")
	}
	x.kind, x.at = xmlEOF, x.pos
	return true
}

// scan takes what begins at pos. It asks for more if the window ends before it does; without a mistake and without a
// token it has skipped something.
func (x *xmlLexer) scan() (ok, more, token bool) {
	s := x.text[x.pos:]
	if s == "" {
		return false, true, false
	}
	if s[0] != '<' {
		return x.chars(s)
	}
	switch {
	case len(s) < len("<![CDATA[") && !x.ended():
		return false, true, false
	case strings.HasPrefix(s, "<?"):
		return x.instruction(s)
	case strings.HasPrefix(s, "<!--"):
		end := strings.Index(s[4:], "--")
		if end < 0 || end+7 > len(s) {
			return x.fail(x.pos, "the comment is not closed with '-->'"), true, false
		}
		if s[end+6] != '>' {
			return x.fail(x.pos+4+end, "'--' is not allowed in a comment"), false, false
		}
		x.pos += end + 7
		return true, false, false
	case strings.HasPrefix(s, "<![CDATA["):
		end := strings.Index(s, "]]>")
		if end < 0 {
			return x.fail(x.pos, "the CDATA section is not closed with ']]>'"), true, false
		}
		if len(x.open) == 0 {
			return x.fail(x.pos, "text outside of the root element"), false, false
		}
		x.kind, x.at, x.value = xmlText, x.pos, x.lineEnds(s[len("<![CDATA["):end])
		x.pos += end + 3
		return true, false, true
	case strings.HasPrefix(s, "<!DOCTYPE"):
		return x.docType(s)
	}
	end := tagEnd(s)
	if end < 0 {
		return x.fail(x.pos, "the tag is not closed with '>'"), true, false
	}
	x.at = x.pos
	x.pos += end + 1
	if strings.HasPrefix(s, "</") {
		return x.endTag(s[2:end]), false, true
	}
	return x.startTag(s[1:end]), false, true
}

// tagEnd returns the index of the > that closes the tag at the beginning of s, or -1.
func tagEnd(s string) int {
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}

// chars takes text up to the next tag, or as far as the window goes.
func (x *xmlLexer) chars(s string) (ok, more, token bool) {
	end := strings.IndexByte(s, '<')
	if end < 0 {
		end = len(s)
		if !x.ended() { // an entity, "]]>" or CR LF may be cut
			if i := strings.LastIndexAny(s, "&\r]"); i >= 0 && len(s)-i < maxEntity {
				end = i
			}
			if end == 0 || len(s) < lookahead {
				return false, true, false
			}
		}
	}
	s = s[:end]
	x.at = x.pos
	if len(x.open) == 0 {
		if i := strings.IndexFunc(s, func(r rune) bool { return !isXMLBlank(r) && string(r) != byteOrderMark }); i >= 0 {
			return x.fail(x.pos+i, "text outside of the root element"), false, false
		}
		x.pos += end
		return true, false, false
	}
	if i := strings.Index(s, "]]>"); i >= 0 {
		return x.fail(x.pos+i, "']]>' is not allowed in text"), false, false
	}
	text, ok := x.unescape(s, x.pos, false)
	if !ok {
		return false, false, false
	}
	x.pos += end
	x.kind, x.value = xmlText, text
	return true, false, true
}

func isXMLBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// lineEnds turns CR LF and CR into LF, as XML 1.0 §2.11 asks.
func (x *xmlLexer) lineEnds(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// instruction skips <? … ?>, of which the XML declaration names the encoding.
func (x *xmlLexer) instruction(s string) (ok, more, token bool) {
	end := strings.Index(s, "?>")
	if end < 0 {
		return x.fail(x.pos, "the instruction is not closed with '?>'"), true, false
	}
	if strings.HasPrefix(s, "<?xml ") {
		if _, rest, ok := strings.Cut(s[:end], "encoding"); ok {
			encoding := strings.Trim(rest, " \t\r\n='\"")
			if i := strings.IndexAny(encoding, " \t\r\n'\""); i >= 0 {
				encoding = encoding[:i]
			}
			if !strings.EqualFold(encoding, "utf-8") && !strings.EqualFold(encoding, "us-ascii") {
				return x.fail(x.pos, "the encoding "+encoding+" is not supported: convert the file to UTF-8"), false, false
			}
		}
	}
	x.pos += end + 2
	return true, false, false
}

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

// unescape resolves references and line ends of s, which begins at the window's index at; in an attribute all white
// space becomes blanks.
func (x *xmlLexer) unescape(s string, at int, attribute bool) (string, bool) {
	special := "&\r"
	if attribute {
		special = "&\r\n\t"
	}
	i := strings.IndexAny(s, special)
	if bad := badXMLChar(s); bad >= 0 {
		return "", x.fail(at+bad, "the character "+quoteRune(s[bad:], "")+" is not allowed in XML")
	}
	if i < 0 {
		return s, true
	}
	b := x.scratch[:0]
	for ; i >= 0; i = strings.IndexAny(s, special) {
		b = append(b, s[:i]...)
		n := 1
		switch {
		case s[i] == '&':
			var value string
			var ok bool
			if value, n, ok = x.reference(s[i:], at+i); !ok {
				return "", false
			}
			b = append(b, value...)
		case s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n':
			n = 2
			fallthrough
		default:
			if attribute {
				b = append(b, ' ')
			} else {
				b = append(b, '\n')
			}
		}
		s, at = s[i+n:], at+i+n
	}
	b = append(b, s...)
	x.scratch = b
	return x.arena.copyOf(b), true
}

// badXMLChar returns the index of a control character that XML forbids, or -1.
func badXMLChar(s string) int {
	for i := range len(s) {
		c := s[i]
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return i
		}
		if c == 0xEF && i+2 < len(s) && s[i+1] == 0xBF && s[i+2] >= 0xBE {
			return i
		}
	}
	return -1
}

// reference resolves the entity or character reference that s begins with, and returns its length too.
func (x *xmlLexer) reference(s string, at int) (value string, n int, ok bool) {
	end := strings.IndexByte(s[:min(len(s), maxEntity)], ';')
	if end < 2 {
		return "", 0, x.fail(at, "'&' begins no reference: write &amp;")
	}
	name := s[1:end]
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		base := 10
		if hex, ok := strings.CutPrefix(digits, "x"); ok {
			digits, base = hex, 16
		}
		r, err := strconv.ParseUint(digits, base, 32)
		if err != nil || r > utf8.MaxRune || !utf8.ValidRune(rune(r)) || badXMLChar(string(rune(r))) >= 0 {
			return "", 0, x.fail(at, "&"+name+"; is no character of XML")
		}
		return string(rune(r)), end + 1, true
	}
	switch name {
	case "lt":
		value = "<"
	case "gt":
		value = ">"
	case "amp":
		value = "&"
	case "quot":
		value = `"`
	case "apos":
		value = "'"
	default:
		if value, ok = x.entities[name]; !ok {
			return "", 0, x.fail(at, "the entity &"+name+"; is not declared here; external ones are not read")
		}
	}
	return value, end + 1, true
}
