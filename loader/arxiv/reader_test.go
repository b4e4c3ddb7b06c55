package arxiv_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sett/loader/arxiv"
	"sett/loader/document"
)

// print writes what a document says beyond the zero values, a line a field.
func print(b *strings.Builder, d *document.Document) {
	fmt.Fprintf(b, "%s:%d\n  title: %q\n  text: %q\n", d.Source, d.Line, d.Title, d.Text)
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
		fmt.Fprintf(b, "  :%s %s%s [%s] %q\n", f.Property, f.Object.Name, f.Value, f.Rule, f.Quote)
	}
}

// readAll prints every document and every skipped line until the end or another error.
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

// TestReader runs testdata/cases: "read" reads the input; with max=N lines are at most N bytes long; with unquote the input is
// a Go string, for bytes that a text file cannot hold.
func TestReader(t *testing.T) {
	datadriven.Walk(t, "testdata/cases", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			opt := arxiv.Options{File: "in"}
			d.MaybeScanArgs(t, "max", &opt.MaxLine)
			input := d.Input + "\n"
			if d.HasArg("unquote") {
				if _, err := fmt.Sscanf(d.Input, "%q", &input); err != nil {
					d.Fatalf(t, "%v", err)
				}
			}
			switch d.Cmd {
			case "read":
				return readAll(arxiv.NewReader(strings.NewReader(input), opt))
			case "sniff":
				return fmt.Sprintln(arxiv.Sniff([]byte(input)))
			}
			d.Fatalf(t, "unknown command %s", d.Cmd)
			return ""
		})
	})
}

func TestALineOfAHundredMegabytesIsReportedAndReadingGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 100 MB")
	}
	t.Parallel()
	long := io.MultiReader(
		strings.NewReader(`{"title":"`), io.LimitReader(repeat('x'), 100<<20), strings.NewReader("\"}\n"+`{"title":"after"}`))
	got := readAll(arxiv.NewReader(long, arxiv.Options{File: "in"}))
	want := "skipped: in:1: line too long: 104857613 bytes, at most 67108864\nin:2\n  title: \"after\"\n  text: \"\"\n"
	if got != want {
		t.Errorf("got %.200s, want %s", got, want)
	}
}

// repeat is an endless reader of one byte.
type repeat byte

func (c repeat) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(c)
	}
	return len(p), nil
}

// shared opens a file of the shared folder, ../shared from the root of the repository or $SETT_SHARED.
func shared(t testing.TB, path ...string) *os.File {
	t.Helper()
	dir := os.Getenv("SETT_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(append([]string{dir}, path...)...))
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("no shared data (set SETT_SHARED to its folder): %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestEveryRealAbstractIsRead(t *testing.T) {
	t.Parallel()
	r := arxiv.NewReader(shared(t, "papers", "llm-papers.jsonl"), arxiv.Options{File: "llm-papers.jsonl"})
	n := 0
	for {
		doc, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		n++
		if doc.Title == "" || doc.Text == "" || doc.Date.Year < 1950 || doc.AuthorCount < 1 {
			t.Errorf("line %d: title %q, %d bytes of text, year %d, %d authors", doc.Line, doc.Title, len(doc.Text), doc.Date.Year, doc.AuthorCount)
		}
		for _, a := range doc.Authors {
			if strings.ContainsAny(a, `\"[]`) || strings.HasPrefix(a, "'") {
				t.Errorf("line %d: author %q", doc.Line, a)
			}
		}
	}
	if n != 2570 {
		t.Errorf("got %d papers, want 2570", n)
	}
}

// FuzzReader: no panic, and every line or value is a paper, blank, or reported; only what is not closed at the end ends it otherwise.
func FuzzReader(f *testing.F) {
	f.Add([]byte("[{\"title\":\"a]}\"},\n {\"title\": 1}, 7]"))
	f.Add([]byte("{\n\"title\": \"a\"\n}\n{}"))
	f.Add([]byte(`{"title":"T","authors":["A"],"year":2024}` + "\n{}\n\n[1]\nx"))
	f.Add([]byte("\ufeff" + `{"id":"2402.19173","versions":[{"created":"Thu, 29 Feb 2024 18:53:16 GMT"}],"abstract":"\ud800"}`))
	f.Add([]byte(`{"title":["a",1,null],"authors":"['x', \"y\\xe0\"]","license":"https://creativecommons.org/licenses/by/4.0/"}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		r := arxiv.NewReader(strings.NewReader(string(in)), arxiv.Options{MaxLine: 1 << 16})
		for range len(in) + 1 {
			_, err := r.Next()
			var skipped *document.Skipped
			if err == io.EOF {
				return
			}
			if errors.Is(err, arxiv.ErrObject) && !errors.As(err, &skipped) {
				if _, err := r.Next(); err == nil {
					t.Fatal("a paper after an error that is final")
				}
				return
			}
			if err != nil && !errors.As(err, &skipped) {
				t.Fatalf("%v, which is neither the end nor a skipped line", err)
			}
		}
		t.Fatalf("more results than %d bytes", len(in))
	})
}

// go test -bench Reader ./loader/arxiv
func BenchmarkReader(b *testing.B) {
	f := shared(b, "papers", "llm-papers.jsonl")
	text, err := io.ReadAll(f)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	n := 0
	for b.Loop() {
		r := arxiv.NewReader(strings.NewReader(string(text)), arxiv.Options{})
		for {
			if _, err := r.Next(); err != nil {
				break
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "papers/s")
}

func ExampleReader() {
	in := strings.NewReader(`{"id":"2401.00001","title":"A title","abstract":"We show.","authors":"A. Lee and B. Chen","year":2024}`)
	doc, err := arxiv.NewReader(in, arxiv.Options{File: "papers.jsonl"}).Next()
	fmt.Println(doc.ID, doc.Title, doc.Date.Year, doc.Authors, err)
	// Output: 2401.00001 A title 2024 [A. Lee B. Chen] <nil>
}
