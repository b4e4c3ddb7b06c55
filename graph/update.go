package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"sett/graph/exec"
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/sparql"
	"sett/graph/store"
)

// UpdateOptions says how an update request is understood and how far it may go. The zero value is right for most.
type UpdateOptions struct {
	Base         string
	Prefixes     *rdf.Prefixes
	Params       map[string]rdf.Term // variables of WHERE and of the templates bound from the start, by name without "?"
	DefaultGraph DefaultGraph        // what WHERE reads where the request does not say (USING, WITH)
	Using        []rdf.Term          // with UsingNamed, the dataset of WHERE; a request that says it itself is refused (SPARQL 1.1 Protocol §2.2.3)
	UsingNamed   []rdf.Term
	Timeout      time.Duration
	Memory       int64
	Threads      int

	Service Service // asks other endpoints for SERVICE in WHERE; nil: that is refused

	// Fetch opens what LOAD names and says in which format it is. Nil: LOAD is refused, since a request could
	// otherwise read any file or address that the process can.
	Fetch func(ctx context.Context, iri string) (io.ReadCloser, rdfio.Format, error)

	Stats    *UpdateStats      // filled in once the request is on disk; nil: not wanted
	Warnings *[]sparql.Warning // filled in with what is suspicious in the request, such as a variable that can never be bound; nil: not wanted
}

// UpdateStats says what a request did. A quad that one operation deletes and another inserts counts in both.
type UpdateStats struct {
	Inserted int // quads that were not there
	Deleted  int // quads that were there
}

// Errors of updates that the request may silence (SPARQL 1.1 Update §3.1.4 to §3.2.5).
var (
	ErrLoad    = errors.New("cannot LOAD")
	ErrGraph   = errors.New("no such graph")
	ErrCreated = errors.New("the graph exists already")
)

// ErrDataset is an update request with USING or WITH where the options name the dataset.
var ErrDataset = errors.New("the dataset is given with the request, so that it may not have USING or WITH")

// Update carries out an update request: all of it, durably, or nothing. Each operation sees what those before it did.
//
// Errors: *sparql.SyntaxError, [ErrLimit], [ErrReadOnly], [ErrFull], ctx.Err(), those above.
func (db *DB) Update(ctx context.Context, text string, options ...UpdateOptions) error {
	var opt UpdateOptions
	for _, o := range options {
		opt = o
	}
	request, err := sparql.ParseUpdate(text, sparql.Options{Base: opt.Base, Prefixes: opt.Prefixes})
	if err != nil {
		return err
	}
	if opt.Warnings != nil {
		*opt.Warnings = request.Warnings
	}
	if err := checkParams(opt.Params); err != nil {
		return err
	}
	if err := useDataset(request, opt); err != nil {
		return err
	}
	if opt.Timeout > 0 {
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, opt.Timeout)
		defer cancel()
	}
	tx, err := db.store.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	u := &updater{ctx: ctx, tx: tx, opt: opt, base: request.Base, label: strconv.FormatInt(time.Now().UnixNano(), 36)}
	for _, op := range request.Operations {
		if err := u.run(op); err != nil {
			return timeoutError(err, opt.Timeout)
		}
	}
	if err := tx.Commit(ctx); err != nil {
		return timeoutError(err, opt.Timeout)
	}
	if opt.Stats != nil {
		*opt.Stats = u.stats
	}
	return nil
}

// useDataset gives the operations of a request the dataset that the options name.
func useDataset(request *sparql.Update, opt UpdateOptions) error {
	if len(opt.Using)+len(opt.UsingNamed) == 0 {
		return nil
	}
	for _, op := range request.Operations {
		m, ok := op.(*sparql.Modify)
		if !ok {
			continue
		}
		if !m.Using.IsZero() || !m.With.IsZero() {
			return ErrDataset
		}
		m.Using.From, m.Using.FromNamed = opt.Using, opt.UsingNamed
	}
	return nil
}

// updater carries out the operations of one request in one transaction.
type updater struct {
	ctx   context.Context
	tx    *store.Tx
	opt   UpdateOptions
	base  string
	label string // part of the labels of blank nodes that the request makes
	made  int
	stats UpdateStats
}

// insert notes what an insertion into the transaction returned.
func (u *updater) insert(n int, err error) error {
	u.stats.Inserted += n
	return err
}

// remove notes what a deletion from the transaction returned.
func (u *updater) remove(n int, err error) error {
	u.stats.Deleted += n
	return err
}

