package store

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"sett/graph/rdf"
)

// Source yields quads in batches. Read fills batch from its beginning and returns how many it put there; io.EOF at the
// end. The strings of its terms are used until the next call only.
type Source interface {
	Read(batch []rdf.Quad) (int, error)
}

// Progress tells how far a load is.
type Progress struct {
	Phase string  // read, terms, pages
	Quads uint64  // read so far
	Part  float64 // of the phase, 0 to 1; 0 where that is not known
}

// LoadOptions says how quads are loaded.
type LoadOptions struct {
	Memory   int64          // bytes the load may take; 0: 2 GiB
	Progress func(Progress) // called now and then, never by two goroutines at once; may be nil
}

// LoadStats says what a load did: quads read, and those of them that were not there.
type LoadStats struct{ Quads, New uint64 }

const (
	defaultLoadMemory = 2 << 30
	// A segment takes this share of a load's memory. One fills while another is sorted, which takes as much again, and what
	// is sorted stays in memory up to keepShare.
	segmentShare = 20
	keepShare    = 12
	minSegment   = 1 << 20

	// A load is merged by rebuilding the store when it has more than this share of the rows that are there: most pages would be
	// written anyway. At thirty million rows a transaction takes as long as a rebuild when it adds about a fiftieth of them.
	rebuildShare = 64
	rebuildRows  = 1 << 14

	// touchedBytes is what a page that a transaction touches takes of memory until it is written.
	touchedBytes = 12 << 10
)

// Load adds all quads of a source, or none: after an error, of the source or the store, or when ctx ends, the store is
// as it was.
//
// The input is cut into segments, each sorted while the next is read. Much is then merged with what is there into a new
// generation, which appears whole; little is merged page by page in a transaction. Ids from before a rebuild mean nothing
// after it.
func (s *Store) Load(ctx context.Context, src Source, opt LoadOptions) (LoadStats, error) {
	if err := s.lockDrained(ctx); err != nil {
		return LoadStats{}, err
	}
	defer s.unlock()
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	if opt.Memory <= 0 {
		opt.Memory = defaultLoadMemory
	}
	base := s.Snapshot()
	defer base.Close()
	l := s.newLoad(opt)
	defer l.spill.close()
	if err := l.read(ctx, src); err != nil {
		return LoadStats{}, err
	}
	if base.Version() == 0 || l.shouldRebuild(base.dir) {
		n, err := s.rebuild(ctx, base, l)
		return LoadStats{Quads: l.quads, New: n}, err
	}
	n, err := s.mergeIn(ctx, l)
	return LoadStats{Quads: l.quads, New: n}, err
}

// load is a bulk load on its way.
type load struct {
	opt   LoadOptions
	spill spill
	limit int // bytes of a segment
	runs  []*run
	quads uint64
	rows  uint64 // in runs

	segment *segment
	sorting chan struct{} // held while a segment is sorted
	failed  atomic.Pointer[error]
}

func (s *Store) newLoad(opt LoadOptions) *load {
	l := &load{opt: opt, limit: int(max(opt.Memory/segmentShare, minSegment)), segment: newSegment(), sorting: make(chan struct{}, 1)}
	if !s.opt.InMemory {
		l.spill = spill{path: generationDir(s.dir, s.cur.gen.number+1) + ".sorted", limit: int(opt.Memory / keepShare)}
	}
	return l
}

