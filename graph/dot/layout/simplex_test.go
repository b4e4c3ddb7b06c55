package layout

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// cost returns what values cost, and whether they satisfy every tension.
func cost(tensions []tension, values []int) (sum int, ok bool) {
	ok = true
	for _, t := range tensions {
		d := values[t.to] - values[t.from]
		ok = ok && d >= t.length
		sum += t.weight * d
	}
	return sum, ok
}

// TestTheNetworkFindsTheLeastCost compares with all assignments of a small range.
func TestTheNetworkFindsTheLeastCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "nodes")
		var tensions []tension
		for v := 1; v < n; v++ { // in one piece, without cycles
			tensions = append(tensions, tension{rapid.IntRange(0, v-1).Draw(t, "parent"), v, rapid.IntRange(0, 2).Draw(t, "length"), rapid.IntRange(0, 3).Draw(t, "weight")})
		}
		for range rapid.IntRange(0, 6).Draw(t, "more") {
			a, b := rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b")
			if a != b {
				tensions = append(tensions, tension{min(a, b), max(a, b), rapid.IntRange(0, 2).Draw(t, "length"), rapid.IntRange(0, 3).Draw(t, "weight")})
			}
		}
		got, err := solve(context.Background(), n, tensions)
		if err != nil {
			t.Fatal(err)
		}
		sum, ok := cost(tensions, got)
		if !ok {
			t.Fatalf("values %v break a tension of %v", got, tensions)
		}
		const top = 6
		values := make([]int, n)
		least := sum
		var try func(v int)
		try = func(v int) {
			if v == n {
				if s, ok := cost(tensions, values); ok {
					least = min(least, s)
				}
				return
			}
			for values[v] = 0; values[v] <= top; values[v]++ {
				ok := true
				for _, x := range tensions {
					ok = ok && (x.to != v || values[v]-values[x.from] >= x.length)
				}
				if ok {
					try(v + 1)
				}
			}
		}
		try(0)
		if least < sum {
			t.Fatalf("cost %d, but %d is possible: %v, %v", sum, least, got, tensions)
		}
	})
}
