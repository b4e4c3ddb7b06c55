package store_test

import (
	"context"
	"os"
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
	}
	b.ReportMetric(float64(len(quads))*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}

func loaded(b *testing.B) (*store.Store, *store.Snapshot, slice) {
	quads := literatureQuads(b)
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

// BenchmarkTerms takes terms both ways, one by one: go test -run - -bench Terms ./graph/store
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
}
