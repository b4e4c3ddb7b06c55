package plan

import (
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// Node is an operator of a plan: a pointer to one of the structs of this package that embed [Info].
type Node interface {
	// Head returns what all operators have in common.
	Head() *Info
	// Inputs returns the operators this one reads, in order.
	Inputs() []Node
}

// Info is what is known of an operator's rows.
type Info struct {
	ID     int     // number in the plan, from 0 at the root, depth first
	Cols   []Slot  // the columns, each slot once
	Sure   VarSet  // the columns that are bound in every row
	Sorted []Slot  // rows ascend by these columns' ids, the first one first
	Rows   float64 // estimated rows
	Cost   float64 // estimated work with that of the inputs; 1 is about a row scanned

	distinct map[Slot]float64 // estimated distinct values; Rows where there is none
}

// Head returns the receiver.
func (i *Info) Head() *Info { return i }

// Has reports whether a slot is among the columns.
func (i *Info) Has(s Slot) bool { return i.Col(s) >= 0 }

// Col returns a slot's column, or -1.
func (i *Info) Col(s Slot) int {
	for c, t := range i.Cols {
		if s == t {
			return c
		}
	}
	return -1
}

// All returns the columns as a set.
func (i *Info) All() VarSet { return Vars(i.Cols...) }

// Ref is one position of a pattern: a constant, a variable, a register or anything at all.
type Ref struct {
	Kind RefKind
	ID   store.ID // of a constant
	Slot Slot     // of a variable or a register
}

// RefKind tells what a [Ref] is.
type RefKind uint8

const (
	RefAny   RefKind = iota // any term, not kept
	RefConst                // a term of the store
	RefVar                  // a variable, which is a column here or in the input
	RefReg                  // a variable that has one value while the operator runs: EXISTS, GRAPH
)

// GraphKind says which graphs a pattern reads.
type GraphKind uint8

const (
	GraphOne   GraphKind = iota // one graph: Graph.Ref, a constant (store.None: the default graph) or a register
	GraphUnion                  // all graphs, as one set of triples
	GraphSome                   // the graphs Graph.IDs, as one set of triples
	GraphEvery                  // each named graph apart; Graph.Ref, a variable, is its name; IDs limits them if not nil
	GraphQuads                  // all graphs, a triple once for each graph that has it
	GraphSole                   // the default graph, which is all that the store has
)

// Graph is the graphs that a pattern reads.
type Graph struct {
	Kind GraphKind
	Ref  Ref
	IDs  []store.ID // ascending
}

// Pattern is a triple pattern of ids.
type Pattern struct {
	S, P, O Ref
	Graph   Graph
	Text    string // as in the query
}

// Ref returns the position of a column.
func (p *Pattern) Ref(c store.Column) Ref {
	switch c {
	case store.S:
		return p.S
	case store.P:
		return p.P
	case store.O:
		return p.O
	}
	if p.Graph.Kind == GraphOne || p.Graph.Kind == GraphEvery {
		return p.Graph.Ref
	}
	return Ref{}
}

// Expr is an expression of the query, with the plans of the EXISTS inside it.
type Expr struct {
	Expr   sparql.Expr
	Slots  map[sparql.Var]Slot // of its variables
	Exists map[*sparql.ExprExists]*Exists

	keeps float64 // the part of the rows for which it holds, as a condition, if that has been counted; otherwise 0
}

// Exists is the plan of a pattern within EXISTS. It runs once for each distinct row of the registers.
type Exists struct {
	Root Node
	Regs []Slot // variables of the outer row that the pattern mentions
}

// Values yields rows of terms; one row of no columns is the join identity.
type Values struct {
	Info
	Terms [][]rdf.Term // a row, a column
}

// Registers yields one row: the present values of registers, unbound where they have none.
type Registers struct {
	Info
}

// Scan reads a pattern from one order of the store.
type Scan struct {
	Info
	Pattern Pattern
	Order   store.Order
	Prefix  int       // leading columns of Order that are constants or registers
	Ranges  []IDRange // limits on the first column after the prefix, ascending; none if nil
	Skip    uint64    // rows that are passed over by the counts of pages; only where there are no ranges

	exact bool // Rows is what the conditions behind Ranges leave
}

// IndexJoin looks each row of its input up in an order of the store.
type IndexJoin struct {
	Info
	Input   Node
	Pattern Pattern
	Order   store.Order
	Prefix  int // leading columns of Order that are constants, registers or columns of the input
}

// MergeJoin joins two inputs that are sorted by the same variable. Other shared variables are compared.
type MergeJoin struct {
	Info
	Kind        JoinKind // not Minus
	Left, Right Node
	Key         Slot
	Shared      []Slot // shared variables besides Key, bound on both sides
}

// MultiJoin joins relations of one or two variables, all of them at once: it binds one variable after the other, each
// to the values that all relations agree on (leapfrog triejoin, Veldhuizen 2014). Of its variables the first Keys come
// out; each row of these comes once, with the number of ways to bind the rest if Count is not NoSlot. The rest is
// counted without making rows: variables that do not depend on each other are multiplied (factorised counting).
type MultiJoin struct {
	Info
	Parts []Node // each of one or two columns, all bound, no row twice
	Vars  []Slot // in the order in which they are to be bound; once the relations are read, Arrange may know a better one
	Keys  int    // how many of Vars come out
	Count Slot   // NoSlot: none. Without keys there is always one row then
}

// KeyScan yields the distinct values of the first Keys columns behind an order's prefix, ascending, and how many
// triples have each if Count is not NoSlot. Without keys it is one count.
type KeyScan struct {
	Info
	Pattern Pattern
	Order   store.Order
	Prefix  int
	Keys    int
	Count   Slot
	Merged  bool // all graphs are asked as one, so that rows of one triple count once
}

// NoSlot is no variable.
const NoSlot Slot = -1

// JoinKind says which rows a join keeps.
type JoinKind uint8

const (
	Inner JoinKind = iota
	Left           // OPTIONAL: left rows without a partner stay, SPARQL 1.1 §18.5 LeftJoin
	Semi           // left rows that have a partner, once each
	Anti           // left rows that have none
	Minus          // left rows without a partner that shares a bound variable, §18.5 Minus
)

// String returns the kind's name.
func (k JoinKind) String() string { return [...]string{"inner", "left", "semi", "anti", "minus"}[k] }

// HashJoin puts its right input into a hash table and streams its left input past it. Variables that may be unbound on
// either side are compared by compatibility (SPARQL 1.1 §18.3): unbound fits everything.
type HashJoin struct {
	Info
	Kind        JoinKind
	Left, Right Node
	Shared      []Slot // variables of both inputs
	Loose       bool   // one of Shared may be unbound
	Cond        *Expr  // of OPTIONAL, over the joined row; may be nil
}

// Apply runs its right plan over batches of left rows, which enter it through a [Batched] leaf, and marks the rows
// that come out.
type Apply struct {
	Info
	Kind        JoinKind // Inner, Left, Semi or Anti
	Left, Right Node
	Source      *Batched // the leaf of Right, of each of its branches

	// Left rows that leave one of Maybe unbound cannot be looked up: they enter Loose, all of them at the end, through Unbound.
	// Loose is nil where there are none.
	Maybe   []Slot
	Loose   Node
	Unbound *Batched
}

// Batched is the leaf through which [Apply] feeds left rows to its right plan; Row numbers them.
type Batched struct {
	Info
	Row Slot
}

// Filter keeps the rows for which the conditions all have the effective boolean value true.
type Filter struct {
	Info
	Input Node
	Conds []*Expr
}

// Extend binds a variable to an expression's value; an error leaves it unbound (SPARQL 1.1 §18.5 Extend).
type Extend struct {
	Info
	Input Node
	Var   Slot
	Expr  *Expr
}

// Unpack takes triple terms apart: rows whose Term is a triple term that fits S, P and O stay, with the variables among
// these bound (SPARQL 1.2 §18, triple terms with variables).
type Unpack struct {
	Info
	Input   Node
	Term    Ref
	S, P, O UnpackRef
}

// UnpackRef is a position of a triple term pattern: a variable or a register, or a term where Term is not zero.
type UnpackRef struct {
	Ref
	Term rdf.Term
}

// Union yields the rows of its inputs one after the other.
type Union struct {
	Info
	Branches []Node
}

// GraphEach runs its input once for each named graph, with the register Reg set to it, and binds Var to the graph.
type GraphEach struct {
	Info
	Input Node
	Reg   Slot
	Var   Ref        // a variable, or a register that says which graph it must be
	IDs   []store.ID // limits the graphs if not nil
}

// Path yields the pairs of nodes that a property path of unbounded length connects, each pair once (SPARQL 1.1 §18.4).
// With an Input, ends that are variables of it are looked up for each row.
type Path struct {
	Info
	Input Node // may be nil
	S, O  PathEnd
	Step  *Step // what is repeated
	Min   int   // 0 or 1
	Max   int   // 1, or 0 for any number
	Graph Graph // GraphOne, GraphUnion or GraphSome
	Text  string
}

// PathEnd is an end of a path: a variable, register, or a term that need not be in the store.
type PathEnd struct {
	Ref
	Term  rdf.Term
	Maybe bool // a variable that is a register where it has a value: then it stands for a term, which is connected with itself wherever it is from
}

// StepKind tells the kinds of [Step].
type StepKind uint8

const (
	StepLink   StepKind = iota // one triple with predicate Pred
	StepNot                    // one triple whose predicate is none of Not
	StepSeq                    // Parts one after the other
	StepAlt                    // any of Parts
	StepRepeat                 // Parts[0], Min to Max times
)

// Step is a property path as a relation between nodes: a set, without multiplicity.
type Step struct {
	Kind    StepKind
	Inverse bool     // of StepLink and StepNot
	Pred    store.ID // store.None if no triple has it
	Not     []store.ID
	Parts   []*Step
	Min     int
	Max     int // 0: any number
}

// Group groups rows by keys and computes aggregates (SPARQL 1.1 §18.5 Aggregation). Without keys there is one group,
// even of no rows.
type Group struct {
	Info
	Input  Node
	Keys   []GroupKey
	Aggs   []Aggregate
	Single bool // no GROUP BY: always one row
}

// GroupKey is a variable to group by, computed by Expr if that is not nil.
type GroupKey struct {
	Var  Slot
	Expr *Expr
}

// Aggregate is one aggregate of a [Group].
type Aggregate struct {
	Var       Slot
	Func      string // COUNT, SUM, … as in sparql.Aggregate
	Distinct  bool
	Arg       *Expr  // nil: COUNT(*)
	Row       []Slot // of COUNT(DISTINCT *): the variables in scope
	Separator string // of GROUP_CONCAT
}

// Distinct drops rows seen before.
type Distinct struct {
	Info
	Input Node
}

// OrderBy sorts rows (SPARQL 1.1 §15.1). With Top ≥ 0 it keeps the first Top only.
type OrderBy struct {
	Info
	Input Node
	Keys  []OrderKey
	Top   int64
}

// OrderKey is one sort key.
type OrderKey struct {
	Expr *Expr
	Desc bool
}

// Slice skips Offset rows and yields at most Limit (-1: all).
type Slice struct {
	Info
	Input         Node
	Offset, Limit int64
}

// Project keeps the columns Cols.
type Project struct {
	Info
	Input Node
}

func (*Values) Inputs() []Node      { return nil }
func (*Registers) Inputs() []Node   { return nil }
func (*Scan) Inputs() []Node        { return nil }
func (n *IndexJoin) Inputs() []Node { return []Node{n.Input} }
func (n *MergeJoin) Inputs() []Node { return []Node{n.Left, n.Right} }
func (n *MultiJoin) Inputs() []Node { return n.Parts }
func (*KeyScan) Inputs() []Node     { return nil }
func (n *HashJoin) Inputs() []Node  { return []Node{n.Left, n.Right} }
func (n *Apply) Inputs() []Node {
	if n.Loose == nil {
		return []Node{n.Left, n.Right}
	}
	return []Node{n.Left, n.Right, n.Loose}
}
func (*Batched) Inputs() []Node     { return nil }
func (n *Filter) Inputs() []Node    { return []Node{n.Input} }
func (n *Extend) Inputs() []Node    { return []Node{n.Input} }
func (n *Unpack) Inputs() []Node    { return []Node{n.Input} }
func (n *Union) Inputs() []Node     { return n.Branches }
func (n *GraphEach) Inputs() []Node { return []Node{n.Input} }
func (n *Path) Inputs() []Node {
	if n.Input == nil {
		return nil
	}
	return []Node{n.Input}
}
func (n *Group) Inputs() []Node    { return []Node{n.Input} }
func (n *Distinct) Inputs() []Node { return []Node{n.Input} }
func (n *OrderBy) Inputs() []Node  { return []Node{n.Input} }
func (n *Slice) Inputs() []Node    { return []Node{n.Input} }
func (n *Project) Inputs() []Node  { return []Node{n.Input} }
