package rdfio

import (
	"bytes"
	"testing"

	"sett/graph/rdf"
)

var benchPrefixes = rdf.NewPrefixes("", "https://sett.example/ontology#", "paper", "https://sett.example/paper/",
	"rdfs", rdf.RDFSNS, "xsd", rdf.XSDNS)

// go test ./graph/rdfio -run '^$' -bench BenchmarkRead
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"ttl", "trig", "rdfxml", "jsonld"} {
		b.Run(name, func(b *testing.B) {
			f := formatNamed(b, name)
			benchmarkRead(b, sampleIn(b, f, 20000), f)
		})
	}
}

// go test ./graph/rdfio -run '^$' -bench BenchmarkWrite
func BenchmarkWrite(b *testing.B) {
	for _, name := range []string{"ttl", "trig", "rdfxml", "jsonld"} {
		b.Run(name, func(b *testing.B) {
			f := formatNamed(b, name)
			b.SetBytes(int64(len(sampleIn(b, f, 20000))))
			for b.Loop() {
				sampleIn(b, f, 20000)
			}
		})
	}
}

// sampleIn returns the sample graph in a format.
func sampleIn(tb testing.TB, f Format, n int) []byte {
	tb.Helper()
	r, err := NewReader(bytes.NewReader(sampleLines(n)), formatNamed(tb, "nt"), ReaderOptions{})
	if err != nil {
		tb.Fatal(err)
	}
	var out bytes.Buffer
	w, err := NewWriter(&out, f, WriterOptions{Prefixes: benchPrefixes})
	if err != nil {
		tb.Fatal(err)
	}
	for q, err := range Quads(r) {
		if err != nil {
			tb.Fatal(err)
		}
		if err := w.Write(q); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}