func (u *updater) run(op sparql.Operation) error {
	var err error
	silent := false
	switch op := op.(type) {
	case *sparql.InsertData:
		err = u.insert(u.tx.Insert(u.rename(op.Quads)))
	case *sparql.DeleteData:
		err = u.remove(u.tx.Delete(op.Quads))
	case *sparql.Modify:
		err = u.modify(op)
	case *sparql.Load:
		silent, err = op.Silent, u.load(op)
	case *sparql.Clear:
		silent, err = op.Silent, u.clear(op.Target)
	case *sparql.Drop:
		silent, err = op.Silent, u.clear(op.Target)
	case *sparql.Create:
		silent, err = op.Silent, u.create(op)
	case *sparql.Copy:
		silent, err = op.Silent, u.transfer(op.From, op.To, true, false)
	case *sparql.Move:
		silent, err = op.Silent, u.transfer(op.From, op.To, true, true)
	case *sparql.Add:
		silent, err = op.Silent, u.transfer(op.From, op.To, false, false)
	default:
		err = fmt.Errorf("no such operation: %T", op)
	}
	if silent && u.ctx.Err() == nil && (errors.Is(err, ErrLoad) || errors.Is(err, ErrGraph) || errors.Is(err, ErrCreated)) {
		return nil
	}
	return err
}

// rename gives the blank nodes of an operation's data labels of their own: the same one for the same label.
func (u *updater) rename(quads []rdf.Quad) []rdf.Quad {
	blank := renaming(u.blank)
	out := make([]rdf.Quad, len(quads))
	for i, q := range quads {
		out[i] = rdf.Quad{S: renameBlanks(q.S, blank), P: q.P, O: renameBlanks(q.O, blank), G: q.G}
	}
	return out
}

// blank returns a blank node that the database does not have.
func (u *updater) blank() rdf.Term {
	u.made++
	return rdf.NewBlank("u" + u.label + "n" + strconv.Itoa(u.made))
}

// modify is DELETE/INSERT: all solutions first, then all deletions, then all insertions (§3.1.3).
func (u *updater) modify(op *sparql.Modify) error {
	snap := u.tx.Snapshot()
	defer snap.Close()
	options := plan.Options{DefaultGraph: planGraph(u.opt.DefaultGraph), From: op.Using.From, FromNamed: op.Using.FromNamed}
	if op.Using.IsZero() && !op.With.IsZero() {
		named, err := namedGraphs(u.ctx, snap)
		if err != nil {
			return err
		}
		options.From, options.FromNamed = []rdf.Term{op.With}, named
	}
	params := slices.Sorted(maps.Keys(u.opt.Params))
	initial := make([]rdf.Term, len(params))
	for i, name := range params {
		options.Params = append(options.Params, sparql.Var(name))
		initial[i] = u.opt.Params[name]
	}
	p, err := plan.BuildNode(u.ctx, op.Where, snap, options)
	if err != nil {
		return err
	}
	u.made++
	rows, err := exec.Run(u.ctx, p, snap, exec.Options{
		Memory: u.opt.Memory, Threads: u.opt.Threads, Base: u.base, Initial: initial, Service: u.opt.Service, Blanks: "u" + u.label + "w" + strconv.Itoa(u.made) + "n",
	})
	if err != nil {
		return err
	}
	defer rows.Close()
	var gone, come quadLists
	err = solutions(rows, func(found func(sparql.Var) rdf.Term) bool {
		value := func(v sparql.Var) rdf.Term {
			if t, ok := u.opt.Params[string(v)]; ok {
				return t
			}
			return found(v)
		}
		u.instances(&gone, op.Delete, op.With, value)
		u.instances(&come, op.Insert, op.With, value)
		return true
	})
	if err != nil {
		return err
	}
	if err := u.remove(u.tx.Delete(gone...)); err != nil {
		return err
	}
	return u.insert(u.tx.Insert(come...))
}

// quadLists are quads in lists of at most listQuads: one long list would be copied again and again as it grows, a second at a time in the end.
type quadLists [][]rdf.Quad

const listQuads = 1 << 14

func (l *quadLists) add(q rdf.Quad) {
	last := len(*l) - 1
	if last < 0 || len((*l)[last]) == listQuads {
		*l = append(*l, nil)
		last++
	}
	(*l)[last] = append((*l)[last], q)
}

