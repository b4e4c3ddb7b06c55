package cayley

import (
	"iter"

	"sett/graph/rdf"
)

// gqlLayout lays the objects of a field out in rows. They are made as they are read: an object with a few lists of values
// has as many rows as there are combinations of these.
type gqlLayout struct {
	rows  *Rows      // whose columns they have
	cells []rdf.Term // the row being made
}

// columns makes the columns of a field's objects, in the order of the query.
func (l *gqlLayout) columns(f *gqlField, prefix string) {
	for i := range f.fields {
		inner := &f.fields[i]
		switch {
		case inner.isValue():
			l.rows.column(prefix + inner.alias)
		case inner.unnest:
			l.columns(inner, prefix)
		default:
			l.columns(inner, prefix+inner.alias+".")
		}
	}
}

// found makes the columns of properties that were asked for by * and found.
func (l *gqlLayout) found(f *gqlField, objects []*gqlObject, prefix string) {
	if f.all {
		for _, o := range objects {
			for _, name := range sortedKeys(o.values) {
				l.rows.column(prefix + name)
			}
		}
		return
	}
	l.foundWithin(f.fields, objects, prefix)
}

func (l *gqlLayout) foundWithin(fields []gqlField, objects []*gqlObject, prefix string) {
	for i := range fields {
		inner := &fields[i]
		switch {
		case inner.isValue():
		case inner.unnest:
			l.foundWithin(inner.fields, objects, prefix)
		default:
			var below []*gqlObject
			for _, o := range objects {
				below = append(below, o.nested[inner.alias]...)
			}
			l.found(inner, below, prefix+inner.alias+".")
		}
	}
}

// all yields the rows; each is valid until the next.
func (l *gqlLayout) all(f *gqlField, objects []*gqlObject, prefix string) iter.Seq[[]rdf.Term] {
	return func(yield func([]rdf.Term) bool) {
		l.cells = make([]rdf.Term, len(l.rows.vars))
		for _, o := range objects {
			if !l.object(f, o, prefix, func() bool { return yield(l.cells) }) {
				return
			}
		}
	}
}

// object calls then with the cells of an object in place, once for each combination of its values and of the objects
// within it. It returns false once then does.
func (l *gqlLayout) object(f *gqlField, o *gqlObject, prefix string, then func() bool) bool {
	var lists []gqlList
	if f.all {
		for _, name := range sortedKeys(o.values) {
			lists = append(lists, gqlList{values: o.values[name], column: l.rows.column(prefix + name)})
		}
	} else {
		lists = l.lists(lists, f.fields, o, prefix)
	}
	return l.combine(lists, then)
}

// gqlList is the values of a field of an object, or the objects of one.
type gqlList struct {
	values  []rdf.Term
	column  int // of the values
	field   *gqlField
	objects []*gqlObject
	prefix  string // of the objects' columns
}

// lists adds the lists of fields that are not empty.
func (l *gqlLayout) lists(out []gqlList, fields []gqlField, o *gqlObject, prefix string) []gqlList {
	for i := range fields {
		inner := &fields[i]
		switch {
		case inner.isValue():
			if values := o.values[inner.alias]; len(values) > 0 {
				out = append(out, gqlList{values: values, column: l.rows.column(prefix + inner.alias)})
			}
		case inner.unnest:
			out = l.lists(out, inner.fields, o, prefix)
		default:
			if below := o.nested[inner.alias]; len(below) > 0 {
				out = append(out, gqlList{field: inner, objects: below, prefix: prefix + inner.alias + "."})
			}
		}
	}
	return out
}

func (l *gqlLayout) combine(lists []gqlList, then func() bool) bool {
	if len(lists) == 0 {
		return then()
	}
	list, rest := lists[0], lists[1:]
	for _, t := range list.values {
		l.cells[list.column] = t
		if !l.combine(rest, then) {
			return false
		}
	}
	if list.values != nil {
		l.cells[list.column] = rdf.Term{}
	}
	for _, o := range list.objects {
		if !l.object(list.field, o, list.prefix, func() bool { return l.combine(rest, then) }) {
			return false
		}
	}
	return true
}
