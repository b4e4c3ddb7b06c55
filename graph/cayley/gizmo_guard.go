package cayley

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"sett/graph/exec"
)

// A script is interrupted between its own steps. A function of JavaScript's library that makes something huge in one step
// is asked for its size before: the process might not survive it.

// guard is a function of the library whose result may be of any size.
type guard struct {
	of, name string
	bytes    func(this goja.Value, a arguments) float64 // about what the result takes
}

func guards() []guard {
	return []guard{
		{"String.prototype", "repeat", func(this goja.Value, a arguments) float64 { return float64(len(this.String())) * number(a.at(0)) }},
		{"String.prototype", "padStart", func(_ goja.Value, a arguments) float64 { return number(a.at(0)) }},
		{"String.prototype", "padEnd", func(_ goja.Value, a arguments) float64 { return number(a.at(0)) }},
		{"Array.prototype", "fill", func(this goja.Value, _ arguments) float64 { return elementBytes * length(this) }},
		{"String.prototype", "concat", func(this goja.Value, a arguments) float64 { return textBytes(this) + textsBytes(a) }},
		{"Array.prototype", "concat", func(this goja.Value, a arguments) float64 {
			n := length(this)
			for _, v := range a {
				n += length(v)
			}
			return arrayPart * elementBytes * n
		}},
		{"Array.prototype", "join", func(this goja.Value, a arguments) float64 {
			n := length(this)
			if obj, ok := this.(*goja.Object); ok && n <= mostElements && obj.ClassName() == "Array" {
				var texts arguments
				for i := range int(n) {
					texts = append(texts, obj.Get(strconv.Itoa(i)))
				}
				return textsBytes(texts) + n*textBytes(a.at(0))
			}
			return elementBytes*n + n*textBytes(a.at(0))
		}},
		{"String.prototype", "replace", replacedBytes},
		{"String.prototype", "replaceAll", func(this goja.Value, a arguments) float64 {
			return textBytes(this) + textBytes(a.at(1))*(1+textBytes(this)/2)
		}},
		{"JSON", "parse", func(_ goja.Value, a arguments) float64 {
			if a.at(0) != nil && nestedTooDeep(a[0].String()) >= 0 { // it is read by recursion
				return math.Inf(1)
			}
			return 0
		}},
		{"Array", "from", func(_ goja.Value, a arguments) float64 { return elementBytes * length(a.at(0)) }},
	}
}

// replacedBytes is what a string takes at most in which a text is put for each match of a pattern: as many as it has characters. Of a text that is
// looked for, replace takes the first alone.
func replacedBytes(this goja.Value, a arguments) float64 {
	matches := 1.0
	if _, ok := a.at(0).(*goja.Object); ok {
		matches += textBytes(this) / 2
	}
	return textBytes(this) + textBytes(a.at(1))*matches
}

// mostElements is how many elements are looked at, one by one, for what they take.
const mostElements = 100_000

// textBytes returns what a string takes at most, 0 for other values.
func textBytes(v goja.Value) float64 {
	if s, ok := v.(goja.String); ok {
		return 2 * float64(s.Length())
	}
	return 0
}

func textsBytes(values arguments) float64 {
	sum := 0.0
	for _, v := range values {
		sum += elementBytes + textBytes(v)
	}
	return sum
}

// elementBytes is what an element of an array takes at least.
const elementBytes = 16

// buffers are what holds bytes, of which graphs have none.
var buffers = []string{"ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array",
	"Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"}

// guarded puts up the guards that a script needs: those of functions that its text names.
func (g *gizmo) guarded(text string) {
	g.guardPatterns(text)
	for _, name := range buffers {
		if strings.Contains(text, name) {
			g.vm.GlobalObject().Delete(name)
		}
	}
	for _, one := range guards() {
		if !strings.Contains(text, one.name) {
			continue
		}
		var of goja.Value = g.vm.GlobalObject()
		for part := range strings.SplitSeq(one.of, ".") {
			of = of.(*goja.Object).Get(part)
		}
		call, _ := goja.AssertFunction(of.(*goja.Object).Get(one.name))
		of.(*goja.Object).Set(one.name, func(c goja.FunctionCall) goja.Value {
			if limit := g.heap(); one.bytes(c.This, c.Arguments) > float64(limit) {
				g.throw(fmt.Errorf("%w: %s would take more than %d MiB of memory", exec.ErrLimit, one.name, limit>>20))
			}
			out, err := call(c.This, c.Arguments...)
			if err != nil {
				g.throw(err)
			}
			return out
		})
	}
}

// heap is how many bytes a script may take.
func (g *gizmo) heap() int64 {
	if g.qs.run.memory > 0 {
		return g.qs.run.memory
	}
	return scriptHeap
}

func number(v goja.Value) float64 {
	if v == nil {
		return 0
	}
	return v.ToFloat()
}

// length returns the property length.
func length(v goja.Value) float64 {
	obj, ok := v.(*goja.Object)
	if !ok {
		return 0
	}
	return number(obj.Get("length"))
}
