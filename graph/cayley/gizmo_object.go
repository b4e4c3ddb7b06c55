package cayley

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"sett/graph/sparql"
)

// A script's objects make their functions when they are first asked for: a runtime that had all of them from its start
// would take several times as long to set up as a small question to answer.

// scriptObject is a path as the script sees it, g, or what its global names are looked up in.
type scriptObject struct {
	g       *gizmo
	path    *path // nil but for paths
	members []member
	global  bool // names may be given other meanings
}

var (
	_             goja.DynamicObject = (*scriptObject)(nil)
	scriptObjects                    = reflect.TypeFor[*scriptObject]()
)

// Get returns a member as a function, nil where there is none of this name.
func (o *scriptObject) Get(name string) goja.Value {
	m := find(o.members, name, !o.global)
	switch {
	case m == nil:
		o.g.missed, o.g.near = name, sparql.Nearest(name, slices.Values(o.Keys()))
		return nil
	case m.run == nil:
		return o.g.root
	}
	fn, ok := o.g.functions[m]
	if !ok {
		fn = o.g.vm.ToValue(o.g.callable(m, o.path != nil))
		o.g.functions[m] = fn
	}
	return fn
}

// Set gives a global name another meaning. Other members stay what they are.
func (o *scriptObject) Set(name string, v goja.Value) bool {
	return o.global && o.g.vm.GlobalObject().DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE) == nil
}

// Has reports whether there is a member of this name.
func (o *scriptObject) Has(name string) bool { return find(o.members, name, !o.global) != nil }

// Delete does nothing.
func (o *scriptObject) Delete(string) bool { return false }

// Keys returns the names of all members.
func (o *scriptObject) Keys() []string {
	var out []string
	for _, m := range o.members {
		out = append(out, strings.Fields(m.names)...)
	}
	return out
}

// environment sets what scripts see: g, iri and the like, and comparisons.
func (g *gizmo) environment() {
	g.methods = methods()
	g.root = g.vm.NewDynamicObject(&scriptObject{g: g, members: graphFunctions()})
	all := g.vm.GlobalObject()
	own := g.vm.NewDynamicObject(&scriptObject{g: g, members: append(globals(), member{names: "g graph"}), global: true})
	if err := errors.Join(own.SetPrototype(all.Prototype()), all.SetPrototype(own)); err != nil {
		panic(err) // a new runtime's global object is an ordinary one
	}
}

// find returns the member of a name. Either case of the first letter will do where both are told to, as Cayley has both.
func find(members []member, name string, both bool) *member {
	if name == "" {
		return nil
	}
	for i := range members {
		for one := range strings.FieldsSeq(members[i].names) {
			if one[1:] == name[1:] && (one[0] == name[0] || both && one[0]|0x20 == name[0]|0x20) {
				return &members[i]
			}
		}
	}
	return nil
}

// callable returns a member as the script calls it.
func (g *gizmo) callable(m *member, ofPaths bool) func(goja.FunctionCall) goja.Value {
	name, _, _ := strings.Cut(m.names, " ")
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
func (g *gizmo) pathObject(p *path) goja.Value {
	return g.vm.NewDynamicObject(&scriptObject{g: g, path: p, members: g.methods})
}

// pathOf returns the path of a path object.
func pathOf(v goja.Value) (*path, bool) {
	obj, ok := v.(*goja.Object)
	if !ok || obj.ExportType() != scriptObjects {
		return nil, false
	}
	p := obj.Export().(*scriptObject).path
	return p, p != nil
}
