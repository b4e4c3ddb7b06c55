package table_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sett/loader/document"
	"sett/loader/table"
)

// print writes what a document says beyond the zero values, a line a field.
func print(b *strings.Builder, d *document.Document) {
	fmt.Fprintf(b, "%s:%d %q %q\n", d.Source, d.Line, d.Title, d.Text)
	if d.ID != "" {
		fmt.Fprintf(b, "  id: %s\n", d.ID)
	}
	if d.Date != (document.Date{}) {
		fmt.Fprintf(b, "  date: %d-%d-%d\n", d.Date.Year, d.Date.Month, d.Date.Day)
	}
	if d.AuthorCount != document.Unknown {
		fmt.Fprintf(b, "  authors: %d %q\n", d.AuthorCount, d.Authors)
	}
	if d.Upvotes != document.Unknown || d.Comments != document.Unknown {
		fmt.Fprintf(b, "  upvotes: %d, comments: %d\n", d.Upvotes, d.Comments)
	}
	for _, f := range d.Meta {
		fmt.Fprintf(b, "  :%s %s%s [%s]\n", f.Property, f.Object.Name, f.Value, f.Rule)
	}
}

// readAll prints every document and every skipped row until the end or another error.
func readAll(r document.Reader) string {
	var b strings.Builder
	for {
		doc, err := r.Next()
		var skipped *document.Skipped
		switch {
		case err == io.EOF:
			return b.String()
		case errors.As(err, &skipped):
			fmt.Fprintf(&b, "skipped: %s\n", err)
		case err != nil:
			fmt.Fprintf(&b, "error: %s\n", err)
			return b.String()
		default:
			print(&b, doc)
		}
	}
}

// TestReader runs testdata/cases: "read" reads the input, "sniff" tells whether it is a table of papers. With unquote the input
// is a Go string, for bytes that a text file cannot hold.
func TestReader(t *testing.T) {
	datadriven.Walk(t, "testdata/cases", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			input := d.Input + "\n"
			if d.HasArg("unquote") {
				if _, err := fmt.Sscanf(d.Input, "%q", &input); err != nil {
					d.Fatalf(t, "%v", err)
				}
			}
			switch d.Cmd {
			case "read":
				return readAll(table.NewReader(strings.NewReader(input), table.Options{File: "in"}))
			case "sniff":
				return fmt.Sprintln(table.Sniff([]byte(input)))
			}
			d.Fatalf(t, "unknown command %s", d.Cmd)
			return ""
		})
	})
}

func TestARowWithoutEndIsAnErrorThatSaysWhereItBegins(t *testing.T) {
	t.Parallel()
	in := "title,abstract\nA,B\n\"" + strings.Repeat("x\n", 1<<20)
	got := readAll(table.NewReader(strings.NewReader(in), table.Options{File: "in", MaxRow: 1 << 16}))
	want := "in:2 \"A\" \"B\"\nerror: in:3: row too long: more than 65536 bytes\n"
	if got != want {
		t.Errorf("got %.200q, want %q", got, want)
	}
}

// FuzzReader: no panic, and reading ends.
func FuzzReader(f *testing.F) {
	f.Add("title,abstract,year\nA,\"B\nC\",2024\n\"x\ny,z\n")
	f.Add("Title;Authors\na;\"['x']\"\n\n;\n")
	f.Add("\ufefftitle\turl\nq\thttps://example.org/ x\n")
	f.Fuzz(func(t *testing.T, in string) {
		table.Sniff([]byte(in))
		r := table.NewReader(strings.NewReader(in), table.Options{MaxRow: 1 << 12})
		for range strings.Count(in, "\n") + strings.Count(in, "\r") + 3 {
			doc, err := r.Next()
			var skipped *document.Skipped
			if err != nil && !errors.As(err, &skipped) {
				return
			}
			if err == nil && doc.Title == "" && doc.Text == "" {
				t.Fatal("an empty document")
			}
		}
		t.Fatal("more results than lines")
	})
}

func ExampleReader() {
	in := strings.NewReader("title,year,authors\nA title,2024,A. Lee and B. Chen\n")
	doc, err := table.NewReader(in, table.Options{File: "papers.csv"}).Next()
	fmt.Println(doc.Title, doc.Date.Year, doc.AuthorCount, err)
	// Output: A title 2024 2 <nil>
}
