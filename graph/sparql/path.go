package sparql

// PathExpr is a property path expression, SPARQL 1.1 §9.1 and §18.2.2.3: one of the pointers to the types of this file.
type PathExpr interface {
	path()
	Range() Pos     // the path's place in the text
	String() string // the s-expression, on one line
}

// PathIRI is a single step along a predicate: link(iri).
type PathIRI struct {
	IRI string
	Pos
}

// Inverse is ^p: inv(p).
type Inverse struct {
	Path PathExpr
	Pos
}

// Seq is p1/p2/…: seq, with at least two parts, none of them a Seq.
type Seq struct {
	Paths []PathExpr
	Pos
}

// Alt is p1|p2|…: alt, with at least two parts, none of them an Alt.
type Alt struct {
	Paths []PathExpr
	Pos
}

// ZeroOrMore is p*.
type ZeroOrMore struct {
	Path PathExpr
	Pos
}

// OneOrMore is p+.
type OneOrMore struct {
	Path PathExpr
	Pos
}

// ZeroOrOne is p?.
type ZeroOrOne struct {
	Path PathExpr
	Pos
}

// NegatedSet is !(p1|^p2|…): one step along a predicate that is not in Forward, or against one that is not in Inverse.
// A direction of which the set names nothing is not walked (§18.2.2.3), but for the empty set !(), which walks forward.
type NegatedSet struct {
	Forward, Inverse []string
	Pos
}

func (*PathIRI) path()    {}
func (*Inverse) path()    {}
func (*Seq) path()        {}
func (*Alt) path()        {}
func (*ZeroOrMore) path() {}
func (*OneOrMore) path()  {}
func (*ZeroOrOne) path()  {}
func (*NegatedSet) path() {}
