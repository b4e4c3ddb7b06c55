package graph_test

import (
	"context"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"sett/graph"
)

// TestLongListsArePlannedInLinearMemory plans conditions with many constants, as programs write them: four times as many may not take
// more than some six times the memory.
func TestLongListsArePlannedInLinearMemory(t *testing.T) {
	db := open(t, graph.Options{InMemory: true})
	if err := db.Update(context.Background(), "INSERT DATA { <urn:a> <urn:p> 1 , 2 , 3 }"); err != nil {
		t.Fatal(err)
	}
	spent := func(text string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := db.Explain(context.Background(), text, graph.QueryOptions{}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for _, c := range []struct{ name, before, between, after, item string }{
		{"IN", "?o IN (", ", ", ")", ""},
		{"||", "", " || ", "", "?o = "},
		{"VALUES", "true) VALUES ?o { ", " ", "} FILTER(true", ""},
	} {
		query := func(n int) string {
			items := make([]string, n)
			for i := range items {
				items[i] = c.item + strconv.Itoa(2*i) // not side by side, so that their ranges stay apart
			}
			return "SELECT * { ?s <urn:p> ?o FILTER(" + c.before + strings.Join(items, c.between) + c.after + ") }"
		}
		if few, many := spent(query(2000)), spent(query(8000)); many > 6*few {
			t.Errorf("%s: 2000 constants take %d bytes, 8000 take %d", c.name, few, many)
		}
	}
}
