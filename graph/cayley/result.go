package cayley

import (
	"context"
	"iter"
	"slices"
	"strings"

	"sett/graph/exec"
	"sett/graph/rdf"
)

// Rows are the rows of a query, in batches of columns. They are used by one goroutine and must be closed.
type Rows struct {
	ctx   context.Context
	vars  []string
	parts []rowsPart
	at    int
	log   []ran // plans of what ran before the rows
	out   [][]rdf.Term
	err   error
}

// rowsPart is rows that have the same columns: those of a plan, or given ones.
type rowsPart struct {
	what    string
	qs      *QuadStore
	plan    *translation
	rows    *exec.Rows
	columns []int                // of the result, by the plan's
	given   iter.Seq[[]rdf.Term] // instead of a plan: rows, by column of the result
	next    func() ([]rdf.Term, bool)
	stop    func()
	report  string
}

// Vars returns the names of the columns.
func (r *Rows) Vars() []string { return r.vars }

// column returns the place of a name, a new one if need be.
func (r *Rows) column(name string) int {
	i := slices.Index(r.vars, name)
	if i < 0 {
		i = len(r.vars)
		r.vars = append(r.vars, name)
	}
	return i
}

// addPlan adds the rows of a plan whose first column has the given name; a tag of this name is not shown.
func (r *Rows) addPlan(what string, qs *QuadStore, t *translation, first string) {
	part := rowsPart{what: what, qs: qs, plan: t}
	if first != "" {
		part.columns = append(part.columns, r.column(first))
	} else {
		part.columns = append(part.columns, -1)
	}
	for _, name := range t.tags {
		at := -1
		if name != first {
			at = r.column(name)
		}
		part.columns = append(part.columns, at)
	}
	r.parts = append(r.parts, part)
}

// addSeq adds rows as they come, by column of the result; the last columns may be missing.
func (r *Rows) addSeq(what string, rows iter.Seq[[]rdf.Term]) {
	r.parts = append(r.parts, rowsPart{what: what, given: rows})
}

// addRows adds given rows.
func (r *Rows) addRows(what string, rows []emitted) {
	for _, row := range rows {
		for _, name := range row.names {
			r.column(name)
		}
	}
	r.addSeq(what, func(yield func([]rdf.Term) bool) {
		cells := make([]rdf.Term, len(r.vars))
		for _, row := range rows {
			clear(cells)
			for i, name := range row.names {
				cells[r.column(name)] = row.terms[i]
			}
			if !yield(cells) {
				return
			}
		}
	})
}

// batchRows is how many given rows a batch has.
const batchRows = 1024

// Next returns the next rows, a column a variable, the zero Term where one is not bound; nil at the end. The columns are
// valid until the next call. Errors: exec.ErrLimit, ctx.Err(), the store's.
func (r *Rows) Next() ([][]rdf.Term, error) {
	for r.err == nil && r.at < len(r.parts) {
		if r.err = r.ctx.Err(); r.err != nil {
			break
		}
		part := &r.parts[r.at]
		var n int
		if part.plan != nil {
			n, r.err = r.fromPlan(part)
		} else {
			n = r.fromGiven(part)
		}
		if r.err == nil && n > 0 {
			return r.out, nil
		}
		if r.err == nil {
			part.close()
			r.at++
		}
	}
	return nil, r.err
}

// room makes n empty rows.
func (r *Rows) room(n int) {
	if r.out == nil {
		r.out = make([][]rdf.Term, len(r.vars))
	}
	for c := range r.out {
		r.out[c] = slices.Grow(r.out[c][:0], n)[:n]
		clear(r.out[c])
	}
}

func (r *Rows) fromPlan(part *rowsPart) (int, error) {
	if part.rows == nil {
		rows, err := part.qs.start(r.ctx, part.plan)
		if err != nil {
			return 0, err
		}
		part.rows = rows
	}
	b, err := part.rows.Next()
	if err != nil || b == nil {
		return 0, err
	}
	r.room(b.N)
	for i, c := range part.columns {
		if c >= 0 {
			if err := part.rows.Terms(b.Cols[part.plan.at[i]][:b.N], r.out[c]); err != nil {
				return 0, err
			}
		}
	}
	return b.N, nil
}

func (r *Rows) fromGiven(part *rowsPart) int {
	if part.next == nil {
		part.next, part.stop = iter.Pull(part.given)
	}
	r.room(0)
	n := 0
	for n < batchRows {
		row, ok := part.next()
		if !ok {
			break
		}
		n++
		for c := range r.out {
			var t rdf.Term
			if c < len(row) {
				t = row[c]
			}
			r.out[c] = append(r.out[c], t)
		}
	}
	return n
}

func (p *rowsPart) close() {
	if p.stop != nil {
		p.stop()
	}
	if p.rows != nil {
		p.report = p.plan.explain(p.rows.Actual())
		p.rows.Close()
		p.rows = nil
	}
}

// Profile returns the plans with what their operators did.
func (r *Rows) Profile() string {
	var b strings.Builder
	for _, l := range r.log {
		describe(&b, l.what, l.plan.explain(l.actual))
	}
	for i := range r.parts {
		p := &r.parts[i]
		switch {
		case p.rows != nil:
			describe(&b, p.what, p.plan.explain(p.rows.Actual()))
		case p.report != "":
			describe(&b, p.what, p.report)
		case p.plan != nil:
			describe(&b, p.what, p.plan.explain(nil))
		}
	}
	return b.String()
}

func describe(b *strings.Builder, what, plan string) {
	b.WriteString(what + ":\n")
	for line := range strings.Lines(strings.TrimRight(plan, "\n")) {
		b.WriteString("  " + strings.TrimRight(line, "\n") + "\n")
	}
}

// Close ends the query. It may be called more than once.
func (r *Rows) Close() {
	for i := range r.parts {
		r.parts[i].close()
	}
	r.at = len(r.parts)
}

// rows returns what a script asked for.
func (g *gizmo) rows() (*Rows, error) {
	r := &Rows{ctx: g.ctx, log: g.log}
	for _, s := range g.sections {
		if s.path == nil {
			r.addRows(s.what, s.rows)
			continue
		}
		t, err := g.translate(s.what, s.path, s.limit, false)
		if err != nil {
			return nil, err
		}
		r.addPlan(s.what, g.qs, t, resultTag)
	}
	return r, nil
}
