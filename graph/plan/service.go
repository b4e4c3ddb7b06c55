package plan

import (
	"maps"
	"slices"

	"sett/graph/sparql"
)

// Service asks another endpoint (SPARQL 1.1 Federated Query). With an Input it asks for what the input's rows, batch by batch,
// can be joined with: Shared are the columns whose values are sent along. Without one it asks for all.
type Service struct {
	Info
	Input  Node // nil: none
	Kind   JoinKind
	Shared []Slot // columns of the input that the pattern has too
	Own    []Slot // variables of the pattern
	Node   *sparql.Service
}

// Inputs returns the input, if there is one.
func (n *Service) Inputs() []Node {
	if n.Input == nil {
		return nil
	}
	return []Node{n.Input}
}

// service plans a SERVICE that is joined with nothing but registers.
func (b *builder) service(n *sparql.Service) Node {
	var known VarSet
	for _, s := range b.serviceVars(n).Slots() {
		if b.isReg(s) {
			known.Add(s)
		}
	}
	if known.Empty() {
		return b.serviceJoin(Inner, nil, n)
	}
	return b.serviceJoin(Inner, b.registers(known), n)
}

// serviceVars returns the variables that a SERVICE binds or needs: those of its pattern, and its endpoint.
func (b *builder) serviceVars(n *sparql.Service) VarSet {
	vars := b.ownVars(n)
	if n.Name.IsVar() {
		vars.Add(b.slot(n.Name.Var))
	}
	return vars
}

// ownVars returns the variables that a SERVICE's pattern can bind.
func (b *builder) ownVars(n *sparql.Service) VarSet {
	names := visibleVars(n.Input)
	maps.DeleteFunc(names, func(v sparql.Var, _ bool) bool { return v.Hidden() })
	return b.slotsOf(names)
}

// serviceJoin joins rows with the solutions of another endpoint: Inner or Left.
func (b *builder) serviceJoin(kind JoinKind, left Node, n *sparql.Service) Node {
	own := b.ownVars(n)
	s := &Service{Input: left, Kind: kind, Own: own.Slots(), Node: n}
	if left == nil || isUnit(left) {
		s.Input = nil
		s.Info = Info{Cols: own.Slots(), Rows: serviceRows, Cost: serviceCost}
		return s
	}
	h := left.Head()
	s.Shared = own.Intersect(h.All()).Slots()
	s.Info = Info{Cols: slices.Concat(h.Cols, own.Minus(h.All()).Slots()), Sure: h.Sure, Sorted: h.Sorted, distinct: h.distinct}
	if !h.Sure.Contains(own.Intersect(h.All())) {
		s.Sorted = nil
	}
	s.Rows = max(h.Rows, serviceRows)
	s.Cost = h.Cost + serviceCost*(1+h.Rows/batchRows)
	return s
}

// Nothing is known of other endpoints: these only keep requests behind all that is done here.
const (
	serviceRows = 100
	serviceCost = 1e6
)

// joinServices joins a group's services with the plan of its other items, first those that know their endpoint and share
// variables with it.
func (b *builder) joinServices(node Node, services []*sparql.Service) Node {
	for len(services) > 0 {
		best, rank := 0, -1
		for i, n := range services {
			have, r := node.Head().All(), 0
			if n.Name.IsTerm() || have.Has(b.slot(n.Name.Var)) || b.isReg(b.slot(n.Name.Var)) {
				r += 2
			}
			if b.serviceVars(n).Meets(have) {
				r++
			}
			if r > rank {
				best, rank = i, r
			}
		}
		n := services[best]
		services = slices.Delete(services, best, best+1)
		vars, known := b.serviceVars(n), VarSet{}
		for _, s := range vars.Minus(node.Head().All()).Slots() {
			if b.isReg(s) {
				known.Add(s)
			}
		}
		if !known.Empty() {
			node = b.hashJoin(Inner, node, b.registers(known), nil)
		}
		node = b.serviceJoin(Inner, node, n)
	}
	return node
}
