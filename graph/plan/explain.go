package plan

import (
	"fmt"
	"math"
	"strings"
	"time"

	"sett/graph/rdf"
)

// Actual is what an operator really did, for PROFILE.
type Actual struct {
	Rows    uint64        // rows that came out
	Batches uint64        // calls that brought them
	Starts  uint64        // times it was run: more than once inside EXISTS and GRAPH ?g
	Time    time.Duration // with its inputs
	Bytes   int64         // most that it held between two batches, with its inputs

	Switched uint64 // look-ups after which a pattern was read as a whole, because they were many more than planned for; 0: never
}

// number gives each node its id, depth first.
func (p *Plan) number(n Node) {
	n.Head().ID = len(p.Nodes)
	p.Nodes = append(p.Nodes, n)
	for _, in := range n.Inputs() {
		p.number(in)
	}
	for _, x := range expressions(n) {
		for _, e := range x.Exists {
			p.number(e.Root)
		}
	}
}

// expressions returns the expressions of a node.
func expressions(n Node) []*Expr {
	var out []*Expr
	add := func(x *Expr) {
		if x != nil {
			out = append(out, x)
		}
	}
	switch n := n.(type) {
	case *Filter:
		out = append(out, n.Conds...)
	case *HashJoin:
		add(n.Cond)
	case *Extend:
		add(n.Expr)
	case *Group:
		for _, k := range n.Keys {
			add(k.Expr)
		}
		for _, a := range n.Aggs {
			add(a.Arg)
		}
	case *OrderBy:
		for _, k := range n.Keys {
			add(k.Expr)
		}
	}
	return out
}

// Explain prints the plan as a tree, the operator that is run last at the top, with the estimated rows of each; and
// where actual has an entry for its number, with the rows and times that it took. IRIs are shortened by the prefixes in
// force in the query.
func (p *Plan) Explain(actual []Actual) string {
	var b strings.Builder
	p.explain(&b, p.Root, "", "", actual)
	return shortened(b.String(), p.prefixes())
}

// prefixes returns those in force in the query.
func (p *Plan) prefixes() *rdf.Prefixes {
	if p.Query == nil {
		return nil
	}
	return p.Query.Prefixes
}

