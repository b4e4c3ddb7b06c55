package sparql

// triplesLines writes triples, a subject a line, one level deeper than what surrounds them.
func (f *formatter) triplesLines(all []triples) {
	f.indent++
	for _, t := range all {
		f.line()
		f.node(t.subject)
		f.properties(t.properties)
		f.WriteString(" .")
	}
	f.indent--
}

func (f *formatter) properties(all []property) {
	for i, p := range all {
		if i > 0 {
			f.WriteString(" ;")
		}
		f.WriteByte(' ')
		if p.path != nil {
			f.path(p.path, 0)
		} else {
			f.term(p.verb)
		}
		for i, o := range p.objects {
			if i > 0 {
				f.WriteByte(',')
			}
			f.WriteByte(' ')
			f.node(o.node)
			for _, a := range o.annotations {
				f.annotation(a)
			}
		}
	}
}

func (f *formatter) annotation(a annotation) {
	if a.reifier != nil {
		f.reifier(a.reifier)
		return
	}
	f.WriteString(" {|")
	f.properties(a.properties)
	f.WriteString(" |}")
}

func (f *formatter) reifier(r *reifier) {
	if r == nil {
		return
	}
	f.WriteString(" ~")
	if r.id != nil {
		f.WriteByte(' ')
		f.node(r.id)
	}
}

func (f *formatter) node(n node) {
	switch n := n.(type) {
	case *leaf:
		f.term(n.term)
	case *collection:
		f.WriteByte('(')
		for i, item := range n.items {
			if i > 0 {
				f.WriteByte(' ')
			}
			f.node(item)
		}
		f.WriteByte(')')
	case *blankProperties:
		f.WriteByte('[')
		f.properties(n.properties)
		f.WriteString(" ]")
	case *reified:
		f.WriteString("<< ")
		f.three(n.s, n.p, n.o)
		f.reifier(n.reifier)
		f.WriteString(" >>")
	case *tripleTerm:
		f.WriteString("<<( ")
		f.three(n.s, n.p, n.o)
		f.WriteString(" )>>")
	}
}

func (f *formatter) three(s node, p PatternTerm, o node) {
	f.node(s)
	f.WriteByte(' ')
	f.term(p)
	f.WriteByte(' ')
	f.node(o)
}

// path writes a path; brackets go around one that binds more loosely than what surrounds it: 0 nothing, 1 an
// alternative's part, 2 a sequence's part, 3 what a modifier or ^ applies to.
func (f *formatter) path(e PathExpr, around int) {
	many := func(all []PathExpr, mark string, level int) {
		if around > level {
			f.WriteByte('(')
		}
		for i, part := range all {
			if i > 0 {
				f.WriteString(mark)
			}
			f.path(part, level+1)
		}
		if around > level {
			f.WriteByte(')')
		}
	}
	switch e := e.(type) {
	case *PathIRI:
		f.iri(e.IRI)
	case *Alt:
		many(e.Paths, "|", 0)
	case *Seq:
		many(e.Paths, "/", 1)
	case *Inverse:
		if around > 2 {
			f.WriteByte('(')
		}
		f.WriteByte('^')
		if _, ok := e.Path.(*Inverse); ok {
			f.WriteByte('(')
			f.path(e.Path, 0)
			f.WriteByte(')')
		} else {
			f.path(e.Path, pathModified)
		}
		if around > 2 {
			f.WriteByte(')')
		}
	case *ZeroOrMore:
		f.modified(e.Path, "*", around)
	case *OneOrMore:
		f.modified(e.Path, "+", around)
	case *ZeroOrOne:
		f.modified(e.Path, "?", around)
	case *NegatedSet:
		f.WriteString("!(")
		n := 0
		step := func(mark, iri string) {
			if n++; n > 1 {
				f.WriteByte('|')
			}
			f.WriteString(mark)
			f.iri(iri)
		}
		for _, iri := range e.Forward {
			step("", iri)
		}
		for _, iri := range e.Inverse {
			step("^", iri)
		}
		f.WriteByte(')')
	}
}

// pathModified is the level of what follows a ^: modifiers need no brackets there, and anything looser does.
const pathModified = 3

func (f *formatter) modified(e PathExpr, mark string, around int) {
	if around > pathModified {
		f.WriteByte('(')
	}
	f.path(e, pathModified+1)
	f.WriteString(mark)
	if around > pathModified {
		f.WriteByte(')')
	}
}
