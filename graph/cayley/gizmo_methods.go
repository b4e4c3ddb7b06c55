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

// method is a method of path objects. It is called by its name with a small and with a capital letter.
type method struct {
	name    string
	aliases string // more names, separated by spaces
	least   int    // arguments it needs
	most    int    // arguments it takes; -1: any number
	run     func(g *gizmo, p *path, a arguments) (interface{}, error)
}

// methods are the methods of paths, as Cayley documents them. A *path that is returned becomes an object.
func methods() []method {
	return []method{
		{"is", "", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			values, err := g.quadValues(a)
			return p.then(isStep(values)), err
		}},
		{"in", "", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.along(p, a, inStep) }},
		{"out", "", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.along(p, a, outStep) }},
		{"both", "", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.along(p, a, bothStep) }},
		{"labelContext", "", 0, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			if absent(a.at(0)) {
				return p.then(labelStep(nil, nil)), nil
			}
			return g.along(p, a, labelStep)
		}},
		{"follow", "", 1, 1, withPath(func(p, q *path) pathStep { return followStep(q) })},
		{"followR", "", 1, 1, withPath(func(p, q *path) pathStep { return followStep(q.reversed()) })},
		{"followRecursive", "", 1, -1, (*gizmo).followRecursive},
		{"intersect", "and", 1, 1, withPath(func(p, q *path) pathStep { return andStep(q) })},
		{"union", "or", 1, 1, withPath(func(p, q *path) pathStep { return orStep(q) })},
		{"except", "difference", 1, 1, withPath(func(p, q *path) pathStep { return exceptStep(q) })},
		{"tag", "as", 1, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			tags, err := g.texts(a)
			return p.then(tagStep(tags)), err
		}},
		{"back", "", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return p.back(a.at(0).String()), nil }},
		{"has", "", 1, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.has(p, a, false) }},
		{"hasR", "", 1, -1, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.has(p, a, true) }},
		{"save", "", 1, 2, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.save(p, a, false, false) }},
		{"saveR", "", 1, 2, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.save(p, a, true, false) }},
		{"saveOpt", "", 1, 2, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.save(p, a, false, true) }},
		{"saveOptR", "", 1, 2, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.save(p, a, true, true) }},
		{"filter", "", 1, -1, (*gizmo).filter},
		{"unique", "", 0, 0, always(uniqueStep)},
		{"order", "", 0, 0, always(orderStep)},
		{"labels", "", 0, 0, always(labelsStep)},
		{"inPredicates", "", 0, 0, always(func() pathStep { return predicatesStep(true) })},
		{"outPredicates", "", 0, 0, always(func() pathStep { return predicatesStep(false) })},
		{"saveInPredicates", "", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			return p.then(savePredicatesStep(true, a.at(0).String())), nil
		}},
		{"saveOutPredicates", "", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			return p.then(savePredicatesStep(false, a.at(0).String())), nil
		}},
		{"limit", "", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			n, err := whole(a.at(0))
			return p.then(pageStep(0, n)), err
		}},
		{"skip", "", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			n, err := whole(a.at(0))
			return p.then(pageStep(n, 0)), err
		}},
		{"all", "", 0, 0, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			g.ask("all()", p, -1)
			return nil, nil
		}},
		{"getLimit", "", 1, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			n, err := whole(a.at(0))
			if n <= 0 {
				n = -1
			}
			g.ask("getLimit()", p, n)
			return nil, err
		}},
		{"count", "", 0, 0, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.count(p) }},
		{"toArray", "", 0, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			return g.array("toArray()", p, a.at(0), false)
		}},
		{"tagArray", "", 0, 1, func(g *gizmo, p *path, a arguments) (interface{}, error) {
			return g.array("tagArray()", p, a.at(0), true)
		}},
		{"toValue", "", 0, 0, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.first("toValue()", p, false) }},
		{"tagValue", "", 0, 0, func(g *gizmo, p *path, a arguments) (interface{}, error) { return g.first("tagValue()", p, true) }},
		{"forEach", "map", 1, 2, (*gizmo).forEach},
	}
}

func always(make func() pathStep) func(*gizmo, *path, arguments) (interface{}, error) {
	return func(_ *gizmo, p *path, _ arguments) (interface{}, error) { return p.then(make()), nil }
}

