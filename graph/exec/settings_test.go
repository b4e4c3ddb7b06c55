package exec_test

import (
	"sett/graph/exec"
	"sett/graph/plan"
)

// setting is a way to run a query; none may change an answer.
type setting struct {
	name    string
	plan    plan.Options
	off     exec.Shortcut
	batch   int // rows a batch
	threads int
}

// settings are the ways in which random queries and the W3C's run: each kind of join by itself, each rewrite off,
// each
// shortcut off, batches of one row, one thread and two.
func settings() []setting {
	out := []setting{
		{name: "default", threads: 1},
		{name: "hash", plan: plan.Options{Force: plan.ForceHash, Off: plan.Lookups}},
		{name: "merge", plan: plan.Options{Force: plan.ForceMerge}, batch: 3, threads: 1},
		{name: "index", plan: plan.Options{Force: plan.ForceIndex}, batch: 1, threads: 2},
		{name: "multiway", plan: plan.Options{Force: plan.ForceMulti}, batch: 2, threads: 1},
		{name: "two threads", threads: 2},
		{name: "multiway, two threads", plan: plan.Options{Force: plan.ForceMulti}, threads: 2, batch: 1},
		{name: "hash, two threads", plan: plan.Options{Force: plan.ForceHash}, threads: 2, batch: 2},
		{name: "nothing rewritten", plan: plan.Options{Off: ^plan.Rewrite(0)}},
	}
	for _, r := range plan.Rewrites() {
		out = append(out, setting{name: "without " + r.String(), plan: plan.Options{Off: r}})
	}
	for _, s := range exec.Shortcuts() {
		out = append(out, setting{name: "without " + s.String(), off: s})
	}
	return out
}

// options returns how a plan is run in the setting.
func (s setting) options() exec.Options {
	return exec.Options{BatchRows: s.batch, Threads: s.threads, ParallelCost: -1, Off: s.off}
}
