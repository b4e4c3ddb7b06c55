package graph

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"

	"sett/graph/exec"
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// Form is the form of a query, SPARQL 1.1 §16.
type Form uint8

const (
	Select Form = iota
	Ask
	Construct
	Describe
)

var forms = map[sparql.Form]Form{sparql.Select: Select, sparql.Ask: Ask, sparql.Construct: Construct, sparql.Describe: Describe}

// Result is what a query gives: solutions of a SELECT ([Result.All]), Bool of an ASK, quads of a CONSTRUCT or DESCRIBE
// ([Result.Quads]). A Language's queries have solutions. Solutions and quads come as they are computed, once, and to one goroutine. The end of the iterator,
// an early break of it, or Close releases what the result holds.
type Result struct {
	Form Form
	Vars []string // of a SELECT, in order
	Bool bool     // of an ASK

	ctx     context.Context
	query   *sparql.Query
	plan    *plan.Plan
	rows    *exec.Rows
	other   LanguageRows // instead of query, plan and rows
	snap    *store.Snapshot
	opt     QueryOptions
	closers []func()
	report  string        // Profile of other, once it is closed
	actual  []plan.Actual // of rows, once they are closed
}

// Solution is one row: a term a variable. It holds until the next row; its terms stay valid.
type Solution struct {
	vars  []string
	terms []rdf.Term
}

// Get returns the term that a variable is bound to, the zero Term if it is not bound or not there. The name is without "?".
func (s Solution) Get(name string) rdf.Term {
	if i := slices.Index(s.vars, name); i >= 0 {
		return s.terms[i]
	}
	return rdf.Term{}
}

// Terms returns the terms in the order of Result.Vars, the zero Term for unbound ones. The slice is the iterator's: it
// holds until the next row.
func (s Solution) Terms() []rdf.Term { return s.terms }

// start fills in what is known before the first row, for an ASK the answer.
func (r *Result) start() error {
	r.Form = forms[r.query.Form]
	switch r.Form {
	case Select:
		for _, v := range r.rows.Vars() {
			r.Vars = append(r.Vars, string(v))
		}
	case Ask:
		b, err := r.rows.Next()
		r.Bool = b != nil
		r.Close()
		return timeoutError(err, r.opt.Timeout)
	}
	return nil
}

// All yields the solutions of a SELECT, in order. After an error, which comes last, there is no more. Errors:
// [ErrLimit], [ErrClosed], [ErrSpent], ctx.Err(), [ErrCorrupt]; one for a query that is no SELECT.
func (r *Result) All() iter.Seq2[Solution, error] {
	if r.other != nil {
		return r.otherRows()
	}
	return func(yield func(Solution, error) bool) {
		if err := r.readable(Select); err != nil {
			yield(Solution{}, err)
			return
		}
		defer r.Close()
		s := Solution{vars: r.Vars, terms: make([]rdf.Term, len(r.Vars))}
		columns := make([][]rdf.Term, len(r.Vars))
		for {
			if r.rows == nil { // closed by the caller in the midst of the rows
				yield(Solution{}, ErrSpent)
				return
			}
			b, err := r.rows.Next()
			if err != nil {
				yield(Solution{}, timeoutError(err, r.opt.Timeout))
				return
			}
			if b == nil {
				return
			}
			if err := r.rows.Columns(b, columns); err != nil {
				yield(Solution{}, err)
				return
			}
			for i := range b.N {
				for c := range columns {
					s.terms[c] = columns[c][i]
				}
				if !yield(s, nil) {
					return
				}
			}
		}
	}
}

// Rows returns all solutions of a SELECT query, each with its terms in the order of Vars and the zero term where a variable is
// unbound, and closes the result.
func (r *Result) Rows() ([][]rdf.Term, error) {
	defer r.Close()
	var rows [][]rdf.Term
	for s, err := range r.All() {
		if err != nil {
			return nil, err
		}
		rows = append(rows, slices.Clone(s.terms))
	}
	return rows, nil
}

// readable returns nil if there is something of the forms to read.
func (r *Result) readable(want ...Form) error {
	switch {
	case !slices.Contains(want, r.Form):
		return errors.New([...]string{
			Select:    "a SELECT query yields rows, not quads: read Result.All",
			Ask:       "an ASK query yields neither rows nor quads: its answer is Result.Bool",
			Construct: "a CONSTRUCT query yields quads, not rows: read Result.Quads",
			Describe:  "a DESCRIBE query yields quads, not rows: read Result.Quads",
		}[r.Form])
	case r.rows == nil:
		return ErrSpent
	}
	return nil
}

