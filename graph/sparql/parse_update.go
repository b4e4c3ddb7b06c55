package sparql

import "sett/graph/rdf"

// updateWords are the keywords that start an operation.
var updateWords = [...]string{"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"}

// update is Update [29].
func (p *parser) update() *updateTree {
	u := &updateTree{}
	for {
		p.prologue()
		if p.tok.kind == tEnd {
			break
		}
		p.parts = 0
		u.ops = append(u.ops, p.operation())
		if !p.accept(";") {
			if p.tok.kind != tEnd {
				p.want("the end of the update")
				p.unexpected()
			}
			break
		}
	}
	u.base, u.version, u.prefixes = p.ownBase, p.version, p.prefixes
	return u
}

// operation is Update1 [30].
func (p *parser) operation() operationTree {
	start := p.tok.Start
	op := operationTree{}
	switch {
	case p.isWord("LOAD"):
		p.advance()
		o := &Load{Silent: p.acceptWord("SILENT"), Source: rdf.NewIRI(p.iri())}
		if p.acceptWord("INTO") {
			p.expectWord("GRAPH")
			o.Into = rdf.NewIRI(p.iri())
		}
		o.Pos, op.done = p.since(start), o
	case p.isWord("CLEAR"):
		p.advance()
		o := &Clear{Silent: p.acceptWord("SILENT"), Target: p.graphTarget()}
		o.Pos, op.done = p.since(start), o
	case p.isWord("DROP"):
		p.advance()
		o := &Drop{Silent: p.acceptWord("SILENT"), Target: p.graphTarget()}
		o.Pos, op.done = p.since(start), o
	case p.isWord("CREATE"):
		p.advance()
		o := &Create{Silent: p.acceptWord("SILENT")}
		p.expectWord("GRAPH")
		o.Name = rdf.NewIRI(p.iri())
		o.Pos, op.done = p.since(start), o
	case p.isWord("COPY"):
		silent, from, to := p.transfer()
		op.done = &Copy{From: from, To: to, Silent: silent, Pos: p.since(start)}
	case p.isWord("MOVE"):
		silent, from, to := p.transfer()
		op.done = &Move{From: from, To: to, Silent: silent, Pos: p.since(start)}
	case p.isWord("ADD"):
		silent, from, to := p.transfer()
		op.done = &Add{From: from, To: to, Silent: silent, Pos: p.since(start)}
	case p.isWord("INSERT") || p.isWord("DELETE") || p.isWord("WITH"):
		p.modify(&op)
	case p.isWord("SELECT") || p.isWord("CONSTRUCT") || p.isWord("ASK") || p.isWord("DESCRIBE"):
		p.failHint(start, "this is a query, and an update is wanted here", "queries change nothing, and are not run where updates are")
	default:
		p.want(updateWords[:]...)
		p.want("the end of the update")
		p.unexpected()
	}
	op.Pos = p.since(start)
	return op
}

// graphTarget is GraphRefAll [47].
func (p *parser) graphTarget() GraphTarget {
	switch {
	case p.acceptWord("DEFAULT"):
		return GraphTarget{Kind: DefaultGraph}
	case p.acceptWord("NAMED"):
		return GraphTarget{Kind: NamedGraphs}
	case p.acceptWord("ALL"):
		return GraphTarget{Kind: AllGraphs}
	}
	p.expectWord("GRAPH")
	return GraphTarget{Kind: OneGraph, Name: rdf.NewIRI(p.iri())}
}

// transfer is what ADD, MOVE and COPY have in common, [35] to [37].
func (p *parser) transfer() (silent bool, from, to rdf.Term) {
	p.advance()
	silent = p.acceptWord("SILENT")
	from = p.graphOrDefault()
	p.expectWord("TO")
	return silent, from, p.graphOrDefault()
}

// graphOrDefault is GraphOrDefault [45]; the default graph is the zero Term.
func (p *parser) graphOrDefault() rdf.Term {
	if p.acceptWord("DEFAULT") {
		return rdf.Term{}
	}
	p.acceptWord("GRAPH")
	return rdf.NewIRI(p.iri())
}

// modify is InsertData [38], DeleteData [39], DeleteWhere [40] or Modify [41].
func (p *parser) modify(op *operationTree) {
	op.kind = modify
	if p.acceptWord("WITH") {
		op.with = rdf.NewIRI(p.iri())
		p.want("DELETE", "INSERT")
	}
	switch {
	case p.isWord("DELETE"):
		p.advance()
		if op.with.IsZero() {
			switch {
			case p.acceptWord("DATA"):
				op.kind, op.delete = deleteData, p.quads()
				return
			case p.acceptWord("WHERE"):
				op.kind, op.delete = deleteWhere, p.quads()
				return
			}
		}
		op.delete = p.quads()
		if p.acceptWord("INSERT") {
			op.insert = p.quads()
		}
	case p.isWord("INSERT"):
		p.advance()
		if op.with.IsZero() && p.acceptWord("DATA") {
			op.kind, op.insert = insertData, p.quads()
			return
		}
		op.insert = p.quads()
	default:
		p.unexpected()
	}
	op.using = p.datasetClauses("USING")
	p.expectWord("WHERE")
	op.where = p.group()
}

// quads is QuadPattern [48] or QuadData [49]; it is never nil.
func (p *parser) quads() []quads {
	p.expect("{")
	all := []quads{}
	for {
		if t := p.triplesList(false); len(t) > 0 {
			all = append(all, quads{triples: t})
		}
		if !p.acceptWord("GRAPH") {
			break
		}
		name := p.varOrIRI()
		p.expect("{")
		all = append(all, quads{graph: name, triples: p.triplesList(false)})
		if !p.accept("}") {
			p.want("a triple")
			p.unexpected()
		}
		p.accept(".")
	}
	if !p.accept("}") {
		p.want("a triple")
		p.unexpected()
	}
	return all
}
