package sparql

import "sett/graph/rdf"

// The syntax tree: one type a production of the grammar, or a few of them. It keeps what was written (collections,
// property lists, reifiers), so that it can be printed back; IRIs are resolved in it already.

// queryTree is Query [2]; what the forms have in common is in the selectQuery.
type queryTree struct {
	form     Form
	base     string // of the prologue, "" if it had none
	version  string
	prefixes *rdf.Prefixes
	template []triples     // CONSTRUCT
	short    bool          // CONSTRUCT WHERE
	describe []PatternTerm // DESCRIBE; none is *
	dataset  Dataset
	selectQuery
}

// selectQuery is SubSelect [8]: a SELECT clause with its pattern and modifiers.
type selectQuery struct {
	distinct, reduced bool
	star              bool
	items             []selectItem
	where             *groupPattern // nil for a DESCRIBE without one
	groupBy           []groupCondition
	having            []Expr
	orderBy           []OrderKey
	offset, limit     int64 // limit -1: none
	values            *Values
	Pos
}

// selectItem is ?v or (expr AS ?v).
type selectItem struct {
	v    Var
	expr Expr // nil for ?v
	at   Pos  // of the variable
}

// groupCondition is GroupCondition [20].
type groupCondition struct {
	expr Expr
	v    Var // of AS, or ""
	at   Pos // of the variable
}

// groupPattern is GroupGraphPattern [53].
type groupPattern struct {
	sub      *selectQuery // instead of elements
	elements []element
	Pos
}

// element is a part of a group: TriplesBlock or GraphPatternNotTriples.
type element interface{ Range() Pos }

type (
	// triplesBlock is TriplesBlock [55].
	triplesBlock struct {
		subjects []triples
		Pos
	}
	// alternatives is GroupOrUnionGraphPattern [67].
	alternatives struct {
		groups []*groupPattern
		Pos
	}
	optionalElement struct {
		group *groupPattern
		Pos
	}
	minusElement struct {
		group *groupPattern
		Pos
	}
	graphElement struct {
		name  PatternTerm
		group *groupPattern
		Pos
	}
	serviceElement struct {
		silent bool
		name   PatternTerm
		group  *groupPattern
		Pos
	}
	filterElement struct {
		cond Expr
		Pos
	}
	bindElement struct {
		expr Expr
		v    Var
		at   Pos // of the variable
		Pos
	}
	valuesElement struct{ *Values }
)

// triples is TriplesSameSubject [75] or TriplesSameSubjectPath [81].
type triples struct {
	subject    node
	properties []property
	Pos
}

// property is a verb and its objects.
type property struct {
	verb    PatternTerm // a variable, or zero and path is set
	path    PathExpr
	objects []object
}

// object is Object [80] or ObjectPath [87].
type object struct {
	node        node
	annotations []annotation
}

// annotation is ~ reifier or {| … |}: one of the two.
type annotation struct {
	reifier    *reifier
	properties []property
	Pos
}

// reifier is Reifier: ~, with an id or without.
type reifier struct {
	id *leaf
	Pos
}

// node is GraphNode [104].
type node interface{ Range() Pos }

type (
	// leaf is a variable, an IRI, a literal, _:label or [].
	leaf struct {
		term PatternTerm // blank nodes are Terms here, [] is the label ""
	}
	// collection is Collection [102]; without items it is NIL.
	collection struct {
		items []node
		Pos
	}
	// blankProperties is BlankNodePropertyList [99].
	blankProperties struct {
		properties []property
		Pos
	}
	// reified is ReifiedTriple: << s p o ~ r >>.
	reified struct {
		s, o    node
		p       PatternTerm
		reifier *reifier
		Pos
	}
	// tripleTerm is TripleTerm: <<( s p o )>>.
	tripleTerm struct {
		s, o node
		p    PatternTerm
		Pos
	}
)

func (l *leaf) Range() Pos { return l.term.Pos }

// updateTree is Update [29].
type updateTree struct {
	base     string
	version  string
	prefixes *rdf.Prefixes
	ops      []operationTree
}

// operationTree is Update1 [30]: an operation that is whole already, or the parts of one that has patterns.
type operationTree struct {
	done           Operation // LOAD, CLEAR, CREATE, DROP, COPY, MOVE, ADD
	kind           dataKind
	with           rdf.Term
	delete, insert []quads // nil when the clause is missing; data is in insert or delete
	using          Dataset
	where          *groupPattern
	Pos
}

// dataKind tells the operations with quads apart.
type dataKind uint8

const (
	insertData dataKind = iota + 1
	deleteData
	deleteWhere
	modify
)

// quads is triples of one graph in Quads [50].
type quads struct {
	graph   PatternTerm // zero: outside any GRAPH
	triples []triples
}
