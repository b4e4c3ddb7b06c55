package repl

import (
	"strings"
	"testing"

	"sett/queries"
)

func TestSavedQueriesAreListedWithinTheScreen(t *testing.T) {
	all := []queries.Query{
		{Name: "cost", Title: "What the training of every model that is known cost", Params: []queries.Param{
			{Name: "min", Type: "decimal", Default: "0", Text: "least cost; what is not stated counts as 0"},
			{Name: "words", Type: "string", Required: true}}},
	}
	var narrow, wide strings.Builder
	PrintQueries(&narrow, all, 40)
	PrintQueries(&wide, all, 0)
	if want := `cost  What the training of every model
      that is known cost
        min=0 decimal: least cost; what
        is not stated counts as 0
        words=… string
`; narrow.String() != want {
		t.Errorf("got\n%swant\n%s", &narrow, want)
	}
	if want := `cost  What the training of every model that is known cost
        min=0  decimal: least cost; what is not stated counts as 0
        words=…  string
`; wide.String() != want {
		t.Errorf("got\n%swant\n%s", &wide, want)
	}
}
