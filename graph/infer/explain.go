package infer

import (
	"context"
	"slices"
	"strings"

	"sett/graph"
	"sett/graph/rdf"
)

// Proof is why a statement follows.
type Proof struct {
	Vocabulary []rdf.Triple // what the vocabulary says
	Facts      []rdf.Triple // statements of other graphs, in the order of the argument
}

// Explain returns why a statement follows from what is stated, by a shortest argument; false if it does not, or is stated itself with no
// other reason. Statements whose subject or predicate is no IRI are not explained.
//
// Errors: those of [graph.DB.Query].
func Explain(ctx context.Context, db *graph.DB, t rdf.Triple, opt Options) (Proof, bool, error) {
	if !t.S.IsIRI() || !t.P.IsIRI() {
		return Proof{}, false, nil
	}
	snap := db.Snapshot()
	defer snap.Close()
	e := explainer{asker{snap, opt}, nil}
	var err error
	if e.schema, err = readSchema(ctx, e.asker); err != nil {
		return Proof{}, false, err
	}
	for _, argue := range []func(context.Context, rdf.Triple) (Proof, bool, error){e.byProperty, e.byChain, e.byClass, e.byMember} {
		if proof, ok, err := argue(ctx, t); ok || err != nil {
			return proof, ok, err
		}
	}
	return Proof{}, false, nil
}

type explainer struct {
	asker
	schema *schema
}

// byProperty looks for one statement of another property, or one in the other direction.
func (e explainer) byProperty(ctx context.Context, t rdf.Triple) (Proof, bool, error) {
	for _, w := range e.schema.ways[t.P.Value()] {
		if !w.reversed && w.property == t.P.Value() {
			continue
		}
		fact := rdf.Triple{S: t.S, P: rdf.NewIRI(w.property), O: t.O}
		if w.reversed {
			fact.S, fact.O = t.O, t.S
		}
		if ok, err := e.states(ctx, fact); ok || err != nil {
			return Proof{w.because, []rdf.Triple{fact}}, ok, err
		}
	}
	return Proof{}, false, nil
}

// states reports whether a graph of other statements has one.
func (e explainer) states(ctx context.Context, t rdf.Triple) (bool, error) {
	if t.S.IsLiteral() {
		return false, nil
	}
	rows, err := e.stated(ctx, "*", t.S.String()+" "+t.P.String()+" "+t.O.String(), "LIMIT 1")
	return len(rows) > 0, err
}

// byChain looks for a chain of statements of a transitive property from which the statement's property follows.
func (e explainer) byChain(ctx context.Context, t rdf.Triple) (Proof, bool, error) {
	for _, w := range e.schema.ways[t.P.Value()] {
		if !e.schema.transitive[w.property] {
			continue
		}
		from, to := t.S, t.O
		if w.reversed {
			from, to = to, from
		}
		facts, because, err := e.chain(ctx, w.property, from, to)
		if err != nil {
			return Proof{}, false, err
		}
		if facts != nil {
			isTransitive := rdf.Triple{S: rdf.NewIRI(w.property), P: rdf.NewIRI(rdf.RDFType), O: rdf.NewIRI(transitive)}
			return Proof{slices.Concat(w.because, []rdf.Triple{isTransitive}, because), facts}, true, nil
		}
	}
	return Proof{}, false, nil
}

// step is how a breadth-first walk came to a node.
type step struct {
	fact   rdf.Triple
	before string // the node before, as N-Triples
	way    way
}

