package cayley

import (
	"maps"
	"slices"

	"github.com/cayleygraph/cayley/graph/shape"

	"sett/graph/rdf"
	"sett/graph/sparql"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// node returns a pattern as algebra. Its variables are those of the pattern's cells.
func (c *compiler) node(p *pattern) sparql.Node {
	if p.none {
		return noSolution()
	}
	var bgp sparql.BGP
	var joined []sparql.Node
	bound := map[*cell]bool{}
	for _, part := range p.parts {
		for _, at := range part.cells() {
			bound[at.root()] = true
		}
	}
	for _, part := range p.parts {
		switch part := part.(type) {
		case *quads:
			t := sparql.TriplePattern{S: part.s.position(), P: part.p.position(), O: part.o.position()}
			if part.g == nil {
				bgp.Patterns = append(bgp.Patterns, t)
			} else {
				joined = append(joined, &sparql.Graph{Name: part.g.position(), Input: &sparql.BGP{Patterns: []sparql.TriplePattern{t}}})
			}
		case *nodes:
			if at := part.at.root(); !at.isConst() && !bound[at] {
				bound[at] = true
				joined = append(joined, c.allNodes(at.name))
			}
		case *union:
			n := c.unionNode(part)
			if n == nil {
				return noSolution()
			}
			joined = append(joined, n)
		case *subquery:
			joined = append(joined, part.bound())
		}
	}
	var out sparql.Node = &bgp
	for i, n := range joined {
		if i == 0 && len(bgp.Patterns) == 0 {
			out = n
		} else {
			out = &sparql.Join{L: out, R: n}
		}
	}
	for _, f := range p.filters {
		out = &sparql.Filter{Input: out, Cond: f.make(f.on.expr())}
	}
	for _, q := range p.opt {
		out = c.optional(out, q)
	}
	for _, q := range p.except {
		out = c.without(out, q)
	}
	return out
}

func noSolution() sparql.Node { return &sparql.Values{} }

// bound returns the algebra with its variables under the names, or with the values, that their cells have now.
func (s *subquery) bound() sparql.Node {
	out := s.node
	for _, col := range s.columns {
		switch at := col.cell.root(); {
		case at.isConst():
			out = &sparql.Join{L: out, R: &sparql.Values{Vars: []sparql.Var{col.name}, Rows: [][]rdf.Term{{at.term}}}}
		case at.name != col.name:
			out = &sparql.Extend{Input: out, Var: at.name, Expr: &sparql.ExprVar{Var: col.name}}
		}
	}
	return out
}

// unionNode returns nil where no branch can have solutions.
func (c *compiler) unionNode(u *union) sparql.Node {
	var out sparql.Node
	for _, q := range u.branches {
		at, from := u.result.root(), q.result.root()
		if q.none || at.isConst() && from.isConst() && !at.term.Equal(from.term) {
			continue
		}
		n := c.node(q)
		if !at.isConst() && at != from {
			n = &sparql.Extend{Input: n, Var: at.name, Expr: from.expr()}
		}
		own := map[string]*cell{}
		for _, t := range q.tags {
			own[t.name] = t.cell
		}
		for _, t := range u.tags {
			if from, ok := own[t.name]; ok && from.root() != t.cell.root() {
				n = &sparql.Extend{Input: n, Var: t.cell.root().name, Expr: from.expr()}
			}
		}
		if out == nil {
			out = n
		} else {
			out = &sparql.Union{L: out, R: n}
		}
	}
	return out
}

// optional adds a pattern that may hold.
func (c *compiler) optional(in sparql.Node, q linked) sparql.Node {
	join := &sparql.LeftJoin{L: in, R: c.node(q.pattern)}
	if at, own := q.on.root(), q.result.root(); at != own {
		join.Cond = sameTerm(at.expr(), own.expr())
	}
	return join
}

// without drops the solutions whose node a pattern has.
func (c *compiler) without(in sparql.Node, q linked) sparql.Node {
	if q.none {
		return in
	}
	at, own := q.on.root(), q.result.root()
	right := c.node(q.pattern)
	switch {
	case at.isConst():
		if own.isConst() && !at.term.Equal(own.term) {
			return in
		}
		return &sparql.Filter{Input: in, Cond: &sparql.ExprExists{Not: true, Pattern: right}}
	case own.isConst():
		right = &sparql.Extend{Input: right, Var: at.name, Expr: own.expr()}
	}
	return &sparql.Minus{L: in, R: &sparql.Project{Input: right, Vars: []sparql.Var{at.name}}}
}

func sameTerm(a, b sparql.Expr) sparql.Expr {
	return &sparql.ExprCall{Name: "sameTerm", Args: []sparql.Expr{a, b}}
}

// allNodes is every term that a quad holds.
func (c *compiler) allNodes(v sparql.Var) sparql.Node {
	at := func(s, p, o *cell) sparql.Node {
		return &sparql.BGP{Patterns: []sparql.TriplePattern{{S: s.position(), P: p.position(), O: o.position()}}}
	}
	// Each column by itself first: the planner knows how to skip from one value of a column to the next.
	distinct := func(n sparql.Node) sparql.Node {
		return &sparql.Distinct{Input: &sparql.Project{Input: n, Vars: []sparql.Var{v}}}
	}
	x := &cell{name: v}
	all := distinct(at(x, c.fresh(), c.fresh()))
	for _, n := range []sparql.Node{
		at(c.fresh(), x, c.fresh()),
		at(c.fresh(), c.fresh(), x),
		&sparql.Graph{Name: x.position(), Input: at(c.fresh(), c.fresh(), c.fresh())},
	} {
		all = &sparql.Union{L: all, R: distinct(n)}
	}
	return distinct(all)
}

// solutions are a pattern's solutions as algebra: a variable for the result and one for each tag, where several may be
// the same one.
type solutions struct {
	*sparql.Project
	at    []int    // by column (the result, then the tags): which of the variables it is
	names []string // of the tags
}

func (c *compiler) project(p *pattern) solutions {
	n := c.node(p)
	out := solutions{Project: &sparql.Project{}}
	show := func(at *cell) {
		v := at.root().name
		if at.isConst() {
			v = c.fresh().name
			n = &sparql.Extend{Input: n, Var: v, Expr: at.expr()}
		}
		i := slices.Index(out.Vars, v)
		if i < 0 {
			i = len(out.Vars)
			out.Vars = append(out.Vars, v)
		}
		out.at = append(out.at, i)
	}
	show(p.result)
	last := map[string]*cell{}
	for _, t := range p.tags {
		if last[t.name] == nil {
			out.names = append(out.names, t.name)
		}
		last[t.name] = t.cell
	}
	for _, name := range out.names {
		show(last[name])
	}
	out.Input = n
	return out
}

// closed makes a pattern of the subquery that wrap makes of a pattern's solutions. wrap returns the variables in it that
// stand for those of the projection.
func (c *compiler) closed(p *pattern, wrap func(*sparql.Project) (sparql.Node, []sparql.Var)) *pattern {
	if p.none {
		return nothing()
	}
	inner := c.project(p)
	node, vars := wrap(inner.Project)
	sub := &subquery{node: node}
	out := &pattern{parts: []part{sub}}
	for i, from := range inner.at {
		v := vars[from]
		at := &cell{name: v} // not the cell inside: what is said of it outside holds of the subquery's solutions
		sub.columns = append(sub.columns, column{v, at})
		if i == 0 {
			out.result = at
		} else {
			out.tags = append(out.tags, tagged{inner.names[i-1], at})
		}
	}
	return out
}

func (c *compiler) page(s shape.Page) (*pattern, error) {
	p, err := c.shape(s.From)
	if err != nil {
		return nil, err
	}
	limit := s.Limit
	if limit <= 0 {
		limit = -1
	}
	return c.closed(p, func(in *sparql.Project) (sparql.Node, []sparql.Var) {
		return &sparql.Slice{Input: in, Offset: max(0, s.Skip), Limit: limit}, in.Vars
	}), nil
}

// sort orders solutions by their nodes: values before IRIs before blank nodes, as Cayley's Order does, but values by what
// they are instead of by their text, where 10 comes before 9.
func (c *compiler) sort(s shape.Sort) (*pattern, error) {
	p, err := c.shape(s.From)
	if err != nil {
		return nil, err
	}
	return c.closed(p, func(in *sparql.Project) (sparql.Node, []sparql.Var) {
		node := &sparql.ExprVar{Var: in.Vars[0]}
		keys := []sparql.OrderKey{{Expr: call("ISBLANK", node)}, {Expr: call("ISIRI", node)}, {Expr: node}}
		return &sparql.OrderBy{Input: in, Keys: keys}, in.Vars
	}), nil
}

// unique keeps one solution a node; of its tags, those of one solution.
func (c *compiler) unique(s shape.Unique) (*pattern, error) {
	p, err := c.shape(s.From)
	if err != nil {
		return nil, err
	}
	return c.closed(p, func(in *sparql.Project) (sparql.Node, []sparql.Var) {
		if len(in.Vars) == 1 {
			return &sparql.Distinct{Input: in}, in.Vars
		}
		g := &sparql.Group{Input: in, Keys: []sparql.GroupKey{{Var: in.Vars[0], Expr: &sparql.ExprVar{Var: in.Vars[0]}}}}
		vars := []sparql.Var{in.Vars[0]}
		for _, v := range in.Vars[1:] {
			sample := c.fresh().name
			g.Aggregates = append(g.Aggregates, sparql.Aggregate{Var: sample, Func: "SAMPLE", Args: []sparql.Expr{&sparql.ExprVar{Var: v}}})
			vars = append(vars, sample)
		}
		return g, vars
	}), nil
}

// count is the number of solutions, as a node.
func (c *compiler) count(s shape.Count) (*pattern, error) {
	p, err := c.shape(s.Values)
	if err != nil {
		return nil, err
	}
	at := c.fresh()
	return &pattern{result: at, parts: []part{&subquery{node: countOf(c.node(p), at.name), columns: []column{{at.name, at}}}}}, nil
}

func countOf(in sparql.Node, v sparql.Var) sparql.Node {
	return &sparql.Project{Input: &sparql.Group{Input: in, Aggregates: []sparql.Aggregate{{Var: v, Func: "COUNT"}}}, Vars: []sparql.Var{v}}
}