func withPath(make func(p, q *path) pathStep) func(*gizmo, *path, arguments) (interface{}, error) {
	return func(_ *gizmo, p *path, a arguments) (interface{}, error) {
		q, ok := pathOf(a.at(0))
		if !ok {
			return nil, errors.New("gizmo: expected a path, such as g.M().out(\"<p>\")")
		}
		return p.then(make(p, q)), nil
	}
}

// environment sets what scripts see: g, iri and the like, and comparisons.
func (g *gizmo) environment() {
	g.paths = g.vm.NewObject()
	for _, m := range methods() {
		fn := g.vm.ToValue(g.callable(m))
		for _, name := range append([]string{m.name}, strings.Fields(m.aliases)...) {
			g.paths.Set(name, fn)
			g.paths.Set(capitalized(name), fn)
		}
	}
	root := g.vm.NewObject()
	for name, fn := range g.graphFunctions() {
		call := g.vm.ToValue(g.function(fn))
		for _, n := range strings.Fields(name) {
			root.Set(n, call)
		}
	}
	g.vm.Set("graph", root)
	g.vm.Set("g", root)
	for name, fn := range g.globals() {
		g.vm.Set(name, g.function(fn))
	}
}

func capitalized(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// callable returns a method as the script calls it.
func (g *gizmo) callable(m method) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		p, ok := pathOf(call.This)
		if !ok {
			panic(g.vm.NewGoError(fmt.Errorf("gizmo: %s is a method of paths", m.name)))
		}
		if n := len(call.Arguments); n < m.least || m.most >= 0 && n > m.most {
			panic(g.vm.NewGoError(fmt.Errorf("gizmo: %s: %s, got %d", m.name, expectedArguments(m.least, m.most), n)))
		}
		out, err := m.run(g, p, call.Arguments)
		if err != nil {
			panic(g.thrown(err))
		}
		if q, ok := out.(*path); ok {
			return g.pathObject(q)
		}
		return g.vm.ToValue(out)
	}
}

// thrown returns what a script sees thrown for an error: what its own callback threw, else the error.
func (g *gizmo) thrown(err error) goja.Value {
	var exception *goja.Exception
	if errors.As(err, &exception) {
		return exception.Value()
	}
	return g.vm.NewGoError(err)
}

func expectedArguments(least, most int) string {
	switch {
	case least == most:
		return fmt.Sprintf("expected %d arguments", least)
	case most < 0:
		return fmt.Sprintf("expected %d or more arguments", least)
	}
	return fmt.Sprintf("expected %d to %d arguments", least, most)
}

type function func(a arguments) (interface{}, error)

func (g *gizmo) function(fn function) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		out, err := fn(call.Arguments)
		if err != nil {
			panic(g.vm.NewGoError(err))
		}
		if q, ok := out.(*path); ok {
			return g.pathObject(q)
		}
		return g.vm.ToValue(out)
	}
}

// graphFunctions are the methods of g, by their names.
func (g *gizmo) graphFunctions() map[string]function {
	return map[string]function{
		"V Vertex": func(a arguments) (interface{}, error) {
			values, err := g.quadValues(a)
			return (&path{}).then(isStep(values)), err
		},
		"M Morphism": func(arguments) (interface{}, error) { return &path{}, nil },
		"emit Emit": func(a arguments) (interface{}, error) {
			return nil, g.emit(a.at(0))
		},
		"IRI Uri uri": func(a arguments) (interface{}, error) {
			if len(a) != 1 {
				return nil, errors.New("gizmo: IRI: expected 1 argument")
			}
			name := a[0].String()
			if full, ok := g.qs.names.Expand(name); ok {
				return quad.IRI(full), nil
			}
			return quad.IRI(name), nil
		},
		"addNamespace AddNamespace": func(a arguments) (interface{}, error) {
			if len(a) != 2 {
				return nil, errors.New("gizmo: addNamespace: expected a prefix and a namespace")
			}
			g.qs.names.Set(strings.TrimSuffix(a[0].String(), ":"), a[1].String())
			return nil, nil
		},
		"addDefaultNamespaces AddDefaultNamespaces": func(arguments) (interface{}, error) {
			g.addNamespaces(voc.List())
			return nil, nil
		},
		"loadNamespaces LoadNamespaces": func(arguments) (interface{}, error) {
			var ns voc.Namespaces
			err := schema.NewConfig().LoadNamespaces(g.ctx, g.qs, &ns)
			g.addNamespaces(ns.List())
			return nil, err
		},
	}
}

