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
	f.kind, f.subject = propertyFrame, top.subject
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
			f.object = x.fresh()
		} else {
			var ok bool
			if f.object, ok = x.identity(node, f.base); !ok {
				return false
			}
		}
		x.statement(&f)
		if !x.propertyAttrs(&f, f.object) {
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
		x.statement(&f)
		f = xmlFrame{kind: nodeFrame, subject: f.object, lang: f.lang, dir: f.dir, base: f.base}
	case "Collection":
		f.kind = collectionFrame
	default: // "Literal", and whatever is not known (RDF 1.1 XML Syntax §7.2.20)
		f.kind = literalFrame
		f.datatype = rdf.RDFNS + "XMLLiteral"
		f.buf = []byte{}
	}
	x.frames = append(x.frames, f)
	return true
}

// statement emits the statement of a property, and its reification if it has an rdf:ID.
func (x *xmlReader) statement(f *xmlFrame) {
	x.emit(f.subject, f.pred, f.object)
	if f.reifier.IsZero() {
		return
	}
	x.emit(f.reifier, rdf.NewIRI(rdf.RDFType), rdf.NewIRI(rdf.RDFNS+"Statement"))
	x.emit(f.reifier, rdf.NewIRI(rdf.RDFNS+"subject"), f.subject)
	x.emit(f.reifier, rdf.NewIRI(rdf.RDFNS+"predicate"), f.pred)
	x.emit(f.reifier, rdf.NewIRI(rdf.RDFNS+"object"), f.object)
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
	if i := strings.IndexFunc(x.value, func(r rune) bool { return !isXMLBlank(r) }); i >= 0 {
		return x.fail(x.at, "text is not allowed here")
	}
	return true
}

// endElement closes the innermost element.
func (x *xmlReader) endElement(top *xmlFrame) bool {
	switch top.kind {
	case insideFrame:
		x.endInside()
	case literalFrame:
		top.object = rdf.NewLiteral(string(top.buf), top.datatype)
		x.statement(top)
	case collectionFrame:
		if top.object.IsZero() {
			top.object = rdf.NewIRI(rdf.RDFNil)
			x.statement(top)
		} else {
			x.emit(top.object, rdf.NewIRI(rdf.RDFRest), rdf.NewIRI(rdf.RDFNil))
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
		x.statement(top)
	}
	x.frames = x.frames[:len(x.frames)-1]
	return true
}
