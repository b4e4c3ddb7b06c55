package sparql

// String returns what [Fprint] writes, without the last line feed.
func (n *BGP) String() string      { return sprint(n) }
func (n *Path) String() string     { return sprint(n) }
func (n *Join) String() string     { return sprint(n) }
func (n *LeftJoin) String() string { return sprint(n) }
func (n *Filter) String() string   { return sprint(n) }
func (n *Union) String() string    { return sprint(n) }
func (n *Minus) String() string    { return sprint(n) }
func (n *Extend) String() string   { return sprint(n) }
func (n *Values) String() string   { return sprint(n) }
func (n *Graph) String() string    { return sprint(n) }
func (n *Service) String() string  { return sprint(n) }
func (n *Group) String() string    { return sprint(n) }
func (n *OrderBy) String() string  { return sprint(n) }
func (n *Project) String() string  { return sprint(n) }
func (n *Distinct) String() string { return sprint(n) }
func (n *Reduced) String() string  { return sprint(n) }
func (n *Slice) String() string    { return sprint(n) }

func (e *ExprVar) String() string       { return exprString(e) }
func (e *ExprTerm) String() string      { return exprString(e) }
func (e *ExprUnary) String() string     { return exprString(e) }
func (e *ExprBinary) String() string    { return exprString(e) }
func (e *ExprCall) String() string      { return exprString(e) }
func (e *ExprIn) String() string        { return exprString(e) }
func (e *ExprExists) String() string    { return exprString(e) }
func (e *ExprAggregate) String() string { return exprString(e) }

func (e *PathIRI) String() string    { return pathString(e) }
func (e *Inverse) String() string    { return pathString(e) }
func (e *Seq) String() string        { return pathString(e) }
func (e *Alt) String() string        { return pathString(e) }
func (e *ZeroOrMore) String() string { return pathString(e) }
func (e *OneOrMore) String() string  { return pathString(e) }
func (e *ZeroOrOne) String() string  { return pathString(e) }
func (e *NegatedSet) String() string { return pathString(e) }

// String returns the position as a query would write it, a hidden variable by its label.
func (t PatternTerm) String() string {
	p := &printer{}
	p.term(t)
	return p.String()
}

// String returns the three positions with spaces between.
func (t TriplePattern) String() string {
	p := &printer{}
	p.triple(t)
	return p.String()
}
