package modelcard_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sett/loader/document"
	"sett/loader/modelcard"
)

// readAll prints the card, or why it was passed over.
func readAll(r document.Reader) string {
	var b strings.Builder
	for {
		d, err := r.Next()
		var skipped *document.Skipped
		switch {
		case err == io.EOF:
			return b.String()
		case errors.As(err, &skipped):
			fmt.Fprintf(&b, "skipped: %s\n", err)
			continue
		case err != nil:
			fmt.Fprintf(&b, "error: %s\n", err)
			return b.String()
		}
		fmt.Fprintf(&b, "title: %q\nabout: %s %q\nid: %s\ntext: %q\n", d.Title, d.About.Class, d.About.Name, d.ID, d.Text)
		for _, f := range d.Meta {
			subject := f.Subject.Name
			if f.Subject.IsZero() {
				subject = "PAPER"
			}
			fmt.Fprintf(&b, "%s :%s %s%s [%s %g] %q\n", subject, f.Property, f.Object.Name, f.Value, f.Rule, f.Confidence, f.Quote)
		}
	}
}

// TestReader runs testdata/cases: "read" reads the input as a card; file=NAME is the name of its file.
func TestReader(t *testing.T) {
	datadriven.Walk(t, "testdata/cases", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			opt := modelcard.Options{File: "acme/mole-7b/README.md"}
			d.MaybeScanArgs(t, "file", &opt.File)
			d.MaybeScanArgs(t, "max", &opt.MaxSize)
			input := d.Input + "\n"
			if d.HasArg("unquote") {
				if _, err := fmt.Sscanf(d.Input, "%q", &input); err != nil {
					d.Fatalf(t, "%v", err)
				}
			}
			switch d.Cmd {
			case "read":
				return readAll(modelcard.NewReader(strings.NewReader(input), opt))
			case "sniff":
				return fmt.Sprintln(modelcard.Sniff([]byte(input)))
			}
			d.Fatalf(t, "unknown command %s", d.Cmd)
			return ""
		})
	})
}

func TestAFewAliasesMayNotMultiply(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("---\na0: &a0 [x, x]\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [*a%d, *a%d]\n", i, i, i-1, i-1)
	}
	b.WriteString("---\n")
	got := readAll(modelcard.NewReader(strings.NewReader(b.String()), modelcard.Options{File: "in"}))
	if want := "skipped: in:1: malformed front matter: more than 16 aliases\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDeepFrontMatterIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{strings.Repeat("[", 100000), "a:\n" + strings.Repeat("- ", 100000)} {
		got := readAll(modelcard.NewReader(strings.NewReader("---\n"+text+"\n---\n"), modelcard.Options{File: "in"}))
		if want := "skipped: in:1: malformed front matter: nested deeper than 64\n"; got != want {
			t.Errorf("got %.200q, want %q", got, want)
		}
	}
}

// FuzzReader: no panic, one document or one reason, then the end; facts are whole.
func FuzzReader(f *testing.F) {
	f.Add("---\nlicense: mit\nlanguage: [en, no]\nmodel-index:\n- name: m\n  results:\n  - dataset: {name: D}\n---\n# M\n")
	f.Add("# Model Card for **X** 🐾\n| Parameters | 7B |\n|---|---|\n| Context length | 8k |\n- **Developed by:** Y\n```\ncode\n")
	f.Add("---\n&a [*a]\n---\n")
	f.Fuzz(func(t *testing.T, in string) {
		modelcard.Sniff([]byte(in))
		r := modelcard.NewReader(strings.NewReader(in), modelcard.Options{File: "x/y/README.md", MaxSize: 1 << 16})
		doc, err := r.Next()
		var skipped *document.Skipped
		if err != nil && !errors.As(err, &skipped) {
			t.Fatal(err)
		}
		if err == nil {
			for _, fact := range doc.Meta {
				if fact.Property == "" || fact.Rule == "" || fact.Quote == "" || fact.Object.IsZero() == fact.Value.IsZero() {
					t.Errorf("fact %+v", fact)
				}
			}
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("then %v, want EOF", err)
		}
	})
}

func ExampleReader() {
	card := "---\nlicense: apache-2.0\nbase_model: acme/mole-7b\n---\n# Mole 7B Chat\nIt digs.\n"
	doc, err := modelcard.NewReader(strings.NewReader(card), modelcard.Options{File: "acme/mole-7b-chat/README.md"}).Next()
	fmt.Println(doc.About, doc.Text, err)
	for _, f := range doc.Meta {
		fmt.Println(f.Property, f.Object.Name)
	}
	// Output:
	// {Model Mole 7B Chat} It digs. <nil>
	// license Apache 2.0
	// derivedFrom mole-7b
}
