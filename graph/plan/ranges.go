package plan

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
	"sett/graph/xsd"
)

// A condition on one variable can often be true for some ids only: numbers and times are inlined in the order of their
// values, terms of the dictionary lie in that of their bytes. Such ranges are pushed into scans. They may be wider than the
// condition, which is still applied: values that are not inlined can be anywhere among the literals, and terms that came
// after the last build are not in order.

// scan reads item i, sorted by the column next if an order allows, and only the ranges of ids that the conditions leave.
func (j *joiner) scan(i int, next store.Column) Node {
	n := j.b.scan(j.items[i].pattern, j.infos[i], next)
	s, ok := n.(*Scan)
	if !ok || s.Prefix > 3 || j.b.off(Ranges) {
		return n
	}
	columns := s.Order.Columns()
	r := s.Pattern.Ref(columns[s.Prefix])
	if r.Kind != RefVar || columns[s.Prefix] == store.G {
		return n
	}
	limits := j.limits(r.Slot)
	if limits == nil {
		return n
	}
	s.Ranges = limits
	if rows, known := j.b.rangeRows(s.Order, s.Prefix, &s.Pattern, limits); known {
		s.Rows, s.exact = min(s.Rows, rows), true
	}
	read := s.Rows
	if !s.exact {
		read *= rangeShare
	}
	s.Cost = lookupCost*float64(1+len(limits)) + read
	return s
}

// rangeShare is the part of the rows that a range is taken to leave where it is not counted.
const rangeShare = 0.33

// maxRanges is how many ranges are counted one by one.
const maxRanges = 16

// rangeRows counts the rows of a pattern whose column behind a prefix of an order is in some ranges; known is false if that is
// not counted.
func (b *builder) rangeRows(o store.Order, n int, p *Pattern, ranges idRanges) (rows float64, known bool) {
	if len(ranges) > maxRanges {
		return 0, false
	}
	prefix := make([]store.ID, n)
	columns := o.Columns()
	for i, c := range columns[:n] {
		r := p.Ref(c)
		if r.Kind != RefConst || c == store.G && r.ID == store.None {
			return 0, false
		}
		prefix[i] = r.ID
	}
	for _, r := range ranges {
		n, err := b.stats.CountRange(o, r.Lo, r.Hi, prefix...)
		if err != nil {
			return 0, false
		}
		rows += float64(n)
	}
	return rows, true
}

// countLimits counts which part of the rows of a pattern the conditions on one of its variables leave. That part is taken to be
// the first condition's, so that the others keep all of it.
func (j *joiner) countLimits() {
	if j.b.off(Ranges) {
		return
	}
	j.keeps = make([]float64, len(j.filters))
	for i, f := range j.filters {
		if slots := f.vars.Slots(); len(slots) == 1 && !f.late && j.keeps[i] == 0 {
			if part, ok := j.countLimit(slots[0]); ok {
				j.shareLimit(slots[0], part)
			}
		}
	}
}

// countLimit counts the part of the rows of a pattern that the conditions on a variable leave.
func (j *joiner) countLimit(v Slot) (part float64, ok bool) {
	limits := j.limits(v)
	if limits == nil {
		return 0, false
	}
	for k, it := range j.items {
		if it.pattern == nil || !it.vars.Has(v) || j.infos[k].Rows == 0 {
			continue
		}
		s := j.b.scan(it.pattern, j.infos[k], columnOf(it.pattern, v)).(*Scan)
		if s.Prefix > 3 || s.Order.Columns()[s.Prefix] != columnOf(it.pattern, v) {
			continue
		}
		if rows, known := j.b.rangeRows(s.Order, s.Prefix, &s.Pattern, limits); known {
			return min(1, max(rows, 1e-3)/s.Rows), true
		}
	}
	return 0, false
}

// shareLimit gives the conditions on a variable the part of the rows that all of them together leave.
func (j *joiner) shareLimit(v Slot, part float64) {
	for i, f := range j.filters {
		if slots := f.vars.Slots(); len(slots) != 1 || slots[0] != v || f.late {
			continue
		}
		if _, ok := j.b.admits(f.cond, v); ok {
			j.keeps[i], part = part, 1
		}
	}
}

// limits returns the ids outside of which no value of a variable satisfies the conditions of the group; nil if they say
// nothing.
func (j *joiner) limits(v Slot) idRanges {
	var out idRanges
	for _, f := range j.filters {
		if f.late || !f.vars.Has(v) {
			continue
		}
		ids, ok := j.b.admits(f.cond, v)
		switch {
		case !ok:
		case out == nil:
			out = ids
		default:
			out = out.intersect(ids)
		}
	}
	return out
}

