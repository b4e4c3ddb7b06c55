package cayley

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"sett/graph/sparql"
)

// A script's objects make their functions when they are first asked for: a runtime that had all of them from its start
// would take several times as long to set up as a small question to answer.

// pathObject is a path as the script sees it. It is not changed: what continues a path is another one.
type pathObject struct {
	g *gizmo
	p *path
}

// rootObject is g, which is called graph too.
type rootObject struct{ g *gizmo }

var (
	_ goja.DynamicObject = (*pathObject)(nil)
	_ goja.DynamicObject = (*rootObject)(nil)
)

// Get returns a method of paths, nil where there is none.
func (o *pathObject) Get(name string) goja.Value { return o.g.function(o.g.methods, name) }

// Set does nothing.
func (o *pathObject) Set(string, goja.Value) bool { return false }

// Has reports whether there is such a method.
func (o *pathObject) Has(name string) bool { return find(o.g.methods, name) != nil }

// Delete does nothing.
func (o *pathObject) Delete(string) bool { return false }

// Keys returns the names of all methods.
func (o *pathObject) Keys() []string { return names(o.g.methods) }

// Get returns a function of g, nil where there is none.
func (o *rootObject) Get(name string) goja.Value { return o.g.function(o.g.root, name) }

// Set does nothing.
func (o *rootObject) Set(string, goja.Value) bool { return false }

// Has reports whether there is such a function.
func (o *rootObject) Has(name string) bool { return find(o.g.root, name) != nil }

// Delete does nothing.
func (o *rootObject) Delete(string) bool { return false }

// Keys returns the names of all functions.
func (o *rootObject) Keys() []string { return names(o.g.root) }

// environment sets what scripts see: g, iri and the like, and comparisons.
func (g *gizmo) environment() {
	g.methods, g.root = methods(), graphFunctions()
	root := g.vm.NewDynamicObject(&rootObject{g})
	g.vm.Set("graph", root)
	g.vm.Set("g", root)
	for _, m := range globals() {
		g.vm.Set(m.names, g.callable(&m))
	}
}

// find returns the member of a name. The case of the first letter does not matter, as Cayley has both.
func find(members []member, name string) *member {
	if name == "" {
		return nil
	}
	for i := range members {
		for one := range strings.FieldsSeq(members[i].names) {
			if one[1:] == name[1:] && one[0]|0x20 == name[0]|0x20 {
				return &members[i]
			}
		}
	}
	return nil
}

// names returns all names of members, those that are alike up to the first letter's case once.
func names(members []member) []string {
	var out []string
	for _, m := range members {
		out = append(out, strings.Fields(m.names)...)
	}
	return out
}

// function returns the member of a name as a function of the script.
func (g *gizmo) function(members []member, name string) goja.Value {
	m := find(members, name)
	if m == nil {
		g.missed, g.near = name, sparql.Nearest(name, slices.Values(names(members)))
		return nil
	}
	fn, ok := g.functions[m]
	if !ok {
		fn = g.vm.ToValue(g.callable(m))
		g.functions[m] = fn
	}
	return fn
}

// callable returns a member as the script calls it.
func (g *gizmo) callable(m *member) func(goja.FunctionCall) goja.Value {
	name, _, _ := strings.Cut(m.names, " ")
	ofPaths := find(g.methods, name) == m
	return func(call goja.FunctionCall) goja.Value {
		var p *path
		if ofPaths {
			var ok bool
			if p, ok = pathOf(call.This); !ok {
				g.throw(fmt.Errorf("%s is a method of paths", name))
			}
		}
		if n := len(call.Arguments); n < m.least || m.most >= 0 && n > m.most {
			g.throw(fmt.Errorf("%s: expected %s, got %d", name, countOfArguments(m.least, m.most), n))
		}
		out, err := m.run(g, p, call.Arguments)
		if err != nil {
			g.throw(err)
		}
		q, ok := out.(*path)
		if !ok {
			return g.vm.ToValue(out)
		}
		if q.size = sizeWith(p, call.Arguments); q.size > maxSteps {
			g.throw(fmt.Errorf("%s: the path has more than %d steps, with those of the paths within it", name, maxSteps))
		}
		return g.pathObject(q)
	}
}

// maxSteps bounds paths: p = p.union(p) would else double one again and again.
const maxSteps = 1000

// sizeWith returns the steps of a path with one more that takes arguments.
func sizeWith(p *path, args []goja.Value) int {
	size := 1
	if p != nil {
		size += p.size
	}
	for _, v := range args {
		if q, ok := pathOf(v); ok {
			size += q.size
		}
	}
	return size
}

func countOfArguments(least, most int) string {
	switch {
	case least == most && least == 1:
		return "1 argument"
	case least == most:
		return fmt.Sprintf("%d arguments", least)
	case most < 0:
		return fmt.Sprintf("%d or more arguments", least)
	}
	return fmt.Sprintf("%d to %d arguments", least, most)
}

// pathObject returns a path as an object of the script.
func (g *gizmo) pathObject(p *path) goja.Value { return g.vm.NewDynamicObject(&pathObject{g, p}) }

var typeOfPaths, typeOfRoot = reflect.TypeFor[*pathObject](), reflect.TypeFor[*rootObject]()

// pathOf returns the path of a path object.
func pathOf(v goja.Value) (*path, bool) {
	obj, ok := v.(*goja.Object)
	if !ok || obj.ExportType() != typeOfPaths {
		return nil, false
	}
	return obj.Export().(*pathObject).p, true
}
