package plan

import (
	"maps"
	"slices"

	"sett/graph/sparql"
	"sett/graph/store"
	"sett/graph/xsd"
)

// item is one thing to be joined in a group: exactly one of the pointers is set.
type item struct {
	pattern *Pattern
	unpack  *Unpack // takes a triple term apart; needs its Term from elsewhere
	path    *Path
	node    Node        // anything else, planned by itself
	lateral sparql.Node // what node is the plan of, if it may be looked up for each row of another plan
	vars    VarSet
	sure    VarSet
}

// filter is one condition of a group.
type filter struct {
	cond sparql.Expr
	vars VarSet // without registers
	late bool   // only to be applied to the whole group
}

// joinGroup is what stands between two boundaries of the algebra: items in any order, and conditions on all of them.
type joinGroup struct {
	items    []item
	filters  []filter
	services []*sparql.Service // joined last
	none     bool              // a constant is not in the store: no rows
}

// buildGroup plans a maximal group of joins and filters.
func (b *builder) buildGroup(n sparql.Node) (Node, error) {
	g := &joinGroup{}
	if err := b.collect(n, g, true); err != nil {
		return nil, err
	}
	return b.planGroup(g)
}

// collect adds a node to a group. At the top a filter is the whole group's; below, it moves up only if all its
// variables are bound by its own input.
func (b *builder) collect(n sparql.Node, g *joinGroup, top bool) error {
	switch n := n.(type) {
	case *sparql.BGP:
		for i := range n.Patterns {
			if err := b.addPattern(g, &n.Patterns[i]); err != nil {
				return err
			}
		}
		b.addRegisters(g, visibleVars(n))
		return nil
	case *sparql.Path:
		b.addRegisters(g, visibleVars(n))
		return b.addPath(g, n.S, n.Path, n.O)
	case *sparql.Join:
		if err := b.collect(n.L, g, false); err != nil {
			return err
		}
		return b.collect(n.R, g, false)
	case *sparql.Filter:
		if top || b.canHoist(n) {
			for _, c := range conjuncts(n.Cond, nil) {
				b.addCondition(g, c)
			}
			return b.collect(n.Input, g, top)
		}
	case *sparql.Service:
		g.services = append(g.services, n)
		return nil
	case *sparql.Project:
		if !b.off(Unnest) && b.regs.Empty() && b.maybe.Empty() && plainJoin(n.Input) {
			return b.unnest(n, g)
		}
	}
	node, err := b.buildOpaque(n)
	if err != nil || isUnit(node) {
		return err
	}
	it := item{node: node, vars: node.Head().All(), sure: node.Head().Sure}
	switch n.(type) {
	case *sparql.Union, *sparql.LeftJoin, *sparql.Extend:
		it.lateral = n
	}
	g.items = append(g.items, it)
	return nil
}

// addCondition adds a condition to a group, unless it always holds; one that never does empties the group.
func (b *builder) addCondition(g *joinGroup, c sparql.Expr) {
	if !b.off(Fold) {
		c = folded(c)
		if v, ok := constant(c); ok {
			if holds, err := xsd.EBV(v); err == nil {
				g.none = g.none || !holds
				if holds {
					return
				}
			}
		}
	}
	g.filters = append(g.filters, b.newFilter(c))
}

// unnest adds the patterns of a subquery to a group: those of its variables that it does not project are others than those of
// the same name outside.
func (b *builder) unnest(n *sparql.Project, g *joinGroup) error {
	outer := b.slots
	b.slots = maps.Clone(outer)
	maps.DeleteFunc(b.slots, func(v sparql.Var, _ Slot) bool { return !slices.Contains(n.Vars, v) })
	err := b.collect(n.Input, g, false)
	for _, v := range n.Vars {
		if s, ok := b.slots[v]; ok {
			outer[v] = s
		}
	}
	b.slots = outer
	return err
}

