package layout

import (
	"container/heap"
	"context"
)

// A tension wants values[to]-values[from] to be at least the length, and pays its weight for each unit above it.
type tension struct {
	from, to, length, weight int
}

// network finds the whole numbers that satisfy every tension at the least cost, by the network simplex method as Gansner,
// Koutsofios, North and Vo use it for drawing graphs (A Technique for Drawing Directed Graphs, 1993, §2.3 and §4.2). A spanning
// tree of tensions without slack is kept; a tree edge whose cut value is below zero gives way to another until there is none.
type network struct {
	tensions []tension
	values   []int
	around   [][]int // node → tensions at it
	inTree   []bool  // tension
	cut      []int   // tension in the tree → its cut value: the cost of one unit more
	tree     [][]int // node → tensions of the tree at it
	spanning []int   // the tensions of the tree
	place    []int   // tension of the tree → its place in spanning
	parent   []int   // node → the tension to its parent, -1 at the root
	low, lim []int   // node → least number below it, and its own, in a postorder walk of the tree
	stack    []int   // of walks, kept for the next
}

// solve returns values for n nodes, tied together by the tensions into one piece without a cycle. It stops with what it has after so many
// exchanges that a graph of some ten thousand nodes takes about a second.
func solve(ctx context.Context, n int, tensions []tension) ([]int, error) {
	s := &network{
		tensions: tensions, values: make([]int, n), around: make([][]int, n),
		inTree: make([]bool, len(tensions)), cut: make([]int, len(tensions)), tree: make([][]int, n), place: make([]int, len(tensions)),
		parent: make([]int, n), low: make([]int, n), lim: make([]int, n),
	}
	for i, t := range tensions {
		s.around[t.from] = append(s.around[t.from], i)
		s.around[t.to] = append(s.around[t.to], i)
	}
	s.rank()
	s.span()
	s.number(0, -1, 1)
	s.weigh()
	const work = 400_000_000 // nodes looked at
	exchanges := max(50, work/(n+1)/8)
	for next := 0; exchanges > 0; exchanges-- {
		if exchanges%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var leaving int
		if leaving, next = s.leaving(next); leaving < 0 {
			break
		}
		s.exchange(leaving, s.entering(leaving))
	}
	s.balance()
	return s.values, nil
}

func (s *network) slack(i int) int {
	t := s.tensions[i]
	return s.values[t.to] - s.values[t.from] - t.length
}

// rank gives each node the least value that its tensions allow.
func (s *network) rank() {
	waits := make([]int, len(s.values))
	for _, t := range s.tensions {
		waits[t.to]++
	}
	var ready []int
	for v := range waits {
		if waits[v] == 0 {
			ready = append(ready, v)
		}
	}
	for len(ready) > 0 {
		v := ready[0]
		ready = ready[1:]
		for _, i := range s.around[v] {
			t := s.tensions[i]
			if t.from != v {
				continue
			}
			s.values[t.to] = max(s.values[t.to], s.values[v]+t.length)
			if waits[t.to]--; waits[t.to] == 0 {
				ready = append(ready, t.to)
			}
		}
	}
}

// span grows a tree of tensions without slack from node 0. Where none leads on, the whole tree moves until one does. Moving changes the
// slack of all tensions that leave the tree alike, and of all that enter it, so two heaps keep them in order.
func (s *network) span() {
	joined := make([]bool, len(s.values))
	joinedAt := make([]int, len(s.values))
	moved := 0
	out, in := new(byKey), new(byKey) // keys: slack+moved, slack-moved, at the time of entry
	join := func(v int) {
		joined[v] = true
		joinedAt[v] = moved
		for _, i := range s.around[v] {
			switch t := s.tensions[i]; {
			case t.from == v && !joined[t.to]:
				heap.Push(out, keyed{s.values[t.to] - s.values[v] - t.length + moved, i})
			case t.to == v && !joined[t.from]:
				heap.Push(in, keyed{s.values[v] - s.values[t.from] - t.length - moved, i})
			}
		}
	}
	join(0)
	for range len(s.values) - 1 {
		for len(*out) > 0 && joined[s.tensions[(*out)[0].tension].to] {
			heap.Pop(out)
		}
		for len(*in) > 0 && joined[s.tensions[(*in)[0].tension].from] {
			heap.Pop(in)
		}
		var i int
		if len(*in) == 0 || len(*out) > 0 && (*out)[0].key-moved <= (*in)[0].key+moved {
			k := heap.Pop(out).(keyed)
			i = k.tension
			moved = k.key
			join(s.tensions[i].to)
		} else {
			k := heap.Pop(in).(keyed)
			i = k.tension
			moved = -k.key
			join(s.tensions[i].from)
		}
		s.attach(i)
		s.place[i] = len(s.spanning)
		s.spanning = append(s.spanning, i)
	}
	for v := range s.values {
		s.values[v] += moved - joinedAt[v]
	}
}

type keyed struct{ key, tension int }

type byKey []keyed

func (h byKey) Len() int { return len(h) }
func (h byKey) Less(i, j int) bool {
	return h[i].key < h[j].key || h[i].key == h[j].key && h[i].tension < h[j].tension
}
func (h byKey) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *byKey) Push(x any)   { *h = append(*h, x.(keyed)) }
func (h *byKey) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func (s *network) attach(i int) {
	t := s.tensions[i]
	s.inTree[i] = true
	s.tree[t.from] = append(s.tree[t.from], i)
	s.tree[t.to] = append(s.tree[t.to], i)
}

