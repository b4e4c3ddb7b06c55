package rdfio

import (
	"io"
	"strings"

	"sett/graph/rdf"
)

// The reader of RDF/XML is a stack of frames, one an open element, that takes one XML token a step (RDF 1.1 XML
// Syntax §7). Memory grows with the nesting of elements, the longest literal, and the set of rdf:ID, which may not
// repeat.

func newXMLReader(r io.Reader, opt ReaderOptions) (Reader, error) {
	x := &xmlReader{xmlLexer: newXMLLexer(r, opt.File), opt: opt, blankNames: blankNames{prefix: opt.BlankPrefix}}
	root := xmlFrame{kind: documentFrame}
	if opt.Base != "" {
		if !isIRI(opt.Base) {
			return nil, &baseError{opt.Base}
		}
		base := newBase(opt.Base)
		root.base = &base
	}
	x.frames = []xmlFrame{root}
	return x, nil
}

type xmlReader struct {
	xmlLexer
	quadQueue
	blankNames
	opt    ReaderOptions
	frames []xmlFrame
	ids    map[string]bool // IRIs of rdf:ID
	err    error
}

// xmlFrameKind is the role of an open element.
type xmlFrameKind uint8

const (
	documentFrame   xmlFrameKind = iota // around the root element
	rootFrame                           // rdf:RDF: node elements
	nodeFrame                           // a node element, or a property with parseType="Resource": properties
	propertyFrame                       // a property element: text or one node element
	emptyFrame                          // a property element that may have no content but white space
	closedFrame                         // one that may not even have white space, which would be its text
	collectionFrame                     // parseType="Collection": node elements
	tripleFrame                         // parseType="Triple": a node with one property, which is not asserted
	literalFrame                        // parseType="Literal": anything
	insideFrame                         // an element inside a literalFrame
)

// xmlFrame is an open element.
type xmlFrame struct {
	kind     xmlFrameKind
	subject  rdf.Term // of a nodeFrame; else of the statement that the property makes
	pred     rdf.Term
	object   rdf.Term // found so far; of a collection, its last cell
	datatype string
	reifier  rdf.Term // of rdf:ID on a property
	note     rdf.Term // of rdf:annotation on a property: what reifies the statement, RDF 1.2
	quoted   bool     // of a node in a tripleFrame, and of its property: the statement becomes a triple term
	lang     string
	dir      rdf.Direction
	// version12 says that rdf:version is "1.2" here. Without it its:dir means nothing and triple terms are passed over, as
	// the RDF 1.2 suite has it; rdf:annotation needs no announcement.
	version12 bool
	base      *baseIRI
	items     int    // rdf:li met so far
	value     string // text met so far, if buf is nil
	buf       []byte // text of several pieces, or the XML of a literal
	rendered  int    // of an insideFrame: how many namespaces its literal declares outside it

	declared []xmlBinding // of a literalFrame: the namespaces declared on its open elements
}

// Read implements Reader.
func (x *xmlReader) Read(batch []rdf.Quad) (int, error) {
	x.begin(batch)
	for x.n < len(batch) && x.err == nil {
		if !x.next() || !x.step() {
			x.err = x.syntaxError()
			if x.readErr != nil && x.readErr != io.EOF {
				x.err = x.readErr
			} else if x.opt.Lenient != nil {
				x.opt.Lenient(x.err.(*SyntaxError)) // it is told, but there is no going on
			}
		}
	}
	x.batch = nil
	if x.n > 0 || len(batch) == 0 {
		return x.n, nil
	}
	return 0, x.err
}

func (x *xmlReader) emit(s, p, o rdf.Term) { x.yield(rdf.Quad{S: s, P: p, O: o}) }

// step takes one token.
func (x *xmlReader) step() bool {
	top := &x.frames[len(x.frames)-1]
	switch x.kind {
	case xmlEOF:
		x.err = x.readErr
		return true
	case xmlText:
		return x.characters(top)
	case xmlEndTag:
		return x.endElement(top)
	}
	switch top.kind {
	case literalFrame, insideFrame:
		return x.startInside()
	case emptyFrame, closedFrame:
		return x.fail(x.at, "this property can have no content")
	}
	f := xmlFrame{lang: top.lang, dir: top.dir, base: top.base, version12: top.version12}
	if !x.inherit(&f) {
		return false
	}
	switch {
	case top.kind == documentFrame && x.space == rdf.RDFNS && x.local == "RDF":
		f.kind = rootFrame
		for _, a := range x.attrs {
			return x.fail(a.at, "the attribute "+a.name+" is not allowed on rdf:RDF")
		}
		x.declare()
		x.frames = append(x.frames, f)
		return true
	case top.kind == nodeFrame:
		return x.property(top, f)
	case top.kind == propertyFrame && (!top.object.IsZero() || top.datatype != ""):
		return x.fail(x.at, "a property has one node at most, and none with rdf:datatype")
	case top.kind == propertyFrame && !top.blank():
		return x.fail(x.at, "a property has text or a node, not both")
	}
	return x.node(top, f)
}

