package rdfio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/piprate/json-gold/ld"

	"sett/graph/rdf"
)

// JSON-LD is read in two steps: json-gold expands the document (JSON-LD 1.1 API §5.1), which resolves contexts; the
// expanded form is then walked here, in its own order, for json-gold's own conversion loses base directions and the
// digits of large integers.

func newJSONReader(r io.Reader, opt ReaderOptions) (Reader, error) {
	if opt.Base != "" && !isIRI(opt.Base) {
		return nil, &baseError{opt.Base}
	}
	return &jsonReader{r: r, opt: opt, blankNames: blankNames{prefix: opt.BlankPrefix}}, nil
}

type jsonReader struct {
	r    io.Reader
	opt  ReaderOptions
	done bool
	err  error
	quadQueue
	blankNames
	graph rdf.Term
}

// Read implements Reader.
func (j *jsonReader) Read(batch []rdf.Quad) (int, error) {
	j.begin(batch)
	if !j.done {
		j.done, j.err = true, io.EOF
		if err := j.document(); err != nil {
			j.err = err
			var syntax *SyntaxError
			if j.opt.Lenient != nil && errors.As(err, &syntax) {
				j.opt.Lenient(syntax)
			}
		}
	}
	j.batch = nil
	if j.n > 0 || len(batch) == 0 {
		return j.n, nil
	}
	return 0, j.err
}

// document reads, expands and walks the whole document.
func (j *jsonReader) document() error {
	text, err := io.ReadAll(j.r)
	if err != nil {
		return err
	}
	text = bytes.TrimPrefix(text, []byte(byteOrderMark))
	fail := func(at int, msg string) error {
		return newSyntaxError(j.opt.File, place{line: 1}, string(text), at, msg)
	}
	if i := invalidBytes(text); i >= 0 {
		return fail(i, fmt.Sprintf("byte 0x%02X is not UTF-8", text[i]))
	}
	if i := tooDeepJSON(text); i >= 0 {
		return fail(i, msgTooDeep)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var doc any
	if err := dec.Decode(&doc); err != nil {
		var syntax *json.SyntaxError
		switch {
		case errors.As(err, &syntax):
			return fail(max(0, int(syntax.Offset)-1), "not JSON: "+syntax.Error())
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return fail(len(text), "not JSON: unexpected end of the input")
		}
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return fail(int(dec.InputOffset()), "not JSON: something follows the document")
	}
	plainVersions(doc)
	j.declare(doc)
	expanded, err := j.expand(doc)
	if err != nil {
		return fail(0, "not JSON-LD: "+err.Error())
	}
	for _, item := range expanded {
		if _, err := j.node(item); err != nil {
			return fail(0, "not JSON-LD: "+err.Error())
		}
	}
	return nil
}

// plainVersions makes each @version that is 1.1 the float64 that json-gold looks for; all other numbers keep their digits.
func plainVersions(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			plainVersions(item)
		}
	case map[string]any:
		for key, item := range v {
			if n, ok := item.(json.Number); ok && key == "@version" && n == "1.1" {
				v[key] = 1.1
				continue
			}
			plainVersions(item)
		}
	}
}

// tooDeepJSON returns where a document nests deeper than maxDepth, or -1.
func tooDeepJSON(text []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return i
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return -1
}

// declare gives the caller the prefixes of the outermost context.
func (j *jsonReader) declare(doc any) {
	object, _ := doc.(map[string]any)
	context, _ := object["@context"].(map[string]any)
	if j.opt.Prefixes == nil {
		return
	}
	for prefix, v := range context {
		if ns, ok := v.(string); ok && hasScheme(ns) && isPrefix(prefix) && strings.ContainsAny(ns[len(ns)-1:], "/#:") {
			j.opt.Prefixes.Set(prefix, ns)
		}
	}
}

// expand runs json-gold's expansion; a panic of its is an error of the document.
func (j *jsonReader) expand(doc any) (expanded []any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the document cannot be expanded: %v", p)
		}
	}()
	opt := ld.NewJsonLdOptions(j.opt.Base)
	opt.DocumentLoader = contextLoader{j.opt.Context}
	return ld.NewJsonLdProcessor().Expand(doc, opt)
}

// contextLoader gives json-gold the contexts that the caller allows.
type contextLoader struct {
	open func(string) (io.ReadCloser, error)
}

// LoadDocument implements ld.DocumentLoader.
func (c contextLoader) LoadDocument(iri string) (*ld.RemoteDocument, error) {
	if c.open == nil {
		return nil, fmt.Errorf("the context <%s> is elsewhere, and is not fetched", iri)
	}
	in, err := c.open(iri)
	if err != nil {
		return nil, fmt.Errorf("the context <%s>: %w", iri, err)
	}
	defer in.Close()
	doc, err := ld.DocumentFromReader(in)
	if err != nil {
		return nil, fmt.Errorf("the context <%s>: %w", iri, err)
	}
	return &ld.RemoteDocument{DocumentURL: iri, Document: doc}, nil
}

