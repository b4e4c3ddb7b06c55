package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sett/graph/exec"
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// DefaultGraph says what a query's default graph is when the query itself does not (FROM).
type DefaultGraph uint8

const (
	Union  DefaultGraph = iota // all graphs together, each triple once
	Strict                     // the default graph alone, as SPARQL 1.1 §13 reads
)

// QueryOptions says how a query is understood and how far it may go. The zero value is right for most.
type QueryOptions struct {
	Lang         string              // "" or "sparql", or a name of Options.Languages
	Base         string              // IRI against which relative ones resolve
	Prefixes     *rdf.Prefixes       // predeclared; the query's own win
	Params       map[string]rdf.Term // variables bound from the start, by name without "?"; those that the query does not have bind nothing
	DefaultGraph DefaultGraph
	From         []rdf.Term // with FromNamed, the dataset of the query, whatever it says itself (SPARQL 1.1 Protocol §2.1.4)
	FromNamed    []rdf.Term
	Timeout      time.Duration // 0: none
	Memory       int64         // bytes for sorts, hash tables and the like; 0: no limit
	Threads      int           // 0: all processors
	Profile      bool          // measure time by operator; see Result.Profile
	Service      Service       // asks other endpoints for SERVICE; nil: that is refused, since a query could otherwise reach any address

	noPlanCache bool // plan the query anew, for tests
}

// Query runs a query on the present state. The caller closes the result, or reads it to its end.
//
// Errors: *sparql.SyntaxError, [ErrLanguage], [ErrLimit], [ErrClosed], ctx.Err(); those of the run may come from the result's
// iterators instead.
func (db *DB) Query(ctx context.Context, text string, opt QueryOptions) (*Result, error) {
	snap := db.Snapshot()
	res, err := snap.Query(ctx, text, opt)
	if err != nil {
		snap.Close()
		return nil, err
	}
	res.closers = append(res.closers, snap.Close)
	return res, nil
}

// Query runs a query on the snapshot; see [DB.Query].
func (s *Snapshot) Query(ctx context.Context, text string, opt QueryOptions) (*Result, error) {
	if err := s.snap.Err(); err != nil {
		return nil, err
	}
	if err := checkParams(opt.Params); err != nil {
		return nil, err
	}
	if l, err := language(s.languages, opt.Lang); err != nil {
		return nil, err
	} else if l != nil {
		return s.query(ctx, l, text, opt)
	}
	params := slices.Sorted(maps.Keys(opt.Params))
	cancel := func() {}
	if opt.Timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, opt.Timeout)
	}
	made, err := s.plans.planned(ctx, s.snap, text, opt, params)
	if err != nil {
		cancel()
		return nil, timeoutError(err, opt.Timeout)
	}
	q, p := made.query, made.plan
	initial := make([]rdf.Term, len(params))
	for i, name := range params {
		initial[i] = opt.Params[name]
	}
	rows, err := exec.Run(ctx, p, s.snap, exec.Options{
		Memory: opt.Memory, Threads: opt.Threads, Base: q.Base, Initial: initial, Profile: opt.Profile, Service: opt.Service,
	})
	if err != nil {
		cancel()
		return nil, timeoutError(err, opt.Timeout)
	}
	r := &Result{query: q, plan: p, rows: rows, snap: s.snap, ctx: ctx, opt: opt, closers: []func(){cancel}}
	return r, r.start()
}

// checkParams refuses parameters that would bind nothing.
func checkParams(params map[string]rdf.Term) error {
	for name, value := range params {
		switch {
		case name == "" || strings.ContainsAny(name[:1], "?$"):
			return fmt.Errorf("parameter %q: expected the name of a variable without ? or $", name)
		case value.IsZero():
			return fmt.Errorf("parameter %q: the zero Term is no value; leave it out instead", name)
		}
	}
	return nil
}

// Explain returns the plan of a query with its estimates, as text. It does not run the query.
func (db *DB) Explain(ctx context.Context, text string, opt QueryOptions) (string, error) {
	snap := db.store.Snapshot()
	defer snap.Close()
	if err := snap.Err(); err != nil {
		return "", err
	}
	if l, err := language(db.languages, opt.Lang); err != nil {
		return "", err
	} else if l != nil {
		return l.Explain(ctx, snap, text, opt)
	}
	q, err := parse(text, opt)
	if err != nil {
		return "", err
	}
	p, err := plan.Build(ctx, q, snap, planOptions(opt, slices.Sorted(maps.Keys(opt.Params))))
	if err != nil {
		return "", err
	}
	return p.Explain(nil), nil
}

// ExplainTree is [DB.Explain] for programs that show a plan themselves: as JSON, or as a picture.
// Errors: those of Explain, and [ErrLanguage] for a language that has no plans of that kind.
func (db *DB) ExplainTree(ctx context.Context, text string, opt QueryOptions) (*Operator, error) {
	if l, err := language(db.languages, opt.Lang); err != nil {
		return nil, err
	} else if l != nil {
		return nil, errTree(opt.Lang)
	}
	snap := db.store.Snapshot()
	defer snap.Close()
	q, err := parse(text, opt)
	if err != nil {
		return nil, err
	}
	p, err := plan.Build(ctx, q, snap, planOptions(opt, slices.Sorted(maps.Keys(opt.Params))))
	if err != nil {
		return nil, err
	}
	return p.Tree(nil), nil
}

// Operator is one operator of a plan, with its inputs.
type Operator = plan.Operator

func errTree(lang string) error {
	return fmt.Errorf("%w: plans of %s queries are shown as text only", ErrLanguage, lang)
}

func parse(text string, opt QueryOptions) (*sparql.Query, error) {
	return sparql.ParseQuery(text, sparql.Options{Base: opt.Base, Prefixes: opt.Prefixes})
}

func planOptions(opt QueryOptions, params []string) plan.Options {
	o := plan.Options{DefaultGraph: planGraph(opt.DefaultGraph), From: opt.From, FromNamed: opt.FromNamed}
	for _, name := range params {
		o.Params = append(o.Params, sparql.Var(name))
	}
	return o
}

func planGraph(d DefaultGraph) plan.DefaultGraph {
	if d == Strict {
		return plan.Strict
	}
	return plan.UnionOfAll
}

// timeoutError says how long a query was allowed to run.
func timeoutError(err error, timeout time.Duration) error {
	if timeout > 0 && errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: more than %s", ErrLimit, timeout)
	}
	return err
}

// namedGraphs returns the names of all named graphs.
func namedGraphs(ctx context.Context, snap *store.Snapshot) ([]rdf.Term, error) {
	var names []rdf.Term
	var b store.Batch
	for next := store.None + 1; ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		scan := snap.Scan(store.GSPO)
		scan.Range(next, store.MaxID)
		more, err := scan.Next(&b)
		scan.Close()
		if err != nil || !more {
			return names, err
		}
		// A batch holds the end of no graph or of several: take each that it shows, and look on after the last.
		for i, id := range b.Cols[0] {
			if i > 0 && id == b.Cols[0][i-1] {
				continue
			}
			t, err := snap.Term(id)
			if err != nil {
				return nil, err
			}
			names = append(names, t)
		}
		next = b.Cols[0][b.N-1] + 1
	}
}