// declare gives the caller the prefixes of the root element.
func (x *xmlReader) declare() {
	if x.opt.Prefixes == nil {
		return
	}
	for _, b := range x.bindings[1:] {
		x.opt.Prefixes.Set(strings.Clone(b.prefix), strings.Clone(b.space))
	}
}

// inherit applies xml:base, xml:lang and its:dir to the frame of the current element, and takes all xml attributes
// off.
func (x *xmlReader) inherit(f *xmlFrame) bool {
	for _, a := range x.attrs {
		if a.space == rdf.RDFNS && a.local == "version" {
			f.version12 = a.value == "1.2"
		}
	}
	kept := x.attrs[:0]
	for _, a := range x.attrs {
		switch {
		case a.space == xmlSpace && a.local == "lang":
			if a.value != "" {
				if _, end, msg := languageTag(a.value, 0); msg != "" || end != len(a.value) || strings.Contains(a.value, "--") {
					return x.fail(a.at, "xml:lang is no language tag")
				}
			}
			f.lang = a.value
		case a.space == xmlSpace && a.local == "base":
			base := a.value
			if !hasScheme(base) {
				if f.base == nil {
					return x.fail(a.at, "xml:base is relative, and there is no base")
				}
				base = f.base.resolve(base)
			}
			b := newBase(strings.Clone(base))
			f.base = &b
		case a.space == itsSpace && a.local == "dir" && !f.version12:
		case a.space == itsSpace && a.local == "dir":
			switch a.value {
			case "ltr":
				f.dir = rdf.LTR
			case "rtl":
				f.dir = rdf.RTL
			case "":
				f.dir = rdf.NoDirection
			default:
				return x.fail(a.at, "expected a base direction, ltr or rtl")
			}
		case a.space == itsSpace && a.local == "version", a.space == rdf.RDFNS && a.local == "version":
		case a.space == xmlSpace, a.space == "" && strings.HasPrefix(strings.ToLower(a.name), "xml"):
		case a.space == "" && !legacyAttr(a.local):
			return x.fail(a.at, "the attribute "+a.name+" has no namespace")
		default:
			if a.space == "" {
				a.space = rdf.RDFNS
			}
			kept = append(kept, a)
		}
	}
	x.attrs = kept
	return true
}

// itsSpace is the namespace of its:dir (RDF 1.2 XML Syntax §2.8).
const itsSpace = "http://www.w3.org/2005/11/its"

// legacyAttr reports whether an attribute without a namespace is taken for rdf's (RDF 1.1 XML Syntax §6.1.4).
func legacyAttr(local string) bool {
	switch local {
	case "about", "ID", "resource", "parseType", "type":
		return true
	}
	return false
}

// rdfNames says where names of rdf's namespace may not stand.
type rdfName uint8

const (
	notNode rdfName = 1 << iota
	notProperty
	notAttribute // as a property
)

var rdfNames = map[string]rdfName{
	"RDF": notNode | notProperty | notAttribute, "ID": notNode | notProperty | notAttribute,
	"about": notNode | notProperty | notAttribute, "parseType": notNode | notProperty | notAttribute,
	"resource": notNode | notProperty | notAttribute, "nodeID": notNode | notProperty | notAttribute,
	"datatype": notNode | notProperty | notAttribute, "li": notNode | notAttribute,
	"Description": notProperty | notAttribute, "aboutEach": notNode | notProperty | notAttribute,
	"annotation": notNode | notProperty | notAttribute, "annotationNodeID": notNode | notProperty | notAttribute,
	"aboutEachPrefix": notNode | notProperty | notAttribute, "bagID": notNode | notProperty | notAttribute,
}

// forbidden reports whether a name may not stand in a role.
func forbidden(space, local string, role rdfName) bool {
	return space == rdf.RDFNS && rdfNames[local]&role != 0
}

