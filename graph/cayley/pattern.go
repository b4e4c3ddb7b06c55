package cayley

import (
	"sett/graph/rdf"
	"sett/graph/sparql"
)

// A shape is a set of nodes, described by what leads to them. Translated, it is a pattern: conditions on cells, where a
// cell is a constant or a variable, and two cells that must be the same node become one (union and find). Patterns of
// shapes that must hold together are put together, so that however a path was written, package plan gets one group of
// triple patterns and chooses their order. What cannot be put together is a subquery of its own: pages, unique nodes,
// counts.
//
// Solutions are counted as Cayley counts paths: once for each combination of quads. (Cayley's own iterators leave some
// combinations out where two branches of an intersection have several paths each.)

// cell is a place of a pattern.
type cell struct {
	same *cell // the cell that stands for this one; nil: itself
	name sparql.Var
	term rdf.Term // of a constant
}

func (c *cell) root() *cell {
	for c.same != nil {
		c = c.same
	}
	return c
}

func (c *cell) isConst() bool { return !c.root().term.IsZero() }

// position returns the cell as a position of a triple pattern.
func (c *cell) position() sparql.PatternTerm {
	r := c.root()
	return sparql.PatternTerm{Var: r.name, Term: r.term}
}

// expr returns the cell as an expression.
func (c *cell) expr() sparql.Expr {
	r := c.root()
	if r.isConst() {
		return &sparql.ExprTerm{Term: r.term}
	}
	return &sparql.ExprVar{Var: r.name}
}

// unify makes two cells one; false if they are different constants.
func unify(a, b *cell) bool {
	a, b = a.root(), b.root()
	switch {
	case a == b:
	case a.isConst() && b.isConst():
		return a.term.Equal(b.term)
	case a.isConst():
		b.same = a
	default:
		a.same = b
	}
	return true
}

// pattern is conditions that hold together of a solution.
type pattern struct {
	result  *cell // the node that a solution is about
	tags    []tagged
	parts   []part
	filters []condition
	opt     []linked // may hold too
	except  []linked // must not hold
	none    bool     // there is no solution
	opaque  bool     // it is nothing but a table that Cayley's iterators fill
	table   *table   // it is nothing but this table
}

// linked is a pattern about a node of another one.
type linked struct {
	on *cell
	*pattern
}

// tagged is a node that a solution shows besides its result. Of two with one name the later counts.
type tagged struct {
	name string
	cell *cell
}

// condition is an expression over a cell.
type condition struct {
	on   *cell
	make func(sparql.Expr) sparql.Expr
}

// part is one condition that binds cells: a quads, nodes, union or subquery.
type part interface {
	cells() []*cell
}

// quads is a quad of the graph; g is nil where the label does not matter.
type quads struct{ s, p, o, g *cell }

// nodes is any node of the graph.
type nodes struct{ at *cell }

// union is any of several patterns.
type union struct {
	branches []*pattern
	result   *cell
	tags     []tagged
}

// subquery is algebra of its own, whose variables are bound to cells.
type subquery struct {
	node    sparql.Node
	columns []column
}

type column struct {
	name sparql.Var
	cell *cell
}

func (q *quads) cells() []*cell {
	if q.g != nil {
		return []*cell{q.s, q.p, q.o, q.g}
	}
	return []*cell{q.s, q.p, q.o}
}

func (n *nodes) cells() []*cell { return nil } // it binds nothing that another part does not bind better

func (u *union) cells() []*cell { return []*cell{u.result} }

func (s *subquery) cells() []*cell {
	var out []*cell
	for _, c := range s.columns {
		out = append(out, c.cell)
	}
	return out
}

func constant(t rdf.Term) *cell { return &cell{term: t} }

func nothing() *pattern { return &pattern{none: true, result: constant(rdf.NewBlank("none"))} }

// anyNode reports whether every node of the graph fits the pattern.
func (p *pattern) anyNode() bool {
	if len(p.filters)+len(p.opt)+len(p.except) > 0 {
		return false
	}
	for _, part := range p.parts {
		if _, ok := part.(*nodes); !ok {
			return false
		}
	}
	return len(p.parts) > 0
}

// join adds the conditions of another pattern.
func (p *pattern) join(q *pattern) {
	p.none = p.none || q.none
	p.tags = append(p.tags, q.tags...)
	p.parts = append(p.parts, q.parts...)
	p.filters = append(p.filters, q.filters...)
	p.opt = append(p.opt, q.opt...)
	p.except = append(p.except, q.except...)
}
