package rdfio

import (
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// property takes the start of a property element of the node top.
func (x *xmlReader) property(top *xmlFrame, f xmlFrame) bool {
	if x.space == "" {
		return x.fail(x.at, "the element <"+x.name+"> has no namespace")
	}
	if forbidden(x.space, x.local, notProperty) {
		return x.fail(x.at, "<"+x.name+"> cannot be a property")
	}
	f.kind, f.subject, f.quoted = propertyFrame, top.subject, top.quoted
	if x.space == rdf.RDFNS && x.local == "li" {
		top.items++
		f.pred = rdf.NewIRI(rdf.RDFNS + "_" + strconv.Itoa(top.items))
	} else {
		var ok bool
		if f.pred, ok = x.nameIRI(x.at, x.name, x.space, x.local); !ok {
			return false
		}
	}
	var parseType, node *xmlAttr
	others := 0
	for i := range x.attrs {
		a := &x.attrs[i]
		if a.space != rdf.RDFNS {
			others++
			continue
		}
		switch a.local {
		case "ID":
			var ok bool
			if f.reifier, ok = x.identity(a, f.base); !ok {
				return false
			}
		case "annotation", "annotationNodeID":
			if !f.note.IsZero() {
				return x.fail(a.at, "a property has one of rdf:annotation and rdf:annotationNodeID")
			}
			var ok bool
			if f.note, ok = x.identity(a, f.base); !ok {
				return false
			}
		case "parseType":
			parseType = a
		case "resource", "nodeID":
			if node != nil {
				return x.fail(a.at, "a property has one of rdf:resource and rdf:nodeID")
			}
			node = a
		case "datatype":
			t, ok := x.resolveIRI(a, a.value, f.base)
			if !ok {
				return false
			}
			if t.Value() == rdf.RDFLangString || t.Value() == rdf.RDFDirLangString {
				return x.fail(a.at, msgLangDatatype)
			}
			f.datatype = t.Value()
		case "about":
			return x.fail(a.at, "the attribute "+a.name+" is not allowed on a property")
		default:
			others++
		}
	}
	switch {
	case parseType != nil:
		if node != nil || others > 0 || f.datatype != "" {
			return x.fail(parseType.at, "rdf:parseType stands alone, or with rdf:ID")
		}
		return x.parseType(parseType.value, f)
	case node != nil || others > 0:
		if f.datatype != "" {
			return x.fail(x.at, "rdf:datatype stands alone, or with rdf:ID")
		}
		f.kind = emptyFrame
		if node == nil {
			f.kind, f.object = closedFrame, x.fresh()
		} else {
			var ok bool
			if f.object, ok = x.identity(node, f.base); !ok {
				return false
			}
		}
		if !x.statement(&f) || !x.propertyAttrs(&f, f.object) {
			return false
		}
	}
	x.frames = append(x.frames, f)
	return true
}

// parseType takes the start of a property element with rdf:parseType.
func (x *xmlReader) parseType(value string, f xmlFrame) bool {
	switch value {
	case "Resource":
		f.object = x.fresh()
		if !x.statement(&f) {
			return false
		}
		f = xmlFrame{kind: nodeFrame, subject: f.object, lang: f.lang, dir: f.dir, base: f.base, version12: f.version12}
	case "Collection":
		f.kind = collectionFrame
	case "Triple":
		f.kind = tripleFrame
		if !f.version12 {
			f.kind, f.pred, f.buf = literalFrame, rdf.Term{}, []byte{}
		}
	default: // "Literal", and whatever is not known (RDF 1.1 XML Syntax §7.2.20)
		f.kind = literalFrame
		f.datatype = rdf.RDFNS + "XMLLiteral"
		f.buf = []byte{}
	}
	x.frames = append(x.frames, f)
	return true
}

// statement emits the statement of a property, its reification if it has an rdf:ID, and what an rdf:annotation says.
func (x *xmlReader) statement(f *xmlFrame) bool {
	if f.quoted {
		if !f.reifier.IsZero() || !f.note.IsZero() {
			return x.fail(x.at, "what is in a triple term has no rdf:ID and no rdf:annotation")
		}
		i := len(x.frames) - 1
		for x.frames[i].kind != nodeFrame || !x.frames[i].quoted {
			i--
		}
		return x.say(&x.frames[i-1], true, f.subject, f.pred, f.object)
	}
	x.emit(f.subject, f.pred, f.object)
	if !f.reifier.IsZero() {
		x.emit(f.reifier, rdf.NewIRI(rdf.RDFType), rdf.NewIRI(rdf.RDFNS+"Statement"))
		x.emit(f.reifier, rdf.NewIRI(rdf.RDFNS+"subject"), f.subject)
		x.emit(f.reifier, rdf.NewIRI(rdf.RDFNS+"predicate"), f.pred)
		x.emit(f.reifier, rdf.NewIRI(rdf.RDFNS+"object"), f.object)
	}
	if !f.note.IsZero() {
		x.emit(f.note, rdf.NewIRI(rdf.RDFReifies), rdf.NewTripleTerm(f.subject, f.pred, f.object))
	}
	return true
}

const msgOneStatement = "parseType=\"Triple\" wants one node with one property"

// say emits a statement, or if it is quoted makes it the triple term of the tripleFrame around it.
func (x *xmlReader) say(around *xmlFrame, quoted bool, s, p, o rdf.Term) bool {
	if !quoted {
		x.emit(s, p, o)
		return true
	}
	if !around.object.IsZero() {
		return x.fail(x.at, msgOneStatement)
	}
	around.object = rdf.NewTripleTerm(s, p, o)
	return true
}

// characters takes text.
func (x *xmlReader) characters(top *xmlFrame) bool {
	switch top.kind {
	case literalFrame, insideFrame:
		f := x.literal()
		f.buf = appendXMLText(f.buf, x.value)
		return true
	case propertyFrame:
		switch {
		case !top.object.IsZero():
		case top.buf != nil:
			top.buf = append(top.buf, x.value...)
			return true
		case top.value == "":
			top.value = x.value
			return true
		default:
			top.buf = append(append(top.buf, top.value...), x.value...)
			return true
		}
	}
	if top.kind == closedFrame || strings.IndexFunc(x.value, func(r rune) bool { return !isXMLBlank(r) }) >= 0 {
		return x.fail(x.firstText(), "text is not allowed here")
	}
	return true
}

// endElement closes the innermost element.
func (x *xmlReader) endElement(top *xmlFrame) bool {
	switch top.kind {
	case insideFrame:
		x.endInside()
	case literalFrame:
		if top.pred.IsZero() {
			break // passed over
		}
		top.object = rdf.NewLiteral(string(top.buf), top.datatype)
		if !x.statement(top) {
			return false
		}
	case tripleFrame:
		if top.object.IsZero() {
			return x.fail(x.at, msgOneStatement)
		}
		if !x.statement(top) {
			return false
		}
	case collectionFrame:
		if !top.object.IsZero() {
			x.emit(top.object, rdf.NewIRI(rdf.RDFRest), rdf.NewIRI(rdf.RDFNil))
			break
		}
		top.object = rdf.NewIRI(rdf.RDFNil)
		if !x.statement(top) {
			return false
		}
	case propertyFrame:
		if !top.object.IsZero() {
			break
		}
		value := top.value
		if top.buf != nil {
			value = string(top.buf)
		}
		if top.datatype != "" {
			top.object = rdf.NewLiteral(value, top.datatype)
		} else {
			top.object = top.text(value)
		}
		if !x.statement(top) {
			return false
		}
	}
	x.frames = x.frames[:len(x.frames)-1]
	return true
}
