package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sett/graph/rdf"
)

// maxDepth bounds the nesting of triple terms in a document.
const maxDepth = 64

// jsonReader reads SPARQL 1.2 Query Results JSON. It streams if the head comes first, as all known writers have it.
type jsonReader struct {
	d       *json.Decoder
	vars    []string
	place   map[string]int
	boolean *bool
	rows    [][]rdf.Term // read already, because they came before the head
	open    int          // objects and arrays around the bindings still to read: 0 if there are none
	err     error
}

func newJSONReader(r io.Reader) (Reader, error) {
	j := &jsonReader{d: json.NewDecoder(r)}
	if err := j.head(); err != nil {
		return nil, err
	}
	return j, nil
}

func (j *jsonReader) fail(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the document ends early")
	}
	var done *SyntaxError
	if errors.As(err, &done) {
		return err
	}
	return &SyntaxError{Format: "JSON", Offset: j.d.InputOffset(), Msg: err.Error()}
}

// delim reads a bracket or brace.
func (j *jsonReader) delim(want json.Delim) error {
	t, err := j.d.Token()
	if err != nil {
		return j.fail(err)
	}
	if t != want {
		return j.fail(fmt.Errorf("%v where %v should be", t, want))
	}
	return nil
}

// head reads up to the first solution, or the whole document if it is a boolean.
func (j *jsonReader) head() error {
	if err := j.delim('{'); err != nil {
		return err
	}
	haveHead := false
	var early []map[string]jsonTerm
	results := false
	for j.d.More() {
		t, err := j.d.Token()
		if err != nil {
			return j.fail(err)
		}
		switch t {
		case "head":
			var head struct{ Vars []string }
			if err := j.d.Decode(&head); err != nil {
				return j.fail(err)
			}
			j.setVars(head.Vars)
			haveHead = true
		case "boolean":
			if err := j.d.Decode(&j.boolean); err != nil {
				return j.fail(err)
			}
		case "results":
			results = true
			if haveHead {
				found, err := j.openBindings()
				if err != nil || found {
					return err
				}
				continue
			}
			var whole struct{ Bindings []map[string]jsonTerm }
			if err := j.d.Decode(&whole); err != nil {
				return j.fail(err)
			}
			early = whole.Bindings
		default:
			var skip json.RawMessage
			if err := j.d.Decode(&skip); err != nil {
				return j.fail(err)
			}
		}
	}
	if err := j.delim('}'); err != nil {
		return err
	}
	for _, m := range early {
		row, err := j.row(m)
		if err != nil {
			return err
		}
		j.rows = append(j.rows, row)
	}
	if j.boolean == nil && !results {
		return j.fail(errors.New("neither results nor a boolean"))
	}
	return nil
}

func (j *jsonReader) setVars(vars []string) {
	j.vars, j.place = vars, make(map[string]int, len(vars))
	for i, v := range vars {
		j.place[v] = i
	}
}

// openBindings goes to the first solution; false if there is no member bindings.
func (j *jsonReader) openBindings() (bool, error) {
	if err := j.delim('{'); err != nil {
		return false, err
	}
	for j.d.More() {
		t, err := j.d.Token()
		if err != nil {
			return false, j.fail(err)
		}
		if t == "bindings" {
			j.open = 3
			return true, j.delim('[')
		}
		var skip json.RawMessage
		if err := j.d.Decode(&skip); err != nil {
			return false, j.fail(err)
		}
	}
	return false, j.delim('}')
}

func (j *jsonReader) Vars() []string { return j.vars }

func (j *jsonReader) Boolean() (value, ok bool) {
	if j.boolean == nil {
		return false, false
	}
	return *j.boolean, true
}

func (j *jsonReader) Read() ([]rdf.Term, error) {
	if len(j.rows) > 0 {
		row := j.rows[0]
		j.rows = j.rows[1:]
		return row, nil
	}
	if j.err != nil {
		return nil, j.err
	}
	if j.open == 0 {
		return nil, io.EOF
	}
	if j.d.More() {
		var m map[string]jsonTerm
		if err := j.d.Decode(&m); err != nil {
			j.err = j.fail(err)
			return nil, j.err
		}
		row, err := j.row(m)
		j.err = err
		return row, err
	}
	j.err = j.end()
	return nil, j.err
}

// end reads what follows the bindings.
func (j *jsonReader) end() error {
	for ; j.open > 0; j.open-- {
		t, err := j.d.Token()
		for err == nil && t != json.Delim(']') && t != json.Delim('}') { // further members
			var skip json.RawMessage
			if err = j.d.Decode(&skip); err == nil {
				t, err = j.d.Token()
			}
		}
		if err != nil {
			return j.fail(err)
		}
	}
	return io.EOF
}

// row puts a solution in the order of the variables.
func (j *jsonReader) row(m map[string]jsonTerm) ([]rdf.Term, error) {
	row := make([]rdf.Term, len(j.vars))
	for name, t := range m {
		i, ok := j.place[name]
		if !ok {
			return nil, j.fail(fmt.Errorf("variable %q is not in the head", name))
		}
		term, err := t.term(0)
		if err != nil {
			return nil, j.fail(err)
		}
		row[i] = term
	}
	return row, nil
}

// jsonTerm is a term as JSON has it.
type jsonTerm struct {
	Type     string          `json:"type"`
	Value    json.RawMessage `json:"value"`
	Lang     string          `json:"xml:lang"`
	Dir      string          `json:"its:dir"`
	Datatype string          `json:"datatype"`
}

func (t *jsonTerm) term(depth int) (rdf.Term, error) {
	if depth > maxDepth {
		return rdf.Term{}, errors.New("triple terms are nested too deeply")
	}
	if t.Type == "triple" {
		var parts struct{ Subject, Predicate, Object *jsonTerm }
		if err := json.Unmarshal(t.Value, &parts); err != nil {
			return rdf.Term{}, err
		}
		var terms [3]rdf.Term
		for i, p := range []*jsonTerm{parts.Subject, parts.Predicate, parts.Object} {
			if p == nil {
				return rdf.Term{}, errors.New("a triple needs a subject, a predicate and an object")
			}
			var err error
			if terms[i], err = p.term(depth + 1); err != nil {
				return rdf.Term{}, err
			}
		}
		return rdf.NewTripleTerm(terms[0], terms[1], terms[2]), nil
	}
	var value *string
	if err := json.Unmarshal(t.Value, &value); err != nil || value == nil {
		return rdf.Term{}, errors.New("a term needs a value that is a string")
	}
	switch t.Type {
	case "uri":
		return rdf.NewIRI(*value), nil
	case "bnode":
		return rdf.NewBlank(*value), nil
	case "literal", "typed-literal": // the second is of an early draft
		return literal(*value, t.Datatype, t.Lang, t.Dir)
	}
	return rdf.Term{}, fmt.Errorf("%q is not a type of term", t.Type)
}

// literal makes a literal of its parts.
func literal(value, datatype, lang, dir string) (rdf.Term, error) {
	if lang == "" {
		if dir != "" {
			return rdf.Term{}, errors.New("a literal with a direction needs a language")
		}
		return rdf.NewLiteral(value, datatype), nil
	}
	switch dir {
	case "":
		return rdf.NewLangString(value, lang), nil
	case "ltr":
		return rdf.NewDirLangString(value, lang, rdf.LTR), nil
	case "rtl":
		return rdf.NewDirLangString(value, lang, rdf.RTL), nil
	}
	return rdf.Term{}, fmt.Errorf("%q is not a direction", dir)
}
