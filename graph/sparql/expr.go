package sparql

import "sett/graph/rdf"

// Expr is an expression, SPARQL 1.1 §17: one of the pointers to the types of this file. The same types serve the
// syntax tree and the algebra; there, [ExprAggregate] is gone (its result is a variable of a [Group]) and the
// Pattern of every [ExprExists] is set.
type Expr interface {
	expr()
	Range() Pos     // the expression's place in the text
	String() string // the s-expression, on one line
}

// ExprVar is a variable.
type ExprVar struct {
	Var Var
	Pos
}

// ExprTerm is a constant: an IRI, a literal, or a ground triple term.
type ExprTerm struct {
	Term rdf.Term
	Pos
}

// ExprUnary is !x, -x or +x.
type ExprUnary struct {
	Op  Op
	Arg Expr
	Pos
}

// ExprBinary is an operator between two operands, §17.3.
type ExprBinary struct {
	Op   Op
	L, R Expr
	Pos
}

// ExprCall is a call of a built-in function or form, §17.4 (Name is its upper-case name in [Functions], IRI empty), or
// of the function that an IRI names, casts among them, §17.5 and §17.6 (IRI is set, Name empty). URI and isURI are
// IRI and ISIRI here, <<( s p o )>> with variables is TRIPLE. BOUND's argument is an [ExprVar].
type ExprCall struct {
	Name     string
	IRI      string
	Distinct bool // iri(DISTINCT …): meant for aggregates of one's own
	Args     []Expr
	Pos
}

// ExprIn is x IN (…) or x NOT IN (…), §17.4.1.9 and §17.4.1.10.
type ExprIn struct {
	Arg  Expr
	List []Expr
	Not  bool
	Pos
}

// ExprExists is EXISTS or NOT EXISTS, §18.6: whether Pattern has a solution once the variables of the solution at hand
// are substituted in it.
type ExprExists struct {
	Pattern Node
	Not     bool
	Pos

	group *groupPattern
}

// ExprAggregate is an aggregate where the query wrote it, §11; only in the syntax tree. A nil Arg is COUNT(*).
type ExprAggregate struct {
	Func      string // as in [Aggregate]
	Distinct  bool
	Arg       Expr
	Separator *string // of GROUP_CONCAT, nil when not given
	Pos
}

func (*ExprVar) expr()       {}
func (*ExprTerm) expr()      {}
func (*ExprUnary) expr()     {}
func (*ExprBinary) expr()    {}
func (*ExprCall) expr()      {}
func (*ExprIn) expr()        {}
func (*ExprExists) expr()    {}
func (*ExprAggregate) expr() {}

// Op is an operator of an expression.
type Op uint8

const (
	OpOr           Op = iota + 1 // ||
	OpAnd                        // &&
	OpEqual                      // =
	OpNotEqual                   // !=
	OpLess                       // <
	OpGreater                    // >
	OpLessEqual                  // <=
	OpGreaterEqual               // >=
	OpAdd                        // + of two
	OpSubtract                   // - of two
	OpMultiply                   // *
	OpDivide                     // /
	OpNot                        // !
	OpPlus                       // + of one
	OpMinus                      // - of one
)

// operators is what each operator looks like and how tightly it binds, loosest first (the grammar's rules [111] to [118]).
var operators = [...]struct {
	text       string
	precedence int
}{
	OpOr: {"||", 1}, OpAnd: {"&&", 2},
	OpEqual: {"=", 3}, OpNotEqual: {"!=", 3}, OpLess: {"<", 3}, OpGreater: {">", 3}, OpLessEqual: {"<=", 3}, OpGreaterEqual: {">=", 3},
	OpAdd: {"+", 4}, OpSubtract: {"-", 4}, OpMultiply: {"*", 5}, OpDivide: {"/", 5},
	OpNot: {"!", 6}, OpPlus: {"+", 6}, OpMinus: {"-", 6},
}

// String returns the operator as it is written.
func (o Op) String() string { return operators[o].text }