// admits returns the stored ids of a variable for which a condition may be true; ok is false if any may be.
func (b *builder) admits(x sparql.Expr, v Slot) (ids idRanges, ok bool) {
	switch x := x.(type) {
	case *sparql.ExprBinary:
		switch x.Op {
		case sparql.OpOr:
			var all []IDRange // of the whole chain at once: a union a step would make it quadratic
			for _, part := range alternatives(x) {
				one, known := b.admits(part, v)
				if !known {
					return nil, false
				}
				all = append(all, one...)
			}
			return rangesFrom(all...), true
		case sparql.OpAnd:
			l, lok := b.admits(x.L, v)
			r, rok := b.admits(x.R, v)
			switch {
			case lok && rok:
				return l.intersect(r), true
			case lok:
				return l, true
			}
			return r, rok
		}
		op, arg, c := x.Op, x.L, x.R
		if _, isTerm := arg.(*sparql.ExprTerm); isTerm {
			op, arg, c = mirrored(op), c, arg
		}
		if term, isTerm := c.(*sparql.ExprTerm); isTerm && b.isVar(arg, v) {
			return b.comparable(op, term.Term)
		}
	case *sparql.ExprIn:
		if x.Not || !b.isVar(x.Arg, v) {
			return nil, false
		}
		var all []IDRange
		for _, e := range x.List {
			term, isTerm := e.(*sparql.ExprTerm)
			if !isTerm {
				return nil, false
			}
			one, known := b.comparable(sparql.OpEqual, term.Term)
			if !known {
				return nil, false
			}
			all = append(all, one...)
		}
		return rangesFrom(all...), true
	case *sparql.ExprCall:
		return b.admitsCall(x, v)
	}
	return nil, false
}

// alternatives are the operands of a chain of ||, in no particular order.
func alternatives(x sparql.Expr) []sparql.Expr {
	var out []sparql.Expr
	for {
		or, ok := x.(*sparql.ExprBinary)
		if !ok || or.Op != sparql.OpOr {
			break
		}
		out = append(out, or.R)
		x = or.L
	}
	return append(out, x)
}

// isVar reports whether an expression is a variable and nothing else.
func (b *builder) isVar(x sparql.Expr, v Slot) bool {
	name, ok := x.(*sparql.ExprVar)
	return ok && b.slot(name.Var) == v
}

// admitsCall is admits of sameTerm and of functions that tell how a text begins.
func (b *builder) admitsCall(x *sparql.ExprCall, v Slot) (idRanges, bool) {
	if len(x.Args) != 2 {
		return nil, false
	}
	c, ok := x.Args[1].(*sparql.ExprTerm)
	if !ok {
		return nil, false
	}
	prefix := ""
	switch x.Name {
	case "SAMETERM":
		if b.isVar(x.Args[0], v) && (c.Term.Kind() == rdf.IRI || c.Term.IsString()) {
			return b.same(c.Term)
		}
		return nil, false
	case "STRSTARTS":
		prefix = c.Term.Value()
	case "REGEX":
		prefix = literalPrefix(c.Term.Value())
	}
	if prefix == "" || c.Term.Kind() != rdf.Literal {
		return nil, false
	}
	text := []store.Kind{store.KindLiteral}
	var out idRanges
	if call, isCall := x.Args[0].(*sparql.ExprCall); isCall && call.Name == "STR" && len(call.Args) == 1 && b.isVar(call.Args[0], v) {
		text = append(text, store.KindIRI)
		switch first := prefix[0]; { // how the values that are inlined are written
		case first == '-' || first >= '0' && first <= '9':
			out = kinds(store.KindInteger, store.KindDecimal, store.KindDouble, store.KindFloat, store.KindDate, store.KindDateTime, store.KindDateTimeLocal, store.KindGYear)
		case first == 't' || first == 'f':
			out = kinds(store.KindBoolean)
		}
	} else if !b.isVar(x.Args[0], v) {
		return nil, false
	}
	if lo, hi, fits := store.StringRange(prefix); fits {
		out = out.union(idRanges{{lo, hi}})
	}
	for _, k := range text {
		lo, hi, exact, err := b.stats.PrefixRange(k, prefix)
		if err != nil {
			return nil, false
		}
		out = out.union(rangesFrom(IDRange{lo, hi}))
		if exact {
			continue
		}
		_, ordered, _, err := b.stats.PrefixRange(k, "")
		if err != nil {
			return nil, false
		}
		_, last := store.KindRange(k)
		out = out.union(rangesFrom(IDRange{ordered + 1, last}))
	}
	return out, true
}

