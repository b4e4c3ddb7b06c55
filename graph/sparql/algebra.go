package sparql

import "sett/graph/rdf"

// Var is the name of a variable, without its ? or $. Names that start with "_:" stand for blank nodes of a pattern
// ("_:b") and for variables that the translation makes ("_:.1"): they bind like any other, but are in no one's scope,
// so that SELECT * leaves them out. No label starts with a full stop, so the two cannot meet.
type Var string

// Hidden reports whether v is a blank node's or a generated variable, which cannot be projected.
func (v Var) Hidden() bool { return len(v) > 1 && v[0] == '_' && v[1] == ':' }

// String returns the variable as it is written: ?name, or the name itself when it is hidden.
func (v Var) String() string {
	if v.Hidden() {
		return string(v)
	}
	return "?" + string(v)
}

// Pos is the place of a node in the text: bytes Start up to, not including, End. It is zero for what the translation
// made up.
type Pos struct{ Start, End int }

// Range returns the place itself; nodes that embed Pos have the method from it.
func (p Pos) Range() Pos { return p }

// PatternTerm is one position of a pattern: a variable, a term, or a triple pattern (a triple term with a variable
// somewhere inside; without any it is a Term). Exactly one of the fields is set; none for the default graph of a
// [QuadPattern]. In a WHERE clause blank nodes are hidden variables; in a template (CONSTRUCT, INSERT) they are blank
// node Terms, of which each solution makes new ones.
type PatternTerm struct {
	Var    Var
	Term   rdf.Term
	Triple *TriplePattern
	Pos
}

// IsVar reports whether the position is a variable.
func (t PatternTerm) IsVar() bool { return t.Var != "" }

// IsTerm reports whether the position is a term.
func (t PatternTerm) IsTerm() bool { return !t.Term.IsZero() }

// IsZero reports whether nothing is there: the default graph.
func (t PatternTerm) IsZero() bool { return t.Var == "" && t.Term.IsZero() && t.Triple == nil }

// TriplePattern is a triple with variables: SPARQL 1.1 §18.1.5, SPARQL 1.2 §18.1.6.
type TriplePattern struct {
	S, P, O PatternTerm
	Pos
}

// QuadPattern is a triple of a template and the graph it is for; a zero G is the default graph (or that of WITH).
type QuadPattern struct {
	S, P, O, G PatternTerm
	Pos
}

// Node is an operator of the algebra, SPARQL 1.1 §18.2 and §18.5: one of the pointers to the types of this file.
// A node and what hangs from it are shared by nobody and not changed by this package once returned.
type Node interface {
	node()
	String() string // the s-expression, on several lines
}

// BGP is a basic graph pattern, §18.1.6. Without patterns it is the empty group: one solution that binds nothing.
type BGP struct{ Patterns []TriplePattern }

// Path is a property path pattern that is not simple enough to be triple patterns, §18.1.7 and §18.4. Sequences,
// inverses and plain IRIs at the outside are gone already (§18.2.2.4).
type Path struct {
	S    PatternTerm
	Path PathExpr
	O    PatternTerm
	Pos
}

// Join is Join(L, R), §18.5.
type Join struct{ L, R Node }

// LeftJoin is LeftJoin(L, R, Cond), of OPTIONAL: §18.5. Cond sees the variables of both sides; nil is true.
type LeftJoin struct {
	L, R Node
	Cond Expr
}

// Filter keeps the solutions whose condition has the effective boolean value true, §18.5; an error is not true.
type Filter struct {
	Input Node
	Cond  Expr
}

// Union is Union(L, R), §18.5: all solutions of both.
type Union struct{ L, R Node }

// Minus is Minus(L, R), §18.5.
type Minus struct{ L, R Node }

// Extend binds Var to the value of Expr, of BIND and of SELECT's AS: §18.5. An error leaves it unbound. The variable
// is new: the parser has refused one that was in scope.
type Extend struct {
	Input Node
	Var   Var
	Expr  Expr
}

// Values is inline data, §10.2 and §18.2.2.8: a column a variable, the zero Term is UNDEF. Terms are IRIs, literals
// and ground triple terms.
type Values struct {
	Vars []Var
	Rows [][]rdf.Term
	Pos
}

// Graph evaluates Input in the graph of that name, or in each named graph of the dataset when Name is a variable,
// which it then binds: §18.5, §13.3.
type Graph struct {
	Name  PatternTerm
	Input Node
}

// Service evaluates a pattern at another endpoint: SPARQL 1.1 Federated Query §4. Text is the group graph pattern to
// send, braces included, with absolute IRIs only.
type Service struct {
	Name   PatternTerm
	Silent bool
	Input  Node
	Text   string
	Pos
}

// Group is grouping and the aggregates over its groups in one node: Group, Aggregation and AggregateJoin of §18.5.1.
// Its solutions bind the variables of the keys and of the aggregates, and no others. Without Keys everything is one
// group, which is there even when Input is empty; with keys an empty input has no groups.
type Group struct {
	Input      Node
	Keys       []GroupKey
	Aggregates []Aggregate
}

// GroupKey is one grouping condition: the value of Expr over Input, or none on an error, which is a key too. Var is what
// the group's solution calls it: the variable itself for GROUP BY ?v (Expr is then that variable), a hidden one for
// GROUP BY of an expression. GROUP BY (expr AS ?v) is an [Extend] below the Group and the key ?v.
type GroupKey struct {
	Var  Var
	Expr Expr
}

// Aggregate is one aggregate of a Group, §18.5.1.1 to §18.5.1.8, its result called Var (hidden). No Args is COUNT(*).
type Aggregate struct {
	Var       Var
	Func      string // upper-case: COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT
	Distinct  bool
	Args      []Expr
	Separator string // of GROUP_CONCAT; " " when the query gives none
}

// OrderBy sorts by its keys, first to last: §15.1, §18.5.
type OrderBy struct {
	Input Node
	Keys  []OrderKey
}

// OrderKey is one ordering condition.
type OrderKey struct {
	Expr Expr
	Desc bool
}

// Project keeps Vars and drops the other bindings, §18.5. It is the outside of every SELECT, subqueries included, but
// for Distinct, Reduced and Slice around it.
type Project struct {
	Input Node
	Vars  []Var
}

// Distinct drops repeated solutions, §18.5.
type Distinct struct{ Input Node }

// Reduced may drop repeated solutions, §18.5.
type Reduced struct{ Input Node }

// Slice skips Offset solutions and then keeps Limit of them, all if Limit is -1: §18.5.
type Slice struct {
	Input         Node
	Offset, Limit int64
}

func (*BGP) node()      {}
func (*Path) node()     {}
func (*Join) node()     {}
func (*LeftJoin) node() {}
func (*Filter) node()   {}
func (*Union) node()    {}
func (*Minus) node()    {}
func (*Extend) node()   {}
func (*Values) node()   {}
func (*Graph) node()    {}
func (*Service) node()  {}
func (*Group) node()    {}
func (*OrderBy) node()  {}
func (*Project) node()  {}
func (*Distinct) node() {}
func (*Reduced) node()  {}
func (*Slice) node()    {}
