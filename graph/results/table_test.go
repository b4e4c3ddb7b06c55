package results_test

import (
	"bytes"
	"strings"
	"testing"

	"sett/graph/rdf"
	"sett/graph/results"
)

// TestACharacterOfSeveralIsNotBroken has emoji that consist of several, in a column that needs no more than there is.
func TestACharacterOfSeveralIsNotBroken(t *testing.T) {
	for _, s := range []string{"😀👩‍👩‍👧", "🇩🇪🇫🇷", "👍🏽 ok", "été", "大规模语言模型"} {
		for _, opt := range []results.Options{{Width: 80}, {Width: 80, Cut: true}} {
			f, _ := results.FormatByName("table")
			var buf bytes.Buffer
			w, err := results.NewWriter(&buf, f, []string{"c"}, opt)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Row([]rdf.Term{rdf.NewString(s)}); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(buf.String(), "│ "+s+" │") {
				t.Errorf("%s, %+v:\n%s", s, opt, &buf)
			}
		}
	}
}
