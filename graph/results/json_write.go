package results

import (
	"bufio"
	"io"
	"strconv"
	"unicode/utf8"

	"sett/graph/rdf"
)

// jsonWriter writes SPARQL 1.2 Query Results JSON.
type jsonWriter struct {
	w     *bufio.Writer
	vars  [][]byte // "name": ready to write
	names []string
	buf   []byte
	rows  int
	begun bool
	ask   bool
}

func newJSONWriter(w io.Writer, vars []string, _ Options) Writer {
	j := &jsonWriter{w: bufio.NewWriterSize(w, 1<<16), names: vars}
	for _, v := range vars {
		j.vars = append(j.vars, append(appendJSONString(nil, v), ':'))
	}
	return j
}

func (j *jsonWriter) begin() {
	j.begun = true
	b := append(j.buf[:0], `{"head":{"vars":[`...)
	for i, v := range j.names {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSONString(b, v)
	}
	j.buf = append(b, "]},\n\"results\":{\"bindings\":["...)
	j.w.Write(j.buf)
}

func (j *jsonWriter) Row(row []rdf.Term) error {
	if len(row) != len(j.vars) {
		return ErrColumns
	}
	if !j.begun {
		j.begin()
	}
	b := j.buf[:0]
	if j.rows > 0 {
		b = append(b, ',')
	}
	j.rows++
	b = append(b, '\n')
	j.buf = appendJSONRow(b, j.vars, row)
	_, err := j.w.Write(j.buf)
	return err
}

func (j *jsonWriter) Boolean(value bool) error {
	j.begun, j.ask = true, true
	_, err := j.w.WriteString(`{"head":{},"boolean":` + strconv.FormatBool(value) + "}\n")
	return err
}

func (j *jsonWriter) Close() error {
	if !j.begun {
		j.begin()
	}
	if !j.ask {
		j.w.WriteString("\n]}}\n")
	}
	return j.w.Flush()
}

// ndjsonWriter writes a line a row: an object from variables to terms as in the JSON format.
type ndjsonWriter struct {
	w    *bufio.Writer
	vars [][]byte
	buf  []byte
}

func newNDJSONWriter(w io.Writer, vars []string, _ Options) Writer {
	n := &ndjsonWriter{w: bufio.NewWriterSize(w, 1<<16)}
	for _, v := range vars {
		n.vars = append(n.vars, append(appendJSONString(nil, v), ':'))
	}
	return n
}

func (n *ndjsonWriter) Row(row []rdf.Term) error {
	if len(row) != len(n.vars) {
		return ErrColumns
	}
	n.buf = append(appendJSONRow(n.buf[:0], n.vars, row), '\n')
	_, err := n.w.Write(n.buf)
	return err
}

func (n *ndjsonWriter) Boolean(value bool) error {
	_, err := n.w.WriteString(`{"boolean":` + strconv.FormatBool(value) + "}\n")
	return err
}

func (n *ndjsonWriter) Close() error { return n.w.Flush() }

// appendJSONRow appends a solution as an object without its unbound variables.
func appendJSONRow(b []byte, vars [][]byte, row []rdf.Term) []byte {
	b = append(b, '{')
	first := true
	for i, t := range row {
		if t.IsZero() {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, vars[i]...)
		b = appendJSONTerm(b, t)
	}
	return append(b, '}')
}

func appendJSONTerm(b []byte, t rdf.Term) []byte {
	switch t.Kind() {
	case rdf.IRI:
		b = append(b, `{"type":"uri","value":`...)
		b = appendJSONString(b, t.Value())
	case rdf.Blank:
		b = append(b, `{"type":"bnode","value":`...)
		b = appendJSONString(b, t.Value())
	case rdf.TripleTerm:
		tr := t.Triple()
		b = append(b, `{"type":"triple","value":{"subject":`...)
		b = appendJSONTerm(b, tr.S)
		b = append(b, `,"predicate":`...)
		b = appendJSONTerm(b, tr.P)
		b = append(b, `,"object":`...)
		b = appendJSONTerm(b, tr.O)
		b = append(b, '}')
	default:
		b = append(b, `{"type":"literal","value":`...)
		b = appendJSONString(b, t.Value())
		switch {
		case t.Lang() != "":
			b = append(b, `,"xml:lang":`...)
			b = appendJSONString(b, t.Lang())
			if t.Direction() != rdf.NoDirection {
				b = append(b, `,"its:dir":`...)
				b = appendJSONString(b, t.Direction().String())
			}
		case !t.IsString():
			b = append(b, `,"datatype":`...)
			b = appendJSONString(b, t.Datatype())
		}
	}
	return append(b, '}')
}

// appendJSONString appends a JSON string; bytes that are not UTF-8 become U+FFFD.
func appendJSONString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(append(b, s[from:i]...), "\uFFFD"...)
				from = i + 1
			}
			i += size
			continue
		}
		i++
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i-1]...)
		from = i
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\t':
			b = append(b, '\\', 't')
		case '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}
