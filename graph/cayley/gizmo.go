package cayley

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/store"
)

// gizmo runs one script. The script only says what is wanted: All and GetLimit note the path, and the rows are computed
// when the script is done, as they are read. What JavaScript needs at once (ToArray, ForEach, Count and so on) runs as a
// plan too and enters JavaScript with a batch at a time.
type gizmo struct {
	ctx     context.Context
	qs      *QuadStore
	vm      *goja.Runtime
	explain bool // nothing is to be run

	methods      []member               // of paths
	root         *goja.Object           // g
	functions    map[*member]goja.Value // those that the script has asked for
	missed, near string                 // the last member that was asked for in vain, and one of nearly its name

	sections []section     // of the result, in order
	log      []ran         // what ran, or would, while the script did
	known    []asked       // what the same script asked for before, if the data is still the same
	asked    []asked       // what it has asked for
	volatile bool          // it has looked at the time, or drawn a random number
	each     goja.Callable // calls a function with each of some rows; made when it is first needed
	depth    int           // of forEach within forEach
	size     int           // of what was emitted
}

// section is a part of a result: the rows of a path, or values that the script emitted.
type section struct {
	what  string
	path  shape.Shape
	limit int64 // -1: none
	rows  []emitted
}

// emitted is one value that the script made: names and terms.
type emitted struct {
	names []string
	terms []rdf.Term
}

// ran is a plan that a query ran, or would, before its rows: what its operators did.
type ran struct {
	what   string
	plan   *translation
	actual []plan.Actual
}

// errUnused says that a script describes a path and does not ask for it.
var errUnused = errors.New("the query ends in a path that nothing asks for: end it with .all()")

// maxCalls is how deep calls of a script may be nested.
const maxCalls = 10_000

// newGizmo makes what a script runs in; none serves two, since a script may change whatever it sees.
func newGizmo() *gizmo {
	g := &gizmo{vm: goja.New(), functions: map[*member]goja.Value{}}
	g.vm.SetMaxCallStackSize(maxCalls)
	g.vm.SetRandSource(func() float64 {
		g.volatile = true
		return rand.Float64()
	})
	g.vm.SetTimeSource(func() time.Time {
		g.volatile = true
		return time.Now()
	})
	g.environment()
	g.setMeasure()
	return g
}

// run runs a script, with parameters as global variables.
func (g *gizmo) run(ctx context.Context, qs *QuadStore, text string, program *goja.Program, params map[string]rdf.Term, explain bool) error {
	g.ctx, g.qs, g.explain = ctx, qs, explain
	for name, t := range params {
		g.vm.Set(name, Value(t))
	}
	g.guarded(text)
	defer g.watch()()
	value, err := g.vm.RunProgram(program)
	if err != nil {
		return g.scriptError(text, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return g.lastValue(value)
}

// lastValue shows the value of a script that asked for nothing.
func (g *gizmo) lastValue(value goja.Value) error {
	if len(g.sections) > 0 || value == nil || goja.IsUndefined(value) || goja.IsNull(value) {
		return nil
	}
	if _, ok := pathOf(value); ok {
		return errUnused
	}
	if obj, ok := value.(*goja.Object); ok {
		if _, isFunc := goja.AssertFunction(obj); isFunc || obj == g.root {
			return nil
		}
	}
	return g.emit(value)
}

// withoutHead blanks the leading lines that begin with # or //, as saved queries have them. Places stay what they were.
func withoutHead(text string) string {
	var b strings.Builder
	for rest := text; ; {
		line, after, more := strings.Cut(rest, "\n")
		trimmed := strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if trimmed != "" && !strings.HasPrefix(trimmed, "#") && !strings.HasPrefix(trimmed, "//") {
			return b.String() + rest
		}
		b.WriteString(strings.Repeat(" ", len(line)))
		if !more {
			return b.String()
		}
		b.WriteByte('\n')
		rest = after
	}
}

// ask notes a path whose rows are wanted.
func (g *gizmo) ask(what string, p *path, limit int64) {
	g.sections = append(g.sections, section{what: what, path: p.shape(), limit: limit})
}

// emitBytes is about what an emitted value takes.
const emitBytes = 200

// emit adds a value of the script to the result: an object's properties are columns.
func (g *gizmo) emit(value goja.Value) error {
	if value == nil || goja.IsUndefined(value) || goja.IsNull(value) {
		return nil
	}
	row, err := g.row(value)
	if err != nil {
		return err
	}
	if g.size += emitBytes * len(row.names); g.qs.run.memory > 0 && int64(g.size) > g.qs.run.memory {
		return g.qs.grow(g.size/termBytes, 1)
	}
	if n := len(g.sections); n == 0 || g.sections[n-1].path != nil {
		g.sections = append(g.sections, section{what: "emit"})
	}
	last := &g.sections[len(g.sections)-1]
	last.rows = append(last.rows, row)
	return nil
}

// collect runs a shape for the script, and calls each with its columns of values; "id" is the first.
func (g *gizmo) collect(what string, p *path, limit int64, each func(names []string, columns [][]quad.Value) error) error {
	t, err := g.translate(what, p.shape(), limit, false)
	if err != nil {
		return err
	}
	if g.explain {
		g.log = append(g.log, ran{what, t, nil})
		return nil
	}
	rows, err := g.qs.start(g.ctx, t)
	if err != nil {
		return err
	}
	defer func() {
		g.log = append(g.log, ran{what, t, rows.Actual()})
		rows.Close()
	}()
	names := append([]string{resultTag}, t.tags...)
	var terms []rdf.Term
	columns := make([][]quad.Value, len(names))
	for {
		b, err := rows.Next()
		if err != nil || b == nil {
			return err
		}
		for c := range columns {
			terms = append(terms[:0], make([]rdf.Term, b.N)...)
			if err := rows.Terms(b.Cols[t.at[c]][:b.N], terms); err != nil {
				return err
			}
			columns[c] = columns[c][:0]
			for _, t := range terms {
				columns[c] = append(columns[c], Value(t.Clone()))
			}
		}
		if err := each(names, columns); err != nil {
			return err
		}
	}
}

// resultTag is the name of the node at a path's end, in Cayley's results.
const resultTag = "id"

// tabulator is nil when nothing is to be run.
func (g *gizmo) tabulator() tabulator {
	if g.explain {
		return nil
	}
	return &tables{g.ctx, g.qs}
}

// count returns how many rows a path has.
func (g *gizmo) count(p *path) (int64, error) {
	t, err := g.translate("count()", p.shape(), -1, true)
	if err != nil {
		return 0, err
	}
	if g.explain {
		g.log = append(g.log, ran{"count()", t, nil})
		return 0, nil
	}
	rows, err := g.qs.start(g.ctx, t)
	if err != nil {
		return 0, err
	}
	defer func() {
		g.log = append(g.log, ran{"count()", t, rows.Actual()})
		rows.Close()
	}()
	b, err := rows.Next()
	if err != nil || b == nil {
		return 0, err
	}
	term, err := rows.Term(b.Cols[0][0])
	if err != nil {
		return 0, err
	}
	if n, ok := Value(term).(quad.Int); ok {
		return int64(n), nil
	}
	return 0, fmt.Errorf("cayley: the count %s is no integer: %w", term, store.ErrCorrupt)
}
