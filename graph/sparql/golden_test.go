package sparql

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"sett/graph/rdf"
)

// TestGolden runs testdata/*: query and update print the algebra and the warnings, or the error; text prints the syntax tree back.
// Whatever can be read is printed back and read again, with the same result. go test -rewrite writes the expectations.
func TestGolden(t *testing.T) {
	opt := Options{Base: "http://base/", Prefixes: rdf.NewPrefixes("", "http://e/", "model", "http://m/", "xsd", rdf.XSDNS)}
	datadriven.Walk(t, "testdata/golden", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			update := d.HasArg("update")
			was, err := reading(d.Input, opt, update)
			if err != nil {
				return err.Error() + "\n"
			}
			again, err := reading(was.text, Options{}, update)
			if err != nil || again != was {
				t.Errorf("%s: printed back:\n%s\n%v\ngot %s\nwant %s", d.Pos, was.text, err, again.algebra, was.algebra)
			}
			switch d.Cmd {
			case "algebra":
				return was.algebra + warned(d.Input, opt, update)
			case "text":
				return was.text
			}
			return "no error\n" + was.algebra
		})
	})
}

// warned lists the warnings of a text.
func warned(text string, opt Options, update bool) string {
	var all []Warning
	if update {
		u, _ := ParseUpdate(text, opt)
		all = u.Warnings
	} else {
		q, _ := ParseQuery(text, opt)
		all = q.Warnings
	}
	var b strings.Builder
	for _, w := range all {
		fmt.Fprintf(&b, "warning: line %d, column %d: %s\n", w.Line, w.Column, w.Msg)
	}
	return b.String()
}