// plainJoin reports whether a node is triple patterns and paths without alternatives only.
func plainJoin(n sparql.Node) bool {
	switch n := n.(type) {
	case *sparql.BGP:
		return len(n.Patterns) > 0
	case *sparql.Path:
		_, alt := n.Path.(*sparql.Alt)
		_, not := n.Path.(*sparql.NegatedSet)
		_, seq := n.Path.(*sparql.Seq)
		return !alt && !not && !seq
	case *sparql.Join:
		return plainJoin(n.L) && plainJoin(n.R)
	}
	return false
}

// buildOpaque plans a node apart from the group around it.
func (b *builder) buildOpaque(n sparql.Node) (Node, error) {
	if f, ok := n.(*sparql.Filter); ok {
		return b.buildGroup(f)
	}
	return b.build(n)
}

func (b *builder) newFilter(c sparql.Expr) filter {
	names := nameSet{}
	names.expr(c)
	return filter{cond: c, vars: b.slotsOf(names).Minus(b.regs), late: hasExists(c) || isVolatile(c)}
}

func (b *builder) canHoist(n *sparql.Filter) bool {
	if hasExists(n.Cond) || isVolatile(n.Cond) || b.off(PushFilters) {
		return false
	}
	names, sure := nameSet{}, sureVars(n.Input)
	names.expr(n.Cond)
	for v := range names {
		if !sure[v] {
			return false
		}
	}
	return true
}

// addRegisters joins registers that may be unbound into the group of patterns that mention them.
func (b *builder) addRegisters(g *joinGroup, names nameSet) {
	vars := VarSet{}
	for v := range names {
		if s, ok := b.slots[v]; ok && b.maybe.Has(s) {
			vars.Add(s)
		}
	}
	if !vars.Empty() {
		node := b.registers(vars)
		g.items = append(g.items, item{node: node, vars: vars, sure: node.Head().Sure})
	}
}

// addPattern adds a triple pattern, and what takes its triple terms apart.
func (b *builder) addPattern(g *joinGroup, t *sparql.TriplePattern) error {
	if b.stopped() {
		return b.err
	}
	p := &Pattern{Graph: b.graph, Text: patternText(t)}
	var err error
	if p.S, err = b.ref(g, t.S); err != nil {
		return err
	}
	if p.P, err = b.ref(g, t.P); err != nil {
		return err
	}
	if p.O, err = b.ref(g, t.O); err != nil {
		return err
	}
	g.addPattern(p)
	return nil
}

func (g *joinGroup) addPattern(p *Pattern) {
	vars := p.vars()
	if p.Graph.Kind == GraphSome && len(p.Graph.IDs) == 0 {
		g.none = true
	}
	g.items = append(g.items, item{pattern: p, vars: vars, sure: vars})
}

// ref returns a position of a pattern. A constant that the store does not have empties the group; a triple term with
// variables becomes a hidden variable that is taken apart.
func (b *builder) ref(g *joinGroup, t sparql.PatternTerm) (Ref, error) {
	switch {
	case t.IsVar():
		return b.varRef(b.slot(t.Var)), nil
	case t.Triple != nil:
		s, _ := b.hidden("t")
		ref := Ref{Kind: RefVar, Slot: s}
		return ref, b.addUnpack(g, ref, t.Triple)
	}
	id, ok, err := b.stats.Lookup(t.Term)
	if !ok {
		g.none = true
		id = store.MaxID
	}
	return Ref{Kind: RefConst, ID: id}, err
}

func (b *builder) varRef(s Slot) Ref {
	if b.regs.Has(s) {
		return Ref{Kind: RefReg, Slot: s}
	}
	return Ref{Kind: RefVar, Slot: s}
}

func (b *builder) addUnpack(g *joinGroup, of Ref, t *sparql.TriplePattern) error {
	u := &Unpack{Term: of}
	vars := Vars(of.Slot)
	for i, pt := range []sparql.PatternTerm{t.S, t.P, t.O} {
		var r UnpackRef
		switch {
		case pt.IsVar():
			r.Ref = b.varRef(b.slot(pt.Var))
		case pt.Triple != nil:
			s, _ := b.hidden("t")
			r.Ref = Ref{Kind: RefVar, Slot: s}
			if err := b.addUnpack(g, r.Ref, pt.Triple); err != nil {
				return err
			}
		default:
			r.Ref, r.Term = Ref{Kind: RefConst}, pt.Term
		}
		if r.Kind == RefVar {
			vars.Add(r.Slot)
		}
		*[]*UnpackRef{&u.S, &u.P, &u.O}[i] = r
	}
	g.items = append(g.items, item{unpack: u, vars: vars, sure: vars})
	return nil
}

