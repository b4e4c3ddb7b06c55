package cayley

import (
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"sett/graph/rdf"
	"sett/graph/store"
)

// A GraphQL query is answered level by level: one plan finds the objects of a field for all objects above it at once.
// The tree of objects is then laid out in rows: a column for each field, "follows.name" for a field of a nested object;
// an object with several values, or several objects nested in it, has a row for each combination.

// gqlObject is one object of a result.
type gqlObject struct {
	id     store.ID
	values map[string][]rdf.Term
	nested map[string][]*gqlObject
}

// gqlRun runs one query.
type gqlRun struct {
	ctx context.Context
	qs  *QuadStore
	tab tabulator // nil: only plans are wanted
	log []ran
}

// Tags that hold what a level needs to put its rows together; no field is called so.
const (
	gqlParentTag = "\x00parent"
	gqlNodeTag   = "\x00node"
	gqlPredTag   = "\x00predicate"
)

func graphqlRows(ctx context.Context, qs *QuadStore, text string, params map[string]rdf.Term, explain bool) (*Rows, error) {
	qs.run.merged = true // a value is shown once, however many graphs have it
	fields, err := parseGraphQL(withoutHead(text), params)
	if err != nil {
		return nil, err
	}
	run := &gqlRun{ctx: ctx, qs: qs}
	if !explain {
		run.tab = &tables{ctx, qs}
	}
	out := &Rows{ctx: ctx}
	for i := range fields {
		f := &fields[i]
		objects, err := run.objects(f, f.alias, nil, true)
		if err != nil {
			return nil, err
		}
		prefix := ""
		if len(fields) > 1 {
			prefix = f.alias + "."
		}
		l := gqlLayout{rows: out}
		l.columns(f, prefix)
		l.found(f, objects[store.None], prefix)
		if !explain {
			out.addSeq(f.alias, l.all(f, objects[store.None], prefix))
		}
	}
	out.log = run.log
	return out, nil
}

// objects returns the objects of a field, by the object above; those of a field at the top under store.None.
func (r *gqlRun) objects(f *gqlField, what string, parents []store.ID, top bool) (map[store.ID][]*gqlObject, error) {
	apart, err := r.apart(f)
	if err != nil {
		return nil, err
	}
	s := r.level(f, parents, top, apart)
	var tags []string
	found := map[store.ID][]*gqlObject{}
	known := map[[2]store.ID]*gqlObject{}
	err = r.each(what, s, func(names []string, ids []store.ID, terms []rdf.Term) error {
		if tags == nil {
			tags = names
		}
		parent, node := store.None, ids[0]
		if i := slices.Index(names, gqlParentTag); i >= 0 {
			parent = ids[1+i]
		}
		o := known[[2]store.ID{parent, node}]
		if o == nil {
			o = &gqlObject{id: node, values: map[string][]rdf.Term{}, nested: map[string][]*gqlObject{}}
			known[[2]store.ID{parent, node}] = o
			found[parent] = append(found[parent], o)
		}
		for i, name := range names {
			if t := terms[1+i]; name != gqlParentTag && !t.IsZero() && !slices.ContainsFunc(o.values[name], t.Equal) {
				o.values[name] = append(o.values[name], t.Clone())
			}
		}
		return r.qs.grow(len(known), 4)
	})
	if err != nil {
		return nil, err
	}
	for _, v := range apart {
		if err := r.values(v, what+"."+v.alias, found); err != nil {
			return nil, err
		}
	}
	if !top {
		for parent, list := range found {
			found[parent] = gqlPage(list, f.offset, f.first)
		}
	}
	return found, r.nested(f, what, found)
}

func gqlPage(list []*gqlObject, offset, first int64) []*gqlObject {
	list = list[min(int64(len(list)), offset):]
	if first >= 0 {
		list = list[:min(int64(len(list)), first)]
	}
	return list
}

// gqlRowsPerObject is how many rows an object may have in those of a level, on average.
const gqlRowsPerObject = 2

// apart returns the fields of values that are looked up by themselves: those of predicates with several values a node,
// but for one with few. Their combinations would make any number of rows of an object. The others are found together
// with the objects.
func (r *gqlRun) apart(f *gqlField) ([]*gqlField, error) {
	var out []*gqlField
	several := false
	for i := range f.fields {
		v := &f.fields[i]
		if !v.isValue() || v.via == gqlID {
			continue
		}
		n, err := r.valuesPerNode(v)
		if err != nil {
			return nil, err
		}
		switch {
		case n <= 1:
		case several || n > gqlRowsPerObject:
			out = append(out, v)
		default:
			several = true
		}
	}
	return out, nil
}

