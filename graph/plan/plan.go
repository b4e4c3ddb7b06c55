package plan

import (
	"strings"

	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// Statistics is what the planner asks of a store's snapshot; *store.Snapshot has it.
type Statistics interface {
	// Lookup returns a term's id, and false if no stored term is it.
	Lookup(rdf.Term) (store.ID, bool, error)
	// Count returns the exact number of rows under a prefix of an order.
	Count(o store.Order, prefix ...store.ID) (uint64, error)
	// CountRange returns the exact number of rows with a value from lo to hi, both included, behind a prefix.
	CountRange(o store.Order, lo, hi store.ID, prefix ...store.ID) (uint64, error)
	// Predicate returns the counts of one predicate.
	Predicate(store.ID) (store.PredicateStats, error)
	// PrefixRange returns the ids of the dictionary terms of a kind whose text begins with a prefix. Unless it is exact,
	// terms with ids above those of the prefix "" may do so too.
	PrefixRange(k store.Kind, prefix string) (lo, hi store.ID, exact bool, err error)
}

// DefaultGraph says what a query's default graph is when it names none with FROM.
type DefaultGraph uint8

const (
	Strict     DefaultGraph = iota // the store's default graph alone
	UnionOfAll                     // all graphs together, each triple once
	EachQuad                       // all graphs together, each quad for itself: as Cayley's languages read
)

// Force makes the planner use one kind of join wherever it can, for tests.
type Force uint8

const (
	ForceNone  Force = iota
	ForceHash        // hash joins only
	ForceMerge       // merge joins where both sides can be sorted, hash joins elsewhere
	ForceIndex       // index joins where the right side is a pattern
	ForceMulti       // multiway joins of all the patterns that these can read
)

// Rewrite is a set of things that the planner does to make a query faster. None changes an answer; tests switch each
// off in turn.
type Rewrite uint32

const (
	Reorder            Rewrite = 1 << iota // joins in another order than the text's
	Lookups                                // batched look-ups for OPTIONAL and EXISTS
	SoleGraph                              // no graph is looked at where the store has only the default one
	MultiJoins                             // multiway joins, and counting without making rows
	KeyScans                               // distinct values and counts from an order's runs and from the directory
	Ranges                                 // filters on numbers, dates, terms and beginnings of texts as ranges of ids
	TopK                                   // ORDER BY with LIMIT keeps no more rows than it will yield
	SinkDistinct                           // DISTINCT before ORDER BY
	Fold                                   // parts of conditions without variables are worked out once
	Unnest                                 // patterns of subqueries are joined with those around them
	Skips                                  // OFFSET over a scan goes by the counts of pages
	CountsByExpression                     // GROUP BY of expressions adds up counts by their variables
	PushFilters                            // conditions apply as soon as their variables are bound, also those of groups inside
	PathsFromRows                          // paths of any length are followed from the nodes of other rows
	GraphColumns                           // patterns of GRAPH ?g read the graph as a column, not each graph by itself
	EmptyGroups                            // groups that nothing can satisfy are not run
	WholeExists                            // EXISTS of paths, unions and the like is evaluated once where that is cheaper than by rows

	rewrites = iota
)

var rewriteNames = [rewrites]string{"reorder", "lookups", "sole graph", "multiway joins", "key scans", "ranges", "top k", "sink distinct", "fold", "unnest", "skips", "counts by expression",
	"push filters", "paths from rows", "graphs as columns", "empty groups", "whole EXISTS"}

// Rewrites returns each rewrite by itself.
func Rewrites() []Rewrite {
	out := make([]Rewrite, rewrites)
	for i := range out {
		out[i] = 1 << i
	}
	return out
}

// String returns the names of the rewrites in the set.
func (r Rewrite) String() string {
	var names []string
	for i, name := range rewriteNames {
		if r&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// Options says what a plan is for. The zero value asks the store's default graph and lets the planner choose.
type Options struct {
	DefaultGraph DefaultGraph
	From         []rdf.Term   // the dataset, in place of the query's own, if this or FromNamed is not empty
	FromNamed    []rdf.Term   // its named graphs
	Params       []sparql.Var // variables that exec.Options.Initial binds
	Force        Force        // one kind of join only, for tests
	Off          Rewrite      // what the planner must not do, for tests
}

// Plan is a physical plan. It holds ids of the snapshot that it was made for, is not changed by running, and may be
// run by several goroutines at once.
type Plan struct {
	Root  Node
	Vars  []sparql.Var // names of slots
	Out   []Slot       // what the query projects, in order; all visible variables where it is a bare pattern
	Query *sparql.Query
	Nodes []Node     // by Info.ID, those of EXISTS included
	Named []store.ID // the dataset's named graphs if it limits them, else nil

	slots  map[sparql.Var]Slot // names in scope at the outside
	params []Slot
}

// Params returns the slots of Options.Params, in order.
func (p *Plan) Params() []Slot { return p.params }

// Slot returns the slot of a variable that is in scope outside of all subqueries.
func (p *Plan) Slot(v sparql.Var) (Slot, bool) {
	s, ok := p.slots[v]
	return s, ok
}

// Name returns the name of a slot.
func (p *Plan) Name(s Slot) sparql.Var { return p.Vars[s] }
