package sparql

import "sett/graph/rdf"

// Query is a parsed query and its translation to the algebra.
type Query struct {
	Form Form
	// Vars is what a SELECT projects, in order; * is expanded, in the order in which the text first names them. It is
	// empty for other forms.
	Vars []Var
	// Where is the algebra of the whole query: the pattern, and around it grouping, HAVING, the trailing VALUES, AS,
	// ORDER BY, the projection of a SELECT, DISTINCT, LIMIT and OFFSET. It is never nil.
	Where Node
	// Template is the template of a CONSTRUCT; G is always zero. Blank nodes in it are new ones for each solution.
	Template []QuadPattern
	// Describe is what a DESCRIBE describes: IRIs and variables of Where (* is expanded).
	Describe []PatternTerm
	Dataset  Dataset
	Prefixes *rdf.Prefixes // those in force at the end of the query, the predeclared among them
	Base     string        // the base IRI in force at the end of the prologue
	Version  string        // what VERSION announced, SPARQL 1.2 §4.1.4; "" when it did not
	Warnings []Warning

	tree *queryTree
}

// Form is the form of a query, §16.
type Form uint8

const (
	Select Form = iota
	Construct
	Describe
	Ask
)

// String returns the keyword.
func (f Form) String() string { return [...]string{"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"}[f] }

// Dataset is the dataset that FROM and FROM NAMED describe, §13.2, or USING and USING NAMED. Zero: the query leaves the
// choice to the caller.
type Dataset struct{ From, FromNamed []rdf.Term }

// IsZero reports whether the query described no dataset.
func (d Dataset) IsZero() bool { return len(d.From)+len(d.FromNamed) == 0 }

// Options are what a query is read with. The zero value has no base and no prefixes.
type Options struct {
	Base     string        // the base IRI that relative IRIs are resolved against; the query's own BASE wins
	Prefixes *rdf.Prefixes // predeclared prefixes; the query's own win. Not changed.
}

// Warning is something suspicious in a correct query.
type Warning struct {
	Line, Column int // from 1, columns in code points
	Pos
	Msg  string
	Text string // the line itself
}

// String returns line, column and message, then the line with a caret under the place, as errors do.
func (w Warning) String() string {
	return "warning: " + (&SyntaxError{Line: w.Line, Column: w.Column, Msg: w.Msg, Text: w.Text}).Error()
}
