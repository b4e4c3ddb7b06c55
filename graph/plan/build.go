package plan

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// Build makes the plan of a query.
// Errors: ctx.Err(); those of the statistics; a node of the algebra that it does not know.
func Build(ctx context.Context, q *sparql.Query, stats Statistics, opt Options) (*Plan, error) {
	if len(opt.From)+len(opt.FromNamed) == 0 {
		opt.From, opt.FromNamed = q.Dataset.From, q.Dataset.FromNamed
	}
	p, err := BuildNode(ctx, q.Where, stats, opt)
	if err != nil {
		return nil, err
	}
	p.Query = q
	if q.Form == sparql.Select {
		p.Out = make([]Slot, len(q.Vars))
		for i, v := range q.Vars {
			s, ok := p.slots[v]
			if !ok {
				s = Slot(len(p.Vars))
				p.Vars, p.slots[v] = append(p.Vars, v), s
			}
			p.Out[i] = s
		}
	}
	return p, nil
}

// BuildNode makes the plan of a pattern alone, as updates have it in WHERE.
func BuildNode(ctx context.Context, n sparql.Node, stats Statistics, opt Options) (*Plan, error) {
	b := &builder{ctx: ctx, stats: stats, opt: opt, plan: &Plan{}, slots: map[sparql.Var]Slot{}}
	if err := b.dataset(); err != nil {
		return nil, err
	}
	for _, v := range opt.Params {
		s := b.slot(v)
		b.plan.params = append(b.plan.params, s)
		b.regs.Add(s)
	}
	root, err := b.build(n)
	if err != nil {
		return nil, err
	}
	b.plan.Root, b.plan.slots = root, b.slots
	for _, s := range root.Head().Cols {
		if b.inScope(s) {
			b.plan.Out = append(b.plan.Out, s)
		}
	}
	b.plan.number(root)
	return b.plan, nil
}

// inScope reports whether a variable is one that SELECT * shows here: not one that only a subquery sees, nor one of our own.
func (b *builder) inScope(s Slot) bool {
	v := b.plan.Vars[s]
	return !v.Hidden() && b.slots[v] == s
}

// builder holds what is known while the algebra is walked from the outside in.
type builder struct {
	ctx   context.Context
	err   error // of ctx, once it was seen
	stats Statistics
	opt   Options
	plan  *Plan
	slots map[sparql.Var]Slot // names in scope
	fresh int

	graph   Graph // the active graph
	nested  int   // look-ups that are being planned, one within the other
	lookUps []int // how many there were within so many others

	named []store.ID // the named graphs if limited
	regs  VarSet     // variables that are registers here, and surely bound
	maybe VarSet     // registers that may be unbound
}

// dataset sets the active graph of the outermost pattern (SPARQL 1.1 §13.2).
func (b *builder) dataset() error {
	if len(b.opt.From)+len(b.opt.FromNamed) == 0 {
		b.graph = Graph{Kind: GraphOne, Ref: Ref{Kind: RefConst, ID: store.None}}
		if named, err := b.stats.Count(store.GSPO); err != nil {
			return err
		} else if named == 0 && !b.off(SoleGraph) {
			b.graph = Graph{Kind: GraphSole}
			return nil
		}
		switch b.opt.DefaultGraph {
		case UnionOfAll:
			b.graph = Graph{Kind: GraphUnion}
		case EachQuad:
			b.graph = Graph{Kind: GraphQuads}
		}
		return nil
	}
	from, err := b.graphIDs(b.opt.From)
	if err != nil {
		return err
	}
	b.graph = Graph{Kind: GraphSome, IDs: from}
	if len(from) == 1 {
		b.graph = Graph{Kind: GraphOne, Ref: Ref{Kind: RefConst, ID: from[0]}}
	}
	b.named, err = b.graphIDs(b.opt.FromNamed)
	b.plan.Named = b.named
	return err
}

