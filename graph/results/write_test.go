package results_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sett/graph/rdf"
	"sett/graph/results"
)

// TestWriters runs testdata/*: a TSV table in, another format out. Arguments: format, width=, cut, footer, boundary=.
func TestWriters(t *testing.T) {
	t.Parallel()
	datadriven.Walk(t, "testdata/write", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			tsv, _ := results.FormatByName("tsv")
			in := strings.NewReplacer(" | ", "\t", "UNDEF", "").Replace(d.Input)
			table, err := results.ReadAll(strings.NewReader(in), tsv)
			if err != nil {
				return "error: " + err.Error()
			}
			f, ok := results.FormatByName(d.Cmd)
			if !ok {
				d.Fatalf(t, "no format %s", d.Cmd)
			}
			opt := results.Options{Prefixes: rdf.NewPrefixes("", "urn:ns:", "model", "urn:model:")}
			d.MaybeScanArgs(t, "width", &opt.Width)
			d.MaybeScanArgs(t, "boundary", &opt.Boundary)
			opt.Cut, opt.Footer = d.HasArg("cut"), d.HasArg("footer")
			var b bytes.Buffer
			if err := table.Write(&b, f, opt); err != nil {
				return "error: " + err.Error()
			}
			return strings.ReplaceAll(b.String(), "\r\n", "␍\n")
		})
	})
}

func TestNoEscapeSequenceUnlessAskedFor(t *testing.T) {
	t.Parallel()
	f, _ := results.FormatByName("table")
	table := &results.Table{Vars: []string{"x\x1b[31m"}, Rows: [][]rdf.Term{{rdf.NewString("\x1b]0;evil\x07\u202e")}}}
	var b bytes.Buffer
	if err := table.Write(&b, f, results.Options{Width: 20}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\x07\u202e") {
		t.Errorf("control characters in %q", b.String())
	}
}

func TestRowOfAnotherWidthIsRefused(t *testing.T) {
	t.Parallel()
	for _, f := range results.Formats() {
		w, err := results.NewWriter(new(bytes.Buffer), f, []string{"x"}, results.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Row(nil); !errors.Is(err, results.ErrColumns) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestFromGraphKeepsTheOrderOfIndexes(t *testing.T) {
	t.Parallel()
	rs := func(name string) rdf.Term { return rdf.NewIRI(results.ResultSetNS + name) }
	set := rdf.NewBlank("set")
	quads := []rdf.Quad{
		{S: set, P: rdf.NewIRI(rdf.RDFType), O: rs("ResultSet")},
		{S: set, P: rs("resultVariable"), O: rdf.NewString("x")},
	}
	for i := range 3 {
		s, b := rdf.NewBlank(fmt.Sprint("s", i)), rdf.NewBlank(fmt.Sprint("b", i))
		quads = append(quads, rdf.Quad{S: set, P: rs("solution"), O: s}, rdf.Quad{S: s, P: rs("binding"), O: b},
			rdf.Quad{S: s, P: rs("index"), O: rdf.NewInteger(int64(9 - i))},
			rdf.Quad{S: b, P: rs("variable"), O: rdf.NewString("x")}, rdf.Quad{S: b, P: rs("value"), O: rdf.NewInteger(int64(i))})
	}
	table, err := results.FromGraph(quads)
	if err != nil || !table.Ordered || len(table.Rows) != 3 || table.Rows[0][0].Value() != "2" || table.Rows[2][0].Value() != "0" {
		t.Errorf("%+v, %v", table, err)
	}
	if _, err := results.FromGraph(nil); !errors.Is(err, results.ErrNoResultSet) {
		t.Errorf("an empty graph: %v", err)
	}
}

func ExampleNewWriter() {
	format, _ := results.FormatByName("tsv")
	w, _ := results.NewWriter(os.Stdout, format, []string{"model"}, results.Options{})
	w.Row([]rdf.Term{rdf.NewIRI("urn:sett:model:olmoe")})
	w.Close()
	// Output:
	// ?model
	// <urn:sett:model:olmoe>
}

// BenchmarkWriters: go test -bench Writers ./graph/results
func BenchmarkWriters(b *testing.B) {
	row := []rdf.Term{rdf.NewIRI("urn:sett:model:olmoe"), rdf.NewString(`text with "quotes" & more`), rdf.NewInteger(42)}
	for _, f := range results.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			w, _ := results.NewWriter(discard{}, f, []string{"s", "p", "o"}, results.Options{})
			b.ReportAllocs()
			for b.Loop() {
				if err := w.Row(row); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func TestAVariableThatComesTwiceIsRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"json": `{"head": {"vars": ["x", "y", "x"]}, "results": {"bindings": []}}`,
		"xml":  `<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/><variable name="x"/></head><results/></sparql>`,
		"csv":  "x,x\n1,2\n",
		"tsv":  "?x\t$x\n1\t2\n",
	} {
		f, _ := results.FormatByName(name)
		if table, err := results.ReadAll(strings.NewReader(text), f); err == nil {
			t.Errorf("%s: read as %v", name, table)
		}
	}
}
