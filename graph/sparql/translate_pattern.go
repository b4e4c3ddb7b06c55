package sparql

import (
	"slices"

	"sett/graph/rdf"
)

// group is Translate(G) of §18.2.2.6 for a whole group, its filters around it.
func (t *translator) group(g *groupPattern) (Node, *scope) {
	b := t.elements(g, nil)
	return filter(b.node, b.filters), b.in
}

// groupBuilder collects what the elements of a group become.
type groupBuilder struct {
	*translator
	node    Node
	in      *scope
	filters []Expr
	block   *block // triples since the last element that was neither triples nor a filter
}

// elements is §18.2.2.6 without its last step: the filters are returned beside the node, for OPTIONAL takes them into its
// condition. Those may use the variables of left, which is nil but for OPTIONAL.
func (t *translator) elements(g *groupPattern, left *scope) *groupBuilder {
	b := &groupBuilder{translator: t, node: &BGP{}, in: newScope()}
	if g.sub != nil {
		var vars []Var
		b.node, vars, _ = t.solutions(g.sub, Select)
		b.in.add(vars...)
		return b
	}
	var conds []Expr
	for _, e := range g.elements {
		if f, ok := e.(*filterElement); ok {
			conds = append(conds, f.cond)
			continue
		}
		if e, ok := e.(*triplesBlock); ok {
			if b.block == nil {
				t.bgps++
				b.block = &block{translator: t, bgp: t.bgps, names: b.in}
			}
			for _, s := range e.subjects {
				b.block.triples(s)
			}
			continue
		}
		b.flush()
		b.element(e)
	}
	b.flush()
	in := b.in
	if left != nil && len(conds) > 0 {
		in = newScope(left.order...)
		in.add(b.in.order...)
	}
	for _, c := range conds {
		b.filters = append(b.filters, t.expr(c, in))
	}
	return b
}

// flush ends the basic graph pattern at hand and joins it.
func (b *groupBuilder) flush() {
	if b.block == nil {
		return
	}
	var node Node = &BGP{}
	for _, n := range b.block.nodes {
		node = join(node, n)
	}
	b.node = join(b.node, node)
	b.block = nil
}

// element translates an element that is neither triples nor a filter.
func (b *groupBuilder) element(e element) {
	switch e := e.(type) {
	case *optionalElement:
		r := b.elements(e.group, b.in)
		var cond Expr
		for _, f := range r.filters {
			if cond == nil {
				cond = f
				continue
			}
			cond = &ExprBinary{Op: OpAnd, L: cond, R: f, Pos: Pos{cond.Range().Start, f.Range().End}}
		}
		b.node = &LeftJoin{L: b.node, R: r.node, Cond: cond}
		b.in.add(r.in.order...)
	case *minusElement:
		r, in := b.group(e.group)
		if !slices.ContainsFunc(in.order, func(v Var) bool { return b.in.has[v] }) {
			b.warn(e.Pos, "MINUS shares no variable with what is before it, and takes nothing away")
		}
		b.node = &Minus{L: b.node, R: r}
	case *bindElement:
		value := b.expr(e.expr, b.in)
		if b.in.has[e.v] {
			b.failHint(e.at.Start, e.v.String()+" is in use already in this group, and BIND needs a new variable", "FILTER compares; BIND only names a value")
		}
		b.node = &Extend{Input: b.node, Var: e.v, Expr: value}
		b.in.add(e.v)
	case *alternatives:
		var union Node
		for _, g := range e.groups {
			r, in := b.group(g)
			if b.in.add(in.order...); union == nil {
				union = r
				continue
			}
			union = &Union{L: union, R: r}
		}
		b.node = join(b.node, union)
	case *graphElement:
		r, in := b.group(e.group)
		b.node = join(b.node, &Graph{Name: e.name, Input: r})
		b.in.addTerm(e.name)
		b.in.add(in.order...)
	case *serviceElement:
		r, in := b.group(e.group)
		b.node = join(b.node, &Service{Name: e.name, Silent: e.silent, Input: r, Text: groupText(e.group), Pos: e.Pos})
		b.in.addTerm(e.name)
		b.in.add(in.order...)
	case *valuesElement:
		b.node = join(b.node, e.Values)
		b.in.add(e.Vars...)
	}
}

// block turns the syntax of triples into triple patterns and paths: §4.2 and §18.2.2.1 to §18.2.2.5, and for reifiers and
// annotations SPARQL 1.2 §4.2.5. For a template blank nodes are terms, and there are no paths.
type block struct {
	*translator
	bgp      int // the basic graph pattern, for the rule about labels; 0 in a template
	template *templateRules
	nodes    []Node // BGP and Path
	names    *scope // the variables, in the order of the text
}

// emit adds a triple pattern to the BGP at the end.
func (b *block) emit(s, p, o PatternTerm) {
	var last *BGP
	if len(b.nodes) > 0 {
		last, _ = b.nodes[len(b.nodes)-1].(*BGP)
	}
	if last == nil {
		last = &BGP{}
		b.nodes = append(b.nodes, last)
	}
	last.Patterns = append(last.Patterns, TriplePattern{S: s, P: p, O: o, Pos: Pos{p.Start, p.End}})
}

// emitPath adds s path o, §18.2.2.4: what need not be a path becomes triple patterns.
func (b *block) emitPath(s PatternTerm, path PathExpr, o PatternTerm) {
	switch e := path.(type) {
	case *PathIRI:
		b.emit(s, PatternTerm{Term: rdf.NewIRI(e.IRI), Pos: e.Pos}, o)
	case *Inverse:
		b.emitPath(o, e.Path, s)
	case *Seq:
		for i, step := range e.Paths {
			next := o
			if i < len(e.Paths)-1 {
				next = PatternTerm{Var: b.newVar()}
			}
			b.emitPath(s, step, next)
			s = next
		}
	default:
		b.nodes = append(b.nodes, &Path{S: s, Path: path, O: o, Pos: path.Range()})
	}
}