// quadBytes is about what a quad takes that is remembered, beside its text.
const quadBytes = 48

// Quads yields the triples of a CONSTRUCT or DESCRIBE, each once, in the default graph. Those that have been yielded are remembered, within the query's
// memory. Errors: those of [Result.All].
func (r *Result) Quads() iter.Seq2[rdf.Quad, error] {
	return func(yield func(rdf.Quad, error) bool) {
		if err := r.readable(Construct, Describe); err != nil {
			yield(rdf.Quad{}, err)
			return
		}
		defer r.Close()
		rows, more := r.rows, true // the caller may close the result in the midst of it
		var full error
		seen := map[string]bool{}
		emit := func(q rdf.Quad) bool {
			k := q.String()
			if seen[k] {
				return true
			}
			if full = rows.Hold(int64(len(k) + quadBytes)); full != nil {
				return false
			}
			seen[k] = true
			more = yield(q, nil)
			return more
		}
		var err error
		switch r.Form {
		case Construct:
			err = r.construct(emit)
		case Describe:
			err = r.describe(emit)
		}
		if err = cmp.Or(full, err); err != nil && more {
			yield(rdf.Quad{}, timeoutError(err, r.opt.Timeout))
		}
	}
}

// construct emits the template's triples for each solution, SPARQL 1.1 §16.2.
func (r *Result) construct(emit func(rdf.Quad) bool) error {
	made := 0
	fresh := func() rdf.Term {
		made++
		return rdf.NewBlank("c" + strconv.Itoa(made))
	}
	return solutions(r.rows, func(value func(sparql.Var) rdf.Term) bool {
		blank := renaming(fresh)
		for _, p := range r.query.Template {
			if q, ok := instance(p, value, blank); ok && !emit(q) {
				return false
			}
		}
		return true
	})
}

// describe emits the description of each resource that the query names or finds.
func (r *Result) describe(emit func(rdf.Quad) bool) error {
	seen := map[store.ID]bool{}
	strict := r.opt.DefaultGraph == Strict
	var failed error
	each := func(t rdf.Term) bool {
		var more bool
		more, failed = describe(r.ctx, r.snap, t, strict, seen, emit)
		return more && failed == nil
	}
	for _, d := range r.query.Describe {
		if d.IsTerm() && !each(d.Term) {
			return failed
		}
	}
	err := solutions(r.rows, func(value func(sparql.Var) rdf.Term) bool {
		for _, d := range r.query.Describe {
			if d.IsVar() {
				if t := value(d.Var); !t.IsZero() && !each(t) {
					return false
				}
			}
		}
		return true
	})
	return errors.Join(failed, err)
}

// Profile returns the plan with what each operator did: rows and, if QueryOptions.Profile was set, time. It is complete
// once the result has been read to its end.
func (r *Result) Profile() string {
	if r.other != nil {
		return r.other.Profile()
	}
	if r.plan != nil {
		return r.plan.Explain(r.done())
	}
	return r.report
}

// done returns what the operators did so far.
func (r *Result) done() []plan.Actual {
	if r.rows != nil {
		return r.rows.Actual()
	}
	return r.actual
}

// ProfileTree is [Result.Profile] for programs that show the plan themselves. Errors: [ErrLanguage] for a language that has no
// plans of that kind.
func (r *Result) ProfileTree() (*Operator, error) {
	if r.plan == nil {
		return nil, errTree(r.opt.Lang)
	}
	return r.plan.Tree(r.done()), nil
}

// Warnings returns what is suspicious in the query, such as a variable that can never be bound.
func (r *Result) Warnings() []sparql.Warning {
	if r.query == nil {
		return nil
	}
	return r.query.Warnings
}

// Close ends the query and releases what it holds. It may be called more than once.
func (r *Result) Close() error {
	switch {
	case r.other != nil:
		r.report = r.other.Profile()
		r.other.Close()
		r.other = nil
	case r.rows != nil:
		r.actual = r.rows.Actual()
		r.rows.Close()
		r.rows = nil
	default:
		return nil
	}
	for _, c := range r.closers {
		c()
	}
	return nil
}
