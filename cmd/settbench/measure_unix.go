//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// used is what a file takes on disk, holes left out.
func used(info fs.FileInfo) int64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return st.Blocks * 512
	}
	return info.Size()
}

// peakMemory is the most that an ended process had in memory, in MiB.
func peakMemory(p *os.ProcessState) string {
	if u, ok := p.SysUsage().(*syscall.Rusage); ok {
		kilo := int64(u.Maxrss)
		if runtime.GOOS == "darwin" {
			kilo >>= 10
		}
		return fmt.Sprint(kilo >> 10)
	}
	return "–"
}
