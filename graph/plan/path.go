package plan

import (
	"slices"

	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// addPath adds a property path to a group, as SPARQL 1.1 §18.2.2.4 translates it: sequences are joins, alternatives
// unions, and what may repeat an operator of its own.
func (b *builder) addPath(g *joinGroup, s sparql.PatternTerm, path sparql.PathExpr, o sparql.PatternTerm) error {
	switch p := path.(type) {
	case *sparql.PathIRI:
		return b.addPattern(g, &sparql.TriplePattern{S: s, P: sparql.PatternTerm{Term: rdf.NewIRI(p.IRI)}, O: o})
	case *sparql.Inverse:
		return b.addPath(g, o, p.Path, s)
	case *sparql.Seq:
		for i, part := range p.Paths {
			end := o
			if i < len(p.Paths)-1 {
				_, v := b.hidden("p")
				end = sparql.PatternTerm{Var: v}
			}
			if err := b.addPath(g, s, part, end); err != nil {
				return err
			}
			s = end
		}
		return nil
	case *sparql.Alt:
		if err := b.addPathUnion(g, len(p.Paths), func(i int, branch *joinGroup) error { return b.addPath(branch, s, p.Paths[i], o) }); err != nil {
			return err
		}
		var union sparql.Node
		for _, part := range p.Paths {
			branch := sparql.Node(&sparql.Path{S: s, Path: part, O: o})
			if union == nil {
				union = branch
			} else {
				union = &sparql.Union{L: union, R: branch}
			}
		}
		g.items[len(g.items)-1].lateral = union
		return nil
	case *sparql.NegatedSet:
		if len(p.Inverse) == 0 {
			return b.addNegated(g, s, p.Forward, o)
		}
		if len(p.Forward) == 0 {
			return b.addNegated(g, o, p.Inverse, s)
		}
		return b.addPathUnion(g, 2, func(i int, branch *joinGroup) error {
			if i == 0 {
				return b.addNegated(branch, s, p.Forward, o)
			}
			return b.addNegated(branch, o, p.Inverse, s)
		})
	}
	return b.addRepeat(g, s, path, o)
}

// addPathUnion adds a union of n branches, each a group.
func (b *builder) addPathUnion(g *joinGroup, n int, add func(int, *joinGroup) error) error {
	u := &Union{}
	for i := range n {
		branch := &joinGroup{}
		if err := add(i, branch); err != nil {
			return err
		}
		node, err := b.planGroup(branch)
		if err != nil {
			return err
		}
		u.Branches = append(u.Branches, node)
	}
	node := finishUnion(u)
	g.items = append(g.items, item{node: node, vars: node.Head().All(), sure: node.Head().Sure})
	return nil
}

// addNegated adds one triple whose predicate is none of some IRIs.
func (b *builder) addNegated(g *joinGroup, s sparql.PatternTerm, not []string, o sparql.PatternTerm) error {
	_, v := b.hidden("p")
	list := make([]sparql.Expr, len(not))
	for i, iri := range not {
		list[i] = &sparql.ExprTerm{Term: rdf.NewIRI(iri)}
	}
	if len(list) > 0 {
		g.filters = append(g.filters, b.newFilter(notIn(v, list)))
	}
	return b.addPattern(g, &sparql.TriplePattern{S: s, P: sparql.PatternTerm{Var: v}, O: o})
}

// addRepeat adds a path that may be of any length, or of none.
func (b *builder) addRepeat(g *joinGroup, s sparql.PatternTerm, path sparql.PathExpr, o sparql.PatternTerm) error {
	step, err := b.step(path)
	if err != nil {
		return err
	}
	p := &Path{Step: step.Parts[0], Min: step.Min, Max: step.Max, Graph: b.graph, Text: termText(s) + " " + path.String() + " " + termText(o)}
	if p.S, err = b.pathEnd(g, s); err != nil {
		return err
	}
	if p.O, err = b.pathEnd(g, o); err != nil {
		return err
	}
	vars := VarSet{}
	for _, e := range []PathEnd{p.S, p.O} {
		if e.Kind == RefVar {
			vars.Add(e.Slot)
		}
	}
	g.items = append(g.items, item{path: p, vars: vars, sure: vars})
	return nil
}

func (b *builder) pathEnd(g *joinGroup, t sparql.PatternTerm) (PathEnd, error) {
	if t.IsTerm() {
		return PathEnd{Ref: Ref{Kind: RefConst}, Term: t.Term}, nil
	}
	ref, err := b.ref(g, t)
	return PathEnd{Ref: ref, Maybe: ref.Kind == RefVar && b.maybe.Has(ref.Slot)}, err
}

// step compiles a path expression to a relation.
func (b *builder) step(path sparql.PathExpr) (*Step, error) {
	if b.stopped() {
		return nil, b.err
	}
	list := func(kind StepKind, paths []sparql.PathExpr) (*Step, error) {
		s := &Step{Kind: kind}
		for _, p := range paths {
			part, err := b.step(p)
			if err != nil {
				return nil, err
			}
			s.Parts = append(s.Parts, part)
		}
		return s, nil
	}
	repeat := func(p sparql.PathExpr, lo, hi int) (*Step, error) {
		part, err := b.step(p)
		return &Step{Kind: StepRepeat, Parts: []*Step{part}, Min: lo, Max: hi}, err
	}
	switch p := path.(type) {
	case *sparql.PathIRI:
		id, err := b.predicate(p.IRI)
		return &Step{Kind: StepLink, Pred: id}, err
	case *sparql.Inverse:
		s, err := b.step(p.Path)
		if err != nil {
			return nil, err
		}
		return s.Reverse(), nil
	case *sparql.Seq:
		return list(StepSeq, p.Paths)
	case *sparql.Alt:
		return list(StepAlt, p.Paths)
	case *sparql.ZeroOrMore:
		return repeat(p.Path, 0, 0)
	case *sparql.OneOrMore:
		return repeat(p.Path, 1, 0)
	case *sparql.ZeroOrOne:
		return repeat(p.Path, 0, 1)
	case *sparql.NegatedSet:
		alt := &Step{Kind: StepAlt}
		for i, iris := range [][]string{p.Forward, p.Inverse} {
			if len(iris) == 0 && (i == 1 || len(p.Inverse) > 0) {
				continue
			}
			s := &Step{Kind: StepNot, Inverse: i == 1}
			for _, iri := range iris {
				id, err := b.predicate(iri)
				if err != nil {
					return nil, err
				}
				s.Not = append(s.Not, id)
			}
			alt.Parts = append(alt.Parts, s)
		}
		return alt, nil
	}
	panic("plan: a path expression of an unknown kind")
}

// predicate returns the id of an IRI, store.None if the store does not have it.
func (b *builder) predicate(iri string) (store.ID, error) {
	id, _, err := b.stats.Lookup(rdf.NewIRI(iri))
	return id, err
}

// Reverse returns the relation walked from the other end.
func (s *Step) Reverse() *Step {
	out := *s
	out.Parts = make([]*Step, len(s.Parts))
	for i, p := range s.Parts {
		at := i
		if s.Kind == StepSeq {
			at = len(s.Parts) - 1 - i
		}
		out.Parts[at] = p.Reverse()
	}
	if s.Kind == StepLink || s.Kind == StepNot {
		out.Inverse = !s.Inverse
	}
	return &out
}

// Nullable reports whether the relation connects nodes to themselves by a path of length zero.
func (s *Step) Nullable() bool {
	switch s.Kind {
	case StepRepeat:
		return s.Min == 0 || s.Parts[0].Nullable()
	case StepSeq:
		return !slices.ContainsFunc(s.Parts, func(p *Step) bool { return !p.Nullable() })
	case StepAlt:
		return slices.ContainsFunc(s.Parts, (*Step).Nullable)
	}
	return false
}

// emptyEnds reports whether the part of a path at its start, and that at its end, may be of length zero.
func emptyEnds(path sparql.PathExpr) (start, end bool) {
	switch p := path.(type) {
	case *sparql.ZeroOrMore, *sparql.ZeroOrOne:
		return true, true
	case *sparql.OneOrMore:
		return emptyEnds(p.Path)
	case *sparql.Inverse:
		end, start = emptyEnds(p.Path)
	case *sparql.Seq:
		start, _ = emptyEnds(p.Paths[0])
		_, end = emptyEnds(p.Paths[len(p.Paths)-1])
	case *sparql.Alt:
		for _, part := range p.Paths {
			s, e := emptyEnds(part)
			start, end = start || s, end || e
		}
	}
	return start, end
}

// pathAlone evaluates a path by itself.
func (b *builder) pathAlone(p *Path) Node {
	n := *p
	n.Sure = VarSet{}
	free := 0
	for _, e := range []PathEnd{p.S, p.O} {
		if e.Kind == RefVar {
			n.Sure.Add(e.Slot)
			free++
		}
	}
	n.Cols = n.Sure.Slots()
	back := p.S.Kind == RefVar && p.O.Kind != RefVar
	reached := b.reach(p, back)
	switch free {
	case 0:
		n.Rows, n.Cost = 1, pathCost+reached*stepCost
	case 1:
		n.Rows, n.Cost = reached, pathCost+reached*stepCost
	default:
		starts := b.starts(p)
		n.Rows, n.Cost = starts*reached, starts*(pathCost+reached*stepCost)
	}
	return &n
}

// reach guesses how many nodes a path leads to from one: a few for a single step; where a step leads to less than two
// nodes on average, as in a tree, a few more; otherwise a good part of all.
func (b *builder) reach(p *Path, back bool) float64 {
	f := b.fan(p.Step)
	if back {
		f = f.reversed()
	}
	switch growth := f.triples / max(1, f.from); {
	case p.Max == 1:
		return 1 + growth
	case growth < 1.5:
		return min(10, 1+f.to)
	}
	return max(10, f.to/4)
}

// starts guesses from how many nodes a path leads anywhere.
func (b *builder) starts(p *Path) float64 {
	if p.Min > 0 && !p.Step.Nullable() {
		return b.fan(p.Step).from
	}
	all, err := b.stats.Count(store.SPOG)
	if err != nil {
		return 1e6
	}
	return max(1, float64(all)/4)
}

// fan describes a relation between nodes: how many pairs, and between how many nodes.
type fan struct{ triples, from, to float64 }

func (f fan) reversed() fan { return fan{f.triples, f.to, f.from} }

// fan guesses the pairs of a step.
func (b *builder) fan(s *Step) fan {
	var out fan
	switch s.Kind {
	case StepLink:
		if st, err := b.stats.Predicate(s.Pred); err == nil && s.Pred != store.None {
			out = fan{float64(st.Triples), float64(st.Subjects), float64(st.Objects)}
		}
		if s.Inverse {
			out = out.reversed()
		}
	case StepNot:
		if all, err := b.stats.Count(store.SPOG); err == nil {
			out = fan{float64(all), float64(all) / 4, float64(all) / 4}
		}
	case StepAlt:
		for _, p := range s.Parts {
			f := b.fan(p)
			out.triples += f.triples
			out.from, out.to = max(out.from, f.from), max(out.to, f.to)
		}
	case StepSeq:
		for i, p := range s.Parts {
			f := b.fan(p)
			if i == 0 {
				out = f
				continue
			}
			out.triples, out.to = out.triples*f.triples/max(1, f.from), f.to
		}
	default:
		return b.fan(s.Parts[0])
	}
	return out
}

// pathFrom follows a path from the nodes of a plan's rows.
func (b *builder) pathFrom(in Node, p *Path) Node {
	h := in.Head()
	n := *p
	n.Input = in
	ends, known := VarSet{}, [2]bool{}
	starts := h.Rows
	for i, e := range []PathEnd{p.S, p.O} {
		known[i] = e.Kind != RefVar
		if e.Kind == RefVar {
			ends.Add(e.Slot)
			if h.Has(e.Slot) {
				known[i] = true
				starts = min(starts, h.distinctOf(e.Slot))
			}
		}
	}
	n.Cols = append(append([]Slot(nil), h.Cols...), ends.Minus(h.All()).Slots()...)
	n.Sure = h.Sure.Union(ends)
	n.Sorted = h.Sorted
	n.Rows = h.Rows
	reached := b.reach(p, !known[0])
	if len(n.Cols) > len(h.Cols) {
		n.Rows *= reached
	}
	n.distinct = h.distinct
	n.Cost = h.Cost + h.Rows + starts*(pathCost+reached*stepCost) + n.Rows
	return &n
}
