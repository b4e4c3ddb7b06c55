package layout

import (
	"context"
	"testing"
)

// TestAZigzagHasNoCrossings lays out paths whose arrows point alternately forth and back, with their nodes and arrows in every order: none needs a
// crossing, and no single step from the first order of some lowers their number.
func TestAZigzagHasNoCrossings(t *testing.T) {
	for _, n := range []int{4, 5, 6} {
		eachOrder(n, func(node []int) {
			g := Graph{Nodes: make([]Node, n)}
			for i := 1; i < n; i++ {
				e := Edge{From: node[i-1], To: node[i], LabelWidth: 40, LabelHeight: 12}
				if i%2 == 0 {
					e.From, e.To = e.To, e.From
				}
				g.Edges = append(g.Edges, e)
			}
			l := newLayering(g)
			l.breakCycles()
			ranks, err := l.rank(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			l.standIns(ranks)
			if err := l.order(context.Background()); err != nil {
				t.Fatal(err)
			}
			if c := l.crossings(); c > 0 {
				t.Errorf("%v: %d crossings", node, c)
			}
		})
	}
}

// eachOrder visits all orders of the numbers below n.
func eachOrder(n int, visit func([]int)) {
	order := make([]int, n)
	var place func(at int)
	place = func(at int) {
		if at == n {
			visit(order)
			return
		}
		for v := range n {
			free := true
			for _, taken := range order[:at] {
				free = free && taken != v
			}
			if free {
				order[at] = v
				place(at + 1)
			}
		}
	}
	place(0)
}
