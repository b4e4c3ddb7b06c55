package sparql

type groupPattern struct{ Pos }
type queryTree struct{}
type updateTree struct{}