func (p *Plan) explain(b *strings.Builder, n Node, first, rest string, actual []Actual) {
	h := n.Head()
	b.WriteString(first)
	b.WriteString(p.Describe(n))
	fmt.Fprintf(b, "  [~%s rows", count(h.Rows))
	if len(h.Sorted) > 0 {
		b.WriteString(", by " + p.names(h.Sorted))
	}
	if h.ID < len(actual) {
		a := actual[h.ID]
		fmt.Fprintf(b, "; %d rows", a.Rows)
		if a.Switched > 0 {
			fmt.Fprintf(b, ", read as a whole after %d look-ups", a.Switched)
		}
		if a.Starts != 1 {
			fmt.Fprintf(b, " in %d runs", a.Starts)
		}
		if f := misjudged(h, a); f >= 1 {
			fmt.Fprintf(b, ", estimate %s× too high", count(math.Round(f)))
		} else if f > 0 {
			fmt.Fprintf(b, ", estimate %s× too low", count(math.Round(1/f)))
		}
		fmt.Fprintf(b, ", %s", a.Time.Round(time.Microsecond))
		if a.Bytes > 0 {
			fmt.Fprintf(b, ", %s KiB", count(math.Ceil(float64(a.Bytes)/1024)))
		}
	}
	b.WriteString("]\n")
	children := p.children(n)
	for i, c := range children {
		label := c.role
		if label != "" {
			label += ": "
		}
		if i == len(children)-1 {
			p.explain(b, c.node, rest+"└ "+label, rest+"  ", actual)
		} else {
			p.explain(b, c.node, rest+"├ "+label, rest+"│ ", actual)
		}
	}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// count prints an estimate with three digits at most.
func count(f float64) string {
	switch {
	case f < 10 && f != float64(int64(f)):
		return fmt.Sprintf("%.1f", f)
	case f < 1e6:
		return fmt.Sprintf("%.0f", f)
	}
	return fmt.Sprintf("%.2e", f)
}

func (p *Plan) names(slots []Slot) string {
	names := make([]string, len(slots))
	for i, s := range slots {
		names[i] = p.Vars[s].String()
	}
	return strings.Join(names, " ")
}

// Describe prints an operator without its inputs and estimates.
func (p *Plan) Describe(n Node) string {
	switch n := n.(type) {
	case *Values:
		if len(n.Terms) == 1 && len(n.Cols) == 0 {
			return "Unit"
		}
		return fmt.Sprintf("Values %s, %d rows", p.names(n.Cols), len(n.Terms))
	case *Registers:
		return "Registers " + p.names(n.Cols)
	case *Scan:
		s := "Scan " + n.Order.String() + " " + p.pattern(&n.Pattern)
		if n.Ranges != nil {
			s += " in " + plural(len(n.Ranges), "range")
		}
		if n.Skip > 0 {
			s += fmt.Sprintf(" from row %d", n.Skip)
		}
		return s
	case *IndexJoin:
		return "IndexJoin " + n.Order.String() + " " + p.pattern(&n.Pattern)
	case *MergeJoin:
		s := "MergeJoin"
		if n.Kind != Inner {
			s += " " + n.Kind.String()
		}
		return s + " on " + p.names(append([]Slot{n.Key}, n.Shared...))
	case *MultiJoin:
		s := strings.TrimSpace("MultiJoin " + p.names(n.Vars[:n.Keys]))
		if n.Keys < len(n.Vars) {
			s += " over " + p.names(n.Vars[n.Keys:])
		}
		if n.Count != NoSlot {
			s += " count " + p.Vars[n.Count].String()
		}
		return s
	case *KeyScan:
		s := "KeyScan " + n.Order.String() + " " + p.pattern(&n.Pattern)
		if n.Keys > 0 {
			s += " keys " + p.names(n.Cols[:n.Keys])
		}
		if n.Count != NoSlot {
			s += " count " + p.Vars[n.Count].String()
		}
		return s
	case *HashJoin:
		s := "HashJoin"
		if n.Kind != Inner {
			s += " " + n.Kind.String()
		}
		if len(n.Shared) > 0 {
			s += " on " + p.names(n.Shared)
		}
		if n.Loose {
			s += " (may be unbound)"
		}
		if n.Cond != nil {
			s += " if " + n.Cond.Expr.String()
		}
		return s
	case *Apply:
		return "Apply " + n.Kind.String()
	case *Batched:
		return "Batch " + p.names(n.Cols)
	case *Filter:
		conds := make([]string, len(n.Conds))
		for i, c := range n.Conds {
			conds[i] = c.Expr.String()
		}
		return "Filter " + strings.Join(conds, " ")
	case *Extend:
		return "Extend " + p.Vars[n.Var].String() + " " + n.Expr.Expr.String()
	case *Unpack:
		return "Unpack " + p.names(n.Cols)
	case *Union:
		return "Union"
	case *GraphEach:
		return "GraphEach " + p.Vars[n.Var.Slot].String()
	case *Path:
		return "Path " + n.Text
	case *Group:
		s := "Group"
		for _, k := range n.Keys {
			s += " " + p.Vars[k.Var].String()
		}
		for _, a := range n.Aggs {
			s += " " + a.Func + "→" + p.Vars[a.Var].String()
		}
		return s
	case *Distinct:
		return "Distinct"
	case *OrderBy:
		s := "OrderBy"
		for _, k := range n.Keys {
			if k.Desc {
				s += " desc"
			}
			s += " " + k.Expr.Expr.String()
		}
		if n.Top >= 0 {
			s += fmt.Sprintf(", top %d", n.Top)
		}
		return s
	case *Slice:
		s := fmt.Sprintf("Slice from %d", n.Offset)
		if n.Limit >= 0 {
			s += fmt.Sprintf(", %d rows", n.Limit)
		}
		return s
	case *Project:
		return "Project " + p.names(n.Cols)
	case *Service:
		s := "Service " + termText(n.Node.Name)
		if n.Kind != Inner {
			s += " " + n.Kind.String()
		}
		if len(n.Shared) > 0 {
			s += " on " + p.names(n.Shared)
		}
		return s
	}
	return fmt.Sprintf("%T", n)
}

func (p *Plan) pattern(pt *Pattern) string {
	s := pt.Text
	switch g := pt.Graph; {
	case g.Kind == GraphUnion:
		s += " in all graphs"
	case g.Kind == GraphQuads:
		s += " in each graph"
	case g.Kind == GraphSome:
		s += fmt.Sprintf(" in %d graphs", len(g.IDs))
	case g.Kind == GraphEvery:
		s += " in each " + p.Vars[g.Ref.Slot].String()
	case g.Ref.Kind == RefReg:
		s += " in " + p.Vars[g.Ref.Slot].String()
	case g.Ref.ID != 0:
		s += " in a named graph"
	}
	return s
}
