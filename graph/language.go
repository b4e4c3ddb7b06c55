package graph

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"sett/graph/rdf"
	"sett/graph/store"
)

// Language is a query language besides SPARQL, for [Options].Languages. Package cayley has some. Its methods are given a
// state and the options of the query; the time limit is in the context already.
type Language interface {
	// Query starts a query. The state is held until its rows are closed.
	Query(ctx context.Context, snap *store.Snapshot, text string, opt QueryOptions) (LanguageRows, error)
	// Explain returns a query's plan as text, without running it.
	Explain(ctx context.Context, snap *store.Snapshot, text string, opt QueryOptions) (string, error)
}

// LanguageRows are the rows of a [Language]'s query, for one goroutine.
type LanguageRows interface {
	Vars() []string              // names of the columns
	Next() ([][]rdf.Term, error) // the next rows, a column a variable, valid until the next call; nil at the end
	Profile() string             // the plan with what operators did so far
	Close()                      // may be called more than once
}

// Words returns what may be completed in a language besides SPARQL, in order: names of functions, and behind a point those
// of methods. It returns nil for languages that have none to offer.
func (db *DB) Words(lang string) []string {
	if l, ok := db.languages[lang].(interface{ Words() []string }); ok {
		return l.Words()
	}
	return nil
}

// Whole reports whether a text in a language besides SPARQL is a query, or has an error that no more text behind it could
// mend. It is known of languages that can tell.
func (db *DB) Whole(lang, text string) (whole, known bool) {
	if l, ok := db.languages[lang].(interface{ Whole(string) bool }); ok {
		return l.Whole(text), true
	}
	return false, false
}

// language returns the language that a query is in, nil for SPARQL.
func language(all map[string]Language, name string) (Language, error) {
	if name == "" || name == "sparql" {
		return nil, nil
	}
	if l := all[name]; l != nil {
		return l, nil
	}
	known := append([]string{"sparql"}, slices.Sorted(maps.Keys(all))...)
	return nil, fmt.Errorf("%w: %q; there is %s", ErrLanguage, name, strings.Join(known, ", "))
}

// query runs a query in a language besides SPARQL.
func (s *Snapshot) query(ctx context.Context, l Language, text string, opt QueryOptions) (*Result, error) {
	cancel := func() {}
	if opt.Timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, opt.Timeout)
	}
	rows, err := l.Query(ctx, s.snap, text, opt)
	if err != nil {
		cancel()
		return nil, timeoutError(err, opt.Timeout)
	}
	return &Result{Form: Select, Vars: rows.Vars(), other: rows, ctx: ctx, opt: opt, closers: []func(){cancel}}, nil
}

// otherRows yields the rows of a language besides SPARQL.
func (r *Result) otherRows() iter.Seq2[Solution, error] {
	return func(yield func(Solution, error) bool) {
		defer r.Close()
		s := Solution{vars: r.Vars, terms: make([]rdf.Term, len(r.Vars))}
		for r.other != nil {
			columns, err := r.other.Next()
			if err != nil {
				yield(Solution{}, timeoutError(err, r.opt.Timeout))
				return
			}
			if len(columns) == 0 {
				return
			}
			for i := range columns[0] {
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
