package rdfio

import (
	"bytes"
	"regexp"
	"strings"

	"sett/graph/rdf"
)

// Sniff guesses the format of an input from its first bytes (a few kilobytes are plenty; the last line may be cut
// off). It answers only if it has seen something that the format alone has; false means: not RDF, or not to be told.
func Sniff(first []byte) (Format, bool) {
	first = bytes.TrimLeft(bytes.TrimPrefix(first, []byte(byteOrderMark)), " \t\r\n")
	name := ""
	switch {
	case len(first) == 0:
		return Format{}, false
	case xmlStart.Match(first):
		if bytes.Contains(first, []byte(rdf.RDFNS)) {
			name = "rdfxml"
		}
	case first[0] == '{' || first[0] == '[':
		if name = sniffJSON(first); name == "" {
			name = sniffTurtle(first)
		}
	default:
		if name = sniffLines(first); name == "" {
			name = sniffTurtle(first)
		}
	}
	return FormatByName(name)
}

// xmlStart matches a declaration, a comment, a document type or an element with a namespace. An IRI in angle
// brackets has no blank and no attribute.
var xmlStart = regexp.MustCompile(`^<(\?xml|!--|!DOCTYPE|[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?\s+[\w:.-]+\s*=)`)

// jsonStart matches what JSON begins with and Turtle does not.
var jsonStart = regexp.MustCompile(`^(\[\s*)*(\{\s*("|\})|\[\s*\]\s*$)`)

// sniffJSON wants a keyword of JSON-LD, so that other JSON is not taken for it.
func sniffJSON(first []byte) string {
	if jsonStart.Match(first) && (bytes.Contains(first, []byte(`"@context"`)) || bytes.Contains(first, []byte(`"@id"`)) ||
		bytes.Contains(first, []byte(`"@graph"`)) || bytes.Contains(first, []byte(`"@type"`))) {
		return "jsonld"
	}
	return ""
}

// sniffLines reads the whole lines as N-Quads.
func sniffLines(first []byte) string {
	lines := string(first)
	if cut := lastLineEnd(first); cut > 0 {
		lines = lines[:cut]
	}
	l := &lineReader{lineParser: lineParser{quads: true}}
	l.open(Chunk{Text: lines, Line: 1})
	quads, graphs := 0, 0
	for {
		var q rdf.Quad
		found, ok := l.statement(&q)
		if !ok {
			return ""
		}
		if found {
			quads++
			if !q.G.IsZero() {
				graphs++
			}
			continue
		}
		if l.pos >= len(l.text) {
			break
		}
	}
	switch {
	case graphs > 0:
		return "nq"
	case quads > 0:
		return "nt"
	}
	return ""
}

// sniffTurtle reads as TriG, whose statements are Turtle's, as far as it goes.
func sniffTurtle(first []byte) string {
	r, err := newTurtle(bytes.NewReader(first), ReaderOptions{Base: "urn:sniff:"}, true)
	if err != nil {
		return ""
	}
	var batch [1]rdf.Quad
	quads := 0
	for {
		n, err := r.Read(batch[:])
		if err != nil {
			break
		}
		quads += n
	}
	declared := len(r.namespaces) > 0 || !strings.HasPrefix(r.base.scheme, "urn:")
	switch {
	case r.sawGraph && (quads > 0 || declared):
		return "trig"
	case quads > 0 || declared:
		return "ttl"
	}
	return ""
}