// valuesPerNode returns how many values of a field there are for each node that has any, on average.
func (r *gqlRun) valuesPerNode(f *gqlField) (float64, error) {
	name := rdf.NewIRI(string(f.via))
	if full, ok := r.qs.names.Expand(string(f.via)); ok {
		name = rdf.NewIRI(full)
	}
	id, ok, err := r.qs.fixed.Lookup(name)
	if err != nil || !ok {
		return 0, err
	}
	n, err := r.qs.fixed.Predicate(id)
	if err != nil {
		return 0, err
	}
	if f.reverse {
		return float64(n.Triples) / float64(max(1, n.Objects)), nil
	}
	return float64(n.Triples) / float64(max(1, n.Subjects)), nil
}

// values fills in a field of values, and drops the objects that lack one that must be there.
func (r *gqlRun) values(f *gqlField, what string, found map[store.ID][]*gqlObject) error {
	ids := gqlIDs(found)
	if len(ids) == 0 && r.tab != nil {
		return nil
	}
	from := shape.Save{Tags: []string{gqlNodeTag}, From: gqlNodes(ids, r.tab == nil)}
	s := shape.Out(from, shape.Lookup{f.via}, gqlLabels(f.labels))
	if f.reverse {
		s = shape.In(from, shape.Lookup{f.via}, gqlLabels(f.labels))
	}
	all := map[store.ID][]rdf.Term{}
	count := 0
	err := r.each(what, s, func(names []string, ids []store.ID, terms []rdf.Term) error {
		node := ids[1+slices.Index(names, gqlNodeTag)]
		all[node] = append(all[node], terms[0].Clone())
		count++
		return r.qs.grow(count, 1)
	})
	if err != nil {
		return err
	}
	for parent, list := range found {
		for _, o := range list {
			o.values[f.alias] = all[o.id]
		}
		if !f.optional {
			found[parent] = slices.DeleteFunc(list, func(o *gqlObject) bool { return len(all[o.id]) == 0 })
		}
	}
	return nil
}

