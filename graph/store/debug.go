package store

import (
	"fmt"
	"io"

	"sett/graph/rdf"
)

// What follows shows people what is on disk. The forms are for reading, and may change.

// PrintOrder prints an order's directory: its chunks, and the pages of each with their first rows.
func (n *Snapshot) PrintOrder(w io.Writer, o Order) error {
	t := &n.dir.orders[o]
	fmt.Fprintf(w, "%s: %d rows in %d chunks\n", o, t.rows(), len(t.chunks))
	for i, c := range t.chunks {
		refs, err := n.st.pages(o, c)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "chunk %d: %d rows in %d pages from %v\n", i, c.total, len(refs), c.first)
		for j, ref := range refs {
			p, err := n.st.page(o, ref)
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "  page %d: %d rows in %d bytes from %v\n", j, ref.n, len(p.bytes), ref.first)
		}
	}
	return nil
}

// PrintPage prints the page of order o that holds, or would hold, the first row with the given leading columns: its bytes with what
// they mean, and its rows.
func (n *Snapshot) PrintPage(w io.Writer, o Order, prefix ...ID) error {
	t := &n.dir.orders[o]
	at, _, err := n.st.find(o, t, prefix, false)
	if err != nil {
		return err
	}
	if at.chunk >= len(t.chunks) {
		_, err := fmt.Fprintf(w, "%s has no pages\n", o)
		return err
	}
	refs, err := n.st.pages(o, t.chunks[at.chunk])
	if err != nil {
		return err
	}
	p, err := n.st.page(o, refs[at.page])
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s, chunk %d, page %d; row %d is sought\n", o, at.chunk, at.page, at.row)
	p.print(w, o)
	return nil
}

// PrintTerm prints a term's id and where its bytes are: in the id itself, in a block of the region in term order, or among the later
// terms. It is an error if no quad has ever used the term.
func (n *Snapshot) PrintTerm(w io.Writer, t rdf.Term) error {
	id, ok, err := n.Lookup(t)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("no quad has ever used %s", t)
	}
	k, p := id.Kind(), id.Payload()
	switch {
	case id.IsInline():
		fmt.Fprintf(w, "%s is its own id, %v: %016x\n", t, id, uint64(id))
		return nil
	case p > n.dir.meta.ordered[k]:
		fmt.Fprintf(w, "%s is %v, a later term: %d of its kind are in order\n", t, id, n.dir.meta.ordered[k])
		return nil
	}
	block := (p - 1) / blockTerms
	fmt.Fprintf(w, "%s is %v, term %d of block %d\n", t, id, (p-1)%blockTerms, block)
	b, err := n.block(k, int(block))
	if err != nil {
		return err
	}
	return printBlock(w, b)
}
