package layout

import (
	"context"
	"testing"
)

// looks counts how often a context is looked at.
type looks struct {
	context.Context
	n int
}

func (l *looks) Err() error {
	l.n++
	return l.Context.Err()
}

// TestCrowdedNodesSeparateInFewRounds has nodes of five times the room that their places leave them. They lie low, so that each pair would
// rather move up and down: the picture must not become a column of them.
func TestCrowdedNodesSeparateInFewRounds(t *testing.T) {
	const n = 600
	g := Graph{}
	for range n {
		g.Nodes = append(g.Nodes, Node{Width: 80, Height: 30})
	}
	centres := spiral(n, 12)
	ctx := &looks{Context: context.Background()}
	if err := separate(ctx, g, centres); err != nil {
		t.Fatal(err)
	}
	if ctx.n > 300 {
		t.Errorf("%d rounds", ctx.n)
	}
	p := Placement{Nodes: centres}
	p.settle(g)
	if p.Height > 2*p.Width || p.Width > 2*p.Height {
		t.Errorf("%g × %g", p.Width, p.Height)
	}
	for i := range n {
		for j := range i {
			if rectAround(p.Nodes[i], 80, 30).meets(rectAround(p.Nodes[j], 80, 30)) {
				t.Fatalf("nodes %d and %d lie on each other", j, i)
			}
		}
	}
}
