package graph

import (
	"context"
	"strings"
	"sync"

	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// planCache holds the plans of queries that were asked before. A plan belongs to one state of the data: its constants are
// ids of that, and its counts are. It takes a query of one or two patterns longer to be parsed and planned than to be run.
// The oldest plan goes when another comes and there is no room. It is safe for concurrent use.
type planCache struct {
	mu     sync.Mutex
	plans  map[planKey]planned
	queue  []planKey // in the order in which they came
	hits   uint64
	misses uint64
}

// planKey is what a plan depends on besides the data.
type planKey struct {
	text, base, prefixes, params, dataset string
	graph                                 plan.DefaultGraph
}

// planned is a parsed query and its plan. Neither is changed by running it.
type planned struct {
	version uint64
	query   *sparql.Query
	plan    *plan.Plan
}

const (
	cachedPlans = 256      // how many plans are held
	cachedText  = 16 << 10 // bytes of the longest query whose plan is
)

// planned returns the plan of a query, a cached one if there is one for this state.
func (c *planCache) planned(ctx context.Context, snap *store.Snapshot, text string, opt QueryOptions, params []string) (planned, error) {
	if c == nil || opt.noPlanCache || len(text) > cachedText {
		return newPlan(ctx, snap, text, opt, params)
	}
	o := planOptions(opt, params)
	key := planKey{text: text, base: opt.Base, graph: o.DefaultGraph, params: strings.Join(params, " ")}
	for i, list := range [][]rdf.Term{o.From, o.FromNamed} {
		for _, t := range list {
			key.dataset += [2]string{"from ", "named "}[i] + t.String() + "\n"
		}
	}
	if opt.Prefixes.Len() > 0 {
		var b strings.Builder
		for prefix, namespace := range opt.Prefixes.All() {
			b.WriteString(prefix + " " + namespace + "\n")
		}
		key.prefixes = b.String()
	}
	c.mu.Lock()
	p, ok := c.plans[key]
	if ok = ok && p.version == snap.Version(); ok {
		c.hits++
	} else {
		c.misses++
	}
	c.mu.Unlock()
	if ok {
		return p, nil
	}
	p, err := newPlan(ctx, snap, text, opt, params)
	if err != nil {
		return p, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.plans == nil {
		c.plans = map[planKey]planned{}
	}
	if _, known := c.plans[key]; !known {
		if len(c.queue) >= cachedPlans {
			delete(c.plans, c.queue[0])
			c.queue = c.queue[1:]
		}
		c.queue = append(c.queue, key)
	}
	c.plans[key] = p
	return p, nil
}

func newPlan(ctx context.Context, snap *store.Snapshot, text string, opt QueryOptions, params []string) (planned, error) {
	q, err := parse(text, opt)
	if err != nil {
		return planned{}, err
	}
	p, err := plan.Build(ctx, q, snap, planOptions(opt, params))
	return planned{snap.Version(), q, p}, err
}
