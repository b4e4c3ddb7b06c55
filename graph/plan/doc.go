// Package plan turns SPARQL algebra into a physical plan: which index to read in which order, which join to use where.
//
// [Build] flattens the algebra into groups of joined patterns, pushes filters down to where their variables are bound,
// orders each group by dynamic programming over exact counts ([Statistics]), and chooses an operator for each step. A
// [Plan] is a tree of [Node] values, plain data that package exec runs; [Plan.Explain] prints it:
//
//	p, err := plan.Build(ctx, q, snapshotStatistics, plan.Options{})
//	fmt.Print(p.Explain(nil))
//
// [Plan.Tree] is the same for programs, as JSON or as a picture. Each [Rewrite] can be switched off, and tests do so in turn.
//
// A variable is a [Slot], a number within the plan; a row is a store.ID a slot. Two facts about each node's variables
// drive everything: which are sure to be bound in every row, and by which columns the rows are sorted.
//
// Standards: SPARQL 1.1 Query §18 (what the operators mean), SPARQL 1.2 (triple terms).
//
// The package reads no pages and runs nothing: it must not know how operators work, only what they cost.
package plan
