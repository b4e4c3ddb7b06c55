package rdf

import (
	"strconv"
	"strings"
)

// Kind tells the four kinds of terms apart, and the zero Term from all of them. The order of the constants is the
// order in which SPARQL 1.1 §15.1 sorts kinds.
type Kind uint8

const (
	Undef      Kind = iota // no term: unbound in a solution, the default graph in a quad
	Blank                  // blank node
	IRI                    // absolute IRI
	Literal                // literal
	TripleTerm             // triple term, RDF 1.2 Concepts §3.1
)

// Direction is the base direction of a literal's text (RDF 1.2 Concepts §3.3).
type Direction uint8

const (
	NoDirection Direction = iota
	LTR                   // "ltr"
	RTL                   // "rtl"
)

// String returns "", "ltr" or "rtl".
func (d Direction) String() string { return [...]string{"", "ltr", "rtl"}[d] }

// Term is one RDF term. It is immutable and cheap to copy. Its strings may be cut from a reader's larger buffer:
// [Term.Clone] one that is kept for long. The zero value is no term.
//
// Terms are not compared with ==, because triple terms are held by pointer: use [Term.Equal]. Terms of other kinds
// may be map keys; for all kinds [Term.String] is a key.
type Term struct {
	kind   Kind
	dir    Direction
	isLang bool   // aux is a language tag, not a datatype
	value  string // IRI, blank node label, or lexical form
	aux    string // datatype IRI ("" for xsd:string), or language tag
	triple *Triple
}

// NewIRI returns an IRI. The text is taken as it is: readers validate, this does not.
func NewIRI(iri string) Term { return Term{kind: IRI, value: iri} }

// NewBlank returns the blank node with a label, without its "_:".
func NewBlank(label string) Term { return Term{kind: Blank, value: label} }

// NewString returns an xsd:string.
func NewString(lexical string) Term { return Term{kind: Literal, value: lexical} }

// NewLiteral returns a literal with a datatype; "" and xsd:string are the same.
func NewLiteral(lexical, datatype string) Term {
	if datatype == XSDString {
		datatype = ""
	}
	return Term{kind: Literal, value: lexical, aux: datatype}
}

// NewLangString returns a literal with a language tag (rdf:langString). Tags that differ in case only are the same
// (RDF 1.2 Concepts §3.3), so the tag is kept in lower case, which is also its canonical form in N-Triples.
func NewLangString(lexical, lang string) Term {
	return NewDirLangString(lexical, lang, NoDirection)
}

// NewDirLangString returns a literal with a language tag and a base direction (rdf:dirLangString); with
// NoDirection it is [NewLangString].
func NewDirLangString(lexical, lang string, dir Direction) Term {
	return Term{kind: Literal, dir: dir, isLang: true, value: lexical, aux: strings.ToLower(lang)}
}

// NewInteger returns an xsd:integer in canonical form.
func NewInteger(n int64) Term {
	return Term{kind: Literal, value: strconv.FormatInt(n, 10), aux: XSDInteger}
}

// NewBoolean returns an xsd:boolean in canonical form.
func NewBoolean(b bool) Term {
	return Term{kind: Literal, value: strconv.FormatBool(b), aux: XSDBoolean}
}

// NewTripleTerm returns the triple term <<( s p o )>>.
func NewTripleTerm(s, p, o Term) Term {
	return Term{kind: TripleTerm, triple: &Triple{S: s, P: p, O: o}}
}

// Kind returns the kind of the term.
func (t Term) Kind() Kind { return t.kind }

// IsZero reports whether t is no term.
func (t Term) IsZero() bool { return t.kind == Undef }

// IsIRI reports whether t is an IRI.
func (t Term) IsIRI() bool { return t.kind == IRI }

// IsBlank reports whether t is a blank node.
func (t Term) IsBlank() bool { return t.kind == Blank }

// IsLiteral reports whether t is a literal.
func (t Term) IsLiteral() bool { return t.kind == Literal }

// IsTripleTerm reports whether t is a triple term.
func (t Term) IsTripleTerm() bool { return t.kind == TripleTerm }

// Value returns the IRI, the blank node's label without "_:", or the literal's lexical form; "" for other kinds.
func (t Term) Value() string { return t.value }

// Datatype returns the IRI of a literal's datatype, rdf:langString and rdf:dirLangString included; "" for other kinds.
func (t Term) Datatype() string {
	switch {
	case t.kind != Literal:
		return ""
	case t.dir != NoDirection:
		return RDFDirLangString
	case t.isLang:
		return RDFLangString
	case t.aux == "":
		return XSDString
	}
	return t.aux
}