// instances adds the quads of a template for one solution.
func (u *updater) instances(out *quadLists, template []sparql.QuadPattern, with rdf.Term, value func(sparql.Var) rdf.Term) {
	blank := renaming(u.blank)
	for _, p := range template {
		q, ok := instance(p, value, blank)
		if !ok {
			continue
		}
		if q.G.IsZero() {
			q.G = with
		}
		out.add(q)
	}
}

// load is LOAD, §3.1.4.
func (u *updater) load(op *sparql.Load) error {
	if u.opt.Fetch == nil {
		return fmt.Errorf("%w <%s>: this program allows no LOAD", ErrLoad, op.Source.Value())
	}
	in, format, err := u.opt.Fetch(u.ctx, op.Source.Value())
	if err != nil {
		return fmt.Errorf("%w <%s>: %w", ErrLoad, op.Source.Value(), err)
	}
	defer in.Close()
	u.made++
	r, err := rdfio.NewReader(in, format, rdfio.ReaderOptions{
		Base: op.Source.Value(), File: op.Source.Value(), BlankPrefix: "u" + u.label + "l" + strconv.Itoa(u.made),
	})
	if err != nil {
		return err
	}
	batch := make([]rdf.Quad, 1024)
	for {
		n, err := r.Read(batch)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = u.ctx.Err()
		}
		if err != nil {
			return err
		}
		for i := range batch[:n] {
			if batch[i].G.IsZero() {
				batch[i].G = op.Into
			}
		}
		if err := u.insert(u.tx.Insert(batch[:n])); err != nil {
			return err
		}
	}
}

// create is CREATE, §3.2.1. A graph without quads is not recorded (§3.2 leaves this to the store).
func (u *updater) create(op *sparql.Create) error {
	rows, err := u.graph(op.Name)
	if err == nil && len(rows) > 0 {
		err = fmt.Errorf("%w: %s", ErrCreated, op.Name)
	}
	return err
}

// clear is CLEAR and DROP, §3.1.5 and §3.2.2, which do the same since empty graphs are not recorded. A graph without
// quads is taken for one that was created empty, so that emptying it again is no error.
func (u *updater) clear(target sparql.GraphTarget) error {
	var names []rdf.Term
	switch target.Kind {
	case sparql.OneGraph:
		names = []rdf.Term{target.Name}
	case sparql.DefaultGraph:
		names = []rdf.Term{{}}
	default:
		snap := u.tx.Snapshot()
		defer snap.Close()
		var err error
		if names, err = namedGraphs(u.ctx, snap); err != nil {
			return err
		}
		if target.Kind == sparql.AllGraphs {
			names = append(names, rdf.Term{})
		}
	}
	for _, name := range names {
		if err := u.empty(name); err != nil {
			return err
		}
	}
	return nil
}

// empty removes the quads of one graph.
func (u *updater) empty(name rdf.Term) error {
	rows, err := u.graph(name)
	if err != nil {
		return err
	}
	return u.remove(u.tx.DeleteIDs(rows))
}

// transfer is COPY, MOVE and ADD, §3.2.3 to §3.2.5.
func (u *updater) transfer(from, to rdf.Term, empty, drop bool) error {
	if from.Equal(to) {
		return nil
	}
	rows, err := u.graph(from)
	if err != nil {
		return err
	}
	if len(rows) == 0 && !from.IsZero() {
		return fmt.Errorf("%w: %s", ErrGraph, from)
	}
	if empty {
		if err := u.empty(to); err != nil {
			return err
		}
	}
	if drop {
		if err := u.remove(u.tx.DeleteIDs(rows)); err != nil {
			return err
		}
	}
	g, err := u.tx.ID(to)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i][3] = g
	}
	return u.insert(u.tx.InsertIDs(rows))
}

// graph returns the rows of one graph as subject, predicate, object, graph.
func (u *updater) graph(name rdf.Term) ([][4]store.ID, error) {
	snap := u.tx.Snapshot()
	defer snap.Close()
	id, ok, err := snap.Lookup(name)
	if err != nil || !ok {
		return nil, err
	}
	scan := snap.Scan(store.GSPO, id)
	defer scan.Close()
	var rows [][4]store.ID
	var b store.Batch
	for {
		if err := u.ctx.Err(); err != nil {
			return nil, err
		}
		more, err := scan.Next(&b)
		if err != nil || !more {
			return rows, err
		}
		for i := range b.N {
			rows = append(rows, [4]store.ID{b.Cols[1][i], b.Cols[2][i], b.Cols[3][i], id})
		}
	}
}
