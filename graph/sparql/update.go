package sparql

import "sett/graph/rdf"

// Update is an update request, SPARQL 1.1 Update §3: operations to be run in order, each seeing what those before it did.
type Update struct {
	Operations []Operation
	Prefixes   *rdf.Prefixes // those in force at the end of the request, the predeclared among them
	Base       string        // the base IRI at the end of the request
	Version    string        // what VERSION announced, SPARQL 1.2 §4.1.4; "" when it did not
	Warnings   []Warning

	tree *updateTree
}

// Operation is one operation of a request: one of the pointers to the types of this file.
type Operation interface {
	operation()
	Range() Pos // the operation's place in the text
}

// InsertData is INSERT DATA, §3.1.1. Blank nodes stand for new ones; a label means the same node within the operation.
type InsertData struct {
	Quads []rdf.Quad
	Pos
}

// DeleteData is DELETE DATA, §3.1.2. There are no blank nodes in it.
type DeleteData struct {
	Quads []rdf.Quad
	Pos
}

// Modify is DELETE/INSERT, §3.1.3, and its short form DELETE WHERE. Delete and Insert are templates, instantiated for
// every solution of Where, all deletions before all insertions; Delete has no blank nodes. With is the graph that a zero
// G of a template stands for, and the default graph of Where unless Using is given; zero without WITH.
type Modify struct {
	With           rdf.Term
	Delete, Insert []QuadPattern
	Using          Dataset
	Where          Node
	Pos
}

// Load is LOAD, §3.1.4: into the default graph when Into is zero.
type Load struct {
	Source, Into rdf.Term
	Silent       bool
	Pos
}

// Clear is CLEAR, §3.1.5.
type Clear struct {
	Target GraphTarget
	Silent bool
	Pos
}

// Create is CREATE GRAPH, §3.2.1.
type Create struct {
	Name   rdf.Term
	Silent bool
	Pos
}

// Drop is DROP, §3.2.2.
type Drop struct {
	Target GraphTarget
	Silent bool
	Pos
}

// Copy is COPY, §3.2.3: To is emptied first. A zero graph is the default graph.
type Copy struct {
	From, To rdf.Term
	Silent   bool
	Pos
}

// Move is MOVE, §3.2.4: To is emptied first, From is dropped afterwards. A zero graph is the default graph.
type Move struct {
	From, To rdf.Term
	Silent   bool
	Pos
}

// Add is ADD, §3.2.5. A zero graph is the default graph.
type Add struct {
	From, To rdf.Term
	Silent   bool
	Pos
}

// GraphTarget says which graphs CLEAR and DROP are for. Name is set for OneGraph only.
type GraphTarget struct {
	Kind TargetKind
	Name rdf.Term
}

// TargetKind is a keyword of GraphRefAll.
type TargetKind uint8

const (
	OneGraph     TargetKind = iota // GRAPH <name>
	DefaultGraph                   // DEFAULT
	NamedGraphs                    // NAMED
	AllGraphs                      // ALL
)

func (*InsertData) operation() {}
func (*DeleteData) operation() {}
func (*Modify) operation()     {}
func (*Load) operation()       {}
func (*Clear) operation()      {}
func (*Create) operation()     {}
func (*Drop) operation()       {}
func (*Copy) operation()       {}
func (*Move) operation()       {}
func (*Add) operation()        {}
