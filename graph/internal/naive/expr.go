package naive

import (
	"errors"
	"fmt"

	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/xsd"
)

// errUnbound is the evaluation error of a variable without a value.
var errUnbound = fmt.Errorf("%w: an unbound variable", xsd.ErrType)

// fatal reports whether an error ends the evaluation, as errors of expressions do not.
func fatal(err error) bool { return err != nil && !errors.Is(err, xsd.ErrType) }

// holds is the condition of a filter: its effective boolean value is true, and no error.
func (e *evaluator) holds(x sparql.Expr, s Solution, g Graph) (bool, error) {
	ok, err := e.truth(x, s, g)
	if fatal(err) {
		return false, err
	}
	return err == nil && ok, nil
}

// truth is the effective boolean value of an expression, §17.2.2.
func (e *evaluator) truth(x sparql.Expr, s Solution, g Graph) (bool, error) {
	v, err := e.value(x, s, g)
	if err != nil {
		return false, err
	}
	return xsd.EBV(v)
}

// value is the value of an expression for a solution, §17.
func (e *evaluator) value(x sparql.Expr, s Solution, g Graph) (xsd.Value, error) {
	switch x := x.(type) {
	case *sparql.ExprVar:
		if t, ok := s[x.Var]; ok {
			return xsd.FromTerm(t), nil
		}
		return xsd.Value{}, errUnbound
	case *sparql.ExprTerm:
		return xsd.FromTerm(x.Term), nil
	case *sparql.ExprUnary:
		return e.unaryOp(x, s, g)
	case *sparql.ExprBinary:
		return e.binaryOp(x, s, g)
	case *sparql.ExprIn:
		return e.in(x, s, g)
	case *sparql.ExprExists:
		found, err := e.eval(substitute(x.Pattern, s), g)
		return xsd.NewBoolean((len(found) > 0) != x.Not), err
	case *sparql.ExprCall:
		return e.call(x, s, g)
	}
	return xsd.Value{}, fmt.Errorf("%w: %T", ErrUnsupported, x)
}

func (e *evaluator) unaryOp(x *sparql.ExprUnary, s Solution, g Graph) (xsd.Value, error) {
	if x.Op == sparql.OpNot {
		b, err := e.truth(x.Arg, s, g)
		return xsd.NewBoolean(!b), err
	}
	v, err := e.value(x.Arg, s, g)
	if err != nil {
		return v, err
	}
	if x.Op == sparql.OpMinus {
		return xsd.Neg(v)
	}
	return xsd.Plus(v)
}

func (e *evaluator) binaryOp(x *sparql.ExprBinary, s Solution, g Graph) (xsd.Value, error) {
	if x.Op == sparql.OpOr || x.Op == sparql.OpAnd {
		return e.logical(x, s, g)
	}
	a, err := e.value(x.L, s, g)
	if err != nil {
		return a, err
	}
	b, err := e.value(x.R, s, g)
	if err != nil {
		return b, err
	}
	if arith := arithmetic[x.Op]; arith != nil {
		return arith(a, b)
	}
	ok, err := compare(x.Op, a, b)
	return xsd.NewBoolean(ok), err
}

var arithmetic = map[sparql.Op]func(a, b xsd.Value) (xsd.Value, error){
	sparql.OpAdd: xsd.Add, sparql.OpSubtract: xsd.Sub, sparql.OpMultiply: xsd.Mul, sparql.OpDivide: xsd.Div,
}

// compare is one of = != < > <= >=. What is not ordered (NaN) makes each of them but != false.
func compare(op sparql.Op, a, b xsd.Value) (bool, error) {
	if op == sparql.OpEqual || op == sparql.OpNotEqual {
		ok, err := xsd.Equal(a, b)
		return ok == (op == sparql.OpEqual), err
	}
	c, err := xsd.Compare(a, b)
	switch op {
	case sparql.OpLess:
		return c == -1, err
	case sparql.OpGreater:
		return c == 1, err
	case sparql.OpLessEqual:
		return c == -1 || c == 0, err
	}
	return c == 1 || c == 0, err
}