// node walks an expanded node object, list object or value object and returns its term; no term for what means none.
func (j *jsonReader) node(item any) (rdf.Term, error) {
	object, ok := item.(map[string]any)
	if !ok {
		return rdf.Term{}, nil
	}
	if _, ok := object["@value"]; ok {
		return jsonLiteral(object), nil
	}
	if list, ok := object["@list"]; ok {
		return j.list(list)
	}
	var self rdf.Term
	if id, ok := object["@id"].(string); ok {
		self = j.resource(id)
	} else {
		self = j.fresh()
	}
	for _, key := range sortedKeys(object) {
		values, _ := object[key].([]any)
		var err error
		switch key {
		case "@type":
			for _, v := range values {
				if s, ok := v.(string); ok {
					j.emit(self, rdf.NewIRI(rdf.RDFType), j.resource(s))
				}
			}
		case "@graph":
			outer := j.graph
			j.graph = self
			err = j.nodes(values)
			j.graph = outer
		case "@included":
			err = j.nodes(values)
		case "@reverse":
			err = j.reverse(self, object[key])
		default:
			if strings.HasPrefix(key, "@") || !isIRI(key) {
				continue // a keyword, a relative IRI or a blank node: no predicate
			}
			for _, v := range values {
				var o rdf.Term
				if o, err = j.node(v); err != nil {
					break
				}
				j.emit(self, rdf.NewIRI(key), o)
			}
		}
		if err != nil {
			return rdf.Term{}, err
		}
	}
	return self, nil
}

func (j *jsonReader) nodes(items []any) error {
	for _, item := range items {
		if _, err := j.node(item); err != nil {
			return err
		}
	}
	return nil
}

// reverse walks @reverse: the nodes in it are subjects.
func (j *jsonReader) reverse(o rdf.Term, properties any) error {
	object, _ := properties.(map[string]any)
	for _, key := range sortedKeys(object) {
		values, _ := object[key].([]any)
		for _, v := range values {
			s, err := j.node(v)
			if err != nil {
				return err
			}
			if isIRI(key) {
				j.emit(s, rdf.NewIRI(key), o)
			}
		}
	}
	return nil
}

// list emits a collection and returns its first cell.
func (j *jsonReader) list(items any) (rdf.Term, error) {
	values, _ := items.([]any)
	terms := make([]rdf.Term, 0, len(values))
	for _, v := range values {
		t, err := j.node(v)
		if err != nil {
			return rdf.Term{}, err
		}
		if !t.IsZero() {
			terms = append(terms, t)
		}
	}
	rest := rdf.NewIRI(rdf.RDFNil)
	for _, t := range slices.Backward(terms) {
		cell := j.fresh()
		j.emit(cell, rdf.NewIRI(rdf.RDFFirst), t)
		j.emit(cell, rdf.NewIRI(rdf.RDFRest), rest)
		rest = cell
	}
	return rest, nil
}

// emit yields a statement unless a part of it is no term: a relative IRI, or a list where none can stand.
func (j *jsonReader) emit(s, p, o rdf.Term) {
	q := rdf.Quad{S: s, P: p, O: o, G: j.graph}
	if checkQuad(q) == nil {
		j.yield(q)
	}
}

// resource returns the node of an @id.
func (j *jsonReader) resource(id string) rdf.Term {
	if label, ok := strings.CutPrefix(id, "_:"); ok {
		return j.labelled(label)
	}
	return rdf.NewIRI(id)
}

// jsonLiteral returns the literal of an expanded value object.
func jsonLiteral(object map[string]any) rdf.Term {
	datatype, _ := object["@type"].(string)
	if datatype == "@json" {
		return rdf.NewLiteral(string(appendCanonicalJSON(nil, object["@value"])), rdf.RDFNS+"JSON")
	}
	or := func(fallback string) string {
		if datatype != "" {
			return datatype
		}
		return fallback
	}
	switch v := object["@value"].(type) {
	case bool:
		return rdf.NewLiteral(strconv.FormatBool(v), or(rdf.XSDBoolean))
	case json.Number:
		return jsonNumber(v.String(), datatype)
	case float64:
		return jsonNumber(strconv.FormatFloat(v, 'g', -1, 64), datatype)
	case string:
		lang, _ := object["@language"].(string)
		direction, _ := object["@direction"].(string)
		if lang == "" {
			return rdf.NewLiteral(v, or(""))
		}
		if _, end, msg := languageTag(lang, 0); msg != "" || end != len(lang) || strings.Contains(lang, "--") {
			return rdf.Term{} // not well-formed: the statement is dropped, JSON-LD 1.1 API §8.2.2
		}
		dir := rdf.NoDirection
		switch direction {
		case "ltr":
			dir = rdf.LTR
		case "rtl":
			dir = rdf.RTL
		}
		return rdf.NewDirLangString(v, lang, dir)
	}
	return rdf.Term{}
}

// jsonNumber returns the literal of a number: an integer if it is one and below 10²¹, else a double in canonical form.
func jsonNumber(text, datatype string) rdf.Term {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(f, 0) {
		return rdf.Term{}
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e21 && datatype != rdf.XSDDouble {
		if strings.ContainsAny(text, ".eE") {
			text = strconv.FormatFloat(f, 'f', 0, 64)
		}
		if text == "-0" {
			text = "0"
		}
		if datatype == "" {
			datatype = rdf.XSDInteger
		}
		return rdf.NewLiteral(text, datatype)
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E")
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	n, _ := strconv.Atoi(exponent)
	if datatype == "" {
		datatype = rdf.XSDDouble
	}
	return rdf.NewLiteral(mantissa+"E"+strconv.Itoa(n), datatype)
}

func sortedKeys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for k := range object {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
