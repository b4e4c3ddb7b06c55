package cayley

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/cayley/schema"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/voc"
	"github.com/dop251/goja"
)

// arguments are the arguments of a call.
type arguments []goja.Value

// at returns an argument, nil where there is none.
func (a arguments) at(i int) goja.Value {
	if i < len(a) {
		return a[i]
	}
	return nil
}

// member is what a script calls: a method of paths, a function of g, or a global one.
type member struct {
	names string                                                    // separated by spaces; the first is the one that is offered for completion
	least int                                                       // arguments it needs
	most  int                                                       // arguments it takes; -1: any number
	run   func(g *gizmo, p *path, a arguments) (interface{}, error) // p is nil but for methods of paths
}

// methods are the methods of paths, as Cayley documents them. A *path that is returned becomes an object.
func methods() []member {
	return []member{
		{"is", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			values, err := g.quadValues(a)
			return p.then(isStep(values)), err
		}},
		{"in", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.along(p, a, inStep) }},
		{"out", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.along(p, a, outStep) }},
		{"both", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.along(p, a, bothStep) }},
		{"labelContext", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			if absent(a.at(0)) {
				return p.then(labelStep(nil, nil)), nil
			}
			return g.along(p, a, labelStep)
		}},
		{"follow", 1, 1, withPath(func(p, q *path) pathStep { return followStep(q) })},
		{"followR", 1, 1, withPath(func(p, q *path) pathStep { return followStep(q.reversed()) })},
		{"followRecursive", 1, -1, (*gizmo).followRecursive},
		{"intersect and", 1, 1, withPath(func(p, q *path) pathStep { return andStep(q) })},
		{"union or", 1, 1, withPath(func(p, q *path) pathStep { return orStep(q) })},
		{"except difference", 1, 1, withPath(func(p, q *path) pathStep { return exceptStep(q) })},
		{"tag as", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			tags, err := g.texts(a)
			return p.then(tagStep(tags)), err
		}},
		{"back", 0, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			if absent(a.at(0)) {
				return p.reversed(), nil // to where the path began
			}
			return p.back(a.at(0).String()), nil
		}},
		{"has", 1, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.has(p, a, false) }},
		{"hasR", 1, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.has(p, a, true) }},
		{"save", 1, 2, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.save(p, a, false, false) }},
		{"saveR", 1, 2, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.save(p, a, true, false) }},
		{"saveOpt", 1, 2, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.save(p, a, false, true) }},
		{"saveOptR", 1, 2, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.save(p, a, true, true) }},
		{"filter", 1, -1, (*gizmo).filter},
		{"unique", 0, 0, always(uniqueStep)},
		{"order", 0, 0, always(orderStep)},
		{"labels", 0, 0, always(labelsStep)},
		{"inPredicates", 0, 0, always(func() pathStep { return predicatesStep(true) })},
		{"outPredicates", 0, 0, always(func() pathStep { return predicatesStep(false) })},
		{"saveInPredicates", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			return p.then(savePredicatesStep(true, a.at(0).String())), nil
		}},
		{"saveOutPredicates", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			return p.then(savePredicatesStep(false, a.at(0).String())), nil
		}},
		{"limit", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			n, err := whole(a.at(0))
			return p.then(pageStep(0, n)), err
		}},
		{"skip", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			n, err := whole(a.at(0))
			return p.then(pageStep(n, 0)), err
		}},
		{"all", 0, 0, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			g.ask("all()", p, -1)
			return nil, nil
		}},
		{"getLimit", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			n, err := whole(a.at(0))
			if n <= 0 {
				n = -1
			}
			g.ask("getLimit()", p, n)
			return nil, err
		}},
		{"count", 0, 0, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.count(p) }},
		{"toArray", 0, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			return g.array("toArray()", p, a.at(0), false)
		}},
		{"tagArray", 0, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			return g.array("tagArray()", p, a.at(0), true)
		}},
		{"toValue", 0, 0, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.first("toValue()", p, false) }},
		{"tagValue", 0, 0, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.first("tagValue()", p, true) }},
		{"forEach map", 1, 2, (*gizmo).forEach},
	}
}

func always(make func() pathStep) func(*gizmo, *path, arguments) (interface{}, error) {
	return func(_ *gizmo, p *path, _ arguments) (interface{}, error) { return p.then(make()), nil }
}

func withPath(make func(p, q *path) pathStep) func(*gizmo, *path, arguments) (interface{}, error) {
	return func(_ *gizmo, p *path, a arguments) (interface{}, error) {
		q, ok := pathOf(a.at(0))
		if !ok {
			return nil, errors.New("expected a path, such as g.M().out(\"<p>\")")
		}
		return p.then(make(p, q)), nil
	}
}

