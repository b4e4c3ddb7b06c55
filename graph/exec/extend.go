package exec

import (
	"sett/graph/plan"
	"sett/graph/sparql"
	"sett/graph/store"
)

// extendOp adds a column with an expression's value.
type extendOp struct {
	q     *query
	in    operator
	x     idEvaluator
	row   uint64
	out   Batch
	added []store.ID
}

func newExtend(q *query, n *plan.Extend) operator {
	if usesBlankNodes(n.Expr.Expr) {
		q.rows = 1 // BNODE("x") is one node a solution, also in another expression: solutions go through one by one
	}
	return &extendOp{q: q, in: q.open(n.Input), x: q.compileID(n.Expr, n.Input.Head())}
}

// usesBlankNodes reports whether an expression calls BNODE with an argument.
func usesBlankNodes(x sparql.Expr) bool {
	switch x := x.(type) {
	case *sparql.ExprUnary:
		return usesBlankNodes(x.Arg)
	case *sparql.ExprBinary:
		return usesBlankNodes(x.L) || usesBlankNodes(x.R)
	case *sparql.ExprCall:
		if x.Name == "BNODE" && len(x.Args) > 0 {
			return true
		}
		for _, a := range x.Args {
			if usesBlankNodes(a) {
				return true
			}
		}
	}
	return false
}

func (e *extendOp) next() (*Batch, error) {
	b, err := e.in.next()
	if err != nil || b == nil {
		return nil, err
	}
	e.added = e.added[:0]
	for i := range b.N {
		if err := e.q.look(i, lookRows); err != nil {
			return nil, err
		}
		e.row++
		e.q.fn.Row = e.row
		id, err := e.x.id(b, i)
		if err != nil {
			return nil, err
		}
		e.added = append(e.added, id)
	}
	e.out.Cols = append(e.out.Cols[:0], b.Cols...)
	e.out.Cols = append(e.out.Cols, e.added)
	e.out.N = b.N
	return &e.out, nil
}

func (e *extendOp) close() { e.in.close() }
