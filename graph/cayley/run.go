package cayley

import (
	"context"
	"fmt"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"

	"sett/graph/exec"
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// runOptions are the limits of a query.
type runOptions struct {
	memory  int64 // bytes, 0: none
	strict  bool  // only the default graph is asked
	merged  bool  // all graphs are asked as one: a triple that several have is met once
	profile bool  // operators measure their time
}

func (o runOptions) plan() plan.Options {
	switch {
	case o.strict:
		return plan.Options{DefaultGraph: plan.Strict}
	case o.merged:
		return plan.Options{DefaultGraph: plan.UnionOfAll}
	}
	return plan.Options{DefaultGraph: plan.EachQuad}
}

// translation is a shape as a plan.
type translation struct {
	plan  *plan.Plan
	tags  []string // of the columns behind the first, which is the result
	at    []int    // by column: which of the plan's it is
	notes []string
}

// translate plans a shape on the state that qs is fixed to. With a tabulator, what plans cannot do is done; without, the
// plan is only good to be shown. Of limit solutions are made at most, all if it is negative; with counted, one: their number.
func (qs *QuadStore) translate(ctx context.Context, s shape.Shape, tab tabulator, limit int64, counted bool) (*translation, error) {
	c := &compiler{qs: qs, tab: tab}
	p, err := c.shape(s)
	if err != nil {
		return nil, err
	}
	q := &sparql.Query{Form: sparql.Select, Prefixes: qs.names}
	t := &translation{notes: c.notes}
	if counted {
		v := c.fresh().name
		in := limited(c.node(p), limit)
		if p.table != nil && limit < 0 { // its rows need not be looked at again
			n := rdf.NewInteger(int64(len(p.table.rows)))
			q.Where = &sparql.Values{Vars: []sparql.Var{v}, Rows: [][]rdf.Term{{n}}}
		} else {
			q.Where = countOf(in, v)
		}
		q.Vars = []sparql.Var{v}
	} else {
		out := c.project(p)
		q.Where, q.Vars, t.tags, t.at = limited(out.Project, limit), out.Vars, out.names, out.at
	}
	opt := qs.run.plan()
	if opt.DefaultGraph == plan.EachQuad && takesEachOnce(s) {
		opt.DefaultGraph = plan.UnionOfAll
	}
	t.plan, err = plan.Build(ctx, q, qs.fixed, opt)
	return t, err
}

// takesEachOnce reports whether a shape is of nodes that are there once however many paths or labels lead to them, so
// that all graphs may be asked as one, which is cheaper.
func takesEachOnce(s shape.Shape) bool {
	switch s := s.(type) {
	case shape.Page:
		return takesEachOnce(s.From)
	case shape.Sort:
		return takesEachOnce(s.From)
	case shape.Save:
		return takesEachOnce(s.From)
	case shape.Unique:
		once := true
		shape.Walk(s.From, func(inner shape.Shape) bool {
			switch inner.(type) {
			case shape.Page, shape.Count: // they count paths
				once = false
			}
			return once
		})
		return once
	}
	return false
}

func limited(n sparql.Node, limit int64) sparql.Node {
	if limit < 0 {
		return n
	}
	return &sparql.Slice{Input: n, Limit: limit}
}

// explain returns the plan as text, with what operators did if it ran, and what is done outside of it.
func (t *translation) explain(actual []plan.Actual) string {
	text := t.plan.Explain(actual)
	for _, note := range t.notes {
		text += "outside of the plan: " + note + "\n"
	}
	return text
}

// start runs the plan.
func (qs *QuadStore) start(ctx context.Context, t *translation) (*exec.Rows, error) {
	return exec.Run(ctx, t.plan, qs.fixed, exec.Options{Memory: qs.run.memory, Profile: qs.run.profile})
}

// rows runs a shape and returns its rows of terms.
func (qs *QuadStore) rows(ctx context.Context, s shape.Shape) (*table, error) {
	t, err := qs.translate(ctx, s, &tables{ctx, qs}, -1, false)
	if err != nil {
		return nil, err
	}
	rows, err := qs.start(ctx, t)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := &table{tags: t.tags}
	columns := make([][]rdf.Term, 1+len(t.tags))
	for {
		b, err := rows.Next()
		if err != nil || b == nil {
			return out, err
		}
		for c := range columns {
			columns[c] = append(columns[c][:0], make([]rdf.Term, b.N)...)
			if err := rows.Terms(b.Cols[t.at[c]][:b.N], columns[c]); err != nil {
				return nil, err
			}
		}
		if err := qs.grow(len(out.rows)+b.N, len(columns)); err != nil {
			return nil, err
		}
		for i := range b.N {
			row := make([]rdf.Term, len(columns))
			for c := range columns {
				row[c] = columns[c][i].Clone()
			}
			out.rows = append(out.rows, row)
		}
	}
}

// termBytes is about what a term in a table takes.
const termBytes = 100

// grow looks whether a table may have so many rows.
func (qs *QuadStore) grow(rows, columns int) error {
	if limit := qs.run.memory; limit > 0 && int64(rows)*int64(columns)*termBytes > limit {
		return fmt.Errorf("%w: a table of more than %d bytes", exec.ErrLimit, limit)
	}
	return nil
}

// tables computes what plans cannot.
type tables struct {
	ctx context.Context
	qs  *QuadStore // on one state
}

// iterate runs Cayley's iterators; the shapes inside that have plans run as these.
func (t *tables) iterate(s shape.Shape) (*table, error) {
	s, _ = s.Optimize(t.qs)
	if shape.IsNull(s) {
		return &table{}, nil
	}
	it, _ := graph.AsShape(s.BuildIterator(t.qs)).Optimize(t.ctx)
	scan := it.Iterate()
	defer scan.Close()
	var refs []map[string]graph.Ref
	names := map[string]bool{}
	take := func() {
		tags := map[string]graph.Ref{}
		scan.TagResults(tags)
		for name := range tags {
			names[name] = true
		}
		tags[""] = scan.Result()
		refs = append(refs, tags)
	}
	for scan.Next(t.ctx) {
		take()
		for scan.NextPath(t.ctx) {
			take()
		}
		if err := t.qs.grow(len(refs), 1+len(names)); err != nil {
			return nil, err
		}
	}
	if err := scan.Err(); err != nil {
		return nil, err
	}
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	out := &table{tags: sortedKeys(names)}
	c := compiler{qs: t.qs}
	for _, tags := range refs {
		row := make([]rdf.Term, 1+len(out.tags))
		for i, name := range append([]string{""}, out.tags...) {
			if r, ok := tags[name]; ok && r != nil {
				var err error
				if row[i], err = c.refTerm(r); err != nil {
					return nil, err
				}
			}
		}
		out.rows = append(out.rows, row)
	}
	return out, nil
}

// follow repeats a path.
func (t *tables) follow(r *recursion) (*table, error) { return r.rows(t.ctx, t.qs) }

// shapeName returns what a shape is called in Cayley.
func shapeName(s shape.Shape) string {
	name := fmt.Sprintf("%T", s)
	return strings.TrimPrefix(name[strings.LastIndexByte(name, '.')+1:], "*")
}

// ref returns the ref of an id of a result.
func ref(rows *exec.Rows, id store.ID) (graph.Ref, error) {
	switch {
	case id == store.None:
		return nil, nil
	case id.Kind() != store.KindLocal:
		return Node(id), nil
	}
	t, err := rows.Term(id)
	if err != nil {
		return nil, err
	}
	return fetched{Value(t.Clone())}, nil
}
