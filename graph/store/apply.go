package store

import (
	"context"
	"slices"
)

// change is one row to come or to go. Among changes sorted by row, each row is there once.
type change struct {
	row  row
	gone bool
}

// apply returns an order's top with changes made, sorted by row, and the changes that made a difference. What no change
// touches is shared with the old top; pages and chunks that are new hold their bytes until they are written.
func (r *reader) apply(ctx context.Context, o Order, t *top, changes []change) (*top, []change, error) {
	out := &top{chunks: make([]*chunk, 0, len(t.chunks)+1)}
	var made []change
	if len(t.chunks) == 0 {
		rows, made := mergeRows(nil, changes, nil)
		out.addPages(cutPages(nil, rows))
		return out, made, nil
	}
	for i, c := range t.chunks {
		n := len(changes)
		if i+1 < len(t.chunks) {
			n = until(changes, &t.chunks[i+1].first)
		}
		if n == 0 {
			out.chunks = append(out.chunks, c)
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		refs, err := r.pages(o, c)
		if err != nil {
			return nil, nil, err
		}
		var pages []*pageRef
		if pages, made, err = r.applyPages(ctx, o, refs, changes[:n], made); err != nil {
			return nil, nil, err
		}
		out.addPages(pages)
		changes = changes[n:]
	}
	return out, made, nil
}

// until returns how many changes are below a row.
func until(changes []change, limit *row) int {
	n, _ := slices.BinarySearchFunc(changes, limit, func(c change, l *row) int { return c.row.compare(*l) })
	return n
}

func (r *reader) applyPages(ctx context.Context, o Order, refs []*pageRef, changes, made []change) ([]*pageRef, []change, error) {
	out := make([]*pageRef, 0, len(refs)+1)
	var carry []row // rows of a page too small to stand alone
	for i, ref := range refs {
		n := len(changes)
		if i+1 < len(refs) {
			n = until(changes, &refs[i+1].first)
		}
		if n == 0 && len(carry) == 0 {
			out = append(out, ref)
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		p, err := r.page(o, ref)
		if err != nil {
			return nil, nil, err
		}
		rows := p.rows(nil)
		if n > 0 {
			rows, made = mergeRows(rows, changes[:n], made)
		}
		rows = append(carry, rows...)
		carry = nil
		changes = changes[n:]
		if len(rows) < minPageRows && i+1 < len(refs) {
			carry = rows
			continue
		}
		out = cutPages(out, rows)
	}
	return out, made, nil
}

// mergeRows returns rows with changes made, and appends to made those that made a difference.
func mergeRows(rows []row, changes, made []change) ([]row, []change) {
	out := make([]row, 0, len(rows)+len(changes))
	for _, c := range changes {
		for len(rows) > 0 && rows[0].less(&c.row) {
			out = append(out, rows[0])
			rows = rows[1:]
		}
		have := len(rows) > 0 && rows[0] == c.row
		if have == c.gone {
			made = append(made, c)
		}
		if have {
			rows = rows[1:]
		}
		if !c.gone {
			out = append(out, c.row)
		}
	}
	return append(out, rows...), made
}

// cutPages appends pages of sorted rows to refs.
func cutPages(refs []*pageRef, rows []row) []*pageRef {
	for len(rows) > 0 {
		n := len(rows)
		if n > maxPageRows {
			n = fillPageRows
			if left := len(rows) - n; left < minPageRows {
				n = len(rows) / 2
			}
		}
		refs = append(refs, newPageRef(rows[:n]))
		rows = rows[n:]
	}
	return refs
}

func newPageRef(rows []row) *pageRef {
	ref := &pageRef{first: rows[0], n: uint32(len(rows))}
	p, err := parsePage(encodePage(nil, rows))
	if err != nil {
		panic(err) // we have just made it
	}
	ref.loaded.Store(p)
	return ref
}

// addPages appends chunks of pages.
func (t *top) addPages(refs []*pageRef) {
	for len(refs) > 0 {
		n := len(refs)
		if n > maxChunk {
			n = maxChunk * 3 / 4
		}
		pages := slices.Clone(refs[:n])
		c := &chunk{first: pages[0].first}
		for _, p := range pages {
			c.total += uint64(p.n)
		}
		c.pages.Store(&pages)
		t.chunks = append(t.chunks, c)
		refs = refs[n:]
	}
}
