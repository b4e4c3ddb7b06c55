package exec

import (
	"strconv"

	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/store"
	"sett/graph/xsd"
)

// localTerms are the terms that a query computed and the store does not have: ids of kind store.KindLocal, whose
// payload is their place in list.
type localTerms struct {
	list    []rdf.Term
	byText  map[string]store.ID
	blanks  int
	prefix  string // of labels of blank nodes
	suffix  string
	sources map[*plan.Batched]*Batch // the rows of the Apply operators that are running
}

func (l *localTerms) init(blanks string) {
	l.prefix, l.suffix = blanks, ""
	if blanks == "" {
		l.prefix, l.suffix = "q", ".new"
	}
	l.byText = map[string]store.ID{}
	l.sources = map[*plan.Batched]*Batch{}
}

// newBlank returns a label for BNODE() that no stored blank node has: readers give out none that start with a full stop.
func (l *localTerms) newBlank() string {
	l.blanks++
	return l.prefix + strconv.Itoa(l.blanks) + l.suffix
}

// intern returns the id of a term: its inlined one, that of the store, or a local one. The zero Term is store.None.
func (q *query) intern(t rdf.Term) (store.ID, error) {
	if id, ok := store.Inline(t); ok {
		return id, nil
	}
	id, ok, err := q.snap.Lookup(t)
	if ok || err != nil {
		return id, err
	}
	key := t.String()
	if id, ok := q.local.byText[key]; ok {
		return id, nil
	}
	if err := q.mem.grow(int64(2*len(key) + 200)); err != nil {
		return 0, err
	}
	id = store.MakeID(store.KindLocal, uint64(len(q.local.list)))
	q.local.list = append(q.local.list, t.Clone())
	q.local.byText[key] = id
	return id, nil
}

// term returns the term of an id.
func (q *query) term(id store.ID) (rdf.Term, error) {
	switch {
	case id == store.None:
		return rdf.Term{}, nil
	case id.IsInline():
		return store.InlineTerm(id), nil
	case id.Kind() == store.KindLocal:
		return q.local.list[id.Payload()], nil
	}
	return q.snap.Term(id)
}

// terms puts the terms of ids into out.
func (q *query) terms(ids []store.ID, out []rdf.Term) error {
	local := false
	for _, id := range ids {
		local = local || id.Kind() == store.KindLocal
	}
	if !local {
		return q.snap.Terms(ids, out)
	}
	for i, id := range ids {
		t, err := q.term(id)
		if err != nil {
			return err
		}
		out[i] = t
	}
	return nil
}

// valueCache remembers the values of ids: a direct-mapped table, so that it cannot grow.
type valueCache struct {
	ids    []store.ID
	values []xsd.Value
}

const valueCacheSize = 1 << 12

// value returns the value of an id; unbound is the zero Value.
func (q *query) value(id store.ID) (xsd.Value, error) {
	if id == store.None {
		return xsd.Value{}, nil
	}
	if id.Kind() == store.KindInteger {
		return xsd.NewInteger(int64(id.Payload()) - 1<<59), nil
	}
	c := &q.values
	if c.ids == nil {
		c.ids = make([]store.ID, valueCacheSize)
		c.values = make([]xsd.Value, valueCacheSize)
	}
	h := (uint64(id) * hashMultiplier) >> 52
	if c.ids[h] == id {
		return c.values[h], nil
	}
	t, err := q.term(id)
	if err != nil {
		return xsd.Value{}, err
	}
	c.ids[h], c.values[h] = id, xsd.FromTerm(t)
	return c.values[h], nil
}

// hashMultiplier spreads ids over a table (Fibonacci hashing).
const hashMultiplier = 0x9E3779B97F4A7C15
