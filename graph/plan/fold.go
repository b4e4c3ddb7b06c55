package plan

import (
	"slices"

	"sett/graph/sparql"
	"sett/graph/xsd"
)

// folded returns an expression in which parts without variables are replaced by their values; x itself is left alone. Parts
// whose value is an error, or depends on the run, stay.
func folded(x sparql.Expr) sparql.Expr {
	switch x := x.(type) {
	case *sparql.ExprUnary:
		arg := folded(x.Arg)
		if v, ok := constant(arg); ok {
			if out, err := unaryValue(x.Op, v); err == nil {
				return term(out, x)
			}
		}
		return &sparql.ExprUnary{Op: x.Op, Arg: arg, Pos: x.Pos}
	case *sparql.ExprBinary:
		l, r := folded(x.L), folded(x.R)
		a, lok := constant(l)
		b, rok := constant(r)
		if lok && rok {
			if out, err := binaryValue(x.Op, a, b); err == nil {
				return term(out, x)
			}
		}
		return &sparql.ExprBinary{Op: x.Op, L: l, R: r, Pos: x.Pos}
	case *sparql.ExprIn:
		return &sparql.ExprIn{Arg: folded(x.Arg), List: foldedAll(x.List), Not: x.Not, Pos: x.Pos}
	case *sparql.ExprCall:
		args := foldedAll(x.Args)
		out := &sparql.ExprCall{Name: x.Name, IRI: x.IRI, Distinct: x.Distinct, Args: args, Pos: x.Pos}
		if v, ok := callValue(out); ok {
			return term(v, x)
		}
		return out
	}
	return x
}

func foldedAll(list []sparql.Expr) []sparql.Expr {
	out := make([]sparql.Expr, len(list))
	for i, x := range list {
		out[i] = folded(x)
	}
	return out
}

func constant(x sparql.Expr) (xsd.Value, bool) {
	t, ok := x.(*sparql.ExprTerm)
	if !ok {
		return xsd.Value{}, false
	}
	return xsd.FromTerm(t.Term), true
}

func term(v xsd.Value, at sparql.Expr) sparql.Expr {
	return &sparql.ExprTerm{Term: v.Term(), Pos: at.Range()}
}

func unaryValue(op sparql.Op, v xsd.Value) (xsd.Value, error) {
	switch op {
	case sparql.OpNot:
		ok, err := xsd.EBV(v)
		return xsd.NewBoolean(!ok), err
	case sparql.OpMinus:
		return xsd.Neg(v)
	}
	return xsd.Plus(v)
}

func binaryValue(op sparql.Op, a, b xsd.Value) (xsd.Value, error) {
	switch op {
	case sparql.OpOr, sparql.OpAnd:
		l, err := xsd.EBV(a)
		if err != nil {
			return xsd.Value{}, err
		}
		r, err := xsd.EBV(b)
		if op == sparql.OpOr {
			return xsd.NewBoolean(l || r), err
		}
		return xsd.NewBoolean(l && r), err
	case sparql.OpEqual, sparql.OpNotEqual:
		same, err := xsd.Equal(a, b)
		return xsd.NewBoolean(same == (op == sparql.OpEqual)), err
	case sparql.OpAdd:
		return xsd.Add(a, b)
	case sparql.OpSubtract:
		return xsd.Sub(a, b)
	case sparql.OpMultiply:
		return xsd.Mul(a, b)
	case sparql.OpDivide:
		return xsd.Div(a, b)
	}
	c, err := xsd.Compare(a, b)
	ok := false
	switch op {
	case sparql.OpLess:
		ok = c == -1
	case sparql.OpGreater:
		ok = c == 1
	case sparql.OpLessEqual:
		ok = c == -1 || c == 0
	case sparql.OpGreaterEqual:
		ok = c == 1 || c == 0
	}
	return xsd.NewBoolean(ok), err
}

// ofRun are the functions whose value depends on the run: on its time, its base or chance.
var ofRun = []string{"NOW", "RAND", "UUID", "STRUUID", "BNODE", "IRI", "BOUND", "IF", "COALESCE"}

func callValue(x *sparql.ExprCall) (xsd.Value, bool) {
	name := x.Name
	if name == "" {
		name = x.IRI
	}
	f, ok := xsd.LookupFunction(name)
	if !ok || slices.Contains(ofRun, name) || len(x.Args) < f.Min || f.Max >= 0 && len(x.Args) > f.Max {
		return xsd.Value{}, false
	}
	values := make([]xsd.Value, len(x.Args))
	for i, a := range x.Args {
		if values[i], ok = constant(a); !ok {
			return xsd.Value{}, false
		}
	}
	v, err := f.Fn(&xsd.Context{}, values)
	return v, err == nil && !v.Term().IsZero()
}
