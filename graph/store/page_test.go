package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
)

// TestPageKeepsItsRows writes and reads pages whose columns mix kinds, spans and repetitions.
func TestPageKeepsItsRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	spans := []uint64{1, 2, 3, 60, 64, 65, 1 << 13, 1 << 31, 1 << 55, 1 << 57, 1<<60 - 1}
	for round := range 500 {
		rows := make([]row, 1+r.IntN(maxPageRows))
		for c := range 4 {
			var kinds []Kind
			for range 1 + r.IntN(4) {
				kinds = append(kinds, Kind(1+r.IntN(14)))
			}
			span, odd := spans[r.IntN(len(spans))], spans[r.IntN(len(spans))]
			for i := range rows {
				k := kinds[r.IntN(len(kinds))]
				switch r.IntN(50) {
				case 0:
					rows[i][c] = None
				case 1:
					rows[i][c] = MakeID(k, payloadMask-r.Uint64N(odd))
				default:
					rows[i][c] = MakeID(k, r.Uint64N(span))
				}
			}
		}
		slices.SortFunc(rows, row.compare)
		p, err := parsePage(encodePage(nil, rows))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.rows(nil); !slices.Equal(got, rows) {
			t.Fatalf("round %d: %d rows are not what was written", round, len(rows))
		}
		for i, want := range rows {
			if p.row(i) != want {
				t.Fatalf("round %d: row %d is %v, want %v", round, i, p.row(i), want)
			}
		}
		k := rows[len(rows)/2]
		if i := p.search(k[:], false); rows[i] != k || i > 0 && !rows[i-1].less(&k) {
			t.Fatalf("round %d: search found row %d for row %d", round, i, len(rows)/2)
		}
	}
}

// FuzzPage reads pages of any bytes: they are refused, or all their rows can be read both ways.
func FuzzPage(f *testing.F) {
	f.Add(encodePage(nil, []row{{MakeID(KindIRI, 1), MakeID(KindIRI, 2), MakeID(KindInteger, 3), None}}))
	f.Add(encodePage(nil, []row{{1, 2, 3, 4}, {1, 2, 1 << 63, 4}, {1, 1 << 62, 3, 4}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := parsePage(b)
		if err != nil {
			return
		}
		for i, r := range p.rows(nil) {
			if p.row(i) != r {
				t.Fatalf("row %d: %v and %v", i, p.row(i), r)
			}
		}
	})
}

// TestPageBytes prints pages and blocks of terms: testdata/pages says how.
func TestPageBytes(t *testing.T) {
	datadriven.RunTest(t, "testdata/pages", func(t *testing.T, d *datadriven.TestData) string {
		var out strings.Builder
		switch d.Cmd {
		case "page":
			var rows []row
			for line := range strings.Lines(d.Input) {
				rows = append(rows, rowOf(t, d, line))
			}
			p, err := parsePage(encodePage(nil, rows))
			if err != nil {
				return err.Error()
			}
			p.print(&out, SPOG)
		case "block":
			var terms [][]byte
			for line := range strings.Lines(d.Input) {
				terms = append(terms, []byte(strings.TrimSuffix(line, "\n")))
			}
			if err := printBlock(&out, appendBlock(nil, terms)); err != nil {
				return err.Error()
			}
		default:
			d.Fatalf(t, "no command %q", d.Cmd)
		}
		return out.String()
	})
}

// rowOf reads four ids, each a kind and a payload, "iri:17", or "-".
func rowOf(t *testing.T, d *datadriven.TestData, line string) (r row) {
	fields := strings.Fields(line)
	if len(fields) != len(r) {
		d.Fatalf(t, "%q: expected four ids", line)
	}
	for c, f := range fields {
		if f == "-" {
			continue
		}
		name, number, _ := strings.Cut(f, ":")
		payload, err := strconv.ParseUint(number, 0, payloadBits)
		k := slices.Index(kindNames[:], name)
		if err != nil || k < 0 {
			d.Fatalf(t, "%q is no id: %v", f, err)
		}
		r[c] = MakeID(Kind(k), payload)
		if got := fmt.Sprint(r[c]); got != f {
			d.Fatalf(t, "%q is printed as %q", f, got)
		}
	}
	return r
}