// chain walks breadth first from a node over the statements that a transitive property follows from, and returns those of a shortest way
// to another, with what the vocabulary says for them; nil if there is none.
func (e explainer) chain(ctx context.Context, property string, from, to rdf.Term) (facts, because []rdf.Triple, err error) {
	came := make(map[string]step)
	for frontier := []rdf.Term{from}; len(frontier) > 0; {
		var next []rdf.Term
		for _, w := range e.schema.ways[property] {
			steps, err := e.neighbours(ctx, w, frontier)
			if err != nil {
				return nil, nil, err
			}
			for _, s := range steps {
				node := s.fact.O
				if w.reversed {
					node = s.fact.S
				}
				if _, ok := came[node.String()]; !ok {
					came[node.String()] = s
					next = append(next, node)
				}
			}
		}
		if _, ok := came[to.String()]; ok {
			break
		}
		frontier = next
	}
	if _, ok := came[to.String()]; !ok {
		return nil, nil, nil
	}
	for node := to.String(); ; {
		s := came[node]
		facts = append(facts, s.fact)
		for _, b := range s.way.because {
			if !slices.ContainsFunc(because, b.Equal) {
				because = append(because, b)
			}
		}
		if node = s.before; node == from.String() {
			break
		}
	}
	slices.Reverse(facts)
	return facts, because, nil
}

// mostAtOnce bounds the nodes that one query asks about.
const mostAtOnce = 200

// neighbours returns the statements of a way that begin at one of some nodes.
func (e explainer) neighbours(ctx context.Context, w way, nodes []rdf.Term) ([]step, error) {
	var steps []step
	for part := range slices.Chunk(nodes, mostAtOnce) {
		var names []string
		for _, n := range part {
			if !n.IsBlank() { // which cannot be asked about
				names = append(names, n.String())
			}
		}
		pattern := "?x <" + w.property + "> ?y"
		if w.reversed {
			pattern = "?y <" + w.property + "> ?x"
		}
		rows, err := e.stated(ctx, "DISTINCT ?x ?y", "VALUES ?x { "+strings.Join(names, " ")+" } "+pattern, "ORDER BY ?x ?y")
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			fact := rdf.Triple{S: row[0], P: rdf.NewIRI(w.property), O: row[1]}
			if w.reversed {
				fact.S, fact.O = fact.O, fact.S
			}
			steps = append(steps, step{fact, row[0].String(), w})
		}
	}
	return steps, nil
}

// byClass looks for a narrower class that the subject is said to be of.
func (e explainer) byClass(ctx context.Context, t rdf.Triple) (Proof, bool, error) {
	if t.P.Value() != rdf.RDFType {
		return Proof{}, false, nil
	}
	rows, err := e.stated(ctx, "DISTINCT ?c", t.S.String()+" a ?c", "ORDER BY ?c")
	if err != nil {
		return Proof{}, false, err
	}
	best := Proof{}
	for _, row := range rows {
		for _, up := range e.schema.above[row[0].Value()] {
			if up.class == t.O.Value() && (best.Facts == nil || len(up.because) < len(best.Vocabulary)) {
				best = Proof{up.because, []rdf.Triple{{S: t.S, P: t.P, O: row[0]}}}
			}
		}
	}
	return best, best.Facts != nil, nil
}

// byMember looks for a statement whose property's domain or range tells the class.
func (e explainer) byMember(ctx context.Context, t rdf.Triple) (Proof, bool, error) {
	if t.P.Value() != rdf.RDFType {
		return Proof{}, false, nil
	}
	for _, m := range e.schema.members() {
		if m.class != t.O.Value() {
			continue
		}
		pattern := t.S.String() + " <" + m.property + "> ?y"
		if m.reversed {
			pattern = "?y <" + m.property + "> " + t.S.String()
		}
		rows, err := e.stated(ctx, "?y", pattern, "ORDER BY ?y LIMIT 1")
		if err != nil {
			return Proof{}, false, err
		}
		if len(rows) > 0 {
			fact := rdf.Triple{S: t.S, P: rdf.NewIRI(m.property), O: rows[0][0]}
			if m.reversed {
				fact.S, fact.O = fact.O, fact.S
			}
			return Proof{m.because, []rdf.Triple{fact}}, true, nil
		}
	}
	return Proof{}, false, nil
}