// node takes the start of a node element inside top.
func (x *xmlReader) node(top *xmlFrame, f xmlFrame) bool {
	if x.space == "" {
		return x.fail(x.at, "the element <"+x.name+"> has no namespace")
	}
	if forbidden(x.space, x.local, notNode) {
		return x.fail(x.at, "<"+x.name+"> cannot be a node")
	}
	f.kind, f.quoted = nodeFrame, top.kind == tripleFrame
	if f.quoted {
		if top.items++; top.items > 1 {
			return x.fail(x.at, msgOneStatement)
		}
	}
	for i, a := range x.attrs {
		if a.space != rdf.RDFNS || a.local != "about" && a.local != "ID" && a.local != "nodeID" {
			continue
		}
		if !f.subject.IsZero() {
			return x.fail(a.at, "a node has one of rdf:about, rdf:ID and rdf:nodeID")
		}
		var ok bool
		if f.subject, ok = x.identity(&x.attrs[i], f.base); !ok {
			return false
		}
	}
	if f.subject.IsZero() {
		f.subject = x.fresh()
	}
	switch top.kind {
	case propertyFrame:
		top.object = f.subject
		if !x.statement(top) {
			return false
		}
	case collectionFrame:
		cell := x.fresh()
		if top.object.IsZero() {
			first := *top
			first.object = cell
			if !x.statement(&first) {
				return false
			}
		} else {
			x.emit(top.object, rdf.NewIRI(rdf.RDFRest), cell)
		}
		top.object = cell
		x.emit(cell, rdf.NewIRI(rdf.RDFFirst), f.subject)
	}
	if x.space != rdf.RDFNS || x.local != "Description" {
		class, ok := x.nameIRI(x.at, x.name, x.space, x.local)
		if !ok {
			return false
		}
		if !x.say(top, f.quoted, f.subject, rdf.NewIRI(rdf.RDFType), class) {
			return false
		}
	}
	if !x.propertyAttrs(&f, f.subject) {
		return false
	}
	x.frames = append(x.frames, f)
	return true
}

// identity returns the node that rdf:about, rdf:resource, rdf:ID or rdf:nodeID names.
func (x *xmlReader) identity(a *xmlAttr, base *baseIRI) (rdf.Term, bool) {
	if a.local == "about" || a.local == "resource" || a.local == "annotation" {
		return x.resolveIRI(a, a.value, base)
	}
	if !isNCName(a.value) {
		return rdf.Term{}, x.fail(a.at, "the value of "+a.name+" is not a name")
	}
	if a.local == "nodeID" || a.local == "annotationNodeID" {
		return x.labelled(a.value), true
	}
	t, ok := x.resolveIRI(a, "#"+a.value, base)
	if !ok {
		return t, false
	}
	if x.ids[t.Value()] {
		return t, x.fail(a.at, "the rdf:ID "+a.value+" is there twice")
	}
	if x.ids == nil {
		x.ids = make(map[string]bool)
	}
	x.ids[strings.Clone(t.Value())] = true
	return t, true
}

// resolveIRI resolves a reference and checks its characters.
func (x *xmlReader) resolveIRI(a *xmlAttr, ref string, base *baseIRI) (rdf.Term, bool) {
	if !hasScheme(ref) {
		if base == nil {
			return rdf.Term{}, x.fail(a.at, "the IRI is relative, and there is no base")
		}
		ref = base.resolve(ref)
	}
	for i := range len(ref) {
		if class[ref[i]]&inIRI == 0 {
			return rdf.Term{}, x.fail(a.at, quoteRune(ref[i:], "")+" is not allowed in an IRI")
		}
	}
	return rdf.NewIRI(ref), true
}

// nameIRI returns the IRI of a qualified name: of an element, or of an attribute that is a property.
func (x *xmlReader) nameIRI(at int, name, space, local string) (rdf.Term, bool) {
	if !isIRI(space) {
		return rdf.Term{}, x.fail(at, "the namespace of "+name+" is not an absolute IRI")
	}
	return rdf.NewIRI(x.arena.join(space, local)), true
}

// propertyAttrs emits the attributes of the current element that are properties of a subject.
func (x *xmlReader) propertyAttrs(f *xmlFrame, subject rdf.Term) bool {
	for i, a := range x.attrs {
		if a.space == rdf.RDFNS {
			switch a.local {
			case "about", "ID", "nodeID", "resource", "datatype", "parseType", "annotation", "annotationNodeID":
				if f.kind == nodeFrame && a.local != "about" && a.local != "ID" && a.local != "nodeID" {
					return x.fail(a.at, "the attribute "+a.name+" is not allowed on a node")
				}
				continue
			case "type":
				t, ok := x.resolveIRI(&x.attrs[i], a.value, f.base)
				if !ok {
					return false
				}
				if !x.say(&x.frames[len(x.frames)-1], f.quoted && f.kind == nodeFrame, subject, rdf.NewIRI(rdf.RDFType), t) {
					return false
				}
				continue
			}
		}
		if forbidden(a.space, a.local, notAttribute) {
			return x.fail(a.at, "the attribute "+a.name+" cannot be a property")
		}
		p, ok := x.nameIRI(a.at, a.name, a.space, a.local)
		if !ok {
			return false
		}
		if !x.say(&x.frames[len(x.frames)-1], f.quoted && f.kind == nodeFrame, subject, p, f.text(a.value)) {
			return false
		}
	}
	return true
}

// text returns the literal of a plain text in a frame.
func (f *xmlFrame) text(s string) rdf.Term {
	if f.lang == "" {
		return rdf.NewString(s)
	}
	return rdf.NewDirLangString(s, f.lang, f.dir)
}

// blank reports whether the frame's text so far is white space.
func (f *xmlFrame) blank() bool {
	if f.buf != nil {
		return strings.TrimLeft(string(f.buf), " \t\r\n") == ""
	}
	return strings.TrimLeft(f.value, " \t\r\n") == ""
}
