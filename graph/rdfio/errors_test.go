package rdfio

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
)

// TestErrorsSayWhereAndWhat runs testdata/errors. A case is "read format=NAME [lenient] [base=IRI] [unquote]" and an
// input; it prints the quads, then each error with its line and a caret. With unquote the input is a Go string.
//
//	go test ./graph/rdfio -run Errors -rewrite
func TestErrorsSayWhereAndWhat(t *testing.T) {
	datadriven.Walk(t, "testdata/errors", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			if d.Cmd != "read" {
				d.Fatalf(t, "unknown command %s", d.Cmd)
			}
			return readCase(t, d)
		})
	})
}

func readCase(t *testing.T, d *datadriven.TestData) string {
	var name, base string
	d.ScanArgs(t, "format", &name)
	d.MaybeScanArgs(t, "base", &base)
	input := d.Input
	if d.HasArg("unquote") {
		if _, err := fmt.Sscanf(input, "%q", &input); err != nil {
			d.Fatalf(t, "%v", err)
		}
	}
	var out strings.Builder
	opt := ReaderOptions{File: "f", Base: base}
	if d.HasArg("lenient") {
		opt.Lenient = func(e *SyntaxError) bool {
			fmt.Fprintf(&out, "%v\n%s\n", e, e.Caret())
			return true
		}
	}
	r, err := NewReader(strings.NewReader(input), formatNamed(t, name), opt)
	if err != nil {
		return err.Error()
	}
	quads, err := readAll(r, 1)
	out.WriteString(printQuads(quads))
	var syntax *SyntaxError
	if errors.As(err, &syntax) && opt.Lenient == nil {
		fmt.Fprintf(&out, "%v\n%s\n", syntax, syntax.Caret())
	}
	return out.String()
}

// TestPrettyText runs testdata/pretty. A case is "write format=NAME" and Turtle or TriG; it prints what the writer
// makes of it, with the prefixes of the input.
func TestPrettyText(t *testing.T) {
	datadriven.Walk(t, "testdata/pretty", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			var name string
			d.ScanArgs(t, "format", &name)
			return rewriteCase(t, d.Input, formatNamed(t, name))
		})
	})
}
