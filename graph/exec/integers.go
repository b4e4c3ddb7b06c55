package exec

import (
	"sett/graph/sparql"
	"sett/graph/store"
)

// intEvaluator computes an expression for rows in which it is an inlined integer, or a sum of some.
type intEvaluator interface {
	integer(b *Batch, row int) (n int64, ok bool)
}

// integers returns how an expression, whose evaluator x is, is computed with integers; nil if it is none of the forms that are.
func integers(expr sparql.Expr, x evaluator) intEvaluator {
	switch e := expr.(type) {
	case *sparql.ExprVar:
		if v, ok := x.(*varExpr); ok {
			return v
		}
	case *sparql.ExprTerm:
		if id, ok := store.Inline(e.Term); ok && id.Kind() == store.KindInteger {
			return intConst(inlined(id))
		}
	case *sparql.ExprBinary:
		sum, ok := x.(*binaryExpr)
		if !ok || e.Op != sparql.OpAdd && e.Op != sparql.OpSubtract {
			return nil
		}
		l, r := integers(e.L, sum.l), integers(e.R, sum.r)
		if l != nil && r != nil {
			return &intSum{l, r, e.Op == sparql.OpSubtract}
		}
	}
	return nil
}

// inlined is the number of an integer's id.
func inlined(id store.ID) int64 { return int64(id.Payload()) - 1<<59 }

func (x *varExpr) integer(b *Batch, row int) (int64, bool) {
	id := x.id(b, row)
	return inlined(id), id.Kind() == store.KindInteger
}

type intConst int64

func (x intConst) integer(*Batch, int) (int64, bool) { return int64(x), true }

type intSum struct {
	l, r  intEvaluator
	minus bool
}

func (x *intSum) integer(b *Batch, row int) (int64, bool) {
	l, ok := x.l.integer(b, row)
	if !ok {
		return 0, false
	}
	r, ok := x.r.integer(b, row)
	if x.minus {
		r = -r
	}
	n := l + r
	return n, ok && n < 1<<61 && n > -1<<61 // far from where the next sum would overflow
}

// byIntegers compares the sides of a row if both are integers.
func (x *compareExpr) byIntegers(b *Batch, row int) (holds, known bool) {
	if x.li == nil {
		return false, false
	}
	l, ok := x.li.integer(b, row)
	if !ok {
		return false, false
	}
	r, ok := x.ri.integer(b, row)
	if !ok {
		return false, false
	}
	switch x.op {
	case sparql.OpLess:
		return l < r, true
	case sparql.OpGreater:
		return l > r, true
	case sparql.OpLessEqual:
		return l <= r, true
	}
	return l >= r, true
}
