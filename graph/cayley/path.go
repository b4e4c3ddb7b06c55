package cayley

import (
	"slices"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// path is a Gizmo path: steps from nodes to nodes. It is not changed by the methods that continue it. Cayley's own path
// package keeps its steps to itself, so that a recursion in it cannot be seen, let alone planned; this one yields the
// same shapes, and a [recursion] for FollowRecursive.
type path struct {
	steps []pathStep
	base  pathContext
	size  int // steps, with those of the paths within them; kept for scripts' paths only
}

// pathContext is what earlier steps set for later ones.
type pathContext struct{ labels shape.Shape } // nil: all

// pathStep is one step.
type pathStep struct {
	tags    []string // of a Tag
	apply   func(in shape.Shape, ctx *pathContext) (shape.Shape, *pathContext)
	reverse func(ctx *pathContext) (pathStep, *pathContext)
}

// plainStep is a step that does not set anything for others.
func plainStep(apply func(in, labels shape.Shape) shape.Shape, reverse func() pathStep) pathStep {
	return pathStep{
		apply:   func(in shape.Shape, ctx *pathContext) (shape.Shape, *pathContext) { return apply(in, ctx.labels), ctx },
		reverse: func(ctx *pathContext) (pathStep, *pathContext) { return reverse(), ctx },
	}
}

// selfReverse is a step that is the same in the other direction.
func selfReverse(apply func(in, labels shape.Shape) shape.Shape) pathStep {
	return plainStep(apply, func() pathStep { return selfReverse(apply) })
}

func (p *path) then(s pathStep) *path {
	return &path{steps: append(slices.Clip(p.steps), s), base: p.base}
}

// shape returns the nodes at the path's end when it begins at all nodes.
func (p *path) shape() shape.Shape { return p.shapeFrom(shape.AllNodes{}) }

func (p *path) shapeFrom(s shape.Shape) shape.Shape {
	base := p.base
	ctx := &base
	for _, step := range p.steps {
		s, ctx = step.apply(s, ctx)
	}
	return s
}

// reversed returns the path from its end to its beginning.
func (p *path) reversed() *path {
	out := &path{}
	ctx := &out.base
	for i := len(p.steps) - 1; i >= 0; i-- {
		var s pathStep
		s, ctx = p.steps[i].reverse(ctx)
		out.steps = append(out.steps, s)
	}
	return out
}

// back returns to the step that set a tag, with what came after it as a condition.
func (p *path) back(tag string) *path {
	for i := len(p.steps) - 1; i >= 0; i-- {
		if slices.Contains(p.steps[i].tags, tag) {
			after := (&path{steps: p.steps[i+1:]}).reversed()
			return (&path{steps: slices.Clip(p.steps[:i+1]), base: p.base}).then(andStep(after))
		}
	}
	return p.reversed()
}

func joined(first, second shape.Shape) shape.Shape {
	if _, all := first.(shape.AllNodes); all {
		return second
	}
	return shape.Intersect{first, second}
}

func isStep(values []quad.Value) pathStep {
	return selfReverse(func(in, _ shape.Shape) shape.Shape {
		if len(values) == 0 {
			return in
		}
		if _, all := in.(shape.AllNodes); all {
			return shape.Lookup(values)
		}
		return shape.Intersect{shape.Lookup(values), in}
	})
}

func tagStep(tags []string) pathStep {
	s := selfReverse(func(in, _ shape.Shape) shape.Shape { return shape.Save{From: in, Tags: tags} })
	s.tags = tags
	s.reverse = func(ctx *pathContext) (pathStep, *pathContext) { return tagStep(tags), ctx }
	return s
}

// via is the predicates, or labels, of a step.
type via func() shape.Shape

func outStep(by via, tags []string) pathStep {
	return plainStep(func(in, labels shape.Shape) shape.Shape { return shape.Out(in, by(), labels, tags...) },
		func() pathStep { return inStep(by, tags) })
}

func inStep(by via, tags []string) pathStep {
	return plainStep(func(in, labels shape.Shape) shape.Shape { return shape.In(in, by(), labels, tags...) },
		func() pathStep { return outStep(by, tags) })
}

func bothStep(by via, tags []string) pathStep {
	return selfReverse(func(in, labels shape.Shape) shape.Shape {
		return shape.Union{shape.In(in, by(), labels, tags...), shape.Out(in, by(), labels, tags...)}
	})
}

// labelStep sets the labels that the steps behind it go along.
func labelStep(by via, tags []string) pathStep {
	var labels shape.Shape
	if by != nil {
		labels = shape.Save{From: by(), Tags: tags}
		if len(tags) == 0 {
			labels = by()
		}
	}
	return pathStep{
		apply: func(in shape.Shape, _ *pathContext) (shape.Shape, *pathContext) { return in, &pathContext{labels} },
		reverse: func(ctx *pathContext) (pathStep, *pathContext) {
			before := *ctx
			ctx.labels = labels
			return labelStep(by, tags), &before
		},
	}
}

func hasStep(by via, reverse bool, nodes shape.Shape) pathStep {
	return selfReverse(func(in, labels shape.Shape) shape.Shape { return shape.HasLabels(in, by(), nodes, labels, reverse) })
}

func filterStep(filters []shape.ValueFilter) pathStep {
	return selfReverse(func(in, _ shape.Shape) shape.Shape { return shape.AddFilters(in, filters...) })
}

func saveStep(by via, tag string, reverse, optional bool) pathStep {
	return selfReverse(func(in, labels shape.Shape) shape.Shape {
		return shape.SaveViaLabels(in, by(), labels, tag, reverse, optional)
	})
}

func andStep(q *path) pathStep {
	return selfReverse(func(in, _ shape.Shape) shape.Shape { return joined(in, q.shape()) })
}

func orStep(q *path) pathStep {
	return selfReverse(func(in, _ shape.Shape) shape.Shape { return shape.Union{in, q.shape()} })
}

func exceptStep(q *path) pathStep {
	return selfReverse(func(in, _ shape.Shape) shape.Shape {
		return joined(in, shape.Except{From: shape.AllNodes{}, Exclude: q.shape()})
	})
}

func followStep(q *path) pathStep {
	return plainStep(func(in, _ shape.Shape) shape.Shape { return q.shapeFrom(in) }, func() pathStep { return followStep(q.reversed()) })
}

func recursiveStep(q *path, depth int, tags []string) pathStep {
	return plainStep(func(in, _ shape.Shape) shape.Shape {
		return &recursion{from: in, via: q.shapeFrom, depth: depth, tags: tags}
	},
		func() pathStep { return recursiveStep(q.reversed(), depth, tags) })
}

func uniqueStep() pathStep {
	return selfReverse(func(in, _ shape.Shape) shape.Shape { return shape.Unique{From: in} })
}

func pageStep(skip, limit int64) pathStep {
	return selfReverse(func(in, _ shape.Shape) shape.Shape {
		if skip <= 0 && limit <= 0 {
			return in
		}
		return shape.Page{From: in, Skip: max(0, skip), Limit: max(0, limit)}
	})
}

func orderStep() pathStep {
	return selfReverse(func(in, _ shape.Shape) shape.Shape { return shape.Sort{From: in} })
}

func labelsStep() pathStep {
	return selfReverse(func(in, _ shape.Shape) shape.Shape { return shape.Labels(in) })
}

func predicatesStep(in bool) pathStep {
	return selfReverse(func(from, _ shape.Shape) shape.Shape { return shape.Predicates(from, in) })
}

func savePredicatesStep(in bool, tag string) pathStep {
	return selfReverse(func(from, _ shape.Shape) shape.Shape { return shape.SavePredicates(from, in, tag) })
}
