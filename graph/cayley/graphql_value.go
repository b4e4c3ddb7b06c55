package cayley

import (
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// gqlArgument is an argument of a field or of a directive.
type gqlArgument struct {
	name   string
	values []quad.Value
	at     int
}

func (a gqlArgument) has(reverse bool, labels []quad.Value) gqlHas {
	via, rev := gqlVia(a.name)
	return gqlHas{via: via, reverse: rev != reverse, values: a.values, labels: labels}
}

// apply takes an argument: id, first and offset have a meaning of their own.
func (p *gqlParser) apply(f *gqlField, a gqlArgument) error {
	switch a.name {
	case gqlID:
		f.ids = append(f.ids, a.values...)
		if len(a.values) == 0 {
			return p.fail(a.at, "expected a node")
		}
	case gqlFirst, gqlOffset:
		n, ok := quad.Int(0), false
		if len(a.values) == 1 {
			n, ok = a.values[0].(quad.Int)
		}
		if !ok || n < 0 {
			return p.fail(a.at, "expected a number of objects")
		}
		if a.name == gqlFirst {
			f.first = int64(n)
		} else {
			f.offset = int64(n)
		}
	default:
		f.has = append(f.has, a.has(false, f.labels))
	}
	return nil
}

// arguments reads (name: value …), or nothing.
func (p *gqlParser) arguments() (out []gqlArgument, err error) {
	if !p.take("(") {
		return nil, nil
	}
	for !p.take(")") {
		name := p.peek()
		if name.kind != gqlName {
			return nil, p.fail(p.at, "expected an argument's name, got "+p.text(name))
		}
		p.at++
		if _, err := p.expect(":"); err != nil {
			return nil, err
		}
		at := p.at
		values, err := p.value()
		if err != nil {
			return nil, err
		}
		out = append(out, gqlArgument{name.text, values, at})
	}
	return out, nil
}

// value reads a value, or a list of them.
func (p *gqlParser) value() ([]quad.Value, error) {
	t := p.peek()
	at := p.at
	p.at++
	switch t.kind {
	case gqlString:
		if t.text == "" {
			return []quad.Value{quad.String("")}, nil
		}
		return []quad.Value{quad.StringToValue(t.text)}, nil
	case gqlNumber:
		if n, err := strconv.ParseInt(t.text, 10, 64); err == nil {
			return []quad.Value{quad.Int(n)}, nil
		}
		f, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			return nil, p.fail(at, "a number that is too large")
		}
		return []quad.Value{quad.Float(f)}, nil
	case gqlName:
		switch {
		case t.text == "true" || t.text == "false":
			return []quad.Value{quad.Bool(t.text == "true")}, nil
		case strings.HasPrefix(t.text, "_:"):
			return []quad.Value{quad.BNode(t.text[2:])}, nil
		}
		return []quad.Value{quad.IRI(strings.TrimSuffix(strings.TrimPrefix(t.text, "<"), ">"))}, nil
	case gqlPunct:
		switch t.text {
		case "$":
			return p.variable()
		case "[":
			leave, err := p.enter(at)
			if err != nil {
				return nil, err
			}
			defer leave()
			var out []quad.Value
			for !p.take("]") {
				if p.peek().kind == gqlEnd {
					return nil, p.fail(p.at, "expected ], got the end")
				}
				values, err := p.value()
				if err != nil {
					return nil, err
				}
				out = append(out, values...)
			}
			return out, nil
		}
	}
	return nil, p.fail(at, "expected a value, got "+p.text(t))
}

// variable reads the name behind $ and returns its value: the parameter's, else the default.
func (p *gqlParser) variable() ([]quad.Value, error) {
	name := p.peek()
	at := p.at
	p.at++
	if t, ok := p.params[name.text]; ok {
		return []quad.Value{Value(t)}, nil
	}
	if values, ok := p.variables[name.text]; ok {
		return values, nil
	}
	return nil, p.fail(at, "there is no value for $"+name.text)
}