func (s *network) detach(i int) {
	t := s.tensions[i]
	s.inTree[i] = false
	for _, v := range [2]int{t.from, t.to} {
		list := s.tree[v]
		for j, x := range list {
			if x == i {
				s.tree[v] = append(list[:j], list[j+1:]...)
				break
			}
		}
	}
}

// other returns the end of tension i that is not v.
func (s *network) other(i, v int) int { return s.tensions[i].from + s.tensions[i].to - v }

// number walks the tree below v, reached by tension up, and numbers it from low on. It returns the next number.
func (s *network) number(v, up, low int) int {
	type visit struct{ v, next int }
	s.parent[v], s.low[v] = up, low
	stack := []visit{{v, 0}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next < len(s.tree[top.v]) {
			i := s.tree[top.v][top.next]
			top.next++
			if i == s.parent[top.v] {
				continue
			}
			w := s.other(i, top.v)
			s.parent[w], s.low[w] = i, low
			stack = append(stack, visit{w, 0})
			continue
		}
		s.lim[top.v] = low
		low++
		stack = stack[:len(stack)-1]
	}
	return low
}

// below reports whether v is in the tree below root.
func (s *network) below(v, root int) bool { return s.low[root] <= s.lim[v] && s.lim[v] <= s.lim[root] }

// weigh computes all cut values. What leaves a subtree, less what enters it, is the sum over its nodes of what leaves and enters each: tensions
// inside cancel out.
func (s *network) weigh() {
	outflow := make([]int, len(s.values))
	for _, t := range s.tensions {
		outflow[t.from] += t.weight
		outflow[t.to] -= t.weight
	}
	order := make([]int, len(s.values))
	for v := range s.values {
		order[s.lim[v]-1] = v
	}
	for _, v := range order {
		i := s.parent[v]
		if i < 0 {
			continue
		}
		if s.tensions[i].from == v {
			s.cut[i] = outflow[v]
		} else {
			s.cut[i] = -outflow[v]
		}
		outflow[s.other(i, v)] += outflow[v]
	}
}

// leaving returns a tree edge with a cut value below zero, -1 if there is none. The search goes on where the last one ended; of the first
// few, the worst is taken.
func (s *network) leaving(start int) (worst, next int) {
	const few = 30
	worst, found := -1, 0
	for n := range s.spanning {
		at := (start + n) % len(s.spanning)
		i := s.spanning[at]
		if s.cut[i] >= 0 {
			continue
		}
		if worst < 0 || s.cut[i] < s.cut[worst] {
			worst = i
		}
		if found++; found == few {
			return worst, at
		}
	}
	return worst, start
}

// entering returns the tension with the least slack that leads the other way across the cut that tree edge i makes, -1 if none does.
func (s *network) entering(i int) int {
	t := s.tensions[i]
	root, outward := t.from, false // of the subtree below i; whether i's opposite leads out of it
	if s.parent[t.to] == i {
		root, outward = t.to, true
	}
	best, least := -1, 0
	stack := append(s.stack[:0], root)
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, j := range s.around[v] {
			w := s.other(j, v)
			if (s.tensions[j].from == v) == outward && !s.inTree[j] && !s.below(w, root) {
				if slack := s.slack(j); best < 0 || slack < least {
					best, least = j, slack
				}
			}
		}
		for _, j := range s.tree[v] {
			if j != s.parent[v] {
				stack = append(stack, s.other(j, v))
			}
		}
	}
	s.stack = stack
	return best
}

// exchange puts tension in into the tree for out, and moves the subtree that hung on out so that in has no slack.
func (s *network) exchange(out, in int) {
	s.move(out, s.slack(in))
	cut := s.cut[out]
	top := s.shift(s.tensions[in].from, s.tensions[in].to, cut)
	s.shift(s.tensions[in].to, s.tensions[in].from, -cut)
	s.cut[in], s.cut[out] = -cut, 0
	s.detach(out)
	s.attach(in)
	s.spanning[s.place[out]] = in
	s.place[in] = s.place[out]
	s.number(top, s.parent[top], s.low[top])
}

// move takes the subtree below tree edge i so far that the edge is longer by d.
func (s *network) move(i, d int) {
	t := s.tensions[i]
	root := t.to
	if s.parent[t.from] == i {
		root, d = t.from, -d
	}
	if d == 0 {
		return
	}
	stack := append(s.stack[:0], root)
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		s.values[v] += d
		for _, j := range s.tree[v] {
			if j != s.parent[v] {
				stack = append(stack, s.other(j, v))
			}
		}
	}
	s.stack = stack
}

// shift changes the cut values on the way in the tree from v up to the first node that has w below it, which it returns.
func (s *network) shift(v, w, cut int) int {
	for !s.below(w, v) {
		i := s.parent[v]
		if s.tensions[i].from == v {
			s.cut[i] += cut
		} else {
			s.cut[i] -= cut
		}
		v = s.other(i, v)
	}
	return v
}

// balance moves subtrees that could be anywhere in a range at the same cost to its middle.
func (s *network) balance() {
	for _, i := range s.spanning {
		if s.cut[i] != 0 {
			continue
		}
		if in := s.entering(i); in >= 0 && s.slack(in) > 1 {
			s.move(i, s.slack(in)/2)
		}
	}
}