// read reads a source to its end and sorts it, segment by segment.
func (l *load) read(ctx context.Context, src Source) error {
	defer func() { l.sorting <- struct{}{}; <-l.sorting }() // nothing goes on in the background
	batch := make([]rdf.Quad, 1024)
	for {
		n, err := src.Read(batch)
		if err == nil {
			err = ctx.Err()
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		for i := range batch[:n] {
			if err := l.segment.add(&batch[i]); err != nil {
				return err
			}
		}
		l.quads += uint64(n)
		l.opt.Progress(Progress{Phase: "read", Quads: l.quads})
		if l.segment.bytes > l.limit {
			if err := l.cut(); err != nil {
				return err
			}
		}
	}
	return l.cut()
}

// cut sorts the segment in the background, after the one before, and begins another.
func (l *load) cut() error {
	g := l.segment
	l.segment = newSegment()
	l.sorting <- struct{}{}
	if p := l.failed.Load(); p != nil {
		<-l.sorting
		return *p
	}
	if len(g.rows) == 0 {
		<-l.sorting
		return nil
	}
	go func() {
		defer func() { <-l.sorting }()
		r, err := g.finish(&l.spill)
		if err != nil {
			l.failed.Store(&err)
			return
		}
		l.runs = append(l.runs, r)
		l.rows += r.rows[SPOG]
	}()
	return nil
}

// done waits for the last segment.
func (l *load) done() error {
	l.sorting <- struct{}{}
	defer func() { <-l.sorting }()
	if p := l.failed.Load(); p != nil {
		return *p
	}
	return nil
}

// shouldRebuild reports whether what was read is better merged by a rebuild than page by page: because most pages would be touched, or
// because those touched would not fit into the load's memory, which bounds a rebuild whatever there is.
func (l *load) shouldRebuild(have *directory) bool {
	if l.rows > rebuildRows && l.rows > have.orders[SPOG].rows()/rebuildShare {
		return true
	}
	var touched uint64
	for _, o := range Orders() {
		var rows uint64
		for _, r := range l.runs {
			rows += r.rows[o]
		}
		touched += min(rows, have.orders[o].rows()/fillPageRows+1)
	}
	return touched > uint64(l.opt.Memory)/touchedBytes
}

// rebuild merges what is there with what was read into a new generation, makes that the current one, and returns how many quads
// are new. The writer's place is taken.
func (s *Store) rebuild(ctx context.Context, base *Snapshot, l *load) (uint64, error) {
	have := base.dir.orders[SPOG].rows()
	var old *present
	if have > 0 {
		var err error
		if old, err = readPresent(ctx, base, func(q rdf.Quad) error { return l.segment.add(&q) }); err != nil {
			return 0, err
		}
		if err := l.cut(); err != nil {
			return 0, err
		}
	}
	if err := l.done(); err != nil {
		return 0, err
	}
	if !s.opt.InMemory {
		if err := checkFree(s.dir, minFree+buildBytes*int64(have+l.rows)); err != nil {
			return 0, err
		}
	}
	cur := base.st.gen
	gen, err := openGeneration(s.dir, cur.number+1, s.opt)
	if err != nil {
		return 0, err
	}
	dir, err := s.writeGeneration(ctx, gen, base, old, l)
	if err == nil && !s.opt.InMemory {
		err = writeCurrent(s.dir, gen.number)
	}
	if err != nil {
		return 0, errors.Join(err, gen.close(true))
	}
	return dir.orders[SPOG].rows() - have, s.publish(gen, dir)
}

// buildBytes is what a row may take in a new generation, its terms included: more than we have seen.
const buildBytes = 60

func (s *Store) writeGeneration(ctx context.Context, gen *generation, base *Snapshot, old *present, l *load) (*directory, error) {
	b, err := newBuild(gen, base.Version()+1)
	if err != nil {
		return nil, err
	}
	if err := s.fillBuild(ctx, b, base.dir, old, l); err != nil {
		b.cancel()
		return nil, err
	}
	if err := b.finish(); err != nil {
		return nil, err
	}
	return gen.readDirectory()
}

func (s *Store) fillBuild(ctx context.Context, b *build, have *directory, old *present, l *load) error {
	l.opt.Progress(Progress{Phase: "terms", Quads: l.quads})
	var terms []termSource
	if old != nil {
		terms = append(terms, old)
	}
	for _, r := range l.runs {
		terms = append(terms, r.readTerms())
	}
	if err := b.mergeTerms(terms); err != nil {
		return err
	}
	b.merged = l.pagesProgress(have, b.gen.dir)
	return b.mergeOrders(ctx, func(o Order) []rowSource {
		var rows []rowSource
		if old != nil {
			rows = append(rows, old.readRows(o))
		}
		for _, r := range l.runs {
			rows = append(rows, r.readRows(o))
		}
		return rows
	})
}

// forgetRows is after how many rows a build lets go of the tables that it has written.
const forgetRows = 1 << 22

// pagesProgress returns what tells how far the pages are, of those of a directory and of what was read, and now and then lets go of
// the tables in the new generation's directory.
func (l *load) pagesProgress(have *directory, dir string) func(rows int) {
	var total, done, forgotten uint64
	for _, o := range Orders() {
		total += have.orders[o].rows()
		for _, r := range l.runs {
			total += r.rows[o]
		}
	}
	var one sync.Mutex
	return func(rows int) {
		one.Lock()
		defer one.Unlock()
		done += uint64(rows)
		if dir != "" && done > forgotten+forgetRows {
			forgotten = done
			forgetMapped(dir)
		}
		l.opt.Progress(Progress{"pages", l.quads, min(1, float64(done)/float64(max(1, total)))})
	}
}

// mergeIn adds what was read to the pages that it touches, and returns how many quads are new. The writer's place is taken.
func (s *Store) mergeIn(ctx context.Context, l *load) (uint64, error) {
	if err := l.done(); err != nil {
		return 0, err
	}
	l.opt.Progress(Progress{Phase: "terms", Quads: l.quads})
	tx := s.begin(ctx)
	defer tx.end()
	for _, r := range l.runs {
		if err := tx.numberTerms(r); err != nil {
			return 0, err
		}
	}
	l.opt.Progress(Progress{Phase: "pages", Quads: l.quads})
	var total uint64
	for _, r := range l.runs {
		rows := r.readRows(SPOG)
		var batch []row
		var ids [][4]ID
		for {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			var err error
			if batch, err = rows.fill(batch); err != nil {
				return 0, err
			}
			for _, x := range batch {
				ids = append(ids, [4]ID(x))
			}
			if len(batch) > 0 && len(ids) < 1<<18 {
				continue
			}
			n, err := tx.InsertIDs(ids)
			if err != nil {
				return 0, err
			}
			total += uint64(n)
			if ids = ids[:0]; len(batch) == 0 {
				break
			}
		}
	}
	p, err := tx.prepare(ctx)
	if err != nil {
		return 0, err
	}
	tx.end()
	return total, s.flush(p)
}

// numberTerms gives a run's terms their ids, new ones where the store does not know them.
func (t *Tx) numberTerms(r *run) error {
	in := r.readTerms()
	for k := KindBlank; k < KindTripleTerm; k++ {
		for range in.begin(k) {
			text, err := in.next()
			if err != nil {
				return err
			}
			id, err := t.idOfBytes(k, text)
			if err != nil {
				return err
			}
			in.took(id)
		}
	}
	if err := in.beginTriples(); err != nil {
		return err
	}
	for d := 1; d <= len(r.depths); d++ {
		for range in.depth(d) {
			var parts [3]ID
			if err := in.nextTriple(&parts); err != nil {
				return err
			}
			id, err := t.idOfBytes(KindTripleTerm, appendTriple(nil, d, &parts))
			if err != nil {
				return err
			}
			in.took(id)
		}
	}
	return nil
}
