package cayley

import (
	"context"
	"fmt"
	"runtime"
	"runtime/metrics"
	"time"

	"sett/graph/exec"
)

// What a script may take where the query has no limit of memory: JavaScript that never stops to allocate, or to call
// itself through functions of the engine, would end the process.
const (
	scriptHeap  = 512 << 20 // bytes
	scriptStack = 256 << 20 // bytes; Go ends a process at 1 GB a goroutine
)

// watchEvery is how often a script is looked at.
const watchEvery = 10 * time.Millisecond

// watch interrupts the script once the context is done or it takes too much memory, again and again: a script that
// catches what a call of the engine threw goes on after one interruption. Memory is that of the whole process beyond
// what it was when the script began, since no one counts it by script. It returns what ends the watch.
func (g *gizmo) watch() (end func()) {
	over := make(chan struct{})
	go func() {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		heap := g.heap()
		var usage memoryUsage
		usage.read()
		begin := usage.heap
		done := g.ctx.Done()
		var cause error
		for {
			select {
			case <-over:
				return
			case <-done:
				cause, done = context.Cause(g.ctx), nil
			case <-tick.C:
			}
			if cause == nil {
				usage.read()
				// What is garbage does not count; but there is no time to look if there is more than the collector leaves.
				if used := usage.heap - begin; used > heap && used < 2*heap+begin {
					runtime.GC()
					usage.read()
				}
				switch {
				case usage.heap-begin > heap:
					cause = fmt.Errorf("%w: the script takes more than %d MiB of memory", exec.ErrLimit, heap>>20)
				case usage.stack > scriptStack:
					cause = fmt.Errorf("%w: the script calls itself too deep", exec.ErrLimit)
				}
			}
			if cause != nil {
				g.vm.Interrupt(cause)
			}
		}
	}()
	return func() { close(over) }
}

// memoryUsage is what the process takes, in bytes.
type memoryUsage struct {
	heap, stack int64
	samples     []metrics.Sample
}

func (u *memoryUsage) read() {
	if u.samples == nil {
		u.samples = []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	}
	metrics.Read(u.samples)
	u.heap, u.stack = int64(u.samples[0].Value.Uint64()), int64(u.samples[1].Value.Uint64())
}
