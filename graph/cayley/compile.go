package cayley

import (
	"fmt"
	"strconv"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// compiler translates shapes. Values that the graph does not have lead to empty patterns.
type compiler struct {
	qs    *QuadStore
	tab   tabulator // computes what has no translation; nil: only the plan is wanted
	vars  int
	notes []string // what is done outside of the plan, in words
}

// tabulator computes tables: the rows of shapes that Cayley's iterators or a recursion must find.
type tabulator interface {
	iterate(s shape.Shape) (*table, error)
	follow(r *recursion) (*table, error)
}

// table is rows of terms: the node and its tags.
type table struct {
	tags []string
	rows [][]rdf.Term
}

func (c *compiler) fresh() *cell {
	c.vars++
	return &cell{name: sparql.Var("n" + strconv.Itoa(c.vars))}
}

// shape translates a shape. Errors: those of the store, and of the tables.
func (c *compiler) shape(s shape.Shape) (*pattern, error) {
	switch s := s.(type) {
	case nil, shape.Null:
		return nothing(), nil
	case shape.AllNodes:
		at := c.fresh()
		return &pattern{result: at, parts: []part{&nodes{at}}}, nil
	case shape.Fixed:
		return c.fixed(s)
	case shape.Lookup:
		return c.lookup(s)
	case shape.Save:
		p, err := c.shape(s.From)
		if err != nil {
			return nil, err
		}
		for _, name := range s.Tags {
			c.tag(p, name)
		}
		return p, nil
	case shape.FixedTags:
		return c.fixedTags(s)
	case shape.Intersect:
		return c.intersect(s, nil)
	case shape.IntersectOpt:
		return c.intersect(s.Sub, s.Opt)
	case shape.Union:
		return c.union(s)
	case shape.NodesFrom:
		return c.nodesFrom(s.Dir, s.Quads)
	case shape.QuadsAction:
		return c.quadsAction(s)
	case shape.Except:
		return c.except(s)
	case shape.Filter:
		return c.filter(s)
	case shape.Page:
		return c.page(s)
	case shape.Unique:
		return c.unique(s)
	case shape.Count:
		return c.count(s)
	case shape.Sort:
		return c.sort(s)
	case shape.Materialize:
		return c.shape(s.Values)
	case *native:
		return c.shape(s.source)
	case start:
		return &pattern{result: s.at}, nil
	case *recursion:
		note, err := s.note(c.qs)
		if err != nil {
			return nil, err
		}
		return c.table(note, func(t tabulator) (*table, error) { return t.follow(s) })
	}
	return c.iterators(s)
}

// iterators leaves a shape to Cayley's iterators.
func (c *compiler) iterators(s shape.Shape) (*pattern, error) {
	p, err := c.table("Cayley's iterators for "+shapeName(s), func(t tabulator) (*table, error) { return t.iterate(s) })
	if err == nil {
		p.opaque = true
	}
	return p, err
}

// tag shows the result of a pattern. A variable that has no better name gets the tag's, for the plan's readers.
func (c *compiler) tag(p *pattern, name string) {
	r := p.result.root()
	if !r.isConst() && isVariableName(name) && len(r.name) > 1 && r.name[0] == 'n' && isDigits(string(r.name[1:])) {
		c.vars++
		named := &cell{name: sparql.Var(name + "_" + strconv.Itoa(c.vars))}
		r.same = named
	}
	p.tags = append(p.tags, tagged{name, p.result})
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

func isVariableName(s string) bool {
	for _, r := range s {
		if r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return s != ""
}

// refTerm returns the term of a ref.
func (c *compiler) refTerm(r graph.Ref) (rdf.Term, error) {
	if v, ok := r.(graph.PreFetchedValue); ok {
		return Term(v.NameOf())
	}
	n, ok := r.(Node)
	if !ok {
		return rdf.Term{}, fmt.Errorf("%w: a ref of another backend: %T", ErrValue, r)
	}
	snap := c.qs.hold()
	defer c.qs.release(snap)
	t, err := snap.Term(store.ID(n))
	return t.Clone(), err
}

func (c *compiler) fixed(refs shape.Fixed) (*pattern, error) {
	terms := make([]rdf.Term, len(refs))
	for i, r := range refs {
		t, err := c.refTerm(r)
		if err != nil {
			return nil, err
		}
		terms[i] = t
	}
	switch len(terms) {
	case 0:
		return nothing(), nil
	case 1:
		return &pattern{result: constant(terms[0])}, nil
	}
	rows := make([][]rdf.Term, len(terms))
	for i, t := range terms {
		rows[i] = []rdf.Term{t}
	}
	at := c.fresh()
	values := &subquery{node: &sparql.Values{Vars: []sparql.Var{at.name}, Rows: rows}, columns: []column{{at.name, at}}}
	return &pattern{result: at, parts: []part{values}}, nil
}

// lookup finds values. Those that do not occur in the graph are left out.
func (c *compiler) lookup(values shape.Lookup) (*pattern, error) {
	var refs shape.Fixed
	for _, v := range values {
		if r := c.qs.ValueOf(v); r != nil {
			refs = append(refs, r)
		}
	}
	return c.fixed(refs)
}

func (c *compiler) fixedTags(s shape.FixedTags) (*pattern, error) {
	p, err := c.shape(s.On)
	if err != nil {
		return nil, err
	}
	for _, name := range sortedKeys(s.Tags) {
		t, err := c.refTerm(s.Tags[name])
		if err != nil {
			return nil, err
		}
		p.tags = append(p.tags, tagged{name, constant(t)})
	}
	return p, nil
}

// intersect puts patterns about the same node together.
func (c *compiler) intersect(all shape.Intersect, optional []shape.Shape) (*pattern, error) {
	p := &pattern{result: c.fresh()}
	if len(all) == 0 {
		p.parts = append(p.parts, &nodes{p.result})
	}
	for _, s := range all {
		q, err := c.shape(s)
		if err != nil {
			return nil, err
		}
		p.join(q)
		p.none = p.none || !unify(p.result, q.result)
	}
	for _, s := range optional {
		q, err := c.shape(s)
		if err != nil {
			return nil, err
		}
		if q.none {
			continue
		}
		if !q.result.isConst() {
			unify(q.result, p.result)
		}
		if q.anyNode() { // it may be any node, and is this one
			p.tags = append(p.tags, q.tags...)
			continue
		}
		p.opt = append(p.opt, linked{p.result, q})
		p.tags = append(p.tags, q.tags...)
	}
	return p, nil
}

func (c *compiler) union(all shape.Union) (*pattern, error) {
	u := &union{result: c.fresh()}
	p := &pattern{result: u.result}
	seen := map[string]bool{}
	for _, s := range all {
		q, err := c.shape(s)
		if err != nil {
			return nil, err
		}
		if q.none {
			continue
		}
		if !q.result.isConst() {
			unify(q.result, u.result)
		}
		u.branches = append(u.branches, q)
		for _, t := range q.tags {
			if !seen[t.name] {
				seen[t.name] = true
				u.tags = append(u.tags, tagged{t.name, c.fresh()})
			}
		}
	}
	p.none = len(u.branches) == 0
	p.parts, p.tags = []part{u}, append(p.tags, u.tags...)
	return p, nil
}

// nodesFrom is the nodes at one end of quads.
func (c *compiler) nodesFrom(d quad.Direction, of shape.Shape) (*pattern, error) {
	switch of := of.(type) {
	case nil, shape.Null:
		return nothing(), nil
	case shape.Quads:
		return c.quads(d, of)
	case shape.Union: // of quads
		var each shape.Union
		for _, s := range of {
			each = append(each, shape.NodesFrom{Dir: d, Quads: s})
		}
		return c.union(each)
	}
	return c.iterators(shape.NodesFrom{Dir: d, Quads: of})
}

func (c *compiler) quads(d quad.Direction, filters shape.Quads) (*pattern, error) {
	q := &quads{s: c.fresh(), p: c.fresh(), o: c.fresh()}
	p := &pattern{}
	for _, f := range filters {
		at, err := c.direction(q, f.Dir)
		if err != nil {
			return nil, err
		}
		if _, all := f.Values.(shape.AllNodes); all {
			continue
		}
		sub, err := c.shape(f.Values)
		if err != nil {
			return nil, err
		}
		p.join(sub)
		p.none = p.none || !unify(at, sub.result)
	}
	p.parts = append(p.parts, q) // behind what leads to it: the order of the path, and that in which SPARQL is written
	var err error
	p.result, err = c.direction(q, d)
	return p, err
}

func (c *compiler) direction(q *quads, d quad.Direction) (*cell, error) {
	switch d {
	case quad.Subject:
		return q.s, nil
	case quad.Predicate:
		return q.p, nil
	case quad.Object:
		return q.o, nil
	case quad.Label:
		if q.g == nil {
			q.g = c.fresh()
		}
		return q.g, nil
	}
	return nil, fmt.Errorf("cayley: no direction %v in a shape", d)
}

func (c *compiler) quadsAction(s shape.QuadsAction) (*pattern, error) {
	q := &quads{s: c.fresh(), p: c.fresh(), o: c.fresh()}
	p := &pattern{parts: []part{q}}
	for _, d := range directions {
		if r, ok := s.Filter[d]; ok {
			t, err := c.refTerm(r)
			if err != nil {
				return nil, err
			}
			at, err := c.direction(q, d)
			if err != nil {
				return nil, err
			}
			unify(at, constant(t))
		}
		for _, name := range s.Save[d] {
			at, err := c.direction(q, d)
			if err != nil {
				return nil, err
			}
			p.tags = append(p.tags, tagged{name, at})
		}
	}
	var err error
	p.result, err = c.direction(q, s.Result)
	return p, err
}

func (c *compiler) except(s shape.Except) (*pattern, error) {
	if s.From == nil {
		s.From = shape.AllNodes{}
	}
	p, err := c.shape(s.From)
	if err != nil {
		return nil, err
	}
	q, err := c.shape(s.Exclude)
	if err != nil || q.none {
		return p, err
	}
	if !q.result.isConst() && !p.result.isConst() {
		unify(q.result, p.result)
	} else if !q.result.isConst() {
		q.none = !unify(q.result, p.result)
	}
	p.except = append(p.except, linked{p.result, q})
	return p, nil
}

func (c *compiler) filter(s shape.Filter) (*pattern, error) {
	var conditions []func(sparql.Expr) sparql.Expr
	for _, f := range s.Filters {
		made, ok := filterExpr(f)
		if !ok {
			return c.iterators(s)
		}
		conditions = append(conditions, made...)
	}
	p, err := c.shape(s.From)
	if err != nil {
		return nil, err
	}
	for _, make := range conditions {
		p.filters = append(p.filters, condition{p.result, make})
	}
	return p, nil
}

// table makes a subquery of rows that are computed outside of the plan.
func (c *compiler) table(what string, compute func(tabulator) (*table, error)) (*pattern, error) {
	c.notes = append(c.notes, what)
	t := &table{rows: [][]rdf.Term{{rdf.NewIRI("urn:sett:unknown")}}} // of the plan that is only shown
	if c.tab != nil {
		var err error
		if t, err = compute(c.tab); err != nil {
			return nil, err
		}
	}
	if len(t.rows) == 0 {
		return nothing(), nil
	}
	p := &pattern{result: c.fresh(), table: t}
	values := &sparql.Values{Vars: []sparql.Var{p.result.name}, Rows: t.rows}
	sub := &subquery{node: values, columns: []column{{p.result.name, p.result}}}
	for _, name := range t.tags {
		at := c.fresh()
		values.Vars = append(values.Vars, at.name)
		sub.columns = append(sub.columns, column{at.name, at})
		p.tags = append(p.tags, tagged{name, at})
	}
	p.parts = []part{sub}
	return p, nil
}