// logical is || and && by the truth table of §17.2, in which an error may still leave an answer.
func (e *evaluator) logical(x *sparql.ExprBinary, s Solution, g Graph) (xsd.Value, error) {
	decisive := x.Op == sparql.OpOr // true decides an or, false an and
	l, lerr := e.truth(x.L, s, g)
	if fatal(lerr) {
		return xsd.Value{}, lerr
	}
	r, rerr := e.truth(x.R, s, g)
	if fatal(rerr) {
		return xsd.Value{}, rerr
	}
	switch {
	case lerr == nil && l == decisive, rerr == nil && r == decisive:
		return xsd.NewBoolean(decisive), nil
	case lerr != nil:
		return xsd.Value{}, lerr
	case rerr != nil:
		return xsd.Value{}, rerr
	}
	return xsd.NewBoolean(!decisive), nil
}

// in is §17.4.1.9: equal to one of the list; an error counts only if none is equal.
func (e *evaluator) in(x *sparql.ExprIn, s Solution, g Graph) (xsd.Value, error) {
	a, err := e.value(x.Arg, s, g)
	if err != nil {
		return a, err
	}
	var failed error
	for _, item := range x.List {
		b, err := e.value(item, s, g)
		if err == nil {
			var same bool
			if same, err = xsd.Equal(a, b); err == nil && same {
				return xsd.NewBoolean(!x.Not), nil
			}
		}
		if err != nil {
			failed = err
		}
	}
	return xsd.NewBoolean(x.Not), failed
}

// call is a function, or one of the forms of §17.4.1 that do not simply take values.
func (e *evaluator) call(x *sparql.ExprCall, s Solution, g Graph) (xsd.Value, error) {
	switch x.Name {
	case "BOUND":
		switch arg := x.Args[0].(type) {
		case *sparql.ExprVar:
			_, ok := s[arg.Var]
			return xsd.NewBoolean(ok), nil
		case *sparql.ExprTerm: // a variable that substitute has replaced
			return xsd.NewBoolean(true), nil
		}
	case "IF":
		ok, err := e.truth(x.Args[0], s, g)
		if err != nil {
			return xsd.Value{}, err
		}
		if ok {
			return e.value(x.Args[1], s, g)
		}
		return e.value(x.Args[2], s, g)
	case "COALESCE":
		for _, arg := range x.Args {
			if v, err := e.value(arg, s, g); err == nil || fatal(err) {
				return v, err
			}
		}
		return xsd.Value{}, errUnbound
	case "BNODE", "RAND", "UUID", "STRUUID":
		return xsd.Value{}, fmt.Errorf("%w: %s", ErrUnsupported, x.Name)
	}
	args := make([]xsd.Value, len(x.Args))
	for i, arg := range x.Args {
		var err error
		if args[i], err = e.value(arg, s, g); err != nil {
			return xsd.Value{}, err
		}
	}
	name := x.Name
	if name == "" {
		name = x.IRI
	}
	f, ok := xsd.LookupFunction(name)
	if !ok {
		return xsd.Value{}, fmt.Errorf("%w: the function %s is not known", xsd.ErrType, name)
	}
	return f.Fn(e.ctx, args)
}

// term is what a solution gives a position; false if it leaves a variable unbound.
func term(p sparql.PatternTerm, s Solution) (rdf.Term, bool) {
	switch {
	case p.IsVar():
		t, ok := s[p.Var]
		return t, ok
	case p.Triple != nil:
		a, ok1 := term(p.Triple.S, s)
		b, ok2 := term(p.Triple.P, s)
		c, ok3 := term(p.Triple.O, s)
		return rdf.NewTripleTerm(a, b, c), ok1 && ok2 && ok3
	}
	return p.Term, true
}