func (g *gizmo) addNamespaces(list []voc.Namespace) {
	for _, ns := range list {
		g.qs.names.Set(strings.TrimSuffix(ns.Prefix, ":"), ns.Full)
	}
}

// globals are the functions outside of g.
func (g *gizmo) globals() map[string]function {
	one := func(name string, make func(string) quad.Value) function {
		return func(a arguments) (interface{}, error) {
			if len(a) != 1 {
				return nil, fmt.Errorf("gizmo: %s: expected 1 argument, got %d", name, len(a))
			}
			return make(a[0].String()), nil
		}
	}
	two := func(name string, make func(string, string) quad.Value) function {
		return func(a arguments) (interface{}, error) {
			if len(a) != 2 {
				return nil, fmt.Errorf("gizmo: %s: expected 2 arguments, got %d", name, len(a))
			}
			return make(a[0].String(), a[1].String()), nil
		}
	}
	compare := func(name string, op iterator.Operator) function {
		return func(a arguments) (interface{}, error) {
			if len(a) != 1 {
				return nil, fmt.Errorf("gizmo: %s: expected 1 argument, got %d", name, len(a))
			}
			v, err := quadValue(a[0])
			return &valueFilter{shape.Comparison{Op: op, Val: v}}, err
		}
	}
	return map[string]function{
		"iri":   one("iri", func(s string) quad.Value { return quad.IRI(s) }),
		"bnode": one("bnode", func(s string) quad.Value { return quad.BNode(s) }),
		"raw":   one("raw", rawValue),
		"str":   one("str", func(s string) quad.Value { return quad.String(s) }),
		"lang":  two("lang", func(s, lang string) quad.Value { return quad.LangString{Value: quad.String(s), Lang: lang} }),
		"typed": two("typed", func(s, datatype string) quad.Value {
			if full, ok := g.qs.names.Expand(datatype); ok {
				datatype = full
			}
			return quad.TypedString{Value: quad.String(s), Type: quad.IRI(datatype)}
		}),
		"lt":    compare("lt", iterator.CompareLT),
		"lte":   compare("lte", iterator.CompareLTE),
		"gt":    compare("gt", iterator.CompareGT),
		"gte":   compare("gte", iterator.CompareGTE),
		"regex": regexFilter,
		"like": func(a arguments) (interface{}, error) {
			if len(a) != 1 {
				return nil, fmt.Errorf("gizmo: like: expected 1 argument, got %d", len(a))
			}
			return &valueFilter{shape.Wildcard{Pattern: a[0].String()}}, nil
		},
	}
}

// rawValue reads a value as N-Quads write it.
func rawValue(s string) quad.Value {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return quad.String(s[1 : len(s)-1])
	}
	return quad.StringToValue(s)
}

// regexFilter matches text; IRIs and blank nodes too if the pattern is an IRI or the second argument true.
func regexFilter(a arguments) (interface{}, error) {
	if len(a) != 1 && len(a) != 2 {
		return nil, fmt.Errorf("gizmo: regex: expected 1 to 2 arguments, got %d", len(a))
	}
	refs := len(a) == 2 && a[1].ToBoolean()
	pattern := ""
	switch v := a[0].Export().(type) {
	case string:
		pattern = v
		if quad, ok := quad.StringToValue(v).(quad.IRI); ok {
			if !refs {
				return nil, errors.New("gizmo: regex: patterns are not allowed on IRIs: give true as second argument")
			}
			pattern = string(quad)
		}
	case quad.IRI:
		if !refs {
			return nil, errors.New("gizmo: regex: patterns are not allowed on IRIs: give true as second argument")
		}
		pattern = string(v)
	case quad.String:
		pattern = string(v)
	default:
		return nil, fmt.Errorf("gizmo: regex: expected a pattern, got %s", a[0])
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("gizmo: regex: %w", err)
	}
	return &valueFilter{shape.Regexp{Re: re, Refs: refs}}, nil
}
