package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sett/loader/record"
)

// TestSpellings runs testdata; each command reads its input line by line:
// authors (names in a field), date, arxivdate, license.
func TestSpellings(t *testing.T) {
	datadriven.RunTest(t, "testdata/spellings", func(t *testing.T, d *datadriven.TestData) string {
		var b strings.Builder
		for line := range strings.Lines(d.Input) {
			line = strings.TrimSuffix(line, "\n")
			switch d.Cmd {
			case "authors":
				fmt.Fprintf(&b, "%q\n", record.Authors(line))
			case "date":
				got, ok := record.Date(line)
				fmt.Fprintln(&b, got, ok)
			case "arxivdate":
				got, ok := record.ArXivDate(line)
				fmt.Fprintln(&b, got, ok)
			case "license":
				fmt.Fprintf(&b, "%q\n", record.LicenseName(line))
			default:
				d.Fatalf(t, "unknown command %s", d.Cmd)
			}
		}
		return b.String()
	})
}

func TestLinksThatAreNoIRIsAreLeftOut(t *testing.T) {
	t.Parallel()
	r := record.New()
	r.Title = "T"
	r.Links = []string{"https://a.example/x y", "javascript:alert(1)", "https://b.example/<z>", "https://c.example/é", " https://c.example/é"}
	doc, err := r.Document("f", 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Meta) != 1 || doc.Meta[0].Value.Value() != "https://c.example/é" {
		t.Errorf("got %v, want the last link once", doc.Meta)
	}
}

func TestABracketBehindALinkIsNoPartOfIt(t *testing.T) {
	t.Parallel()
	r := record.New()
	r.Title = "T"
	r.Links = []string{"https://a.example/code)", "https://a.example/Foo_(bar)"}
	doc, err := r.Document("f", 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range doc.Meta {
		got = append(got, m.Value.Value())
	}
	if want := []string{"https://a.example/code", "https://a.example/Foo_(bar)"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzAuthors(f *testing.F) {
	for _, s := range []string{`['a', "b\xe9"]`, `[' Ann`, `a, b and c`, `["it''s", 'o''k', x`, `(((`, `\`, `['\U00110000']`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range record.Authors(s) {
			if strings.TrimSpace(name) != name || name == "" {
				t.Errorf("a name %q in %q", name, s)
			}
		}
	})
}

func ExampleAuthors() {
	fmt.Printf("%q\n", record.Authors(`['Ann Lee', "Bo O'Hara", Cy Day]`))
	// Output: ["Ann Lee" "Bo O'Hara" "Cy Day"]
}
