package exec

import "strings"

// Shortcut is a set of things that operators do to be faster. None changes an answer; tests switch each off in turn.
type Shortcut uint32

const (
	IDOrder          Shortcut = 1 << iota // ORDER BY compares ids where these are in the order of the values
	TextOrder                             // the first rows by a text are told from others by ids alone
	NumberAggregates                      // sums, means and extremes of variables are kept as numbers and ids
	GroupParts                            // rows to be grouped are shared out by their keys
	Marks                                 // multiway joins mark lists that are intersected again and again
	Stamps                                // paths along links in memory stamp what they reach
	MeetingPaths                          // paths between two given nodes are looked for from both ends
	Adapt                                 // look-ups that become too many read the pattern as a whole
	Remember                              // expressions of one variable remember their values
	Integers                              // integers are compared without making values of them
	DirectTables                          // hash joins by ids that lie close together find rows by id
	Days                                  // parts of dates are read from ids
	Links                                 // paths read all of a predicate after some look-ups
	Walks                                 // what paths reach from a node is remembered
	Rearrange                             // multiway joins order their variables anew once they have read their relations
	SharedRelations                       // relations that several patterns of a multiway join have in common are read once
	CountMemo                             // multiway joins remember counts
	Lists                                 // long lists of IN are looked up
	ExistsMemo                            // what EXISTS found for the same values is remembered
	NodeEquality                          // variables that are bound to nodes are the same if their ids are

	shortcuts = iota
)

var shortcutNames = [shortcuts]string{"order of ids", "order of texts", "numbers in aggregates", "parts of groups", "marks", "stamps", "meeting paths", "adaptive look-ups", "remembered values", "integers", "direct tables", "days of ids",
	"links", "walks", "rearranged variables", "shared relations", "remembered counts", "lists", "remembered EXISTS", "equality of nodes"}

// Shortcuts returns each shortcut by itself.
func Shortcuts() []Shortcut {
	out := make([]Shortcut, shortcuts)
	for i := range out {
		out[i] = 1 << i
	}
	return out
}

// String returns the names of the shortcuts in the set.
func (s Shortcut) String() string {
	var names []string
	for i, name := range shortcutNames {
		if s&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// off reports whether a shortcut is switched off.
func (q *query) off(s Shortcut) bool { return q.opt.Off&s != 0 }
