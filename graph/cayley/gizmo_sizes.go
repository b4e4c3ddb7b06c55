package cayley

import (
	"fmt"
	"reflect"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"sett/graph/exec"
)

// A sum of strings, a template or an array with another in it can be twice as long as what it was made of, in one step that nothing interrupts: forty
// of them are all the memory there is. So the result of each is measured as the script goes on, by a function that the script cannot name.

// measure is the name of that function, which no script can write.
const measure = "\x00measured"

// The largest string and the largest array that a script may make, as parts of its memory: it may hold several, and one step may make another of
// several times the size before it is measured.
const (
	stringPart = 16
	arrayPart  = 4
)

// measured puts calls of measure around what may grow in a parsed script.
func measured(program *ast.Program) {
	seen := map[any]bool{} // nodes that hang in two places
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Interface:
			if v.IsNil() {
				return
			}
			walk(v.Elem())
			if x, ok := v.Interface().(ast.Expression); ok && v.CanSet() && grows(x) && !seen[measuredNode{x}] {
				seen[measuredNode{x}] = true
				call := &ast.CallExpression{Callee: &ast.Identifier{Name: measure, Idx: x.Idx0()}, LeftParenthesis: x.Idx0(), ArgumentList: []ast.Expression{x}, RightParenthesis: x.Idx1()}
				if reflect.TypeOf(call).AssignableTo(v.Type()) {
					v.Set(reflect.ValueOf(call))
				}
			}
		case reflect.Pointer:
			if v.IsNil() || seen[v.Interface()] {
				return
			}
			seen[v.Interface()] = true
			walk(v.Elem())
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		}
	}
	for i := range program.Body {
		walk(reflect.ValueOf(&program.Body[i]).Elem())
	}
}

// measuredNode marks an expression that is in a call already.
type measuredNode struct{ x ast.Expression }

// grows reports whether an expression makes a string or an array of others: a sum, unless of a number that the text has, a template, an array with
// all of another.
func grows(x ast.Expression) bool {
	switch x := x.(type) {
	case *ast.BinaryExpression:
		return x.Operator == token.PLUS && !isNumber(x.Left) && !isNumber(x.Right)
	case *ast.AssignExpression:
		return x.Operator == token.PLUS && !isNumber(x.Right)
	case *ast.TemplateLiteral:
		return x.Tag == nil && len(x.Expressions) > 0
	case *ast.ArrayLiteral:
		for _, v := range x.Value {
			if _, ok := v.(*ast.SpreadElement); ok {
				return true
			}
		}
	}
	return false
}

func isNumber(x ast.Expression) bool {
	_, ok := x.(*ast.NumberLiteral)
	return ok
}

// setMeasure gives the runtime the function.
func (g *gizmo) setMeasure() {
	measured := g.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		v := c.Argument(0)
		switch v := v.(type) {
		case goja.String:
			if limit := g.heap() / stringPart; 2*int64(v.Length()) > limit {
				g.throw(fmt.Errorf("%w: a string of the script takes more than %d MiB of memory", exec.ErrLimit, limit>>20))
			}
		case *goja.Object:
			if limit := g.heap() / arrayPart; v.ClassName() == "Array" && elementBytes*int64(length(v)) > limit {
				g.throw(fmt.Errorf("%w: an array of the script takes more than %d MiB of memory", exec.ErrLimit, limit>>20))
			}
		}
		return v
	})
	if err := g.vm.GlobalObject().DefineDataProperty(measure, measured, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE); err != nil {
		panic(err) // a new runtime's global object is an ordinary one
	}
}
