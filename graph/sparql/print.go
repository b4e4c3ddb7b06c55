package sparql

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// Fprint writes a node as an s-expression: an operator a line, what it holds indented below it. The same algebra gives
// the same text, and places in the query are not part of it.
func Fprint(w io.Writer, n Node) error {
	p := &printer{}
	p.node(n, 0)
	_, err := io.WriteString(w, p.String()+"\n")
	return err
}

// printer builds s-expressions; a nil prefix table writes IRIs in full.
type printer struct {
	strings.Builder
	prefixes *rdf.Prefixes
}

// sprint returns a node's s-expression, without the last line feed.
func sprint(n Node) string {
	p := &printer{}
	p.node(n, 0)
	return p.String()
}

// open starts a line with an operator and what belongs on its line.
func (p *printer) open(depth int, name string) {
	if p.Len() > 0 {
		p.WriteByte('\n')
	}
	for range depth {
		p.WriteString("  ")
	}
	p.WriteByte('(')
	p.WriteString(name)
}

func (p *printer) node(n Node, depth int) {
	switch n := n.(type) {
	case nil:
		p.open(depth, "nil")
	case *BGP:
		p.open(depth, "bgp")
		for _, t := range n.Patterns {
			p.open(depth+1, "triple ")
			p.triple(t)
			p.WriteByte(')')
		}
	case *Path:
		p.open(depth, "path ")
		p.term(n.S)
		p.WriteByte(' ')
		p.path(n.Path)
		p.WriteByte(' ')
		p.term(n.O)
	case *Join:
		p.open(depth, "join")
		p.node(n.L, depth+1)
		p.node(n.R, depth+1)
	case *LeftJoin:
		p.open(depth, "leftjoin")
		if n.Cond != nil {
			p.WriteByte(' ')
			p.expr(n.Cond, depth+1)
		}
		p.node(n.L, depth+1)
		p.node(n.R, depth+1)
	case *Filter:
		p.open(depth, "filter ")
		p.expr(n.Cond, depth+1)
		p.node(n.Input, depth+1)
	case *Union:
		p.open(depth, "union")
		p.node(n.L, depth+1)
		p.node(n.R, depth+1)
	case *Minus:
		p.open(depth, "minus")
		p.node(n.L, depth+1)
		p.node(n.R, depth+1)
	case *Extend:
		p.open(depth, "extend ")
		p.variable(n.Var)
		p.WriteByte(' ')
		p.expr(n.Expr, depth+1)
		p.node(n.Input, depth+1)
	case *Values:
		p.open(depth, "values ")
		p.variables(n.Vars)
		for _, row := range n.Rows {
			p.open(depth+1, "row")
			for _, t := range row {
				p.WriteByte(' ')
				if t.IsZero() {
					p.WriteString("UNDEF")
				} else {
					p.rdfTerm(t)
				}
			}
			p.WriteByte(')')
		}
	case *Graph:
		p.open(depth, "graph ")
		p.term(n.Name)
		p.node(n.Input, depth+1)
	case *Service:
		p.open(depth, "service ")
		if n.Silent {
			p.WriteString("silent ")
		}
		p.term(n.Name)
		p.node(n.Input, depth+1)
	case *Group:
		p.group(n, depth)
	case *OrderBy:
		p.open(depth, "order (")
		for i, k := range n.Keys {
			p.space(i)
			if k.Desc {
				p.WriteString("(desc ")
			}
			p.expr(k.Expr, depth+1)
			if k.Desc {
				p.WriteByte(')')
			}
		}
		p.WriteByte(')')
		p.node(n.Input, depth+1)
	case *Project:
		p.open(depth, "project ")
		p.variables(n.Vars)
		p.node(n.Input, depth+1)
	case *Distinct:
		p.open(depth, "distinct")
		p.node(n.Input, depth+1)
	case *Reduced:
		p.open(depth, "reduced")
		p.node(n.Input, depth+1)
	case *Slice:
		p.open(depth, "slice ")
		fmt.Fprintf(p, "%d ", n.Offset)
		if n.Limit < 0 {
			p.WriteByte('_')
		} else {
			fmt.Fprintf(p, "%d", n.Limit)
		}
		p.node(n.Input, depth+1)
	}
	p.WriteByte(')')
}

func (p *printer) group(n *Group, depth int) {
	p.open(depth, "group (")
	for i, k := range n.Keys {
		p.space(i)
		if v, ok := k.Expr.(*ExprVar); ok && v.Var == k.Var {
			p.variable(k.Var)
			continue
		}
		p.WriteByte('(')
		p.variable(k.Var)
		p.WriteByte(' ')
		p.expr(k.Expr, depth+1)
		p.WriteByte(')')
	}
	p.WriteString(") (")
	for i, a := range n.Aggregates {
		p.space(i)
		p.WriteByte('(')
		p.variable(a.Var)
		p.WriteString(" (" + strings.ToLower(a.Func))
		if a.Distinct {
			p.WriteString(" distinct")
		}
		if a.Func == "GROUP_CONCAT" {
			p.WriteString(" (separator " + rdf.NewString(a.Separator).String() + ")")
		}
		for _, e := range a.Args {
			p.WriteByte(' ')
			p.expr(e, depth+1)
		}
		p.WriteString("))")
	}
	p.WriteByte(')')
	p.node(n.Input, depth+1)
}

