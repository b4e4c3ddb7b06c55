package graph

import (
	"fmt"
	"io"

	"sett/graph/rdf"
	"sett/graph/store"
)

// PrintOrder prints, for people who debug, where the pages of a sort order ("SPOG") begin and how many rows each has.
func (db *DB) PrintOrder(w io.Writer, order string) error {
	return db.debug(order, func(n *store.Snapshot, o store.Order) error { return n.PrintOrder(w, o) })
}

// PrintPage prints, for people who debug, the bytes and rows of the page of a sort order in which the rows begin that start with
// some terms.
func (db *DB) PrintPage(w io.Writer, order string, terms ...rdf.Term) error {
	return db.debug(order, func(n *store.Snapshot, o store.Order) error {
		ids := make([]store.ID, len(terms))
		for i, t := range terms {
			id, ok, err := n.Lookup(t)
			if err != nil {
				return err
			}
			if !ok {
				return fmt.Errorf("no quad has ever used %s", t)
			}
			ids[i] = id
		}
		return n.PrintPage(w, o, ids...)
	})
}

// PrintTerm prints, for people who debug, a term's id and the bytes that hold the term.
func (db *DB) PrintTerm(w io.Writer, t rdf.Term) error {
	n := db.store.Snapshot()
	defer n.Close()
	return n.PrintTerm(w, t)
}

func (db *DB) debug(order string, show func(*store.Snapshot, store.Order) error) error {
	o, ok := store.OrderOf(order)
	if !ok {
		return fmt.Errorf("no order %q: expected one of %v", order, store.Orders())
	}
	n := db.store.Snapshot()
	defer n.Close()
	return show(n, o)
}
