package cayley

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"sett/graph/rdf"
)

// MQL is a pattern in JSON: what is given must be so, null and [] are asked for. Each solution is a row; a column is a
// key, "<follows>.id" one of an object within. A string "$name" is a parameter's value.

// mqlRun translates one query.
type mqlRun struct {
	text    string
	params  map[string]rdf.Term
	columns []string // that are shown, in the order of the query
	depth   int
}

// mqlNesting is how deep objects and lists may be nested.
const mqlNesting = 100

func mqlRows(ctx context.Context, qs *QuadStore, text string, params map[string]rdf.Term, explain bool) (*Rows, error) {
	qs.run.merged = true // a value is shown once, however many graphs have it
	text = withoutHead(text)
	q := &mqlRun{text: text, params: params}
	s, err := q.read()
	if err != nil {
		return nil, err
	}
	var tab tabulator
	if !explain {
		tab = &tables{ctx, qs}
	}
	t, err := qs.translate(ctx, s, tab, -1, false)
	if err != nil {
		return nil, err
	}
	out := &Rows{ctx: ctx}
	for _, name := range q.columns {
		out.column(name)
	}
	out.addPlan("mql", qs, t, "")
	return out, nil
}

// read reads the query and returns the nodes that it asks for. Errors: *sparql.SyntaxError.
func (q *mqlRun) read() (shape.Shape, error) {
	dec := json.NewDecoder(strings.NewReader(q.text))
	dec.UseNumber()
	s, optional, err := q.value(dec, "")
	if err == nil {
		if _, extra := dec.Token(); extra != io.EOF {
			err = textError(q.text, int(dec.InputOffset()), "expected the end")
		}
	}
	switch {
	case err != nil:
		return nil, q.placed(err, dec)
	case optional || len(q.columns) == 0:
		return nil, textError(q.text, 0, "expected an object with something given or asked for")
	}
	return s, nil
}

// placed gives an error of the JSON reader its place.
func (q *mqlRun) placed(err error, dec *json.Decoder) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return textError(q.text, max(0, int(syntax.Offset)-1), strings.TrimPrefix(syntax.Error(), "json: "))
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return textError(q.text, len(q.text), "unexpected end")
	}
	return err
}

// value reads a value and returns the nodes that fit it; optional, if it only asks.
func (q *mqlRun) value(dec *json.Decoder, path string) (s shape.Shape, optional bool, err error) {
	t, err := dec.Token()
	if err != nil {
		return nil, false, err
	}
	switch v := t.(type) {
	case nil:
		return q.shown(shape.AllNodes{}, path), true, nil
	case bool:
		s = shape.Lookup{quad.Bool(v)}
	case json.Number:
		if n, err := v.Int64(); err == nil {
			s = shape.Lookup{quad.Int(n)}
			break
		}
		f, err := v.Float64()
		if err != nil {
			return nil, false, textError(q.text, int(dec.InputOffset()), "a number that is too large")
		}
		if math.Floor(f) == f && math.Abs(f) < 1<<53 {
			s = shape.Lookup{quad.Int(int64(f))}
		} else {
			s = shape.Lookup{quad.Float(f)}
		}
	case string:
		s = q.given(v)
	case json.Delim:
		if q.depth++; q.depth > mqlNesting {
			return nil, false, textError(q.text, int(dec.InputOffset())-1, "nested too deeply: more than "+strconv.Itoa(mqlNesting)+" levels")
		}
		defer func() { q.depth-- }()
		if v == '[' {
			return q.list(dec, path)
		}
		s, err = q.object(dec, path)
		return s, false, err
	}
	if err != nil {
		return nil, false, err
	}
	return q.shown(s, path), false, nil
}

// given is a node that the query names.
func (q *mqlRun) given(v string) shape.Shape {
	if name, ok := strings.CutPrefix(v, "$"); ok {
		if t, ok := q.params[name]; ok {
			return shape.Lookup{Value(t)}
		}
	}
	if v == "" {
		return shape.Lookup{quad.String("")}
	}
	return shape.Lookup{quad.StringToValue(v)}
}

// shown makes nodes a column.
func (q *mqlRun) shown(s shape.Shape, path string) shape.Shape {
	q.columns = append(q.columns, path)
	return shape.Save{From: s, Tags: []string{path}}
}

// list reads an array behind its bracket: of nothing, or of one pattern.
func (q *mqlRun) list(dec *json.Decoder, path string) (s shape.Shape, optional bool, err error) {
	if dec.More() {
		s, optional, err = q.value(dec, path)
		if err == nil && dec.More() {
			err = textError(q.text, int(dec.InputOffset()), "a list holds one pattern at most")
		}
	} else {
		s, optional = q.shown(shape.AllNodes{}, path), true
	}
	if err != nil {
		return nil, false, err
	}
	_, err = dec.Token()
	return s, optional, err
}

// object reads an object behind its brace.
func (q *mqlRun) object(dec *json.Decoder, path string) (shape.Shape, error) {
	var must shape.Intersect
	var may []shape.Shape
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key, _ := t.(string)
		column := key
		if path != "" {
			column = path + "." + key
		}
		s, optional, err := q.value(dec, column)
		if err != nil {
			return nil, err
		}
		if key != gqlID {
			s = mqlFollow(key, s)
		}
		if optional {
			may = append(may, s)
		} else {
			must = append(must, s)
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if len(must) == 0 {
		must = shape.Intersect{shape.AllNodes{}}
	}
	if len(may) == 0 {
		return must, nil
	}
	return shape.IntersectOpt{Sub: must, Opt: may}, nil
}

// mqlFollow is the nodes from which a key leads to others. "@name:" before the predicate makes the key another one, "!"
// follows it backwards.
func mqlFollow(key string, to shape.Shape) shape.Shape {
	if rest, ok := strings.CutPrefix(key, "@"); ok {
		if _, pred, ok := strings.Cut(rest, ":"); ok {
			key = pred
		}
	}
	from, end := quad.Subject, quad.Object
	if pred, ok := strings.CutPrefix(key, "!"); ok {
		key, from, end = pred, end, from
	}
	return shape.NodesFrom{Dir: from, Quads: shape.Quads{
		{Dir: quad.Predicate, Values: shape.Lookup{quad.StringToValue(key)}},
		{Dir: end, Values: to},
	}}
}
