package repl

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
)

// TestStatementsEndWhereTheManualSays runs testdata/split: the input is fed line by line, with "~" for an empty line,
// and each piece is printed with the line on which it began.
func TestStatementsEndWhereTheManualSays(t *testing.T) {
	datadriven.RunTest(t, "testdata/split", func(t *testing.T, d *datadriven.TestData) string {
		s := splitter{language: d.Cmd, whole: wholeStatement, command: isCommandLine}
		var out strings.Builder
		show := func(pieces []piece) {
			for _, p := range pieces {
				fmt.Fprintf(&out, "%s at %d: %s\n", [...]string{"statement", "prologue", "command"}[p.kind], p.line, strings.ReplaceAll(p.text, "\n", " | "))
			}
		}
		for line := range strings.SplitSeq(d.Input, "\n") {
			if line == "~" {
				line = ""
			}
			show(s.add(line))
		}
		out.WriteString("-- end of input\n")
		show(s.end())
		return out.String()
	})
}

func FuzzSplitter(f *testing.F) {
	f.Add("SELECT * { ?s ?p \"\"\"x\n\n;\n\"\"\" }\n\n.help\n;\n")
	f.Add("PREFIX a: <b>\n;\n<\n?\n'\n\\")
	f.Fuzz(func(t *testing.T, input string) {
		s := splitter{language: "sparql", whole: wholeStatement, command: isCommandLine}
		for line := range strings.SplitSeq(input, "\n") {
			s.add(line)
		}
		s.end()
		if s.pending() {
			t.Fatal("text is pending after the end")
		}
		end := 0
		for _, tok := range scan(input) {
			if tok.start < end || tok.end <= tok.start || tok.end > len(input) {
				t.Fatalf("token %+v after %d", tok, end)
			}
			end = tok.end
		}
	})
}
