package infer

import (
	"context"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sett/graph"
	"sett/graph/rdf"
)

// Graph is where inferred statements go unless [Options] say otherwise.
const Graph = "urn:sett:graph:inferred"

// Options of all functions. The zero value is right.
type Options struct {
	Graph string             // IRI of the graph of inferred statements; "": [Graph]
	Query graph.QueryOptions // limits of the queries; its language, dataset and parameters are not used
}

func (opt Options) graph() rdf.Term {
	if opt.Graph == "" {
		return rdf.NewIRI(Graph)
	}
	return rdf.NewIRI(opt.Graph)
}

// Stats says what was inferred.
type Stats struct {
	graph.LoadStats
	Properties map[string]uint64 // statements by their property's IRI
}

// Run replaces the graph of inferred statements by what the vocabulary implies for what the other graphs state; statements that one of
// them has already are left out. That is one commit: after an error the graph is as it was. Memory: what the queries need for their
// paths, and that of [graph.DB.Rewrite].
//
// Errors: those of [graph.DB.Query] and [graph.DB.Rewrite].
func Run(ctx context.Context, db *graph.DB, opt Options) (Stats, error) {
	src := &source{ctx: ctx}
	defer src.close()
	loaded, err := db.Rewrite(ctx, opt.graph(), func(snap *graph.Snapshot) (graph.Source, error) {
		src.from = asker{snap, opt}
		sc, err := readSchema(ctx, src.from)
		if err != nil {
			return nil, err
		}
		src.questions = sc.questions()
		return src, nil
	})
	if err != nil {
		return Stats{}, err
	}
	counts, err := counted(ctx, db, opt)
	return Stats{LoadStats: loaded, Properties: counts}, err
}

// counted counts the inferred statements by property.
func counted(ctx context.Context, db *graph.DB, opt Options) (map[string]uint64, error) {
	snap := db.Snapshot()
	defer snap.Close()
	rows, err := asker{snap, opt}.rows(ctx, "SELECT ?p (COUNT(*) AS ?n) { GRAPH "+opt.graph().String()+" { ?s ?p ?o } } GROUP BY ?p")
	if err != nil {
		return nil, err
	}
	counts := make(map[string]uint64, len(rows))
	for _, row := range rows {
		if counts[row[0].Value()], err = strconv.ParseUint(row[1].Value(), 10, 64); err != nil {
			return nil, err
		}
	}
	return counts, nil
}

// Remove takes all inferred statements away.
func Remove(ctx context.Context, db *graph.DB, opt Options) error {
	return db.Update(ctx, "CLEAR SILENT GRAPH "+opt.graph().String())
}

// question is a query whose solutions are subjects and objects of new statements.
type question struct {
	property string
	text     string
}

// questions are the queries for everything that the vocabulary implies.
func (sc *schema) questions() []question {
	var all []question
	for _, p := range slices.Sorted(maps.Keys(sc.ways)) {
		if path := sc.path(p); path != "" {
			all = append(all, question{p, "SELECT DISTINCT ?x ?y { ?x " + path + " ?y FILTER(!ISLITERAL(?x)) FILTER NOT EXISTS { ?x <" + p + "> ?y } }"})
		}
	}
	for _, class := range slices.Sorted(maps.Keys(sc.above)) {
		for _, up := range sc.above[class] {
			all = append(all, memberQuestion("?x a <"+class+">", up.class))
		}
	}
	for _, m := range sc.members() {
		if m.reversed {
			all = append(all, memberQuestion("?y <"+m.property+"> ?x FILTER(!ISLITERAL(?x))", m.class))
		} else {
			all = append(all, memberQuestion("?x <"+m.property+"> ?y", m.class))
		}
	}
	return all
}

// memberQuestion asks for members of a class that are not said to be any.
func memberQuestion(pattern, class string) question {
	return question{rdf.RDFType, strings.Join([]string{"SELECT DISTINCT ?x (<", class, "> AS ?c) { ", pattern, " FILTER NOT EXISTS { ?x a <", class, "> } }"}, "")}
}

// source asks the questions one after the other and makes statements of the answers. Several may answer with the same statement.
type source struct {
	ctx       context.Context
	from      asker
	questions []question
	res       *graph.Result
	next      func() (graph.Solution, error, bool)
	stop      func()
}

// Read implements graph.Source.
func (s *source) Read(batch []rdf.Quad) (int, error) {
	n := 0
	for n < len(batch) {
		if s.next == nil {
			if len(s.questions) == 0 {
				break
			}
			if err := s.ask(s.questions[0].text); err != nil {
				return 0, err
			}
		}
		row, err, ok := s.next()
		if err != nil {
			return 0, err
		}
		if !ok {
			s.close()
			s.questions = s.questions[1:]
			continue
		}
		p := s.questions[0].property
		terms := row.Terms()
		batch[n] = rdf.Quad{S: terms[0].Clone(), P: rdf.NewIRI(p), O: terms[1].Clone()}
		n++
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// ask begins with the answers to a question.
func (s *source) ask(text string) error {
	res, err := s.from.query(s.ctx, text, graph.Union)
	if err != nil {
		return err
	}
	s.res = res
	s.next, s.stop = iter.Pull2(res.All())
	return nil
}

// close ends the question at hand.
func (s *source) close() {
	if s.res == nil {
		return
	}
	s.stop()
	s.res.Close()
	s.res, s.next, s.stop = nil, nil, nil
}
