package results

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"sett/graph/rdf"
)

// xmlReader reads SPARQL 1.2 Query Results XML.
type xmlReader struct {
	d       *xml.Decoder
	vars    []string
	place   map[string]int
	boolean *bool
	err     error // after the last row
}

func newXMLReader(r io.Reader) (Reader, error) {
	x := &xmlReader{d: xml.NewDecoder(r), place: make(map[string]int)}
	if err := x.head(); err != nil {
		return nil, err
	}
	return x, nil
}

func (x *xmlReader) fail(err error) error {
	if errors.Is(err, io.EOF) {
		err = errors.New("the document ends early")
	}
	var done *SyntaxError
	if errors.As(err, &done) {
		return err
	}
	line, _ := x.d.InputPos()
	return &SyntaxError{Format: "XML", Line: line, Offset: x.d.InputOffset(), Msg: strings.TrimPrefix(err.Error(), "XML syntax error on ")}
}

// next returns the next element's start or end, passing over text.
func (x *xmlReader) next() (start *xml.StartElement, err error) {
	for {
		t, err := x.d.Token()
		if err != nil {
			return nil, x.fail(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			return &t, nil
		case xml.EndElement:
			return nil, nil
		case xml.CharData:
			if strings.TrimSpace(string(t)) != "" {
				return nil, x.fail(fmt.Errorf("text %.20q between elements", t))
			}
		case xml.Directive:
			return nil, x.fail(errors.New("a document type declaration is not allowed"))
		}
	}
}

// element expects an element of a name.
func (x *xmlReader) element(name string) (*xml.StartElement, error) {
	e, err := x.next()
	if err == nil && (e == nil || e.Name.Local != name) {
		err = x.fail(fmt.Errorf("element %s expected", name))
	}
	return e, err
}

// head reads up to the first result, or a boolean.
func (x *xmlReader) head() error {
	if _, err := x.element("sparql"); err != nil {
		return err
	}
	if _, err := x.element("head"); err != nil {
		return err
	}
	for {
		e, err := x.next()
		if err != nil {
			return err
		}
		if e == nil {
			break
		}
		if e.Name.Local == "variable" {
			name := attr(e, "name")
			x.place[name] = len(x.vars)
			x.vars = append(x.vars, name)
		}
		if err := x.d.Skip(); err != nil {
			return x.fail(err)
		}
	}
	e, err := x.next()
	switch {
	case err != nil:
		return err
	case e != nil && e.Name.Local == "results":
		return nil
	case e == nil || e.Name.Local != "boolean":
		return x.fail(errors.New("element results or boolean expected"))
	}
	text, err := x.text()
	if err != nil {
		return err
	}
	var value bool
	switch strings.TrimSpace(text) {
	case "true", "1":
		value = true
	case "false", "0":
	default:
		return x.fail(fmt.Errorf("%q is not a boolean", text))
	}
	x.boolean, x.err = &value, io.EOF
	return nil
}

// attr returns an attribute by its local name.
func attr(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// text reads an element's text up to its end.
func (x *xmlReader) text() (string, error) {
	var b strings.Builder
	for {
		t, err := x.d.Token()
		if err != nil {
			return "", x.fail(err)
		}
		switch t := t.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.EndElement:
			return b.String(), nil
		case xml.StartElement:
			return "", x.fail(fmt.Errorf("element %s in a text", t.Name.Local))
		}
	}
}

func (x *xmlReader) Vars() []string { return x.vars }

func (x *xmlReader) Boolean() (value, ok bool) {
	if x.boolean == nil {
		return false, false
	}
	return *x.boolean, true
}

func (x *xmlReader) Read() ([]rdf.Term, error) {
	if x.err != nil {
		return nil, x.err
	}
	row, err := x.row()
	x.err = err
	return row, err
}

func (x *xmlReader) row() ([]rdf.Term, error) {
	e, err := x.next()
	if err != nil {
		return nil, err
	}
	if e == nil { // </results>
		if e, err = x.next(); err != nil || e == nil {
			if err == nil {
				err = io.EOF
			}
			return nil, err
		}
		return nil, x.fail(fmt.Errorf("element %s after the results", e.Name.Local))
	}
	if e.Name.Local != "result" {
		return nil, x.fail(fmt.Errorf("element %s among the results", e.Name.Local))
	}
	row := make([]rdf.Term, len(x.vars))
	for {
		e, err := x.next()
		if err != nil {
			return nil, err
		}
		if e == nil {
			return row, nil
		}
		if e.Name.Local != "binding" {
			return nil, x.fail(fmt.Errorf("element %s in a result", e.Name.Local))
		}
		i, ok := x.place[attr(e, "name")]
		if !ok {
			return nil, x.fail(fmt.Errorf("variable %q is not in the head", attr(e, "name")))
		}
		if e, err = x.next(); err != nil {
			return nil, err
		}
		if e == nil || e.Name.Local == "unbound" { // the second is of an early draft
			if e != nil {
				if err := x.d.Skip(); err != nil {
					return nil, x.fail(err)
				}
				if err := x.close(); err != nil {
					return nil, err
				}
			}
			continue
		}
		if row[i], err = x.term(e, 0); err != nil {
			return nil, err
		}
		if err := x.close(); err != nil {
			return nil, err
		}
	}
}

// close expects the end of an element.
func (x *xmlReader) close() error {
	e, err := x.next()
	if err == nil && e != nil {
		err = x.fail(fmt.Errorf("element %s where an element should end", e.Name.Local))
	}
	return err
}

// term reads a term whose element has begun, up to that element's end.
func (x *xmlReader) term(e *xml.StartElement, depth int) (rdf.Term, error) {
	if depth > maxDepth {
		return rdf.Term{}, x.fail(errors.New("triple terms are nested too deeply"))
	}
	if e.Name.Local == "triple" {
		var terms [3]rdf.Term
		for i, name := range []string{"subject", "predicate", "object"} {
			if _, err := x.element(name); err != nil {
				return rdf.Term{}, err
			}
			inner, err := x.next()
			if err == nil && inner == nil {
				err = x.fail(fmt.Errorf("%s is empty", name))
			}
			if err != nil {
				return rdf.Term{}, err
			}
			if terms[i], err = x.term(inner, depth+1); err != nil {
				return rdf.Term{}, err
			}
			if err := x.close(); err != nil {
				return rdf.Term{}, err
			}
		}
		return rdf.NewTripleTerm(terms[0], terms[1], terms[2]), x.close()
	}
	text, err := x.text()
	if err != nil {
		return rdf.Term{}, err
	}
	switch e.Name.Local {
	case "uri":
		return rdf.NewIRI(strings.TrimSpace(text)), nil
	case "bnode":
		return rdf.NewBlank(strings.TrimSpace(text)), nil
	case "literal":
		t, err := literal(text, attr(e, "datatype"), attr(e, "lang"), attr(e, "dir"))
		if err != nil {
			err = x.fail(err)
		}
		return t, err
	}
	return rdf.Term{}, x.fail(fmt.Errorf("element %s is not a term", e.Name.Local))
}
