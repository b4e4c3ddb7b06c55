package xsd

import (
	"strings"

	"sett/graph/rdf"
)

var termFunctions = []Function{
	{Name: "isIRI", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.1", Fn: isKind(IRI)},
	{Name: "isURI", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.1", Fn: isKind(IRI)},
	{Name: "isBLANK", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.2", Fn: isKind(Blank)},
	{Name: "isLITERAL", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.3", Fn: test(Value.IsLiteral)},
	{Name: "isNUMERIC", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.4", Fn: test(Value.IsNumeric)},
	{Name: "STR", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.5", Fn: fnStr},
	{Name: "LANG", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.6", Fn: fnLang},
	{Name: "LANGDIR", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.2", Fn: fnLangDir},
	{Name: "hasLANG", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.2", Fn: isKind(LangString)},
	{Name: "hasLANGDIR", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.2", Fn: test(hasDirection)},
	{Name: "DATATYPE", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.7", Fn: fnDatatype},
	{Name: "IRI", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.8", Fn: fnIRI},
	{Name: "URI", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.2.8", Fn: fnIRI},
	{Name: "BNODE", Min: 0, Max: 1, Section: "SPARQL 1.1 §17.4.2.9", Volatile: true, Fn: fnBNode},
	{Name: "STRDT", Min: 2, Max: 2, Section: "SPARQL 1.1 §17.4.2.10", Fn: fnStrDT},
	{Name: "STRLANG", Min: 2, Max: 2, Section: "SPARQL 1.1 §17.4.2.11", Fn: fnStrLang},
	{Name: "STRLANGDIR", Min: 3, Max: 3, Section: "SPARQL 1.2 §17.4.2", Fn: fnStrLangDir},
	{Name: "UUID", Section: "SPARQL 1.1 §17.4.2.12", Volatile: true, Fn: fnUUID},
	{Name: "STRUUID", Section: "SPARQL 1.1 §17.4.2.13", Volatile: true, Fn: fnStrUUID},
	{Name: "sameTerm", Min: 2, Max: 2, Section: "SPARQL 1.1 §17.4.1.8", Fn: fnSameTerm},
	{Name: "sameValue", Min: 2, Max: 2, Section: "SPARQL 1.2 §17.4.1", Fn: fnSameValue},
}

func isKind(k Kind) func(*Context, []Value) (Value, error) {
	return func(_ *Context, a []Value) (Value, error) { return NewBoolean(a[0].kind == k), nil }
}

func test(is func(Value) bool) func(*Context, []Value) (Value, error) {
	return func(_ *Context, a []Value) (Value, error) { return NewBoolean(is(a[0])), nil }
}

func hasDirection(v Value) bool { return v.kind == LangString && v.typ != uint8(rdf.NoDirection) }

func fnStr(_ *Context, a []Value) (Value, error) {
	switch {
	case a[0].kind == String:
		return a[0], nil
	case a[0].kind == IRI || a[0].IsLiteral():
		return NewString(a[0].Lexical()), nil
	}
	return Value{}, errArgument
}

func fnLang(_ *Context, a []Value) (Value, error) {
	switch {
	case a[0].kind == LangString:
		return NewString(a[0].aux), nil
	case a[0].IsLiteral():
		return NewString(""), nil
	}
	return Value{}, errArgument
}

func fnLangDir(_ *Context, a []Value) (Value, error) {
	switch {
	case a[0].kind == LangString:
		return NewString(rdf.Direction(a[0].typ).String()), nil
	case a[0].IsLiteral():
		return NewString(""), nil
	}
	return Value{}, errArgument
}

func fnDatatype(_ *Context, a []Value) (Value, error) {
	if !a[0].IsLiteral() {
		return Value{}, errArgument
	}
	return NewIRI(a[0].Datatype()), nil
}

func fnIRI(c *Context, a []Value) (Value, error) {
	switch a[0].kind {
	case IRI:
		return a[0], nil
	case String:
		iri, ok := resolveIRI(c.Base, a[0].text)
		if !ok {
			return Value{}, errArgument
		}
		return NewIRI(iri), nil
	}
	return Value{}, errArgument
}

func fnBNode(c *Context, a []Value) (Value, error) {
	if len(a) == 0 {
		return NewBlank(c.blank()), nil
	}
	if a[0].kind != String {
		return Value{}, errString
	}
	if c.blanks == nil || c.blankRow != c.Row {
		c.blanks, c.blankRow = make(map[string]string), c.Row
	}
	label, ok := c.blanks[a[0].text]
	if !ok {
		label = c.blank()
		c.blanks[a[0].text] = label
	}
	return NewBlank(label), nil
}

func fnStrDT(_ *Context, a []Value) (Value, error) {
	if a[0].kind != String || a[1].kind != IRI {
		return Value{}, errArgument
	}
	if a[1].text == rdf.RDFLangString || a[1].text == rdf.RDFDirLangString {
		return Value{}, errArgument
	}
	return FromTerm(rdf.NewLiteral(a[0].text, a[1].text)), nil
}

func fnStrLang(_ *Context, a []Value) (Value, error) {
	if a[0].kind != String || a[1].kind != String || !isLanguageTag(a[1].text) {
		return Value{}, errArgument
	}
	return NewLangString(a[0].text, strings.ToLower(a[1].text), rdf.NoDirection), nil
}

func fnStrLangDir(_ *Context, a []Value) (Value, error) {
	if a[0].kind != String || a[1].kind != String || a[2].kind != String || !isLanguageTag(a[1].text) {
		return Value{}, errArgument
	}
	var dir rdf.Direction
	switch a[2].text {
	case "ltr":
		dir = rdf.LTR
	case "rtl":
		dir = rdf.RTL
	default:
		return Value{}, errArgument
	}
	return NewLangString(a[0].text, strings.ToLower(a[1].text), dir), nil
}

// isLanguageTag checks the shape of BCP 47 tags that Turtle's LANGTAG has: letters, then letters and digits, in
// parts of at most eight.
func isLanguageTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if part == "" || len(part) > 8 {
			return false
		}
		for _, c := range []byte(part) {
			letter := 'a' <= c|0x20 && c|0x20 <= 'z'
			if !letter && (i == 0 || c-'0' > 9) {
				return false
			}
		}
	}
	return true
}

// uuid returns a random UUID of version 4 (RFC 9562 §5.4).
func (c *Context) uuid() string {
	const hex = "0123456789abcdef"
	hi, lo := c.uint64(), c.uint64()
	hi = hi&^0xf000 | 0x4000
	lo = lo&^(3<<62) | 1<<63
	b := make([]byte, 0, 36)
	for i := range 32 {
		if i == 8 || i == 12 || i == 16 || i == 20 {
			b = append(b, '-')
		}
		if i < 16 {
			b = append(b, hex[hi>>(60-4*i)&15])
		} else {
			b = append(b, hex[lo>>(60-4*(i-16))&15])
		}
	}
	return string(b)
}

func fnUUID(c *Context, _ []Value) (Value, error)    { return NewIRI("urn:uuid:" + c.uuid()), nil }
func fnStrUUID(c *Context, _ []Value) (Value, error) { return NewString(c.uuid()), nil }

func fnSameTerm(_ *Context, a []Value) (Value, error) { return NewBoolean(SameTerm(a[0], a[1])), nil }

func fnSameValue(_ *Context, a []Value) (Value, error) {
	return NewBoolean(SameValue(a[0], a[1])), nil
}

var tripleFunctions = []Function{
	{Name: "isTRIPLE", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.6", Fn: isKind(TripleTerm)},
	{Name: "TRIPLE", Min: 3, Max: 3, Section: "SPARQL 1.2 §17.4.6", Fn: fnTriple},
	{Name: "SUBJECT", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.6", Fn: part(func(t rdf.Triple) rdf.Term { return t.S })},
	{Name: "PREDICATE", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.6", Fn: part(func(t rdf.Triple) rdf.Term { return t.P })},
	{Name: "OBJECT", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.6", Fn: part(func(t rdf.Triple) rdf.Term { return t.O })},
}

func fnTriple(_ *Context, a []Value) (Value, error) {
	if (a[0].kind != IRI && a[0].kind != Blank) || a[1].kind != IRI || a[2].kind == None {
		return Value{}, errArgument
	}
	return FromTerm(rdf.NewTripleTerm(a[0].Term(), a[1].Term(), a[2].Term())), nil
}

func part(of func(rdf.Triple) rdf.Term) func(*Context, []Value) (Value, error) {
	return func(_ *Context, a []Value) (Value, error) {
		if a[0].kind != TripleTerm {
			return Value{}, errTriple
		}
		return FromTerm(of(a[0].ext.term.Triple())), nil
	}
}
