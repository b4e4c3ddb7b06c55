package main

import (
	"fmt"
	"math"
	"strings"

	"sett/graph"
	"sett/graph/dot"
)

// planPicture draws a plan as a tree: a box an operator, the slowest by themselves the darkest, arrows as thick as the rows are many.
func planPicture(root *graph.Operator) *dot.Graph {
	total := 0.0
	eachOperator(root, func(o *graph.Operator) {
		if o.Ran != nil {
			total += o.Ran.Own
		}
	})
	var boxes []dot.Box
	var arrows []dot.Arrow
	var add func(o *graph.Operator) int
	add = func(o *graph.Operator) int {
		at := len(boxes)
		boxes = append(boxes, operatorBox(o, total))
		for _, in := range o.Inputs {
			rows := in.Estimated
			if in.Ran != nil {
				rows = float64(in.Ran.Rows)
			}
			arrows = append(arrows, dot.Arrow{From: add(in), To: at, Label: rounded(rows), Width: thickness(rows)})
		}
		return at
	}
	add(root)
	return dot.Drawing(boxes, arrows)
}

func eachOperator(o *graph.Operator, visit func(*graph.Operator)) {
	visit(o)
	for _, in := range o.Inputs {
		eachOperator(in, visit)
	}
}

// operatorBox shows an operator; total is the time of all of them, in milliseconds.
func operatorBox(o *graph.Operator, total float64) dot.Box {
	name, rest, _ := strings.Cut(o.Text, " ")
	b := dot.Box{Name: name, Text: rest, Note: fmt.Sprintf("~%s rows", rounded(o.Estimated)), Fill: shade(0)}
	if o.Ran == nil {
		return b
	}
	b.Note = fmt.Sprintf("%d rows, %s ms", o.Ran.Rows, digits(o.Ran.Own))
	if o.Ran.Off > 0 {
		b.Note += ", estimated " + rounded(o.Estimated)
	}
	if total > 0 {
		b.Fill = shade(o.Ran.Own / total)
	}
	return b
}

// shade is white for a share of 0 and the fullest orange for one of 1.
func shade(share float64) string {
	mix := func(full float64) int { return int(255 - (255-full)*share + 0.5) }
	return fmt.Sprintf("#%02x%02x%02x", mix(255), mix(150), mix(60))
}

// thickness is that of an arrow in points: more by the same for each power of ten.
func thickness(rows float64) float64 {
	t := 1.0
	for ; rows >= 10; rows /= 10 {
		t += 0.7
	}
	return t
}

// digits writes a time with two digits, or all that it has before the point.
func digits(ms float64) string {
	if ms < 10 {
		return fmt.Sprintf("%.2g", ms)
	}
	return fmt.Sprintf("%.0f", ms)
}

// rounded writes a number with as many digits as mean something.
func rounded(f float64) string {
	switch {
	case f < 10 && f != math.Trunc(f):
		return fmt.Sprintf("%.1f", f)
	case f < 1e6:
		return fmt.Sprintf("%.0f", f)
	}
	return fmt.Sprintf("%.2e", f)
}
