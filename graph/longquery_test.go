package graph_test

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

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

// TestTheTimeLimitHoldsWhilePlanning asks a query whose plan alone takes longer than its limit.
func TestTheTimeLimitHoldsWhilePlanning(t *testing.T) {
	db := open(t, graph.Options{InMemory: true})
	if err := db.Update(context.Background(), "INSERT DATA { <urn:a> <urn:p> 1 , 2 , 3 }"); err != nil {
		t.Fatal(err)
	}
	var chain strings.Builder
	for i := range 3000 {
		chain.WriteString("?x" + strconv.Itoa(i) + " <urn:p> ?x" + strconv.Itoa(i+1) + " . ")
	}
	where := "{ " + chain.String() + "}"
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for name, run := range map[string]func(context.Context, time.Duration) error{
		"query": func(ctx context.Context, limit time.Duration) error {
			_, err := db.Query(ctx, "SELECT * "+where, graph.QueryOptions{Timeout: limit})
			return err
		},
		"update": func(ctx context.Context, limit time.Duration) error {
			return db.Update(ctx, "DELETE { ?x0 <urn:p> ?x1 } WHERE "+where, graph.UpdateOptions{Timeout: limit})
		},
	} {
		if err := run(context.Background(), time.Millisecond); !errors.Is(err, graph.ErrLimit) {
			t.Errorf("%s: got %v, want %v", name, err, graph.ErrLimit)
		}
		if err := run(cancelled, 0); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled: got %v, want %v", name, err, context.Canceled)
		}
	}
	if _, err := db.Explain(cancelled, "SELECT * "+where, graph.QueryOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("explain, cancelled: got %v, want %v", err, context.Canceled)
	}
}
