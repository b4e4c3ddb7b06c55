package exec

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"sett/graph/plan"
)

// parallelCost is the work from which several threads share it: a few milliseconds' worth of rows.
const parallelCost = 400_000

// parallel reports whether an operator's work is worth more than one thread.
func (q *query) parallel(n plan.Node) bool {
	if q.opt.Threads < 2 {
		return false
	}
	return n.Head().Cost > q.parallelLimit()
}

// parallelLimit is the work above which several threads share it.
func (q *query) parallelLimit() float64 {
	if q.opt.ParallelCost == 0 {
		return parallelCost
	}
	return q.opt.ParallelCost
}

// chunks cuts n things into runs for some threads: several for each, as they take different times.
func chunks(n, threads int) [][2]int {
	count := min(n, 16*threads)
	out := make([][2]int, count)
	for i := range out {
		out[i] = [2]int{i * n / count, (i + 1) * n / count}
	}
	return out
}

// recovered turns a panic into an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("query failed: %v\n%s", p, debug.Stack())
	}
}

// tasks runs the tasks 0 to n-1 on the query's threads and returns when all are done; the first error stops them.
func (q *query) tasks(n int, run func(worker, task int) error) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	errs := make([]error, q.opt.Threads)
	var stop atomic.Bool
	for worker := range q.opt.Threads {
		wait.Add(1)
		go func() {
			defer wait.Done()
			defer recovered(&errs[worker])
			for !stop.Load() {
				task := int(next.Add(1)) - 1
				if task >= n {
					return
				}
				if err := run(worker, task); err != nil {
					errs[worker] = err
					stop.Store(true)
					return
				}
			}
		}()
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// gather runs tasks on several threads and yields their batches, those of a task after those of the one before it: the
// same rows in the same order whatever the number of threads.
type gather struct {
	q     *query
	run   func(worker, task int, emit func(*Batch) error) error
	outs  []chan *Batch
	errs  []error // by task, set before its channel is closed
	at    int
	taken atomic.Int64
	stop  chan struct{}
	once  sync.Once
	wait  sync.WaitGroup
	begun bool
}

// ahead is how many batches a task may have ready before they are asked for.
const ahead = 16

func newGather(q *query, n int, run func(worker, task int, emit func(*Batch) error) error) *gather {
	g := &gather{q: q, run: run, outs: make([]chan *Batch, n), errs: make([]error, n), stop: make(chan struct{})}
	for i := range g.outs {
		g.outs[i] = make(chan *Batch, ahead)
	}
	return g
}

func (g *gather) start() {
	g.begun = true
	for worker := range g.q.opt.Threads {
		g.wait.Add(1)
		go func() {
			defer g.wait.Done()
			for {
				task := int(g.taken.Add(1)) - 1
				if task >= len(g.outs) {
					return
				}
				g.one(worker, task)
			}
		}()
	}
}

func (g *gather) one(worker, task int) {
	defer close(g.outs[task])
	defer func() {
		if g.errs[task] != nil {
			g.taken.Store(int64(len(g.outs))) // what comes behind an error is not asked for
		}
	}()
	defer recovered(&g.errs[task])
	g.errs[task] = g.run(worker, task, func(b *Batch) error {
		select {
		case g.outs[task] <- b:
			return nil
		case <-g.stop:
			return errClosed
		case <-g.q.ctx.Done():
			return g.q.ctx.Err()
		}
	})
}

func (g *gather) next() (*Batch, error) {
	if !g.begun {
		g.start()
	}
	for g.at < len(g.outs) {
		if b, ok := <-g.outs[g.at]; ok {
			return b, nil
		}
		if err := g.errs[g.at]; err != nil {
			return nil, err
		}
		g.at++
	}
	return nil, nil
}

func (g *gather) close() {
	g.once.Do(func() { close(g.stop) })
	g.taken.Store(int64(len(g.outs)))
	g.wait.Wait()
	g.at = len(g.outs)
}
