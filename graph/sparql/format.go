package sparql

import (
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// String returns the query as text, from its syntax tree: indented, one triple a line, names with the prefixes in force.
// Reading it gives the same algebra.
func (q *Query) String() string {
	f := &formatter{}
	t := q.tree
	f.prefixesFor(t.prefixes, func() { f.query(t) })
	return f.prologue(t.base, t.version)
}

// String returns the request as text, from its syntax tree, as that of a [Query].
func (u *Update) String() string {
	f := &formatter{}
	f.prefixesFor(u.tree.prefixes, func() { f.update(u.tree) })
	return f.prologue(u.tree.base, u.tree.version)
}

// groupText returns a group with IRIs in full, as SERVICE sends it.
func groupText(g *groupPattern) string {
	f := &formatter{}
	f.group(g)
	return f.String()
}

// formatter writes syntax trees as text.
type formatter struct {
	strings.Builder
	indent   int
	prefixes *rdf.Prefixes
	used     map[string]string // prefix → namespace
}

func (f *formatter) prefixesFor(p *rdf.Prefixes, body func()) {
	f.prefixes, f.used = p, make(map[string]string)
	body()
}

// prologue returns the text with what it needs before it.
func (f *formatter) prologue(base, version string) string {
	var b strings.Builder
	if version != "" {
		b.WriteString("VERSION " + rdf.NewString(version).String() + "\n")
	}
	if base != "" {
		b.WriteString("BASE " + rdf.NewIRI(base).String() + "\n")
	}
	for prefix, ns := range f.prefixes.All() {
		if _, ok := f.used[prefix]; ok {
			b.WriteString("PREFIX " + prefix + ": " + rdf.NewIRI(ns).String() + "\n")
		}
	}
	return b.String() + f.String() + "\n"
}

func (f *formatter) line() {
	f.WriteByte('\n')
	for range f.indent {
		f.WriteString("  ")
	}
}

func (f *formatter) iri(iri string) {
	if name, ok := f.prefixes.Shorten(iri); ok {
		prefix, local, _ := strings.Cut(name, ":")
		if isPlainPrefix(prefix) && isPlainLocal(local) {
			f.used[prefix] = iri[:len(iri)-len(local)]
			f.WriteString(name)
			return
		}
	}
	f.WriteString(rdf.NewIRI(iri).String())
}

func (f *formatter) rdfTerm(t rdf.Term) {
	switch {
	case t.IsIRI():
		f.iri(t.Value())
	case t.IsBlank() && t.Value() == "":
		f.WriteString("[]")
	case isBareLiteral(t):
		f.WriteString(t.Value())
	case t.IsLiteral() && t.Lang() == "" && !t.IsString():
		f.WriteString(rdf.NewString(t.Value()).String() + "^^")
		f.iri(t.Datatype())
	case t.IsTripleTerm():
		f.WriteString("<<( ")
		parts := t.Triple()
		f.rdfTerm(parts.S)
		f.WriteByte(' ')
		f.rdfTerm(parts.P)
		f.WriteByte(' ')
		f.rdfTerm(parts.O)
		f.WriteString(" )>>")
	default:
		f.WriteString(t.String())
	}
}

// isBareLiteral reports whether a literal can be written without quotes: a number or a boolean.
func isBareLiteral(t rdf.Term) bool {
	switch t.Datatype() {
	case rdf.XSDBoolean:
		return t.Value() == "true" || t.Value() == "false"
	case rdf.XSDInteger, rdf.XSDDecimal, rdf.XSDDouble:
		l := lexer{text: t.Value()}
		number := l.next()
		return number.kind == tNumber && number.text == t.Value() && numberType(number.text) == t.Datatype()
	}
	return false
}

func (f *formatter) term(t PatternTerm) {
	if t.IsVar() {
		f.WriteString(t.Var.String())
		return
	}
	f.rdfTerm(t.Term)
}

func (f *formatter) query(q *queryTree) {
	switch q.form {
	case Select:
		f.selectClause(&q.selectQuery)
	case Ask:
		f.WriteString("ASK")
	case Construct:
		f.WriteString("CONSTRUCT")
		if !q.short {
			f.WriteString(" {")
			f.triplesLines(q.template)
			f.line()
			f.WriteString("}")
		}
	case Describe:
		f.WriteString("DESCRIBE")
		for _, d := range q.describe {
			f.WriteByte(' ')
			f.term(d)
		}
		if len(q.describe) == 0 {
			f.WriteString(" *")
		}
	}
	f.dataset("FROM", q.dataset)
	if q.where != nil {
		f.line()
		f.WriteString("WHERE ")
		f.group(q.where)
	}
	f.modifiers(&q.selectQuery)
}

func (f *formatter) dataset(word string, d Dataset) {
	for _, g := range d.From {
		f.line()
		f.WriteString(word + " ")
		f.rdfTerm(g)
	}
	for _, g := range d.FromNamed {
		f.line()
		f.WriteString(word + " NAMED ")
		f.rdfTerm(g)
	}
}

func (f *formatter) selectClause(q *selectQuery) {
	f.WriteString("SELECT")
	switch {
	case q.distinct:
		f.WriteString(" DISTINCT")
	case q.reduced:
		f.WriteString(" REDUCED")
	}
	if q.star {
		f.WriteString(" *")
	}
	for _, item := range q.items {
		f.WriteByte(' ')
		if item.expr == nil {
			f.WriteString(item.v.String())
			continue
		}
		f.as(item.expr, item.v)
	}
}

// as writes (expr AS ?v).
func (f *formatter) as(e Expr, v Var) {
	f.WriteByte('(')
	f.expr(e)
	f.WriteString(" AS " + v.String() + ")")
}

func (f *formatter) modifiers(q *selectQuery) {
	if len(q.groupBy) > 0 {
		f.line()
		f.WriteString("GROUP BY")
		for _, c := range q.groupBy {
			f.WriteByte(' ')
			if c.v != "" {
				f.as(c.expr, c.v)
				continue
			}
			f.condition(c.expr)
		}
	}
	if len(q.having) > 0 {
		f.line()
		f.WriteString("HAVING")
		for _, e := range q.having {
			f.WriteString(" ")
			f.bracketed(e)
		}
	}
	if len(q.orderBy) > 0 {
		f.line()
		f.WriteString("ORDER BY")
		for _, k := range q.orderBy {
			if k.Desc {
				f.WriteString(" DESC")
				f.bracketed(k.Expr)
				continue
			}
			f.WriteByte(' ')
			f.condition(k.Expr)
		}
	}
	if q.limit >= 0 {
		f.line()
		f.WriteString("LIMIT " + strconv.FormatInt(q.limit, 10))
	}
	if q.offset > 0 {
		f.line()
		f.WriteString("OFFSET " + strconv.FormatInt(q.offset, 10))
	}
	if q.values != nil {
		f.line()
		f.values(q.values)
	}
}

// condition writes a variable as it is, and all else in brackets.
func (f *formatter) condition(e Expr) {
	if v, ok := e.(*ExprVar); ok {
		f.WriteString(v.Var.String())
		return
	}
	f.bracketed(e)
}

func (f *formatter) bracketed(e Expr) {
	f.WriteByte('(')
	f.expr(e)
	f.WriteByte(')')
}

func (f *formatter) values(v *Values) {
	f.WriteString("VALUES (")
	for i, name := range v.Vars {
		if i > 0 {
			f.WriteByte(' ')
		}
		f.WriteString(name.String())
	}
	f.WriteString(") {")
	f.indent++
	for _, row := range v.Rows {
		f.line()
		f.WriteByte('(')
		for i, t := range row {
			if i > 0 {
				f.WriteByte(' ')
			}
			if t.IsZero() {
				f.WriteString("UNDEF")
				continue
			}
			f.rdfTerm(t)
		}
		f.WriteByte(')')
	}
	f.indent--
	f.line()
	f.WriteByte('}')
}

func (f *formatter) group(g *groupPattern) {
	f.WriteByte('{')
	f.indent++
	if g.sub != nil {
		f.line()
		f.selectClause(g.sub)
		f.line()
		f.WriteString("WHERE ")
		f.group(g.sub.where)
		f.modifiers(g.sub)
	}
	for _, e := range g.elements {
		f.element(e)
	}
	f.indent--
	if g.sub != nil || len(g.elements) > 0 {
		f.line()
	}
	f.WriteByte('}')
}

func (f *formatter) element(e element) {
	if e, ok := e.(*triplesBlock); ok {
		f.indent--
		f.triplesLines(e.subjects)
		f.indent++
		return
	}
	f.line()
	switch e := e.(type) {
	case *alternatives:
		for i, g := range e.groups {
			if i > 0 {
				f.WriteString(" UNION ")
			}
			f.group(g)
		}
	case *optionalElement:
		f.WriteString("OPTIONAL ")
		f.group(e.group)
	case *minusElement:
		f.WriteString("MINUS ")
		f.group(e.group)
	case *graphElement:
		f.WriteString("GRAPH ")
		f.term(e.name)
		f.WriteByte(' ')
		f.group(e.group)
	case *serviceElement:
		f.WriteString("SERVICE ")
		if e.silent {
			f.WriteString("SILENT ")
		}
		f.term(e.name)
		f.WriteByte(' ')
		f.group(e.group)
	case *filterElement:
		f.WriteString("FILTER ")
		f.bracketed(e.cond)
	case *bindElement:
		f.WriteString("BIND ")
		f.as(e.expr, e.v)
	case *valuesElement:
		f.values(e.Values)
	}
}

func (f *formatter) update(u *updateTree) {
	for i, op := range u.ops {
		if i > 0 {
			f.WriteString(" ;\n")
		}
		f.operation(op)
	}
}

func (f *formatter) operation(op operationTree) {
	switch op.kind {
	case insertData:
		f.WriteString("INSERT DATA ")
		f.quads(op.insert)
		return
	case deleteData:
		f.WriteString("DELETE DATA ")
		f.quads(op.delete)
		return
	case deleteWhere:
		f.WriteString("DELETE WHERE ")
		f.quads(op.delete)
		return
	case modify:
		if !op.with.IsZero() {
			f.WriteString("WITH ")
			f.rdfTerm(op.with)
			f.line()
		}
		if op.delete != nil {
			f.WriteString("DELETE ")
			f.quads(op.delete)
			f.line()
		}
		if op.insert != nil {
			f.WriteString("INSERT ")
			f.quads(op.insert)
		}
		f.dataset("USING", op.using)
		f.line()
		f.WriteString("WHERE ")
		f.group(op.where)
		return
	}
	f.management(op.done)
}

// management writes the operations on whole graphs.
func (f *formatter) management(op Operation) {
	start := func(word string, silent bool) {
		f.WriteString(word + " ")
		if silent {
			f.WriteString("SILENT ")
		}
	}
	target := func(t GraphTarget) {
		f.WriteString([...]string{"GRAPH ", "DEFAULT", "NAMED", "ALL"}[t.Kind])
		f.rdfTerm(t.Name)
	}
	transfer := func(word string, silent bool, graphs ...rdf.Term) {
		start(word, silent)
		for i, g := range graphs {
			if i > 0 {
				f.WriteString(" TO ")
			}
			if g.IsZero() {
				f.WriteString("DEFAULT")
				continue
			}
			f.WriteString("GRAPH ")
			f.rdfTerm(g)
		}
	}
	switch op := op.(type) {
	case *Load:
		start("LOAD", op.Silent)
		f.rdfTerm(op.Source)
		if !op.Into.IsZero() {
			f.WriteString(" INTO GRAPH ")
			f.rdfTerm(op.Into)
		}
	case *Clear:
		start("CLEAR", op.Silent)
		target(op.Target)
	case *Drop:
		start("DROP", op.Silent)
		target(op.Target)
	case *Create:
		start("CREATE", op.Silent)
		f.WriteString("GRAPH ")
		f.rdfTerm(op.Name)
	case *Copy:
		transfer("COPY", op.Silent, op.From, op.To)
	case *Move:
		transfer("MOVE", op.Silent, op.From, op.To)
	case *Add:
		transfer("ADD", op.Silent, op.From, op.To)
	}
}

func (f *formatter) quads(all []quads) {
	f.WriteByte('{')
	for _, q := range all {
		if q.graph.IsZero() {
			f.triplesLines(q.triples)
			continue
		}
		f.indent++
		f.line()
		f.WriteString("GRAPH ")
		f.term(q.graph)
		f.WriteString(" {")
		f.triplesLines(q.triples)
		f.line()
		f.WriteByte('}')
		f.indent--
	}
	f.line()
	f.WriteByte('}')
}
