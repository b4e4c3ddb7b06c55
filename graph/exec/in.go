package exec

import "sett/graph/xsd"

// inExpr is IN: an element that is equal decides even if others are errors (SPARQL 1.1 §17.4.1.9).
type inExpr struct {
	arg  evaluator
	list []evaluator
	not  bool

	keys map[xsd.Key]bool // the constants of a long list that have keys
	rest []evaluator      // the others
}

// longList is from how many elements on a list is looked up by key.
const longList = 8

// index sorts the list into keys and the rest.
func (x *inExpr) index() {
	x.keys = map[xsd.Key]bool{}
	for _, e := range x.list {
		if c, isConst := e.(*constExpr); isConst {
			if key, ok := c.v.Key(); ok {
				x.keys[key] = true
				continue
			}
		}
		x.rest = append(x.rest, e)
	}
}

func (x *inExpr) eval(b *Batch, row int) (xsd.Value, error) {
	v, err := x.arg.eval(b, row)
	if err != nil {
		return v, err
	}
	list := x.list
	if key, ok := v.Key(); ok && x.keys != nil {
		if x.keys[key] {
			return xsd.NewBoolean(!x.not), nil
		}
		list = x.rest
	}
	var failed error
	for _, e := range list {
		w, err := e.eval(b, row)
		same := false
		if err == nil {
			same, err = xsd.Equal(v, w)
		}
		switch {
		case fatal(err):
			return v, err
		case err != nil:
			failed = err
		case same:
			return xsd.NewBoolean(!x.not), nil
		}
	}
	if failed != nil {
		return xsd.Value{}, failed
	}
	return xsd.NewBoolean(x.not), nil
}
