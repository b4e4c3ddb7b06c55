package rdfio

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"sett/graph/rdf"
)

func newXMLWriter(w io.Writer, opt WriterOptions) (Writer, error) {
	return &xmlWriter{out: output{w: w}, prefixes: opt.Prefixes}, nil
}

// xmlWriter writes RDF/XML as quads come: an rdf:Description for each run of one subject, so that quads sorted by
// subject give the shortest text. The syntax has no control characters, and no predicate that does not end in a name;
// those are ErrUnwritable. Only what needs RDF 1.2 (triple terms, base directions) is marked as such, where it stands.
type xmlWriter struct {
	out      output
	prefixes *rdf.Prefixes
	prefixOf map[string]string // by namespace; nil before the root element
	subject  rdf.Term          // whose description is open
}

// root writes the root element, once, with the prefixes there are by then.
func (x *xmlWriter) root() {
	if x.prefixOf != nil {
		return
	}
	x.prefixOf = map[string]string{rdf.RDFNS: "rdf"}
	b := fmt.Appendf(nil, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF xmlns:rdf=\"%s\"", rdf.RDFNS)
	for prefix, ns := range x.prefixes.All() {
		if prefix != "" && !isNCName(prefix) || strings.HasPrefix(strings.ToLower(prefix), "xml") || prefix == "rdf" ||
			prefix == "its" || prefix == otherPrefix || !isIRI(ns) || ns == xmlSpace || ns == xmlnsSpace {
			continue
		}
		b = append(b, "\n    xmlns"...)
		if prefix != "" {
			b = append(append(b, ':'), prefix...)
		}
		b = appendXMLAttr(b, ns)
		if _, ok := x.prefixOf[ns]; !ok {
			x.prefixOf[ns] = prefix
		}
	}
	x.out.b = append(b, ">\n"...)
}

// otherPrefix is declared where it is used, for namespaces without a prefix.
const otherPrefix = "ns"

func (x *xmlWriter) Write(q rdf.Quad) error {
	if x.out.err != nil {
		return x.out.err
	}
	q.G = rdf.Term{}
	if err := checkXML(q); err != nil {
		x.out.err = err
		return err
	}
	x.root()
	if q.S != x.subject {
		x.close()
		x.subject = q.S
		x.out.b = append(x.out.b, "  <rdf:Description"...)
		x.out.b = appendXMLNode(x.out.b, q.S, "about")
		x.out.b = append(x.out.b, ">\n"...)
	}
	x.property(q.P.Value(), q.O)
	return x.out.flushAbove(outputBlock)
}

func checkXML(q rdf.Quad) error {
	if err := checkQuad(q); err != nil {
		return err
	}
	return checkXMLTriple(q.Triple())
}

func checkXMLTriple(t rdf.Triple) error {
	if t.O.IsLiteral() && (badXMLChar(t.O.Value()) >= 0 || !utf8.ValidString(t.O.Value())) {
		return fmt.Errorf("%w in RDF/XML: the control characters of %s", ErrUnwritable, t.O)
	}
	space, local := splitPredicate(t.P.Value())
	if local == "" || forbidden(space, local, notProperty) || space == rdf.RDFNS && local == "li" || space == xmlSpace || space == xmlnsSpace {
		return fmt.Errorf("%w in RDF/XML: the predicate %s", ErrUnwritable, t.P)
	}
	if t.O.IsTripleTerm() {
		return checkXMLTriple(t.O.Triple())
	}
	return nil
}

// splitPredicate splits an IRI before the longest name at its end; local is empty if there is none.
func splitPredicate(iri string) (space, local string) {
	start := len(iri)
	for i := len(iri); i > 0; {
		r, n := utf8.DecodeLastRuneInString(iri[:i])
		if r < utf8.RuneSelf && class[r]&inName == 0 && r != '.' || r >= utf8.RuneSelf && !isNameRune(r) {
			break
		}
		i -= n
		if isNCName(iri[i : i+n]) {
			start = i
		}
	}
	return iri[:start], iri[start:]
}

// appendXMLNode appends the attribute that names a node.
func appendXMLNode(b []byte, t rdf.Term, attr string) []byte {
	if t.IsIRI() {
		b = append(append(b, " rdf:"...), attr...)
		return appendXMLAttr(b, t.Value())
	}
	label := t.Value() // rdf:nodeID wants a name; labels that begin with _ make room for the others
	if label[0] == '_' || !isNCName(label) {
		label = "_" + label
	}
	return appendXMLAttr(append(b, " rdf:nodeID"...), label)
}

// property writes one property element.
func (x *xmlWriter) property(predicate string, o rdf.Term) {
	space, name := splitPredicate(predicate)
	prefix, ok := x.prefixOf[space]
	if !ok {
		prefix = otherPrefix
	}
	if prefix != "" {
		name = prefix + ":" + name
	}
	b := append(append(x.out.b, "    <"...), name...)
	if !ok {
		b = appendXMLAttr(append(b, " xmlns:"+otherPrefix...), space)
	}
	if o.IsTripleTerm() {
		in := o.Triple()
		b = append(b, " rdf:version=\"1.2\" rdf:parseType=\"Triple\"><rdf:Description"...)
		x.out.b = append(appendXMLNode(b, in.S, "about"), ">\n"...)
		x.property(in.P.Value(), in.O)
		b = append(append(x.out.b, "    </rdf:Description></"...), name...)
		x.out.b = append(b, ">\n"...)
		return
	}
	if !o.IsLiteral() {
		x.out.b = append(appendXMLNode(b, o, "resource"), "/>\n"...)
		return
	}
	if lang := o.Lang(); lang != "" {
		b = appendXMLAttr(append(b, " xml:lang"...), lang)
		if dir := o.Direction(); dir != rdf.NoDirection {
			b = fmt.Appendf(b, " xmlns:its=\"%s\" its:version=\"2.0\" rdf:version=\"1.2\" its:dir=\"%s\"", itsSpace, dir)
		}
	} else if !o.IsString() {
		b = appendXMLAttr(append(b, " rdf:datatype"...), o.Datatype())
	}
	b = appendXMLText(append(b, '>'), o.Value())
	b = append(append(b, "</"...), name...)
	x.out.b = append(b, ">\n"...)
}

// close ends the open description.
func (x *xmlWriter) close() {
	if !x.subject.IsZero() {
		x.out.b = append(x.out.b, "  </rdf:Description>\n"...)
	}
}

func (x *xmlWriter) Close() error {
	if x.out.err != nil {
		return x.out.err
	}
	x.root()
	x.close()
	x.subject = rdf.Term{}
	x.out.b = append(x.out.b, "</rdf:RDF>\n"...)
	return x.out.flushAbove(0)
}