// IsString reports whether t is a literal of type xsd:string.
func (t Term) IsString() bool { return t.kind == Literal && !t.isLang && t.aux == "" }

// Lang returns a literal's language tag, or "".
func (t Term) Lang() string {
	if t.isLang {
		return t.aux
	}
	return ""
}

// Direction returns a literal's base direction.
func (t Term) Direction() Direction { return t.dir }

// Triple returns the parts of a triple term, or the zero Triple.
func (t Term) Triple() Triple {
	if t.triple == nil {
		return Triple{}
	}
	return *t.triple
}

// Equal reports whether two terms are the same term (RDF 1.2 Concepts §3).
func (t Term) Equal(u Term) bool {
	if t.kind != u.kind || t.dir != u.dir || t.isLang != u.isLang || t.value != u.value {
		return false
	}
	if t.kind == TripleTerm {
		return t.triple.Equal(*u.triple)
	}
	return t.aux == u.aux
}

// Compare is a total order of terms: by kind, then IRIs and labels by code point, literals by lexical form, then
// datatype, language and direction, triple terms by their parts. It returns -1, 0 or 1; 0 means the same spelling.
func (t Term) Compare(u Term) int {
	if t.kind != u.kind {
		return sign(int(t.kind) - int(u.kind))
	}
	if t.kind == TripleTerm {
		return t.triple.Compare(*u.triple)
	}
	if c := strings.Compare(t.value, u.value); c != 0 {
		return c
	}
	if t.isLang != u.isLang {
		if u.isLang {
			return -1
		}
		return 1
	}
	if c := strings.Compare(t.aux, u.aux); c != 0 {
		return c
	}
	return sign(int(t.dir) - int(u.dir))
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// Clone returns the term with strings of its own, so that it keeps no larger buffer alive.
func (t Term) Clone() Term {
	t.value, t.aux = strings.Clone(t.value), strings.Clone(t.aux)
	if t.triple != nil {
		t.triple = &Triple{S: t.triple.S.Clone(), P: t.triple.P.Clone(), O: t.triple.O.Clone()}
	}
	return t
}

// String returns the term in N-Triples 1.2, and "" for no term.
func (t Term) String() string { return string(t.Append(nil)) }

// Append appends the term in canonical N-Triples 1.2 to b: characters outside ASCII as they are, escapes only where
// the canonical form asks for them (RDF 1.2 N-Triples §4).
func (t Term) Append(b []byte) []byte {
	switch t.kind {
	case IRI:
		b = append(b, '<')
		b = appendIRI(b, t.value)
		return append(b, '>')
	case Blank:
		b = append(b, '_', ':')
		return append(b, t.value...)
	case Literal:
		b = append(b, '"')
		b = appendEscaped(b, t.value)
		b = append(b, '"')
		switch {
		case t.isLang:
			b = append(b, '@')
			b = append(b, t.aux...)
			if t.dir != NoDirection {
				b = append(b, '-', '-')
				b = append(b, t.dir.String()...)
			}
		case t.aux != "":
			b = append(b, '^', '^', '<')
			b = appendIRI(b, t.aux)
			b = append(b, '>')
		}
	case TripleTerm:
		b = append(b, "<<( "...)
		b = t.triple.S.Append(b)
		b = append(b, ' ')
		b = t.triple.P.Append(b)
		b = append(b, ' ')
		b = t.triple.O.Append(b)
		b = append(b, " )>>"...)
	}
	return b
}

const hex = "0123456789ABCDEF"

// appendEscaped appends a lexical form with the escapes of canonical N-Triples: the short ones where they exist,
// \u00XX for the other control characters, and \uFFFE and \uFFFF, which XML cannot hold.
func appendEscaped(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0x7f {
			if c == 0xEF && i+2 < len(s) && s[i+1] == 0xBF && s[i+2] >= 0xBE { // U+FFFE, U+FFFF
				b = append(b, s[from:i]...)
				b = append(b, '\\', 'u', 'F', 'F', 'F', hex[s[i+2]&15])
				i += 2
				from = i + 1
			}
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		case '\b':
			b = append(b, '\\', 'b')
		case '\f':
			b = append(b, '\\', 'f')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(b, s[from:]...)
}

// appendIRI appends an IRI; characters that IRIREF does not allow are escaped, so that the line can be read again.
func appendIRI(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c <= 0x20, c == '<', c == '>', c == '"', c == '{', c == '}', c == '|', c == '^', c == '`', c == '\\':
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return b
}
