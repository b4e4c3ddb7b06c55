package sparql

import (
	"sett/graph/rdf"
)

// expr writes an expression, with brackets around every operation inside another.
func (f *formatter) expr(e Expr) {
	switch e := e.(type) {
	case *ExprUnary:
		f.WriteString(e.Op.String() + " ")
		f.operand(e.Arg)
	case *ExprBinary:
		f.operand(e.L)
		f.WriteString(" " + e.Op.String() + " ")
		f.operand(e.R)
	case *ExprIn:
		f.operand(e.Arg)
		if e.Not {
			f.WriteString(" NOT")
		}
		f.WriteString(" IN (")
		f.exprs(e.List)
		f.WriteByte(')')
	default:
		f.operand(e)
	}
}

func (f *formatter) exprs(all []Expr) {
	for i, e := range all {
		if i > 0 {
			f.WriteString(", ")
		}
		f.expr(e)
	}
}

// operand writes what an operator is applied to.
func (f *formatter) operand(e Expr) {
	switch e := e.(type) {
	case *ExprVar:
		f.WriteString(e.Var.String())
	case *ExprTerm:
		f.rdfTerm(e.Term)
	case *ExprCall:
		if e.IRI != "" {
			f.iri(e.IRI)
		} else {
			f.WriteString(functionIndex[e.Name].Name)
		}
		f.WriteByte('(')
		if e.Distinct {
			f.WriteString("DISTINCT ")
		}
		f.exprs(e.Args)
		f.WriteByte(')')
	case *ExprExists:
		if e.Not {
			f.WriteString("NOT ")
		}
		f.WriteString("EXISTS ")
		f.group(e.group)
	case *ExprAggregate:
		f.WriteString(e.Func + "(")
		if e.Distinct {
			f.WriteString("DISTINCT ")
		}
		if e.Arg == nil {
			f.WriteByte('*')
		} else {
			f.expr(e.Arg)
		}
		if e.Separator != nil {
			f.WriteString("; SEPARATOR = " + rdf.NewString(*e.Separator).String())
		}
		f.WriteByte(')')
	default:
		f.WriteByte('(')
		f.expr(e)
		f.WriteByte(')')
	}
}