// gqlIDs returns the nodes of objects, ascending, each once.
func gqlIDs(found map[store.ID][]*gqlObject) []store.ID {
	var ids []store.ID
	for _, list := range found {
		for _, o := range list {
			ids = append(ids, o.id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// nested finds the objects within objects.
func (r *gqlRun) nested(f *gqlField, what string, found map[store.ID][]*gqlObject) error {
	ids := gqlIDs(found)
	if len(ids) == 0 && r.tab != nil {
		return nil
	}
	if f.all {
		return r.properties(what, ids, found)
	}
	for i := range f.fields {
		inner := &f.fields[i]
		if inner.isValue() {
			continue
		}
		objects, err := r.objects(inner, what+"."+inner.alias, ids, false)
		if err != nil {
			return err
		}
		for _, list := range found {
			for _, o := range list {
				below := objects[o.id]
				if !inner.unnest {
					o.nested[inner.alias] = below
					continue
				}
				if len(below) > 1 {
					return fmt.Errorf("graphql: @unnest of %s: %d objects where one is possible; (%s: 1) takes the first", inner.alias, len(below), gqlFirst)
				}
				for _, b := range below {
					for name, values := range b.values {
						o.values[name] = values
					}
					for name, objects := range b.nested {
						o.nested[name] = objects
					}
				}
			}
		}
	}
	return nil
}

// properties fills in all properties of objects, for *.
func (r *gqlRun) properties(what string, ids []store.ID, found map[store.ID][]*gqlObject) error {
	all := map[store.ID]map[string][]rdf.Term{}
	from := shape.Save{Tags: []string{gqlNodeTag}, From: gqlNodes(ids, r.tab == nil)}
	s := shape.Out(from, shape.AllNodes{}, nil, gqlPredTag)
	err := r.each(what+".*", s, func(names []string, ids []store.ID, terms []rdf.Term) error {
		node := ids[1+slices.Index(names, gqlNodeTag)]
		name := terms[1+slices.Index(names, gqlPredTag)].Value()
		if all[node] == nil {
			all[node] = map[string][]rdf.Term{}
		}
		all[node][name] = append(all[node][name], terms[0].Clone())
		return nil
	})
	if err != nil {
		return err
	}
	for _, list := range found {
		for _, o := range list {
			for name, values := range all[o.id] {
				o.values[name] = values
			}
			t, err := r.qs.fixed.Term(o.id)
			if err != nil {
				return err
			}
			o.values[gqlID] = []rdf.Term{t.Clone()}
		}
	}
	return nil
}

// gqlNodes are nodes to start from; all, where only the plan is wanted.
func gqlNodes(ids []store.ID, any bool) shape.Shape {
	if any {
		return shape.AllNodes{}
	}
	refs := make(shape.Fixed, len(ids))
	for i, id := range ids {
		refs[i] = Node(id)
	}
	return refs
}

// level is the objects of a field as a shape: from the objects above it, with its conditions, and its values as tags, but
// for those that are looked up apart.
func (r *gqlRun) level(f *gqlField, parents []store.ID, top bool, apart []*gqlField) shape.Shape {
	var s shape.Shape = shape.AllNodes{}
	if !top {
		from := shape.Save{Tags: []string{gqlParentTag}, From: gqlNodes(parents, r.tab == nil)}
		if f.reverse {
			s = shape.In(from, shape.Lookup{f.via}, gqlLabels(f.labels))
		} else {
			s = shape.Out(from, shape.Lookup{f.via}, gqlLabels(f.labels))
		}
	}
	if f.ids != nil {
		s = joined(s, shape.Lookup(f.ids))
	}
	for _, h := range f.has {
		s = shape.HasLabels(s, shape.Lookup{h.via}, shape.Lookup(h.values), gqlLabels(h.labels), h.reverse)
	}
	if top && (f.first >= 0 || f.offset > 0) {
		if f.first == 0 {
			return shape.Null{}
		}
		for i := range f.fields { // an object that lacks a value that must be there does not count
			v := &f.fields[i]
			if v.isValue() && !v.optional && v.via != gqlID {
				s = shape.HasLabels(s, shape.Lookup{v.via}, shape.AllNodes{}, gqlLabels(v.labels), v.reverse)
				if slices.Contains(apart, v) {
					s = shape.Unique{From: s}
				}
			}
		}
		s = shape.Page{From: shape.Unique{From: s}, Skip: f.offset, Limit: max(0, f.first)}
	}
	for i := range f.fields {
		v := &f.fields[i]
		switch {
		case !v.isValue() || slices.Contains(apart, v):
		case v.via == gqlID:
			s = shape.Save{From: s, Tags: []string{v.alias}}
		default:
			s = shape.SaveViaLabels(s, shape.Lookup{v.via}, gqlLabels(v.labels), v.alias, v.reverse, v.optional)
		}
	}
	return s
}

func gqlLabels(labels []quad.Value) shape.Shape {
	if labels == nil {
		return nil
	}
	return shape.Lookup(labels)
}

// each runs a shape and calls visit with the names of its tags and a row: the node and the tags.
func (r *gqlRun) each(what string, s shape.Shape, visit func(names []string, ids []store.ID, terms []rdf.Term) error) error {
	t, err := r.qs.translate(r.ctx, s, r.tab, -1, false)
	if err != nil {
		return err
	}
	if r.tab == nil {
		r.log = append(r.log, ran{what, t, nil})
		return nil
	}
	rows, err := r.qs.start(r.ctx, t)
	if err != nil {
		return err
	}
	defer func() {
		r.log = append(r.log, ran{what, t, rows.Actual()})
		rows.Close()
	}()
	columns := make([][]rdf.Term, len(t.at))
	ids, terms := make([]store.ID, len(t.at)), make([]rdf.Term, len(t.at))
	for {
		b, err := rows.Next()
		if err != nil || b == nil {
			return err
		}
		for c, from := range t.at {
			columns[c] = append(columns[c][:0], make([]rdf.Term, b.N)...)
			if err := rows.Terms(b.Cols[from][:b.N], columns[c]); err != nil {
				return err
			}
		}
		for i := range b.N {
			for c, from := range t.at {
				ids[c], terms[c] = b.Cols[from][i], columns[c][i]
			}
			if err := visit(t.tags, ids, terms); err != nil {
				return err
			}
		}
	}
}
