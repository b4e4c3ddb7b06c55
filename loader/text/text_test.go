package text_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cockroachdb/datadriven"

	"sett/loader/text"
)

// TestText runs the cases of testdata: sentences, pieces and quantities of a text.
func TestText(t *testing.T) {
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			var x text.Text
			x.Reset(d.Input, text.NewVocabulary())
			var b strings.Builder
			switch d.Cmd {
			case "sentences":
				for _, s := range x.Sentences {
					fmt.Fprintf(&b, "%q", x.Span(s.From, s.To))
					if s.Title {
						b.WriteString(" title")
					}
					b.WriteByte('\n')
				}
			case "pieces":
				for i := range x.Pieces {
					fmt.Fprintf(&b, "%s ", strings.ReplaceAll(fmt.Sprintf("%q", x.String(i)), `"`, "'"))
				}
				b.WriteByte('\n')
			case "quantities":
				for _, q := range x.Quantities {
					fmt.Fprintf(&b, "%s %s", x.Span(q.From, q.To), q.Value)
					fmt.Fprintf(&b, " unit %d bound %d role %d", q.Unit, q.Bound, q.Role)
					if q.Group > 0 {
						b.WriteString(" in a list")
					}
					b.WriteByte('\n')
				}
				if len(x.Quantities) == 0 {
					b.WriteString("none\n")
				}
			default:
				t.Fatalf("%s: unknown command %s", d.Pos, d.Cmd)
			}
			return b.String()
		})
	})
}

func TestRuneOffsetCountsCodePoints(t *testing.T) {
	const s = "Größe – 7B ‘models’ 🦡 end."
	var x text.Text
	x.Reset(s, text.NewVocabulary())
	for _, backwards := range []bool{false, true} {
		for i := range s {
			at := i
			if backwards {
				for at = len(s) - i; at > 0 && at < len(s) && !utf8.RuneStart(s[at]); at-- {
				}
			}
			if got, want := x.RuneOffset(at), utf8.RuneCountInString(s[:at]); got != want {
				t.Errorf("byte %d: got %d, want %d", at, got, want)
			}
		}
	}
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		in    string
		scale int
		want  string
	}{
		{"7", 9, "7000000000"}, {"7.4", 9, "7400000000"}, {"59.4", 3, "59400"}, {"0.005", 0, "0.005"}, {"1,024", 0, "1024"},
		{"0", 9, "0"}, {"6.90", 0, "6.9"}, {"12.5", 0, "12.5"}, {"8.349", 9, "8349000000"},
	} {
		d, ok := text.ParseDecimal(c.in)
		if got := d.Scale(c.scale).String(); !ok || got != c.want {
			t.Errorf("%s by 10^%d: got %s, want %s", c.in, c.scale, got, c.want)
		}
	}
	for _, bad := range []string{"1.2.3", "1234567890123456"} {
		if d, ok := text.ParseDecimal(bad); ok {
			t.Errorf("%s was read as %s", bad, d)
		}
	}
}

// FuzzText checks what holds for any input: pieces ascend and stay inside, sentences do not overlap, nothing panics.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "We train a 7B model on 2T tokens.", "a\nb. C", "$7B$ \\8.349 (\\$1.2 million) 3–4 x", "e.g. https://a.b/c). 1.2.3 -- é\xff"} {
		f.Add(s)
	}
	v := text.NewVocabulary()
	v.Add("we")
	f.Fuzz(func(t *testing.T, s string) {
		var x text.Text
		x.Reset(s, v)
		at := int32(0)
		for i, p := range x.Pieces {
			if p.Start < at || p.End <= p.Start || int(p.End) > len(s) {
				t.Fatalf("piece %d at %d to %d after %d", i, p.Start, p.End, at)
			}
			at = p.End
		}
		to := 0
		for _, n := range x.Sentences {
			if n.From < to || n.To <= n.From || n.To > len(x.Pieces) {
				t.Fatalf("sentence %d to %d after %d", n.From, n.To, to)
			}
			to = n.To
		}
		for _, q := range x.Quantities {
			if q.From < 0 || q.To <= q.From || q.To > len(x.Pieces) || q.Number < q.From || q.Number >= q.To {
				t.Fatalf("quantity %+v", q)
			}
			_ = q.Value.String()
		}
	})
}