// literalPrefix returns the text with which everything begins that an XPath regular expression matches; "" if it does
// not say.
func literalPrefix(pattern string) string {
	pattern, anchored := strings.CutPrefix(pattern, "^")
	if !anchored || hasAlternatives(pattern) {
		return ""
	}
	var out strings.Builder
	for i := 0; i < len(pattern); {
		r, size := utf8.DecodeRuneInString(pattern[i:])
		if r == '\\' && i+1 < len(pattern) && strings.IndexByte(`.\?*+{}()[]-^$`, pattern[i+1]) >= 0 {
			r, size = rune(pattern[i+1]), 2
		} else if strings.ContainsRune(`.\?*+{}()[]^$`, r) {
			break
		}
		if next := i + size; next < len(pattern) && strings.IndexByte("?*{", pattern[next]) >= 0 {
			break
		}
		out.WriteRune(r)
		i += size
	}
	return out.String()
}

// hasAlternatives reports whether a regular expression has a | outside of groups.
func hasAlternatives(pattern string) bool {
	depth, class := 0, 0
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			i++
		case '[':
			class++
		case ']':
			class--
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 && class == 0 {
				return true
			}
		}
	}
	return false
}

func mirrored(op sparql.Op) sparql.Op {
	switch op {
	case sparql.OpLess:
		return sparql.OpGreater
	case sparql.OpLessEqual:
		return sparql.OpGreaterEqual
	case sparql.OpGreater:
		return sparql.OpLess
	case sparql.OpGreaterEqual:
		return sparql.OpLessEqual
	}
	return op
}

// same returns the id of a term; none if the store does not have it.
func (b *builder) same(t rdf.Term) (idRanges, bool) {
	id, ok, err := b.stats.Lookup(t)
	if err != nil {
		return nil, false
	}
	if !ok {
		return idRanges{}, true
	}
	return point(id), true
}

// comparable returns the ids for which a comparison with a term may be true; ok is false if it does not tell.
func (b *builder) comparable(op sparql.Op, t rdf.Term) (ids idRanges, ok bool) {
	above, below := false, false
	switch op {
	case sparql.OpEqual:
		if t.Kind() == rdf.IRI || t.IsString() {
			return b.same(t)
		}
	case sparql.OpLess, sparql.OpLessEqual:
		below = true
	case sparql.OpGreater, sparql.OpGreaterEqual:
		above = true
	default:
		return nil, false
	}
	if v := xsd.FromTerm(t); v.IsNumeric() {
		return numbers(t, below, above)
	}
	id, inlined := store.Inline(t)
	if !inlined {
		return nil, false
	}
	out := kinds(store.KindLiteral)
	switch id.Kind() {
	case store.KindDate, store.KindGYear:
	case store.KindDateTime: // a time with a zone and one without compare if they are far apart
		out = out.union(kinds(store.KindDateTimeLocal))
	case store.KindDateTimeLocal:
		out = out.union(kinds(store.KindDateTime))
	default:
		return nil, false
	}
	lo, hi := store.KindRange(id.Kind())
	if !below {
		lo = id
	}
	if !above {
		hi = id
	}
	return out.union(idRanges{{lo, hi}}), true
}

// slack widens the bounds of numbers: operands of different types are promoted before they are compared, to float at
// the worst, which rounds.
const slack = 1e-6

// numbers returns the ids that may be below a number, above it, or the same.
func numbers(t rdf.Term, below, above bool) (idRanges, bool) {
	bits := 64
	if t.Datatype() == rdf.XSDFloat {
		bits = 32
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(t.Value()), bits)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, false
	}
	lo, hi := f-math.Abs(f)*slack, f+math.Abs(f)*slack
	if below {
		lo = math.Inf(-1)
	}
	if above {
		hi = math.Inf(1)
	}
	out := kinds(store.KindLiteral)
	for _, k := range []store.Kind{store.KindInteger, store.KindDecimal, store.KindDouble, store.KindFloat} {
		a, b := store.NumberRange(k, lo, hi)
		out = out.union(rangesFrom(IDRange{a, b}))
	}
	return out, true
}
