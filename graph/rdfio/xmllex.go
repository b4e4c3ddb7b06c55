package rdfio

import (
	"io"
	"strings"
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

// chars takes text up to the next tag; long text in pieces.
func (x *xmlLexer) chars(s string) (ok, more, token bool) {
	end := strings.IndexByte(s, '<')
	if end < 0 {
		end = len(s)
		if !x.ended() { // an entity, "]]>" or CR LF may be cut
			if i := strings.LastIndexAny(s, "&\r]"); i >= 0 && len(s)-i < maxEntity {
				for end = i; end > 0 && s[end] == ']' && s[end-1] == ']'; {
					end--
				}
			}
			if end == 0 || len(s) < windowBlock {
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
