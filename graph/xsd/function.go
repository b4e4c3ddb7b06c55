package xsd

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Function is one row of the table of functions: a built-in call of SPARQL's grammar that is a function of values, or
// a cast. BOUND, IF, COALESCE, IN, EXISTS and the logical operators are forms of evaluation and not in the table.
type Function struct {
	Name     string // as the grammar spells it (STRLEN, isIRI), or the IRI of a cast
	Min, Max int    // number of arguments; Max -1: any
	Section  string // where it is defined: "SPARQL 1.1 §17.4.3.2"
	Volatile bool   // two calls with the same arguments may differ: RAND, UUID, STRUUID, BNODE

	// Fn computes it. Arguments are as many as Min and Max allow, none is unbound (evaluating an unbound variable is
	// an error before the call). An evaluation error Is ErrType; any other error ends the query. The arguments are not kept.
	Fn func(*Context, []Value) (Value, error)
}

// Context is what functions know of the query at hand. It is used by one goroutine at a time.
type Context struct {
	Now  time.Time  // NOW(), the same for the whole query
	Rand *rand.Rand // RAND, UUID, STRUUID; nil: the process's own source
	Base string     // base of IRI(); "": relative references are errors

	// NewBlank returns a label that no blank node of the data or of the query has; nil: b0, b1 …
	NewBlank func() string
	// Row tells solutions apart: BNODE("x") gives one blank node a row. The executor changes it from row to row if
	// it calls BNODE with an argument.
	Row uint64

	blanks   map[string]string // labels given to BNODE's arguments in blankRow
	blankRow uint64
	serial   uint64
	regexps  regexpCache
}

// blank returns a fresh label.
func (c *Context) blank() string {
	if c.NewBlank != nil {
		return c.NewBlank()
	}
	c.serial++
	return "b" + strconv.FormatUint(c.serial-1, 10)
}

func (c *Context) uint64() uint64 {
	if c.Rand != nil {
		return c.Rand.Uint64()
	}
	return rand.Uint64()
}

// LookupFunction finds a function by its name in the grammar, in any case, or by the IRI of a cast.
func LookupFunction(name string) (*Function, bool) {
	f, ok := functions[name]
	if !ok {
		f, ok = functions[strings.ToUpper(name)]
	}
	return f, ok
}

// Functions returns the table by name, casts last.
func Functions() []*Function {
	return slices.SortedFunc(maps.Values(functions), func(a, b *Function) int {
		if x, y := strings.Contains(a.Name, ":"), strings.Contains(b.Name, ":"); x != y {
			if y {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToUpper(a.Name), strings.ToUpper(b.Name))
	})
}

// functions is the table, by upper-case name or IRI.
var functions = func() map[string]*Function {
	m := make(map[string]*Function)
	for _, table := range [][]Function{termFunctions, stringFunctions, numberFunctions, timeFunctions, hashFunctions, tripleFunctions} {
		for i := range table {
			m[strings.ToUpper(table[i].Name)] = &table[i]
		}
	}
	for i := range datatypes {
		typ := uint8(i)
		m[datatypes[i].iri] = &Function{Name: datatypes[i].iri, Min: 1, Max: 1, Section: "SPARQL 1.1 §17.5",
			Fn: func(_ *Context, a []Value) (Value, error) { return cast(typ, a[0]) }}
	}
	return m
}()
