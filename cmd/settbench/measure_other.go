//go:build !unix

package main

import (
	"io/fs"
	"os"
)

// used is what a file takes on disk, holes counted.
func used(info fs.FileInfo) int64 { return info.Size() }

// peakMemory is not told here.
func peakMemory(*os.ProcessState) string { return "–" }
