package sparql

import "slices"

// solutions is §18.2.4 and §18.2.5: a pattern with its grouping and modifiers, projected if it is a SELECT. It returns the
// node, the variables that a SELECT projects, and those in scope before projection.
func (t *translator) solutions(q *selectQuery, form Form) (Node, []Var, *scope) {
	node, in := t.group(q.where)
	s := selection{translator: t, in: in, aliases: newScope()}
	if len(q.groupBy) > 0 || s.aggregated(q) {
		if q.star && form == Select {
			t.failHint(q.Start, "SELECT * cannot stand in a query that groups", "name the variables of GROUP BY, and the aggregates with AS")
		}
		node = s.groupBy(node, q.groupBy)
	}

	// Every expression is translated before the nodes are put together, so that the Group knows all its aggregates.
	having := make([]Expr, len(q.having))
	for i, e := range q.having {
		having[i] = s.expression(e, false)
	}
	if q.values != nil {
		s.visible().add(q.values.Vars...)
	}
	vars, extends := s.project(q)
	if form != Select {
		vars = nil
	}
	order := make([]OrderKey, len(q.orderBy))
	for i, k := range q.orderBy {
		order[i] = OrderKey{Expr: s.expression(k.Expr, false), Desc: k.Desc}
	}

	node = filter(node, having)
	if q.values != nil {
		node = join(node, q.values)
	}
	for _, e := range extends {
		node = &Extend{Input: node, Var: e.Var, Expr: e.Expr}
	}
	if len(order) > 0 {
		node = &OrderBy{Input: node, Keys: order}
	}
	if form == Select {
		node = &Project{Input: node, Vars: vars}
	}
	switch {
	case q.distinct:
		node = &Distinct{Input: node}
	case q.reduced:
		node = &Reduced{Input: node}
	}
	if q.limit >= 0 || q.offset > 0 {
		node = &Slice{Input: node, Offset: q.offset, Limit: q.limit}
	}
	return node, vars, s.visible()
}

// selection is the state of solutions for one SELECT.
type selection struct {
	*translator
	in      *scope // what the pattern binds
	group   *Group // nil without grouping
	keys    *scope // what the group's solutions bind, nil without grouping
	aliases *scope // what SELECT's AS has bound so far
}

// visible is what is in scope of the SELECT clause's expressions, aliases aside.
func (s *selection) visible() *scope {
	if s.group != nil {
		return s.keys
	}
	return s.in
}

// aggregated reports whether there is an aggregate anywhere: then the query groups without GROUP BY, §18.2.4.1.
func (s *selection) aggregated(q *selectQuery) bool {
	return slices.ContainsFunc(q.items, func(i selectItem) bool { return hasAggregate(i.expr) }) ||
		slices.ContainsFunc(q.having, hasAggregate) ||
		slices.ContainsFunc(q.orderBy, func(k OrderKey) bool { return hasAggregate(k.Expr) })
}

// groupBy makes the Group, §18.2.4.1.
func (s *selection) groupBy(node Node, conditions []groupCondition) Node {
	s.group, s.keys = &Group{}, newScope()
	for _, c := range conditions {
		e := s.expr(c.expr, s.in)
		v, plain := e.(*ExprVar)
		switch {
		case c.v != "":
			if s.in.has[c.v] {
				s.failAt(c.at.Start, c.v.String()+" is in use already, and AS needs a new variable")
			}
			node = &Extend{Input: node, Var: c.v, Expr: e}
			s.in.add(c.v)
			s.group.Keys = append(s.group.Keys, GroupKey{Var: c.v, Expr: &ExprVar{Var: c.v, Pos: c.at}})
			s.keys.add(c.v)
		case plain && s.keys.has[v.Var]:
			// The same variable twice groups no further.
		case plain:
			s.group.Keys = append(s.group.Keys, GroupKey{Var: v.Var, Expr: v})
			s.keys.add(v.Var)
		default:
			s.group.Keys = append(s.group.Keys, GroupKey{Var: s.newVar(), Expr: e})
		}
	}
	s.group.Input = node
	return s.group
}

// expression translates an expression outside the pattern. With grouping, aggregates become variables of the Group, and a
// variable that is not grouped is an error in SELECT (§19.8) and SAMPLE of it in HAVING and ORDER BY (§18.2.4.1).
func (s *selection) expression(e Expr, inSelect bool) Expr {
	known := newScope(s.visible().order...)
	known.add(s.aliases.order...)
	if s.group == nil {
		return s.expr(e, known)
	}
	return rewrite(e, func(e Expr) Expr {
		switch e := e.(type) {
		case *ExprAggregate:
			return s.aggregate(e)
		case *ExprExists:
			return s.expr(e, known)
		case *ExprVar:
			switch {
			case known.has[e.Var] || e.Var.Hidden():
			case inSelect:
				s.failUngrouped(e.Var, e.Pos)
			case s.in.has[e.Var]:
				return s.aggregate(&ExprAggregate{Func: "SAMPLE", Arg: e, Pos: e.Pos})
			default:
				s.checkBound(e, known)
			}
		}
		return e
	})
}

func (s *selection) failUngrouped(v Var, at Pos) {
	s.failHint(at.Start, v.String()+" is neither in GROUP BY nor in an aggregate", "a group has many values of it: add it to GROUP BY, or take SAMPLE("+v.String()+")")
}

// aggregate adds an aggregate to the Group, once however often the query writes it, and returns the variable of its result.
func (s *selection) aggregate(e *ExprAggregate) Expr {
	a := Aggregate{Func: e.Func, Distinct: e.Distinct}
	if e.Arg != nil {
		a.Args = []Expr{s.expr(e.Arg, s.in)}
	}
	if e.Func == "GROUP_CONCAT" {
		a.Separator = " "
		if e.Separator != nil {
			a.Separator = *e.Separator
		}
	}
	same := func(b Aggregate) bool {
		return a.Func == b.Func && a.Distinct == b.Distinct && a.Separator == b.Separator && len(a.Args) == len(b.Args) &&
			(len(a.Args) == 0 || a.Args[0].String() == b.Args[0].String())
	}
	i := slices.IndexFunc(s.group.Aggregates, same)
	if i < 0 {
		i = len(s.group.Aggregates)
		a.Var = s.newVar()
		s.group.Aggregates = append(s.group.Aggregates, a)
	}
	return &ExprVar{Var: s.group.Aggregates[i].Var, Pos: e.Pos}
}

// project is §18.2.4.4: the variables of a SELECT clause, and the AS among them.
func (s *selection) project(q *selectQuery) (vars []Var, extends []Extend) {
	if q.star {
		return slices.Clone(s.visible().order), nil
	}
	projected := newScope()
	for _, item := range q.items {
		if item.expr == nil {
			if s.group != nil && !s.keys.has[item.v] && !s.aliases.has[item.v] {
				s.failUngrouped(item.v, item.at)
			}
			if !s.visible().has[item.v] && !s.aliases.has[item.v] {
				s.warn(item.at, item.v.String()+" is selected, but nothing in the pattern binds it")
			}
			projected.add(item.v)
			continue
		}
		e := s.expression(item.expr, true)
		if s.visible().has[item.v] || projected.has[item.v] {
			s.failAt(item.at.Start, item.v.String()+" is in use already, and AS needs a new variable")
		}
		extends = append(extends, Extend{Var: item.v, Expr: e})
		s.aliases.add(item.v)
		projected.add(item.v)
	}
	return projected.order, extends
}
