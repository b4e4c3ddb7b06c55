package cayley

import (
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"
)

// along adds a step along predicates or labels; the arguments after these are tags for them.
func (g *gizmo) along(p *path, a arguments, make func(via, []string) pathStep) (interface{}, error) {
	by, err := g.via(a.at(0))
	if err != nil {
		return nil, err
	}
	var tags []string
	if len(a) > 1 {
		if tags, err = g.texts(a[1:]); err != nil {
			return nil, err
		}
	}
	return p.then(make(by, tags)), nil
}

// whole returns an argument that is a whole number.
func whole(v goja.Value) (int64, error) {
	if !absent(v) {
		switch n := v.Export().(type) {
		case int64:
			return n, nil
		case float64:
			return int64(n), nil
		}
	}
	return 0, fmt.Errorf("expected a number, got %s", described(v))
}

// followRecursive takes a predicate or path, then a depth, then names for it; the depth may be left out.
func (g *gizmo) followRecursive(p *path, a arguments) (interface{}, error) {
	q, ok := pathOf(a.at(0))
	if !ok {
		by, err := g.via(a.at(0))
		if err != nil {
			return nil, err
		}
		if absent(a.at(0)) || len(g.list(a[:1])) != 1 {
			return nil, errors.New("followRecursive: expected one predicate or path")
		}
		q = (&path{}).then(outStep(by, nil))
	}
	rest := a[1:]
	depth := int64(0)
	if n, err := whole(rest.at(0)); err == nil {
		depth, rest = n, rest[1:]
	}
	tags, err := g.texts(rest)
	return p.then(recursiveStep(q, int(depth), tags)), err
}

// has takes a predicate or path, then nodes or conditions.
func (g *gizmo) has(p *path, a arguments, reverse bool) (interface{}, error) {
	if absent(a.at(0)) {
		return nil, errors.New("has: expected a predicate")
	}
	by, err := g.via(a.at(0))
	if err != nil {
		return nil, err
	}
	rest := g.list(a[1:])
	filters, err := filtersOf(rest)
	if err != nil {
		return nil, err
	}
	nodes := shape.Shape(shape.AllNodes{})
	switch {
	case len(filters) > 0:
		nodes = shape.Filter{From: shape.AllNodes{}, Filters: filters}
	case len(rest) == 1:
		if q, ok := pathOf(rest[0]); ok {
			nodes = q.shape()
			break
		}
		fallthrough
	default:
		values, err := g.quadValues(rest)
		if err != nil {
			return nil, err
		}
		if len(values) > 0 {
			nodes = shape.Lookup(values)
		}
	}
	return p.then(hasStep(by, reverse, nodes)), nil
}

// filtersOf returns the conditions among arguments, which are then all conditions.
func filtersOf(args []goja.Value) ([]shape.ValueFilter, error) {
	var out []shape.ValueFilter
	for _, v := range args {
		if f, ok := v.Export().(*valueFilter); ok {
			out = append(out, f.filter)
		}
	}
	if len(out) > 0 && len(out) < len(args) {
		return nil, errors.New("expected either conditions, such as gt(5), or nodes, not both")
	}
	return out, nil
}

func (g *gizmo) filter(p *path, a arguments) (interface{}, error) {
	filters, err := filtersOf(g.list(a))
	if err == nil && len(filters) == 0 {
		err = errors.New("filter: expected conditions, such as gt(5)")
	}
	return p.then(filterStep(filters)), err
}

// save takes a predicate or path, and the tag; without one, a predicate names its own.
func (g *gizmo) save(p *path, a arguments, reverse, optional bool) (interface{}, error) {
	if absent(a.at(0)) {
		return nil, errors.New("save: expected a predicate")
	}
	by, err := g.via(a.at(0))
	if err != nil {
		return nil, err
	}
	tag := ""
	if !absent(a.at(1)) {
		tag = a.at(1).String()
	}
	if tag == "" {
		if _, isPath := pathOf(a.at(0)); isPath {
			return nil, errors.New("save: expected a tag for the nodes of a path")
		}
		v, err := quadValue(a.at(0))
		if err != nil {
			return nil, err
		}
		tag = quad.StringOf(v)
	}
	return p.then(saveStep(by, tag, reverse, optional)), nil
}

// array returns the nodes at a path's end, or with tags an object for each path.
func (g *gizmo) array(what string, p *path, limit goja.Value, tags bool) (interface{}, error) {
	most := int64(-1)
	if !absent(limit) {
		n, err := whole(limit)
		if err != nil {
			return nil, err
		}
		most = n
	}
	out := []interface{}{}
	err := g.collect(what, p, most, func(names []string, columns [][]quad.Value) error {
		for i := range columns[0] {
			if tags {
				out = append(out, g.object(names, columns, i))
			} else if v := g.script(columns[0][i]); v != nil {
				out = append(out, v)
			}
		}
		return g.qs.grow(len(out), len(names))
	})
	return &out, err
}

func (g *gizmo) object(names []string, columns [][]quad.Value, row int) map[string]interface{} {
	obj := make(map[string]interface{}, len(names))
	for c, name := range names {
		if v := g.script(columns[c][row]); v != nil && (c == 0 || name != resultTag) {
			obj[name] = v
		}
	}
	return obj
}

// first returns the first node at a path's end, or with tags the object for its path; null without one.
func (g *gizmo) first(what string, p *path, tags bool) (interface{}, error) {
	var out interface{}
	err := g.collect(what, p, 1, func(names []string, columns [][]quad.Value) error {
		if tags {
			out = g.object(names, columns, 0)
		} else {
			out = g.script(columns[0][0])
		}
		return nil
	})
	return out, err
}

// maxNesting bounds forEach within forEach: each holds a plan that runs, and a part of the stack.
const maxNesting = 64

// forEach calls a function of the script with an object for each path. JavaScript is entered once a batch.
func (g *gizmo) forEach(p *path, a arguments) (interface{}, error) {
	if g.each == nil {
		each, err := g.vm.RunString("(function(rows, call) { for (var i = 0; i < rows.length; i++) call(rows[i]); })")
		if err != nil {
			return nil, err
		}
		g.each, _ = goja.AssertFunction(each)
	}
	callback := a[len(a)-1]
	if _, ok := goja.AssertFunction(callback); !ok {
		return nil, errors.New("forEach: expected a function")
	}
	limit := int64(-1)
	if len(a) == 2 {
		n, err := whole(a[0])
		if err != nil {
			return nil, err
		}
		limit = n
	}
	if g.depth == maxNesting {
		return nil, fmt.Errorf("forEach within forEach %d deep", maxNesting)
	}
	g.depth++
	defer func() { g.depth-- }()
	err := g.collect("forEach()", p, limit, func(names []string, columns [][]quad.Value) error {
		batch := make([]interface{}, len(columns[0]))
		for i := range batch {
			batch[i] = g.object(names, columns, i)
		}
		_, err := g.each(goja.Undefined(), g.vm.ToValue(batch), callback)
		return err
	})
	if err == io.EOF {
		err = nil
	}
	return nil, err
}