// vars returns the variables of a pattern.
func (p *Pattern) vars() VarSet {
	var v VarSet
	for _, c := range [...]store.Column{store.S, store.P, store.O, store.G} {
		if r := p.Ref(c); r.Kind == RefVar {
			v.Add(r.Slot)
		}
	}
	return v
}

func patternText(t *sparql.TriplePattern) string {
	return termText(t.S) + " " + termText(t.P) + " " + termText(t.O)
}

func termText(t sparql.PatternTerm) string {
	switch {
	case t.IsVar():
		return t.Var.String()
	case t.Triple != nil:
		return "<<( " + patternText(t.Triple) + " )>>"
	}
	return t.Term.String()
}

// planGroup orders the joins of a group and places its filters.
func (b *builder) planGroup(g *joinGroup) (Node, error) {
	if g.none && !b.off(EmptyGroups) {
		var vars VarSet
		for _, it := range g.items {
			vars = vars.Union(it.vars)
		}
		for _, n := range g.services {
			vars = vars.Union(b.serviceVars(n))
		}
		return empty(vars), nil
	}
	var simple, loose []item
	for i, it := range g.items {
		isLoose := false
		if unsure := it.vars.Minus(it.sure); !unsure.Empty() {
			for j, other := range g.items {
				isLoose = isLoose || (i != j && other.vars.Meets(unsure))
			}
		}
		if isLoose {
			loose = append(loose, it)
		} else {
			simple = append(simple, it)
		}
	}
	j := &joiner{b: b, items: simple, filters: g.filters}
	node, err := j.order()
	if err != nil {
		return nil, err
	}
	for _, it := range loose {
		if isUnit(node) {
			node = it.node
		} else {
			node = b.hashJoin(Inner, node, it.node, nil)
		}
	}
	node = b.joinServices(node, g.services)
	return b.lateFilters(node, g.filters, j.applied)
}

// lateFilters applies the conditions that are left: joins where EXISTS allows, filters otherwise.
func (b *builder) lateFilters(node Node, filters []filter, applied []bool) (Node, error) {
	var exists []sparql.Expr
	f := &Filter{Input: node}
	for i, c := range filters {
		if i < len(applied) && applied[i] {
			continue
		}
		if hasExists(c.cond) {
			exists = append(exists, c.cond)
			continue
		}
		x, err := b.expr(c.cond, node.Head())
		if err != nil {
			return nil, err
		}
		f.Conds = append(f.Conds, x)
	}
	if len(f.Conds) > 0 {
		node = finishFilter(f)
	}
	for _, cond := range exists {
		n, err := b.existsJoin(node, cond)
		if err != nil {
			return nil, err
		}
		if n == nil {
			x, err := b.expr(cond, node.Head())
			if err != nil {
				return nil, err
			}
			n = finishFilter(&Filter{Input: node, Conds: []*Expr{x}})
		}
		node = n
	}
	return node, nil
}

func finishFilter(f *Filter) Node {
	h := f.Input.Head()
	f.Info = Info{Cols: h.Cols, Sure: h.Sure, Sorted: h.Sorted, Rows: h.Rows, distinct: h.distinct}
	s, ok := f.Input.(*Scan)
	for _, c := range f.Conds {
		switch {
		case c.keeps == 0:
			f.Rows *= selectivity(c.Expr)
		case !ok || !s.exact:
			f.Rows *= c.keeps
		}
	}
	f.Cost = h.Cost
	for _, c := range f.Conds {
		f.Cost += h.Rows * conditionCost(c.Expr)
	}
	return f
}