// graphIDs returns the ids of the graphs that the store has, ascending; never nil.
func (b *builder) graphIDs(terms []rdf.Term) ([]store.ID, error) {
	ids := []store.ID{}
	for _, t := range terms {
		id, ok, err := b.stats.Lookup(t)
		if err != nil {
			return nil, err
		}
		if ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// slot returns the slot of a name in scope.
func (b *builder) slot(v sparql.Var) Slot {
	s, ok := b.slots[v]
	if !ok {
		s = Slot(len(b.plan.Vars))
		b.plan.Vars = append(b.plan.Vars, v)
		b.slots[v] = s
	}
	return s
}

// hidden returns the slot and name of a new variable that no one else sees. Translations of package sparql use
// "_:.1" and so on; these have a letter.
func (b *builder) hidden(letter string) (Slot, sparql.Var) {
	b.fresh++
	v := sparql.Var("_:." + letter + strconv.Itoa(b.fresh))
	return b.slot(v), v
}

// stopped reports whether planning is to end, and sets err then: to be asked before each piece of work that takes over some microseconds.
func (b *builder) stopped() bool {
	if b.err == nil {
		b.err = b.ctx.Err()
	}
	return b.err != nil
}

// off reports whether a rewrite is switched off.
func (b *builder) off(r Rewrite) bool { return b.opt.Off&r != 0 }

// isReg reports whether a slot is a register here.
func (b *builder) isReg(s Slot) bool { return b.regs.Has(s) || b.maybe.Has(s) }

// build makes the plan of a node of the algebra.
func (b *builder) build(n sparql.Node) (Node, error) {
	if b.stopped() {
		return nil, b.err
	}
	switch n := n.(type) {
	case *sparql.BGP, *sparql.Path, *sparql.Join, *sparql.Filter:
		return b.buildGroup(n)
	case *sparql.LeftJoin:
		return b.leftJoin(n)
	case *sparql.Minus:
		return b.minus(n)
	case *sparql.Union:
		return b.union(n)
	case *sparql.Extend:
		return b.extend(n)
	case *sparql.Values:
		return b.checkRegs(b.values(n)), nil
	case *sparql.Graph:
		return b.graphNode(n)
	case *sparql.Service:
		return b.service(n), nil
	case *sparql.Group:
		return b.group(n)
	case *sparql.OrderBy:
		return b.orderBy(n, -1)
	case *sparql.Project:
		return b.project(n, -1)
	case *sparql.Distinct:
		return b.distinctNode(n)
	case *sparql.Reduced:
		return b.build(n.Input)
	case *sparql.Slice:
		return b.slice(n)
	}
	return nil, fmt.Errorf("plan: no operator for %T", n)
}

// unit is the join identity: one row of no columns.
func unit() *Values {
	return &Values{Info: Info{Rows: 1}, Terms: [][]rdf.Term{nil}}
}

// empty is no row of some columns.
func empty(vars VarSet) *Values {
	return &Values{Info: Info{Cols: vars.Slots(), Sure: vars}}
}

// isUnit reports whether a node is the join identity.
func isUnit(n Node) bool {
	v, ok := n.(*Values)
	return ok && len(v.Cols) == 0 && len(v.Terms) == 1
}

func (b *builder) values(n *sparql.Values) Node {
	v := &Values{Terms: n.Rows}
	v.Rows = float64(len(n.Rows))
	v.Cost = v.Rows
	v.distinct = map[Slot]float64{}
	for i, name := range n.Vars {
		s := b.slot(name)
		v.Cols = append(v.Cols, s)
		sure := true
		for _, row := range n.Rows {
			sure = sure && !row[i].IsZero()
		}
		if sure {
			v.Sure.Add(s)
		}
	}
	return v
}

// checkRegs joins a node whose columns are registers with their values: in EXISTS, the variables of VALUES and BIND
// must agree with the outer solution.
func (b *builder) checkRegs(n Node) Node {
	var both VarSet
	for _, s := range n.Head().Cols {
		if b.isReg(s) {
			both.Add(s)
		}
	}
	if both.Empty() {
		return n
	}
	return b.hashJoin(Inner, n, b.registers(both), nil)
}

func (b *builder) registers(vars VarSet) Node {
	return &Registers{Info{Cols: vars.Slots(), Sure: vars.Intersect(b.regs), Rows: 1, Cost: 1}}
}

func (b *builder) union(n *sparql.Union) (Node, error) {
	u := &Union{}
	var flatten func(n sparql.Node) error
	flatten = func(n sparql.Node) error {
		if n, ok := n.(*sparql.Union); ok {
			if err := flatten(n.L); err != nil {
				return err
			}
			return flatten(n.R)
		}
		branch, err := b.build(n)
		u.Branches = append(u.Branches, branch)
		return err
	}
	if err := flatten(n); err != nil {
		return nil, err
	}
	return finishUnion(u), nil
}

// finishUnion works out what is known of a union's rows.
func finishUnion(u *Union) Node {
	var all VarSet
	u.distinct = map[Slot]float64{}
	for i, branch := range u.Branches {
		h := branch.Head()
		all = all.Union(h.All())
		if i == 0 {
			u.Sure = h.Sure
		}
		u.Sure = u.Sure.Intersect(h.Sure)
		u.Rows += h.Rows
		u.Cost += h.Cost + h.Rows/4
		for _, s := range h.Cols {
			u.distinct[s] += h.distinctOf(s)
		}
	}
	u.Cols = all.Slots()
	return u
}

func (b *builder) extend(n *sparql.Extend) (Node, error) {
	in, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	e, err := b.extendNode(in, n)
	if err != nil {
		return nil, err
	}
	return b.checkRegs(e), nil
}

// extendNode adds the variable of a BIND to a plan.
func (b *builder) extendNode(in Node, n *sparql.Extend) (Node, error) {
	h := in.Head()
	x, err := b.expr(n.Expr, h)
	if err != nil {
		return nil, err
	}
	s := b.slot(n.Var)
	e := &Extend{Input: in, Var: s, Expr: x}
	e.Info = Info{Cols: append(slices.Clone(h.Cols), s), Sure: h.Sure, Sorted: h.Sorted, Rows: h.Rows, Cost: h.Cost + conditionCost(n.Expr)*h.Rows, distinct: h.distinct}
	if b.surelyBound(n.Expr, h) {
		e.Sure = e.Sure.Union(Vars(s))
	}
	return e, nil
}

// surelyBound reports whether an expression cannot fail: a constant, or a variable that is bound.
func (b *builder) surelyBound(x sparql.Expr, h *Info) bool {
	switch x := x.(type) {
	case *sparql.ExprTerm:
		return true
	case *sparql.ExprVar:
		s := b.slot(x.Var)
		return h.Sure.Has(s) || b.regs.Has(s)
	}
	return false
}

func (b *builder) minus(n *sparql.Minus) (Node, error) {
	left, err := b.build(n.L)
	if err != nil {
		return nil, err
	}
	right, err := b.build(n.R)
	if err != nil {
		return nil, err
	}
	l, r := left.Head(), right.Head()
	shared := l.All().Intersect(r.All())
	if shared.Empty() {
		return left, nil
	}
	hash := b.hashJoin(Minus, left, right, nil)
	if f := b.opt.Force; f == ForceHash || f == ForceMerge || !l.Sure.Contains(shared) || !r.Sure.Contains(shared) || !scoped(unprojected(n.R)) {
		return hash, nil
	}
	// What is shared is always bound: rows without a partner, as for NOT EXISTS.
	if !scoped(n.R) {
		return b.cheaperKeys(hash, Anti, left, n.R)
	}
	a, err := b.apply(Anti, asJoin, left, n.R, nil)
	if err != nil {
		return nil, err
	}
	if a != nil && (b.opt.Force == ForceIndex || a.Head().Cost < hash.Head().Cost) {
		hash = a
	}
	return b.cheaperKeys(hash, Anti, left, n.R)
}

func (b *builder) graphNode(n *sparql.Graph) (Node, error) {
	active := b.graph
	defer func() { b.graph = active }()
	if n.Name.IsTerm() {
		id, known, err := b.stats.Lookup(n.Name.Term)
		if err != nil {
			return nil, err
		}
		if known && b.named != nil {
			_, known = slices.BinarySearch(b.named, id)
		}
		if known {
			rows, err := b.stats.Count(store.GSPO, id)
			if err != nil {
				return nil, err
			}
			known = rows > 0
		}
		b.graph = Graph{Kind: GraphOne, Ref: Ref{Kind: RefConst, ID: id}}
		in, err := b.build(n.Input)
		if err != nil || known {
			return in, err
		}
		return empty(in.Head().All()), nil
	}
	s := b.slot(n.Name.Var)
	if !b.isReg(s) && plainPatterns(n.Input) && !b.off(GraphColumns) {
		b.graph = Graph{Kind: GraphEvery, Ref: Ref{Kind: RefVar, Slot: s}, IDs: b.named}
		return b.build(n.Input)
	}
	reg, _ := b.hidden("g")
	b.graph = Graph{Kind: GraphOne, Ref: Ref{Kind: RefReg, Slot: reg}}
	outer := b.regs
	b.regs = b.regs.Union(Vars(reg))
	in, err := b.build(n.Input)
	b.regs = outer
	if err != nil {
		return nil, err
	}
	h := in.Head()
	e := &GraphEach{Input: in, Reg: reg, IDs: b.named}
	e.Info = Info{Cols: slices.Clone(h.Cols), Sure: h.Sure, Rows: h.Rows * 10, Cost: h.Cost * 10}
	if b.isReg(s) && !b.maybe.Has(s) {
		e.Var = Ref{Kind: RefReg, Slot: s}
		return e, nil
	}
	e.Var = Ref{Kind: RefVar, Slot: s}
	if !h.Has(s) {
		e.Cols = append(e.Cols, s)
	}
	e.Sure = e.Sure.Union(Vars(s))
	return b.checkRegs(e), nil
}

// plainPatterns reports whether a node is triple patterns only, at least one in each group.
func plainPatterns(n sparql.Node) bool {
	switch n := n.(type) {
	case *sparql.BGP:
		return len(n.Patterns) > 0
	case *sparql.Join:
		return plainPatterns(n.L) && plainPatterns(n.R)
	}
	return false
}

func (b *builder) group(n *sparql.Group) (Node, error) {
	in, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	counted, err := b.groupCount(n, in.Head())
	if err != nil {
		return nil, err
	}
	if counted != nil {
		return counted, nil
	}
	h := in.Head()
	g := &Group{Input: in, Single: len(n.Keys) == 0}
	g.Rows = 1
	for _, k := range n.Keys {
		key := GroupKey{Var: b.slot(k.Var)}
		v, isVar := k.Expr.(*sparql.ExprVar)
		if isVar && v.Var == k.Var && h.Has(key.Var) {
			if h.Sure.Has(key.Var) {
				g.Sure.Add(key.Var)
			}
			g.Rows *= h.distinctOf(key.Var)
		} else {
			if key.Expr, err = b.expr(k.Expr, h); err != nil {
				return nil, err
			}
			g.Rows *= 10
		}
		if !slices.Contains(g.Cols, key.Var) {
			g.Cols = append(g.Cols, key.Var)
			g.Keys = append(g.Keys, key)
		}
	}
	g.Rows = min(g.Rows, max(h.Rows, 1))
	g.Cost = h.Cost + groupCost*h.Rows
	for _, a := range n.Aggregates {
		agg := Aggregate{Var: b.slot(a.Var), Func: a.Func, Distinct: a.Distinct, Separator: a.Separator}
		if len(a.Args) > 0 {
			if agg.Arg, err = b.expr(a.Args[0], h); err != nil {
				return nil, err
			}
		} else if a.Distinct {
			for _, s := range h.Cols {
				if b.inScope(s) {
					agg.Row = append(agg.Row, s)
				}
			}
		}
		if a.Func == "COUNT" {
			g.Sure.Add(agg.Var)
		}
		g.Cols = append(g.Cols, agg.Var)
		g.Aggs = append(g.Aggs, agg)
	}
	return g, nil
}

// project builds a SELECT. Names that it does not project are other variables than those of the same name outside.
func (b *builder) project(n *sparql.Project, top int64) (Node, error) {
	if !b.regs.Empty() || !b.maybe.Empty() {
		outer := b.slots
		b.slots = maps.Clone(outer)
		maps.DeleteFunc(b.slots, func(v sparql.Var, s Slot) bool {
			return b.isReg(s) && !slices.Contains(n.Vars, v) && !b.isParam(s) && !v.Hidden()
		})
		defer func() {
			for _, v := range n.Vars {
				outer[v] = b.slots[v]
			}
			b.slots = outer
		}()
	}
	var in Node
	var err error
	if o, ok := n.Input.(*sparql.OrderBy); ok {
		in, err = b.orderBy(o, top)
	} else {
		in, err = b.build(n.Input)
	}
	if err != nil {
		return nil, err
	}
	h := in.Head()
	p := &Project{Input: in}
	for _, v := range n.Vars {
		if s := b.slot(v); h.Has(s) && !slices.Contains(p.Cols, s) {
			p.Cols = append(p.Cols, s)
		}
	}
	keep := Vars(p.Cols...)
	p.Sure = h.Sure.Intersect(keep)
	for _, s := range h.Sorted {
		if !keep.Has(s) {
			break
		}
		p.Sorted = append(p.Sorted, s)
	}
	p.Rows, p.Cost, p.distinct = h.Rows, h.Cost, h.distinct
	return p, nil
}

func (b *builder) isParam(s Slot) bool { return slices.Contains(b.plan.params, s) }

func (b *builder) distinct(in Node) Node {
	h := in.Head()
	d := &Distinct{Input: in}
	d.Info = Info{Cols: h.Cols, Sure: h.Sure, Sorted: h.Sorted, distinct: h.distinct}
	d.Rows = 1
	for _, s := range h.Cols {
		d.Rows *= max(1, h.distinctOf(s))
	}
	d.Rows = min(d.Rows, h.Rows)
	d.Cost = h.Cost + distinctCost*h.Rows
	return d
}

func (b *builder) orderBy(n *sparql.OrderBy, top int64) (Node, error) {
	in, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	h := in.Head()
	o := &OrderBy{Input: in, Top: top}
	o.Info = Info{Cols: h.Cols, Sure: h.Sure, Rows: h.Rows, Cost: h.Cost + sortCost*h.Rows, distinct: h.distinct}
	if top >= 0 {
		o.Rows = min(o.Rows, float64(top))
	}
	for _, k := range n.Keys {
		x, err := b.expr(k.Expr, h)
		if err != nil {
			return nil, err
		}
		o.Keys = append(o.Keys, OrderKey{Expr: x, Desc: k.Desc})
	}
	return o, nil
}

func (b *builder) slice(n *sparql.Slice) (Node, error) {
	top := int64(-1)
	if n.Limit >= 0 && n.Offset+n.Limit >= n.Offset {
		top = n.Offset + n.Limit
	}
	if b.off(TopK) {
		top = -1
	}
	var in Node
	var err error
	switch input := n.Input.(type) {
	case *sparql.Distinct:
		if o := b.sinkDistinct(input); o != nil {
			in, err = b.orderBy(o, top)
		} else {
			in, err = b.build(input)
		}
	case *sparql.Project:
		in, err = b.project(input, top)
	case *sparql.OrderBy:
		in, err = b.orderBy(input, top)
	default:
		in, err = b.build(n.Input)
	}
	if err != nil {
		return nil, err
	}
	h := in.Head()
	s := &Slice{Input: in, Offset: n.Offset, Limit: n.Limit}
	if b.skip(in, n.Offset) {
		s.Offset = 0
	}
	s.Info = Info{Cols: h.Cols, Sure: h.Sure, Sorted: h.Sorted, Rows: max(0, h.Rows-float64(n.Offset)), Cost: h.Cost, distinct: h.distinct}
	if n.Limit >= 0 {
		s.Rows = min(s.Rows, float64(n.Limit))
	}
	return s, nil
}

// skip lets a scan below projections pass over rows by the counts of pages, where each of its rows comes out.
func (b *builder) skip(n Node, rows int64) bool {
	if rows <= 0 || b.off(Skips) {
		return false
	}
	for {
		p, ok := n.(*Project)
		if !ok {
			break
		}
		n = p.Input
	}
	s, ok := n.(*Scan)
	if !ok || s.Ranges != nil || !s.whole() {
		return false
	}
	s.Skip = uint64(rows)
	return true
}

// whole reports whether each row below the prefix is one of the scan's.
func (s *Scan) whole() bool {
	switch s.Pattern.Graph.Kind {
	case GraphOne, GraphSole, GraphQuads:
	default:
		return false
	}
	var seen VarSet
	for i, c := range s.Order.Columns() {
		r := s.Pattern.Ref(c)
		if r.Kind == RefAny || i < s.Prefix {
			continue
		}
		if r.Kind != RefVar || seen.Has(r.Slot) {
			return false
		}
		seen.Add(r.Slot)
	}
	return true
}
