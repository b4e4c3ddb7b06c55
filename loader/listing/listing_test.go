package listing_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cockroachdb/datadriven"

	"sett/loader/document"
	"sett/loader/listing"
)

// TestListing reads the listings of testdata and prints what is found.
func TestListing(t *testing.T) {
	datadriven.Walk(t, "testdata/cases", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			opt := listing.Options{File: "f"}
			d.MaybeScanArgs(t, "year", &opt.Year)
			input := d.Input
			if d.HasArg("crlf") {
				input = "\ufeff" + strings.ReplaceAll(input, "\n", "\r\n")
			}
			var b strings.Builder
			if d.Cmd == "year" {
				newest, lacking, err := listing.NewestYear(strings.NewReader(input))
				return fmt.Sprintln(newest, lacking, err)
			}
			r := listing.NewReader(strings.NewReader(input), opt)
			for {
				doc, err := r.Next()
				var skipped *document.Skipped
				switch {
				case err == io.EOF:
					return b.String()
				case errors.As(err, &skipped):
					fmt.Fprintln(&b, "skipped", err)
				case err != nil:
					t.Fatal(err)
				default:
					fmt.Fprintf(&b, "%d | %s | %s | %d | %04d-%02d-%02d | %d\n", doc.Upvotes, doc.Title, doc.Text, doc.AuthorCount, doc.Date.Year, doc.Date.Month, doc.Date.Day, doc.Comments)
				}
			}
		})
	})
}

// FuzzReader: no input makes the reader panic or loop, and what it yields is text with a title.
func FuzzReader(f *testing.F) {
	f.Add("1 A Title We show. 3 authors · May 2, 2024 7\n- B\n\n-\n")
	f.Add("\ufeff- Title &amp; More This is it. 1 author • Feb 29, 2023\r\n")
	f.Add("x\xff 2 authors · Jan 1")
	f.Fuzz(func(t *testing.T, s string) {
		r := listing.NewReader(strings.NewReader(s), listing.Options{File: "f", Year: 2024})
		for range strings.Count(s, "\n") + 2 {
			doc, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				continue
			}
			if doc.Title == "" || !utf8.ValidString(doc.Title+doc.Text) {
				t.Fatalf("%q gave the title %q", s, doc.Title)
			}
		}
		if _, err := r.Next(); err != io.EOF {
			t.Fatal("the reader does not come to an end")
		}
	})
}

// FuzzSplit: the split lies at the beginning of a word or at the end.
func FuzzSplit(f *testing.F) {
	f.Add("A Title of Things We show that it holds.")
	f.Add("é “Quoted” (LLMs) in this?")
	f.Fuzz(func(t *testing.T, s string) {
		if at := listing.Split(s); at < 0 || at > len(s) {
			t.Fatalf("split at %d of %d", at, len(s))
		}
	})
}
