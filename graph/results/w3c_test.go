package results_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sett/graph/rdf"
	"sett/graph/results"
)

// conformance returns the folder of the W3C's SPARQL tests, which the project keeps no copy of.
func conformance(t testing.TB) string {
	dir := os.Getenv("SETT_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "conformance", "sparql")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the W3C's tests are not there: %v", err)
		}
		t.Skipf("no W3C tests (clone w3c/rdf-tests; SETT_SHARED names the folder above conformance): %v", err)
	}
	return dir
}

// resultFiles calls f with each result file.
func resultFiles(t testing.TB, f func(path string, format results.Format, data []byte)) {
	n := 0
	err := filepath.WalkDir(conformance(t), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		ext := filepath.Ext(path)
		format, ok := results.FormatByPath(path)
		if !ok || !format.CanRead() || !slices.Contains([]string{".srx", ".srj", ".csv", ".tsv"}, ext) {
			return nil
		}
		data, err := os.ReadFile(path)
		if err == nil {
			n++
			f(path, format, data)
		}
		return err
	})
	if err != nil || n < 500 {
		t.Fatalf("%d result files, %v", n, err)
	}
}

func TestEachResultFileOfTheW3CReadsAndSurvivesARoundTrip(t *testing.T) {
	t.Parallel()
	resultFiles(t, func(path string, format results.Format, data []byte) {
		table, err := results.ReadAll(bytes.NewReader(data), format)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
		for _, name := range []string{"json", "xml", "tsv", "csv"} {
			if (table.Ask || format.Name == "csv") && (name == "tsv" || name == "csv") {
				continue
			}
			f, _ := results.FormatByName(name)
			var b bytes.Buffer
			if err := table.Write(&b, f, results.Options{}); err != nil {
				t.Errorf("%s as %s: %v", path, name, err)
				continue
			}
			text := b.String()
			again, err := results.ReadAll(&b, f)
			if err != nil {
				t.Errorf("%s as %s: %v\n%s", path, name, err, text)
				continue
			}
			if name == "csv" {
				if len(again.Rows) != len(table.Rows) || !slices.Equal(again.Vars, table.Vars) {
					t.Errorf("%s as csv: %d rows, want %d", path, len(again.Rows), len(table.Rows))
				}
				continue
			}
			if !same(table, again) {
				t.Errorf("%s as %s: another table\n%s", path, name, text)
			}
		}
	})
}

func same(a, b *results.Table) bool {
	return slices.Equal(a.Vars, b.Vars) && a.Ask == b.Ask && a.Boolean == b.Boolean &&
		slices.EqualFunc(a.Rows, b.Rows, func(x, y []rdf.Term) bool { return slices.EqualFunc(x, y, rdf.Term.Equal) })
}

func FuzzReaders(f *testing.F) {
	for i, s := range []string{
		`{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"triple","value":{"subject":{"type":"uri","value":"a"},"predicate":{"type":"uri","value":"b"},"object":{"type":"literal","value":"c","xml:lang":"ar","its:dir":"rtl"}}}}]}}`,
		`<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results><result><binding name="x"><literal xml:lang="en">a</literal></binding></result></results></sparql>`,
		"x,y\r\n\"a\"\"b\",_:c\r\n,\r\n",
		"?x\t?y\n<<( <a> <b> \"c\\u0041\"@en--ltr )>>\t-1.5e3\n",
	} {
		f.Add(i, []byte(s))
	}
	names := []string{"json", "xml", "csv", "tsv"}
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		format, _ := results.FormatByName(names[uint(which)%4])
		table, err := results.ReadAll(bytes.NewReader(data), format)
		if err != nil {
			return
		}
		for _, row := range table.Rows {
			if len(row) != len(table.Vars) {
				t.Fatalf("%d terms, %d variables", len(row), len(table.Vars))
			}
		}
		for _, name := range []string{"table", "json", "ndjson"} {
			to, _ := results.FormatByName(name)
			if err := table.Write(new(bytes.Buffer), to, results.Options{Width: 40}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
