package exec

import (
	"math"

	"sett/graph/plan"
	"sett/graph/store"
	"sett/graph/xsd"
)

// aggregate is one aggregate over all groups.
//
// Those of a variable are kept as numbers while they can be: counts always, sums and means while the values are inlined
// integers, the least and the greatest while they are of one kind whose ids are in the order of the values. A group
// gets an accumulator of values when something else comes.
type aggregate struct {
	plan.Aggregate
	arg     evaluator
	column  *varExpr // arg if it is a variable
	kind    aggregateKind
	nums    []int64           // by group: rows counted, or the sum
	counts  []int64           // by group: summands
	best    []store.ID        // by group: the least or the greatest, store.None at first
	accs    []xsd.Accumulator // by group, nil as long as numbers do
	seen    *rowSet           // groups with their values, with DISTINCT
	columns []int             // of Row, for COUNT(DISTINCT *)
	row     []store.ID
}

// aggregateKind is how an aggregate is kept.
type aggregateKind uint8

const (
	asValues  aggregateKind = iota // accumulators only
	asCount                        // COUNT
	asSum                          // SUM, AVG
	asExtreme                      // MIN, MAX
)

func (q *query) newAggregate(a plan.Aggregate, h *plan.Info) aggregate {
	out := aggregate{Aggregate: a}
	for _, s := range a.Row {
		out.columns = append(out.columns, h.Col(s))
	}
	if a.Arg != nil {
		out.arg = q.compile(a.Arg, h)
		out.column, _ = out.arg.(*varExpr)
	}
	switch {
	case a.Func == "COUNT":
		out.kind = asCount
	case out.column == nil || q.off(NumberAggregates):
	case a.Func == "SUM" || a.Func == "AVG":
		out.kind = asSum
	case a.Func == "MIN" || a.Func == "MAX":
		out.kind = asExtreme
	}
	if a.Distinct {
		width := 1
		if a.Arg == nil {
			width = len(out.columns)
		}
		out.seen = newRowSet(q, 1+width)
	}
	return out
}

func (a *aggregate) newGroup() {
	switch a.kind {
	case asCount:
		a.nums = append(a.nums, 0)
		return
	case asSum:
		a.nums, a.counts = append(a.nums, 0), append(a.counts, 0)
	case asExtreme:
		a.best = append(a.best, store.None)
	}
	a.accs = append(a.accs, nil)
	if a.kind == asValues {
		a.accumulator(len(a.accs) - 1)
	}
}

// accumulator makes a group's accumulator, and gives it what the numbers hold.
func (a *aggregate) accumulator(group int) {
	acc, _ := xsd.NewAccumulator(a.Func, a.Separator)
	a.accs[group] = acc
	if a.kind == asSum && a.counts[group] > 0 {
		acc.Add(xsd.NewInteger(a.nums[group]), nil)
		for range a.counts[group] - 1 {
			acc.Add(xsd.NewInteger(0), nil)
		}
	}
}

// add takes a row into a group's aggregate.
func (a *aggregate) add(q *query, group int, b *Batch, row int) error {
	if a.arg == nil {
		if a.Distinct {
			a.row = append(a.row[:0], store.ID(group))
			for _, c := range a.columns {
				a.row = append(a.row, b.Cols[c][row])
			}
			if _, fresh, err := a.seen.number(a.row); err != nil || !fresh {
				return err
			}
		}
		a.nums[group]++
		return nil
	}
	if a.column != nil {
		id := a.column.id(b, row)
		if id != store.None && a.Distinct {
			if fresh, err := a.fresh(group, id); err != nil || !fresh {
				return err
			}
		}
		switch {
		case a.kind == asCount:
			if id != store.None {
				a.nums[group]++
			}
			return nil
		case a.kind != asValues && a.accs[group] == nil:
			if a.number(group, id) {
				return nil
			}
			if err := a.convert(q, group); err != nil {
				return err
			}
		}
	}
	v, err := a.arg.eval(b, row)
	if fatal(err) {
		return err
	}
	if a.Distinct && a.column == nil && err == nil {
		id, ierr := q.intern(v.Term())
		if ierr != nil {
			return ierr
		}
		if fresh, err := a.fresh(group, id); err != nil || !fresh {
			return err
		}
	}
	if a.kind == asCount {
		if err == nil {
			a.nums[group]++
		}
		return nil
	}
	a.accs[group].Add(v, err)
	return nil
}

// fresh reports whether a group has not had a value yet.
func (a *aggregate) fresh(group int, id store.ID) (bool, error) {
	a.row = append(a.row[:0], store.ID(group), id)
	_, fresh, err := a.seen.number(a.row)
	return fresh, err
}

// number takes an id into a group's number; false if it needs the value.
func (a *aggregate) number(group int, id store.ID) bool {
	kind := id.Kind()
	if a.kind == asSum {
		n := int64(id.Payload()) - 1<<59
		if kind != store.KindInteger || a.nums[group] > math.MaxInt64-1<<60 || a.nums[group] < math.MinInt64+1<<60 {
			return false
		}
		a.nums[group] += n
		a.counts[group]++
		return true
	}
	best := a.best[group]
	switch {
	case !valueKinds[kind] || best != store.None && best.Kind() != kind:
		return false
	case best == store.None || a.Func == "MIN" && id < best || a.Func == "MAX" && id > best:
		a.best[group] = id
	}
	return true
}

// convert gives a group an accumulator in place of its number.
func (a *aggregate) convert(q *query, group int) error {
	a.accumulator(group)
	if a.kind != asExtreme || a.best[group] == store.None {
		return nil
	}
	v, err := q.value(a.best[group])
	if err == nil {
		a.accs[group].Add(v, nil)
	}
	return err
}

// result returns the id of a group's aggregate, store.None if it is an error.
func (a *aggregate) result(q *query, group int) (store.ID, error) {
	if a.kind == asCount {
		return q.intern(xsd.NewInteger(a.nums[group]).Term())
	}
	if a.accs[group] == nil {
		switch {
		case a.kind == asExtreme && a.best[group] != store.None:
			return a.best[group], nil
		case a.Func == "SUM":
			return q.intern(xsd.NewInteger(a.nums[group]).Term())
		case a.Func == "AVG" && a.counts[group] > 0:
			v, err := xsd.Div(xsd.NewInteger(a.nums[group]), xsd.NewInteger(a.counts[group]))
			if err != nil {
				return store.None, nil
			}
			return q.intern(v.Term())
		}
		a.accumulator(group)
	}
	v, err := a.accs[group].Result()
	if err != nil {
		if fatal(err) {
			return 0, err
		}
		return store.None, nil
	}
	return q.intern(v.Term())
}