// graphFunctions are the methods of g.
func graphFunctions() []member {
	return []member{
		{"V Vertex", 0, -1, func(g *gizmo, _ *path, a arguments) (interface{}, error) {
			values, err := g.quadValues(a)
			return (&path{}).then(isStep(values)), err
		}},
		{"M Morphism", 0, -1, func(*gizmo, *path, arguments) (interface{}, error) { return &path{}, nil }},
		{"emit", 0, -1, func(g *gizmo, _ *path, a arguments) (interface{}, error) { return nil, g.emit(a.at(0)) }},
		{"IRI Uri", 1, 1, func(g *gizmo, _ *path, a arguments) (interface{}, error) {
			name := a[0].String()
			if full, ok := g.qs.names.Expand(name); ok {
				return quad.IRI(full), nil
			}
			return quad.IRI(name), nil
		}},
		{"addNamespace", 2, 2, func(g *gizmo, _ *path, a arguments) (interface{}, error) {
			g.qs.names.Set(strings.TrimSuffix(a[0].String(), ":"), a[1].String())
			return nil, nil
		}},
		{"addDefaultNamespaces", 0, 0, func(g *gizmo, _ *path, _ arguments) (interface{}, error) {
			g.addNamespaces(voc.List())
			return nil, nil
		}},
		{"loadNamespaces", 0, 0, func(g *gizmo, _ *path, _ arguments) (interface{}, error) {
			var ns voc.Namespaces
			err := schema.NewConfig().LoadNamespaces(g.ctx, g.qs, &ns)
			g.addNamespaces(ns.List())
			return nil, err
		}},
	}
}

func (g *gizmo) addNamespaces(list []voc.Namespace) {
	for _, ns := range list {
		g.qs.names.Set(strings.TrimSuffix(ns.Prefix, ":"), ns.Full)
	}
}

// globals are the functions outside of g.
func globals() []member {
	return []member{
		value("iri", func(s string) quad.Value { return quad.IRI(s) }),
		value("bnode", func(s string) quad.Value { return quad.BNode(s) }),
		value("raw", rawValue),
		value("str", func(s string) quad.Value { return quad.String(s) }),
		{"lang", 2, 2, func(_ *gizmo, _ *path, a arguments) (interface{}, error) {
			return quad.LangString{Value: quad.String(a[0].String()), Lang: a[1].String()}, nil
		}},
		{"typed", 2, 2, func(g *gizmo, _ *path, a arguments) (interface{}, error) {
			datatype := a[1].String()
			if full, ok := g.qs.names.Expand(datatype); ok {
				datatype = full
			}
			return quad.TypedString{Value: quad.String(a[0].String()), Type: quad.IRI(datatype)}, nil
		}},
		comparing("lt", iterator.CompareLT),
		comparing("lte", iterator.CompareLTE),
		comparing("gt", iterator.CompareGT),
		comparing("gte", iterator.CompareGTE),
		{"regex", 1, 2, func(_ *gizmo, _ *path, a arguments) (interface{}, error) { return regexFilter(a) }},
		{"like", 1, 1, func(_ *gizmo, _ *path, a arguments) (interface{}, error) {
			return &valueFilter{shape.Wildcard{Pattern: a[0].String()}}, nil
		}},
	}
}

// value is a function that makes a value of a text.
func value(name string, make func(string) quad.Value) member {
	return member{name, 1, 1, func(_ *gizmo, _ *path, a arguments) (interface{}, error) { return make(a[0].String()), nil }}
}

// comparing is a function that makes a condition of a value.
func comparing(name string, op iterator.Operator) member {
	return member{name, 1, 1, func(_ *gizmo, _ *path, a arguments) (interface{}, error) {
		v, err := quadValue(a[0])
		return &valueFilter{shape.Comparison{Op: op, Val: v}}, err
	}}
}

// rawValue reads a value as N-Quads write it.
func rawValue(s string) quad.Value {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return quad.String(s[1 : len(s)-1])
	}
	return quad.StringToValue(s)
}

// regexFilter matches text; IRIs and blank nodes too if the second argument is true.
func regexFilter(a arguments) (interface{}, error) {
	refs := len(a) == 2 && a[1].ToBoolean()
	pattern, iri := "", false
	switch v := a[0].Export().(type) {
	case string:
		pattern = v
		if name, ok := quad.StringToValue(v).(quad.IRI); ok {
			pattern, iri = string(name), true
		}
	case quad.IRI:
		pattern, iri = string(v), true
	case quad.String:
		pattern = string(v)
	default:
		return nil, fmt.Errorf("regex: expected a pattern, got %s", described(a[0]))
	}
	if iri && !refs {
		return nil, errors.New("regex: patterns are not allowed on IRIs: give true as second argument")
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("regex: %w", err)
	}
	return &valueFilter{shape.Regexp{Re: re, Refs: refs}}, nil
}
