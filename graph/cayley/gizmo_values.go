package cayley

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"sett/graph/rdf"
)

// valueFilter is a condition as an object of the script.
type valueFilter struct{ filter shape.ValueFilter }

func absent(v goja.Value) bool { return v == nil || goja.IsUndefined(v) || goja.IsNull(v) }

// list returns the elements of the arrays among values, and the others as they are.
func (g *gizmo) list(values []goja.Value) []goja.Value { return flattened(nil, values, maxListDepth) }

// maxListDepth is how deep arrays within arrays are taken apart; one that holds itself has no end.
const maxListDepth = 8

func flattened(out, values []goja.Value, depth int) []goja.Value {
	for _, v := range values {
		switch obj, ok := v.(*goja.Object); {
		case absent(v):
		case ok && obj.ClassName() == "Array" && depth > 0:
			elements := make([]goja.Value, int(length(obj)))
			for i := range elements {
				elements[i] = obj.Get(strconv.Itoa(i))
			}
			out = flattened(out, elements, depth-1)
		default:
			out = append(out, v)
		}
	}
	return out
}

// isContainer reports whether a value is an array or an object with properties.
func isContainer(v goja.Value) bool {
	obj, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	kind := obj.ExportType().Kind()
	return kind == reflect.Map || kind == reflect.Slice && obj.ClassName() == "Array"
}

// maxShown is how deep a value may be nested that is shown as JSON, which is written by recursion.
const maxShown = 100

// isDeep reports whether a value is nested deeper than depth.
func isDeep(v goja.Value, depth int) bool {
	if !isContainer(v) {
		return false
	}
	obj := v.(*goja.Object)
	return depth == 0 || slices.ContainsFunc(obj.Keys(), func(key string) bool { return isDeep(obj.Get(key), depth-1) })
}

// described returns what a value is, for errors.
func described(v goja.Value) string {
	obj, ok := v.(*goja.Object)
	if !ok {
		if absent(v) {
			return "nothing"
		}
		return v.String()
	}
	if _, isPath := pathOf(v); isPath {
		return "a path"
	}
	if _, isFunction := goja.AssertFunction(obj); isFunction {
		return "a function"
	}
	switch obj.ClassName() {
	case "Array":
		return "an array"
	case "Object":
		return "an object"
	}
	return v.String()
}

// quadValue returns a value of the script as a value of the graph. Strings are read as Cayley reads them: "<iri>", "_:b",
// "\"text\"@en", and text otherwise.
func quadValue(v goja.Value) (quad.Value, error) {
	if isContainer(v) {
		return nil, fmt.Errorf("expected a node or value, got %s", described(v))
	}
	switch x := v.Export().(type) {
	case quad.Value:
		return x, nil
	case string:
		if x == "" {
			return quad.String(""), nil
		}
		return quad.StringToValue(x), nil
	case bool:
		return quad.Bool(x), nil
	case int64:
		return quad.Int(x), nil
	case int:
		return quad.Int(x), nil
	case float64:
		if n := int64(x); float64(n) == x {
			return quad.Int(n), nil
		}
		return quad.Float(x), nil
	case time.Time:
		return quad.Time(instant(v, x)), nil
	}
	return nil, fmt.Errorf("expected a node or value, got %s", described(v))
}

func (g *gizmo) quadValues(args []goja.Value) ([]quad.Value, error) {
	var out []quad.Value
	for _, v := range g.list(args) {
		q, err := quadValue(v)
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// via returns the predicates or labels that an argument names: nothing is all, a path is its nodes, else values.
func (g *gizmo) via(v goja.Value) (via, error) {
	if absent(v) {
		return func() shape.Shape { return shape.AllNodes{} }, nil
	}
	if p, ok := pathOf(v); ok {
		return p.shape, nil
	}
	values, err := g.quadValues([]goja.Value{v})
	if err != nil {
		return nil, err
	}
	if len(values) == 0 {
		return func() shape.Shape { return shape.AllNodes{} }, nil
	}
	return func() shape.Shape { return shape.Lookup(values) }, nil
}

// texts returns strings: names of tags.
func (g *gizmo) texts(args []goja.Value) ([]string, error) {
	var out []string
	for _, v := range g.list(args) {
		switch x := v.Export().(type) {
		case string:
			out = append(out, x)
		case quad.Value:
			out = append(out, quad.StringOf(x))
		default:
			return nil, fmt.Errorf("expected a string, got %s", described(v))
		}
	}
	return out, nil
}

// script returns a value of the graph as a value of the script: numbers, booleans and text are the script's own, times are
// Dates, the rest is written as in "<iri>".
func (g *gizmo) script(v quad.Value) interface{} {
	switch n := quad.NativeOf(v).(type) {
	case nil:
		return nil
	case quad.Value:
		return quad.StringOf(n)
	case time.Time:
		return g.date(n)
	default:
		return n
	}
}

// restKey is the hidden property of a Date that holds what its milliseconds leave of an instant, in nanoseconds.
const restKey = "__nanoseconds"

// date returns an instant as a Date that can be turned back without loss.
func (g *gizmo) date(t time.Time) interface{} {
	date, err := g.vm.New(g.vm.Get("Date"), g.vm.ToValue(t.UnixMilli()))
	if err != nil { // the script has made something else of Date
		return t
	}
	if rest := t.Nanosecond() % int(time.Millisecond); rest != 0 {
		if err := date.DefineDataProperty(restKey, g.vm.ToValue(rest), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE); err != nil {
			return t
		}
	}
	return date
}

// instant returns the instant of a Date.
func instant(v goja.Value, t time.Time) time.Time {
	if date, ok := v.(*goja.Object); ok {
		if rest := date.Get(restKey); rest != nil {
			return t.Add(time.Duration(rest.ToInteger()))
		}
	}
	return t
}

// row returns an emitted value as a row. Properties of an object are its columns; anything else is the column "result".
func (g *gizmo) row(v goja.Value) (emitted, error) {
	var out emitted
	add := func(name string, v goja.Value) error {
		t, err := g.term(v)
		if err == nil && !t.IsZero() {
			out.names, out.terms = append(out.names, name), append(out.terms, t)
		}
		return err
	}
	obj, isObject := v.(*goja.Object)
	if !isObject || obj.ExportType().Kind() != reflect.Map {
		return out, add("result", v)
	}
	for _, name := range obj.Keys() {
		if err := add(name, obj.Get(name)); err != nil {
			return out, err
		}
	}
	return out, nil
}

// term returns the term of a value of the script. What no term can be, an array or an object inside another, is its JSON.
func (g *gizmo) term(v goja.Value) (rdf.Term, error) {
	if absent(v) {
		return rdf.Term{}, nil
	}
	if _, ok := pathOf(v); ok {
		return rdf.Term{}, fmt.Errorf("a path was emitted: emit its nodes, as .toArray() gives them")
	}
	if q, err := quadValue(v); err == nil {
		return Term(q)
	}
	if isDeep(v, maxShown) {
		return rdf.Term{}, fmt.Errorf("a value that is nested more than %d deep", maxShown)
	}
	b, err := json.Marshal(v.Export())
	if err != nil {
		return rdf.Term{}, fmt.Errorf("a value that cannot be shown: %w", err)
	}
	return rdf.NewString(string(b)), nil
}
