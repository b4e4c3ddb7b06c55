package sparql

import "sett/graph/rdf"

// templateRules is what a template may hold.
type templateRules struct {
	data     string         // what the data is called in messages, when variables may not stand in it
	noBlanks string         // what it is called, when blank nodes may not stand in it
	owner    int            // the operation, for the rule about labels
	labels   map[string]int // label → the INSERT DATA that it is in; nil elsewhere
}

// blank fails where blank nodes may not be.
func (r *templateRules) blank(t *translator, at Pos) {
	if r.noBlanks != "" {
		t.failHint(at.Start, "a blank node cannot stand in "+r.noBlanks, "a new node would match nothing; a variable in DELETE … WHERE finds what is there")
	}
}

// label keeps the rule that a label is in one INSERT DATA only, SPARQL 1.1 §19.6.
func (r *templateRules) label(t *translator, label string, at Pos) {
	if r.labels == nil {
		return
	}
	if was, ok := r.labels[label]; ok && was != r.owner {
		t.failAt(at.Start, "the blank node _:"+label+" is in another INSERT DATA of this request already")
	}
	r.labels[label] = r.owner
}

// template translates the triples of a template.
func (t *translator) template(all []quads, rules templateRules) []QuadPattern {
	var out []QuadPattern
	for _, q := range all {
		b := &block{translator: t, template: &rules}
		b.variableRule(q.graph)
		for _, s := range q.triples {
			b.triples(s)
		}
		for _, n := range b.nodes {
			for _, p := range n.(*BGP).Patterns {
				out = append(out, QuadPattern{S: p.S, P: p.P, O: p.O, G: q.graph, Pos: p.Pos})
			}
		}
	}
	return out
}

// translateUpdate translates each operation, SPARQL 1.1 Update §4.
func (p *parser) translateUpdate(tree *updateTree) *Update {
	u := &Update{Prefixes: tree.prefixes, Base: p.base, Version: tree.version, tree: tree}
	t := p.newTranslator()
	labels := make(map[string]int)
	for i := range tree.ops {
		op := &tree.ops[i]
		t.labels = make(map[string]int)
		rules := templateRules{owner: i}
		switch op.kind {
		case insertData:
			rules.data, rules.labels = "INSERT DATA", labels
			u.Operations = append(u.Operations, &InsertData{Quads: t.data(op.insert, rules), Pos: op.Pos})
		case deleteData:
			rules.data, rules.noBlanks = "DELETE DATA", "DELETE DATA"
			u.Operations = append(u.Operations, &DeleteData{Quads: t.data(op.delete, rules), Pos: op.Pos})
		case deleteWhere:
			rules.noBlanks = "DELETE WHERE"
			m := &Modify{Delete: t.template(op.delete, rules), Pos: op.Pos}
			m.Where = t.quadsPattern(m.Delete)
			u.Operations = append(u.Operations, m)
		case modify:
			m := &Modify{With: op.with, Using: op.using, Pos: op.Pos}
			node, in := t.group(op.where)
			m.Where = node
			deletes := rules
			deletes.noBlanks = "DELETE"
			m.Delete = t.template(op.delete, deletes)
			m.Insert = t.template(op.insert, rules)
			for _, q := range m.Delete {
				t.checkTemplate(q, in)
			}
			for _, q := range m.Insert {
				t.checkTemplate(q, in)
			}
			u.Operations = append(u.Operations, m)
		default:
			u.Operations = append(u.Operations, op.done)
		}
	}
	u.Warnings = t.sorted()
	return u
}

// data is a template without variables, as quads.
func (t *translator) data(all []quads, rules templateRules) []rdf.Quad {
	patterns := t.template(all, rules)
	out := make([]rdf.Quad, len(patterns))
	for i, p := range patterns {
		out[i] = rdf.Quad{S: ground(p.S), P: ground(p.P), O: ground(p.O), G: ground(p.G)}
		if s := out[i].S; s.IsLiteral() || s.IsTripleTerm() {
			t.failAt(p.S.Start, "a literal or a triple term cannot be the subject of a triple")
		}
	}
	return out
}

// ground returns the term at a position without variables.
func ground(p PatternTerm) rdf.Term {
	if p.Triple != nil {
		return rdf.NewTripleTerm(ground(p.Triple.S), ground(p.Triple.P), ground(p.Triple.O))
	}
	return p.Term
}

// quadsPattern is the pattern that the template of DELETE WHERE is too.
func (t *translator) quadsPattern(all []QuadPattern) Node {
	var node Node = &BGP{}
	var bgp *BGP
	var graph PatternTerm
	for _, q := range all {
		if bgp == nil || q.G.Var != graph.Var || !q.G.Term.Equal(graph.Term) {
			bgp, graph = &BGP{}, q.G
			var part Node = bgp
			if !graph.IsZero() {
				part = &Graph{Name: graph, Input: bgp}
			}
			if bgp.Patterns = append(bgp.Patterns, TriplePattern{S: q.S, P: q.P, O: q.O, Pos: q.Pos}); isUnit(node) {
				node = part
			} else {
				t.part()
				node = &Join{L: node, R: part}
			}
			continue
		}
		bgp.Patterns = append(bgp.Patterns, TriplePattern{S: q.S, P: q.P, O: q.O, Pos: q.Pos})
	}
	return node
}
