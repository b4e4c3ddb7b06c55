package plan

import (
	"strings"
	"time"
)

// Operator is one operator of a plan for programs that show it: as JSON, or drawn.
type Operator struct {
	Name      string      `json:"operator"`         // "IndexJoin"
	Text      string      `json:"text"`             // the operator with its pattern or condition, names shortened
	Role      string      `json:"role,omitempty"`   // "exists": the pattern of an EXISTS in a condition
	Sorted    []string    `json:"sorted,omitempty"` // the variables by which rows come in order
	Estimated float64     `json:"estimatedRows"`
	Cost      float64     `json:"estimatedCost"` // with its inputs; 1 is about a row scanned
	Ran       *Ran        `json:"ran,omitempty"` // what it did, if it ran
	Inputs    []*Operator `json:"inputs,omitempty"`
}

// Ran is what an operator did.
type Ran struct {
	Rows         uint64  `json:"rows"`
	Runs         uint64  `json:"runs"`          // more than one inside EXISTS, GRAPH ?g and look-ups by batches
	Milliseconds float64 `json:"ms"`            // with its inputs
	Own          float64 `json:"ownMs"`         // without them
	Bytes        int64   `json:"bytes"`         // most that it held, with its inputs
	Off          float64 `json:"off,omitempty"` // how many times too high (or, below 1, too low) the estimate was, if by ten or more
}

// Tree returns the plan with what operators did, where actual has an entry for their numbers.
func (p *Plan) Tree(actual []Actual) *Operator { return p.tree(p.Root, "", actual) }

func (p *Plan) tree(n Node, role string, actual []Actual) *Operator {
	h := n.Head()
	text := shortened(p.Describe(n), p.prefixes())
	name, _, _ := strings.Cut(text, " ")
	o := &Operator{Name: name, Text: text, Role: role, Estimated: h.Rows, Cost: h.Cost}
	for _, s := range h.Sorted {
		o.Sorted = append(o.Sorted, p.Vars[s].String())
	}
	children := p.children(n)
	if h.ID < len(actual) {
		a := actual[h.ID]
		own := a.Time
		for _, c := range children {
			own -= actual[c.node.Head().ID].Time
		}
		o.Ran = &Ran{Rows: a.Rows, Runs: a.Starts, Milliseconds: milliseconds(a.Time), Own: milliseconds(max(0, own)), Bytes: a.Bytes}
		if off := misjudged(h, a); off > 0 {
			o.Ran.Off = off
		}
	}
	for _, c := range children {
		o.Inputs = append(o.Inputs, p.tree(c.node, c.role, actual))
	}
	return o
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// child is an input of an operator, or the pattern of an EXISTS in one of its expressions.
type child struct {
	role string
	node Node
}

func (p *Plan) children(n Node) []child {
	var out []child
	for _, in := range n.Inputs() {
		out = append(out, child{"", in})
	}
	for _, x := range expressions(n) {
		for _, e := range x.Exists {
			out = append(out, child{"exists", e.Root})
		}
	}
	return out
}

// misjudged returns by which factor an operator's estimate was too high, 0 if by less than ten either way. Estimates are of
// one run to the end; what ran never, or was cut short by LIMIT, shows as it is.
func misjudged(h *Info, a Actual) float64 {
	if a.Starts == 0 {
		return 0
	}
	f := (h.Rows*float64(a.Starts) + 1) / (float64(a.Rows) + 1)
	if f < 10 && f > 0.1 {
		return 0
	}
	return f
}