// conditionCost guesses the work of a condition for a row: regular expressions are slow, and functions of texts need these.
func conditionCost(x sparql.Expr) float64 {
	cost := 10.0
	walkExpr(x, func(x sparql.Expr) {
		if c, ok := x.(*sparql.ExprCall); ok {
			switch c.Name {
			case "REGEX", "REPLACE":
				cost += 150
			case "BOUND", "ISIRI", "ISBLANK", "ISLITERAL", "ISNUMERIC", "SAMETERM":
			default:
				cost += 40
			}
		}
	})
	return cost
}

// selectivity guesses which part of the rows a condition keeps.
func selectivity(x sparql.Expr) float64 {
	if bin, ok := x.(*sparql.ExprBinary); ok {
		switch bin.Op {
		case sparql.OpEqual:
			return 0.05
		case sparql.OpNotEqual:
			return 0.9
		}
	}
	return 0.33
}

// leftJoin plans OPTIONAL: batched look-ups if these look cheaper, otherwise a hash join.
func (b *builder) leftJoin(n *sparql.LeftJoin) (Node, error) {
	left, err := b.build(n.L)
	if err != nil {
		return nil, err
	}
	return b.optional(left, n)
}

// optional joins the right side of an OPTIONAL to a plan that stands for its left one.
func (b *builder) optional(left Node, n *sparql.LeftJoin) (Node, error) {
	if s, ok := n.R.(*sparql.Service); ok && n.Cond == nil {
		return b.serviceJoin(Left, left, s), nil
	}
	right, err := b.build(n.R)
	if err != nil {
		return nil, err
	}
	var cond *Expr
	joined := mergedInfo(left.Head(), right.Head())
	if n.Cond != nil {
		if cond, err = b.expr(n.Cond, joined); err != nil {
			return nil, err
		}
	}
	hash := b.hashJoin(Left, left, right, cond)
	if cond == nil {
		if merge := b.mergeOf(Left, left, right); merge != nil && merge.Head().Cost < hash.Head().Cost {
			hash = merge
		}
	}
	if b.opt.Force == ForceHash || b.opt.Force == ForceMerge {
		return hash, nil
	}
	a, err := b.apply(Left, asJoin, left, n.R, n.Cond)
	if err != nil {
		return nil, err
	}
	if a != nil && (b.opt.Force == ForceIndex || a.Head().Cost < hash.Head().Cost) {
		return a, nil
	}
	return hash, nil
}

// mergedInfo describes rows that are a left and a right row together, for the scope of a condition.
func mergedInfo(l, r *Info) *Info {
	all := l.All().Union(r.All())
	return &Info{Cols: all.Slots(), Sure: l.Sure}
}

// hashJoin makes a hash join of any kind.
func (b *builder) hashJoin(kind JoinKind, left, right Node, cond *Expr) Node {
	l, r := left.Head(), right.Head()
	shared := l.All().Intersect(r.All())
	j := &HashJoin{Kind: kind, Left: left, Right: right, Shared: shared.Slots(), Cond: cond}
	j.Loose = !l.Sure.Contains(shared) || !r.Sure.Contains(shared)
	j.Cols = l.Cols
	j.Sure = l.Sure
	j.Sorted = l.Sorted
	j.distinct = map[Slot]float64{}
	for _, s := range l.Cols {
		j.distinct[s] = l.distinctOf(s)
	}
	j.Rows = l.Rows
	if kind == Inner || kind == Left {
		j.Cols = slices.Clone(l.Cols)
		for _, s := range r.Cols {
			if !l.Has(s) {
				j.Cols = append(j.Cols, s)
				j.distinct[s] = r.distinctOf(s)
			}
		}
		j.Rows = joinRows(l, r, shared)
	}
	if j.Loose {
		j.Sorted = nil
	}
	switch kind {
	case Inner:
		j.Sure = l.Sure.Union(r.Sure)
	case Left:
		j.Rows = max(j.Rows, l.Rows)
	case Semi, Anti, Minus:
		j.Rows = l.Rows / 2
	}
	j.Cost = l.Cost + r.Cost + hashProbeCost*l.Rows + hashBuildCost*r.Rows + j.Rows
	return j
}
