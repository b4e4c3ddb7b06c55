package store_test

import (
	"context"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"sett/cmd/settbench/literature"
	"sett/graph/rdf"
	"sett/graph/store"
)

// literatureQuads are about 1.1 million quads of the synthetic graph.
func literatureQuads(b *testing.B) slice {
	var all slice
	err := literature.Generate(literature.Options{Papers: 40000}, func(q rdf.Quad) error {
		all = append(all, q)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return all
}

// BenchmarkLoad loads a million quads that are already parsed into a new store:
//
//	go test -run - -bench Load -benchtime 3x ./graph/store
func BenchmarkLoad(b *testing.B) {
	quads := literatureQuads(b)
	var bytes int64
	for b.Loop() {
		b.StopTimer()
		dir, err := os.MkdirTemp(b.TempDir(), "")
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		s, err := store.Open(dir, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		src := quads
		if _, err := s.Load(context.Background(), &src, store.LoadOptions{}); err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		bytes = directoryBytes(b, dir)
	}
	b.ReportMetric(float64(len(quads))*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
	b.ReportMetric(float64(bytes)/float64(len(quads)), "B/quad")
}

// directoryBytes adds up the files below a folder.
func directoryBytes(b *testing.B, dir string) (total int64) {
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return total
}

func loaded(b *testing.B) (*store.Store, *store.Snapshot, slice) {
	return loadedWith(b, literatureQuads(b))
}

func loadedWith(b *testing.B, quads slice) (*store.Store, *store.Snapshot, slice) {
	s, err := store.Open(b.TempDir(), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	src := quads
	if _, err := s.Load(context.Background(), &src, store.LoadOptions{}); err != nil {
		b.Fatal(err)
	}
	n := s.Snapshot()
	b.Cleanup(func() { n.Close(); s.Close() })
	return s, n, quads
}

// BenchmarkScan walks one order from cached pages: go test -run - -bench Scan ./graph/store
func BenchmarkScan(b *testing.B) {
	_, n, quads := loaded(b)
	var batch store.Batch
	for b.Loop() {
		scan := n.Scan(store.SPOG)
		for more, err := scan.Next(&batch); more || err != nil; more, err = scan.Next(&batch) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(quads))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkPoint counts the rows of a subject and predicate, warm: go test -run - -bench Point ./graph/store
func BenchmarkPoint(b *testing.B) {
	_, n, quads := loaded(b)
	ids := make([][2]store.ID, 1024)
	for i := range ids {
		q := quads[i*1000%len(quads)]
		ids[i][0], _, _ = n.Lookup(q.S)
		ids[i][1], _, _ = n.Lookup(q.P)
	}
	for i := 0; b.Loop(); i++ {
		k := ids[i%len(ids)]
		if c, err := n.Count(store.SPOG, k[0], k[1]); err != nil || c == 0 {
			b.Fatal(c, err)
		}
	}
}

// BenchmarkPointCold does the same where every page has to come from Badger, whose files the system has in memory:
//
//	go test -run - -bench PointCold ./graph/store
func BenchmarkPointCold(b *testing.B) {
	quads := literatureQuads(b)
	s, err := store.Open(b.TempDir(), store.Options{Memory: 1})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	src := quads
	if _, err := s.Load(context.Background(), &src, store.LoadOptions{}); err != nil {
		b.Fatal(err)
	}
	n := s.Snapshot()
	defer n.Close()
	for i := 0; b.Loop(); i++ {
		q := quads[i*100_003%len(quads)]
		id, _, err := n.Lookup(q.S)
		if err != nil {
			b.Fatal(err)
		}
		if c, err := n.Count(store.SPOG, id); err != nil || c == 0 {
			b.Fatal(c, err)
		}
	}
}

// BenchmarkTerms takes terms both ways, one by one, and many at once: go test -run - -bench Terms ./graph/store
func BenchmarkTerms(b *testing.B) {
	_, n, quads := loaded(b)
	terms := make([]rdf.Term, 4096)
	ids := make([]store.ID, len(terms))
	for i := range terms {
		terms[i] = quads[i*251%len(quads)].S
	}
	b.Run("ToID", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			id, ok, err := n.Lookup(terms[i%len(terms)])
			if err != nil || !ok {
				b.Fatal(ok, err)
			}
			ids[i%len(ids)] = id
		}
	})
	b.Run("ToTerm", func(b *testing.B) {
		if err := n.LookupAll(terms, ids); err != nil {
			b.Fatal(err)
		}
		for i := 0; b.Loop(); i++ {
			if _, err := n.Term(ids[i%len(ids)]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("ToTerms", func(b *testing.B) {
		const many = 1024
		out := make([]rdf.Term, many)
		for i := 0; b.Loop(); i++ {
			if i %= many; i == 0 {
				at := rand.IntN(len(ids) - many)
				if err := n.Terms(ids[at:at+many], out); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// BenchmarkUpdate makes durable updates of one quad each from eight writers at once: go test -run - -bench Update ./graph/store
func BenchmarkUpdate(b *testing.B) {
	s, _, _ := loaded(b)
	ctx := context.Background()
	var next atomic.Int64
	b.SetParallelism(4) // times the processors
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			tx, err := s.Begin(ctx)
			if err != nil {
				b.Error(err)
				return
			}
			q := rdf.Quad{S: rdf.NewIRI("urn:writer"), P: rdf.NewIRI("urn:wrote"), O: rdf.NewInteger(next.Add(1))}
			if _, err := tx.Insert([]rdf.Quad{q}); err != nil {
				b.Error(err)
			}
			if err := tx.Commit(ctx); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}

// BenchmarkUpdateMany makes one durable update of 100,000 quads: go test -run - -bench UpdateMany -benchtime 3x ./graph/store
func BenchmarkUpdateMany(b *testing.B) {
	s, _, _ := loaded(b)
	ctx := context.Background()
	round := 0
	for b.Loop() {
		round++
		quads := make([]rdf.Quad, 100_000)
		for i := range quads {
			quads[i] = rdf.Quad{S: rdf.NewIRI("urn:written:" + strconv.Itoa(i%1000)), P: rdf.NewIRI("urn:wrote"), O: rdf.NewInteger(int64(i + round*len(quads)))}
		}
		tx, err := s.Begin(ctx)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tx.Insert(quads); err != nil {
			b.Fatal(err)
		}
		if err := tx.Commit(ctx); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOrders reads what only one order has together: from this order, and from the one that would serve if it were not there. The
// quads are in a hundred graphs. What each order costs is in "sett stats".
//
//	go test -run - -bench Orders ./graph/store
func BenchmarkOrders(b *testing.B) {
	quads := literatureQuads(b)
	graph := func(i int) rdf.Term { return rdf.NewIRI("urn:graph:" + strconv.Itoa(i*100/len(quads))) }
	for i := range quads {
		quads[i].G = graph(i)
	}
	_, n, _ := loadedWith(b, quads)
	id := func(t rdf.Term) store.ID {
		id, _, err := n.Lookup(t)
		if err != nil {
			b.Fatal(err)
		}
		return id
	}
	q := quads[len(quads)/2]
	s, p, o, g := id(q.S), id(q.P), id(q.O), id(q.G)
	for _, c := range []struct {
		name   string
		order  store.Order
		prefix []store.ID
		keep   map[store.Column]store.ID
		sorted store.Column // by which the rows are to come
	}{
		{"Subject/SPOG", store.SPOG, []store.ID{s}, nil, store.P},
		{"Subject/PSOG", store.PSOG, nil, map[store.Column]store.ID{store.S: s}, store.P},
		{"PredicateBySubject/PSOG", store.PSOG, []store.ID{p}, nil, store.S},
		{"PredicateBySubject/POSG", store.POSG, []store.ID{p}, nil, store.S},
		{"PredicateObject/POSG", store.POSG, []store.ID{p, o}, nil, store.S},
		{"PredicateObject/PSOG", store.PSOG, []store.ID{p}, map[store.Column]store.ID{store.O: o}, store.S},
		{"Object/OSPG", store.OSPG, []store.ID{o}, nil, store.S},
		{"Object/SPOG", store.SPOG, nil, map[store.Column]store.ID{store.O: o}, store.S},
		{"Graph/GSPO", store.GSPO, []store.ID{g}, nil, store.S},
		{"Graph/SPOG", store.SPOG, nil, map[store.Column]store.ID{store.G: g}, store.S},
		{"GraphPredicate/GPSO", store.GPSO, []store.ID{g, p}, nil, store.S},
		{"GraphPredicate/GSPO", store.GSPO, []store.ID{g}, map[store.Column]store.ID{store.P: p}, store.S},
		{"GraphPredicateObject/GPOS", store.GPOS, []store.ID{g, p, o}, nil, store.S},
		{"GraphPredicateObject/POSG", store.POSG, []store.ID{p, o}, map[store.Column]store.ID{store.G: g}, store.S},
		{"GraphObject/GOSP", store.GOSP, []store.ID{g, o}, nil, store.S},
		{"GraphObject/OSPG", store.OSPG, []store.ID{o}, map[store.Column]store.ID{store.G: g}, store.S},
	} {
		b.Run(c.name, func(b *testing.B) {
			var batch store.Batch
			var found []store.ID
			for b.Loop() {
				found = found[:0]
				scan := n.Scan(c.order, c.prefix...)
				for more, err := scan.Next(&batch); more || err != nil; more, err = scan.Next(&batch) {
					if err != nil {
						b.Fatal(err)
					}
				rows:
					for i, v := range batch.Cols[c.order.Place(c.sorted)] {
						for column, want := range c.keep {
							if batch.Cols[c.order.Place(column)][i] != want {
								continue rows
							}
						}
						found = append(found, v)
					}
				}
				if !slices.IsSorted(found) {
					slices.Sort(found)
				}
			}
			b.ReportMetric(float64(len(found)), "rows")
		})
	}
}