func (b *block) triples(t triples) {
	s := b.term(t.subject)
	b.properties(s, t.properties)
}

func (b *block) properties(s PatternTerm, all []property) {
	for _, prop := range all {
		p := prop.verb
		if e, ok := prop.path.(*PathIRI); ok {
			p = PatternTerm{Term: rdf.NewIRI(e.IRI), Pos: e.Pos}
		}
		b.variableRule(p)
		for _, obj := range prop.objects {
			o := b.term(obj.node)
			if p.IsZero() {
				b.emitPath(s, prop.path, o)
				continue
			}
			b.emit(s, p, o)
			b.annotations(s, p, o, obj.annotations)
		}
	}
}

// annotations says which reifiers s p o has, and what is said of them. A block speaks of the reifier just before it, or of
// a new one.
func (b *block) annotations(s, p, o PatternTerm, all []annotation) {
	var r PatternTerm
	for _, a := range all {
		if a.reifier != nil || r.IsZero() {
			r = b.reifier(a.reifier, a.Pos, s, p, o)
		}
		if a.reifier == nil {
			b.properties(r, a.properties)
			r = PatternTerm{}
		}
	}
}

// reifier adds r rdf:reifies <<( s p o )>> and returns r, a new node if nothing names it.
func (b *block) reifier(ref *reifier, at Pos, s, p, o PatternTerm) PatternTerm {
	var r PatternTerm
	if ref != nil && ref.id != nil {
		r = b.term(ref.id)
	} else {
		r = b.newNode(at)
	}
	b.emit(r, PatternTerm{Term: rdf.NewIRI(rdf.RDFReifies)}, b.tripleTerm(s, p, o, at))
	return r
}

// newNode is [] or what stands for it.
func (b *block) newNode(at Pos) PatternTerm {
	if b.template == nil {
		return PatternTerm{Var: b.newVar(), Pos: at}
	}
	b.template.blank(b.translator, at)
	return PatternTerm{Term: b.newBlank(), Pos: at}
}

// tripleTerm makes a triple term, a constant one if nothing in it can change.
func (b *block) tripleTerm(s, p, o PatternTerm, at Pos) PatternTerm {
	if fixed(s) && fixed(p) && fixed(o) {
		return PatternTerm{Term: rdf.NewTripleTerm(s.Term, p.Term, o.Term), Pos: at}
	}
	return PatternTerm{Triple: &TriplePattern{S: s, P: p, O: o, Pos: at}, Pos: at}
}

// fixed reports whether a position is the same in every solution: blank nodes of templates are not.
func fixed(t PatternTerm) bool { return t.IsTerm() && !t.Term.IsBlank() }

// term adds the triples that a node implies and returns the position that it takes.
func (b *block) term(n node) PatternTerm {
	switch n := n.(type) {
	case *leaf:
		if !n.term.Term.IsBlank() {
			b.variableRule(n.term)
			return n.term
		}
		if n.term.Term.Value() == "" {
			return b.newNode(n.term.Pos)
		}
		return b.label(n.term)
	case *collection:
		if len(n.items) == 0 {
			return PatternTerm{Term: rdf.NewIRI(rdf.RDFNil), Pos: n.Pos}
		}
		head := b.newNode(n.Pos)
		cell := head
		for i, item := range n.items {
			value := b.term(item)
			at := item.Range()
			b.emit(cell, PatternTerm{Term: rdf.NewIRI(rdf.RDFFirst), Pos: at}, value)
			next := PatternTerm{Term: rdf.NewIRI(rdf.RDFNil), Pos: n.Pos}
			if i < len(n.items)-1 {
				next = b.newNode(n.items[i+1].Range())
			}
			b.emit(cell, PatternTerm{Term: rdf.NewIRI(rdf.RDFRest), Pos: at}, next)
			cell = next
		}
		return head
	case *blankProperties:
		s := b.newNode(n.Pos)
		b.properties(s, n.properties)
		return s
	case *reified:
		s := b.term(n.s)
		b.variableRule(n.p)
		o := b.term(n.o)
		return b.reifier(n.reifier, n.Pos, s, n.p, o)
	case *tripleTerm:
		s := b.term(n.s)
		b.variableRule(n.p)
		return b.tripleTerm(s, n.p, b.term(n.o), n.Pos)
	}
	return PatternTerm{}
}

// label is a labelled blank node. A label belongs to one basic graph pattern, §4.1.4.
func (b *block) label(t PatternTerm) PatternTerm {
	label := t.Term.Value()
	if b.template != nil {
		b.template.blank(b.translator, t.Pos)
		b.template.label(b.translator, label, t.Pos)
		return t
	}
	if was, ok := b.labels[label]; ok && was != b.bgp {
		b.failHint(t.Start, "the blank node _:"+label+" is in another basic graph pattern already",
			"a label means one node within one set of triples; a variable reaches further")
	}
	b.labels[label] = b.bgp
	return PatternTerm{Var: Var("_:" + label), Pos: t.Pos}
}

// variableRule puts a variable in scope, and fails on one where data must be.
func (b *block) variableRule(t PatternTerm) {
	if b.names != nil {
		b.names.add(t.Var)
	}
	if b.template != nil && b.template.data != "" && t.IsVar() {
		b.failAt(t.Start, "a variable cannot stand in "+b.template.data)
	}
}