func (p *printer) space(i int) {
	if i > 0 {
		p.WriteByte(' ')
	}
}

func (p *printer) variable(v Var) { p.WriteString(v.String()) }

func (p *printer) variables(vars []Var) {
	p.WriteByte('(')
	for i, v := range vars {
		p.space(i)
		p.variable(v)
	}
	p.WriteByte(')')
}

func (p *printer) rdfTerm(t rdf.Term) {
	if t.IsIRI() && p.prefixes != nil {
		if name, ok := p.prefixes.Shorten(t.Value()); ok {
			p.WriteString(name)
			return
		}
	}
	p.WriteString(t.String())
}

func (p *printer) iri(iri string) { p.rdfTerm(rdf.NewIRI(iri)) }

func (p *printer) term(t PatternTerm) {
	switch {
	case t.IsVar():
		p.variable(t.Var)
	case t.Triple != nil:
		p.WriteString("<<( ")
		p.triple(*t.Triple)
		p.WriteString(" )>>")
	case t.IsZero():
		p.WriteString("default")
	default:
		p.rdfTerm(t.Term)
	}
}

func (p *printer) triple(t TriplePattern) {
	p.term(t.S)
	p.WriteByte(' ')
	p.term(t.P)
	p.WriteByte(' ')
	p.term(t.O)
}

// expr writes an expression on the line it is on, but for the pattern of an EXISTS, which starts lines of its own.
func (p *printer) expr(e Expr, depth int) {
	switch e := e.(type) {
	case nil:
		p.WriteString("nil")
	case *ExprVar:
		p.variable(e.Var)
	case *ExprTerm:
		p.rdfTerm(e.Term)
	case *ExprUnary:
		p.WriteString("(" + e.Op.String() + " ")
		p.expr(e.Arg, depth)
		p.WriteByte(')')
	case *ExprBinary:
		p.WriteString("(" + e.Op.String() + " ")
		p.expr(e.L, depth)
		p.WriteByte(' ')
		p.expr(e.R, depth)
		p.WriteByte(')')
	case *ExprCall:
		p.WriteByte('(')
		if e.IRI != "" {
			p.iri(e.IRI)
		} else {
			p.WriteString(strings.ToLower(e.Name))
		}
		if e.Distinct {
			p.WriteString(" distinct")
		}
		p.exprs(e.Args, depth)
		p.WriteByte(')')
	case *ExprIn:
		if e.Not {
			p.WriteString("(notin ")
		} else {
			p.WriteString("(in ")
		}
		p.expr(e.Arg, depth)
		p.exprs(e.List, depth)
		p.WriteByte(')')
	case *ExprExists:
		if e.Not {
			p.WriteString("(notexists")
		} else {
			p.WriteString("(exists")
		}
		p.node(e.Pattern, depth+1)
		p.WriteByte(')')
	case *ExprAggregate:
		p.WriteString("(" + strings.ToLower(e.Func))
		if e.Distinct {
			p.WriteString(" distinct")
		}
		if e.Separator != nil {
			p.WriteString(" (separator " + strconv.Quote(*e.Separator) + ")")
		}
		if e.Arg != nil {
			p.WriteByte(' ')
			p.expr(e.Arg, depth)
		}
		p.WriteByte(')')
	}
}

func (p *printer) exprs(list []Expr, depth int) {
	for _, e := range list {
		p.WriteByte(' ')
		p.expr(e, depth)
	}
}

func (p *printer) path(e PathExpr) {
	switch e := e.(type) {
	case *PathIRI:
		p.iri(e.IRI)
	case *Inverse:
		p.paths("inv", e.Path)
	case *Seq:
		p.paths("seq", e.Paths...)
	case *Alt:
		p.paths("alt", e.Paths...)
	case *ZeroOrMore:
		p.paths("path*", e.Path)
	case *OneOrMore:
		p.paths("path+", e.Path)
	case *ZeroOrOne:
		p.paths("path?", e.Path)
	case *NegatedSet:
		p.WriteString("(not")
		for _, iri := range e.Forward {
			p.WriteByte(' ')
			p.iri(iri)
		}
		for _, iri := range e.Inverse {
			p.WriteString(" (inv ")
			p.iri(iri)
			p.WriteByte(')')
		}
		p.WriteByte(')')
	}
}

func (p *printer) paths(name string, parts ...PathExpr) {
	p.WriteString("(" + name)
	for _, e := range parts {
		p.WriteByte(' ')
		p.path(e)
	}
	p.WriteByte(')')
}

func exprString(e Expr) string {
	p := &printer{}
	p.expr(e, 0)
	return p.String()
}

func pathString(e PathExpr) string {
	p := &printer{}
	p.path(e)
	return p.String()
}
