package naive

import (
	"fmt"
	"maps"
	"strings"

	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/xsd"
)

// group is Group, Aggregation and AggregateJoin of §18.5.1.
func (e *evaluator) group(n *sparql.Group, in []Solution, g Graph) ([]Solution, error) {
	type class struct {
		keys    Solution
		members []Solution
	}
	var classes []*class
	byKey := map[string]*class{}
	if len(n.Keys) == 0 {
		classes = []*class{{keys: Solution{}}}
		byKey[""] = classes[0]
	}
	for _, s := range in {
		keys := Solution{}
		for _, k := range n.Keys {
			v, err := e.value(k.Expr, s, g)
			if fatal(err) {
				return nil, err
			}
			if err == nil {
				keys[k.Var] = v.Term()
			}
		}
		c := byKey[keys.Key()]
		if c == nil {
			c = &class{keys: keys}
			byKey[keys.Key()] = c
			classes = append(classes, c)
		}
		c.members = append(c.members, s)
	}
	var out []Solution
	for _, c := range classes {
		s := c.keys
		for _, a := range n.Aggregates {
			v, err := e.aggregate(a, c.members, g)
			if fatal(err) {
				return nil, err
			}
			if err == nil {
				s = s.with(a.Var, v.Term())
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// aggregate is the value of an aggregate over a group. COUNT leaves out errors, and SAMPLE may give
// any element, here one that is no error; any other is an error if an element is.
func (e *evaluator) aggregate(a sparql.Aggregate, members []Solution, g Graph) (xsd.Value, error) {
	if len(a.Args) == 0 { // COUNT(*)
		if a.Distinct {
			shown := make([]Solution, len(members))
			for i, s := range members { // blank nodes of patterns are not in a solution's domain (§18.3.1)
				shown[i] = maps.Clone(s)
				maps.DeleteFunc(shown[i], func(v sparql.Var, _ rdf.Term) bool { return v.Hidden() })
			}
			members = distinct(shown)
		}
		return xsd.NewInteger(int64(len(members))), nil
	}
	var list []xsd.Value
	var failed error
	for _, s := range members {
		v, err := e.value(a.Args[0], s, g)
		switch {
		case fatal(err):
			return v, err
		case err != nil:
			failed = err
		default:
			list = append(list, v)
		}
	}
	if a.Distinct {
		list = distinctValues(list)
	}
	if a.Func == "COUNT" {
		return xsd.NewInteger(int64(len(list))), nil
	}
	if failed != nil && (a.Func != "SAMPLE" || len(list) == 0) {
		return xsd.Value{}, failed
	}
	return setFunction(a, list)
}

func distinctValues(list []xsd.Value) []xsd.Value {
	var out []xsd.Value
	seen := map[string]bool{}
	for _, v := range list {
		if k := v.String(); !seen[k] {
			seen[k] = true
			out = append(out, v)
		}
	}
	return out
}

// setFunction is the aggregates of §18.5.1 over a list of values.
func setFunction(a sparql.Aggregate, list []xsd.Value) (xsd.Value, error) {
	switch a.Func {
	case "SUM", "AVG":
		sum := xsd.NewInteger(0)
		var err error
		for _, v := range list {
			if sum, err = xsd.Add(sum, v); err != nil {
				return sum, err
			}
		}
		if a.Func == "SUM" || len(list) == 0 {
			return sum, nil
		}
		return xsd.Div(sum, xsd.NewInteger(int64(len(list))))
	case "MIN", "MAX", "SAMPLE":
		if len(list) == 0 {
			return xsd.Value{}, errUnbound
		}
		best := list[0]
		for _, v := range list[1:] {
			if c := xsd.Order(v.Term(), best.Term()); a.Func == "MIN" && c < 0 || a.Func == "MAX" && c > 0 {
				best = v
			}
		}
		return best, nil
	case "GROUP_CONCAT":
		parts := make([]string, len(list))
		for i, v := range list {
			if v.Kind() == xsd.Blank || v.Kind() == xsd.TripleTerm {
				return xsd.Value{}, fmt.Errorf("%w: no string", xsd.ErrType)
			}
			parts[i] = v.Lexical()
		}
		return xsd.FromTerm(rdf.NewString(strings.Join(parts, a.Separator))), nil
	}
	return xsd.Value{}, fmt.Errorf("%w: %s", ErrUnsupported, a.Func)
}
