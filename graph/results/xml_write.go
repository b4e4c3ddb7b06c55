package results

import (
	"bufio"
	"io"
	"strconv"
	"unicode/utf8"

	"sett/graph/rdf"
)

// xmlWriter writes SPARQL 1.2 Query Results XML.
type xmlWriter struct {
	w     *bufio.Writer
	vars  []string
	buf   []byte
	begun bool
	ask   bool
}

func newXMLWriter(w io.Writer, vars []string, _ Options) Writer {
	return &xmlWriter{w: bufio.NewWriterSize(w, 1<<16), vars: vars}
}

const xmlStart = `<?xml version="1.0" encoding="utf-8"?>
<sparql xmlns="http://www.w3.org/2005/sparql-results#" xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0">
`

func (x *xmlWriter) begin() {
	x.begun = true
	b := append(x.buf[:0], xmlStart...)
	b = append(b, "<head>"...)
	for _, v := range x.vars {
		b = append(b, `<variable name="`...)
		b = append(appendXML(b, v), `"/>`...)
	}
	x.buf = append(b, "</head>\n<results>\n"...)
	x.w.Write(x.buf)
}

func (x *xmlWriter) Row(row []rdf.Term) error {
	if len(row) != len(x.vars) {
		return ErrColumns
	}
	if !x.begun {
		x.begin()
	}
	b := append(x.buf[:0], "<result>"...)
	for i, t := range row {
		if t.IsZero() {
			continue
		}
		b = append(b, `<binding name="`...)
		b = append(appendXML(b, x.vars[i]), `">`...)
		b = append(appendXMLTerm(b, t), "</binding>"...)
	}
	x.buf = append(b, "</result>\n"...)
	_, err := x.w.Write(x.buf)
	return err
}

func (x *xmlWriter) Boolean(value bool) error {
	x.begun, x.ask = true, true
	_, err := x.w.WriteString(xmlStart + "<head/>\n<boolean>" + strconv.FormatBool(value) + "</boolean>\n</sparql>\n")
	return err
}

func (x *xmlWriter) Close() error {
	if !x.begun {
		x.begin()
	}
	if !x.ask {
		x.w.WriteString("</results>\n</sparql>\n")
	}
	return x.w.Flush()
}

func appendXMLTerm(b []byte, t rdf.Term) []byte {
	switch t.Kind() {
	case rdf.IRI:
		return append(appendXML(append(b, "<uri>"...), t.Value()), "</uri>"...)
	case rdf.Blank:
		return append(appendXML(append(b, "<bnode>"...), t.Value()), "</bnode>"...)
	case rdf.TripleTerm:
		tr := t.Triple()
		b = append(appendXMLTerm(append(b, "<triple><subject>"...), tr.S), "</subject><predicate>"...)
		b = append(appendXMLTerm(b, tr.P), "</predicate><object>"...)
		return append(appendXMLTerm(b, tr.O), "</object></triple>"...)
	}
	b = append(b, "<literal"...)
	switch {
	case t.Lang() != "":
		b = append(appendXML(append(b, ` xml:lang="`...), t.Lang()), '"')
		if t.Direction() != rdf.NoDirection {
			b = append(append(append(b, ` its:dir="`...), t.Direction().String()...), '"')
		}
	case !t.IsString():
		b = append(appendXML(append(b, ` datatype="`...), t.Datatype()), '"')
	}
	return append(appendXML(append(b, '>'), t.Value()), "</literal>"...)
}

// appendXML escapes text for content and attributes. White space other than blanks is written as references, or
// parsers would normalise it; characters that XML 1.0 cannot have become U+FFFD.
func appendXML(b []byte, s string) []byte {
	for i, r := range s {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&quot;"...)
		case r == '\n' || r == '\r' || r == '\t':
			b = append(b, "&#"...)
			b = append(strconv.AppendInt(b, int64(r), 10), ';')
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF:
			b = append(b, "\uFFFD"...)
		case r < utf8.RuneSelf:
			b = append(b, s[i])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}
