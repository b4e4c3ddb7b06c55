package results

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// separatedWriter writes SPARQL 1.2 Query Results CSV or TSV.
type separatedWriter struct {
	w     *bufio.Writer
	vars  []string
	buf   []byte
	begun bool
	sep   byte
	end   string
	head  string // before a variable's name
	term  func([]byte, rdf.Term) []byte
}

func newCSVWriter(w io.Writer, vars []string, _ Options) Writer {
	return &separatedWriter{w: bufio.NewWriterSize(w, 1<<16), vars: vars, sep: ',', end: "\r\n", term: appendCSVTerm}
}

func newTSVWriter(w io.Writer, vars []string, _ Options) Writer {
	return &separatedWriter{w: bufio.NewWriterSize(w, 1<<16), vars: vars, sep: '\t', end: "\n", head: "?", term: appendTSVTerm}
}

func (s *separatedWriter) begin() {
	s.begun = true
	for i, v := range s.vars {
		if i > 0 {
			s.w.WriteByte(s.sep)
		}
		s.w.WriteString(s.head + v)
	}
	s.w.WriteString(s.end)
}

func (s *separatedWriter) Row(row []rdf.Term) error {
	if len(row) != len(s.vars) {
		return ErrColumns
	}
	if !s.begun {
		s.begin()
	}
	b := s.buf[:0]
	for i, t := range row {
		if i > 0 {
			b = append(b, s.sep)
		}
		b = s.term(b, t)
	}
	s.buf = append(b, s.end...)
	_, err := s.w.Write(s.buf)
	return err
}

// Boolean writes a line with true or false; the standard has no spelling for it.
func (s *separatedWriter) Boolean(value bool) error {
	s.begun = true
	_, err := s.w.WriteString(strconv.FormatBool(value) + s.end)
	return err
}

func (s *separatedWriter) Close() error {
	if !s.begun {
		s.begin()
	}
	return s.w.Flush()
}

// appendCSVTerm writes the bare value, quoted where RFC 4180 asks for it; triple terms as in Turtle.
func appendCSVTerm(b []byte, t rdf.Term) []byte {
	v := t.Value()
	switch t.Kind() {
	case rdf.Blank:
		v = "_:" + v
	case rdf.TripleTerm:
		v = t.String()
	}
	if !strings.ContainsAny(v, "\",\r\n") {
		return append(b, v...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(v, `"`, `""`)...)
	return append(b, '"')
}

// appendTSVTerm writes a term as Turtle does, with numbers abbreviated.
func appendTSVTerm(b []byte, t rdf.Term) []byte {
	switch t.Datatype() {
	case rdf.XSDInteger, rdf.XSDDecimal, rdf.XSDDouble:
		if numberType(t.Value()) == t.Datatype() {
			return append(b, t.Value()...)
		}
	}
	return t.Append(b)
}

// numberType returns the datatype that Turtle's abbreviation of a number stands for, "" if s is none (Turtle 1.2 §6.5,
// INTEGER, DECIMAL, DOUBLE).
func numberType(s string) string {
	i := 0
	if s != "" && (s[0] == '+' || s[0] == '-') {
		i++
	}
	run := func() int {
		from := i
		for i < len(s) && s[i]-'0' <= 9 {
			i++
		}
		return i - from
	}
	whole, frac, point := run(), 0, false
	if i < len(s) && s[i] == '.' {
		point = true
		i++
		frac = run()
	}
	if i == len(s) {
		switch {
		case !point && whole > 0:
			return rdf.XSDInteger
		case point && frac > 0:
			return rdf.XSDDecimal
		}
		return ""
	}
	if whole+frac == 0 || s[i]|0x20 != 'e' {
		return ""
	}
	i++
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	if run() > 0 && i == len(s) {
		return rdf.XSDDouble
	}
	return ""
}
